"""The workbook of a batch, read back: numbers, texts that stay texts, the same bytes twice."""

from __future__ import annotations

import io
import time
import zipfile
from typing import Any

import pytest
from openpyxl import load_workbook

from voicecoach.adapters.batch.summary_workbook import workbook_bytes

NAMES = ("file", "state", "code", "reason", "total", "coverage_low", "order_ok", "points_covered")
EVIL = (
    "=cmd|' /C calc'!A0", "+1", "-2", "@x", "＝1", "#REF!", "http://x.example/", "a\x00b\x1f", "\ud800x",
)  # fmt: skip


def row(**parts: Any) -> dict[str, Any]:
    plain = {"file": "a.wav", "state": "scored", "total": 71.5, "coverage_low": 0.6, "order_ok": True}
    points = [{"id": "empathy", "state": "covered", "score": 0.9}]
    return {
        **dict.fromkeys(NAMES), **plain, "points": points, "points_covered": ["empathy", "solve"],
        "measurements": {"speech_rate": 228.5, "snr": None}, "carried": {"班组": "甲", "工单": "007"},
        **parts,
    }  # fmt: skip


def made(*rows: dict[str, Any], ui: str = "zh") -> bytes:
    return workbook_bytes(rows, NAMES, ["speech_rate", "snr"], ["班组", "工单"], ui=ui)


def test_figures_are_numbers_under_headings_that_stay_in_sight() -> None:
    failed = row(file="坏.wav", state="failed", code="input", reason="没有声音", total=None, points=[])
    book = load_workbook(io.BytesIO(made(row(), failed)))
    assert book.sheetnames == ["汇总", "要点", "未评分与失败"]
    summary = book["汇总"]
    cells = list(summary.iter_rows(values_only=True))
    assert cells[0][:5] == ("录音", "状态", "代码", "原因", "总分")
    assert cells[0][8:] == ("语速", "信噪比", "班组", "工单")
    assert cells[1] == ("a.wav", "已评", None, None, 71.5, 0.6, 1, "empathy solve", 228.5, None, "甲", "007")
    assert summary.freeze_panes == "B2"
    assert summary["F2"].number_format == "0%"
    assert summary.column_dimensions["A"].width > 20
    assert list(book["要点"].iter_rows(values_only=True))[1][4:7] == ("empathy", "听到", 0.9)
    assert [cells[0] for cells in book["未评分与失败"].iter_rows(values_only=True)] == ["录音", "坏.wav"]
    assert load_workbook(io.BytesIO(made(row(), ui="en"))).sheetnames == ["summary", "points", "failures"]


@pytest.mark.parametrize("text", EVIL)
def test_no_text_is_a_formula_an_error_or_a_link(text: str) -> None:
    sheet = load_workbook(io.BytesIO(made(row(file=text, carried={"班组": text}))))["汇总"]
    for place in ("A2", "K2"):
        cell = sheet[place]
        assert (cell.data_type, cell.hyperlink) == ("s", None)
        assert len(str(cell.value)) == len(text)


def test_a_very_long_text_fits_its_cell() -> None:
    sheet = load_workbook(io.BytesIO(made(row(reason="好" * 100_000))))["汇总"]
    assert len(str(sheet["D2"].value)) < 32_767


def test_the_same_rows_make_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(row(), row(file="b.wav"))
    later = time.time() + 100_000
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(later))
    assert made(row(), row(file="b.wav")) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z</dcterms:modified>" in archive.read("docProps/core.xml")
