"""All features of the sound of one recording, in two steps.

:func:`gate` says where speech is; with it the recogniser can start. :func:`complete` adds pitch and
spectrum, which another thread can do while the recogniser runs: their engines release the interpreter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.features.held import SHORTEST_S, held_sounds
from voicecoach.features.interruptions import interruptions, spans_of
from voicecoach.features.level import level_track
from voicecoach.features.movement import movement_track
from voicecoach.features.pitch import pitch_track
from voicecoach.features.sound import SoundFeatures
from voicecoach.features.spectrum import balance_tracks
from voicecoach.features.speech import noise_floor_dbfs, speech_probability, speech_spans
from voicecoach.features.vocal import vocal_activity
from voicecoach.model.spans import without

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.audio import Interruption, Span, Track, Waveform


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """Where speech is: sounding spans, the neural gate 0..1, level and noise floor in dBFS.

    ``interruptions``: what is not the speaker's; all but lost packets is cut out of ``speech``.
    """

    speech: tuple[Span, ...]
    probability: Track
    level: Track
    noise_floor_dbfs: float | None
    interruptions: tuple[Interruption, ...] = ()


def gate(waveform: Waveform, *, gaps: Sequence[Span] = ()) -> Gate:
    """Find the speech in ``waveform`` (16 kHz, else ValueError); ``gaps``: where its file has no sound."""
    probability = speech_probability(waveform)
    level = level_track(waveform)
    others = interruptions(waveform, level, probability, gaps=gaps)
    apart = spans_of(others)
    return Gate(
        speech=without(
            speech_spans(level, probability, apart=apart), spans_of(others, "music", "tone", "gap")
        ),
        probability=probability,
        level=level,
        noise_floor_dbfs=noise_floor_dbfs(level, probability, apart=apart),
        interruptions=others,
    )


def complete(waveform: Waveform, speech_gate: Gate) -> SoundFeatures:
    """Pitch, spectral balance and held sounds of the speech that ``speech_gate`` found in ``waveform``."""
    pitch = pitch_track(waveform, speech_gate.speech)
    hf500, hf1000 = balance_tracks(waveform, pitch)
    return SoundFeatures(
        duration_s=waveform.duration_s,
        speech=speech_gate.speech,
        speech_probability=speech_gate.probability,
        level=speech_gate.level,
        pitch=pitch,
        hf500=hf500,
        hf1000=hf1000,
        noise_floor_dbfs=speech_gate.noise_floor_dbfs,
        interruptions=speech_gate.interruptions,
        held=_held(waveform, speech_gate, pitch, hf500),
    )


def _held(waveform: Waveform, speech_gate: Gate, pitch: Track, hf500: Track) -> tuple[Span, ...]:
    """The held sounds in speech, and in sounds as loud beside it that are no tone and no music."""
    speech, level = speech_gate.speech, speech_gate.level
    voice = vocal_activity(speech, level, speech_gate.noise_floor_dbfs)
    apart = spans_of(speech_gate.interruptions, "music", "tone", "gap")
    beside = tuple(
        sound
        for sound in without(voice, speech, shortest_s=SHORTEST_S)
        if not any(sound.overlap_s(other) > 0.0 for other in apart)
    )
    if beside:
        murmured = pitch_track(waveform, beside)
        pitch = replace(pitch, values=np.where(np.isfinite(pitch.values), pitch.values, murmured.values))
        hf500, _ = balance_tracks(waveform, pitch)
    return held_sounds(movement_track(waveform), pitch, speech_gate.level, hf500)


def extract(waveform: Waveform, *, gaps: Sequence[Span] = ()) -> SoundFeatures:
    """Both steps, one after the other. Raises ValueError unless ``waveform`` is at 16 kHz."""
    return complete(waveform, gate(waveform, gaps=gaps))
