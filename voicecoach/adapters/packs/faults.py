"""pydantic's errors as codes of ours: what is wrong, the value met, the limit, the remedy."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, get_args

from voicecoach.adapters.packs.models import (
    RESERVED,
    SCHEMA,
    AnchorModel,
    AnchorsModel,
    CallerLineModel,
    ConditionModel,
    CuesModel,
    FatalCode,
    PackModel,
    PointModel,
    PromptModel,
    RegexModel,
    SentencesModel,
    TextModel,
    WindowModel,
)
from voicecoach.adapters.packs.yaml_lines import WIDE_MARKS, Document, Fault, KeyPath
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

MAX_SHOWN_CHARS = 40
_TYPES = {
    "string_type": "pack-no-text",
    "float_type": "pack-no-number",
    "int_type": "pack-no-whole-number",
    "int_from_float": "pack-fraction",
    "bool_type": "pack-no-truth",
    "list_type": "pack-no-list",
    "model_type": "pack-no-keys",
    "model_attributes_type": "pack-no-keys",
}
"""Values of the wrong type."""
_LIMITS = {"greater_than": ">", "greater_than_equal": ">=", "less_than": "<", "less_than_equal": "<="}
_SIZES = {
    "string_too_long": ("pack-text-long", "max_length"),
    "string_too_short": ("pack-text-short", "min_length"),
    "too_long": ("pack-list-long", "max_length"),
    "too_short": ("pack-list-short", "min_length"),
}
"""Values of the wrong size, and where pydantic names the limit."""
_LEVELS: dict[tuple[str | None, ...], tuple[str, type[BaseModel]]] = {
    (): ("pack", PackModel),
    ("prompts", None): ("prompt", PromptModel),
    ("prompts", None, "points", None): ("point", PointModel),
    ("prompts", None, "lines", None): ("line", CallerLineModel),
    ("prompts", None, "points", None, "window"): ("window", WindowModel),
    ("prompts", None, "points", None, "anchors"): ("anchors", AnchorsModel),
    ("prompts", None, "points", None, "cues"): ("cues", CuesModel),
    ("prompts", None, "points", None, "exemplars"): ("exemplars", SentencesModel),
    ("prompts", None, "points", None, "counter_exemplars"): ("counter-exemplars", SentencesModel),
}
"""What a mapping of the file is (``pack-level-…``), by its path with None for list indices; else a text."""
_ANYWHERE: dict[str, tuple[str, type[BaseModel]]] = {
    "cues": ("cues", CuesModel),
    "exemplars": ("exemplars", SentencesModel),
    "regex": ("regex", RegexModel),
    "unless": ("regex", RegexModel),
    "after": ("moment", AnchorModel),
    "before": ("moment", AnchorModel),
}
"""The same by the last key alone, wherever it stands."""
_CONDITION_LISTS = frozenset({"any", "all", "none"})


def fault_of(error: ErrorDetails, path: KeyPath, document: Document) -> Fault:
    """One of pydantic's errors as a fault of the file; ``path`` as from :func:`real_path`."""
    return Fault(document.line(path), path, _told(error, path))


def real_path(loc: Sequence[str | int], raw: object) -> KeyPath:
    """The keys of ``loc`` that stand in the file, and the last one (which may be the missing key)."""
    path: list[str | int] = []
    for step in loc:
        path.append(step)
        if isinstance(raw, dict) and step in raw:
            raw = raw[str(step)]
        elif isinstance(raw, list):
            raw = raw[int(step)]
        else:
            break
    return tuple(path)


def near_miss(word: str, known: Sequence[str]) -> Message | None:
    """``did you mean 'x'?`` for the known word that looks most like ``word``; None when none does."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return Message("did-you-mean", {"near": repr(near[0])}) if near else None


def no_such_point(point_id: object, known: Sequence[object]) -> Message:
    """The prompt has no point of that id, but those that are ``known``."""
    near = near_miss(str(point_id), [str(point) for point in known])
    remedy = near or Message("pack-use-points", {"points": str(list(known))})
    return Message("pack-point-unknown", {"point": repr(point_id), "remedy": remedy})


def _level(path: KeyPath) -> tuple[str, type[BaseModel]]:
    shape = tuple(step if isinstance(step, str) else None for step in path[:-1])
    if shape in _LEVELS:
        return _LEVELS[shape]
    if len(shape) > 1 and shape[-1] is None and shape[-2] in _CONDITION_LISTS:
        return "condition", ConditionModel
    return _ANYWHERE.get(str(shape[-1]) if shape else "", ("text", TextModel))


def _told(error: ErrorDetails, path: KeyPath) -> Message:
    kind, value = error["type"], error.get("input")
    if kind == "missing":
        return _missing_key(path)
    if kind == "extra_forbidden":
        return _unknown_key(path)
    if kind == "literal_error":
        choices = _choices(path)
        remedy = near_miss(str(value), choices) or Message("pack-use-one-of", {"choices": ", ".join(choices)})
        return Message("pack-no-choice", {"value": _shown(value), "remedy": remedy})
    if kind in _TYPES:
        return Message(_TYPES[kind], {"value": _shown(value)})
    return _beyond_limits(error, path)


def _missing_key(path: KeyPath) -> Message:
    if path[-1] == "zh":
        return Message("pack-zh-missing")
    return Message("pack-key-missing", {"key": path[-1], "level": _level_name(_level(path)[0])})


def _level_name(level: str) -> Message:
    return Message(f"pack-level-{level}")


def _unknown_key(path: KeyPath) -> Message:
    key = str(path[-1])
    wide = next((sign for sign in key if sign in WIDE_MARKS), None)
    if wide:
        return Message("pack-key-wide", {"key": _shown(key), "mark": wide})
    level, model = _level(path)
    reserved = RESERVED.get(level, {}).get(key)
    if reserved:
        return Message(reserved)
    known = [field.alias or name for name, field in model.model_fields.items()]
    remedy = near_miss(key, known) or Message("pack-known-keys", {"keys": ", ".join(known)})
    return Message("pack-key-unknown", {"level": _level_name(level), "remedy": remedy})


def _beyond_limits(error: ErrorDetails, path: KeyPath) -> Message:
    kind, context, value = error["type"], error.get("ctx", {}), error.get("input")
    if kind == "string_pattern_mismatch":
        code = "pack-version-letters" if path[-1] == "version" else "pack-id-letters"
        return Message(code, {"value": _shown(value)})
    if kind in _SIZES:
        size = len(value) if isinstance(value, str | list) else 0
        code, limit = _SIZES[kind]
        return Message(code, {"n": size, "limit": context[limit], "value": _shown(value)})
    if kind in _LIMITS:
        number = next(iter(context.values()))
        facts = {"sign": _LIMITS[kind], "limit": f"{number:g}", "value": _shown(value)}
        return Message("pack-beyond-limit", facts)
    return Message("pack-other-fault", {"cause": error["msg"]})


def _choices(path: KeyPath) -> list[str]:
    """The values that the Literal at ``path`` allows."""
    if path[-1] == "schema":
        return [SCHEMA]
    if "fatal_language" in path:
        return list(get_args(FatalCode))
    annotation = _level(path)[1].model_fields[str(path[-1])].annotation
    choices: list[str] = []
    for choice in get_args(annotation):  # Literal["a", "b"], or Literal[...] | None
        choices.extend([choice] if isinstance(choice, str) else get_args(choice))
    return choices


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= MAX_SHOWN_CHARS else f"{text[: MAX_SHOWN_CHARS - 1]}…"
