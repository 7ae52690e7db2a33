"""``voicecoach history``: list, show, export, delete and rebuild the kept takes."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from voicecoach.cli.options import (
    MOST,
    LateChoice,
    json_option,
    ui_option,
)
from voicecoach.cli.prompts.text import KINDS
from voicecoach.report.screen import say, say_bytes, say_json
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from voicecoach.model.take import TakeSummary
    from voicecoach.ports import History
    from voicecoach.wiring.outputs import Kind
    from voicecoach.words.catalogue import Ui

SHOWN = 30
"""So many takes a list shows when no other number is asked for."""
EXPORTED: Final[Mapping[str, Kind]] = {"csv": "CSV", "json": "JSON", "html": "HTML"}
"""What an export holds, by its format."""
INCOMPLETE = 1
"""Exit status of ``rebuild`` when a file could not be read."""

_yes = click.option("--yes", "-y", is_flag=True, help="Do not ask.")
_prompt = click.option("--prompt", "prompt_id", metavar="ID", help="Only takes of this prompt.")
_kind = click.option("--kind", type=click.Choice(list(KINDS)), help="Only takes of prompts of this kind.")
_since = click.option(
    "--since", metavar="DATE|AGE", help="Only takes from this day on (2026-11-01), or not older (30d)."
)


@click.group(
    epilog="""\b
TAKE is an id, the beginning of one, or: last

\b
Examples:
  voicecoach history list --prompt late_delivery --since 30d
  voicecoach history show last
  voicecoach history export --format csv --out history.csv
  voicecoach history purge --older-than 90d
"""
)
def history() -> None:
    """List, show, export and delete the takes you have kept.

    练习记录：查看、导出、删除。
    """


@history.command("list")
@_prompt
@_kind
@_since
@click.option(
    "--limit", "-n", type=click.IntRange(0, MOST), metavar="N",
    help=f"The newest N takes, 0 = all.  [default: {SHOWN}; with --json all]",
)  # fmt: skip
@json_option
@ui_option()
def list_takes(
    prompt_id: str | None, kind: str | None, since: str | None, limit: int | None, ui: Ui, *, as_json: bool
) -> None:
    """List the takes, newest first: id, time, prompt, length, total, coverage."""
    from voicecoach.app.takes.history import Filter, fitting

    store = _store()
    takes = fitting(store, Filter(prompt_id, kind, since), now=_now())
    shown = takes[: limit or len(takes)] if as_json or limit is not None else takes[:SHOWN]
    if as_json:
        say_json([asdict(take) for take in shown], indent=1)
    else:
        _print_rows(shown, ui)
        if len(shown) < len(takes):
            say(word("history-count-newest", ui, n=len(takes), shown=len(shown)), err=True)
        else:
            say(word("takes-count", ui, n=len(takes)), err=True)
    lacking = store.missing()
    if lacking:
        say(word("history-not-in-index", ui, n=len(lacking)), err=True)


@history.command("show")
@click.argument("reference", metavar="[TAKE]", default="last")
@json_option
@ui_option()
def show(reference: str, ui: Ui, *, as_json: bool) -> None:
    """Show one take (default: the last): what was asked, said, and measured."""
    store = _store()
    take = store.take(reference)
    if as_json:
        from voicecoach.documents.take import encode_take

        say_json(encode_take(take), indent=1)
        return
    from voicecoach.report.takes.listing import take_lines

    for line in take_lines(take, ui=ui):
        say(line)


def _export_formats() -> tuple[str, ...]:
    from voicecoach.wiring.takes import export_formats

    return export_formats()


@history.command("export", epilog="""\b
Examples:
  voicecoach history export --format csv --out history.csv
  voicecoach history export --format html --prompt late_delivery --out late.html
  voicecoach history export --format json last > take.json
""")  # fmt: skip
@click.argument("references", nargs=-1, metavar="[TAKE...]")
@click.option(
    "--format", "form", type=LateChoice(_export_formats), default="csv", show_default=True,
    help="A table for a spreadsheet, all that is kept, or a page to read.",
)  # fmt: skip
@click.option("--out", "target", metavar="FILE|-", default="-", help="Where to write (- is standard output).")
@_prompt
@_kind
@_since
@ui_option()
def export(
    references: tuple[str, ...],
    form: str,
    target: str,
    *,
    prompt_id: str | None,
    kind: str | None,
    since: str | None,
    ui: Ui,
) -> None:
    """Write takes (default: all) into a file of the format asked for, oldest first."""
    from voicecoach.app.takes.history import Filter, selected
    from voicecoach.wiring.outputs import Output, check_replaceable
    from voicecoach.wiring.takes import exported

    if target != "-":
        check_replaceable(Output(Path(target), EXPORTED[form]))
    takes = selected(_store(), references, Filter(prompt_id, kind, since), now=_now())
    content = exported(takes, form, ui=ui)
    if target == "-":
        say_bytes(content)
        return
    from voicecoach.wiring.files import write

    write(Path(target), content, kind=EXPORTED[form])
    say(word("history-exported", ui, n=len(takes), path=target), err=True)


@history.command("delete")
@click.argument("references", nargs=-1, required=True, metavar="TAKE...")
@_yes
@ui_option()
def delete(references: tuple[str, ...], ui: Ui, *, yes: bool) -> None:
    """Delete takes for good: sound, text and figures."""
    from voicecoach.app.takes.history import summaries_of

    store = _store()
    _remove(store, summaries_of(store, references), ui, yes=yes)


@history.command("purge")
@click.option("--older-than", "age", required=True, metavar="AGE", help="90d, 12w, 2y.")
@_yes
@ui_option()
def purge(age: str, ui: Ui, *, yes: bool) -> None:
    """Delete all takes older than AGE for good: sound, text and figures."""
    from voicecoach.app.takes.history import older_than, parse_age

    store = _store()
    _remove(store, older_than(store, parse_age(age), now=_now()), ui, yes=yes)


@history.command("rebuild")
@json_option
@ui_option()
def rebuild(ui: Ui, *, as_json: bool) -> int:
    """Build the database anew from the files of the takes; a damaged one is kept aside."""
    done = _store().rebuild()
    if as_json:
        plain = replace(done, unreadable=())
        unreadable = [[name, error.message] for name, error in done.unreadable]
        say_json({**asdict(plain), "unreadable": unreadable})
    else:
        say(word("history-rebuilt", ui, n=done.n_takes))
        if done.kept_aside:
            say(word("history-kept-aside", ui, name=done.kept_aside))
    for _, error in done.unreadable:
        say(word("history-unreadable", ui, reason=error), err=True)
    return INCOMPLETE if done.unreadable else 0


def _remove(store: History, doomed: Sequence[TakeSummary], ui: Ui, *, yes: bool) -> None:
    """Show what goes, ask, and let it go."""
    if not doomed:
        say(word("history-nothing-to-delete", ui), err=True)
        return
    if not yes:
        _print_rows(doomed, ui)
        if not click.confirm(word("history-delete-question", ui, n=len(doomed))):
            say(word("history-nothing-deleted", ui), err=True)
            return
    store.delete(take.id for take in doomed)
    say(word("history-deleted", ui, n=len(doomed)))
    for path in store.kept_aside():
        say(word("history-damaged-left", ui, path=path), err=True)


def _print_rows(takes: Iterable[TakeSummary], ui: Ui) -> None:
    from voicecoach.report.takes.listing import list_lines

    for line in list_lines(takes, ui=ui):
        say(line)


def _store() -> History:
    from voicecoach import wiring

    return wiring.store()


def _now() -> datetime:
    return datetime.now().astimezone()
