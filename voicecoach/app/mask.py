"""Hide spoken personal data in an assessment: in every text of it, and in the copy of the sound.

What to hide is found in the transcript (:mod:`voicecoach.rubric.personal_data`). Every other text is then
masked three times over: by its own place in the transcript where it quotes it, by the rules, and by the
values already found, so that a quote that cuts a number in two gives nothing away. Words keep their times;
the first word of a masked value carries the mask and the others become empty.

Left alone: names of files and whatever a batch carries along (they are the reader's own keys), and the
texts of the prompt that something was matched by. Figures, curves and times are not texts.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from voicecoach.model.audio import Span, Waveform
from voicecoach.rubric.personal_data import MASKS, Hit, find_personal, masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from voicecoach.model.assessment import Assessment

SILENCE_MARGIN_S: Final = 0.15
"""Silenced before and behind a masked word, seconds: recognised word times are off by up to this much."""
FADE_S: Final = 0.01
"""Fade on either side of a silenced span, seconds, so that there is no click."""
SECRET_SHORTEST: Final = 4
"""So many characters of a found value, seen again in another text, are masked there too (or all of it)."""
SECRET_SHORTEST_LATIN: Final = 8
"""The same for a value with Latin letters, whose short parts are in every text."""
_ASKED: Final = re.compile(r"[。？！?!](?=\s*$)")
"""What ends a turn's question; the answer follows in the next turn."""


@dataclass
class Mask:
    """What one recording's texts give away, and the means to hide it. Collects counts and times."""

    counts: Counter[str] = field(default_factory=Counter)
    spans: list[Span] = field(default_factory=list)
    _values: list[tuple[str, str]] = field(default_factory=list)
    _sources: list[tuple[str, tuple[Hit, ...]]] = field(default_factory=list)

    def words(self, texts: Sequence[str], spans: Sequence[Span | None]) -> list[str]:
        """The words as they may be shown, one for one; what was hidden is counted and its time kept."""
        text = "".join(texts)
        hits = self._found(text)
        ends = list(accumulate(map(len, texts)))
        shown = []
        for index, (word, end) in enumerate(zip(texts, ends, strict=True)):
            start = end - len(word)
            inside = _inside(hits, start, end)
            shown.append(_word_shown(word, start, inside))
            if inside and (span := spans[index]) is not None:
                self.spans.append(span)
        return shown

    def turns(self, texts: Sequence[str], spans: Sequence[Span | None]) -> list[str]:
        """The turns of a call as they may be shown, one for one.

        They are searched as one conversation, since one side asks for the number that the other one
        says. A turn whose words are not at hand is silenced as a whole.
        """
        pieces = [_ASKED.sub("，", text) + "，" for text in texts]
        known = [value for value, _ in self._values]
        joined = "".join(pieces)
        hits = self._found(joined)
        new = [hit for hit in hits if not any(joined[hit.start : hit.end] in value for value in known)]
        shown = []
        for index, (text, end) in enumerate(zip(texts, accumulate(map(len, pieces)), strict=True)):
            start = end - len(text) - 1
            shown.append(self.shown(_word_shown(text, start, _inside(hits, start, end - 1))))
            span = spans[index]
            if span is not None and _inside(new, start, end - 1):
                self.spans.append(span)
        return shown

    def said(self, text: str) -> str:
        """A text of its own without words as it may be shown."""
        return masked(text, self._found(text))

    def shown(self, text: str) -> str:
        """Any other text: a quote, an advice that holds one. Nothing is counted twice."""
        hidden: list[Hit] = list(find_personal(text))
        hidden += self._by_place(text)
        hidden += self._by_value(text)
        return masked(text, _merged(hidden))

    def _found(self, text: str) -> tuple[Hit, ...]:
        """The hits of a text of its own; values known from a text before are counted once."""
        before = {value for value, _ in self._values}
        hits = find_personal(text)
        self._values += [(text[hit.start : hit.end], hit.rule) for hit in hits]
        known = {value for value, _ in self._values}
        again = [hit for hit in self._by_value(text) if text[hit.start : hit.end] in known]
        hits = _merged([*hits, *again])
        self.counts.update(hit.rule for hit in hits if text[hit.start : hit.end] not in before)
        self._sources.append((text, hits))
        return hits

    def _by_place(self, quote: str) -> list[Hit]:
        """Parts of a verbatim quote that are hidden where it stands in a transcript."""
        found: list[Hit] = []
        quote_start = len(quote) - len(quote.lstrip())
        core = quote.strip()
        for text, hits in self._sources:
            place = text.find(core) if core else -1
            while place >= 0:
                found += [
                    Hit(
                        max(hit.start - place, 0) + quote_start,
                        min(hit.end - place, len(core)) + quote_start,
                        hit.rule,
                    )
                    for hit in hits
                    if hit.start < place + len(core) and place < hit.end
                ]
                place = text.find(core, place + 1)
        return found

    def _by_value(self, text: str) -> list[Hit]:
        """Parts of ``text`` that stand, whole or cut, in a value found before."""
        found: list[Hit] = []
        for value, rule in self._values:
            latin = any(letter.isascii() and letter.isalpha() for letter in value)
            shortest = min(len(value), SECRET_SHORTEST_LATIN if latin else SECRET_SHORTEST)
            if len(value) == 1:  # a surname is no secret by itself
                continue
            place = 0
            while place + shortest <= len(text):
                length = shortest
                if text[place : place + length] not in value:
                    place += 1
                    continue
                while place + length < len(text) and text[place : place + length + 1] in value:
                    length += 1
                found.append(Hit(place, place + length, rule))
                place += length
        return found


