"""The files of a batch's report: private, swept, and hiding what is to be hidden."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING

from assessments import answer
from batch_documents import key_of, of
from batch_pages import page_of, report

from voicecoach.adapters.batch.report_files import ReportFiles
from voicecoach.app.batch.masked import Masking
from voicecoach.documents.result import decode_result, encode_result
from voicecoach.report.batch.html import PAGES

if TYPE_CHECKING:
    from pathlib import Path


def test_files_are_private_and_those_of_before_are_swept_away(tmp_path: Path) -> None:
    before = ReportFiles(tmp_path, pages=PAGES)
    before.write("pages/old.js", b"1")
    before.write("pages/same.js", b"2")
    files = ReportFiles(tmp_path, pages=PAGES)
    files.write("pages/same.js", b"2")
    files.write("report.html", b"3")
    files.sweep()
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["report.html", "same.js"]
    assert (tmp_path / "pages").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*") if path.is_file()} == {0o600}


def test_masking_hides_in_the_line_and_remembers_what_must_not_be_heard() -> None:
    said = copy.deepcopy(of(answer()))
    number = said["transcript"]["words"][5]
    number["text"] = "我的手机号是13812345678，"
    masking = Masking()
    line = encode_result(masking(decode_result(said)), ui="zh")
    assert "13812345678" not in json.dumps(report([line]), ensure_ascii=False)
    assert line["masking"] == {"mobile": 1}
    (span,) = masking.silences[key_of(0)]
    assert span.start_s < number["start_s"]
    assert span.end_s > number["end_s"]
    page = page_of(report([line]), key_of(0))
    assert page["masking"] == {"mobile": 1}
