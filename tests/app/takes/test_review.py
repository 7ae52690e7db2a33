"""A take opened again, and two assessments side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from assessments import answer, profile, prompt, refused
from store_contract import a_scored, a_take

from voicecoach.app.takes.review import differences, doubts, open_take
from voicecoach.documents.assessment import encode_assessment
from voicecoach.errors import StoreError, UsageError
from voicecoach.model.assessment import Assessment, Measurement
from voicecoach.model.transcript import Provenance

if TYPE_CHECKING:
    from voicecoach.app.takes.review import Difference, Opened
    from voicecoach.model.prompt import Prompt


class Shelf:
    """A library of one prompt, or of none."""

    def __init__(self, *prompts: Prompt) -> None:
        self._prompts = prompts

    def prompts(self) -> tuple[Prompt, ...]:
        return self._prompts

    def prompt(self, prompt_id: str) -> Prompt:
        for found in self._prompts:
            if found.id == prompt_id:
                return found
        raise UsageError("plain", message=f"no prompt {prompt_id!r}", remedy="")


def opened(
    *prompts: Prompt, load_profile: Any = lambda _name, language: profile(language), **take: Any
) -> Opened:
    kept = a_scored(assessment=encode_assessment(answer()), **take)
    return open_take(kept, library=Shelf(*prompts), load_profile=load_profile)


def test_a_take_is_opened_with_the_words_that_were_asked() -> None:
    found = opened(prompt(), prompt_text="那时问的话")
    assert found.known
    assert found.prompt.text["zh"] == "那时问的话"
    assert found.prompt.points == prompt().points
    assert found.assessment.total == round(answer().total or 0, 1)
    assert opened(prompt(), prompt_text="").prompt.text == prompt().text


def test_a_prompt_that_is_gone_leaves_its_words_and_ids() -> None:
    found = opened(prompt_id="gone", prompt_text="那时问的话")
    assert not found.known
    assert found.prompt.text == {"zh": "那时问的话"}
    assert [point.label for point in found.prompt.points] == [
        {"zh": point_id} for point_id in ("empathy", "listen", "analyze", "solve", "apology")
    ]


def test_a_profile_that_is_gone_leaves_the_bands_of_the_take() -> None:
    def missing(name: str, language: str) -> Any:
        raise UsageError("plain", message=f"no {name} {language}", remedy="")

    assert opened(prompt(), load_profile=missing).profile.bands == opened(prompt()).assessment.bands


def test_what_cannot_be_opened_is_told() -> None:
    shelf: Any = {"library": Shelf(), "load_profile": None}
    with pytest.raises(UsageError, match="has not been scored yet"):
        open_take(a_take(), **shelf)
    with pytest.raises(StoreError, match=r"cannot be read: .*`words` - at"):
        open_take(a_scored(), **shelf)


def by_name(left: Assessment, right: Assessment) -> dict[str, Difference]:
    return {found.name: found for found in differences(left, right)}


def rated(value: float | None, name: str = "speech_rate") -> Assessment:
    figure = Measurement(name, value, "字/min", "d", (), "no_speech" if value is None else None)
    return replace(answer(), measurements=(figure,))


@pytest.mark.parametrize(
    ("left", "right", "better"),
    [
        (200.0, 300.0, "left"),  # green against red
        (300.0, 250.0, "right"),  # red against amber
        (270.0, 250.0, "right"),  # both amber: nearer to 240
        (110.0, 100.0, "left"),  # both red: nearer to 160
        (170.0, 230.0, None),  # both green
        (250.0, 250.0, None),
        (None, 200.0, None),
        (200.0, None, None),
    ],
)
def test_which_side_is_better_by_band(left: float | None, right: float | None, better: str | None) -> None:
    found = by_name(rated(left), rated(right))["speech_rate"]
    assert found.better == better
    assert found.step == (None if None in (left, right) else (right or 0) - (left or 0))
    assert found.changed == (left != right)


def test_what_has_no_band_or_no_value_on_both_sides() -> None:
    assert by_name(rated(1.0, "hf500"), rated(2.0, "hf500"))["hf500"].better is None
    assert "speech_rate" not in by_name(rated(None), rated(None))


def test_total_coverage_points_and_order() -> None:
    weaker = answer()
    coverage = weaker.coverage
    assert coverage
    points = tuple(replace(p, state="covered") if p.id == "listen" else p for p in coverage.points)
    stronger = replace(weaker, total=90.0, coverage=replace(coverage, points=points, low=0.75))
    found = by_name(weaker, stronger)
    assert next(iter(found)) == "total"
    for name in ("total", "coverage", "rubric:listen"):
        assert found[name].better == "right", name
    assert found["rubric:apology"].better is None
    assert not found["order"].changed
    assert by_name(stronger, weaker)["rubric:listen"].better == "left"
    assert by_name(weaker, refused())["rubric:listen"].right.verdict is None


def test_no_difference_between_the_same() -> None:
    assert [found for found in differences(answer(), answer()) if found.changed or found.better] == []
    assert doubts(answer(), answer()) == ()


def test_doubts_about_a_comparison() -> None:
    base = answer()
    assert base.coverage
    assert doubts(base, replace(base, rubric_version="2")) == ("other_rubric",)
    other = replace(base, coverage=replace(base.coverage, prompt_id="x"), profile="deescalation")
    assert doubts(base, other) == ("other_prompt", "other_profile")
    heard = replace(base.transcript, provenance=Provenance("faster-whisper", "1.2.1", "small", "0" * 64))
    assert doubts(base, replace(base, transcript=heard)) == ("other_model",)
