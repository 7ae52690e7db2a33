"""Names that no field announces: 给苗小雨打电话, 改成邹凯收, 万里鹏是我先生.

A whole stretch of Hanzi is read in words and names at once, and a name is one where the likeliest reading
of the stretch uses it (:mod:`voicecoach.rubric.personal.lexicon`). What stands before it (给, 让, 我婆婆,
the beginning) and behind it (打, 说, 吗, the end) makes one likelier. Surname and given name of two or more
characters need one of both; a given name of one character needs both, because two Hanzi are a word so often.

Known failures: a name of two characters inside a sentence of other words; a name that is a common word;
a shop or brand that is called as a person and stands in no list here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from voicecoach.rubric.personal.lexicon import TRADE_WORDS, VERBS, likeliest, names_at
from voicecoach.rubric.personal.surnames import (
    DOUBTFUL_SURNAMES,
    FREQUENT_GIVEN,
    FREQUENT_SURNAMES,
    GIVEN,
    NEXT_SURNAMES,
    SURNAMES,
    TWO_SURNAMES,
)
from voicecoach.rubric.text.pinyin import is_person, word_count

if TYPE_CHECKING:
    from collections.abc import Iterator

FREE: Final = 0.5
"""What a sentence promises of a name with a given name of two characters, in logarithms."""
UNMARKED: Final = -2.0
"""What it costs that nothing before the name, or nothing behind it, goes with a name."""
SHORT: Final = 0.0
"""What is promised of a name of two characters, with both around it."""
STRANGE: Final = -2.0
"""What it costs that the given name holds a character that the list of them lacks."""
COMMON_FROM: Final = 200
"""Occurrences from which two Hanzi that are no person are a word and no name here."""
BEFORE_REACH: Final = 4
"""Hanzi before a name that are looked at."""

WORD_FROM: Final = 1500
"""Occurrences from which two Hanzi of a longer name are a word that a sentence holds rather than a name."""

_HANZI: Final = re.compile("[\u4e00-\u9fff]+")
_BEFORE: Final = re.compile(
    r"(?:^|[给让叫替是找和跟与喂用请的得姓为把被由问等对]|[您你]好|联[系络]|麻烦|通知|帮|改[成为到]|换[成为]|[转寄交告发留送]给|转告|投诉"
    r"|表扬|感谢|谢谢|登记|[员生客傅友事人主方长工理嫂]|[妈爸哥姐弟妹婆公父母叔姨姑舅爷奶孙甥侄]|老板|老师|爱人|媳妇|太太|女儿|闺女|儿子?"
    r"|孩子|丈夫|护士|大夫|骑手|保[洁安姆]|会计|财务|教练|助理|秘书|顾问|那个|还有|不[叫是]|[写填查]|字)$"
)
_BEHIND: Final = re.compile(
    r"$|[吗吧呢啊呀嘛就也和跟与]|[打给在说来去把不没要会有是收接签叫让帮领取住挂欠付订买退拿转先女做管换交来报]|刚|昨天|前天|今天|明天|上[周次个午]"
    r"|下[周次个午]|已经|还没|本人|医生|大夫|老师|师傅|经理|同学|确认|对接|对[吗吧]|的|[您你我他她]|电话|手机|身份|号码|两[位个]|态度|一[声下位]|这个|妈妈|爸爸|家"
)
_FIRST_DONE: Final = frozenset("先会来有多")
"""Characters of given names that begin what somebody does more often."""
_TITLED: Final = re.compile(
    r"(?:叔叔|阿姨|大[哥姐爷妈娘]|先生|女士|小姐|太太|老师|师傅|经理|主[任管]|同学|医生|宝宝|奶奶|爷爷|姐姐|哥哥|弟弟|妹妹)$"
)
_COUNTING: Final = frozenset("这那几每一两三四五六七八九十百千万多整0123456789")
"""Before 张, 项, 单 and the like, which count things."""
_FIRM: Final = frozenset("费付祝单元券车项连包管返退路水花")
"""Surnames that begin words of the trade: only with a word around them that asks for a name."""
_BRANDS: Final = re.compile(
    r"李宁|张裕|张小泉|李维斯|和?田玉|张[口嘴]|李白|杜甫|周[杰黑大生六]|范思哲|蓝月亮|杨国福|张亮|周年|华[东南西北中]|康师傅|马应龙|王府井|王老吉|王守义|王致和|李锦记|李子柒|罗莱"
    r"|罗技|白象|金龙|金典|金沙|安踏|安慕希|安佳|康佳|方太|格力|美的|云南|百度|高德|高清|高铁|高级|白酒|红豆|蒙牛|伊利|金立|华为|华润|万科|万达|万象|万家|龙湖"
    r"|石家|张家|王家|李家|马鞍|金华|连云|祝[您你宝]|宝宝|车厘|左[慈右边]|牛奶|牛肉|鲁菜|江[南北浙苏西]|海[尔信南天底]|乐[视高事]|阿[里迪姨胶]"
    r"|沈阳|安[庆阳康]|常德|温[州泉]|吉[林安]|黄[石山河金色]|金昌|郑州|柳州|梅州|贺州|贵阳|桂林|邢台|荆[州门]|宁[波德夏]|乐山|武[汉威夷]|海[口东]"
    r"|盘锦|徐[州家汇]|许昌|苏[州宁]|杭州|池州|景德|井冈|巴[中黎西]|包[头邮]|白[山城]|濮阳|商[丘务]|平顶|韩[城国]|潘家|陆家|燕郊|向[上前阳]"
    r"|香奈|古[驰天]|欧莱|欧派|纪梵|温度|双[十人]|水[星电]|石[油化]|安[全装心利卓]|平安|时[间候]|常[用见州]|毛[巾衣]|张学友|刘德华|王者|孙悟空|林肯|马尔|马来|罗马|孟买|梅赛"
)
"""Brands, towns and things that are written as a surname and a given name."""


def free_names(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the names in the normalised ``text`` that no cue announces."""
    for stretch in _HANZI.finditer(text):
        said = stretch.group()
        units = {
            start: units_here
            for start in range(len(said) - 1)
            if text[stretch.start() + start - 1 : stretch.start() + start] not in _COUNTING
            and (units_here := _names_from(said, start))
        }
        if units:
            yield from (
                (stretch.start() + start, stretch.start() + end) for start, end in likeliest(said, units)
            )


