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
AROUND: Final = 1.5
"""And what more, with such words before and behind."""
UNMARKED: Final = -2.0
"""What it costs that nothing before the name, or nothing behind it, goes with a name."""
SHORT: Final = 0.0
"""What is promised of a name of two characters, with both around it."""
STRANGE: Final = -2.0
"""What it costs that the given name holds a character that the list of them lacks."""
FOREIGN: Final = -10.0
"""Logarithm of the share of a foreign given name in Hanzi, where such words stand around it."""
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
_FOREIGN: Final = re.compile(
    r"安[娜妮琪吉]|露[西娜]|大卫|玛[丽莉]亚?|杰[克西森]|汤姆|珍妮|艾[米玛伦达琳丽]|麦克|迈克尔?|丽[莎莉萨]|莉莉[安丝]?|琳达|苏珊|凯[特文西莉]|彼得|约翰|保罗"
    r"|罗伯特|亚历克?斯|亨利|查理|爱丽丝|伊丽莎白|薇薇安?|维[多克]利?[亚托]?|娜塔[莎莉]|卡[尔门罗]|史蒂[文夫]|丹尼尔?|马克|卢卡斯?|尼克|汉娜|黛西|朱莉|托尼"
    r"|杰瑞|安东尼|乔[治伊安]|托马斯|瑞秋|莫妮卡|海伦|戴[安维]|温妮|贝[蒂拉]|菲[比奥]|西蒙|雅各布|佐伊|米娅|杰[夫登]"
)
"""Foreign given names as they are written in Hanzi."""
_TITLED: Final = re.compile(
    r"(?:叔叔|阿姨|大[哥姐爷妈娘]|先生|女士|小姐|太太|老师|师傅|经理|主[任管]|同学|医生|宝宝|奶奶|爷爷|姐姐|哥哥|弟弟|妹妹)$"
)
_COUNTING: Final = frozenset("这那几每一两三四五六七八九十百千万多整0123456789")
"""Before 张, 项, 单 and the like, which count things."""
_COUNTERS: Final = frozenset("张项单元段封支")
"""Surnames that count things: 另塞张八元券."""
_FIRM: Final = frozenset("费付祝单元券车项连包管返退路水花钱边段封占区闻母印谈敬艾麦左白支干")
"""Surnames that begin words of the trade: only with a word around them that asks for a name."""
_BRANDS: Final = re.compile(
    r"周[一二三四五六日末边期]|高[峰明手低矮度效档处空校考中端价位分越得]|张[小八姐][条元]|[冷闻马]{2}|冷冰|马[虎马克桶路力达上]|叶[子片酸绿]|段[子位]|丁[子香点]|钟[点头表]"
    r"|敬[语请]|左[转手]|胡[子同椒说萝]|王[道国牌冠]|陈[列旧设皮醋]|方[便案向式面]|黄[瓜豆花]|金[额属融]|龙[头虾]|石[头材]|汤[圆料]|温[馨水]|毛[病豆]|江[湖山]"
    r"|李宁|张裕|张小泉|李维斯|和?田玉|张[口嘴]|李白|杜甫|周[杰黑大生六]|范思哲|蓝月亮|杨国福|张亮|周年|华[东南西北中]|康师傅|马应龙|王府井|王老吉|王守义|王致和|李锦记|李子柒|罗莱"
    r"|罗技|白象|金龙|金典|金沙|安踏|安慕希|安佳|康佳|方太|格力|美的|云南|百度|高德|高清|高铁|高级|白酒|红豆|蒙牛|伊利|金立|华为|华润|万科|万达|万象|万家|龙湖"
    r"|商[家户品]|马克[杯笔思]|麦克风|石家|张家|王家|李家|马鞍|金华|连云|祝[您你宝]|宝宝|车厘|左[慈右边]|牛奶|牛肉|鲁菜|江[南北浙苏西]|海[尔信南天底]|乐[视高事]|阿[里迪姨胶]"
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
    foreign = _FOREIGN.match(said, start)
    if foreign and start and _before(said, start) and _BEHIND.match(said, foreign.end()):
        return [(foreign.end(), FOREIGN)]
    n_surname = len("欧阳") if said[start : start + 2] in TWO_SURNAMES else 1
    counted = said[start] in _COUNTERS and said[start + 1] in _COUNTING
    if (n_surname == 1 and said[start] not in SURNAMES) or counted or _BRANDS.match(said, start):
        return []
    before = _before(said, start)
    names: list[tuple[int, float]] = []
    for end, likelihood in names_at(said, start, heard=False, alone=False):
        behind = _BEHIND.match(said, end) is not None
        promise = _promise(said[start:end], n_surname, before=before, behind=behind, first=start == 0)
        if promise is not None:
            names.append((end, likelihood + promise))
    return names


def _promise(name: str, n_surname: int, *, before: bool, behind: bool, first: bool) -> float | None:
    """What is promised of ``name`` by what stands before and behind it, None where it is no name.

    ``first``: nothing stands before it at all.
    """
    given, around = name[n_surname:], before and behind
    doubtful = n_surname == 1 and name[0] in _FIRM | DOUBTFUL_SURNAMES | VERBS
    strange = not GIVEN.issuperset(given)
    if not given or _is_words(name, given) or (doubtful and (first or strange)):
        return None
    if (doubtful or strange) and not around:
        return None
    if strange and not _may_be_strange(name, given):
        return None
    if len(given) > 1 or n_surname > 1:
        unmarked = (not before) + (not behind)
        return FREE + AROUND * around + UNMARKED * unmarked + STRANGE * strange
    short = around and not strange and not doubtful and given not in _FIRST_DONE
    return SHORT if short and _short(name) else None


def _may_be_strange(name: str, given: str) -> bool:
    """Whether a name may hold a character that the list lacks: no word in it, a common surname."""
    known = word_count(name[:2]) or word_count(given)
    return not known and name[0] in FREQUENT_SURNAMES | NEXT_SURNAMES


def _before(said: str, start: int) -> bool:
    return _BEFORE.search(said[max(0, start - BEFORE_REACH) : start]) is not None


def _is_words(name: str, given: str) -> bool:
    """Whether the name begins or ends with a word: 沈阳 in 沈阳仓, 时间 in 段时间, 叔叔 in 周叔叔."""
    if name in TRADE_WORDS or _TITLED.search(name) or name[0] == name[1] or given.endswith("会"):
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
