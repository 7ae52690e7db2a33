"""Ticking the points and phrases of a take, 算 or 不算: by options, and by keys on a terminal."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Final

from voicecoach.cli.main import show_error
from voicecoach.errors import VoicecoachError
from voicecoach.report.screen import Styled, say
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voicecoach.app.takes.review import Opened
    from voicecoach.app.takes.ticks import Said, Tickable, Ticked
    from voicecoach.model.assessment import LanguageHit
    from voicecoach.ports import Store
    from voicecoach.words.catalogue import Ui

KEYS: Final = "123456789" + string.ascii_lowercase.replace("q", "")
"""The keys of what can be ticked, in order; ``q`` ends it."""
ENDING: Final = frozenset({"enter", "q"})
KEY_WAIT_S: Final = 1.0
SAID_WORDS: Final[dict[Said, str]] = {
    "counts": "tick-counts",
    "counts_not": "tick-counts-not",
    "as_judged": "tick-as-judged",
}


def tick_all(
    store: Store, opened: Opened, ticks: Sequence[tuple[str, Said]], *, sentence: str | None, ui: Ui
) -> Opened:
    """Put ticks into a take, tell each on standard error, and give the take as it is then.

    Raises UsageError, EngineError, StoreError; ticks before the faulty one are kept.
    """
    for name, said in ticks:
        opened = _tick(store, opened, name, said, sentence=sentence, ui=ui, err=True)
    return opened


def tick_by_keys(store: Store, opened: Opened, key: Callable[[float], str | None], *, ui: Ui) -> Opened:
    """Let the user tick with single keys until Enter; the take as it is then."""
    from voicecoach.app.takes.ticks import NEXT_SAID, tickables

    if not tickables(opened.assessment):
        say(word("tick-nothing", ui))
        return opened
    _print_rows(opened, ui)
    while True:
        pressed = key(KEY_WAIT_S)
        if pressed in ENDING:
            return opened
        rows = tickables(opened.assessment)
        place = KEYS.find(pressed) if pressed is not None and len(pressed) == 1 else -1
        if not 0 <= place < len(rows):
            continue
        try:
            said = NEXT_SAID[rows[place].said]
            opened = _tick(store, opened, rows[place].name, said, sentence=None, ui=ui, err=False)
        except VoicecoachError as exc:
            show_error(exc, ui)


def _print_rows(opened: Opened, ui: Ui) -> None:
    from voicecoach.app.takes.ticks import tickables

    for key, row in zip(KEYS, tickables(opened.assessment), strict=False):
        say(f"  [{key}] {_label(opened, row, ui)}  {_state(opened, row, ui)}")
    say(Styled(word("tick-keys", ui), dim=True))


def _tick(
    store: Store, opened: Opened, name: str, said: Said, *, sentence: str | None, ui: Ui, err: bool
) -> Opened:
    from voicecoach import wiring
    from voicecoach.app.takes.ticks import found
    from voicecoach.wiring import takes

    row = found(opened.assessment, name)
    done = takes.tick(store, opened, row.name, said, sentence=sentence)
    say(f"  {_label(opened, row, ui)}: {_told(done, said, ui)}", err=err)
    return wiring.opened_take(done.take)


def _told(done: Ticked, said: Said, ui: Ui) -> str:
    """What the tick says, what it does to the total, what it taught."""
    parts = [word(SAID_WORDS[said], ui)]
    before, after = done.before.total, done.after.total
    if before is not None and after is not None:
        parts.append(word("tick-total", ui, before=f"{before:.1f}", after=f"{after:.1f}"))
    if done.taught is not None:
        code = "tick-taught" if done.taught.covers else "tick-taught-not"
        parts.append(word(code, ui, text=done.taught.text))
    return " · ".join(parts)


def _label(opened: Opened, row: Tickable, ui: Ui) -> str:
    from voicecoach.report.phrases import printable
    from voicecoach.report.takes.compare_text import label

    kind, _, key = row.name.partition(":")
    if kind == "rubric":
        return label(row.name, opened.prompt, ui)
    code, _, number = key.rpartition(":")
    hits = [hit for hit in _hits(opened) if hit.code == code]
    return f"{label(f'language:{code}', opened.prompt, ui)} “{printable(hits[int(number) - 1].quote)}”"


def _state(opened: Opened, row: Tickable, ui: Ui) -> str:
    from voicecoach.report.phrases import named

    if row.said != "as_judged":
        return word(SAID_WORDS[row.said], ui)
    kind, _, key = row.name.partition(":")
    if kind == "rubric":
        coverage = opened.assessment.coverage
        points = () if coverage is None else coverage.points
        return next((named(point.state, ui) for point in points if point.id == key), "")
    code, _, number = key.rpartition(":")
    hits = [hit for hit in _hits(opened) if hit.code == code]
    return word("report-certain" if hits[int(number) - 1].certain else "report-uncertain", ui)


def _hits(opened: Opened) -> Sequence[LanguageHit]:
    coverage = opened.assessment.coverage
    return () if coverage is None else coverage.language
