"""What a batch's report takes from each result: one row of its table, and the figures for its groups.

The results are looked at once, one by one, so that a thousand of them are never held together.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from voicecoach.model.assessment import judged
from voicecoach.model.result import FailedResult
from voicecoach.report.batch.words import batch_named
from voicecoach.report.phrases import printable
from voicecoach.words.catalogue import in_language, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.model.assessment import Assessment, Band, Coverage
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.result import Result
    from voicecoach.words.catalogue import Ui

Json = dict[str, Any]

TEXT_MOST: Final = 2_000
"""So many characters of a transcript can be searched in the table; it holds a thousand of them."""
FIELDS: Final = (
    "file", "speaker", "date", "prompt", "state", "total", "low", "high", "duration", "fatal", "red",
    "forbidden", "reasons", "points", "verdicts", "text", "page", "own",
)  # fmt: skip
"""The columns of a row for the page's script, in order."""
POINT_MARKS: Final = {"covered": "c", "maybe": "m", "not_heard": "n"}
VERDICT_MARKS: Final = {"green": "g", "amber": "a", "red": "r"}
NOTHING: Final = "-"
WORST: Final = {"scored": 0, "not_scored": 1, "failed": 2}
_BEYOND_TOTAL: Final = 101.0
IDENTITY_LENGTH: Final = 32
OWN_VALUES_MOST: Final = 50
"""An own column of more values than this groups nothing."""


@dataclass
class PointCount:
    """One rubric point over the answers in which it could be judged; ``earned`` are shares 0..1."""

    states: Counter[str] = field(default_factory=Counter)
    earned: list[float] = field(default_factory=list)


@dataclass
class ResultGroup:
    """The results of one speaker or prompt: how many, their totals 0..100, points heard and judged."""

    n: int = 0
    totals: list[float] = field(default_factory=list)
    hits: int = 0
    judged: int = 0


@dataclass
class Values:
    """The values of one measurement under one band; ``profiles`` are those that the band came from."""

    name: str
    unit: str
    band: Band | None
    profiles: dict[str, None] = field(default_factory=dict)
    values: list[float] = field(default_factory=list)
    verdicts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Trouble:
    """Why results have no score, or one figure less: ``kind`` is failed, not_scored or remark."""

    kind: str
    code: str
    reason: str
    remedy: str


