"""In which script a text is written, and whether its Chinese characters are those of Cantonese.

What is counted are units that take about as long to say: a Hanzi, a character of kana, hangul and other
scripts of syllables, a word in letters; abbreviations in capitals (APP, VIP) belong to every language. So
brand names inside a Mandarin sentence stay the few words that they are.

Cantonese in writing has characters that Mandarin does not use (嘅 佢 喺 嘢): a recogniser without Cantonese
writes some of them where it hears it. Known failure: mostly it writes Mandarin words instead, and then
nothing is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from voicecoach.model.transcript import Language

OTHER_SCRIPT_SHARE: Final = 0.5
"""From this share of units in another script a text is not in its language."""
FEWEST_UNITS: Final = 6
"""Of a text with fewer units in another script nothing is said: a name, a greeting."""
CANTONESE_SHARE: Final = 0.04
"""From this share of Cantonese characters a text is Cantonese: of written Cantonese they are a fifth."""
CANTONESE_FEWEST: Final = 3
"""So many of them, and two different ones: one slips into Mandarin by mishearing."""
CANTONESE_KINDS: Final = 2

CANTONESE: Final = frozenset("嘅咁佢喺哋冇嗰啲咗嚟睇嘢畀攞啱谂諗搵揾嗌瞓嘥")
"""Characters of written Cantonese, simplified and traditional, that written Mandarin does without."""

_HANZI = re.compile(r"[㐀-䶿一-鿿〇]")
_LETTERS = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’-][A-Za-zÀ-ɏ]+)*")
_ABBREVIATION = re.compile(r"[A-Z]{2,5}")
_SYLLABIC = re.compile(r"[぀-ヿ가-힯\u0e00-\u0e7f\u0900-\u097f]")
_WORD = re.compile(r"[^\W\d_]+")


def other_script_share(text: str, language: Language) -> float:
    """The share 0..1 of ``text`` that is not in the script of ``language``; 0 under :data:`FEWEST_UNITS`."""
    n_hanzi = len(_HANZI.findall(text))
    n_latin = sum(not _ABBREVIATION.fullmatch(word) for word in _LETTERS.findall(text))
    rest = _LETTERS.sub(" ", _HANZI.sub(" ", text))
    n_rest = len(_SYLLABIC.findall(rest)) + len(_WORD.findall(_SYLLABIC.sub(" ", rest)))
    own, other = (n_hanzi, n_latin + n_rest) if language == "zh" else (n_latin, n_hanzi + n_rest)
    return other / (own + other) if other >= FEWEST_UNITS else 0.0


def is_in_other_script(text: str, language: Language) -> bool:
    """Whether ``text`` is for the most part in another script than that of ``language``."""
    return other_script_share(text, language) >= OTHER_SCRIPT_SHARE


def is_cantonese(text: str) -> bool:
    """Whether ``text`` is written Cantonese."""
    marks = [character for character in text if character in CANTONESE]
    if len(marks) < CANTONESE_FEWEST or len(set(marks)) < CANTONESE_KINDS:
        return False
    return len(marks) >= CANTONESE_SHARE * len(_HANZI.findall(text))
