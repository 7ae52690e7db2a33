"""What is not the speaker's: found where it was put, and nothing found where there is only a voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from voicecoach.features.interruptions import interruptions, spans_of
from voicecoach.features.level import level_track
from voicecoach.model.audio import Interruption, Span, Track, Waveform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Sound = NDArray[np.float64]

RATE_HZ = 16_000
LENGTH_S = 12.0


def voice(duration_s: float, seed: int = 0) -> Sound:
    """A gliding buzz under two moving resonances, four syllables a second, -20 dBFS."""
    n = round(duration_s * RATE_HZ)
    rng = np.random.default_rng(seed)
    times_s = np.arange(n) / RATE_HZ
    f0 = 180.0 * (1.0 + 0.25 * np.sin(2.0 * np.pi * 1.3 * times_s + rng.uniform(0, 6)))
    phase = 2.0 * np.pi * np.cumsum(f0) / RATE_HZ
    formant = 900.0 + 500.0 * np.sin(2.0 * np.pi * 2.1 * times_s)
    sound = sum(np.sin(k * phase) / (1.0 + ((k * f0 - formant) / 300.0) ** 2) for k in range(1, 21)) * (
        0.3 + np.abs(np.sin(2.0 * np.pi * 2.0 * times_s))
    )
    sound = sound + 0.02 * rng.standard_normal(n)
    made: Sound = 0.1 * sound / np.sqrt(np.mean(sound**2))
    return made


def chords(duration_s: float) -> Sound:
    times_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    roots = np.where(np.floor(times_s * 2.0) % 2 == 0, 262.0, 330.0)
    phase = 2.0 * np.pi * np.cumsum(roots) / RATE_HZ
    made: Sound = 0.03 * np.sum([np.sin(phase * ratio) for ratio in (1.0, 1.25, 1.5, 2.0, 3.0, 4.0)], axis=0)
    return made


def tone(duration_s: float, *hz: float) -> Sound:
    times_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    made: Sound = 0.1 * np.sum([np.sin(2.0 * np.pi * f * times_s) for f in hz], axis=0)
    return made


def answer(*laid: tuple[float, Sound], silent: Sequence[Span] = ()) -> Sound:
    sound = voice(LENGTH_S)
    for span in silent:
        first, last = round(span.start_s * RATE_HZ), round(span.end_s * RATE_HZ)
        sound[first:last] = 0.0
    for at_s, what in laid:
        place = round(at_s * RATE_HZ)
        sound[place : place + len(what)] = what
    room = np.random.default_rng(5).normal(0.0, 1e-4, len(sound))
    made: Sound = sound + room
    return made


def found(sound: Sound, *, no_speech: Sequence[Span] = ()) -> tuple[Interruption, ...]:
    """As if the gate heard speech everywhere but in ``no_speech``."""
    waveform = Waveform(sound.astype(np.float32), RATE_HZ)
    gate = np.full(round(len(sound) / RATE_HZ / 0.032), 0.95)
    for span in no_speech:
        gate[round(span.start_s / 0.032) : round(span.end_s / 0.032)] = 0.02
    return interruptions(waveform, level_track(waveform), Track(gate, 0.016, 0.032, ""))


def test_a_voice_alone_is_interrupted_by_nothing() -> None:
    assert found(answer()) == ()
    assert found(answer(silent=[Span(4.0, 6.0)]), no_speech=[Span(4.0, 6.0)]) == ()


def test_music_is_found_where_the_gate_hears_no_speech() -> None:
    sound, place = answer((4.0, chords(4.0))), Span(4.0, 8.0)
    (music,) = found(sound, no_speech=[place])
    assert music.kind == "music"
    assert music.span.overlap_s(place) > 3.7
    assert music.span.duration_s < 4.3
    assert found(sound) == ()  # a singer is speech to the gate


def test_noise_as_loud_as_speech_is_no_music() -> None:
    noise = 0.1 * np.random.default_rng(1).standard_normal(4 * RATE_HZ)
    assert found(answer((4.0, noise)), no_speech=[Span(4.0, 8.0)]) == ()


def test_music_far_under_the_voice_interrupts_nobody() -> None:
    quiet = answer((4.0, 0.03 * chords(4.0)))
    assert found(quiet, no_speech=[Span(4.0, 8.0)]) == ()


@pytest.mark.parametrize("hz", [(1000.0,), (440.0, 480.0), (697.0, 1209.0), (1400.0,)])
@pytest.mark.parametrize("length_s", [0.3, 1.0])
def test_a_tone_is_found_whatever_the_gate_says(hz: tuple[float, ...], length_s: float) -> None:
    place = Span(5.0, 5.0 + length_s)
    (beep,) = found(answer((5.0, tone(length_s, *hz))))
    assert beep.kind == "tone"
    assert beep.span.start_s == pytest.approx(place.start_s, abs=0.04)
    assert beep.span.end_s == pytest.approx(place.end_s, abs=0.04)


def zeroed(sound: Sound, *spans: Span) -> Sound:
    made = sound.copy()
    for span in spans:
        made[round(span.start_s * RATE_HZ) : round(span.end_s * RATE_HZ)] = 0.0
    return made


@pytest.mark.parametrize("length_s", [0.02, 0.06, 0.3])
def test_zeros_that_cut_a_sound_off_are_loss(length_s: float) -> None:
    place = Span(5.1, 5.1 + length_s)
    (loss,) = found(zeroed(answer(), place))
    assert loss.kind == "loss"
    assert loss.span.start_s == pytest.approx(place.start_s, abs=0.004)
    assert loss.span.end_s == pytest.approx(place.end_s, abs=0.004)


@pytest.mark.parametrize("n_repeated", [1, 3])
@pytest.mark.parametrize("packet_s", [0.02, 0.03, 0.04])
def test_a_packet_that_comes_again_is_loss(packet_s: float, n_repeated: int) -> None:
    sound, packet = answer(), round(packet_s * RATE_HZ)
    first = 5 * RATE_HZ
    sound[first : first + n_repeated * packet] = np.tile(sound[first - packet : first], n_repeated)
    (loss,) = found(sound)
    assert loss.kind == "loss"
    assert loss.span.start_s == pytest.approx(5.0, abs=0.004)
    assert loss.span.duration_s == pytest.approx(n_repeated * packet_s, abs=0.006)


def test_blocks_leave_no_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = zeroed(answer((2.0, tone(0.5, 1000.0)), (7.0, chords(3.0))), Span(5.1, 5.2))
    whole = found(sound, no_speech=[Span(7.0, 10.0)])
    monkeypatch.setattr("voicecoach.features.interruptions._BLOCK", 7)
    monkeypatch.setattr("voicecoach.features.interruptions._POWER_BLOCK", 11)
    assert found(sound, no_speech=[Span(7.0, 10.0)]) == whole


def test_zeros_after_a_decay_are_a_closed_gate_and_no_loss() -> None:
    sound = answer()
    first, last, fade = 5 * RATE_HZ, 6 * RATE_HZ, round(0.05 * RATE_HZ)
    sound[first - fade : first] *= np.linspace(1.0, 0.0, fade) ** 2
    sound[first:last] = 0.0
    assert found(sound, no_speech=[Span(5.0, 6.0)]) == ()


def test_without_speech_there_is_no_answer_to_interrupt() -> None:
    assert found(chords(4.0), no_speech=[Span(0.0, 4.0)]) == ()
    nothing = Waveform(np.zeros(10, dtype=np.float32), RATE_HZ)
    assert interruptions(nothing, level_track(nothing), Track(np.zeros(0), 0.0, 0.032, "")) == ()


def test_spans_are_chosen_by_kind_and_do_not_overlap() -> None:
    sound = zeroed(answer((2.0, tone(0.5, 1000.0)), (7.0, chords(3.0))), Span(5.1, 5.2))
    all_of_them = found(sound, no_speech=[Span(7.0, 10.0)])
    assert [each.kind for each in all_of_them] == ["tone", "loss", "music"]
    assert spans_of(all_of_them, "tone", "music") == (all_of_them[0].span, all_of_them[2].span)
    assert spans_of(all_of_them) == tuple(each.span for each in all_of_them)


def test_where_the_file_has_no_sound_is_a_gap_and_nothing_else() -> None:
    gap = Span(4.0, 5.5)
    sound = answer(silent=[gap])
    sound[round(4.0 * RATE_HZ) : round(5.5 * RATE_HZ)] = 0.0
    waveform = Waveform(sound.astype(np.float32), RATE_HZ)
    gate = Track(np.full(round(LENGTH_S / 0.032), 0.95), 0.016, 0.032, "")
    assert spans_of(interruptions(waveform, level_track(waveform), gate), "loss") != ()
    assert interruptions(waveform, level_track(waveform), gate, gaps=[gap]) == (Interruption(gap, "gap"),)
    nobody = Track(np.zeros(round(LENGTH_S / 0.032)), 0.016, 0.032, "")
    assert interruptions(waveform, level_track(waveform), nobody, gaps=[gap]) == (Interruption(gap, "gap"),)
