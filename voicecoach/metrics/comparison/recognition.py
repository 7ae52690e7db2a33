"""How far the recogniser was off: against what was really said, and where that is unknown, against the sound.

CER = (substitutions + deletions + insertions) / characters of the reference, the fewest edits that
turn the one text into the other (Levenshtein 1966). Only letters and figures count, in one width and case:
punctuation and spaces are the recogniser's taste, not sound.

Known failure: figures written in digits against figures written in Hanzi (3 and 三) count as errors.

Where nobody wrote down what was said, three signs speak against a rate: speech without text, text that was
thrown away or came only at a second listening, and nuclei of the sound that the text has not, or
syllables of the text that the sound has not. With the true text the nuclei are .83-1.13 times the syllables
in Mandarin (38 takes, angry ones down to .72; pink noise of 5 dB changes nothing), with a third of it lost
1.33; in English .44-1.52, fluent and halting (13 takes), with most of it lost 3 and more.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import Levenshtein

from voicecoach.model.spans import clipped, total_s, union

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from voicecoach.model.assessment import Measurement
    from voicecoach.model.audio import Span
    from voicecoach.model.transcript import Language, Transcript

COUNTED: Final = frozenset(
    {
        "speech_rate", "speech_rate_pruned", "articulation_rate", "mean_length_of_run",
        "local_rate_p10", "local_rate_median", "local_rate_p90",
    }
)  # fmt: skip
"""The figures that count the syllables of the text against time."""
UNHEARD_MOST: Final = 0.08
"""Share of the speech that may be without text: more moves a rate into another zone."""
AGAIN_MOST: Final = 0.2
"""Share of the speech whose text may be thrown away or heard again: what comes then lacks a tenth."""
NUCLEI_MOST: Final[Mapping[Language, float]] = MappingProxyType({"zh": 1.2, "en": 1.6})
"""Nuclei for a syllable of the text from which text is missing."""
NUCLEI_LEAST: Final[Mapping[Language, float]] = MappingProxyType({"zh": 0.7, "en": 0.4})
"""And under which the text has more than was said; fast and angry speech has fewer nuclei, too."""
NUCLEI_SNR_DB: Final = 15.0
"""Under this ratio of speech to noise nuclei drown: only too many of them say something."""


def rate_doubt(
    transcript: Transcript,
    speech: Sequence[Span],
    *,
    n_syllables: int,
    n_nuclei: int,
    snr_db: float | None,
) -> str:
    """Why the rates of a text are not to be trusted, as a code of ``words.reasons``; empty where they are.

    ``speech``: ordered; ``n_nuclei``: syllable nuclei of the sound in it; ``snr_db`` None where unknown.
    """
    if _share(transcript.unheard, speech) > UNHEARD_MOST:
        return "text_missing"
    quiet = snr_db is None or snr_db >= NUCLEI_SNR_DB
    least, most = (limits[transcript.language] * n_syllables for limits in (NUCLEI_LEAST, NUCLEI_MOST))
    if n_nuclei > most or (quiet and n_nuclei < least):
        return "text_and_sound_differ"
    again = (*transcript.heard_again, *(word.span for word in transcript.dropped))
    return "text_heard_again" if _share(again, speech) > AGAIN_MOST else ""


def doubted(figures: Iterable[Measurement], doubt: str) -> tuple[Measurement, ...]:
    """The figures, those of :data:`COUNTED` provisional for ``doubt`` where they have a value."""
    return tuple(
        replace(figure, provisional=doubt)
        if doubt and figure.name in COUNTED and figure.value is not None
        else figure
        for figure in figures
    )


def _share(spans: Iterable[Span], speech: Sequence[Span]) -> float:
    """The share 0..1 of the time of ``speech`` that ``spans`` cover."""
    speech_s = total_s(speech)
    covered_s = sum(total_s(clipped(speech, span)) for span in union(spans))
    return covered_s / speech_s if speech_s > 0.0 else 0.0


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
