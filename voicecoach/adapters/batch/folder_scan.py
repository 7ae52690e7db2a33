"""What a batch is to judge among the paths that were named; what a folder holds besides is counted.

A file is taken by its ending where that is one of sound, else by its first bytes: recorders and chat programs
write files without ending or with endings of their own. What is neither is left out and counted by its
ending. Hidden files, those that systems leave behind, and what batches wrote are passed over in silence.
"""

from __future__ import annotations

import fnmatch
import os
import stat
from collections import Counter
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from voicecoach.adapters.batch.manifest import MANIFESTS, read_manifest
from voicecoach.adapters.batch.result_files import WORK
from voicecoach.adapters.batch.result_tables import TABLES
from voicecoach.adapters.folders import cause_of, is_folder
from voicecoach.audio.sniff import HEAD_BYTES, is_sound
from voicecoach.errors import InputError
from voicecoach.model.job import Failure, Item, Scan
from voicecoach.words.visible import shown, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SOUND: Final = frozenset(
    (
        "3g2", "3gp", "3gpp", "aac", "ac3", "adts", "al", "aif", "aifc", "aiff", "alaw", "amr", "ape", "asf",
        "au", "aud", "avi", "awb", "bwf", "caf", "dss", "f4v", "flac", "flv", "g722", "g729", "gsm", "m4a",
        "m4b", "m4r", "m4v", "mka", "mkv", "mov", "mp2", "mp3", "mp4", "mpeg", "mpg", "mpga", "oga", "ogg",
        "ogv", "opus", "ra", "rf64", "rm", "silk", "slk", "sln", "snd", "spx", "tta", "ul", "ulaw", "voc",
        "w64", "wav", "wave", "weba", "webm", "wma", "wmv", "wv",
    )
)  # fmt: skip
"""Endings of files that are taken unseen: if one holds no sound, that is a failure and told."""
SYSTEM_FILES: Final = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
"""What systems leave in folders, in small letters; hidden files besides."""
OWN_RESULTS: Final = frozenset((*TABLES, "report.html", "compare.html", "pages"))
"""What a batch writes into its folder besides hidden files."""
LINKED_FOLDER: Final = "/"
"""Stands among the endings for a link to a folder, which is not followed."""
LONGEST_ENDING: Final = 12
"""Characters, the dot included."""


def find_items(paths: Sequence[Path], *, patterns: Sequence[str] = (), skip: Path | None = None) -> Scan:
    """The items of all paths, in their order; those of a folder by name. A file named twice counts once.

    ``patterns`` choose in folders (``*.wav``, ``team-a/*.mp3``), by name or by path inside the folder,
    without regard to case and to what the file holds; without them everything that may be sound is taken.
    The folder ``skip`` and results of other batches are passed over. A folder that cannot be read is an item
    with a fault. Rows of a manifest all count. Raises UsageError.
    """
    items: list[Item] = []
    left_out: Counter[str] = Counter()
    met: set[str] = set()
    for path in paths:
        if is_folder(path):
            candidates = list(_in_folder(path, patterns, skip, left_out))
        elif path.suffix.lower() in MANIFESTS:
            items += read_manifest(path)
            continue
        else:
            candidates = [_item(path)]
        for item in candidates:
            where = os.path.realpath(item.path)
            if where not in met:
                met.add(where)
                items.append(item)
    return Scan(_told_apart(items), dict(left_out))


def _item(path: Path, fault: Failure | None = None) -> Item:
    return Item(file=shown(path.as_posix()), path=str(path.absolute()), fault=fault)


def _told_apart(items: Sequence[Item]) -> list[Item]:
    """The items, with the bytes of a name instead of what they read as where another is called just that."""
    n_called = Counter(item.file for item in items)
    return [
        item
        if n_called[item.file] == 1 or item.line is not None or Path(item.path).name == Path(item.file).name
        else replace(item, file=(PurePosixPath(item.file).parent / visible(Path(item.path).name)).as_posix())
        for item in items
    ]


def _in_folder(
    folder: Path, patterns: Sequence[str], skip: Path | None, left_out: Counter[str]
) -> Iterator[Item]:
    skipped = None if skip is None else os.path.realpath(skip)
    wanted = [pattern.lower() for pattern in patterns]
    unread: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=unread.append):
        yield from _unread(unread)
        own = _own_results(Path(parent))
        folders[:] = sorted(
            name
            for name in folders
            if not _passed_over(name, own) and os.path.realpath(Path(parent, name)) != skipped
        )
        if not wanted:
            left_out.update(LINKED_FOLDER for name in folders if Path(parent, name).is_symlink())
        for name in sorted(names):
            path = Path(parent, name)
            if _passed_over(name, own):
                continue
            if wanted:
                inside = path.relative_to(folder).as_posix().lower()
                taken = any(
                    fnmatch.fnmatchcase(name.lower(), pattern) or fnmatch.fnmatchcase(inside, pattern)
                    for pattern in wanted
                )
            else:
                taken = _may_be_sound(path)
                left_out.update(() if taken else (_ending(path),))
            if taken:
                yield _item(path)
    yield from _unread(unread)


def _unread(faults: list[OSError]) -> Iterator[Item]:
    """Folders that could not be read, each as an item that fails, and is told with the others."""
    while faults:
        fault = faults.pop(0)
        path = Path(os.fsdecode(fault.filename))
        told = InputError("batch-folder-unread", path=shown(path), cause=cause_of(fault))
        yield _item(path, Failure.of(told, path=shown(path)))


def _passed_over(name: str, own: frozenset[str]) -> bool:
    return name.startswith(".") or name in own or name.lower() in SYSTEM_FILES


def _own_results(folder: Path) -> frozenset[str]:
    """The names that a batch has written into the folder, if one has."""
    return OWN_RESULTS if Path(folder, WORK, "results").is_dir() else frozenset()


def _may_be_sound(path: Path) -> bool:
    """By its ending, else by its first bytes; what cannot be read and has another ending is none."""
    if path.suffix[1:].lower() in SOUND:
        return True
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would keep whoever opens it waiting
            return False
        with path.open("rb") as file:
            return is_sound(file.read(HEAD_BYTES))
    except (OSError, ValueError):
        return False


def _ending(path: Path) -> str:
    """The ending in small letters, printable; empty when there is none, or something else behind a dot."""
    ending = shown(path.suffix.lower())
    return ending if 1 < len(ending) <= LONGEST_ENDING else ""
