"""Addresses, as far as cue words mark them or they name a house.

An address is a row of named units (省 市 区 县 街道 路 号 小区 栋 单元 室 村 组) after a cue (地址是,
我住在, 寄到), or without one when it names a house: a street with its number, a block with its unit or
room. Units weigh: behind 送到 and 在, where things of every kind come, a row must weigh more than behind
地址是, and a city alone is no address. The lists and weights are the project's own choice.

Known failures: an address without a single unit word (我住在望京); a block without a unit or room where
no cue stands (蓝色港湾8号楼).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESS_REACH: Final = 60
"""Characters after a cue in which an address may stand."""
HOUSE_REACH: Final = 30
"""Characters before a house's number in which its town and street may stand."""
SEGMENT_REACH: Final = 24
"""Characters of one part of an address at the most."""
SURE_WEIGHT: Final = 1.0
"""What a row of units must weigh after 地址是."""
WEAK_WEIGHT: Final = 2.0
"""And after 送到, behind which come things of every kind."""
MOVING_WEIGHT: Final = 2.5
"""And after 到, 从: people go to streets that everybody knows."""
REGIONS_WEIGHT: Final = 1.5
"""What a row without street or house must weigh: three regions, so that a city alone is none."""
ROOM_LENGTH: Final = 3
"""Figures of a room that weigh as much as a house."""
FIRM_WEIGHT: Final = 1.0
LIGHT_WEIGHT: Final = 0.5
NAME_LONGEST: Final = 8
"""Characters of the name of a street or block."""

