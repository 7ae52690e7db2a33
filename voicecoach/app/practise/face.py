"""What a practice asks of whoever shows it: the eyes, keys and voice of the user's side."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, Protocol

from voicecoach.app.practise.take import TakeFace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from voicecoach.app.practise.say import Line
    from voicecoach.app.practise.take import Attempt
    from voicecoach.model.assessment import Coverage
    from voicecoach.model.audio import Span, Waveform
    from voicecoach.model.prompt import Prompt


Stage = Literal["loading", "making", "hearing", "reading", "thinking", "playing_out"]
"""Before an answer: models are loaded, the voice made, the prompt heard or read, the answer thought about.

After it: something is being played."""
STAGE_WORDS: Final[Mapping[Stage, str]] = MappingProxyType(
    {
        "loading": "practise-stage-loading",
        "making": "practise-stage-making",
        "hearing": "practise-stage-hearing",
        "reading": "practise-stage-reading",
        "thinking": "practise-stage-thinking",
        "playing_out": "practise-stage-playing-out",
    }
)
"""What the line of each stage says; ``thinking`` takes the fact ``left``, whole seconds."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a key does: ``key`` as :meth:`Face.key` gives it, and the code of its words."""

    key: str
    code: str


MenuName = Literal["feedback", "later", "unscored", "typed", "offer", "no_microphone"]
_AGAIN = Choice("a", "practise-choice-again")
_NEXT = Choice("n", "practise-choice-next")
_MODEL = Choice("m", "practise-choice-model")
_PAGE = Choice("h", "practise-choice-page")
_CORRECT = Choice("c", "practise-choice-correct")
_TICK = Choice("t", "practise-choice-tick")
_QUIT = Choice("q", "practise-choice-quit")
MENUS: Final[Mapping[MenuName, tuple[Choice, ...]]] = MappingProxyType(
    {
        # after a judged answer; the numbers play the moments of its advice
        "feedback": (
            _AGAIN, _NEXT, Choice("p", "practise-choice-advice"), _TICK, _MODEL, _PAGE, _CORRECT, _QUIT,
        ),
        # after a take of before was judged: there is nothing to repeat
        "later": (
            Choice("n", "practise-choice-go-on"), Choice("p", "practise-choice-moments"),
            _TICK, _MODEL, _PAGE, _CORRECT,
        ),
        "unscored": (_AGAIN, _NEXT, Choice("p", "practise-choice-play"), _MODEL, _QUIT),
        "typed": (_AGAIN, _NEXT, _MODEL, _QUIT),
        # a take of before that nobody has judged
        "offer": (
            Choice("enter", "practise-choice-judge"), Choice("x", "practise-choice-delete"),
            Choice("n", "practise-choice-later"),
        ),
        "no_microphone": (
            Choice("enter", "practise-choice-writing"), Choice("a", "practise-choice-microphone"),
            _NEXT, _QUIT,
        ),
    }
)  # fmt: skip
"""What can be pressed, in the order in which it is shown."""


class Face(TakeFace, Protocol):
    """What the user sees and presses."""

    def prompt(self, prompt: Prompt, text: str, place: str) -> None:
        """Show a prompt; ``place`` is its place in the practice."""
        ...

    def waiting(self, stage: Stage, left_s: float = 0.0) -> None:
        """Draw the line of what goes on; ``left_s`` of the time to think."""
        ...

    def menu(self, name: MenuName) -> None:
        """Show what can be pressed now, as :data:`MENUS` has it."""
        ...

    def flush(self) -> None:
        """Forget what was pressed until now."""
        ...

    def typed(self) -> str | None:
        """An answer in writing; None when the user wants to stop."""
        ...

    def report(self, made: Attempt) -> None:
        """Show what was found in an answer."""
        ...

    def coverage(self, prompt: Prompt, coverage: Coverage) -> None:
        """Show what was found in a typed answer."""
        ...

    def moment(self, title: str, span: Span | None) -> None:
        """Say what is being played."""
        ...

    def page(self, made: Attempt) -> None:
        """Make the HTML report, and open it where that can be done."""
        ...

    def correct(self, made: Attempt) -> Attempt:
        """Let the user correct the transcript; what it is afterwards."""
        ...

    def tick(self, made: Attempt) -> Attempt:
        """Let the user say what counts; what it is afterwards."""
        ...


class PromptVoice(Protocol):
    """Reads aloud."""

    def parts(self, line: Line) -> Iterator[Waveform]:
        """The sound of ``line``, sentence by sentence. Raises UsageError, EngineError."""
        ...

    def bed(self) -> Waveform | None:
        """The noise under it, None for none; known when a part was made."""
        ...
