"""Recogniser weights: found, joined, sealed, checked; broken ones told; nothing half-done stays.

The fast tests join a model of a few bytes from two packages made for the test; those marked ``weights``
do the same with the real one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from voicecoach.adapters.whisper import seal, weights
from voicecoach.adapters.whisper.seal import MANIFEST, stamp_of
from voicecoach.adapters.whisper.seal import sha256 as digest_of
from voicecoach.adapters.whisper.weights import (
    CATALOGUE,
    CatalogueEntry,
    install,
    installed,
    resolve,
    verify,
)
from voicecoach.errors import EngineError, StoreError, UsageError, VoicecoachError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
from model_files import SMALL_FILES, names, sha256

PARTS = (b"first half, ", b"second half")


START_TOGETHER = """
import sys, time
from voicecoach.adapters.whisper.weights import resolve
print("ready", flush=True)
sys.stdin.readline()
model = resolve("base")
print(model.sha256, model.folder)
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def tiny(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model `tiny` in two packages that can be imported; the folder of the packages."""
    site = cache.parent / "site"
    for number, part in enumerate(PARTS, start=1):
        data = site / f"voicecoach_test_part{number}" / "data"
        data.mkdir(parents=True)
        (data.parent / "__init__.py").touch()
        (data / f"model.bin.part{number}").write_bytes(part)
        if number == 1:
            for name, content in SMALL_FILES.items():
                (data / name).write_bytes(content)
    monkeypatch.syspath_prepend(str(site))
    digests = {"model.bin": sha256(b"".join(PARTS)), "config.json": sha256(b"{}")}
    entry = CatalogueEntry(
        "tiny", 1, "nobody/tiny", ("config.json", "model.bin", "tokenizer.json", "vocabulary.txt"), digests,
        ("voicecoach_test_part1", "voicecoach_test_part2"),
    )  # fmt: skip
    monkeypatch.setitem(CATALOGUE, "tiny", entry)
    return site


def test_packages_are_joined_once_and_sealed(tiny: Path, cache: Path) -> None:
    assert installed("tiny")
    model = resolve("tiny")
    assert model.folder == cache / "models" / "tiny"
    assert (model.folder / "model.bin").read_bytes() == b"first half, second half"
    assert model.sha256 == sha256(b"first half, second half")
    assert names(model.folder) == {*SMALL_FILES, "model.bin", MANIFEST}
    assert names(cache / "models") == {"tiny", "tiny.lock"}
    shutil.rmtree(tiny)
    assert resolve("tiny") == verify("tiny") == install("tiny") == model


@pytest.mark.usefixtures("tiny")
def test_what_another_process_joined_meanwhile_is_taken() -> None:
    model = resolve("tiny")
    before = (model.folder / "model.bin").stat().st_ino
    weights._assemble(CATALOGUE["tiny"], model.folder)
    assert (model.folder / "model.bin").stat().st_ino == before


@pytest.mark.usefixtures("tiny")
def test_remains_without_a_seal_are_replaced(cache: Path) -> None:
    for left_over in ("tiny", "tiny.part"):
        (cache / "models" / left_over).mkdir(parents=True)
        (cache / "models" / left_over / "model.bin").write_bytes(b"half")
    assert verify("tiny").sha256 == sha256(b"".join(PARTS))
    assert names(cache / "models") == {"tiny", "tiny.lock"}


def test_a_package_with_a_wrong_digest_is_refused_and_nothing_stays(tiny: Path, cache: Path) -> None:
    (tiny / "voicecoach_test_part2" / "data" / "model.bin.part2").write_bytes(b"other half")
    with pytest.raises(EngineError, match=r"tiny/model.bin is damaged: sha256 [0-9a-f]{64}, wanted"):
        resolve("tiny")
    assert names(cache / "models") == {"tiny.lock"}


def test_a_package_without_its_file_is_told_and_nothing_stays(tiny: Path, cache: Path) -> None:
    (tiny / "voicecoach_test_part1" / "data" / "vocabulary.txt").unlink()
    with pytest.raises(EngineError, match=r"cannot write the model to .*tiny: No such file or directory"):
        resolve("tiny")
    assert names(cache / "models") == {"tiny.lock"}


def test_one_package_of_two_is_not_enough(tiny: Path) -> None:
    shutil.rmtree(tiny / "voicecoach_test_part2" / "data")
    assert not installed("tiny")
    with pytest.raises(
        EngineError, match=r"'tiny' are not on this machine \(voicecoach models install tiny\)"
    ):
        resolve("tiny")


def cut(folder: Path) -> None:
    (folder / "model.bin").write_bytes(b"first half")


def lose(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()


def scribble(folder: Path) -> None:
    (folder / MANIFEST).write_text("{")


def seal_of_another_shape(folder: Path) -> None:
    (folder / MANIFEST).write_text("[1, 2]")


def seal_without_sizes(folder: Path) -> None:
    (folder / MANIFEST).write_text('{"sha256": {}}')


def seal_without_the_model(folder: Path) -> None:
    (folder / MANIFEST).write_text('{"sha256": {}, "size_bytes": {}}')


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (cut, "model.bin has 10 bytes, wanted 23"),
        (lose, "No such file or directory: .*tokenizer.json"),
        (scribble, "Expecting property name"),
        (seal_of_another_shape, "list indices"),
        (seal_without_sizes, "size_bytes|model.bin"),
        (seal_without_the_model, "model.bin"),
    ],
)
def test_damage_is_seen_at_the_start(damage: Callable[[Path], None], fault: str) -> None:
    folder = resolve("tiny").folder
    damage(folder)
    with pytest.raises(
        EngineError, match=rf"the model folder .*tiny is damaged: .*({fault}).*voicecoach models install tiny"
    ):
        resolve("tiny")
    assert install("tiny").sha256 == verify("tiny").sha256 == sha256(b"".join(PARTS))


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("name", ["model.bin", "tokenizer.json"])
def test_one_changed_byte_is_seen_at_the_start_and_put_right(name: str) -> None:
    path = change_a_byte(resolve("tiny").folder / name)
    for ask in (resolve, verify):
        with pytest.raises(
            EngineError,
            match=rf"{name} is damaged: sha256 .*…, wanted .*models install tiny .*models verify tiny",
        ):
            ask("tiny")
    assert install("tiny").folder == path.parent
    assert verify("tiny").sha256 == sha256(b"".join(PARTS))


def change_a_byte(path: Path) -> Path:
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.write_bytes(content)
    return path


@pytest.mark.usefixtures("tiny")
def test_a_change_that_hides_behind_the_old_time_is_seen() -> None:
    path = resolve("tiny").folder / "model.bin"
    before = path.stat()
    change_a_byte(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(EngineError, match=r"model.bin is damaged"):
        resolve("tiny")


@pytest.mark.usefixtures("tiny")
def test_a_file_that_was_checked_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve("tiny")
    monkeypatch.setattr(seal, "sha256", lambda path: pytest.fail(f"{path} is read"))
    assert resolve("tiny").sha256 == sha256(b"".join(PARTS))


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("older", [True, False])
def test_a_file_with_another_time_is_read_once_and_stamped_anew(
    monkeypatch: pytest.MonkeyPatch, *, older: bool
) -> None:
    """A folder that was copied, and one that was sealed before there were stamps."""
    folder = resolve("tiny").folder
    manifest = json.loads((folder / MANIFEST).read_text())
    for name in manifest["sha256"]:
        os.utime(folder / name, ns=(1, 1))
    if older:
        del manifest["stamps"]
        (folder / MANIFEST).write_text(json.dumps(manifest))
    read: list[str] = []

    def reading(path: Path) -> str:
        read.append(path.name)
        return digest_of(path)

    monkeypatch.setattr(seal, "sha256", reading)
    for _ in range(3):
        assert resolve("tiny").sha256 == sha256(b"".join(PARTS))
    assert sorted(read) == sorted(manifest["sha256"])


@pytest.mark.usefixtures("tiny")
def test_a_folder_that_may_not_be_written_is_checked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = resolve("tiny").folder
    os.utime(folder / "model.bin", ns=(1, 1))

    def refuses(path: Path) -> Any:
        raise StoreError("write-no-folder", path=path, cause="Read-only file system")

    monkeypatch.setattr(seal, "replacing", refuses)
    assert resolve("tiny") == resolve("tiny")
    change_a_byte(folder / "model.bin")
    with pytest.raises(EngineError, match=r"model.bin is damaged"):
        resolve("tiny")


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("ask", [resolve, verify])
def test_a_seal_that_was_changed_with_its_model_is_seen(ask: Callable[[str], object]) -> None:
    folder = resolve("tiny").folder
    (folder / "model.bin").write_bytes(b"some other model bytes!")
    forged = json.loads((folder / MANIFEST).read_text())
    forged["sha256"]["model.bin"] = sha256(b"some other model bytes!")
    forged["stamps"]["model.bin"] = stamp_of(folder / "model.bin")
    (folder / MANIFEST).write_text(json.dumps(forged))
    with pytest.raises(EngineError, match=r"model.bin is damaged"):
        ask("tiny")


@pytest.mark.parametrize("ask", [resolve, install, verify, installed])
def test_an_unknown_name_is_told_with_the_known_ones(ask: Callable[[str], object], cache: Path) -> None:
    with pytest.raises(UsageError, match=r"no model is called 'huge' \(one of base, small, medium, large-v3"):
        ask("huge")
    assert not cache.exists()


def model_folder(path: Path) -> Path:
    path.mkdir()
    (path / "model.bin").write_bytes(b"mine")
    for name in ("config.json", "tokenizer.json"):
        (path / name).write_bytes(b"{}")
    return path


def test_a_folder_of_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = model_folder(tmp_path / "mine")
    assert resolve(str(folder)) == weights.Model("mine", folder, sha256(b"mine"))
    assert verify(str(folder)).name == "mine"
    monkeypatch.chdir(tmp_path)
    assert resolve("mine").sha256 == sha256(b"mine")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert resolve("~/mine").folder == folder


@pytest.mark.usefixtures("tiny")
def test_a_name_of_the_catalogue_is_not_taken_for_a_folder_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model_folder(tmp_path / "tiny")
    monkeypatch.chdir(tmp_path)
    assert resolve("tiny").sha256 == sha256(b"".join(PARTS))
    assert resolve("./tiny").sha256 == sha256(b"mine")


@pytest.mark.parametrize("missing", ["model.bin", "config.json", "tokenizer.json"])
def test_a_folder_that_lacks_a_file_is_refused(missing: str, tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "mine")
    (folder / missing).unlink()
    with pytest.raises(
        EngineError, match=rf"mine is no recogniser's folder: it has no {missing}.*CTranslate2"
    ):
        resolve(str(folder))


def test_a_path_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"it has no model.bin"):
        resolve(str(tmp_path / "gone"))


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"cannot read .*: Is a directory|Permission denied"):
        digest_of(tmp_path)


def test_a_cache_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "models").write_text("in the way")
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path))
    with pytest.raises(EngineError, match=r"cannot make the folder .*models: File exists"):
        resolve("small")


@pytest.mark.usefixtures("tiny")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file size limits")
def test_a_full_disk_is_told_and_nothing_stays(cache: Path) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    (cache / "models").mkdir(parents=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        with pytest.raises(
            EngineError,
            match=r"cannot write the model to .*File too large \(free some space, or set VOICECOACH_C",
        ):
            resolve("tiny")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert names(cache / "models") == {"tiny.lock"}


@pytest.mark.weights
def test_two_processes_that_join_at_once_end_with_one_whole_model(tmp_path: Path) -> None:
    env = {**os.environ, "VOICECOACH_CACHE_DIR": str(tmp_path)}
    both = [
        subprocess.Popen(
            [sys.executable, "-c", START_TOGETHER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=env,
        )
        for _ in range(2)
    ]
    try:
        for process in both:
            assert process.stdout is not None  # for the type checker: PIPE was asked for
            assert process.stdout.readline() == "ready\n"
        heard = {process.communicate("go\n", timeout=120)[0] for process in both}
    finally:
        for process in both:
            process.kill()
            process.wait()
    assert heard == {f"{CATALOGUE['base'].sha256['model.bin']} {tmp_path / 'models' / 'base'}\n"}
    assert [process.returncode for process in both] == [0, 0]
    assert names(tmp_path / "models") == {"base", "base.lock"}
    assert names(tmp_path / "models" / "base") == {*CATALOGUE["base"].files, MANIFEST}


@pytest.mark.weights
def test_the_real_model_damaged_by_one_byte_or_cut_is_told(cache: Path) -> None:
    path = verify("base").folder / "model.bin"
    assert path.is_relative_to(cache)
    with path.open("r+b") as file:
        file.seek(100_000_000)
        byte = file.read(1)
        file.seek(100_000_000)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises(VoicecoachError, match=r"model.bin is damaged: sha256 .*…, wanted d01c3014881c…"):
        resolve("base")
    os.truncate(path, 1_000_000)
    with pytest.raises(EngineError, match=r"model.bin has 1000000 bytes, wanted 145217532"):
        resolve("base")
