"""Recent vectors are those of the encoder, worked out once."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import FakeEncoder
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.rubric.coverage import recent_vectors
from voicecoach.rubric.coverage.recent_vectors import RecentVectors

BATCHES = st.lists(st.lists(st.text("甲乙丙", min_size=1, max_size=2), max_size=6), max_size=5)


@given(BATCHES, st.integers(1, 8))
def test_vectors_are_those_of_the_encoder(batches: list[list[str]], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recent_vectors, "MOST", most)
        recent = RecentVectors(FakeEncoder())
        for sentences in batches:
            assert np.array_equal(recent.encode(sentences), FakeEncoder().encode(sentences))


def test_what_was_just_encoded_is_not_encoded_again() -> None:
    behind = FakeEncoder()
    recent = RecentVectors(behind)
    recent.encode(["甲", "乙"])
    recent.encode(["乙", "丙"])
    recent.encode(["丙", "甲"])
    assert behind.encoded == [("甲", "乙"), ("丙",)]


def test_it_forgets_before_it_grows_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent_vectors, "MOST", 2)
    behind = FakeEncoder()
    recent = RecentVectors(behind)
    for sentence in ("甲", "乙", "丙", "甲"):
        recent.encode([sentence])
    assert behind.encoded == [("甲",), ("乙",), ("丙",), ("甲",)]
