"""Reading one prompt file: the pack, or each of its faults at its line and key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach.adapters.folders import cause_of
from voicecoach.model.pack import Pack, Problem
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.adapters.packs.yaml_lines import Fault, KeyPath

MAX_FILE_BYTES = 4_000_000
"""A larger file is no prompt pack (ours; 40 prompts take about 200 kB)."""


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
