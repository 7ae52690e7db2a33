"""An answer as characters with times, and its cleaned reading with a map back.

The matcher reads :class:`Clean`: lower case, half width, fillers and stutters dropped, punctuation
reduced to ``，`` (weak) and ``。`` (strong). ``offsets`` leads every cleaned character back to the
original, so that evidence keeps its verbatim quote and its times.

Known failure: a filler that is also a word (额 in 额外) is kept unless it stands alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from voicecoach.model.audio import Span
from voicecoach.model.spans import hull

if TYPE_CHECKING:
    from voicecoach.model.transcript import Transcript

PAUSE_SPLIT_S = 0.6
"""Seconds between two words beyond which a clause ends (measured on spoken answers)."""
WEAK = "，"
STRONG = "。"
_STRONG_MARKS = frozenset("。.！!？?；;…\n")
_QUOTES = frozenset("“”\"'‘’《》「」『』【】[]（）()*#")
_FILLERS = re.compile(
    r"[嗯呃唔呣]+|(?<![\w])(?:额|啊|哎呀?|唉|诶|欸|哦|噢|那个|这个|就是说|怎么说呢|"
    r"um+|uh+|er+m?|hmm+|you know)(?![\w])"
)
_STUTTER = re.compile(r"([我你您他她它就会先是那这的要把在跟给也])\1+")
_STUTTER_PAIR = re.compile(r"(就是|然后|我们|可以|因为|所以|如果|那个|这个|我会|先|会)\1+")


@dataclass(frozen=True, slots=True)
class Clean:
    """The cleaned reading: ``offsets[i]`` is the original index of ``text[i]``.

    ``pauses`` holds the indices in ``text`` before which the speaker was silent for longer than
    :data:`PAUSE_SPLIT_S`.
    """

    text: str
    offsets: tuple[int, ...]
    pauses: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SpokenText:
    """What was said: ``text`` verbatim, and for each character its span (None on text alone)."""

    text: str
    spans: tuple[Span | None, ...]

    def __post_init__(self) -> None:
        if len(self.text) != len(self.spans):
            msg = f"one span a character is needed, got {len(self.spans)} for {len(self.text)}"
            raise ValueError(msg)

    @classmethod
    def from_text(cls, text: str) -> SpokenText:
        """Text alone: no times."""
        return cls(text, (None,) * len(text))

    @classmethod
    def from_transcript(cls, transcript: Transcript) -> SpokenText:
        """Recognised words; the characters of a word share its span evenly."""
        text: list[str] = []
        spans: list[Span | None] = []
        for word in transcript.words:
            text.append(word.text)
            spans += character_spans(word.span, len(word.text))
        return cls("".join(text), tuple(spans))

    def quote(self, start: int, end: int) -> str:
        """The verbatim text of the characters ``[start, end)``, without blanks at its ends."""
        return self.text[start:end].strip()

    def span(self, start: int, end: int) -> Span | None:
        """The time that the characters ``[start, end)`` take; None when nothing is timed."""
        return hull(span for span in self.spans[start:end] if span is not None)

    def clean(self) -> Clean:
        """The reading that the matcher sees."""
        text, offsets = _normalised(self.text)
        for pattern in (_FILLERS, _STUTTER_PAIR, _STUTTER):
            text, offsets = _dropped(text, offsets, pattern)
        text, offsets = _tidy(text, offsets)
        pauses = frozenset(
            index + 1
            for index, (left, right) in enumerate(pairwise(offsets))
            if self._gap_s(left, right) > PAUSE_SPLIT_S
        )
        return Clean(text, tuple(offsets), pauses)

    def _gap_s(self, left: int, right: int) -> float:
        """The longest silence between the characters ``left`` and ``right``, in seconds."""
        timed = [span for span in self.spans[left : right + 1] if span is not None]
        return max((after.start_s - before.end_s for before, after in pairwise(timed)), default=0.0)


def character_spans(span: Span, n: int) -> list[Span]:
    """The times of ``n`` characters that share ``span`` evenly.

    Unlike :func:`voicecoach.model.spans.parts` each end is reckoned from its own start, not from that of the
    span: evidence is written with milliseconds, where the last bit decides about a half.
    """
    step_s = span.duration_s / max(n, 1)
    starts_s = (span.start_s + index * step_s for index in range(n))
    return [Span(start_s, min(start_s + step_s, span.end_s)) for start_s in starts_s]


def _normalised(original: str) -> tuple[str, list[int]]:
    text: list[str] = []
    offsets: list[int] = []
    for index, character in enumerate(original):
        folded = unicodedata.normalize("NFKC", character).lower()[:1] or character
        inside_word = 0 < index < len(original) - 1 and (original[index - 1] + original[index + 1]).isalpha()
        if folded in "'’" and inside_word and original[index - 1].isascii():
            folded = "'"  # won't, didn’t: the negator is in it
        elif character in _QUOTES or folded in _QUOTES:
            continue
        decimal = (
            folded == "."
            and 0 < index < len(original) - 1
            and original[index - 1].isdigit()
            and original[index + 1].isdigit()
        )
        if (character in _STRONG_MARKS or folded in _STRONG_MARKS) and not decimal:
            folded = STRONG
        elif folded.isspace():
            folded = " "
        elif (
            not decimal and folded != "'" and unicodedata.category(folded)[0] in "PSZ" and folded not in "%+"
        ):
            folded = WEAK
        text.append(folded)
        offsets.append(index)
    return "".join(text), offsets


def _dropped(text: str, offsets: list[int], pattern: re.Pattern[str]) -> tuple[str, list[int]]:
    """Cut what ``pattern`` finds; where it has a group, its last repetition stays."""
    pieces: list[str] = []
    kept: list[int] = []
    last = 0
    for match in pattern.finditer(text):
        cut_end = match.end() - len(match.group(1)) if pattern.groups else match.end()
        pieces.append(text[last : match.start()])
        kept.extend(offsets[last : match.start()])
        last = cut_end
    pieces.append(text[last:])
    kept.extend(offsets[last:])
    return "".join(pieces), kept


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _tidy(text: str, offsets: list[int]) -> tuple[str, list[int]]:
    """One mark where several met, none at the start, and no blank beside a Hanzi or a mark."""
    out: list[str] = []
    kept: list[int] = []
    for index, character in enumerate(text):
        if character in WEAK + STRONG:
            while out and out[-1] == " ":
                out.pop()
                kept.pop()
            if not out:
                continue
            if out[-1] in WEAK + STRONG:
                if character == STRONG:
                    out[-1] = STRONG
                continue
        elif character == " ":
            after = text[index + 1] if index + 1 < len(text) else " "
            if not out or out[-1] in f"{WEAK}{STRONG} " or _is_han(out[-1]) or _is_han(after):
                continue
        out.append(character)
        kept.append(offsets[index])
    return "".join(out), kept
