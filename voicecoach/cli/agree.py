"""``voicecoach agree``: the program's verdicts beside a person's marks, and sheets for blind marking."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from voicecoach.cli.options import prompts_option, ui_option
from voicecoach.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.app.agreement.agree import Agreement, Figure, ItemAgreement

SCHEMA: Final = "voicecoach.agreement/1"
FILES_SHOWN: Final = 5
COLUMNS: Final = {
    "exact": ("一致率", "exact"),
    "kappa": ("kappa", "kappa"),
    "kappa_quadratic": ("二次加权kappa", "kappa²"),
    "mae": ("MAE", "MAE"),
    "pearson": ("Pearson", "Pearson"),
    "spearman": ("Spearman", "Spearman"),
    "bias": ("偏差", "bias"),
}
REASONS: Final = {"constant": ("全是同一个值", "all the same"), "too_few": ("太少", "too few")}


@click.command(
    epilog="""\b
Exit status: 0 compared or drawn, 2 wrong usage or a file that cannot be read.

\b
Examples:
  voicecoach agree out/results.jsonl --blind 40 --out sheet.csv
  voicecoach agree out/results.jsonl sheet.csv
  voicecoach agree out/results.jsonl sheet.csv --json > agreement.json
"""
)
@click.argument("results", type=click.Path(path_type=Path), metavar="RESULTS.jsonl")
@click.argument("marks", required=False, type=click.Path(path_type=Path), metavar="[MARKS.csv]")
@click.option("--blind", type=click.IntRange(min=1), metavar="N", help="Draw N answers for blind marking.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="With --blind: the empty sheet.")
@prompts_option
@click.option(
    "--n-boot",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    metavar="N",
    help="Resamples of an interval; 0: none.",
)
@click.option(
    "--min-n",
    "n_smallest",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="N",
    help="Marked answers from which a rule may be named as the one to mend.",
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of draws and intervals."
)
@click.option("--json", "as_json", is_flag=True, help="All of it as JSON.")
@ui_option("Language of the table.")
def agree(  # noqa: PLR0913 - the command's options
    results: Path,
    marks: Path | None,
    *,
    blind: int | None,
    out: Path | None,
    prompts_folder: Path | None,
    n_boot: int,
    n_smallest: int,
    seed: int,
    as_json: bool,
    ui: str,
) -> int:
    """Agreement of the results with a person's marks; names the rule to mend."""
    if (marks is None) == (blind is None) or (blind is None) != (out is None):
        raise UsageError(
            "give either a sheet of marks, or --blind N with --out FILE", hint="voicecoach agree --help"
        )
    from voicecoach.adapters.batch.marks import read_marks, read_results
    from voicecoach.app.agreement.agree import compare

    if blind is not None and out is not None:
        return _draw(results, blind, out, prompts_folder=prompts_folder, seed=seed, ui=ui)
    if marks is None:  # click has said so above; the type checker has not heard
        return 2
    found = compare(read_results(results), read_marks(marks), n_boot=n_boot, seed=seed, n_smallest=n_smallest)
    if as_json:
        document = {"schema": SCHEMA, "seed": seed, "n_boot": n_boot, **asdict(found)}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        _Table(found, ui).show()
    return 0


def _draw(results: Path, n: int, out: Path, *, prompts_folder: Path | None, seed: int, ui: str) -> int:
    from voicecoach import wiring
    from voicecoach.adapters.batch.marks import read_results, write_sheet
    from voicecoach.app.agreement.blind import draw_blind

    drawn = draw_blind(read_results(results), n, seed=seed)
    if not drawn:
        raise UsageError(f"{results} holds no answer with a rubric", hint="score with a prompt first")
    labels = {
        (prompt.id, point.id): point.label.get(ui) or next(iter(point.label.values()), "")
        for prompt in wiring.prompt_library(prompts_folder).prompts()
        for point in prompt.points
    }
    write_sheet(out, drawn, labels)
    click.echo(
        f"抽了 {len(drawn)} 个回答 → {out}；填 1、0 或 maybe，再运行 voicecoach agree {results} {out}"
        if ui == "zh"
        else f"drew {len(drawn)} answers -> {out}; fill in 1, 0 or maybe, "
        f"then voicecoach agree {results} {out}"
    )
    return 0


