"""What every SentenceEncoder keeps to, whichever engine is behind it.

A test class inherits from :class:`SentenceEncoderContract` and gives the fixture ``encoder``, of the scope of
the class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from voicecoach.ports import SentenceEncoder

LENGTH_TOLERANCE = 1e-4
"""How far a unit vector's length may lie from 1."""
SAME_TOLERANCE = 1e-4
"""How far, in any dimension, two vectors of one sentence may lie apart when its company differs."""
SENTENCES = ("我理解您的心情", "我很理解您的心情", "仓库明天盘点", "i am sorry", "好", "我查一下物流" * 40)


class SentenceEncoderContract:
    """The fixture comes from the class that inherits."""

    def test_a_row_a_sentence_each_of_length_one(self, encoder: SentenceEncoder) -> None:
        vectors = encoder.encode(SENTENCES)
        assert vectors.shape[0] == len(SENTENCES)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(SENTENCES)), abs=LENGTH_TOLERANCE)

    def test_nothing_in_gives_no_rows_of_the_same_width(self, encoder: SentenceEncoder) -> None:
        assert encoder.encode([]).shape == (0, encoder.encode(["好"]).shape[1])
        assert encoder.encode([]).dtype == np.float32

    def test_the_same_sentences_give_the_same_bytes(self, encoder: SentenceEncoder) -> None:
        assert encoder.encode(SENTENCES).tobytes() == encoder.encode(SENTENCES).tobytes()

    def test_the_company_of_a_sentence_does_not_matter(self, encoder: SentenceEncoder) -> None:
        together = encoder.encode(SENTENCES)
        alone = np.concatenate([encoder.encode([sentence]) for sentence in SENTENCES])
        assert together == pytest.approx(alone, abs=SAME_TOLERANCE)

    def test_order_in_is_order_out(self, encoder: SentenceEncoder) -> None:
        backward = encoder.encode(SENTENCES[::-1])
        assert encoder.encode(SENTENCES) == pytest.approx(backward[::-1], abs=SAME_TOLERANCE)

    def test_like_lies_closer_than_unlike(self, encoder: SentenceEncoder) -> None:
        one, like, unlike = encoder.encode(SENTENCES[:3])
        assert float(one @ like) > float(one @ unlike) + 0.3
