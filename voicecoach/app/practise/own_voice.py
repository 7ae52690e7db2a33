"""The calm voice of a speaker who has not calibrated: that of his own earlier takes.

A take counts when it was judged, was recorded before with the same microphone, in the same language and under
the same speaker profile, and holds the two figures that agitation goes by (takes of older programs do not).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.documents.take import facts_of
from voicecoach.errors import StoreError
from voicecoach.metrics.agitation import Voice, baseline_of_takes
from voicecoach.metrics.voice import HF1000, PITCH_HIGH
from voicecoach.units import hz_to_st

if TYPE_CHECKING:
    from voicecoach.model.speaker_profile import Baseline
    from voicecoach.model.take import Take
    from voicecoach.ports import Store

TAKES_MOST: Final = 20
"""Older takes are left out: a voice changes over months, and so does where the microphone stands."""
LOOK_BACK_TAKES: Final = 60
"""So many takes are looked through, of whatever microphone."""


def own_baseline(store: Store, take: Take) -> Baseline | None:
    """What the takes before ``take`` say of its speaker's calm voice; None when they are too few.

    Raises StoreError.
    """
    if not take.device:
        return None
    voices: list[Voice] = []
    for row in store.takes(state="scored", before=take.recorded_at, limit=LOOK_BACK_TAKES):
        if (row.language, row.speaker_profile) != (take.language, take.speaker_profile):
            continue
        voice = _voice(store, row.id, take.device)
        if voice is not None:
            voices.append(voice)
        if len(voices) == TAKES_MOST:
            break
    return baseline_of_takes(voices)


def _voice(store: Store, take_id: str, device: str) -> Voice | None:
    """The two figures of a take; None with another microphone, where one was not measured, or damaged."""
    try:
        take = store.take(take_id)
        figures = {figure.name: figure.value for figure in facts_of(take).figures}
    except StoreError:  # a damaged take is told where it is looked at
        return None
    if take.device != device:
        return None
    high_hz, hf1000_db = figures.get(PITCH_HIGH.name), figures.get(HF1000.name)
    return None if not high_hz or hf1000_db is None else Voice(hz_to_st(high_hz), hf1000_db)
