"""``voicecoach agree``: the program's verdicts beside a person's marks, and sheets for blind marking."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import click

from voicecoach.cli.options import (
    MOST,
    NAMED_PATH,
    prompts_option,
    ui_option,
)
from voicecoach.errors import UsageError
from voicecoach.report.screen import say, say_json
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voicecoach.app.agreement.agree import Agreement, Figure, ItemAgreement
    from voicecoach.app.agreement.scales import Scale
    from voicecoach.app.agreement.sheet import ReadMarks

SCHEMA: Final = "voicecoach.agreement/1"
FILES_SHOWN: Final = 5
NAMES_SHOWN: Final = 3
NAME_LONGEST: Final = 60
"""Characters of a name or an appeal."""
SCALE_SHOWN: Final = 30
NOTHING_MATCHED: Final = 1
PAGE_ENDINGS: Final = (".html", ".htm")


def _scale(_context: click.Context, _option: click.Parameter, text: str | None) -> Scale | None:
    """The scale that was typed. Raises UsageError."""
    if text is None:
        return None
    from voicecoach.app.agreement.scales import scale_of_text

    scale = scale_of_text(text)
    if scale is None:
        raise UsageError("agree-scale", scale=repr(text[:SCALE_SHOWN]))
    return scale


RESAMPLES_MOST: Final = 1_000_000
"""More of them would change no digit that is shown."""


@click.command(
    epilog="""\b
Exit status: 0 compared or drawn, 1 no mark fits a result, 2 wrong usage, or a
file or mark that cannot be read (all of them are told).

\b
Examples:
  voicecoach agree out/results.jsonl --blind 40 --out sheet.csv
  voicecoach agree out/results.jsonl --blind 40 --out sheet.html
  voicecoach agree out/results.jsonl sheet.csv
  voicecoach agree out/results.jsonl marks.xlsx --scale 0-5
  voicecoach agree out/results.jsonl sheet.csv --json > agreement.json
"""
)
@click.argument("results", type=NAMED_PATH, metavar="RESULTS.jsonl")
@click.argument("marks", required=False, type=NAMED_PATH, metavar="[MARKS.csv]")
@click.option("--blind", type=click.IntRange(1, MOST), metavar="N", help="Draw N answers for blind marking.")
@click.option("--out", type=NAMED_PATH, metavar="FILE", help="With --blind: the empty sheet.")
@prompts_option
@click.option(
    "--scale",
    metavar="LOW-HIGH",
    callback=_scale,
    help="Of the marks of rubric points, 0-5 or 0-10, where a heading names none.  [default: 0, 0.5, 1]",
)
@click.option(
    "--n-boot",
    type=click.IntRange(0, RESAMPLES_MOST),
    default=1000,
    show_default=True,
    metavar="N",
    help="Resamples of an interval; 0: none.",
)
@click.option(
    "--min-n",
    "n_smallest",
    type=click.IntRange(1, MOST),
    default=10,
    show_default=True,
    metavar="N",
    help="Marked answers from which a rule may be named as the one to mend.",
)
@click.option(
    "--seed", type=click.IntRange(0, MOST), default=0, show_default=True, help="Of draws and intervals."
)
@click.option("--json", "as_json", is_flag=True, help="All of it as JSON.")
@ui_option("Language of the table.")
def agree(
    results: Path,
    marks: Path | None,
    *,
    blind: int | None,
    out: Path | None,
    prompts_folder: Path | None,
    scale: Scale | None,
    n_boot: int,
    n_smallest: int,
    seed: int,
    as_json: bool,
    ui: str,
) -> int:
    """Agreement of the results with a person's marks; names the rule to mend."""
    if (marks is None) == (blind is None) or (blind is None) != (out is None):
        raise UsageError("agree-marks-or-blind")
    if blind is not None and out is not None:
        return _draw(results, blind, out, prompts_folder=prompts_folder, seed=seed, ui=ui)
    if marks is None:  # click has said so above; the type checker has not heard
        return 2
    from voicecoach import wiring
    from voicecoach.app.agreement.agree import compare
    from voicecoach.app.agreement.sheet import read_sheet
    from voicecoach.wiring import marking

    judged = list(marking.results(results))
    prompts = wiring.prompt_library(prompts_folder).prompts()
    read = read_sheet(marking.sheet(marks), judged, prompts, scale=scale)
    agreement = compare(
        judged, read.rows, n_boot=n_boot, seed=seed, n_smallest=n_smallest, unknown=read.unknown
    )
    if as_json:
        document = {
            "schema": SCHEMA,
            "seed": seed,
            "n_boot": n_boot,
            **asdict(agreement),
            "scales": [asdict(scale) for scale in read.scales],
            "appeals": [asdict(appeal) for appeal in read.appeals],
        }
        say_json(document, indent=2)
    else:
        _Table(agreement, read, ui).show()
    if not agreement.items:
        say(_why_nothing(agreement, read, ui), err=True)
        return NOTHING_MATCHED
    return 0


def _why_nothing(agreement: Agreement, read: ReadMarks, ui: str) -> str:
    """Why no mark could be set beside a result."""
    marked = [row for row in read.rows if row.marks]
    if not agreement.n_files:
        in_sheet = tuple(dict.fromkeys(row.file for row in read.rows))
        facts = {
            "sheet": _some(in_sheet, NAMES_SHOWN),
            "results": _some(agreement.without_marks, NAMES_SHOWN),
        }
        return word("agree-no-file-matched", ui, **facts)
    if marked or any(item for item in agreement.unknown_columns):
        return word(
            "agree-no-column-matched", ui, columns=_some(agreement.unknown_columns, FILES_SHOWN) or "–"
        )
    return word("agree-no-marks", ui)


