"""Two batches side by side: what changed by prompt, group, rubric point and recording, and how surely.

===================  ==============================================================================
mean difference      mean(now) - mean(before); 95 % interval of Welch's t (1947), unequal variances
paired difference    mean of the differences of recordings that stand in both; 95 % interval of t
share difference     share(now) - share(before); 95 % hybrid score interval (Newcombe, 1998)
===================  ==============================================================================

Known failure: answers are taken as independent; several of one speaker are not, so that intervals are rather
too narrow. Groups are told over the prompts that can be compared; where their mix differs between the
batches, the prompts' own figures say more.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from voicecoach.metrics.comparison.statistics import LEVEL, wilson
from voicecoach.model.result import JudgedResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from voicecoach.model.assessment import Assessment
    from voicecoach.model.result import Result

GROUPS_MOST: Final = 50
"""A column with more values than this is a name or a number, and groups nothing."""
SPEAKER: Final = ""
"""The column of a group by speaker: no own column is called so."""
FEWEST: Final = 2
"""So many totals on either side make an interval."""
HIT: Final = "covered"

Interval = tuple[float, float]
Same = Literal["recording", "name"]
Key = tuple[str, str]
What = Literal["rubric", "recogniser", "profile", "language"]


@dataclass(frozen=True, slots=True)
class Change:
    """Totals or shares before and now: how many, means, the difference with interval; None where too few."""

    n_before: int
    n_now: int
    before: float | None
    now: float | None
    difference: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """What two results of a prompt were judged by, where it differs."""

    what: What
    before: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PromptTrend:
    """One prompt; with ``doubts`` its totals cannot be compared, and no difference is told."""

    prompt: str
    change: Change
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class GroupTrend:
    """One value of a column, over the prompts that can be compared."""

    column: str
    value: str
    change: Change


@dataclass(frozen=True, slots=True)
class PointTrend:
    """How often one rubric point was heard, as shares 0..1."""

    prompt: str
    point: str
    change: Change


@dataclass(frozen=True, slots=True)
class FileTrend:
    """One recording (``same`` digest) or file name that stands in both, under one prompt."""

    file: str
    file_before: str
    prompt: str
    same: Same
    before: float | None
    now: float | None
    gained: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def difference(self) -> float:
        """Now less before, 0 where either has no total."""
        return 0.0 if self.before is None or self.now is None else self.now - self.before


@dataclass(frozen=True, slots=True)
class Trend:
    """All of it; ``n_files`` and ``n_scored`` are (before, now), ``paired`` is over the files in both."""

    n_files: tuple[int, int]
    n_scored: tuple[int, int]
    overall: Change
    paired: Change
    prompts: tuple[PromptTrend, ...]
    groups: tuple[GroupTrend, ...]
    points: tuple[PointTrend, ...]
    files: tuple[FileTrend, ...]
    only_before: tuple[str, ...]
    only_now: tuple[str, ...]


@dataclass
class _Answer:
    """What a comparison needs of one result."""

    file: str
    sha256: str
    prompt: str
    total: float | None
    points: Mapping[str, str]
    judged_by: Mapping[What, str]
    groups: Mapping[str, str]


@dataclass
class Answers:
    """One batch as a comparison needs it; ``n`` counts all its results, :func:`answers_of` makes it."""

    answers: list[_Answer] = field(default_factory=list)
    n: int = 0

    def totals(self, prompts: Sequence[str]) -> NDArray[Any]:
        """Every total under one of these prompts."""
        return np.array([a.total for a in self.answers if a.total is not None and a.prompt in set(prompts)])


def trend(old: Answers, new: Answers) -> Trend:
    """What changed from one batch to the other."""
    in_both = [prompt for prompt in _prompts(old) if prompt in set(_prompts(new))]
    doubts = {prompt: _doubts(prompt, old, new) for prompt in in_both}
    fit = [prompt for prompt in in_both if not doubts[prompt]]
    files, only_before, only_now = _files(old, new)
    return Trend(
        n_files=(old.n, new.n),
        n_scored=(_n_scored(old), _n_scored(new)),
        overall=_change(old.totals(fit), new.totals(fit)),
        paired=_paired([file for file in files if file.prompt in fit]),
        prompts=tuple(
            PromptTrend(
                prompt,
                _change(old.totals([prompt]), new.totals([prompt]), told=not doubts.get(prompt)),
                doubts.get(prompt, ()),
            )
            for prompt in dict.fromkeys((*_prompts(old), *_prompts(new)))
        ),
        groups=tuple(_groups(old, new, fit)),
        points=tuple(point for prompt in fit for point in _points(prompt, old, new)),
        files=files,
        only_before=only_before,
        only_now=only_now,
    )


def answers_of(results: Iterable[Result]) -> Answers:
    """What a comparison needs of these results, gone through once."""
    batch = Answers()
    for result in results:
        batch.n += 1
        if not isinstance(result, JudgedResult):
            continue
        assessment, facts = result.assessment, result.batch
        points = {} if assessment.coverage is None else {p.id: p.state for p in assessment.coverage.points}
        batch.answers.append(
            _Answer(
                file=result.file,
                sha256=assessment.sha256,
                prompt=result.prompt_id,
                total=assessment.total,
                points=points if result.state == "scored" else {},
                judged_by=_judged_by(assessment),
                groups={**facts.carried, SPEAKER: facts.speaker or ""},
            )
        )
    return batch


def _judged_by(assessment: Assessment) -> dict[What, str]:
    heard = assessment.transcript.provenance
    recipe = heard.options.get("recipe", "")
    parts = (heard.engine, heard.version, heard.model, heard.model_sha256[:12], str(recipe))
    return {
        "rubric": assessment.rubric_version,
        "recogniser": " ".join(filter(None, parts)),
        "profile": assessment.profile,
        "language": assessment.language,
    }


def _prompts(batch: Answers) -> tuple[str, ...]:
    return tuple(dict.fromkeys(answer.prompt for answer in batch.answers if answer.prompt))


def _n_scored(batch: Answers) -> int:
    return sum(answer.total is not None for answer in batch.answers)


def _doubts(prompt: str, old: Answers, new: Answers) -> tuple[Doubt, ...]:
    doubts = []
    kinds: tuple[What, ...] = ("rubric", "recogniser", "profile", "language")
    for what in kinds:
        before, now = (
            tuple(sorted({answer.judged_by[what] for answer in batch.answers if answer.prompt == prompt}))
            for batch in (old, new)
        )
        if before != now:
            doubts.append(Doubt(what, before, now))
    return tuple(doubts)


def _mean(values: NDArray[Any]) -> float | None:
    return float(values.mean()) if len(values) else None


def _change(before: NDArray[Any], now: NDArray[Any], *, told: bool = True) -> Change:
    means = _mean(before), _mean(now)
    difference = None
    if told and means[0] is not None and means[1] is not None:
        difference = means[1] - means[0]
    interval = None if difference is None else _welch(before, now, difference)
    return Change(len(before), len(now), *means, difference, interval)


def _welch(before: NDArray[Any], now: NDArray[Any], difference: float) -> Interval | None:
    if min(len(before), len(now)) < FEWEST:
        return None
    parts = [float(values.var(ddof=1)) / len(values) for values in (before, now)]
    variance = sum(parts)
    if variance <= 0.0:
        return None
    degrees = variance**2 / sum(
        part**2 / (len(values) - 1) for part, values in zip(parts, (before, now), strict=True)
    )
    return _around(difference, math.sqrt(variance), degrees)


def _around(middle: float, error: float, degrees: float) -> Interval:
    from scipy.stats import t

    half = float(t.ppf(0.5 + LEVEL / 2, degrees)) * error
    return middle - half, middle + half


def _paired(files: Sequence[FileTrend]) -> Change:
    both = [(file.before, file.now) for file in files if file.before is not None and file.now is not None]
    before, now = np.array(both, dtype=np.float64).reshape(-1, 2).T
    change = now - before
    interval = None
    if len(both) >= FEWEST and change.std() > 0.0:
        error = float(change.std(ddof=1)) / math.sqrt(len(both))
        interval = _around(float(change.mean()), error, len(both) - 1)
    return Change(len(both), len(both), _mean(before), _mean(now), _mean(change), interval)


def _groups(old: Answers, new: Answers, prompts: Sequence[str]) -> Iterable[GroupTrend]:
    """Every value of a column that stands in both, by own column and by speaker."""
    columns = dict.fromkeys(name for batch in (old, new) for a in batch.answers for name in a.groups)
    for column in columns:
        values = [
            dict.fromkeys(answer.groups.get(column, "") for answer in batch.answers) for batch in (old, new)
        ]
        shared = [value for value in values[0] if value and value in values[1]]
        if column != SPEAKER and max(map(len, values)) > GROUPS_MOST:
            continue
        by_value = _by_value(old, prompts, column), _by_value(new, prompts, column)
        for value in shared:
            change = _change(*(np.array(batch.get(value, []), dtype=np.float64) for batch in by_value))
            if change.difference is not None:
                yield GroupTrend(column, value, change)


def _by_value(batch: Answers, prompts: Sequence[str], column: str) -> dict[str, list[float]]:
    kept = set(prompts)
    totals: dict[str, list[float]] = defaultdict(list)
    for answer in batch.answers:
        if answer.total is not None and answer.prompt in kept:
            totals[answer.groups.get(column, "")].append(answer.total)
    return totals


def _points(prompt: str, old: Answers, new: Answers) -> Iterable[PointTrend]:
    hits: list[dict[str, int]] = [defaultdict(int), defaultdict(int)]
    n: list[dict[str, int]] = [defaultdict(int), defaultdict(int)]
    for side, batch in enumerate((old, new)):
        for answer in batch.answers:
            if answer.prompt == prompt:
                for point, state in answer.points.items():
                    n[side][point] += 1
                    hits[side][point] += state == HIT
    for point in dict.fromkeys((*n[0], *n[1])):
        sides = [(hits[side][point], n[side][point]) for side in (0, 1)]
        before, now = (hit / of if of else None for hit, of in sides)
        difference, interval = _share_difference(sides[0], sides[1])
        change = Change(sides[0][1], sides[1][1], before, now, difference, interval)
        yield PointTrend(prompt, point, change)


def _share_difference(before: tuple[int, int], now: tuple[int, int]) -> tuple[float | None, Interval | None]:
    """Share now less share before, of (hits, n), with its interval."""
    if not before[1] or not now[1]:
        return None, None
    first, second = before[0] / before[1], now[0] / now[1]
    (low_first, high_first), (low_second, high_second) = wilson(*before), wilson(*now)
    difference = second - first
    return difference, (
        difference - math.hypot(second - low_second, high_first - first),
        difference + math.hypot(high_second - second, first - low_first),
    )


def _files(old: Answers, new: Answers) -> tuple[tuple[FileTrend, ...], tuple[str, ...], tuple[str, ...]]:
    """The answers of both, the largest change first, and the files of only one.

    The same recording first, then the same name with its folder, then the name alone where there is just one.
    """
    ways: tuple[tuple[Callable[[_Answer], Key], Same, bool], ...] = (
        (lambda answer: (answer.sha256, answer.prompt), "recording", False),
        (lambda answer: (answer.file.casefold(), answer.prompt), "name", False),
        (lambda answer: (PurePosixPath(answer.file).name.casefold(), answer.prompt), "name", True),
    )
    files: list[FileTrend] = []
    left_old, left_new = list(old.answers), list(new.answers)
    for key, same, alone in ways:
        waiting, coming = _by_key(left_old, key), _by_key(left_new, key)
        for name in list(coming):
            if name not in waiting or (alone and (len(waiting[name]), len(coming[name])) != (1, 1)):
                continue
            n = min(len(waiting[name]), len(coming[name]))
            files += [_file(*pair, same) for pair in zip(waiting[name][:n], coming[name][:n], strict=True)]
            waiting[name], coming[name] = waiting[name][n:], coming[name][n:]
        left_old = [answer for answers in waiting.values() for answer in answers]
        left_new = [answer for answers in coming.values() for answer in answers]
    files.sort(key=lambda file: (-abs(file.difference), file.file))
    return tuple(files), tuple(answer.file for answer in left_old), tuple(answer.file for answer in left_new)


def _by_key(answers: Sequence[_Answer], key: Callable[[_Answer], Key]) -> dict[Key, list[_Answer]]:
    by_key: dict[Key, list[_Answer]] = defaultdict(list)
    for answer in answers:
        by_key[key(answer)].append(answer)
    return by_key


def _file(before: _Answer, now: _Answer, same: Same) -> FileTrend:
    changed = [point for point, state in now.points.items() if before.points.get(point, state) != state]
    ranks = {"not_heard": 0, "maybe": 1, HIT: 2}
    gained = [point for point in changed if ranks[now.points[point]] > ranks[before.points[point]]]
    return FileTrend(
        file=now.file,
        file_before=before.file,
        prompt=now.prompt,
        same=same,
        before=before.total,
        now=now.total,
        gained=tuple(gained),
        lost=tuple(point for point in changed if point not in gained),
    )
