"""One kept take on the terminal: its report, and keys to hear its moments."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Final

import click

from voicecoach.cli.keys import Keyboard
from voicecoach.cli.main import show_error
from voicecoach.errors import VoicecoachError

if TYPE_CHECKING:
    from voicecoach.app.takes.review import Opened
    from voicecoach.model.audio import Span
    from voicecoach.ports import Store

KEY_WAIT_S: Final = 1.0
_KEYS = {
    "zh": "{numbers}播放这一刻 · 0 全部 · h 网页报告 · m 参考说法 · c 校正文字 · q 退出",
    "en": "{numbers}play a moment · 0 all of it · h HTML report · m a way to say it · c correct · q quit",
}


class TakePage:
    """The page of one take."""

    def __init__(self, store: Store, opened: Opened, *, ui: str, with_score: bool) -> None:
        self.store, self.opened, self.ui, self.with_score = store, opened, ui, with_score

    def print(self) -> None:
        """Print the report as ``score`` does, with the take's own line above it."""
        from voicecoach.report.one.terminal import print_report
        from voicecoach.report.takes.export import local_time

        take = self.opened.take
        facts = [take.id, local_time(take.recorded_at), take.prompt_id]
        if take.corrected_text is not None:
            facts.append(
                self._say("已校正", "corrected") + ("" if take.cer is None else f" (CER {take.cer:.1%})")
            )
        if not self.opened.known:
            facts.append(self._say("题库里已没有这道题", "the prompt is no longer in the library"))
        click.echo(" · ".join(facts))
        opened = self.opened
        print_report(opened.assessment, opened.prompt, opened.profile, ui=self.ui, with_score=self.with_score)

    def print_moments(self) -> None:
        """Print what the number keys play, and the keys."""
        from voicecoach.app.takes.review import moments
        from voicecoach.report.one.view import clock
        from voicecoach.report.phrases import printable, reader_language
        from voicecoach.report.takes.compare_text import label

        found = moments(self.opened.assessment)
        ui = reader_language(self.ui)
        click.echo()
        for number, moment in enumerate(found, start=1):
            quote = f" “{printable(moment.quote)}”" if moment.quote else ""
            about = label(moment.about, self.opened.prompt, ui)
            click.echo(f"  [{number}] {clock(moment.span.start_s)} {about}{quote}")
        numbers = f"1–{len(found)} " if found else ""
        click.echo(click.style(_KEYS[ui].format(numbers=numbers), dim=True))

    def loop(self) -> None:
        """Print, then do what the keys say until q."""
        self.print()
        self.print_moments()
        with Keyboard() as keys:
            while True:
                key = keys.key(KEY_WAIT_S)
                if key == "q":
                    return
                if key is not None:
                    try:
                        with keys.lines() if key == "c" else nullcontext():
                            self.press(key)
                    except VoicecoachError as exc:
                        show_error(exc, self.ui)

    def press(self, key: str) -> None:
        """Do what ``key`` says; other keys do nothing. Raises VoicecoachError."""
        if key == "h":
            self.open_page()
        elif key == "m":
            click.echo(model_answer(self.opened, ui=self.ui))
        elif key == "c":
            self.correct()
        elif key.isdecimal() and len(key) == 1:
            self.play(int(key))

    def play(self, number: int) -> None:
        """Play the moment of that number, 0 for the whole take; Ctrl-C ends it. Raises VoicecoachError."""
        from voicecoach.app.takes.review import moments

        found = moments(self.opened.assessment)
        if number > len(found):
            return
        try:
            play_span(self.store, self.opened, found[number - 1].span if number else None)
        except KeyboardInterrupt:
            click.echo()

    def open_page(self) -> None:
        """Keep the HTML report with the take and open it. Raises VoicecoachError."""
        page = page_bytes(self.store, self.opened, ui=self.ui, with_score=self.with_score)
        target = self.store.put_report(self.opened.take.id, page)
        click.echo(f"{self._say('报告', 'report')}: {target}")
        click.launch(str(target))

    def correct(self) -> None:
        """Let the user correct the text, show what changed, and go on with the corrected take."""
        from voicecoach import wiring
        from voicecoach.cli.takes.correct import correct_take, edited, print_correction

        take = self.opened.take
        text = edited(take)
        if text is None or text.strip() == take.text.strip():
            click.echo(self._say("文字没有变。", "The text is the same."))
            return
        done = correct_take(self.store, self.opened, text)
        print_correction(done, self.opened, ui=self.ui, with_score=self.with_score)
        self.opened = wiring.opened_take(done.take)

    def _say(self, zh: str, en: str) -> str:
        return zh if self.ui == "zh" else en


def play_span(store: Store, opened: Opened, span: Span | None) -> None:
    """Play a span of the take with a margin, or all of it. Raises InputError, DeviceError."""
    from voicecoach import wiring
    from voicecoach.app.takes.review import cut
    from voicecoach.audio import decode

    waveform = decode.load(store.sound(opened.take)).waveform
    with wiring.loudspeaker() as player:
        player.play([waveform if span is None else cut(waveform, span)])


def page_bytes(store: Store, opened: Opened, *, ui: str, with_score: bool) -> bytes:
    """The take's HTML report with its sound, UTF-8. Raises InputError."""
    from voicecoach.app.takes.review import with_curves
    from voicecoach.audio import decode
    from voicecoach.report.one.html import html_bytes

    waveform = decode.load(store.sound(opened.take)).waveform
    assessment = with_curves(opened.assessment, waveform)
    return html_bytes(assessment, opened.prompt, opened.profile, sound=waveform, ui=ui, with_score=with_score)


def model_answer(opened: Opened, *, ui: str) -> str:
    """The prompt's model answer in the take's language, or that there is none."""
    from voicecoach.report.phrases import printable, reader_language
    from voicecoach.words.catalogue import word

    text = opened.prompt.model_answer.get(opened.assessment.language, "")
    if not text:
        return "这道题没有参考说法。" if ui == "zh" else "This prompt has no model answer."
    return f"{word('report-model-answer', reader_language(ui))}: {printable(text)}"
