"""Manifests: what a batch is to judge, a file a row; and names of files that say what a row would.

A manifest is any table of :mod:`.tables` with a column for the files. What the columns mean is that of
:mod:`.manifests.headings`; all others are carried along. A row that cannot be used becomes an item with a
fault that names its line; a manifest that cannot be read at all, or has no column for the files, is told at
once.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from voicecoach.adapters.batch import tables
from voicecoach.adapters.batch.manifests.headings import (
    COLUMNS,
    SameColumnError,
    columns_of,
    is_manifest_head,
)
from voicecoach.adapters.batch.manifests.rows import LANGUAGES, MANIFEST_FAULT, RowItems
from voicecoach.errors import InputError, UsageError
from voicecoach.model.job import Failure, Item
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

MANIFESTS: Final = tables.ENDINGS
NAMES_TOLD: Final = 20
"""Headings that are named where none of them is that of the files."""
_CHANNELS: Final = ("channel", "agent_channel", "stream")
NAME_MEMORY: Final = 64_000_000
"""Bytes for a pattern of names; some thousand prompt ids need 10 MB."""
_HALVES: Final = {0xD800 + half: 0xF0000 + half for half in range(0x800)}
"""Halves of characters (bytes of a name that are no UTF-8) as characters that re2 can hold."""
_SPOKEN: Final = "(?i:zh|en)"
_FIELD = re.compile(r"\{([A-Za-z_][A-Za-z_0-9]*)\}")


def read_manifest(path: Path) -> list[Item]:
    """The items of one manifest; files are relative to its folder. Raises UsageError."""
    table = tables.read_table(path, is_head=is_manifest_head)
    if table.twice is not None:
        raise UsageError("manifest-column-twice", path=path, name=repr(table.twice))
    try:
        if table.headings and "file" not in columns_of(table.headings).values():
            there = ", ".join([name for name in table.headings if name][:NAMES_TOLD])
            raise UsageError("manifest-without-file", path=path, names=there, columns=", ".join(COLUMNS))
        made = RowItems(path.parent, table.headings)
    except SameColumnError as exc:
        facts = {"first": repr(exc.first), "second": repr(exc.second), "column": exc.column}
        raise UsageError("manifest-columns-same", path=path, **facts) from exc
    items = [made.item(row) for row in table.rows]
    if not items:
        raise UsageError("manifest-empty", path=path)
    return items


class NamePattern:
    """What names look like, by re2: eight fields on a long name are too many ways for Python's engine."""

    def __init__(self, expression: str) -> None:
        """``expression`` is one of both engines."""
        import re2

        options = re2.Options()
        options.log_errors = False
        options.max_mem = NAME_MEMORY
        self._engine: Any = re2.compile(expression.translate(_HALVES), options)

    def said(self, stem: str) -> dict[str, str] | None:
        """What the name says, by field; None where it does not fit."""
        match = self._engine.fullmatch(stem.translate(_HALVES))
        groups = self._engine.groupindex.items()
        return match and {name: stem[slice(*match.span(number))] for name, number in groups}


def name_regex(pattern: str, prompt_ids: Iterable[str]) -> NamePattern:
    """What a name of the pattern ``{speaker}_{prompt}_{date}`` looks like; the ending is not part of it.

    ``{prompt}`` stands for one of ``prompt_ids``, so that an id may hold the character that parts the
    fields. Raises UsageError when the pattern has no field, or one twice.
    """
    names = _FIELD.findall(pattern)
    if not names or len(set(names)) < len(names):
        raise UsageError("name-pattern-unclear", pattern=repr(pattern))
    longest_first = sorted(prompt_ids, key=lambda prompt_id: (-len(prompt_id), prompt_id))
    ids = "|".join(map(re.escape, longest_first))
    regex, at = "", 0
    for field in _FIELD.finditer(pattern):
        regex += re.escape(pattern[at : field.start()])
        known = {"prompt": ids, "lang": _SPOKEN, **dict.fromkeys(_CHANNELS, r"\p{Nd}{1,4}")}
        inner = known.get(field[1]) or ".+?"
        regex += f"(?P<{field[1]}>{inner})"
        at = field.end()
    return NamePattern(regex + re.escape(pattern[at:]))


def name_items(items: Iterable[Item], pattern: str, prompt_ids: Iterable[str]) -> list[Item]:
    """All items with what their names say, as :func:`name_regex` and :func:`named`. Raises UsageError."""
    regex = name_regex(pattern, prompt_ids)
    return [named(item, regex, pattern) for item in items]


def named(item: Item, regex: NamePattern, pattern: str) -> Item:
    """The item with what its name says, unless its manifest says it; a name that does not fit is a fault."""
    stem = Path(item.file).stem
    said = regex.said(stem)
    if said is None:
        if item.fault:
            return item
        told = Message("error-name-unfit", {"name": repr(stem), "pattern": repr(pattern)})
        return replace(item, fault=Failure.worded(MANIFEST_FAULT, told, InputError.exit_status))
    return replace(
        item,
        prompt_id=item.prompt_id or said.get("prompt"),
        speaker=item.speaker or said.get("speaker", ""),
        date=item.date or said.get("date", ""),
        channel=_number(item.channel, said.get("channel")),
        agent_channel=_number(item.agent_channel, said.get("agent_channel")),
        stream=_number(item.stream, said.get("stream")),
        language=item.language or LANGUAGES.get(said.get("lang", "").lower()),
        profile=item.profile or said.get("profile"),
        carried={**{k: v for k, v in said.items() if k not in COLUMNS}, **item.carried},
    )


def _number(known: int | None, said: str | None) -> int | None:
    return int(said) if known is None and said is not None else known
