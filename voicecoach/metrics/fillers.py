"""Fillers on two tracks: filled pauses that are voice only (嗯 呃, um), and words (那个, like).

``filled_pauses_vocalised`` = count / (last speech offset - first onset), per minute: those the
transcript holds, held sounds that no word needs (Goto, Itou & Hayamizu 1999, see
:mod:`voicecoach.features.hesitation`), and what the recogniser hears at onsets when it is asked again
(:attr:`voicecoach.model.transcript.Transcript.hesitations`). ``filled_pauses_lexical`` = count per 100 spoken
syllables, only where the phrase is followed by a pause of 200 ms, repeated, or not licensed: 那个订单 is
no filler, 如果…的话 neither (:mod:`voicecoach.metrics.phrases`).

Recognisers drop um and uh, so a low figure, above all 0, is a lower bound and marked provisional. Known
failures: 嗯 as a plain yes counts as a filled pause; 这个 as a topic before a comma counts as a filler.
A matter of style: fillers do not separate levels of skill (Tavakoli 2023; Yuan 2016).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from voicecoach.features.hesitation import confirmed, hesitations
from voicecoach.metrics.pace import FEWEST_SYLLABLES, SHORTEST_ANSWER_S
from voicecoach.metrics.phrases import TokenRow, lexical_fillers, vocalised_fillers
from voicecoach.metrics.spec import MetricSpec
from voicecoach.units import per_s_to_per_min

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.features.sound import SoundFeatures
    from voicecoach.features.text.words import SpokenSyllable
    from voicecoach.model.assessment import Measurement
    from voicecoach.model.audio import Span
    from voicecoach.model.transcript import Language, Transcript

WORD_REACH_S = 0.1
"""Recognised words lie that far off the sound, seconds: a filler that is written there is heard there."""

VOCALISED = MetricSpec(
    "filled_pauses_vocalised", "fillers", "per_min", text_dependent=True, provable_at_zero=False
)
LEXICAL = MetricSpec(
    "filled_pauses_lexical", "fillers", "per_100_syllables", text_dependent=True, provable_at_zero=False
)
SPECS = (VOCALISED, LEXICAL)


@dataclass(frozen=True, slots=True)
class Filler:
    """One filler: ``text`` (empty when only heard), when, how found, and the indices of its syllables."""

    text: str
    span: Span
    by: Literal["text", "sound"]
    syllables: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fillers:
    """The fillers of one answer on their two tracks, and the measurements made of them."""

    vocalised: tuple[Filler, ...]
    lexical: tuple[Filler, ...]
    measurements: tuple[Measurement, ...]

    @property
    def syllables(self) -> frozenset[int]:
        """The indices of all syllables that belong to a filler, for the pruned speech rate."""
        return frozenset(index for filler in (*self.vocalised, *self.lexical) for index in filler.syllables)


def fillers(
    transcript: Transcript, features: SoundFeatures, syllables: Sequence[SpokenSyllable], language: Language
) -> Fillers:
    """Find the fillers of one answer and measure them.

    ``syllables`` are those of ``transcript`` (:func:`voicecoach.features.text.words.spoken_syllables`).
    """
    said = TokenRow(transcript, syllables, features, language)
    written = [_filler(said, first, stop) for first, stop in vocalised_fillers(said)]
    heard = list(written)
    for span in _by_sound(transcript, features, syllables):
        if not any(span.overlap_s(filler.span.widened(WORD_REACH_S)) > 0.0 for filler in heard):
            heard.append(Filler("", span, "sound"))
    lexical = tuple(_filler(said, first, stop) for first, stop in lexical_fillers(said))
    vocalised = tuple(sorted(heard, key=lambda filler: filler.span))
    return Fillers(
        vocalised,
        lexical,
        (_vocalised(vocalised, features, syllables), _lexical(lexical, features, syllables)),
    )


def _by_sound(
    transcript: Transcript, features: SoundFeatures, syllables: Sequence[SpokenSyllable]
) -> tuple[Span, ...]:
    """Held sounds that no word needs, then what the recogniser heard at onsets; a sound may be in both."""
    if not syllables:
        return ()
    held = hesitations(features, transcript.words, syllables)
    return (*held, *confirmed(transcript.hesitations, transcript.words, features.pitch))


def _filler(said: TokenRow, first: int, stop: int) -> Filler:
    return Filler(said.quote(first, stop), said.span(first, stop), "text", said.syllables(first, stop))


def _vocalised(
    vocalised: tuple[Filler, ...], features: SoundFeatures, syllables: Sequence[SpokenSyllable]
) -> Measurement:
    answer, spans = features.answer, _spans(vocalised)
    if answer is None:
        return VOCALISED.unmeasured("no_speech", spans)
    if not syllables:
        return VOCALISED.unmeasured("no_transcript", spans)
    if features.answer_s < SHORTEST_ANSWER_S:
        return VOCALISED.unmeasured("too_short", spans)
    provisional = ""
    if not vocalised:
        provisional = "fillers_not_proven_absent"
    elif all(filler.by == "text" for filler in vocalised):
        provisional = "fillers_from_text"
    rate = per_s_to_per_min(len(vocalised) / features.answer_s)
    return VOCALISED.measured(rate, spans, provisional=provisional)


def _lexical(
    lexical: tuple[Filler, ...], features: SoundFeatures, syllables: Sequence[SpokenSyllable]
) -> Measurement:
    spans = _spans(lexical)
    if features.answer is None:
        return LEXICAL.unmeasured("no_speech", spans)
    if not syllables:
        return LEXICAL.unmeasured("no_transcript", spans)
    if len(syllables) < FEWEST_SYLLABLES:
        return LEXICAL.unmeasured("too_few_words", spans)
    return LEXICAL.measured(100.0 * len(lexical) / len(syllables), spans)


def _spans(fillers_found: tuple[Filler, ...]) -> tuple[Span, ...]:
    return tuple(filler.span for filler in fillers_found)
