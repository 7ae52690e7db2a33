"""Names that a cue and what follows them give away, whatever characters a recogniser wrote for them.

========================  ==============================================================
between cue and end       我叫马上, 收件人是覃美玲 电话…: two or three Hanzi, then a pause,
                          the next field or a word that begins another sentence
told by its characters    我叫向前方向的向前面的前; 弓长张建设的建国家的国张建国
after a question          怎么称呼您 柴静怡; 您贵姓 尉迟
around it                 登记在郑凯旋名下; 顾问白雪为您服务; 查一下古丽娜尔的订单
at the beginning          王建呢您好; 你好我方圆啊
老 and 小                 就说是老崔找他
letters                   拼音是LIN XIAOYAN; spelled K-O-W-A-L-S-K-I
========================  ==============================================================

A common word counts as a name only where its first character is one of the commoner surnames (马上, 高兴).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from voicecoach.rubric.personal.lexicon import (
    NEVER_GIVEN,
    TRADE_WORDS,
    names_at,
    sounds_like_surname,
    word_likelihood,
)
from voicecoach.rubric.personal.surnames import (
    DOUBTFUL_SURNAMES,
    FREQUENT_SURNAMES,
    GIVEN,
    NEXT_SURNAMES,
    SOUNDS,
    SPELLED,
    SURNAMES,
    TWO_SURNAMES,
)
from voicecoach.rubric.text.pinyin import is_person, word_count

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMON_FROM: Final = 500
"""Occurrences from which two Hanzi are a word that only a true surname makes a name."""
NAME_FROM: Final = -20.0
"""Likelihood from which what stands behind a weak cue is a name."""
UNSAID: Final = -9.0
"""Mean likelihood of characters below which no word is made of them, whatever the surname was heard as."""
SOUND_LONGEST: Final = 12
"""Hanzi of a name written by sound, at the most."""
TOLD_LONGEST: Final = 6
"""Characters of a name that are told one behind another, at the most."""
SPELLED_FROM: Final = 3
"""Letters said one by one that are the spelling of a name."""

_H: Final = "[\u4e00-\u9fff]"
_SOUNDED: Final = "".join(sorted(SOUNDS))
_OFTEN: Final = "".join(sorted(FREQUENT_SURNAMES | NEXT_SURNAMES))
_FIELD: Final = (
    r"(?:姓名|名字|大名|全名|[收寄取提发]件人|收货人|[联紧]系人|紧急联系人|户主|户名|机主|车主|旅客姓名"
    r"|[持办]卡的?人?|入住人|预[订定约]人|登记的?人|申请人|投保人|受益人|被保(?:险)?人"
    r"|报[名修案]人|经办人|收款人|付款人|下单人|客户名称|客户姓名|中文名|登记|预留|签收|小名"
    r"|[收寄]件|代收人|订餐人|家长|开户人)"
)
_IS: Final = (
    r"(?:[写填留登][记]?的?(?:就?是|成|为)|签的(?:是)?|改[成为]|换成|登记的是"
    r"|就?是|叫做?|显示(?:的?是)?|为|[:：])"
)
_CUE: Final = re.compile(
    rf"(?:(?P<field>{_FIELD}(?:姓名|名字)?\s*{_IS}|{_FIELD}?姓名\s*)|(?:我|我名|他|她|老人家?|孩子|儿子?|女儿"
    rf"|闺女|宝宝|弟弟?|妹妹?|哥|姐|妈|爸|公|婆|爱人|媳妇儿?|太太|先生|朋友|同学|室友|奶奶|爷爷|叔"
    rf"|姨|舅|孙子|孙女|外孙)(?:的?名字)?就?[叫教]做?|签(?:的是|字的?是|名是)"
    rf"|(?P<less>(?<=不)叫(?={_H}{{2,3}}[,，]?[叫是])|(?:业主|房东|患者|病人|旅客|乘客|学员|住客"
    rf"|室友|同事|租户|大夫|中介|师傅|司机|骑手|快递员|护士|教练|班主任|设计师|技师|保姆|月嫂)(?:名字)?(?:是|叫)))[\s,，]*"
)
_END: Final = re.compile(
    r"$|[\s,，。.!！?？、;；\ufffc]|电话|手机|号码|身份证|证件|护照|地址|住址|微信|邮箱|尾号"
    r"|订[单了]|今年|我[想要的在是上昨前们室]"
    r"|[您你][看好们查别记再说]|[他她][是说汉在让不]|让我|要求|申请|要过户|是(?!不是)|家长|家属|开玩笑|双姓"
    r"|复姓|[双复]字|字[,，]|字$|的[卡车房证单]|挂的|住[三一二四五六]?|来[交取拿]"
    r"|[两三]个字|算了|态度|把|当时|昨天|今天|上[次周个午]|不对|叫|没错|很好|这个|之前"
    r"|[一二三四五六七八九十]岁|年龄|对[吧吗不]|是吧"
)
_EXPLANATION: Final = re.compile(rf"[\s,，]*(?P<word>{_H}{{2,3}}?)的(?:那个)?(?P<one>{_H})")
_TOLD_CUE: Final = re.compile(
    r"(?:我[叫是]|这里是|名字[叫是]?|姓名[是]?|[收寄]件人[是]?|收货人[是]?|联系人[是]?|签的是"
    r"|写的是?|叫)[\s,，]*"
)
_TOLD_SURNAME: Final = re.compile(
    "|".join(
        rf"(?:{'|'.join(how.split())})的?[,，]?(?P<s{n}>{one})"
        for n, (one, how) in enumerate(SPELLED.items())
    )
)
_FRAMED: Final = re.compile(
    rf"是(?P<doer>{_H}{{2,3}}?)(?:[帮给替跟和][我咱你您他她]|(?:打|办|签|开|交|收|拿|订|下|退|寄|送)(?:过来)?的)"
    rf"|(?:[让叫请]|麻烦|通知)(?P<called>{_H}{{2,3}}?)(?:接(?:一?下)?(?:电话|$)|下[来去楼](?:拿|取|$)|回(?:个|我|一个)?电话|来?签[字收])"
    rf"|给(?P<rung>{_H}{{2,3}}?)(?:打(?:了|过)?[一个几两三]*电话|发(?:了|过)?(?:个|条)?短信)"
    rf"|^(?P<own>{_H}{{2,3}}?)是我(?:的?名字|本名|本人|先生|爱人|丈夫|老[公婆伴]|[爸妈哥姐弟妹儿女])"
)
"""What people are asked to do and have done: 是康乐帮我退的, 让方圆接电话, 给高洁打电话."""
_SOMEBODY: Final = re.compile(
    rf"(?:找|联系|打给|问|叫|让)(?P<name>(?![大小老二三你我他她帅美好男女表堂姐哥叔姨嫂小])[{''.join(sorted(GIVEN))}])"
    r"(?=[哥姐叔姨嫂](?:$|[\s,，]|[就他她吧拿要说给接帮]))"
    rf"|^(?P<child>小[{''.join(sorted(GIVEN))}])(?=(?:妈妈|爸爸|家长)(?:$|[\s,，]|[您你]好))"
)
"""找强哥就行; 小雨妈妈您好."""
_ONE_BY_ONE: Final = re.compile(
    rf"(?P<a>{_H})是?(?:(?P=a){_H}|{_H}(?P=a))的(?P=a)[,，\s]*(?P<b>{_H})是?(?:(?P=b){_H}|{_H}(?P=b))的(?P=b)"
    rf"(?:[,，\s]*(?P<c>{_H})是?(?:(?P=c){_H}|{_H}(?P=c))的(?P=c))?"
)
"""谷是山谷的谷雨下雨的雨: each character told by itself."""
_COUNTED: Final = re.compile(
    rf"名字?就?[两二三四]个字[\s,，]*(?:是|叫)?(?P<name>{_H}{{2,4}}?)(?=$|[\s,，。]|干|弓|木|{_H}{{2}}的)"
)
_ASKED: Final = re.compile(
    rf"(?:怎么称呼[您你]?呢?|[您你]?贵姓|[您你](?:的)?(?:姓名|名字)(?:是什么)?"
    rf"|叫什么(?:名字)?)[\s,，。?？啊呀呢]+(?:我|他|她)?(?:姓|叫|是)?(?P<name>{_H}{{1,4}})(?=$"
    rf"|[\s,，。.!！?？])"
)
_AROUND: Final = re.compile(
    rf"(?:登记|挂|写|落|记)?在(?P<owner>{_H}{{2,4}}?)的?名下"
    rf"|(?:顾问|客服|经理|专员|管家|坐席|助理|老师|客服代表)(?P<agent>{_H}{{2,3}})(?=为[您你]服务"
    rf"|很高兴|竭诚|打扰|请讲)"
    rf"|查(?:一下|下|查)?(?P<other>{_H}{{2,6}}?)的(?:订单|单子|快递|包裹|账[户号]|件|车票|机票"
    rf"|成绩|卡|保单|预约|房间)"
    rf"|我是(?P<kin>{_H}{{2,3}})的?(?:妈妈|爸爸|家长|老公|老婆|爱人|丈夫|妻子|儿子|女儿|姐姐|哥哥|助理|秘书)"
    rf"|(?:是|用|写|以|拿)(?P<named>{_H}{{2,4}}?)的?(?:名字|名义)"
    rf"|写(?P<written>{_H}{{2,3}}?)(?=收(?:$|[\s,，。就])|[两三]个字|就行|就可以)"
    rf"|中文名(?P<chinese>{_H}{{2,3}}?)(?=$|[\s,，。])"
    rf"|(?:我|他|她)是(?P<foreign>{_H}{{2,4}}?)(?=[美英法德韩泰俄]国人|日本人|俄罗斯人)"
    rf"|^(?P<own>{_H}{{2,3}})的(?:护照|身份证|订单|快递|包裹|卡|保单|账[户号]|车)"
    rf"|^(?P<called>{_H}{{2,3}}?)[呢啊吗]?[,，\s]*[您你]好"
    rf"|(?:[您你]好|喂|哈喽|嗨)[啊呀]?[,，\s]*我(?:是)?(?P<self>{_H}{{2,3}}?)[啊呀哈](?!哈)"
    rf"|(?:转给|转告|通知|交给|接待我的是|接我电话的是|对接的?是你们的?"
    rf"|转接)(?P<staff>{_H}{{2,3}}?)(?=$|[\s,，。]|主管|经理|专员|就|老师|主任)"
)
_BARE: Final = re.compile(
    rf"(?:[收寄]件人|收货人|联系人|代收人|订餐人|户主|户名|报名字就行|大名"
    rf"|小名)[\s,，]*(?P<name>(?P<one>{_H})(?P=one)|[{_SOUNDED}]{{3,8}}[{_OFTEN}]?)(?=$|[\s,，。]|电话|手机)"
)
_TITLED: Final = re.compile(
    rf"(?:^|[\s,，。！？!?]|[您你]好|请问|请|找|是|好的|嗯"
    rf"|喂)(?P<name>(?![这那每各位本该老大小两几男女全某贵亲])(?:{_H}))"
    r"(?:先生|女士|小姐(?!姐)|太太)(?=$|[\s,，。！？!?]|[您你]|在|请|对|吧|吗|来|的)"
)
_SURNAME: Final = re.compile(
    rf"(?:员|傅|主|生|手|理|他|她|户|人)姓(?P<name>{_H})(?=$|[\s,，。！？!?])(?<![名氏什啥])"
)
_SAME: Final = re.compile(
    rf"姓(?P<one>{_H})[,，\s]*(?:{_H}{{2,3}}的(?P=one))?[,，\s]*(?:全?名|大名)?叫(?P<name>(?P=one){_H}{{1,2}})(?=$|[\s,，。])"
)
_ONE: Final = re.compile(rf"单名(?:一个|是|叫)?(?P<name>{_H})(?=$|[\s,，。字])")
_FIRST: Final = re.compile(rf"^(?P<name>[{_SOUNDED}]{{3,8}})(?=是[我你他她]|[您你]好|说|让|女士|先生)")
_OLD: Final = re.compile(
    rf"(?:说(?:是|我是)|我就?是|就是|找|联系|打给|交给|转给|问|跟|表扬(?:一下)?|感谢|投诉|拜托|麻烦"
    rf"|[叫让])(?P<name>[老小][{_OFTEN}])(?=$|[\s,，。]"
    rf"|找|介绍|推荐|说|让|请讲|啊|呀|吗|他|她|就|吧|来|去)"
)
_LETTERS: Final = re.compile(
    rf"(?:拼音|英文名?)(?:名字?)?(?:就?是|叫|写"
    rf"|[:：])?\s*(?P<name>[A-Za-z]{{2,}}(?:\s+[A-Z][A-Za-z]+|\s+[a-z]{{2,}}(?=$|[,，。])){{0,2}})"
    rf"|(?P<spelled>(?<![A-Za-z])(?:[A-Za-z][\-.]){{{SPELLED_FROM - 1},}}[A-Za-z](?![A-Za-z]))"
    r"(?:[\s,]+(?P<whole>[A-Z][a-z]+))?"
    r"|(?i:last name|surname|first name|given name|family name"
    r"|name on the [a-z]+)(?: is)?\s+(?P<part>[A-Z][a-z'\-]+(?: [A-Z][a-z'\-]+)?)"
    r"|(?i:\bspeaking with|\bask for|\bspoke (?:to|with)|\btalk(?:ed)? to|\byou(?:'re"
    r"| are) speaking (?:to|with))\s+"
    r"(?P<met>[A-Z][a-z'\-]+)(?=$| (?:from|at|in|about|please|yesterday|today))"
    r"|(?:\b(?:Mr|Mrs|Ms|Miss|Dr)\.?)\s+(?P<titled>[A-Z][a-z'\-]+(?:\s[A-Z][a-z'\-]+)?)"
)
_TITLE: Final = re.compile("(?:先生|女士|小姐|太太|叔叔|阿姨|老师|师傅|经理|主任|主管|医生|大哥|大姐|店长)$")
_NO_NAMES: Final = (
    "司机 房东 管家 花店 宾馆 祝您 祝你 有关 时间 公司 单位 家长 学生 孩子 老人 别人 车主 师傅 "
    "老师 老公 老婆 全部 方便 高峰 白色 黄色 金色 金额 马桶 许多 何必 常规 安全 温度 江苏 江西 "
    "常温 高铁 高层 安装 单子 平台 金店 包裹 项目 老板 管理 解放 连锁 党员 石材 官方 官网 "
    "云南 石头 武汉 康复 文件 文字 毛病 古代 夏天 龙头 黎明 空白 于是 任何 万一 张口 常见 常用 "
    "高级 成本 成年 向导"
)
_NOBODY: Final = frozenset(_NO_NAMES.split())
"""Words that begin with a surname and name no one."""
_VERBS_AFTER_CALL: Final = re.compile("外卖|代驾|救护|滴滴|快车|专车|号|醒|停|过来|出来|起来")


def bounded_names(text: str, cased: str) -> Iterator[tuple[int, int]]:
    """Start and end of such names in the normalised ``text``; ``cased``: the same with capitals."""
    for cue in _CUE.finditer(text):
        if end := _bounded(text, cue.end(), heard=cue["less"] is None):
            yield cue.end(), end
    yield from _told(text)
    yield from _by_place(text)
    yield from _framed(text)
    for match in _LETTERS.finditer(cased):
        groups = ("name", "spelled", "whole", "part", "met", "titled")
        yield from (match.span(group) for group in groups if match[group])


def _by_place(text: str) -> Iterator[tuple[int, int]]:
    """Names after a question, before a title, and inside what is said around a name."""
    for pattern in (_COUNTED, _OLD, _BARE, _SAME, _ONE):
        yield from (match.span("name") for match in pattern.finditer(text))
    for pattern in (_TITLED, _SURNAME):
        yield from (m.span("name") for m in pattern.finditer(text) if m["name"] not in NEVER_GIVEN)
    for match in _FIRST.finditer(text):
        if not word_count(match["name"]) or is_person(match["name"]):
            yield match.span("name")
    for match in _ASKED.finditer(text):
        name = match["name"]
        if _may_be_name(name) or name in SURNAMES | TWO_SURNAMES:
            yield match.span("name")
    for match in _AROUND.finditer(text):
        group = str(match.lastgroup)
        if (group == "foreign" and NEVER_GIVEN.isdisjoint(match[group])) or _surely_name(
            match[group], sure=group in {"owner", "agent", "kin", "self"}
        ):
            yield match.span(group)


def _framed(text: str) -> Iterator[tuple[int, int]]:
    """Names in what people are asked to do and have done."""
    yield from (match.span(match.lastgroup or 0) for match in _SOMEBODY.finditer(text))
    for match in _FRAMED.finditer(text):
        group = str(match.lastgroup)
        if match[group][0] in SURNAMES - DOUBTFUL_SURNAMES and _may_be_name(match[group], heard=False):
            yield match.span(group)


def _bounded(text: str, start: int, *, heard: bool) -> int:
    """The end of two or three Hanzi (more with a double surname, by sound) that a boundary follows, or 0."""
    if _VERBS_AFTER_CALL.match(text, start):
        return 0
    two = text[start : start + 2]
    lengths = (3, 4) if two in TWO_SURNAMES else (2, 3)
    ends = [
        start + n
        for n in lengths
        if _END.match(text, start + n) and _may_be_name(text[start : start + n], heard=heard)
    ]
    by_sound = start
    while by_sound < min(len(text), start + SOUND_LONGEST) and text[by_sound] in SOUNDS:
        by_sound += 1
    if by_sound - start > lengths[-1] and _END.match(text, by_sound):
        ends.append(by_sound)
    elif (
        by_sound - start >= lengths[-1]
        and text[by_sound : by_sound + 1] in SURNAMES
        and _END.match(text, by_sound + 1)
    ):
        ends.append(by_sound + 1)
    return min(ends, default=0)


def _hanzi(name: str) -> bool:
    return all("\u4e00" <= one <= "\u9fff" for one in name)


def _may_be_name(name: str, *, heard: bool = True) -> bool:
    """Whether ``name`` can be one where a cue asks for one: no word, or one that a surname begins."""
    if (
        len(name) < len("于是")
        or not _hanzi(name)
        or not NEVER_GIVEN.isdisjoint(name[1:])
        or name[0] in NEVER_GIVEN - SURNAMES
    ):
        return False
    if name in _NOBODY | TRADE_WORDS or name[:2] in _NOBODY | TRADE_WORDS or name[1:] in TRADE_WORDS:
        return False
    if name[0] == name[1]:
        return len(name) == len("朵朵") and word_count(name) < COMMON_FROM
    often = name[0] in FREQUENT_SURNAMES | NEXT_SURNAMES or name[:2] in TWO_SURNAMES
    if often and len(name) == len("马上"):
        return True
    words = [name[at : at + 2] for at in range(len(name) - 1)]
    if len(name) > len("马上"):
        words.append(name)
    plain = not any(word_count(word) >= COMMON_FROM and not is_person(word) for word in words)
    surname = name[0] in SURNAMES or (heard and sounds_like_surname(name[0]))
    unsaid = heard and not any(map(word_count, words))
    surname = surname or (unsaid and sum(map(word_likelihood, name)) < UNSAID * len(name))
    sounded = sum(one in SOUNDS for one in name) > 1 and (SOUNDS | GIVEN).issuperset(name)
    surname = surname or (sounded and len(name) > len("马上"))
    return (plain and surname) or (often and word_count(name) == 0 and word_count(name[:2]) < COMMON_FROM)


def _surely_name(name: str, *, sure: bool) -> bool:
    """Whether a name stands there though the cue is weaker: surname and given name, or one by sound."""
    if name in _NOBODY | TRADE_WORDS or not _hanzi(name) or _TITLE.search(name):
        return False
    two = name[:2] in TWO_SURNAMES
    surname = two or name[0] in SURNAMES
    given = name[2:] if two else name[1:]
    unknown = name[0] in FREQUENT_SURNAMES and not word_count(name) and NEVER_GIVEN.isdisjoint(name)
    made = surname and bool(given) and (GIVEN.issuperset(given) or (unknown and len(name) == len("马上")))
    word = word_count(name) >= COMMON_FROM // 10 and not is_person(name)
    if (
        made
        and (sure or not word)
        and (name[0] in FREQUENT_SURNAMES | NEXT_SURNAMES or len(name) > len("马上") or not word)
    ):
        return True
    return len(name) > len("马上") and (
        SOUNDS.issuperset(name)
        or any(
            end == len(name)
            for end, likely in names_at(name, 0, heard=False, alone=False)
            if likely > NAME_FROM
        )
    )


def _told(text: str) -> Iterator[tuple[int, int]]:
    """Names that are told by their characters, before and behind, and the telling."""
    yield from (match.span() for match in _ONE_BY_ONE.finditer(text))
    for cue in _TOLD_CUE.finditer(text):
        for length in (2, 3, 4):
            end = cue.end() + length
            name = text[cue.end() : end]
            said = _explained(text, end)
            if _hanzi(name) and len(said) > 0 and all(one in name for _, one in said):
                yield cue.end(), end
                yield end, said[-1][0]
                break
    for match in _TOLD_SURNAME.finditer(text):
        told = _explained(text, match.end())
        end = told[-1][0] if told else match.end()
        characters = {match[str(match.lastgroup)], *(one for _, one in told)}
        if told:
            yield match.end(), end
        after = end
        while after < len(text) and text[after] in characters:
            after += 1
        if after - end > 1:
            yield end, after


def _explained(text: str, start: int) -> list[tuple[int, str]]:
    """The ends and characters of 方向的向, 前面的前 … that stand one behind another from ``start``."""
    said: list[tuple[int, str]] = []
    while (
        len(said) < TOLD_LONGEST
        and (match := _EXPLANATION.match(text, start))
        and match["one"] in match["word"]
    ):
        start = match.end()
        said.append((start, match["one"]))
    return said
