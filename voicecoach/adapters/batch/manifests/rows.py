"""From the row of a manifest to an item: each cell by what its column means, a bad one told with its column.

A cell that cannot be meant (5,000 digits, ``~nobody``, half a character, a list, a path that no system
takes) makes a faulty item of its row and of nothing else.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from voicecoach.adapters.batch.manifests.headings import SameColumnError, columns_of
from voicecoach.adapters.batch.manifests.named_files import NamedFiles, bare
from voicecoach.adapters.batch.spreadsheet import plain
from voicecoach.adapters.batch.table_text import OWN
from voicecoach.errors import InputError
from voicecoach.model.job import Failure, Item
from voicecoach.words.catalogue import Message
from voicecoach.words.visible import shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voicecoach.adapters.batch.tables import TableRow
    from voicecoach.model.transcript import Language

MANIFEST_FAULT: Final = "manifest"
CARRIED_MOST: Final = 32_767
"""Characters of an own cell that are carried along: what a cell of a spreadsheet may hold."""
HEADING_MOST: Final = 200
"""Characters of an own heading."""
CELL_MOST: Final = 500
"""Characters of a cell that is read."""
PATH_MOST: Final = 4_096
PATHS: Final = ("file", "transcript", "profile")
NAMED: Final = ("prompt", "profile")
"""Columns of names, which have a letter: a number is a slip of its row, an unknown name is told at once."""
CHANNEL_DIGITS: Final = 4
ERRORS: Final = frozenset(
    [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#NAME?",
        "#DIV/0!",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#CONNECT!",
        "#BUSY!",
    ]
)
"""What spreadsheet programs show, and save into a text, in place of a value."""
SHOWN_MOST: Final = 40
SIDES: Final[Mapping[str, int]] = {
    name: channel
    for channel, names in enumerate(("左 左声道 left l", "右 右声道 right r"))
    for name in names.split()
}
"""The two channels of stereo by the names that people give them."""
LANGUAGES: Final[Mapping[str, Language]] = {
    **dict.fromkeys(
        ("zh", "zh-cn", "zh-hans", "cn", "中文", "汉语", "普通话", "国语", "chinese", "mandarin"), "zh"
    ),
    **dict.fromkeys(("en", "en-us", "en-gb", "英文", "英语", "english"), "en"),
}
"""What is spoken, by the names that people give it."""


class RowItems:
    """Makes the items of one manifest in ``folder``; ``headings`` are those of all rows, if they have any.

    Raises SameColumnError for two headings that mean the same.
    """

    def __init__(self, folder: Path, headings: Sequence[str]) -> None:
        self._files = NamedFiles(folder)
        self._folder = folder
        self._headings = tuple(headings)
        self._columns = columns_of(headings)

    def item(self, row: TableRow) -> Item:
        """The item of a row, with a fault that names its line where it cannot be used."""
        blank = Item(file="", path="", line=row.line)
        if row.fault is not None:
            return faulty(blank, row.fault)
        columns = self._columns
        if not self._headings:
            try:
                columns = columns_of(row.cells)
            except SameColumnError as exc:
                return faulty(blank, Message("manifest-row-same", {"first": exc.first, "second": exc.second}))
        return _Row(row, columns, self._files, self._folder).item()


class _Row:
    """One row while its item is made: cells by column, and the first thing that is wrong."""

    def __init__(self, row: TableRow, columns: Mapping[str, str], files: NamedFiles, folder: Path) -> None:
        self._files, self._folder = files, folder
        self._line = row.line
        self._headings = {column: heading for heading, column in columns.items()}
        self._cells: dict[str, str] = {}
        self._carried: dict[str, str] = {}
        self._wrong: Message | None = None
        for heading, cell in row.cells.items():
            column = columns.get(heading)
            text = cell.facts.get(OWN, cell.facts.get("text")) if isinstance(cell, Message) else plain(cell)
            if isinstance(cell, Message) and (column is not None or text is None):
                self._tell(heading, cell)
            elif column is None:
                self._carried[bounded(heading, HEADING_MOST)] = bounded(str(text), CARRIED_MOST)
            else:
                self._take(heading, column, str(text))

    def _take(self, heading: str, column: str, text: str) -> None:
        most = PATH_MOST if column in PATHS else CELL_MOST
        if len(text) > most:
            facts = {"value": f"{text:.{SHOWN_MOST}}…", "n": len(text), "most": most}
            self._tell(heading, Message("table-cell-long", facts))
        elif text.upper() in ERRORS:
            self._tell(heading, Message("table-cell-error", {"value": text}))
        elif column in NAMED and text and not any(sign.isalpha() for sign in text):
            self._tell(heading, Message("table-cell-no-name", {"value": f"{text:.{SHOWN_MOST}}"}))
        else:
            self._cells[column] = text

    def _tell(self, heading: str, what: Message) -> None:
        if self._wrong is None:
            told = {"column": bounded(heading, HEADING_MOST), "what": what}
            self._wrong = Message("manifest-cell", told)

    def item(self) -> Item:
        """The item, or the first thing that is wrong with it."""
        cells = self._cells
        item = Item(
            file=bare(cells.get("file", "")),
            path="",
            prompt_id=cells.get("prompt") or None,
            speaker=cells.get("speaker", ""),
            date=cells.get("date", ""),
            channel=self._channel("channel"),
            agent_channel=self._channel("agent_channel"),
            stream=self._channel("stream"),
            language=self._language(),
            profile=self._profile(),
            carried=self._carried,
            line=self._line,
        )
        if self._wrong is None and not item.file:
            self._wrong = Message("manifest-row-without-file")
        if self._wrong is None and item.channel is not None and item.agent_channel is not None:
            facts = {"channel": item.channel, "agent_channel": item.agent_channel}
            self._wrong = Message("manifest-row-two-channels", facts)
        if self._wrong is None:
            name, path = self._path("file") or ("", "")
            _, transcript = self._path("transcript") or ("", None)
            item = replace(item, file=name or item.file, path=path, transcript=transcript)
        return item if self._wrong is None else faulty(item, self._wrong)

    def _channel(self, column: str) -> int | None:
        cell = unicodedata.normalize("NFKC", self._cells.get(column, "")).lower()
        digits = cell.removesuffix(".0")
        if not cell:
            return None
        if cell in SIDES and column != "stream":
            return SIDES[cell]
        if digits.isdecimal() and len(digits) <= CHANNEL_DIGITS:
            return int(digits)
        told = {"channel": repr(f"{self._cells[column]:.{SHOWN_MOST}}")}
        self._wrong = self._wrong or Message(f"manifest-row-{column.replace('_', '-')}", told)
        return None

    def _language(self) -> Language | None:
        cell = self._cells.get("lang", "").lower().replace("_", "-")
        if cell and cell not in LANGUAGES:
            told = {"language": repr(f"{cell:.{SHOWN_MOST}}")}
            self._wrong = self._wrong or Message("manifest-row-language", told)
        return LANGUAGES.get(cell)

    def _profile(self) -> str | None:
        """The profile; a file of profiles beside the manifest is meant before one of the current folder."""
        cell = self._cells.get("profile", "")
        if cell.startswith("~"):
            try:
                Path(cell).expanduser()
            except RuntimeError:
                home = shown(cell.partition("/")[0])
                self._tell(self._headings["profile"], Message("table-file-home", {"name": home}))
        file, parted, name = cell.rpartition(":")
        beside = self._folder / file
        try:
            return f"{beside}:{name}" if parted and file and beside.is_file() else cell or None
        except (OSError, ValueError):
            return cell

    def _path(self, column: str) -> tuple[str, str] | None:
        """Name and path of the file in that column, None where there is none or it cannot be found."""
        cell = self._cells.get(column)
        if not cell:
            return None
        where = self._files.found(cell)
        if isinstance(where, Message):
            self._tell(self._headings[column], where)
            return None
        return where


def faulty(item: Item, what: Message) -> Item:
    """The item with what is wrong with its row."""
    told = Message("error-manifest-row", {"line": item.line, "what": what})
    return replace(item, fault=Failure.worded(MANIFEST_FAULT, told, InputError.exit_status))


def bounded(text: str, most: int) -> str:
    """The text as it is carried along, cut with … at ``most`` characters."""
    return text if len(text) <= most else text[: most - 1] + "…"
