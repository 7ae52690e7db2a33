"""Which recording a sheet means, by a name that people shorten: no folder, no ending, other letters' case."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

NEAR_SHARE: Final = 0.6


def _plain(name: str) -> str:
    """The name as it is compared: one way to write its letters, ``/`` between folders."""
    return str(PurePosixPath(unicodedata.normalize("NFC", name.strip()).casefold().replace("\\", "/")))


def _without_ending(name: str) -> str:
    return str(PurePosixPath(name).with_suffix("")) if PurePosixPath(name).suffix else name


def _last(name: str) -> str:
    return PurePosixPath(name).name


_LEVELS: Final[tuple[tuple[Callable[[str], str], Callable[[str], str]], ...]] = (
    (str, str),
    (_plain, _plain),
    (lambda file: _without_ending(_plain(file)), _plain),
    (lambda file: _last(_plain(file)), lambda name: _last(_plain(name))),
    (lambda file: _without_ending(_last(_plain(file))), lambda name: _last(_plain(name))),
)
"""How a file of the results and a name in a sheet are made alike, the strictest first."""


class FileNames:
    """The files of the results, to be found by what a sheet calls them."""

    def __init__(self, files: Iterable[str]) -> None:
        self._files = tuple(dict.fromkeys(files))
        last = {_last(_plain(file)): file for file in self._files}
        self._called = {_without_ending(name): file for name, file in last.items()} | last
        self._by_level: list[dict[str, list[str]]] = []
        for of_file, _ in _LEVELS:
            by_name: dict[str, list[str]] = defaultdict(list)
            for file in self._files:
                by_name[of_file(file)].append(file)
            self._by_level.append(by_name)

    def found(self, names: Iterable[str]) -> tuple[dict[str, str], tuple[str, ...]]:
        """The file of each name that has just one, and the names that fit several.

        A file that one name means more strictly than another is the first one's alone: ``a/1.wav`` beside
        ``b/1.wav`` does not become a second name of the latter.
        """
        levels: dict[str, tuple[int, str]] = {}
        several: dict[str, None] = {}
        for name in dict.fromkeys(names):
            for level, (_, of_name) in enumerate(_LEVELS):
                fitting = self._by_level[level].get(of_name(name), [])
                if len(fitting) == 1:
                    levels[name] = level, fitting[0]
                if fitting:
                    several |= dict.fromkeys([name] if len(fitting) > 1 else [])
                    break
        strictest: dict[str, int] = {}
        for level, file in levels.values():
            strictest[file] = min(level, strictest.get(file, level))
        kept = {
            name: file
            for name, (level, file) in levels.items()
            if level == strictest[file] or _same_folder(name, file)
        }
        return kept, tuple(several)

    def near(self, name: str) -> str | None:
        """The file whose name is most like that one, None where none is."""
        return near(name, self._called)


def _same_folder(name: str, file: str) -> bool:
    """Whether the name says nothing against the file's folder."""
    folder = str(PurePosixPath(_plain(name)).parent)
    return folder == "." or f"/{PurePosixPath(_plain(file)).parent}".endswith(f"/{folder}")


def near(name: str, known: Mapping[str, str]) -> str | None:
    """The value whose key is most like ``name``, None where none is."""
    fitting = get_close_matches(_last(_plain(name)), known, n=1, cutoff=NEAR_SHARE)
    return known[fitting[0]] if fitting else None
