"""Prompt packs on disk: where they are found, how they are read, how a fault in one is told.

Packs come from three places: those that the program brings (package data of the wheel, or
``prompts/`` of the repository in an editable install), the user's own in the data folder, and those
of a folder named on the command line. An id may stand in only one of them.
"""

from __future__ import annotations

import difflib
import os
import re
import unicodedata
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from voicecoach.adapters.folders import cause_of, data_path, is_file, is_folder
from voicecoach.adapters.packs.cache import read_pack_cached
from voicecoach.adapters.packs.pack import PackOrProblems, read_pack
from voicecoach.adapters.packs.text_file import TextFileError, bytes_of, text_of
from voicecoach.errors import PromptFileError, UsageError
from voicecoach.model.learned import taught
from voicecoach.model.pack import Pack, Problem
from voicecoach.words.catalogue import Message, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from voicecoach.model.learned import LearnedSentence
    from voicecoach.model.prompt import Prompt

MAX_PROBLEMS = 20
"""Problems told at once; more would hide the first ones."""
SUFFIXES = (".yaml", ".yml")
_CLASHES: Final = frozenset({"pack-clash", "pack-prompt-clash"})


class FilePromptLibrary:
    """The prompts of some folders, read once, when asked for; implements ``ports.PromptLibrary``.

    ``learned`` gives the sentences that the user taught: they are among the examples of :meth:`prompts` and
    :meth:`prompt`, and not of :meth:`packs`, which are as they were written.

    With ``left_out`` a file with faults is left out, and that is told of each such file, once, with all its
    faults; only who asks for a prompt that stands in it meets the error. Without it any fault is one.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        *,
        learned: Callable[[], Sequence[LearnedSentence]] = tuple,
        left_out: Callable[[Sequence[Problem]], None] | None = None,
    ) -> None:
        self._folders = tuple(folders)
        self._learned = learned
        self._left_out = left_out

    def packs(self) -> tuple[Pack, ...]:
        """All packs, in the order of their folders and file names. Raises PromptFileError."""
        return self._packs

    def prompts(self) -> tuple[Prompt, ...]:
        """All prompts, in the order of their packs. Raises PromptFileError."""
        return tuple(self._by_id.values())

    def prompt(self, prompt_id: str) -> Prompt:
        """The prompt of that id. Raises UsageError that names near misses, or PromptFileError."""
        prompt = self._by_id.get(prompt_id)
        raise_problems(self._faults_about(prompt_id, known=prompt is not None))
        if prompt is None:
            near = self._near(prompt_id)
            if not near:
                raise UsageError("prompt-unknown", prompt_id=repr(prompt_id), n=len(self._by_id))
            either = joined("joined-or", near)
            raise UsageError("prompt-misspelt", prompt_id=repr(prompt_id), n=len(self._by_id), near=either)
        return prompt

    def _near(self, wanted: str) -> list[str]:
        """Ids that may have been meant: by other letters, or by the question itself."""
        plain = unicodedata.normalize("NFKC", wanted).strip().casefold().replace("-", "_")
        asked = [prompt.id for prompt in self._by_id.values() if wanted.strip() in prompt.text.values()]
        return asked or difflib.get_close_matches(plain, self._by_id, n=3, cutoff=0.5)

    @cached_property
    def _by_id(self) -> dict[str, Prompt]:
        learned = self._learned()
        return {prompt.id: taught(prompt, learned) for pack in self._packs for prompt in pack.prompts}

    @cached_property
    def _packs(self) -> tuple[Pack, ...]:
        return self._read[0]

    @cached_property
    def _read(self) -> tuple[tuple[Pack, ...], tuple[tuple[Problem, ...], ...]]:
        """The packs, and the faults of each file that is left out."""
        files = pack_files(self._folders)
        if self._left_out is None:
            packs, problems = read_packs(files, read=read_pack_cached)
            raise_problems(problems)
            return packs, ()
        good: list[Pack] = []
        faulty: list[tuple[Problem, ...]] = []
        for path in files:
            pack, faults = read_pack_cached(path)
            faults = faults if pack is None else tuple(_clashes([*good, pack]))
            if faults:
                faulty.append(faults)
                self._left_out(faults)
            elif pack is not None:
                good.append(pack)
        return tuple(good), tuple(faulty)

    def _faults_about(self, prompt_id: str, *, known: bool) -> tuple[Problem, ...]:
        """The faults of the files left out in which the prompt stands, as far as can be told.

        One that is ``known`` from another file stands there when it clashes with that; else a file is looked
        through for its id.
        """
        for faults in self._read[1]:
            if known:
                clash = any(fault.key == f"prompts.{prompt_id}" for fault in faults)
                if clash and all(fault.told.code in _CLASHES for fault in faults):
                    return faults
            elif _names(faults[0].path, prompt_id):
                return faults
        return ()


def _names(path: Path, prompt_id: str) -> bool:
    """Whether the text of a faulty file gives something that id."""
    try:
        text = text_of(path)
    except TextFileError:
        return False
    return re.search(rf"""\bid["']?[ \t]*:[ \t]*["']?{re.escape(prompt_id)}(?![\w-])""", text) is not None


def prompt_folders(extra: Path | None = None, *, user: Path | None = None) -> tuple[Path, ...]:
    """The folders that are searched, in order; ``user`` replaces the folder in the user's data folder.

    Raises UsageError when ``extra`` is given and is no folder.
    """
    if extra is not None and not is_folder(extra):
        raise UsageError("prompts-folder-missing", folder=extra)
    folders = [bundled_folder(), user_folder() if user is None else user]
    return (*folders, *([extra] if extra else []))


def bundled_folder(package: Path = Path(__file__).parents[2]) -> Path:
    """The folder of the packs that come with the program: in the wheel, else beside the package."""
    inside = package / "prompts"
    return inside if inside.is_dir() else package.parent / "prompts"


def user_folder() -> Path:
    """The user's own packs, in the data folder (which is not made by looking). Raises StoreError."""
    return data_path() / "prompts"


def pack_files(folders: Iterable[Path]) -> tuple[Path, ...]:
    """The prompt files of ``folders``: each once, hidden ones left out, by name within a folder.

    Raises UsageError when a folder may not be looked into.
    """
    by_place: dict[Path, Path] = {}
    for folder in folders:
        if is_folder(folder):
            for path in _entries(folder):
                if _is_named_pack(path) and is_file(path):
                    by_place.setdefault(path.resolve(), path)
    return tuple(by_place.values())


def passed_over(folders: Iterable[Path]) -> tuple[Problem, ...]:
    """What is named like a prompt file in ``folders`` and can be none: pipes, devices, folders, dead links.

    A folder that is none itself is among them. Raises UsageError as :func:`pack_files`.
    """
    told: list[Problem] = []
    for folder in folders:
        if not is_folder(folder):
            entries = [folder] if os.path.lexists(folder) else []
        else:
            entries = [path for path in _entries(folder) if _is_named_pack(path) and not is_file(path)]
        for path in entries:
            cause = Message("pack-no-file")
            try:
                bytes_of(path)
            except TextFileError as exc:
                cause = exc.told
            told.append(Problem(path, 1, "", Message("pack-passed-over", {"cause": cause})))
    return tuple(told)


def _is_named_pack(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".")


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as exc:
        raise UsageError("prompts-folder-closed", folder=folder, cause=cause_of(exc)) from exc


def read_packs(
    paths: Iterable[Path], *, read: Callable[[Path], PackOrProblems] | None = None
) -> tuple[tuple[Pack, ...], tuple[Problem, ...]]:
    """Read files; returns the good packs and all problems, clashes of ids among the files included.

    ``read`` replaces :func:`read_pack`.
    """
    packs: list[Pack] = []
    problems: list[Problem] = []
    for path in paths:
        pack, faults = (read or read_pack)(path)
        problems.extend(faults)
        if pack is not None:
            packs.append(pack)
    problems.extend(_clashes(packs))
    return tuple(packs), tuple(problems)


def raise_problems(problems: Sequence[Problem]) -> None:
    """Raise PromptFileError with all problems (at most MAX_PROBLEMS told); nothing when there are none."""
    if not problems:
        return
    told = [problem.message() for problem in problems[:MAX_PROBLEMS]]
    if len(problems) > MAX_PROBLEMS:
        told.append(Message("pack-more-problems", {"n": len(problems) - MAX_PROBLEMS}))
    raise PromptFileError("prompt-files-wrong", problems=joined("joined-lines", told))


def _clashes(packs: Sequence[Pack]) -> Iterator[Problem]:
    prompts: dict[str, Pack] = {}
    ids: dict[str, Pack] = {}
    for pack in packs:
        other = ids.setdefault(pack.id, pack)
        if other is not pack:
            told = Message("pack-clash", {"pack": repr(pack.id), "path": other.path})
            yield Problem(pack.path, 1, "pack", told)
            continue
        for prompt in pack.prompts:
            first = prompts.setdefault(prompt.id, pack)
            if first is not pack:
                where = f"{first.path}:{first.lines[prompt.id]}"
                told = Message("pack-prompt-clash", {"prompt": repr(prompt.id), "where": where})
                yield Problem(pack.path, pack.lines[prompt.id], f"prompts.{prompt.id}", told)
