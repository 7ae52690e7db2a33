"""Service language that must not be said: 不礼貌, 推诿, 违规承诺, 泄露, and 你 for 您.

Homophone slips of the recogniser are put right first (不龟我管 -> 不归我管), then the structures of
:mod:`.rules` are looked for, then :mod:`.context` drops what is mentioned, quoted,
denied, conditional, or followed by help. A certain hit may be told as a fact; an uncertain one is
shown as worth a look. That nothing was found proves nothing and is never told as 没有.

Known failure: rudeness in the tone of plain words, irony, and ways of saying it that no rule has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from voicecoach.model.assessment import LanguageHit
from voicecoach.model.spans import chained
from voicecoach.rubric.forbidden.context import (
    holds_negator,
    is_approved,
    is_asked,
    is_conditional,
    is_mention,
)
from voicecoach.rubric.forbidden.phrases import INFORMAL_YOU, REPAIRS
from voicecoach.rubric.forbidden.rules import RULES
from voicecoach.rubric.forbidden.segments import clause, cuts_word, neighbours
from voicecoach.rubric.forbidden.stance import (
    is_declined,
    is_helped,
    is_kind,
    is_mended,
    is_of_others,
    is_own_data,
    is_supposed,
    is_warning,
    stands_by,
)
from voicecoach.rubric.text.cues import COMMON_WORD_LENGTHS, MAX_COST, MAX_COST_LONGER
from voicecoach.rubric.text.pinyin import PinyinSyllable, is_common_word, syllable_cost, syllables
from voicecoach.rubric.text.spoken import STRONG, WEAK, SpokenText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voicecoach.model.assessment import LanguageCode
    from voicecoach.model.transcript import Language
    from voicecoach.rubric.forbidden.families.detector import FamilyDetector
    from voicecoach.rubric.forbidden.rule import Arm, ForbiddenRule
    from voicecoach.rubric.text.spoken import Clean

MAX_SURE_COST = 0.2
"""Cost of a repaired slip (see :mod:`.pinyin`) up to which a hit that needs it stays certain."""
SURE_SUPPORT = 2.0
"""Log-odds of a family from which it makes the hit of a rule certain: half of the true hits that have no
other second signal, and one in thirty of 640 false ones (docs/benchmarks.md)."""
MEANT_CHARS = 12
"""Characters of its clause on either side of a hit whose meaning is asked for."""
_CONFUSED = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}
_WIDTH = 6
"""Letters of the longest syllable (zhuang without its g, and zh as z: five)."""
_PARTS = re.compile(f"([{WEAK}{STRONG}])")
_LINKS = "是就都也又还说去来"
"""Words that grow together with those before them (就是, 来说): a hit that begins with one cuts nothing."""
CODES: tuple[LanguageCode, ...] = ("rude", "shirk", "overpromise", "leak", "ni")


@dataclass(frozen=True, slots=True)
class _Hit:
    code: LanguageCode
    start: int
    end: int
    certain: bool
    slipped: bool = False
    """Whether it rests on a repair too dear to be sure of."""


def find_forbidden(
    spoken: SpokenText | str, *, language: Language, families: FamilyDetector | None = None
) -> tuple[LanguageHit, ...]:
    """Forbidden language in an answer, in order of time; quotes are verbatim, spans None on text alone.

    ``families``, of the same language, are the second signal of hits that have none, and add what reads like
    forbidden talk where no rule speaks: never certain. Raises EngineError when the word list of the
    homophone check, or the encoder, is missing.
    """
    if isinstance(spoken, str):
        spoken = SpokenText.from_text(spoken)
    clean = spoken.clean()
    text, slips = _repaired(clean.text) if language == "zh" else (clean.text, {})
    hits = list(_merged(_uses(text, slips, language=language)))
    if language == "zh":
        hits.extend(_informal(text, hits))
    if families is not None:
        hits = [_confirmed(text, hit, families) for hit in hits]
        hits.extend(_suspected(replace(clean, text=text), hits, families))
    told = []
    for hit in sorted(hits, key=lambda hit: (hit.start, CODES.index(hit.code))):
        first, last = clean.offsets[hit.start], clean.offsets[hit.end - 1] + 1
        told.append(LanguageHit(hit.code, spoken.quote(first, last), spoken.span(first, last), hit.certain))
    return tuple(told)


def _repaired(text: str) -> tuple[str, dict[int, float]]:
    """The text with slips of :data:`REPAIRS` put right, and each changed phrase's cost by index."""
    heard = tuple(chain.from_iterable(_heard(part) for part in _PARTS.split(text)))
    sounds = _sounds(heard)
    characters = list(text)
    costs: dict[int, float] = {}
    for phrase, meant, wanted in _repairs():
        for at in _places(sounds, wanted):
            taken = range(at, at + len(phrase))
            cost = sum(syllable_cost(*pair) for pair in zip(heard[at : taken.stop], meant, strict=True))
            if 0.0 < cost <= _limit(phrase) and costs.keys().isdisjoint(taken) and not _is_word(text, taken):
                characters[at : taken.stop] = phrase
                costs.update(dict.fromkeys(taken, cost))
    return "".join(characters), costs


