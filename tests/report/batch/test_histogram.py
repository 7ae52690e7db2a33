"""Shares with their intervals, and histograms beside their bands."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.model.assessment import Band
from voicecoach.report.batch.statistics import histogram

SHARE_TOLERANCE = 1e-12
"""Of an interval against scipy's."""
EDGE_TOLERANCE = 1e-9
"""Of shares of a picture's width."""


BANDS = st.sampled_from(
    [
        None,
        Band((160, 240), (130, 280), ""),
        Band((None, 3), (None, 5), ""),
        Band((0.65, None), (0.5, None), ""),
    ]
)


@given(
    values=st.lists(st.floats(-500, 500) | st.integers(-30, 30).map(float), min_size=1, max_size=60),
    band=BANDS,
)
def test_a_histogram_holds_every_value_once(values: list[float], band: Band | None) -> None:
    drawn = histogram(values, band)
    assert sum(bar.n for bar in drawn.bars) == len(values)
    assert max(bar.height for bar in drawn.bars) == 1.0
    assert all(-EDGE_TOLERANCE <= bar.start <= 1 + EDGE_TOLERANCE - bar.width for bar in drawn.bars)
    assert all(zone.width > 0 and zone.start + zone.width <= 1 + EDGE_TOLERANCE for zone in drawn.zones)
    for limit in () if band is None else band.green:
        assert limit is None or drawn.low <= limit <= drawn.high


def test_the_band_is_drawn_where_its_limits_are() -> None:
    drawn = histogram([100.5, 200.0, 300.25], Band((160, 240), (130, 280), ""))

    def at(value: float) -> float:
        return (value - drawn.low) / (drawn.high - drawn.low)

    edges = [(zone.verdict, zone.start, zone.start + zone.width) for zone in drawn.zones]
    assert [verdict for verdict, _, _ in edges] == ["amber", "green", "amber"]
    wanted = [at(130), at(160), at(160), at(240), at(240), at(280)]
    assert [edge for _, *pair in edges for edge in pair] == pytest.approx(wanted, abs=EDGE_TOLERANCE)


def test_whole_numbers_stand_in_the_middle_of_their_bars_and_areas() -> None:
    drawn = histogram([0, 0, 1, 4], Band((None, 0), (None, 1), ""))
    assert drawn.whole
    assert [(bar.low, bar.high, bar.n) for bar in drawn.bars] == [
        (-0.5, 0.5, 2),
        (0.5, 1.5, 1),
        (3.5, 4.5, 1),
    ]
    assert [(zone.verdict, zone.start) for zone in drawn.zones] == [
        ("green", 0.0),
        ("amber", drawn.bars[0].width),
    ]


def test_one_far_value_does_not_flatten_the_rest() -> None:
    drawn = histogram([*np.linspace(3, 4, 200), 5000.0], None)
    assert drawn.high < 10
    assert drawn.n_outside >= 1


def test_a_share_is_never_drawn_above_one() -> None:
    assert histogram([0.2, 0.9, 1.0], None, ceiling=1.0).high == 1.0
    assert not histogram([0.0, 1.0], None, ceiling=1.0).whole
