"""Calls of two: both sides heard, the exchange measured, and what holds no two sides refused."""

from __future__ import annotations

import wave
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from fakes import FakeEncoder, FakeTranscriber

from voicecoach.adapters.packs.profiles import load_profile
from voicecoach.app.score.analyse import Analyser, Task
from voicecoach.app.score.call import CallAnalyser
from voicecoach.audio.decode import RATE_HZ, load_channels
from voicecoach.documents.assessment import encode_assessment
from voicecoach.errors import InputError, UsageError
from voicecoach.metrics.turns import SPECS
from voicecoach.model.audio import Span
from voicecoach.model.prompt import Anchor, CallRule, Condition, Prompt, RubricPoint
from voicecoach.model.spans import total_s
from voicecoach.rubric.engine import RubricEngine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voicecoach.model.assessment import Assessment

    Samples = NDArray[np.float64]

CALL = Path(__file__).parents[3] / "audio_fixtures" / "two_party_call.flac"
AGENT = ((0.6, 3.64), (7.505, 11.495), (14.715, 17.91))
CALLER = ((4.14, 6.905), (11.995, 14.015), (18.41, 19.725))
EDGE_TOLERANCE_S = 0.1
"""The voice begins and ends its phrases softly; the gate is good to .03 s in the median."""
SHARE_TOLERANCE = 0.01
NOISE = 1e-4

AGENT_SAYS = (
    "您好京东客服，请问有什么可以帮您？先生实在抱歉，让您久等了，我马上查。您先别着急，麻烦报订单号。"
)
CALLER_SAYS = "我的快递太慢了，到底还送不送？每次都说马上，我要投诉你们！八八四二，快点儿吧。"
PROMPT = Prompt(
    "call", "t", "1", "caller", {"zh": "来电"},
    (
        RubricPoint("sorry", {"zh": "道歉"}, rule=CallRule(
            any_of=(Condition(cues={"zh": ("实在抱歉",)}),),
            after=Anchor(said=Condition(cues={"zh": ("太慢了",)}), channel="caller"), within_s=10.0,
        )),
        RubricPoint("threat", {"zh": "投诉"}, rule=CallRule(
            channel="caller", none_of=(Condition(cues={"zh": ("我要投诉",)}),),
        )),
    ),
    (5.0, 600.0),
)  # fmt: skip


def task(prompt: Prompt | None = None) -> Task:
    return Task(prompt, "zh", load_profile("interview", "zh"))


def analysed(path: Path, *, agent_channel: int = 1, prompt: Prompt | None = None, grace_s: float = 1.0,
             says: tuple[str, ...] = (AGENT_SAYS, CALLER_SAYS)) -> Assessment:  # fmt: skip
    analyser = Analyser(FakeTranscriber.of(*says), RubricEngine(FakeEncoder()))
    return CallAnalyser(analyser).analyse(path, task(prompt), agent_channel=agent_channel, grace_s=grace_s)


def write(path: Path, *channels: Samples) -> Path:
    rows = np.stack(channels, axis=1)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(np.round(rows * 32767.0).astype("<i2").tobytes())
    return path


@dataclass(frozen=True)
class Made:
    """A call with a back-channel and an interruption at known times, side by side, without noise."""

    agent: Samples
    caller: Samples
    back_channel: Span
    interruption: Span
    share: float


