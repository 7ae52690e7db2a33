"""What a batch is to judge: files, folders, and manifests that name a file a row.

A manifest is CSV (UTF-8, or GB18030 as spreadsheets in China write it; comma, semicolon or tab) or JSON
lines. Its columns ``file``, ``prompt``, ``speaker``, ``date``, ``channel``, ``transcript`` and
``profile`` are read, all others are carried along. A row that cannot be used becomes an item with a fault,
that names its line; a manifest that cannot be read at all, or lacks the column ``file``, is told at once.
"""

from __future__ import annotations

import csv
import fnmatch
import io
import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from voicecoach.adapters.folders import cause_of
from voicecoach.errors import InputError, UsageError
from voicecoach.model.job import Failure, Item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MANIFESTS: Final = (".csv", ".jsonl")
SOUND: Final = tuple(
    f"*.{ending}"
    for ending in (
        "wav", "flac", "mp3", "m4a", "aac", "ogg", "oga", "opus", "webm", "amr", "aif", "aiff", "wma", "mp4",
        "mka", "caf", "3gp", "au",
    )
)  # fmt: skip
"""What is taken from a folder when no pattern is given."""
COLUMNS: Final = ("file", "prompt", "speaker", "date", "channel", "transcript", "profile")
DELIMITERS: Final = ",;\t"
MANIFEST_FAULT: Final = "manifest"
_FIELD = re.compile(r"\{([A-Za-z_][A-Za-z_0-9]*)\}")


def find_items(
    paths: Sequence[Path], *, patterns: Sequence[str] = (), skip: Path | None = None
) -> list[Item]:
    """The items of all paths, in their order; those of a folder by name. A file named twice counts once.

    ``patterns`` choose in folders (``*.wav``, ``team-a/*.mp3``), by name or by path inside the folder,
    without regard to case; hidden files and the folder ``skip`` are left out. Rows of a manifest all count.
    Raises UsageError.
    """
    items: list[Item] = []
    met: set[str] = set()
    for path in paths:
        if path.is_dir():
            found = list(_in_folder(path, patterns or SOUND, skip))
        elif path.suffix.lower() in MANIFESTS:
            items += read_manifest(path)
            continue
        else:
            found = [path]
        for one in found:
            where = os.path.realpath(one)
            if where not in met:
                met.add(where)
                items.append(Item(file=one.as_posix(), path=str(one.absolute())))
    return items


def _in_folder(folder: Path, patterns: Sequence[str], skip: Path | None) -> Iterator[Path]:
    skipped = None if skip is None else os.path.realpath(skip)
    wanted = [pattern.lower() for pattern in patterns]
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and os.path.realpath(Path(parent, name)) != skipped
        )
        for name in sorted(names):
            path = Path(parent, name)
            inside = path.relative_to(folder).as_posix().lower()
            if not name.startswith(".") and any(
                fnmatch.fnmatchcase(name.lower(), pattern) or fnmatch.fnmatchcase(inside, pattern)
                for pattern in wanted
            ):
                yield path


def read_manifest(path: Path) -> list[Item]:
    """The items of one manifest; files are relative to its folder. Raises UsageError."""
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise UsageError(f"cannot read the manifest {path}: {cause_of(exc)}", hint="check the path") from exc
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as exc:
            raise UsageError(
                f"the manifest {path} is neither UTF-8 nor GB18030", hint="save it as CSV UTF-8"
            ) from exc
    rows = _jsonl_rows(text) if path.suffix.lower() == ".jsonl" else _csv_rows(text, path)
    items = [_item(line, row, path.parent) for line, row in rows]
    if not items:
        raise UsageError(f"the manifest {path} has no rows", hint="one row a file, under the column names")
    return items


