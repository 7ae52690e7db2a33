"""One kept take on the terminal: its report, and keys to hear its moments."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Final

import click

from voicecoach.cli.keys import Keyboard
from voicecoach.cli.main import show_error
from voicecoach.errors import VoicecoachError
from voicecoach.report.screen import Styled, say
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from voicecoach.app.takes.review import Opened
    from voicecoach.ports import Store
    from voicecoach.words.catalogue import Ui

KEY_WAIT_S: Final = 1.0


class TakePage:
    """The page of one take."""

    def __init__(self, store: Store, opened: Opened, *, ui: Ui, with_score: bool) -> None:
        self.store, self.opened, self.ui, self.with_score = store, opened, ui, with_score

    def print(self) -> None:
        """Print the report as ``score`` does, with the take's own line above it."""
        from voicecoach.report.one.terminal import print_report
        from voicecoach.report.takes.export import local_time

        take = self.opened.take
        facts = [take.id, local_time(take.recorded_at), take.prompt_id]
        if take.corrected_text is not None:
            rate = "" if take.cer is None else f" (CER {take.cer:.1%})"
            facts.append(word("takes-corrected", self.ui) + rate)
        if not self.opened.known:
            facts.append(word("take-prompt-gone", self.ui))
        say(" · ".join(facts))
        opened = self.opened
        print_report(opened.assessment, opened.prompt, opened.profile, ui=self.ui, with_score=self.with_score)

    def print_moments(self) -> None:
        """Print what the number keys play, and the keys."""
        from voicecoach.app.score.moments import numbered_moments
        from voicecoach.report.one.view import clock
        from voicecoach.report.phrases import printable
        from voicecoach.report.takes.compare_text import label

        playable = numbered_moments(self.opened.assessment)
        say("")
        for number, moment in enumerate(playable, start=1):
            quote = f" “{printable(moment.quote)}”" if moment.quote else ""
            about = label(moment.about, self.opened.prompt, self.ui)
            say(f"  [{number}] {clock(moment.span.start_s)} {about}{quote}")
        numbers = f"1–{len(playable)} " if playable else ""
        say(Styled(word("take-keys", self.ui, numbers=numbers), dim=True))

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
                            self.press(key, keys)
                    except VoicecoachError as exc:
                        show_error(exc, self.ui)

    def press(self, key: str, keys: Keyboard) -> None:
        """Do what ``key`` says; other keys do nothing. ``keys`` gives more. Raises VoicecoachError."""
        if key == "h":
            self.open_page()
        elif key == "m":
            say(model_answer(self.opened, ui=self.ui))
        elif key == "c":
            self.correct()
        elif key == "t":
            self.tick(keys)
        elif key.isdecimal() and len(key) == 1:
            self.play(int(key))

    def play(self, number: int) -> None:
        """Play the moment of that number, 0 for the whole take; Ctrl-C ends it. Raises VoicecoachError."""
        from voicecoach.app.score.moments import numbered_moments
        from voicecoach.wiring import takes

        playable = numbered_moments(self.opened.assessment)
        if number > len(playable):
            return
        try:
            takes.play(self.store, self.opened, playable[number - 1].span if number else None)
        except KeyboardInterrupt:
            say("")

    def tick(self, keys: Keyboard) -> None:
        """Let the user say what counts, and go on with the take as it is then. Raises VoicecoachError."""
        from voicecoach.cli.takes.ticks import tick_by_keys

        self.opened = tick_by_keys(self.store, self.opened, keys.key, ui=self.ui)

    def open_page(self) -> None:
        """Keep the HTML report with the take and open it. Raises VoicecoachError."""
        from voicecoach.wiring import takes

        target = takes.keep_page(self.store, self.opened, ui=self.ui, with_score=self.with_score)
        say(word("take-report", self.ui, path=target))
        click.launch(str(target))

    def correct(self) -> None:
        """Let the user correct the text, show what changed, and go on with the corrected take."""
        from voicecoach import wiring
        from voicecoach.app.takes.correct import is_new
        from voicecoach.cli.takes.correct import edited, print_correction
        from voicecoach.wiring import takes

        take = self.opened.take
        text = edited(take)
        if text is None or not is_new(text, take):
            say(word("take-text-unchanged", self.ui))
            return
        done = takes.correct(self.store, self.opened, text)
        print_correction(done, self.opened, ui=self.ui, with_score=self.with_score)
        self.opened = wiring.opened_take(done.take)


def model_answer(opened: Opened, *, ui: Ui) -> str:
    """The prompt's model answer in the take's language, or that there is none."""
    from voicecoach.report.phrases import printable

    text = opened.prompt.model_answer.get(opened.assessment.language, "")
    if not text:
        return word("take-no-model-answer", ui)
    return f"{word('report-model-answer', ui)}: {printable(text)}"
