"""The cache of the list of words may hold anything: then it is made anew, and nothing is said."""

from __future__ import annotations

import logging
import marshal
import os
from typing import TYPE_CHECKING, Final

import jieba
import pytest

from voicecoach.adapters.tts.kokoro_text import LEAST_WORDS, WORDS_CACHE, _read_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAMAGES: Final[dict[str, Callable[[Path], object]]] = {
    "empty": lambda path: path.write_bytes(b""),
    "noise": lambda path: path.write_bytes(os.urandom(200)),
    "numbers": lambda path: path.write_bytes(marshal.dumps((5, "x"))),
    "few words": lambda path: path.write_bytes(marshal.dumps(({"您好": 5}, 5))),
    "no list": lambda path: path.write_bytes(marshal.dumps([1, 2, 3])),
    "a folder": lambda path: path.mkdir(),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_is_made_anew(tmp_path: Path, capfd: pytest.CaptureFixture[str], damage: str) -> None:
    jieba.setLogLevel(logging.CRITICAL)
    DAMAGES[damage](tmp_path / WORDS_CACHE)
    words = jieba.Tokenizer()
    words.tmp_dir = str(tmp_path)
    _read_words(words)
    assert len(words.FREQ) >= LEAST_WORDS
    assert list(words.cut("我来到北京清华大学")) == ["我", "来到", "北京", "清华大学"]
    assert capfd.readouterr().err == ""
