"""Terse deeds: short clauses that do something (查物流, 看看评论, 不合适退), beside names of things.

A deed has a verb of its own with what it acts on. What only looks like one is a word (查询; 打字速度,
where 打字 is a word). Verbs of two Hanzi with a noun of two (分析问题, 安抚情绪) are the form of key words
and count as none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voicecoach.rubric.text.pinyin import is_word, word_count

if TYPE_CHECKING:
    from voicecoach.model.transcript import Language

_VERBS = (
    "看搜找选挑翻点填扫拍刷付交寄收拿取领退换补赔催查问打等发送买拆试写记盯陪哄劝听说讲念背学练改删抄跑回接扔"
)
_ZH_DEED = re.compile(
    f"([{_VERBS}])(?:一|了一)?\\1"  # 看看评论, 问一问
    f"|[{_VERBS}](?:好|完|准|清|掉|上|下|出|回|开|进)[\u4e00-\u9fff]{{2}}"  # 选好颜色
    f"|.*[{_VERBS}道]个"  # 合适打个分
    f"|.+一[{_VERBS}]$"  # 支付宝一刷
    f"|.*就[{_VERBS}]"  # 喜欢就买
    f"|[不没少坏错缺漏晚破][^，。]{{1,4}}(?<![包必可])[{_VERBS}]$"  # 不合适退; not 破损包赔
)
_ZH_FIRST_VERB = re.compile(f"[{_VERBS}].+(?<![率量度值性力])$")
"""Not 接单量, a measure."""
_STEPS = frozenset("找搜翻查问催")
"""Verbs that act even on one Hanzi (催件); 换货 and 领券 are names of services as well."""
_FOOT = 2
"""Hanzi of most words; 收货地址 is two of them."""
_EN_DEED = re.compile(
    r"(?:find|choose|pick|open|click|fill|ask|tell|send|explain|read|compare|confirm|browse|add|pay|type|write"
    r"|say|call|ring|wait|scroll|tap|enter) \S"
)


def is_deed(clause: str, *, language: Language) -> bool:
    """Whether a short clause of cleaned text is a terse deed. Raises EngineError without a word list."""
    if language == "en":
        return _EN_DEED.match(clause.strip()) is not None
    return _ZH_DEED.match(clause) is not None or _has_object(clause)


def _has_object(clause: str) -> bool:
    """Whether a clause is a verb of one Hanzi and what it acts on (等快递; not 发货速度, of 发货)."""
    if _ZH_FIRST_VERB.match(clause) is None:
        return False
    if len(clause) == _FOOT:
        return clause[0] in _STEPS and not is_word(clause)
    inner, last = clause[1 : 1 + _FOOT], clause[_FOOT:]
    if len(clause) == 2 * _FOOT and is_word(last) and not is_word(inner):
        return False
    return not is_word(clause[:_FOOT]) or word_count(clause[:_FOOT]) < word_count(inner)
