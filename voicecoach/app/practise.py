"""A practice: prompt after prompt is heard, answered, judged, and tried again.

Between the prompt's last sound and the first sample of the answer lies only the opening of the microphone;
what takes longer (writing the take down, loading the models) happens while the prompt plays.
"""

from __future__ import annotations

import contextlib
import itertools
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, Protocol

from voicecoach import audio
from voicecoach.app.practise_prompt import Hearing
from voicecoach.app.practise_take import Made, TakeFace
from voicecoach.app.say import line_of
from voicecoach.errors import DeviceError, VoicecoachError
from voicecoach.model.audio import Span, Waveform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from voicecoach.app.practise_answer import Limits
    from voicecoach.app.practise_judge import Judge
    from voicecoach.app.practise_prompt import PromptPlayer
    from voicecoach.app.practise_take import TakeMaker
    from voicecoach.app.say import Line
    from voicecoach.model.assessment import Advice, Assessment, Coverage
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.take import Take
    from voicecoach.model.transcript import Language
    from voicecoach.ports import PromptLibrary, Store

POLL_S: Final = 0.02
"""So often it is looked whether the prompt has ended, seconds."""
PREPARE_S: Final = 0.5
"""So long before the prompt's end the take is written down, seconds."""
MOMENT_MARGIN_S: Final = 0.4
"""What is played around a moment, seconds."""
CANDIDATE: Final = "candidate"
MODEL_ANSWER_MOOD: Final = 2

Next = Literal["next", "again", "quit", "text"]
KEYS: Final[dict[str, Next]] = {"n": "next", "a": "again", "q": "quit"}


class Face(TakeFace, Protocol):
    """What the user sees and presses."""

    def prompt(self, prompt: Prompt, text: str, place: str) -> None:
        """Show a prompt; ``place`` is its place in the practice."""
        ...

    def waiting(self, left_s: float | None) -> None:
        """Draw the line of a prompt that plays (None), or of the rest of the time to think."""
        ...

    def menu(self, keys: str) -> None:
        """Show what can be pressed now; what was pressed before counts no more."""
        ...

    def typed(self) -> str | None:
        """An answer in writing; None when the user wants to stop."""
        ...

    def report(self, made: Made) -> None:
        """Show what was found in an answer."""
        ...

    def coverage(self, prompt: Prompt, coverage: Coverage) -> None:
        """Show what was found in a typed answer."""
        ...

    def moment(self, title: str, span: Span | None) -> None:
        """Say what is being played."""
        ...

    def page(self, made: Made) -> None:
        """Make the HTML report, and open it where that can be done."""
        ...

    def correct(self, made: Made) -> Made:
        """Let the user correct the transcript; what it is afterwards."""
        ...


class Voice(Protocol):
    """Reads aloud."""

    def parts(self, line: Line) -> Iterator[Waveform]:
        """The sound of ``line``, sentence by sentence. Raises UsageError, EngineError."""
        ...

    def bed(self) -> Waveform | None:
        """The noise under it, None for none; known when a part was made."""
        ...


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the practice goes. ``profile`` None: the prompt's own. ``think_s``: time before the answer."""

    language: Language = "zh"
    profile: str | None = None
    think_s: float = 0.0
    auto_stop_s: float | None = None
    time_limit_s: float | None = None
    text_only: bool = False


