"""The two sides of a call, each with its own sound: what leaks from the other channel is taken off first.

A leak is a copy of the other channel through a linear path (a headset's cable, a hybrid of the line), so the
path can be estimated where only the other one speaks and what went through it can be subtracted, as an
echo canceller does::

    own = channel - h * other        h: the least-squares filter of TAPS taps about the best delay

The path is fixed over a call. Only a leak is taken off: without it (the filter removes less than
:data:`LEAST_REMOVED_DB` of what the channel holds there) the sound stays as it is. Whose speech the
rest is, is told by level (:mod:`voicecoach.features.call.crosstalk`).

Known failures: a leak through a codec that is not linear, or through the room, is taken off in part only; a
path that changes (a hand over the microphone) is taken off as it was on average.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.features import extract
from voicecoach.features.call.crosstalk import ownership
from voicecoach.features.frames import frame_mask, run_span, runs
from voicecoach.features.vocal import vocal_activity
from voicecoach.model.audio import Span, Waveform
from voicecoach.units import s_to_samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from voicecoach.features.call.crosstalk import Ownership
    from voicecoach.features.extract import Gate

TAPS: Final = 128
"""Length of the path, samples: 8 ms, a cable, a hybrid or a channel filter."""
LEAD: Final = 32
"""So many of the taps lie before the best delay, samples."""
LONGEST_DELAY_S: Final = 0.250
"""The leak may come this much later, or earlier, than what it is a copy of, seconds."""
SHORTEST_ALONE_S: Final = 0.300
"""Shorter stretches in which one speaks alone are not learnt from, seconds."""
LEAST_ALONE_S: Final = 1.0
"""With less to learn from nothing is taken off, seconds."""
MOST_ALONE_S: Final = 60.0
"""No more is learnt from, seconds."""
LEAST_REMOVED_DB: Final = 3.0
"""A filter that removes less describes no leak."""

_RIDGE = 1e-5
"""Share of the power that is added to the diagonal: bands without sound have no path."""
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class OwnSound:
    """One side of a call: its sound less the other's leak, its own speech (``gate``), all of its voice."""

    waveform: Waveform
    gate: Gate
    voice: tuple[Span, ...]


def parted(
    first: Waveform, second: Waveform, *, gaps: tuple[Sequence[Span], Sequence[Span]] = ((), ())
) -> tuple[OwnSound, OwnSound] | None:
    """Both sides of a call of two channels (16 kHz, else ValueError); None when they do not tell.

    ``gaps``: where the file has no sound, of each side.
    """
    waveforms = [first, second]
    gates = [extract.gate(waveform, gaps=empty) for waveform, empty in zip(waveforms, gaps, strict=True)]
    own = ownership(gates[0], gates[1])
    if own is None:
        return None
    dry = _without_leaks(first, second, gates, own)
    for side, (waveform, given) in enumerate(zip(dry, (first, second), strict=True)):
        if waveform is not given:
            waveforms[side], gates[side] = waveform, extract.gate(waveform, gaps=gaps[side])
    again = ownership(gates[0], gates[1])
    if again is None:  # the leak was all that told them apart: nobody speaks alone
        return None
    speech = again.of_first(gates[0].speech), again.of_second(gates[1].speech)
    heard = [vocal_activity(gate.speech, gate.level, gate.noise_floor_dbfs) for gate in gates]
    voices = again.of_first(heard[0]), again.of_second(heard[1])
    mine, theirs = (
        OwnSound(waveform, replace(gate, speech=spans), voice)
        for waveform, gate, spans, voice in zip(waveforms, gates, speech, voices, strict=True)
    )
    return mine, theirs


def _without_leaks(
    first: Waveform, second: Waveform, gates: Sequence[Gate], own: Ownership
) -> tuple[Waveform, Waveform]:
    """Both channels less the other's leak; the very waveform given where there is none."""
    n = len(own.first)
    speaks = [frame_mask(gate.speech, n, own.hop_s) for gate in gates]
    first_alone = _stretches(speaks[0] & own.first & ~own.second, own.hop_s)
    second_alone = _stretches(speaks[1] & own.second & ~own.first, own.hop_s)
    return without_leak(first, second, second_alone), without_leak(second, first, first_alone)


