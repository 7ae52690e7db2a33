"""All features of the sound of one recording, in two steps.

:func:`gate` says where speech is; with it the recogniser can start. :func:`complete` adds pitch and
spectrum, which another thread can do while the recogniser runs: their engines release the interpreter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicecoach.features.interruptions import interruptions, spans_of
from voicecoach.features.level import level_track
from voicecoach.features.pitch import pitch_track
from voicecoach.features.sound import SoundFeatures
from voicecoach.features.spectrum import balance_tracks
from voicecoach.features.speech import noise_floor_dbfs, speech_probability, speech_spans
from voicecoach.model.spans import without

if TYPE_CHECKING:
    from voicecoach.model.audio import Interruption, Span, Track, Waveform


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """Where speech is: sounding spans, the neural gate 0..1, level and noise floor in dBFS.

    ``interruptions``: what is not the speaker's; music and tones are cut out of ``speech``.
    """

    speech: tuple[Span, ...]
    probability: Track
    level: Track
    noise_floor_dbfs: float | None
    interruptions: tuple[Interruption, ...] = ()


def gate(waveform: Waveform) -> Gate:
    """Find the speech in ``waveform`` (16 kHz, else ValueError)."""
    probability = speech_probability(waveform)
    level = level_track(waveform)
    others = interruptions(waveform, level, probability)
    apart = spans_of(others)
    return Gate(
        speech=without(speech_spans(level, probability, apart=apart), spans_of(others, "music", "tone")),
        probability=probability,
        level=level,
        noise_floor_dbfs=noise_floor_dbfs(level, probability, apart=apart),
        interruptions=others,
    )


def complete(waveform: Waveform, speech_gate: Gate) -> SoundFeatures:
    """Pitch and spectral balance of the speech that :func:`gate` speech_gate in the same ``waveform``."""
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
    )


def extract(waveform: Waveform) -> SoundFeatures:
    """Both steps, one after the other. Raises ValueError unless ``waveform`` is at 16 kHz."""
    return complete(waveform, gate(waveform))
