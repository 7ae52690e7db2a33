"""Why a figure is not measured, or only provisional: a code in the value, its words in the catalogue.

``Measurement.reason`` and ``Measurement.provisional`` hold such a code, and so does what drops out of a
rubric. Programs that read documents get the code; people get ``reason-CODE`` with its remedy.
"""

from __future__ import annotations

from typing import Final

from voicecoach.words.catalogue import has, hint, languages, word

PREFIX: Final = "reason-"
"""Before such a code in the catalogue."""


def is_known(code: str) -> bool:
    """Whether there are words for ``code``."""
    return has(PREFIX + code)


def explain(code: str, ui: str) -> str:
    """The sentence for ``code`` and what to do about it, in the language ``ui``.

    What has no words is returned as it is: the code of another version, or a plain sentence where a code is
    expected, is shown rather than lost.
    """
    if not is_known(code):
        return code
    reason, remedy = word(PREFIX + code, ui), hint(PREFIX + code, ui)
    return word("reason-with-remedy", ui, reason=reason, remedy=remedy) if remedy else reason


def explained(code: str) -> dict[str, str]:
    """The sentence of :func:`explain` by language, as documents hold it."""
    return {ui: explain(code, ui) for ui in languages()}
