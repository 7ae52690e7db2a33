"""YAML of every kind becomes values or a named fault: no nesting, tag or alias ends the interpreter."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.adapters.packs.pack import read_pack
from voicecoach.adapters.packs.profiles import load_profile
from voicecoach.adapters.packs.yaml_lines import MAX_DEPTH, compose
from voicecoach.errors import UsageError
from voicecoach.words.catalogue import languages

if TYPE_CHECKING:
    from pathlib import Path

DEEP = 30_000
NESTED = {
    "flow": "[" * DEEP,
    "closed": "[" * DEEP + "]" * DEEP,
    "mappings": "{a: " * DEEP,
    "keys": "{" * DEEP,
    "lists in mappings": "[{a: " * DEEP,
    "dashes": "- " * DEEP,
    "question marks": "? " * DEEP,
    "indented": "\n".join(" " * level + "a:" for level in range(1500)),
    "dashes indented": "\n".join(" " * level + "-" for level in range(1500)),
    "flow in a block": "a:\n  b:\n    - " + "[" * DEEP,
    "in a key": "? " + "[" * DEEP + "\n: 1",
    "tagged": "!!seq [" * DEEP,
    "anchored": "".join(f"&a{level} [" for level in range(DEEP)),
}
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]"
    for before, after in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize("free", [False, True])
@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED)
def test_nesting_is_told_before_anything_is_composed(text: str, *, free: bool) -> None:
    began_s = time.monotonic()
    document = compose(text, free=free)
    assert [fault.told.code for fault in document.faults] in (["pack-deep"], ["pack-key-no-word"])
    assert time.monotonic() - began_s < 2.0


@pytest.mark.parametrize("kind", ["flow", "mappings", "dashes"])
def test_a_nested_file_ends_no_interpreter(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text(NESTED[kind], encoding="utf-8")
    run = [sys.executable, "-m", "voicecoach", "prompts", "check", "--fast", "--ui", "en", str(path)]
    done = subprocess.run(run, capture_output=True, check=False, text=True)
    assert (done.returncode, done.stdout.count("nested deeper than 20 levels")) == (2, 1), done


def test_depth_up_to_the_limit_is_read() -> None:
    document = compose("[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH)
    assert document.faults == []
    assert str(document.value) == "[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (BOMB, ["pack-values"]),
        ("a: &a [x]\nb: &b {<<: [*a]}\n", ["pack-no-keys"]),
        ("&a [*a]", ["pack-alias-inside"]),
        ("&a {b: {c: *a}}", ["pack-alias-inside"]),
        ("a: *b\nb: &b 1", ["pack-alias-of"]),
        ("&a a: 1\n? *a\n: 2", ["pack-key-no-word"]),
        ("- 1\n" * 100_001, ["pack-values"]),
        ("a: 1\na: 2", ["pack-key-twice"]),
        ("a: 1\n---\na: 2", ["pack-documents"]),
        ("a: 1\n...\n...\n---\n", ["pack-documents"]),
        ("a:\n\tb: 1", ["pack-no-yaml"]),
        ("a: \0", ["pack-no-yaml-text"]),
        ("a: \ud800", ["pack-no-yaml-text"]),
        ("", ["pack-empty"]),
        ("a: !!python/object/apply:os.system [ls]", ["pack-tag"]),
        ("a: !!set {b}", ["pack-tag"]),
        ("a: !!binary zz", ["pack-tag"]),
        ("a: !!timestamp soon", ["pack-tag"]),
        ("a: !!map hello", ["pack-tag"]),
        ("a: !!str [hello]", ["pack-tag"]),
        ("a: !!bool hello", ["pack-tag-value"]),
        ("a: !!int ''", ["pack-tag-value"]),
        ("a: !!int 1.5", ["pack-tag-value"]),
        ("a: !!float x", ["pack-tag-value"]),
    ],
)
def test_what_no_file_of_ours_may_hold_has_a_name(text: str, codes: list[str]) -> None:
    document = compose(text, free=True)
    assert [fault.told.code for fault in document.faults] == codes
    assert all(fault.told.words(ui) for fault in document.faults for ui in languages())


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("3", 3), ("-3", -3), ("1.5", 1.5), ("1e3", 1000.0), ("1.0e+3", 1000.0), ("yes", True),
        ("OFF", False), ("'3'", "3"), ("!!str 3", "3"), ("!!float 3", 3),
        ("9" * 400, float("inf")), ("2024-01-01", "2024-01-01"), ("010", "010"), ("0x1f", "0x1f"),
        ("0o777", "0o777"), ("1:30", "1:30"), ("1_000", "1_000"), ("=", "="), (".inf", float("inf")),
        ("-.INF", float("-inf")), ("1e999", float("inf")),
    ],
)  # fmt: skip
def test_only_what_is_plainly_a_number_is_one(word: str, value: object) -> None:
    document = compose(f"a: {word}", free=True)
    assert (document.value, document.faults) == ({"a": value}, [])


def test_a_free_file_may_share_and_leave_empty() -> None:
    document = compose("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc:\nd: [*a, ~]\n", free=True)
    shared = {"x": 1, "y": 2}
    assert document.value == {"a": shared, "b": {"x": 1, "y": 3}, "c": None, "d": [shared, None]}


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="eE"), max_size=8)  # 1e5 is text to PyYAML
PLAIN = st.recursive(
    st.one_of(st.integers(-9999, 9999), st.booleans(), WORDS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc你"), inner, max_size=4),
    max_leaves=20,
)


@given(PLAIN)
@settings(deadline=None, max_examples=150)
def test_what_yaml_writes_is_read_as_it_was(value: object) -> None:
    text = yaml.safe_dump(value)
    document = compose(text, free=True)
    assert (document.value, document.faults) == (value, [])


PIECES = st.sampled_from(
    [*"[]{}-?:,&*!|>'\"%@`#~ \n\t", "- ", ": ", "a", "a: ", "&a ", "*a", "!!int ", "!!bool ", "!!set ",
     "<<: ", "---\n", "...\n", "1", "1e999", "\0", "\ufeff", "，", "zh",
     "schema: voicecoach.profiles/1\n", "profiles: "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(deadline=None, max_examples=400)
def test_any_text_is_values_or_named_faults(text: str) -> None:
    for free in (False, True):
        document = compose(text, free=free)
        assert all(fault.told.words(ui) for fault in document.faults for ui in languages())
        assert document.faults or document.whole


@given(text=st.one_of(st.lists(PIECES, max_size=25).map("".join), PLAIN.map(yaml.safe_dump)))
@settings(deadline=None, max_examples=150)
def test_any_file_is_a_pack_or_profile_or_a_told_fault(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(text, encoding="utf-8")
    pack, problems = read_pack(path)
    assert (pack is None) == bool(problems)
    assert all(problem.message().words(ui) for problem in problems for ui in languages())
    with pytest.raises(UsageError):
        load_profile(f"{path}:zh", "zh")


def test_without_libyaml_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yaml.__with_libyaml__", 0)
    assert compose("a: [1, {b: 你}]\n").value == {"a": [1, {"b": "你"}]}
    assert [fault.told.code for fault in compose("[" * 500).faults] == ["pack-deep"]
