"""Filled pauses by sound: the voice is on while the articulators stand still, where no word needs the time.

After Goto, Itou & Hayamizu (1999): while somebody thinks with the voice on, F0 and spectrum hardly move.
There: recall 84.9 %, precision 91.5 % on Japanese. A stretch is one when it is

- *held* (:mod:`voicecoach.features.held`): voiced, level, flat, and without movement;
- *at an onset*: it begins with the stretch of speech it stands in, as 嗯 before an answer or after a pause
  does; inside running speech only from :data:`LONG_S` on;
- *no word's*: recognisers drop 嗯 and give its time to the word after it, so that a word covers it says
  nothing. The words from there on must have room without it: at the speaker's own median syllable they
  need ``ROOM * syllables * syllable``, at most :data:`AHEAD` syllables counted. A word at an onset that is
  how a recogniser writes such a sound (饿 for 呃) needs none.

So a drawn-out word (我—— then a pause) and a final particle (好啊——) are none: nothing is left for their
syllables. Constants are our own, set on the tuned half of takes cut together (docs/benchmarks.md).

A short 啊 or 呃 before a sentence is not held. The recogniser hears it when it is asked again; it counts
where the sound agrees (:func:`confirmed`).

Known failures: a drawn-out word at an onset in a stretch that is otherwise slow counts; a filler in running
speech, without a pause before it and under :data:`LONG_S`, is not found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.model.audio import Span
from voicecoach.model.spans import gaps, shared_s, union
from voicecoach.units import hz_to_st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.features.sound import SoundFeatures
    from voicecoach.features.text.words import SpokenSyllable
    from voicecoach.model.audio import Track
    from voicecoach.model.transcript import Word

LONG_S: Final = 0.450
"""So long is no syllable of running speech held, seconds."""
ONSET_S: Final = 0.120
"""It begins this soon after the onset of speech, seconds: a glottal stop or a breath may lead."""
PAUSE_S: Final = 0.150
"""A silence from here on makes an onset, seconds; people hesitate between shorter pauses than they take."""
ROOM: Final = 0.70
"""Share of their usual length that the words beside it must have left."""
MOST_ROOM: Final = 2.0
"""A word takes so many times its usual length at most."""
AHEAD: Final = 4
"""So many syllables are given room: where more follow, the time of one filler does not show."""
SYLLABLE_S: Final = (0.12, 0.30)
"""Bounds of the speaker's median syllable, seconds."""
WRITTEN_AS: Final = frozenset("饿呃额恶鹅俄厄恩嗯唔啊阿") | frozenset(
    {"uh", "um", "uhm", "er", "erm", "ah", "eh", "hm", "hmm", "mm", "mmm"}
)
"""What a recogniser writes for such a sound."""

HEARD_SLOPE_LARGEST_ST_PER_S: Final = 25.0
"""In a sound that the recogniser takes for 嗯, 啊 or 呃 F0 moves less than this: a laugh leaps faster."""
HEARD_FEWEST_FRAMES: Final = 3
"""So many frames of it are voiced: a breath is none."""

_OPEN_SYLLABLES = frozenset(
    "啊阿呵哎哀埃挨唉癌矮蔼爱碍隘艾安氨鞍岸按案暗俺昂肮盎凹熬袄傲奥澳懊哦噢喔鹅俄额恶饿扼遏鄂厄诶恩嗯"
    "呃而儿耳尔二贰欧殴鸥呕偶藕2AEFLMNORSXaeflmnorsx"
)
"""What begins with a vowel other than i, u and ü; 2 is read 二, the letters by their English names."""
_WORD_OFF_S = 0.05
_LEAST_INSIDE = 0.5
"""Share of a word that must lie inside the sound for the word to be the sound."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A recognised word as the search sees it: when, how many syllables, whether it writes a filler."""

    span: Span
    n_syllables: int
    is_filler: bool


def hesitations(
    features: SoundFeatures, words: Sequence[Word], syllables: Sequence[SpokenSyllable]
) -> tuple[Span, ...]:
    """The held sounds that no word needs, in order; ``syllables`` are those of ``words``."""
    answer = features.answer
    if answer is None:
        return ()
    spoken = _spoken(words, syllables)
    syllable_s = _usual_syllable_s(spoken)
    sounding = union([*features.speech, *features.held])
    units = union(sounding, closing_s=PAUSE_S)
    found = []
    for held in features.held:
        unit = next(unit for unit in units if unit.overlap_s(held) > 0.0)
        at_onset = held.start_s - unit.start_s <= ONSET_S
        if not at_onset and held.duration_s < LONG_S:
            continue
        others = [word for word in spoken if not (at_onset and _is_the_sound(word, held))]
        if _has_room(held, unit, others, syllable_s, sounding):
            found.append(Span(unit.start_s if at_onset else held.start_s, held.end_s))
    return tuple(found)


