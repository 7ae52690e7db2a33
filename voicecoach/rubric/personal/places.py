"""Addresses, names, mail addresses and account names, as far as cue words mark them.

An address is a row of named units (省 市 区 县 街道 路 号 小区 栋 单元 室) after a cue (地址是, 我住在,
寄到), or without one when it names a house: a street with its number, a block with its unit or room.
A name follows 我叫, 我的名字是, 收件人 and begins with a surname in common use; after 我姓 only the
surname itself is meant. The lists are the project's own choice.

Known failures: an address without a single unit word (我住在望京); a name with a rare surname, or told in
characters (弓长张); the name of a third person.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from voicecoach.rubric.text.pinyin import word_count

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESS_REACH: Final = 60
"""Characters after a cue in which an address may stand."""
HOUSE_REACH: Final = 30
"""Characters before a house's number in which its town and street may stand."""
NAME_LONGEST: Final = 8
"""Characters of the name of a street or block."""
WORD_FROM: Final = 500
"""Occurrences in the word list from which what follows 我叫 is a word (高兴); famous names have fewer."""

_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向"
    "汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴"
    "霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简项芦麦褚娄窦戚岑"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭蔣葉蘇呂盧鍾陸範"
)
_TWO_SURNAMES: Final = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|端木|夏侯"
_TWO_CHARACTERS: Final = tuple(_TWO_SURNAMES.split("|"))
_NAME_END: Final = (
    r"(?=$|[\s,，。.!！?？、;；\ufffc]"
    # what people go on with: 我叫王伟今年…, 来自…, 是一名…
    r"|今年|来自|毕业|应聘|是[一个我来负]|很高兴|的|我|您"
    r"|这|现在|目前|电话|手机|住|从|来|女士|先生)"
)
"""Behind a name; without it 我叫王伟今 would be one."""
_NAME: Final = re.compile(
    # the cue: 我叫, 我的名字叫, 姓王名叫
    rf"(?:(?:我(?:的名字)?|姓[{_SURNAMES}][,，\s]?(?:名字?)?)(?:就?叫做?|是叫)|"
    rf"(?:我的|本人)?(?:名字|姓名)(?:是|叫|为|[:：])|(?:收件人|收货人|联系人)(?:是|叫|为|[:：])?)\s*"
    # a surname and one or two characters; not 我叫高兴, which is a word (WORD_FROM)
    rf"(?P<name>(?:{_TWO_SURNAMES}|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}?){_NAME_END}"
)
_SURNAME: Final = re.compile(
    # 我姓王, 免贵姓王: the surname alone; not 我姓名, since 名 is none
    rf"(?:我|免贵|本人)姓(?P<name>{_TWO_SURNAMES}|[{_SURNAMES}])(?=$|[\s,，。.!！?？、]|叫|名|的|啊|呀|我|您)"
)
_ENGLISH_NAME: Final = re.compile(
    # one or two words; not the "and" or "from" of what follows
    r"(?:my name is|i am called)\s+(?P<name>[a-z]+(?:\s+(?!and\b|i\b|from\b)[a-z]+)?)(?=$|[\s,.!?])"
)

