"""``voicecoach correct``: what was really said, and what that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from voicecoach.cli.options import WholeText, ui_option
from voicecoach.errors import UsageError
from voicecoach.report.screen import say, say_json
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from voicecoach.app.takes.correct import Correction
    from voicecoach.app.takes.review import Opened
    from voicecoach.model.take import Take
    from voicecoach.words.catalogue import Ui


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
@click.option("--set", "given", type=WholeText(), metavar="TEXT", help="The corrected text.")
@click.option("--json", "as_json", is_flag=True, help="Print what changed as JSON.")
@ui_option()
@click.option("--no-score", "without_score", is_flag=True, help="No total and no coverage.")
def correct(
    reference: str,
    text_file: str | None,
    given: str | None,
    ui: Ui,
    *,
    as_json: bool,
    without_score: bool,
) -> None:
    """Correct the transcript of a take (default: the last) and judge it again.

    Opens your editor ($VISUAL, $EDITOR) with the text, unless --text or --set gives it.

    校正识别文字，重新评分。
    """
    from voicecoach import wiring
    from voicecoach.app.takes.correct import is_new
    from voicecoach.wiring import takes
    from voicecoach.wiring.files import read_text

    if text_file is not None and given is not None:
        raise UsageError("text-and-set")
    store = wiring.store()
    take = store.take(reference)
    opened = wiring.opened_take(take)
    if given is None:
        given = edited(take) if text_file is None else read_text(text_file)
    if given is None or not is_new(given, take):
        say(word("correction-nothing-done", ui), err=True)
        return
    done = takes.correct(store, opened, given)
    if as_json:
        from voicecoach.report.takes.documents import correction_json

        say_json(correction_json(done), indent=1)
    else:
        print_correction(done, opened, ui=ui, with_score=not without_score)


def edited(take: Take) -> str | None:
    """What the user's editor makes of the text; None when it was left as it is. Raises UsageError."""
    try:
        return click.edit(take.text + "\n", extension=".txt")
    except click.ClickException as exc:
        raise UsageError("no-editor", cause=exc.message) from exc


def print_correction(done: Correction, opened: Opened, *, ui: Ui, with_score: bool = True) -> None:
    """The recogniser's error, what changed, and why it may not all be of the text's doing."""
    from voicecoach.app.takes.correct import caveats
    from voicecoach.report.takes.compare_text import difference_lines

    say(f"{done.take.id}  {word('correction-error-rate', ui, cer=f'{done.cer:.1%}')}")
    for line in difference_lines(
        done.differences,
        heads=(word("correction-before", ui), word("correction-after", ui)),
        prompt=opened.prompt,
        ui=ui,
        with_score=with_score,
        with_better=False,
    ):
        say(line)
    for caveat in caveats(done, opened):
        say(f"! {caveat.words(ui)}")
