"""After an answer: its report, its moments, the model answer, a correction."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from voicecoach.app.practise.prompt import Hearing
from voicecoach.app.practise.say import line_of
from voicecoach.app.practise.voice import CANDIDATE
from voicecoach.app.score.moments import all_moments, cut
from voicecoach.audio import decode
from voicecoach.errors import VoicecoachError
from voicecoach.words.catalogue import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voicecoach.app.practise.face import Face, MenuName, PromptVoice
    from voicecoach.app.practise.prompt import PromptPlayer
    from voicecoach.app.practise.take import Attempt
    from voicecoach.model.assessment import Advice, Assessment
    from voicecoach.model.audio import Span, Waveform
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.transcript import Language

POLL_S: Final = 0.02
MOMENT_MARGIN_S: Final = 0.4
"""What is played around a moment, seconds: more than on the page of a take, where one sees it as well."""
MODEL_ANSWER_MOOD: Final = 2

Next = Literal["next", "again", "quit", "text"]
KEYS: Final[dict[str, Next]] = {"n": "next", "a": "again", "q": "quit"}


class Feedback:
    """What the user does with a judged answer; ``voice`` None: nobody reads aloud."""

    def __init__(self, face: Face, voice: PromptVoice | None, language: Language) -> None:
        self._face, self._voice, self._language = face, voice, language

    def pressed(self, wanted: set[str]) -> str:
        """Wait for one of the keys ``wanted``."""
        while True:
            key = self._face.key(1.0)
            if key in wanted:
                return str(key)

    def after(
        self, made: Attempt, player: PromptPlayer | None, *, menu: MenuName = "feedback"
    ) -> tuple[Attempt, Next]:
        """Show what was found, and let the user look closer; what the take has become, and what is next."""
        if made.assessment is not None:
            self._face.report(made)
        self._face.flush()
        playlist = itertools.cycle(playlist_of(made.assessment, self._language))
        while True:
            self._face.menu(menu if made.assessment is not None else "unscored")
            key = self.pressed({"p", "h", "m", "c", "t", *"123456789", *KEYS})
            if key in KEYS:
                return made, KEYS[key]
            if key == "m" and made.task is not None and made.task.prompt is not None:
                self.model_answer(made.task.prompt, player)
            elif key == "h":
                self._face.page(made)
            elif key == "c":
                made = self._face.correct(made)
            elif key == "t":
                made = self._face.tick(made)
            elif key == "p":
                self._play_moment(made, *next(playlist), player)
            elif key.isdigit():
                self._play_advice(made, int(key), player)

    def _play_advice(self, made: Attempt, number: int, player: PromptPlayer | None) -> None:
        """Play the moment of an advice, counted from 1 as the report does."""
        advice = made.assessment.advice if made.assessment is not None else ()
        if number > len(advice) or advice[number - 1].span is None:
            self._face.note("practise-no-moment", number=number)
            return
        self._play_moment(made, _text(advice[number - 1], self._language), advice[number - 1].span, player)

    def _play_moment(self, made: Attempt, title: str, span: Span | None, player: PromptPlayer | None) -> None:
        self._face.moment(title, span)
        if player is None or made.path is None:
            self._face.note("practise-no-output")
            return
        try:
            sound = decode.load(made.path).waveform
        except VoicecoachError as exc:
            self._face.tell(exc)
            return
        if span is not None:
            sound = cut(sound, span, margin_s=MOMENT_MARGIN_S)
        self._play_out(player, [sound])

    def model_answer(self, prompt: Prompt, player: PromptPlayer | None) -> None:
        """Show the model answer, and read it aloud."""
        text = prompt.model_answer.get(self._language, "")
        if not text:
            self._face.note("practise-no-model-answer")
            return
        self._face.note("practise-model-answer", text=text)
        if player is None or self._voice is None:
            return
        line = line_of(prompt, self._language, 0)
        line = replace(line, text=text, mood=MODEL_ANSWER_MOOD, role=CANDIDATE, voice=None)
        try:
            self._play_out(player, self._voice.parts(line))
        except VoicecoachError as exc:
            self._face.tell(exc)

    def _play_out(self, player: PromptPlayer, parts: Iterable[Waveform]) -> None:
        """Play until its end, or until a key is pressed."""
        hearing = Hearing(player, parts)
        while not hearing.is_over:
            self._face.waiting("playing_out")
            if self._face.key(POLL_S) is not None:
                hearing.skip()
        hearing.wait()
        if hearing.fault is not None:
            self._face.tell(hearing.fault)


def playlist_of(assessment: Assessment | None, language: str) -> tuple[tuple[str, Span | None], ...]:
    """What is played of a take, one after another, with a word on each: moments of its advice and its points.

    Last comes the whole of it (None).
    """
    moments = () if assessment is None else all_moments(assessment)
    told = [
        (f"“{moment.quote}”" if moment.advice is None else _text(moment.advice, language), moment.span)
        for moment in moments
        if moment.advice is not None or moment.about.startswith("rubric:")
    ]
    return (*told, ("", None))


def _text(advice: Advice, language: str) -> str:
    return in_language(advice.text, language)
