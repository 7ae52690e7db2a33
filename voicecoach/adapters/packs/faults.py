"""pydantic's errors in our words: what is wrong, the value met, the limit, the remedy."""

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
from voicecoach.adapters.packs.yaml_lines import Document, Fault, KeyPath

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

MAX_SHOWN_CHARS = 40
_TYPES = {
    "string_type": ("must be text", "put it in quotes"),
    "float_type": ("must be a number", "write it without quotes, such as 1.5"),
    "int_type": ("must be a whole number", "write it without quotes, such as 3"),
    "int_from_float": ("must be a whole number", "write it without a fraction"),
    "bool_type": ("must be true or false", "write it without quotes"),
    "list_type": ("must be a list", "write [a, b] or one `- item` a line"),
    "model_type": ("must be a set of keys", "for a text write {zh: ..., en: ...}"),
    "model_attributes_type": ("must be a set of keys", "for a text write {zh: ..., en: ...}"),
}
_LIMITS = {"greater_than": ">", "greater_than_equal": ">=", "less_than": "<", "less_than_equal": "<="}
_SIZES = {
    "string_too_long": ("characters", "at most", "max_length", "split it, or make an exemplar of a cue"),
    "string_too_short": ("characters", "at least", "min_length", "write it out"),
    "too_long": ("items", "at most", "max_length", "take some out"),
    "too_short": ("items", "at least", "min_length", "add what is missing"),
}
_LEVELS: dict[tuple[str | None, ...], tuple[str, type[BaseModel]]] = {
    (): ("pack", PackModel),
    ("prompts", None): ("prompt", PromptModel),
    ("prompts", None, "points", None): ("point", PointModel),
    ("prompts", None, "lines", None): ("line", CallerLineModel),
    ("prompts", None, "points", None, "window"): ("window", WindowModel),
    ("prompts", None, "points", None, "anchors"): ("set of anchors", AnchorsModel),
    ("prompts", None, "points", None, "cues"): ("cues", CuesModel),
    ("prompts", None, "points", None, "exemplars"): ("exemplars", SentencesModel),
    ("prompts", None, "points", None, "counter_exemplars"): ("counter_exemplars", SentencesModel),
}
"""What a mapping of the file is, by its path with None for list indices; any other is a text."""
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
    what, remedy = _words(error, path)
    return Fault(document.line(path), path, what, remedy)


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


def near_miss(word: str, known: Sequence[str]) -> str:
    """``did you mean 'x'?`` for the known word that looks most like ``word``; empty when none does."""
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean {found[0]!r}?" if found else ""


def _level(path: KeyPath) -> tuple[str, type[BaseModel]]:
    shape = tuple(step if isinstance(step, str) else None for step in path[:-1])
    if shape in _LEVELS:
        return _LEVELS[shape]
    if len(shape) > 1 and shape[-1] is None and shape[-2] in _CONDITION_LISTS:
        return "condition", ConditionModel
    return _ANYWHERE.get(str(shape[-1]) if shape else "", ("text", TextModel))


def _words(error: ErrorDetails, path: KeyPath) -> tuple[str, str]:
    kind, value = error["type"], error.get("input")
    if kind == "missing":
        return "this key is missing", _missing_remedy(path)
    if kind == "extra_forbidden":
        return _unknown_key(path)
    if kind == "literal_error":
        choices = _choices(path)
        remedy = near_miss(str(value), choices) or f"use one of {', '.join(choices)}"
        return f"{_shown(value)} is not allowed here", remedy
    if kind in _TYPES:
        what, remedy = _TYPES[kind]
        return f"{what}, got {_shown(value)}", remedy
    return _beyond_limits(error, path)


def _missing_remedy(path: KeyPath) -> str:
    if path[-1] == "zh":
        return "add the Mandarin text `zh:` (it is the language that must be there)"
    return f"add `{path[-1]}:` to this {_level(path)[0]}"


def _unknown_key(path: KeyPath) -> tuple[str, str]:
    key = str(path[-1])
    level, model = _level(path)
    reserved = RESERVED.get(level, {}).get(key)
    if reserved:
        return f"this key {reserved}", "move it there" if "belongs" in reserved else "remove it"
    known = [field.alias or name for name, field in model.model_fields.items()]
    return f"there is no such key in a {level}", near_miss(key, known) or f"known keys: {', '.join(known)}"


def _beyond_limits(error: ErrorDetails, path: KeyPath) -> tuple[str, str]:
    kind, context, value = error["type"], error.get("ctx", {}), error.get("input")
    if kind == "string_pattern_mismatch":
        letters = "letters, digits, dots and _, at most 20 characters"
        if path[-1] != "version":
            letters = "a-z, 0-9 and _, a letter first, at most 40 characters"
        return f"{_shown(value)} cannot be used here", f"use {letters}"
    if kind in _SIZES:
        size = len(value) if isinstance(value, str | list) else 0
        unit, least, limit, remedy = _SIZES[kind]
        return f"{size} {unit}, {least} {context[limit]}: {_shown(value)}", remedy
    if kind in _LIMITS:
        limit = next(iter(context.values()))
        return f"must be {_LIMITS[kind]} {limit:g}, got {_shown(value)}", "give a number within the limits"
    return error["msg"], "see docs/prompt-schema.md"


def _choices(path: KeyPath) -> list[str]:
    """The values that the Literal at ``path`` allows."""
    if path[-1] == "schema":
        return [SCHEMA]
    if "fatal_language" in path:
        return list(get_args(FatalCode))
    annotation = _level(path)[1].model_fields[str(path[-1])].annotation
    found: list[str] = []
    for choice in get_args(annotation):  # Literal["a", "b"], or Literal[...] | None
        found.extend([choice] if isinstance(choice, str) else get_args(choice))
    return found


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= MAX_SHOWN_CHARS else f"{text[: MAX_SHOWN_CHARS - 1]}…"
