"""Turns that brush aside what they speak of, and topics that are only named.

Who says 懒得催, 关我什么事, 催什么催 or "not my job" neither does the thing nor means to, whatever words
of a good answer stand in the clause; and a topic named right before it (培训？晋升？说得好听) was named to
be brushed aside. A dismissal that is vowed against (不会跟他说关我什么事), that a customer said or would
mean (顾客嫌麻烦), or that spares him trouble (省得您跑一趟) is none.

So it is with a customer told to be quiet (您小点声行不行). A threat (把你的号码挂到网上) takes back what its
sentence says before it too: nobody keeps calm who threatens.

A topic named alone and taken up again (冷静？我当然冷静) or talked about (责任心？这种问题) says nothing yet:
what follows has to.

Known failure: irony without any of the turns (真是太好了).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voicecoach.rubric.text.keyword_list import is_item
from voicecoach.rubric.text.spoken import STRONG
from voicecoach.rubric.text.windows import Window, marked_clauses, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.model.transcript import Language

LONGEST_TOPIC = {"zh": 6, "en": 24}
"""Characters of a topic that is only named."""

BEFORE = 12
"""Hanzi before a clause that may say whose words it holds."""

_END = r"(?=[啊呀呢吧嘛吗呗]?(?:[，。]|$))"
_ZH_DISMISSAL = re.compile(
    # no mind to: 懒得问, 嫌麻烦, 没当回事, 拖着呗
    rf"懒得|(?<![不别莫])嫌(?:麻烦|烦|累|啰嗦|费劲|费事)|[没不]当(?:一?回)?事{_END}|[拖晾耗搁]着(?:呗|吧|就是了|再说)"
    # none of mine: 关我什么事, 跟我有什么关系, 付不付是他的事
    r"|关(?:我|咱|俺)(?:们|客服)?(?:的|什么|啥|屁|毛|鸟|个?什么)?事"
    r"|[跟和与](?:我|咱|俺)们?(?:客服)?(?:又)?有(?:什么|啥|毛|屁|半毛钱|个?什么)关系"
    r"|[跟和与](?:我|咱|俺)们?(?:客服)?没有?(?:什么|啥|半毛钱|一毛钱)?关系(?!的)|与我无关(?!的)"
    r"|(?P<or>[\u4e00-\u9fff])不(?P=or)[^，。]{0,6}是[您你他她人别]{1,2}[们家]?(?:自己)?的?事"
    # let who will: 谁爱改谁改, 爱买不买, 爱咋咋地, 管他呢
    r"|谁(?:爱|乐意)[^，。]{1,6}谁|爱(?P<will>[\u4e00-\u9fff]{1,2})不(?P=will)|爱咋咋|爱谁谁"
    r"|爱怎么(?P<how>[\u4e00-\u9fff]{1,2})怎么(?P=how)"
    r"|(?<![不别没用])管[他她它您](?:们)?(?:呢|什么|怎么|是|知|谁|有没有|哪|多|三七|死活|急|高不|满不|爱)"
    # what for: 催什么催, 有什么好解释的, 退了又怎样, 会员了不起啊, 谁不会
    r"|(?P<what>(?![有是])[\u4e00-\u9fff]{1,2})(?:什么|啥|个?屁)[呀啊]?(?P=what)(?!什么|啥|得|到|清|候|[我您])"
    r"|有(?:什么|啥)好(?:说|讲|问|查|看|催|道歉|解释|学|分析|安抚|培训|聊|谈|写|记|跟进|核实|准备|商量)"
    rf"的?{_END}|(?:又(?:能|会)?|还能)(?:怎样|怎么样|咋样|咋的|如何){_END}"
    rf"|(?<!没)有(?:什么|啥)了不起|(?<!什么)了不起[啊吗呀么](?=[，。]|$)|谁不会{_END}|傻子都|多大点[儿]?事"
    # talk, lies: 说得好听, 都是噱头, 画大饼, 想得美
    r"|说得?(?:比唱得?)?(?:好听|轻巧)(?!点|一点|些|是)"
    rf"|(?:骗|哄|唬|糊弄)(?:人|新人|傻子|鬼|小孩|外行|老实人)的{_END}"
    r"|(?:都|就|净|全|不过|无非|还)是(?:些|个|在)?(?:噱头|套路|忽悠|糊弄|扯淡|鬼话|屁话|废话|空话|虚的"
    r"|走过场|摆设|形式主义)|画(?:大|的)?饼(?!的)|扯淡|想得(?:倒|可)?美|做梦去"
    # leave me alone: 省得烦我, 自己不会看啊
    r"|省得[^，。]{0,12}(?:烦我|找我|缠我|缠着我|磨我|啰嗦)|来烦我"
    r"|(?<!我)自己(?:不会|没长[^，。]?)[^，。]{1,6}[吗啊么呀嘛](?=[，。]|$)"
)
_ZH_HUSHED = re.compile(
    # told to be quiet: 您声音小点行不行, 别嚷嚷了行吗
    r"[您你][^，。]{0,4}(?:小声?|轻声?|低声?|安静|消停)一?点[儿声]*[^，。]{0,2}(?:行不行|行吗|成不成|成吗|好不好|可不可以)"
    r"|别(?:再|给我)?(?:嚷|吼|喊|叫|吵|闹)(?:嚷|唤|叫|腾)?[^，。]{0,3}(?:行不行|行吗|成不成|成吗|好不好)"
)
_ZH_THREAT = re.compile(
    r"[把将][您你他她](?:们)?(?:的)?[^，。]{0,8}(?:(?:发|放|挂|传|晒|捅)(?:到|上|去)[^，。]{0,2}(?:网|群|朋友圈|微博|抖音)"
    r"|曝光|拉黑|公开|公布出)"
    r"|(?:曝光|拉黑|起诉|收拾|弄死|整死|打死|修理)[您你](?!的)|让[您你]吃不了兜着走"
    r"|(?:等|走)着瞧|[您你]给我(?:等着|小心)|别怪我(?:不客气|翻脸)|有[您你]好(?:看|受)的"
)
_ZH_OTHERS = (
    "顾客|客户|客人|买家|商家|人家|对方|同事|领导|老板|店长|主管|组长|有的?人|有些人|别人|大家"
    "|您|你|他们?|她们?|大[爷妈姐哥叔]|阿姨|老人"
)
_ZH_NOT_MEANT = re.compile(
    # vowed against: 不会跟他说, 从不
    r"(?:不会|不能|不可|不该|不应|不许|不得|不敢|绝不|决不|从不|从来不|从来?没|不要|不准|别|不[说讲推]"
    r"|(?<!又)不是|[哪怎]么?能)[^，。也才还]{0,10}$"
    # said or thought by somebody else: 顾客说, 他觉得
    rf"|(?:{_ZH_OTHERS})[^，。我]{{0,6}}(?:说|讲|问|骂|吼|喊|抱怨|觉得|以为|担心|来一?句)"
    r"[^，。]{0,8}[，。]?[^，。我]{0,4}$"
    # only supposed, or long ago
    r"|(?:要是|如果|若是|万一|怕|担心|免得|以免|以前|起初|一?开始|原来|那时候?|别看)[^，。]*$"
)
_ZH_SUPPOSED = re.compile(r"[^，。]*(?:(?<![他她您你们客户人])的话|的时候(?:[，。]|$))")
"""After a turn: its clause only supposes (懒得出门的话)."""
_ZH_OF_OTHERS = re.compile(rf"(?:{_ZH_OTHERS})[^，。我]{{0,3}}$")
"""Before a mood: it is not the speaker's (您懒得跑)."""
_ZH_MOOD = re.compile(r"懒得|嫌|[没不]当")
_ZH_TOPIC_END = re.compile(r"(?:这些|这块|方面|什么的)?[嘛啊呢呀吧呗么]?$")
_ZH_NO_TOPIC = re.compile(
    r"然后|首先|其次|最后|还有|另外|比如|其实|反正|可能|就是|所以|第[一二三四五六]"
    r"|.*(?:抱歉|对不起|不好意思|对不住|谢谢|感谢|您好|你好|辛苦|放心|理解|别急)"
)
"""Short clauses that name nothing: connectives, and what is done by saying it."""
_ZH_NAMED_BY_ONE = frozenset("催查退换补赔修问送发")
"""Topics of one Hanzi (催？我催了它也不会飞)."""
_ZH_COMMENT = re.compile(
    r"[这那]种(?:问题|东西|话|题|词)|[这那]个?(?:玩意|东西)|[这那]?(?:些)?(?:词|话)?不就是?"
    r"|[这那]些(?:词|话)|说白了|说穿了"
)
"""How a clause begins that talks down the topic named before it."""

