"""Names of people, as far as a cue, a title or their shape marks them.

=====================  ====================================================================
after a field          姓名, 收件人, 联系人, 户主, 持卡人, 签收人 …, with 是, 叫, 写的是, a colon or nothing
after a self-naming    我叫, 我是, 本人, 敝姓, 免贵姓; my name is, this is … speaking
after a person         我妈, 我老公, 我同事, 客服, 配送员, 骑手, 师傅, with 叫 or nothing
before a title         张先生, 欧阳女士, 李卫东师傅, 王总
corrected              不是李雷是李磊
told in characters     弓长张, 三点水的江, 花蕾的蕾
in another script      阿依古丽·买买提, 古力娜扎
anywhere               给苗小雨打电话 (:mod:`voicecoach.rubric.personal.free_names`)
=====================  ====================================================================

How much each cue promises a name is a number beside it, in the logarithms of
:mod:`voicecoach.rubric.personal.lexicon`: the project's own choice, set on sentences of its own.

Known failures: a name of two characters without any cue; a name that is a common word (满江红),
unless a field says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from voicecoach.rubric.personal.bounded_names import bounded_names
from voicecoach.rubric.personal.free_names import free_names
from voicecoach.rubric.personal.lexicon import likeliest, names_at, names_before, sounds_like_surname
from voicecoach.rubric.personal.surnames import (
    FREQUENT_SURNAMES,
    GIVEN,
    SOUNDS,
    SPELLED,
    STOCK_NAMES,
    SURNAMES,
    TWO_SURNAMES,
)
from voicecoach.rubric.text.pinyin import is_person, word_count

if TYPE_CHECKING:
    from collections.abc import Iterator

WINDOW: Final = 10
"""Hanzi behind a cue that are read to tell a name from words."""
TITLE_WINDOW: Final = 6
"""And before a title."""
HEARD_FROM: Final = -0.5
"""A cue must promise so much for a surname to be known by its sound alone."""
ALONE_FROM: Final = 2.5
"""And so much for a given name without a surname."""

PART_SHORTEST: Final = 3
"""Hanzi of one part of a name written by sound."""
WEAKEST: Final = -3.5
"""What a place promises where names stand now and then."""

_FIELD: Final = (
    r"(?:[姓性]名|名[字子]|大名|全名|[收手首][件货貨建健检]人|[联连][系络]人|寄件人|发货人|取件人|提货人|户主|户名|持卡人|签收人|代收人|[入租]住人|订餐人|家长|户口本|学员|旅客姓名|客户名称|投保人|被保(?:险)?人"
    r"|受益人|开户人|机主|车主|预[订定约]人|预留人|登记人|登记的|申请人|法人(?:代表)?|法定代表人|负责人|担保人|介绍人|经办人|报案人|报修人"
    r"|付款人|收款人|当事人|监护人|紧急联系人|下单人|入住人|乘机人|参保人|借款人|承租人|代取人|代领人|代办人|办理人|使用人|持有人|购票人|乘车人|就诊人|患者姓名|联系人姓名|推荐人|抬头(?:[是写开]?个人)?|[主副附]卡人|委托人|受托人|联络人|报名人|参会人|收款方|付款方|考生|选手)"
)
_IS: Final = (
    r"(?:(?:一栏)?[写填留登][记]?[的了着]?(?:就?是|成|为)?(?:我的名字)?|就?是(?:一个)?|叫做?|为|[:：]"
    r"|改[成为到]|换[成为]|要?改成)"
)
_RELATIVE: Final = (
    r"(?:[我俺你您他她](?:们)?(?:家)?的?)(?:老)?(?:媳妇儿|妈妈?|爸爸?|母亲|父亲|妈咪|老?公|老?婆|爱人|媳妇|丈夫|妻子|先生|太太|儿媳妇?|儿子?|女儿|闺女"
    r"|孩子|小孩|宝宝|姐夫|妹夫|嫂子?|弟媳|儿媳妇?|女婿|小姨|大伯|舅妈|姑父|姨妈|[哥姐弟妹]{1,2}|表[哥姐弟妹]|堂[哥姐弟妹]|爷爷|奶奶|外公|外婆|姥姥|姥爷|孙子|孙女|外孙|外甥|侄子|侄女|叔叔?|阿姨|舅舅?"
    r"|姑姑?|同事|同学|朋友|闺蜜|室友|舍友|邻居|男朋友|女朋友|对象|领导|老板|助理|秘书|学生|徒弟|师父|岳父|岳母|公公|婆婆|亲戚|老伴儿?|丈母娘|老丈人|未婚[夫妻]|干[妈爸]|继[父母]|养[父母]|侄[子女]婿?|外孙女|孙媳妇?|姨夫|姑妈|伯父|伯母|小叔子?|小舅子|大姨|三姨|二[叔姨舅姑]|战友|老乡)"
)
_ROLE: Final = (
    r"(?:客服(?:人员|专员|代表)?|配送员|快递(?:员|小哥)|派件员|投递员|外卖(?:员|小哥)|骑手|送货员|司机|代驾|师傅|安装工|维修工|保安|保洁|店员|店长"
    r"|导购|收银员|服务员|前台|经理|主管|组长|班长|队长|坐席|专员|顾问|销售|中介|管家|护士|医生|大夫|原告|被告|租户|卡主|保姆|月嫂|律师|设计师|班主任|辅导员|宿管|老师|教练|乘客|旅客|患者|病人|业主|租客|房东"
    r"|房客|住户|学员|学生|会员|客户|客人|顾客|用户|买家|卖家|面试官|应聘者|候选人|同事|老板|法人|家属|技术员|业务员|收费员|巡检员|宣传员|理货员|讲解员|规划师|理疗师|摄影师|造型师|营养师|化妆师|客户经理|理财经理|投诉人|当事人)"
)
_CALLED: Final = r"(?:就?叫做?|名叫|名字叫做?|名字是|姓名是|全名叫?)"
_PAUSE: Final = r"[\s,，、:：\"“「嗯呃额啊]*"
_TWO: Final = "|".join(sorted(TWO_SURNAMES))
_ONE: Final = "".join(sorted(SURNAMES))
_CUES: Final = tuple(
    (promise, pattern)
    for promise, pattern in (
        (4.5, rf"{_FIELD}(?:应该|已经|现在|本来|当时|这里|那里|上面)?{_IS}"),
        (3.0, rf"姓(?:{_TWO}|[{_ONE}])[,，\s]*(?:全?名叫?|叫做?|大名)"),
        (3.0, r"(?:我|本人)的?名字?(?:就|呢)?(?:叫做?|是叫)|我[叫教较]做?|叫我|名叫|单名(?:一个)?"),
        (2.0, rf"(?:{_RELATIVE}|{_ROLE}|[他她]|那?个人|有一?[个位]){_CALLED}"),
        (2.0, rf"{_RELATIVE}的?名字?叫"),
        (1.5, r"[\u4e00-\u9fff]{2}人(?:是|叫|为|[:：])"),
        (1.0, r"本人(?:是)?"),
        (0.5, rf"{_FIELD}"),
        (0.0, r"(?:不对|错了|不是)[,，\s]*(?:应该)?(?:是|叫)"),
        (0.0, r"登记(?:一下|的?是|成|为)?"),
        (0.5, rf"写的(?:名字)?是|(?:{_RELATIVE}|{_ROLE})(?:是|姓名)?"),
        (
            3.0,
            r"姓[\u4e00-\u9fff][,，\s]*(?:[\u4e00-\u9fff]{2,3}的[\u4e00-\u9fff])?[,，\s]*(?:全?名叫?|叫做?)",
        ),
        (3.0, r"签(?:的|字的|名)是"),
        (-1.0, r"我就?是|我这边是|这里?是|这位是|您?好[,，]?是|您是|你是|请问是|[叫称]呼|是叫|叫做?|名为"),
        (-2.5, r"那个|你们(?:那边)?的?|有个"),
        (-4.5, r"找一?下?|请|联系|帮|给"),
        (1.0, r"[收寄]件|代收"),
        (WEAKEST - 1.5, r"[和跟与约]"),
        (WEAKEST, r"投诉|留的?|我们?家|[您你]好|喂|接待我的|帮我[叫找]"),
    )
)
_CUE: Final = re.compile("|".join(f"(?P<c{number}>{pattern})" for number, (_, pattern) in enumerate(_CUES)))
_AFTER_CUE: Final = re.compile(_PAUSE)
_ALSO: Final = re.compile(r"[和跟与、及]|还有|以及")
ALSO_PROMISE: Final = 1.0
"""A name and another one: 高翔和文静怡."""
_TELLING: Final = re.compile(
    r"(?P<first>(?P<a>[\u4e00-\u9fff])?(?P<b>[\u4e00-\u9fff])(?P<c>[\u4e00-\u9fff])的(?:(?P=a)|(?P=b)|(?P=c)))[,，]?不是"
    r"(?P<second>(?P<d>[\u4e00-\u9fff])?(?P<e>[\u4e00-\u9fff])(?P<f>[\u4e00-\u9fff])的(?:(?P=d)|(?P=e)|(?P=f)))"
)
"""章子怡的章不是张飞的张: which character a name is written with, and which not."""
_HANZI: Final = re.compile(r"[\u4e00-\u9fff]+")
_TITLE: Final = re.compile(
    r"(?P<sure>先生|女士|小姐(?!姐)|太太|夫人|大夫)(?!们)"
    r"|(?P<likely>师傅|师父|老师|经理|主任|医生|教授|律师|警官|老板|队长|店长|校长|院长|局长|处长|科长|部长|组长|主管|总监|董事长?|阿姨|叔叔|大哥"
    r"|大姐|大爷|大妈|同学|助理|护士|教练|法官|会计|顾问|管家|秘书|店主|团长|工程师|技师|司机)(?!们)"
    r"|(?P<less>总|工|董|姨|叔|嫂|伯|哥|姐)(?=$|[^\u4e00-\u9fff]|[您你好说那在让今的这是吗帮来去给跟答告约看请]|到了|来了|刚)"
)
_TITLE_PROMISE: Final = {"sure": 1.0, "likely": -0.5, "less": -3.0}
_TITLE_LIKELIHOOD: Final = -3.0
"""Logarithm of the share of names that a title follows."""
_NOT_PERSONS: Final = re.compile(
    r"康师傅|田玉|王老吉|张小泉|老干妈|李先生(?:牛肉面|加州)|周大福|周黑鸭|小米|小红书|小程序|小度|小爱|小艺|天猫|小哥|小妹|小姐|小二|老师|老板|老婆|老公"
)
"""Brands and words that look like names."""
_SURNAME: Final = re.compile(
    rf"(?<![百同])姓(?:的?是)?\s*(?P<name>{_TWO}|[{_ONE}])(?![名氏][^\u4e00-\u9fff]?[是怎])"
)
_SPELLED: Final = re.compile(
    "|".join(rf"(?:{'|'.join(how.split())})的?[,，]?{surname}" for surname, how in SPELLED.items())
    + "|弓长|立早章"
)
_CORRECTED: Final = re.compile(r"(?<![,，\s])[,，\s]*不(?:是|叫)")
_CORRECTION: Final = re.compile(r"[,，\s]*(?:而?是|我?叫)")
_EXPLAINED: Final = re.compile(
    r"[\s,，、]*(?:是|就是)?(?P<word>[\u4e00-\u9fff]{2,4}?)的(?:那个)?(?P<one>[\u4e00-\u9fff])(?!的)"
)
"""花蕾的蕾: a character of the name, told by a word that holds it."""
_MADE_OF: Final = re.compile(
    r"[\s,，、]*(?P<parts>[\u4e00-\u9fff]{1,4}(?:加上?|右边|旁边|下面)一?个?[\u4e00-\u9fff])(?=$|[\s,，。的])"
)
"""两点水加一个马: a character of the name, told by its parts."""
_ONE_GIVEN: Final = re.compile(r"(?:单名|[名叫])一?个(?P<name>[\u4e00-\u9fff])字")
_PLAIN_SURNAME: Final = re.compile(
    r"(?:免[贵桂归][姓性]|[敝鄙][姓性]|我[姓性]|本人姓)(?P<name>[\u4e00-\u9fff])(?=$|[\s,，。.!！?？、]|的|叫|您|你|啊|呀)(?<![名什啥甚氏格子别])"
)
_STOCK: Final = re.compile(
    rf"(?<![0-9一二两三四五六七八九十几每这那张开])(?:{'|'.join(STOCK_NAMES)})(?![百千万十块元个月年号天人张条次楼层点小川栏行列类])"
)
_AGENT: Final = re.compile(
    r"(?:客服|专员|顾问|管家|导购|助理)(?:人员|专员|代表)?"
    r"(?P<name>[小阿](?:(?![姐哥妹弟时区店助帮秘组程团伙朋孩学二费编数事件块])[\u4e00-\u9fff]|[a-z](?![a-z])|助(?!手)))"
)
"""What an agent calls himself: 客服小满."""
AGENT_WORD_FROM: Final = 300
"""Occurrences from which what stands there is a word (客服小心)."""
_OLD: Final = re.compile(
    rf"(?P<name>[老小][{''.join(sorted(FREQUENT_SURNAMES))}])(?=(?:说|讲|告诉|通知|答应|给我|跟我|让我|帮我|负责|接的|那边))"
)
"""物业的老郭说的."""
_MIXED: Final = re.compile(
    r"(?:我叫|[我他她]?的?名字(?:是|叫)|姓名[:：是]?|[收寄]件人(?:是|[:：])?|联系人(?:是|[:：])?|昵称(?:是|叫))\s*"
    r"(?P<name>[A-Za-z]{2,}(?:[ '\-][A-Z][a-z]+){0,2})(?![A-Za-z0-9])"
    r"|(?:我是|我就是|这里是|叫做?)\s*(?P<cased>[A-Z][a-z]{2,}(?:[ '\-][A-Z][a-z]+){0,2})(?![A-Za-z0-9])"
    r"|(?:客人|[乘旅住房]客|客户|学[员生]|外教|同事|联系人|患者|业主|家长|老[师板]|经理|顾问)"
    r"(?:叫|是)?\s*(?P<role>[A-Z][a-z]{2,}(?: [A-Z][a-z]+){0,2})"
    r"(?![A-Za-z0-9])|[是找给让跟和替]\s*(?P<two>[A-Z][a-z]+(?: [A-Z][a-z]+){1,2})(?![A-Za-z0-9])"
)
"""A foreign name in a Chinese sentence: 我叫 Jack."""
_DOTTED: Final = re.compile(r"[\u4e00-\u9fff]{2,8}(?:[·•・‧][\u4e00-\u9fff]{1,8}){1,3}")
_ENGLISH_WORD: Final = r"[A-Za-z][A-Za-z'\-]*"
_ENGLISH: Final = re.compile(
    rf"(?i:\bmy (?:full |first |last |sur|family )?name(?: is|'s)|\bi am called|\bi'm called|\bthey call me"
    r"|\bunder the name(?: of)?|\bmy english name is|英文名[字称]?(?:就?叫|是"
    r"|[:：]))(?:\s+|(?<=[叫是:：])\s*)"
    rf"(?P<said>{_ENGLISH_WORD}(?:\s+{_ENGLISH_WORD}){{0,2}})"
    rf"|(?i:\bthis is)\s+(?P<speaking>{_ENGLISH_WORD}(?:\s+{_ENGLISH_WORD})?)\s+(?i:speaking|calling|here"
    r"|from)\b"
    r"|(?i:\bname(?: is|:)|\bcall me|\bthis is|\bi am|\bi'm|\bunder|\bspeak (?:to|with)|\b(?:mr|mrs|ms"
    r"|miss|dr)\.?"
    r"|\b(?:my|his|her|your|our) (?:wife|husband|son|daughter|mother|father|mom|dad|brother|sister"
    r"|friend|colleague|boss"
    rf"|partner|assistant|manager)(?:'s name is| is)?)\s+"
    rf"(?P<cased>[A-Z][a-z'\-]+(?:\s+[A-Z][A-Za-z'\-]+){{0,2}})"
)
_ENGLISH_WORDS: Final = (
    "a an the and or but i it is was on in at to from for of not no so very really sorry calling "
    "speaking here your my our their "
    "this that there what which who how customer service support room sure afraid happy glad just also "
    "still good fine ready "
    "looking having trying going sale correct wrong spelled required missing shanghai beijing london "
    "china english monday tuesday "
    "filled dumb crazy me him her us them you wednesday thursday friday saturday sunday january "
    "february march april may june july august "
    "september october november december "
    "vip svip app pm hr it ceo id xx xxx ok qq wechat iphone apple huawei plus pro max with please "
    "windows google office microsoft samsung sony nike adidas visa master mac air watch galaxy mini union "
    "because when where if then right unable interested writing"
)
_NO_ENGLISH_NAME: Final = frozenset(_ENGLISH_WORDS.split())


def personal_names(text: str, cased: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and rule of the names in the normalised ``text``; ``cased``: the same with capitals."""
    names = sorted(
        {
            *_after_cues(text),
            *_before_titles(text),
            *_by_shape(text),
            *_corrected(text),
            *bounded_names(text, cased),
            *free_names(text),
        }
    )
    for start, end in names:
        yield start, end, "name"
        if explained := _EXPLAINED.match(text, end):
            word, one = explained["word"], explained["one"]
            if one in word and one in text[start:end]:
                yield explained.start("word"), explained.end("one"), "name"
        if made_of := _MADE_OF.match(text, end):
            yield *made_of.span("parts"), "name"
    for match in (*_ENGLISH.finditer(cased), *_MIXED.finditer(cased)):
        group = str(match.lastgroup)
        if end := _english_end(match[group]):
            yield match.start(group), match.start(group) + end, "name"