@lru_cache(maxsize=8192)
def _heard(part: str) -> tuple[PinyinSyllable, ...]:
    """The syllables of a clause: no reading depends on another one."""
    return syllables(part)


@lru_cache(maxsize=1)
def _repairs() -> tuple[tuple[str, tuple[PinyinSyllable, ...], str], ...]:
    """Each phrase of :data:`REPAIRS` with its syllables and its sound, the longest first."""
    phrases = sorted(REPAIRS, key=len, reverse=True)
    meant = [syllables(phrase) for phrase in phrases]
    return tuple((phrase, spoken, _sounds(spoken)) for phrase, spoken in zip(phrases, meant, strict=True))


def _sounds(heard: Iterable[PinyinSyllable]) -> str:
    """:data:`_WIDTH` letters a syllable; those that are confused (tone, z/zh, n/l, -n/-ng) look the same."""
    return "".join(_sound(syllable) for syllable in heard)


@lru_cache(maxsize=4096)
def _sound(syllable: PinyinSyllable) -> str:
    if syllable.initial is None:
        return syllable.character.ljust(_WIDTH)
    initial = _CONFUSED.get(syllable.initial, syllable.initial)
    final = syllable.final.removesuffix("g") if syllable.final.endswith("ng") else syllable.final
    return (initial + final).ljust(_WIDTH)


def _places(sounds: str, wanted: str) -> Iterator[int]:
    """The syllables of ``sounds`` at which ``wanted`` begins."""
    at = sounds.find(wanted)
    while at >= 0:
        if at % _WIDTH == 0:
            yield at // _WIDTH
        at = sounds.find(wanted, at + 1)


def _limit(phrase: str) -> float:
    return MAX_COST.get(len(phrase), MAX_COST_LONGER)


def _is_word(text: str, taken: range) -> bool:
    """Whether what was heard is itself a common word, which then was meant (合适 is not 核实)."""
    return len(taken) in COMMON_WORD_LENGTHS and is_common_word(text[taken.start : taken.stop])


def _uses(text: str, slips: dict[int, float], *, language: Language) -> Iterator[_Hit]:
    for rule in RULES[language]:
        for arm in rule.arms:
            for match in arm.compiled.finditer(text):
                start = match.start()
                end = _trimmed(text, start, match.end())
                if _is_innocent(rule, arm, text, start, end, language=language):
                    continue
                cost = max((slips.get(index, 0.0) for index in range(start, end)), default=0.0)
                slipped = cost > MAX_SURE_COST
                certain = not slipped and _is_certain(rule, arm, text, start, end)
                yield _Hit(rule.code, start, end, certain, slipped)


def _is_certain(rule: ForbiddenRule, arm: Arm, text: str, start: int, end: int) -> bool:
    """Whether a hit has its second signal, or needs none."""
    if arm.certain == "stance":
        return stands_by(rule.code, text, start, end, conditional=rule.conditional)
    return arm.certain == "alone"


def _is_innocent(
    rule: ForbiddenRule, arm: Arm, text: str, start: int, end: int, *, language: Language
) -> bool:
    if is_mention(text, start, end, language=language):
        return True
    if language == "en":
        helped = rule.code == "shirk" and is_helped(text, end)
        return helped or _is_lifted(rule, text, start, end, language=language)
    return (
        _cuts_words(rule, arm, text, start, end)
        or _is_excused(rule, arm, text, start, end)
        or (rule.code != "rude" and is_warning(text, start, end))
        or _is_lifted(rule, text, start, end, language=language)
    )


