"""What may be written: no input, no other output, nothing that is something else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from voicecoach.errors import UsageError
from voicecoach.wiring.files import write
from voicecoach.wiring.outputs import Kind, Output, check_outputs

FLAC = (Path(__file__).parents[2] / "audio_fixtures" / "short_3s.flac").read_bytes()
HELD: dict[Kind, bytes] = {
    "HTML": b"<!DOCTYPE html>\n<html lang=zh>",
    "JSON": b' {\n "schema": 1}',
    "CSV": "\ufefffile,提示,note\r\na.wav,,\r\n".encode(),
    "WAV": b"RIFF\0\0\0\0WAVEfmt ",
    "Parquet": b"PAR1\0\1",
    "XLSX": b"PK\3\4",
}
OTHERS = {
    "flac": FLAC,
    "mp3": b"ID3\4\0\0\0\0\0\0" + b"\xff\xfb\x90\x64" * 400,
    "bare mp3": bytes(range(255, 128, -1)) * 10,
    "amr": b"#!AMR\n\x3c\x91\x17\x16",
    "database": b"SQLite format 3\0",
    "pack": b"schema: voicecoach.prompts/1\npack: own\n",
    "words": "您好，抱歉".encode("gb18030"),
}


@pytest.mark.parametrize("how", ["symlink", "hard link", "dots", "same"])
def test_an_output_that_is_an_input_is_refused_whatever_its_name(tmp_path: Path, how: str) -> None:
    read = tmp_path / "a.json"
    read.write_bytes(b"{}")
    named = {"same": read, "dots": tmp_path / "x" / ".." / "a.json"}.get(how, tmp_path / "b.json")
    (tmp_path / "x").mkdir()
    if how == "symlink":
        named.symlink_to(read)
    elif how == "hard link":
        named.hardlink_to(read)
    with pytest.raises(UsageError) as told:
        check_outputs([Output(named, "JSON")], inputs=[tmp_path / "gone.wav", read])
    assert told.value.code == "output-is-input"


def test_two_outputs_are_two_files(tmp_path: Path) -> None:
    for other in (tmp_path / "a.html", tmp_path / "A.HTML", tmp_path / "." / "a.html"):
        with pytest.raises(UsageError) as told:
            check_outputs([Output(tmp_path / "a.html", "HTML"), Output(other, "JSON")])
        assert told.value.code == "output-twice"


@pytest.mark.parametrize("kind", HELD)
@pytest.mark.parametrize("there", [*HELD, *OTHERS])
def test_only_the_same_is_overwritten(tmp_path: Path, kind: Kind, there: str) -> None:
    held: dict[str, bytes] = {**OTHERS}
    held.update({str(each): content for each, content in HELD.items()})
    content = held[there]
    path = tmp_path / "x"
    path.write_bytes(content)
    table_like = kind == "CSV" and there in {"pack", "words"}  # text without a mark of its own
    if there == kind or table_like:
        write(path, b"new", kind=kind)
        assert path.read_bytes() == b"new"
    else:
        with pytest.raises(UsageError) as told:
            write(path, b"new", kind=kind)
        assert told.value.code == "output-foreign"
        assert path.read_bytes() == content


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8", "utf-8-sig"])
def test_a_table_that_a_spreadsheet_saved_is_a_table(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(("文件,题目\r\n录音.wav,迟到\r\n" * 90).encode(encoding))
    check_outputs([Output(path, "CSV")])


def test_empty_files_devices_and_new_names_are_written(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    outputs = [tmp_path / "empty.wav", Path(os.devnull), Path(os.devnull), tmp_path / "new.html"]
    check_outputs([Output(path, "HTML") for path in outputs], inputs=[Path(os.devnull)])


def test_what_an_earlier_run_left_damaged_is_replaced_but_never_an_input(tmp_path: Path) -> None:
    table = tmp_path / "summary.csv"
    table.write_bytes(FLAC)
    check_outputs([Output(table, "CSV")], own=True)
    with pytest.raises(UsageError) as told:
        check_outputs([Output(table, "CSV")], inputs=[table], own=True)
    assert told.value.code == "output-is-input"
