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
from voicecoach.rubric.forbidden.rule import rule
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

_AS_RULE: Final = {
    code: rule(code, "family", conditional=True) for code in ("rude", "shirk", "overpromise", "leak")
}
_RESOLVE: Final = re.compile(
    # the speaker forbids himself: 不会随便, 不能把, 没法保证
    r"(?:绝不|决不|绝对不|从不|从来不|从没|不会|不能|不该|不应该|不可以|不想|不敢|没法)"
    r"(?:再|随便|轻易|因为|为了|把|让|说|推|跟|对|给|一句|保证|打包票|承诺|答应|告诉|做)"
)
_RESOLVE_EN: Final = re.compile(
    r"\b(?:i|we|you should) (?:never|would never|would not|wouldn't|cannot promise|can't promise)\b"
)
_HELP_EN: Final = re.compile(
    r"\b(?:but|so|and|let me|shall) (?:i|we|look|sort|check)\b|\bi(?:'ll| will| have) \w+"
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
        if _RESOLVE_EN.search(text, start, end) or (code == "shirk" and _HELP_EN.search(text, start)):
            return True
        return code == "overpromise" and is_conditional(text, start, end, language=language)
    told = _RESOLVE.search(text, start, end) or _SPOKEN_OF.search(text, start, end)
    if told or is_quoted(text, end - 2) or is_warning(text, start, end):
        return True
    if code == "leak":
        return holds_negator(text, start, end) or is_own_data(text, start)
    if code == "overpromise":
        held = is_conditional(text, start, end, language=language) or is_approved(text, start, end)
    elif code == "shirk":
        held = is_helped(text, end) or is_asked(text, start, end) or is_supposed(text, start, end)
    else:
        held = is_supposed(text, start, end)
    return held or not stands_by(_AS_RULE[code], text, start, end)
