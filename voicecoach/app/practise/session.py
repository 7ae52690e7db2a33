"""A whole practice, from what was asked for to what is said at its end."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voicecoach.app.practise.choice import choose
from voicecoach.app.practise.options import PracticeOptions
from voicecoach.documents.take import facts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from voicecoach.app.practise.face import Face
    from voicecoach.app.practise.practice import Practice
    from voicecoach.features.noise import NoiseKind
    from voicecoach.model.device import Device
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.take import Take
    from voicecoach.ports import PromptLibrary, Store


@dataclass(frozen=True, slots=True)
class PracticeRequest:
    """What the user asks for; all has a default.

    ``names`` are packs and ids of prompts, ``kind`` leaves those of one kind, ``most`` so many. ``weakest``:
    those first in which the user was weakest lately. ``voice`` None: whom each prompt asks for.
    ``noise``: a kind, and so many dB under the voice. ``speaker`` names a speaker profile, None: the newest
    of this microphone. ``device`` is the microphone, ``prompts_folder`` holds more packs.
    """

    options: PracticeOptions = field(default_factory=PracticeOptions)
    names: tuple[str, ...] = ()
    kind: str | None = None
    shuffle: bool = False
    weakest: bool = False
    most: int | None = None
    voice: str | None = None
    engine: str = "auto"
    noise: tuple[NoiseKind, float] | None = None
    speaker: str | None = None
    model: str = "base"
    device: Device = None
    prompts_folder: Path | None = None


def prompts_of(request: PracticeRequest, library: PromptLibrary, store: Store) -> tuple[Prompt, ...]:
    """The prompts that the practice goes through. Raises UsageError, PromptFileError, StoreError."""
    return choose(
        library,
        request.names,
        language=request.options.language,
        kind=request.kind,
        takes=store.takes() if request.weakest else None,
        shuffle=random.Random() if request.shuffle else None,  # noqa: S311 - an order, no secret
        most=request.most,
    )


@dataclass(frozen=True, slots=True)
class Missed:
    """The rubric point that was missed most often, ``n`` times; ``label`` by language, may be empty."""

    prompt_id: str
    point_id: str
    n: int
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Summary:
    """How a practice went.

    ``mean_total`` is None without a total; ``best``, prompt and total, without two of them; ``missed`` when
    no point was missed.
    """

    n_takes: int
    mean_total: float | None
    best: tuple[str, float] | None
    missed: Missed | None


class Session:
    """A practice and all that it goes through."""

    def __init__(
        self, practice: Practice, face: Face, library: PromptLibrary, prompts: Sequence[Prompt]
    ) -> None:
        self._practice, self._face = practice, face
        self._library, self._prompts = library, prompts

    def run(self, *, alone: bool) -> None:
        """Offer what was broken off before, unless another practice is there to do so; then practise."""
        if not self._practice.options.text_only:
            if alone:
                self._practice.offer_unfinished(self._library)
            else:
                self._face.note("practise-other")
        self._practice.run(self._prompts)

    def summary(self) -> Summary | None:
        """How it went until now, None when nothing was recorded. Raises PromptFileError."""
        takes = self._practice.takes
        if not takes:
            return None
        with_score = self._practice.options.with_score
        judged = [(take.prompt_id, facts_of(take).total) for take in takes] if with_score else []
        totals = [(prompt_id, total) for prompt_id, total in judged if total is not None]
        return Summary(
            len(takes),
            sum(total for _, total in totals) / len(totals) if totals else None,
            max(totals, key=lambda scored: scored[1]) if len(totals) > 1 else None,
            most_missed(takes, self._library),
        )

    def close(self) -> None:
        """Wait for what still loads."""
        self._practice.close()


def most_missed(takes: Sequence[Take], library: PromptLibrary) -> Missed | None:
    """What was missed most often in ``takes``; None when nothing was. Raises PromptFileError."""
    missed = Counter(
        (row.prompt_id, row.point_id)
        for take in takes
        for row in facts_of(take).points
        if row.state == "not_heard"
    )
    if not missed:
        return None
    (prompt_id, point_id), n = missed.most_common(1)[0]
    labels = (
        point.label
        for prompt in library.prompts()
        if prompt.id == prompt_id
        for point in prompt.points
        if point.id == point_id
    )
    return Missed(prompt_id, point_id, n, next(labels, {}))
