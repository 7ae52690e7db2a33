"""``voicecoach correct``: what was really said, and what that changes."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.options import ui_option
from voicecoach.errors import UsageError

if TYPE_CHECKING:
    from voicecoach.app.score.analyse import HeardRecording
    from voicecoach.app.takes.correct import Correction
    from voicecoach.app.takes.review import Opened
    from voicecoach.model.take import Take
    from voicecoach.ports import Store


@click.command(
    epilog="""\b
Only what hangs on the words is worked out again: coverage, rates counted from text,
fillers, politeness. Pauses, pitch and loudness come of the sound and stay as they are.
The recogniser's text and its error against yours are kept.

\b
Examples:
  voicecoach correct last
  voicecoach correct 20261122-0930 --text said.txt
  echo 先跟您道歉，我马上去查。 | voicecoach correct last --text - --json
"""
)
@click.argument("reference", metavar="[TAKE]", default="last")
@click.option(
    "--text", "text_file", metavar="FILE|-", help="Read the corrected text from here (- is standard input)."
)
@click.option("--set", "given", metavar="TEXT", help="The corrected text.")
@click.option("--json", "as_json", is_flag=True, help="Print what changed as JSON.")
@ui_option()
@click.option("--no-score", "without_score", is_flag=True, help="No total and no coverage.")
def correct(
    reference: str,
    text_file: str | None,
    given: str | None,
    ui: str,
    *,
    as_json: bool,
    without_score: bool,
) -> None:
    """Correct the transcript of a take (default: the last) and judge it again.

    Opens your editor ($VISUAL, $EDITOR) with the text, unless --text or --set gives it.

    校正识别文字，重新评分。
    """
    from voicecoach import wiring

    if text_file is not None and given is not None:
        raise UsageError("--text and --set exclude each other", hint="leave one of them out")
    store = wiring.store()
    take = store.take(reference)
    opened = wiring.opened_take(take)
    if given is None:
        given = edited(take) if text_file is None else _read(text_file)
    if given is None or given.strip() == take.text.strip():
        click.echo(
            "文字没有变，什么也没改。" if ui == "zh" else "The text is the same: nothing was changed.",
            err=True,
        )
        return
    done = correct_take(store, opened, given)
    if as_json:
        click.echo(json.dumps(correction_json(done), ensure_ascii=False, indent=1))
    else:
        print_correction(done, opened, ui=ui, with_score=not without_score)


def edited(take: Take) -> str | None:
    """What the user's editor makes of the text; None when it was left as it is. Raises UsageError."""
    try:
        return click.edit(take.text + "\n", extension=".txt")
    except click.ClickException as exc:
        raise UsageError(
            f"no editor could be opened: {exc.message}", hint="set EDITOR, or use --text FILE or --set TEXT"
        ) from exc


def correct_take(
    store: Store, opened: Opened, text: str, *, heard: HeardRecording | None = None
) -> Correction:
    """Judge ``text`` and keep what came of it; ``heard`` saves reading the sound again.

    Raises UsageError, InputError, EngineError, StoreError.
    """
    from voicecoach import wiring
    from voicecoach.app.score.analyse import Task

    take = opened.take
    task = Task(
        prompt=opened.prompt if opened.known else None,
        language=opened.assessment.language,
        profile=opened.profile,
        prompt_end_s=take.prompt_end_s,
        provenance=wiring.rubric_provenance(),
    )
    created = datetime.now(UTC).isoformat(timespec="seconds")
    sound = store.sound(take)
    done = wiring.corrector().correct(take, text, task, sound=sound, created=created, heard=heard)
    store.put(done.take)
    return done


def print_correction(done: Correction, opened: Opened, *, ui: str, with_score: bool = True) -> None:
    """The recogniser's error, what changed, and why it may not all be of the text's doing."""
    from voicecoach.report.takes.compare_text import difference_lines

    zh = ui == "zh"
    click.echo(f"{done.take.id}  {'识别字错率' if zh else 'character error rate'} (CER) {done.cer:.1%}")
    heads = ("校正前", "校正后") if zh else ("before", "after")
    for line in difference_lines(
        done.differences,
        heads=heads,
        prompt=opened.prompt,
        ui=ui,
        with_score=with_score,
        with_better=False,
    ):
        click.echo(line)
    for note in _notes(done, opened, zh=zh):
        click.echo(f"! {note}")


def _notes(done: Correction, opened: Opened, *, zh: bool) -> list[str]:
    notes = []
    if not opened.known:
        name = opened.take.prompt_id
        notes.append(
            f"题库里已没有题目 {name}：只重算了文字指标，没有要点和总分"
            if zh
            else f"the prompt {name} is no longer in the library: text metrics only, no points and no total"
        )
    if done.rubric_changed:
        notes.append(
            "这道题的要点在第一次评分之后改过，一部分变化由此而来"
            if zh
            else "the prompt's rubric has changed since this take was scored: part of the change is its doing"
        )
    return notes


def correction_json(done: Correction) -> dict[str, Any]:
    """The correction for a program."""
    from voicecoach.report.takes.compare_text import difference_json

    return {
        "take": done.take.id,
        "recognised_text": done.take.recognised_text,
        "corrected_text": done.take.corrected_text,
        "cer": round(done.cer, 4),
        "total": [done.before.total, done.after.total],
        "rubric_changed": done.rubric_changed,
        "changes": [difference_json(found) for found in done.differences],
    }


def _read(name: str) -> str:
    try:
        if name == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        return Path(name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        why = getattr(exc, "strerror", None) or "it is not UTF-8 text"
        raise UsageError(f"cannot read the text {name}: {why}", hint="give a text file in UTF-8") from exc
