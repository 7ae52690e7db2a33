"""The history as a file: whatever the format, it decodes, holds every take, and obeys no spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from store_contract import a_scored

from voicecoach.report.takes.export import FORMATS

TAKES = tuple(replace(a_scored(number), recognised_text=f"第{number}次，您好") for number in range(3))
FORMULA = "=HYPERLINK(1)"


@pytest.mark.parametrize("form", sorted(FORMATS))
@pytest.mark.parametrize("ui", ["zh", "en"])
def test_every_format_holds_every_take(form: str, ui: str) -> None:
    text = FORMATS[form](TAKES, ui).decode("utf-8")
    for take in TAKES:
        assert take.id in text
        assert str(take.recognised_text) in text


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_no_take_is_a_file_as_well(form: str) -> None:
    assert FORMATS[form]((), "zh").decode("utf-8").strip()


def test_a_spreadsheet_gets_no_formula() -> None:
    content = FORMATS["csv"]((replace(TAKES[0], recognised_text=FORMULA),), "zh").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content))
    assert row["recognised_text"] == f"'{FORMULA}"


def test_a_program_gets_what_was_said_as_it_is() -> None:
    document = json.loads(FORMATS["json"]((replace(TAKES[0], recognised_text=FORMULA),), "zh"))
    assert document["schema"] == "voicecoach.history/1"
    assert document["takes"][0]["recognised_text"] == FORMULA


def test_a_reader_gets_no_script() -> None:
    hostile = replace(TAKES[0], recognised_text="<script>alert(1)</script>")
    assert "<script>alert" not in FORMATS["html"]((hostile,), "zh").decode("utf-8")
