"""What every page is made with: templates, style and script, their digests, and data for the script."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from typing import Any

from voicecoach.report.one import marked_text
from voicecoach.report.one.view import clock
from voicecoach.report.phrases import say


def environment() -> Any:  # noqa: ANN401 - imported late
    """The templates' environment: all that they show is escaped, and an unknown name is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("voicecoach.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        say=say, clock=clock, is_unsure=marked_text.is_unsure, word_text=marked_text.word_text
    )
    return made


def template_text(name: str) -> str:
    """A style sheet or script among the templates, as it stands."""
    return files("voicecoach.report").joinpath("templates", name).read_text(encoding="utf-8")


def policy_digest(text: str) -> str:
    """The digest by which a content security policy lets one script or style sheet through."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def script_safe(data: object) -> str:
    """JSON that can stand in a script whatever it holds: no ``<``, ``>``, ``&``, no line separator in it."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
