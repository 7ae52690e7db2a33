"""Whether a window denies what a point asks for.

Sentence vectors hardly see negation, but they tell *what* is negated. A negation strikes when the sentence
without all that it denies says much less to the point than the sentence without the negator alone. A
negation that strikes voids the window, unless the point is made by such a denial: an exemplar near by
denies the same (我不打断他 beside 我不插嘴), or the sentence speaks to the point better with the negator
than without.

Known failure: a denial without a negator (我抢着说 against 我不插嘴).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicecoach.rubric.text.polarity import Negation, negations
from voicecoach.rubric.text.spoken import STRONG, WEAK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.model.transcript import Language
    from voicecoach.ports import SentenceEncoder
    from voicecoach.rubric.text.cues import CueHit

    Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Denial:
    """One negation and the rows of its clause.

    As it stands (``phrase``), without the negator (``affirmed``), and without all that it denies
    (``remainder``, None when nothing is left).
    """

    negation: Negation
    phrase: int
    affirmed: int
    remainder: int | None


class DenialTable:
    """The denials of some texts, encoded in one go.

    ``sentences`` (n_rows) and their ``vectors`` float32 (n_rows, d).
    """

    def __init__(self, texts: Sequence[str], encoder: SentenceEncoder, *, language: Language) -> None:
        rows: dict[str, int] = {}

        def row(sentence: str) -> int:
            return rows.setdefault(sentence, len(rows))

        self._denials = [
            tuple(_denial(text, negation, row) for negation in negations(text, language=language))
            for text in texts
        ]
        self.sentences = tuple(rows)
        self.vectors: Vectors = encoder.encode(self.sentences)

    def of(self, index: int) -> tuple[Denial, ...]:
        """The denials of text ``index``, in order."""
        return self._denials[index]


def denies_nothing(negation: Negation, live: Sequence[CueHit]) -> bool:
    """Whether a negation leaves the deeds of the speaker alone, so that it can strike no point.

    It only qualifies or supposes (不合适就退), vows not to do what nobody should (不敷衍), or is part of a
    cue that stands (不用说理由).
    """
    own = any(hit.start <= negation.start and negation.end <= hit.end for hit in live)
    return own or negation.attributive or negation.resolve


def _denial(text: str, negation: Negation, row: Callable[[str], int]) -> Denial:
    affirmed = _cut(text, negation, negation.start, negation.end)
    remainder = _cut(text, negation, negation.scope_start, max(negation.scope_end, negation.end))
    return Denial(
        negation=negation,
        phrase=row(text[negation.phrase_start : negation.phrase_end]),
        affirmed=row(affirmed),
        remainder=row(remainder) if remainder else None,
    )


def _cut(text: str, negation: Negation, start: int, end: int) -> str:
    """The clause of ``one`` without ``[start, end)``."""
    return (text[negation.phrase_start : start] + text[end : negation.phrase_end]).strip(f"{WEAK}{STRONG} ")
