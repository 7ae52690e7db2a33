"""Sounding spans: edges against bursts of known place, the whole path against made speech."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.audio import decode
from voicecoach.features.level import LOWEST_DBFS, level_track
from voicecoach.features.sound import SILENT_PAUSE_S
from voicecoach.features.speech import noise_floor_dbfs, speech_probability, speech_spans
from voicecoach.model.audio import Span, Track, Waveform
from voicecoach.model.spans import gaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

OVERLAP_SMALLEST = 0.5
"""Share of the longer of two pauses that must be shared for them to be one (as in the benchmark)."""
RATE_HZ = 16_000
FIXTURES = Path(__file__).parents[2] / "audio_fixtures"
HOP_S = 0.005
GATE_HOP_S = 0.032
EDGE_TOLERANCE_S = 0.015
"""Half of the level's window and a hop."""
SPEECH_EDGE_TOLERANCE_S = 0.045
"""Made speech rises and falls over some tens of milliseconds."""
NOISY_EDGE_TOLERANCE_S = 0.090
"""And its ends drown in noise."""
SHIFT_TOLERANCE_S = HOP_S + 1e-6
VOWELS_HZ = np.array(
    [(730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480), (570, 840, 2410)], dtype=float
)
"""Formants of five vowels (Peterson & Barney 1952)."""
FORMANTS = ((60.0, 1.0), (90.0, 0.5), (130.0, 0.25))
"""Bandwidth in Hz and height of the formants."""


def syllable(rng: np.random.Generator, duration_s: float, f0_hz: tuple[float, float]) -> NDArray[np.float64]:
    """Thirty-five harmonics under formants that glide from one vowel to the next."""
    n = round(duration_s * RATE_HZ)
    at = np.arange(n) / n
    f0 = (f0_hz[0] + (f0_hz[1] - f0_hz[0]) * at) * (1.0 + 0.01 * np.cumsum(rng.normal(size=n)) / np.sqrt(n))
    phase = np.cumsum(f0) / RATE_HZ
    begin, end = VOWELS_HZ[rng.integers(0, 5)], VOWELS_HZ[rng.integers(0, 5)]
    formants = begin + (end - begin) / (1.0 + np.exp(-10.0 * (at[:, None] - 0.5)))
    voice = np.zeros(n)
    for harmonic in range(1, 36):
        gain = np.full(n, 0.003)
        for k, (width_hz, height) in enumerate(FORMANTS):
            gain += height / (1.0 + ((harmonic * f0 - formants[:, k]) / width_hz) ** 2)
        voice += (
            np.where(harmonic * f0 < 7500.0, gain * np.sin(2.0 * np.pi * harmonic * phase), 0.0)
            / harmonic**0.6
        )
    voice *= np.minimum(1.0, np.minimum(at / 0.12, (1.0 - at) / 0.25))
    return np.asarray(voice / np.sqrt(np.mean(voice**2)))


def speech(duration_s: float, seed: int) -> NDArray[np.float32]:
    """Syllables with a breath of friction between them, -20 dBFS."""
    rng = np.random.default_rng(seed)
    n = round(duration_s * RATE_HZ)
    parts: list[NDArray[np.float64]] = []
    while sum(map(len, parts)) < n:
        base_hz = 150.0 - 20.0 * sum(map(len, parts)) / n
        f0_hz = (base_hz * rng.uniform(0.85, 1.25), base_hz * rng.uniform(0.8, 1.2))
        parts.append(syllable(rng, rng.uniform(0.14, 0.22), f0_hz))
        friction = np.diff(rng.normal(size=round(rng.uniform(0.03, 0.05) * RATE_HZ)))
        parts.append(0.25 * friction * np.hanning(len(friction)))
    voice = np.concatenate(parts)[:n]
    voice[-480:] *= np.linspace(1.0, 0.0, 480)
    return (0.1 * voice).astype(np.float32)


def answer(lengths_s: Sequence[float], *, seed: int = 0) -> tuple[NDArray[np.float32], tuple[Span, ...]]:
    """Silence, speech, silence, ... of those lengths, with room noise at -80 dBFS; and the true speech."""
    parts, spans, at_s = [], [], 0.0
    for i, length_s in enumerate(lengths_s):
        spoken = i % 2 == 1
        parts.append(
            speech(length_s, seed + i) if spoken else np.zeros(round(length_s * RATE_HZ), np.float32)
        )
        if spoken:
            spans.append(Span(at_s, at_s + length_s))
        at_s += length_s
    sound = np.concatenate(parts)
    room = np.random.default_rng(seed).normal(0.0, 1e-4, len(sound))
    return (sound + room).astype(np.float32), tuple(spans)


