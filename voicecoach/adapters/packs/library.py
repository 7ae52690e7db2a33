"""Prompt packs on disk: where they are found, how they are read, how a fault in one is told.

Packs come from three places: those that the program brings (package data of the wheel, or
``prompts/`` of the repository in an editable install), the user's own in the data folder, and those
of a folder named on the command line. An id may stand in only one of them.
"""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.errors import PromptFileError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from voicecoach.adapters.packs.yaml_lines import Fault, KeyPath
    from voicecoach.model.prompt import Prompt

MAX_PROBLEMS = 20
"""Problems told at once; more would hide the first ones."""
MAX_FILE_BYTES = 4_000_000
"""A larger file is no prompt pack (ours; 40 prompts take about 200 kB)."""
SUFFIXES = (".yaml", ".yml")
HINT = "docs/prompt-schema.md describes every key; `voicecoach prompts check` reads the files again"


@dataclass(frozen=True, slots=True)
class Pack:
    """One prompt file: its ``id``, ``version``, ``title`` by language, and prompts in file order."""

    id: str
    version: str
    title: Mapping[str, str]
    path: Path
    prompts: tuple[Prompt, ...]
    lines: Mapping[str, int]
    """Where each prompt stands: line (from 1) by prompt id, and by ``prompt.point`` for its points."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault of one file; prints as ``file:line: key.path: what is wrong; remedy``."""

    path: Path
    line: int
    key: str
    what: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}: " + (f"{self.key}: " if self.key else "")
        return f"{where}{self.what}; {self.remedy}"


PackOrProblems = tuple[Pack | None, tuple[Problem, ...]]
"""What reading one file gives: the pack is None exactly when there are problems."""


