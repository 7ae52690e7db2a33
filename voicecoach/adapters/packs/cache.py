"""Packs that were read and found good, kept as values: checking one anew costs half a second of one core.

An entry belongs to one file's bytes, to the code that checked them and to the classes of its values; when
one of these changes it is made anew. The cache folder may be deleted at any time, and a damaged entry is as
good as none. Nothing that was found wrong is kept. ``voicecoach prompts check`` always reads the files.

The values are pickled as they are, so that no field of a class can be forgotten here, and pydantic, which
takes ten times as long to load as all packs, is not needed. The reader makes values of
:mod:`voicecoach.model.prompt` and nothing else, whatever an entry asks for.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import pickle
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from voicecoach.adapters.folders import cache_folder, replacing
from voicecoach.adapters.packs.pack import Pack, PackOrProblems, read_pack
from voicecoach.errors import StoreError
from voicecoach.model import dialogue
from voicecoach.model import prompt as values

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHECKERS = (
    "pack",
    "cache",
    "faults",
    "models",
    "schema",
    "rule_schema",
    "yaml_lines",
)
_DIGEST_CHARS: Final = 64
"""Hex digits of a SHA-256."""


def read_pack_cached(path: Path) -> PackOrProblems:
    """As ``pack.read_pack``, from the cache when the file and the checking code are unchanged."""
    try:
        key = _key(path.read_bytes())
        name = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:24]
        entry = cache_folder() / "packs" / f"{name}.pickle"
    except (OSError, StoreError):
        return read_pack(
            path
        )  # which tells what is wrong with the file; without a cache folder there is no cache
    kept = _load(entry, key, path)
    if kept is not None:
        return kept, ()
    pack, problems = read_pack(path)
    if pack is not None:
        _keep(entry, key, pack)
    return pack, problems


def _key(content: bytes) -> str:
    """The digest of the file's bytes and of what identifies the code behind an entry (time, size)."""
    digest = hashlib.sha256(content)
    for module in _code():
        stat = module.stat()
        digest.update(f"{module.stem} {stat.st_mtime_ns} {stat.st_size}".encode())
    return digest.hexdigest()


def _code() -> Iterator[Path]:
    yield from (Path(__file__).with_name(f"{name}.py") for name in _CHECKERS)
    yield from (Path(str(module.__file__)) for module in (values, dialogue))


def _load(entry: Path, key: str, path: Path) -> Pack | None:
    """The pack of an entry: two digests in hex (its key, that of the rest), then the pickled parts."""
    try:
        content = entry.read_bytes()
        digests, pickled = content[: 2 * _DIGEST_CHARS], content[2 * _DIGEST_CHARS :]
        if digests.decode("ascii") != key + hashlib.sha256(pickled).hexdigest():
            return None
        return Pack(**_ValueReader(io.BytesIO(pickled)).load(), path=path)
    except (OSError, ValueError, TypeError, pickle.UnpicklingError):
        return None


def _keep(entry: Path, key: str, pack: Pack) -> None:
    parts = {part.name: getattr(pack, part.name) for part in fields(pack) if part.name != "path"}
    pickled = pickle.dumps(parts, protocol=5)
    # a full disk or a read-only home must not keep anybody from practising
    with contextlib.suppress(OSError, StoreError):
        entry.parent.mkdir(mode=0o700, exist_ok=True)
        with replacing(entry) as file:
            file.write((key + hashlib.sha256(pickled).hexdigest()).encode("ascii") + pickled)


class _ValueReader(pickle.Unpickler):
    """Makes the classes of a prompt's values; an entry that names anything else is none of ours."""

    def find_class(self, module: str, name: str) -> type:
        """The class of that name. Raises UnpicklingError."""
        found = getattr(values, name, None) if module == values.__name__ else None
        if not (isinstance(found, type) and is_dataclass(found)):
            msg = f"an entry of the pack cache holds no {module}.{name}"
            raise pickle.UnpicklingError(msg)
        return found