def _inside(hits: Iterable[Hit], start: int, end: int) -> tuple[Hit, ...]:
    """The hits that hide something of the characters ``[start, end)``."""
    return tuple(hit for hit in hits if hit.start < end and start < hit.end)


def _word_shown(word: str, start: int, hits: Sequence[Hit]) -> str:
    """``word``, which begins at ``start`` of the text, without what the hits hide of it."""
    for hit in reversed(hits):
        first, last = max(hit.start - start, 0), min(hit.end - start, len(word))
        word = word[:first] + (MASKS[hit.rule] if hit.start >= start else "") + word[last:]
    return word


def _merged(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """In order, those that touch or overlap joined into one, under the rule of the longest."""
    joined: list[Hit] = []
    for hit in sorted(hits):
        if joined and hit.start < joined[-1].end:
            last = joined[-1]
            rule = last.rule if last.end - last.start >= hit.end - hit.start else hit.rule
            joined[-1] = Hit(last.start, max(last.end, hit.end), rule)
        else:
            joined.append(hit)
    return tuple(joined)


def mask_assessment(assessment: Assessment) -> tuple[Assessment, dict[str, int], list[Span]]:
    """The assessment with personal data hidden, how often by rule, and the spans to silence.

    Any report made of it is masked; the sound beside a report has to go through :func:`silenced`.
    """
    mask = Mask()
    transcript = assessment.transcript
    hidden = [
        tuple(
            replace(word, text=text)
            for word, text in zip(
                words, mask.words([w.text for w in words], [w.span for w in words]), strict=True
            )
        )
        for words in (transcript.words, transcript.dropped)
    ]
    dialogue = assessment.dialogue
    if dialogue is not None:
        shown = mask.turns([turn.text for turn in dialogue.turns], [turn.span for turn in dialogue.turns])
        turns = tuple(replace(turn, text=text) for turn, text in zip(dialogue.turns, shown, strict=True))
        dialogue = replace(dialogue, turns=turns)
    coverage = assessment.coverage
    if coverage is not None:
        coverage = replace(
            coverage,
            points=tuple(
                replace(point, evidence=tuple(replace(e, quote=mask.shown(e.quote)) for e in point.evidence))
                for point in coverage.points
            ),
            language=tuple(replace(hit, quote=mask.shown(hit.quote)) for hit in coverage.language),
        )
    result = replace(
        assessment,
        transcript=replace(transcript, words=hidden[0], dropped=hidden[1]),
        coverage=coverage,
        dialogue=dialogue,
        scores=tuple(replace(s, explanation=mask.shown(s.explanation)) for s in assessment.scores),
        advice=tuple(replace(a, text=_all_shown(mask, a.text)) for a in assessment.advice),
    )
    return result, _counted(mask), _silences(mask, assessment.duration_s)


def mask_document(document: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, int], list[Span]]:
    """The same for a document ``voicecoach.assessment/1``: a masked copy, counts by rule, spans to silence.

    The copy has ``masking`` with the counts, added to those it came with. Masking a masked document
    changes nothing. The original is not touched; a failure document comes back as it is.
    """
    if "transcript" not in document:
        return dict(document), {}, []
    mask = Mask()
    copy = dict(document)
    transcript = dict(document["transcript"])
    had_words = bool(transcript["words"])
    for key in ("words", "dropped"):
        transcript[key] = _words_shown(mask, transcript[key])
    transcript["text"] = (
        "".join(word["text"] for word in transcript["words"]).strip()
        if had_words
        else mask.said(transcript["text"])
    )
    copy["transcript"] = transcript
    if "call" in document:
        copy["call"] = _quotes_shown(mask, _turns_shown(mask, document["call"]))
    if document.get("rubric"):
        rubric = dict(document["rubric"])
        rubric["points"] = [
            {**point, "evidence": [_quote_shown(mask, evidence) for evidence in point["evidence"]]}
            for point in rubric["points"]
        ]
        rubric["language"] = [_quote_shown(mask, hit) for hit in rubric["language"]]
        copy["rubric"] = rubric
    copy["scores"] = [
        {**score, "explanation": mask.shown(score["explanation"])} for score in document["scores"]
    ]
    copy["advice"] = [
        {**advice, "text": mask.shown(advice["text"]), "by_language": _all_shown(mask, advice["by_language"])}
        for advice in document["advice"]
    ]
    counts = _counted(mask)
    before: Mapping[str, int] = document.get("masking") or {}
    copy["masking"] = {
        rule: counts.get(rule, 0) + before.get(rule, 0) for rule in MASKS if rule in counts or rule in before
    }
    return copy, counts, _silences(mask, float(document["recording"]["duration_s"]))


