"""Which sound stream of a file is judged: films and recorders write several.

Where nobody says so, all are decoded and looked at by the speech gate: commentary, music and silence are
beside the one that speaks most. Two streams of one channel that take turns are the parties of a call, a track
each, and are taken as its channels.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

from voicecoach.audio import decode
from voicecoach.errors import InputError
from voicecoach.features import extract
from voicecoach.features.call.sides import parted
from voicecoach.model.spans import shared_s, total_s
from voicecoach.words.visible import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voicecoach.audio.decode import Recording, StreamFacts

SPEAKS_S: Final = 1.0
"""A stream with less speech than this has no voice of its own, seconds."""
AS_MUCH: Final = 0.8
"""Streams that speak at least this share of the most speak as much as each other: dubbed films."""
LOOKED_AT: Final = 8
"""So many streams are looked at, the first ones: each is decoded whole. If none speaks, so many more."""
LOOKED_AT_MOST: Final = 64
SPEAKERS: Final = 3
"""Among so many that speak most the two sides of a call are looked for: both, and a mix of them."""
AT_ONCE: Final = 0.5
"""Sides of a call do not speak at once for more than this share of the speech of the shorter one."""
_TWO_PARTIES: Final = "sound-two-parties"


@dataclass(frozen=True, slots=True)
class StreamChoice:
    """The streams to judge: one, or the two ``tracks`` of a call, none where ``streams`` is the only one."""

    facts: tuple[StreamFacts, ...]
    streams: tuple[int, ...]

    @property
    def is_call(self) -> bool:
        """Whether each party of a call has a stream of its own."""
        return len(self.streams) > 1

    def on(self, recording: Recording) -> Recording:
        """The recording with the streams that were read, and those that were not."""
        if len(self.facts) == 1:
            return recording
        others = tuple(stream for stream in self.facts if stream.number not in self.streams)
        return replace(recording, streams=self.streams, others=others)


def load_answer(path: Path, *, channel: int | None = None, stream: int | None = None) -> Recording:
    """As ``decode.load``, of ``stream`` or of the stream that speaks; of a call's tracks ``channel`` is one.

    Raises InputError as it, and where the tracks of a call are given without a channel.
    """
    choice = chosen(path, stream=stream)
    if not choice.is_call:
        return choice.on(decode.load(path, channel=channel, stream=choice.streams[0]))
    first, second = choice.streams
    if channel is None:
        raise InputError("sound-two-tracks", path=shown(path), first=first, second=second)
    if channel not in choice.streams:
        raise InputError("sound-track-unknown", path=shown(path), track=channel, first=first, second=second)
    alone = StreamChoice(choice.facts, (channel,))
    return alone.on(decode.load(path, stream=channel))


def load_call(
    path: Path, *, agent_channel: int, stream: int | None = None
) -> tuple[tuple[Recording, ...], int]:
    """The channels of a call as ``decode.load_channels``, and which of them is the agent's.

    Of tracks, ``agent_channel`` is the number of the agent's stream. Raises InputError.
    """
    choice = chosen(path, stream=stream)
    if not choice.is_call:
        channels = decode.load_channels(path, stream=choice.streams[0])
        return tuple(map(choice.on, channels)), agent_channel
    first, second = choice.streams
    if agent_channel not in choice.streams:
        raise InputError(
            "sound-track-unknown", path=shown(path), track=agent_channel, first=first, second=second
        )
    tracks = decode.load_tracks(path, choice.streams)
    return tuple(map(choice.on, tracks)), choice.streams.index(agent_channel)


def judged_sound(path: Path, streams: Sequence[int], *, channel: int | None) -> Recording:
    """What was judged of a file: ``streams`` as an assessment names them. Raises InputError."""
    if not streams:
        return decode.load(path, channel=channel)
    stream = channel if len(streams) > 1 and channel is not None else streams[0]
    is_mono = decode.streams_of(path)[stream].n_channels == 1
    return decode.load(path, channel=None if is_mono else channel, stream=stream)


def sides_of(path: Path, streams: Sequence[int]) -> tuple[Recording, ...]:
    """Both sides of a call that was judged, as :func:`judged_sound`. Raises InputError."""
    if len(streams) > 1:
        return decode.load_tracks(path, streams)
    return decode.load_channels(path, stream=streams[0] if streams else 0)


def chosen(path: Path, *, stream: int | None = None) -> StreamChoice:
    """The stream that was asked for, else the one that speaks, or the two of a call. Raises InputError."""
    facts = decode.streams_of(path)
    if stream is not None:
        if stream >= len(facts):
            raise InputError("sound-stream-unknown", path=shown(path), stream=stream, n=len(facts))
        return StreamChoice(facts, (stream,))
    if len(facts) == 1:
        return StreamChoice(facts, (0,))
    spoken_s: dict[int, float] = {}
    for first in range(0, min(len(facts), LOOKED_AT_MOST), LOOKED_AT):
        spoken_s |= {each.number: _spoken_s(path, each.number) for each in facts[first : first + LOOKED_AT]}
        if max(spoken_s.values()) >= SPEAKS_S:
            break
    looked_at = facts[: len(spoken_s)]
    most_s = max(spoken_s.values())
    mono = [each.number for each in looked_at if each.n_channels == 1 and spoken_s[each.number] >= SPEAKS_S]
    speakers = sorted(sorted(mono, key=lambda number: -spoken_s[number])[:SPEAKERS])
    for pair in combinations(speakers, 2):
        if _take_turns(decode.load_tracks(path, pair)):
            return StreamChoice(facts, pair)
    likely = [each for each in looked_at if spoken_s[each.number] >= AS_MUCH * most_s]
    best = min(likely, key=lambda each: (not each.is_default, each.number))
    return StreamChoice(facts, (best.number,))


def _take_turns(tracks: Sequence[Recording]) -> bool:
    """Whether two tracks are the sides of a call: by level, and by who speaks when, leaks taken off."""
    first, second = tracks
    gaps = (first.gaps, second.gaps)
    sides = parted(first.waveform, second.waveform, gaps=gaps) if first.two_party else None
    if sides is None:
        return False
    own, other = (side.gate.speech for side in sides)
    return shared_s(own, other) <= AT_ONCE * min(total_s(own), total_s(other))


def _spoken_s(path: Path, stream: int) -> float:
    """How long a stream speaks, seconds; 0 where it cannot be read, which is told if it is chosen."""
    try:
        try:
            voices: tuple[Recording, ...] = (decode.load(path, stream=stream),)
        except InputError as exc:
            if exc.code != _TWO_PARTIES:
                raise
            voices = decode.load_channels(path, stream=stream)
    except InputError:
        return 0.0
    return sum(total_s(extract.gate(voice.waveform, gaps=voice.gaps).speech) for voice in voices)
