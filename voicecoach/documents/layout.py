"""JSON as it is laid out for people: what fits on a line stands on one."""

from __future__ import annotations

import json
from typing import Final

LINE_LONGEST: Final = 110
"""An object that fits on a line of so many characters is written on one."""


def dumps(document: object) -> str:
    """The JSON text, Chinese as it is written: what fits on a line stands on one, and a newline ends it.

    Raises ValueError for a figure that JSON does not have (NaN, infinity).
    """
    return _lines(document, 0) + "\n"


def _lines(document: object, depth: int) -> str:
    flat = json.dumps(document, ensure_ascii=False, allow_nan=False)
    if 2 * depth + len(flat) <= LINE_LONGEST or not document or not isinstance(document, (dict, list)):
        return flat
    inner, outer = "  " * (depth + 1), "  " * depth
    if isinstance(document, dict):
        items = [f"{json.dumps(k, ensure_ascii=False)}: {_lines(v, depth + 1)}" for k, v in document.items()]
        return "{\n" + ",\n".join(inner + item for item in items) + f"\n{outer}}}"
    return "[\n" + ",\n".join(inner + _lines(item, depth + 1) for item in document) + f"\n{outer}]"
