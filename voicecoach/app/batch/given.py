"""A transcript that comes with a recording: read, put in order, and mended where that can be told.

Words out of order are sorted, single words without times are laid between their neighbours, words that reach
into the next one are cut, and what was done is counted, so that the result can say so. What would be made
up is refused: no times at all, times of whole lines only, or of too few words.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from voicecoach.documents.given import GivenWord, NoWordsError, decode_given
from voicecoach.documents.subtitles import decode_subtitles
from voicecoach.errors import InputError
from voicecoach.model.audio import Span
from voicecoach.model.transcript import Word
from voicecoach.rubric.personal.data import masked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

FILE_MOST: Final = 32 * 2**20
"""Bytes of a transcript: ten hours of words take half of it."""
TIMELESS_MOST: Final = 0.5
"""Share of words without times that may be laid between their neighbours (ours)."""
BEFORE_MOST_S: Final = 0.5
"""A word may begin so much before the recording does: recognisers pad the sound."""
BACKWARD_MOST_S: Final = 0.05
"""A word may end so much before it begins: times are rounded."""
OVERLAP_MOST_S: Final = 0.1
"""Words may overlap so much without being cut."""
LATEST_S: Final = 1e6
"""A time beyond that is none."""
DENSE_S: Final = 10.0
DENSE_MOST: Final = 3000
"""Signs of the words that begin within ``DENSE_S``: ten times what the fastest speakers say (ours)."""
SHOWN_MOST: Final = 20
ENCODINGS: Final = ("utf-8-sig", "utf-16", "gb18030")
_NO_TEXT: Final = re.compile("[\x00\ud800-\udfff]")
"""NUL and halves of characters, which no file takes."""
_CHINESE_FROM: Final = "\u2e80"
"""Signs from here on stand together without blanks."""


@dataclass(frozen=True, slots=True)
class Given:
    """Words in order; ``mended`` counts by kind (``filled``, ``cut`` …) what had to be."""

    words: tuple[Word, ...]
    mended: Mapping[str, int] = field(default_factory=dict)


def read_given(path: Path) -> Given:
    """The words with times in a file. Raises InputError that says what is wrong with it."""
    name = path.name
    try:
        if not path.is_file():
            path.stat()
            raise InputError("transcript-no-file", name=name)
        if path.stat().st_size > FILE_MOST:
            raise InputError("transcript-too-big", name=name, most_mb=FILE_MOST // 2**20)
        data = path.read_bytes()
    except (OSError, ValueError) as exc:
        cause = getattr(exc, "strerror", None) or str(exc)
        raise InputError("transcript-unreadable", name=name, cause=cause) from exc
    try:
        words = _decoded(data)
    except RecursionError as exc:
        raise InputError("transcript-deep", name=name) from exc
    except (ValueError, OverflowError) as exc:
        raise InputError("transcript-without-times", name=name) from exc
    return mended(words, name=name)


def _decoded(data: bytes) -> list[GivenWord]:
    """The words of a document. Raises ValueError (no text, no JSON, no words), RecursionError."""
    text = None
    for encoding in ENCODINGS:
        if encoding == "utf-16" and data[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
            continue
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if text is None:
        raise NoWordsError
    subtitles = None if text.lstrip()[:1] in {"{", "["} else decode_subtitles(text)
    return decode_given(json.loads(text)) if subtitles is None else subtitles


def mended(given: Sequence[GivenWord], *, name: str) -> Given:
    """The words in order of time, all with times; ``name`` is that of their file. Raises InputError."""
    whole = [replace(word, text=_NO_TEXT.sub("\ufffd", word.text)) for word in given]
    spoken = _spaced([word for word in whole if word.text.strip()])
    groups, n_filled = _groups(spoken, name)
    in_order = sorted(groups, key=lambda group: group[0].start_s or 0.0)
    latest, n_moved = -1.0, 0
    for group in groups:
        start_s = group[0].start_s or 0.0
        n_moved += start_s < latest
        latest = max(latest, start_s)
    words = list(_filled(in_order))
    _check_density(words, name)
    n_cut = 0
    for number in range(len(words) - 1):
        word, start_s = words[number], words[number + 1].span.start_s
        if word.span.end_s - start_s > OVERLAP_MOST_S:
            words[number] = replace(word, span=Span(word.span.start_s, max(word.span.start_s, start_s)))
            n_cut += 1
    n_speakers = len({word.speaker for word in given if word.speaker})
    n_garbled = sum(before.text != after.text for before, after in zip(given, whole, strict=True))
    counts = {
        "filled": n_filled,
        "sorted": n_moved,
        "cut": n_cut,
        "garbled": n_garbled,
        "speakers": n_speakers,
    }
    return Given(tuple(words), {what: n for what, n in counts.items() if n > (what == "speakers")})


def _spaced(words: Sequence[GivenWord]) -> list[GivenWord]:
    """The words with blanks between letters, if none brought any; digits in Chinese stay together."""
    if any(word.text != word.text.strip() for word in words):
        return list(words)
    chinese = sum(word.text[0] >= _CHINESE_FROM for word in words) * 2 > len(words)
    spaced = list(words[:1])
    for before, word in pairwise(words):
        edges = before.text[-1] + word.text[0]
        parted = max(edges) < _CHINESE_FROM and (not chinese or edges.isalpha())
        spaced.append(replace(word, text=f" {word.text}") if parted else word)
    return spaced


def _groups(words: Sequence[GivenWord], name: str) -> tuple[list[list[GivenWord]], int]:
    """Each word that has times, with those behind it that have none; and how many these are.

    Words without times before the first go with that. Raises InputError.
    """
    groups: list[list[GivenWord]] = []
    ahead: list[GivenWord] = []
    for number, word in enumerate(words, start=1):
        if word.start_s is None or word.end_s is None:
            (groups[-1] if groups else ahead).append(word)
            continue
        groups.append([_checked(word, number, name)])
    n_filled = sum(len(group) - 1 for group in groups) + len(ahead)
    if words and not groups:
        lines = any(None not in word.within for word in words)
        raise InputError("transcript-lines-only" if lines else "transcript-without-times", name=name)
    if n_filled > TIMELESS_MOST * len(words):
        raise InputError("transcript-few-times", name=name, n=n_filled, total=len(words))
    if ahead:
        first_s = groups[0][0].start_s or 0.0
        begun_s = ahead[0].within[0]
        start_s = first_s if begun_s is None else max(0.0, min(begun_s, first_s))
        groups.insert(0, [replace(ahead[0], start_s=start_s, end_s=None), *ahead[1:]])
    return groups, n_filled


def _check_density(words: Sequence[Word], name: str) -> None:
    """Raises InputError where more is said at a time than anybody can say: judging that takes for ever."""
    signs = Counter[int]()
    for word in words:
        share = min(1.0, DENSE_S / max(word.span.duration_s, DENSE_S))
        signs[int(word.span.start_s // DENSE_S)] += round(len(word.text) * share)
    place, most = max(signs.items(), key=itemgetter(1), default=(0, 0))
    if most > DENSE_MOST:
        start_s, end_s = f"{place * DENSE_S:g}", f"{(place + 1) * DENSE_S:g}"
        raise InputError("transcript-dense", name=name, n=most, start_s=start_s, end_s=end_s)


def _checked(word: GivenWord, number: int, name: str) -> GivenWord:
    """The word with times that a span takes. Raises InputError."""
    start_s, end_s = word.start_s or 0.0, word.end_s or 0.0
    facts = {"name": name, "number": number, "text": f"{masked(word.text.strip()):.{SHOWN_MOST}}"}
    if not -BEFORE_MOST_S <= start_s <= LATEST_S or end_s > LATEST_S:
        raise InputError("transcript-word-time", **facts, start_s=f"{start_s:.6g}", end_s=f"{end_s:.6g}")
    if end_s < start_s - BACKWARD_MOST_S:
        raise InputError("transcript-word-order", **facts, start_s=f"{start_s:.6g}", end_s=f"{end_s:.6g}")
    start_s = max(0.0, start_s)
    return replace(word, start_s=start_s, end_s=max(start_s, end_s))


def _filled(groups: Sequence[Sequence[GivenWord]]) -> Iterator[Word]:
    """All words; those without times share the time up to the next group by the length of their texts.

    Behind the last group they share what is left of their segment, else they take no time.
    """
    for number, (first, *timeless) in enumerate(groups):
        at_s = first.start_s or 0.0
        until_s = groups[number + 1][0].start_s if number + 1 < len(groups) else None
        if first.end_s is None:  # words before the first that has times
            timeless.insert(0, first)
        else:
            yield Word(first.text, Span(at_s, first.end_s), first.confidence)
            at_s = first.end_s if until_s is None else min(first.end_s, until_s)
        if not timeless:
            continue
        last_s = timeless[-1].within[1]
        ends = [time_s for time_s in (until_s, last_s) if time_s is not None]
        room_s = max(0.0, min(ends) - at_s) if ends else 0.0
        n_signs = sum(len(word.text.strip()) for word in timeless)
        for word in timeless:
            end_s = at_s + room_s * len(word.text.strip()) / n_signs
            yield Word(word.text, Span(at_s, end_s), word.confidence)
            at_s = end_s
