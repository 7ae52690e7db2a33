"""Packs to be checked, and rubrics to be tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach import wiring

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voicecoach.app.setup.rubric_trial import RubricTrial
    from voicecoach.model.pack import Pack, Problem
    from voicecoach.model.transcript import Language


def packs(extra: Path | None) -> tuple[Pack, ...]:
    """All packs, as :func:`wiring.prompt_library` finds them. Raises UsageError, PromptFileError."""
    return wiring.prompt_library(extra).packs()


def read_files(
    files: Sequence[Path], extra: Path | None
) -> tuple[Sequence[Path], Sequence[Pack], Sequence[Problem], Sequence[Problem]]:
    """The files that are read, their packs, what is wrong in them, and what was passed over.

    Where none are named they are those of all folders. Raises UsageError when ``extra`` is no folder.
    """
    from voicecoach.adapters.packs import library

    if files:
        return files, *library.read_packs(files), ()
    folders = library.prompt_folders(extra)
    paths = library.pack_files(folders)
    return paths, *library.read_packs(paths), library.passed_over(folders)


def trial(extra: Path | None, language: Language) -> RubricTrial:
    """What tries rubrics on written answers in ``language``."""
    from voicecoach.app.setup.rubric_trial import RubricTrial

    return RubricTrial(wiring.prompt_library(extra), wiring.rubric_engine, language=language)
