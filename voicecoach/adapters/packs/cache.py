"""Packs that were read and found good, kept as plain JSON: checking one anew costs half a second of one core.

An entry belongs to one file's bytes and to the code that checked them; when either changes it is made
anew. The cache folder may be deleted at any time, and a damaged entry is as good as none. Nothing
that was found wrong is kept. ``voicecoach prompts check`` always reads the files themselves.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicecoach.adapters.folders import cache_folder, replacing
from voicecoach.adapters.packs.pack import Pack, PackOrProblems, read_pack
from voicecoach.errors import StoreError
from voicecoach.model.prompt import Anchor, CallerLine, CallRule, Condition, Prompt, RubricPoint

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHECKERS = (
    "pack",
    "cache",
    "faults",
    "models",
    "schema",
    "rule_schema",
    "yaml_lines",
)


def read_pack_cached(path: Path) -> PackOrProblems:
    """As ``pack.read_pack``, from the cache when the file and the checking code are unchanged."""
    try:
        key = _key(path.read_bytes())
        entry = (
            cache_folder() / "packs" / f"{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:24]}.json"
        )
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
    """The digest of the file's bytes and of what identifies the checking modules (time, size)."""
    digest = hashlib.sha256(content)
    for name in _CHECKERS:
        stat = Path(__file__).with_name(f"{name}.py").stat()
        digest.update(f"{name} {stat.st_mtime_ns} {stat.st_size}".encode())
    return digest.hexdigest()


def _load(entry: Path, key: str, path: Path) -> Pack | None:
    try:
        kept = json.loads(entry.read_bytes())
        if kept["key"] != key:
            return None
        return _pack(kept["pack"], path)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(entry: Path, key: str, pack: Pack) -> None:
    content = {"key": key, "pack": asdict(pack) | {"path": str(pack.path)}}
    # a full disk or a read-only home must not keep anybody from practising
    with contextlib.suppress(OSError, StoreError):
        entry.parent.mkdir(mode=0o700, exist_ok=True)
        with replacing(entry) as file:
            file.write(json.dumps(content, ensure_ascii=False).encode())


def _pack(kept: Mapping[str, Any], path: Path) -> Pack:
    prompts = tuple(_prompt(one) for one in kept["prompts"])
    return Pack(kept["id"], kept["version"], kept["title"], path, prompts, kept["lines"])


def _prompt(kept: dict[str, Any]) -> Prompt:
    low, high = kept.pop("target_s")
    points = tuple(_point(point) for point in kept.pop("points"))
    lines = tuple(CallerLine(**line) for line in kept.pop("lines"))
    for name in ("order", "fatal_language", "families"):
        kept[name] = tuple(kept[name])
    return Prompt(**kept, target_s=(low, high), points=points, lines=lines)


def _point(kept: dict[str, Any]) -> RubricPoint:
    for name in ("cues", "exemplars", "counter_exemplars"):
        kept[name] = _phrases(kept[name])
    if kept["rule"] is not None:
        kept["rule"] = _rule(kept["rule"])
    return RubricPoint(**kept)


def _phrases(kept: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {language: tuple(phrases) for language, phrases in kept.items()}


def _rule(kept: dict[str, Any]) -> CallRule:
    for name in ("any_of", "all_of", "none_of"):
        kept[name] = tuple(_condition(one) for one in kept[name])
    for name in ("after", "before"):
        anchor = kept[name]
        if anchor is not None:
            said = anchor["said"]
            kept[name] = Anchor(**{**anchor, "said": None if said is None else _condition(said)})
    return CallRule(**kept)


def _condition(kept: dict[str, Any]) -> Condition:
    return Condition(**{**kept, "cues": _phrases(kept["cues"]), "exemplars": _phrases(kept["exemplars"])})