_EN_DISMISSAL = re.compile(
    # no mind to
    r"\b(?:couldn't|could not|could) care less|\b(?:who|nobody) cares|\bcan(?:'t|not) be (?:bothered|arsed)"
    r"|\bi (?:really |just |honestly )?(?:don't|do not) (?:really )?(?:care|give a)\b"
    r"|\bwhy should i (?:care|bother)"
    # none of mine
    r"|\bnot my (?:job|problem|business|concern)\b|\bnone of my business"
    r"|(?:'s| is) (?:their|his|her|your) (?:own )?problem(?=[，。]|$)"
    # alone in their clause: whatever
    r"|(?:^|(?<=[，。]))(?:whatever|so what|big deal)(?=[，。]|$)|(?:^|(?<=[，。]))as if i\b"
    r"|\bas if(?=[，。]|$)|\bwhat's the point(?=[，。]|$)|\bwaste of (?:my )?time|\byeah right\b"
    r"|\bgood luck with that|\blip service|\bblah"
)
_EN_NOT_MEANT = re.compile(
    r"\b(?:never|won't|wouldn't|not|don't|can't|without|instead of|rather than|avoid)\b[^，。]{0,30}$"
    r"|\b(?:customers?|callers?|he|she|they|people|someone|somebody|colleagues?)\b[^，。]{0,24}$"
    r"|\b(?:if|even if|used to)\b[^，。]*$"
)


