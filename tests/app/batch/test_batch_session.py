"""A whole batch as any face starts it: progress told as messages, the same request goes on after a break."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from batch_fakes import PROFILE, HandEngine
from fakes import FakeProgress

from voicecoach.adapters.batch.folder_scan import find_items
from voicecoach.adapters.batch.manifest import name_items
from voicecoach.adapters.batch.result_files import ResultFiles
from voicecoach.adapters.batch.result_tables import FileTables
from voicecoach.app.batch.session import BatchParts, BatchRequest, BatchSession
from voicecoach.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from voicecoach.app.batch.size import CrewSize
    from voicecoach.model.audio import Span
    from voicecoach.model.job import Job
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.result import Result

ORDERS = {"a.wav": "ok 2.0", "b.wav": "bug", "c.wav": "ok 1.5"}


@dataclass
class NoPrompts:
    """A library without prompts."""

    def prompts(self) -> tuple[Prompt, ...]:
        return ()

    def prompt(self, prompt_id: str) -> Prompt:
        raise UsageError("prompt-unknown", prompt_id=repr(prompt_id), n=0)


@dataclass
class CountedReport:
    """A report that counts how often it was written, and of what."""

    written: list[list[str]] = field(default_factory=list)

    def there(self) -> bool:
        return bool(self.written)

    def write(
        self,
        results: Iterable[Result],
        jobs: Sequence[Job],
        *,
        silences: Mapping[str, Sequence[Span]],
    ) -> None:
        assert not silences
        assert len(jobs) == len(ORDERS)
        self.written.append([result.state for result in results])


@dataclass
class Bench:
    """Sessions on one folder, with engines that break off when told to."""

    folder: Path
    report: CountedReport = field(default_factory=CountedReport)
    sizes: list[tuple[int, bool]] = field(default_factory=list)

    def session(self, request: BatchRequest, *, break_after: int | None = None) -> BatchSession:
        def open_engine(size: CrewSize, *, preload: bool) -> HandEngine:
            self.sizes.append((size.workers, preload))
            return HandEngine(n_workers=1, break_after=break_after)

        parts = BatchParts(
            version="0",
            library=NoPrompts(),
            load_profile=lambda _name, _language: PROFILE,
            find_items=lambda paths, patterns, skip: find_items(paths, patterns=patterns, skip=skip),
            name_items=name_items,
            store=ResultFiles(request.out),
            tables=FileTables(request.out),
            report=self.report,
            recogniser=lambda: ("fake", 1.0),
            open_engine=open_engine,
        )
        return BatchSession(request, parts)


@pytest.fixture
def request_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BatchRequest:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for name, order in ORDERS.items():
        Path("in", name).write_text(order)
    return BatchRequest([Path("in")], tmp_path / "out", workers=2, mask=False, ui="en")


def test_a_page_starts_it_and_is_told_how_far_it_is(tmp_path: Path, request_: BatchRequest) -> None:
    bench, page = Bench(tmp_path), FakeProgress()
    outcome = bench.session(request_).run(page)
    assert (page.stages, page.noted("en")) == ([3], [])
    assert [(n, what.code) for n, what in page.parts] == [(n, "batch-progress") for n in range(4)]
    assert bench.sizes == [(2, True)]
    assert bench.report.written == [["scored", "failed", "scored"]]
    assert (outcome.tally.n_scored, outcome.tally.n_failed) == (2, 1)
    assert outcome.reasons == ["in/b.wav: unexpected ZeroDivisionError: nobody thought of in/b.wav"]
    document = outcome.document()
    assert (document["n_done"], document["n_kept"], len(document["failures"])) == (3, 0, 1)


def test_reasons_are_the_readers_and_the_document_is_english(tmp_path: Path, request_: BatchRequest) -> None:
    outcome = Bench(tmp_path).session(replace(request_, ui="zh")).run(FakeProgress())
    assert outcome.reasons[0].startswith("in/b.wav：意外错误 ZeroDivisionError")
    assert outcome.document()["failures"][0]["message"].startswith("in/b.wav: unexpected ZeroDivisionError")
    assert "in/b.wav：意外错误" in (request_.out / "summary.csv").read_text("utf-8-sig")


def test_the_same_request_goes_on_where_it_was_broken_off(tmp_path: Path, request_: BatchRequest) -> None:
    bench, page = Bench(tmp_path), FakeProgress()
    with pytest.raises(KeyboardInterrupt):
        bench.session(request_, break_after=1).run(page)
    assert page.noted("en") == ["What was done is kept; the same command goes on from here."]
    assert bench.session(request_).look().told()[0].words("en").startswith("3 files: 2 to do")
    page = FakeProgress()
    outcome = bench.session(request_).run(page)
    assert (page.stages, page.noted("en")) == ([2], ["1 results are there already, 2 to do"])
    assert (len(outcome.work.todo), outcome.tally.n_items) == (2, 3)


def test_a_finished_batch_writes_nothing_again(tmp_path: Path, request_: BatchRequest) -> None:
    bench = Bench(tmp_path)
    bench.session(request_).run(FakeProgress())
    page = FakeProgress()
    (request_.paths[0] / "b.wav").write_text("ok 1.0")
    again = bench.session(request_).run(page)
    assert (page.stages, again.tally.n_failed, len(bench.report.written)) == ([1], 0, 2)
    page = FakeProgress()
    last = bench.session(request_).run(page)
    assert (page.stages, last.progress, last.tally) == ([], None, again.tally)
    assert [sentence.code for sentence in last.told()] == ["batch-nothing-to-do", "batch-tally"]
    assert len(bench.report.written) == 2


def test_failures_that_are_kept_are_not_called_up_to_date(tmp_path: Path, request_: BatchRequest) -> None:
    for name in ORDERS:
        (request_.paths[0] / name).write_text("bad")
    bench = Bench(tmp_path)
    bench.session(request_).run(FakeProgress())
    done = bench.session(request_).run(FakeProgress()).told()[0]
    assert done.words("en").startswith("nothing new to do: 3 of 3 failed before; ")
    assert "--retry-failed" in done.words("zh")
    again = bench.session(replace(request_, retry_failed=True)).run(FakeProgress())
    assert len(again.work.todo) == 1  # of the same bytes, all three
    Path("rows.csv").write_text("file\nnone.wav\n")
    report = CountedReport(written=[[]])
    rows = replace(request_, paths=[Path("rows.csv")], out=tmp_path / "rows", with_report=False)
    told = Bench(tmp_path, report).session(rows).run(FakeProgress()).told()[0]
    assert told.words("en").startswith("nothing new to do: 1 of 1 failed before")


def test_own_columns_in_another_order_write_the_tables_anew(tmp_path: Path, request_: BatchRequest) -> None:
    manifest, made = Path("in", "list.csv"), []
    for head in ("file,工单号,team", "file,team,工单号"):
        manifest.write_text(f"{head}\n" + "".join(f"{name},1,1\n" for name in ORDERS), "utf-8")
        Bench(tmp_path).session(replace(request_, paths=[manifest])).run(FakeProgress())
        made.append((request_.out / "summary.csv").read_text("utf-8-sig").partition("\n")[0])
    assert [head.strip().split(",")[-2:] for head in made] == [
        ["carried.工单号", "carried.team"],
        ["carried.team", "carried.工单号"],
    ]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"address": "auto"}, "batch-address-without-cluster"),
        ({"channel": 0, "agent_channel": 1}, "channel-and-agent-channel"),
        ({"patterns": ["*.flac"]}, "batch-no-recordings"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_made(
    tmp_path: Path, request_: BatchRequest, changed: dict[str, Any], code: str
) -> None:
    session = Bench(tmp_path).session(replace(request_, **changed))
    for start in (session.look, lambda: session.run(FakeProgress())):
        with pytest.raises(UsageError) as told:
            start()
        assert told.value.code == code
    assert not request_.out.exists()
