"""What programs read about kept takes: two side by side, and what a correction changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from voicecoach.report.takes.compare_text import difference_json

if TYPE_CHECKING:
    from voicecoach.app.takes.correct import Correction
    from voicecoach.app.takes.review import Comparison


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Two takes side by side."""
    return {
        "left": comparison.left.take.id,
        "right": comparison.right.take.id,
        "doubts": comparison.doubts,
        "differences": [difference_json(row) for row in comparison.differences],
    }


def correction_json(done: Correction) -> dict[str, Any]:
    """What a correction changed."""
    return {
        "take": done.take.id,
        "recognised_text": done.take.recognised_text,
        "corrected_text": done.take.corrected_text,
        "cer": round(done.cer, 4),
        "total": [done.before.total, done.after.total],
        "rubric_changed": done.rubric_changed,
        "changes": [difference_json(row) for row in done.differences],
    }