def pauses(spans: Sequence[Span]) -> tuple[Span, ...]:
    return gaps(spans, shortest_s=SILENT_PAUSE_S)


def spans_of(samples: NDArray[np.floating]) -> tuple[Span, ...]:
    waveform = Waveform(samples.astype(np.float32), RATE_HZ)
    return speech_spans(level_track(waveform), speech_probability(waveform))


def assert_same(found: Sequence[Span], expected: Sequence[Span], tolerance_s: float) -> None:
    assert len(found) == len(expected), f"{found} against {expected}"
    for one, other in zip(found, expected, strict=True):
        assert abs(one.start_s - other.start_s) <= tolerance_s, f"{one} against {other}"
        assert abs(one.end_s - other.end_s) <= tolerance_s, f"{one} against {other}"


# -- refinement, with a made gate ------------------------------------------------------------------


def burst_level(bursts: Sequence[Span], duration_s: float, *, floor_db: float = -60.0) -> Track:
    """Noise bursts at -20 dBFS over a floor, as a level track."""
    rng = np.random.default_rng(7)
    samples = rng.normal(0.0, 10.0 ** (floor_db / 20.0), round(duration_s * RATE_HZ))
    for burst in bursts:
        cut = slice(round(burst.start_s * RATE_HZ), round(burst.end_s * RATE_HZ))
        samples[cut] += rng.normal(0.0, 0.1, cut.stop - cut.start)
    return level_track(Waveform(samples.astype(np.float32), RATE_HZ))


def gate(spans: Sequence[Span], duration_s: float, *, late_s: float = 0.0, hold_s: float = 0.0) -> Track:
    """A gate that is sure, but may open late and hold on."""
    times_s = (np.arange(int(duration_s / GATE_HOP_S)) + 0.5) * GATE_HOP_S
    values = np.full(len(times_s), 0.01)
    for span in spans:
        values[(times_s >= span.start_s + late_s) & (times_s < span.end_s + hold_s)] = 0.99
    return Track(values, GATE_HOP_S / 2.0, GATE_HOP_S, "probability")


@pytest.mark.parametrize(("late_s", "hold_s"), [(0.0, 0.0), (0.06, 0.0), (0.0, 0.12), (0.06, 0.12)])
def test_edges_come_from_the_level_not_from_the_gate(late_s: float, hold_s: float) -> None:
    bursts = (Span(1.0, 2.0), Span(2.3, 3.5), Span(4.5, 5.0))
    spans = speech_spans(burst_level(bursts, 6.0), gate(bursts, 6.0, late_s=late_s, hold_s=hold_s))
    assert_same(spans, bursts, EDGE_TOLERANCE_S)


def test_a_noise_that_the_gate_rejects_is_silence() -> None:
    said, slam = Span(1.0, 2.0), Span(3.0, 3.3)
    spans = speech_spans(burst_level((said, slam), 5.0), gate((said,), 5.0))
    assert_same(spans, (said,), EDGE_TOLERANCE_S)


def test_a_noise_that_runs_into_speech_is_left_out_when_the_gate_is_sure() -> None:
    said, slam = Span(1.0, 2.0), Span(2.0, 2.5)
    gated = gate((said,), 4.0)
    sure = Track(np.where(gated.values > 0.5, 0.99, 0.001), gated.first_s, gated.hop_s, gated.unit)
    (span,) = speech_spans(burst_level((said, slam), 4.0), sure)
    assert span.end_s == pytest.approx(said.end_s, abs=GATE_HOP_S)


@pytest.mark.parametrize(("closure_s", "n_spans"), [(0.030, 1), (0.100, 2)])
def test_only_short_closures_belong_to_the_speech(closure_s: float, n_spans: int) -> None:
    bursts = (Span(1.0, 2.0), Span(2.0 + closure_s, 3.0))
    assert len(speech_spans(burst_level(bursts, 4.0), gate((Span(1.0, 3.0),), 4.0))) == n_spans


