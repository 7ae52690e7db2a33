"""Which runs of digits are somebody's own: telephone, order, identity, card numbers and codes.

A run is judged by its shape (11 digits from 13 to 19, a date of birth inside 18, groups of a bank card), by
the cue word before it (手机号, 订单号, 身份证, 卡号, 验证码, 尾号, or what recognisers write for them:
委号, 验证吗) and by how it was said: seven and more digits said one by one are a number, but for counting
(三四五六七八九), years, and amounts of something.

Shapes: mobile numbers of mainland China (11 digits, second digit 3-9), identity numbers after GB 11643-1999,
bank cards of 16 to 19 digits (ISO/IEC 7812), area codes of landlines with 3 or 4 digits from 0.

Known failures: an order number of fewer than six digits; a number of fewer than seven digits without a cue;
an amount of seven and more Arabic digits without commas counts as a number, since no such run may stay.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from voicecoach.rubric.personal.digits import CORRECTION, DigitRun, digit_runs

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMBER_SHORTEST: Final = 7
"""Digits from which a run that nothing names is a number."""
ORDER_SHORTEST: Final = 8
ORDER_NAMED_SHORTEST: Final = 6
"""An order number that follows its cue at once (单号是…)."""
CODE_DIGITS: Final = range(4, 9)
TAIL_DIGITS: Final = range(3, 7)
MOBILE_DIGITS: Final = 11
ID_DIGITS: Final = 18
CARD_DIGITS: Final = range(16, 20)
LANDLINE_DIGITS: Final = range(10, 13)
CUE_REACH: Final = 18
"""Hanzi before a run in which a cue word counts; a letter or blank counts half."""
YEAR_DIGITS: Final = 4
DAY_DIGITS: Final = 2
"""And those of its months and days."""
FIRST_GROUP_DIGITS: Final = frozenset((2, 3, 5, 7))
"""How a telephone number read in groups begins: 86 …, 138-1234-0567, 13812 34 0567."""
GROUP_SHORTEST: Final = 2
GROUP_LONGEST: Final = 4
"""Its other groups have at least two digits, and one of them all at least four: not a row of sizes."""
WINDOW_DIGITS: Final = 40
"""Digits of several groups that can be one number, or one said three times."""
CARD_GROUP_SHORTEST: Final = 3
"""The groups of a bank card, but for the last (6222 0212 …)."""
RANGE_FIGURES: Final = 2
"""A range has two figures."""
RANGE_UNEVEN: Final = 2
"""4000-5500 and 900-1200 are ranges: their two figures differ by less than so many digits."""
COUNTED_LONGEST: Final = 4
"""A last group of up to so many digits before a measure word is an amount, not part of the number."""

_LONG: Final = range(ORDER_SHORTEST, 64)
_FURTHER_ON: Final = {
    "code": range(0),
    "tail": range(0),
    "account": range(0),
    "id_card": _LONG,
    "bank_card": _LONG,
    "order": _LONG,
}
"""How many digits a run must have when something stands between it and its cue word."""
_AT_ONCE: Final = _FURTHER_ON | {
    "code": CODE_DIGITS,
    "tail": TAIL_DIGITS,
    "account": range(ORDER_NAMED_SHORTEST, 64),
    "order": range(ORDER_NAMED_SHORTEST, 64),
}
"""The same when it follows at once (订单号是…)."""
_NOT_MEASURED: Final = frozenset(("code", "tail", "account", "order"))
"""Rules that a measure word behind the run speaks against (验证码 60 秒内有效)."""

_STOP: Final = "。！？!?\ufffc"
_HAO: Final = "[号號好浩豪皓]"
"""号 and what recognisers write for it."""
_CUES: Final = {
    # what recognisers write for 验证码 (验证吗, 严正码), and other codes that open something
    "code": r"[验严演眼驗][证正整証][码吗马嘛满碼]|校验码|动态码|取[件货票餐]码|提货码|核销码|兑换码"
    r"|开门码|口令|密码|短信码?"
    r"|verification code|passcode|security code|(?:the|my|a) code",
    # the last digits: 尾号, heard as 委号 or 未好, and 最后四位
    "tail": rf"(?:手机|电话|卡号?|身份证)[尾末]数|[尾委维伟为未味微围惟唯]{_HAO}"
    r"|(?:(?:手机|电话|号码|卡号?)的?(?:后面|最后)(?:几位)?|末尾"
    r"|结尾)(?![3-6三四五六司思寺似斯][位味维围为])|(?:最?后"
    r"|末尾?)[3-6三四五六司思寺似斯][位味维围为](?:数字?|号码?)?"
    r"|last (?:four|4|six|6)(?: digits)?|end(?:s|ing) (?:in|with)",
    # an identity card, heard as 深分证 too
    "id_card": r"[身深][份分][证正整証]|证件|护照|通行证|驾驶?[证照]|行驶证"
    r"|社保卡?|医保卡?|税号|识别号|信用代码|执照|准考证"
    r"|id (?:card|number)|passport|licen[cs]e",
    # the number of a card, heard as 咖号 too, and the kinds of cards
    "bank_card": rf"[卡咖]{_HAO}|银行卡|储蓄卡|信用卡|借记卡|张卡|card number|(?:bank|credit|debit) card",
    # orders and parcels: 订单 or 定单, 运单, 快件, 单号
    "order": rf"[订定訂][单担丹蛋單]|[运快物流递][单件]|[单担單]{_HAO}"
    r"|[工保]单|流水号?|预约|发票|合同|案件|受理|病历|就诊|order|tracking|booking|invoice",
    "account": r"qq|q号|扣扣|[微威v]信|vx|支付宝|旺旺|抖音|快手|小红书"
    r"|微博|会员|用户|游戏|[水电]表|燃气|户号|学号|账号|帐号|账户|id",
    # a mobile, heard as 收集 or 守机 too, and every verb of calling
    "phone": r"[手收首守][机集级機]|电话|座机|联系方式|号码|热线|号|拨打?|打|致电|呼叫"
    r"|phone|mobile|cell|call|number",
}
_CUE: Final = re.compile("|".join(f"(?P<{rule}>{words})" for rule, words in _CUES.items()))
_NEAR: Final = re.compile(
    # what names or asks for the number: 号码, 编号, 报一下, 您记一下
    r"(?:号码?|数字|编号|收到了?|发(?:来|到|过去|出)?了?|已经|报(?:一下|给您|给你)?|给[您你]|[您你]?记一下|我的|您的"
    r"|就?是|为|那?个|短信|多少"
    r"|麻烦|请|提供|告诉我|说|一下"
    r"|啊|哈|呀|呢|嗯|呃|额|哦"  # particles and fillers
    r"|\s|[(,，:：、]|is|are|was|were|it's|of|on|the|my|i got|me|at|back|in|with|card|number|phone|account)*"
)
"""All that may stand between a cue word and its digits so that they follow it at once."""
_UNITS: Final = frozenset(
    "元块个件天年月日点分秒位次人岁条张单家只台斤克米千百万亿十多余字%％折页章层楼倍后种样份"
)
_AFTER_YI: Final = frozenset("共起定直般样下些边会旦切并律致向")
"""一共, 一起, 一定: the last 一 is no digit."""
_ENGLISH_UNIT: Final = re.compile(r"\s*(?:days?|dollars?|years?|percent|hours?|minutes?|seconds?|times)\b")
_PUBLIC_NUMBERS: Final = (
    "110 112 114 119 120 122 10000 10010 10086 11185 12300 12305 12306 12315 12318 12333 12345 12348 "
    "12358 12366 12369 12378 95588 95533 95599 95566 95338 95311 95546 95554 400 618 996"
)
_PUBLIC: Final = frozenset(_PUBLIC_NUMBERS.split())
"""Numbers that belong to nobody: emergency calls, hotlines, sales days."""
_MOBILE: Final = re.compile(r"(?:(?:00)?86)?(?:1[3-9]\d{9})+")
"""With or without the country's code; the same number said twice is one run."""
_ID: Final = re.compile(
    r"[1-8]\d{5}"  # the place
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"  # the date of birth
    r"\d{3}[\dx]?"  # the number within both, and the check digit (an X may stand apart)
)
_LANDLINE: Final = re.compile(r"(?:010|02\d|0[3-9]\d\d)[2-8]\d{6,7}")
"""Area code, then seven or eight digits."""
_HOTLINE: Final = re.compile(r"[48]00\d{7}")
"""400 and 800 numbers: nobody's own."""
_YEARS: Final = re.compile(r"(?:(?:19|20)\d\d)+")
"""Years in a row (2023 2024): not a number read out."""
_ID_END: Final = re.compile(r"[\s,，]*(?:e?[x×]|叉|艾克斯|埃克斯)(?![a-z])")
"""The X at the end of an identity number, as it is said and written; not the x of a word."""
_PREFIX: Final = re.compile(
    r"(?:\+\s*)$"  # +86
    r"|(?<![a-z])(?!(?:qq|vx|wx|id)$)[a-z]{1,6}-?$"  # SF1234, JD-1234; not the end of a longer word
    r"|(?<=[^\x00-\x7f])\s?[a-z]{1,4}\s$"  # letters apart, behind a Hanzi: 单号 sf 1234; not an English word
)
_TAIL_AFTER: Final = re.compile(r"\s*(?:结尾|(?:这个|的|是)?尾号)")
"""The cue behind the digits: 8842结尾, 8842的尾号."""
_CORRECTION: Final = re.compile(CORRECTION)
_EXTENSION: Final = re.compile(
    r"[\s,，]*(?:再?转|分机号?码?(?:是)?|ext\.?"
    r"|extension)[\s,，是]*(?P<number>[0-9零〇一二三四五六七八九幺]{2,6})(?![天元个件块年月日点分])"
)
"""The extension behind a landline."""
_EXTENSION_ALONE: Final = re.compile(
    r"(?:分机号?码?|extension|区号)[\s,，:：]*(?:就?是|is)?\s*(?P<number>[0-9零〇一二三四五六七八九幺]{2,6})"
)
_WRITTEN_LONG: Final = re.compile(rf"[0-9]{{{NUMBER_SHORTEST},}}")
_LONGEST_WINDOW: Final = 19


