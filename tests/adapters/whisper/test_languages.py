"""The language of a recording from its windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.adapters.whisper.languages import WindowLanguages, heard_language

if TYPE_CHECKING:
    from random import Random

    from voicecoach.model.transcript import Language

CODES = ("zh", "en", "de", "es")


def test_nothing_asked_is_nothing_heard() -> None:
    assert heard_language((), "zh") is None
    assert heard_language([WindowLanguages(3.0, {})], "zh") is None


@pytest.mark.parametrize(("wanted", "sure"), [("zh", 0.96), ("en", 1.0)])
def test_neighbours_that_the_detector_wavers_between_are_surely_not_the_wanted_one(
    wanted: Language, sure: float
) -> None:
    window = WindowLanguages(10.0, {"es": 0.5, "pt": 0.46, "zh": 0.04})
    found = heard_language([window], wanted)
    assert found is not None
    assert found[0] == "es"
    assert found[1] == pytest.approx(sure)


@given(
    st.lists(
        st.tuples(st.floats(0.2, 30.0), st.lists(st.floats(0.01, 1.0), min_size=4, max_size=4)),
        min_size=1,
        max_size=5,
    ),
    st.randoms(),
)
def test_the_order_of_windows_does_not_matter_and_the_figure_is_a_probability(
    drawn: list[tuple[float, list[float]]], order: Random
) -> None:
    windows = [
        WindowLanguages(
            length_s, {code: share / sum(shares) for code, share in zip(CODES, shares, strict=True)}
        )
        for length_s, shares in drawn
    ]
    shuffled = list(windows)
    order.shuffle(shuffled)
    found, again = heard_language(windows, "zh"), heard_language(shuffled, "zh")
    assert found is not None
    assert again is not None
    assert 0.0 <= found[1] <= 1.0
    assert again[0] == found[0]
    assert again[1] == pytest.approx(found[1])
