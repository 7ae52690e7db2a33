"""How late sound is on its way from the loudspeaker to the microphone, beyond what the devices admit.

A short chirp is played several times while the microphone records. Where it lies in the recording is found by
normalised cross-correlation (matched filter). The player says when the last sample was heard and the
recording when its first one was; what is left between the two is the latency of the path: buffers of a
sound server or of Bluetooth that PortAudio does not know of, and the way through the air (3 ms a metre).
The median over the plays is taken, since a callback of a busy machine comes late now and then.

Source: matched filter with a linear chirp: Turin 1960, IRE Transactions on Information Theory 6(3).
Known failure: with headphones the microphone hears nothing, and nothing is guessed; echo cancellation of the
system takes the chirp out of the recording.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from voicecoach.model.audio import Waveform
from voicecoach.ports import Player
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from voicecoach.ports import LiveRecording, Recorder

N_PLAYS: Final = 5
CHIRP_S: Final = 0.25
CHIRP_LOW_HZ: Final = 400.0
CHIRP_HIGH_HZ: Final = 4000.0
"""What small loudspeakers and telephone-grade headsets still pass."""
CHIRP_DBFS: Final = -14.0
"""Peak: as loud as a voice, not louder."""
FADE_S: Final = 0.02
PLAY_RATE_HZ: Final = 48_000
SILENCE_S: Final = 0.1
"""Before and after each chirp, seconds: its end must not be the end of what the device plays."""
EARLIEST_S: Final = -0.3
"""A device may admit more latency than it has (a virtual one renders ahead), seconds."""
LATEST_S: Final = 0.75
"""Bluetooth in both directions stays below this, seconds."""
LEAST_LIKENESS: Final = 0.3
"""Correlation from which a chirp counts as heard. In noise alone the largest of a second's values is about
4 / sqrt(2 x 3600 Hz x 0.25 s) = 0.1; 0.3 is reached by a chirp 10 dB under the noise."""
LEAST_HEARD: Final = 3
"""So many plays must be heard."""
ROUNDING: Final = 1e-9
"""Less energy than this is what single precision leaves of none."""
LARGEST_SPREAD_S: Final = 0.06
"""Median distance of the single plays from their median: more is no figure to take off anything."""


class TimedPlayer(Player, Protocol):
    """A loudspeaker that knows when it has played."""

    @property
    def end_monotonic_s(self) -> float | None:
        """When the last sample of the last :meth:`play` was heard, ``time.monotonic()``."""
        ...


@dataclass(frozen=True, slots=True)
class PathLatency:
    """``latency_s``: beyond what the devices admit, may be negative; None when not measured.

    ``reason`` then says why; ``spread_s`` is the median distance of the single plays from
    ``latency_s``; ``n_heard`` of :data:`N_PLAYS` chirps were heard.
    """

    latency_s: float | None
    spread_s: float | None = None
    n_heard: int = 0
    reason: Message | None = None


def chirp(rate_hz: int) -> NDArray[np.float32]:
    """The chirp, float32 (n,): frequency rises evenly, faded at both ends, peak :data:`CHIRP_DBFS`."""
    time_s = np.arange(round(CHIRP_S * rate_hz)) / rate_hz
    slope_hz_per_s = (CHIRP_HIGH_HZ - CHIRP_LOW_HZ) / CHIRP_S
    tone = np.sin(2.0 * np.pi * (CHIRP_LOW_HZ + 0.5 * slope_hz_per_s * time_s) * time_s)
    edge = np.clip(np.minimum(time_s, CHIRP_S - time_s) / FADE_S, 0.0, 1.0)
    sound: NDArray[np.float32] = (
        10.0 ** (CHIRP_DBFS / 20.0) * np.sin(0.5 * np.pi * edge) ** 2 * tone
    ).astype(np.float32)
    return sound


def measure_latency(recorder: Recorder, player: TimedPlayer, path: Path) -> PathLatency:
    """Play and listen for about 5 s; ``path`` is the recording, which the caller throws away.

    Raises DeviceError when a device cannot be used or goes away, StoreError.
    """
    silence = np.zeros(round(SILENCE_S * PLAY_RATE_HZ), dtype=np.float32)
    sound = Waveform(np.concatenate([silence, chirp(PLAY_RATE_HZ), silence]), PLAY_RATE_HZ)
    starts_s = []
    with recorder.record(path) as recording:
        _wait(recording, LATEST_S)
        for _ in range(N_PLAYS):
            player.play([sound])
            if player.end_monotonic_s is not None:
                starts_s.append(player.end_monotonic_s - SILENCE_S - CHIRP_S)
            _wait(recording, LATEST_S)
        recording.stop()
    if recording.fault is not None:
        raise recording.fault
    first_s = recording.first_sample_monotonic_s
    if first_s is None:
        return PathLatency(None, reason=Message("path-not-heard"))
    return latency_of(recording.waveform_so_far(), [start_s - first_s for start_s in starts_s])


def _wait(recording: LiveRecording, duration_s: float) -> None:
    """Let the recording go on; it may end by itself."""
    recording.ended.wait(duration_s)


def latency_of(heard: Waveform, starts_s: list[float]) -> PathLatency:
    """Where in ``heard`` the chirps lie that were played at ``starts_s``, seconds on its clock."""
    late_s = [late for start_s in starts_s if (late := _late_s(heard, start_s)) is not None]
    if len(late_s) < LEAST_HEARD:
        return PathLatency(None, n_heard=len(late_s), reason=Message("path-not-heard"))
    latency_s = float(np.median(late_s))
    spread_s = float(np.median(np.abs(np.array(late_s) - latency_s)))
    if spread_s > LARGEST_SPREAD_S:
        reason = Message("path-uncertain", {"spread_ms": f"{1000 * spread_s:.0f}"})
        return PathLatency(None, spread_s, len(late_s), reason)
    return PathLatency(latency_s, spread_s, len(late_s))


def _late_s(heard: Waveform, start_s: float) -> float | None:
    """How much later than ``start_s`` the chirp begins, None when it is not there."""
    rate_hz = heard.rate_hz
    wanted = chirp(rate_hz).astype(np.float64)
    first = max(0, round((start_s + EARLIEST_S) * rate_hz))
    last = round((start_s + LATEST_S + CHIRP_S) * rate_hz)
    piece = heard.samples[first:last].astype(np.float64)
    if len(piece) < len(wanted):
        return None
    likeness = _likeness(piece, wanted)
    best = int(np.argmax(likeness))
    return (first + best) / rate_hz - start_s if likeness[best] >= LEAST_LIKENESS else None


def _likeness(piece: NDArray[np.float64], wanted: NDArray[np.float64]) -> NDArray[np.float64]:
    """Normalised cross-correlation -1..1, float64 (places,), 0 where ``piece`` is silent."""
    n_places = len(piece) - len(wanted) + 1
    size = len(piece) + len(wanted)
    product = np.fft.irfft(np.fft.rfft(piece, size) * np.conj(np.fft.rfft(wanted, size)), size)[:n_places]
    squares = np.concatenate([[0.0], np.cumsum(piece**2)])
    energy = squares[len(wanted) :] - squares[:n_places]
    norm = np.sqrt(np.maximum(energy, 0.0) * np.sum(wanted**2))
    likeness: NDArray[np.float64] = np.divide(
        product,
        norm,
        out=np.zeros(n_places),
        where=norm > ROUNDING,
    )
    return likeness