class Practice:
    """One practice. ``takes`` (in order) keeps what was made."""

    def __init__(  # noqa: PLR0913 - the ports of a practice
        self,
        maker: TakeMaker,
        judge: Judge,
        store: Store,
        face: Face,
        *,
        voice: Voice | None,
        open_player: Callable[[], AbstractContextManager[PromptPlayer]],
        limits: Callable[[Prompt], Limits],
        wishes: Wishes,
    ) -> None:
        self._maker, self._judge, self._store, self._face = maker, judge, store, face
        self._voice, self._open_player = voice, open_player
        self._limits, self._wishes = limits, wishes
        self._text_only = wishes.text_only
        self.takes: list[Take] = []

    def run(self, prompts: Sequence[Prompt]) -> None:
        """Go through the prompts, until the last or until the user has enough."""
        for number, prompt in enumerate(prompts, start=1):
            action: Next = "again"
            while action in {"again", "text"}:
                self._text_only |= action == "text"
                with self._player() as player:
                    action = self._attempt(prompt, f"{number}/{len(prompts)}", player)
            if action == "quit":
                return

    def offer_unfinished(self, library: PromptLibrary) -> None:
        """Offer takes that were recorded before and never judged."""
        waiting = self._store.unfinished()
        for number, take in enumerate(waiting, start=1):
            self._face.note("unfinished", take=take, place=f"{number}/{len(waiting)}")
            self._face.menu("offer")
            key = self._pressed({"enter", "x", "n", "q"})
            if key in {"n", "q"}:
                return
            if key == "x":
                self._maker.drop(take)
                continue
            try:
                made = self._maker.score(take, _prompt_of(take, library))
            except VoicecoachError as exc:
                self._face.tell(exc)
                continue
            self.takes.append(made.take)
            with self._player() as player:
                self._feedback(made, player, menu="later")

    # -- one attempt ---------------------------------------------------------------------------------------

    def _attempt(self, prompt: Prompt, place: str, player: PromptPlayer | None) -> Next:
        line = line_of(prompt, self._wishes.language, 0)
        profile = self._wishes.profile or prompt.profile
        self._face.prompt(prompt, line.text, place)
        if not self._text_only:
            self._load(prompt, profile)
        prepared: list[Take] = []
        try:
            hearing = self._listen(line, player, lambda: prepared.append(self._maker.begin(prompt, profile)))
            if isinstance(hearing, str):
                return hearing
            if self._text_only:
                return self._typed(prompt)
            take = prepared.pop() if prepared else self._maker.begin(prompt, profile)
        finally:
            for unused in prepared:
                self._maker.drop(unused)
        return self._answer(take, prompt, player, hearing)

    def _load(self, prompt: Prompt, profile: str) -> None:
        """Load what judges, while the prompt plays. What fails here fails again, and is told, when needed."""
        task = self._judge.task(prompt, profile)

        def run() -> None:
            with contextlib.suppress(VoicecoachError):
                self._judge.warm(task)

        threading.Thread(target=run, name="load", daemon=True).start()

    def _listen(
        self, line: Line, player: PromptPlayer | None, prepare: Callable[[], None]
    ) -> Hearing | Literal["next", "quit"] | None:
        """Let the prompt be heard and thought about; None: it was not heard."""
        hearing, is_prepared = self._played(line, player), self._text_only
        while hearing is not None and not hearing.is_over:
            if not is_prepared and hearing.left_s < PREPARE_S:
                prepare()
                is_prepared = True
            self._face.waiting(None)
            key = self._face.key(POLL_S)
            if key == "enter":
                hearing.skip()
            elif key == "r":
                hearing.skip()
                hearing.wait()
                hearing = self._played(line, player)
            elif key in {"n", "q"}:
                hearing.skip()
                return "next" if key == "n" else "quit"
        if hearing is not None and hearing.fault is not None:
            self._face.tell(hearing.fault)
        if self._wishes.think_s and not self._text_only:
            return self._thought(line, player, prepare)
        return hearing

    def _thought(
        self, line: Line, player: PromptPlayer | None, prepare: Callable[[], None]
    ) -> Hearing | Literal["next", "quit"] | None:
        """Let the time to think pass; there is no response latency after it."""
        left_s = self._wishes.think_s
        tick_s = 0.1
        while left_s > 0.0:
            self._face.waiting(left_s)
            key = self._face.key(tick_s)
            left_s -= tick_s
            if key == "enter":
                break
            if key == "r":
                return self._listen(line, player, prepare)
            if key in {"n", "q"}:
                return "next" if key == "n" else "quit"
        return None

    def _played(self, line: Line, player: PromptPlayer | None) -> Hearing | None:
        """The prompt, playing; None when nobody can read it aloud, which is told."""
        if player is None or self._voice is None:
            return None
        try:
            return Hearing(player, self._with_bed(player, self._voice, line))
        except VoicecoachError as exc:
            self._face.tell(exc)
            return None

    @staticmethod
    def _with_bed(player: PromptPlayer, voice: Voice, line: Line) -> Iterator[Waveform]:
        """What is heard of ``line``; its noise begins with it. Raises at once what is wrong with ``line``."""
        parts = voice.parts(line)

        def heard() -> Iterator[Waveform]:
            for number, part in enumerate(parts):
                if number == 0:
                    player.run_bed(voice.bed())
                yield part

        return heard()

    def _answer(
        self, take: Take, prompt: Prompt, player: PromptPlayer | None, hearing: Hearing | None
    ) -> Next:
        if player is not None:
            player.run_bed(None)
        try:
            made = self._maker.record(
                take,
                prompt,
                self._limits(prompt),
                prompt_end_s=lambda: None if hearing is None else hearing.end_monotonic_s,
            )
        except DeviceError as exc:
            self._face.tell(exc)
            self._face.menu("no_microphone")
            key = self._pressed({"enter", "t", *KEYS})
            return KEYS.get(key, "text")
        if made.ending == "again":
            return "again"
        self.takes.append(made.take)
        return self._feedback(made, player)

    def _typed(self, prompt: Prompt) -> Next:
        text = self._face.typed()
        if text is None:
            return "quit"
        if text.strip():
            try:
                self._face.coverage(prompt, self._judge.cover(prompt, text))
            except VoicecoachError as exc:
                self._face.tell(exc)
        self._face.menu("typed")
        while True:
            key = self._pressed({"m", *KEYS})
            if key in KEYS:
                return KEYS[key]
            with self._player() as player:
                self._model_answer(prompt, player)

    # -- after an answer -----------------------------------------------------------------------------------

    def _feedback(self, made: Made, player: PromptPlayer | None, *, menu: str = "feedback") -> Next:
        if made.assessment is not None:
            self._face.report(made)
        playlist = itertools.cycle(moments(made.assessment, self._wishes.language))
        while True:
            self._face.menu(menu if made.assessment is not None else "unscored")
            key = self._pressed({"p", "h", "m", "c", *"123456789", *KEYS})
            if key in KEYS:
                return KEYS[key]
            if key == "m" and made.task is not None and made.task.prompt is not None:
                self._model_answer(made.task.prompt, player)
            elif key == "h":
                self._face.page(made)
            elif key == "c":
                made = self._face.correct(made)
                self.takes[-1] = made.take
            elif key == "p":
                self._play_moment(made, *next(playlist), player)
            elif key.isdigit():
                self._play_advice(made, int(key), player)

    def _play_advice(self, made: Made, number: int, player: PromptPlayer | None) -> None:
        """Play the moment of an advice, counted from 1 as the report does."""
        advice = made.assessment.advice if made.assessment is not None else ()
        if number > len(advice) or advice[number - 1].span is None:
            self._face.note("no_moment", number=number)
            return
        self._play_moment(
            made, _text(advice[number - 1], self._wishes.language), advice[number - 1].span, player
        )

    def _play_moment(self, made: Made, title: str, span: Span | None, player: PromptPlayer | None) -> None:
        self._face.moment(title, span)
        if player is None or made.path is None:
            self._face.note("no_output")
            return
        try:
            sound = audio.load(made.path).waveform
        except VoicecoachError as exc:
            self._face.tell(exc)
            return
        if span is not None:
            start_s = max(0.0, span.start_s - MOMENT_MARGIN_S)
            around = Span(start_s, max(start_s, min(span.end_s + MOMENT_MARGIN_S, sound.duration_s)))
            sound = Waveform(sound.cut(around), sound.rate_hz)
        self._play_out(player, [sound])

    def _model_answer(self, prompt: Prompt, player: PromptPlayer | None) -> None:
        text = prompt.model_answer.get(self._wishes.language, "")
        self._face.note("model_answer", text=text)
        if player is None or self._voice is None or not text:
            return
        line = line_of(prompt, self._wishes.language, 0)
        line = replace(line, text=text, mood=MODEL_ANSWER_MOOD, role=CANDIDATE, voice=None)
        try:
            self._play_out(player, self._voice.parts(line))
        except VoicecoachError as exc:
            self._face.tell(exc)

    def _play_out(self, player: PromptPlayer, parts: Iterable[Waveform]) -> None:
        """Play until its end, or until a key is pressed."""
        hearing = Hearing(player, parts)
        while not hearing.is_over:
            if self._face.key(POLL_S) is not None:
                hearing.skip()
        hearing.wait()
        if hearing.fault is not None:
            self._face.tell(hearing.fault)

    def _pressed(self, wanted: set[str]) -> str:
        while True:
            key = self._face.key(1.0)
            if key in wanted:
                return str(key)

    @contextlib.contextmanager
    def _player(self) -> Iterator[PromptPlayer | None]:
        """The loudspeaker; None when there is none, which is told."""
        with contextlib.ExitStack() as stack:
            player = None
            try:
                player = stack.enter_context(self._open_player())
            except DeviceError as exc:
                self._face.tell(exc)
            yield player


def moments(assessment: Assessment | None, language: str) -> tuple[tuple[str, Span | None], ...]:
    """What is played of a take, one after another, with a word on each: moments of its advice and its points.

    Last comes the whole of it (None).
    """
    if assessment is None:
        return (("", None),)
    advice = [(_text(one, language), one.span) for one in assessment.advice if one.span is not None]
    points = assessment.coverage.points if assessment.coverage is not None else ()
    quotes = [(f"“{said.quote}”", said.span) for point in points for said in point.evidence[:1] if said.span]
    return (*advice, *quotes, ("", None))


def _text(advice: Advice, language: str) -> str:
    return advice.text.get(language) or next(iter(advice.text.values()), "")


def _prompt_of(take: Take, library: PromptLibrary) -> Prompt | None:
    """The prompt of a take; None when no pack has it any more."""
    return next((prompt for prompt in library.prompts() if prompt.id == take.prompt_id), None)
