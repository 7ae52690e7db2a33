"""The progress as one HTML page, and two takes side by side as another: no script, no network, no sound.

Everything that was said or comes from a prompt file is escaped by the template; a content security policy
allows the one style sheet of the page, by its digest, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from voicecoach.report import names
from voicecoach.report.figures import VERDICT_MARKS
from voicecoach.report.one.view_values import STATE_MARKS
from voicecoach.report.page import html_page
from voicecoach.report.phrases import named, printable, reader_language
from voicecoach.report.takes import charts
from voicecoach.report.takes.compare_text import doubt_text, label, row, shown
from voicecoach.report.takes.export import coverage, local_time
from voicecoach.words.catalogue import DEFAULT_UI, in_language, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voicecoach.app.takes.progress import HitRate, LearningProgress, PromptProgress
    from voicecoach.app.takes.review import Difference, Opened
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.take import FigureRow, TakeSummary
    from voicecoach.words.catalogue import Ui

OPEN_PROMPTS: Final = 3
"""So many prompts, those practised most, are unfolded."""
_S_PER_MIN: Final = 60
BAR_WIDTH: Final = 200
STYLE: Final = ("report.css", "progress.css")


@dataclass(frozen=True, slots=True)
class RateView:
    """A hit rate in words, with the geometry of its bar (0..200)."""

    label: str
    count: str
    rate: str
    interval: str
    at: float
    low: float
    width: float


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of best against last; the kinds are verdicts or states for colour."""

    label: str
    best: str
    last: str
    best_kind: str
    last_kind: str


@dataclass(frozen=True, slots=True)
class PromptView:
    """One prompt's part of the page."""

    id: str
    text: str
    count: str
    left_out: str
    rates: tuple[RateView, ...]
    best: str
    last: str
    pairs: tuple[Pair, ...]


def progress_bytes(history: LearningProgress, *, ui: Ui = DEFAULT_UI, with_score: bool = True) -> bytes:
    """The page of the whole progress, UTF-8. ``with_score`` False: no totals, no coverage, no verdicts."""
    reader = reader_language(ui)
    minutes = sum(take.duration_s for take in history.takes) / _S_PER_MIN
    trends = [trend for trend in history.trends if with_score or trend.name not in charts.TITLES]
    weakest = history.weakest
    return html_page(
        "progress.html.jinja",
        reader,
        {
            "facts": [
                word("takes-n-takes", reader, n=len(history.takes)),
                " – ".join(dict.fromkeys(local_time(take.recorded_at)[:10] for take in _ends(history.takes))),
                word("takes-minutes", reader, n=f"{minutes:.0f}"),
            ],
            "weakest": None if weakest is None else _weakest(weakest.rate, reader),
            "drills": [] if weakest is None else [_drill(prompt, reader) for prompt in weakest.drills],
            "charts": [charts.chart(trend, reader, gentle=not with_score) for trend in trends],
            "plot": charts,
            "prompts": [
                _prompt(history, prompt, reader, with_score=with_score) for prompt in history.prompts
            ],
            "open_prompts": OPEN_PROMPTS,
            "bar_width": BAR_WIDTH,
        },
        style=STYLE,
    )


def compare_bytes(
    left: Opened,
    right: Opened,
    differences: Sequence[Difference],
    doubts: Sequence[str],
    *,
    ui: Ui = DEFAULT_UI,
    with_score: bool = True,
) -> bytes:
    """The page of two takes side by side, UTF-8."""
    reader = reader_language(ui)
    rows = []
    for difference in shown(differences, with_score=with_score):
        name, first, second, change, better = row(difference, right.prompt, reader)
        kinds = (difference.left.verdict or "", difference.right.verdict or "")
        rows.append((name, first, second, change, better, *kinds))
    return html_page(
        "compare.html.jinja",
        reader,
        {
            "heads": [_head(opened) for opened in (left, right)],
            "doubts": [doubt_text(doubt, reader) for doubt in doubts],
            "rows": rows,
        },
        style=STYLE,
    )


def _ends(takes: Sequence[TakeSummary]) -> tuple[TakeSummary, ...]:
    return (takes[0], takes[-1]) if takes else ()