def test_a_click_is_no_speech() -> None:
    said, click = Span(1.0, 2.0), Span(3.0, 3.002)
    gated = gate((said, Span(2.98, 3.02)), 4.0)
    assert_same(speech_spans(burst_level((said, click), 4.0), gated), (said,), EDGE_TOLERANCE_S)


def test_the_threshold_follows_a_fan_that_is_switched_on() -> None:
    """The floor rises by 25 dB half-way; pauses before and after are found alike."""
    bursts = tuple(Span(2.0 * i + 0.5, 2.0 * i + 2.0) for i in range(40))
    rng = np.random.default_rng(8)
    samples = rng.normal(0.0, 1e-3, 81 * RATE_HZ)
    samples[40 * RATE_HZ :] = rng.normal(0.0, 1e-3 * 10.0 ** (25.0 / 20.0), 41 * RATE_HZ)
    for burst in bursts:
        cut = slice(round(burst.start_s * RATE_HZ), round(burst.end_s * RATE_HZ))
        samples[cut] += rng.normal(0.0, 0.1, cut.stop - cut.start)
    spans = speech_spans(level_track(Waveform(samples.astype(np.float32), RATE_HZ)), gate(bursts, 81.0))
    assert_same(spans, bursts, EDGE_TOLERANCE_S)


def test_a_speaker_who_moves_away_is_still_heard() -> None:
    bursts = tuple(Span(2.0 * i + 0.5, 2.0 * i + 2.0) for i in range(40))
    rng = np.random.default_rng(9)
    samples = rng.normal(0.0, 1e-4, 81 * RATE_HZ)
    for i, burst in enumerate(bursts):
        cut = slice(round(burst.start_s * RATE_HZ), round(burst.end_s * RATE_HZ))
        samples[cut] += rng.normal(0.0, 0.1 * 10.0 ** (-i / 20.0), cut.stop - cut.start)
    spans = speech_spans(level_track(Waveform(samples.astype(np.float32), RATE_HZ)), gate(bursts, 81.0))
    assert_same(spans, bursts, EDGE_TOLERANCE_S)


def test_without_speech_there_are_no_spans() -> None:
    assert speech_spans(burst_level((Span(1.0, 2.0),), 3.0), gate((), 3.0)) == ()
    assert speech_spans(burst_level((), 1.0), Track(np.zeros(0), 0.0, GATE_HOP_S, "probability")) == ()


def test_speech_from_the_first_to_the_last_sample_stays_inside_the_recording() -> None:
    whole = Span(0.0, 3.0)
    (span,) = speech_spans(burst_level((whole,), 3.0), gate((whole,), 3.2))
    assert span.start_s == 0.0
    assert span.end_s == pytest.approx(3.0, abs=1e-9)


def test_the_noise_floor_is_the_level_outside_speech() -> None:
    said = (Span(1.0, 2.0),)
    floor = noise_floor_dbfs(burst_level(said, 4.0, floor_db=-50.0), gate(said, 4.0))
    assert floor == pytest.approx(-50.0 + 10.0 * np.log10((4000.0 - 150.0) / 8000.0), abs=0.5)


def test_digital_silence_is_no_noise_floor_unless_there_is_nothing_else() -> None:
    said = (Span(3.0, 4.0),)
    samples = np.random.default_rng(10).normal(0.0, 1e-3, 5 * RATE_HZ)
    samples[48_000:64_000] += np.random.default_rng(11).normal(0.0, 0.1, 16_000)
    samples[:40_000] = 0.0
    level = level_track(Waveform(samples.astype(np.float32), RATE_HZ))
    assert noise_floor_dbfs(level, gate(said, 5.0)) == pytest.approx(-63.2, abs=1.0)
    nothing = level_track(Waveform(np.zeros(RATE_HZ, dtype=np.float32), RATE_HZ))
    assert noise_floor_dbfs(nothing, gate((), 1.0)) == LOWEST_DBFS


def noisy_level(noises: Sequence[tuple[float, float, float]], duration_s: float) -> Track:
    """Rooms at -70 dBFS with noise of so much dBFS from one second to another."""
    rng = np.random.default_rng(3)
    samples = rng.normal(0.0, 10.0 ** (-70.0 / 20.0), round(duration_s * RATE_HZ))
    for first_s, last_s, dbfs in noises:
        first, last = round(first_s * RATE_HZ), round(last_s * RATE_HZ)
        samples[first:last] += rng.normal(0.0, 10.0 ** (dbfs / 20.0), last - first)
    return level_track(Waveform(samples.astype(np.float32), RATE_HZ))


