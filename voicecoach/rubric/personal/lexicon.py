"""How likely a stretch of text is as words, and as a name: what tells 我叫王强 from 我叫外卖.

Both are logarithms of probabilities: words by their share of the word list's corpus, names by how common
their characters are in names (:mod:`voicecoach.rubric.personal.surnames`). A name is one where reading it as
one makes the whole stretch likelier than any reading in words.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from voicecoach.rubric.personal.surnames import (
    DOUBTFUL_SURNAMES,
    FREQUENT_GIVEN,
    FREQUENT_SURNAMES,
    GIVEN,
    NEXT_SURNAMES,
    SOUNDS,
    SURNAMES,
    TWO_SURNAMES,
    WORDLIKE_SURNAMES,
)
from voicecoach.rubric.text.pinyin import character_count, is_person, syllables, word_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CORPUS_WORDS: Final = 6.0e7
"""Words of the corpus that the word list counts."""
WORD_LONGEST: Final = 4
WORD_FROM: Final = 50
"""Occurrences from which a string that is no person is a word before it is a name (高兴)."""
KNOWN_MOST: Final = 500
"""Occurrences up to which what the word list calls a person is a name, where a name is expected."""
WORD_COST: Final = 3.0
"""What such a word costs as a name."""
FREQUENT_SURNAME: Final = -4.3
"""A hundred surnames cover some 85 % of people."""
OTHER_SURNAME: Final = -7.0
TWO_SURNAME: Final = -8.0
HEARD_SHORT: Final = -3.0
"""Such a one with a given name of one character, as long as a word: 返现."""
HEARD_SURNAME: Final = -9.5
"""A character that only sounds like a surname: 里 for 李."""
GIVEN_FREQUENT: Final = -5.7
GIVEN_OTHER: Final = -7.6
GIVEN_RARE: Final = -9.5
"""A character that is none of the list's."""
GIVEN_LENGTHS: Final = (1, 2)
ALL_RARE: Final = -2.5
"""A given name of nothing but such characters."""
ONE_GIVEN: Final = -1.6
TWO_GIVEN: Final = -0.3
NO_GIVEN: Final = -1.0
"""The surname alone, before a title."""
BY_SOUND_NAME: Final = -4.0
BY_SOUND: Final = -4.7
"""A name written by sound, and each of its characters."""
BY_SOUND_SHORTEST: Final = 3
BY_SOUND_LONGEST: Final = 9
NICKNAME: Final = -5.0
"""小, 阿, 老 before a name's character, and a doubled character."""
WORDLIKE: Final = -2.5
DOUBTFUL: Final = -9.0
"""A surname that is a common word (方) or doubtful (祝), standing alone before a title."""
TRADE_WORD: Final = -9.5
_TRADE: Final = (
    "京东 顺丰 中通 圆通 申通 韵达 极兔 德邦 邮政 菜鸟 淘宝 天猫 微信 抖音 快手 支付宝 拼多多 美团 "
    "饿了么 滴滴 闲鱼 旗舰店 客服 快递 快递员 配送 "
    "配送员 骑手 外卖 值班 维修 安装 派件 揽收 驿站 丰巢 签收 退款 退货 换货 发货 包邮 好评 差评 售后 "
    "售前 宽带 网点 物业 门卫 保安 前台 平台 店长 "
    "大堂 客户 理财 站点 网店 网购 代收 代拿 自提 下单 拍下 改价 补发 漏发 错发 赔付 理赔 仓库 物流 "
    "分拣 中转 转运 次日达 全程 全款 全额 金牌 银牌 "
    "本店 小店 亲亲 亲们 收藏 加购 店铺 链接 客单 直播 主播 门禁 单元 栋楼 全部 单号 运单 工单 面单 "
    "于是 何时 白天 万一 安排 连续 常见 常用 成年 "
    "成功 安保 班主任 班长 组长 队长 单独 应该 应聘 包裹 包装 关于 向上 时候 时间 满减 满意 高级 高端 "
    "高兴 方案 方便 方向 马上 路上 花了 明天 明确 平时 那边 这边 师傅 "
    "第一次 老顾客 回头客 家里 家属 单位 学校 公司 酒店 小区 附近 本人 家人 本地 外地 钱包 红包 手机 "
    "单量 单子 单价 尾款 付款 付完 付钱 付费 孙子 孙女 谢谢 库房 独居 居民 白给 小哥 "
    "电脑 农村 市区 "
    "小黄 小白 小黄车 小白鞋 小票 小样 小样 小料 小份 小号 小码 大号 大码 大份"
)
TRADE_WORDS: Final = frozenset(_TRADE.split())
"""Words of the trade, which the word list lacks or holds as rare, as likely as a word that is common here."""
GIVEN_ALONE: Final = -3.5
"""A given name without its surname, where a cue promises a name."""
VERBS: Final = frozenset("付单返讲申查包安连")
TRADE_VERB: Final = -7.0
"""Surnames that are words of the trade."""
_TITLED: Final = re.compile(r"(?:先生|女士|小姐|老师|师傅|阿姨|太太)$")
_NICK: Final = frozenset("小阿老大")
DOUBLED_BELOW: Final = -8.0
"""A character commoner than that as a word is doubled as a word (先先)."""
GIVEN_DOUBLED: Final = frozenset(2 * character for character in GIVEN | {"牛"})
NEVER_GIVEN: Final = frozenset(
    "的了吗呢吧啊呀哦嗯您你我他她它们这那哪谁什么怎没不就都也还很让把被给在是要说问去到做买退换"
    "请谢您们个些再给过完因所及与或但从对跟呃额嘛哈又快已下后用看写打找帮发送寄等叫姓号位"
)
"""Characters that no given name holds."""


