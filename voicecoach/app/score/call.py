"""One recorded call of two in, one assessment of its agent out.

Each side is heard on its own channel (both from one decode), the other's leak taken off and the rest told
apart by level (:mod:`voicecoach.features.call.sides`). The agent's side is judged like any answer, on his own
turns joined, and by the rubric, whose rules may ask about the caller's side as well; the exchange of both is
measured on the call's clock. Where two channels do not hold two sides, the figures of the exchange are
refused with the reason, and never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from voicecoach.app.score.analyse import HeardRecording, assemble, measure_all
from voicecoach.app.score.refusals import of_sides, refusal
from voicecoach.app.score.streams import load_call
from voicecoach.audio import decode
from voicecoach.errors import InputError, UsageError
from voicecoach.features import extract
from voicecoach.features.call.crosstalk import same_sound
from voicecoach.features.call.joined import Join
from voicecoach.features.call.sides import OwnSound, parted
from voicecoach.metrics.length import ANSWER_LENGTH
from voicecoach.metrics.turns import GRACE_S, Exchange, exchange, measure_turns, unmeasured_turns
from voicecoach.model.dialogue import Dialogue, Turn
from voicecoach.model.spans import clipped
from voicecoach.rubric.text.conversation import Conversation
from voicecoach.rubric.text.spoken import SpokenText
from voicecoach.threads import SideThreads
from voicecoach.words.catalogue import Message
from voicecoach.words.reasons import PREFIX
from voicecoach.words.visible import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voicecoach.app.score.analyse import Analyser, Task
    from voicecoach.audio.decode import Recording
    from voicecoach.metrics.turns import SideTurns
    from voicecoach.model.assessment import Assessment, LanguageHit, Measurement, Refusal
    from voicecoach.model.audio import Span
    from voicecoach.model.dialogue import Side
    from voicecoach.model.transcript import Transcript, Word

SIDES: Final = 2
"""A call has so many channels, one a side."""


@dataclass(frozen=True, slots=True, eq=False)
class HeardCall:
    """What was found in a call before any judgement.

    ``agent`` is his channel alone, its speech his own. ``caller`` and ``exchange`` are None where the
    channels do not hold two sides, and then ``reason`` (a code of ``words.reasons``) says why. ``voices``:
    when each of them is heard, laughter included. ``holes``: where neither side has sound in the file.
    """

    agent: HeardRecording
    caller: Transcript | None
    exchange: Exchange | None
    reason: str | None
    voices: tuple[tuple[Span, ...], tuple[Span, ...]] = ((), ())
    holes: tuple[Span, ...] = ()


class CallAnalyser:
    """Scores calls with the engines of an :class:`~voicecoach.app.score.analyse.Analyser`."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser

    def analyse(self, path: Path, task: Task, *, agent_channel: int, grace_s: float = GRACE_S) -> Assessment:
        """Read, measure, recognise and judge one call; ``task.channel`` does not count.

        ``agent_channel`` counts from 0; ``grace_s`` is the grace window of interruptions. Raises UsageError,
        InputError (as ``audio.load``, and for a channel that the file does not have), EngineError.
        """
        if not 0.0 <= grace_s <= decode.LONGEST_S:
            raise UsageError("grace-unusable", grace_s=str(grace_s))
        heard = self.hear(path, task, agent_channel=agent_channel)
        return self.judge(heard, task, source=shown(path.name), agent_channel=agent_channel, grace_s=grace_s)

    def hear(self, path: Path, task: Task, *, agent_channel: int) -> HeardCall:
        """Everything up to the transcripts. Raises InputError, EngineError."""
        self._analyser.begin(path)
        recordings, agents = load_call(path, agent_channel=agent_channel, stream=task.stream)
        reason = _why_not_two(recordings)
        mine = replace(_agents(path, recordings, agents), dead_channels=())  # who is silent, gates say
        theirs = mine if reason else recordings[1 - agents]
        gaps = (mine.gaps, theirs.gaps)
        sides = None if reason else parted(mine.waveform, theirs.waveform, gaps=gaps)
        if sides is None:
            reason = reason or "mixed_channels_call"
            own = OwnSound(mine.waveform, extract.gate(mine.waveform, gaps=mine.gaps), ())
            other = None
        else:
            own, other = sides
            reason = None if own.gate.speech and other.gate.speech else "one_sided_call"
        with SideThreads(1, thread_name_prefix="features") as pool:
            measured = pool.submit(extract.complete, own.waveform, own.gate)
            said = self._transcript(own, task)
            heard_back = None if other is None or reason else self._transcript(other, task)
            features = measured.result()
        both = None
        if heard_back is not None and other is not None:
            both = exchange(
                own.gate.speech, other.gate.speech, agent_words=said.words, caller_words=heard_back.words
            )
        voices = ((), ()) if other is None else (own.voice, other.voice)
        holes = tuple(hole for gap in mine.gaps for hole in clipped(theirs.gaps, gap))
        return HeardCall(HeardRecording(mine, features, said), heard_back, both, reason, voices, holes)

    def judge(
        self, heard: HeardCall, task: Task, *, source: str, agent_channel: int, grace_s: float = GRACE_S
    ) -> Assessment:
        """Measurements, coverage, scores, advice and refusals of what was heard. Raises EngineError."""
        spoken = SpokenText.from_transcript(heard.agent.transcript)
        other = None if heard.caller is None else SpokenText.from_transcript(heard.caller)
        hits, coverage = self._analyser.engine.judge(
            task.prompt if spoken.text.strip() else None,  # nothing heard is not the same as 0 % covered
            spoken,
            language=task.language,
            conversation=Conversation.timed_sides(spoken, other),
        )
        remarks: tuple[Refusal, ...] = ()
        dialogue = None
        if heard.exchange is None or heard.caller is None:
            reason = heard.reason or "one_channel_call"
            figures = (*measure_all(heard.agent, task, hits), *unmeasured_turns(reason, grace_s=grace_s))
            remarks = (_two_party_refusal(reason),)
        else:
            own = _own_figures(heard.agent, heard.exchange.agent, task, hits)
            figures = (
                *own,
                *measure_turns(heard.exchange, grace_s=grace_s, voices=heard.voices, holes=heard.holes),
            )
            turns = sorted(
                (
                    *_texts("agent", heard.exchange.agent, heard.agent.transcript.words),
                    *_texts("caller", heard.exchange.caller, heard.caller.words),
                ),
                key=_when,
            )
            dialogue = Dialogue(agent_channel, grace_s, tuple(turns))
            texts = spoken.text, heard.caller.text
            sides = agent_channel, _other_side(heard.agent.recording, agent_channel)
            remarks = tuple(of_sides(*texts, task.language, sides=sides))
        # A call is no answer: the target of its prompt is that of one turn.
        figures = tuple(figure for figure in figures if figure.name != ANSWER_LENGTH.name)
        judged = assemble(
            heard.agent, task, source=source, measurements=figures, coverage=coverage, remarks=remarks
        )
        return replace(judged, dialogue=dialogue)

    def _transcript(self, side: OwnSound, task: Task) -> Transcript:
        return self._analyser.transcriber.transcribe(
            side.waveform, language=task.language, speech=side.gate.speech
        )


