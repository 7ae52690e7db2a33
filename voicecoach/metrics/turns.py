"""Two people, one a channel: who talks how much, who waits, who cuts in, who listens aloud.

===========================  =====================================================================  ========
name                         formula                                                                unit
===========================  =====================================================================  ========
``talk_share``               time of the agent's voice / (agent's + caller's), in utterances         ratio
``call_dead_air``            silences of both sides >= 3 s between first and last speech            count
``call_dead_air_flagged``    the same, >= 5 s                                                       count
``turn_latency``             median of (agent's start - caller's end) over the agent's answers      s
``turn_latency_p90``         90th percentile of the same                                            s
``interruptions``            turns of the agent that cut into the caller's (below)                  count
``interrupted``              turns of the caller that cut into the agent's                          count
``back_channels``            short utterances of the agent while the caller talks (below)           count
===========================  =====================================================================  ========

*Utterance*: speech of one side, its own silences under :data:`UTTERANCE_GAP_S` closed: who draws breath in
a sentence talks on, and so do annotators of conversations count. *Turn*: utterances of
one side that are no back-channels, silences under :data:`TURN_GAP_S` closed unless the other side
took a turn in them.

*Interruption*, after the 抢话 of Aliyun's dialogue analysis (counted only when it begins N ms, 1000 in its
example, after the other side began) and the talk-over of hotato (over 1.0 s is critical). With a grace
window g: a turn that begins while the other side sounds, at least g after that side's turn began (sooner
is a collision, nobody's fault), and goes on so that both talk at once for longer than g (shorter is an early
answer). Overlaps at ordinary changes of turn last .2 s in the median (Levinson & Torreira 2015).

*Back-channel* (Yngve 1970): an utterance inside a stretch that the other side holds (its silences under
:data:`TURN_GAP_S` closed), in which that side goes on afterwards; shorter than :data:`BACK_CHANNEL_S`,
unless its words say otherwise; or made of nothing but such words (嗯 是的 好的). It is wanted: no filler,
no interruption.

*Answer*: a turn of the agent that takes over from the caller; one that begins before the caller's end
waits 0 s, an interruption is no answer.

Known failures: an answer of under a second in the caller's brief pause (四号) passes for a back-channel where
no words were recognised; who was cut off and who had just finished is not told apart; laughter is no
speech.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.metrics.pauses import DEAD_AIR_FLAG_S, DEAD_AIR_S
from voicecoach.metrics.spec import MetricSpec
from voicecoach.model.audio import Span
from voicecoach.model.spans import chained, clipped, gaps, shared_s, total_s, union

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from voicecoach.model.assessment import Measurement
    from voicecoach.model.transcript import Word

GRACE_S: Final = 1.0
"""Default grace window of an interruption, seconds (Aliyun's example; hotato's critical talk-over)."""
UTTERANCE_GAP_S: Final = 0.5
"""Shorter silences belong to an utterance, seconds: a comma, a breath (ours)."""
TURN_GAP_S: Final = 1.0
"""Shorter silences do not give up the turn, seconds (ours)."""
BACK_CHANNEL_S: Final = 1.0
"""An utterance from here on is no back-channel by its length, seconds (ours)."""
BACK_CHANNEL_WORDS_S: Final = 2.0
"""The same when its words are nothing else (嗯嗯是的是的), seconds (ours)."""
FEW_SYLLABLES: Final = 2
"""Up to so many other syllables may be a back-channel misheard: the length decides (ours)."""
TRUSTED_FROM_S: Final = 0.6
"""The words of a shorter utterance are not held against it, seconds: recognisers hear 奶奶是 for 嗯嗯."""
WORD_REACH_S: Final = 0.2
"""Recognised words lie that far off the sound, seconds."""

_GRACE = {"grace": f"{GRACE_S:g}"}
TALK_SHARE = MetricSpec("talk_share", "call", "ratio", decimals=0, percent=True)
CALL_DEAD_AIR = MetricSpec("call_dead_air", "call", "count", decimals=0)
CALL_DEAD_AIR_FLAGGED = MetricSpec("call_dead_air_flagged", "call", "count", decimals=0)
TURN_LATENCY = MetricSpec("turn_latency", "call", "s", decimals=2)
TURN_LATENCY_P90 = MetricSpec("turn_latency_p90", "call", "s", decimals=2)
INTERRUPTIONS = MetricSpec("interruptions", "call", "count", decimals=0, facts=_GRACE)
INTERRUPTED = MetricSpec("interrupted", "call", "count", decimals=0, facts=_GRACE)
BACK_CHANNELS = MetricSpec("back_channels", "call", "count", decimals=0)
SPECS = (
    TALK_SHARE,
    CALL_DEAD_AIR,
    CALL_DEAD_AIR_FLAGGED,
    TURN_LATENCY,
    TURN_LATENCY_P90,
    INTERRUPTIONS,
    INTERRUPTED,
    BACK_CHANNELS,
)

_WORDS = re.compile(
    r"(?:[嗯恩唔呣哦噢喔啊哎诶欸呃]|是[的啊吗呀]?|对[的啊呀]?|[好行][的嘞啊吧]?|可以|没错|明白了?|了解了?|知道了?|收到"
    r"|m+h*m+|u+h+|huh|yeah|yes|yep|right|ok(?:ay)?|isee|sure)+"
)
_MARKS = re.compile(r"[\W_]+")
_SYLLABLE = re.compile(r"[\u3400-\u9fff]|[a-z]+|\d")


@dataclass(frozen=True, slots=True)
class SideTurns:
    """One side of a call: ``utterances`` are its turns' and its ``back_channels``, all by start."""

    utterances: tuple[Span, ...]
    turns: tuple[Span, ...]
    back_channels: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """Both sides of a call."""

    agent: SideTurns
    caller: SideTurns


