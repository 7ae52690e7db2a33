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
    is_mended,
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
    r"(?:再|随便|轻易|因为|为了|把|让|说|推|跟|对|给|一句|保证|打包票|承诺|答应|告诉)"
)


def is_lifted(code: LanguageCode, text: str, start: int, end: int, *, language: Language) -> bool:
    """Whether the words in or around ``[start, end)`` of a cleaned text take back what it reads like."""
    if is_mention(text, start, end, language=language):
        return True
    if language == "en":
        return code == "overpromise" and is_conditional(text, start, end, language=language)
    if _RESOLVE.search(text, start, end) or is_quoted(text, end - 2) or is_warning(text, start, end):
        return True
    if code == "shirk":
        shrug = is_helped(text, end) or is_mended(text, start, end) or is_asked(text, start, end)
        return shrug or is_supposed(text, start, end)
    if code == "overpromise":
        conditional = is_conditional(text, start, end, language=language) or is_approved(text, start, end)
        return conditional or not stands_by(_AS_RULE[code], text, start, end)
    if code == "leak":
        return holds_negator(text, start, end) or is_own_data(text, start)
    return is_supposed(text, start, end) or not stands_by(_AS_RULE[code], text, start, end)
