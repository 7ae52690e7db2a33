"""``voicecoach prompts``: list, show, check and try prompts and their rubrics."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, cast

import click

from voicecoach.cli.options import (
    MOST,
    NAMED_PATH,
    WholeText,
    json_option,
    language_option,
    prompts_option,
    ui_option,
)
from voicecoach.cli.progress import TerminalProgress
from voicecoach.cli.prompts.text import KINDS, coverage_text, listed, prompt_text
from voicecoach.errors import UsageError
from voicecoach.report.screen import say, say_json
from voicecoach.words.catalogue import word
from voicecoach.words.visible import shown

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.model.transcript import Language

WRONG = 2
"""Exit status of ``check`` when a file is wrong; warnings leave it at 0."""


@click.group()
def prompts() -> None:
    """List, show, check and try prompts and their rubrics."""


@prompts.command("list")
@click.option("--kind", type=click.Choice(list(KINDS)), help="Only prompts of this kind.")
@click.option("--pack", metavar="ID", help="Only prompts of this pack.")
@json_option
@prompts_option
@ui_option()
def list_prompts(
    kind: str | None, pack: str | None, prompts_folder: Path | None, ui: str, *, as_json: bool
) -> None:
    """List the prompts: id, kind, pack, question."""
    from voicecoach.wiring.prompts import packs

    known = packs(prompts_folder)
    if pack is not None and pack not in [each.id for each in known]:
        raise UsageError("prompt-pack-unknown", pack=repr(pack), known=", ".join(each.id for each in known))
    chosen = [
        prompt
        for each in known
        for prompt in each.prompts
        if kind in (None, prompt.kind) and pack in (None, each.id)
    ]
    if as_json:
        keys = ("id", "pack", "version", "kind", "role", "target_s", "profile", "text")
        _print_json([{key: asdict(prompt)[key] for key in keys} for prompt in chosen])
        return
    for line in listed(chosen, ui):
        say(line)
    say(word("prompts-listed", ui, n=len(chosen)), err=True)


@prompts.command("show")
@click.argument("prompt_id", metavar="ID")
@json_option
@prompts_option
@ui_option()
def show_prompt(prompt_id: str, prompts_folder: Path | None, ui: str, *, as_json: bool) -> None:
    """Show a prompt with its rubric, tip and model answer."""
    from voicecoach import wiring

    prompt = wiring.prompt_library(prompts_folder).prompt(prompt_id)
    if as_json:
        _print_json(asdict(prompt))
    else:
        say(prompt_text(prompt, ui), lines=True)


@prompts.command("check")
@click.argument("files", nargs=-1, type=NAMED_PATH, metavar="[FILE...]")
@click.option("--fast", is_flag=True, help="Leave the model answers alone (they need the rubric engine).")
@json_option
@prompts_option
@ui_option()
def check(files: tuple[Path, ...], prompts_folder: Path | None, ui: str, *, fast: bool, as_json: bool) -> int:
    """Check prompt files: every fault with file, line, key and remedy; then what is weak.

    Without FILE all packs are checked: the program's, your own and those of --prompts. What is named like a
    pack there and is no file is passed over by all commands, and named here.
    Exit status 2 when a file is wrong; warnings leave it at 0.
    """
    from voicecoach import wiring
    from voicecoach.app.setup.pack_check import problem_document, weaknesses
    from voicecoach.wiring.prompts import read_files

    if files and prompts_folder:
        raise UsageError("prompts-files-or-folder")
    paths, packs, problems, passed_over = read_files(files, prompts_folder)
    with TerminalProgress(ui, plain=False) as progress:
        encoder = None if fast else wiring.sentence_encoder
        warnings = (*passed_over, *weaknesses(packs, encoder=encoder, progress=progress))
    if as_json:
        _print_json(
            {
                "files": [shown(path) for path in paths],
                "problems": [problem_document(problem) for problem in problems],
                "warnings": [problem_document(warning) for warning in warnings],
            }
        )
    else:
        for problem in problems:
            say(word("face-error", ui, what=problem.message()))
        for warning in warnings:
            say(word("prompts-warning", ui, what=warning.message()))
        counts = {
            "files": len(paths),
            "prompts": sum(len(pack.prompts) for pack in packs),
            "errors": len(problems),
            "warnings": len(warnings),
        }
        say(word("prompts-checked", ui, **counts), err=True)
    return WRONG if problems else 0


@prompts.command("try")
@click.argument("prompt_id", metavar="[ID]", required=False)
@click.option("--text", type=WholeText(), metavar="TEXT", help="The answer to try.")
@click.option(
    "--file", "source", metavar="FILE.jsonl|-",
    help="Answers, one JSON object a line with `text`, and `prompt` where it is not ID; "
    "`id` is passed through. Prints one JSON object a line.",
)  # fmt: skip
@click.option(
    "--dialogue", "dialogue", metavar="FILE|-",
    help="A typed call, one turn a line: 客服: … or 客户: …, with [mm:ss] in front where times are known.",
)  # fmt: skip
@language_option("Language of the answer.")
@json_option
@prompts_option
@ui_option()
def try_prompt(
    prompt_id: str | None,
    text: str | None,
    source: str | None,
    dialogue: str | None,
    language: str,
    prompts_folder: Path | None,
    ui: str,
    *,
    as_json: bool,
) -> int:
    """Try the rubric of a prompt on a written answer, before using it."""
    from voicecoach.documents.assessment import encode_coverage
    from voicecoach.wiring.files import read_text
    from voicecoach.wiring.prompts import trial

    tried = trial(prompts_folder, cast("Language", language))
    if sum(given is not None for given in (text, source, dialogue)) != 1:
        raise UsageError("trial-one-source")
    if source is not None:
        status = 0
        for document, line_status in tried.rows(read_text(source), prompt_id):
            say_json(document)
            status = line_status or status
        return status
    if prompt_id is None:
        raise UsageError("trial-no-prompt")
    if dialogue is not None:
        prompt, coverage = tried.dialogue(prompt_id, read_text(dialogue))
    else:
        prompt, coverage = tried.answer(prompt_id, str(text))
    if as_json:
        _print_json(encode_coverage(coverage))
    else:
        say(coverage_text(prompt, coverage, ui), lines=True)
    return 0


def _print_json(value: object) -> None:
    say_json(value, indent=2)


@prompts.command("learned")
@click.option(
    "--remove",
    type=click.IntRange(1, MOST),
    multiple=True,
    metavar="N",
    help="Forget the sentence of that number.",
)
@json_option
@ui_option()
def learned(remove: tuple[int, ...], ui: str, *, as_json: bool) -> None:
    """List the sentences that your ticks (算 / 不算) taught, and forget some of them.

    They lie in prompts/learned.json in the data folder and serve as examples of their points.
    """
    from voicecoach import wiring

    kept = wiring.learned()
    sentences = kept.all()
    wrong = [number for number in remove if not 1 <= number <= len(sentences)]
    if wrong:
        raise UsageError("learned-number", number=wrong[0], n=len(sentences))
    if remove:
        sentences = tuple(each for number, each in enumerate(sentences, start=1) if number not in remove)
        kept.keep(sentences)
        say(word("learned-removed", ui, n=len(set(remove))), err=True)
    if as_json:
        _print_json([asdict(sentence) for sentence in sentences])
        return
    for number, each in enumerate(sentences, start=1):
        sign = word("tick-counts" if each.covers else "tick-counts-not", ui)
        say(f"{number:>3}  {each.prompt_id} · {each.point_id}  {sign}  {each.text}")
    say(word("learned-listed", ui, n=len(sentences), path=kept.path), err=True)
