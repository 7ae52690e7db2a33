"""The tables of a batch: ``results.jsonl``, ``summary.csv`` and ``results.parquet``, one row an item.

All are written from the same lines in the same order, each whole or not at all. Their columns are those of
``docs/batch.md``. The CSV is for spreadsheets (:mod:`.spreadsheet`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from voicecoach.adapters.batch.spreadsheet import safe, written
from voicecoach.adapters.folders import cause_of, replacing
from voicecoach.app.batch.results import FAILURE_SCHEMA, state_of
from voicecoach.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

RESULTS: Final = "results.jsonl"
SUMMARY: Final = "summary.csv"
PARQUET: Final = "results.parquet"
TABLES: Final = (RESULTS, SUMMARY, PARQUET)

Row = dict[str, Any]

TEXTS: Final = ("file", "speaker", "date", "prompt", "rubric_version", "profile", "language")
STATE: Final = ("state", "code", "reason", "remedy")
FIGURES: Final = ("channel", "duration_s", "total", "coverage_low", "coverage_high", "order_ok")
LISTS: Final = (
    "points_covered", "points_maybe", "points_not_heard", "fatal", "forbidden", "red", "amber", "refusals",
)  # fmt: skip
ENDS: Final = ("advice", "sha256", "key")
CARRIED: Final = "carried."


class ResultTables:
    """Implements ``ports.batch.ResultTables`` in the folder ``out``."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._rows: list[Row] = []
        self._measurements: dict[str, None] = {}
        self._carried: dict[str, None] = {}

    def written(
        self,
        lines: Iterable[Mapping[str, Any]],
        *,
        shown: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict,
    ) -> Iterator[Mapping[str, Any]]:
        """As the port says."""
        self._rows, self._measurements, self._carried = [], {}, {}
        with replacing(self._out / RESULTS) as file:
            for line in lines:
                file.write((json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n").encode())
                self._take(shown(line))
                yield line
        with replacing(self._out / SUMMARY) as file:
            self._write_csv(file)
        with replacing(self._out / PARQUET) as file:
            self._write_parquet(file)

    def documents(self) -> Iterator[dict[str, Any]]:
        """As the port says."""
        for line in self._lines():
            yield json.loads(line)

    def failures(self) -> Iterator[dict[str, Any]]:
        """As the port says."""
        for line in self._lines():
            if FAILURE_SCHEMA in line[:100]:  # the schema stands first: other lines need not be read
                yield json.loads(line)

    def _lines(self) -> Iterator[str]:
        try:
            with (self._out / RESULTS).open(encoding="utf-8") as file:
                yield from file
        except OSError as exc:
            raise StoreError("results-gone", path=self._out / RESULTS, cause=cause_of(exc)) from exc

    def _take(self, line: Mapping[str, Any]) -> None:
        row = row_of(line)
        self._carried |= dict.fromkeys(row["carried"])
        self._measurements |= dict.fromkeys(row["measurements"])
        self._rows.append(row)

    def _write_csv(self, target: BinaryIO) -> None:
        carried, measurements = sorted(self._carried), list(self._measurements)
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
        for name in sorted(self._carried):
            types[CARRIED + name] = pa.string()
            columns[CARRIED + name] = [row["carried"].get(name) for row in self._rows]
        pq.write_table(pa.table(columns, schema=pa.schema(list(types.items()))), target)


def row_of(line: Mapping[str, Any]) -> Row:
    """One row by column name; ``measurements`` and ``carried`` are mappings of their own."""
    batch = line["batch"]
    row: Row = dict.fromkeys((*TEXTS, *STATE, *FIGURES, *ENDS, "transcript"))
    row |= {name: [] for name in (*LISTS, "points")}
    row |= {name: batch[name] for name in ("file", "speaker", "date", "prompt", "channel", "key")}
    row |= {"state": state_of(line), "carried": batch["carried"], "measurements": {}}
    if line["schema"] == FAILURE_SCHEMA:
        error = line["error"]
        return row | {"code": error["code"], "reason": error["message"], "remedy": error["hint"]}
    blocking = next((refusal for refusal in line["refusals"] if refusal["blocks_score"]), None)
    if blocking is not None:
        row |= {"code": blocking["code"], "reason": blocking["reason"], "remedy": blocking["remedy"]}
    return row | dict(_judged(line))


def _judged(line: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "language", line["language"]
    yield "profile", line["profile"]
    yield "duration_s", line["recording"]["duration_s"]
    yield "sha256", line["recording"]["sha256"]
    yield "transcript", line["transcript"]["text"]
    yield "total", line["total"]
    yield "fatal", [s["name"].partition(":")[2] for s in line["scores"] if s["name"].startswith("fatal:")]
    yield "advice", line["advice"][0]["text"] if line["advice"] else None
    yield "refusals", [refusal["code"] for refusal in line["refusals"]]
    yield "measurements", {name: figure["value"] for name, figure in line["measurements"].items()}
    for verdict in ("red", "amber"):
        yield verdict, [name for name, figure in line["measurements"].items() if figure["verdict"] == verdict]
    rubric = line["rubric"]
    if rubric is not None:
        yield "rubric_version", rubric["version"]
        yield "coverage_low", rubric["coverage"][0]
        yield "coverage_high", rubric["coverage"][1]
        yield "order_ok", rubric["order_ok"]
        yield "forbidden", [hit["code"] for hit in rubric["language"] if hit["certain"]]
        yield "points", [{key: point[key] for key in ("id", "state", "score")} for point in rubric["points"]]
        for state in ("covered", "maybe", "not_heard"):
            yield f"points_{state}", [point["id"] for point in rubric["points"] if point["state"] == state]


def _cell(value: object) -> object:
    """How a value stands in the CSV: lists parted by spaces, true and false as 1 and 0, texts made safe."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list):
        return safe(_joined(value))
    return safe(value) if isinstance(value, str) else value


def _joined(values: Sequence[str]) -> str:
    return " ".join(values)