class Gathered:
    """All rows and groups; ``prompts`` give the words for points."""

    def __init__(self, prompts: Mapping[str, Prompt], ui: Ui) -> None:
        self.ui: Ui = ui
        self.rows: list[Json] = []
        self.speakers: dict[str, ResultGroup] = {}
        self.prompts: dict[str, ResultGroup] = {}
        self.points: dict[str, dict[str, PointCount]] = {}
        self.values: dict[tuple[str, str, Band | None], Values] = {}
        self.missing: Counter[str] = Counter()
        self.metrics: dict[str, None] = {}
        self.troubles: Counter[Trouble] = Counter()
        self.numbers: dict[Trouble, int] = {}
        self.states: Counter[str] = Counter()
        self.sound_s = 0.0
        self.own: dict[str, str] = {}
        self.own_groups: dict[str, dict[str, ResultGroup]] = {}
        self._of: list[tuple[str, str, str]] = []
        self._asked = prompts

    @property
    def totals(self) -> list[float]:
        """Every total, 0..100."""
        return [row["total"] for row in self.rows if row["total"] is not None]

    def add(self, result: Result, page: str) -> None:
        """Take one result; ``page`` names what is loaded when it is opened, "" for none."""
        batch, state = result.batch, result.state
        speaker, prompt = batch.speaker or "", batch.prompt or ""
        self.states[state] += 1
        row: Json = dict.fromkeys(FIELDS)
        row |= {"file": printable(batch.file) or "?", "speaker": speaker, "date": batch.date or ""}
        row |= {"prompt": prompt, "state": state, "page": page, "points": {}, "verdicts": {}, "text": ""}
        row["own"] = {name: printable(value) for name, value in batch.carried.items() if value}
        for name in row["own"]:
            self.own.setdefault(name, printable(name))
        row |= {"fatal": [], "red": 0, "forbidden": 0, "reasons": []}
        groups = (
            self.speakers.setdefault(speaker, ResultGroup()),
            self.prompts.setdefault(prompt, ResultGroup()),
            *self._own_groups(row["own"]),
        )
        for group in groups:
            group.n += 1
        if isinstance(result, FailedResult):
            failure = result.failure
            self._trouble(row, "failed", failure.code, failure.message, failure.hint, batch.file)
        else:
            self._add_judged(row, result.assessment, groups)
        sha256 = "" if isinstance(result, FailedResult) else result.assessment.sha256
        self._of.append((row["file"], prompt, sha256))
        self.rows.append(row)

    def _own_groups(self, own: Mapping[str, str]) -> list[ResultGroup]:
        """The group of each own column's value; a column of many values is a name or a number: none."""
        groups = []
        for name, value in own.items():
            of_column = self.own_groups.setdefault(name, {})
            if value in of_column or len(of_column) <= OWN_VALUES_MOST:
                groups.append(of_column.setdefault(value, ResultGroup()))
        return groups

    def identity(self) -> str:
        """What tells these recordings and prompts from others, however they were judged."""
        return hashlib.sha256(repr(sorted(self._of)).encode()).hexdigest()[:IDENTITY_LENGTH]

    def _add_judged(self, row: Json, assessment: Assessment, groups: tuple[ResultGroup, ...]) -> None:
        self.sound_s += assessment.duration_s
        row["duration"] = round(assessment.duration_s, 1)
        row["total"] = assessment.total
        row["text"] = printable(assessment.transcript.text)[:TEXT_MOST]
        for refusal in assessment.refusals:
            kind = "not_scored" if refusal.blocks_score else "remark"
            remedy = in_language(refusal.remedy, self.ui)
            self._trouble(row, kind, refusal.code, in_language(refusal.reason, self.ui), remedy, "")
        row["fatal"] = [
            self._fatal_label(row["prompt"], score.name.partition(":")[2])
            for score in assessment.scores
            if score.is_fatal
        ]
        if assessment.total is not None:
            for group in groups:
                group.totals.append(assessment.total)
        self._add_measurements(row, assessment)
        if assessment.coverage is not None and row["state"] == "scored":
            # What cannot be scored is no miss of the speaker's: it counts in no rate.
            self._add_points(row, assessment, assessment.coverage, groups)

    def _add_measurements(self, row: Json, assessment: Assessment) -> None:
        for figure in assessment.measurements:
            name, unit = figure.name, figure.unit
            self.metrics.setdefault(name)
            if figure.value is None:
                self.missing[name] += 1
                continue
            band = assessment.bands.get(name)
            values = self.values.setdefault((name, unit, band), Values(name, unit, band))
            values.values.append(figure.value)
            values.profiles.setdefault(assessment.profile)
            verdict = judged(figure, band)
            if verdict is not None:
                values.verdicts[verdict] += 1
                row["verdicts"][name] = VERDICT_MARKS[verdict]
        row["red"] = sum(mark == "r" for mark in row["verdicts"].values())

    def _add_points(
        self, row: Json, assessment: Assessment, coverage: Coverage, groups: tuple[ResultGroup, ...]
    ) -> None:
        row["low"], row["high"] = coverage.low, coverage.high
        row["forbidden"] = sum(hit.stands for hit in coverage.language)
        scores = {score.name: score for score in assessment.scores}
        counts = self.points.setdefault(row["prompt"], {})
        for point in coverage.points:
            count = counts.setdefault(point.id, PointCount())
            count.states[point.state] += 1
            row["points"][point.id] = POINT_MARKS[point.state]
            score = scores.get(f"rubric:{point.id}")
            if score is not None and score.out_of > 0:
                count.earned.append(score.points / score.out_of)
            for group in groups:
                group.judged += 1
                group.hits += point.state == "covered"

    def _trouble(self, row: Json, kind: str, code: str, reason: str, remedy: str, file: str) -> None:
        """Note it in the row, and count it under words that do not name the file."""
        general = (text.replace(file, "…") if file else text for text in (reason, remedy))
        trouble = Trouble(kind, code, *map(printable, general))
        self.troubles[trouble] += 1
        number = self.numbers.setdefault(trouble, len(self.numbers))
        row["reasons"].append([batch_named(code, self.ui), printable(reason), printable(remedy), number])

    def _fatal_label(self, prompt_id: str, key: str) -> str:
        label = self.point_label(prompt_id, key)
        return batch_named(key, self.ui) if label == key else label

    def point_label(self, prompt_id: str, point_id: str) -> str:
        """What a point is called; its id where the prompt is not at hand."""
        asked = self._asked.get(prompt_id)
        for point in asked.points if asked else ():
            if point.id == point_id:
                return printable(in_language(point.label, self.ui, point_id))
        return point_id

    def prompt_label(self, prompt_id: str) -> str:
        """The question; the id where the prompt is not at hand, a word where there was none."""
        asked = self._asked.get(prompt_id)
        if asked is not None:
            return printable(in_language(asked.text, self.ui, prompt_id))
        return prompt_id or word("batch-no-prompt", self.ui)

    def table(self) -> Json:
        """The rows for the page's script, worst first: lists in the order of :data:`FIELDS`."""
        points = {prompt: list(counts) for prompt, counts in self.points.items()}
        metrics = list(self.metrics)
        rows = []
        for row in sorted(self.rows, key=_worst_first):
            packed = {
                **row,
                "points": "".join(
                    row["points"].get(point, NOTHING) for point in points.get(row["prompt"], ())
                ),
                "verdicts": "".join(row["verdicts"].get(name, NOTHING) for name in metrics),
                "own": [row["own"].get(name, "") for name in self.own],
            }
            rows.append([packed[name] for name in FIELDS])
        return {
            "fields": FIELDS,
            "points": points,
            "metrics": metrics,
            "own": list(self.own.values()),
            "rows": rows,
        }


def _worst_first(row: Json) -> tuple[int, bool, float, float, int, str]:
    """Fatal, then by total, coverage and figures to work on; without a score behind, failures last."""
    total = _BEYOND_TOTAL if row["total"] is None else row["total"]
    low = 1.0 if row["low"] is None else row["low"]
    return WORST[row["state"]], not row["fatal"], total, low, -row["red"], row["file"]