def dismissed(text: str, *, language: Language) -> tuple[Window, ...]:
    """The clauses of a cleaned text that brush something aside, with the bare topics before; in order, apart.

    Raises EngineError without a word list.
    """
    clauses = phrases(text) if language == "zh" else marked_clauses(text)
    zones: list[Window] = []
    for index, (start, end) in enumerate(clauses):
        if _dismisses(text, start, end, language):
            first = index
            reached = zones[-1].end if zones else 0
            if index and language == "zh" and _said(_ZH_THREAT, text, start, end):
                before = clauses[index - 1]
                first -= before[0] >= reached and text[before[1] : start] != STRONG
            while (
                first and clauses[first - 1][0] >= reached and _is_topic(text, clauses[first - 1], language)
            ):
                first -= 1
            zones.append(Window(clauses[first][0], end))
    return tuple(zones)


def echoes(text: str, *, language: Language) -> tuple[Window, ...]:
    """The bare topics that the next clause takes up again or talks about, in order; Mandarin alone.

    Raises EngineError without a word list.
    """
    return tuple(_echoes(text)) if language == "zh" else ()


def _echoes(text: str) -> Iterator[Window]:
    clauses = phrases(text)
    first: int | None = None
    for index, (start, end) in enumerate(clauses):
        if first is not None:
            last = clauses[index - 1]
            if _ZH_COMMENT.match(text, start):
                yield Window(clauses[first][0], last[1])
            elif _ZH_TOPIC_END.sub("", text[slice(*last)]) in text[start:end]:
                yield Window(*last)
        if not _is_topic(text, (start, end), "zh"):
            first = None
        elif first is None:
            first = index


def _is_topic(text: str, clause: tuple[int, int], language: Language) -> bool:
    """Whether a clause only names something."""
    named = text[slice(*clause)]
    if language == "zh":
        named = _ZH_TOPIC_END.sub("", named)
        if _ZH_NO_TOPIC.match(named) or (len(named) == 1 and named not in _ZH_NAMED_BY_ONE):
            return False
    return 0 < len(named) <= LONGEST_TOPIC[language] and is_item(named, language)


def _dismisses(text: str, start: int, end: int, language: Language) -> bool:
    if language == "en":
        return any(
            _is_meant(text, turn, start, language) for turn in _EN_DISMISSAL.finditer(text, start, end)
        )
    return any(_said(pattern, text, start, end) for pattern in (_ZH_DISMISSAL, _ZH_HUSHED, _ZH_THREAT))


def _said(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Whether a Mandarin clause holds such a turn, meant by the speaker."""
    return any(_is_meant(text, turn, start, "zh") for turn in pattern.finditer(text, start, end))


def _is_meant(text: str, turn: re.Match[str], start: int, language: Language) -> bool:
    """Whether a turn is the speaker's own."""
    before = text[start : turn.start()]
    if language == "en":
        return _EN_NOT_MEANT.search(before) is None
    if _ZH_SUPPOSED.match(text, turn.end()) or (_ZH_MOOD.match(turn[0]) and _ZH_OF_OTHERS.search(before)):
        return False
    return _ZH_NOT_MEANT.search(text[max(0, start - BEFORE) : turn.start()]) is None
