"""Stories, outcomes and one's own part, told by their form."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.model.prompt import Form
from voicecoach.rubric.coverage.manner.story import LEAST_STORY, form_find, story_share
from voicecoach.rubric.text.spoken import SpokenText
from voicecoach.rubric.text.windows import clauses

if TYPE_CHECKING:
    from voicecoach.model.transcript import Language

FORMS: tuple[Form, ...] = get_args(Form)
STORY = (
    "前年我在花店打工的时候，情人节那天送错了两束花。我发现以后马上给两家打了电话，自己骑车去换了回来。"
    "同事负责看店，我把路线排好一家家跑。最后都赶在晚饭前送到了，有一位先生后来还专门来谢我。"
)
PLAN = "我会先听他说完，再查一下单子，该催的催，该补的补，有了消息就告诉他。平时我也爱学新东西。"
STORY_EN = (
    "last year when i worked at a flower shop we mixed up two orders on a busy day. "
    "i called both families and drove over to swap them. my colleague looked after the shop and i was in "
    "charge of the route. in the end everything arrived on time and one customer came back to thank us."
)
PLAN_EN = "i will listen first, then check the order, and i will let them know as soon as there is news."


def share(text: str, language: Language) -> float:
    clean = SpokenText.from_text(text).clean()
    return story_share(clean.text, clauses(clean, language=language), language=language)


def stretch(text: str, form: Form, language: Language = "zh") -> str | None:
    clean = SpokenText.from_text(text).clean()
    told = form_find(clean.text, clauses(clean, language=language), form, language=language)
    return None if told is None else clean.text[told.window.start : told.window.end]


@pytest.mark.parametrize(("story", "plan", "language"), [(STORY, PLAN, "zh"), (STORY_EN, PLAN_EN, "en")])
def test_what_happened_is_told_from_what_one_would_do(story: str, plan: str, language: Language) -> None:
    assert share(story, language) > LEAST_STORY
    assert share(plan, language) < LEAST_STORY


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_a_story_has_all_forms_and_a_plan_has_none(form: Form, language: Language) -> None:
    assert stretch(STORY if language == "zh" else STORY_EN, form, language) is not None
    assert stretch(PLAN if language == "zh" else PLAN_EN, form, language) is None


def test_each_form_is_found_where_it_is() -> None:
    assert "前年" in (stretch(STORY, "anecdote") or "")
    assert "最后" in (stretch(STORY, "result") or "")
    assert "我把路线" in (stretch(STORY, "role") or "")


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="去年我了过，。后来最单他说同事把负责天", max_size=60), st.sampled_from(FORMS))
def test_a_share_is_one_and_a_stretch_lies_in_the_text(said: str, form: Form) -> None:
    assert 0.0 <= share(said, "zh") <= 1.0
    told = stretch(said, form)
    assert told is None or told
