"""A third language is one file: what any report shows in it is of that file, or of what is reported."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from assessments import answer, profile, prompt, refused, sound
from batch_documents import documents, prompts
from pages import data_of
from rich.console import Console
from store_contract import a_scored, a_take, summary
from takes_made import history, two
from third_language import Shown, outside, said_in, strange, strings, written_in

from voicecoach.app.takes.review import differences
from voicecoach.app.takes.review import doubts as doubts_of
from voicecoach.documents.result import decode_result
from voicecoach.report.batch.html import BatchSound, write_batch_report
from voicecoach.report.one.html import html_bytes
from voicecoach.report.one.terminal import print_report
from voicecoach.report.phrases import printable
from voicecoach.report.takes.browse import TakeList
from voicecoach.report.takes.compare_text import difference_lines
from voicecoach.report.takes.export import FORMATS
from voicecoach.report.takes.listing import list_lines, take_lines
from voicecoach.report.takes.progress import compare_bytes, progress_bytes

if TYPE_CHECKING:
    from voicecoach.model.assessment import Assessment

CODES = frozenset(
    [
        "scored",
        "not_scored",
        "failed",
        "refused",
        "gentle",
        "metrics_only",
        "unscored",
        "covered",
        "maybe",
        "not_heard",
        "forbidden",
        "green",
        "amber",
        "red",
        "pause",
        "filler",
        "unheard",
        "agent",
        "caller",
        "zh",
    ]
)
"""What programs say to each other in the data of a page."""
IDS = re.compile(r"\b\d{8}-\d{6}-\d{3}-[0-9a-f]{6}\b")
UNKNOWN_METRIC = ("warmth_of_room", "an unknown figure of a later version", "K")
"""Shown by what the document says of it."""


def known(*assessments: Assessment) -> list[str]:
    return [
        *written_in(prompt(), profile()),
        *(text for assessment in assessments for text in said_in(assessment)),
    ]


@pytest.mark.parametrize("with_score", [True, False])
@pytest.mark.parametrize(
    "assessment", [answer(), refused(), answer(with_prompt=False)], ids=["", "no", "bare"]
)
def test_the_page_of_one_recording(brackets: str, assessment: Assessment, *, with_score: bool) -> None:
    asked = prompt() if assessment.coverage else None
    page = html_bytes(
        assessment, asked, profile(), sound=sound(assessment), ui=brackets, with_score=with_score
    ).decode()
    texts = [*Shown.of(page), *strings(data_of(page))]
    assert strange(texts, [*known(assessment), *CODES, *UNKNOWN_METRIC]) == []
    assert sum("⟦" in text for text in texts) > 50
    assert '<html lang="en">' in page


@pytest.mark.parametrize("short", [True, False])
@pytest.mark.parametrize("assessment", [answer(), refused()], ids=["", "no"])
def test_the_terminal(brackets: str, assessment: Assessment, *, short: bool) -> None:
    console = Console(file=io.StringIO(), width=100)
    print_report(assessment, prompt(), profile(), ui=brackets, short=short, console=console)
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    assert strange([text], [*known(assessment), *UNKNOWN_METRIC]) == []
    assert text.count("⟦") > 5


def test_the_pages_of_a_batch(brackets: str) -> None:
    files: dict[str, str] = {}
    lines = documents(60)
    write_batch_report(
        Path("/nowhere/out"),
        map(decode_result, lines),
        write=lambda name, data: files.update({name: data.decode()}),
        sound=BatchSound("none"),
        prompts=prompts(),
        profiles={"interview": profile()},
        ui=brackets,
    )
    held = [
        *known(answer(), refused()),
        *CODES,
        *UNKNOWN_METRIC,
        *strings([[line["batch"], line.get("source"), line.get("error")] for line in lines]),
        "has no sound in it",
    ]
    page = files.pop("report.html")
    data = data_of(page)
    rows = [dict(zip(data["fields"], row, strict=True)) for row in data["rows"]]
    told = [[row["file"], row["speaker"], row["fatal"], row["reasons"], row["text"]] for row in rows]
    assert strange([*Shown.of(page), *strings([told, data["words"], data["promptLabels"]])], held) == []
    for text in files.values():
        name, content = json.loads(f"[{text.partition('(')[2].removesuffix(');' + chr(10))}]")
        assert strange(strings(content), [*held, name]) == []


@pytest.mark.parametrize("with_score", [True, False])
def test_progress_and_comparison(brackets: str, *, with_score: bool) -> None:
    for n in (1, 60):
        page = progress_bytes(history(n, text="怎么办"), ui=brackets, with_score=with_score).decode()
        assert strange(Shown.of(page), [*known(answer()), *IDS.findall(page), "怎么办", "syll/min"]) == []
        assert page.count("⟦") > 15
    left, right = two()
    changes = differences(left.assessment, right.assessment)
    doubts = doubts_of(replace(left.assessment, profile="x"), right.assessment)
    page = compare_bytes(left, right, changes, doubts, ui=brackets, with_score=with_score).decode()
    held = [*known(left.assessment), *IDS.findall(page), *UNKNOWN_METRIC]
    for take in (left.take, right.take):
        held += [printable(take.prompt_text), take.text]
    assert doubts
    assert strange(Shown.of(page), held) == []
    lines = difference_lines(
        changes, heads=("A", "B"), prompt=left.prompt, ui=brackets, with_score=with_score
    )
    assert strange(lines, held) == []


def test_lists_of_takes(brackets: str) -> None:
    corrected = a_scored(1, corrected_text="好的", cer=0.051, n_overflows=2)
    takes = [a_scored(0), corrected, a_take(2), replace(a_take(3), state="not_scored")]
    told = attrgetter("id", "prompt_id", "prompt_text", "text", "device")
    held = [text for take in takes for text in told(take)]
    held += ["好的", "fake", "f" * 12, "apology", "solve", "1-abc", "syll/min"]
    held += [take.recognised_text or "" for take in takes]
    rows = [summary(take) for take in takes]
    page = FORMATS["html"](takes, brackets).decode()
    shown = TakeList(rows, height=12, ui=brackets)
    texts = [*Shown.of(page), *list_lines(rows, ui=brackets), *shown.lines(120)]
    shown.press("/")
    texts += [*shown.lines(120), *(line for take in takes for line in take_lines(take, ui=brackets))]
    assert strange(texts, held) == []
    assert sum("⟦" in text for text in texts) > 30


def test_what_is_outside_of_brackets_is_told() -> None:
    assert outside("a⟦b⟦c⟧d⟧e") == "a e"
    assert outside("⟦b") == "⟦b"
    assert strange(["⟦Total⟧: 5 points 您好"], ["您好"]) == ["points in '⟦Total⟧: 5 points 您好'"]
