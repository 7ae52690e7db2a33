"""How far the recogniser was off: the character error rate against what was really said.

CER = (substitutions + deletions + insertions) / characters of the reference, the fewest edits that
turn the one text into the other (Levenshtein 1966). Only letters and figures count, in one width and case:
punctuation and spaces are the recogniser's taste, not sound.

Known failure: figures written in digits against figures written in Hanzi (3 and 三) count as errors.
"""

from __future__ import annotations

import unicodedata

from rapidfuzz.distance import Levenshtein


def character_error_rate(recognised: str, said: str) -> float:
    """CER of ``recognised`` against ``said``, >= 0; over 1 where much was invented.

    Where nothing was said, any recognised character makes it 1.
    """
    heard, truth = _characters(recognised), _characters(said)
    if not truth:
        return 1.0 if heard else 0.0
    return Levenshtein.distance(heard, truth) / len(truth)


def _characters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())