@lru_cache(maxsize=65536)
def word_likelihood(word: str) -> float:
    """Logarithm of the share of ``word`` (1 to 4 Hanzi) in running text; single characters all have one."""
    if len(word) == 1:
        said = math.log(max(character_count(word), 1) / CORPUS_WORDS)
        return max(said, TRADE_VERB) if word in VERBS else said
    least = TRADE_WORD if word in TRADE_WORDS else -math.inf
    count = 0 if is_person(word) and _begins_as_name(word) else word_count(word)
    return max(least, math.log(count / CORPUS_WORDS)) if count else least


def _begins_as_name(word: str) -> bool:
    return word[0] in FREQUENT_SURNAMES or word[:2] in TWO_SURNAMES


def names_at(text: str, start: int, *, heard: bool, alone: bool) -> Iterator[tuple[int, float]]:
    """End and likelihood of every name that may begin at ``start``; ``heard``: by a surname's sound too.

    ``alone``: a given name without a surname is one, too.
    """
    for end, surname in _surnames_at(text, start, heard=heard):
        for n_given in GIVEN_LENGTHS:
            given = text[end : end + n_given]
            likely = surname > HEARD_SURNAME or GIVEN.issuperset(given)
            if len(given) == n_given and likely and (text[start], given[0]) != (given[-1], "一"):
                short = HEARD_SHORT if surname == HEARD_SURNAME and n_given == 1 else 0.0
                cost = _as_word(text[start : end + n_given])
                yield end + n_given, surname + short + given_likelihood(given) - cost
    given = text[start : start + 2]
    if alone and len(given) == GIVEN_LENGTHS[-1] and GIVEN.issuperset(given):
        yield start + 2, GIVEN_ALONE + given_likelihood(given) - _as_word(given)
    for end in range(start + 2, min(len(text), start + WORD_LONGEST) + 1):
        known = text[start:end]
        likely = known[:2] not in TWO_SURNAMES and (
            alone or (len(known) > GIVEN_LENGTHS[-1] and known[0] in SURNAMES)
        )
        if likely and not _TITLED.search(known) and is_person(known) and 0 < word_count(known) < KNOWN_MOST:
            yield end, math.log(word_count(known) / CORPUS_WORDS)
    by_sound = start
    while by_sound < len(text) and text[by_sound] in SOUNDS:
        by_sound += 1
    for end in range(start + BY_SOUND_SHORTEST, min(by_sound, start + BY_SOUND_LONGEST) + 1):
        yield end, BY_SOUND_NAME + BY_SOUND * (end - start)
    two = text[start : start + 2]
    if two not in TRADE_WORDS and (word_count(two) == 0 or is_person(two)):
        yield from ((start + 2, NICKNAME + second) for second in _nickname(two))


