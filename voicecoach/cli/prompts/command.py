"""``voicecoach prompts``: list, show, check and try prompts and their rubrics."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from voicecoach.cli.options import json_option, language_option, prompts_option, ui_option
from voicecoach.cli.prompts.text import KINDS, coverage_text, prompt_text
from voicecoach.errors import EngineError, UsageError, VoicecoachError
from voicecoach.words.catalogue import FALLBACK_UI, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from voicecoach.adapters.packs.pack import Pack, Problem
    from voicecoach.app.setup.prompt_check import Warn
    from voicecoach.model.assessment import Coverage
    from voicecoach.model.prompt import Prompt
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
    packs = _library_packs(prompts_folder)
    known = [one.id for one in packs]
    if pack is not None and pack not in known:
        raise UsageError(f"there is no pack {pack!r}", hint=f"known packs: {', '.join(known)}")
    found = [
        prompt
        for one in packs
        for prompt in one.prompts
        if kind in (None, prompt.kind) and pack in (None, one.id)
    ]
    if as_json:
        keys = ("id", "pack", "version", "kind", "role", "target_s", "profile", "text")
        _print_json([{key: asdict(prompt)[key] for key in keys} for prompt in found])
        return
    width = max((len(prompt.id) for prompt in found), default=0)
    pack_width = max((len(prompt.pack) for prompt in found), default=0)
    for prompt in found:
        kind_name = KINDS[prompt.kind][0] if ui == "zh" else f"{prompt.kind:<10}"
        text = prompt.text.get(ui) or prompt.text["zh"]
        click.echo(f"{prompt.id:<{width}}  {kind_name}  {prompt.pack:<{pack_width}}  {text}")
    click.echo(f"共 {len(found)} 题" if ui == "zh" else f"{len(found)} prompts", err=True)


@prompts.command("show")
@click.argument("prompt_id", metavar="ID")
@json_option
@prompts_option
@ui_option()
def show_prompt(prompt_id: str, prompts_folder: Path | None, ui: str, *, as_json: bool) -> None:
    """Show a prompt with its rubric, tip and model answer."""
    prompt = _prompt(prompt_id, prompts_folder)
    if as_json:
        _print_json(asdict(prompt))
    else:
        click.echo(prompt_text(prompt, ui))


@prompts.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE...]")
@click.option("--fast", is_flag=True, help="Leave the model answers alone (they need the rubric engine).")
@json_option
@prompts_option
@ui_option()
def check(files: tuple[Path, ...], prompts_folder: Path | None, ui: str, *, fast: bool, as_json: bool) -> int:
    """Check prompt files: every fault with file, line, key and remedy; then what is weak.

    Without FILE all packs are checked: the program's, your own and those of --prompts.
    Exit status 2 when a file is wrong; warnings leave it at 0.
    """
    from voicecoach.adapters.packs import library

    if files and prompts_folder:
        raise UsageError("FILE and --prompts exclude each other", hint="name the files, or the folder")
    paths = files or library.pack_files(library.prompt_folders(prompts_folder))
    packs, problems = library.read_packs(paths)
    warnings = list(_warnings(packs, ui, fast=fast))
    if as_json:
        _print_json(
            {
                "files": [str(path) for path in paths],
                "problems": [_problem_json(problem) for problem in problems],
                "warnings": [_problem_json(warning) for warning in warnings],
            }
        )
    else:
        for problem in problems:
            click.echo(word("face-error", ui, what=problem.message()))
        for warning in warnings:
            click.echo(word("prompts-warning", ui, what=warning.message()))
        counts = {
            "files": len(paths),
            "prompts": sum(len(pack.prompts) for pack in packs),
            "errors": len(problems),
            "warnings": len(warnings),
        }
        click.echo(word("prompts-checked", ui, **counts), err=True)
    return WRONG if problems else 0


@prompts.command("try")
@click.argument("prompt_id", metavar="[ID]", required=False)
@click.option("--text", metavar="TEXT", help="The answer to try.")
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
def try_prompt(  # noqa: PLR0913 - the command's options
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
    trial = _Trial(prompts_folder, cast("Language", language))
    if sum(given is not None for given in (text, source, dialogue)) != 1:
        raise UsageError(
            "exactly one of --text, --file and --dialogue is needed",
            hint="voicecoach prompts try ID --text ...",
        )
    if source is not None:
        return trial.lines(source, prompt_id)
    if prompt_id is None:
        raise UsageError("the prompt is missing", hint="voicecoach prompts try ID --text ...")
    if dialogue is not None:
        prompt, coverage = trial.cover_dialogue(prompt_id, _read_text(dialogue))
    else:
        prompt, coverage = trial.cover(prompt_id, str(text))
    if as_json:
        _print_json(_coverage_json(coverage))
    else:
        click.echo(coverage_text(prompt, coverage, ui))
    return 0


class _Trial:
    """Rubric and forbidden language on written answers."""

    def __init__(self, folder: Path | None, language: Language) -> None:
        from voicecoach import wiring

        self._library = wiring.prompt_library(folder)
        self._language = language

    def cover(self, prompt_id: str, text: str) -> tuple[Prompt, Coverage]:
        """The prompt and its coverage by ``text``. Raises UsageError, EngineError."""
        from voicecoach import wiring
        from voicecoach.rubric.text.spoken import SpokenText

        prompt = self._prompt(prompt_id)
        if not text.strip():
            raise UsageError("the answer is empty", hint="write what was said after --text")
        spoken = SpokenText.from_text(text)
        return prompt, wiring.rubric_engine().judge(prompt, spoken, language=self._language)[1]

    def cover_dialogue(self, prompt_id: str, text: str) -> tuple[Prompt, Coverage]:
        """The same by the agent's side of a typed dialogue. Raises UsageError, EngineError."""
        from voicecoach import wiring
        from voicecoach.cli.prompts.typed_dialogue import parse_dialogue
        from voicecoach.rubric.text.conversation import Conversation

        prompt = self._prompt(prompt_id)
        conversation = Conversation.typed(parse_dialogue(text))
        _, coverage = wiring.rubric_engine().judge(
            prompt, conversation.agent.spoken, language=self._language, conversation=conversation
        )
        return prompt, coverage

    def _prompt(self, prompt_id: str) -> Prompt:
        """The prompt; its plain points must have exemplars in the language, rules without words drop out."""
        prompt = self._library.prompt(prompt_id)
        missing = [
            point.id
            for point in prompt.points
            if point.rule is None and not point.exemplars.get(self._language)
        ]
        if missing:
            raise UsageError(
                f"the prompt {prompt.id!r} has no exemplars in {self._language!r} for {', '.join(missing)}",
                hint="use --lang zh, or add exemplars in that language to the pack",
            )
        return prompt

    def lines(self, source: str, prompt_id: str | None) -> int:
        """One JSON object a line in, one out; a bad line gives an ``error`` and exit status 2."""
        status = 0
        for number, line in _read_lines(source):
            out: dict[str, Any] = {}
            try:
                row = _row(line, number)
                if "id" in row:
                    out["id"] = row["id"]
                wanted = row.get("prompt", prompt_id)
                if not isinstance(wanted, str):
                    raise UsageError(
                        f"line {number}: there is no prompt", hint="give ID, or `prompt` in the line"
                    )
                _, coverage = self.cover(wanted, row["text"])
                out |= _coverage_json(coverage)
            except EngineError:
                raise  # no other line would fare better
            except VoicecoachError as exc:
                status = exc.exit_status
                out |= {"line": number, "error": {"code": exc.kind, "message": exc.message, "hint": exc.hint}}
            click.echo(json.dumps(out, ensure_ascii=False))
        return status


