"""What interrupts an answer and is not the speaker: hold music, tones, lost packets, gaps of the file.

**Music** keeps its partials where they are, speech does not: the fine structure of the spectrum (128 ms
windows, the envelope taken off) is compared with that 128 ms later. Their correlation lies at .1 in speech
and in noise (95th percentile .3) and over .4 in music. A stretch is music where the gate hears no speech, the
level is that of the speech and the fine structure stays for :data:`MUSIC_SHORTEST_S` and more.

**Tones** (a beep over a name, a key, the ring of a line) have nearly all their energy in one or two narrow
peaks over :data:`TONE_LOWEST_HZ` that do not move.

**Loss** is zeros, or nearly, that begin and end at the level of speech within milliseconds, or a packet of
sound that comes again to the sample. A noise gate closes after a word has died away, so its zeros are silence
and not loss. Where the file itself says that it has no sound, that is a **gap**, whatever lies beside it.

Known failures: music with a singer is speech to the gate; music under the answer is noise; loss that begins
or ends where nobody speaks cannot be told from a pause; sound that a decoder makes up for it is speech.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.features.frames import closed, runs
from voicecoach.model.audio import Interruption, Span
from voicecoach.model.spans import union, without
from voicecoach.units import power_to_db

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from voicecoach.model.audio import Track, Waveform

MUSIC_SHORTEST_S: Final = 1.5
"""Shorter music is no hold music, seconds."""
STEADY: Final = 0.4
"""Correlation of the fine structure from which the partials stay where they are."""
STEADY_SHARE: Final = 0.6
"""So much of a stretch of music is steady: chords change."""
NEAR_SPEECH_DB: Final = 20.0
"""What is further under the speech than this interrupts nobody, dB."""
TONE_SHORTEST_S: Final = 0.2
"""A held nasal is nearly a tone for a tenth of a second."""
TONE_LOWEST_HZ: Final = 350.0
"""A voice's first partial lies below."""
TONE_SHARE: Final = 0.95
"""Share of the energy in the peaks of a tone."""
TONE_SPREAD_DB: Final = 0.5
"""Standard deviation of the level inside a tone, at most; a voice's is larger."""
LOSS_SHORTEST_S: Final = 0.010
LOSS_LONGEST_S: Final = 2.0
EMPTY_DBFS: Final = -84.0
"""Level of lost sound, at most: zeros through a lossy codec or another rate are not quite zero."""
EMPTY_UNDER_SPEECH_DB: Final = 45.0
"""And it lies so far under the speech."""
EDGE_UNDER_SPEECH_DB: Final = 16.0
"""Sound right before and right after lost sound lies at most so far under the speech."""
PACKETS_S: Final = (0.020, 0.030, 0.040)
"""Usual lengths of a packet, seconds."""
REPEAT_DB: Final = -32.0
"""A packet said again differs from itself by so much at most; the steadiest voice by -20 dB."""
REPEATED_SHARE: Final = 0.9
GATE_SPEECH: Final = 0.5

_WINDOW, _HOP, _LAG = 2048, 512, 4
_LOWEST_BIN, _HIGHEST_BIN = 19, 512
_ENVELOPE_BINS = 17
_TONE_WINDOW, _TONE_HOP = 1024, 256
_PEAK_BINS = 2
_FRAME, _EDGE_FRAMES, _SMOOTH = 32, 3, 5
_POWER_BLOCK = 1 << 15
_BLOCK = 512
_SPEECH_PERCENTILE = 90.0
_SMALLEST = 1e-12


def interruptions(
    waveform: Waveform, level: Track, probability: Track, *, gaps: Sequence[Span] = ()
) -> tuple[Interruption, ...]:
    """What is not the speaker's, in order, not overlapping; only gaps in a recording without speech.

    ``level`` in dBFS and ``probability`` of speech 0..1 are those of ``waveform``, at 16 kHz; ``gaps``,
    ordered, are where its file has no sound.
    """
    empty = tuple(Interruption(gap, "gap") for gap in gaps)
    speech_dbfs = _speech_level(level, probability)
    if speech_dbfs is None:
        return empty
    tones = without(_tones(waveform, speech_dbfs), gaps, shortest_s=TONE_SHORTEST_S)
    apart = union([*tones, *gaps])
    music = without(_music(waveform, level, probability, speech_dbfs), apart, shortest_s=MUSIC_SHORTEST_S)
    lost = union([*_loss(waveform, speech_dbfs), *_repeats(waveform, speech_dbfs)])
    loss = without(lost, union([*apart, *music]), shortest_s=LOSS_SHORTEST_S)
    return tuple(
        sorted(
            (
                *empty,
                *(Interruption(span, "tone") for span in tones),
                *(Interruption(span, "music") for span in music),
                *(Interruption(span, "loss") for span in loss),
            )
        )
    )