_REGION: Final = (
    r"(?:特别行政区|自治[区州县]|省|市(?![里内区场民])|新区|开发区|区(?![域间别分块])|县(?![里城])|州)"
)
_FIRM: Final = (
    r"(?:镇|乡|街道|大街|大道|胡同|交叉路?口|交汇处|路口|[路街巷弄村屯庄寨堡]"  # streets and villages
    r"|小区|社区|花园|家园|家属院|大院|公寓|公馆|山庄|别墅|大厦|大楼|写字楼|广场|学院|大学|校区|园区"
    r"|宿舍|寝室"  # estates, large buildings
    r"|[工产软科创][业件技]园|宾馆|酒店|医院|驿站|快递柜|丰巢|蜂巢|自提点|代收点"
    r"|单元|号楼|号院|号柜|房间|病房|[苑园座室队]|院(?![子里长])"
    r"|(?<=[0-9零一二三四五六七八九十百千幺两〇甲乙丙丁a-z])[号栋幢组期舍门床]|(?<=[0-9零一二三四五六七八九幺])房(?![间子源屋门卡价费])|(?<=号)附[0-9零一二三四五六七八九十]{1,3}号|(?:住院|门诊)[部楼]|(?:楼"
    r"|层)(?![层上下梯费道房盘市主高面次级]))"  # houses, floors, rooms
)
_SOFT: Final = r"(?:国际|中心|天地|soho|公司|市场|商场|新城|小城|[城湾郡庭轩阁府里坊塔居桥坪柜])"
"""Ends of names that are also ends of other words: they count half."""
_UNIT: Final = rf"(?:{_REGION}|{_FIRM}|{_SOFT})"
"""The words that end a part of an address; the longer ones first."""
_AMOUNT: Final = r"[0-9零一二三四五六七八九十百千幺两〇甲乙丙丁a-z]"
_NO_NAME: Final = (
    "从今昨我你您他她它们的了吗呢吧啊请谢麻烦客订哪几某个每这那是在到给把跟就还要想说"
    "问没不以后前附近旁边送寄发快递住改收"
)
_NO_PLACE: Final = (
    "明天|后天|地址|住址|姓名|联系|包括|手机|电话|订单|运单|单号|尾号|号码|卡号|账号|编号|工号|验证|身份"
    "|邮箱|微信"
)
"""Characters and words that no name of a street or estate holds: 我住在那个小区 names none."""
_NAMED: Final = rf"(?:(?![{_NO_NAME}]|{_NO_PLACE})[\u4e00-\u9fff0-9a-z]){{1,{NAME_LONGEST}}}?"
_SEGMENT: Final = re.compile(rf"{_NAMED}(?:(?P<region>{_REGION})|(?P<firm>{_FIRM})|(?P<soft>{_SOFT}))")
_FURTHER: Final = re.compile(
    rf"[与和]?(?:(?:门口|楼下|下面|旁边|对面|里面?)的?)?(?:{_NAMED})??(?:(?P<region>{_REGION})"
    rf"|(?P<firm>{_FIRM})|(?P<soft>{_SOFT}))"
)
"""A part behind another: its name may be gone, taken for a part of its own (中关村大厦)."""
_LOCKER: Final = re.compile(
    r"(?:的?(?:[东西南北前后正侧大]?门口?|楼下|下面|旁边|对面|里面?)的?)(?:那个)?(?:菜鸟|妈妈|兔喜"
    r"|韵达|丰巢|蜂巢|快递)*(?:驿站|快递柜|丰巢柜?|蜂巢柜?|柜子?|代收点)"
    r"|(?:菜鸟|妈妈|兔喜|快递)*(?:驿站|快递柜|丰巢柜?|蜂巢柜?|代收点)"
)
"""What parcels are left in, behind the address of a house."""
_ONWARD: Final = re.compile(
    rf"(?:再?[往向](?:[东南西北左右前后里上下]{{1,2}})走?(?:大概|差不多)?{_AMOUNT}{{1,5}}米(?:左右)?|[东南西北]?{_AMOUNT}{{0,2}}号?门)"
    r"(?:的?(?:那个|有个)?[\u4e00-\u9fff]{0,4}门)?"
)
"""How one goes on from there, and through which door: 往北五十米那个大门, 三号门."""
_PAUSE: Final = r"(?:[\s,，、的嗯呃]|那个|然后){0,3}"
"""What may stand between two parts of an address said aloud."""
_PAUSE_PATTERN: Final = re.compile(_PAUSE)
_ROOM: Final = re.compile(
    # 1203, 3-2-501 behind the last part; not an amount: 三天, 两件
    rf"\s*-?{_AMOUNT}{{1,6}}(?:\s*-\s*{_AMOUNT}{{1,6}}){{0,3}}(?![天元个件块年月日点分])"
)
_ADDRESS_CUE: Final = re.compile(
    # the word itself: 地址是, 地址改成
    r"(?:(?P<sure>(?:地[址执指止]|住址|住处|位置|坐标|定位|户籍|籍贯|老家|住所"
    r"|address)\s*(?:那?里)?\s*(?:(?:填|写|留)的?是?|就?是|不是|为|在|[:：]|改[成到为]|换[成到]|is)?"
    # where he lives
    r"|(?:我|家|人|现在|一直|就)?(?<![不得站停扣记拦顶堵挡入])住(?![宅宿院户校])在?(?:的是)?|家在"
    r"|(?:公司|单位|宿舍|学校|办公室|我们?店|店里?|门店|厂)(?:是|在|地址是?))"
    # where it goes, where somebody is
    r"|(?P<weak>(?:寄|送|发|派|配送|邮|搬|放|存|改|换)(?:到|去|往|给|在|成|至)?(?:我们?(?:单位"
    r"|公司|家|办公室|学校|店里?|宿舍))?|(?:这|那)里是"
    r"|我?在|就?是)|(?P<moving>到|从|来|去|回))[\s,，:：嗯呃]*"
)
_GENERIC: Final = re.compile(
    # an address of nobody: 公司楼, 学校, 三楼, 小区
    r"(?:[大]?(?:公司|学校|市|城|郊|山|校|景|小|农|社|地|厂|园|本|外|全|各|辖|服务|一|上|这|同|老"
    r"|家|乡|里|住|单|房){1,2}(?:区|市|村|院子?|园|楼|县|省|室|里|屋|镇|乡|城|路|街)"
    r"|(?:楼|[\u4e00-\u9fff]?小区|学校|宿舍|单元|公寓|出租屋|合租房|公司|酒店|宾馆|医院|驿站"
    r"|快递柜|丰巢|蜂巢|菜鸟驿站|妈妈驿站|代收点|自提点|社区|农村|街道|路口|大学|学院|广场|房间)"
    r"|[0-9一二三四五六七八九十几]{1,4}(?:楼|层|号|栋|单元|座|期|组|队|床)){1,3}"
)
_HOUSE: Final = re.compile(
    # a street with a number: 中山路 12 号; not 思路, 套路, 线路, 一路, 马路
    rf"(?<=[^{_NO_NAME}\W])(?<![思套线网电出退门走上一公铁道半马])(?:路|大街|大道|街|巷|弄|胡同)"
    rf"{_PAUSE}{_AMOUNT}{{1,6}}\s*号"
    # a village with its group or house: 王家坝村六组
    rf"|(?<=[^{_NO_NAME}\W])[村屯寨](?:{_AMOUNT}{{1,3}}\s*[组队社]{_PAUSE}(?:{_AMOUNT}{{1,5}}\s*号)?|{_AMOUNT}{{1,5}}\s*号)"
    # a block with a unit, a room or both: 3 栋 2 单元 501
    rf"|{_AMOUNT}{{1,4}}\s*(?:栋|幢|号楼|座){_PAUSE}"
    rf"(?:{_AMOUNT}{{1,3}}\s*单元(?:{_PAUSE}{_AMOUNT}{{2,6}}\s*(?:室|号)?)?|{_AMOUNT}{{2,6}}\s*(?:室|号)?)"
)
_BEFORE_HOUSE: Final = re.compile(rf"(?:(?![{_NO_NAME}])[\u4e00-\u9fff0-9a-z\s,，、])*$")
_ENGLISH_FLAT: Final = (
    r"(?:(?:apt|apartment|unit|room|suite|flat|floor|building)\.?\s*#?\s*(?:number\s+)?\w+)"
)
_ENGLISH_HOUSE: Final = re.compile(
    rf"(?:\b{_ENGLISH_FLAT},?\s*)?\b\d{{1,5}}[a-z]?,?\s+(?:[a-z0-9']+\s+){{1,4}}"
    r"(?:street|road|avenue|lane|drive|boulevard|court|square|place|way|st|rd|ave|blvd|ln|dr)\b\.?"
    rf"(?:,?\s*{_ENGLISH_FLAT}){{0,2}}"  # apt 4
)
_ENGLISH_NUMBER: Final = (
    r"(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six"
    r"|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|oh|and)[\s-]+){1,5}"
)
_ENGLISH_CUE: Final = re.compile(
    rf"(?:address(?: is|:)?|(?:live|lives|living) (?:at|on)|(?:ship|deliver|send|sent|delivered"
    rf"|mail)(?: it| that| this)? to)\s+(?:the )?"
    rf"(?P<name>(?:{_ENGLISH_NUMBER}|\d{{1,5}}[a-z]?,?\s+)(?:[a-z']+\s+){{1,3}}?"
    r"(?:street|road|avenue|lane|drive|boulevard|court|square|place|way|terrace|crescent|close"
    r"|hill|park|parkway|highway|st|rd|ave|blvd|ln|dr)\b\.?"
    rf"(?:,?\s*{_ENGLISH_FLAT}){{0,2}}(?:,?\s+(?!please|thank|and|but|is|it|in|by|today"
    rf"|now)[a-z]+(?:\s(?!please|thank|and|by|today|now)[a-z]+)?(?=$|[.,]))?)"
)
_UNIT_NUMBER: Final = rf"{_AMOUNT}{{1,4}}\s*(?:栋|幢|号楼|单元|座|室)"
_MENDED: Final = re.compile(
    rf"不[是对]\s*(?P<wrong>{_UNIT_NUMBER})[,，\s]*(?:应该)?是\s*(?P<right>{_UNIT_NUMBER})"
    rf"|是\s*(?P<first>{_UNIT_NUMBER})[,，\s]*不是\s*(?P<second>{_UNIT_NUMBER})"
)
"""不是八栋是十八栋: a block or unit corrected."""
_ESTATE: Final = re.compile(
    r"(?:小区|楼盘)(?:名字?)?(?:就?是|叫做?|[:：])\s*(?P<name>[\u4e00-\u9fff]{3,10})(?=$"
    r"|[\s,，。.!！?？、;；\ufffc])"
)
_NO_ESTATE: Final = re.compile(r"[的了不有吗呢吧什哪封新老]")
_DOOR: Final = re.compile(
    rf"(?:门牌号?码?|房间?号|室号|楼号)(?:就?是|为|[:：]"
    rf"|\s)*(?P<name>{_AMOUNT}{{2,6}}(?:\s*-\s*{_AMOUNT}{{1,6}}){{0,3}})(?![天元个件块年月日点分])"
)
_BOX: Final = re.compile(
    rf"(?:丰巢|蜂巢|快递柜|驿站|自提柜|菜鸟)(?:柜子?|快递柜)?(?:的"
    rf"|是)?(?P<name>{_AMOUNT}{{1,4}}\s*号?(?:柜子?|格口?|箱|门)(?:{_AMOUNT}{{1,3}}号?(?:格口?|箱))?)"
    rf"|(?P<whole>(?:丰巢|蜂巢|(?:蜂巢|丰巢|[a-z0-9]号)?快递柜)(?:快递柜|柜)?{_AMOUNT}{{1,4}}号)(?!码|线)"
)


