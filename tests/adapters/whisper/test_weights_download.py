"""Weights from the hub: sealed and kept, or refused with nothing left behind."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from voicecoach.adapters.whisper import weights
from voicecoach.adapters.whisper.weights import (
    CATALOGUE,
    CatalogueEntry,
    install,
    verify,
)
from voicecoach.errors import EngineError

if TYPE_CHECKING:
    from pathlib import Path
from model_files import names, sha256


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_a_download_is_sealed_and_kept(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = CatalogueEntry(
        "far", 1, "nobody/far", ("model.bin", "config.json"), {"model.bin": sha256(b"far")}
    )
    monkeypatch.setitem(CATALOGUE, "far", entry)

    def arrives(_entry: CatalogueEntry, folder: Path) -> None:
        (folder / "model.bin").write_bytes(b"far")
        (folder / "config.json").write_bytes(b"{}")

    monkeypatch.setattr(weights, "_download", arrives)
    assert install("far").sha256 == sha256(b"far")
    monkeypatch.setattr(weights, "_download", lambda *_: pytest.fail("downloaded again"))
    assert install("far") == verify("far")
    assert names(cache / "models") == {"far", "far.lock"}


def test_a_download_with_a_wrong_digest_is_refused_and_nothing_stays(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def arrives(entry: CatalogueEntry, folder: Path) -> None:
        for name in entry.files:
            (folder / name).write_bytes(b"forged")

    monkeypatch.setattr(weights, "_download", arrives)
    with pytest.raises(EngineError, match=r"small/model.bin is damaged"):
        install("small")
    assert names(cache / "models") == {"small.lock"}


class HubError(Exception):
    """What the hub's HTTP client raises, whatever went wrong."""


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Stands where the hub's client stands, which takes a second to import."""
    client = ModuleType("huggingface_hub")
    client.errors = ModuleType("huggingface_hub.errors")  # type: ignore[attr-defined]  # a module made here
    client.errors.HTTPError = HubError
    monkeypatch.setitem(sys.modules, "huggingface_hub", client)
    monkeypatch.setitem(sys.modules, "huggingface_hub.errors", client.errors)
    return client


def test_a_download_that_brings_too_little_is_told(cache: Path, hub: ModuleType) -> None:
    hub.snapshot_download = lambda *_, **__: None  # type: ignore[attr-defined]  # a module made here
    with pytest.raises(EngineError, match=r"small came without config.json, model.bin, tokenizer.json, voc"):
        install("small")
    assert names(cache / "models") == {"small.lock"}


@pytest.mark.parametrize(
    ("failure", "fault"),
    [
        (HubError(), r"cannot download small \(484 MB\): HubError \(check the network"),
        (TimeoutError(), r"cannot download small \(484 MB\): TimeoutError \(check the network"),
        (
            OSError(errno.ENOSPC, "No space left"),
            r"cannot write the model to .*: No space left \(free some space",
        ),
    ],
)
def test_a_download_that_fails_is_told_and_nothing_stays(
    failure: Exception, fault: str, cache: Path, hub: ModuleType
) -> None:
    def fails(_repository: str, *, local_dir: Path, allow_patterns: list[str]) -> None:
        (local_dir / allow_patterns[0]).write_bytes(b"half")
        raise failure

    hub.snapshot_download = fails  # type: ignore[attr-defined]  # a module made here
    with pytest.raises(EngineError, match=fault):
        install("small")
    assert names(cache / "models") == {"small.lock"}


def test_without_a_network_installing_ends_cleanly(tmp_path: Path) -> None:
    """In a process of its own: the hub's client reads its settings once, and the port 9 answers nobody."""
    program = (
        "from voicecoach.adapters.whisper.weights import install\n"
        "from voicecoach.errors import EngineError\n"
        "try: install('small')\n"
        "except EngineError as exc: print(exc)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True,
        env={**os.environ, "VOICECOACH_CACHE_DIR": str(tmp_path), "HF_ENDPOINT": "http://127.0.0.1:9",
             "HF_HUB_ETAG_TIMEOUT": "2", "HF_HUB_DOWNLOAD_TIMEOUT": "2", "HF_HUB_OFFLINE": "0"},
    )  # fmt: skip
    assert run.stdout.startswith("cannot download small (484 MB): LocalEntryNotFoundError (check the network")
    assert names(tmp_path / "models") == {"small.lock"}


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_the_catalogue_is_sound(name: str) -> None:
    entry = CATALOGUE[name]
    assert entry.name == name
    assert {"model.bin", "config.json", "tokenizer.json"} <= set(entry.files)
    assert set(entry.sha256) <= set(entry.files)
    assert all(len(digest) == 64 and int(digest, 16) for digest in entry.sha256.values())