def confirmed(heard: Sequence[Word], words: Sequence[Word], pitch: Track) -> tuple[Span, ...]:
    """When those of the fillers that the recogniser heard at onsets sound that are borne out, in order.

    Each is a voice whose F0 does not leap, and the first of the ``words`` from there on does not begin with
    such a sound itself: 二零零三年 sounds much like 呃零零三年.
    """
    borne_out = []
    for filler in heard:
        after = (word.text.strip() for word in words if word.span.end_s > filler.span.start_s + _WORD_OFF_S)
        if next(after, "")[:1] not in _OPEN_SYLLABLES and _voiced_and_level(pitch, filler.span):
            borne_out.append(filler.span)
    return tuple(borne_out)


def _voiced_and_level(pitch: Track, sound: Span) -> bool:
    f0_st = hz_to_st(pitch.within(sound))
    voiced = np.isfinite(f0_st)
    if np.count_nonzero(voiced) < HEARD_FEWEST_FRAMES:
        return False
    times_s = np.arange(len(f0_st)) * pitch.hop_s
    return abs(float(np.polyfit(times_s[voiced], f0_st[voiced], 1)[0])) < HEARD_SLOPE_LARGEST_ST_PER_S


def _spoken(words: Sequence[Word], syllables: Sequence[SpokenSyllable]) -> list[_Spoken]:
    n_of = [0] * len(words)
    for syllable in syllables:
        n_of[syllable.word] += 1
    return [
        _Spoken(word.span, n, word.text.strip(" ,.!?，。！？、…").lower() in WRITTEN_AS)
        for word, n in zip(words, n_of, strict=True)
        if n
    ]


def _usual_syllable_s(spoken: Sequence[_Spoken]) -> float:
    """The speaker's median syllable by word times, seconds, inside :data:`SYLLABLE_S`."""
    if not spoken:
        return SYLLABLE_S[0]
    lengths_s = [word.span.duration_s / word.n_syllables for word in spoken]
    return float(np.clip(np.median(lengths_s), *SYLLABLE_S))


def _has_room(
    held: Span, unit: Span, spoken: Sequence[_Spoken], syllable_s: float, speech: Sequence[Span]
) -> bool:
    """Whether the words about ``held`` have the time they need without it, on either side of it."""
    words = [word for word in spoken if word.span.overlap_s(unit) > 0.0]
    after = [word for word in words if word.span.end_s > held.start_s][:AHEAD]
    before = [word for word in words if word.span.end_s <= held.start_s][-AHEAD:]
    return _fits(_first(after), Span(held.end_s, max(unit.end_s, held.end_s)), syllable_s, speech) and _fits(
        before, Span(unit.start_s, max(held.start_s, unit.start_s)), syllable_s, speech
    )


def _first(words: Sequence[_Spoken]) -> list[_Spoken]:
    """The first words, up to :data:`AHEAD` syllables."""
    taken: list[_Spoken] = []
    for word in words:
        taken.append(word)
        if sum(word.n_syllables for word in taken) >= AHEAD:
            break
    return taken


def _is_the_sound(word: _Spoken, held: Span) -> bool:
    """Whether ``word``, at an onset, is what the recogniser made of the sound."""
    return word.is_filler and word.span.overlap_s(held) >= _LEAST_INSIDE * word.span.duration_s


def _fits(words: Sequence[_Spoken], room: Span, syllable_s: float, sounding: Sequence[Span]) -> bool:
    """Whether ``words`` fit into ``room``, silences taken off; what one draws out is no room for another."""
    silences = gaps(sounding)
    had_s, now_s = 0.0, room.start_s
    for word in words:
        end_s = min(max(word.span.end_s, now_s), room.end_s)
        own = Span(min(now_s, end_s), end_s)
        sounds_s = own.duration_s - shared_s(silences, (own,))
        had_s += min(sounds_s, MOST_ROOM * syllable_s * word.n_syllables)
        now_s = end_s
    return had_s >= ROOM * syllable_s * sum(word.n_syllables for word in words) - 1e-9
