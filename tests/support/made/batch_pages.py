"""A batch's report in a folder or without one: its files as text, and what stands in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pages
from assessments import answer, profile, sound
from batch_documents import of, prompts

from voicecoach.adapters.batch.report_files import ReportFiles
from voicecoach.documents.result import decode_result
from voicecoach.report.batch.html import PAGES, BatchSound, write_batch_report
from voicecoach.report.page_sound import encode_mp3

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Json = dict[str, Any]


def report(lines: Iterable[Mapping[str, Any]], *, ui: str = "zh", **heard: Any) -> dict[str, str]:
    """All files of a report as text, by name."""
    files: dict[str, str] = {}
    write_batch_report(
        Path("/nowhere/out"),
        map(decode_result, lines),
        write=lambda name, data: files.update({name: data.decode()}),
        sound=BatchSound(**{"choice": "none", **heard}),
        prompts=prompts(),
        profiles={"interview": profile()},
        ui=ui,
    )
    return files


def data_of(files: Mapping[str, str]) -> Json:
    """The data of the page's script, its rows by name."""
    data = pages.data_of(files["report.html"])
    data["rows"] = [dict(zip(data["fields"], row, strict=True)) for row in data["rows"]]
    return data


def page_of(files: Mapping[str, str], key: str) -> Json:
    """What the file of one recording gives to the page."""
    call, _, rest = files[f"pages/{key}.js"].partition("(")
    assert (call, rest[-3:]) == ("voicecoachPage", ");\n")
    named, page = json.loads(f"[{rest[:-3]}]")
    assert named == key
    content: Json = page
    return content


def text_of(files: Mapping[str, str]) -> str:
    """What a reader sees of the page."""
    return pages.text_of(files["report.html"])


def scored(total: float | None, **batch: Any) -> Json:
    """One line of the results with that total."""
    return {**of(answer(), **batch), "total": total}


def written(folder: Path, lines: Sequence[Mapping[str, Any]], **options: Any) -> Path:
    """The report of the lines, with one recording behind all of them."""
    folder.mkdir(exist_ok=True)
    recording = folder.parent / "录 音#1.mp3"
    if not recording.exists():
        recording.write_bytes(encode_mp3(sound(answer())))
    keys = {line["batch"]["key"]: recording for line in lines if line["batch"]["key"]}
    write_batch_report(
        folder,
        map(decode_result, lines),
        write=ReportFiles(folder, pages=PAGES).write,
        sound=BatchSound(**{"choice": "link", "recordings": keys, **options.pop("heard", {})}),
        prompts=prompts(),
        profiles={"interview": profile()},
        **options,
    )
    return folder / "report.html"