_UNIT: Final = (
    r"(?:特别行政区|自治[区州县]|省|市|新区|开发区|区|县|镇|乡"  # regions
    r"|街道|大街|大道|胡同|[路街巷弄村屯]"  # streets and villages
    r"|小区|社区|花园|家园|公寓|大厦|广场|学院|大学|宿舍"  # estates and large buildings
    r"|单元|号楼|号院|[苑院园座栋幢楼层室号组队])"  # houses, floors, rooms
)
"""The words that end a part of an address; the longer ones first."""
_AMOUNT: Final = r"[0-9零一二三四五六七八九十百千幺两〇甲乙丙丁a-z]"
_NO_NAME: Final = (
    "我你您他她它们的了吗呢吧啊请谢麻烦客订哪几某个每个这那是在到给把跟就还要想说"
    "问没不以后前附近旁边同老送寄发快递住改收"
)
_NO_PLACE: Final = "手机|电话|订单|运单|单号|尾号|号码|卡号|账号|编号|工号|验证|身份|邮箱|微信"
"""Characters and words that no name of a street or estate holds: 我住在那个小区 names none."""
_NAMED: Final = rf"(?:(?![{_NO_NAME}]|{_NO_PLACE})[\u4e00-\u9fff0-9a-z]){{1,{NAME_LONGEST}}}?"
_SEGMENT: Final = re.compile(rf"{_NAMED}{_UNIT}")
_PAUSE: Final = r"(?:[\s,，、的嗯呃]|那个|然后){0,3}"
"""What may stand between two parts of an address said aloud."""
_PAUSE_PATTERN: Final = re.compile(_PAUSE)
_ROOM: Final = re.compile(
    # 1203, 3-2-501 behind the last part; not an amount: 三天, 两件
    rf"\s*-?{_AMOUNT}{{1,6}}(?:\s*-\s*{_AMOUNT}{{1,6}}){{0,3}}(?![天元个件块年月日点分])"
)
_ADDRESS_CUE: Final = re.compile(
    # the word itself: 地址是, 地址改成
    r"(?:(?:地址|住址|住处|位置)\s*(?:就?是|为|在|[:：]|改[成到为]|换[成到]|填的?是?|写的?是?)?"
    # where he lives, where it goes: 我住在, 寄到
    r"|(?:我|家|人|现在|一直|就)?住在?|家在|(?:寄|送|发|派|配送|邮)(?:到|去|往|给)|address is)[\s,，:：嗯呃]*"
)
_GENERIC: Final = re.compile(
    # an address of nobody: 公司楼, 学校, 三楼, 小区
    r"(?:[大]?(?:公司|学校|市|城|郊|山|校|景|小|农|社|地|厂|园|本|外|全|各|辖|服务){1,2}(?:区|市|村|院|园|楼|县|省|室)"
    r"|(?:楼|[\u4e00-\u9fff]?小区|学校|宿舍|单元|公寓|出租屋|合租房)|[0-9一二三四五六七八九十几]{1,4}(?:楼|层|号)){1,3}"
)
_HOUSE: Final = re.compile(
    # a street with a number: 中山路 12 号; not 思路, 套路, 线路, 一路, 马路
    rf"(?<=[^{_NO_NAME}\W])(?<![思套线网电出退门走上一公铁道半马])(?:路|大街|大道|街|巷|弄|胡同)"
    rf"{_PAUSE}{_AMOUNT}{{1,6}}\s*号"
    # a block with a unit, a room or both: 3 栋 2 单元 501
    rf"|{_AMOUNT}{{1,4}}\s*(?:栋|幢|号楼|座){_PAUSE}"
    rf"(?:{_AMOUNT}{{1,3}}\s*单元(?:{_PAUSE}{_AMOUNT}{{2,6}}\s*(?:室|号)?)?|{_AMOUNT}{{2,6}}\s*(?:室|号)?)"
)
_BEFORE_HOUSE: Final = re.compile(rf"(?:(?![{_NO_NAME}])[\u4e00-\u9fff0-9a-z\s,，、])*$")
_ENGLISH_HOUSE: Final = re.compile(
    r"\b\d{1,5}\s+(?:[a-z]+\s+){1,3}(?:street|road|avenue|lane|drive|boulevard|st|rd|ave)\b"  # 12 high street
    r"(?:,?\s*(?:apt|apartment|unit|room)\s*\w+)?"  # apt 4
)
_MAIL_AT: Final = r"(?:@|\s*(?:艾特|爱特|at)\s*)"
"""The sign, or what it is called aloud."""
_MAIL_DOT: Final = r"(?:\.|\s*(?:点|dot)\s*)"
_MAIL_NAME: Final = r"[a-z0-9零一二三四五六七八九幺][a-z0-9零一二三四五六七八九幺._\-]{0,40}"
_MAIL: Final = re.compile(
    rf"(?:{_MAIL_NAME}\s+(?:dot|underscore)\s+)*{_MAIL_NAME}{_MAIL_AT}"  # anna dot li at
    rf"{_MAIL_NAME}?(?:{_MAIL_DOT}[a-z0-9]+)*{_MAIL_DOT}(?:com|cn|net|org|edu|io|康姆|抗姆)"  # qq 点康姆
)
_MAIL_HEARD: Final = re.compile(
    r"(?:邮箱|邮件地址|e-?mail)(?:地址|账号)?(?:就?是|为|[:：]|\s|is)+(?P<name>[a-z0-9][a-z0-9@._\- ]{4,40})"
)
"""Recognisers write a mail address read out as letters of all kinds: CAJ-NGS-N88QQ."""
_ACCOUNT: Final = re.compile(
    r"(?:qq|微信|支付宝|淘宝|账)号?(?:号码|账号)?(?:就?是|为|[:：]|\s)\s*"
    r"(?P<name>(?=[a-z_\-]*\d|[a-z]+[_\-])[a-z0-9_\-]{5,24})"  # holds a digit or a line; no plain word
)


def personal_places(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and rule of addresses, names, mail addresses and accounts in the normalised ``text``."""
    for match in _MAIL.finditer(text):
        yield *match.span(), "email"
    for match in _MAIL_HEARD.finditer(text):
        yield *match.span("name"), "email"
    for match in _ACCOUNT.finditer(text):
        yield *match.span("name"), "account"
    yield from _addresses(text)
    for pattern in (_NAME, _SURNAME, _ENGLISH_NAME):
        for match in pattern.finditer(text):
            if word_count(match["name"]) < WORD_FROM or match["name"].startswith(_TWO_CHARACTERS):
                yield *match.span("name"), "name"


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    cued: list[tuple[int, int]] = []
    for cue in _ADDRESS_CUE.finditer(text):
        start = cue.end()
        end, n_units = _row(text, start)
        needed = 2 if re.match("[寄送发派配邮]", cue.group()) else 1  # after 送到 come things of every kind
        if n_units >= needed and not _GENERIC.fullmatch(text, start, end):
            cued.append((start, end))
            yield start, end, "address"
    for match in _HOUSE.finditer(text):
        start, (end, _) = _house_start(text, match.start()), _row(text, match.end())
        after_cue = [row for row in cued if row[0] < end and start < row[1]]
        if after_cue:  # the cue knows better where the address begins
            start, end = min(row[0] for row in after_cue), max(end, *(row[1] for row in after_cue))
        yield start, end, "address"
    for match in _ENGLISH_HOUSE.finditer(text):
        yield *match.span(), "address"


def _row(text: str, start: int) -> tuple[int, int]:
    """The end of the row of named units that begins at ``start`` (or there), and how many they are."""
    end, n_units, place = start, 0, start
    while place < start + ADDRESS_REACH and (segment := _SEGMENT.match(text, place)):
        end, n_units = segment.end(), n_units + 1
        pause = _PAUSE_PATTERN.match(text, end)
        place = end if pause is None else pause.end()
    room = _ROOM.match(text, end)
    return (room.end() if room else end), n_units


def _house_start(text: str, house: int) -> int:
    """Where the row before a house begins: behind the last word that is no name, not far away."""
    near = text[max(0, house - HOUSE_REACH) : house]
    tail = _BEFORE_HOUSE.search(near)
    before = near if tail is None else tail.group()
    if len(before) > NAME_LONGEST and not re.search(_UNIT, before):
        before = before[-NAME_LONGEST:]
    return house - len(before.lstrip(" ,，、"))
