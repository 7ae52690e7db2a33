"""YAML into plain values, with the line of every key, so that a fault can be shown where it stands.

The values are built here from the events of libyaml's parser, without recursion: its own composer calls
itself at every level and ends the interpreter on a file of 30,000 brackets. So depth, the number of values
(those that an alias stands for are counted as often as it stands), two equal keys and a second document are
told while the file is read, and a document that grows without end is never built.

Only what is plainly a number is one: ``010``, ``0x1f``, ``1:30``, ``1_000`` and dates, which YAML 1.1 turns
into something else, are text here, as is all that stands in quotes.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml

from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

KeyPath = tuple[str | int, ...]

MAX_DEPTH: Final = 20
"""Nesting allowed, in levels (ours; a prompt file needs 7)."""
MAX_VALUES: Final = 100_000
"""Values that a file may hold, those behind aliases included (ours; 40 prompts have about 4,000)."""
MAX_SHOWN_CHARS: Final = 40
LINES_ABOVE: Final = 3
"""Lines above a fault that may be its cause."""
WIDE_MARKS: Final = "：，、；｛｝［］【】“”‘’＃－\u3000"
"""Marks of Chinese typing that mean nothing to YAML."""
_WIDE_COLON: Final = re.compile(r"\s*(?:- )?\s*[\"']?[A-Za-z_]+[\"']?：")
_STANDARD: Final = "tag:yaml.org,2002:"
_MERGE: Final = "<<"
_BOOLS: Final = {
    form: truth
    for word, truth in {
        "yes": True,
        "on": True,
        "true": True,
        "no": False,
        "off": False,
        "false": False,
    }.items()
    for form in (word, word.capitalize(), word.upper())
}
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_WHOLE: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL: Final = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_SPECIAL: Final = re.compile(r"([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_SCALAR_TAGS: Final[dict[str, type | tuple[type, ...]]] = {
    f"{_STANDARD}str": str,
    f"{_STANDARD}int": int,
    f"{_STANDARD}float": (int, float),
    f"{_STANDARD}bool": bool,
    f"{_STANDARD}null": type(None),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one key: ``line`` from 1, ``path`` of keys and list indices, what and its remedy."""

    line: int
    path: KeyPath
    told: Message


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document as plain values; ``lines`` has the line (from 1) of every key and list item.

    It is not ``whole`` when a fault ended the reading; ``value`` is then what was read before it.
    """

    value: object
    lines: dict[KeyPath, int]
    faults: list[Fault] = field(default_factory=list)
    whole: bool = True

    def line(self, path: KeyPath) -> int:
        """The line of ``path``, or of the nearest enclosing key that the file has."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def compose(text: str, *, free: bool = False) -> Document:
    """Read one YAML document. Never raises on bad YAML: what is wrong stands in ``faults``.

    ``free`` allows what a prompt file may not have: keys without a value, aliases of lists and mappings,
    and ``<<``.
    """
    builder = _Builder(free=free)
    try:
        for event in _events(text):
            builder.take(event)
    except _StopError as exc:
        return builder.broken_off(exc.fault)
    except yaml.MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        line = mark.line + 1 if mark else 1
        return Document(None, {}, [_wide_colon(text, line) or _no_yaml(exc, line)])
    except (yaml.YAMLError, UnicodeError) as exc:
        return Document(
            None, {}, [Fault(1, (), Message("pack-no-yaml-text", {"cause": " ".join(str(exc).split())}))]
        )
    document = builder.document()
    if not builder.begun:
        document.faults.append(Fault(1, (), Message("pack-empty")))
    return document


def _no_yaml(exc: yaml.MarkedYAMLError, line: int) -> Fault:
    return Fault(line, (), Message("pack-no-yaml", {"cause": exc.problem or exc.context}))