def _agents(path: Path, recordings: Sequence[Recording], agent_channel: int) -> Recording:
    """The agent's channel; the only one of a recording that has but one."""
    if len(recordings) == 1:
        return recordings[0]
    if not 0 <= agent_channel < len(recordings):
        raise InputError(
            "call-channel-unknown",
            path=shown(path),
            channel=agent_channel,
            last=len(recordings) - 1,
        )
    return recordings[agent_channel]


def _other_side(recording: Recording, agent_channel: int) -> int:
    """The number of the caller's channel; of his stream where each party has one."""
    tracks = recording.streams if len(recording.streams) == SIDES else tuple(range(SIDES))
    return next((track for track in tracks if track != agent_channel), agent_channel)


def _why_not_two(recordings: Sequence[Recording]) -> str | None:
    """Why a recording cannot hold one side a channel, as a code; None when it may."""
    if len(recordings) != SIDES:
        return "one_channel_call" if len(recordings) < SIDES else "many_channels_call"
    first, second = (recording.waveform.samples for recording in recordings)
    return "same_channels_call" if same_sound(first, second) else None


def _two_party_refusal(reason: str) -> Refusal:
    """Why nothing is said about the exchange; the agent's own figures stand."""
    return refusal(
        "no_two_parties",
        why=Message(PREFIX + reason),
        remedy=Message(PREFIX + reason, part="hint"),
        doubt="" if reason == "one_sided_call" else Message("refusal-words-of-both"),
        blocks_score=False,
    )