def _words_shown(mask: Mask, words: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    texts = mask.words([word["text"] for word in words], [_span(word) for word in words])
    return [{**word, "text": text} for word, text in zip(words, texts, strict=True)]


def _span(timed: Mapping[str, Any]) -> Span | None:
    start_s, end_s = timed.get("start_s"), timed.get("end_s")
    return None if start_s is None or end_s is None else Span(float(start_s), float(end_s))


def _quote_shown(mask: Mask, quoted: Mapping[str, Any]) -> dict[str, Any]:
    return {**quoted, "quote": mask.shown(quoted["quote"])}


def _all_shown(mask: Mask, texts: Mapping[str, str]) -> dict[str, str]:
    return {language: mask.shown(text) for language, text in texts.items()}


def _turns_shown(mask: Mask, part: Any) -> Any:  # noqa: ANN401 - any part of a JSON document
    """A call's part with its words and turns masked, at whatever depth they stand."""
    if isinstance(part, list):
        return [_turns_shown(mask, item) for item in part]
    if not isinstance(part, dict):
        return part
    shown: dict[str, Any] = {}
    for key, value in part.items():
        if key == "words":
            shown[key] = _words_shown(mask, value)
        elif key == "turns":
            texts = mask.turns([turn["text"] for turn in value], [_span(turn) for turn in value])
            shown[key] = [{**turn, "text": text} for turn, text in zip(value, texts, strict=True)]
        else:
            shown[key] = _turns_shown(mask, value)
    return shown


def _quotes_shown(mask: Mask, part: Any) -> Any:  # noqa: ANN401 - any part of a JSON document
    """The same for its quotes, once all that they may quote is known."""
    if isinstance(part, list):
        return [_quotes_shown(mask, item) for item in part]
    if not isinstance(part, dict):
        return part
    return {
        key: mask.shown(value) if key == "quote" and isinstance(value, str) else _quotes_shown(mask, value)
        for key, value in part.items()
    }


def _counted(mask: Mask) -> dict[str, int]:
    return {rule: mask.counts[rule] for rule in MASKS if mask.counts[rule]}


def _silences(mask: Mask, duration_s: float) -> list[Span]:
    """The spans with their margins, in order, those that meet joined."""
    joined: list[Span] = []
    for span in sorted(mask.spans):
        start_s = max(0.0, span.start_s - SILENCE_MARGIN_S)
        end_s = max(start_s, min(span.end_s + SILENCE_MARGIN_S, duration_s))
        if joined and start_s <= joined[-1].end_s:
            joined[-1] = Span(joined[-1].start_s, max(joined[-1].end_s, end_s))
        else:
            joined.append(Span(start_s, end_s))
    return joined


def silenced(waveform: Waveform, spans: Iterable[Span]) -> Waveform:
    """A copy of the sound, digital silence in the spans and a fade of :data:`FADE_S` outside each.

    The waveform given is never changed.
    """
    gain = np.ones(len(waveform.samples), dtype=np.float32)
    n_fade = max(1, round(FADE_S * waveform.rate_hz))
    falling = (0.5 + 0.5 * np.cos(np.pi * np.arange(1, n_fade + 1) / (n_fade + 1))).astype(np.float32)
    for span in spans:
        first = min(int(span.start_s * waveform.rate_hz), len(gain))
        stop = min(int(np.ceil(span.end_s * waveform.rate_hz)), len(gain))
        gain[first:stop] = 0.0
        before, after = min(n_fade, first), min(n_fade, len(gain) - stop)
        if before:
            gain[first - before : first] = np.minimum(gain[first - before : first], falling[-before:])
        if after:
            gain[stop : stop + after] = np.minimum(gain[stop : stop + after], falling[::-1][:after])
    return Waveform(waveform.samples * gain, waveform.rate_hz)