@pytest.mark.parametrize(
    ("noises", "share"),
    [
        ([(0.0, 60.0, -30.0)], 1.0),
        ([(0.3, 60.0, -30.0)], 1.0),  # late
        ([(30.0, 60.0, -30.0)], 0.5),
        ([(0.0, 30.0, -30.0)], 0.5),  # ended
        ([(t, t + 5.0, -30.0) for t in range(0, 60, 10)], 0.5),  # intermittent
        ([(20.0, 20.4, -20.0)], 0.0),  # a cough
    ],
)
def test_noise_counts_by_the_time_that_it_lasts(
    noises: list[tuple[float, float, float]], share: float
) -> None:
    said = [Span(t, t + 2.0) for t in np.arange(0.5, 57.0, 3.0)]
    level = noisy_level(noises, 60.0)
    steady = noise_floor_dbfs(noisy_level([(0.0, 60.0, -30.0)], 60.0), gate(said, 60.0))
    quiet = noise_floor_dbfs(noisy_level([], 60.0), gate(said, 60.0))
    floor = noise_floor_dbfs(level, gate(said, 60.0))
    assert steady is not None
    assert quiet is not None
    expected = steady + 10.0 * np.log10(share) if share else quiet
    assert floor == pytest.approx(expected, abs=1.0 if share else 0.3)


def test_noise_that_comes_while_nobody_pauses_fills_the_dips_of_the_speech() -> None:
    said = (Span(1.0, 30.0),)
    level = noisy_level([(10.0, 30.0, -30.0)], 31.0)
    floor = noise_floor_dbfs(level, gate(said, 31.0))
    assert floor is not None
    assert floor > -45.0


def test_music_and_lost_sound_are_no_noise_and_set_no_threshold() -> None:
    said = (Span(1.0, 10.0), Span(20.0, 30.0))
    level = noisy_level([(1.0, 10.0, -20.0), (12.0, 18.0, -15.0), (20.0, 30.0, -20.0)], 31.0)
    gated = gate(said, 31.0)
    apart = (Span(11.9, 18.1),)
    quiet = noisy_level([(1.0, 10.0, -20.0), (20.0, 30.0, -20.0)], 31.0)
    assert noise_floor_dbfs(level, gated, apart=apart) == pytest.approx(
        noise_floor_dbfs(quiet, gated), abs=0.3
    )
    assert_same(speech_spans(level, gated, apart=apart), said, EDGE_TOLERANCE_S)


def test_speech_throughout_leaves_no_noise_floor() -> None:
    whole = (Span(0.0, 3.2),)
    assert noise_floor_dbfs(burst_level(whole[:0], 3.0), gate(whole, 3.2)) is None


@settings(max_examples=20, deadline=None)
@given(
    gain_db=st.floats(-40.0, 0.0),
    lengths_s=st.lists(st.floats(0.3, 1.5), min_size=4, max_size=8),
)
def test_gain_does_not_move_an_edge(gain_db: float, lengths_s: list[float]) -> None:
    edges_s = np.concatenate([[0.0], np.cumsum(lengths_s)])
    bursts = tuple(Span(edges_s[i], edges_s[i + 1]) for i in range(1, len(lengths_s), 2))
    duration_s = float(edges_s[-1]) + 0.5
    level, gated = burst_level(bursts, duration_s, floor_db=-55.0), gate(bursts, duration_s)
    quiet = Track(level.values + gain_db, level.first_s, level.hop_s, level.unit)
    assert_same(speech_spans(quiet, gated), speech_spans(level, gated), SHIFT_TOLERANCE_S)


# -- the whole path, with the real gate --------------------------------------------------------------

LENGTHS_S = (1.0, 2.0, 0.4, 1.5, 1.2, 2.5, 0.3, 1.8, 3.5, 1.4, 0.6)


