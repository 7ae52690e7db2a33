"""Texts of a megabyte: told where they cannot be judged, and read in a time that grows with them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from voicecoach.app.setup.typed_dialogue import parse_dialogue
from voicecoach.cli.main import cli
from voicecoach.errors import UsageError
from voicecoach.features.corrected import _one_line
from voicecoach.rubric.personal.data import find_personal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MEGABYTE = 1_000_000
KINDS: dict[str, Callable[[int], str]] = {
    "digits": lambda n: "1" * n,
    "spoken digits": lambda n: "一二" * (n // 2),
    "Hanzi": lambda n: "好" * n,
    "letters": lambda n: "a" * n,
    "words": lambda n: "ab " * (n // 3),
    "blanks": lambda n: f"好{' ' * n}好",
    "lines": lambda n: f"好{chr(10) * n}好",
    "points": lambda n: "1." * (n // 2),
    "hyphens": lambda n: "a-" * (n // 2),
    "at signs": lambda n: "a@" * (n // 2),
}


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("option", ["--text", "--file", "--dialogue"])
def test_a_megabyte_is_too_much_to_try_and_that_is_told(option: str, tmp_path: Path) -> None:
    text = "好" * (MEGABYTE // 3)
    (tmp_path / "--file").write_text(f'{{"text": "{text}"}}', encoding="utf-8")
    (tmp_path / "--dialogue").write_text(f"客服: {text}", encoding="utf-8")
    value = text if option == "--text" else str(tmp_path / option)
    began_s = time.perf_counter()
    result = CliRunner().invoke(cli, ["prompts", "try", "late_delivery", option, value])
    assert result.exit_code == 2
    assert "the text has 3333" in result.output
    assert time.perf_counter() - began_s < 30.0


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_masking_takes_a_time_that_grows_with_the_text(kind: Callable[[int], str]) -> None:
    began_s = time.perf_counter()
    find_personal(kind(50_000))
    assert time.perf_counter() - began_s < 10.0


@pytest.mark.parametrize("blank", [" ", "\n", " \n", "\t"])
def test_a_long_gap_in_a_corrected_text_is_closed_at_once(blank: str) -> None:
    began_s = time.perf_counter()
    assert _one_line(f"好{blank * 100_000}好").replace(" ", "").replace("\t", "") == "好好"
    assert time.perf_counter() - began_s < 5.0


def test_a_line_of_blanks_in_a_dialogue_is_read_at_once() -> None:
    began_s = time.perf_counter()
    (turn,) = parse_dialogue(f"{' ' * 50_000}客服{' ' * 50_000}:{' ' * 50_000}您好{' ' * 50_000}")
    assert turn.text == "您好"
    with pytest.raises(UsageError):
        parse_dialogue(f"[01:02]{' ' * 100_000}x")
    assert time.perf_counter() - began_s < 5.0
