"""Written Mandarin to spoken Mandarin: digits, dates, times, money and signs as a speaker reads them.

A recogniser writes 24小时 where two-four is *said* 二十四, so that counting characters would make every
answer with figures look slow. Which reading is meant follows from the neighbours:

============================  =======================  =============================
written                       read                     rule
============================  =======================  =============================
2024年, 从2018到2020, 90后     二零二四 …, 九零(后)        years digit by digit
2024 件, 1,299, 20000          两千零二十四 …             amounts by value
95%, 3.5, 1/3, 10:30, 3:1      百分之九十五, 三点五 …       percent, decimal, fraction, clock, ratio
12315, 618, 尾号8842, 13800…   digit by digit            hotlines, order and phone numbers
¥10, 5kg, 7-10天, -5           十元, 五公斤, 七到十, 负五    signs that are said
============================  =======================  =============================

Values are read by cn2an. Where the sound tells that figures were read digit by digit
(:mod:`voicecoach.features.text.figures`), their places are given. Known failures: a year written with two
digits below 50 is read by value (24年 二十四年), and so is a code of up to four digits that nothing names as
one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

LONG_CODE_DIGITS = 5
"""From so many digits on, a figure without a unit is a code (12315), unless it is round (20000)."""
YEAR_DIGITS = 4
ROOM_DIGITS = 3
"""From so many digits on the number of a room is read digit by digit (301室)."""
MAX_VALUE_DIGITS = 16
"""cn2an reads up to 16 digits; longer figures are codes anyway."""

_DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True)) | {".": "点"}
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()} | {
    ord("％"): "%",
    ord("．"): ".",
    ord("／"): "/",
    ord("￥"): "¥",
    ord("＄"): "$",
    ord("："): ":",
    ord("～"): "~",
}
_CODE_FIGURES = "110 114 119 120 122 315 400 618 800 996 1688 10000 10010 10086 11185 12306 12315 12345 12348"
_CODES = frozenset(_CODE_FIGURES.split())
"""Figures that are always read digit by digit when no unit follows: emergency calls, hotlines, sales days."""
_CODE_LABEL = re.compile(
    r"(?:号码|单号|尾号|编号|工号|代码|编码|验证码|密码|电话|手机|热线|拨打|致电|邮编|航班|车牌|房间|版本)"
    r"(?:是|为|:|,|，|\s){0,2}$"
)
_MEASURES = frozenset(
    "个件元块角分毛次天日月年周秒点时岁人位名条张单家只台辆箱包袋瓶盒斤公克米千百万亿多余几字页章倍度层楼"
    "级折期届种样份笔双对套小钟平里厘毫升吨刻美港欧句遍回场轮步项组通类成股根本把部间声下趟顿口杯"
)
_ORDINAL_UNITS = frozenset("月日号楼年级期层班")
_UNITS = {
    "km": "公里", "KM": "公里", "kg": "公斤", "KG": "公斤", "Kg": "公斤", "cm": "厘米",
    "mm": "毫米", "ml": "毫升", "mL": "毫升", "g": "克", "m": "米", "h": "小时", "min": "分钟",
    "℃": "摄氏度", "°C": "摄氏度",
}  # fmt: skip
_OPERATORS = {
    "-": "到",
    "~": "到",
    "—": "到",
    "–": "到",
    "×": "乘",
    "x": "乘",
    "*": "乘",
    "+": "加",
    "=": "等于",
}
_CURRENCIES = {"¥": "元", "$": "美元"}

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)*"
_PATTERN = re.compile(
    "|".join(
        (
            r"(?P<date>(?<![\d.])(?:19|20)\d\d([-/.])\d{1,2}\2\d{1,2}(?!\d))",
            r"(?P<phone>(?<!\d)(?:1[3-9]\d|[48]00|0\d{2,3})-\d{3,4}-?\d{3,4}(?!\d))",
            r"(?P<clock>(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:]))",
            rf"(?P<money>[¥$]\s*(?:{_NUMBER})(?P<money_scale>[万亿千百]?))",
            rf"(?P<percent>(?:{_NUMBER})\s*[%‰])",
            r"(?P<year>(?<![\d.,])(?:1[0-9]|20)\d\d(?=\s*[年届级]))",
            r"(?P<short_year>(?<![\d.,])(?:[5-9]\d(?=年(?![前后来以内间多代]))|[5-9][05](?=后)))",
            r"(?P<fraction>(?<![\d/])\d{1,2}/\d{1,3}(?![\d/]))",
            rf"(?P<number>{_NUMBER})",
            r"(?P<unit>(?<=\d)\s*(?:km|KM|kg|KG|Kg|cm|mm|ml|mL|min|g|m|h|℃|°C)(?![A-Za-z]))",
            r"(?P<ratio>(?<=\d):(?=\d))",
            r"(?P<operator>(?<=[\d%年月日号天时点分元岁楼])\s*[-~—–×x*+=]\s*(?=[\d¥]))",
            r"(?P<minus>(?<![\w)）-])-(?=\d))",
        )
    ),
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """``text`` as it is read out; ``offsets[i]``: the place in the written text of ``text[i]``."""

    text: str
    offsets: tuple[int, ...]


def read_out(text: str, *, spelled: Collection[range] = ()) -> Reading:
    """Read figures and signs of written Mandarin out; all else, Latin letters too, stays as it is.

    Figures whose first character lies in one of the places ``spelled`` are read digit by digit.
    """
    plain = text.translate(_FULL_WIDTH)
    spoken: list[str] = []
    offsets: list[int] = []
    done = 0
    for match in _PATTERN.finditer(plain):
        start, end = match.span()
        spoken.append(text[done:start])
        offsets.extend(range(done, start))
        if any(start in place for place in spelled):
            said = "".join(_DIGITS[character] for character in match.group() if character.isdigit())
        else:
            said = _READERS[str(match.lastgroup)](match)
        spoken.append(said)
        offsets.extend(start + index * (end - start) // len(said) for index in range(len(said)))
        done = end
    spoken.append(text[done:])
    offsets.extend(range(done, len(text)))
    return Reading("".join(spoken), tuple(offsets))


def _digit_by_digit(figure: str) -> str:
    return "".join(_DIGITS.get(character, "") for character in figure)


def _by_value(figure: str) -> str:
    """Read an amount: ``2024`` 两千零二十四, ``3.5`` 三点五."""
    import cn2an

    figure = figure.replace(",", "")
    whole, _, decimals = figure.partition(".")
    if len(whole) > MAX_VALUE_DIGITS or figure.count(".") > 1 or (len(whole) > 1 and whole[0] == "0"):
        return _digit_by_digit(figure)
    value = str(cn2an.an2cn(whole, "low"))
    if value.startswith(("二千", "二万", "二亿")):
        value = "两" + value[1:]
    return f"{value}点{_digit_by_digit(decimals)}" if decimals else value


def _number(match: re.Match[str]) -> str:
    figure = match.group()
    before, after = match.string[: match.start()], match.string[match.end() :].lstrip()
    if not figure.isdigit():
        return _by_value(figure)
    unit = after[:1]
    if figure == "2" and unit in _MEASURES - _ORDINAL_UNITS and not before.endswith(("第", ".", "十")):
        return "两"
    return _digit_by_digit(figure) if _is_code(figure, before, unit) else _by_value(figure)


def _is_code(figure: str, before: str, unit: str) -> bool:
    """Whether a whole number is read digit by digit, from the text before it and the character after."""
    if len(figure) == 1:
        return False
    if figure[0] == "0" or _CODE_LABEL.search(before):
        return True
    if unit in _MEASURES:
        return False
    round_figure = figure.endswith("00")
    return (
        figure in _CODES
        or (len(figure) >= LONG_CODE_DIGITS and not figure.endswith("000"))
        or (len(figure) == YEAR_DIGITS and figure[:2] in {"19", "20"} and not round_figure)
        or (unit in {"号", "室", "房"} and len(figure) >= ROOM_DIGITS and not round_figure)
    )


def _date(match: re.Match[str]) -> str:
    year, month, day = re.split(r"[-/.]", match.group())
    return f"{_digit_by_digit(year)}年{_by_value(str(int(month)))}月{_by_value(str(int(day)))}日"


def _clock(match: re.Match[str]) -> str:
    """Read ``10:30`` as 十点三十 and ``10:00`` as 十点."""
    hours, *rest = match.group().split(":")
    hour = _by_value(str(int(hours)))
    said = ("两" if hour == "二" else hour) + "点"
    if any(int(part) for part in rest):
        said += "分".join(_digit_by_digit(p) if p[0] == "0" else _by_value(p) for p in rest)
    return said + ("秒" if len(rest) > 1 and any(int(part) for part in rest) else "")


def _money(match: re.Match[str]) -> str:
    sign, figure, scale = match.group()[0], match.group()[1:].strip(), match.group("money_scale")
    return _by_value(figure.removesuffix(scale) if scale else figure) + scale + _CURRENCIES[sign]


def _percent(match: re.Match[str]) -> str:
    figure = match.group()
    if match.string[: match.start()].endswith(("百分之", "千分之")):
        return _by_value(figure[:-1].strip())
    return ("千分之" if figure[-1] == "‰" else "百分之") + _by_value(figure[:-1].strip())


def _fraction(match: re.Match[str]) -> str:
    """Read ``1/3`` as 三分之一; ``24/7``, no part of a whole, as its two figures."""
    over, under = match.group().split("/")
    if int(over) < int(under):
        return f"{_by_value(str(int(under)))}分之{_by_value(str(int(over)))}"
    return _by_value(str(int(over))) + _by_value(str(int(under)))


_READERS: dict[str, Callable[[re.Match[str]], str]] = {
    "date": _date,
    "phone": lambda match: _digit_by_digit(match.group()),
    "clock": _clock,
    "money": _money,
    "percent": _percent,
    "year": lambda match: _digit_by_digit(match.group()),
    "short_year": lambda match: _digit_by_digit(match.group()),
    "fraction": _fraction,
    "number": _number,
    "unit": lambda match: _UNITS[match.group().strip()],
    "ratio": lambda _: "比",
    "operator": lambda match: _OPERATORS[match.group().strip()],
    "minus": lambda _: "负",
}
