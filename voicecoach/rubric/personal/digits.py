"""Runs of digits in recognised speech, whatever way they were said or written.

A run is a stretch of digit tokens with nothing but pauses, fillers and connectives between them:

===================  ==========================================================================
strict digits        0-9 in every script, 零一二…九, 幺, 两, 〇, 壹贰叁 (and traditional), zero … nine
said in one          四个八 (four eights), double five, triple eight
loose digits         what recognisers write for a digit: 要药腰 (幺), 是事 (四), 久就 (九), 灵林 (零)
between the groups   blanks, punctuation, 嗯, 呃, 那个, 然后, 后面是, 杠, and, dash; 前三位是, 中间四位;
                     what takes digits back: 不对, 错了
===================  ==========================================================================

Loose digits count only inside a run of strict ones, or as the 幺 that begins it. Lists of homophones are the
project's own choice, from what recognisers write for numbers read aloud.

Known failure: a number with a remark in it (一三八, 我想想啊, 零零) is two runs, each judged by itself.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_SEPARATOR: Final = 8
"""Characters of punctuation, fillers and connectives between two digits of one number."""
MOST_LOOSE: Final = 2
"""Loose digits in a row: more of them are words."""
STRICT_SHARE: Final = 0.6
"""Share 0..1 of a run's digits that must be digits beyond doubt."""
LOOSE_RUN_SHORTEST: Final = 7
"""Digits that a run must have before loose ones count."""

