"""Manifests: what a batch is to judge, a file a row.

A manifest is CSV (as in :mod:`.spreadsheet`) or JSON lines. Its columns ``file``, ``prompt``, ``speaker``,
``date``, ``channel``, ``transcript`` and ``profile`` are read, all others are carried along. A row that
cannot be used becomes an item with a fault, that names its line; a manifest that cannot be read at all, or
lacks the column ``file``, is told at once.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from voicecoach.adapters.batch import spreadsheet
from voicecoach.adapters.folders import cause_of
from voicecoach.errors import InputError, UsageError
from voicecoach.model.job import Failure, Item
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MANIFESTS: Final = (".csv", ".jsonl")
COLUMNS: Final = ("file", "prompt", "speaker", "date", "channel", "transcript", "profile")
MANIFEST_FAULT: Final = "manifest"
CARRIED_MOST: Final = 32_767
"""Characters of an own cell that are carried along: what a cell of a spreadsheet may hold."""
Row = Mapping[str, object] | Message
"""A row by column name, or what is wrong with it."""
_FIELD = re.compile(r"\{([A-Za-z_][A-Za-z_0-9]*)\}")


def read_manifest(path: Path) -> list[Item]:
    """The items of one manifest; files are relative to its folder. Raises UsageError."""
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise UsageError("manifest-unreadable", path=path, cause=cause_of(exc)) from exc
    text = spreadsheet.decoded(data)
    if text is None:
        raise UsageError("manifest-encoding", path=path)
    rows = _jsonl_rows(text) if path.suffix.lower() == ".jsonl" else _csv_rows(text, path)
    items = [_item(line, row, path.parent) for line, row in rows]
    if not items:
        raise UsageError("manifest-empty", path=path)
    return items


def _csv_rows(text: str, path: Path) -> Iterator[tuple[int, Row]]:
    rows = spreadsheet.rows(text)
    _, header = next(rows, (1, []))
    if isinstance(header, csv.Error):
        raise UsageError("manifest-no-csv", path=path, cause=str(header)) from header
    names = [name.strip() for name in header]
    known = [name.lower() if name.lower() in COLUMNS else name for name in names]
    if "file" not in known:
        there = ", ".join(names) or Message("no-columns")
        raise UsageError("manifest-without-file", path=path, names=there, columns=", ".join(COLUMNS))
    twice = sorted({name for name in known if name and known.count(name) > 1})
    if twice:
        raise UsageError("manifest-column-twice", path=path, name=repr(twice[0]))
    return _csv_body(rows, known)


def _csv_body(
    rows: Iterator[tuple[int, list[str] | csv.Error]], names: Sequence[str]
) -> Iterator[tuple[int, Row]]:
    for line, cells in rows:
        if isinstance(cells, csv.Error):
            yield line, Message("manifest-row-no-csv", {"cause": str(cells)})
        elif len(cells) > len(names) and not spreadsheet.blank(cells):
            yield line, Message("manifest-row-long", {"n": len(cells), "most": len(names)})
        elif not spreadsheet.blank(cells):
            yield line, {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}


def _jsonl_rows(text: str) -> Iterator[tuple[int, Row]]:
    for line, row in enumerate(text.splitlines(), start=1):
        if not row.strip():
            continue
        try:
            value = json.loads(row)
        except ValueError as exc:
            yield line, Message("manifest-row-no-json", {"cause": str(exc)})
            continue
        if isinstance(value, dict):
            yield line, value
        else:
            yield line, Message("manifest-row-no-object", {"value": f"{value!r:.40}"})


def _item(line: int, row: Row, folder: Path) -> Item:
    if isinstance(row, Message):
        return _faulty(Item(file="", path="", line=line), row)
    cells = {name: "" if value is None else _text(value) for name, value in row.items()}
    file = cells.get("file", "")
    item = Item(
        file=file,
        path=str((folder / Path(file).expanduser()).absolute()) if file and "\0" not in file else "",
        prompt_id=cells.get("prompt") or None,
        speaker=cells.get("speaker", ""),
        date=cells.get("date", ""),
        transcript=str((folder / cells["transcript"]).absolute()) if cells.get("transcript") else None,
        profile=cells.get("profile") or None,
        carried={name: bounded(cell) for name, cell in cells.items() if name not in COLUMNS},
        line=line,
    )
    if not item.path:
        return _faulty(item, Message("manifest-row-without-file"))
    channel = cells.get("channel", "")
    if channel:
        if not channel.isdecimal():
            return _faulty(item, Message("manifest-row-channel", {"channel": repr(channel)}))
        item = replace(item, channel=int(channel))
    return item


def bounded(cell: str) -> str:
    """The text of an own column as it is carried along, cut with … at :data:`CARRIED_MOST`."""
    return cell if len(cell) <= CARRIED_MOST else cell[: CARRIED_MOST - 1] + "…"


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _faulty(item: Item, what: Message) -> Item:
    told = Message("error-manifest-row", {"line": item.line, "what": what})
    return replace(item, fault=Failure.worded(MANIFEST_FAULT, told, InputError.exit_status))


def name_regex(pattern: str, prompt_ids: Iterable[str]) -> re.Pattern[str]:
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
        inner = ids if field[1] == "prompt" and ids else r"\d+" if field[1] == "channel" else ".+?"
        regex += f"(?P<{field[1]}>{inner})"
        at = field.end()
    return re.compile(regex + re.escape(pattern[at:]))


def name_items(items: Iterable[Item], pattern: str, prompt_ids: Iterable[str]) -> list[Item]:
    """All items with what their names say, as :func:`name_regex` and :func:`named`. Raises UsageError."""
    regex = name_regex(pattern, prompt_ids)
    return [named(item, regex, pattern) for item in items]


def named(item: Item, regex: re.Pattern[str], pattern: str) -> Item:
    """The item with what its name says, unless its manifest says it; a name that does not fit is a fault."""
    stem = Path(item.file).stem
    match = regex.fullmatch(stem)
    if match is None:
        if item.fault:
            return item
        told = Message("error-name-unfit", {"name": repr(stem), "pattern": repr(pattern)})
        return replace(item, fault=Failure.worded(MANIFEST_FAULT, told, InputError.exit_status))
    said = match.groupdict()
    return replace(
        item,
        prompt_id=item.prompt_id or said.get("prompt"),
        speaker=item.speaker or said.get("speaker", ""),
        date=item.date or said.get("date", ""),
        channel=int(said["channel"]) if item.channel is None and "channel" in said else item.channel,
        carried={**{k: v for k, v in said.items() if k not in COLUMNS}, **item.carried},
    )