def exchange(
    agent: Sequence[Span],
    caller: Sequence[Span],
    *,
    agent_words: Sequence[Word] = (),
    caller_words: Sequence[Word] = (),
) -> Exchange:
    """Utterances, back-channels and turns from the speech of each side (ordered spans, seconds).

    The words serve to tell a back-channel from a short answer; without them its length decides.
    """
    mine, theirs = (union(side, closing_s=UTTERANCE_GAP_S) for side in (agent, caller))
    my_channels = _back_channels(mine, theirs, agent_words)
    their_channels = _back_channels(theirs, mine, caller_words)
    my_talk = tuple(span for span in mine if span not in my_channels)
    their_talk = tuple(span for span in theirs if span not in their_channels)
    return Exchange(
        SideTurns(mine, _turns(my_talk, their_talk), my_channels),
        SideTurns(theirs, _turns(their_talk, my_talk), their_channels),
    )


def measure_turns(
    sides: Exchange,
    *,
    grace_s: float = GRACE_S,
    voices: tuple[Sequence[Span], Sequence[Span]] | None = None,
    holes: Sequence[Span] = (),
) -> tuple[Measurement, ...]:
    """All figures of a call. ``grace_s`` >= 0: see the top of the module.

    ``voices``: when the agent's and the caller's voice is heard, laughter included, for the share of talk;
    without it their speech stands for it. Either is joined to utterances. ``holes``: where the file has no
    sound; a silence or a wait that holds one is not counted, since nobody knows what was said there.
    """
    agent, caller = sides.agent, sides.caller
    mine, theirs = (
        union(voice, closing_s=UTTERANCE_GAP_S) for voice in voices or (agent.utterances, caller.utterances)
    )
    both_s = total_s(mine) + total_s(theirs)
    if both_s <= 0.0:
        return unmeasured_turns("no_speech", grace_s=grace_s)
    silences = _known(dead_air(sides), holes)
    waits = _known(_waits(agent, caller, grace_s), holes)
    cut_in = interruptions(agent, caller, grace_s=grace_s)
    cut_off = interruptions(caller, agent, grace_s=grace_s)
    flagged = tuple(span for span in silences if span.duration_s >= DEAD_AIR_FLAG_S)
    lengths_s = [wait.duration_s for wait in waits]
    grace = f"{grace_s:g}"
    return (
        TALK_SHARE.measured(total_s(mine) / both_s, mine),
        CALL_DEAD_AIR.measured(float(len(silences)), silences),
        CALL_DEAD_AIR_FLAGGED.measured(float(len(flagged)), flagged),
        *(
            spec.measured(float(np.percentile(lengths_s, rank)), waits)
            if waits
            else spec.unmeasured("no_answers")
            for spec, rank in ((TURN_LATENCY, 50.0), (TURN_LATENCY_P90, 90.0))
        ),
        INTERRUPTIONS.measured(float(len(cut_in)), cut_in, grace=grace),
        INTERRUPTED.measured(float(len(cut_off)), cut_off, grace=grace),
        BACK_CHANNELS.measured(float(len(agent.back_channels)), agent.back_channels),
    )


