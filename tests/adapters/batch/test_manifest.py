"""Manifests in the ways that spreadsheets write them, wrong rows."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from voicecoach.adapters.batch.manifest import name_regex, named, read_manifest
from voicecoach.errors import UsageError
from voicecoach.model.job import Item

if TYPE_CHECKING:
    from pathlib import Path

IDS = ("late_delivery", "late", "abuse")
NAME_PATTERN = "{speaker}_{prompt}_{date}"
PARTS = st.text("ab-王小明0123", min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("encoding", "delimiter", "end"),
    [("utf-8", ",", "\n"), ("utf-8-sig", ";", "\r\n"), ("gb18030", ",", "\r\n"), ("utf-8", "\t", "\n")],
)
def test_spreadsheets_write_csv_in_many_ways(tmp_path: Path, encoding: str, delimiter: str, end: str) -> None:
    rows = [
        ["File", " prompt", "speaker", "date", "channel", "transcript", "profile", "班组"],
        ["录音/a.wav", "late", "王小明", "2026-11-22", "1", "", "", "一组"],
        ["", "", "", "", "", "", "", ""],
        ["b.wav", "", "", "", "", "b.json", "own", ""],
    ]
    manifest = tmp_path / "list.csv"
    manifest.write_bytes("".join(delimiter.join(row) + end for row in rows).encode(encoding))
    first, second = read_manifest(manifest)
    assert first == Item(
        file="录音/a.wav",
        path=str(tmp_path / "录音/a.wav"),
        prompt_id="late",
        speaker="王小明",
        date="2026-11-22",
        channel=1,
        carried={"班组": "一组"},
        line=2,
    )
    assert (second.line, second.transcript, second.profile) == (4, str(tmp_path / "b.json"), "own")


def test_json_lines_say_the_same(tmp_path: Path) -> None:
    manifest = tmp_path / "list.jsonl"
    manifest.write_text(
        '{"file": "a.wav", "channel": 1, "班组": {"n": 1}, "speaker": null}\n\n[1]\n{"file":\n'
    )
    good, wrong, broken = read_manifest(manifest)
    assert (good.channel, good.speaker, good.carried, good.line) == (1, "", {"班组": '{"n": 1}'}, 1)
    assert [(item.line, item.fault is None) for item in (wrong, broken)] == [(3, False), (4, False)]


def test_own_columns_keep_their_order_and_are_bounded(tmp_path: Path) -> None:
    manifest = tmp_path / "list.csv"
    manifest.write_text(f"工单号,file,b,a\n007,a.wav,{'长' * 40_000},<b>\n", "utf-8")
    (item,) = read_manifest(manifest)
    assert list(item.carried.items()) == [("工单号", "007"), ("b", "长" * 32_766 + "…"), ("a", "<b>")]


@pytest.mark.parametrize(
    ("row", "fault", "chinese"),
    [
        (",late", "the row names no file", "这一行没有写文件"),
        ("a.wav,late,zwei", "the channel 'zwei' is no number from 0 on", "声道 'zwei' 不是从 0 起的整数"),
        ("a.wav,late,-1", "the channel '-1' is no number from 0 on", "声道 '-1' 不是从 0 起的整数"),
        ("a.wav,late,0,more", "the row has 4 cells, but there are 3 columns", "这一行有 4 格，而列只有 3 个"),
    ],
)
def test_a_wrong_row_is_a_fault_with_its_line(tmp_path: Path, row: str, fault: str, chinese: str) -> None:
    manifest = tmp_path / "list.csv"
    manifest.write_text(f"file,prompt,channel\n{row}\nb.wav,late,0\n")
    wrong, good = read_manifest(manifest)
    assert wrong.fault is not None
    assert wrong.fault.message == f"line 2 of the manifest: {fault}"
    assert wrong.fault.said_of("a.wav", "zh").message == f"清单第 2 行：{chinese}"
    assert (good.fault, good.line) == (None, 3)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"path,prompt\na.wav,late\n", "has no column 'file'; it has path, prompt"),
        (b"", "has no rows"),
        (b"file,prompt,Prompt\na,b,c\n", "columns 'prompt' and 'Prompt' of the manifest .* mean the same"),
        (b"file,prompt\n", "has no rows"),
        (b"file\n\xff\xff\xff\n", "neither UTF-8 nor UTF-16 nor GB18030"),
    ],
)
def test_a_manifest_that_cannot_be_meant_is_told_at_once(tmp_path: Path, data: bytes, fault: str) -> None:
    manifest = tmp_path / "list.csv"
    manifest.write_bytes(data)
    with pytest.raises(UsageError, match=fault):
        read_manifest(manifest)


def test_a_manifest_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read"):
        read_manifest(tmp_path / "list.csv")


@given(speaker=PARTS, prompt=st.sampled_from(IDS), date=PARTS)
def test_a_name_says_what_its_pattern_says(speaker: str, prompt: str, date: str) -> None:
    item = Item(file=f"in/{speaker}_{prompt}_{date}.wav", path="/in/x.wav")
    named_item = named(item, name_regex(NAME_PATTERN, IDS), NAME_PATTERN)
    assert (named_item.speaker, named_item.prompt_id, named_item.date) == (speaker, prompt, date)


@pytest.mark.parametrize("stem", ["_" * 200, "a_" * 150, "张_" * 100 + "b", "_" * 255])
def test_eight_fields_of_a_long_name_are_read_at_once(stem: str) -> None:
    pattern = "_".join(f"{{f{number}}}" for number in range(8))
    began_s = time.perf_counter()
    named(Item(file=f"{stem}.wav", path="/x"), name_regex(pattern + "!", IDS), pattern)
    fitted = named(Item(file=f"{stem}.wav", path="/x"), name_regex(pattern, IDS), pattern)
    assert time.perf_counter() - began_s < 2.0
    assert "_".join(str(fitted.carried[f"f{number}"]) for number in range(8)) == stem


def test_a_name_in_bytes_that_are_no_utf_8_says_them() -> None:
    item = Item(file="王\udcc4\udce3_late_x\udcff.wav", path="/x")
    said = named(item, name_regex(NAME_PATTERN, IDS), NAME_PATTERN)
    assert (said.speaker, said.prompt_id, said.date) == ("王\udcc4\udce3", "late", "x\udcff")


def test_other_fields_are_carried_along_and_the_manifest_comes_first() -> None:
    pattern = "{班}-{prompt}"
    with pytest.raises(UsageError, match="each once"):
        name_regex("{a}{a}", IDS)
    with pytest.raises(UsageError, match="needs fields"):
        name_regex(pattern.replace("{prompt}", ""), IDS)
    regex = name_regex("{team}-{prompt}-{agent_channel}", IDS)
    call = named(Item(file="one-late-1.wav", path="/x"), regex, "")
    assert (call.agent_channel, call.channel, call.carried) == (1, None, {"team": "one"})
    regex = name_regex("{lang}-{prompt}-{profile}", IDS)
    spoken = named(Item(file="EN-late-calm.wav", path="/x"), regex, "")
    assert (spoken.language, spoken.profile, spoken.carried) == ("en", "calm", {})
    assert named(Item(file="fr-late-calm.wav", path="/x"), regex, "").fault is not None
    regex = name_regex("{team}-{prompt}-{channel}", IDS)
    item = Item(file="one-late-1.wav", path="/x", prompt_id="abuse", carried={"team": "two"})
    named_item = named(item, regex, "")
    assert (named_item.prompt_id, named_item.channel, named_item.carried) == ("abuse", 1, {"team": "two"})


def test_a_name_that_does_not_fit_is_a_fault() -> None:
    misfit = named(Item(file="王.wav", path="/x"), name_regex(NAME_PATTERN, IDS), NAME_PATTERN)
    assert misfit.fault is not None
    assert "the name '王' does not fit" in misfit.fault.message


ERRORS = ("#N/A", "#REF!", "#VALUE!", "#div/0!", "#NAME?")


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_error_of_a_spreadsheet_fails_its_row_only_in_a_column_that_is_read(
    tmp_path: Path, kind: str, error: str
) -> None:
    table = [
        ["file", "工单号", "prompt", "speaker"],
        ["a.wav", error, "", ""],
        ["b.wav", "2", error, ""],
        ["c.wav", "3", "", error],
    ]
    path = tmp_path / f"m.{kind}"
    for name in "abc":
        (tmp_path / f"{name}.wav").touch()
    if kind == "csv":
        path.write_text("\n".join(map(",".join, table)), "utf-8")
    else:
        book = Workbook()
        sheet: Any = book.worksheets[0]
        for row in table:
            sheet.append(row)
        for cells in sheet.iter_rows(min_row=2):
            for cell in cells:
                cell.data_type = "e" if cell.value == error else cell.data_type
        book.save(path)
    own, prompt, speaker = read_manifest(path)
    assert (own.fault, own.carried) == (None, {"工单号": error})
    for item in (prompt, speaker):
        assert item.fault is not None
        assert f"error {error}" in item.fault.message


def test_a_formula_without_a_value_in_an_own_column_carries_nothing(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["file", "工单号", "date"], ["a.wav", "=1+1", ""], ["a.wav", "2", "=1+1"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "m.xlsx")
    (tmp_path / "a.wav").touch()
    own, read = read_manifest(tmp_path / "m.xlsx")
    assert (own.fault, own.carried) == (None, {"工单号": ""})
    assert read.fault is not None
    assert "C3" in read.fault.message


@pytest.mark.parametrize("end", ["\x1a", "\r\n\x1a", "\x1a\x1a\r\n", "\n\x1a\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("text", ["文件,题目\na.wav,迟到", '{"file": "a.wav"}'])
def test_a_dos_end_mark_is_no_row(tmp_path: Path, text: str, encoding: str, end: str) -> None:
    path = tmp_path / "m.csv"
    path.write_bytes((text + end).encode(encoding))
    (tmp_path / "a.wav").touch()
    assert [(item.file, item.fault) for item in read_manifest(path)] == [("a.wav", None)]
