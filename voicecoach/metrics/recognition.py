"""How far the recogniser was off: the character error rate against what was really said.

CER = (substitutions + deletions + insertions) / characters of the reference, the fewest edits that
turn the one text into the other (Levenshtein 1966). Only letters and figures count, in one width and case:
punctuation and spaces are the recogniser's taste, not sound.

Known failure: figures written in digits against figures written in Hanzi (3 and 三) count as errors.
"""

from __future__ import annotations

import unicodedata

import numpy as np


def character_error_rate(recognised: str, said: str) -> float:
    """CER of ``recognised`` against ``said``, >= 0; over 1 where much was invented.

    Where nothing was said, any recognised character makes it 1.
    """
    heard, truth = _characters(recognised), _characters(said)
    if not truth:
        return 1.0 if heard else 0.0
    return edits(heard, truth) / len(truth)


def edits(left: str, right: str) -> int:
    """Fewest insertions, deletions and substitutions between two texts, a row of the matrix at a time."""
    if not left or not right:
        return len(left) + len(right)
    columns = np.array([ord(character) for character in right])
    places = np.arange(len(right) + 1)
    row = places
    for number, character in enumerate(left, start=1):
        best = np.empty_like(row)
        best[0] = number
        best[1:] = np.minimum(row[1:] + 1, row[:-1] + (columns != ord(character)))
        row = np.minimum.accumulate(best - places) + places  # an insertion costs 1 a column
    return int(row[-1])


def _characters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())
