"""The one way to the terminal: nothing that others wrote is obeyed, and nothing goes another way."""

from __future__ import annotations

import ast
import io
import json
import unicodedata
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.report import screen
from voicecoach.report.screen import Styled, draw, say, say_json, say_json_text
from voicecoach.words.visible import is_whole

PACKAGE: Final = Path(__file__).parents[2] / "voicecoach"
HOSTILE: Final = "\x1b]0;owned\x07\x1b[2J\x9b31m[red]\u202egpj.\udcb5\x7f\r\x08\u2028 [/red]"
PROGRAMS: Final = {"adapters/tts/kokoro_weights.py", "adapters/tts/pyttsx3_child.py"}
"""Programs of their own, without a word of anybody else."""
WAYS_OUT: Final = {
    "click": {"echo", "secho", "style", "echo_via_pager", "get_text_stream", "prompt"},
    "sys.stdout": {"write"},
    "sys.stderr": {"write"},
}


def obeyed(text: str) -> set[str]:
    """Signs that a terminal would obey, or no encoding takes."""
    return {
        sign for sign in text if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} and sign not in "\n\t"
    } | (set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


@pytest.mark.parametrize("err", [False, True])
def test_no_terminal_obeys_what_is_said(capsys: pytest.CaptureFixture[str], *, err: bool) -> None:
    say(HOSTILE, "\n", Styled(HOSTILE, colour="red", bold=True), err=err)
    out, other = reversed(capsys.readouterr()) if err else capsys.readouterr()
    assert other == ""
    assert not obeyed(out)
    assert out.count("\n") == 1
    assert r"\x1b]0;owned\x07" in out
    assert "[red]" in out
    assert r"\xb5" in out


@given(text=st.text(st.characters(exclude_categories=[])), lines=st.booleans())
def test_whatever_is_said_is_one_line_unless_the_breaks_are_ours(text: str, *, lines: bool) -> None:
    with pytest.MonkeyPatch.context() as patched:
        stream = io.StringIO()
        patched.setattr("sys.stdout", stream)
        say(text, lines=lines)
    said = stream.getvalue()
    assert not obeyed(said)
    assert said.count("\n") == 1 + (text.count("\n") if lines else 0)


def test_what_is_drawn_begins_its_line_anew(capsys: pytest.CaptureFixture[str]) -> None:
    draw(f"a{HOSTILE}")
    assert not obeyed(capsys.readouterr().out.removeprefix("\ra"))


@given(st.text(st.characters(exclude_categories=[])))
def test_json_stays_exact_and_holds_nothing_to_obey(text: str) -> None:
    document = {"text": text, "list": [text]}
    with pytest.MonkeyPatch.context() as patched:
        raw = io.BytesIO()
        stream = io.TextIOWrapper(raw, encoding="ascii")
        patched.setattr("sys.stdout", stream)
        say_json(document)
        say_json_text(json.dumps(document, ensure_ascii=False) + "\n")
        said = raw.getvalue().decode()
    assert not obeyed(said)
    assert is_whole(said)
    assert [json.loads(line) for line in said.splitlines()] == [document, document]


def test_a_figure_that_json_does_not_have_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="JSON"):
        say_json({"nan": float("nan")})


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1", "utf-8"])
def test_no_encoding_of_a_terminal_stops_it(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="replace")
    monkeypatch.setattr("sys.stdout", stream)
    say("客服 ✓ 👍 é\udcb5")
    assert raw.getvalue().endswith(b"\n")


def calls(path: Path) -> list[str]:
    """Every way to the terminal that a module takes by itself."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        owner, _, name = called.rpartition(".")
        if called == "print" or name in WAYS_OUT.get(owner, ()) or name == "Console" or called == "Console":
            found.append(f"{path.relative_to(PACKAGE)}:{node.lineno} {called}")
    return found


def test_there_is_one_way_to_the_terminal() -> None:
    assert calls(Path(str(screen.__file__)))
    modules = [path for path in sorted(PACKAGE.rglob("*.py")) if path != Path(str(screen.__file__))]
    others = [path for path in modules if path.relative_to(PACKAGE).as_posix() not in PROGRAMS]
    assert [call for path in others for call in calls(path)] == []
