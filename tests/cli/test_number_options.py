"""Numbers that are none, or that nobody means: wrong usage, in every command, before anything is begun."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from command_line import run

from voicecoach.cli.main import COMMANDS, Commands
from voicecoach.cli.main import cli as group

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURES = Path(__file__).parents[2] / "audio_fixtures"
WILD = ("inf", "-inf", "nan", "NaN", "infinity", "1e308", "1e999", "-1000000", "1" + "0" * 400, "9" * 6000)
"""None of them is a span of time, a count or a level that anybody means."""


def options(command: click.Command, names: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Option]]:
    """Every option that takes a number, with the words that name its command."""
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            inner = command.get_command(click.Context(command), name)
            assert inner is not None
            yield from options(inner, (*names, name))
        return
    for parameter in command.params:
        kinds = parameter.type.types if isinstance(parameter.type, click.Tuple) else (parameter.type,)
        if any(isinstance(kind, click.types.FloatParamType | click.types.IntParamType) for kind in kinds):
            assert isinstance(parameter, click.Option)
            yield names, parameter


NUMBERS = list(options(group, ()))


def test_every_command_is_looked_through() -> None:
    assert isinstance(group, Commands)
    assert {names[0] for names, _ in NUMBERS} >= {"score", "batch", "practise", "speak", "agree", "history"}
    assert {names[0] for names, _ in NUMBERS} <= set(COMMANDS)


@pytest.mark.parametrize(
    ("names", "option"), NUMBERS, ids=[" ".join((*names, option.opts[0])) for names, option in NUMBERS]
)
def test_no_number_option_takes_what_is_no_number(names: tuple[str, ...], option: click.Option) -> None:
    context = click.Context(click.Command("/".join(names)))
    kinds = option.type.types if isinstance(option.type, click.Tuple) else (option.type,)
    kind = kinds[-1]
    for text in WILD:
        with pytest.raises(click.BadParameter):
            kind.convert(text, option, context)


@pytest.mark.parametrize("grace", ["inf", "nan", "1e308", "-1"])
def test_a_grace_without_end_is_wrong_usage(
    grace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    json_file = tmp_path / "r.json"
    arguments = ("--agent-channel", "0", "--grace", grace, "--json", json_file)
    status, out, err = run(capsys, "score", FIXTURES / "short_3s.flac", *arguments)
    assert (status, out) == (2, "")
    assert "--grace" in err
    assert not json_file.exists()


def test_wrong_usage_of_one_file_is_a_status_like_any_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is found to be wrong usage only at a file ends as such, not as a fault of the program."""
    from voicecoach.app.score import recording
    from voicecoach.errors import UsageError

    def refuse(*_: object, **__: object) -> None:
        raise UsageError("grace-unusable", grace_s="inf")

    monkeypatch.setattr(recording, "assess", refuse)
    json_file = tmp_path / "r.json"
    status, _, err = run(capsys, "score", "a.wav", "b.wav", "--json", json_file, "--ui", "en")
    assert status == 2
    assert err.count("inf") == 2
    assert len(json.loads(json_file.read_bytes())) == 2
