"""Words that the recogniser says again and again although nobody did.

A decoder that has lost the sound repeats its last words until its window is full: one character, a word, a
sentence. People repeat themselves too. What was said takes its time and has its syllables: so a repetition
stays while a voice could say it in the speech that it lies in, and while that speech has about as many
syllable nuclei as it. What does not stay is no syllable and no evidence.

Known failure: a loop over other speech that happens to have as many syllables is taken for a repetition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from voicecoach.features.level import level_track
from voicecoach.features.text.words import WordMap, spoken_syllables
from voicecoach.metrics.nuclei import DIP_DB, peaks_s
from voicecoach.model.audio import Waveform
from voicecoach.model.spans import clipped, hull, total_s, union

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voicecoach.model.audio import Span
    from voicecoach.model.transcript import Language, Word

LONGEST_UNIT: Final = 40
"""Characters (in English words) of the longest unit that is looked for: a sentence."""
FEWEST_TIMES: Final = (5, 4, 4, 4, 4, 4, 3)
"""So often a unit of 1, 2, … characters must follow itself to be looked at; the last is for longer ones."""
NEVER_SAID_TIMES: Final = (12, 10)
"""Nobody says one character, or a word of two, so often in a row and means it (谢谢 five times is ten 谢)."""
FASTEST_PER_S: Final = 9.0
"""Syllables a second of speech that nobody exceeds (fast Mandarin has 7, a race caller 8)."""
NUCLEI_RANGE: Final = (0.6, 2.0)
"""Nuclei of the sound to syllables of the text: fewer than the first, the text has too many; more than the
second, it stands for other words. Nuclei are undercounted at speed (.8 on 5 syllables a second)."""

_TOKEN = re.compile(r"[㐀-䶿一-鿿〇]|[^\W_㐀-䶿一-鿿〇]+")


@dataclass(frozen=True, slots=True)
class Repetition:
    """``times`` a unit of ``n_unit`` characters (or words) in a row, from ``start`` to ``stop``."""

    start: int
    stop: int
    n_unit: int
    times: int


def repetitions(text: str) -> tuple[Repetition, ...]:
    """The units that follow themselves at least :data:`FEWEST_TIMES`, marks and case aside, in order."""
    tokens = [(match.group().casefold(), match.span()) for match in _TOKEN.finditer(text)]
    said = [token for token, _ in tokens]
    found: list[Repetition] = []
    first = 0
    while first < len(said):
        n_unit, times = _repeated(said, first)
        if times == 0:
            first += 1
            continue
        last = first + n_unit * times
        found.append(Repetition(tokens[first][1][0], tokens[last - 1][1][1], n_unit, times))
        first = last
    return tuple(found)


def _repeated(said: Sequence[str], first: int) -> tuple[int, int]:
    """The shortest unit that begins at ``first`` and repeats itself often enough, its times; else 0, 0."""
    for n_unit in range(1, min(LONGEST_UNIT, (len(said) - first) // 2) + 1):
        same = 0
        while first + n_unit + same < len(said) and said[first + same] == said[first + n_unit + same]:
            same += 1
        times = same // n_unit + 1
        if times >= FEWEST_TIMES[min(n_unit, len(FEWEST_TIMES)) - 1]:
            return n_unit, times
    return 0, 0


class LoopJudge:
    """Tells loops from repetitions in the words of one recording (16 kHz)."""

    def __init__(self, waveform: Waveform, speech: Sequence[Span], language: Language) -> None:
        self._waveform, self._speech, self._language = waveform, speech, language

    def looped(self, words: Sequence[Word]) -> frozenset[int]:
        """The indices of the words of one segment that belong to a loop."""
        word_map = WordMap(words)
        loops: set[int] = set()
        for repetition in repetitions(word_map.text):
            members = range(word_map.word_at(repetition.start), word_map.word_at(repetition.stop - 1) + 1)
            if not self._is_said(words[members.start : members.stop], repetition):
                loops.update(members)
        return frozenset(loops)

    def repeats_in_earnest(self, words: Sequence[Word]) -> bool:
        """Whether the words are made of repetitions, most of them, and the sound has them all."""
        text = "".join(word.text for word in words)
        covered = sum(repetition.stop - repetition.start for repetition in repetitions(text))
        return 2 * covered > len(text) and not self.looped(words)

    def _is_said(self, words: Sequence[Word], repetition: Repetition) -> bool:
        n_unit = repetition.n_unit
        if n_unit <= len(NEVER_SAID_TIMES) and repetition.times >= NEVER_SAID_TIMES[n_unit - 1]:
            return False
        whole = hull(word.span for word in words)
        heard = clipped(self._speech, whole) if whole is not None else ()
        n_syllables = len(spoken_syllables(words, self._language))
        if whole is None or n_syllables > FASTEST_PER_S * total_s(heard):
            return False
        fewest, most = NUCLEI_RANGE
        return fewest * n_syllables <= self._n_nuclei(whole, heard) <= most * n_syllables

    def _n_nuclei(self, whole: Span, heard: Sequence[Span]) -> int:
        """Peaks of the level in what was ``heard``: nuclei, were all of it voiced."""
        cut = Waveform(self._waveform.cut(whole), self._waveform.rate_hz)
        units = union((span.shifted(-whole.start_s) for span in heard), closing_s=0.25)
        return len(peaks_s(level_track(cut), units, dip_db=DIP_DB[self._language]))


def stretches(words: Sequence[Word], indices: frozenset[int]) -> Iterator[Sequence[Word]]:
    """The words at ``indices``, those that follow each other together."""
    ordered = sorted(indices)
    starts = [index for before, index in pairwise([-2, *ordered]) if index != before + 1]
    for start in starts:
        stop = start
        while stop in indices:
            stop += 1
        yield words[start:stop]
