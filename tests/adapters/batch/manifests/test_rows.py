"""Rows become items; a cell that cannot be meant fails its row, with line and column, and no other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from voicecoach.adapters.batch.manifest import MANIFESTS, read_manifest
from voicecoach.errors import UsageError
from voicecoach.model.job import Item

if TYPE_CHECKING:
    from pathlib import Path

NINES = "9" * 40
DEEP = "[" * 100_000 + "]" * 100_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.wav").touch()
    return tmp_path


def test_a_workbook_with_chinese_headings_says_all(folder: Path) -> None:
    (folder / "a.json").touch()
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["八月通话"])
    sheet.append(
        ["录音文件", "题目编号", "坐席", "日期", "客服声道", "语言", "评分档案", "文字文件", "工单号", "备注"]
    )
    sheet.append(["sub\\A.WAV", "late", "王小明", "2026-08-01", 1.0, "普通话", "own", "a.json", 7, None])
    book.save(folder / "list.xlsx")
    assert read_manifest(folder / "list.xlsx") == [
        Item(
            file="sub/A.WAV",
            path=str(folder / "sub" / "a.wav"),
            prompt_id="late",
            speaker="王小明",
            date="2026-08-01",
            agent_channel=1,
            language="zh",
            transcript=str(folder / "a.json"),
            profile="own",
            carried={"工单号": "7"},
            line=3,
        )
    ]


@pytest.mark.parametrize(
    ("heading", "cell", "read"),
    [
        ("channel", "1.0", {"channel": 1}),
        ("声道", "右声道", {"channel": 1}),
        ("channel", "LEFT", {"channel": 0}),
        ("channel", "０", {"channel": 0}),
        ("坐席声道", "右", {"agent_channel": 1}),
        ("音轨", "2", {"stream": 2}),
        ("lang", "en-US", {"language": "en"}),
        ("语种", "英语", {"language": "en"}),
        ("speaker", "'=1+1", {"speaker": "=1+1"}),
    ],
)
def test_cells_are_read_as_people_write_them(
    folder: Path, heading: str, cell: str, read: dict[str, Any]
) -> None:
    (folder / "list.csv").write_text(f"file,{heading}\nsub/a.wav,{cell}\n", "utf-8")
    (item,) = read_manifest(folder / "list.csv")
    assert item.fault is None
    assert {name: getattr(item, name) for name in read} == read


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("channel", "9" * 5000, f"column channel: {NINES} is no number"),
        ("channel", "1e999", "column channel: 1e999 is no number that is meant"),
        ("channel", "NaN", "column channel: NaN is no number that is meant"),
        ("channel", "true", "column channel: true is no text"),
        ("channel", '"' + "9" * 400 + '"', f"the channel '{NINES}' is no number"),
        ("channel", '"' + "9" * 5000 + '"', "has 5000 characters; at most 500"),
        ("agent_channel", '"-1"', "the agent's channel '-1' is no number from 0 on"),
        ("stream", '"left"', "the stream 'left' is no number from 0 on"),
        ("agent_channel", "1.5", "the agent's channel '1.5' is no number from 0 on"),
        ("channel", "[1]", "column channel: [1] is no text"),
        ("prompt", DEEP, "nested too deep"),
        ("prompt", "5", "column prompt: 5 is no name"),
        ("profile", '"20.5"', "column profile: 20.5 is no name"),
        ("prompt", '"' + "x" * 5000 + '"', "has 5000 characters; at most 500"),
        ("prompt", '{"id": "late"}', 'column prompt: {"id": "late"} is no text'),
        ("file", '"~nouser/a.wav"', "column file: there is no user ~nouser"),
        ("transcript", '"~nouser/a.json"', "column transcript: there is no user ~nouser"),
        ("profile", '"~nouser/a.yaml:own"', "column profile: there is no user ~nouser"),
        ("file", '"\\ud800.wav"', "column file: the cell holds bytes or half characters"),
        ("speaker", '"\\udcff"', "column speaker: the cell holds bytes or half characters"),
        ("工单号", '"\\ud83d"', "column 工单号: the cell holds bytes or half characters"),
        ("file", '"a\\u0000.wav"', "column file: the cell holds a NUL character"),
        ("file", "true", "column file: true is no text"),
        ("file", "null", "the row names no file"),
        ("file", '""', "the row names no file"),
        ("file", '"' + "x" * 5000 + '"', "has 5000 characters; at most 4096"),
        ("lang", '"fr"', "the language 'fr' is neither zh nor en"),
        ("file", '"sub/b.wav"', "there is no file sub/b.wav; did you mean a.wav?"),
        ("声道", '"1", "channel": 0', "声道 and channel mean the same"),
        ("channel", '0, "agent_channel": 1', "the row says channel 0 and agent_channel 1"),
    ],
)  # fmt: skip
def test_a_bad_cell_fails_its_row_and_no_other(folder: Path, column: str, cell: str, told: str) -> None:
    row = json.dumps({"file": "sub/a.wav"})[:-1] + f', "{column}": {cell}}}'
    if column == "file":
        row = f'{{"file": {cell}}}'
    manifest = folder / "list.jsonl"
    manifest.write_text('{"file": "sub/a.wav"}\n' + row + '\n{"file": "sub/a.wav", "team": true}\n', "utf-8")
    first, wrong, last = read_manifest(manifest)
    assert (first.fault, last.fault, last.carried) == (None, None, {"team": "true"})
    assert wrong.fault is not None
    assert wrong.fault.message.startswith("line 2 of the manifest: ")
    assert told in wrong.fault.message
    assert len(wrong.fault.said_of("?", "zh").message) < 300


def test_own_columns_may_hold_what_columns_that_are_read_may_not(folder: Path) -> None:
    manifest = folder / "list.json"
    manifest.write_text('[{"file": "sub/a.wav", "a": {"n": [1, NaN]}, "b": 1e999, "c": false, "d": null}]')
    (item,) = read_manifest(manifest)
    assert item.carried == {"a": '{"n": [1, "NaN"]}', "b": "1e999", "c": "false", "d": ""}


def test_a_profile_beside_the_manifest_is_meant(folder: Path) -> None:
    (folder / "own.yaml").touch()
    (folder / "list.csv").write_text("file,profile\nsub/a.wav,own.yaml:calm\nsub/a.wav,calm\n")
    assert [item.profile for item in read_manifest(folder / "list.csv")] == [
        f"{folder}/own.yaml:calm",
        "calm",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("文件,file\na,b\n", "manifest-columns-same"),
        ("file,组,组\na,b,c\n", "manifest-column-twice"),
        ("组,题目\na,b\n", "manifest-without-file"),
        ("a.wav,late\nb.wav,late\n", "manifest-without-file"),
        ("\n\n", "manifest-empty"),
        ("文件,题目\n,\n", "manifest-empty"),
    ],
)
def test_headings_that_cannot_be_meant_are_told_at_once(folder: Path, text: str, code: str) -> None:
    (folder / "list.csv").write_text(text, "utf-8")
    with pytest.raises(UsageError) as told:
        read_manifest(folder / "list.csv")
    assert told.value.code == code


@pytest.mark.parametrize("ending", [".xls", ".ods", ".numbers", ".et", ".XLSX", ".tsv", ".json", ".txt"])
def test_every_ending_of_tables_is_taken_for_one(ending: str) -> None:
    assert ending.lower() in MANIFESTS
