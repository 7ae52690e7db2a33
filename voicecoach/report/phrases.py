"""Words of reports for what programs write as names: states, verdicts, codes of phrases that were said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach.words.catalogue import FALLBACK_UI, has, languages, word
from voicecoach.words.visible import visible

if TYPE_CHECKING:
    from voicecoach.words.catalogue import Ui


def reader_language(ui: str) -> Ui:
    """The reader's language where there are words in it; English otherwise."""
    return ui if ui in languages() else FALLBACK_UI


def named(name: str, ui: Ui, *, rooms: tuple[str, ...] = ("report",)) -> str:
    """The words for a state, a verdict or a code that may be new: an unknown one is shown as it is.

    ``not_heard`` is ``report-not-heard``; ``rooms`` are the beginnings that are tried in turn.
    """
    codes = (f"{room}-{name.replace('_', '-')}" for room in rooms)
    return next((word(code, ui) for code in codes if has(code)), name)


def printable(text: str) -> str:
    """One line that no terminal obeys: control characters stand as escapes, line breaks as spaces."""
    plain = " ".join(text.split("\n"))
    return visible(plain)
