"""Spans written as pairs of seconds."""

from __future__ import annotations

from voicecoach.model.audio import Span


def spans(*edges: tuple[float, float]) -> list[Span]:
    return [Span(*pair) for pair in edges]
