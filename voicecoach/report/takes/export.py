"""The history as a file: CSV for a spreadsheet, JSON for a program, HTML for a reader; one function a format.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula; texts (what was said,
a prompt from a file) that begin so get an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from voicecoach.app.takes.history import table
from voicecoach.documents.layout import dumps
from voicecoach.documents.take import encode_take, facts_of
from voicecoach.report.page import html_page
from voicecoach.report.phrases import named, printable, reader_language
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from voicecoach.app.takes.history import Cell
    from voicecoach.model.take import Take
    from voicecoach.words.catalogue import Ui

HISTORY_SCHEMA: Final = "voicecoach.history/1"
_BOM: Final = "\ufeff"
"""Without it a spreadsheet takes UTF-8 for the system's own encoding, and Chinese for rubbish."""
_S_PER_MIN: Final = 60
"""Not from ``units``: that loads numpy, and a list of takes is to come at once."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def _csv(takes: Sequence[Take], _ui: Ui) -> bytes:
    """UTF-8 with a byte order mark, lines ended as RFC 4180 has it."""
    rows = table(takes)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(rows.columns)
    writer.writerows([_cell(value) for value in row] for row in rows.rows)
    return (_BOM + text.getvalue()).encode()


def _json(takes: Sequence[Take], _ui: Ui) -> bytes:
    """All that is kept of the takes but their sound."""
    return dumps({"schema": HISTORY_SCHEMA, "takes": [encode_take(take) for take in takes]}).encode()


def _html(takes: Sequence[Take], ui: Ui) -> bytes:
    """One page without script or request; everything that was said is escaped by the template."""
    reader = reader_language(ui)
    return html_page(
        "history.html.jinja", reader, {"n": len(takes), "rows": [_row(take, reader) for take in takes]}
    )


FORMATS: Final[Mapping[str, Callable[[Sequence[Take], Ui], bytes]]] = MappingProxyType(
    {"csv": _csv, "json": _json, "html": _html}
)
"""Name -> takes, oldest first, and the reader's language to the bytes of a file; all can be asked for."""


def state_words(state: str, ui: Ui) -> str:
    """Why a take has no total; nothing to say of one that was scored."""
    return "" if state == "scored" else named(state, ui, rooms=("takes",))


def local_time(recorded_at: str) -> str:
    """A time of the history in the zone of this machine, to the minute."""
    return f"{datetime.fromisoformat(recorded_at).astimezone():%Y-%m-%d %H:%M}"


def length(duration_s: float) -> str:
    """Minutes and seconds: ``1:05``."""
    minutes, seconds = divmod(round(duration_s), _S_PER_MIN)
    return f"{minutes}:{seconds:02d}"


def coverage(low: float | None, high: float | None) -> str:
    """``60 %`` or, with maybes, ``60–80 %``; empty without a rubric."""
    if low is None or high is None:
        return ""
    first, last = f"{100 * low:.0f}", f"{100 * high:.0f}"
    return f"{first} %" if first == last else f"{first}–{last} %"


def _cell(value: Cell) -> Cell:
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def _row(take: Take, ui: Ui) -> dict[str, str]:
    facts = facts_of(take)
    low, high = facts.coverage or (None, None)
    return {
        "id": take.id,
        "recorded_at": local_time(take.recorded_at),
        "prompt_id": take.prompt_id,
        "prompt_text": printable(take.prompt_text),
        "duration": length(take.duration_s),
        "total": state_words(take.state, ui) if facts.total is None else f"{facts.total:.0f}",
        "coverage": coverage(low, high),
        "text": printable(take.text),
        "corrected": word("takes-corrected", ui) if take.corrected_text is not None else "",
        "missed": ", ".join(facts.missed),
    }