def _speech_level(level: Track, probability: Track) -> float | None:
    """90th percentile of the level where the gate hears speech, dBFS."""
    if len(probability.values) == 0:
        return None
    inside = np.interp(level.times_s, probability.times_s, probability.values) >= GATE_SPEECH
    return float(np.percentile(level.values[inside], _SPEECH_PERCENTILE)) if inside.any() else None


def _blocks(waveform: Waveform, window: int, hop: int) -> Iterator[NDArray[np.float64]]:
    """Power spectra of Hann windows, float64 (some frames, window / 2 + 1), block after block."""
    samples = waveform.samples
    n_frames = (len(samples) - window) // hop + 1
    shape = np.hanning(window)
    for first in range(0, n_frames, _BLOCK):
        stop = min(first + _BLOCK, n_frames)
        piece = samples[first * hop : (stop - 1) * hop + window].astype(np.float64)
        frames = np.lib.stride_tricks.sliding_window_view(piece, window)[::hop]
        yield np.square(np.abs(np.fft.rfft(frames * shape, axis=1)))


def _music(waveform: Waveform, level: Track, probability: Track, speech_dbfs: float) -> tuple[Span, ...]:
    parts = [np.zeros(0, dtype=np.bool_)]
    tail = np.zeros((0, _HIGHEST_BIN - _LOWEST_BIN))
    for power in _blocks(waveform, _WINDOW, _HOP):
        fine = np.concatenate([tail, _fine_structure(power)])
        parts.append(np.sum(fine[:-_LAG] * fine[_LAG:], axis=1) > STEADY)
        tail = fine[-_LAG:]
    steady = np.concatenate(parts)
    if len(steady) == 0:
        return ()
    hop_s = _HOP / waveform.rate_hz
    times_s = (np.arange(len(steady)) + _LAG / 2.0) * hop_s + _WINDOW / 2.0 / waveform.rate_hz
    quiet = np.interp(times_s, probability.times_s, probability.values) < GATE_SPEECH
    loud = np.interp(times_s, level.times_s, level.values) > speech_dbfs - NEAR_SPEECH_DB
    candidates = closed(runs(steady & quiet & loud), round(MUSIC_SHORTEST_S / 2.0 / hop_s))
    reach_s = (_LAG / 2.0) * hop_s
    return union(
        Span(max(times_s[start] - reach_s, 0.0), min(times_s[stop - 1] + reach_s, waveform.duration_s))
        for start, stop in candidates
        if (stop - start) * hop_s + 2.0 * reach_s >= MUSIC_SHORTEST_S
        and steady[start:stop].mean() >= STEADY_SHARE
        and quiet[start:stop].mean() >= STEADY_SHARE
    )