def _english_end(said: str) -> int:
    """The end of the leading words of ``said`` that can be a name, 0 without any."""
    end = 0
    for word in re.finditer(r"\S+", said):
        if word.group().lower() in _NO_ENGLISH_NAME or (len(word.group()) == 1 and not end):
            break
        end = word.end()
    return end


def _after_cues(text: str) -> Iterator[tuple[int, int]]:
    place = 0
    while cue := _CUE.search(text, place):
        place = max(cue.end(), cue.start() + 1)
        promise = _CUES[int(str(cue.lastgroup)[1:])][0]
        gap = _AFTER_CUE.match(text, cue.end())
        start = gap.end() if gap else cue.end()
        while end := _by_sound_end(text, start, _name_end(text, start, promise)):
            yield start, end
            also = _ALSO.match(text, end)
            if also is None:
                break
            start, promise = also.end(), ALSO_PROMISE


def _name_end(text: str, start: int, promise: float) -> int:
    """Where the name that begins at ``start`` ends, 0 without one; ``promise``: how likely one is there."""
    window = _HANZI.match(text, start, start + WINDOW)
    if window is None or _NOT_PERSONS.match(text, start):
        return 0
    stretch = window.group()
    heard, alone = promise >= HEARD_FROM, promise >= ALONE_FROM
    names = [(end, by + promise) for end, by in names_at(stretch, 0, heard=heard, alone=alone)]
    used = likeliest(stretch, {0: names}) if names else []
    return start + used[0][1] if used else 0


