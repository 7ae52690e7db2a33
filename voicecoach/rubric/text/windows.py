"""The stretches of an answer that are looked at as one thought.

Clauses end at punctuation, at long pauses and before connectives (首先 然后 如果 …). Windows are the
clauses, neighbouring clauses in twos and threes, and slides of :data:`SLIDE_LENGTHS` characters over
clauses that nobody punctuated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from voicecoach.rubric.text.spoken import STRONG, WEAK

if TYPE_CHECKING:
    from voicecoach.model.transcript import Language
    from voicecoach.rubric.text.spoken import Clean

_MARKS = re.compile(f"[{WEAK}{STRONG}]")
SLIDE_LENGTHS = (12, 22)
"""Characters of the windows that slide over an unpunctuated stretch."""
SLIDE_STEP = 4
SLIDE_FROM = 18
"""A clause of more characters than this gets slides."""
JOINT_LENGTHS = (5, 22)
"""Least and most characters between two joints that make a window."""
MAX_WINDOW = 44
"""Characters beyond which neighbours are not joined: a sentence vector blurs."""
PER_HANZI = {"zh": 1.0, "en": 3.2}
"""Characters that carry what one Hanzi does."""

_ZH_CONNECTIVES = re.compile(
    # steps, additions, turns: 首先, 另外, 但是
    r"首先|其次|然后|接着|接下来|随后|最后|第[一二三四五六]步?|同时|另外|此外|还有|并且|而且|但是|可是|不过|所以|因此"
    r"|如果|(?<![我你您])要是|假如|万一"  # not 我要是, whose clause has begun
    r"|之后(?!的)|再来|一方面|另一方面|比如说|比方说"  # not 之后的
    r"|(?<![马早晚以不会能想])再(?=[跟给向把去帮告查看问联看])"  # 再去问; not 马再, 不再, 会再
    r"|等他|等她"
)
_ZH_JOINTS = re.compile(
    # a subject; not the object of a preposition or verb: 给我, 让他, 问他
    r"(?<![给跟对让把向帮是和为替被等问])(?:我|他|她|您|你|咱|人家|客户|顾客)"
    # an adverb without its subject before it; not 就是, 还是, 那个
    r"|(?<![我他她您你咱们也还])(?:就(?!是|算)|也|还(?!是)|再|先|那(?!个|么|些))"
    r"|(?<=[了吧呢嘛啊呗哦])(?![的了吧呢嘛啊呗])"  # behind a closing particle, the last of them
    r"|按照|别的"
)
"""Before a subject or an adverb that opens a clause, and after a particle that closes one."""
_ZH_FIRM_JOINTS = re.compile(
    r"(?<![给跟对让把向帮是和为替被等问叫要])(?:我|咱|人家)"  # a subject that is the speaker; not 叫我, 要我
    r"|(?<![我他她您你咱们也还])(?:就(?!是|算)|也|再|那(?!个|么|些))"
    r"|(?<=[了吧呢嘛啊呗哦])(?![的了吧呢嘛啊呗])"
    r"|如果|要是|然后|绝不|决不|坚决"  # a condition, a step, a resolve
)
"""The surer ones of these: a negator does not reach across."""
_EN_CONNECTIVES = re.compile(
    r"\b(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|then|next|finally|after that"  # steps
    r"|also|besides|but|however|so|if|and i|because)\b"  # additions, turns, reasons
)


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Characters ``[start, end)`` of the cleaned text."""

    start: int
    end: int


def clauses(clean: Clean, *, language: Language) -> tuple[Window, ...]:
    """The clauses in order, without punctuation at their ends; none is empty."""
    text = clean.text
    cuts = {0, len(text)} | set(clean.pauses)
    for index, character in enumerate(text):
        if character in WEAK + STRONG:
            cuts |= {index, index + 1}
    connectives = _ZH_CONNECTIVES if language == "zh" else _EN_CONNECTIVES
    cuts |= {match.start() for match in connectives.finditer(text)}
    found_clauses = []
    for start, end in pairwise(sorted(cuts)):
        trimmed = _trim(text, start, end)
        if trimmed is not None:
            found_clauses.append(trimmed)
    return tuple(found_clauses)


