"""Which question of a library an answer belongs to, with an encoder that knows wording only."""

from __future__ import annotations

import pytest
from fakes import FakeEncoder

from voicecoach.model.prompt import Prompt, RubricPoint
from voicecoach.rubric.coverage.topic import (
    FEWEST_PROMPTS,
    ON_TOPIC,
    SHORTEST_CHARS,
    SLIDE,
    Topics,
    _pieces,
    relation_of,
    texts_of,
)
from voicecoach.rubric.engine import RubricEngine
from voicecoach.rubric.text.spoken import SpokenText

ENCODER = FakeEncoder()
TALK = {
    "parcel": (
        "快递晚了三天怎么办？",
        "我去系统里看看包裹走到哪一站",
        "打电话给配送站问清楚原因",
        "请站点优先派送给他",
    ),
    "privacy": ("怎么保护隐私？", "密码定期更换不外借", "离开座位随手锁屏", "只看工作需要的资料"),
    "career": ("三年后想做什么？", "我想先把业务学扎实", "以后带几个新人一起进步", "争取当上班组长"),
    "salary": ("期望薪资多少？", "按公司的标准来就行", "更看重成长的空间", "绩效做好了收入自然高"),
}


def prompt(prompt_id: str, text: str, *exemplars: str) -> Prompt:
    points = (RubricPoint("only", {}, exemplars={"zh": exemplars} if exemplars else {}),)
    return Prompt(prompt_id, "test", "1", "scenario", {"zh": text}, points, (20.0, 60.0))


PROMPTS = [prompt(prompt_id, *texts) for prompt_id, texts in TALK.items()]
ANSWERS = {prompt_id: "，".join((*texts[1:], *texts[1:])) for prompt_id, texts in TALK.items()}


def topics(prompts: list[Prompt] = PROMPTS) -> Topics:
    return Topics(prompts, ENCODER, language="zh")


@pytest.mark.parametrize("asked", TALK)
@pytest.mark.parametrize("answered", TALK)
def test_an_answer_is_on_the_topic_that_it_answers_and_on_no_other(asked: str, answered: str) -> None:
    found = relation_of(topics().standing(asked, ANSWERS[answered], ENCODER))
    assert found == ("on" if asked == answered else "off")


def test_an_engine_tells_the_relation_by_its_topics() -> None:
    spoken = SpokenText.from_text(ANSWERS["salary"])
    with_topics = RubricEngine(ENCODER, topics=lambda _: topics())
    found = {one.id: with_topics.relation(one, spoken, language="zh") for one in PROMPTS}
    assert found == {one.id: "on" if one.id == "salary" else "off" for one in PROMPTS}
    assert RubricEngine(ENCODER).relation(PROMPTS[0], spoken, language="zh") == "on"


def test_off_topic_is_a_score_below_the_limit() -> None:
    own, other = (topics().score("parcel", ANSWERS[answered], ENCODER) for answered in ("parcel", "salary"))
    assert own
    assert other
    assert other < ON_TOPIC < own


def test_the_scores_of_an_answer_over_all_prompts_sum_to_nothing() -> None:
    found = [topics().score(asked, ANSWERS["parcel"], ENCODER) or 0.0 for asked in TALK]
    assert sum(found) == pytest.approx(0.0, abs=1e-4)


def test_a_short_answer_and_an_unknown_prompt_are_not_judged() -> None:
    short = ANSWERS["salary"][: SHORTEST_CHARS["zh"] - 1]
    assert topics().score("parcel", short, ENCODER) is None
    assert topics().score("elsewhere", ANSWERS["parcel"], ENCODER) is None
    assert relation_of(topics().standing("parcel", short, ENCODER)) == "on"


def test_too_few_prompts_are_no_background() -> None:
    assert topics(PROMPTS[: FEWEST_PROMPTS - 1]).score("parcel", ANSWERS["salary"], ENCODER) is None


def test_a_prompt_without_exemplars_stands_for_nothing() -> None:
    bare = prompt("bare", "有什么想问的？")
    assert texts_of(bare, "zh") == []
    assert texts_of(PROMPTS[0], "en") == []
    assert texts_of(PROMPTS[0], "zh") == list(TALK["parcel"])
    with_bare, without = (
        topics(some).score("parcel", ANSWERS["parcel"], ENCODER) for some in ([bare, *PROMPTS], PROMPTS)
    )
    assert with_bare == without


def test_clauses_are_cut_at_marks_and_short_ones_left_out() -> None:
    assert list(_pieces("我查物流，好。问清原因", "zh")) == ["我查物流", "问清原因"]
    assert list(_pieces("i look it up, ok. i ask", "en")) == ["i look it up", " ok", " i ask"]
    assert list(_pieces("好，嗯", "zh")) == ["好，嗯"]


def test_a_clause_without_marks_is_slid_over() -> None:
    length, step = SLIDE["zh"]
    text = "".join(chr(0x4E00 + index) for index in range(length + step))
    assert list(_pieces(text, "zh")) == [text[:length], text[step:], text[2 * step :]]
