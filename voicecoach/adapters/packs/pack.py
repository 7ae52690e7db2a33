"""A prompt pack and the reading of one file: the pack, or each of its faults at its line and key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voicecoach.adapters.folders import cause_of
from voicecoach.words.catalogue import FALLBACK_UI, Message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from voicecoach.adapters.packs.yaml_lines import Fault, KeyPath
    from voicecoach.model.prompt import Prompt

MAX_FILE_BYTES = 4_000_000
"""A larger file is no prompt pack (ours; 40 prompts take about 200 kB)."""


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


PackOrProblems = tuple[Pack | None, tuple[Problem, ...]]
"""What reading one file gives: the pack is None exactly when there are problems."""


def read_pack(path: Path) -> PackOrProblems:
    """Read one file. The pack is None exactly when there are problems."""
    from voicecoach.adapters.packs import models, schema

    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            return None, (_of_file(path, "pack-large", n=size, most=MAX_FILE_BYTES),)
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as exc:
        return None, (_of_file(path, "pack-unreadable", cause=cause_of(exc)),)
    except UnicodeDecodeError as exc:
        return None, (_of_file(path, "pack-encoding", at=exc.start),)
    model, document = schema.parse_pack(text, name=path.stem)
    if model is None:
        return None, tuple(_problem(path, fault, document.value) for fault in document.faults)
    lines = {}
    for i, prompt in enumerate(model.prompts):
        lines[prompt.id] = document.line(("prompts", i))
        for j, point in enumerate(prompt.points):
            lines[f"{prompt.id}.{point.id}"] = document.line(("prompts", i, "points", j))
    prompts = schema.prompts_of(model)
    return Pack(model.pack, model.version, models.texts(model.title), path, prompts, lines), ()


def _of_file(path: Path, code: str, /, **facts: object) -> Problem:
    return Problem(path, 1, "", Message(code, facts))


def _problem(path: Path, fault: Fault, document: object) -> Problem:
    return Problem(path, fault.line, _key(fault.path, document), fault.told)


def _key(path: KeyPath, value: object) -> str:
    """``prompts.late_delivery.points.empathy.weight``: list items by their id where they have one."""
    key = ""
    for step in path:
        if isinstance(value, list) and isinstance(step, int):
            value = value[step]
            name = value.get("id") if isinstance(value, dict) else None
            key += f".{name}" if isinstance(name, str) else f"[{step}]"
        else:
            value = value.get(str(step)) if isinstance(value, dict) else None
            key += f".{step}"
    return key.removeprefix(".")
