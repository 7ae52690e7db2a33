"""The parts of a batch."""

from __future__ import annotations

import os
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from voicecoach import wiring
from voicecoach.app.batch.session import BatchParts, BatchSession
from voicecoach.model.job import Setup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from voicecoach.app.batch.session import BatchRequest
    from voicecoach.app.batch.size import CrewSize
    from voicecoach.app.batch.trend import Answers, Trend
    from voicecoach.model.audio import Span
    from voicecoach.model.job import Item, Job, Scan
    from voicecoach.model.result import Result
    from voicecoach.ports.batch import BatchEngine
    from voicecoach.wiring.outputs import Kind

SCORER: Final = "voicecoach.wiring:file_scorer"
"""What makes the per-file function inside a worker."""
LOG: Final = "workers.log"


def batch_session(request: BatchRequest) -> BatchSession:
    """The session for that request, with this machine's packs, folders and engines; nothing is begun.

    Raises UsageError.
    """
    from voicecoach.adapters.batch.folder_scan import find_items
    from voicecoach.adapters.batch.manifest import name_items
    from voicecoach.adapters.batch.result_files import ResultFiles
    from voicecoach.adapters.batch.result_tables import FileTables

    def find(paths: Sequence[Path], patterns: Sequence[str], skip: Path) -> Scan:
        scan = find_items(paths, patterns=patterns, skip=skip)
        _check_outputs(request, scan.items)
        return scan

    store = ResultFiles(request.out, ui=request.ui)
    return BatchSession(
        request,
        BatchParts(
            version=version("voicecoach"),
            library=wiring.prompt_library(request.prompts_folder),
            load_profile=wiring.profile,
            find_items=find,
            name_items=name_items,
            store=store,
            tables=FileTables(request.out, ui=request.ui),
            report=_Report(request),
            recogniser=partial(wiring.recogniser_identity, request.model),
            open_engine=partial(_engine, request, store.work / LOG),
        ),
    )


def _check_outputs(request: BatchRequest, items: Sequence[Item]) -> None:
    """Fail before the work when it would write over what it reads, or over what is none of its own.

    Raises UsageError.
    """
    from pathlib import Path

    from voicecoach.adapters.batch.result_files import JUDGED, WORK
    from voicecoach.adapters.batch.result_tables import PARQUET, RESULTS, SUMMARY, WORKBOOK
    from voicecoach.adapters.folders import is_folder
    from voicecoach.errors import UsageError
    from voicecoach.report.batch.html import PAGES, REPORT
    from voicecoach.wiring.outputs import Output, check_outputs

    out = request.out
    tables: tuple[tuple[str, Kind], ...] = (
        (RESULTS, "JSON"),
        (SUMMARY, "CSV"),
        (PARQUET, "Parquet"),
        (WORKBOOK, "XLSX"),
        (REPORT, "HTML"),
    )
    named = [item.path for item in items if item.path]
    given = [item.transcript for item in items if item.transcript]
    read = [*request.paths, *map(Path, dict.fromkeys((*named, *given)))]
    own = is_folder(out / WORK / JUDGED)
    outputs = [Output(out / name, kind) for name, kind in tables]
    check_outputs(outputs, inputs=read, own=own, makes_folder=True)
    folders = [Path(os.path.realpath(out / folder)) for folder in (WORK, PAGES)]
    for path in read:
        if any(map(Path(os.path.realpath(path)).is_relative_to, folders)):
            raise UsageError("output-is-input", path=path)


def _engine(request: BatchRequest, log: Path, size: CrewSize, *, preload: bool) -> BatchEngine:
    options = {"model": request.model, "threads": size.threads, "preload": preload}
    return wiring.batch_engine(
        request.engine,
        Setup(SCORER, options, threads=size.threads),
        workers=size.workers,
        address=request.address,
        file_timeout_s=request.file_timeout_s,
        log=log,
    )


class _Report:
    """Implements ``ports.batch.BatchReport``: the HTML report among private files."""

    def __init__(self, request: BatchRequest) -> None:
        self._request = request

    def there(self) -> bool:
        """As the port says."""
        from voicecoach.report.batch.html import REPORT

        return (self._request.out / REPORT).exists()

    def write(
        self,
        results: Iterable[Result],
        jobs: Sequence[Job],
        *,
        silences: Mapping[str, Sequence[Span]],
    ) -> None:
        """As the port says."""
        from pathlib import Path

        from voicecoach.adapters.batch.report_files import ReportFiles
        from voicecoach.report.batch.html import PAGES, BatchSound, write_batch_report

        request = self._request
        files = ReportFiles(request.out, pages=PAGES)
        write_batch_report(
            request.out,
            results,
            write=files.write,
            sound=BatchSound(request.sound, {job.key: Path(job.path) for job in jobs}, silences),
            prompts={job.prompt.id: job.prompt for job in jobs if job.prompt is not None},
            profiles={job.profile.name: job.profile for job in jobs},
            ui=request.ui,
        )
        files.sweep()


def to_compare(folder: Path, out: Path) -> Answers:
    """The batch in ``folder``, which is to be set beside that in ``out``, read before anything is done.

    Raises UsageError.
    """
    from voicecoach.adapters.batch.marks import read_results
    from voicecoach.adapters.batch.result_tables import RESULTS
    from voicecoach.app.batch.trend import answers_of
    from voicecoach.errors import UsageError
    from voicecoach.report.batch.trend import PAGE
    from voicecoach.wiring.outputs import Output, check_outputs

    results = folder / RESULTS
    if not results.is_file():
        raise UsageError("batch-compare-no-results", folder=folder, name=RESULTS)
    if os.path.realpath(folder) == os.path.realpath(out):
        raise UsageError("batch-compare-itself", folder=folder)
    check_outputs([Output(out / PAGE, "HTML")], makes_folder=True)
    return answers_of(read_results(results))


def compared(before: Answers, out: Path) -> Trend:
    """What changed from an earlier batch to the results in ``out``. Raises UsageError."""
    from voicecoach.adapters.batch.marks import read_results
    from voicecoach.adapters.batch.result_tables import RESULTS
    from voicecoach.app.batch.trend import answers_of, trend

    return trend(before, answers_of(read_results(out / RESULTS)))


def write_comparison(page: bytes, out: Path) -> Path:
    """Keep the page of a comparison beside the report. Raises StoreError, UsageError."""
    from voicecoach.report.batch.trend import PAGE
    from voicecoach.wiring import files

    files.write(out / PAGE, page, kind="HTML")
    return out / PAGE
