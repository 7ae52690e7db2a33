"""A file that cannot be read is one failure among others: it never stops them, in any command."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from command_line import run

from voicecoach.cli.main import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURES = Path(__file__).parents[2] / "audio_fixtures"
GOOD = FIXTURES / "short_3s.flac"


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A recording that nobody may read, root included: the system is made to say no."""
    path = tmp_path / "closed.flac"
    path.write_bytes(GOOD.read_bytes())
    access, opening = os.access, Path.open

    def asked(name: Any, mode: int, **options: Any) -> bool:
        return Path(name) != path and access(name, mode, **options)

    def opened(self: Path, *arguments: Any, **options: Any) -> Any:
        if self == path:
            raise PermissionError(13, "Permission denied", str(path))
        return opening(self, *arguments, **options)

    monkeypatch.setattr(os, "access", asked)
    monkeypatch.setattr(Path, "open", opened)
    return path


def commands(
    command: click.Command, names: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            inner = command.get_command(click.Context(command), name)
            assert inner is not None
            yield from commands(inner, (*names, name))
    else:
        yield names, command


def test_no_command_lets_the_option_parser_refuse_a_file_for_all() -> None:
    """It would end the command before anything of the other files is done."""
    takers = [
        (names, parameter)
        for names, command in commands(cli, ())
        for parameter in command.params
        if isinstance(parameter.type, click.Path) and parameter.nargs == -1
    ]
    assert {names[0] for names, _ in takers} >= {"score", "batch", "prompts"}
    for _, parameter in takers:
        assert isinstance(parameter.type, click.Path)
        assert not parameter.type.readable
        assert not parameter.type.exists


def test_score_tells_each_file_and_goes_on(
    tmp_path: Path, closed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe, loop, link = tmp_path / "p.wav", tmp_path / "loop.wav", tmp_path / "link.wav"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    link.symlink_to(tmp_path / "nowhere.wav")
    bad = [closed, tmp_path / "gone.wav", tmp_path, pipe, loop, link, "/dev/zero", closed / "below.wav"]
    json_file = tmp_path / "r.json"
    status, _, err = run(capsys, "score", *bad, "--json", json_file, "--ui", "en")
    assert status == 3
    assert "may not be read by you" in err
    documents = json.loads(json_file.read_bytes())
    assert [document["schema"] for document in documents] == ["voicecoach.failure/1"] * len(bad)


@pytest.mark.weights
def test_score_scores_the_others(tmp_path: Path, closed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    json_file = tmp_path / "r.json"
    status, _, err = run(capsys, "score", GOOD, closed, GOOD, "--json", json_file, "--ui", "en")
    assert status == 3
    assert "may not be read by you" in err
    schemas = [document["schema"] for document in json.loads(json_file.read_bytes())]
    assert [schema.startswith("voicecoach.assessment/") for schema in schemas] == [True, False, True]


def test_batch_plans_the_others(tmp_path: Path, closed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    arguments = ("batch", closed, GOOD, tmp_path / "gone.wav", "--out", out, "--dry-run", "--ui", "en")
    status, listed, err = run(capsys, *arguments)
    assert (status, listed.split("\t")[0]) == (0, str(GOOD))
    assert "3 files: 1 to do" in err
