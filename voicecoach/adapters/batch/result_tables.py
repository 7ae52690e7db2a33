"""The tables of a batch: ``results.jsonl``, ``summary.csv``, ``.xlsx`` and ``results.parquet``.

All are written from the same lines in the same order, each whole or not at all. Their columns are those of
``docs/batch.md``. The CSV is for spreadsheets (:mod:`.spreadsheet`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from voicecoach.adapters.batch.spreadsheet import safe, written
from voicecoach.adapters.batch.summary_workbook import workbook_bytes
from voicecoach.adapters.folders import cause_of, replacing
from voicecoach.documents.failure import SCHEMA as FAILURE_SCHEMA
from voicecoach.documents.failure import decode_failed
from voicecoach.documents.result import decode_result, encode_result
from voicecoach.errors import StoreError
from voicecoach.model.result import FailedResult
from voicecoach.words.catalogue import DEFAULT_UI, in_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from voicecoach.model.assessment import Assessment
    from voicecoach.model.result import Result
    from voicecoach.words.catalogue import Ui

RESULTS: Final = "results.jsonl"
SUMMARY: Final = "summary.csv"
PARQUET: Final = "results.parquet"
WORKBOOK: Final = "summary.xlsx"
TABLES: Final = (RESULTS, SUMMARY, PARQUET, WORKBOOK)

Row = dict[str, Any]

TEXTS: Final = ("file", "speaker", "date", "prompt", "rubric_version", "profile", "language")
STATE: Final = ("state", "code", "reason", "remedy")
FIGURES: Final = ("channel", "duration_s", "total", "coverage_low", "coverage_high", "order_ok")
LISTS: Final = (
    "points_covered", "points_maybe", "points_not_heard", "fatal", "forbidden", "red", "amber", "refusals",
)  # fmt: skip
ENDS: Final = ("advice", "sha256", "key")
CARRIED: Final = "carried."


class FileTables:
    """Implements ``ports.batch.ResultTables`` in the folder ``out``, sentences in the language ``ui``."""

    def __init__(self, out: Path, *, ui: Ui = DEFAULT_UI) -> None:
        self._out, self._ui = out, ui
        self._rows: list[Row] = []
        self._measurements: dict[str, None] = {}
        self._carried: dict[str, None] = {}

    def written(
        self,
        results: Iterable[Result],
        *,
        shown: Callable[[Result], Result] = lambda result: result,
    ) -> Iterator[Result]:
        """As the port says."""
        self._rows, self._measurements, self._carried = [], {}, {}
        with replacing(self._out / RESULTS) as file:
            for result in results:
                line = encode_result(result, ui=self._ui)
                file.write((json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n").encode())
                self._take(shown(result))
                yield result
        with replacing(self._out / SUMMARY) as file:
            self._write_csv(file)
        with replacing(self._out / PARQUET) as file:
            self._write_parquet(file)
        with replacing(self._out / WORKBOOK) as file:
            names = [*TEXTS, *STATE, *FIGURES, *LISTS, *ENDS]
            carried = list(self._carried)
            file.write(workbook_bytes(self._rows, names, self._measurements, carried, ui=self._ui))

    def results(self) -> Iterator[Result]:
        """As the port says."""
        for line in self._lines():
            yield decode_result(json.loads(line))

    def failures(self) -> Iterator[FailedResult]:
        """As the port says."""
        for line in self._lines():
            if FAILURE_SCHEMA in line[:100]:  # the schema stands first: other lines need not be read
                yield decode_failed(json.loads(line))

    def _lines(self) -> Iterator[str]:
        try:
            with (self._out / RESULTS).open(encoding="utf-8") as file:
                yield from file
        except OSError as exc:
            raise StoreError("results-gone", path=self._out / RESULTS, cause=cause_of(exc)) from exc

    def _take(self, result: Result) -> None:
        row = row_of(result, self._ui)
        self._carried |= dict.fromkeys(row["carried"])
        self._measurements |= dict.fromkeys(row["measurements"])
        self._rows.append(row)

    def _write_csv(self, target: BinaryIO) -> None:
        carried, measurements = list(self._carried), list(self._measurements)
        names = [*TEXTS, *STATE, *FIGURES, *LISTS, *measurements, *ENDS]
        table: list[list[object]] = [[*names, *(safe(CARRIED + name) for name in carried)]]
        for row in self._rows:
            cells = {**row, **row["measurements"]}
            table.append(
                [_cell(cells.get(name)) for name in names]
                + [_cell(row["carried"].get(name)) for name in carried]
            )
        target.write(written(table))

    def _write_parquet(self, target: BinaryIO) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        point = pa.struct([("id", pa.string()), ("state", pa.string()), ("score", pa.float64())])
        types: dict[str, Any] = {name: pa.string() for name in (*TEXTS, *STATE)}
        types |= {"channel": pa.int64()} | {name: pa.float64() for name in FIGURES[1:5]}
        types |= {"order_ok": pa.bool_()} | {name: pa.list_(pa.string()) for name in LISTS}
        types |= {name: pa.string() for name in (*ENDS, "transcript")} | {"points": pa.list_(point)}
        columns = {name: [row[name] for row in self._rows] for name in types}
        for name in self._measurements:
            types[name] = pa.float64()
            columns[name] = [row["measurements"].get(name) for row in self._rows]
        for name in self._carried:
            types[CARRIED + name] = pa.string()
            columns[CARRIED + name] = [row["carried"].get(name) for row in self._rows]
        pq.write_table(pa.table(columns, schema=pa.schema(list(types.items()))), target)


def row_of(result: Result, ui: Ui) -> Row:
    """One row by column name; ``measurements`` and ``carried`` are mappings of their own."""
    batch = result.batch
    row: Row = dict.fromkeys((*TEXTS, *STATE, *FIGURES, *ENDS, "transcript"))
    row |= {name: [] for name in (*LISTS, "points")}
    row |= {name: getattr(batch, name) for name in ("file", "speaker", "date", "prompt", "channel", "key")}
    row |= {"state": result.state, "carried": batch.carried, "measurements": {}}
    if isinstance(result, FailedResult):
        failure = result.failure
        return row | {"code": failure.code, "reason": failure.message, "remedy": failure.hint}
    assessment = result.assessment
    blocking = next((refusal for refusal in assessment.refusals if refusal.blocks_score), None)
    if blocking is not None:
        row["code"] = blocking.code
        row |= {"reason": in_language(blocking.reason, ui), "remedy": in_language(blocking.remedy, ui)}
    return row | dict(_judged(assessment, ui)) | dict(_covered(assessment))


def _judged(assessment: Assessment, ui: Ui) -> Iterator[tuple[str, object]]:
    yield "language", assessment.language
    yield "profile", assessment.profile
    yield "duration_s", assessment.duration_s
    yield "sha256", assessment.sha256
    yield "transcript", assessment.transcript.text
    yield "total", assessment.total
    yield "fatal", [s.name.partition(":")[2] for s in assessment.scores if s.is_fatal]
    yield "advice", in_language(assessment.advice[0].text, ui) if assessment.advice else None
    yield "refusals", [refusal.code for refusal in assessment.refusals]
    yield "measurements", {figure.name: figure.value for figure in assessment.measurements}
    for verdict in ("red", "amber"):
        figures = [figure.name for figure in assessment.measurements if assessment.verdict(figure) == verdict]
        yield verdict, figures


def _covered(assessment: Assessment) -> Iterator[tuple[str, object]]:
    coverage = assessment.coverage
    if coverage is None:
        return
    yield "rubric_version", assessment.rubric_version
    yield "coverage_low", coverage.low
    yield "coverage_high", coverage.high
    yield "order_ok", coverage.order_ok
    yield "forbidden", [hit.code for hit in coverage.language if hit.stands]
    yield (
        "points",
        [{"id": point.id, "state": point.state, "score": point.score} for point in coverage.points],
    )
    for state in ("covered", "maybe", "not_heard"):
        yield f"points_{state}", [point.id for point in coverage.points if point.state == state]


def _cell(value: object) -> object:
    """How a value stands in the CSV: lists parted by spaces, true and false as 1 and 0, texts made safe."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list):
        return safe(_joined(value))
    return safe(value) if isinstance(value, str) else value


def _joined(values: Sequence[str]) -> str:
    return " ".join(values)
