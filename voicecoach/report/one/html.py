"""The report as one HTML file that opens without a network: text, pictures, sound and script in one.

Everything that comes from a recording or a prompt is escaped by the template; the data for the script is
JSON without a single ``<``; and a content security policy names the digests of the one script and the one
style sheet of the page, so that nothing else could run even if it got in.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import numpy as np

from voicecoach.audio import decode
from voicecoach.metrics.pauses import DEAD_AIR_S
from voicecoach.report.one import marked_text
from voicecoach.report.one.view import build_view, clock
from voicecoach.report.page import html_page, script_safe
from voicecoach.report.page_sound import MIME, encode_mp3, outline, thinned
from voicecoach.report.phrases import printable
from voicecoach.units import ST_PER_OCTAVE
from voicecoach.words.catalogue import DEFAULT_UI, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.assessment import Assessment, Curves
    from voicecoach.model.audio import Span, Waveform
    from voicecoach.model.profile import Profile
    from voicecoach.model.prompt import Prompt
    from voicecoach.report.one.marked_text import Mark
    from voicecoach.report.one.view_values import View
    from voicecoach.words.catalogue import Ui

LEVEL_FLOOR_DBFS: Final = -90.0
"""Silence of no level at all is drawn here."""
_SCRIPT_WORDS: Final = ("play", "pause")
_CURVES: Final = ("waveform", "pitch", "level")
_LEGEND: Final = ("hit", "maybe", "miss", "pause", "long_pause", "filler", "forbidden")
"""Kinds of marks, as style sheet and catalogue name them."""


@dataclass(frozen=True, slots=True)
class SoundBeside:
    """A sound file in the folder of the page, which refers to it by its name and holds no copy."""

    path: Path


def html_bytes(
    assessment: Assessment,
    prompt: Prompt | None,
    profile: Profile,
    *,
    sound: Path | Waveform | SoundBeside | None,
    ui: Ui = DEFAULT_UI,
    with_score: bool = True,
    channel: int | None = None,
) -> bytes:
    """The whole page, UTF-8.

    ``sound``: the recording's file, or its waveform when it is at hand, or None for a page without
    sound. ``channel`` picks a channel of the file, as when it was scored.
    Raises InputError when the file cannot be read.
    """
    view = build_view(assessment, prompt, profile, ui=ui, with_score=with_score)
    beside = isinstance(sound, SoundBeside)
    source = sound.path if isinstance(sound, SoundBeside) else sound
    waveform = decode.load(source, channel=channel).waveform if isinstance(source, Path) else source
    marks = marked_text.find_marks(assessment, view.coverage, view.ui)
    return html_page(
        "report.html.jinja",
        view.ui,
        {
            "view": view,
            "assessment": assessment,
            "model_answer": ""
            if prompt is None
            else printable(prompt.model_answer.get(assessment.language, "")),
            "tip": "" if prompt is None else printable(prompt.tip.get(view.ui, "")),
            "paragraphs": marked_text.paragraphs(assessment, marks, view.ui),
            "legend": _LEGEND,
            "data": script_safe(_data(assessment, view, marks, waveform)),
            "href": quote(os.fsencode(sound.path.name)) if isinstance(sound, SoundBeside) else "",
            "mime": MIME,
            "sound": base64.b64encode(encode_mp3(waveform)).decode()
            if waveform is not None and not beside
            else "",
            "clock": clock,
            "is_unsure": marked_text.is_unsure,
            "word_text": marked_text.word_text,
        },
        style=("report.css",),
        script=("report.js",),
        media="'self' blob: file:",
    )


def _data(
    assessment: Assessment, view: View, marks: Sequence[Mark], waveform: Waveform | None
) -> dict[str, Any]:
    peak_step_s, peaks = (0.0, []) if waveform is None else outline(waveform)
    points = () if view.coverage is None else view.coverage.points
    return {
        "duration": round(assessment.duration_s, 3),
        "words": {key: word(f"report-{key}", view.ui) for key in _SCRIPT_WORDS},
        "labels": {key: word(f"report-{key}", view.ui) for key in _CURVES},
        "peaks": {"step": peak_step_s, "values": peaks},
        **_curves(assessment.curves, assessment.duration_s),
        "pauses": [_pair(span) for span in marked_text.silent_pauses(assessment)],
        "deadAir": DEAD_AIR_S,
        "marks": [
            {"kind": mark.kind, "span": _pair(mark.span), "badge": mark.badge, "title": mark.title}
            for mark in marks
        ],
        "misses": [
            {
                "badge": str(point.number),
                "at": round(point.due.end_s, 3),
                "title": f"{point.number} {point.label}: {word('report-legend-miss', view.ui)}",
            }
            for point in points
            if point.due is not None
        ],
    }


def _curves(curves: Curves | None, duration_s: float) -> dict[str, Any]:
    if curves is None:
        return {"pitch": None, "level": None}
    first_s, hop_s, pitch_hz = thinned(curves.pitch, duration_s)
    voiced = np.isfinite(pitch_hz) & (pitch_hz > 0)
    pitch_st = np.full(len(pitch_hz), np.nan)
    if voiced.any():
        pitch_st[voiced] = ST_PER_OCTAVE * np.log2(pitch_hz[voiced] / np.median(pitch_hz[voiced]))
    pitch = {"first": round(first_s, 4), "step": hop_s, "values": _numbers(pitch_st, 1)}
    first_s, hop_s, level_dbfs = thinned(curves.level, duration_s)
    level_dbfs = np.maximum(np.nan_to_num(level_dbfs, nan=LEVEL_FLOOR_DBFS), LEVEL_FLOOR_DBFS)
    level = {"first": round(first_s, 4), "step": hop_s, "values": _numbers(level_dbfs, 0)}
    return {"pitch": pitch if voiced.any() else None, "level": level}


def _numbers(values: np.ndarray[Any, np.dtype[np.float64]], decimals: int) -> list[float | int | None]:
    """Rounded figures for JSON, null where undefined, whole ones as integers."""
    rounded = np.round(values, decimals)
    if decimals == 0:
        return [int(value) for value in rounded]
    return [float(value) + 0.0 if np.isfinite(value) else None for value in rounded]


def _pair(span: Span) -> list[float]:
    return [round(span.start_s, 3), round(span.end_s, 3)]
