"""What is wrong with what was typed, in the reader's language; the library itself speaks English only."""

from __future__ import annotations

import re

import pytest
from command_line import run

CASES = {
    "unknown option": ("score a.wav --colour", "没有选项 --colour", "No such option --colour"),
    "near option": ("score a.wav --promt x", "是不是 --prompt", "--prompt"),
    "unknown command": ("scroe a.wav", "没有命令 scroe，是不是 score", "No such command scroe"),
    "unknown subcommand": ("prompts lst", "没有命令 lst，是不是 list", "No such command lst"),
    "missing argument": ("score", "缺少参数 'FILE...'", "Missing argument 'FILE...'"),
    "missing option": ("batch a", "缺少选项 '--out'", "Missing option '--out'"),
    "no whole number": (
        "score a.wav --channel x",
        "'--channel' 的值不对：'x' 不是整数",
        "'x' is not a whole number",
    ),
    "no number": ("batch a --out b --file-timeout x", "'x' 不是数字", "'x' is not a number"),
    "not finite": ("batch a --out b --file-timeout nan", "不是数字", "is not a number"),
    "no choice": (
        "score a.wav --lang fr",
        "'fr' 不在可选值 'zh', 'en' 之中",
        "'fr' is not one of 'zh', 'en'",
    ),
    "late choice": ("history export --format pdf", "'pdf' 不在可选值", "'pdf' is not one of"),
    "out of range": ("speak --text a --mood 6", "6 不在范围 1<=x<=5 内", "6 is not in the range 1<=x<=5"),
    "no value": ("score a.wav --json", "选项 '--json' 后面要有值", "Option '--json' requires a value"),
    "too few values": ("speak --text a --noise cafe", "后面要有 2 个值", "requires 2 values"),
    "a value too many": ("history list --json=x", "后面不能有值", "does not take a value"),
    "one too many": ("prompts list x", "多出的参数：x", "unexpected extra arguments: x"),
    "a folder": ("speak --text a --save /", "'/' 是文件夹", "'/' is a folder"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_was_typed_wrong_is_told_in_the_readers_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    arguments, chinese, english = CASES[case]
    for ui, expected in (("zh", chinese), ("en", english)):
        monkeypatch.setenv("VOICECOACH_UI", ui)
        status, out, err = run(capsys, *arguments.split())
        assert (status, out) == (2, "")
        assert expected in err
    monkeypatch.setenv("VOICECOACH_UI", "zh")
    _, _, err = run(capsys, *arguments.split())
    told = [line for line in err.splitlines() if not line.startswith(("用法：", "帮助：", "  "))]
    assert not re.search(r"\b(is|not|the|Error|Invalid|Missing|Try|Usage)\b", "\n".join(told)), err


def test_the_help_of_the_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    _, _, err = run(capsys, "score", "--ui", "zh", "--colour")
    assert err.startswith("用法：")
    assert "score --help\n" in err


def test_a_group_alone_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "prompts")
    assert (status, "错误" in err, "check" in err) == (2, False, True)


def test_no_escape_in_what_was_typed_reaches_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["score", "--\x1b[31mx"], ["\x1b[31m"], ["score", "a", "--lang", "\x1b[31m"]):
        status, _, err = run(capsys, *arguments)
        assert (status, "\x1b[31m" in err) == (2, False)
