"""Noise beds: a loop without a seam, of the level and the character that its name says."""

from __future__ import annotations

import numpy as np
import pytest

from voicecoach.errors import UsageError
from voicecoach.features import noise
from voicecoach.features.noise import BED_DBFS, KINDS, NoiseKind, at_snr, bed, sounding_dbfs, under
from voicecoach.model.audio import Waveform

RATE_HZ = 16_000
LEVEL_TOLERANCE_DB = 0.1
SEAM_RATIO = 1.5
"""The step over the seam against the highest of the steps elsewhere."""


@pytest.fixture(scope="module")
def beds() -> dict[NoiseKind, Waveform]:
    return {kind: bed(kind, 6.0, RATE_HZ, seed=3) for kind in KINDS}


def rms_dbfs(samples: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(samples.astype(np.float64) ** 2)))


def share_above(waveform: Waveform, frequency_hz: float) -> float:
    power = np.abs(np.fft.rfft(waveform.samples)) ** 2
    return float(
        power[np.fft.rfftfreq(len(waveform.samples), 1 / RATE_HZ) > frequency_hz].sum() / power.sum()
    )


def tone(level_dbfs: float, duration_s: float = 2.0) -> Waveform:
    time_s = np.arange(int(duration_s * RATE_HZ)) / RATE_HZ
    amplitude = np.sqrt(2) * 10 ** (level_dbfs / 20)
    return Waveform((amplitude * np.sin(2 * np.pi * 200 * time_s)).astype(np.float32), RATE_HZ)


@pytest.mark.parametrize("kind", KINDS)
def test_a_bed_has_its_length_level_and_no_clipping(beds: dict[NoiseKind, Waveform], kind: NoiseKind) -> None:
    made = beds[kind]
    assert (len(made.samples), made.rate_hz) == (6 * RATE_HZ, RATE_HZ)
    assert rms_dbfs(made.samples) == pytest.approx(BED_DBFS, abs=LEVEL_TOLERANCE_DB)
    assert np.abs(made.samples).max() < 1.0


@pytest.mark.parametrize("kind", KINDS)
def test_a_bed_loops_without_a_seam(beds: dict[NoiseKind, Waveform], kind: NoiseKind) -> None:
    samples = beds[kind].samples
    steps = np.abs(np.diff(samples))
    assert abs(samples[0] - samples[-1]) < SEAM_RATIO * np.percentile(steps, 99.9)
    # a spectrum of the seam like that of any other place: a click would lift its highest octave
    around = np.concatenate([samples[-512:], samples[:512]])
    pieces = samples[: len(samples) // 1024 * 1024].reshape(-1, 1024)

    def high(piece: np.ndarray) -> float:
        return float((np.abs(np.fft.rfft(piece * np.hanning(1024)))[384:] ** 2).sum())

    assert high(around) <= max(high(piece) for piece in pieces) * SEAM_RATIO


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_bed_and_another_another(kind: NoiseKind) -> None:
    first, again, other = (bed(kind, 5.0, 8000, seed=seed).samples for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert abs(np.corrcoef(first, other)[0, 1]) < 0.2


def test_places_sound_different(beds: dict[NoiseKind, Waveform]) -> None:
    assert share_above(beds["street"], 1000.0) < 0.5 * share_above(beds["cafe"], 1000.0)
    assert share_above(beds["office"], 250.0) > share_above(beds["street"], 250.0)


def test_talk_in_the_background_has_the_rhythm_of_syllables() -> None:
    scene = noise._Scene(RATE_HZ * 20, RATE_HZ, np.random.default_rng(1))
    envelope = np.sqrt((noise._babble(scene, 1).reshape(-1, 160) ** 2).mean(1))
    spectrum = np.abs(np.fft.rfft(envelope - envelope.mean())) ** 2
    rhythm_hz = np.fft.rfftfreq(len(envelope), 0.01)
    in_band = spectrum[(rhythm_hz > 2) & (rhythm_hz < 8)].sum()
    assert in_band > 2 * spectrum[(rhythm_hz > 8) & (rhythm_hz < 32)].sum()


def test_the_level_of_a_voice_leaves_its_pauses_out() -> None:
    voice = tone(-20.0)
    silence = np.zeros(3 * RATE_HZ, dtype=np.float32)
    with_pauses = Waveform(np.concatenate([silence, voice.samples, silence]), RATE_HZ)
    assert sounding_dbfs(with_pauses) == pytest.approx(-20.0, abs=LEVEL_TOLERANCE_DB)
    assert sounding_dbfs(Waveform(silence, RATE_HZ)) == -np.inf


@pytest.mark.parametrize("snr_db", [20.0, 10.0, 0.0])
def test_a_bed_lies_so_far_under_the_voice(beds: dict[NoiseKind, Waveform], snr_db: float) -> None:
    made = at_snr(beds["cafe"], tone(-20.0), snr_db)
    assert rms_dbfs(made.samples) == pytest.approx(-20.0 - snr_db, abs=LEVEL_TOLERANCE_DB)


def test_the_bed_runs_on_under_a_longer_voice(beds: dict[NoiseKind, Waveform]) -> None:
    voice = tone(-20.0, 14.0)
    rest = under(voice, beds["street"]).samples - voice.samples
    np.testing.assert_allclose(rest[6 * RATE_HZ : 12 * RATE_HZ], rest[: 6 * RATE_HZ], atol=1e-6)
    loud = Waveform(np.ones(10, dtype=np.float32), RATE_HZ)
    assert under(loud, Waveform(np.full(3, 0.5, dtype=np.float32), RATE_HZ)).samples.max() == 1.0


def test_wrong_requests_are_told() -> None:
    with pytest.raises(UsageError, match="there is no noise 'beach'"):
        bed("beach")  # type: ignore[arg-type]  # what a user may type
    with pytest.raises(UsageError, match=r"1.0 s is too short to loop"):
        bed("cafe", 1.0)
    quiet = Waveform(np.full(10, 0.1, dtype=np.float32), RATE_HZ)
    with pytest.raises(UsageError, match="a noise 60 dB under the voice"):
        at_snr(quiet, tone(-20.0), 60.0)