def _row(line: str, number: int) -> dict[str, Any]:
    hint = 'write {"id": ..., "prompt": ..., "text": ...} on one line'
    try:
        row = json.loads(line)
    except json.JSONDecodeError as exc:
        raise UsageError(f"line {number}: this is not JSON: {exc.msg}", hint=hint) from exc
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise UsageError(f"line {number}: `text` is missing", hint=hint)
    return row


def _read_text(source: str) -> str:
    try:
        content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return content.decode("utf-8-sig")
    except OSError as exc:
        raise UsageError(
            f"cannot read {source}: {exc.strerror}", hint="check its name and permissions"
        ) from exc
    except UnicodeDecodeError as exc:
        raise UsageError(
            f"{source} is not UTF-8 (byte {exc.start})", hint="save it in the encoding UTF-8"
        ) from exc


def _read_lines(source: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(_read_text(source).splitlines(), start=1):
        if line.strip():
            yield number, line


def _library_packs(folder: Path | None) -> Sequence[Pack]:
    from voicecoach import wiring

    return wiring.prompt_library(folder).packs()


def _prompt(prompt_id: str, folder: Path | None) -> Prompt:
    from voicecoach import wiring

    return wiring.prompt_library(folder).prompt(prompt_id)


def _warnings(packs: Sequence[Pack], ui: str, *, fast: bool) -> Iterator[Problem]:
    from voicecoach.app.setup.prompt_check import rubric_warnings

    warns = [warn for pack in packs for prompt in pack.prompts for warn in rubric_warnings(prompt)]
    if not fast:
        warns.extend(_answers(packs, ui))
    yield from _placed(warns, packs)


def _answers(packs: Sequence[Pack], ui: str) -> Iterable[Warn]:
    from voicecoach import wiring
    from voicecoach.app.setup.prompt_check import RememberingEncoder, answer_warnings
    from voicecoach.rubric.coverage.topic import Topics
    from voicecoach.rubric.engine import RubricEngine

    every = [prompt for pack in packs for prompt in pack.prompts]
    showing = sys.stderr.isatty()

    def progress(prompt: Prompt) -> None:
        if showing:
            click.echo(f"\r\033[K{word('prompts-model-answer', ui, prompt=prompt.id)}", err=True, nl=False)

    try:
        encoder = RememberingEncoder(wiring.sentence_encoder())
        topics = cache(lambda language: Topics(every, encoder, language=language))
        engine = RubricEngine(encoder, topics=topics)
        return list(answer_warnings(every, engine, progress=progress))
    except EngineError as exc:
        raise EngineError("prompts-check-without-engine", cause=exc.told, remedy=exc.told_remedy) from exc
    finally:
        if showing:
            click.echo("\r\033[K", err=True, nl=False)


def _placed(warns: Iterable[Warn], packs: Sequence[Pack]) -> Iterator[Problem]:
    """The warnings at the lines of their prompts and points."""
    from voicecoach.adapters.packs.pack import Problem

    pack_of = {prompt.id: pack for pack in packs for prompt in pack.prompts}
    placed = []
    for warn in warns:
        pack = pack_of[warn.prompt_id]
        place = f"{warn.prompt_id}.{warn.point_id}" if warn.point_id else warn.prompt_id
        point = f".points.{warn.point_id}" if warn.point_id else ""
        key = f"prompts.{warn.prompt_id}{point}.{warn.key}"
        placed.append(Problem(pack.path, pack.lines[place], key, warn.told))
    yield from sorted(placed, key=lambda problem: (problem.path, problem.line, problem.key, str(problem)))


def _problem_json(problem: Problem) -> dict[str, Any]:
    return {
        "file": str(problem.path),
        "line": problem.line,
        "key": problem.key,
        "what": problem.told.words(FALLBACK_UI),
        "remedy": problem.told.hint(FALLBACK_UI),
    }


def _coverage_json(coverage: Coverage) -> dict[str, Any]:
    from voicecoach.documents.assessment import encode_coverage

    return encode_coverage(coverage)


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
