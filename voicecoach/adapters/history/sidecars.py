"""The files of the takes: a sound, a JSON file that says all else, and the page that was made to look at it.

::

    takes/                          0700
      20261122-093000-417-9c2e1f.wav        the sound (.wav.part while it is being recorded)   0600
      20261122-093000-417-9c2e1f.json       voicecoach.take/1                                  0600
    reports/                        0700
      20261122-093000-417-9c2e1f.html       the report, with text and sound in it              0600

Nothing else is written for one take alone, neither here nor in the cache; what is to be must be put here, so
that :meth:`Sidecars.remove` finds it.
"""

from __future__ import annotations

import contextlib
import json
import os
from functools import partial
from typing import TYPE_CHECKING, Final

from voicecoach.adapters.folders import PRIVATE_FILE, PRIVATE_FOLDER, cause_of, replacing
from voicecoach.documents.checked import parsed
from voicecoach.documents.take import decode_take, encode_take
from voicecoach.errors import InputError, StoreError
from voicecoach.model.take import ID_PATTERN, SOUND_ENDING
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from voicecoach.model.take import Take

TAKES: Final = "takes"
REPORTS: Final = "reports"
ENDING: Final = ".json"
REPORT_ENDING: Final = ".html"
UNFINISHED: Final = ".part"


class Sidecars:
    """The folders of the takes and of their pages, in the data folder ``home``."""

    def __init__(self, home: Path) -> None:
        self.folder = home / TAKES
        self._reports = home / REPORTS

    def path(self, take_id: str) -> Path:
        """The JSON file of that take."""
        return self._made() / (take_id + ENDING)

    def ids(self) -> tuple[str, ...]:
        """The takes that have a JSON file, in the order of their ids."""
        with _told(self.folder, "read"):
            names = os.listdir(self._made())  # noqa: PTH208 - a thousand names, no thousand paths
        stems = (name.removesuffix(ENDING) for name in names if name.endswith(ENDING))
        return tuple(sorted(stem for stem in stems if ID_PATTERN.fullmatch(stem)))

    def read(self, take_id: str) -> Take:
        """The take. Raises StoreError that says what is wrong with the file."""
        path = self.path(take_id)
        try:
            document = parsed(path.read_bytes(), parse_constant=partial(_no_figure, path))
        except (OSError, ValueError) as exc:
            raise _unreadable(path, cause_of(exc)) from exc
        try:
            take = decode_take(document)
        except StoreError as exc:
            raise _unreadable(path, exc.told) from exc
        if take.id != take_id:
            raise _unreadable(path, Message("take-file-of-another", {"take_id": take.id}))
        return take

    def write(self, take: Take) -> None:
        """Write the JSON file, whole or not at all, a key a line. Raises StoreError."""
        lines = (
            f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False, allow_nan=False)}"
            for key, value in encode_take(take).items()
        )
        with replacing(self.path(take.id)) as file:
            file.write(("{\n" + ",\n".join(lines) + "\n}\n").encode())
        with _told(self.folder / take.sound, "protect"), contextlib.suppress(FileNotFoundError):
            (self.folder / take.sound).chmod(PRIVATE_FILE)

    def sound_target(self, take_id: str) -> Path:
        """Where the sound of that take goes."""
        return self._made() / (take_id + SOUND_ENDING)

    def write_report(self, take_id: str, page: bytes) -> Path:
        """Write the page of that take, whole or not at all; where it is. Raises StoreError."""
        with _told(self._reports, "make"):
            self._reports.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        path = self._reports / (take_id + REPORT_ENDING)
        with replacing(path) as file:
            file.write(page)
        return path

    def has_sound(self, take: Take) -> bool:
        """Whether there is any sound of it, finished or not."""
        return any(path.exists() for path in self._sounds(take))

    def sound(self, take: Take) -> Path:
        """The file that holds the sound. Raises InputError when there is none."""
        for path in self._sounds(take):
            if path.exists():
                return path
        raise InputError("take-sound-gone", take_id=take.id, path=self.folder / take.sound)

    def remove(self, take_id: str) -> None:
        """Remove every file of that take, also what an accident left half written. Raises StoreError."""
        for folder in (self.folder, self._reports):
            with _told(folder, "delete"), contextlib.suppress(FileNotFoundError):
                for path in folder.iterdir():
                    if path.name.startswith((f"{take_id}.", f".{take_id}.")):
                        path.unlink(missing_ok=True)

    def _sounds(self, take: Take) -> tuple[Path, Path]:
        return self.folder / take.sound, self.folder / (take.sound + UNFINISHED)

    def _made(self) -> Path:
        with _told(self.folder, "make"):
            self.folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        return self.folder


def _no_figure(path: Path, name: str) -> float:
    raise _unreadable(path, Message("take-file-no-figure", {"name": name}))


def _unreadable(path: Path, cause: Message | str) -> StoreError:
    return StoreError("take-file-unreadable", path=path, cause=cause)


@contextlib.contextmanager
def _told(path: Path, deed: str) -> Iterator[None]:
    """Tell that ``deed`` (read, protect, delete, make) was denied for ``path``."""
    try:
        yield
    except OSError as exc:
        raise StoreError("takes-folder-denied", deed=deed, path=path, cause=cause_of(exc)) from exc
