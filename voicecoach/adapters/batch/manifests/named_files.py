r"""Files as a table names them: found where they are meant, or the near miss is named.

A name is relative to the table. Quotes, blanks and unseen signs around it are taken off; ``sub\a.wav``, a
``file://`` address and ``~`` are understood. Where there is no such file, one of the same letters is taken
when it is the only one: in other case, with other Unicode forms (as macOS writes names), or in bytes of a
Chinese Windows. Else the nearest name of the folder is offered.
"""

from __future__ import annotations

import os
import re
import unicodedata
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from voicecoach.words.catalogue import Message
from voicecoach.words.visible import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

QUOTES: Final = ('""', "''", "“”", "‘’", "「」", "『』", "«»", "``")
AROUND: Final = " \t\r\n\u00a0\u3000\u200b\u200e\u200f\u202a\u202b\u202c\u2068\u2069\ufeff"
"""Blanks and unseen signs: file managers copy some of them along with a path."""
NEAR_SCORE: Final = 75.0
"""From here (0..100, rapidfuzz) another name is near enough to be offered (ours)."""
NEAR_MOST: Final = 200
"""So many near misses are looked for in a table: more are no slip of the pen."""
SEVERAL_MOST: Final = 3
"""Names of the same letters that are told."""
NAMES_MOST: Final = 200_000
"""Names of a folder that are looked at."""
_DRIVE: Final = re.compile(r"[A-Za-z]:[\\/]")
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class NamedFiles:
    """Finds files by what a table in ``folder`` calls them; a folder is listed once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        self._listed: dict[Path, Mapping[str, list[str]]] = {}
        self._near_left = NEAR_MOST

    def found(self, named: str) -> tuple[str, str] | Message:
        """The name as results show it, and the path; or why there is none.

        Where nothing is near, the path that was meant is given: who opens it tells that it is not there.
        """
        name = bare(named)
        path = self._joined(name)
        if _is_there(path):
            return name, str(path)
        if _ADDRESS.match(name):
            local = _of_address(name)
            if local is None:
                return Message("table-file-elsewhere", {"name": shown(name)})
            name, path = local, self._joined(local)
        if name.startswith("~"):
            try:
                path = Path(name).expanduser()
            except RuntimeError:
                return Message("table-file-home", {"name": shown(name.partition("/")[0])})
        if path is None:
            return Message("table-file-name", {"name": shown(f"{name:.80}")})
        if "\\" in name and not _is_there(path):
            name = name.replace("\\", "/")
            path = self._joined(name) or path
        return (name, str(path)) if _is_there(path) else self._searched(name, path)

    def _joined(self, name: str) -> Path | None:
        """The path of a name; None for one that no system takes."""
        try:
            os.fsencode(name)
        except UnicodeEncodeError:
            return None
        return None if "\0" in name else self._folder / name

    def _searched(self, name: str, path: Path) -> tuple[str, str] | Message:
        """The file part by part, each as it is or as the only one of the same letters."""
        at, *parts = [Path(path.anchor), *path.parts[1:]]
        for number, part in enumerate(map(str, parts)):
            further = at / part
            if part != ".." and not _is_there(further):
                same = self._listing(at).get(same_letters(part), [])
                if len(same) > 1:
                    several = " / ".join(map(shown, sorted(same)[:SEVERAL_MOST]))
                    return Message("table-file-several", {"name": shown(name), "several": several})
                if not same:
                    is_last = number == len(parts) - 1
                    near = self._near(name, at, part) if is_last else self._beside(name)
                    return near or (name, str(path))
                further = at / same[0]
            at = further
        return name, str(at)

    def _beside(self, name: str) -> Message | None:
        """The file of that name beside the table, where a folder of the path is not there: it is offered."""
        part = re.split(r"[\\/]", name)[-1]
        same = self._listing(self._folder).get(same_letters(part), []) if self._near_left > 0 else []
        if not same:
            return None
        self._near_left -= 1
        return Message("table-file-near", {"name": shown(name), "near": shown(same[0])})

    def _near(self, name: str, folder: Path, part: str) -> Message | None:
        """The nearest name, where one is near: it is offered, never taken."""
        from rapidfuzz import fuzz, process

        if self._near_left <= 0:
            return None
        self._near_left -= 1
        listing = self._listing(folder)
        nearest = process.extractOne(
            same_letters(part), listing.keys(), scorer=fuzz.ratio, score_cutoff=NEAR_SCORE
        )
        if nearest is None:
            return None
        return Message("table-file-near", {"name": shown(name), "near": shown(listing[nearest[0]][0])})

    def _listing(self, folder: Path) -> Mapping[str, list[str]]:
        """The names in a folder by their letters; none for one that cannot be listed."""
        if folder not in self._listed:
            names: dict[str, list[str]] = {}
            try:
                with os.scandir(folder) as entries:
                    for entry in islice(entries, NAMES_MOST):
                        names.setdefault(same_letters(entry.name), []).append(entry.name)
            except (OSError, ValueError):
                names = {}
            self._listed[folder] = names
        return self._listed[folder]


def _is_there(path: Path | None) -> bool:
    try:
        return path is not None and path.exists()
    except OSError:  # a name that is too long, or a folder that may not be looked into
        return False


def bare(named: str) -> str:
    """The name without blanks, unseen signs and quotes around it."""
    name = named.strip(AROUND)
    for first, last in QUOTES:
        if len(name) > 1 and name.startswith(first) and name.endswith(last):
            return name[1:-1].strip(AROUND)
    return name


def same_letters(name: str) -> str:
    """The name without case, Unicode form and width; bytes of a Chinese Windows as Hanzi."""
    return unicodedata.normalize("NFKC", shown(name)).casefold()


def _of_address(name: str) -> str | None:
    """The path of a ``file://`` address of this machine; None for any other address."""
    try:
        parts = urlsplit(name)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() != "file" or host not in {None, "", "localhost"}:
        return None
    behind = name.partition("://")[2]
    path = unquote(behind[behind.find("/") :] if "/" in behind else behind, errors="surrogateescape")
    return path[1:] if _DRIVE.match(path[1:]) else path
