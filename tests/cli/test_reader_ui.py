"""The reader's language: one option for all commands, and errors worded in it, wherever they come from."""

from __future__ import annotations

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.cli.main import COMMANDS, _labelled, cli, show_error
from voicecoach.cli.options import UI_VARIABLE, reader_ui
from voicecoach.errors import UsageError
from voicecoach.report.screen import Styled
from voicecoach.words.catalogue import DEFAULT_UI, languages, word

LABELS = ("face-error", "face-remedy")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main(list(arguments))
    return int(ended.value.code or 0), capsys.readouterr().err


def leaves(command: click.Command) -> list[click.Command]:
    if not isinstance(command, click.Group):
        return [command]
    context = click.Context(command)
    names = command.list_commands(context)
    return [leaf for name in names for leaf in leaves(command.get_command(context, name) or command)]


def test_every_command_has_the_option_and_every_language() -> None:
    commands = leaves(cli)
    assert len(commands) > len(COMMANDS)
    for command in commands:
        kinds = [option.type for option in command.params if option.name == "ui"]
        assert [tuple(kind.choices) for kind in kinds if isinstance(kind, click.Choice)] == [languages()], (
            command
        )


@pytest.mark.parametrize("ui", languages())
@pytest.mark.parametrize(
    "arguments", [("score", "none.wav"), ("prompts", "show", "none"), ("models", "verify", "x")]
)
def test_an_error_is_labelled_in_the_language_asked_for(
    arguments: tuple[str, ...], ui: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    status, err = run(capsys, *arguments, "--ui", ui)
    assert status in {2, 3}
    begun = [word(label, ui, what="…").partition("…")[0] for label in LABELS]
    assert all(begun)
    assert [line[: len(label)] for line, label in zip(err.splitlines(), begun, strict=True)] == begun
    monkeypatch.setenv(UI_VARIABLE, ui)
    assert run(capsys, *arguments) == (status, err)


def test_without_a_remedy_there_is_no_line_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    show_error(UsageError("plain", message="what", remedy=""), "en")
    assert capsys.readouterr().err == "error: what\n"


@given(
    before=st.lists(st.sampled_from(["score", "a.wav", "--json", "-", "--ui=fr", "--ui=en", "--uix"])),
    ui=st.sampled_from(languages()),
    joined=st.booleans(),
)
def test_the_last_option_counts(before: list[str], ui: str, *, joined: bool) -> None:
    option = [f"--ui={ui}"] if joined else ["--ui", ui]
    assert reader_ui([*before, *option, "b.wav", "--", "--ui", "en"]) == ui


@pytest.mark.parametrize(
    ("arguments", "variable", "expected"),
    [
        ([], None, DEFAULT_UI),
        ([], "en", "en"),
        ([], "klingon", DEFAULT_UI),
        (["--ui"], "en", "en"),
        (["--ui", "klingon"], "en", "en"),
        (["--", "--ui", "en"], None, DEFAULT_UI),
        (["--ui", "zh"], "en", "zh"),
    ],
)
def test_the_environment_and_then_the_default_count(
    arguments: list[str], variable: str | None, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(UI_VARIABLE, raising=False)
    if variable is not None:
        monkeypatch.setenv(UI_VARIABLE, variable)
    assert reader_ui(arguments) == expected


@pytest.mark.parametrize("what", ["", "错误", "：", "a\nb"])
def test_the_label_stands_before_the_words_whatever_they_are(
    what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    show_error(UsageError("plain", message=what, remedy=""), "zh")
    assert capsys.readouterr().err == f"错误：{what}\n"
    assert _labelled("face-error", what, "zh")[:2] == (Styled("错误：", colour="red"), what)