def _some(names: Sequence[str], most: int) -> str:
    short = [name if len(name) <= NAME_LONGEST else f"{name[:NAME_LONGEST]}…" for name in names[:most]]
    return ", ".join(short) + (" …" if len(names) > most else "")


def _draw(results: Path, n: int, out: Path, *, prompts_folder: Path | None, seed: int, ui: str) -> int:
    from voicecoach import wiring
    from voicecoach.app.agreement.blind import draw_blind, point_labels
    from voicecoach.wiring import marking
    from voicecoach.wiring.outputs import Output, check_outputs

    as_page = out.suffix.lower() in PAGE_ENDINGS
    check_outputs([Output(out, "HTML" if as_page else "CSV")], inputs=[results])
    drawn = draw_blind(marking.results(results), n, seed=seed)
    if not drawn:
        raise UsageError("agree-nothing-to-mark", results=results)
    prompts = wiring.prompt_library(prompts_folder).prompts()
    if as_page:
        by_id = {prompt.id: prompt for prompt in prompts}
        n_silent = marking.write_blind_page(out, results, drawn, by_id, ui=ui)
        say(word("agree-drawn-page", ui, n=len(drawn), out=out, results=results))
        if n_silent:
            say(word("agree-drawn-silent", ui, n=n_silent), err=True)
        return 0
    marking.write_sheet(out, drawn, point_labels(prompts, ui))
    say(word("agree-drawn", ui, n=len(drawn), out=out, results=results))
    return 0


class _Table:
    """The comparison as lines of text."""

    def __init__(self, agreement: Agreement, read: ReadMarks, ui: str) -> None:
        self._agreement, self._read, self._ui = agreement, read, ui

    def show(self) -> None:
        """Print everything."""
        for kind in ("point", "figure"):
            items = [item for item in self._agreement.items if item.kind == kind]
            if items:
                self._table(items, self._word(f"{kind}s"))
        for scale in self._read.scales:
            columns = _some(scale.columns, FILES_SHOWN)
            say(self._word(f"scale-{scale.source}", columns=columns, scale=scale.scale))
        self._mend()
        self._files()

    def _word(self, name: str, /, **facts: object) -> str:
        return word(f"agree-{name}", self._ui, **facts)

    def _table(self, items: Sequence[ItemAgreement], title: str) -> None:
        from rich.cells import cell_len

        from voicecoach.report.wrapping import pad

        keys = list(items[0].figures)
        columns = [self._word(f"column-{key.replace('_', '-')}") for key in keys]
        rows = [[title, "n", *columns, self._word("raters")]]
        for item in items:
            between = "" if item.between_raters is None else f"{item.between_raters:.2f}"
            rows.append([item.name, str(item.n), *(self._cell(item.figures[key]) for key in keys), between])
        widths = [max(cell_len(row[place]) for row in rows) for place in range(len(rows[0]))]
        for row in rows:
            say("  ".join(pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip())
        say("")

    def _cell(self, figure: Figure) -> str:
        if figure.value is None:
            return f"– {self._word('too-few' if figure.reason != 'constant' else 'constant')}"
        if figure.interval is None:
            return _told(figure.value)
        return f"{_told(figure.value)} [{', '.join(map(_told, figure.interval))}]"

    def _mend(self) -> None:
        if self._agreement.mend is None:
            say(self._word("no-mend"))
            return
        item = next(item for item in self._agreement.items if item.name == self._agreement.mend)
        say(
            self._word(
                "mend-over" if item.over_counts > item.misses else "mend-missed",
                name=item.name,
                kappa=_told(item.figures["kappa"].value),
                misses=item.misses,
                over=item.over_counts,
                n=item.n,
            )
        )
        for example in item.examples:
            person, program = f"{example.person:g}", f"{example.program:g}"
            told = self._word(
                "example", file=example.file, person=person, program=program, quote=example.quote
            )
            say(f"  {told}")

    def _files(self) -> None:
        agreement = self._agreement
        unmeasured = [f"{item.name} ({item.n_unmeasured})" for item in agreement.items if item.n_unmeasured]
        parts: dict[str, Sequence[str]] = {
            "without-result": self._with_near(agreement.without_result),
            "ambiguous": agreement.ambiguous,
            "without-marks": agreement.without_marks,
            "without-rubric": agreement.without_rubric,
            "unknown-columns": self._with_near(agreement.unknown_columns),
            "unmeasured": unmeasured,
            "appeals": [f"{appeal.file} “{' '.join(appeal.text.split())}”" for appeal in self._read.appeals],
        }
        say(self._word("compared", n=agreement.n_files, failures=agreement.n_failures))
        for name, names in parts.items():
            if names:
                say(f"{self._word(name)} {len(names)}: {_some(names, FILES_SHOWN)}")

    def _with_near(self, names: Sequence[str]) -> list[str]:
        """Names that are not known, with the known one that is most like each."""
        near = self._agreement.near
        return [self._word("near", name=name, near=near[name]) if name in near else name for name in names]


def _told(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