def _by_sound_end(text: str, start: int, end: int) -> int:
    """``end``, or where the second part of a name written by sound ends: 古丽努尔 and 买买提."""
    further = end
    while further < min(len(text), end + WINDOW) and text[further] in SOUNDS:
        further += 1
    by_sound = end - start >= PART_SHORTEST and SOUNDS.issuperset(text[start:end])
    return further if by_sound and further - end >= PART_SHORTEST else end


def _before_titles(text: str) -> Iterator[tuple[int, int]]:
    for title in _TITLE.finditer(text):
        begin = title.start()
        while begin > max(0, title.start() - TITLE_WINDOW) and _HANZI.match(text[begin - 1]):
            begin -= 1
        stretch = text[begin : title.end()]
        n_before = title.start() - begin
        promise = _TITLE_PROMISE[str(title.lastgroup)] + _TITLE_LIKELIHOOD
        units: dict[int, list[tuple[int, float]]] = {}
        for start, likelihood in names_before(stretch, n_before, sure=title.lastgroup == "sure"):
            units.setdefault(start, []).append((len(stretch), likelihood + promise))
        for start, _ in likeliest(stretch, units):
            if not _NOT_PERSONS.match(stretch, start):
                yield begin + start, title.start()


def _by_shape(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_SURNAME, _PLAIN_SURNAME, _SPELLED, _ONE_GIVEN, _STOCK, _OLD):
        for match in pattern.finditer(text):
            yield match.span(match.lastgroup or 0)
    for match in _AGENT.finditer(text):
        if word_count(match["name"]) < AGENT_WORD_FROM or is_person(match["name"]):
            yield match.span("name")
    for match in _TELLING.finditer(text):
        yield match.span("first")
        yield match.span("second")
    for match in _DOTTED.finditer(text):
        start = match.start()
        if cue := list(_CUE.finditer(text, start, match.end())):
            start = cue[-1].end() if cue[-1].end() < match.end() else start
        yield start, match.end()