@pytest.fixture(scope="module")
def made() -> Made:
    caller, agent = (recording.waveform.samples.astype(np.float64) for recording in load_channels(CALL))

    def cut(samples: Samples, start_s: float, end_s: float) -> Samples:
        return samples[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)]

    length = 20 * RATE_HZ
    rng = np.random.default_rng(1)
    sides = rng.normal(0.0, NOISE, (2, length))
    placed: list[list[float]] = [[], []]

    def lay(side: int, at_s: float, sound: Samples) -> Span:
        first = round(at_s * RATE_HZ)
        sides[side, first : first + len(sound)] += sound
        placed[side].append(len(sound) / RATE_HZ)
        return Span(at_s, at_s + len(sound) / RATE_HZ)

    lay(0, 0.5, cut(agent, *AGENT[0]))
    lay(1, 4.0, np.concatenate([cut(caller, *CALLER[0]), cut(caller, *CALLER[1])]))  # until 8.785
    back_channel = lay(0, 5.5, cut(agent, 0.6, 1.05))
    cut_in = lay(0, 7.0, cut(agent, *AGENT[1]))
    lay(1, 12.0, cut(caller, *CALLER[2]))
    lay(0, 14.5, cut(agent, *AGENT[2]))
    share = sum(placed[0]) / (sum(placed[0]) + sum(placed[1]))
    return Made(sides[0], sides[1], back_channel, Span(cut_in.start_s, 8.785), share)


@pytest.fixture(scope="module")
def polite() -> Assessment:
    return analysed(CALL, prompt=PROMPT)


def near(found: tuple[Span, ...], wanted: tuple[tuple[float, float], ...]) -> None:
    assert [(one.start_s, one.end_s) for one in found] == [
        pytest.approx(pair, abs=EDGE_TOLERANCE_S) for pair in wanted
    ]


def test_the_turns_of_both_sides(polite: Assessment) -> None:
    dialogue = polite.dialogue
    assert dialogue
    assert [turn.side for turn in dialogue.turns] == ["agent", "caller"] * 3
    near(tuple(turn.span for turn in dialogue.of("agent") if turn.span), AGENT)
    near(tuple(turn.span for turn in dialogue.of("caller") if turn.span), CALLER)
    assert "".join(turn.text for turn in dialogue.of("agent")) == AGENT_SAYS
    assert "".join(turn.text for turn in dialogue.of("caller")) == CALLER_SAYS
    assert polite.transcript.text == AGENT_SAYS


def test_the_exchange_is_measured(polite: Assessment) -> None:
    agent_s, caller_s = (sum(end - start for start, end in side) for side in (AGENT, CALLER))
    assert polite.measurement("talk_share").value == pytest.approx(
        agent_s / (agent_s + caller_s), abs=SHARE_TOLERANCE
    )
    assert polite.measurement("turn_latency").value == pytest.approx(0.65, abs=EDGE_TOLERANCE_S)
    near(polite.measurement("turn_latency").evidence, ((6.905, 7.505), (14.015, 14.715)))
    for name in ("interruptions", "interrupted", "back_channels", "call_dead_air"):
        assert polite.measurement(name).value == 0.0
    assert polite.bands["interruptions"].verdict(0.0) == "green"
    assert "answer_length" not in {figure.name for figure in polite.measurements}


def test_the_agent_does_not_pause_while_the_caller_speaks(polite: Assessment) -> None:
    longest = polite.measurement("longest_pause").value
    assert longest is not None
    assert longest < 0.5
    assert polite.measurement("phonation_time_ratio").provisional == "inside_turns"
    spoken = polite.measurement("phonation_time_ratio").evidence
    assert total_s(spoken) == pytest.approx(
        sum(end - start for start, end in AGENT), abs=3 * EDGE_TOLERANCE_S
    )
    assert all(any(start - EDGE_TOLERANCE_S < one.start_s < end for start, end in AGENT) for one in spoken)
    assert polite.duration_s == pytest.approx(20.425, abs=0.01)


def test_rules_hear_both_sides(polite: Assessment) -> None:
    assert polite.coverage
    sorry, threat = polite.coverage.points
    assert (sorry.state, sorry.evidence[0].by) == ("covered", "cue:实在抱歉")
    assert (threat.state, threat.evidence[0].quote) == ("not_heard", "我要投诉你们")
    assert {score.name for score in polite.scores} >= {"rubric:sorry", "rubric:threat"}