def _fine_structure(power: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log spectra without their envelope, each of length 1: float64 (frames, bins)."""
    log = np.log(power[:, _LOWEST_BIN:_HIGHEST_BIN] + _SMALLEST)
    sums = np.cumsum(
        np.pad(log, ((0, 0), (_ENVELOPE_BINS // 2 + 1, _ENVELOPE_BINS // 2)), mode="edge"), axis=1
    )
    fine = log - (sums[:, _ENVELOPE_BINS:] - sums[:, :-_ENVELOPE_BINS]) / _ENVELOPE_BINS
    fine -= fine.mean(axis=1, keepdims=True)
    made: NDArray[np.float64] = fine / (np.linalg.norm(fine, axis=1, keepdims=True) + _SMALLEST)
    return made


def _tones(waveform: Waveform, speech_dbfs: float) -> tuple[Span, ...]:
    """Stretches of one or two steady, narrow peaks."""
    shares, bins, powers = [np.zeros(0)], [np.zeros(0)], [np.zeros(0)]
    for power in _blocks(waveform, _TONE_WINDOW, _TONE_HOP):
        total = power.sum(axis=1) + _SMALLEST
        peak = power.argmax(axis=1)
        inside = np.abs(np.arange(power.shape[1]) - peak[:, None]) <= _PEAK_BINS
        first = np.where(inside, power, 0.0).sum(axis=1)
        rest = np.where(inside, 0.0, power)
        other = rest.argmax(axis=1)
        second = np.where(np.abs(np.arange(power.shape[1]) - other[:, None]) <= _PEAK_BINS, rest, 0.0).sum(
            axis=1
        )
        lowest = TONE_LOWEST_HZ * _TONE_WINDOW / waveform.rate_hz
        shares.append(np.where(other > lowest, first + second, first) / total)
        bins.append(
            np.where(peak > lowest, np.minimum(peak, np.where(second > first / 10.0, other, peak)), 0)
        )
        powers.append(total)
    share, place, level = map(np.concatenate, (shares, bins, powers))
    scale = np.square(np.hanning(_TONE_WINDOW)).sum() * _TONE_WINDOW / 2.0
    level = power_to_db(level / scale)
    loud = level > speech_dbfs - NEAR_SPEECH_DB
    same = np.abs(np.diff(place, prepend=place[:1])) <= 1
    is_tone = (share > TONE_SHARE) & (place > 0) & loud & same
    hop_s, half_s = _TONE_HOP / waveform.rate_hz, _TONE_WINDOW / 2.0 / waveform.rate_hz
    return union(
        Span(start * hop_s + half_s / 2.0, min((stop - 1) * hop_s + 1.5 * half_s, waveform.duration_s))
        for start, stop in runs(is_tone)
        if (stop - start - 1) * hop_s + half_s >= TONE_SHORTEST_S
        and level[start + 2 : max(stop - 2, start + 3)].std() < TONE_SPREAD_DB
    )


def _loss(waveform: Waveform, speech_dbfs: float) -> tuple[Span, ...]:
    """Empty stretches between two sounds as loud as speech."""
    level = np.asarray(power_to_db(_power(waveform.samples)), dtype=np.float64)
    empty = runs(level < min(EMPTY_DBFS, speech_dbfs - EMPTY_UNDER_SPEECH_DB))
    hop_s = _FRAME / waveform.rate_hz
    least = speech_dbfs - EDGE_UNDER_SPEECH_DB
    return tuple(
        Span(start * hop_s, stop * hop_s)
        for start, stop in empty
        if LOSS_SHORTEST_S <= (stop - start) * hop_s <= LOSS_LONGEST_S
        and _edge(level[max(start - _EDGE_FRAMES, 0) : start]) > least
        and _edge(level[stop : stop + _EDGE_FRAMES]) > least
    )


def _repeats(waveform: Waveform, speech_dbfs: float) -> tuple[Span, ...]:
    """Packets that come again, as loud as speech: a voice never repeats itself to :data:`REPEAT_DB`."""
    power = _power(waveform.samples)
    around = np.convolve(power, np.ones(_SMOOTH) / _SMOOTH, "same") if len(power) >= _SMOOTH else power
    loud = power_to_db(around) > speech_dbfs - NEAR_SPEECH_DB
    hop_s = _FRAME / waveform.rate_hz
    again: list[Span] = []
    for packet_s in PACKETS_S:
        shift = round(packet_s * waveform.rate_hz)
        same = loud & (_power(waveform.samples, shift) < around * 10.0 ** (REPEAT_DB / 10.0))
        same[: -(-shift // _FRAME)] = False
        again += [
            Span(start * hop_s, stop * hop_s)
            for start, stop in runs(same)
            if (stop - start) * hop_s >= REPEATED_SHARE * packet_s
        ]
    return tuple(again)


def _power(samples: NDArray[np.float32], shift: int = 0) -> NDArray[np.float64]:
    """Mean square of each frame, less what stood ``shift`` samples before if any: float64 (frames,)."""
    n_frames = len(samples) // _FRAME
    power = np.empty(n_frames)
    for first in range(0, n_frames, _POWER_BLOCK):
        stop = min(first + _POWER_BLOCK, n_frames)
        piece = samples[first * _FRAME : stop * _FRAME].astype(np.float64)
        if shift:
            before = samples[max(first * _FRAME - shift, 0) : max(stop * _FRAME - shift, 0)]
            piece[len(piece) - len(before) :] -= before
        power[first:stop] = np.square(piece).reshape(-1, _FRAME).mean(axis=1)
    return power


def _edge(level: NDArray[np.float64]) -> float:
    """The loudest of the frames next to an empty stretch: between two pulses of a voice it is quiet."""
    return float(level.max(initial=-np.inf))


def spans_of(interrupting: Iterable[Interruption], *kinds: str) -> tuple[Span, ...]:
    """The spans of some kinds; of all where none is named."""
    return tuple(each.span for each in interrupting if not kinds or each.kind in kinds)