def _names_from(said: str, start: int) -> list[tuple[int, float]]:
    """End and likelihood of the names that may begin at ``start`` of a stretch of Hanzi."""
    n_surname = len("欧阳") if said[start : start + 2] in TWO_SURNAMES else 1
    if n_surname == 1 and said[start] not in SURNAMES:
        return []
    if _BRANDS.match(said, start):
        return []
    before = _BEFORE.search(said[max(0, start - BEFORE_REACH) : start]) is not None
    names: list[tuple[int, float]] = []
    for end, likelihood in names_at(said, start, heard=False, alone=False):
        given = said[start + n_surname : end]
        if not given:
            continue
        behind = _BEHIND.match(said, end) is not None
        around = before and behind
        doubtful = n_surname == 1 and said[start] in _FIRM | DOUBTFUL_SURNAMES | VERBS
        strange = 0.0 if GIVEN.issuperset(given) else STRANGE
        if ((doubtful or strange) and not around) or (doubtful and (strange or not start)):
            continue
        if _is_words(said[start:end], given) or given.endswith("会"):
            continue
        known = word_count(said[start : start + 2]) or word_count(given)
        if strange and (known or said[start] not in FREQUENT_SURNAMES | NEXT_SURNAMES):
            continue
        if len(given) > 1 or n_surname > 1:
            promise = FREE + (0.0 if before else UNMARKED) + (0.0 if behind else UNMARKED)
            names.append((end, likelihood + promise + strange))
        elif around and not strange and given not in _FIRST_DONE and _short(said[start:end]):
            names.append((end, likelihood + SHORT))
    return names


def _is_words(name: str, given: str) -> bool:
    """Whether the name begins or ends with a word: 沈阳 in 沈阳仓, 时间 in 段时间, 叔叔 in 周叔叔."""
    if name in TRADE_WORDS or _TITLED.search(name):
        return True
    if len(given) == 1:
        return False
    words = (name[:2],) if FREQUENT_GIVEN.issuperset(given) else (name[:2], given)
    return any(
        word in TRADE_WORDS or (word_count(word) >= WORD_FROM and not is_person(word)) for word in words
    )


def _short(name: str) -> bool:
    """Whether two Hanzi may be a whole name where nothing but the words around them say so."""
    often = name[0] in FREQUENT_SURNAMES | NEXT_SURNAMES or not word_count(name)
    return often and (is_person(name) or word_count(name) < COMMON_FROM)