class FilePromptLibrary:
    """The prompts of some folders, read once, when asked for; implements ``ports.PromptLibrary``."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def packs(self) -> tuple[Pack, ...]:
        """All packs, in the order of their folders and file names. Raises PromptFileError."""
        return self._packs

    def prompts(self) -> tuple[Prompt, ...]:
        """All prompts, in the order of their packs. Raises PromptFileError."""
        return tuple(self._by_id.values())

    def prompt(self, prompt_id: str) -> Prompt:
        """The prompt of that id. Raises UsageError that names near misses, or PromptFileError."""
        found = self._by_id.get(prompt_id)
        if found is None:
            near = difflib.get_close_matches(prompt_id, self._by_id, n=3, cutoff=0.5)
            hint = (
                f"did you mean {' or '.join(near)}?" if near else "`voicecoach prompts list` shows them all"
            )
            raise UsageError(f"there is no prompt {prompt_id!r} among {len(self._by_id)}", hint=hint)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Prompt]:
        return {prompt.id: prompt for pack in self._packs for prompt in pack.prompts}

    @cached_property
    def _packs(self) -> tuple[Pack, ...]:
        from voicecoach.adapters.packs.cache import read_pack_cached

        packs, problems = read_packs(pack_files(self._folders), read=read_pack_cached)
        raise_problems(problems)
        return packs


def prompt_folders(extra: Path | None = None, *, user: Path | None = None) -> tuple[Path, ...]:
    """The folders that are searched, in order; ``user`` replaces the folder in the user's data folder.

    Raises UsageError when ``extra`` is given and is no folder.
    """
    if extra is not None and not extra.is_dir():
        raise UsageError(
            f"there is no folder {extra}", hint="--prompts takes a folder that holds .yaml files"
        )
    folders = [bundled_folder(), user_folder() if user is None else user]
    return (*folders, *([extra] if extra else []))


def bundled_folder(package: Path = Path(__file__).parents[2]) -> Path:
    """The folder of the packs that come with the program: in the wheel, else beside the package."""
    inside = package / "prompts"
    return inside if inside.is_dir() else package.parent / "prompts"


def user_folder() -> Path:
    """The user's own packs: ``prompts`` in voicecoach's data folder (which is not made by looking).

    ``VOICECOACH_DATA_DIR`` names another data folder.
    """
    import platformdirs

    named = os.environ.get("VOICECOACH_DATA_DIR")
    data = Path(named).expanduser() if named else platformdirs.user_data_path("voicecoach", appauthor=False)
    return data / "prompts"


def pack_files(folders: Iterable[Path]) -> tuple[Path, ...]:
    """The prompt files of ``folders``: each once, hidden ones left out, by name within a folder."""
    found: dict[Path, Path] = {}
    for folder in folders:
        if folder.is_dir():
            for path in sorted(folder.iterdir()):
                if path.suffix in SUFFIXES and not path.name.startswith(".") and path.is_file():
                    found.setdefault(path.resolve(), path)
    return tuple(found.values())


def read_packs(
    paths: Iterable[Path], *, read: Callable[[Path], PackOrProblems] | None = None
) -> tuple[tuple[Pack, ...], tuple[Problem, ...]]:
    """Read files; returns the good packs and all problems, clashes of ids among the files included.

    ``read`` replaces :func:`read_pack`.
    """
    packs: list[Pack] = []
    problems: list[Problem] = []
    for path in paths:
        pack, found = (read or read_pack)(path)
        problems.extend(found)
        if pack is not None:
            packs.append(pack)
    problems.extend(_clashes(packs))
    return tuple(packs), tuple(problems)


def read_pack(path: Path) -> PackOrProblems:
    """Read one file. The pack is None exactly when there are problems."""
    from voicecoach.adapters.packs import schema

    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            what = f"{size} bytes, at most {MAX_FILE_BYTES}"
            return None, (Problem(path, 1, "", what, "split it into several packs"),)
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as exc:
        return None, (
            Problem(path, 1, "", f"cannot be read: {exc.strerror}", "check its name and permissions"),
        )
    except UnicodeDecodeError as exc:
        what = f"byte {exc.start} is no UTF-8"
        return None, (Problem(path, 1, "", what, "save the file in the encoding UTF-8"),)
    model, document = schema.parse_pack(text, name=path.stem)
    if model is None:
        return None, tuple(_problem(path, fault, document.value) for fault in document.faults)
    lines = {}
    for i, prompt in enumerate(model.prompts):
        lines[prompt.id] = document.line(("prompts", i))
        for j, point in enumerate(prompt.points):
            lines[f"{prompt.id}.{point.id}"] = document.line(("prompts", i, "points", j))
    prompts = schema.prompts_of(model)
    title = {"zh": model.title.zh} | ({"en": model.title.en} if model.title.en else {})
    return Pack(model.pack, model.version, title, path, prompts, lines), ()


def raise_problems(problems: Sequence[Problem]) -> None:
    """Raise PromptFileError with all problems (at most MAX_PROBLEMS told); nothing when there are none."""
    if not problems:
        return
    told = [str(problem) for problem in problems[:MAX_PROBLEMS]]
    if len(problems) > MAX_PROBLEMS:
        told.append(f"… and {len(problems) - MAX_PROBLEMS} more")
    raise PromptFileError("\n".join(told), hint=HINT)


def _clashes(packs: Sequence[Pack]) -> Iterator[Problem]:
    prompts: dict[str, Pack] = {}
    ids: dict[str, Pack] = {}
    for pack in packs:
        other = ids.setdefault(pack.id, pack)
        if other is not pack:
            yield Problem(
                pack.path,
                1,
                "pack",
                f"the pack {pack.id!r} also stands in {other.path}",
                "rename one of the files",
            )
            continue
        for prompt in pack.prompts:
            first = prompts.setdefault(prompt.id, pack)
            if first is not pack:
                where = f"{first.path}:{first.lines[prompt.id]}"
                key = f"prompts.{prompt.id}"
                what = f"the prompt {prompt.id!r} also stands in {where}"
                yield Problem(pack.path, pack.lines[prompt.id], key, what, "give one of them another id")


def _problem(path: Path, fault: Fault, document: object) -> Problem:
    return Problem(path, fault.line, _key(fault.path, document), fault.what, fault.remedy)


def _key(path: KeyPath, value: object) -> str:
    """``prompts.late_delivery.points.empathy.weight``: list items by their id where they have one."""
    key = ""
    for step in path:
        if isinstance(value, list) and isinstance(step, int):
            value = value[step]
            name = value.get("id") if isinstance(value, dict) else None
            key += f".{name}" if isinstance(name, str) else f"[{step}]"
        else:
            value = value.get(str(step)) if isinstance(value, dict) else None
            key += f".{step}"
    return key.removeprefix(".")
