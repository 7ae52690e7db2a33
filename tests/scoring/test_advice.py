"""Advice: what it is about, in which order, and that every sentence is whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.adapters.packs.profiles import load_profile, profile_names
from voicecoach.metrics.table import METRICS
from voicecoach.model.assessment import Advice, Coverage, Evidence, LanguageHit, Measurement, PointResult
from voicecoach.model.audio import Span
from voicecoach.model.prompt import Prompt, RubricPoint
from voicecoach.scoring.advice import SENTENCES_MOST, advise
from voicecoach.scoring.total import score_all

if TYPE_CHECKING:
    from voicecoach.model.transcript import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")
PROFILE = load_profile("interview", "zh")
STEPS = {"calm": "安抚", "listen": "倾听", "check": "查询", "solve": "解决"}
PROMPT = Prompt(
    "late", "test", "1", "scenario", {},
    tuple(
        RubricPoint(name, {"zh": label, "en": name}, weight=weight, hint={"zh": f"试试{label}。"})
        for weight, (name, label) in enumerate(STEPS.items(), start=1)
    ),
    (30, 90), order=tuple(STEPS), fatal_language=("rude",),
)  # fmt: skip


def heard(**states: str) -> Coverage:
    """Coverage of PROMPT: every point covered, one second apart, but for those named."""
    points = tuple(
        PointResult(
            name,
            states.get(name, "covered"),  # type: ignore[arg-type]  # the words of the tests are states
            0.5,
            () if states.get(name) == "not_heard" else (Evidence(label, Span(at_s, at_s + 0.5), "cue"),),
        )
        for at_s, (name, label) in enumerate(STEPS.items())
    )
    return Coverage("late", points, 0.0, 1.0, order_ok=True)


def figure(name: str, value: float, *spans: Span, unit: str = "u") -> Measurement:
    return Measurement(name, value, unit, "d", evidence=spans)


def advice_for(
    measurements: list[Measurement], coverage: Coverage | None = None, prompt: Prompt | None = PROMPT
) -> tuple[Advice, ...]:
    scores = score_all(measurements, coverage, prompt, PROFILE)
    return advise(scores, measurements, coverage, prompt, PROFILE)


def test_a_faultless_answer_gets_no_advice() -> None:
    assert advice_for([figure("speech_rate", 200.0)], heard()) == ()


def test_the_most_points_lost_come_first_and_at_most_three() -> None:
    states = {"calm": "not_heard", "listen": "maybe", "check": "not_heard", "solve": "maybe"}
    found = advice_for([figure("speech_rate", 400.0)], heard(**states))
    # 60 points over weights 1..4: check loses 18, solve 12, speech_rate 8, calm and listen 6
    assert [advice.about for advice in found] == ["rubric:check", "rubric:solve", "speech_rate"]


def test_a_missing_point_is_named_with_its_hint_and_the_moment_of_the_step_before() -> None:
    (found,) = advice_for([], heard(check="not_heard"))
    assert found.text == {"zh": "没有听到“查询”。 试试查询。", "en": "“check” was not heard."}
    assert found.span == Span(1.0, 1.5)


def test_the_step_before_is_the_nearest_in_the_order_not_in_the_list() -> None:
    covered = heard(solve="not_heard", check="not_heard")
    shuffled = replace(covered, points=tuple(reversed(covered.points)))
    moments = {advice.about: advice.span for advice in advice_for([], shuffled)}
    assert moments == {"rubric:solve": Span(1.0, 1.5), "rubric:check": Span(1.0, 1.5)}


def test_a_missing_first_step_or_a_point_out_of_the_order_has_no_moment() -> None:
    (first,) = advice_for([], heard(calm="not_heard"))
    (free,) = advice_for([], heard(check="not_heard"), replace(PROMPT, order=("calm", "listen")))
    assert first.span is None
    assert free.span is None


def test_a_maybe_is_not_called_unheard() -> None:
    (found,) = advice_for([], heard(calm="maybe"))
    assert found.text["zh"] == "“安抚”说得还不够明确。 试试安抚。"
    assert found.span == Span(0.0, 0.5)


def test_a_fatal_phrase_comes_first_at_its_moment() -> None:
    sure = LanguageHit("rude", "听不懂吗", Span(4.0, 5.0), certain=True)
    unsure = LanguageHit("rude", "你这人", Span(1.0, 2.0), certain=False)
    coverage = replace(heard(solve="not_heard"), language=(unsure, sure))
    found = advice_for([], coverage)
    assert [advice.about for advice in found] == ["language:rude", "rubric:solve"]
    assert found[0].span == Span(4.0, 5.0)
    assert "听不懂吗" in found[0].text["zh"]
    assert "costs the whole answer" in found[0].text["en"]


def test_a_fatal_point_comes_first_and_once() -> None:
    points = tuple(replace(point, fatal=point.id == "calm") for point in PROMPT.points)
    found = advice_for([], heard(calm="not_heard", solve="not_heard"), replace(PROMPT, points=points))
    assert [advice.about for advice in found] == ["rubric:calm", "rubric:solve"]
    assert found[0].text["zh"].startswith("没有听到“安抚”，这一点必须有，缺了整题不得分。")


def test_a_step_that_came_too_early_is_named_with_the_order() -> None:
    coverage = replace(heard(), order_ok=False, out_of_order=("solve",))
    (found,) = advice_for([], coverage)
    assert found.text["zh"] == "步骤的先后不对：“解决”说早了。顺序是：安抚 → 倾听 → 查询 → 解决。"
    assert found.about == "order"
    assert found.span == Span(3.0, 3.5)


def test_an_order_that_names_no_step_gives_no_sentence() -> None:
    assert advice_for([], replace(heard(), order_ok=False)) == ()


@pytest.mark.parametrize(
    ("name", "value", "key", "shown"),
    [
        ("speech_rate", 300.4, "speech_rate.high", "300 字"),
        ("speech_rate", 99.96, "speech_rate.low", "100 字"),
        ("longest_pause", 6.25, "longest_pause.high", "6.25 秒"),
        ("longest_pause", 12.34, "longest_pause.high", "12.3 秒"),
        ("longest_pause", 1234.5, "longest_pause.high", "1234 秒"),
        ("phonation_time_ratio", 0.514, "phonation_time_ratio.low", "51%"),
        ("agitation", -0.754, "agitation.low", "-0.75"),
    ],
)
def test_a_figure_is_told_on_its_side_in_its_unit(name: str, value: float, key: str, shown: str) -> None:
    (found,) = advice_for([figure(name, value)])
    assert found.text["zh"] == PROFILE.advice[key]["zh"].replace("{value}", shown.partition(" ")[0])
    assert shown in found.text["zh"]


def test_a_figure_points_at_its_longest_evidence() -> None:
    spans = Span(1, 2), Span(4, 8), Span(9, 10)
    assert advice_for([figure("longest_pause", 6.0, *spans)])[0].span == Span(4, 8)
    assert advice_for([figure("longest_pause", 6.0)])[0].span is None


def test_a_profile_without_sentences_gives_none_for_figures_and_plain_labels_for_points() -> None:
    silent = replace(PROFILE, advice={})
    coverage = replace(heard(calm="not_heard"), order_ok=False, out_of_order=("solve",))
    measured = [figure("speech_rate", 400.0)]
    scores = score_all(measured, coverage, PROMPT, silent)
    (found,) = advise(scores, measured, coverage, PROMPT, silent)
    assert found.text == {"zh": "安抚 试试安抚。", "en": "calm"}


def test_scores_alone_without_their_rubric_give_no_sentence() -> None:
    coverage = replace(heard(calm="not_heard"), order_ok=False)
    points = tuple(replace(point, fatal=True) for point in PROMPT.points)
    prompt = replace(PROMPT, points=points)
    scores = score_all([], coverage, prompt, PROFILE)
    assert advise(scores, [], None, prompt, PROFILE) == ()
    assert advise(scores, [], coverage, None, PROFILE) == ()


def test_a_figure_taken_back_gives_no_sentence() -> None:
    scores = score_all([figure("speech_rate", 400.0)], None, None, PROFILE)
    gone = [Measurement("speech_rate", None, "u", "d", reason="too short")]
    assert advise(scores, gone, None, None, PROFILE) == ()


def test_an_english_rate_is_told_in_words_in_both_languages() -> None:
    english = load_profile("interview", "en")
    measured = [figure("speech_rate", 200.0, unit="words/min")]
    (found,) = advise(score_all(measured, None, None, english), measured, None, None, english)
    assert found.text["en"].startswith("200 words a minute is fast")
    assert found.text["zh"].startswith("语速每分钟 200 个词")


@pytest.mark.parametrize(
    ("length_s", "verdict", "points"),
    [
        (9.9, "red", 0.0), (10.0, "amber", 1.0), (19.9, "amber", 1.0), (20.0, "green", 2.0),
        (60.0, "green", 2.0), (60.1, "amber", 1.0), (90.0, "amber", 1.0), (90.1, "red", 0.0),
    ],
)  # fmt: skip
def test_the_length_of_an_answer_is_judged_by_the_prompts_target(
    length_s: float, verdict: str, points: float
) -> None:
    aimed = PROFILE.for_target((20.0, 60.0))
    measured = [figure("answer_length", length_s, unit="s")]
    (score,) = score_all(measured, None, None, aimed)
    assert (score.verdict, score.points, score.out_of) == (verdict, points, 2.0)
    said = advise([score], measured, None, None, aimed)
    assert [line.about for line in said] == ([] if verdict == "green" else ["answer_length"])
    for line in said:
        assert "20–60 秒" in line.text["zh"]
        assert ("偏短" in line.text["zh"]) == (length_s < 20.0)
        assert ("short" in line.text["en"]) == (length_s < 20.0)


@pytest.mark.parametrize("target_s", [None, (0.0, 0.0)])
def test_without_a_target_the_length_has_no_verdict(target_s: tuple[float, float] | None) -> None:
    aimed = PROFILE.for_target(target_s)
    assert aimed is PROFILE
    assert score_all([figure("answer_length", 5.0, unit="s")], None, None, aimed) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", profile_names())
def test_every_sentence_of_a_profile_can_be_said_and_every_loss_has_one(
    name: str, language: Language
) -> None:
    profile = load_profile(name, language)
    sides = {
        f"{figure_name}.{side}"
        for figure_name, band in profile.for_target((20.0, 60.0)).bands.items()
        for side, limit in zip(("low", "high"), band.green, strict=True)
        if limit is not None and profile.weights.measurements.get(figure_name)
    }
    of_rubric = {"coverage.missing", "coverage.maybe", "coverage.fatal", "coverage.broken", "order.wrong"}
    assert set(profile.advice) == sides | of_rubric
    for key, sentence in profile.advice.items():
        assert set(sentence) == set(LANGUAGES), key
        for text in sentence.values():
            rest = (
                text.replace("{value}", "")
                .replace("{unit}", "")
                .replace("{steps}", "")
                .replace("{target}", "")
            )
            assert "{" not in rest, key
            assert "{steps}" not in text or key == "order.wrong"
            assert ("{target}" in text) == key.startswith("answer_length."), key


def test_what_is_told_as_a_percentage_is_banded_as_a_share() -> None:
    shares = [name for name in PROFILE.bands if METRICS[name].percent]
    assert {"phonation_time_ratio", "mid_clause_pause_share", "talk_share", "clipping"} <= set(shares)
    for name in shares:
        limits = [limit for limit in PROFILE.bands[name].amber if limit is not None]
        assert all(0.0 <= limit <= 1.0 for limit in limits)


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from(sorted(PROFILE.bands)), st.floats(-1e5, 1e5), max_size=12),
    st.dictionaries(st.sampled_from(sorted(STEPS)), st.sampled_from(["not_heard", "maybe"])),
    st.sets(st.sampled_from(sorted(STEPS)), max_size=2),
    st.booleans(),
)
def test_advice_of_any_answer_is_short_whole_and_dearest_first(
    values: dict[str, float],
    states: dict[str, str],
    fatal: set[str],
    rude: bool,
) -> None:
    hits = (LanguageHit("rude", "闭嘴", Span(0, 1), certain=True),) if rude else ()
    coverage = replace(heard(**states), order_ok=False, out_of_order=("solve",), language=hits)
    prompt = replace(PROMPT, points=tuple(replace(point, fatal=point.id in fatal) for point in PROMPT.points))
    measured = [figure(name, value) for name, value in values.items()]
    scores = score_all(measured, coverage, prompt, PROFILE)
    found = advise(scores, measured, coverage, prompt, PROFILE)
    assert len(found) <= SENTENCES_MOST
    assert len({advice.about for advice in found}) == len(found)
    for advice in found:
        for text in advice.text.values():
            assert text.strip() == text != ""
            assert "{" not in text
            assert "e+" not in text
    of_fatal = {
        ("language:" if score.name == "fatal:rude" else "rubric:") + score.name.removeprefix("fatal:")
        for score in scores
        if score.name.startswith("fatal:")
    }
    first = [advice.about in of_fatal for advice in found]
    assert first == sorted(first, reverse=True)
    assert sum(first) == min(len(of_fatal), SENTENCES_MOST)
    lost = {score.name: score.out_of - score.points for score in scores}
    rest = [lost[advice.about] for advice in found if advice.about not in of_fatal]
    assert rest == sorted(rest, reverse=True)
    assert all(loss > 0 for loss in rest)
