"""How a practice goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicecoach.app.practise.answer import Limits

if TYPE_CHECKING:
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.transcript import Language


@dataclass(frozen=True, slots=True)
class PracticeOptions:
    """How the practice goes.

    ``profile`` None: the prompt's own. ``think_s``: time before the answer. ``with_score`` False: no total
    and no points.
    """

    language: Language = "zh"
    profile: str | None = None
    think_s: float = 0.0
    auto_stop_s: float | None = None
    time_limit_s: float | None = None
    text_only: bool = False
    with_score: bool = True

    def limits(self, prompt: Prompt) -> Limits:
        """What ends an answer to ``prompt``."""
        return Limits(prompt.target_s, self.auto_stop_s, self.time_limit_s)
