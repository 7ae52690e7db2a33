"""Politeness in words: polite forms, 您 against 你, and phrases that should not be said.

``politeness`` = polite forms (您 请 抱歉 感谢 …; please, thank you, sorry …) per 100 spoken syllables.
``nin_share`` = 您 / (您 + 你), where 你好, 你们 and a 你 in somebody else's words (客户说你…) do
not count. ``forbidden_language`` counts the certain hits of the rules in the rubric layer; this module only
makes a figure of them.

Known failures: a polite word that is talked about (我会说对不起) counts as said; 你 in its general sense
(你要是着急就…) lowers the share; what the recogniser did not write is not seen. That no listed phrase
was found proves nothing about what was said, so zero is never given for forbidden language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voicecoach.features.text.words import WordMap, spoken_syllables
from voicecoach.metrics.pace import FEWEST_SYLLABLES
from voicecoach.metrics.spec import MetricSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.assessment import LanguageHit, Measurement
    from voicecoach.model.transcript import Language, Transcript

POLITE_ZH = re.compile(
    r"麻烦[您你]|辛苦[您你了]|劳驾|拜托|不好意思|对不起|抱歉|谢谢|感谢|多谢|(?<!怠)久等|打扰|见谅|谅解|包涵|请问"
    r"|(?<![申邀聘宴])请(?![假客柬])|您好|您"
)
"""Polite forms of service talk; the longest wins, so 您好 and 麻烦您 count once."""
POLITE_EN = re.compile(
    r"\b(?:please|thank(?:s| you)|sorry|apolog(?:y|ies|i[sz]e[ds]?|i[sz]ing)|appreciate[ds]?|excuse me"
    r"|pardon|may i|could you|would you|you(?:'| a)re welcome|my pleasure)\b",
    re.IGNORECASE,
)
_NIN = re.compile("您")
_NI = re.compile(r"(?<!迷)你(?!们|好|追我赶|来我往)")
_QUOTED = re.compile(
    r"(?:客户|顾客|对方|别人|人家|他|她|领导|面试官)[^，。！？,.!?]{0,4}(?:说|骂|问|喊|吼|讲|指责|怪)[^。！？.!?]{0,4}$"
)
"""Right before a 你: these are somebody else's words."""
_QUOTE_REACH = 16
"""So many characters before a 你 are searched for who speaks."""

POLITENESS = MetricSpec("politeness", "language", "per_100_syllables", text_dependent=True)
NIN_SHARE = MetricSpec("nin_share", "language", "ratio", decimals=0, percent=True, text_dependent=True)
FORBIDDEN_LANGUAGE = MetricSpec(
    "forbidden_language", "language", "count", decimals=0, text_dependent=True, provable_at_zero=False
)
SPECS = (POLITENESS, NIN_SHARE, FORBIDDEN_LANGUAGE)


def measure_politeness(transcript: Transcript, language: Language) -> tuple[Measurement, ...]:
    """``politeness`` and ``nin_share`` of one answer; evidence are the times of the words."""
    return _polite_forms(transcript, language), _nin_share(transcript, language)


def _polite_forms(transcript: Transcript, language: Language) -> Measurement:
    n_syllables = len(spoken_syllables(transcript, language))
    if n_syllables < FEWEST_SYLLABLES:
        return POLITENESS.unmeasured("too_few_words" if n_syllables else "no_transcript")
    word_map = WordMap(transcript.words)
    pattern = POLITE_ZH if language == "zh" else POLITE_EN
    spans = [word_map.span_of(*match.span()) for match in pattern.finditer(word_map.text)]
    return POLITENESS.measured(100.0 * len(spans) / n_syllables, spans)


def _nin_share(transcript: Transcript, language: Language) -> Measurement:
    if language != "zh":
        return NIN_SHARE.unmeasured("not_for_language")
    word_map = WordMap(transcript.words)
    if not word_map.text:
        return NIN_SHARE.unmeasured("no_transcript")
    n_polite = len(_NIN.findall(word_map.text))
    plain = [
        word_map.span_of(*match.span())
        for match in _NI.finditer(word_map.text)
        if not _QUOTED.search(word_map.text[max(0, match.start() - _QUOTE_REACH) : match.start()])
    ]
    if not n_polite and not plain:
        return NIN_SHARE.unmeasured("no_address")
    return NIN_SHARE.measured(n_polite / (n_polite + len(plain)), plain)


def measure_forbidden(hits: Sequence[LanguageHit]) -> Measurement:
    """``forbidden_language``: how many of ``hits`` stand as facts, with their times; never 0.

    Uncertain hits are for a person to look at and do not count. ``ni`` (你 for 您) is a matter of style,
    measured as ``nin_share``, and does not count either.
    """
    certain = [hit for hit in hits if hit.stands and hit.code != "ni"]
    if not certain:
        return FORBIDDEN_LANGUAGE.unmeasured("absence_unproven")
    spans = [hit.span for hit in certain if hit.span]
    return FORBIDDEN_LANGUAGE.measured(float(len(certain)), spans)
