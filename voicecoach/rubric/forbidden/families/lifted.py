"""What makes a stretch innocent that reads like one of a family: the contexts of the rules, read more freely.

A stretch is a whole clause, so that the speaker, the negator or the condition may stand in it as well as
before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from voicecoach.rubric.forbidden.context import (
    holds_negator,
    is_approved,
    is_asked,
    is_conditional,
    is_mention,
    is_quoted,
)
from voicecoach.rubric.forbidden.segments import sentence
from voicecoach.rubric.forbidden.stance import (
    is_helped,
    is_own_data,
    is_supposed,
    is_warning,
    stands_by,
)

if TYPE_CHECKING:
    from voicecoach.model.assessment import LanguageCode
    from voicecoach.model.transcript import Language

_RESOLVE: Final = re.compile(
    # the speaker forbids himself: 不会随便, 不能把, 绝不私自
    r"(?:绝不|决不|绝对不|坚决不|从不|从来不|从没|不会|不能|不该|不应该|不可以|不想|不敢|没法)"
    r"(?:再|随便|轻易|因为|为了|把|让|说|推|跟|对|给|一句|保证|打包票|承诺|答应|告诉|做|私|偷|悄|瞒|乱|绕|泄|往外)"
    r"|保证不了"
)
_RESOLVE_EN: Final = re.compile(
    r"\b(?:i|we|you should) (?:never|would never|would not|wouldn't|cannot promise|can't promise)\b"
    r"|\bi (?:don't|do not|won't|will not)"
    r" (?:throw|pass|push|send|leave|blame|hide|argue|share|tell|give|promise)\b"
)
_HELP_EN: Final = re.compile(
    r"\b(?:but|so|and|let me|shall) (?:i|we|look|sort|check)\b|\bi(?:'ll| will| have) \w+"
)
_KIND_EN: Final = re.compile(
    r"\b(?:sorry|apologi[sz]e|thank you|thanks|no rush|no bother|no trouble|no worries|take your time"
    r"|understand|happy to)\b"
)
_DEMANDED: Final = re.compile(
    # what others want, and nothing of what they get: 朋友让我查别人的订单; not 朋友要查，我就帮他查
    r"^[^，。]{0,4}(?:客户|客人|顾客|买家|对方|有人|朋友|同事|同行|亲戚|邻居|他|她)"
    r"[^，。]{0,8}(?:要挟|威胁|要求|想要|让我|托我|求我|要我|问我|打听)"
    r"(?:(?!我就|我给|我会|就给|就把|帮他|告诉|念|报|说)[^。])*$"
)
_ADMITTED: Final = re.compile(
    # the fault is ours and not the customer's: 是我们的失误, 跟您没关系
    r"(?<!不)(?:是|怪|算)(?:我|我们|我们的?[^，。]{1,3})的?(?:问题|责任|错|失误|疏忽|不好|不对)"
    r"|(?:跟|和|与|不关)您(?:没|无|的事)"
)
_KEPT_SAFE: Final = re.compile(
    r"拒绝|回绝|婉拒|没答应|不答应|没给|不给|删|销毁|打码|碎纸|粉碎|不留|保密|该找谁|(?<![没不用])(?:核实|核验|核对|授权)"
)
_SPOKEN_OF: Final = re.compile(
    # named as talk or conduct: 爱买不买这种话, 是服务禁语
    r"(?:这|那)(?:种|类|样的?|句|些)(?:话|词|说法|做法|态度|行为|口气|想法|心态)|禁语|忌语|红线|大忌|是违规|要不得|不可取"
)


def is_lifted(code: LanguageCode, *, text: str, start: int, end: int, language: Language) -> bool:
    """Whether the words in or around ``[start, end)`` of a cleaned text take back what it reads like."""
    if is_mention(text, start, end, language=language):
        return True
    if language == "en":
        return _is_lifted_in_english(code, text, start, end)
    told = _RESOLVE.search(text, start, end) or _SPOKEN_OF.search(text, start, end)
    if told or is_quoted(text, end - 2) or is_warning(text, start, end):
        return True
    if code == "leak":
        first, last = sentence(text, start, end)
        safe = _KEPT_SAFE.search(text, first, last) or _DEMANDED.search(text[start:end])
        return bool(safe) or holds_negator(text, start, end) or is_own_data(text, start)
    if code == "overpromise":
        held = is_conditional(text, start, end, language=language) or is_approved(text, start, end)
        held = held or _DEMANDED.search(text[start:end]) is not None
    elif code == "shirk":
        held = is_helped(text, end) or is_asked(text, start, end) or is_supposed(text, start, end)
        held = held or _ADMITTED.search(text, start, end) is not None
    else:
        held = is_supposed(text, start, end)
    return held or not stands_by(code, text, start, end, conditional=True)


def _is_lifted_in_english(code: LanguageCode, text: str, start: int, end: int) -> bool:
    if _RESOLVE_EN.search(text, start, end):
        return True
    if code == "overpromise":
        return is_conditional(text, start, end, language="en")
    helped = code == "shirk" and _HELP_EN.search(text, start) is not None
    return helped or (code == "rude" and _KIND_EN.search(text, start, end) is not None)
