"""A prompt pack, and what is wrong or weak in the file that it was read from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voicecoach.words.catalogue import FALLBACK_UI, Message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from voicecoach.model.prompt import Prompt


@dataclass(frozen=True, slots=True)
class Pack:
    """One prompt file: its ``id``, ``version``, ``title`` by language, and prompts in file order."""

    id: str
    version: str
    title: Mapping[str, str]
    path: Path
    prompts: tuple[Prompt, ...]
    lines: Mapping[str, int]
    """Where each prompt stands: line (from 1) by prompt id, and by ``prompt.point`` for its points."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of one file; prints as ``file:line: key.path: what is wrong; remedy``, in English.

    ``told`` is what is wrong, its hint the remedy.
    """

    path: Path
    line: int
    key: str
    told: Message

    def message(self) -> Message:
        """The whole line, yet to be worded."""
        where = f"{self.path}:{self.line}" + (f": {self.key}" if self.key else "")
        remedy = replace(self.told, part="hint")
        return Message("pack-problem", {"where": where, "what": self.told, "remedy": remedy})

    def __str__(self) -> str:
        return self.message().words(FALLBACK_UI)
