"""When somebody's voice is heard: speech, and the other sounds of a voice, such as laughter.

The gate finds speech alone; a listener who says who talked how much counts a laugh as well. On a channel of
its own a sound counts that is about as loud as the speaker's speech and stands out of the noise::

    level > max(speech - REACH, floor + ABOVE_NOISE)

``speech`` is the 90th percentile of the level in speech, ``floor`` the noise floor. Gaps under
:data:`CLOSED_S` are closed, and what then lasts :data:`SHORTEST_S` counts; a stretch without speech over
:data:`LONGEST_S` is music or noise. Constants are our own; on two annotated conversations the share of
talk moved by .02 at most between gaps of .1 and .2 s and shortest sounds of .15 and .35 s.

Known failure: a cough, a door or keys hit beside the microphone, as loud as speech, count as voice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from voicecoach.features.frames import run_span, runs
from voicecoach.model.spans import union, without

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.audio import Span, Track

REACH_DB = 25.0
"""How far under the speech level a sound may lie; -25 dB is usual for pauses (de Jong & Wempe 2009)."""
ABOVE_NOISE_DB = 12.0
CLOSED_S = 0.150
"""Between the bursts of a laugh, seconds."""
SHORTEST_S = 0.250
LONGEST_S = 2.0

_SPEECH_PERCENTILE = 90.0


def vocal_activity(speech: Sequence[Span], level: Track, noise_floor_dbfs: float | None) -> tuple[Span, ...]:
    """The spans in which a voice is heard, ordered: the ordered ``speech`` of the gate and what else counts.

    ``level`` is that of the recording, dBFS.
    """
    if not speech or noise_floor_dbfs is None:
        return tuple(speech)
    spoken_dbfs = float(
        np.percentile(np.concatenate([level.within(span) for span in speech]), _SPEECH_PERCENTILE)
    )
    loud = level.values > max(spoken_dbfs - REACH_DB, noise_floor_dbfs + ABOVE_NOISE_DB)
    sounds = union((run_span(run, level.hop_s) for run in runs(loud)), closing_s=CLOSED_S)
    lasting = (sound for sound in sounds if sound.duration_s >= SHORTEST_S)
    besides = [part for part in without(lasting, speech) if part.duration_s <= LONGEST_S]
    return union([*speech, *besides], closing_s=CLOSED_S)
