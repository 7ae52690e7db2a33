"""What an anecdote, an outcome and one's own part look like, whatever they are about.

Stories have free content: no exemplar is near a tale of a freezer left open. Their form is what they share.
A story is told by time (去年, 有一回, 那天), the past (了, 过), the first person, and people who speak. Its
outcome comes behind a turn (后来, 最后) with a number, a verdict of others or a finished deed. One's own part
is a deed in the first person set against what the others did.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from voicecoach.rubric.text.windows import Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.prompt import Form
    from voicecoach.model.transcript import Language

FULL_STORY: Final = 5
"""Past clauses of a text with a time from which it is a story through and through."""
DENSE: Final = 2.5
"""One past clause in so many is enough."""
LEAST_STORY: Final = 0.3
"""Story share below which nothing has a form."""
SPAN: Final = 3
"""Clauses in a row that are looked at together."""
LIKELY: Final = 0.5
"""Form score above which a stretch is a find."""

_ZH_TIME = re.compile(
    r"去年|前年|大前年|那年|有一年|那会儿|那阵子|那时候?|当时|上个?月|上周|前[几两]?[天个年]|昨天|那天|那次|那回|有一?[次回天]"
    r"|第[一二三四五六七八九十两]+[天年周次回]|头一[次回年天]|以前在|之前在|[上大]学[那的]|大[一二三四](?:那|的|时|上)|实习|读书那"
    r"|(?:上班|工作|干活|兼职|打工|当\w{1,4}|做\w{1,5})(?:的时候|那会儿|那时)|刚(?:毕业|入职|来|到)|小时候"
    r"|记得|碰到过|遇到过|经历过|(?:我|我也)(?:[在给跟]\w{1,8})?[干做开卖跑送带当学管站摆修教](?:过|了\w?年)"
)
_ZH_PAST = re.compile(
    r"(?<![为除受])[了过](?!解|程|期|一会|来|去)|(?:我|他|她|们|老板|店长|主管|组长|师傅|同事|客户|妈|哥|姐)说|当场|一看|才知道|没想到"
    r"|有[个位]\w|来个|[来去到回]的$|那[天年次回]|把\w{2,}"
)
_ZH_SELF = re.compile(r"我|咱|俺|自己")
_ZH_TURN = re.compile(
    r"最后|后来|结果|最终|到头来|从那以后|从此|打那|那以后|之后|第二天|当天|到年底|年底|月底|那年|没多久|现在|就这么|一直|从来没再"
)
_ZH_OUTCOME = re.compile(
    r"[\d一二两三四五六七八九十百千万半]+(?:个|块|单|条|件|分|天|次|名|万|多|点|%|成|倍|户|人|套|份|年)|百分之|第一|零投诉|满意|好评|表扬"
    r"|夸|谢谢?我|来谢|道谢|感谢|赶在|都\w{1,8}了(?=$|[，。])|锦旗|红包|奖|提前|按时|全部|全\w{1,2}[都完]|完成|成了|好了|完了|弄好|搞定|解决|通过|达标|涨|降|省|挣|卖"
    r"|记得我|点名|回头客|一直(?:在|找|买)|照着|都这么|没(?:扣|再|出|丢|退|投诉)|认可|信任|转正|升|当上"
)
_ZH_PART = re.compile(
    r"我(?:负责|主要|管|来|的活|的任务|这边|自己|一个人|就|把|先|当时|那几天|带着|盯|做的是|干的是|去|给|找|跟|写|整理|搬|接)"
    r"|归我|由我|交给我"
)
_ZH_OTHERS = re.compile(
    r"他们|她们|大家|同事|同学|我们|咱们|其他|别人|另[一外]|组里|一起|分工|小[\u4e00-\u9fff](?!时|心)|[一二三四五六七八九十两]个人"
)

_EN_TIME = re.compile(
    r"\blast (?:year|month|week|summer|winter|spring)|\b(?:years?|months?) ago|\bonce\b"
    r"|\bone (?:day|time|night|customer)"
    r"|\bwhen i (?:was|worked|started)|\bback (?:then|when)|\bthat (?:day|week|year|time|night)"
    r"|\bat my (?:last|old|first)|\bused to\b|\bthe next (?:day|morning)|\bi remember"
)
_EN_PAST = re.compile(
    r"\b(?:was|were|had|did|went|came|said|told|took|got|made|found|gave|kept|called|asked|sent|put|ran|wrote|left)\b"
    r"|\b[a-z]{3,}ed\b"
)
_EN_SELF = re.compile(r"\b(?:i|we|my)\b")
_EN_TURN = re.compile(
    r"\bin the end\b|\bfinally\b|\beventually\b|\bafter that\b|\bsince then\b|\bended up\b"
    r"|\bby the end\b|\bso\b|\bthat year\b|\bthe next\b|\bas a result\b"
)
_EN_OUTCOME = re.compile(
    r"\d|\bper ?cent\b|\bhundred|\bthousand|\bdozen|\bthank|\bprais|\baward|\bbonus|\bpromot|\bon time\b"
    r"|\bsaved\b|\bhappy\b|\bcame back\b|\bcomplain|\bfinished\b|\bdone\b|\bsolved\b|\bworked\b"
    r"|\bbest\b|\bfirst\b|\bnever again\b|\bsold\b"
)
_EN_PART = re.compile(
    r"\b(?:i was (?:in charge|responsible|the one)|my (?:job|part|role|task)|it was (?:up to me|my)"
    r"|i (?:took|did|handled|wrote|made|looked after|ran|built|called|organised|kept|sorted|covered))\b"
)
_EN_OTHERS = re.compile(r"\b(?:we|team|others|colleagues?|together|everyone|group|they|the rest|of us)\b")
_MARKS: Final[dict[Language, dict[Form, tuple[re.Pattern[str], ...]]]] = {
    "zh": {
        "anecdote": (_ZH_TIME, _ZH_PAST, _ZH_SELF),
        "result": (_ZH_TURN, _ZH_OUTCOME),
        "role": (_ZH_PART, _ZH_OTHERS),
    },
    "en": {
        "anecdote": (_EN_TIME, _EN_PAST, _EN_SELF),
        "result": (_EN_TURN, _EN_OUTCOME),
        "role": (_EN_PART, _EN_OTHERS),
    },
}
"""What a stretch must hold to have a form."""


@dataclass(frozen=True, slots=True)
class FormFind:
    """A stretch that has the form of something, and how much, 0..1."""

    window: Window
    score: float


def story_share(text: str, clauses: Sequence[Window], *, language: Language) -> float:
    """How much of a text is told as something that happened, 0..1; 0 without any time."""
    time, past = (_ZH_TIME, _ZH_PAST) if language == "zh" else (_EN_TIME, _EN_PAST)
    if time.search(text) is None:
        return 0.0
    told = sum(past.search(text, clause.start, clause.end) is not None for clause in clauses)
    return min(told / FULL_STORY, 1.0) * min(DENSE * told / max(len(clauses), 1), 1.0)


def form_find(text: str, clauses: Sequence[Window], form: Form, *, language: Language) -> FormFind | None:
    """The stretch of at most :data:`SPAN` clauses that most has ``form``; None when nothing does."""
    best: FormFind | None = None
    if story_share(text, clauses, language=language) < LEAST_STORY:
        return None
    for first in range(len(clauses)):
        for last in range(first, min(first + SPAN, len(clauses))):
            window = Window(clauses[first].start, clauses[last].end)
            score = _score(text[window.start : window.end], form, language)
            if score > LIKELY and (best is None or score > best.score):
                best = FormFind(window, score)
    return best


def _score(text: str, form: Form, language: Language) -> float:
    """How much a stretch of a story has a form, 0..1: the share of its marks."""
    marks = _MARKS[language][form]
    return sum(mark.search(text) is not None for mark in marks) / len(marks)
