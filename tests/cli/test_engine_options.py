"""``--recogniser`` and ``--engine``: engines by name, the old form of the recogniser beside the new one."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from voicecoach.cli.options import engine_choice, model_option


@click.command()
@model_option
def asked(model: str) -> None:
    click.echo(model)


@click.command()
@click.option("--engine", type=engine_choice("batch", also=("auto",)), default="auto")
def engine(engine: str) -> None:
    click.echo(engine)


@pytest.mark.parametrize(
    ("arguments", "model"),
    [
        ([], "base"),
        (["--model", "small"], "small"),
        (["--recogniser", "whisper:small"], "whisper:small"),
        (["--recogniser=whisper"], "whisper"),
        (["--model", "/models/mine"], "/models/mine"),
    ],
)
def test_the_old_and_the_new_form_name_one_thing(arguments: list[str], model: str) -> None:
    assert CliRunner().invoke(asked, arguments).output == f"{model}\n"


@pytest.mark.parametrize("name", ["auto", "pool", "ray"])
def test_what_is_registered_can_be_named(name: str) -> None:
    assert CliRunner().invoke(engine, ["--engine", name]).output == f"{name}\n"


def test_an_engine_that_nobody_registered_is_wrong_usage_and_told_with_those_there_are() -> None:
    result = CliRunner().invoke(engine, ["--engine", "slurm"])
    assert result.exit_code == 2
    assert "'slurm' is not one of 'auto', 'pool', 'ray'" in result.output


def test_the_help_lists_them() -> None:
    assert "[auto|pool|ray]" in CliRunner().invoke(engine, ["--help"]).output
