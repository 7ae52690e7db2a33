"""Kept takes with the adapters of this machine: their pages, their correction, what is played of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from voicecoach import wiring
from voicecoach.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voicecoach.app.practise.take import Attempt
    from voicecoach.app.takes.correct import Correction
    from voicecoach.app.takes.review import Comparison, Opened
    from voicecoach.app.takes.ticks import Said, Ticked
    from voicecoach.model.audio import Span
    from voicecoach.model.take import Take
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


def compare_page(comparison: Comparison, *, ui: Ui, with_score: bool) -> bytes:
    """The page of two takes side by side, UTF-8."""
    from voicecoach.report.takes.progress import compare_bytes

    left, right = comparison.left, comparison.right
    why = comparison.doubts
    return compare_bytes(left, right, comparison.differences, why, ui=ui, with_score=with_score)


def progress_page(store: Store, *, ui: Ui, with_score: bool) -> bytes:
    """The page of the whole progress, UTF-8. Raises UsageError when there is no take, StoreError."""
    from voicecoach.app.takes.progress import progress
    from voicecoach.report.takes.progress import progress_bytes

    takes = store.takes()
    if not takes:
        raise UsageError("no-take-yet")
    prompts = wiring.prompt_library().prompts()
    made = progress(takes, store.figures(), store.points(), prompts)
    return progress_bytes(made, ui=ui, with_score=with_score)


def export_formats() -> tuple[str, ...]:
    """What kept takes can be written as, the plainest first."""
    from voicecoach.report.takes.export import FORMATS

    return tuple(FORMATS)


def exported(takes: Sequence[Take], form: str, *, ui: Ui) -> bytes:
    """The takes in that one of :func:`export_formats`, UTF-8."""
    from voicecoach.report.takes.export import FORMATS

    return FORMATS[form](takes, ui)


def play(store: Store, opened: Opened, span: Span | None) -> None:
    """Play a span of the take with a margin, or all of it. Raises InputError, DeviceError."""
    from voicecoach.app.score.moments import cut
    from voicecoach.audio import decode

    waveform = decode.load(store.sound(opened.take)).waveform
    with wiring.loudspeaker() as player:
        player.play([waveform if span is None else cut(waveform, span)])


def tick(store: Store, opened: Opened, name: str, said: Said, *, sentence: str | None = None) -> Ticked:
    """Put a tick into a take, and keep it and what it teaches.

    Raises UsageError, EngineError, StoreError.
    """
    from voicecoach.app.takes.ticks import Ticker, learned_with

    done = Ticker(wiring.rubric_engine()).tick(opened, name, said, sentence=sentence)
    learned = wiring.learned()
    kept = learned.all()
    holds = learned_with(kept, opened, done, name)
    store.put(done.take)
    if holds != kept:
        learned.keep(holds)
    return done


def correct(store: Store, opened: Opened, text: str) -> Correction:
    """Judge ``text`` as what was said and keep what came of it.

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
    done = wiring.corrector().correct(take, text, task, sound=sound, created=created)
    store.put(done.take)
    return done
