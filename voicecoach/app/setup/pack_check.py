"""What is weak in packs, at the lines of their files; what is wrong was found by reading them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from voicecoach.app.setup.prompt_check import RememberingEncoder, answer_warnings, rubric_warnings
from voicecoach.app.setup.rule_check import rule_warnings
from voicecoach.errors import EngineError
from voicecoach.model.pack import Problem
from voicecoach.rubric.coverage.topic import Topics
from voicecoach.rubric.engine import RubricEngine
from voicecoach.words.catalogue import FALLBACK_UI, Message
from voicecoach.words.visible import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from voicecoach.app.setup.prompt_check import Warn
    from voicecoach.model.pack import Pack
    from voicecoach.model.prompt import Prompt
    from voicecoach.ports import SentenceEncoder
    from voicecoach.ports.progress import Progress


def weaknesses(
    packs: Sequence[Pack], *, encoder: Callable[[], SentenceEncoder] | None, progress: Progress
) -> tuple[Problem, ...]:
    """All warnings, in the order of files and lines; without an ``encoder`` model answers are left alone.

    Raises EngineError.
    """
    prompts = [prompt for pack in packs for prompt in pack.prompts]
    warns = [warn for prompt in prompts for warn in (*rubric_warnings(prompt), *rule_warnings(prompt))]
    if encoder is not None:
        warns.extend(_of_answers(prompts, encoder, progress))
    placed = _placed(warns, packs)
    return tuple(sorted(placed, key=lambda problem: (problem.path, problem.line, problem.key, str(problem))))


def _of_answers(
    prompts: Sequence[Prompt], encoder: Callable[[], SentenceEncoder], progress: Progress
) -> list[Warn]:
    begun: list[str] = []

    def begin(prompt: Prompt) -> None:
        progress.done(len(begun), Message("prompts-model-answer", {"prompt": prompt.id}))
        begun.append(prompt.id)

    progress.stage(len(prompts))
    try:
        remembering = RememberingEncoder(encoder())
        topics = cache(lambda language: Topics(prompts, remembering, language=language))
        engine = RubricEngine(remembering, topics=topics)
        return list(answer_warnings(prompts, engine, progress=begin))
    except EngineError as exc:
        raise EngineError("prompts-check-without-engine", cause=exc.told, remedy=exc.told_remedy) from exc


def _placed(warns: Iterable[Warn], packs: Sequence[Pack]) -> list[Problem]:
    """The warnings at the lines of their prompts and points."""
    pack_of = {prompt.id: pack for pack in packs for prompt in pack.prompts}
    placed = []
    for warn in warns:
        pack = pack_of[warn.prompt_id]
        place = f"{warn.prompt_id}.{warn.point_id}" if warn.point_id else warn.prompt_id
        point = f".points.{warn.point_id}" if warn.point_id else ""
        key = f"prompts.{warn.prompt_id}{point}.{warn.key}"
        line = pack.lines.get(f"{place}.{warn.key}") or pack.lines[place]
        placed.append(Problem(pack.path, line, key, warn.told))
    return placed


def problem_document(problem: Problem) -> dict[str, Any]:
    """The problem for programs, in English."""
    return {
        "file": shown(problem.path),
        "line": problem.line,
        "key": problem.key,
        "what": problem.told.words(FALLBACK_UI),
        "remedy": problem.told.hint(FALLBACK_UI),
    }