def test_sides_that_look_swapped_are_told_and_judged_all_the_same(polite: Assessment) -> None:
    swapped = analysed(CALL, agent_channel=0, says=(CALLER_SAYS, AGENT_SAYS))
    told = [remark for remark in swapped.refusals if remark.code == "sides_look_swapped"]
    assert [remark.blocks_score for remark in told] == [False]
    assert "声道 1 听起来才是客服" in told[0].reason["zh"]
    assert "--agent-channel 1" in told[0].remedy["en"]
    assert "sides_look_swapped" not in [remark.code for remark in polite.refusals]


@pytest.mark.parametrize(
    ("agent", "caller"),
    [
        (CALLER_SAYS, CALLER_SAYS),
        (AGENT_SAYS, AGENT_SAYS),
        ("等着吧，没办法。", "您好，麻烦您帮我查一下，谢谢您。"),
        ("等着吧，没办法。", "我不是客服，你才是客服，帮我查我的订单。"),
    ],
)
def test_polite_callers_and_curt_agents_do_not_look_swapped(agent: str, caller: str) -> None:
    codes = [remark.code for remark in analysed(CALL, says=(agent, caller)).refusals]
    assert "sides_look_swapped" not in codes


def test_the_json_holds_the_call(polite: Assessment) -> None:
    call: dict[str, Any] = encode_assessment(polite)["call"]
    assert (call["agent_channel"], call["grace_s"], len(call["turns"])) == (1, 1.0, 6)
    assert set(call["turns"][0]) == {"side", "start_s", "end_s", "text", "back_channel"}
    assert "call" not in encode_assessment(replace(polite, dialogue=None))


@pytest.mark.parametrize("leak_db", [None, -20.0])
def test_interruption_and_back_channel_are_found_with_a_leak_or_without(
    made: Made, leak_db: float | None, tmp_path: Path
) -> None:
    leak = 0.0 if leak_db is None else 10.0 ** (leak_db / 20.0)
    path = write(tmp_path / "made.wav", made.agent + leak * made.caller, made.caller + leak * made.agent)
    found = analysed(path, agent_channel=0)
    near(found.measurement("interruptions").evidence, ((made.interruption.start_s, made.interruption.end_s),))
    near(found.measurement("back_channels").evidence, ((made.back_channel.start_s, made.back_channel.end_s),))
    assert found.measurement("interrupted").value == 0.0
    assert found.measurement("talk_share").value == pytest.approx(made.share, abs=SHARE_TOLERANCE)
    assert found.dialogue
    assert [turn.back_channel for turn in found.dialogue.of("agent")] == [False, True, False, False]
    near(tuple(turn.span for turn in found.dialogue.turns if turn.back_channel and turn.span),
         ((made.back_channel.start_s, made.back_channel.end_s),))  # fmt: skip
    swapped = analysed(path, agent_channel=1)
    share, other = found.measurement("talk_share").value, swapped.measurement("talk_share").value
    assert (share or 0.0) + (other or 0.0) == pytest.approx(1.0, abs=1e-9)
    assert swapped.measurement("interrupted").evidence == found.measurement("interruptions").evidence
    assert swapped.measurement("interruptions").value == 0.0


def test_a_longer_grace_forgives(made: Made, tmp_path: Path) -> None:
    path = write(tmp_path / "made.wav", made.agent, made.caller)
    found = analysed(path, agent_channel=0, grace_s=2.0)
    assert found.measurement("interruptions").value == 0.0
    assert found.dialogue
    assert found.dialogue.grace_s == 2.0


def refused(found: Assessment, reason: str) -> None:
    assert {found.measurement(name).reason for name in (spec.name for spec in SPECS)} == {reason}
    assert found.dialogue is None
    (remark,) = [one for one in found.refusals if one.code == "no_two_parties"]
    assert not remark.blocks_score
    assert remark.reason["zh"]
    assert "no talk share" in remark.reason["en"]
    assert all(remark.remedy.values())
    assert found.measurement("snr").value or found.measurement("snr").reason