class _Table:
    """The comparison as lines of text."""

    def __init__(self, found: Agreement, ui: str) -> None:
        self.found, self.zh = found, ui == "zh"

    def show(self) -> None:
        """Print everything."""
        for kind, title in (("point", ("要点", "rubric points")), ("figure", ("指标", "figures"))):
            items = [item for item in self.found.items if item.kind == kind]
            if items:
                self._table(items, self._in(title))
        self._mend()
        self._files()

    def _in(self, words: tuple[str, str]) -> str:
        return words[0] if self.zh else words[1]

    def _table(self, items: Sequence[ItemAgreement], title: str) -> None:
        from rich.cells import cell_len

        from voicecoach.report.wrapping import pad

        keys = list(items[0].figures)
        head = [title, "n", *(self._in(COLUMNS[key]) for key in keys), self._in(("评分人之间", "raters"))]
        rows = [head]
        for item in items:
            between = "" if item.between_raters is None else f"{item.between_raters:.2f}"
            rows.append([item.name, str(item.n), *(self._cell(item.figures[key]) for key in keys), between])
        widths = [max(cell_len(row[place]) for row in rows) for place in range(len(head))]
        for row in rows:
            click.echo("  ".join(pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip())
        click.echo()

    def _cell(self, figure: Figure) -> str:
        if figure.value is None:
            return f"– {self._in(REASONS[figure.reason or 'too_few'])}"
        interval = (
            "" if figure.interval is None else f" [{_told(figure.interval[0])}, {_told(figure.interval[1])}]"
        )
        return _told(figure.value) + interval

    def _mend(self) -> None:
        if self.found.mend is None:
            click.echo(self._in(("没有要先改的规则", "no rule to mend first")))
            return
        item = next(item for item in self.found.items if item.name == self.found.mend)
        errs = ("多算", "over-counts") if item.over_counts > item.misses else ("漏算", "misses")
        click.echo(
            f"先改这条规则：{item.name}，kappa {_told(item.figures['kappa'].value)}，"
            f"漏算 {item.misses}，多算 {item.over_counts}（n = {item.n}），主要是{errs[0]}"
            if self.zh
            else f"mend this rule first: {item.name}, kappa {_told(item.figures['kappa'].value)}, "
            f"misses {item.misses}, over-counts {item.over_counts} (n = {item.n}), mostly {errs[1]}"
        )
        for example in item.examples:
            person = self._in(("人", "person"))
            program = self._in(("程序", "program"))
            click.echo(
                f"  {example.file}: {person} {example.person:g}, {program} {example.program:g}, "
                f"“{example.quote}”"
            )

    def _files(self) -> None:
        found = self.found
        parts: list[tuple[tuple[str, str], Sequence[Any]]] = [
            (("有评分但没有结果", "marked, but no result"), found.without_result),
            (("有结果但没有评分", "results without marks"), found.without_marks),
            (
                ("没有要点结果（没有题目或没听到话）", "no rubric (no prompt, or nothing heard)"),
                found.without_rubric,
            ),
            (("不认识的列", "unknown columns"), found.unknown_columns),
        ]
        unmeasured = [f"{item.name} ({item.n_unmeasured})" for item in found.items if item.n_unmeasured]
        parts.append((("有评分但程序没测出", "marked, but not measured"), unmeasured))
        click.echo(
            f"比较了 {found.n_files} 个回答，跳过失败 {found.n_failures} 个"
            if self.zh
            else f"compared {found.n_files} answers, skipped {found.n_failures} failures"
        )
        for title, names in parts:
            if names:
                more = " …" if len(names) > FILES_SHOWN else ""
                click.echo(
                    f"{self._in(title)} {len(names)}: {', '.join(map(str, names[:FILES_SHOWN]))}{more}"
                )


def _told(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
