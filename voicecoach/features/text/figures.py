"""Rows of figures that were read digit by digit, told by the sound where writing leaves it open.

A recogniser writes a telephone number as it likes: 37388699, 3,7,38,86,99 or 373-886-99, and by value the
last two have half as many syllables again as were said. So a row of figures is counted both ways, and the
syllable nuclei of the sound in its time decide. They are a rough measure. A row as long as a number that
people read out is taken for digits unless the sound clearly speaks against it; a shorter one stands as it
is written (:mod:`voicecoach.features.text.reading`) unless digits fit clearly better.

Known failures: nothing is decided about one figure alone (a code of four digits is read by value), nor where
both ways differ by little.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.features.text.words import WordMap, placed_syllables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from voicecoach.model.transcript import Language, Transcript

CLEARLY: Final = 1.25
"""One way fits clearly better when the other is off by this factor more."""
LEAST_DIFFERENCE: Final = 1.15
"""Under this ratio of the two counts nuclei cannot tell them apart."""
FEWEST_DIGITS: Final = 5
"""Of shorter rows (3-5天) nothing is said: a nucleus more or less would decide."""
ROW_FIGURES: Final = 3
ROW_DIGITS: Final = 6
"""So many figures with so many digits in all are as long as a number that is read out."""
LONG_DIGITS: Final = 7
"""With so many digits a unit behind the last (年) does not make amounts of them."""
REACH_S: Final = 0.05
"""Word times are off by so much: nuclei this near count."""
SYLLABLES_A_NUCLEUS: Final = 1.06
"""How many syllables of figures there are for a nucleus: figures are said distinctly (24 made recordings)."""

_RUN = re.compile(r"\d+(?:[,，、.\-\s]{1,2}\d+)+", re.ASCII)
_COUNTED_BY: Final = re.compile(r"\s*(?:[%％‰元块角毛万亿千百度岁年月日号点分秒个件次天人位名]|kg|km|cm|mm)")


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of figures in the text, and how many syllables it has by either reading."""

    place: range
    as_written: int
    as_digits: int
    is_row: bool


def spelled_figures(
    transcript: Transcript, language: Language, *, nuclei_s: NDArray[np.float64]
) -> tuple[range, ...]:
    """The places in the joined text whose figures were read digit by digit against their writing.

    ``nuclei_s``: times of the syllable nuclei of the sound, ascending, in seconds.
    """
    word_map = WordMap(transcript.words)
    return tuple(
        run.place
        for run in _runs(word_map.text, language)
        if _is_spelled(run, SYLLABLES_A_NUCLEUS * _n_nuclei(run, word_map, nuclei_s))
    )


def _runs(text: str, language: Language) -> Iterator[_Run]:
    usual = [offset for _, offset, _ in placed_syllables(text, language)]
    for match in _RUN.finditer(text):
        place = range(*match.span())
        digit_by_digit = placed_syllables(text, language, spelled=(place,))
        as_digits = sum(offset in place for _, offset, _ in digit_by_digit)
        digits = re.findall(r"\d+", match.group(), re.ASCII)
        n_digits = sum(map(len, digits))
        counted = _COUNTED_BY.match(text, match.end())
        is_row = len(digits) >= ROW_FIGURES and n_digits >= (LONG_DIGITS if counted else ROW_DIGITS)
        as_written = sum(offset in place for offset in usual)
        if n_digits >= FEWEST_DIGITS and len(digits) > 1 and as_written:
            yield _Run(place, as_written, as_digits, is_row)


def _is_spelled(run: _Run, n_heard: float) -> bool:
    """Whether ``n_heard`` syllables speak for digit by digit."""
    high, low = max(run.as_written, run.as_digits), min(run.as_written, run.as_digits)
    if high < LEAST_DIFFERENCE * low or n_heard <= 0.0:
        return False
    off_written = abs(math.log(n_heard / run.as_written))
    off_digits = abs(math.log(n_heard / run.as_digits))
    if run.is_row:
        return off_digits < off_written + math.log(CLEARLY)
    return off_digits + math.log(CLEARLY) < off_written


def _n_nuclei(run: _Run, word_map: WordMap, nuclei_s: NDArray[np.float64]) -> int:
    span = word_map.span_of(run.place.start, run.place.stop)
    first, last = np.searchsorted(nuclei_s, [span.start_s - REACH_S, span.end_s + REACH_S])
    return int(last - first)
