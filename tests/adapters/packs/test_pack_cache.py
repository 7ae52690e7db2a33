"""Packs from the cache are the same as packs from their files, and never older."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

import msgspec
import pytest

from voicecoach.adapters.packs import cache, library
from voicecoach.adapters.packs.cache import read_pack_cached
from voicecoach.adapters.packs.pack import PackOrProblems, read_pack
from voicecoach.model import prompt as values
from voicecoach.model.pack import Pack

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
schema: voicecoach.prompts/1
pack: demo
version: "1"
title: {zh: 演示, en: Demo}
prompts:
  - id: late
    kind: caller
    text: {zh: 快递晚了, en: It is late}
    target_s: [40, 120]
    order: [calm, solve]
    fatal_language: [rude]
    tip: {zh: 慢慢说}
    model_answer: {zh: 您别着急}
    persona: {zh: 等了三天的顾客}
    lines: [{zh: 怎么还没到, mood: 3}, {zh: 我要投诉, en: I will complain, mood: 5}]
    points:
      - id: calm
        label: {zh: 安抚}
        cues: {zh: [理解您的心情], en: [I understand]}
        exemplars: {zh: [等这么久谁都急]}
        counter_exemplars: {zh: [急什么急]}
      - id: solve
        label: {zh: 解决}
        weight: 2
        polarity: deny
        fatal: true
        hint: {zh: 给个办法}
        exemplars: {zh: [我让站点先送]}
"""


@pytest.fixture
def pack_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "demo.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def refuse(path: Path) -> PackOrProblems:
    raise AssertionError(f"{path} was read again")


def entry(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "cache" / "packs").iterdir()
    return path


def test_the_second_reading_is_equal_and_comes_from_the_cache(
    pack_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read_pack_cached(pack_file)
    assert first == read_pack(pack_file)
    monkeypatch.setattr(cache, "read_pack", refuse)
    assert read_pack_cached(pack_file) == first


def test_a_changed_file_is_read_again(pack_file: Path, tmp_path: Path) -> None:
    read_pack_cached(pack_file)
    pack_file.write_text(GOOD.replace("weight: 2", "weight: 3"), encoding="utf-8")
    pack, _ = read_pack_cached(pack_file)
    assert pack == read_pack(pack_file)[0]
    assert entry(tmp_path).is_file()  # one entry a file, however often it changes


def test_faults_are_never_kept(pack_file: Path, tmp_path: Path) -> None:
    pack_file.write_text(GOOD.replace("weight: 2", "weight: 0"), encoding="utf-8")
    for _ in range(2):
        pack, problems = read_pack_cached(pack_file)
        assert pack is None
        assert "must be > 0" in str(problems[0])
    assert not (tmp_path / "cache" / "packs").exists()


def test_other_checking_code_reads_again(
    pack_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_pack_cached(pack_file)
    before = entry(tmp_path).read_bytes()
    monkeypatch.setattr(cache, "_CHECKERS", ("pack",))
    read_pack_cached(pack_file)
    assert entry(tmp_path).read_bytes()[:64] != before[:64]


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff" * 200, b"0" * 128])
def test_a_damaged_entry_is_made_anew(pack_file: Path, tmp_path: Path, damage: bytes) -> None:
    first = read_pack_cached(pack_file)
    good = entry(tmp_path).read_bytes()
    for content in (damage, good[:-1] + damage):
        entry(tmp_path).write_bytes(content)
        assert read_pack_cached(pack_file) == first
        assert entry(tmp_path).read_bytes() == good


def sealed(key: bytes, content: bytes) -> bytes:
    """An entry as this program would write it, of any content."""
    return key + hashlib.sha256(content).hexdigest().encode() + content


@pytest.mark.parametrize(
    "content", [b"{}", b"[]", b'{"id": "demo"}', b"cos\nmkdir\n.", b'{"id": 1e999}', b"[" * 100_000]
)
def test_an_entry_of_another_shape_is_made_anew(pack_file: Path, tmp_path: Path, content: bytes) -> None:
    first = read_pack_cached(pack_file)
    good = entry(tmp_path).read_bytes()
    entry(tmp_path).write_bytes(sealed(good[:64], content))
    assert read_pack_cached(pack_file) == first
    assert entry(tmp_path).read_bytes() == good


def test_every_shipped_pack_survives_with_every_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path))
    for path in library.pack_files([library.bundled_folder()]):
        first = read_pack_cached(path)
        assert first == read_pack(path)
        with monkeypatch.context() as patched:
            patched.setattr(cache, "read_pack", refuse)
            assert read_pack_cached(path) == first


def test_an_entry_holds_every_field_of_a_pack() -> None:
    assert {part.name for part in fields(cache.KeptPack)} == {part.name for part in fields(Pack)} - {"path"}


@pytest.mark.parametrize(
    "kind",
    [kind for kind in vars(values).values() if isinstance(kind, type) and is_dataclass(kind)],
)
def test_every_field_of_every_class_is_written(kind: type) -> None:
    """msgspec goes by the fields: one that is added tomorrow is written and read without a line here."""
    read = {part.name for part in msgspec.inspect.type_info(kind).fields}  # type: ignore[attr-defined]  # of a dataclass
    assert read == {part.name for part in fields(kind)}


def test_an_entry_is_of_the_classes_that_made_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = cache._key(b"")
    (tmp_path / "prompt.py").write_text("another field")
    monkeypatch.setattr(values, "__file__", str(tmp_path / "prompt.py"))
    assert cache._key(b"") != key


def test_no_cache_folder_is_no_obstacle(
    pack_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(pack_file / "below_a_file"))
    assert read_pack_cached(pack_file) == read_pack(pack_file)
    blocked = tmp_path / "cache2"
    blocked.mkdir()
    (blocked / "packs").write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(blocked))
    assert read_pack_cached(pack_file) == read_pack(pack_file)


def test_a_missing_file_is_told_as_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "cache"))
    _, problems = read_pack_cached(tmp_path / "no.yaml")
    assert "cannot be read" in str(problems[0])


def test_the_cache_needs_no_pydantic(pack_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = library.FilePromptLibrary([pack_file.parent]).prompts()
    for name in ("pydantic", "voicecoach.adapters.packs.schema", "voicecoach.adapters.packs.yaml_lines"):
        monkeypatch.setitem(sys.modules, name, None)  # an import of it would fail
    assert library.FilePromptLibrary([pack_file.parent]).prompts() == first
