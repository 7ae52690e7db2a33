"""The seal of a model's folder: the digests of its files, and the sign that they were checked.

A digest of hundreds of megabytes at each start would cost more than loading them. So the seal keeps, file by
file, size and times of the moment when the digest was last taken: while the file system tells the same of a
file, nobody has written to it since. Where it tells something else (a file that was changed, restored, copied
from elsewhere), the file is read, and either found whole and stamped anew, or told as damaged. No digest is
given out that was not checked in one of the two ways.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from voicecoach.adapters.folders import cause_of, replacing
from voicecoach.documents.checked import parsed
from voicecoach.errors import EngineError, StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MANIFEST: Final = "digests.json"
MODEL: Final = "model.bin"

Stamp = tuple[int, int, int]
"""Size in bytes, time of the last writing, time of the last change of whatever kind; times in ns."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """The folder of the model ``name``; ``pinned``: sha256 by file name, as far as known beforehand."""

    name: str
    folder: Path
    pinned: Mapping[str, str]

    def seal(self, files: tuple[str, ...]) -> None:
        """Check the digests of ``files`` and write the manifest: a folder with one is whole.

        Raises EngineError, StoreError.
        """
        digests = {file_name: sha256(self.folder / file_name) for file_name in files}
        for file_name, wanted in self.pinned.items():
            if digests[file_name] != wanted:
                path = f"{self.name}/{file_name}"
                raise EngineError("model-part-damaged", path=path, met=digests[file_name], wanted=wanted)
        self._write(digests, {file_name: stamp_of(self.folder / file_name) for file_name in files})

    def digests(self, *, again: bool = False) -> dict[str, str]:
        """The digests by file name; ``again`` reads every file, else only what may have changed.

        Raises EngineError for what is missing, cut or changed.
        """
        wanted, sizes, stamped = self._read()
        fresh: dict[str, Stamp] = {}
        for file_name, digest in wanted.items():
            path = self.folder / file_name
            try:
                fresh[file_name] = stamp_of(path)
            except OSError as exc:
                raise self._damaged(exc) from exc
            if fresh[file_name][0] != sizes.get(file_name, fresh[file_name][0]):
                what = f"{file_name} has {fresh[file_name][0]} bytes, wanted {sizes[file_name]}"
                raise self._damaged(ValueError(what))
            if again or stamped.get(file_name) != fresh[file_name]:
                self._compare(path, digest)
        if stamped != fresh:
            with contextlib.suppress(
                OSError, StoreError
            ):  # a folder that may not be written is checked again
                self._write(wanted, fresh)
        return wanted

    def _compare(self, path: Path, wanted: str) -> None:
        met = sha256(path)
        if met != wanted:
            raise EngineError(
                "model-file-damaged",
                path=path,
                met=f"{met[:12]}…",
                wanted=f"{wanted[:12]}…",
                name=self.name,
            )

    def _read(self) -> tuple[dict[str, str], dict[str, int], dict[str, Stamp]]:
        """The manifest: digests, the pinned ones before its own; sizes; stamps, none in an older one."""
        try:
            manifest: Any = parsed((self.folder / MANIFEST).read_text("utf-8"))
            digests = {str(name): str(digest) for name, digest in manifest["sha256"].items()}
            digests[MODEL]  # a manifest without it seals nothing
            sizes = {str(name): int(size) for name, size in manifest["size_bytes"].items()}
            told = manifest.get("stamps", {}).items()
            stamps = {
                str(name): (int(size), int(wrote), int(changed)) for name, (size, wrote, changed) in told
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
            raise self._damaged(exc) from exc
        if any(digests.get(name) != digest for name, digest in self.pinned.items()):
            stamps = {}  # stamped for another file: what lies there is read
        return digests | dict(self.pinned), sizes, stamps

    def _write(self, digests: Mapping[str, str], stamps: Mapping[str, Stamp]) -> None:
        sizes = {file_name: size for file_name, (size, *_) in stamps.items()}
        manifest = {"sha256": digests, "size_bytes": sizes, "stamps": stamps}
        with replacing(self.folder / MANIFEST) as file:
            file.write(json.dumps(manifest, indent=1).encode())

    def _damaged(self, cause: Exception) -> EngineError:
        return EngineError("model-folder-damaged", folder=self.folder, cause=cause, name=self.name)


def stamp_of(path: Path) -> Stamp:
    """What the file system tells of the file. Raises OSError."""
    told = path.stat()
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns


def sha256(path: Path) -> str:
    """The file's digest, hexadecimal. Raises EngineError."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as exc:
        raise EngineError("model-file-unreadable", path=path, cause=cause_of(exc)) from exc
