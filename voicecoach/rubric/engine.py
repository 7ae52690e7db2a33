"""Does this answer cover this point, and where was it said?

A point is heard where a cue phrase was said (in pinyin space) or where a window of the answer speaks to it
by meaning and wording, unless it is denied there, or the surroundings are a bare list of key words. What
was heard is weighed as a whole (:mod:`voicecoach.rubric.coverage.calibration`) into the probability that the
point is covered, its ``score`` 0..1.

Known failure: irony; talk about the topic without the action; points spread over distant clauses.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, overload

from voicecoach.model.assessment import Coverage, LanguageHit
from voicecoach.rubric.call_rules.hits import ConversationReader, SideFinds, with_conditions
from voicecoach.rubric.call_rules.rules import RuleJudge
from voicecoach.rubric.coverage.calibration import calibration
from voicecoach.rubric.coverage.manner.stance import StanceHeads
from voicecoach.rubric.coverage.order import steps_in_order
from voicecoach.rubric.coverage.reading import Reader
from voicecoach.rubric.coverage.recent_vectors import RecentVectors
from voicecoach.rubric.coverage.signals import signals
from voicecoach.rubric.coverage.topic import relation_of
from voicecoach.rubric.coverage.verdict import coverage_range, result
from voicecoach.rubric.forbidden.families.detector import FamilyDetector
from voicecoach.rubric.forbidden.find import find_forbidden
from voicecoach.rubric.text.conversation import Conversation
from voicecoach.rubric.text.pinyin import word_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voicecoach.model.prompt import Prompt
    from voicecoach.model.transcript import Language
    from voicecoach.ports import SentenceEncoder
    from voicecoach.rubric.coverage.judge import Find
    from voicecoach.rubric.coverage.reading import Reading
    from voicecoach.rubric.coverage.topic import Relation, Standing, Topics
    from voicecoach.rubric.forbidden.families.weights import Weights
    from voicecoach.rubric.text.spoken import Clean, SpokenText

RULE_COVERED = 0.5
"""Score of a hit, its own logit alone, from which the condition of a call rule is met."""
RULE_MAYBE = 0.25
"""Score from which it may be."""
FIRST_WITHIN = 1.0
"""Logits below the surest find within which an earlier one still counts as the first evidence."""


class RubricEngine:
    """Coverage of answers; keeps the fitted exemplars of the prompts it has seen.

    ``topics`` gives the topics of a library, by language: an answer to another question is doubted.
    Without it only the answer itself is looked at. ``pack_encoder`` may be an encoder that keeps the vectors
    of the packs' own texts; of what users say only the sentences that they taught go through it.
    ``families`` gives the weights of what reads like forbidden language, which must belong to ``encoder``.
    """

    def __init__(
        self,
        encoder: SentenceEncoder,
        *,
        topics: Callable[[Language], Topics] | None = None,
        pack_encoder: SentenceEncoder | None = None,
        families: Callable[[Language], Weights | None] | None = None,
    ) -> None:
        self._encoder = RecentVectors(encoder)
        self._pack_encoder = pack_encoder or encoder
        self._topics = topics
        self._families = families
        self._readers: dict[object, Reader] = {}
        self._stances: dict[Language, StanceHeads] = {}

    def warm(self, prompt: Prompt, *, language: Language) -> None:
        """Work out beforehand what depends on the prompt alone. Raises EngineError."""
        self._reader(with_conditions(prompt), language)
        calibration(language)
        if self._topics is not None:
            self._topics(language)
        if self._families is not None:
            self._families(language)
        if language == "zh":
            word_count("好")

    def relation(self, prompt: Prompt, spoken: SpokenText, *, language: Language) -> Relation:
        """Whether ``spoken`` looks like an answer to ``prompt``; ``off``: hardly anything is covered.

        ``on`` where topics do not count: without them, and for points with rules. Raises EngineError.
        """
        if any(point.rule is not None for point in prompt.points):
            return "on"
        mended = self._reader(prompt, language).mended(spoken.clean())
        return relation_of(self._standing(prompt, mended, language))

    def _standing(self, prompt: Prompt, mended: Clean, language: Language) -> Standing | None:
        if self._topics is None:
            return None
        return self._topics(language).standing(prompt.id, mended.text, self._encoder)

    @overload
    def judge(
        self,
        prompt: Prompt,
        spoken: SpokenText,
        *,
        language: Language,
        conversation: Conversation | None = None,
    ) -> tuple[tuple[LanguageHit, ...], Coverage]: ...

    @overload
    def judge(
        self,
        prompt: Prompt | None,
        spoken: SpokenText,
        *,
        language: Language,
        conversation: Conversation | None = None,
    ) -> tuple[tuple[LanguageHit, ...], Coverage | None]: ...

    def judge(
        self,
        prompt: Prompt | None,
        spoken: SpokenText,
        *,
        language: Language,
        conversation: Conversation | None = None,
    ) -> tuple[tuple[LanguageHit, ...], Coverage | None]:
        """Forbidden language in ``spoken``, and its coverage of ``prompt``, which holds the same hits.

        Without a prompt there is no coverage. ``conversation`` as for :meth:`cover`. Raises EngineError.
        """
        weights = None if self._families is None else self._families(language)
        families = None if weights is None else FamilyDetector(weights, self._encoder)
        hits = find_forbidden(spoken, language=language, families=families)
        if prompt is None:
            return hits, None
        return hits, self.cover(prompt, spoken, language=language, hits=hits, conversation=conversation)

    def cover(
        self,
        prompt: Prompt,
        spoken: SpokenText,
        *,
        language: Language,
        hits: tuple[LanguageHit, ...] = (),
        conversation: Conversation | None = None,
    ) -> Coverage:
        """Coverage of ``prompt`` by ``spoken``.

        ``hits`` are passed through. ``conversation`` is the call of which ``spoken`` is the agent's side;
        points with a rule are judged in it (without it, in ``spoken`` alone), and those that cannot be drop
        out. Raises EngineError when the encoder or the word list is missing.
        """
        if any(point.rule is not None for point in prompt.points):
            reader = ConversationReader(
                conversation or Conversation.alone(spoken),
                partial(self._side_finds, with_conditions(prompt), language),
                language,
            )
            return RuleJudge(prompt, reader, covered=RULE_COVERED, maybe=RULE_MAYBE).coverage(hits)
        clean = spoken.clean()
        if not clean.text:
            return _coverage(prompt, spoken, clean, [(0.0, ())] * len(prompt.points), hits)
        reading, standing = self.read(prompt, spoken, language=language)
        weighed = calibration(language)
        judged = [
            (weighed.probability(own), heard.finds)
            for own, heard in zip(signals(reading, standing), reading.heard, strict=True)
        ]
        return _coverage(prompt, spoken, reading.clean, judged, hits)

    def read(
        self, prompt: Prompt, spoken: SpokenText, *, language: Language
    ) -> tuple[Reading, Standing | None]:
        """What ``spoken``, which must hold words, says to ``prompt``, and its standing among all prompts.

        The standing is None where there is nothing to judge it by. Raises EngineError.
        """
        reading = self._reader(prompt, language).read(spoken.clean(), self._encoder)
        anything = any(heard.finds for heard in reading.heard)
        return reading, self._standing(prompt, reading.clean, language) if anything else None

    def _side_finds(
        self,
        prompt: Prompt,
        language: Language,
        spoken: SpokenText,
    ) -> SideFinds | None:
        """One side of a call, for its rules; None when it said nothing.

        A call speaks of many things besides its points: it is no off-topic answer for that.
        """
        clean = spoken.clean()
        if not clean.text:
            return None
        reading = self._reader(prompt, language).read(clean, self._encoder)
        by_point = {point.id: heard.finds for point, heard in zip(prompt.points, reading.heard, strict=True)}
        return SideFinds(reading.clean, reading.answer, by_point)

    def _reader(self, prompt: Prompt, language: Language) -> Reader:
        key = (
            prompt.id,
            language,
            tuple(
                (
                    point.cues.get(language),
                    point.exemplars.get(language),
                    point.counter_exemplars.get(language),
                )
                for point in prompt.points
            ),
        )
        if key not in self._readers:
            if language not in self._stances:
                self._stances[language] = StanceHeads(self._pack_encoder, language=language)
            self._readers[key] = Reader(
                prompt,
                self._pack_encoder,
                language=language,
                stances=self._stances[language],
            )
        return self._readers[key]


def _coverage(
    prompt: Prompt,
    spoken: SpokenText,
    clean: Clean,
    judged: Sequence[tuple[float, tuple[Find, ...]]],
    hits: tuple[LanguageHit, ...],
) -> Coverage:
    """The coverage, given for each point its probability and what speaks to it."""
    points = tuple(
        result(point, probability, finds, clean, spoken)
        for point, (probability, finds) in zip(prompt.points, judged, strict=True)
    )
    first = {
        own.id: _first(finds)
        for own, (_, finds) in zip(points, judged, strict=True)
        if own.state == "covered"
    }
    order_ok, early = steps_in_order(prompt.order, first)
    low, high = coverage_range(prompt.points, points)
    return Coverage(
        prompt_id=prompt.id,
        points=points,
        low=low,
        high=high,
        order_ok=order_ok,
        language=hits,
        out_of_order=early,
    )


def _first(finds: tuple[Find, ...]) -> float:
    """The place of the first evidence, in characters: the earliest of the surest finds."""
    return min(find.at for find in finds if find.logit >= finds[0].logit - FIRST_WITHIN)
