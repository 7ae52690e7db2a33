"""Makes ``tests/data/innocent.jsonl``: what service agents say and nobody may blame them for.

``innocent_lines.txt``: ``@ style`` opens a style and ``@ style near`` lines written around the words of the
rules, which ordinary talk has more rarely; any other line is a base line. ``{slot}`` in it is filled
from ``innocent_slots.txt`` (``slot: value|value|…``), which makes up to :data:`MOST` sentences of it. Every
second base line is part ``b``. Lines are only ever appended, or the parts would change hands.

Run: python tests/support/made/make_innocent.py
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[2] / "data"
LINES = FOLDER / "innocent_lines.txt"
SLOTS = FOLDER / "innocent_slots.txt"
TARGET = FOLDER / "innocent.jsonl"
MOST = 4
"""Sentences of one base line."""
_SLOT = re.compile(r"\{(\w+)\}")


def slots() -> dict[str, list[str]]:
    """The values of each slot."""
    rows = (line.split(":", 1) for line in SLOTS.read_text("utf-8").splitlines() if line)
    return {name: values.strip().split("|") for name, values in rows}


class BaseLine(NamedTuple):
    """A line written by hand; ``near``: around the words of a rule."""

    style: str
    near: bool
    text: str


def base_lines() -> Iterator[BaseLine]:
    """Each base line, in order."""
    style, near = "", False
    for line in LINES.read_text("utf-8").splitlines():
        if line.startswith("@ "):
            style, *marks = line.split()[1:]
            near = "near" in marks
        elif line:
            yield BaseLine(style, near, line)


def filled(text: str, number: int, values: dict[str, list[str]]) -> list[str]:
    """The sentences of one base line; its number decides where in each slot's list they begin."""
    names = dict.fromkeys(_SLOT.findall(text))
    sentences = []
    for turn in range(MOST):
        chosen = {
            name: values[name][(number * (place + 1) + turn) % len(values[name])]
            for place, name in enumerate(names)
        }
        sentences.append(text.format(**chosen))
    return list(dict.fromkeys(sentences))


def rows() -> list[dict[str, str | bool]]:
    """What the file holds: id, text, style, part, near."""
    values = slots()
    made: list[dict[str, str | bool]] = []
    told: set[str] = set()
    for number, line in enumerate(base_lines()):
        for turn, text in enumerate(filled(line.text, number, values)):
            if text not in told:
                told.add(text)
                made.append(
                    {
                        "id": f"i{number:04d}{'wxyz'[turn]}",
                        "text": text,
                        "style": line.style,
                        "part": "ab"[number % 2],
                        "near": line.near,
                    }
                )
    return made


def written() -> str:
    """The file's text."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows())


if __name__ == "__main__":
    TARGET.write_text(written(), "utf-8")
    print(f"{len(rows())} sentences of {len(list(base_lines()))} lines")
