"""Does this answer cover this point, and where was it said?

A point is heard where a cue phrase was said (in pinyin space) or where a window of the answer speaks to it
by meaning and wording, unless it is denied there, or the surroundings are a bare list of key words. The
two witnesses add up on one scale, ``score`` 0..1: from :data:`COVERED` the point is covered, from
:data:`MAYBE` it may be.

Known failure: irony; talk about the topic without the action; points spread over distant clauses.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, overload

from voicecoach.model.assessment import Coverage, Evidence, LanguageHit, PointResult, PointState
from voicecoach.rubric.call_rules.hits import ConversationReader, SideFinds, with_conditions
from voicecoach.rubric.call_rules.rules import RuleJudge
from voicecoach.rubric.coverage.answer import Answer
from voicecoach.rubric.coverage.denial import DenialTable
from voicecoach.rubric.coverage.judge import Find, PointJudge, Scored
from voicecoach.rubric.coverage.order import steps_in_order
from voicecoach.rubric.coverage.relevance import relevance
from voicecoach.rubric.coverage.vectors import Exemplars, Heads
from voicecoach.rubric.forbidden.find import find_forbidden
from voicecoach.rubric.text.conversation import Conversation
from voicecoach.rubric.text.homophones import Lexicon
from voicecoach.rubric.text.pinyin import word_count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from voicecoach.model.prompt import Prompt, RubricPoint
    from voicecoach.model.transcript import Language
    from voicecoach.ports import SentenceEncoder
    from voicecoach.rubric.coverage.topic import Relation, Topics
    from voicecoach.rubric.text.spoken import Clean, SpokenText
    from voicecoach.rubric.text.windows import Window

COVERED = 0.5
"""Score from which a point counts as covered."""
MAYBE = 0.25
"""Score from which it may be covered, and the user is asked."""
DOUBTED = 0.49
"""Highest score in an answer to another question."""
SURE = 0.9
"""Score that still counts as covered where the answer is perhaps one to another question."""
MAX_EVIDENCE = 3
"""Quotes kept a point."""
FIRST_WITHIN = 1.0
"""Logits below the surest find within which an earlier one still counts as the first evidence."""


@dataclass(frozen=True, slots=True, eq=False)
class _Fitted:
    """What is worked out once a prompt; ``exemplars`` and ``denials`` by point."""

    heads: Heads
    exemplars: tuple[Exemplars, ...]
    denials: tuple[DenialTable, ...]
    lexicon: Lexicon | None


class RubricEngine:
    """Coverage of answers; keeps the fitted exemplars of the prompts it has seen.

    ``topics`` gives the topics of a library, by language: what an answer to another question seems to cover
    is at most a maybe. Without it only the answer itself is looked at. ``pack_encoder`` may be an
    encoder that keeps the vectors of the packs' own texts; what users say never goes through it.
    """

    def __init__(
        self,
        encoder: SentenceEncoder,
        *,
        topics: Callable[[Language], Topics] | None = None,
        pack_encoder: SentenceEncoder | None = None,
    ) -> None:
        self._encoder = encoder
        self._pack_encoder = pack_encoder or encoder
        self._topics = topics
        self._fitted: dict[object, _Fitted] = {}

    def warm(self, prompt: Prompt, *, language: Language) -> None:
        """Work out beforehand what depends on the prompt alone. Raises EngineError."""
        self._fit(with_conditions(prompt), language, {})
        if self._topics is not None:
            self._topics(language)
        if language == "zh":
            word_count("好")

    def relation(self, prompt: Prompt, spoken: SpokenText, *, language: Language) -> Relation:
        """Whether :meth:`cover` takes ``spoken`` for an answer to ``prompt``; ``off``: nothing is covered.

        ``on`` where topics do not count: without them, and for points with rules. Raises EngineError.
        """
        if any(point.rule is not None for point in prompt.points):
            return "on"
        return self._relation(prompt, _mended(spoken.clean(), self._fit(prompt, language, {})), language)

    def _relation(self, prompt: Prompt, mended: Clean, language: Language) -> Relation:
        if self._topics is None:
            return "on"
        return self._topics(language).relation(prompt.id, mended.text, self._encoder)

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
        hits = find_forbidden(spoken, language=language)
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
        confirmed: Mapping[str, Sequence[str]] | None = None,
        conversation: Conversation | None = None,
    ) -> Coverage:
        """Coverage of ``prompt`` by ``spoken``.

        ``confirmed`` maps point ids to sentences that a user ticked as covering them. ``hits`` are
        passed through. ``conversation`` is the call of which ``spoken`` is the agent's side; points with a
        rule are judged in it (without it, in ``spoken`` alone), and those that cannot be drop out. Raises
        EngineError when the encoder or the word list is missing.
        """
        if any(point.rule is not None for point in prompt.points):
            reader = ConversationReader(
                conversation or Conversation.alone(spoken),
                partial(self._side_finds, with_conditions(prompt), language, confirmed or {}),
                language,
            )
            return RuleJudge(prompt, reader, covered=COVERED, maybe=MAYBE).coverage(hits)
        clean = spoken.clean()
        finds = (
            self._finds(prompt, clean, language, confirmed or {}) if clean.text else [()] * len(prompt.points)
        )
        points = tuple(
            _result(point, own, clean, spoken) for point, own in zip(prompt.points, finds, strict=True)
        )
        first = {
            result.id: _first(own)
            for result, own in zip(points, finds, strict=True)
            if result.state == "covered"
        }
        order_ok, early = steps_in_order(prompt.order, first)
        return Coverage(
            prompt_id=prompt.id,
            points=points,
            low=_share(prompt, points, ("covered",)),
            high=_share(prompt, points, ("covered", "maybe")),
            order_ok=order_ok,
            language=hits,
            out_of_order=early,
        )

    def _side_finds(
        self,
        prompt: Prompt,
        language: Language,
        confirmed: Mapping[str, Sequence[str]],
        spoken: SpokenText,
    ) -> SideFinds | None:
        """One side of a call, for its rules; None when it said nothing.

        A call speaks of many things besides its points: it is no off-topic answer for that.
        """
        clean = spoken.clean()
        if not clean.text:
            return None
        fitted = self._fit(prompt, language, confirmed)
        clean, answer, finds = self._matched(prompt, clean, language, fitted, whole=False)
        return SideFinds(
            clean, answer, {point.id: own for point, own in zip(prompt.points, finds, strict=True)}
        )

    def _finds(
        self, prompt: Prompt, clean: Clean, language: Language, confirmed: Mapping[str, Sequence[str]]
    ) -> list[tuple[Find, ...]]:
        """For each point of ``prompt``, the windows that speak to it, surest first."""
        fitted = self._fit(prompt, language, confirmed)
        clean, _, finds = self._matched(prompt, clean, language, fitted, whole=True)
        anything = any(own and own[0].logit >= 0.0 for own in finds)
        if anything:
            relation = self._relation(prompt, clean, language)
            if relation != "on":
                return [_doubted(own, sure=math.inf if relation == "off" else _logit(SURE)) for own in finds]
        return finds

    def _matched(
        self, prompt: Prompt, clean: Clean, language: Language, fitted: _Fitted, *, whole: bool
    ) -> tuple[Clean, Answer, list[tuple[Find, ...]]]:
        """The mended text, what it holds, and for each point the windows that speak to it.

        ``whole``: all of the text is an answer to the prompt; what has little to do with it is doubted.
        """
        clean = _mended(clean, fitted)
        answer = Answer(clean, self._encoder, language=language)
        by_window = fitted.heads.scores(answer.sentences, answer.vectors)
        by_denial = fitted.heads.scores(answer.denials.sentences, answer.denials.vectors)
        of_prompt = relevance(by_window)
        finds = []
        for index, point in enumerate(prompt.points):
            scored = Scored(by_window[:, index], by_denial[:, index])
            judge = PointJudge(answer, point, scored, fitted.exemplars[index], fitted.denials[index])
            finds.append(judge.finds(of_prompt.prior() if whole else 0.0))
        return clean, answer, finds

    def _fit(self, prompt: Prompt, language: Language, confirmed: Mapping[str, Sequence[str]]) -> _Fitted:
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
            tuple(sorted((point, tuple(texts)) for point, texts in confirmed.items())),
        )
        if key not in self._fitted:
            heads = Heads(prompt, self._pack_encoder, language=language, confirmed=confirmed)
            exemplars = tuple(heads.exemplars.of_point(index) for index in range(len(prompt.points)))
            self._fitted[key] = _Fitted(
                heads,
                exemplars,
                tuple(DenialTable(own.readings, self._pack_encoder, language=language) for own in exemplars),
                Lexicon(_wordings(prompt, heads.exemplars)) if language == "zh" else None,
            )
        return self._fitted[key]


def _mended(clean: Clean, fitted: _Fitted) -> Clean:
    """The text with misheard words of the prompt put right."""
    return clean if fitted.lexicon is None else replace(clean, text=fitted.lexicon.mend(clean.text))


def _wordings(prompt: Prompt, exemplars: Exemplars) -> list[str]:
    cues = [cue for point in prompt.points for cue in point.cues.get("zh", ())]
    return [*cues, *exemplars.readings, *(point.label.get("zh", "") for point in prompt.points)]


def _doubted(finds: tuple[Find, ...], *, sure: float) -> tuple[Find, ...]:
    """The finds with their logits held below covered, but for those of at least ``sure``."""
    limit = _logit(DOUBTED)
    return tuple(
        find if find.logit >= sure else replace(find, logit=min(find.logit, limit)) for find in finds
    )


def _logit(score: float) -> float:
    return math.log(score / (1.0 - score))


def _score(find: Find) -> float:
    return 1.0 / (1.0 + math.exp(-find.logit))


def _first(finds: tuple[Find, ...]) -> float:
    """The place of the first evidence, in characters: the earliest of the surest finds."""
    return min(find.at for find in finds if find.logit >= finds[0].logit - FIRST_WITHIN)


def _share(prompt: Prompt, points: tuple[PointResult, ...], states: tuple[PointState, ...]) -> float:
    """The share of the weights whose points are in one of ``states``."""
    total = sum(point.weight for point in prompt.points if point.counts)
    shared = sum(
        point.weight
        for point, result in zip(prompt.points, points, strict=True)
        if point.counts and result.state in states
    )
    return shared / total if total else 0.0


def _result(point: RubricPoint, finds: tuple[Find, ...], clean: Clean, spoken: SpokenText) -> PointResult:
    score = _score(finds[0]) if finds else 0.0
    if score < MAYBE:
        return PointResult(point.id, "not_heard", score)
    state: PointState = "covered" if score >= COVERED else "maybe"
    needed = COVERED if state == "covered" else MAYBE
    evidence: list[Evidence] = []
    taken: list[Window] = []
    for find in finds:
        window = find.window
        if len(evidence) == MAX_EVIDENCE or _score(find) < needed:
            break
        if any(window.start < other.end and other.start < window.end for other in taken):
            continue
        taken.append(window)
        start, end = clean.offsets[window.start], clean.offsets[window.end - 1] + 1
        evidence.append(Evidence(spoken.quote(start, end), spoken.span(start, end), find.by))
    return PointResult(point.id, state, score, tuple(evidence))
