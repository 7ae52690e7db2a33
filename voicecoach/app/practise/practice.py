"""A practice: prompt after prompt is heard, answered, judged, and tried again.

Between the prompt's last sound and the first sample of the answer lies only the opening of the microphone:
the take is written down while the prompt plays, and the models are loaded before it. To load them while it
plays tore holes of up to 0.4 s into it: dictionaries are read without letting Python's other threads run, the
one that feeds the loudspeaker among them.
"""

from __future__ import annotations

import contextlib
import threading
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

from voicecoach.app.practise.feedback import KEYS, Feedback
from voicecoach.app.practise.prompt import Hearing
from voicecoach.app.practise.say import line_of
from voicecoach.app.practise.take import TakeMaker
from voicecoach.errors import DeviceError, VoicecoachError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from voicecoach.app.practise.face import Face, MenuName, PromptVoice
    from voicecoach.app.practise.feedback import Next
    from voicecoach.app.practise.options import PracticeOptions
    from voicecoach.app.practise.prompt import PromptPlayer
    from voicecoach.app.practise.say import Line
    from voicecoach.app.practise.take import Attempt, CalibratedVoice, TakePorts
    from voicecoach.model.audio import Waveform
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.take import Take
    from voicecoach.ports import PromptLibrary

POLL_S: Final = 0.02
"""So often it is looked whether the prompt has ended, seconds."""
PREPARE_S: Final = 0.5
"""So long before the prompt's end the take is written down, seconds."""
TICK_S: Final = 0.1
LEAVING: Final[dict[str | None, Literal["next", "quit"]]] = {"n": "next", "q": "quit"}
"""Keys that leave a prompt before its answer."""