def test_one_channel_holds_no_two_sides(made: Made, tmp_path: Path) -> None:
    path = write(tmp_path / "mono.wav", made.agent + made.caller)
    for channel in (0, 1):
        refused(analysed(path, agent_channel=channel, prompt=PROMPT, says=(AGENT_SAYS,)), "one_channel_call")
    found = analysed(path, prompt=PROMPT, says=(AGENT_SAYS,)).coverage
    assert found
    assert {one.reason for one in found.not_applicable} == {"no_caller_text"}


@pytest.mark.parametrize("gain", [1.0, -0.3])
def test_two_like_channels_hold_no_two_sides(made: Made, gain: float, tmp_path: Path) -> None:
    both = made.agent + made.caller
    refused(
        analysed(write(tmp_path / "same.wav", both, gain * both), says=(AGENT_SAYS,)), "same_channels_call"
    )


def test_voices_nearly_as_loud_on_both_channels_are_not_told_apart(made: Made, tmp_path: Path) -> None:
    leak = 10.0 ** (-5.0 / 20.0)
    path = write(tmp_path / "mixed.wav", made.agent + leak * made.caller, made.caller + leak * made.agent)
    refused(analysed(path, says=(AGENT_SAYS,)), "mixed_channels_call")


def test_a_channel_without_speech_is_no_side(made: Made, tmp_path: Path) -> None:
    noise = np.random.default_rng(2).normal(0.0, 0.01, len(made.agent))
    refused(
        analysed(write(tmp_path / "noise.wav", made.agent, noise), agent_channel=0, says=(AGENT_SAYS,)),
        "one_sided_call",
    )
    dead = write(tmp_path / "dead.wav", made.agent, np.zeros_like(noise))
    refused(analysed(dead, agent_channel=0, says=(AGENT_SAYS,)), "one_sided_call")


def test_more_than_two_channels_are_refused(made: Made, tmp_path: Path) -> None:
    path = write(tmp_path / "three.wav", made.agent, made.caller, 0.1 * made.agent)
    refused(analysed(path, agent_channel=1, says=(AGENT_SAYS,)), "many_channels_call")


def test_an_agent_who_only_listens(made: Made, tmp_path: Path) -> None:
    quiet = np.random.default_rng(3).normal(0.0, NOISE, len(made.agent))
    first, last = round(made.back_channel.start_s * RATE_HZ), round(made.back_channel.end_s * RATE_HZ)
    quiet[first:last] += made.agent[first:last]
    found = analysed(
        write(tmp_path / "quiet.wav", quiet, made.caller), agent_channel=0, says=("嗯", CALLER_SAYS)
    )
    assert found.measurement("back_channels").value == 1.0
    assert found.measurement("turn_latency").reason == "no_answers"
    assert {one.code for one in found.refusals} == {"too_short"}
    assert found.dialogue
    assert [turn.text for turn in found.dialogue.of("agent")] == ["嗯"]


def test_forbidden_language_keeps_its_moment(tmp_path: Path, made: Made) -> None:
    path = write(tmp_path / "rude.wav", made.agent, made.caller)
    found = analysed(
        path,
        agent_channel=0,
        prompt=PROMPT,
        says=("您好请问。嗯。我听到了。这事不归我管，你自己看着办。", CALLER_SAYS),
    )
    assert found.coverage
    spans = tuple(hit.span for hit in found.coverage.language if hit.certain and hit.code != "ni")
    assert found.measurement("forbidden_language").evidence == spans != ()


def test_a_wrong_request_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no channel 2; it has 0 to 1"):
        analysed(CALL, agent_channel=2)
    with pytest.raises(UsageError, match="a grace window of -1"):
        analysed(CALL, grace_s=-1.0)
    with pytest.raises(InputError, match="no such file"):
        analysed(tmp_path / "none.wav")


def test_no_words_no_coverage(made: Made, tmp_path: Path) -> None:
    found = analysed(
        write(tmp_path / "made.wav", made.agent, made.caller), agent_channel=0, prompt=PROMPT, says=("", "")
    )
    assert found.coverage is None
    assert found.measurement("talk_share").value == pytest.approx(made.share, abs=SHARE_TOLERANCE)