def pink(n: int, seed: int) -> NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    frequency = np.maximum(np.arange(n // 2 + 1), 1.0)
    noise = np.fft.irfft(
        (rng.normal(size=n // 2 + 1) + 1j * rng.normal(size=n // 2 + 1)) / np.sqrt(frequency), n
    )
    return np.asarray(noise / np.sqrt(np.mean(noise**2)))


@pytest.mark.weights
def test_made_speech_opens_the_gate_and_noise_does_not() -> None:
    sound, _ = answer((1.0, 3.0, 1.0))
    probability = speech_probability(Waveform(sound, RATE_HZ))
    assert probability.hop_s == pytest.approx(GATE_HOP_S)
    assert np.median(probability.within(Span(1.1, 3.9))) > 0.9
    assert probability.within(Span(0.0, 0.9)).max() < 0.2
    noise = (0.1 * pink(5 * RATE_HZ, 1)).astype(np.float32)
    assert speech_probability(Waveform(noise, RATE_HZ)).values.max() < 0.5


@pytest.mark.weights
def test_blocks_leave_no_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    waveform = Waveform(answer(LENGTHS_S)[0], RATE_HZ)
    whole = speech_probability(waveform).values
    monkeypatch.setattr("voicecoach.features.speech._BLOCK_FRAMES", 7)
    np.testing.assert_allclose(speech_probability(waveform).values, whole, atol=1e-4)


@pytest.mark.weights
@pytest.mark.parametrize("seed", [0, 100])
def test_pauses_of_made_speech_stand_where_they_were_put(seed: int) -> None:
    sound, truth = answer(LENGTHS_S, seed=seed)
    assert_same(pauses(spans_of(sound)), pauses(truth), SPEECH_EDGE_TOLERANCE_S)


@pytest.mark.weights
@pytest.mark.parametrize("snr_db", [20.0, 10.0])
def test_pauses_in_pink_noise(snr_db: float) -> None:
    sound, truth = answer(LENGTHS_S)
    noisy = sound + 0.1 * 10.0 ** (-snr_db / 20.0) * pink(len(sound), 2)
    assert_same(pauses(spans_of(noisy)), pauses(truth), NOISY_EDGE_TOLERANCE_S)


@pytest.mark.weights
@pytest.mark.parametrize("gain_db", [-50.0, -30.0, -10.0, 10.0])
def test_gain_does_not_change_the_pauses(gain_db: float) -> None:
    sound, _ = answer(LENGTHS_S)
    louder = sound * np.float32(10.0 ** (gain_db / 20.0))
    assert_same(pauses(spans_of(louder)), pauses(spans_of(sound)), SHIFT_TOLERANCE_S)


@pytest.mark.weights
@pytest.mark.parametrize("front_s", [0.005, 0.5, 1.0, 2.345])
def test_silence_in_front_shifts_every_pause_by_itself(front_s: float) -> None:
    sound, _ = answer(LENGTHS_S)
    shifted = np.concatenate([np.zeros(round(front_s * RATE_HZ), dtype=np.float32), sound])
    expected = [pause.shifted(front_s) for pause in pauses(spans_of(sound))]
    assert_same(pauses(spans_of(shifted)), expected, SHIFT_TOLERANCE_S)


@pytest.mark.weights
@pytest.mark.parametrize("name", ["pauses_zh", "pauses_zh_20db", "pauses_zh_10db", "pauses_zh_05db"])
def test_every_pause_of_the_fixtures_is_found_and_no_other(name: str) -> None:
    truth = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    spans = spans_of(decode.load(FIXTURES / f"{name}.flac").waveform.samples)
    expected = [Span(**pause) for pause in truth["pauses"]]
    found = pauses(spans)
    assert len(found) == len(expected)
    for pause, true in zip(found, expected, strict=True):
        assert pause.overlap_s(true) >= OVERLAP_SMALLEST * max(pause.duration_s, true.duration_s)


@pytest.mark.weights
def test_the_gate_does_not_see_silence_in_front() -> None:
    sound, _ = answer((0.5, 2.0, 0.5))
    shifted = np.concatenate([np.zeros(5_003, dtype=np.float32), sound])
    before, after = (speech_probability(Waveform(x, RATE_HZ)) for x in (sound, shifted))
    np.testing.assert_allclose(after.values, before.values, atol=1e-5)
    assert after.first_s == pytest.approx(before.first_s + 5_003 / RATE_HZ)


@pytest.mark.weights
def test_silence_alone_has_no_speech() -> None:
    assert spans_of(np.zeros(2 * RATE_HZ)) == ()
    assert spans_of(np.zeros(1)) == ()


def test_the_gate_takes_one_rate_only() -> None:
    with pytest.raises(ValueError, match="takes 16000 Hz, got 8000 Hz"):
        speech_probability(Waveform(np.zeros(8_000, dtype=np.float32), 8_000))