class Practice:
    """One practice, as ``options`` has it. ``takes`` (in order) keeps what was made.

    ``voice`` None: nobody reads aloud.
    """

    def __init__(
        self,
        ports: TakePorts,
        face: Face,
        options: PracticeOptions,
        *,
        open_player: Callable[[], AbstractContextManager[PromptPlayer]],
        voice: PromptVoice | None = None,
        calibrated: CalibratedVoice | None = None,
    ) -> None:
        self._maker = TakeMaker(ports, face, language=options.language, calibrated=calibrated)
        self._judge, self._store, self._face = ports.judge, ports.store, face
        self._voice, self._open_player = voice, open_player
        self.options = options
        self._feedback = Feedback(face, voice, options.language)
        self._text_only = options.text_only
        self._loading: threading.Thread | None = None
        self._is_mute = False
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
            self._face.note(
                "practise-unfinished",
                place=f"{number}/{len(waiting)}",
                when=f"{datetime.fromisoformat(take.recorded_at).astimezone():%m-%d %H:%M}",
                prompt=take.prompt_text,
            )
            self._face.flush()
            self._face.menu("offer")
            key = self._feedback.pressed({"enter", "x", "n", "q"})
            if key in LEAVING:
                return
            if key == "x":
                self._maker.drop(take)
                continue
            try:
                made = self._maker.score(take, _prompt_of(take, library))
            except VoicecoachError as exc:
                self._face.tell(exc)
                continue
            with self._player() as player:
                self._show(made, player, menu="later")

    # -- one attempt ---------------------------------------------------------------------------------------

    def _attempt(self, prompt: Prompt, place: str, player: PromptPlayer | None) -> Next:
        line = line_of(prompt, self.options.language, 0)
        profile = self.options.profile or prompt.profile
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
        """Load what judges. What fails here fails again, and is told, when it is needed."""
        task = self._judge.task(prompt, profile)

        def run() -> None:
            with contextlib.suppress(VoicecoachError):
                self._judge.warm(task)

        self.close()
        self._loading = threading.Thread(target=run, name="load")
        self._loading.start()

    def close(self) -> None:
        """Wait for what still loads: an engine that is cut off while it loads takes the program with it."""
        if self._loading is not None:
            self._loading.join()

    def _listen(
        self, line: Line, player: PromptPlayer | None, prepare: Callable[[], None]
    ) -> Hearing | Literal["next", "quit"] | None:
        """Let the prompt be heard and thought about; None: it was not heard."""
        if (ended := self._ready()) is not None:
            return ended if ended != "skip" else None
        hearing, is_prepared = self._played(line, player), self._text_only
        while hearing is not None and not hearing.is_over:
            if not is_prepared and hearing.left_s < PREPARE_S:
                prepare()
                is_prepared = True
            self._face.waiting("hearing" if hearing.has_begun else "making")
            key = self._face.key(POLL_S)
            if key == "enter":
                hearing.skip()
            elif key == "r":
                hearing.skip()
                hearing.wait()
                hearing = self._played(line, player)
            elif key in LEAVING:
                hearing.skip()
                return LEAVING[key]
        return self._before_answering(hearing, line, player, prepare)

    def _before_answering(
        self, hearing: Hearing | None, line: Line, player: PromptPlayer | None, prepare: Callable[[], None]
    ) -> Hearing | Literal["next", "quit"] | None:
        """What lies between a prompt and its answer."""
        if hearing is not None and hearing.fault is not None:
            self._face.tell(hearing.fault)
        if self._text_only:
            return hearing
        if self.options.think_s:
            return self._thought(line, player, prepare)
        if hearing is None or hearing.fault is not None:
            return self._read()
        return hearing

    def _read(self) -> Literal["next", "quit"] | None:
        """Let a prompt that nobody read aloud be read by eye, until a key is pressed."""
        while True:
            self._face.waiting("reading")
            key = self._face.key(TICK_S)
            if key == "enter":
                return None
            if key in LEAVING:
                return LEAVING[key]

    def _ready(self) -> Literal["next", "quit", "skip"] | None:
        """Wait until all is loaded that would disturb the prompt; a key may end that."""
        while self._loading is not None and self._loading.is_alive():
            self._face.waiting("loading")
            key = self._face.key(TICK_S)
            if key == "enter":
                return "skip"
            if key in LEAVING:
                return LEAVING[key]
        return None

    def _thought(
        self, line: Line, player: PromptPlayer | None, prepare: Callable[[], None]
    ) -> Hearing | Literal["next", "quit"] | None:
        """Let the time to think pass; there is no response latency after it."""
        left_s = self.options.think_s
        while left_s > 0.0:
            self._face.waiting("thinking", left_s)
            key = self._face.key(TICK_S)
            left_s -= TICK_S
            if key == "enter":
                break
            if key == "r":
                return self._listen(line, player, prepare)
            if key in LEAVING:
                return LEAVING[key]
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
    def _with_bed(player: PromptPlayer, voice: PromptVoice, line: Line) -> Iterator[Waveform]:
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
                self.options.limits(prompt),
                prompt_end_s=lambda: None if hearing is None else hearing.end_monotonic_s,
            )
        except DeviceError as exc:
            self._face.tell(exc)
            self._face.flush()
            self._face.menu("no_microphone")
            key = self._feedback.pressed({"enter", "t", *KEYS})
            return KEYS.get(key, "text")
        if made.ending == "again":
            return "again"
        return self._show(made, player)

    def _show(self, made: Attempt, player: PromptPlayer | None, *, menu: MenuName = "feedback") -> Next:
        self.takes.append(made.take)
        made, action = self._feedback.after(made, player, menu=menu)
        self.takes[-1] = made.take
        return action

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
            key = self._feedback.pressed({"m", *KEYS})
            if key in KEYS:
                return KEYS[key]
            with self._player() as player:
                self._feedback.model_answer(prompt, player)

    @contextlib.contextmanager
    def _player(self) -> Iterator[PromptPlayer | None]:
        """The loudspeaker; None when there is none, which is told once."""
        with contextlib.ExitStack() as stack:
            player = None
            try:
                player = stack.enter_context(self._open_player())
            except DeviceError as exc:
                if not self._is_mute:
                    self._face.tell(exc)
            self._is_mute = player is None
            yield player


def _prompt_of(take: Take, library: PromptLibrary) -> Prompt | None:
    """The prompt of a take; None when no pack has it any more."""
    return next((prompt for prompt in library.prompts() if prompt.id == take.prompt_id), None)