def _weakest(rate: HitRate, ui: Ui) -> tuple[str, str]:
    said = word(
        "takes-weakest-rate",
        ui,
        n=rate.n,
        covered=rate.covered,
        rate=f"{rate.rate:.0%}",
        low=f"{rate.low:.0%}",
        high=f"{rate.high:.0%}",
    )
    return _label(rate, ui), said


def _drill(prompt: Prompt, ui: Ui) -> tuple[str, str]:
    return prompt.id, printable(in_language(prompt.text, ui, prompt.id))


def _label(rate: HitRate, ui: Ui) -> str:
    return printable(in_language(rate.label, ui, rate.point_id))


def _prompt(history: LearningProgress, prompt: PromptProgress, ui: Ui, *, with_score: bool) -> PromptView:
    best, last = prompt.best, prompt.last
    twice = with_score and best is not None and last is not None and best.id != last.id
    alone = with_score and best is not None and best == last and prompt.n_takes > 1
    return PromptView(
        prompt.prompt_id,
        printable(prompt.text) or prompt.prompt_id,
        word("takes-n-takes", ui, n=prompt.n_takes),
        word("takes-left-out", ui, n=prompt.n_left_out) if prompt.n_left_out else "",
        tuple(_rate(rate, ui) for rate in prompt.rates),
        _take_line("takes-best", best, ui) if twice and best else (word("takes-same", ui) if alone else ""),
        _take_line("takes-last", last, ui) if twice and last else "",
        tuple(_pairs(history, prompt, best, last, ui)) if twice and best and last else (),
    )


def _rate(rate: HitRate, ui: Ui) -> RateView:
    return RateView(
        _label(rate, ui),
        f"{rate.covered} / {rate.n}",
        f"{rate.rate:.0%}",
        f"{rate.low:.0%}–{rate.high:.0%}",
        round(rate.rate * BAR_WIDTH, 1),
        round(rate.low * BAR_WIDTH, 1),
        round((rate.high - rate.low) * BAR_WIDTH, 1),
    )


def _take_line(code: str, take: TakeSummary, ui: Ui) -> str:
    return f"{word(code, ui)} · {local_time(take.recorded_at)} · {take.id}"


def _pairs(
    history: LearningProgress, prompt: PromptProgress, best: TakeSummary, last: TakeSummary, ui: Ui
) -> list[Pair]:
    totals = [f"{take.total:.0f}" if take.total is not None else "—" for take in (best, last)]
    shares = [coverage(take.coverage_low, take.coverage_high) or "—" for take in (best, last)]
    pairs = [
        Pair(charts.title("total", ui), totals[0], totals[1], "", ""),
        Pair(charts.title("coverage", ui), shares[0], shares[1], "", ""),
    ]
    labels = {rate.point_id: _label(rate, ui) for rate in prompt.rates}
    states = [history.states.get(take.id, {}) for take in (best, last)]
    for point_id in dict.fromkeys([*states[0], *states[1]]):
        first, second = (side.get(point_id, "") for side in states)
        pairs.append(
            Pair(labels.get(point_id, point_id), _state(first, ui), _state(second, ui), first, second)
        )
    figures = [history.figures.get(take.id, {}) for take in (best, last)]
    for name in dict.fromkeys([*figures[0], *figures[1]]):
        rows = [side.get(name) for side in figures]
        kinds = [(measured.verdict or "") if measured is not None else "" for measured in rows]
        if any(kinds):
            amounts = [_figure(measured, ui) for measured in rows]
            pairs.append(Pair(label(name, None, ui), amounts[0], amounts[1], kinds[0], kinds[1]))
    return pairs


def _state(state: str, ui: Ui) -> str:
    return f"{STATE_MARKS[state]} {named(state, ui)}" if state in STATE_MARKS else "—"


def _figure(figure: FigureRow | None, ui: Ui) -> str:
    if figure is None or figure.value is None:
        return "—"
    if names.is_unproven(figure.name, figure.value):
        return word("report-none-heard", ui)
    mark = VERDICT_MARKS.get(figure.verdict or "", "")
    amount = f"{names.figure(figure.name, figure.value)} {names.unit(figure.name, figure.unit, ui)}".strip()
    return f"{amount} {mark}".strip()


def _head(opened: Opened) -> Mapping[str, str]:
    take = opened.take
    return {
        "id": take.id,
        "when": local_time(take.recorded_at),
        "prompt": printable(take.prompt_text or take.prompt_id),
        "text": printable(take.text),
    }
