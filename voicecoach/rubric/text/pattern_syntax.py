r"""A regular expression in Python's syntax, said again for two engines that never hang.

google-re2 matches in linear time but reads a smaller language: no looking around, no reference back to a
group, no ``\uXXXX``, and classes (``\w``, ``\d``, ``\s``) of ASCII alone. The module ``regex`` reads all of
Python's, has further signs of its own and can be given a time limit. So a pattern that Python accepts is read
here sign by sign and written for both; ``linear`` is None where re2 has no words for it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

START: Final = "\0"
"""Stands in ``linear`` for the start of the text; a NUL of the pattern itself is written ``\\x{0}``."""
MAX_COUNT: Final = 100_000
"""``(a{100}){100}`` says a 10,000 times: engines write such counts out, or keep each in memory (ours)."""
_WORD: Final = r"\p{L}\p{N}_"
_SPACE: Final = "\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_CLASSES: Final = {"d": r"\p{Nd}", "w": _WORD, "s": _SPACE}
_ALL: Final = r"\x00-" + chr(0x10FFFF)
_ANCHORS: Final = {"^": START, "$": r"\z"}
_CONTROLS: Final = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_SAMPLES: Final = {"d": "5", "D": "好", "w": "好", "W": "，", "s": " ", "S": "好"}
_COUNT: Final = re.compile(r"\{(\d*)(?:(,)(\d*))?\}")
_FLAGS: Final = re.compile(r"\(\?([aiLmsux]*)(?:-([imsx]+))?([:)])")
_OCTAL: Final = re.compile(r"0[0-7]{0,2}|[0-3][0-7]{2}")
_HEX: Final = re.compile(r"x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})")
_NAMED: Final = re.compile(r"N\{([^}]+)\}")


@dataclass(frozen=True, slots=True)
class Syntax:
    """A pattern for re2 (None: it cannot be said there) and for ``regex``, and what is in it.

    ``boundaries``: it asks for the edge of a word, which re2 knows of ASCII words only. ``samples`` are
    characters that its parts match, in their order. ``empty_way``: one of several alternatives is empty.
    """

    linear: str | None
    bounded: str
    boundaries: bool
    samples: str
    empty_way: bool


def read_pattern(pattern: str) -> Syntax:
    """``pattern`` for both engines. Raises re.error where Python does not accept it."""
    re.compile(pattern)
    reader = _Reader(pattern)
    reader.read()
    linear = "".join(reader.linear) if reader.can_be_linear else None
    bounded = pattern if reader.verbose else "".join(reader.bounded)
    return Syntax(linear, bounded, reader.boundaries, "".join(reader.samples), reader.empty_way)


def dead_part(pattern: str, never: Callable[[str], bool]) -> str:
    """What keeps a pattern from matching anything, when no text holds that; empty when something can match.

    ``never`` says of a character, or of two in a row, whether no text holds it. Raises re.error.
    """
    re.compile(pattern)
    reader = _Reader(pattern, never=never)
    reader.read()
    return "" if reader.groups[0].possible() else reader.dead


def _nothing(_: str) -> bool:
    return False


@dataclass(slots=True)
class _Group:
    """A group that is being read: how often its innermost part may be said, and whether it can match."""

    count: int = 1
    negative: bool = False
    other: bool = False
    """An alternative before this one can match."""
    this: bool = True
    """This alternative can match, as far as it is read."""
    before: bool = True
    """The same without its last part."""
    begun: int = 0
    """Where this alternative begins in the pattern."""
    ways: int = 1
    """Alternatives until now."""

    def possible(self) -> bool:
        """Whether it can match; what must not follow can always be so."""
        return self.negative or self.other or self.this

    def add(self, *, possible: bool) -> None:
        """One part more."""
        self.before = self.this
        self.this = self.this and possible


@dataclass(slots=True)
class _Reader:
    pattern: str
    at: int = 0
    linear: list[str] = field(default_factory=list)
    bounded: list[str] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)
    can_be_linear: bool = True
    boundaries: bool = False
    verbose: bool = False
    never: Callable[[str], bool] = _nothing
    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    """The whole pattern, and in it the groups that are open."""
    count: int = 1
    """How often the innermost part of what was just read may be said."""
    last: str = ""
    """The character that was just read, where it must be there."""
    empty_way: bool = False
    dead: str = ""
    """The first part that no text holds."""

    def read(self) -> None:
        """Read all of it."""
        opening = {
            "\\": self._escape, "[": self._class, "(": self._group, "{": self._count,
            ")": self._close, "|": self._alternative, ".": self._dot,
        }  # fmt: skip
        while self.at < len(self.pattern):
            sign = self.pattern[self.at]
            if sign not in "*+?{":
                self.count = 1
            if self.verbose and (sign.isspace() or sign == "#"):
                line_end = self.pattern.find("\n", self.at) if sign == "#" else self.at
                self.at = line_end + 1 or len(self.pattern)
            elif sign in opening:
                opening[sign]()
            elif sign in "*+?":
                self._both(sign, 1)
                self._after_repeat(optional=sign != "+")
            elif sign in _ANCHORS:
                self._put(_ANCHORS[sign], sign, 1)
            else:
                self._literal(sign, 1)
        self._end_way()

    def _part(self, *, possible: bool = True, character: str = "") -> None:
        """Something that a text must hold here."""
        self.groups[-1].add(possible=possible)
        self.last = character

    def _open(self, *, negative: bool = False) -> None:
        self.groups.append(_Group(negative=negative, begun=self.at))
        self.last = ""

    def _close(self) -> None:
        self._end_way()
        group = self.groups.pop()
        self._part(possible=group.possible())
        self.count = group.count
        self.groups[-1].count = max(self.groups[-1].count, group.count)
        self._both(")", 1)

    def _alternative(self) -> None:
        group = self.groups[-1]
        group.ways += 1
        self._end_way()
        group.other, group.this, self.last = group.other or group.this, True, ""
        self._both("|", 1)
        group.begun = self.at

    def _end_way(self) -> None:
        group = self.groups[-1]
        self.empty_way = self.empty_way or (group.ways > 1 and group.begun == self.at)

    def _dot(self) -> None:
        self.samples.append("好")
        self._part()
        self._both(".", 1)

    def _put(self, linear: str, bounded: str, length: int) -> None:
        self.linear.append(linear)
        self.bounded.append(bounded)
        self.at += length

    def _both(self, text: str, length: int) -> None:
        self._put(text, text, length)

    def _beyond(self, length: int) -> None:
        """What only ``regex`` can do, as it stands."""
        self.can_be_linear = False
        self._both(self.pattern[self.at : self.at + length], length)

    def _literal(self, character: str, length: int) -> None:
        self.samples.append(character)
        missing = next((part for part in (character, self.last + character) if self.never(part)), "")
        self.dead = self.dead or missing
        self._part(possible=not missing, character=character)
        self._put(_quoted(character), re.escape(character), length)

    def _escape(self) -> None:
        sign = self.pattern[self.at + 1]
        if sign.lower() in _CLASSES:
            self.samples.append(_SAMPLES[sign])
            inverted = "" if sign.islower() else "^"
            self._part()
            self._both(f"[{inverted}{_CLASSES[sign.lower()]}]", 2)
        elif sign == "b":
            self.boundaries = True
            self._both(r"\b", 2)
        elif sign == "B":  # re2 finds it inside of a Hanzi, between two of its bytes
            self._beyond(2)
        elif sign in "AZ":
            self._put(START if sign == "A" else r"\z", f"\\{sign}", 2)
        elif (character := self._escaped()) is not None:
            self._literal(*character)
        else:  # a reference back
            self._part()
            self._beyond(2)

    def _escaped(self) -> tuple[str, int] | None:
        """The character that an escape stands for, and how many characters say it; None for a reference."""
        after = self.at + 1
        sign = self.pattern[after]
        if octal := _OCTAL.match(self.pattern, after):
            return chr(int(octal[0], 8)), 1 + len(octal[0])
        if sign.isdigit():
            return None
        if code := _HEX.match(self.pattern, after):
            return chr(int(code[1] or code[2] or code[3], 16)), 1 + len(code[0])
        if name := _NAMED.match(self.pattern, after):
            return unicodedata.lookup(name[1]), 1 + len(name[0])
        return _CONTROLS.get(sign, sign), 2

    def _group(self) -> None:
        rest = self.pattern[self.at :]
        if flags := _FLAGS.match(rest):
            self._flags(flags)
        elif rest.startswith("(?#"):
            self.at = self.pattern.index(")", self.at) + 1
        elif rest.startswith("(?P<"):
            length = rest.index(">") + 1
            self._put("(?:", rest[:length], length)
            self._open()
        elif rest.startswith("(?P="):
            self._part()
            self._beyond(rest.index(")") + 1)
        elif rest.startswith("(?"):
            length = 4 if rest.startswith("(?<") else rest.index(")") + 1 if rest.startswith("(?(") else 3
            self._beyond(length)
            self._open(negative=rest[length - 1] == "!")
        else:
            self._put("(?:", "(", 1)
            self._open()

    def _flags(self, flags: re.Match[str]) -> None:
        set_on, set_off = flags[1], flags[2] or ""
        if "x" in set_on + set_off:
            # blanks and comments mean nothing then; regex reads the pattern as it is
            self.verbose = True
            self._beyond(len(flags[0]))
        elif set(set_on) & set("aLu"):
            self._beyond(len(flags[0]))
        else:
            self._both(flags[0], len(flags[0]))
        if flags[3] == ":":
            self._open()

    def _count(self) -> None:
        count = _COUNT.match(self.pattern, self.at)
        if count is None or count[0] == "{}":
            self._literal("{", 1)
            return
        low, comma, high = count[1] or "0", count[2] or "", count[3] or ""
        self.count *= max(int(high or low), 1)
        self.groups[-1].count = max(self.groups[-1].count, self.count)
        if self.count > MAX_COUNT:
            msg = f"repetitions multiply to {self.count}, at most {MAX_COUNT}"
            raise re.error(msg)
        self._both(f"{{{low}{comma}{high}}}", len(count[0]))
        self._after_repeat(optional=int(low) == 0)

    def _after_repeat(self, *, optional: bool) -> None:
        if optional:
            self.groups[-1].this, self.last = self.groups[-1].before, ""
        following = self.pattern[self.at : self.at + 1]
        if following == "?":
            self._both("?", 1)
        elif following == "+":
            self._beyond(1)

    def _class(self) -> None:
        """A set of characters, its items said again one by one."""
        inverted = self.pattern.startswith("^", self.at + 1)
        self.at += 2 if inverted else 1
        begun, names, present = self.at, set[str](), inverted
        linear, bounded = "", ""
        while self.at == begun or self.pattern[self.at] != "]":
            if name := self._class_name():
                names.add(name)
                linear += _inside(name)
                bounded += _inside(name)
                self.at += 2
                continue
            low = high = self._character()
            if self._ranged():
                self.at += 1
                high = self._character()
            span = (low,) if low == high else (low, high)
            linear += "-".join(map(_quoted, span))
            bounded += "-".join(map(re.escape, span))
            self.samples.append("好" if inverted else low)
            present = present or low != high or not self.never(low)
            self.dead = self.dead or ("" if present else low)
        if names and not self.samples:
            self.samples.append("好")
        whole = any(name.swapcase() in names for name in names)
        if names & {"W", "S"} and not whole:
            self.can_be_linear = False
        self._part(possible=present or bool(names))
        sign = "^" if inverted else ""
        self._put(f"[{sign}{_ALL if whole else linear}]", f"[{sign}{_ALL if whole else bounded}]", 1)

    def _class_name(self) -> str:
        """The letter of a class like w that stands here behind its backslash; empty for anything else."""
        sign = self.pattern[self.at + 1 : self.at + 2] if self.pattern[self.at] == "\\" else ""
        return sign if sign.lower() in _CLASSES else ""

    def _ranged(self) -> bool:
        return self.pattern[self.at] == "-" and self.pattern[self.at + 1] != "]"

    def _character(self) -> str:
        """One character of a set, as it is or by an escape."""
        sign = self.pattern[self.at]
        if sign != "\\":
            self.at += 1
            return sign
        character, length = self._escaped() or (self.pattern[self.at + 1], 2)
        self.at += length
        return character


def _inside(name: str) -> str:
    """A class inside of a set; ``W`` and ``S`` have no words there but in ``regex``."""
    if name == "D":
        return r"\P{Nd}"
    return _CLASSES.get(name, f"\\{name}")


def _quoted(character: str) -> str:
    """A character as re2 reads it for itself."""
    return character if character.isalnum() or character > "\x7f" else f"\\x{{{ord(character):x}}}"