def _own_figures(
    heard: HeardRecording, own: SideTurns, task: Task, hits: tuple[LanguageHit, ...]
) -> tuple[Measurement, ...]:
    """The usual figures of the agent, on his turns joined; their evidence on the clock of the call."""
    if not own.turns:
        return measure_all(heard, task, hits)
    join = Join(own.turns, heard.features.duration_s)
    turns = [span for span in heard.features.speech if any(turn.overlap_s(span) > 0.0 for turn in own.turns)]
    joined = HeardRecording(
        heard.recording,
        join.features(replace(heard.features, speech=tuple(turns))),
        _joined_text(heard.transcript, own, join),
    )
    return tuple(_led_back(figure, join) for figure in measure_all(joined, task, hits))


def _led_back(figure: Measurement, join: Join) -> Measurement:
    """A figure of the joined turns with its evidence on the clock of the call, and with its doubt."""
    if figure.name != "forbidden_language":  # its evidence is that of the hits, on the clock of the call
        figure = replace(figure, evidence=tuple(map(join.to_call, figure.evidence)))
    if figure.name == "phonation_time_ratio" and figure.value is not None:
        figure = replace(figure, provisional="inside_turns")
    return figure


def _joined_text(transcript: Transcript, own: SideTurns, join: Join) -> Transcript:
    """The words of the turns on the joined clock; those of back-channels left out."""

    def kept(words: Sequence[Word]) -> tuple[Word, ...]:
        return tuple(
            replace(word, span=join.to_joined(word.span))
            for word in words
            if _home(word, own) not in own.back_channels
        )

    return replace(
        transcript,
        words=kept(transcript.words),
        dropped=kept(transcript.dropped),
        unheard=tuple(join.to_joined(span) for span in transcript.unheard),
        heard_again=tuple(join.to_joined(span) for span in transcript.heard_again),
        hesitations=kept(transcript.hesitations),
    )


def _texts(side: Side, own: SideTurns, words: Sequence[Word]) -> list[Turn]:
    """The turns and back-channels of one side with their words."""
    texts: dict[Span, str] = dict.fromkeys((*own.turns, *own.back_channels), "")
    for word in words:
        home = _home(word, own)
        if home is not None:
            texts[home] += word.text
    return [Turn(side, span, text.strip(), span in own.back_channels) for span, text in texts.items()]


def _home(word: Word, own: SideTurns) -> Span | None:
    """The turn or back-channel that a word belongs to: the one it shares most time with, else the nearest."""
    spans = (*own.turns, *own.back_channels)
    return max(
        spans,
        key=lambda span: (
            span.overlap_s(word.span),
            -max(span.start_s - word.span.end_s, word.span.start_s - span.end_s),
        ),
        default=None,
    )


def _when(turn: Turn) -> tuple[float, float]:
    return (turn.span.start_s, turn.span.end_s) if turn.span is not None else (0.0, 0.0)
