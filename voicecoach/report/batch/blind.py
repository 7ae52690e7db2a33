"""A sheet for blind marking as a page: hear the recording, see question and rubric, mark; no verdict."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from voicecoach.report.batch.words import script_words
from voicecoach.report.page import html_page, script_safe
from voicecoach.report.page_sound import MIME
from voicecoach.report.phrases import printable, reader_language
from voicecoach.words.catalogue import in_language, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voicecoach.model.prompt import Prompt, RubricPoint
    from voicecoach.model.result import JudgedResult
    from voicecoach.words.catalogue import Ui

EXAMPLES_MOST: Final = 2
"""Clauses that show what a point may sound like."""
_MEDIA: Final = "'self' file: blob:"


def blind_page(
    drawn: Sequence[JudgedResult],
    sounds: Sequence[Mapping[str, str]],
    prompts: Mapping[str, Prompt],
    *,
    ui: Ui,
) -> bytes:
    """The page, UTF-8, with the answers in the order in which they were drawn.

    ``sounds``: of each answer its ``href`` from the page, or ``mp3`` (base64), or neither. ``prompts`` by id
    give the words. Nothing that the program made of an answer stands in it, nor who spoke or in which file,
    but for the sheet's sake the file's name in the data.
    """
    reader = reader_language(ui)
    rows = [
        {"file": printable(result.file), "prompt": result.prompt_id, "sound": dict(sound)}
        for result, sound in zip(drawn, sounds, strict=True)
    ]
    asked = {result.prompt_id: prompts.get(result.prompt_id) for result in drawn}
    points: dict[str, dict[str, None]] = {}
    for result in drawn:
        heard = () if result.assessment.coverage is None else result.assessment.coverage.points
        points.setdefault(result.prompt_id, {}).update(dict.fromkeys(point.id for point in heard))
    data = {
        "rows": rows,
        "points": {
            of: [[point, _label(asked[of], point, reader)] for point in ids] for of, ids in points.items()
        },
        "rubric": {of: _rubric(prompt, reader) for of, prompt in asked.items()},
        "questions": {
            of: printable(of if prompt is None else in_language(prompt.text, reader, of))
            for of, prompt in asked.items()
        },
        "batch": hashlib.sha256(repr([(row["file"], row["prompt"]) for row in rows]).encode()).hexdigest()[
            :32
        ],
        "mime": MIME,
        "words": script_words(reader) | {"noSound": word("blind-no-sound", reader)},
    }
    return html_page(
        "blind.html.jinja",
        reader,
        {"data": script_safe(data), "n": len(rows)},
        style=("report.css", "batch.css", "marking.css"),
        script=("marking.js", "blind.js"),
        media=_MEDIA,
    )


def _point(prompt: Prompt | None, point_id: str) -> RubricPoint | None:
    points = () if prompt is None else prompt.points
    return next((point for point in points if point.id == point_id), None)


def _label(prompt: Prompt | None, point_id: str, ui: Ui) -> str:
    point = _point(prompt, point_id)
    return point_id if point is None else printable(in_language(point.label, ui, point_id))


def _rubric(prompt: Prompt | None, ui: Ui) -> list[list[Any]]:
    """Each point's label with a few clauses that would cover it."""
    if prompt is None:
        return []
    return [
        [
            printable(in_language(point.label, ui, point.id)),
            [printable(clause) for clause in _clauses(point, ui)[:EXAMPLES_MOST]],
        ]
        for point in prompt.points
    ]


def _clauses(point: RubricPoint, ui: Ui) -> Sequence[str]:
    return point.exemplars.get(ui) or next(iter(point.exemplars.values()), ())