def _wide_colon(text: str, line: int) -> Fault | None:
    """A key with a full-width colon on the line of a fault, or above it: YAML finds it out too late."""
    lines = text.splitlines()[:line]
    for number in range(len(lines), max(len(lines) - LINES_ABOVE, 0), -1):
        if key := _WIDE_COLON.match(lines[number - 1]):
            told = Message("pack-key-wide", {"key": repr(key[0].strip()), "mark": "："})
            return Fault(number, (), told)
    return None


def _events(text: str) -> Iterator[Any]:
    """Those of libyaml where PyYAML was built with it (10 x faster), else the same in Python."""
    loader = yaml.CSafeLoader(text) if yaml.__with_libyaml__ else yaml.SafeLoader(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


class _StopError(Exception):
    """A fault after which nothing more is read; never leaves this module."""

    def __init__(self, line: int, path: KeyPath, code: str, /, **facts: object) -> None:
        super().__init__(code)
        self.fault = Fault(line, path, Message(code, facts))


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being filled; ``size`` counts its values, those behind aliases included."""

    value: list[object] | dict[str, object]
    path: KeyPath
    anchor: str | None
    size: int = 1
    key: str | None = None
    """Whose value comes next; None where a key comes."""
    dropped: bool = False
    """The next value belongs to a key that stood before."""
    merged: dict[str, object] = field(default_factory=dict)
    """What ``<<`` brings."""


class _Builder:
    """Values out of events."""

    def __init__(self, *, free: bool) -> None:
        self.begun = False
        self._free = free
        self._root: object = None
        self._lines: dict[KeyPath, int] = {}
        self._faults: list[Fault] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[object, int]] = {}
        self._values = 0

    def document(self) -> Document:
        """What was read."""
        return Document(self._root, self._lines, self._faults)

    def broken_off(self, fault: Fault) -> Document:
        """What was read before a fault after which nothing is."""
        while self._open:
            self._put_whole(self._open.pop(), fault.line)
        return Document(self._root, self._lines, [fault], whole=False)

    def take(self, event: Any) -> None:
        """The next event. Raises _StopError."""
        line = event.start_mark.line + 1
        match event:
            case yaml.DocumentStartEvent():
                if self.begun:
                    raise _StopError(line, (), "pack-documents")
                self.begun = True
            case yaml.AliasEvent():
                self._alias(event, line)
            case yaml.ScalarEvent():
                self._scalar(event, line)
            case yaml.CollectionStartEvent():
                self._begin(event, line)
            case yaml.CollectionEndEvent():
                self._end(line)

    def _place(self, line: int) -> KeyPath:
        """The path of the value that begins here. Raises _StopError where there are too many."""
        self._count(line, 1)
        if not self._open:
            path: KeyPath = ()
        else:
            parent = self._open[-1]
            step = len(parent.value) if isinstance(parent.value, list) else parent.key
            path = (*parent.path, "" if step is None else step)
        self._lines.setdefault(path, line)
        return path

    def _count(self, line: int, n: int) -> None:
        self._values += n
        if self._values > MAX_VALUES:
            raise _StopError(line, (), "pack-values", most=MAX_VALUES)

    def _awaits_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].value, dict) and self._open[-1].key is None

    def _alias(self, event: Any, line: int) -> None:
        if self._awaits_key():
            raise _StopError(line, self._open[-1].path, "pack-key-no-word")
        path = self._place(line)
        inside = any(at.anchor == event.anchor for at in self._open)
        if event.anchor not in self._anchors and (self._free or not inside):
            code = "pack-alias-inside" if inside else "pack-alias-of"
            raise _StopError(line, path, code, name=event.anchor)
        value, size = self._anchors.get(event.anchor, ([], 1))
        if isinstance(value, list | dict) and not self._free:
            self._fault(line, path, "pack-alias")
            value = None
        self._count(line, size)
        self._put(value, line, size)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        if self._awaits_key():
            self._key(event, line)
            return
        path = self._place(line)
        value = self._value(event, line, path)
        if event.anchor:
            self._anchors[event.anchor] = (value, 1)
        self._put(value, line, 1)

    def _key(self, event: yaml.ScalarEvent, line: int) -> None:
        parent = self._open[-1]
        key = event.value
        where = (*parent.path, key)
        self._count(line, 1)
        if event.tag is not None and event.tag not in _SCALAR_TAGS:
            self._fault(line, where, "pack-tag", tag=_shown_tag(event.tag))
        if key in parent.value:
            self._fault(line, where, "pack-key-twice", line=self._lines[where])
            parent.dropped = True
        else:
            self._lines[where] = line
        parent.key = key

    def _value(self, event: yaml.ScalarEvent, line: int, path: KeyPath) -> object:
        """A scalar by what it looks like, or by its tag."""
        tag = event.tag
        if tag is None or tag == "!":
            value = _plain(event.value) if event.implicit[0] else event.value
        elif tag not in _SCALAR_TAGS:
            self._fault(line, path, "pack-tag", tag=_shown_tag(tag))
            return None
        else:
            value = event.value if tag == f"{_STANDARD}str" else _plain(event.value)
            kind = _SCALAR_TAGS[tag]
            if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
                facts = {"tag": _shown_tag(tag), "value": repr(event.value[:MAX_SHOWN_CHARS])}
                self._fault(line, path, "pack-tag-value", **facts)
                return None
        if value is None and not self._free:
            key = str(path[-1]) if path else ""
            wide = next((sign for sign in key if sign in WIDE_MARKS), None)
            if wide:
                self._fault(line, path, "pack-key-wide", key=repr(key[:MAX_SHOWN_CHARS]), mark=wide)
            else:
                self._fault(line, path, "pack-no-value")
        return value

    def _begin(self, event: yaml.CollectionStartEvent, line: int) -> None:
        if self._awaits_key():
            raise _StopError(line, self._open[-1].path, "pack-key-no-word")
        path = self._place(line)
        if len(path) > MAX_DEPTH:
            raise _StopError(line, path, "pack-deep", most=MAX_DEPTH)
        listed = isinstance(event, yaml.SequenceStartEvent)
        if event.tag not in (None, "!", f"{_STANDARD}{'seq' if listed else 'map'}"):
            self._fault(line, path, "pack-tag", tag=_shown_tag(event.tag))
        self._open.append(_Open([] if listed else {}, path, event.anchor))

    def _end(self, line: int) -> None:
        self._put_whole(self._open.pop(), line)

    def _put_whole(self, done: _Open, line: int) -> None:
        value = {**done.merged, **done.value} if isinstance(done.value, dict) else done.value
        if done.anchor:
            self._anchors[done.anchor] = (value, done.size)
        self._put(value, line, done.size)

    def _put(self, value: object, line: int, size: int) -> None:
        """A whole value into what it stands in."""
        if not self._open:
            self._root = value
            return
        parent = self._open[-1]
        parent.size += size
        if isinstance(parent.value, list):
            parent.value.append(value)
            return
        key, parent.key = parent.key or "", None
        if parent.dropped:
            parent.dropped = False
        elif key == _MERGE and self._free:
            self._merge(parent, value, line)
        else:
            parent.value[key] = value

    def _merge(self, parent: _Open, value: object, line: int) -> None:
        for mapping in value if isinstance(value, list) else [value]:
            if isinstance(mapping, dict):
                parent.merged = {**mapping, **parent.merged}
            else:
                self._fault(
                    line, (*parent.path, _MERGE), "pack-no-keys", value=repr(mapping)[:MAX_SHOWN_CHARS]
                )

    def _fault(self, at_line: int, path: KeyPath, code: str, /, **facts: object) -> None:
        self._faults.append(Fault(at_line, path, Message(code, facts)))


def _plain(text: str) -> object:
    """What a word without quotes stands for: truth, nothing, number or itself."""
    if text in _NULLS:
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if special := _SPECIAL.fullmatch(text):
        sign = special[1]
        return math.nan if sign is None else float(f"{sign}inf")
    return text


def _shown_tag(tag: str) -> str:
    return tag.removeprefix(_STANDARD)[:MAX_SHOWN_CHARS]