def _csv_rows(text: str, path: Path) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    """Line and row; a text in place of the row says what is wrong with it."""
    header = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = [name.strip() for name in next(reader, [])]
    except csv.Error as exc:
        raise UsageError(f"the manifest {path} is no CSV: {exc}", hint="save it as CSV UTF-8") from exc
    known = [name.lower() if name.lower() in COLUMNS else name for name in names]
    if "file" not in known:
        raise UsageError(
            f"the manifest {path} has no column 'file'; it has {', '.join(names) or 'none'}",
            hint=f"the first line names the columns: {', '.join(COLUMNS)}, and others as you like",
        )
    twice = sorted({name for name in known if name and known.count(name) > 1})
    if twice:
        raise UsageError(f"the manifest {path} has the column {twice[0]!r} twice", hint="rename one of them")
    return _csv_body(reader, known)


def _csv_body(reader: Any, names: Sequence[str]) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as exc:
            yield line, f"the row is no CSV: {exc}"
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names):
            yield line, f"the row has {len(cells)} cells, but there are {len(names)} columns"
            continue
        yield line, {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}


def _jsonl_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    for line, row in enumerate(text.splitlines(), start=1):
        if not row.strip():
            continue
        try:
            value = json.loads(row)
        except ValueError as exc:
            yield line, f"the row is no JSON: {exc}"
            continue
        yield line, value if isinstance(value, dict) else f"the row is no object, but {value!r:.40}"


def _item(line: int, row: Mapping[str, Any] | str, folder: Path) -> Item:
    if isinstance(row, str):
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
        carried={name: cell for name, cell in cells.items() if name not in COLUMNS},
        line=line,
    )
    if not item.path:
        return _faulty(item, "the row names no file")
    channel = cells.get("channel", "")
    if channel:
        if not channel.isdecimal():
            return _faulty(item, f"the channel {channel!r} is no number from 0 on")
        item = replace(item, channel=int(channel))
    return item


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _faulty(item: Item, what: str) -> Item:
    failure = Failure(
        MANIFEST_FAULT,
        f"line {item.line} of the manifest: {what}",
        "mend the row and run the same command again",
        InputError.exit_status,
    )
    return replace(item, fault=failure)


def name_regex(pattern: str, prompt_ids: Iterable[str]) -> re.Pattern[str]:
    """What a name of the pattern ``{speaker}_{prompt}_{date}`` looks like; the ending is not part of it.

    ``{prompt}`` stands for one of ``prompt_ids``, so that an id may hold the character that parts the
    fields. Raises UsageError when the pattern has no field, or one twice.
    """
    names = _FIELD.findall(pattern)
    if not names or len(set(names)) < len(names):
        raise UsageError(
            f"the name pattern {pattern!r} needs fields in braces, each once",
            hint="for example --name-pattern '{speaker}_{prompt}_{date}'",
        )
    ids = "|".join(re.escape(known) for known in sorted(prompt_ids, key=lambda one: (-len(one), one)))
    regex, at = "", 0
    for field in _FIELD.finditer(pattern):
        regex += re.escape(pattern[at : field.start()])
        inner = ids if field[1] == "prompt" and ids else r"\d+" if field[1] == "channel" else ".+?"
        regex += f"(?P<{field[1]}>{inner})"
        at = field.end()
    return re.compile(regex + re.escape(pattern[at:]))


def named(item: Item, regex: re.Pattern[str], pattern: str) -> Item:
    """The item with what its name says, unless its manifest says it; a name that does not fit is a fault."""
    stem = Path(item.file).stem
    match = regex.fullmatch(stem)
    if match is None:
        failure = Failure(
            MANIFEST_FAULT,
            f"the name {stem!r} does not fit the pattern {pattern!r} with a known prompt",
            "rename the file, or change --name-pattern; `voicecoach prompts list` shows the prompts",
            InputError.exit_status,
        )
        return item if item.fault else replace(item, fault=failure)
    said = match.groupdict()
    return replace(
        item,
        prompt_id=item.prompt_id or said.get("prompt"),
        speaker=item.speaker or said.get("speaker", ""),
        date=item.date or said.get("date", ""),
        channel=int(said["channel"]) if item.channel is None and "channel" in said else item.channel,
        carried={**{k: v for k, v in said.items() if k not in COLUMNS}, **item.carried},
    )
