"""The one hand that writes an HTML page: its words, its style and script in one file, and who may run in it.

All that a template shows is escaped. A content security policy names the digests of the page's one style
sheet and one script, so that nothing else could run even if it got in, and lets the page fetch nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from voicecoach.words import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Environment

    from voicecoach.words.catalogue import Ui


def html_page(
    template: str,
    ui: Ui,
    values: Mapping[str, object],
    *,
    style: Sequence[str] = (),
    script: Sequence[str] = (),
    scripts_too: str = "",
    media: str = "",
) -> bytes:
    """The page, UTF-8.

    ``template``, ``style`` and ``script`` are names of files among the templates. The template sees
    ``values``; ``word(code, **facts)`` in the language ``ui``; ``style``, ``script`` and ``policy`` to put
    in. The policy lets through ``scripts_too`` beside the page's own script, and sound from ``media`` only.
    """
    css, code = "".join(map(template_text, style)), "".join(map(template_text, script))
    policy = {
        "default-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "img-src": "data:",
        "script-src": f"{_digest(code)} {scripts_too}".strip() if code else "",
        "style-src": _digest(css),
        "media-src": media,
    }
    page = (
        _environment()
        .get_template(template)
        .render(
            {
                **values,
                "word": lambda code, **facts: catalogue.word(code, ui, **facts),
                "style": css,
                "script": code,
                "policy": "; ".join(f"{name} {sources}" for name, sources in policy.items() if sources),
            }
        )
    )
    return page.encode()


def script_safe(data: object) -> str:
    """JSON that can stand in a script whatever it holds: no ``<``, ``>``, ``&``, no line separator in it."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def template_text(name: str) -> str:
    """A style sheet or script among the templates, as it stands."""
    return files("voicecoach.report").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    """All that the templates show is escaped, and an unknown name is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("voicecoach.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _digest(text: str) -> str:
    """What lets one script or style sheet through."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
