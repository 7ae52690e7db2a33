"""Reading one prompt file: the pack, or each of its faults at its line and key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.adapters.packs.text_file import TextFileError, text_of
from voicecoach.model.pack import Pack, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from voicecoach.adapters.packs.models import PromptModel
    from voicecoach.adapters.packs.yaml_lines import Document, Fault, KeyPath

MAX_SHOWN_CHARS: Final = 40
"""Characters of a key that are shown."""
_WITH_LINES: Final = frozenset({"cues", "any", "all", "none", "anchors"})
"""Keys of a point whose inner lines are kept: what is weak there is told where it stands."""
PackOrProblems = tuple[Pack | None, tuple[Problem, ...]]
"""What reading one file gives: the pack is None exactly when there are problems."""


def read_pack(path: Path) -> PackOrProblems:
    """Read one file. The pack is None exactly when there are problems."""
    from voicecoach.adapters.packs import models, schema

    try:
        text = text_of(path)
    except TextFileError as exc:
        return None, (Problem(path, 1, "", exc.told),)
    model, document = schema.parse_pack(text, name=path.stem)
    if model is None:
        return None, tuple(_problem(path, fault, document.value) for fault in document.faults)
    lines = {}
    for i, prompt in enumerate(model.prompts):
        lines[prompt.id] = document.line(("prompts", i))
        for j, point in enumerate(prompt.points):
            lines[f"{prompt.id}.{point.id}"] = document.line(("prompts", i, "points", j))
    lines |= _inner_lines(model.prompts, document)
    prompts = schema.prompts_of(model)
    return Pack(model.pack, model.version, models.texts(model.title), path, prompts, lines), ()


def _inner_lines(prompts: Sequence[PromptModel], document: Document) -> Iterator[tuple[str, int]]:
    """The lines of what stands inside of points: ``late_delivery.empathy.any[0].cues.zh[1]``."""
    for path, line in document.lines.items():
        match path:
            case ("prompts", int() as i, "points", int() as j, str() as key, *rest) if key in _WITH_LINES:
                inside = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in rest)
                yield f"{prompts[i].id}.{prompts[i].points[j].id}.{key}{inside}", line


def _problem(path: Path, fault: Fault, document: object) -> Problem:
    return Problem(path, fault.line, _key(fault.path, document), fault.told)


def _key(path: KeyPath, value: object) -> str:
    """``prompts.late_delivery.points.empathy.weight``: list items by their id where they have one."""
    key = ""
    for step in path:
        if isinstance(value, list) and isinstance(step, int):
            value = value[step] if step < len(value) else None
            name = value.get("id") if isinstance(value, dict) else None
            key += f".{name[:MAX_SHOWN_CHARS]}" if isinstance(name, str) else f"[{step}]"
        else:
            value = value.get(str(step)) if isinstance(value, dict) else None
            key += f".{str(step)[:MAX_SHOWN_CHARS]}"
    return key.removeprefix(".")