def _trim(text: str, start: int, end: int) -> Window | None:
    blank = f"{WEAK}{STRONG} "
    while start < end and text[start] in blank:
        start += 1
    while end > start and text[end - 1] in blank:
        end -= 1
    return Window(start, end) if end > start else None


def windows(clean: Clean, *, language: Language) -> tuple[Window, ...]:
    """All windows of an answer, ordered by start, each once."""
    scale = PER_HANZI[language]
    parts = clauses(clean, language=language)
    windows = set(parts)
    for count in (2, 3):
        for first in range(len(parts) - count + 1):
            joined = Window(parts[first].start, parts[first + count - 1].end)
            if joined.end - joined.start <= MAX_WINDOW * scale and not _crosses_pause(clean, joined):
                windows.add(joined)
    for part in parts:
        windows |= _slides(clean.text, part, scale) | _joints(clean.text, part, language)
    return tuple(sorted(windows))


def _crosses_pause(clean: Clean, window: Window) -> bool:
    """Whether two sentences and a pause lie inside: then it is not one thought."""
    inner = clean.text[window.start : window.end]
    return STRONG in inner and any(window.start < pause < window.end for pause in clean.pauses)


def _slides(text: str, clause: Window, scale: float) -> set[Window]:
    if clause.end - clause.start <= SLIDE_FROM * scale:
        return set()
    windows: set[Window] = set()
    for size in SLIDE_LENGTHS:
        width = round(size * scale)
        for start in range(clause.start, clause.end - width // 2, round(SLIDE_STEP * scale)):
            left, right = start, min(start + width, clause.end)
            if scale > 1.0:
                left, right = _to_words(text, left, right, clause)
            windows.add(Window(left, right))
    return windows


def joints(text: str, start: int, end: int, *, firm: bool) -> tuple[int, ...]:
    """Where an unpunctuated Mandarin stretch ``[start, end)`` is likely to fall apart, its ends left out.

    ``firm``: only where it surely does. Empty for a stretch short enough to be one clause.
    """
    if end - start <= SLIDE_FROM:
        return ()
    pattern = _ZH_FIRM_JOINTS if firm else _ZH_JOINTS
    return tuple(match.start() for match in pattern.finditer(text, start + 1, end))


def _joints(text: str, clause: Window, language: Language) -> set[Window]:
    """Windows between the places where an unpunctuated clause is likely to fall apart."""
    if language != "zh":
        return set()
    ordered = [clause.start, *joints(text, clause.start, clause.end, firm=False), clause.end]
    return {
        Window(left, right)
        for index, left in enumerate(ordered)
        for right in ordered[index + 1 :]
        if JOINT_LENGTHS[0] <= right - left <= JOINT_LENGTHS[1]
    }


def _to_words(text: str, left: int, right: int, clause: Window) -> tuple[int, int]:
    while left > clause.start and text[left - 1] != " ":
        left -= 1
    while right < clause.end and text[right] != " ":
        right += 1
    return left, right


def marked_clauses(text: str) -> list[tuple[int, int]]:
    """The stretches of a cleaned text between marks, none empty."""
    bounds = [-1, *(match.start() for match in _MARKS.finditer(text)), len(text)]
    return [(left + 1, right) for left, right in pairwise(bounds) if right > left + 1]


def phrases(text: str) -> list[tuple[int, int]]:
    """The marked clauses, and what an unpunctuated Mandarin one is likely to fall apart into."""
    return [
        part
        for start, end in marked_clauses(text)
        for part in pairwise((start, *joints(text, start, end, firm=True), end))
    ]
