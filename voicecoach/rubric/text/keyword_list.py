"""A list of key words is not an answer: the share of function characters tells them apart.

Talk is held together by small words (的 了 我 会 把 …); a list of nouns has next to none. Source of the
limit: written answers to eight prompts, where lists had below 5 % and terse real answers above 11 %.

A list inside of talk is told by its items: some short clauses in a row without any small word (同理心、耐心、
责任心、细心). What leads up to them and what closes them (这些都是必备的品质) belongs to the list.
A row of terse deeds (查物流，催站点; see :mod:`.deeds`) is none.

Known failure: a list read out with 然后 between the words passes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voicecoach.rubric.text.deeds import is_deed
from voicecoach.rubric.text.spoken import STRONG, WEAK
from voicecoach.rubric.text.windows import Window, marked_clauses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.model.transcript import Language

RADIUS = 25
"""Characters on either side of the evidence that are looked at."""
MIN_FUNCTION_SHARE = 0.11
"""Share of function characters below which the surroundings are a list."""
MIN_CHARACTERS = 18
"""Surroundings shorter than this are not judged: 定期改密码 is terse, not a list."""
RADIUS_WORDS_EN = 12
MIN_FUNCTION_SHARE_EN = 0.2
MIN_WORDS_EN = 8

LEAST_ITEMS = {"zh": 4, "en": 3}
"""Items in a row that make a list."""
LONGEST_ITEM = 8
"""Hanzi of an item."""
MOST_WORDS_EN = 3
"""Words of an item."""

_ZH_FUNCTION = frozenset(
    "的了我你您他她它们会能可要想就先再也都还又才是在有没不和跟与给把被让叫对向从到去来过着得地这那哪什么怎谁几个些下一吗呢吧啊嘛呀哈"
    "如果因为所以但而且或者之其此该时候上里说请帮看等做为很太最更挺已经将用别只啥咱俺"
)
_ZH_CONTENT = re.compile(
    "更换|更新|变更|原因|起因|跟进|跟踪|申请|请示|邀请|向上|上级|上报|上架|还款|退还|归还|到货|到账|到期|送到|收到|"
    "过期|超过|通过|经过|过程|时效|时间|按时|及时|准时|时限|地址|地区|目的|进度|着急|了解|对接|对照|核对|来源|来电|"
    "先后|优先|要求|要点|需要|重要|主要|说明|解说|帮助|做法|没收|会员|会议|能力|可靠|看法|用户|使用|利用|费用|将来|"
    "不满|分别|别家|特别|再次|他人|和解|缓和|和气|最新|最终|上网|里程|说法|情况说明|为人|作为|行为|认为"
)
"""Words of content that are written with function characters: a bare list of them must not pass as talk."""
_ZH_BINDING = frozenset(
    "我你您他她它咱俺的了会就先再也都还又才是在把被让叫给跟吗呢吧啊嘛呀么怎谁啥这那得着到过归要几两三五六七八九十百千"
)
"""Characters that make a clause of an item."""
_ZH_ITEM_LEAD = re.compile(r"(?:还有|以及|包括|比如|像|具有|具备|要?有|和|与|及)")
_ZH_AND = re.compile(r"以及|[和与及]")
_ZH_STEP = re.compile(r"打开|联系|先|最后")
"""What a step of a procedure begins with: steps are deeds, however short."""
_ZH_ITEM_END = re.compile(r"(?:什么的|之类的?|等等?)$")
_EN_ITEM_LEAD = re.compile(r"(?:and|or|good|great|strong|a|an|the) ")
_EN_FUNCTION_WORDS = (
    "i you he she it we they me him her us them my your his its our their the a an and or but if "
    "so to of in on at for with from by as is am are was were be been do does did have has had "
    "will would can could should may might must not no n't that this these those what which who "
    "when where how why there then than up out about into over just very "
)
_EN_FUNCTION = frozenset(_EN_FUNCTION_WORDS.split())
_EN_WORD = re.compile(r"[a-z0-9']+")


def function_share(text: str, *, language: Language) -> float:
    """Share 0..1 of function characters (Mandarin) or words (English); 1 for an empty text."""
    if language == "en":
        words = _EN_WORD.findall(text)
        small = sum(
            word in _EN_FUNCTION or word.endswith(("n't", "'ll", "'d", "'m", "'s", "'re")) for word in words
        )
        return small / len(words) if words else 1.0
    masked = _ZH_CONTENT.sub(lambda word: "＊" * len(word.group()), text)
    body = [character for character in masked if character not in f"{WEAK}{STRONG} "]
    return sum(character in _ZH_FUNCTION for character in body) / len(body) if body else 1.0


def is_keyword_list(text: str, start: int, end: int, *, language: Language) -> bool:
    """Whether the surroundings of ``[start, end)`` are a bare list of key words."""
    if language == "en":
        before = _EN_WORD.findall(text[:start])[-RADIUS_WORDS_EN:]
        after = _EN_WORD.findall(text[end:])[:RADIUS_WORDS_EN]
        around = " ".join([*before, text[start:end], *after])
        enough = len(_EN_WORD.findall(around)) >= MIN_WORDS_EN
        return enough and function_share(around, language="en") < MIN_FUNCTION_SHARE_EN
    around = text[max(0, start - RADIUS) : end + RADIUS]
    enough = sum(character not in f"{WEAK}{STRONG} " for character in around) >= MIN_CHARACTERS
    bare = enough and function_share(around, language="zh") < MIN_FUNCTION_SHARE
    return bare and not _mostly_deeds(text, max(0, start - RADIUS), end + RADIUS)


def _mostly_deeds(text: str, start: int, end: int) -> bool:
    """Whether more than half of the Mandarin clauses that ``[start, end)`` touches are terse deeds."""
    touched = [text[left:right] for left, right in marked_clauses(text) if left < end and start < right]
    deeds = sum(len(clause) <= LONGEST_ITEM and is_deed(clause, language="zh") for clause in touched)
    return 2 * deeds > len(touched)


def lists(text: str, *, language: Language) -> tuple[Window, ...]:
    """The stretches of a cleaned text that only string items together, in order.

    From the clause before the first item of a sentence (最重要的是同理心) to the one behind its last.
    Raises EngineError without a word list.
    """
    return tuple(_lists(text, language))


def _lists(text: str, language: Language) -> Iterator[Window]:
    clauses = [part for clause in marked_clauses(text) for part in _coordinated(text, clause, language)]
    items = [is_item(text[start:end], language) for start, end in clauses]
    first = 0
    for last in range(len(clauses)):
        if last + 1 < len(clauses) and text[clauses[last][1]] != STRONG:
            continue
        listed = [index for index in range(first, last + 1) if items[index]]
        if _longest_run(listed) >= LEAST_ITEMS[language]:
            yield Window(clauses[max(first, listed[0] - 1)][0], clauses[min(last, listed[-1] + 1)][1])
        first = last + 1


def _longest_run(rising: list[int]) -> int:
    """The most numbers in a row."""
    longest = run = 0
    for index, number in enumerate(rising):
        run = run + 1 if index and rising[index - 1] == number - 1 else 1
        longest = max(longest, run)
    return longest


def _coordinated(text: str, clause: tuple[int, int], language: Language) -> list[tuple[int, int]]:
    """The two items of a clause that joins them (抗压能力和学习能力); else the clause."""
    start, end = clause
    for joint in _ZH_AND.finditer(text, start + 1, end - 1) if language == "zh" else ():
        parts = [(start, joint.start()), (joint.end(), end)]
        if all(is_item(text[left:right], language) for left, right in parts):
            return parts
    return [clause]


def is_item(clause: str, language: Language) -> bool:
    """Whether a clause is a name or a quality without a small word, but for one 的 inside it."""
    if is_deed(clause, language=language):
        return False
    if language == "en":
        words = _EN_WORD.findall(_EN_ITEM_LEAD.sub("", clause.strip(), count=1))
        return 0 < len(words) <= MOST_WORDS_EN and not any(
            word in _EN_FUNCTION and word not in {"to", "of"} for word in words
        )
    if len(clause) > LONGEST_ITEM or _ZH_STEP.match(clause):
        return False
    lead = _ZH_ITEM_LEAD.match(clause)
    body = _ZH_CONTENT.sub("", _ZH_ITEM_END.sub("", clause[lead.end() if lead else 0 :]))
    if body.count("的") <= 1 and not body.endswith("的"):
        body = body.replace("的", "")
    return not any(character in _ZH_BINDING for character in body)
