"""What is said of a prompt, by whom, and rendering ahead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fakes import FakeProgress, FakeSpeaker, FakeVoice

from voicecoach.adapters.tts.voice_cache import CachedSpeaker
from voicecoach.app.practise.say import (
    CALLER,
    INTERVIEWER,
    Line,
    cast,
    language_of,
    line_of,
    lines_of,
    of_packs,
    render,
    render_all,
)
from voicecoach.errors import EngineError, UsageError
from voicecoach.model.prompt import CallerLine, Prompt

if TYPE_CHECKING:
    from pathlib import Path

VOICES = FakeSpeaker().voices()
NEURAL = (FakeVoice("zm_far", "zh", "m", ("caller",)), FakeVoice("zf_far", "zh", "f", ("caller",)))
CALL = Prompt(
    id="late",
    pack="mine",
    version="1",
    kind="caller",
    text={"zh": "我的快递呢？", "en": "Where is my parcel?"},
    points=(),
    target_s=(20, 60),
    mood=4,
    lines=(CallerLine({"zh": "别敷衍我！"}, 5), CallerLine({"zh": "好吧。", "en": "Fine."}, 2)),
)
LINE = Line("late", 0, "您好", "zh", 1, INTERVIEWER)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path))


@pytest.mark.parametrize(
    ("text", "language"), [("您好", "zh"), ("KPI 是什么", "zh"), ("Hello", "en"), ("618", "en")]
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_caller_says_the_prompt_and_his_lines_in_their_moods() -> None:
    assert [(line.number, line.text, line.mood, line.role) for line in lines_of(CALL, "zh")] == [
        (0, "我的快递呢？", 4, CALLER),
        (1, "别敷衍我！", 5, CALLER),
        (2, "好吧。", 2, CALLER),
    ]


def test_lines_without_the_language_are_left_out() -> None:
    assert [line.number for line in lines_of(CALL, "en")] == [0, 2]
    assert line_of(CALL, "en", 2).text == "Fine."
    with pytest.raises(UsageError, match="late has no line 1 in en") as told:
        line_of(CALL, "en", 1)
    assert told.value.hint == "its lines: 0, 2"
    with pytest.raises(UsageError, match="late has no text in en"):
        line_of(replace(CALL, text={"zh": "喂"}, lines=()), "en", 0)


def test_a_question_is_asked_by_the_interviewer() -> None:
    (line,) = lines_of(replace(CALL, kind="motivation", lines=()), "zh")
    assert (line.role, cast(line, VOICES)) == (INTERVIEWER, "zh_ask")


def test_a_caller_keeps_one_voice_and_callers_differ() -> None:
    assert {cast(line, VOICES) for line in lines_of(CALL, "zh")} <= {"zh_call_f", "zh_call_m"}
    assert len({cast(line, VOICES) for line in lines_of(CALL, "zh")}) == 1
    many = {cast(replace(LINE, prompt_id=f"call{n}", role=CALLER), VOICES) for n in range(20)}
    assert many == {"zh_call_f", "zh_call_m"}


def test_the_voice_that_a_prompt_names_is_taken() -> None:
    assert cast(replace(LINE, voice="zh_call_m"), VOICES) == "zh_call_m"


@pytest.mark.parametrize(("wanted", "taken"), [("zm_far", "zh_call_m"), ("zf_far", "zh_call_f")])
def test_an_engine_without_the_named_voice_lends_one_of_the_same_sex(wanted: str, taken: str) -> None:
    for n in range(5):
        line = replace(LINE, prompt_id=f"call{n}", role=CALLER, voice=wanted)
        assert cast(line, VOICES, known=NEURAL) == taken


def test_a_voice_of_the_other_language_is_replaced() -> None:
    assert cast(replace(LINE, language="en", voice="zm_far"), VOICES, known=NEURAL) == "en_any"


def test_a_voice_that_nobody_has_and_a_language_without_a_voice_are_told() -> None:
    with pytest.raises(UsageError, match="late asks for the voice 'nobody'"):
        cast(replace(LINE, voice="nobody"), VOICES, known=NEURAL)
    with pytest.raises(EngineError, match="no voice for en"):
        cast(replace(LINE, language="en"), VOICES[:3])


def test_rendering_makes_what_is_not_there_and_leaves_the_rest() -> None:
    fake = FakeSpeaker()
    lines = lines_of(CALL, "zh")
    first = list(render(lines, CachedSpeaker(fake)))
    again = list(render(lines, CachedSpeaker(fake)))
    assert [done.made for done in first] == [True] * 3
    assert [done.made for done in again] == [False] * 3
    assert [mood for _, _, mood in fake.said] == [4, 5, 2]
    assert again[0].duration_s == pytest.approx(first[0].duration_s)


def test_what_was_rendered_before_a_break_is_kept() -> None:
    fake = FakeSpeaker(faults={"敷衍": KeyboardInterrupt()})
    with pytest.raises(KeyboardInterrupt):
        list(render(lines_of(CALL, "zh"), CachedSpeaker(fake)))
    fake.faults.clear()
    assert [done.made for done in render(lines_of(CALL, "zh"), CachedSpeaker(fake))] == [False, True, True]


def test_rendering_tells_each_line_and_the_count_also_after_a_break() -> None:
    fake, progress = FakeSpeaker(faults={"敷衍": KeyboardInterrupt()}), FakeProgress()
    lines = lines_of(CALL, "zh")
    with pytest.raises(KeyboardInterrupt):
        render_all(lines, render(lines, CachedSpeaker(fake)), progress)
    fake.faults.clear()
    assert render_all(lines, render(lines, CachedSpeaker(fake)), progress) == (2, 1)
    assert progress.stages == [3, 3]
    assert [(n, what.code) for n, what in progress.parts] == [
        (1, "voices-made"),
        (1, "voices-kept-before"),
        (2, "voices-made"),
        (3, "voices-made"),
    ]
    assert progress.noted("en") == [
        "3 lines: 1 made, 0 kept before",
        "3 lines: 2 made, 1 kept before",
    ]


def test_prompts_of_packs_are_those_named_or_all() -> None:
    prompts = [CALL, replace(CALL, id="other", pack="tmall")]
    assert of_packs(prompts, ()) == tuple(prompts)
    assert of_packs(prompts, ["tmall"]) == (prompts[1],)
    with pytest.raises(UsageError, match="no pack 'none'") as told:
        of_packs(prompts, ["tmall", "none"])
    assert "tmall" in told.value.hint
