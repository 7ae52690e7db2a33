"""Who is denied what: negators, their scope, and what only looks like one.

A negator in a clause denies what follows it, up to :data:`SCOPE` characters or the next connective
(我不会｜理解你的心情). Where its verb ends the clause, it denies the topic before it as well
(订单我｜不查), and so does a complement of inability (｜解决｜不了). Not negators: 是不是, 有没有, 不仅,
特别, 对不起 and the like; a double negation (不是不理解, 绝不会不管) affirms. Reluctance and rhetorical
questions deny (懒得道歉, 凭什么道歉).

Known failure: irony, and a denial spread over two clauses (道歉？不存在的 is seen, 道歉嘛，看心情 is not).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicecoach.rubric.text import polarity_words as words
from voicecoach.rubric.text.spoken import WEAK
from voicecoach.rubric.text.windows import marked_clauses, phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voicecoach.model.transcript import Language

SCOPE = 9
"""Hanzi after a negator that it reaches, within its clause."""
SCOPE_EN = 45
"""The same in English letters."""
TAIL = 4
"""A negated verb at the end of its clause, of at most this many Hanzi, denies the topic before it."""
REACH_BACK = 14
"""Hanzi before a clause-final negation that it reaches."""
MOST_TOPICS = 4
"""Clauses before a bare denial that it may reach."""
MASK = "\ufffc"


@dataclass(frozen=True, slots=True)
class Negation:
    """A negator at ``[start, end)`` that denies the characters ``[scope_start, scope_end)``.

    ``[phrase_start, phrase_end)`` is the clause it stands in. ``attributive``: it only qualifies a noun
    (不符合规定的｜我也答应) and denies no statement. ``unwilling``: it refuses (懒得, 没义务, 随便), which
    never makes a point. ``resolve``: it vows not to do what nobody should (不敷衍), or takes a burden off
    somebody (不收您运费). ``excuses``: it tells somebody else that he need not (您不用跑一趟).
    ``elsewhere``: it denies only the rest (别的没研究过).
    """

    start: int
    end: int
    scope_start: int
    scope_end: int
    phrase_start: int
    phrase_end: int
    attributive: bool = False
    unwilling: bool = False
    resolve: bool = False
    excuses: bool = False
    elsewhere: bool = False

    def denies(self, start: int, end: int) -> bool:
        """Whether any of ``[start, end)`` lies in the scope, the negator itself left out."""
        return any(
            self.scope_start <= index < self.scope_end and not self.start <= index < self.end
            for index in range(start, end)
        )


def negations(text: str, *, language: Language) -> tuple[Negation, ...]:
    """The effective negations of a cleaned text, in order."""
    if language == "en":
        return tuple(_english(text))
    return tuple(sorted(_mandarin(text), key=lambda negation: (negation.start, negation.end)))


def has_denial(text: str, denials: Iterable[Negation], start: int, end: int) -> bool:
    """Whether ``[start, end)`` holds a negation, or a word that is a denial in itself (守口如瓶)."""
    inside = any(negation.start < end and negation.end > start for negation in denials)
    return inside or words.ZH_DENYING_WORDS.search(text, start, end) is not None


def _masked(text: str, *patterns: re.Pattern[str]) -> str:
    for pattern in patterns:
        text = pattern.sub(lambda match: MASK * len(match[0]), text)
    return text


def _mandarin(text: str) -> Iterator[Negation]:
    masked = _masked(
        text,
        words.ZH_DOUBLE,
        words.A_NOT_A,
        words.ZH_NO_MATTER,
        words.ZH_OWN_FAULT,
        words.ZH_GUESS,
        words.ZH_INNOCENT_WORDS,
        words.ZH_LIMIT,
        words.ZH_CALMING,
    )
    clauses = phrases(text)
    for index, (start, end) in enumerate(clauses):
        row = _named_row(text, clauses, index)
        inability_at = set()
        for match in words.ZH_INABILITY.finditer(masked, start, end):
            inability_at.add(match.start())
            embedded = _embedded(text, start, match.start())
            back = match.start() if embedded else max(start, match.start() - REACH_BACK)
            stop, attributive = _reach(text, match, end)
            phrase_start = start if embedded or attributive else row
            back = min(back, phrase_start) if phrase_start < start else back
            yield Negation(match.start(), match.end(), back, stop, phrase_start, end, attributive)
        for match in words.ZH_NEGATOR.finditer(masked, start, end):
            if match.start() not in inability_at:
                yield _negation(text, match, (start, end), row)
        for match in words.ZH_DISMISSAL.finditer(text, start, end):
            topic = _echoed_topic(text, start, end)
            yield Negation(match.start(), match.end(), topic, end, topic, end, unwilling=True)


def _negation(text: str, match: re.Match[str], phrase: tuple[int, int], row: int) -> Negation:
    """The negation of the negator ``match`` in ``phrase``, before which the names from ``row`` on stand."""
    start, end = phrase
    stop, attributive = _reach(text, match, end)
    back = match.start()
    backwards = not attributive and _reaches_back(text, start, match, end)
    if backwards:
        back = max(start, match.start() - REACH_BACK)
    unwilling = words.ZH_ATTITUDE.match(text, match.start(), end) is not None
    if unwilling:
        counted_off = words.ZH_ORDINAL.search(text, match.end(), end)
        stop = counted_off.start() if counted_off else end
    phrase_start = start
    if backwards:
        phrase_start = min(row, _echoed_topic(text, start, end))
        back = min(back, phrase_start)
    supposed = None if unwilling or attributive else _supposed(text, start, match, end)
    if supposed is None and words.ZH_REPORTED.search(text, start, match.start()):
        supposed = stop
    if supposed is not None:
        back, stop, attributive = match.start(), supposed, True
    return Negation(
        match.start(),
        match.end(),
        back,
        stop,
        phrase_start,
        end,
        attributive,
        unwilling,
        resolve=_resolves(text, match, (start, end), words.ZH_RESOLVE, words.ZH_UNBURDENED),
        excuses=_excuses(text, start, match),
        elsewhere=words.ZH_ELSEWHERE.search(text[start : match.start()]) is not None
        or words.ZH_NOTHING_ELSE.match(text, match.end(), end) is not None,
    )


def _excuses(text: str, start: int, negator: re.Match[str]) -> bool:
    """Whether ``negator`` tells somebody else that he need not, or stands behind one that does."""
    if words.ZH_EXCUSED.search(text[start : negator.start()]) or words.ZH_SPARED.match(text, negator.start()):
        return True
    spared = re.search(
        r"(?:您|你)(?:就|先|也|可|都|真|完全)*(?:不用|不必|不需要|甭|别)", text[start : negator.start()]
    )
    return spared is not None


def _resolves(
    text: str,
    negator: re.Match[str],
    clause: tuple[int, int],
    vowed: re.Pattern[str],
    unburdened: re.Pattern[str],
) -> bool:
    """Whether ``negator`` vows not to do what nobody should, or spares somebody a burden."""
    if vowed.match(text, negator.end(), clause[1]):
        return True
    burdens = unburdened.finditer(text, *clause)
    return any(burden.start() <= negator.start() < burden.end() for burden in burdens)


def _named_row(text: str, clauses: list[tuple[int, int]], index: int) -> int:
    """Where the row of names and questions begins that clause ``index`` denies (时长，好评｜我没看过).

    The start of the clause itself when it denies none.
    """
    first, end = clauses[index]
    denial = words.ZH_BARE_DENIAL.fullmatch(text, first, end) or words.ZH_FRONTED.fullmatch(text, first, end)
    if denial is None or (denial["who"] is None and text[end : end + 1] == WEAK):
        return first
    for before, stop in reversed(clauses[max(0, index - MOST_TOPICS) : index]):
        joined = text[stop:first] in ("", WEAK)
        if (
            not joined
            or words.ZH_REST.search(text, first, end)
            or words.ZH_NAMES.fullmatch(text, before, stop) is None
        ):
            break
        first = before
    return first


def _echoed_topic(text: str, start: int, end: int) -> int:
    """Where the bare topic before a clause begins that the clause takes up again; else ``start``."""
    topic = words.ZH_BARE_TOPIC.search(text[:start])
    if topic is None or not set(topic["topic"]) & set(text[start:end]):
        return start
    return topic.start("topic")


def _supposed(text: str, start: int, negator: re.Match[str], end: int) -> int | None:
    """Where the condition ends that ``negator`` only supposes (不合适｜就退); None when it is none."""
    if words.ZH_SUPPOSING_BEFORE.search(text[start : negator.start()]) is None:
        return None
    if end - negator.end() <= TAIL and words.ZH_THEN.match(text, end):
        return end
    condition = words.ZH_SUPPOSED.match(text, negator.end(), end)
    if condition is None and negator[0] in {"没", "没有", "未", "别"}:
        condition = words.ZH_UNLESS.match(text, negator.end(), end)
    return None if condition is None else condition.end("if")


def _reaches_back(text: str, start: int, negator: re.Match[str], end: int) -> bool:
    """Whether what stands before ``negator`` in its clause is the topic that it denies."""
    if negator[0].startswith(("绝", "决", "坚决")):
        return False
    embedded = _embedded(text, start, negator.start()) and not words.ZH_ATTITUDE.match(
        text, negator.start(), end
    )
    if words.ZH_WHO_WOULD.match(negator[0]):
        return not embedded
    fronted = words.ZH_TOPIC.search(text[start : negator.start()]) is not None
    at_end = end - negator.end() <= TAIL
    if fronted and at_end:
        return True
    return not embedded and (fronted or at_end)


def _reach(text: str, negator: re.Match[str], clause_end: int) -> tuple[int, bool]:
    """Where the scope of ``negator`` ends, and whether it only qualifies a noun."""
    turn = words.ZH_TURN.search(text, negator.end(), clause_end)
    stop = min(turn.start() if turn else clause_end, negator.end() + SCOPE)
    particle = text.find("的", negator.end(), stop)
    if particle < 0 or negator[0] not in words.ATTRIBUTIVE_NEGATORS:
        return stop, False
    ends_statement = particle + 1 == clause_end and text[clause_end : clause_end + 1] != WEAK
    fixed = text.startswith("什么", negator.end())
    owner = fixed or text[particle - 1] in "我你您他她们客顾户"
    if ends_statement or owner:
        return stop, False
    return particle, True


def _embedded(text: str, start: int, negator: int) -> bool:
    """Whether the clause asks or supposes before the negator: 看看为什么｜没发货 denies nothing before it."""
    return words.ZH_EMBEDDING.search(text, start, negator) is not None


def _english(text: str) -> Iterator[Negation]:
    masked = _masked(text, words.EN_DOUBLE, words.EN_INNOCENT)
    for start, end in marked_clauses(text):
        for match in words.EN_NEGATOR.finditer(masked, start, end):
            turn = words.EN_TURN.search(text, match.end(), end)
            stop = min(turn.start() if turn else end, match.end() + SCOPE_EN)
            yield Negation(
                match.start(),
                match.end(),
                match.start(),
                stop,
                start,
                end,
                resolve=_resolves(text, match, (start, end), words.EN_RESOLVE, words.EN_UNBURDENED),
                elsewhere=words.EN_REST.search(text, start, end) is not None,
            )
