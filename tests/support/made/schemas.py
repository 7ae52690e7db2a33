"""The published schemas, and what breaks them by an independent validator."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator


@cache
def schema(name: str) -> dict[str, Any]:
    """The schema of that kind of document (``assessment``)."""
    text = files("voicecoach.documents").joinpath(f"{name}.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    Draft202012Validator.check_schema(loaded)
    return loaded


def faults(document: object, name: str) -> list[str]:
    """``place: what is wrong`` for each fault of a document, as it would stand in a file."""
    plain = json.loads(json.dumps(document))
    errors = Draft202012Validator(schema(name)).iter_errors(plain)
    return [f"{error.json_path}: {error.message}" for error in errors]
