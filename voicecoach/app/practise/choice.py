"""Which prompts a practice goes through."""

from __future__ import annotations

from statistics import mean
from typing import TYPE_CHECKING, Final

from voicecoach.errors import UsageError

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Sequence

    from voicecoach.model.prompt import Prompt
    from voicecoach.model.take import TakeSummary
    from voicecoach.model.transcript import Language
    from voicecoach.ports import PromptLibrary

DEFAULT_PACK: Final = "jd_home"
RECENT_TAKES: Final = 3
"""So many takes of a prompt, the newest, say how weak it is."""


def choose(
    library: PromptLibrary,
    wanted: Sequence[str],
    *,
    language: Language,
    kind: str | None = None,
    takes: Iterable[TakeSummary] | None = None,
    shuffle: random.Random | None = None,
    most: int | None = None,
) -> tuple[Prompt, ...]:
    """The prompts of the packs and ids ``wanted``, each once, in order.

    With nothing wanted: the default pack, or all packs when a ``kind`` or the weakest are asked for.
    ``takes``, newest first, put the weakest prompt first; ``shuffle`` mixes them, ``most`` cuts them off.
    Raises UsageError when nothing is left, or for a name that is neither a pack nor an id.
    """
    asked_for = _wanted(library, wanted, is_free=kind is None and takes is None)
    chosen = [prompt for prompt in asked_for if prompt.text.get(language) and kind in {None, prompt.kind}]
    if not chosen:
        if kind is None:
            raise UsageError("no-prompt-fits", language=language)
        raise UsageError("no-prompt-fits-kind", language=language, kind=kind)
    if shuffle is not None:
        shuffle.shuffle(chosen)
    if takes is not None:
        weakness = _weakness(takes)
        chosen.sort(key=lambda prompt: weakness.get(prompt.id, 1.0))
    return tuple(chosen[:most])


def _wanted(library: PromptLibrary, wanted: Sequence[str], *, is_free: bool) -> list[Prompt]:
    every = library.prompts()
    packs = {prompt.pack for prompt in every}
    if not wanted and not is_free:
        return list(every)
    by_id: dict[str, Prompt] = {}
    for name in wanted or (DEFAULT_PACK,):
        of_it = (
            [prompt for prompt in every if prompt.pack == name] if name in packs else [library.prompt(name)]
        )
        by_id.update((prompt.id, prompt) for prompt in of_it)
    return list(by_id.values())


def _weakness(takes: Iterable[TakeSummary]) -> dict[str, float]:
    """How good the newest takes of each prompt were, 0..1: by the total, else by the coverage.

    Prompts that were never scored are not in it: they come after all weak ones.
    """
    by_prompt: dict[str, list[float]] = {}
    for take in takes:
        if take.total is not None:
            result = take.total / 100.0
        elif take.coverage_low is not None:
            result = take.coverage_low
        else:
            continue
        kept = by_prompt.setdefault(take.prompt_id, [])
        if len(kept) < RECENT_TAKES:
            kept.append(result)
    return {prompt_id: mean(results) for prompt_id, results in by_prompt.items()}