def personal_places(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and rule of the addresses in the normalised ``text``."""
    cued: list[tuple[int, int]] = []
    place = 0
    while cue := _ADDRESS_CUE.search(text, place):
        place = max(cue.start() + 1, cue.end())
        start = cue.end()
        end, weight = _row(text, start)
        needed = SURE_WEIGHT if cue["sure"] else MOVING_WEIGHT if cue["moving"] else WEAK_WEIGHT
        if weight >= needed and not _GENERIC.fullmatch(text, start, end):
            cued.append((start, end))
            place = end
            yield start, end, "address"
    houses = list(_HOUSE.finditer(text))
    next_row = 0
    for match in houses:
        start, (end, _) = _house_start(text, match.start()), _row(text, match.end())
        while next_row < len(cued) and cued[next_row][1] <= start:
            next_row += 1
        if next_row < len(cued) and cued[next_row][0] < end:  # the cue knows better where the address begins
            start, end = cued[next_row][0], max(end, cued[next_row][1])
        yield start, end, "address"
    yield from _by_words(text)


def _by_words(text: str) -> Iterator[tuple[int, int, str]]:
    """What a word names as an address: corrected blocks, English houses, doors, lockers, estates."""
    for match in _MENDED.finditer(text):
        groups = ("wrong", "right", "first", "second")
        yield from ((*match.span(group), "address") for group in groups if match[group])
    for pattern in (_ENGLISH_HOUSE, _ENGLISH_CUE, _DOOR, _BOX):
        for match in pattern.finditer(text):
            yield *match.span(match.lastgroup or 0), "address"
    for match in _ESTATE.finditer(text):
        if not _NO_ESTATE.search(match["name"]):
            yield *match.span("name"), "address"


def _row(text: str, start: int) -> tuple[int, float]:
    """The end of the row of named units that begins at ``start`` (or there), and how much it weighs.

    A street, an estate or a house weighs 1; a region, a word that may be none, and a room half.
    """
    end, weight, n_firm, place = start, 0.0, 0, start
    segments = _SEGMENT
    while place < start + ADDRESS_REACH and (segment := segments.match(text, place, place + SEGMENT_REACH)):
        segments = _FURTHER
        end = segment.end()
        weight += FIRM_WEIGHT if segment["firm"] else LIGHT_WEIGHT
        n_firm += bool(segment["firm"])
        pause = _PAUSE_PATTERN.match(text, end)
        place = end if pause is None else pause.end()
    if weight and (room := _ROOM.match(text, end)):
        long_enough = len(room.group().strip()) >= ROOM_LENGTH
        end, weight = room.end(), weight + (FIRM_WEIGHT if long_enough else LIGHT_WEIGHT)
        n_firm += 1
    if weight and (onward := _ONWARD.match(text, end)):
        end = onward.end()
    if weight and (locker := _LOCKER.match(text, end)):
        end, weight, n_firm = locker.end(), weight + FIRM_WEIGHT, n_firm + 1
    return end, weight if n_firm or weight >= REGIONS_WEIGHT else 0.0


def _house_start(text: str, house: int) -> int:
    """Where the row before a house begins: behind the last word that is no name, not far away."""
    near = text[max(0, house - HOUSE_REACH) : house]
    tail = _BEFORE_HOUSE.search(near)
    before = near if tail is None else tail.group()
    if len(before) > NAME_LONGEST and not re.search(_UNIT, before):
        before = before[-NAME_LONGEST:]
    return house - len(before.lstrip(" ,，、"))