_STRICT: Final = {
    character: str(value)
    for value, characters in enumerate(
        ("零〇○", "一幺壹弌", "二两兩贰貳", "三叁參叄", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for character in characters
} | {str(value): str(value) for value in range(10)}
_LOOSE: Final = {
    character: str(value)
    for value, characters in enumerate(
        (
            "灵林铃领令另玲临洞",
            "要药腰邀妖摇吆么以已医衣依宜",
            "儿而尔耳",
            "山伞散",
            "是事似死市式丝",
            "无武舞午吴",
            "留流刘柳",
            "期起气妻其齐器拐",
            "把吧爸巴拔",
            "久就酒旧救勾",
        )
    )
    for character in characters
}
_ONE_ALOUD: Final = frozenset("要药腰邀妖摇吆")
"""What is written for the 幺 that begins a mobile number."""
_ENGLISH: Final = {
    word: str(value)
    for value, words in enumerate(
        ("zero oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    )
    for word in words.split()
} | {"hundred": "00"}
_TIMES: Final = {"double": 2, "triple": 3}
_DIGIT_CLASS: Final = "[" + "".join(_STRICT) + "]"
_WORDS: Final = "|".join(_ENGLISH)
_FULL_TO_HALF: Final = 0xFEE0
"""From a full-width character to its half-width one."""
_PRINTED_ASCII: Final = range(0x21, 0x7F)
_BETWEEN: Final = (
    r"[\s(),，、。.·•\-—–_/:：;；~]|[嗯呃额啊哦哎唔噢]"  # marks and fillers
    r"|那个|(?:然后|再?后面|接着|中间|前面|再|最后)是?|就是|空格|杠"  # connectives: 138 后面是 1234
    r"|对(?![^\s,，。吧])吧?"  # 对, 对吧; not 对面
    r"|(?:对对?|好|是的)(?=[幺零一二三四五六七八九0-9]{2})(?!好[一几])"  # what a listener says
    r"|(?:让?我)?想想啊?|等一下"
    r"|好的?(?![^\s,，。])"  # 好的 by itself; not 好几个
    r"|(?<![a-z])(?:and|then|um+|uh+|dash|hyphen)(?![a-z])"  # whole English words
)
_PART: Final = r"[最]?[前中后末首头][面间边]?[三四五六七八3-8](?:[位味围]|个数?字?)(?:数字?|号码?)?(?:就?是)?"
"""前三位是, 中间四位: which part of a number comes next; its figure is none of the number."""
CORRECTION: Final = r"(?:不对|错了|说错了|不好意思|应该是|哦不|不不|不是|重来|重新说|sorry|no wait|i mean)"
"""What takes back the digits before it."""
_TOKEN: Final = re.compile(
    "|".join(
        (
            rf"(?P<part>{_PART}|{CORRECTION}[啊哈呀]?)",
            rf"(?P<repeat>(?P<times>[二三四五六两2-6])[个個](?P<what>{_DIGIT_CLASS}))",  # 四个八
            # five, double five; not the end or beginning of another word (often, oneself)
            rf"(?P<english>(?<![a-z])(?:(?P<many>double|triple)[ -]+)?(?P<word>{_WORDS})(?![a-z]))",
            r"(?P<figures>[0-9]+(?![0-9个個]))",
            rf"(?P<strict>(?!一[共起定直般样下些边会旦切并律致向]){_DIGIT_CLASS})",
            rf"(?P<between>{_BETWEEN})",
            rf"(?P<loose>[{''.join(_LOOSE)}])",  # last: 就是 is a connective before 是 is a four
        )
    )
)


_NAMED_PART: Final = re.compile(rf"{_PART}|{CORRECTION}[啊哈呀]?")


@dataclass(frozen=True, slots=True)
class DigitGroup:
    """Digits without anything between them: ``digits`` as 0-9, and their place in the text."""

    start: int
    end: int
    digits: str
    n_strict: int
    written: bool
    """All of it stands in Arabic digits."""


@dataclass(frozen=True, slots=True)
class DigitRun:
    """Groups of one number, in order; ``joints[i]`` is the text between group i and group i + 1."""

    groups: tuple[DigitGroup, ...]
    joints: tuple[str, ...]

    @property
    def start(self) -> int:
        """Place of the first digit."""
        return self.groups[0].start

    @property
    def end(self) -> int:
        """Place behind the last digit."""
        return self.groups[-1].end

    @property
    def digits(self) -> str:
        """All digits as 0-9."""
        return "".join(group.digits for group in self.groups)

    @property
    def written(self) -> bool:
        """All of it stands in Arabic digits."""
        return all(group.written for group in self.groups)

    def part(self, first: int, stop: int) -> DigitRun:
        """The run of the groups ``[first, stop)``."""
        return DigitRun(self.groups[first:stop], self.joints[first : stop - 1])


def normalised(text: str) -> str:
    """``text`` in half width and lower case, every decimal digit as 0-9; the length stays the same."""
    return text.translate(_NORMAL)


class _Normal(dict[int, str]):
    """Character code -> its normal form, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = _normal_character(chr(code))
        return self[code]


_NORMAL: Final = _Normal()


def _normal_character(character: str) -> str:
    if character.isascii():
        return character.lower()
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    half = ord(character) - _FULL_TO_HALF
    return chr(half).lower() if half in _PRINTED_ASCII and chr(half).isalnum() else character


@dataclass(frozen=True, slots=True)
class _DigitToken:
    kind: str
    start: int
    text: str
    digits: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def digit_runs(text: str) -> Iterator[DigitRun]:
    """All runs of the normalised ``text``, in order, single digits too."""
    stretch: list[_DigitToken] = []
    place = 0
    for match in _TOKEN.finditer(text):
        if match.start() != place:
            yield from _runs(stretch)
            stretch = []
        stretch.append(_token(match))
        place = match.end()
    yield from _runs(stretch)


def _token(match: re.Match[str]) -> _DigitToken:
    text = match.group()
    if match["repeat"]:
        return _DigitToken(
            "strict", match.start(), text, _STRICT[match["what"]] * int(_STRICT[match["times"]])
        )
    if match["english"]:
        digits = _ENGLISH[match["word"]] * _TIMES.get(match["many"] or "", 1)
        return _DigitToken("strict", match.start(), text, digits)
    if match["figures"]:
        return _DigitToken("strict", match.start(), text, text)
    if match["strict"]:
        return _DigitToken("strict", match.start(), text, _STRICT[text])
    return _DigitToken("loose" if match["loose"] else "between", match.start(), text, _LOOSE.get(text, ""))


def _runs(stretch: list[_DigitToken]) -> Iterator[DigitRun]:
    """Cut one stretch of digits and separators where too much stands between two strict digits."""
    strict = [index for index, token in enumerate(stretch) if token.kind == "strict"]
    if not strict:
        return
    first = strict[0]
    for left, right in zip(strict, [*strict[1:], len(stretch)], strict=True):
        if right < len(stretch) and _bridged(stretch[left + 1 : right]):
            continue
        run = _run(stretch, first, left)
        if run is not None:
            yield run
        else:
            yield from _runs_without_loose(stretch[first : left + 1])
        first = right


def _runs_without_loose(tokens: list[_DigitToken]) -> Iterator[DigitRun]:
    """Runs of tokens whose loose digits are words: the text is cut at them."""
    part: list[_DigitToken] = []
    for token in [*tokens, _DigitToken("loose", 0, "")]:
        if token.kind != "loose":
            part.append(token)
            continue
        strict = [index for index, member in enumerate(part) if member.kind == "strict"]
        if strict:
            yield DigitRun(*_grouped(part[strict[0] : strict[-1] + 1]))
        part = []


def _bridged(tokens: list[_DigitToken]) -> bool:
    between = sum(
        1 if _NAMED_PART.fullmatch(token.text) else len(token.text)
        for token in tokens
        if token.kind == "between"
    )
    return between <= LONGEST_SEPARATOR and sum(token.kind == "loose" for token in tokens) <= MOST_LOOSE


def _run(stretch: list[_DigitToken], first: int, last: int) -> DigitRun | None:
    """The run from strict token ``first`` to ``last``, with loose digits; None when they are words."""
    tokens = stretch[first : last + 1]
    before = stretch[first - 1] if first else None
    n_strict = sum(len(token.digits) for token in tokens if token.kind == "strict")
    n_loose = sum(token.kind == "loose" for token in tokens)
    n_all = n_strict + n_loose
    if n_loose and (n_all < LOOSE_RUN_SHORTEST or n_strict < STRICT_SHARE * n_all):
        return None
    if n_all >= LOOSE_RUN_SHORTEST:
        if before is not None and before.kind == "loose" and _begins_mobile(before, tokens):
            tokens = [before, *tokens]
        after = stretch[last + 1 : last + 2]
        hotline = "".join(token.digits for token in tokens).startswith(("400", "800"))
        if after and after[0].kind == "loose" and not hotline and n_all + (tokens[0] is before) in {10, 17}:
            tokens = [*tokens, after[0]]  # the last digit of a mobile or identity number
    return DigitRun(*_grouped(tokens))


def _begins_mobile(before: _DigitToken, tokens: list[_DigitToken]) -> bool:
    return before.digits == "1" and tokens[0].digits[:1] in set("3456789")


def _grouped(tokens: list[_DigitToken]) -> tuple[tuple[DigitGroup, ...], tuple[str, ...]]:
    groups: list[list[_DigitToken]] = [[]]
    joints: list[str] = []
    for token in tokens:
        if token.kind != "between":
            groups[-1].append(token)
        elif groups[-1]:
            groups.append([])
            joints.append(token.text)
        else:
            joints[-1] += token.text
    return tuple(map(_group, groups)), tuple(joints)


def _group(tokens: list[_DigitToken]) -> DigitGroup:
    return DigitGroup(
        tokens[0].start,
        tokens[-1].end,
        "".join(token.digits for token in tokens),
        sum(len(token.digits) for token in tokens if token.kind == "strict"),
        all(token.text.isascii() and token.text.isdigit() for token in tokens),
    )
