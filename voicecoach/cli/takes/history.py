"""``voicecoach history``: list, show, export, delete and rebuild the kept takes."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.options import json_option, ui_option
from voicecoach.cli.prompts.text import KINDS
from voicecoach.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from voicecoach.adapters.history.store import TakeStore
    from voicecoach.model.take import Take, TakeSummary

SHOWN = 30
"""So many takes a list shows when no other number is asked for."""
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
    "--limit", "-n", type=click.IntRange(min=0), metavar="N",
    help=f"The newest N takes, 0 = all.  [default: {SHOWN}; with --json all]",
)  # fmt: skip
@json_option
@ui_option()
def list_takes(
    prompt_id: str | None, kind: str | None, since: str | None, limit: int | None, ui: str, *, as_json: bool
) -> None:
    """List the takes, newest first: id, time, prompt, length, total, coverage."""
    store = _store()
    found = store.takes(prompt_id=prompt_id, kind=kind, since=_moment(since))
    shown = found[: limit or len(found)] if as_json or limit is not None else found[:SHOWN]
    if as_json:
        click.echo(json.dumps([asdict(take) for take in shown], ensure_ascii=False, indent=1))
    else:
        _print_rows(shown, ui)
        zh, en = f"共 {len(found)} 次", f"{len(found)} takes"
        if len(shown) < len(found):
            zh, en = (
                f"{zh}，列出最近 {len(shown)} 次（-n 0 全部）",
                f"{en}, the newest {len(shown)} shown (-n 0: all)",
            )
        click.echo(_say(ui, zh, en), err=True)
    lacking = store.missing()
    if lacking:
        zh, en = f"另有 {len(lacking)} 次不在目录里", f"{len(lacking)} more takes are not in the index"
        click.echo(_say(ui, zh, en) + ": voicecoach history rebuild", err=True)


@history.command("show")
@click.argument("reference", metavar="[TAKE]", default="last")
@json_option
@ui_option()
def show(reference: str, ui: str, *, as_json: bool) -> None:
    """Show one take (default: the last): what was asked, said, and measured."""
    store = _store()
    take = store.take(reference)
    if as_json:
        from voicecoach.model.take import take_to_json

        click.echo(json.dumps(take_to_json(take), ensure_ascii=False, indent=1))
        return
    from voicecoach.report.takes.listing import take_lines

    for line in take_lines(take, ui=ui):
        click.echo(line)


@history.command("export", epilog="""\b
Examples:
  voicecoach history export --format csv --out history.csv
  voicecoach history export --format html --prompt late_delivery --out late.html
  voicecoach history export --format json last > take.json
""")  # fmt: skip
@click.argument("references", nargs=-1, metavar="[TAKE...]")
@click.option(
    "--format", "form", type=click.Choice(["csv", "json", "html"]), default="csv", show_default=True,
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
    ui: str,
) -> None:
    """Write takes (default: all) as CSV, JSON or HTML, oldest first."""
    from voicecoach.app.takes.history import find, table
    from voicecoach.report.takes import export

    if references and (prompt_id or kind or since):
        raise UsageError("TAKE and the filters exclude each other", hint="name takes, or say which ones")
    store = _store()
    takes: Sequence[Take]
    if references:
        takes = find(store, references)
    else:
        fitting = store.takes(prompt_id=prompt_id, kind=kind, since=_moment(since))
        takes = [store.take(row.id) for row in reversed(fitting)]
    if form == "csv":
        content = export.csv_bytes(table(takes))
    elif form == "json":
        content = export.json_bytes(takes)
    else:
        content = export.page_bytes(takes, ui=ui)
    if target == "-":
        sys.stdout.flush()
        click.echo(content, nl=False)
        return
    from voicecoach.adapters.folders import replacing

    with replacing(Path(target)) as file:
        file.write(content)
    click.echo(
        _say(ui, f"已导出 {len(takes)} 次：{target}", f"{len(takes)} takes written to {target}"), err=True
    )


@history.command("delete")
@click.argument("references", nargs=-1, required=True, metavar="TAKE...")
@_yes
@ui_option()
def delete(references: tuple[str, ...], ui: str, *, yes: bool) -> None:
    """Delete takes for good: sound, text and figures."""
    from voicecoach.app.takes.history import find

    store = _store()
    ids = {take.id for take in find(store, references)}
    _remove(store, [row for row in store.takes() if row.id in ids], ui, yes=yes)


@history.command("purge")
@click.option("--older-than", "age", required=True, metavar="AGE", help="90d, 12w, 2y.")
@_yes
@ui_option()
def purge(age: str, ui: str, *, yes: bool) -> None:
    """Delete all takes older than AGE for good: sound, text and figures."""
    from voicecoach.app.takes.history import older_than, parse_age

    store = _store()
    _remove(store, older_than(store, parse_age(age), now=_now()), ui, yes=yes)


@history.command("rebuild")
@json_option
@ui_option()
def rebuild(ui: str, *, as_json: bool) -> int:
    """Build the database anew from the files of the takes; a damaged one is kept aside."""
    done = _store().rebuild()
    if as_json:
        click.echo(json.dumps(asdict(done), ensure_ascii=False))
    else:
        click.echo(_say(ui, f"已重建，共 {done.n_takes} 次", f"rebuilt, {done.n_takes} takes"))
        if done.kept_aside:
            zh, en = "坏了的数据库另存为", "the damaged database is kept as"
            click.echo(f"{_say(ui, zh, en)} {done.kept_aside}")
    for _, reason in done.unreadable:
        click.echo(f"{_say(ui, '读不了', 'unreadable')}: {reason}", err=True)
    return INCOMPLETE if done.unreadable else 0


def _remove(store: TakeStore, doomed: Sequence[TakeSummary], ui: str, *, yes: bool) -> None:
    """Show what goes, ask, and let it go."""
    if not doomed:
        click.echo(_say(ui, "没有要删除的", "nothing to delete"), err=True)
        return
    if not yes:
        _print_rows(doomed, ui)
        question = _say(
            ui,
            f"永久删除这 {len(doomed)} 次（录音和文字）？",
            f"Delete these {len(doomed)} takes for good, sound and text?",
        )
        if not click.confirm(question):
            click.echo(_say(ui, "没有删除", "nothing was deleted"), err=True)
            return
    store.delete(take.id for take in doomed)
    click.echo(_say(ui, f"已删除 {len(doomed)} 次", f"{len(doomed)} takes deleted"))
    for path in store.kept_aside():
        zh, en = "其中文字可能还在这个坏了的旧数据库里", "their text may still be in this damaged database"
        click.echo(f"{_say(ui, zh, en)}: {path}", err=True)


def _print_rows(takes: Iterable[TakeSummary], ui: str) -> None:
    from voicecoach.report.takes.listing import list_lines

    for line in list_lines(takes, ui=ui):
        click.echo(line)


def _store() -> TakeStore:
    from voicecoach import wiring

    return wiring.store()


def _now() -> datetime:
    return datetime.now().astimezone()


def _moment(since: str | None) -> str | None:
    if since is None:
        return None
    from voicecoach.app.takes.history import parse_since

    return parse_since(since, now=_now())


def _say(ui: Any, zh: str, en: str) -> str:  # noqa: ANN401 - click's choice
    return zh if ui == "zh" else en