def _nickname(two: str) -> Iterator[float]:
    """How likely the second character of 小陈, 阿强, 苗苗 is, where it can be one."""
    if len(two) < GIVEN_LENGTHS[-1]:
        return
    called, one = two[0], two[1]
    if called in _NICK and one in FREQUENT_SURNAMES | NEXT_SURNAMES:
        yield GIVEN_FREQUENT
    elif called in "小阿" and one in GIVEN | SURNAMES:
        yield GIVEN_FREQUENT if one in FREQUENT_GIVEN else GIVEN_OTHER
    elif two in GIVEN_DOUBLED and word_likelihood(one) < DOUBLED_BELOW:
        yield GIVEN_FREQUENT


def names_before(text: str, end: int, *, sure: bool) -> Iterator[tuple[int, float]]:
    """Start and likelihood of every name, or surname alone, that ends at ``end`` before a title.

    ``sure``: the title (先生) is said of people with their name more than the word by itself.
    """
    doubtful = WORDLIKE if sure else DOUBTFUL
    for length in range(1, 5):
        start = end - length
        if start < 0:
            return
        for surname_end, surname in _surnames_at(text, start, heard=sure and length > 1):
            given = text[surname_end:end]
            if start and text[start - 1] == text[start]:  # 谢谢老师
                continue
            if surname_end == end:
                yield start, surname + NO_GIVEN + _alone(text[start:end], doubtful)
            elif len(given) in GIVEN_LENGTHS and all(character in GIVEN for character in given):
                yield start, surname + given_likelihood(given) - _as_word(text[start:end])


def _alone(surname: str, doubtful: float) -> float:
    """What it costs that a surname is a word as well."""
    if surname in DOUBTFUL_SURNAMES:
        return doubtful
    return WORDLIKE if surname in WORDLIKE_SURNAMES else 0.0


def _as_word(name: str) -> float:
    return WORD_COST if not is_person(name) and word_count(name) >= WORD_FROM else 0.0


def _surnames_at(text: str, start: int, *, heard: bool) -> Iterator[tuple[int, float]]:
    if text[start : start + 2] in TWO_SURNAMES:
        yield start + 2, TWO_SURNAME
    one = text[start : start + 1]
    if one in FREQUENT_SURNAMES:
        yield start + 1, FREQUENT_SURNAME
    elif one in SURNAMES:
        yield start + 1, OTHER_SURNAME
    elif heard and one and one not in NEVER_GIVEN and sounds_like_surname(one):
        yield start + 1, HEARD_SURNAME


@lru_cache(maxsize=1)
def _surname_sounds() -> frozenset[str]:
    return frozenset(syllables(one)[0].toneless for one in FREQUENT_SURNAMES | NEXT_SURNAMES)


@lru_cache(maxsize=8192)
def sounds_like_surname(character: str) -> bool:
    """Whether a recogniser may write ``character`` for one of the two hundred commonest surnames."""
    return syllables(character)[0].toneless in _surname_sounds()


def given_likelihood(given: str) -> float:
    """Logarithm of the share of a given name of one or two characters."""
    rare = ALL_RARE if GIVEN.isdisjoint(given) else 0.0
    return (ONE_GIVEN if len(given) == 1 else TWO_GIVEN) + sum(map(_character, given)) + rare


def _character(character: str) -> float:
    if character in NEVER_GIVEN:
        return -math.inf
    if character in FREQUENT_GIVEN:
        return GIVEN_FREQUENT
    return GIVEN_OTHER if character in GIVEN else GIVEN_RARE


def likeliest(text: str, units: Mapping[int, Sequence[tuple[int, float]]]) -> list[tuple[int, int]]:
    """The ``units`` (start -> ends and likelihoods) that the likeliest reading of ``text`` uses, in order."""
    best = [0.0] + [-math.inf] * len(text)
    back: list[tuple[int, bool]] = [(0, False)] * (len(text) + 1)
    for start in range(len(text)):
        readings = [
            (stop, word_likelihood(text[start:stop]), False)
            for stop in range(start + 1, min(len(text), start + WORD_LONGEST) + 1)
        ]
        readings += [(stop, likelihood, True) for stop, likelihood in units.get(start, ())]
        for stop, likelihood, is_unit in readings:
            if best[start] + likelihood > best[stop]:
                best[stop], back[stop] = best[start] + likelihood, (start, is_unit)
    used, place = [], len(text)
    while place:
        start, is_unit = back[place]
        if is_unit:
            used.append((start, place))
        place = start
    return used[::-1]