def personal_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and rule of every personal number in the normalised ``text``."""
    for match in _EXTENSION_ALONE.finditer(text):
        yield *match.span("number"), "phone"
    for run in digit_runs(text):
        personal = list(_judged(text, run))
        yield from personal
        for _, end, rule in personal:
            if rule in {"phone", "number", "mobile"} and (extension := _EXTENSION.match(text, end)):
                yield *extension.span("number"), "phone"
        for match in _WRITTEN_LONG.finditer(text, run.start, run.end):
            if not any(start <= match.start() and match.end() <= end for start, end, _ in personal):
                yield match.start(), match.end(), "number"


def _judged(text: str, run: DigitRun) -> Iterator[tuple[int, int, str]]:
    run = _without_amount(text, run)
    if len(run.digits) < TAIL_DIGITS.start:
        return
    corrected = [number for number, joint in enumerate(run.joints) if _CORRECTION.search(joint)]
    if corrected:
        said = _corrected(run, corrected[-1] + 1)
        rule = next((rule for part in said if (rule := _by_cue(text, part) or _by_shape(part))), None)
        if rule is not None:
            yield _widened(text, run, rule)
            return
    rule = _rule(text, run)
    if rule is not None:
        yield _widened(text, run, rule)
        return
    sizes = [len(group.digits) for group in run.groups]
    first = 0
    while first < len(run.groups):
        for stop in range(min(len(run.groups), first + _LONGEST_WINDOW), first, -1):
            n_digits = sum(sizes[first:stop])
            if stop - first > 1 and not NUMBER_SHORTEST <= n_digits <= WINDOW_DIGITS:
                continue
            part = run.part(first, stop)
            public = all(group.digits in _PUBLIC for group in part.groups) or _HOTLINE.fullmatch(part.digits)
            rule = None if public else _by_shape(part) or (_by_cue(text, part) if stop - first == 1 else None)
            if rule is not None:
                yield _widened(text, part, rule)
                first = stop
                break
        else:
            first += 1


def _corrected(run: DigitRun, first: int) -> Iterator[DigitRun]:
    """What a run may mean whose groups from ``first`` on mend what stands before: 138, no, 139 …"""
    last = run.part(first, len(run.groups))
    yield last
    for n_kept in range(first - 1, max(0, first - 1 - _LONGEST_WINDOW), -1):
        begin = max(0, n_kept - _LONGEST_WINDOW)
        yield DigitRun(run.groups[begin:n_kept] + last.groups, (*run.joints[begin:n_kept], *last.joints))


def _without_amount(text: str, run: DigitRun) -> DigitRun:
    """The run without a last group that a measure word makes an amount (尾号8842，3天)."""
    last = run.groups[-1]
    word = last.digits == "1" and text[last.end : last.end + 1] in _AFTER_YI
    if len(run.groups) > 1 and (word or (len(last.digits) <= COUNTED_LONGEST and _measured(text, last.end))):
        return run.part(0, len(run.groups) - 1)
    return run


def _measured(text: str, end: int) -> bool:
    return text[end : end + 1] in _UNITS or bool(_ENGLISH_UNIT.match(text, end))


def _rule(text: str, run: DigitRun) -> str | None:
    if all(group.digits in _PUBLIC for group in run.groups) or _HOTLINE.fullmatch(run.digits):
        return None
    if _YEARS.fullmatch(run.digits) and all(len(group.digits) % YEAR_DIGITS == 0 for group in run.groups):
        return _by_cue(text, run) if len(run.groups) == 1 else None
    return _by_cue(text, run) or _by_shape(run) or _by_saying(text, run)


def _by_cue(text: str, run: DigitRun) -> str | None:
    """The rule that the nearest cue word names, when the run is long enough for it."""
    n = len(run.digits)
    if n in TAIL_DIGITS and _TAIL_AFTER.match(text, run.end):
        return "tail"
    before = _reach(text, run.start)
    cues = list(_CUE.finditer(before))
    named = next((cue for cue in reversed(cues) if cue.lastgroup != "phone"), None)
    cue = named or (cues[-1] if cues else None)
    if cue is None:
        return None
    rule = str(cue.lastgroup)
    at_once = bool(_NEAR.fullmatch(before, cue.end()))
    if rule == "phone":
        amount = _measured(text, run.end) and not run.written
        return (
            (_by_shape(run) or _phone(run.digits))
            if at_once and n >= NUMBER_SHORTEST and not amount
            else None
        )
    amount = _measured(text, run.end) and rule in _NOT_MEASURED
    return rule if not amount and n in (_AT_ONCE if at_once else _FURTHER_ON)[rule] else None


def _reach(text: str, end: int) -> str:
    """What stands before ``end`` as far as a cue word reaches: :data:`CUE_REACH`, within the sentence."""
    room, start = 2 * CUE_REACH, end
    while start and room > 0 and text[start - 1] not in _STOP:
        start -= 1
        room -= 1 if text[start].isascii() else 2
    return text[start:end]


def _phone(digits: str) -> str:
    return "mobile" if digits.startswith("1") else "phone"


def _by_shape(run: DigitRun) -> str | None:
    if len(run.groups) > 1 and any("、" in joint for joint in run.joints):
        return None
    return next((rule for rule, fits in _SHAPES if fits(run)), None)


def _grouped_as_phone(run: DigitRun) -> bool:
    """Whether the groups can be those of a number read out: not a row of prices, sizes or odd numbers."""
    sizes = [len(group.digits) for group in run.groups]
    if len(sizes) == 1 or not run.written or set(sizes) == {1}:
        return True
    return sizes[0] in FIRST_GROUP_DIGITS and min(sizes[1:]) >= GROUP_SHORTEST and max(sizes) >= GROUP_LONGEST


def _is_mobile(run: DigitRun) -> bool:
    return bool(_MOBILE.fullmatch(run.digits) and _grouped_as_phone(run))


def _is_id(run: DigitRun) -> bool:
    return bool(_ID.fullmatch(run.digits))


def _is_landline(run: DigitRun) -> bool:
    return len(run.digits) in LANDLINE_DIGITS and bool(_LANDLINE.fullmatch(run.digits))


def _is_card(run: DigitRun) -> bool:
    grouped = all(len(group.digits) >= CARD_GROUP_SHORTEST for group in run.groups[:-1])
    return len(run.digits) in CARD_DIGITS and run.digits[0] in "3456" and grouped


def _is_long(run: DigitRun) -> bool:
    """Seven and more written digits in one, or with nothing but hyphens: 39-200778, no range, no date."""
    if (
        not run.written
        or len(run.digits) < NUMBER_SHORTEST
        or (_HOTLINE.fullmatch(run.digits) and run.joints)
    ):
        return False
    sizes = [len(group.digits) for group in run.groups]
    uneven = len(sizes) > RANGE_FIGURES or max(sizes) - min(sizes) >= RANGE_UNEVEN
    hyphens = all(joint in {"-", "—", "–"} for joint in run.joints)
    date = sizes[0] == YEAR_DIGITS and max(sizes[1:], default=0) <= DAY_DIGITS
    return len(sizes) == 1 or (hyphens and uneven and not date and max(sizes) >= YEAR_DIGITS)


_SHAPES: Final = (
    ("mobile", _is_mobile),
    ("id_card", _is_id),
    ("phone", _is_landline),
    ("bank_card", _is_card),
    ("number", _is_long),
)


def _by_saying(text: str, run: DigitRun) -> str | None:
    """Digits said one by one, without any name or shape: a number from seven on."""
    digits = run.digits
    if len(digits) < NUMBER_SHORTEST or _is_counting(digits) or _measured(text, run.end):
        return None
    sizes = {len(group.digits) for group in run.groups}
    aloud = any(not group.written for group in run.groups)
    if not aloud and sizes != {1}:
        return None
    if any("、" in joint for joint in run.joints) and sizes == {1}:
        return None
    return "number"


def _is_counting(digits: str) -> bool:
    """Whether the digits go up by one nearly everywhere, as in 一二三四五六七 or 三四五，六七八."""
    steps = [int(right) - int(left) for left, right in pairwise(digits)]
    return sum(step == 1 for step in steps) >= len(steps) - 1


def _widened(text: str, run: DigitRun, rule: str) -> tuple[int, int, str]:
    """With the X of an identity number, the letters before an order number, the + before a mobile one."""
    start, end = run.start, run.end
    if rule in {"id_card", "tail"} and (mark := _ID_END.match(text, end)):
        end = mark.end()
    mark = _PREFIX.search(text, max(0, start - 8), start)
    if mark and (mark.group().startswith("+") or rule in {"order", "account", "number"}):
        start = mark.start()
    return start, end, rule