def _cuts_words(rule: ForbiddenRule, arm: Arm, text: str, start: int, end: int) -> bool:
    """Whether a hit begins or ends inside a word (卖订单 of 拍卖订单); a promise ends in stems (退款)."""
    if text[start] not in _LINKS and cuts_word(text, start):
        return True
    return rule.code != "overpromise" and not arm.open_ended and cuts_word(text, end)


def _is_excused(rule: ForbiddenRule, arm: Arm, text: str, start: int, end: int) -> bool:
    """Whether the sentence is kind, helps, supposes, warns, or speaks of oneself or of a thing."""
    if rule.code not in {"rude", "shirk"}:
        return False
    if arm.certain == "never" and is_supposed(text, start, end):
        return True
    if rule.code == "shirk":
        return is_helped(text, end) or (arm.certain == "never" and is_mended(text, start, end))
    if rule.trait and is_of_others(text, start, end):
        return True
    return arm.certain != "alone" and (is_kind(text, start, end) or is_warning(text, start, end))


def _is_lifted(rule: ForbiddenRule, text: str, start: int, end: int, *, language: Language) -> bool:
    """Whether a question, a condition, a consent or a denial within lifts a hit of this code."""
    if rule.code == "shirk":
        return is_asked(text, start, end)
    if rule.code in {"overpromise", "leak"} and language == "zh" and is_declined(text, end):
        return True
    if rule.code == "overpromise":
        if rule.conditional:
            return is_conditional(text, start, end, language=language)
        return is_approved(text, start, end)
    return rule.code == "leak" and (holds_negator(text, start, end) or is_own_data(text, start))


def _trimmed(text: str, start: int, end: int) -> int:
    """The end of a hit without the marks that a pattern looked past."""
    return start + len(text[start:end].rstrip(WEAK + STRONG + " "))


def _merged(hits: Iterable[_Hit]) -> list[_Hit]:
    """Overlapping hits of one code as one, certain when one of them is."""

    def join(last: _Hit, hit: _Hit) -> _Hit | None:
        if last.code != hit.code or hit.start >= last.end:
            return None
        certain, slipped = last.certain or hit.certain, last.slipped and hit.slipped
        return _Hit(hit.code, last.start, max(last.end, hit.end), certain, slipped)

    return chained(sorted(hits, key=lambda hit: (hit.code, hit.start, hit.end)), join)


def _confirmed(text: str, hit: _Hit, families: FamilyDetector) -> _Hit:
    """The hit of a rule, certain where the meaning of its clause is that of the family as well."""
    if hit.certain or hit.slipped:
        return hit
    first, last = clause(text, hit.start, hit.end)
    first, last = max(first, hit.start - MEANT_CHARS), min(last, hit.end + MEANT_CHARS)
    sure = families.support(hit.code, text[first:last]) >= SURE_SUPPORT
    return replace(hit, certain=sure)


def _suspected(clean: Clean, hits: list[_Hit], families: FamilyDetector) -> Iterator[_Hit]:
    """What reads like a family, but for clauses of which a rule has spoken already."""
    ruled = [neighbours(clean.text, hit.start, hit.end, reach=0) for hit in hits if hit.code != "ni"]
    for suspicion in families.suspicions(clean):
        if not any(start < suspicion.end and suspicion.start < end for start, end in ruled):
            yield _Hit(suspicion.code, suspicion.start, suspicion.end, certain=False)


def _informal(text: str, hits: list[_Hit]) -> Iterator[_Hit]:
    """你 said to the customer: in or next to a clause of another hit, or by the words around it."""
    reach = [neighbours(text, hit.start, hit.end, reach=1) for hit in hits if hit.code != "leak"]
    last_end = -1
    for at, character in enumerate(text):
        if character != "你" or at < last_end or text.startswith(("你好", "你们"), at):
            continue
        first, end = clause(text, at, at + 1)
        if is_mention(text, at, at + 1, language="zh"):
            continue
        beside = any(start <= at < stop for start, stop in reach)
        spoken_to = INFORMAL_YOU.search(text, max(first, at - 2), min(end, at + 6))
        if beside or spoken_to:
            last_end = end
            yield _Hit("ni", at, at + 1, certain=True)