def unmeasured_turns(reason: str, *, grace_s: float = GRACE_S) -> tuple[Measurement, ...]:
    """Every figure of a call, not measured, each with the ``reason``."""
    return tuple(spec.unmeasured(reason, grace=f"{grace_s:g}") for spec in SPECS)


def interruptions(mine: SideTurns, theirs: SideTurns, *, grace_s: float = GRACE_S) -> tuple[Span, ...]:
    """Where a turn of ``mine`` cuts into one of ``theirs``: from its begin until one of the two ends."""
    cuts = []
    for turn in mine.turns:
        held = next(
            (
                other
                for other in theirs.turns
                if other.start_s + grace_s <= turn.start_s and turn.start_s < other.end_s
            ),
            None,
        )
        if held is None or not any(sound.contains(turn.start_s) for sound in theirs.utterances):
            continue
        both = Span(turn.start_s, min(turn.end_s, held.end_s))
        if _talk_over_s(mine.utterances, theirs.utterances, both) > grace_s:
            cuts.append(both)
    return tuple(cuts)


def dead_air(sides: Exchange, *, shortest_s: float = DEAD_AIR_S) -> tuple[Span, ...]:
    """The stretches in which neither side speaks, ``shortest_s`` and longer."""
    both = union((*sides.agent.utterances, *sides.caller.utterances))
    return gaps(both, shortest_s=shortest_s)


def _known(silences: Iterable[Span], holes: Sequence[Span]) -> tuple[Span, ...]:
    """The silences in which the file has sound all the time."""
    return tuple(silence for silence in silences if not any(silence.overlap_s(hole) > 0.0 for hole in holes))


def is_back_channel_text(text: str) -> bool:
    """Whether ``text`` is made of nothing but 嗯, 是的, 好的 and the like."""
    return bool(_WORDS.fullmatch(_MARKS.sub("", text.lower())))


def _back_channels(mine: Sequence[Span], theirs: Sequence[Span], words: Sequence[Word]) -> tuple[Span, ...]:
    held = union(theirs, closing_s=TURN_GAP_S)
    return tuple(
        span
        for span in mine
        if span.duration_s < BACK_CHANNEL_WORDS_S
        and any(other.start_s < span.start_s and span.end_s < other.end_s for other in held)
        and _sounds_like_one(span, words)
    )


def _sounds_like_one(span: Span, words: Sequence[Word]) -> bool:
    reach = span.widened(WORD_REACH_S)
    text = "".join(word.text for word in words if reach.contains(word.span.middle_s))
    if is_back_channel_text(text):
        return True
    few = len(_SYLLABLE.findall(text.lower())) <= FEW_SYLLABLES
    return span.duration_s < (BACK_CHANNEL_S if few else TRUSTED_FROM_S)


def _turns(mine: Sequence[Span], theirs: Sequence[Span]) -> tuple[Span, ...]:
    def join(last: Span, span: Span) -> Span | None:
        if span.start_s - last.end_s >= TURN_GAP_S:
            return None
        parted = any(last.end_s <= other.start_s and other.end_s <= span.start_s for other in theirs)
        return None if parted else Span(last.start_s, span.end_s)

    return tuple(chained(mine, join))


def _talk_over_s(mine: Sequence[Span], theirs: Sequence[Span], within: Span) -> float:
    """Seconds of ``within`` in which both sides sound."""
    return shared_s(clipped(mine, within), theirs)


def _waits(agent: SideTurns, caller: SideTurns, grace_s: float) -> tuple[Span, ...]:
    """How long the caller waited for each answer; of no length where it came early."""
    cuts = {span.start_s for span in interruptions(agent, caller, grace_s=grace_s)}
    waits = []
    last_end_s = 0.0
    for turn in agent.turns:
        before = [
            other for other in caller.turns if last_end_s <= other.end_s and other.start_s < turn.start_s
        ]
        last_end_s = turn.end_s
        if turn.start_s in cuts or not before or before[-1].end_s >= turn.end_s:
            continue
        waits.append(Span(min(before[-1].end_s, turn.start_s), turn.start_s))
    return tuple(waits)
