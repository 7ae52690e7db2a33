"""Text that the recogniser made up: on silence and noise it writes what its training films ended with.

A segment is thrown away when its words lie outside the speech of the sound, when it repeats itself in a
loop, or when the model itself holds it for no speech and for improbable. The known leave-takings of films
are cut out of it where they are improbable. What is thrown away is kept apart, never shown as spoken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

from voicecoach.model.spans import support_ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.audio import Span

SUPPORT_SMALLEST: Final = 0.25
"""Least share of the words' time that must lie in speech."""
LOOP_COMPRESSION: Final = 2.4
"""Compression ratio of the text from which it is a loop (Radford et al. 2022), unless it was said so."""
NO_SPEECH_PROB: Final = 0.6
NO_SPEECH_LOGPROB: Final = -1.0
"""Both passed: the model's own rule for no speech (Radford et al. 2022)."""
CREDITS_LOGPROB: Final = -0.25
"""Film credits said for real are recognised with more certainty than this."""
CREDITS_REACH: Final = 12
"""Characters around a credit that belong to it, up to the next mark: 字幕by and a name."""
CLAUSE_MARKS: Final = frozenset("，。！？；、,.!?;")

FILM_CREDITS: Final = re.compile(
    r"不吝点赞|订阅.{0,4}转发|打赏支持|明镜与点点|字幕(?:by|志愿|制作|组|提供)|中文字幕|(?:谢谢|感谢)(?:您的)?(?:观看|收看|观赏)|"
    r"下(?:期|次|集)(?:再见|节目)|优优独播|YoYo\s*Television|Amara\.org|請不吝|"
    r"thanks? for watching|subtitles? by|please subscribe|like and subscribe",
    re.IGNORECASE,
)


class RatedSegment(Protocol):
    """What the recogniser says about a segment."""

    avg_logprob: float
    no_speech_prob: float
    compression_ratio: float


def is_invented(
    text: str,
    judged: RatedSegment,
    *,
    spans: Sequence[Span],
    speech: Sequence[Span],
    in_earnest: bool = False,
) -> bool:
    """Whether the sound does not support ``text``, whose words lie at ``spans``.

    ``in_earnest``: it repeats itself, and so does the sound.
    """
    if judged.no_speech_prob > NO_SPEECH_PROB and judged.avg_logprob < NO_SPEECH_LOGPROB:
        return True
    if judged.compression_ratio > LOOP_COMPRESSION and not in_earnest:
        return True
    if credits_in(text, judged) == range(len(text)):
        return True
    return support_ratio(spans, speech) < SUPPORT_SMALLEST


def credits_in(text: str, judged: RatedSegment) -> range:
    """The characters of ``text`` that are uncertain film credits, with their clause; empty when none are.

    A chunk of half a minute may end in invented credits: they must not take the true words along.
    """
    found = list(FILM_CREDITS.finditer(text)) if judged.avg_logprob < CREDITS_LOGPROB else []
    if not found:
        return range(0)
    start, stop = found[0].start(), found[-1].end()
    for _ in range(CREDITS_REACH):
        if start > 0 and text[start - 1] not in CLAUSE_MARKS:
            start -= 1
        if stop < len(text) and text[stop - 1] not in CLAUSE_MARKS:
            stop += 1
    return range(start, stop)
