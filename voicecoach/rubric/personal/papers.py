"""Number plates, dates of birth, and the numbers of papers and parcels that hold letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PLATE_SIGNS: Final = (5, 6)
"""Letters and digits behind the letter of the place; six on the green plates of electric cars."""
PAPER_DIGITS: Final = 5
"""Digits that the number of a paper or parcel has at least."""
MIXED_SHORTEST: Final = 6
MIXED_DIGITS: Final = 2
"""Behind 号码是, letters and digits together are enough from six on, two of them digits."""
PARCEL_DIGITS: Final = 8
"""The same for a parcel's that no cue names."""

_DIGIT: Final = "0-9零〇一二三四五六七八九幺两"
_HEARD: Final = "要腰药妖灵久"
"""What recognisers write for 幺, 零, 九 inside a plate."""
_PLACES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_GAP: Final = r"[\s·•.\-,，]?"
_SIGN: Final = rf"[a-z{_DIGIT}{_HEARD}]"
_PLATE: Final = re.compile(
    rf"(?:[{_PLACES}]|(?:车[牌排拍]号?码?|牌照)(?:就?是|为"
    rf"|[:：])?\s*[\u4e00-\u9fff])\s?[a-z](?:{_GAP}{_SIGN}){{5,6}}(?:{_GAP}[学警挂领])?(?![a-z0-9])"
)
_PLATE_CUE: Final = re.compile(r"^(?:车[牌排拍]号?码?|牌照)(?:就?是|为|[:：])?\s*")
_TAIL_OF_PLATE: Final = re.compile(
    rf"(?:车[牌排拍]号?码?|牌照)(?:就?是|为|[:：])?\s*(?P<plate>[a-z](?:{_GAP}{_SIGN}){{5,6}})(?![a-z0-9])"
)

_PLATE_END: Final = re.compile(
    rf"(?:车[牌排拍]|牌照)[尾末]号?(?:就?是|为|[:：])?\s*(?P<plate>(?=[^a-z]*[a-z])[a-z{_DIGIT}]{{2,5}})(?![a-z0-9])"
)

