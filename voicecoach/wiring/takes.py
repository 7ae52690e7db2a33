"""Kept takes with the adapters of this machine: their pages, their correction, what is played of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from voicecoach import wiring

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.app.practise.take import Attempt
    from voicecoach.app.score.analyse import HeardRecording
    from voicecoach.app.takes.correct import Correction
    from voicecoach.app.takes.review import Opened
    from voicecoach.model.audio import Span
    from voicecoach.ports import Store
    from voicecoach.words.catalogue import Ui


def page(store: Store, opened: Opened, *, ui: Ui, with_score: bool) -> bytes:
    """The HTML report of a take with its sound, UTF-8. Raises InputError, StoreError."""
    from voicecoach.app.takes.review import with_curves
    from voicecoach.audio import decode
    from voicecoach.report.one.html import html_bytes

    waveform = decode.load(store.sound(opened.take)).waveform
    assessment = with_curves(opened.assessment, waveform)
    return html_bytes(assessment, opened.prompt, opened.profile, sound=waveform, ui=ui, with_score=with_score)


def keep_page(store: Store, opened: Opened, *, ui: Ui, with_score: bool) -> Path:
    """Keep that page with the take; where it is. Raises InputError, StoreError."""
    return store.put_report(opened.take.id, page(store, opened, ui=ui, with_score=with_score))


def keep_attempt_page(made: Attempt, *, ui: Ui, with_score: bool) -> Path | None:
    """As :func:`keep_page`, for an answer that was just judged; None when it was not."""
    if made.assessment is None or made.task is None:
        return None
    from voicecoach.report.one.html import html_bytes

    content = html_bytes(
        made.assessment,
        made.task.prompt,
        made.task.profile,
        sound=made.path,
        ui=ui,
        with_score=with_score,
    )
    return wiring.store().put_report(made.take.id, content)


def play(store: Store, opened: Opened, span: Span | None) -> None:
    """Play a span of the take with a margin, or all of it. Raises InputError, DeviceError."""
    from voicecoach.app.takes.review import cut
    from voicecoach.audio import decode

    waveform = decode.load(store.sound(opened.take)).waveform
    with wiring.loudspeaker() as player:
        player.play([waveform if span is None else cut(waveform, span)])


def correct(store: Store, opened: Opened, text: str, *, heard: HeardRecording | None = None) -> Correction:
    """Judge ``text`` and keep what came of it; ``heard`` saves reading the sound again.

    Raises UsageError, InputError, EngineError, StoreError.
    """
    from voicecoach.app.score.analyse import Task

    take = opened.take
    task = Task(
        prompt=opened.prompt if opened.known else None,
        language=opened.assessment.language,
        profile=opened.profile,
        prompt_end_s=take.prompt_end_s,
        provenance=wiring.rubric_provenance(),
    )
    created = datetime.now(UTC).isoformat(timespec="seconds")
    sound = store.sound(take)
    done = wiring.corrector().correct(take, text, task, sound=sound, created=created, heard=heard)
    store.put(done.take)
    return done
