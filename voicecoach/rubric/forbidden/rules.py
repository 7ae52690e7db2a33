"""What a service agent must not say, as structures rather than sentences: all rules, in order.

A list of phrases finds what its writer had heard before and nothing else, so most rules describe how
such a sentence is built: 爱 X 不 X, X 什么 X, a denial of responsibility, a certainty word before an
outcome, a customer's data before an outsider. Each says how it becomes ``certain``, the only kind that can
void a total: alone, or with the stance of its sentence as a second signal; what never does is shown as
请留意 and costs no points by itself.

Patterns are read on the cleaned text (lower case, punctuation reduced to ``，`` and ``。``). Written
for this project from the codes of ``docs/rubric.md``; measured on ``tests/data/language_fresh.jsonl``
and, for false alarms, on ``innocent.jsonl``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.rubric.forbidden.english import ENGLISH
from voicecoach.rubric.forbidden.leak import LEAK
from voicecoach.rubric.forbidden.overpromise import OVERPROMISE
from voicecoach.rubric.forbidden.rude import RUDE
from voicecoach.rubric.forbidden.shirk import SHIRK
from voicecoach.rubric.forbidden.wide_nets import WIDE_NETS

if TYPE_CHECKING:
    from voicecoach.model.transcript import Language
    from voicecoach.rubric.forbidden.rule import ForbiddenRule

RULES: Final[dict[Language, tuple[ForbiddenRule, ...]]] = {
    "zh": (*RUDE, *SHIRK, *OVERPROMISE, *LEAK, *WIDE_NETS),
    "en": ENGLISH,
}