_FIGURE: Final = r"[0-9零〇一二三四五六七八九十两]"
_DATE: Final = (
    rf"(?:(?:{_FIGURE}{{4}}|{_FIGURE}{{2}})\s?年(?:\s?(?:{_FIGURE}{{1,3}}"
    rf"|[腊正冬])\s?月(?:份)?(?:初)?(?:\s?{_FIGURE}{{1,3}}\s?[号日]?)?)?"
    rf"|(?:阴历|农历|阳历)?(?:{_FIGURE}{{1,3}}|[腊正冬])\s?月(?:初)?\s?{_FIGURE}{{1,3}}\s?[号日]?"
    r"|(?:19|20)\d\d(?:[\-./ ]?(?:0?[1-9]|1[0-2])[\-./ ]?(?:[0-2]?\d|3[01]))|[零一二三四五六七八九〇]{8})"
)
_MONTH: Final = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_SPOKEN: Final = (
    r"(?:[a-z]*(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh"
    r"|twelfth|teenth|tieth))"
)
_SPOKEN_YEAR: Final = (
    r"(?:,?\s+(?:19|20)\d\d|(?:,?[\s-]+(?:nineteen|twenty|two thousand|oh|hundred|and|ten|eleven"
    r"|twelve|[a-z]+teen|[a-z]+ty"
    r"|one|two|three|four|five|six|seven|eight|nine)\b){1,5})"
)
_SPOKEN_DATE: Final = (
    rf"(?:(?:the )?(?:twenty[\s-]|thirty[\s-])?(?:{_SPOKEN}|\d{{1,2}}(?:st|nd|rd"
    rf"|th)?)(?: of)? {_MONTH}(?:{_SPOKEN_YEAR})?"
    rf"|{_MONTH} (?:the )?(?:twenty[\s-]|thirty[\s-])?(?:{_SPOKEN}|\d{{1,2}}(?:st|nd|rd"
    rf"|th)?)(?:{_SPOKEN_YEAR})?)"
)
_BIRTH: Final = re.compile(
    rf"(?:生日|身份证上(?:写的)?是?|[出初处]生(?:日期|年月日?|时间)?|生于|诞辰)(?:就?是|为|在|于"
    rf"|的|[:：,，]|\s"
    rf"|应该){{0,4}}(?P<after>{_DATE})"
    rf"|(?P<before>{_DATE})\s?(?:[出初处]?生(?:的|人)?(?![产活效意成])|的?生日)"
    rf"|(?:born (?:on|in)|date of birth(?: is|:)?|dob(?: is|:)?|birthday(?: is"
    rf"|:)?)\s+(?P<spoken>{_SPOKEN_DATE})"
    r"|(?:born (?:on|in)|date of birth(?: is|:)?|dob(?: is|:)?|birthday(?: is|:)?)\s+(?:the "
    r")?(?P<english>(?:[a-z]{3,9}\s+\d{1,2}(?:st|nd|rd|th)?,?\s*(?:\d{4})?"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[a-z]{3,9},?\s*(?:\d{4})?"
    r"|\d{1,4}[/\-.]\d{1,2}[/\-.]\d{1,4}|(?:19|20)\d\d))"
)
_PAPER: Final = re.compile(
    r"(?P<paper>护照|通行证|港澳证|台胞证|回乡证|居留证|居住证|军官证|士兵证|驾驶?[证照]|行驶证"
    r"|社保卡?|医保卡?|税号|识别号|信用代码|营业执照"
    r"|执照|资格证|毕业证|学位证|准考证|残疾证|老年证|学生证|身份证|证件|passport|licen[cs]e|visa"
    r"|车架号?|发动机号|底盘号|识别代码|vin|(?:licen[cs]e |number )?plate|social security|ssn|tax id)"
    r"|(?P<parcel>[订定][单丹]|[运快物流递面][单件]|单号|工单|流水|保单|预约|发票|预订|合同|快递"
    r"|包裹|顺丰|圆通|中通|申通|韵达|京东|极兔|德邦|邮政|ems|序列号|案件|受理|投诉单|取票|订座|票号|机票"
    r"|病历|挂号|就诊|门诊|住院|报修单|order|tracking|parcel|invoice|booking|reservation"
    r"|confirmation|case|ticket|policy)"
)
_NEAR: Final = re.compile(
    r"(?:(?:号码?|编号|证|代码|单|数字|number|no\.?|code|#)|就?是|为|[:：]|\s|[,，]|我的|您的|的"
    r"|这个|那个|嗯|呃|is|my|it's){0,6}"
)
_MIXED: Final = re.compile(
    rf"(?P<number>(?:[a-z][\s\-]?){{0,8}}[{_DIGIT}](?:[\s\-]?[{_DIGIT}]|[a-z]"
    rf"|[\s\-][a-z](?![a-z]))+)(?![a-z])"
)
_CODE: Final = re.compile(
    r"(?:[验校][证验]码|动态码|取[件货票餐]码|提货码|核销码|兑换码|邀请码|密码|code)(?:就?是|为|[:：]|\s|is)*"
    r"(?P<code>(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{4,10})(?![a-z0-9])"
)
"""A code that holds letters."""
_PARCEL: Final = re.compile(
    rf"(?<![a-z])(?:sf|jdv?[a-z]?|jdx|jdk|yt|zto|sto|yd|ems|jt|db|dpk|lp|ka|cn|bd|ups|dhl"
    rf"|1z)[\s\-]?[{_DIGIT}](?:[\s\-]?[{_DIGIT}]|[a-z]|[\s\-][a-z](?![a-z])){{7,21}}"
)


def personal_papers(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and rule of plates, dates of birth, papers and parcels in the normalised ``text``."""
    for match in _PLATE.finditer(text):
        if sum(character.isdigit() or not character.isascii() for character in match.group()[1:]) > 1:
            cue = _PLATE_CUE.match(match.group())
            yield match.start() + (cue.end() if cue else 0), match.end(), "plate"
    for pattern in (_TAIL_OF_PLATE, _PLATE_END):
        yield from ((*match.span("plate"), "plate") for match in pattern.finditer(text))
    for match in _BIRTH.finditer(text):
        group = str(next(group for group in ("after", "before", "spoken", "english") if match[group]))
        yield *match.span(group), "birth"
    for cue in _PAPER.finditer(text):
        near = _NEAR.match(text, cue.end())
        number = _MIXED.match(text, near.end() if near else cue.end())
        named = near is not None and near.end() > cue.end()
        if number and _has_letter(number["number"]) and _is_number(number["number"], named=named):
            yield *number.span("number"), "id_card" if cue["paper"] else "order"
    for match in _CODE.finditer(text):
        yield *match.span("code"), "code"
    for match in _PARCEL.finditer(text):
        if _n_digits(match.group()) >= PARCEL_DIGITS:
            yield *match.span(), "order"


def _is_number(said: str, *, named: bool) -> bool:
    """Whether letters and digits in a row are the number of something; ``named``: 号 or 是 stands before."""
    if named and sum(map(str.isalnum, said)) >= MIXED_SHORTEST:
        return _n_digits(said) >= MIXED_DIGITS
    return _n_digits(said) >= PAPER_DIGITS


def _n_digits(said: str) -> int:
    return sum(
        not character.isalpha() or not character.isascii() for character in said if character.isalnum()
    )


def _has_letter(said: str) -> bool:
    return any(character.isascii() and character.isalpha() for character in said)
