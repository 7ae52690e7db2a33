"""Words with their times that come with a recording, in the shapes that recognisers and people write.

Our own (``{"words": [{"text", "start_s", "end_s", "confidence"}]}``, an assessment, or its ``transcript``);
segments with words as whisper, faster-whisper and whisperX give them (``word``, ``start``, ``end``,
``probability`` or ``score``, ``speaker``), also as the lists that named tuples become; bare lists of such
words. A word may lack its times: whisperX cannot align numerals. What to make of that is not said here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TEXT_KEYS: Final = ("text", "word")
START_KEYS: Final = ("start_s", "start", "start_time")
END_KEYS: Final = ("end_s", "end", "end_time")
SURE_KEYS: Final = ("confidence", "probability", "score", "conf", "prob")
WORD_KEYS: Final = ("words", "word_segments", "result")
"""Where a document without segments keeps its words."""
TIMES: Final = 2
_TOKEN: Final = re.compile(r"[\u3400-\u9fff][^\w\s]*|[^\s\u3400-\u9fff]+")
"""A Hanzi, or a word of letters, with the marks behind it."""


@dataclass(frozen=True, slots=True)
class GivenWord:
    """A word as it stands in a document; times in seconds, None where it has none that is a number.

    ``within`` is the segment's own time, as far as there is one; ``speaker`` is "" for none.
    """

    text: str
    start_s: float | None
    end_s: float | None
    confidence: float = 1.0
    speaker: str = ""
    within: tuple[float | None, float | None] = (None, None)


class NoWordsError(ValueError):
    """The document holds nothing that could be words with times."""


def decode_given(document: object) -> list[GivenWord]:
    """The words of a document, in its order. Raises NoWordsError."""
    if isinstance(document, Mapping) and isinstance(document.get("transcript"), Mapping):
        document = document["transcript"]
    if isinstance(document, Mapping):
        listed = next((document[key] for key in WORD_KEYS if isinstance(document.get(key), list)), None)
        segments = document.get("segments")
        if isinstance(segments, list) and (not listed or any(map(_words_in, segments))):
            return list(_of_segments(segments))
        if listed is None:
            raise NoWordsError
        return [_word(word) for word in listed]
    if not isinstance(document, list):
        raise NoWordsError
    if any(_words_in(element) is not None or _is_segment(element) for element in document):
        return list(_of_segments(document))
    return [_word(word) for word in document]


def spread(text: str, start_s: float | None, end_s: float | None, speaker: str = "") -> list[GivenWord]:
    """A line of text as words without times of their own, ``within`` the time of the line."""
    return [GivenWord(token, None, None, 1.0, speaker, (start_s, end_s)) for token in _TOKEN.findall(text)]


def _is_segment(element: object) -> bool:
    """Whether it is a segment whose words nobody asked for: ``words`` is there and null, or it has tokens."""
    return isinstance(element, Mapping) and ("words" in element or "tokens" in element)


def _words_in(element: object) -> Sequence[Any] | None:
    """The words of a segment; None for what has none."""
    if isinstance(element, Mapping):
        words = element.get("words")
        return words if isinstance(words, list) else None
    if isinstance(element, list):  # a named tuple: one of its values is the list of its words
        lists = [value for value in element if isinstance(value, list) and value]
        return next((value for value in lists if isinstance(value[0], Mapping | list)), None)
    return None


def _of_segments(segments: Sequence[Any]) -> Iterator[GivenWord]:
    for segment in segments:
        words = _words_in(segment)
        speaker, text = "", None
        within: tuple[float | None, float | None] = (None, None)
        if isinstance(segment, Mapping):
            within = (_seconds(_first(segment, START_KEYS)), _seconds(_first(segment, END_KEYS)))
            speaker, text = _speaker(segment), segment.get("text")
        if words:
            for word in words:
                yield _word(word, within=within, speaker=speaker)
        elif isinstance(text, str):
            yield from spread(text, *within, speaker=speaker)


def _word(
    word: object, *, within: tuple[float | None, float | None] = (None, None), speaker: str = ""
) -> GivenWord:
    """One word. Raises NoWordsError for what is none."""
    if isinstance(word, list):
        texts = [value for value in word if isinstance(value, str)]
        numbers = [value for value in word if not isinstance(value, str)]
        if len(texts) != 1 or len(numbers) < TIMES:
            raise NoWordsError
        sure = numbers[TIMES] if len(numbers) > TIMES else None
        return GivenWord(texts[0], _seconds(numbers[0]), _seconds(numbers[1]), _share(sure), speaker, within)
    if not isinstance(word, Mapping):
        raise NoWordsError
    text = _first(word, TEXT_KEYS)
    if text is not None and not isinstance(text, str):
        raise NoWordsError
    return GivenWord(
        text or "",
        _seconds(_first(word, START_KEYS)),
        _seconds(_first(word, END_KEYS)),
        _share(_first(word, SURE_KEYS)),
        _speaker(word) or speaker,
        within,
    )


def _first(values: Mapping[str, object], keys: Sequence[str]) -> object:
    return next((values[key] for key in keys if values.get(key) is not None), None)


def _speaker(values: Mapping[str, Any]) -> str:
    speaker = values.get("speaker")
    return "" if speaker is None else str(speaker)


def _seconds(value: object) -> float | None:
    """A time; None for what is no number, NaN and infinities."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        seconds = float(value)
    except (ValueError, OverflowError):
        return None
    return seconds if isfinite(seconds) else None


def _share(value: object) -> float:
    """How sure, 0..1; 1 where nothing is said."""
    share = _seconds(value)
    return 1.0 if share is None else min(1.0, max(0.0, share))
