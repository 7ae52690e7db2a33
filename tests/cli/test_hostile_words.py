"""What others wrote in packs, names and options is shown by every command, and obeyed by no terminal."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Final

import pytest
from command_line import run

if TYPE_CHECKING:
    from pathlib import Path

EVIL: Final = r"\e[31m\e]0;owned\a\u009b2J\u202e\u2066\u2028\x7f\r[red]x[/red]"
PACK: Final = f"""\
schema: voicecoach.prompts/1
pack: evil
version: "1"
title: {{zh: "t{EVIL}"}}
prompts:
  - id: evil_prompt
    kind: rules
    text: {{zh: "q{EVIL}\\nerror: forged"}}
    tip: {{zh: "i{EVIL}"}}
    model_answer: {{zh: "m{EVIL}"}}
    target_s: [10, 60]
    points:
      - id: patient
        label: {{zh: "l{EVIL}\\nerror: forged"}}
        cues: {{zh: ["有耐心", "c\\e[31m\\u202e"]}}
        exemplars: {{zh: ["我性格比较有耐心", "我{EVIL}很好"]}}
"""
BAD: Final = PACK.replace("kind: rules", f'kind: "k{EVIL}"').replace("pack: evil", f'pack: "p{EVIL}"')
TYPED: Final = "\x1b[31m\x9b2J\u202ex"


def obeyed(text: str) -> set[str]:
    """Signs that a terminal would obey."""
    controls = {sign for sign in text if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}} - {
        "\n",
        "\t",
    }
    return controls | (set(text) & set("\u202e\u2066"))


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a hostile pack, and one that is faulty besides."""
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("VOICECOACH_UI", "en")
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "evil.yaml").write_text(PACK, "utf-8")
    (folder / "bad.yaml").write_text(BAD, "utf-8")
    return folder


@pytest.mark.parametrize(
    "command",
    [
        "prompts list --pack evil --prompts",
        "prompts list --pack evil --json --prompts",
        "prompts show evil_prompt --prompts",
        "prompts show evil_prompt --ui zh --prompts",
        "prompts show evil_prompt --json --prompts",
        "prompts check --fast --prompts",
        "prompts check --fast --json --prompts",
        "prompts try evil_prompt --text 我有耐心 --prompts",
        "prompts try evil_prompt --text 我有耐心 --json --prompts",
        "speak evil_prompt --save x.txt --prompts",
        "voices render --packs evil --engine none --prompts",
    ],
)
def test_a_pack_is_shown_and_not_obeyed(
    capsys: pytest.CaptureFixture[str], packs: Path, command: str
) -> None:
    status, out, err = run(capsys, *command.split(), packs)
    assert status in {0, 2}
    assert not obeyed(out + err)
    assert "\nerror: forged" not in out + err
    if "--json" in command:
        json.loads(out)


@pytest.mark.parametrize(
    "arguments",
    [
        ("prompts", "show", TYPED),
        ("prompts", "list", "--pack", TYPED),
        ("prompts", "try", TYPED, "--text", "x"),
        ("prompts", "check", TYPED),
        ("score", f"--{TYPED}"),
        ("score", TYPED),
        ("score", TYPED, "--json", "-"),
        ("score", "x", "--lang", TYPED),
        ("score", "x", "--profile", TYPED),
        ("score", "x", "--model", TYPED),
        ("score", "x", "--speaker", TYPED),
        (TYPED,),
        ("history", "show", TYPED),
        ("history", "list", "--since", TYPED),
        ("history", "export", "--format", TYPED),
        ("review", TYPED),
        ("review", "--compare", TYPED, "last"),
        ("correct", TYPED),
        ("calibrate", "--remove", TYPED),
        ("batch", TYPED, "--out", "o", "--dry-run"),
        ("batch", f"{TYPED}.csv", "--out", "o", "--dry-run"),
        ("agree", TYPED, TYPED),
        ("models", "install", TYPED),
        ("voices", "list", "--engine", TYPED),
        ("practise", "--prompt", TYPED),
        ("doctor", "--device", TYPED, "--no-record"),
    ],
    ids=lambda arguments: " ".join(arguments).replace(TYPED, "X"),
)
@pytest.mark.usefixtures("packs")
def test_what_was_typed_is_told_and_not_obeyed(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    status, out, err = run(capsys, *arguments)
    assert status or "--dry-run" in arguments
    assert not obeyed(out + err)


@pytest.mark.parametrize("text", ["客服".encode("gbk").decode("utf-8", "surrogateescape"), "\ud800"])
@pytest.mark.usefixtures("packs")
def test_stray_bytes_of_what_was_typed_go_no_further(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str
) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"id": text, "text": f"您好{text}"}) + "\n" + "[" * 100_000 + "\n")
    for given in (("--text", f"您好{text}"), ("--file", rows)):
        status, out, err = run(capsys, "prompts", "try", "late_delivery", *given, "--json")
        assert status in {0, 2}, err
        assert not obeyed(out + err)
    assert [json.loads(line).get("error") is None for line in out.splitlines()] == [True, False]
