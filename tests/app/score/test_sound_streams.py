"""Files with several sound streams: the one that speaks is judged, a track a party is a call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from fakes import FakeEncoder, FakeTranscriber
from sound_files import write_streams, write_wav

from voicecoach.adapters.packs.profiles import load_profile
from voicecoach.app.masking.scored import handed_out
from voicecoach.app.score.analyse import Analyser, Task
from voicecoach.app.score.recording import assess
from voicecoach.app.score.streams import chosen, load_answer, load_call
from voicecoach.audio.decode import RATE_HZ, load, load_channels
from voicecoach.documents.assessment import decode_assessment, encode_assessment
from voicecoach.errors import InputError
from voicecoach.model.audio import Waveform
from voicecoach.rubric.engine import RubricEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from voicecoach.model.assessment import Assessment

    Samples = NDArray[np.float32]

FIXTURES = Path(__file__).parents[3] / "audio_fixtures"
CALL = FIXTURES / "two_party_call.flac"
SAYS = "您好京东客服请问有什么可以帮您先生实在抱歉让您久等了我马上查。"
ROUNDING = 2e-3
"""Of 16 bit and of resampling, full scale 1."""


@pytest.fixture(scope="module")
def voice() -> Samples:
    return load(FIXTURES / "late_delivery_good.flac").waveform.samples[: 8 * RATE_HZ]


@pytest.fixture(scope="module")
def other_voice() -> Samples:
    return load(FIXTURES / "late_delivery_weak.flac").waveform.samples[: 8 * RATE_HZ]


@pytest.fixture(scope="module")
def sides() -> tuple[Samples, ...]:
    return tuple(recording.waveform.samples for recording in load_channels(CALL))


def silence(like: Samples) -> Samples:
    return np.zeros_like(like)


def music(like: Samples) -> Samples:
    """Chords that change every half second, louder than any voice."""
    time_s = np.arange(len(like)) / RATE_HZ
    roots = np.array([220.0, 261.6, 329.6, 196.0])[(time_s / 0.5).astype(int) % 4]
    tones = [np.sin(2 * np.pi * np.cumsum(roots * ratio) / RATE_HZ) for ratio in (1.0, 1.25, 1.5, 2.0)]
    return np.asarray(0.2 * np.sum(tones, axis=0), dtype=np.float32)


def hiss(like: Samples) -> Samples:
    return (0.2 * np.random.default_rng(5).standard_normal(len(like))).astype(np.float32)


def task(stream: int | None = None) -> Task:
    return Task(None, "zh", load_profile("interview", "zh"), stream=stream)


def analyser() -> Analyser:
    return Analyser(FakeTranscriber.of(SAYS, SAYS), RubricEngine(FakeEncoder()))


def analysed(path: Path, *, stream: int | None = None, agent_channel: int | None = None) -> Assessment:
    return assess(analyser(), path, task(stream), agent_channel=agent_channel)


@pytest.mark.parametrize(
    ("ending", "beside"), [("mkv", silence), ("mp4", music), ("mov", hiss), ("mka", music)]
)
def test_the_stream_that_speaks_is_judged_wherever_it_stands(
    tmp_path: Path, voice: Samples, ending: str, beside: Callable[[Samples], Samples]
) -> None:
    other = beside(voice)
    codec = "flac" if ending in ("mkv", "mka") else "aac" if ending == "mp4" else "pcm_s16le"
    for number, tracks in enumerate(([voice, other], [other, voice], [other, other, voice])):
        path = write_streams(tmp_path / f"{number}.{ending}", tracks, RATE_HZ, codec, default=0)
        assert chosen(path).streams == (number,)
        recording = load_answer(path)
        assert recording.streams == (number,)
        assert [each.number for each in recording.others] == [n for n in range(len(tracks)) if n != number]


@pytest.mark.parametrize("number", [8, 11, 17])
def test_the_stream_that_speaks_is_found_behind_many_that_do_not(
    tmp_path: Path, voice: Samples, number: int
) -> None:
    """As recorders with many inputs write them."""
    tracks = [silence(voice)] * number + [voice, silence(voice)]
    path = write_streams(tmp_path / "a.mkv", tracks, RATE_HZ)
    assert chosen(path).streams == (number,)


def test_the_samples_are_those_of_the_stream_that_speaks(tmp_path: Path, voice: Samples) -> None:
    path = write_streams(tmp_path / "a.mkv", [music(voice), voice], RATE_HZ)
    assert np.abs(load_answer(path).waveform.samples - voice).max() < ROUNDING


def test_of_streams_that_speak_alike_the_default_one_is_judged(tmp_path: Path, voice: Samples) -> None:
    """A film in two languages, or at two levels: both speak all the time."""
    for default in (0, 1):
        path = write_streams(tmp_path / f"{default}.mkv", [voice, 0.5 * voice], RATE_HZ, default=default)
        assert chosen(path).streams == (default,)


def test_the_others_are_named_in_the_remark_and_in_the_document(tmp_path: Path, voice: Samples) -> None:
    titles = ("音乐", "客服\x1b[31m", "")
    path = write_streams(tmp_path / "a.mkv", [music(voice), voice, silence(voice)], RATE_HZ, titles=titles)
    assessment = analysed(path)
    document = encode_assessment(assessment)
    assert document["streams"] == [1]
    assert decode_assessment(document).streams == (1,)
    remark = next(refusal for refusal in assessment.refusals if refusal.code == "other_streams")
    assert not remark.blocks_score
    assert "1 was judged, not 0 (音乐), 2" in remark.reason["en"]
    assert "--stream" in remark.remedy["zh"]
    assert "\x1b" not in str(document)


def test_a_file_with_one_stream_says_nothing_of_streams(tmp_path: Path, voice: Samples) -> None:
    assessment = analysed(write_wav(tmp_path / "a.wav", voice, RATE_HZ))
    assert "streams" not in encode_assessment(assessment)
    assert not any(refusal.code == "other_streams" for refusal in assessment.refusals)


def test_a_stream_that_is_asked_for_is_judged_whatever_is_in_it(
    tmp_path: Path, voice: Samples, other_voice: Samples
) -> None:
    path = write_streams(tmp_path / "a.mkv", [voice, other_voice], RATE_HZ)
    for stream, samples in enumerate((voice, other_voice)):
        recording = load_answer(path, stream=stream)
        assert recording.streams == (stream,)
        assert np.abs(recording.waveform.samples - samples).max() < ROUNDING
    assert analysed(path, stream=1).streams == (1,)


@pytest.mark.parametrize(("n", "stream"), [(1, 1), (2, 2), (2, 9999)])
@pytest.mark.parametrize("agent_channel", [None, 0])
def test_a_stream_that_is_not_there_is_told_with_their_number(
    tmp_path: Path, voice: Samples, n: int, stream: int, agent_channel: int | None
) -> None:
    path = write_streams(tmp_path / "a.mkv", [voice] * n, RATE_HZ)
    with pytest.raises(InputError, match=f"no sound stream {stream}; it has {n}, counted from 0") as caught:
        analysed(path, stream=stream, agent_channel=agent_channel)
    assert f"它有 {n} 条音轨" in caught.value.words("zh")


def test_a_track_a_party_is_refused_as_an_answer_with_the_way_out(
    tmp_path: Path, sides: tuple[Samples, ...]
) -> None:
    path = write_streams(tmp_path / "a.mkv", sides, RATE_HZ)
    with pytest.raises(InputError, match="two people, each on a sound stream") as caught:
        analysed(path)
    assert "--agent-channel 0 or --agent-channel 1" in caught.value.hint
    assert "--stream 0" in caught.value.hint
    assert analysed(path, stream=1).streams == (1,)
    assert load_answer(path, channel=1).streams == (1,)


@pytest.mark.parametrize("agent", [0, 1])
def test_a_track_a_party_is_judged_as_two_channels_are(
    tmp_path: Path, sides: tuple[Samples, ...], agent: int
) -> None:
    path = write_streams(tmp_path / "a.mkv", sides, RATE_HZ)
    of_tracks, of_channels = analysed(path, agent_channel=agent), analysed(CALL, agent_channel=agent)
    assert of_tracks.streams == (0, 1)
    assert of_tracks.dialogue is not None
    assert of_tracks.dialogue.agent_channel == agent
    figures = {figure.name: figure.value for figure in of_channels.measurements}
    for figure in of_tracks.measurements:
        expected = figures[figure.name]
        assert (figure.value is None) == (expected is None), figure.name
        if figure.value is not None and expected is not None:
            assert figure.value == pytest.approx(expected, rel=0.02, abs=0.1), figure.name


def test_tracks_of_unequal_length_are_one_call(tmp_path: Path, sides: tuple[Samples, ...]) -> None:
    """A recorder begins and ends each track with its party."""
    path = write_streams(tmp_path / "a.mkv", [sides[0], sides[1][: -4 * RATE_HZ]], RATE_HZ)
    (first, second), agents = load_call(path, agent_channel=1)
    assert agents == 1
    assert first.waveform.duration_s == second.waveform.duration_s == len(sides[0]) / RATE_HZ


def test_beside_the_tracks_of_a_call_music_does_not_count(tmp_path: Path, sides: tuple[Samples, ...]) -> None:
    path = write_streams(tmp_path / "a.mkv", [music(sides[0]), *sides], RATE_HZ)
    assert chosen(path).streams == (1, 2)
    assert analysed(path, agent_channel=2).streams == (1, 2)
    with pytest.raises(InputError, match="1 and 2; 0 is none of them"):
        analysed(path, agent_channel=0)


def test_tracks_that_look_swapped_are_named_by_their_own_numbers(
    tmp_path: Path, sides: tuple[Samples, ...]
) -> None:
    path = write_streams(tmp_path / "a.mkv", [music(sides[0]), *sides], RATE_HZ)
    says = FakeTranscriber.of("我的快递呢，到底还送不送", SAYS)
    swapped = assess(Analyser(says, RubricEngine(FakeEncoder())), path, task(), agent_channel=1)
    told = [remark for remark in swapped.refusals if remark.code == "sides_look_swapped"]
    assert [remark.remedy["en"] for remark in told] == [
        "if the sides are swapped: --agent-channel 2 (in a manifest: agent_channel 2)"
    ]


def test_a_call_on_the_channels_of_one_stream_is_found_beside_others(
    tmp_path: Path, sides: tuple[Samples, ...]
) -> None:
    path = write_streams(tmp_path / "a.mkv", [music(sides[0]), np.stack(sides)], RATE_HZ)
    assert chosen(path).streams == (1,)
    with pytest.raises(InputError, match="two people on two channels"):
        analysed(path)
    assessment = analysed(path, agent_channel=1)
    assert assessment.streams == (1,)
    assert assessment.dialogue is not None


def test_pages_play_the_stream_that_was_judged(
    tmp_path: Path, voice: Samples, sides: tuple[Samples, ...]
) -> None:
    path = write_streams(tmp_path / "a.mkv", [music(voice), voice], RATE_HZ)
    heard = handed_out(analysed(path), mask=False).sound(path, channel=None)
    assert isinstance(heard, Waveform)
    assert np.abs(heard.samples - voice).max() < ROUNDING
    call = write_streams(tmp_path / "b.mkv", sides, RATE_HZ)
    agents = handed_out(analysed(call, agent_channel=1), mask=False).sound(call, channel=1)
    assert isinstance(agents, Waveform)
    assert np.abs(agents.samples - sides[1]).max() < ROUNDING


def test_of_many_streams_the_first_are_looked_at(tmp_path: Path, voice: Samples) -> None:
    """Each look decodes a stream whole: a film of sixty languages is no reason to wait for minutes."""
    short = voice[: 3 * RATE_HZ]
    path = write_streams(tmp_path / "a.mkv", [*[silence(short)] * 7, short, *[0.9 * short] * 12], RATE_HZ)
    assert chosen(path).streams == (7,)
    assert chosen(path, stream=19).streams == (19,)
    remark = next(each for each in analysed(path).refusals if each.code == "other_streams")
    assert "0, 1, 2, 3, 4, 5 …" in remark.reason["en"]


def test_beside_a_mix_the_parties_are_found(tmp_path: Path, sides: tuple[Samples, ...]) -> None:
    path = write_streams(tmp_path / "a.mkv", [0.5 * (sides[0] + sides[1]), *sides], RATE_HZ)
    assert chosen(path).streams == (1, 2)


def test_a_stream_that_cannot_be_read_stands_in_nobodys_way(tmp_path: Path, voice: Samples) -> None:
    """Too short to be one by itself, as the click at the end of a film."""
    path = write_streams(tmp_path / "a.mkv", [voice[: RATE_HZ // 5], voice], RATE_HZ)
    assert chosen(path).streams == (1,)
