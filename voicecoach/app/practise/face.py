"""What a practice asks of whoever shows it: the eyes, keys and voice of the user's side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from voicecoach.app.practise.take import TakeFace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.app.practise.say import Line
    from voicecoach.app.practise.take import Attempt
    from voicecoach.model.assessment import Coverage
    from voicecoach.model.audio import Span, Waveform
    from voicecoach.model.prompt import Prompt


Stage = Literal["loading", "making", "hearing", "reading", "thinking", "playing_out"]
"""Before an answer: models are loaded, the voice made, the prompt heard or read, the answer thought about.

After it: something is being played."""


class Face(TakeFace, Protocol):
    """What the user sees and presses."""

    def prompt(self, prompt: Prompt, text: str, place: str) -> None:
        """Show a prompt; ``place`` is its place in the practice."""
        ...

    def waiting(self, stage: Stage, left_s: float = 0.0) -> None:
        """Draw the line of what goes on; ``left_s`` of the time to think."""
        ...

    def menu(self, keys: str) -> None:
        """Show what can be pressed now."""
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


class PromptVoice(Protocol):
    """Reads aloud."""

    def parts(self, line: Line) -> Iterator[Waveform]:
        """The sound of ``line``, sentence by sentence. Raises UsageError, EngineError."""
        ...

    def bed(self) -> Waveform | None:
        """The noise under it, None for none; known when a part was made."""
        ...
