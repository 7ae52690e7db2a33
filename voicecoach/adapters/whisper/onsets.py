"""A second hearing of the moments at which somebody begins to speak: is the first thing said 嗯, 啊 or 呃?

The recogniser drops such sounds, because the texts that it learnt from have none. Given two seconds from the
onset on, and a text before them that has such sounds (:data:`ONSET_PROMPT`), it tells by the probability of
its first token what it hears there. Nothing is written from this hearing: the prompt can put no word into
the transcript, and no words of the subject are in it.

A window is encoded at its own length and not filled up to 30 s, so it costs some 25 ms of one core; those
after the longest silences are asked, at most one in :data:`ONSET_ONE_IN_S` of the recording.

Known failures: a laugh that begins with a voiced breath is taken for 啊; 嗯 of an artificial voice, and um
of an English speaker, are mostly not heard. English is not asked: nothing was measured on it.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from voicecoach.model.audio import Span
from voicecoach.model.spans import union

if TYPE_CHECKING:
    from collections.abc import Sequence

ONSET_PROMPT: Final = "啊，嗯，呃，"
ONSET_FILLERS: Final = ("啊", "嗯", "呃")
ONSET_LEAST_PROBABILITY: Final = 0.14
"""So probable is it that the first thing said is one of :data:`ONSET_FILLERS`; onsets of read and of acted
sentences reach .08 (n 398)."""
ONSET_LEAD_S: Final = 0.1
"""The window begins this much before the onset, seconds."""
ONSET_WINDOW_S: Final = 2.0
"""Length of what is encoded, seconds: .8 and 1.2 s tell less, 2.8 s tells the same."""
ONSET_SOUND_S: Final = 1.9
"""Length of the sound in it, seconds."""
ONSET_TAIL_S: Final = 0.1
"""The window ends this long after the stretch of speech, seconds, when that is shorter than the window."""
ONSET_SILENCE_S: Final = 0.2
"""A silence from here on makes an onset, seconds."""
ONSET_ONE_IN_S: Final = 8.0
"""One onset is asked in so many seconds of the recording ..."""
ONSET_ALWAYS: Final = 16
"""... and this many in any."""
ONSET_LENGTH_S: Final = 0.2
"""Length given to a sound that was heard so, seconds: where it ends is not known."""


def onsets(speech: Sequence[Span], *, duration_s: float) -> tuple[Span, ...]:
    """The stretches of ``speech`` between silences of :data:`ONSET_SILENCE_S` whose onset is asked, in order.

    When there are too many, those after the longest silences.
    """
    units = union(speech, closing_s=ONSET_SILENCE_S)
    if not units:
        return ()
    waited = [(math.inf, units[0])]
    waited += [(after.start_s - before.end_s, after) for before, after in pairwise(units)]
    waited.sort(key=lambda pair: (-pair[0], pair[1].start_s))
    return tuple(sorted(unit for _, unit in waited[: max(ONSET_ALWAYS, int(duration_s / ONSET_ONE_IN_S))]))


def window(unit: Span) -> Span:
    """The sound that is heard again for the onset of ``unit``: nothing of the next unit is in it."""
    start_s = max(0.0, unit.start_s - ONSET_LEAD_S)
    return Span(start_s, min(unit.end_s + ONSET_TAIL_S, start_s + ONSET_SOUND_S))