def _corrected(text: str) -> Iterator[tuple[int, int]]:
    """Both names of 不是李雷是李磊 and 叫刘洋不是柳杨."""
    for match in _CORRECTED.finditer(text):
        for length in (4, 3, 2):
            wrong = (match.end(), match.end() + length)
            right = (match.start() - length, match.start())
            if right[0] >= 0 and _nearly(text[slice(*wrong)], text[slice(*right)]):
                yield from (wrong, right)
                break
            after = _CORRECTION.match(text, wrong[1])
            if after and _nearly(text[slice(*wrong)], text[after.end() : after.end() + length]):
                yield from (wrong, (after.end(), after.end() + length))
                break


def _nearly(one: str, other: str) -> bool:
    """Whether both are names, or one is and the other is the same but for a character: 闵杰, 明杰."""
    if _alike(one, other):
        return True
    shared = sum(a == b for a, b in zip(one, other, strict=False))
    return (
        len(one) == len(other)
        and 0 < shared == len(one) - 1
        and GIVEN.issuperset(one[1:] + other[1:])
        and any(name[0] in SURNAMES and not word_count(name) for name in (one, other))
        and not any(word_count(name) and not is_person(name) for name in (one, other))
    )


def _alike(one: str, other: str) -> bool:
    """Whether both are names, and as long as each other."""
    return (
        len(one) == len(other)
        and one != other
        and all(
            (name[0] in SURNAMES or sounds_like_surname(name[0]))
            and all(character in GIVEN for character in name[1:])
            and (word_count(name) == 0 or is_person(name))
            for name in (one, other)
        )
    )