def _stretches(alone: NDArray[np.bool_], hop_s: float) -> list[Span]:
    spans = (run_span(run, hop_s) for run in runs(alone))
    return [span for span in spans if span.duration_s >= SHORTEST_ALONE_S]


def without_leak(channel: Waveform, other: Waveform, alone: Sequence[Span]) -> Waveform:
    """``channel`` less what leaks into it from ``other``, as learnt where only the other one speaks.

    ``alone``: those stretches, ordered. The very ``channel`` where it holds no leak or too little is there
    to learn from.
    """
    pairs = _learnt_from(channel, other, alone, 0)
    if sum(len(heard) for heard, _ in pairs) < s_to_samples(LEAST_ALONE_S, channel.rate_hz):
        return channel
    reach = s_to_samples(LONGEST_DELAY_S, channel.rate_hz)
    delay = int(np.argmax(np.abs(_correlation(pairs, reach)))) - reach - LEAD
    pairs = _learnt_from(channel, other, alone, delay)
    wanted = _correlation(pairs, TAPS)[TAPS : 2 * TAPS]
    same = _correlation([(source, source) for _, source in pairs], TAPS)[TAPS : 2 * TAPS]
    if same[0] <= 0.0:
        return channel
    table = same[np.abs(np.subtract.outer(np.arange(TAPS), np.arange(TAPS)))]
    path = np.linalg.solve(table + _RIDGE * same[0] * np.eye(TAPS), wanted)
    before = sum(float(np.dot(heard, heard)) for heard, _ in pairs)
    removed = float(np.dot(path, wanted))  # what the least-squares filter explains
    if before <= 0.0 or removed < before * (1.0 - 10.0 ** (-LEAST_REMOVED_DB / 10.0)):
        return channel
    leak = _filtered(other.samples, path, delay, len(channel.samples))
    return Waveform(channel.samples - leak, channel.rate_hz)


def _learnt_from(
    channel: Waveform, other: Waveform, alone: Sequence[Span], delay: int
) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Sound of the channel in each stretch, up to :data:`MOST_ALONE_S` in all, and the other's before it.

    The other one's sound is that of ``delay`` samples before.
    """
    pairs, left = [], s_to_samples(MOST_ALONE_S, channel.rate_hz)
    n_both = min(len(channel.samples), len(other.samples))
    for span in alone:
        first = max(s_to_samples(span.start_s, channel.rate_hz), delay, 0)
        stop = min(s_to_samples(span.end_s, channel.rate_hz), n_both, n_both + delay, first + left)
        if first < stop:
            heard, source = channel.samples[first:stop], other.samples[first - delay : stop - delay]
            pairs.append((heard.astype(np.float64), source.astype(np.float64)))
            left -= stop - first
    return pairs


def _correlation(
    pairs: Sequence[tuple[NDArray[np.float64], NDArray[np.float64]]], reach: int
) -> NDArray[np.float64]:
    """Sum of ``heard[t] * source[t - lag]`` over the pairs, for the lags -reach .. reach."""
    total = np.zeros(2 * reach + 1)
    for heard, source in pairs:
        size = 1 << int(len(heard) + reach).bit_length()
        whole = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(source, size)), size)
        total += np.concatenate([whole[-reach:], whole[: reach + 1]])
    return total


def _filtered(
    samples: NDArray[np.float32], path: NDArray[np.float64], delay: int, n: int
) -> NDArray[np.float32]:
    """``samples`` through ``path`` and ``delay`` samples later (earlier where negative), n samples."""
    response = np.fft.rfft(path, _BLOCK)
    step = _BLOCK - len(path) + 1
    out = np.zeros(n, dtype=np.float32)
    for start in range(0, len(samples), step):
        block = samples[start : start + step]
        leak = np.fft.irfft(np.fft.rfft(block, _BLOCK) * response, _BLOCK)[: len(block) + len(path) - 1]
        first = start + delay
        skipped = max(-first, 0)
        stop = min(first + len(leak), n)
        if first + skipped < stop:
            out[first + skipped : stop] += leak[skipped : stop - first].astype(np.float32)
    return out
