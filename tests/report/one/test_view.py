"""The wording decisions of the one view model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest
from assessments import answer, profile, prompt

from voicecoach.app.takes.review import Doubt
from voicecoach.errors import EngineError, InputError, StoreError
from voicecoach.model.assessment import (
    Advice,
    Assessment,
    Evidence,
    LanguageCode,
    PointState,
    Score,
    Verdict,
)
from voicecoach.model.audio import Span
from voicecoach.model.dialogue import Side
from voicecoach.model.take import TakeState
from voicecoach.report.one.view import build_view, clock
from voicecoach.report.phrases import named, printable, reader_language
from voicecoach.words.catalogue import has, in_language, languages, word

if TYPE_CHECKING:
    from voicecoach.model.prompt import Prompt
    from voicecoach.report.one.view_values import CoverageView


def covered(assessment: Assessment, asked: Prompt | None = None) -> CoverageView:
    view = build_view(assessment, asked or prompt(), profile(), ui="zh")
    assert view.coverage
    return view.coverage


def test_where_a_step_is_due_only_the_end_of_the_step_before_is_played() -> None:
    long_step = Advice("rubric:listen", {"zh": "问一问"}, Span(1.0, 12.0))
    points = covered(replace(answer(), advice=(long_step,))).points
    assert [point.due for point in points] == [None, Span(9.0, 12.0), None, None, None]


def test_why_a_point_was_heard_in_words() -> None:
    plain = answer()
    assert plain.coverage
    first = plain.coverage.points[0]

    def why(by: str) -> str:
        point = replace(first, evidence=(Evidence("好的", None, by),))
        assert plain.coverage
        changed = replace(plain, coverage=replace(plain.coverage, points=(point,)))
        return covered(changed).points[0].said[0].why

    assert why("cue:查物流") == "与“查物流”读音相合"
    assert why("exemplar:帮您查：物流") == "意思接近“帮您查：物流”"
    assert why("trainer") == "trainer"


def test_a_point_that_must_not_be_missing_says_so() -> None:
    asked = prompt()
    points = tuple(replace(point, fatal=point.id == "listen") for point in asked.points)
    words = [point.word for point in covered(answer(), replace(asked, points=points)).points]
    assert words == ["可能", "没有听到（必须说到）", "听到", "听到", "听到"]


def test_hints_stand_only_where_something_is_missing() -> None:
    assert [bool(point.hint) for point in covered(answer()).points] == [True, True, False, False, False]


def test_every_part_of_the_total_is_listed_and_adds_up() -> None:
    view = build_view(answer(), prompt(), profile(), ui="en")
    points = sum(float(part.points) for part in view.parts)
    out_of = sum(float(part.out_of) for part in view.parts)
    assert view.sum.startswith(f"Total = 100 x points / out of = 100 x {points:.1f} / {out_of:.1f}")
    assert round(100 * points / out_of) == int(view.headline.total)
    assert [part.label for part in view.parts][-3:] == ["Speech rate", "Longest pause", "Pitch variety"]


def test_a_fatal_item_stands_in_the_list_with_its_quote() -> None:
    fatal = Score("fatal:rude", 0.0, 0.0, "red", "你听不懂吗")
    view = build_view(replace(answer(), total=0.0, scores=(fatal,)), prompt(), profile(), ui="zh")
    assert (view.parts[0].label, view.parts[0].word) == ("一票否决: 不礼貌", "你听不懂吗")
    assert view.sum == "有一票否决项，总分为 0。"


@pytest.mark.parametrize(
    ("time_s", "text"), [(0.0, "0:00"), (7.96, "0:07"), (61.0, "1:01"), (3665.4, "61:05")]
)
def test_the_clock_counts_minutes_past_the_hour(time_s: float, text: str) -> None:
    assert clock(time_s) == text


def test_readers_of_other_languages_read_english() -> None:
    assert [reader_language(code) for code in ("zh", "en", "fr")] == ["zh", "en", "en"]


@pytest.mark.parametrize("ui", languages())
def test_every_name_of_a_state_verdict_code_or_doubt_has_words(ui: str) -> None:
    kinds = {
        "report": (
            *get_args(PointState),
            *get_args(Verdict),
            *get_args(LanguageCode),
            "no_verdict",
            "broken",
        ),
        "takes": (*get_args(Doubt), *(state for state in get_args(TakeState) if state != "scored")),
        "batch": (*(kind.kind for kind in (InputError, EngineError, StoreError)), *get_args(Side)),
    }
    for room, names in kinds.items():
        for name in names:
            code = f"{room}-{name.replace('_', '-')}"
            assert has(code), code
            assert named(name, ui, rooms=(room,)) == word(code, ui)
    for verdict in get_args(Verdict):
        assert has(f"report-{verdict}-gentle"), verdict


def test_a_name_that_nobody_knows_is_shown_as_it_is() -> None:
    names = ("not_heard", "rude", "no_such_phrase", "Ä {$x}")
    assert [named(name, "zh") for name in names] == ["没有听到", "不礼貌", "no_such_phrase", "Ä {$x}"]


def test_a_text_that_is_not_in_the_readers_language_is_english_or_any() -> None:
    both = {"zh": "好", "en": "good"}
    assert [in_language(both, ui) for ui in ("zh", "en", "fr")] == ["好", "good", "good"]
    assert in_language({"zh": "好", "en": ""}, "fr") == "好"
    assert in_language({}, "zh", "id") == "id"


def test_what_is_not_printable_is_escaped() -> None:
    assert printable("a\nb\x1b[0m\u2028\u202e") == "a b\\x1b[0m\\u2028\\u202e"
