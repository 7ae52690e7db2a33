"""Packs that were read and found good, kept as values: checking one anew costs half a second of one core.

An entry belongs to one file's bytes, to the code that checked them and to the classes of its values; when
one of these changes it is made anew. The cache folder may be deleted at any time, and a damaged entry is as
good as none. Nothing that was found wrong is kept. ``voicecoach prompts check`` always reads the files.

msgspec writes and reads the values by the fields of their classes, so that no field can be forgotten here;
pydantic, which takes ten times as long to load as all packs, is not needed. Nothing but these values can
come out of an entry, whatever stands in it.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from voicecoach.adapters.folders import cache_folder, replacing
from voicecoach.adapters.packs.pack import PackOrProblems, read_pack
from voicecoach.adapters.packs.text_file import TextFileError, bytes_of
from voicecoach.errors import StoreError
from voicecoach.model import dialogue
from voicecoach.model import prompt as values
from voicecoach.model.pack import Pack
from voicecoach.model.prompt import Prompt  # noqa: TC001 - msgspec reads the types of the fields
from voicecoach.rubric.text import pattern_syntax, patterns

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHECKERS = (
    "pack",
    "cache",
    "faults",
    "models",
    "schema",
    "rule_schema",
    "text_file",
    "yaml_lines",
)


@dataclass(frozen=True, slots=True)
class KeptPack:
    """A pack as its entry holds it: all but the path of its file, whose digest is the entry's name."""

    id: str
    version: str
    title: dict[str, str]
    prompts: tuple[Prompt, ...]
    lines: dict[str, int]


_DIGEST_CHARS: Final = 64
"""Hex digits of a SHA-256."""


def read_pack_cached(path: Path) -> PackOrProblems:
    """As ``pack.read_pack``, from the cache when the file and the checking code are unchanged."""
    try:
        key = _key(bytes_of(path))
        name = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:24]
        entry = cache_folder() / "packs" / f"{name}.json"
    except (OSError, ValueError, TextFileError, StoreError):
        # the file itself tells what is wrong with it; without a cache folder there is no cache
        return read_pack(path)
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
    yield from (Path(str(module.__file__)) for module in (values, dialogue, patterns, pattern_syntax))


def _load(entry: Path, key: str, path: Path) -> Pack | None:
    """The pack of an entry: two digests in hex (its key, that of the rest), then the values as JSON."""
    import msgspec

    try:
        content = entry.read_bytes()
        digests, kept = content[: 2 * _DIGEST_CHARS], content[2 * _DIGEST_CHARS :]
        if digests.decode("ascii") != key + hashlib.sha256(kept).hexdigest():
            return None
        pack = msgspec.json.decode(kept, type=KeptPack)
    except (OSError, ValueError, RecursionError, msgspec.MsgspecError):
        return None
    return Pack(pack.id, pack.version, pack.title, path, pack.prompts, pack.lines)


def _keep(entry: Path, key: str, pack: Pack) -> None:
    import msgspec

    content = msgspec.json.encode(
        KeptPack(pack.id, pack.version, dict(pack.title), pack.prompts, dict(pack.lines))
    )
    # a full disk or a read-only home must not keep anybody from practising
    with contextlib.suppress(OSError, StoreError):
        entry.parent.mkdir(mode=0o700, exist_ok=True)
        with replacing(entry) as file:
            file.write((key + hashlib.sha256(content).hexdigest()).encode("ascii") + content)
