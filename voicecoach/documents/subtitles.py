"""Words with times out of subtitles: SRT, WebVTT and the TSV of whisper.

A cue is a line of speech, so only those that hold single words say when each was said: cues of one word, and
WebVTT with times inside a cue. Of other cues the words have no times of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from voicecoach.documents.given import GivenWord, spread

if TYPE_CHECKING:
    from collections.abc import Iterator

MS: Final = 1000.0
_CLOCK: Final = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d{1,6})?)"
_CUE: Final = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}")
_INSIDE: Final = re.compile(rf"<{_CLOCK}>")
_TAG: Final = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_TSV_HEAD: Final = "start\tend\ttext"


def decode_subtitles(text: str) -> list[GivenWord] | None:
    """The words of subtitles in their order; None for a text that is none."""
    lines = text.splitlines()
    if lines and lines[0].strip().lower() == _TSV_HEAD:
        return [word for line in lines[1:] for word in _of_tsv(line)]
    if not any(_CUE.match(line) for line in lines):
        return None
    return [word for cue in _cues(lines) for word in cue]


def _of_tsv(line: str) -> list[GivenWord]:
    start, _, rest = line.partition("\t")
    end, _, text = rest.partition("\t")
    try:
        times = float(start) / MS, float(end) / MS
    except ValueError:
        return []
    return _line(text, *times)


def _cues(lines: list[str]) -> Iterator[list[GivenWord]]:
    times: tuple[float, float] | None = None
    said: list[str] = []
    for line in [*lines, "0:0 --> 0:0"]:  # a cue behind the last ends it
        cue = _CUE.match(line)
        if cue is None:
            said.append(line)
            continue
        if times is not None:
            yield _of_cue(said[:-1] if said and said[-1].strip().isdecimal() else said, *times)
        clock = cue.groups()
        times, said = (_seconds(*clock[:3]), _seconds(*clock[3:])), []


def _of_cue(lines: list[str], start_s: float, end_s: float) -> list[GivenWord]:
    """The words of a cue, up to the first blank line."""
    blank = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    text = " ".join(line.strip() for line in lines[:blank])
    places = list(_INSIDE.finditer(text))
    if not places:
        return _line(_TAG.sub("", text), start_s, end_s)
    starts = [start_s, *(_seconds(*place.groups()) for place in places)]
    edges = [0, *(edge for place in places for edge in place.span()), len(text)]
    texts = [_TAG.sub("", text[edges[n] : edges[n + 1]]) for n in range(0, len(edges), 2)]
    ends = [*starts[1:], end_s]
    timed = zip(texts, starts, ends, strict=True)
    return [GivenWord(said, begun_s, ended_s) for said, begun_s, ended_s in timed if said.strip()]


def _line(text: str, start_s: float, end_s: float) -> list[GivenWord]:
    words = spread(text, start_s, end_s)
    return [GivenWord(text.strip(), start_s, end_s)] if len(words) == 1 else words


def _seconds(hours: str | None, minutes: str, seconds: str) -> float:
    return 3600.0 * int(hours or 0) + 60.0 * int(minutes) + float(seconds.replace(",", "."))
