"""Which words of an answer are fillers: rules over the tokens said, and the pauses of the sound.

A token is a Mandarin syllable or an English word. Pauses are those of the sound; a pause belongs between
the two tokens in whose middles' interval its centre lies, since word times only roughly meet it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicecoach.model.audio import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voicecoach.features.sound import SoundFeatures
    from voicecoach.features.text.words import SpokenSyllable
    from voicecoach.model.transcript import Language, Transcript

FILLER_PAUSE_S = 0.200
"""A silence of this length after a phrase makes it a filler (metrics of this project), seconds."""
DENSE_N = 3
"""So many 然后 ..."""
DENSE_WINDOW_S = 15.0
"""... within so many seconds are a habit, the last of them a filler."""
CONDITION_REACH = 24
"""如果 licenses 的话 over so many syllables."""

_VOCALISED_ZH = re.compile("[嗯呃唔啊额诶饿恩]+")
_SURE_ZH = re.compile("[嗯呃唔]")
"""The others count only where they stand alone (好啊, 额度); recognisers write 饿 and 恩 for 呃 and 嗯."""
_OPENING_ZH = "啊"
"""A particle of the end, so none where something begins: 啊我看看."""
_VOCALISED_EN = frozenset(
    {"um", "umm", "uhm", "uh", "uhh", "er", "erm", "hm", "hmm", "mm", "mmm", "ah", "eh"}
)

_PHRASE_ZH = re.compile(r"就是说|那个|这个|就是|然后|的话")
_OBJECT_BEFORE = frozenset("选要是用对做像在把给买看有跟和比拿于了喜欢")
_DEMONSTRATIVE_UNLICENSED = re.compile(
    r"[嗯呃啊]|那个|这个|就是说|我觉得|我认为|我想说|怎么说|然后|因为|所以|首先|其次"
)
_BEFORE_JIUSHI = ("也", "这", "那", "不", "而", "都", "说的", "指的")
_CONDITION = re.compile(r"如果|要是|假如|万一|假设|倘若|若|一旦")
_IN_THAT_CASE = ("这样", "那样", "否则", "不然", "的时候", "可以", "能", "行", "需要", "方便", "有")
_TALK = re.compile(r"(?:[说讲骂问听过]|[听信照按].{0,6}|[句些实]|好听|难听)$")

_LEXICAL_EN = (("you", "know"), ("i", "mean"), ("like",), ("so",))
_KNOW_LICENSED_BEFORE = frozenset(
    {"do", "did", "if", "as", "let", "that", "what", "because", "when", "how", "would", "could", "should"}
)


@dataclass(frozen=True, slots=True)
class _WordToken:
    text: str
    span: Span
    ends_clause: bool
    syllables: tuple[int, ...]


class TokenRow:
    """An answer as a row of tokens, with the pauses between them."""

    def __init__(
        self,
        transcript: Transcript,
        syllables: Sequence[SpokenSyllable],
        features: SoundFeatures,
        language: Language,
    ) -> None:
        self.language = language
        self.tokens = tuple(_tokens(transcript, syllables, language))
        self.text = "".join(token.text if len(token.text) == 1 else "A" for token in self.tokens)
        """zh: one character a token, so that places in it are token indices."""
        pauses = features.silent_pauses(shortest_s=FILLER_PAUSE_S)
        self._pause_centres_s = [pause.middle_s for pause in pauses]

    def pause_after(self, index: int) -> bool:
        """Whether a silence of at least 200 ms lies between token ``index`` and the next one."""
        if index + 1 >= len(self.tokens):
            return False
        first_s, last_s = self.tokens[index].span.middle_s, self.tokens[index + 1].span.middle_s
        place = bisect_left(self._pause_centres_s, first_s)
        return place < len(self._pause_centres_s) and self._pause_centres_s[place] <= last_s

    def stops_after(self, index: int) -> bool:
        """Whether punctuation, a pause or the end of the answer follows token ``index``."""
        return index + 1 >= len(self.tokens) or self.tokens[index].ends_clause or self.pause_after(index)

    def starts_at(self, index: int) -> bool:
        """Whether token ``index`` begins the answer, a clause or a stretch after a pause."""
        return index == 0 or self.stops_after(index - 1)

    def clause_before(self, index: int) -> str:
        """zh: the text of the clause up to token ``index``."""
        start = index
        while start > 0 and not self.tokens[start - 1].ends_clause:
            start -= 1
        return self.text[start:index]

    def quote(self, first: int, stop: int) -> str:
        """The words of the tokens ``first`` to ``stop`` (excluded)."""
        return ("" if self.language == "zh" else " ").join(token.text for token in self.tokens[first:stop])

    def span(self, first: int, stop: int) -> Span:
        """From the start of token ``first`` to the end of the one before ``stop``."""
        start_s = self.tokens[first].span.start_s
        return Span(start_s, max(start_s, self.tokens[stop - 1].span.end_s))

    def syllables(self, first: int, stop: int) -> tuple[int, ...]:
        """The indices of the syllables of these tokens."""
        return tuple(index for token in self.tokens[first:stop] for index in token.syllables)


def _tokens(
    transcript: Transcript, syllables: Sequence[SpokenSyllable], language: Language
) -> Iterator[_WordToken]:
    if language == "zh":
        for index, syllable in enumerate(syllables):
            span = syllable.span or transcript.words[syllable.word].span
            yield _WordToken(syllable.text, span, syllable.ends_clause, (index,))
        return
    of_word: dict[int, list[int]] = {}
    for index, syllable in enumerate(syllables):
        of_word.setdefault(syllable.word, []).append(index)
    for word, indices in of_word.items():
        text = transcript.words[word].text.strip().strip(".,!?;:…—-\"'“”").lower()
        yield _WordToken(
            text, transcript.words[word].span, syllables[indices[-1]].ends_clause, tuple(indices)
        )


def vocalised_fillers(said: TokenRow) -> Iterator[tuple[int, int]]:
    """Filled pauses that the transcript holds, as token ranges (first, stop), in order."""
    if said.language == "en":
        yield from (
            (index, index + 1) for index, token in enumerate(said.tokens) if token.text in _VOCALISED_EN
        )
        return
    for match in _VOCALISED_ZH.finditer(said.text):
        first = match.start()
        for stop in range(first + 1, match.end() + 1):
            if stop < match.end() and not said.stops_after(stop - 1):
                continue
            sure = bool(_SURE_ZH.search(said.text, first, stop))
            whole = said.stops_after(stop - 1) or said.text[first] == _OPENING_ZH
            if sure or (said.starts_at(first) and whole):
                yield first, stop
            first = stop


def lexical_fillers(said: TokenRow) -> Iterator[tuple[int, int]]:
    """Phrases used as fillers, as token ranges (first, stop), in order."""
    yield from _lexical_en(said) if said.language == "en" else _lexical_zh(said)


def _lexical_zh(said: TokenRow) -> Iterator[tuple[int, int]]:
    then_s: list[float] = []
    for match in _PHRASE_ZH.finditer(said.text):
        first, stop = match.span()
        phrase = match.group()
        repeated = said.text.startswith(phrase[:2], stop) and phrase != "的话"
        if phrase == "然后":
            then_s.append(said.tokens[first].span.start_s)
            dense = len(then_s) >= DENSE_N and then_s[-1] - then_s[-DENSE_N] <= DENSE_WINDOW_S
            is_filler = dense or said.pause_after(stop - 1)
        else:
            is_filler = _RULES[phrase](said, first, stop)
        if repeated or is_filler:
            yield first, stop


def _demonstrative(said: TokenRow, first: int, stop: int) -> bool:
    """那个 这个: a filler before a stop, or before what no noun phrase begins with; not as an object."""
    before = said.clause_before(first)[-1:]
    if stop == len(said.tokens) or (before in _OBJECT_BEFORE and said.tokens[stop - 1].ends_clause):
        return False
    return said.stops_after(stop - 1) or bool(_DEMONSTRATIVE_UNLICENSED.match(said.text, stop))


def _that_is(said: TokenRow, first: int, stop: int) -> bool:
    """就是: a filler before a pause or another filler; the copula (优势就是耐心) is none."""
    if said.clause_before(first).endswith(_BEFORE_JIUSHI):
        return False
    return said.pause_after(stop - 1) or bool(re.match("[嗯呃啊]|那个|这个", said.text[stop : stop + 2]))


def _that_is_to_say(said: TokenRow, first: int, _: int) -> bool:
    """就是说: a filler but in 也就是说, 这就是说."""
    return not said.clause_before(first).endswith(_BEFORE_JIUSHI)


def _as_for(said: TokenRow, first: int, stop: int) -> bool:
    """的话: licensed by a condition before it, or where it means somebody's words."""
    reach = said.text[max(0, first - CONDITION_REACH) : first]
    before = said.clause_before(first)
    if _CONDITION.search(reach) or before.endswith(_IN_THAT_CASE) or _TALK.search(before):
        return False
    return stop < len(said.tokens) and said.stops_after(stop - 1)


_RULES = {
    "那个": _demonstrative,
    "这个": _demonstrative,
    "就是": _that_is,
    "就是说": _that_is_to_say,
    "的话": _as_for,
}


def _lexical_en(said: TokenRow) -> Iterator[tuple[int, int]]:
    words = [token.text for token in said.tokens]
    for first in range(len(words)):
        for phrase in _LEXICAL_EN:
            stop = first + len(phrase)
            if tuple(words[first:stop]) != phrase:
                continue
            repeated = tuple(words[stop : stop + len(phrase)]) == phrase
            before = words[first - 1] if first else ""
            if repeated or (stop < len(words) and _fills_en(said, phrase, before, stop)):
                yield first, stop


def _fills_en(said: TokenRow, phrase: tuple[str, ...], before: str, stop: int) -> bool:
    """So needs a real pause after it, the others a comma or a pause; "do you know," asks."""
    if phrase == ("so",):
        return said.pause_after(stop - 1)
    if phrase == ("you", "know") and before in _KNOW_LICENSED_BEFORE:
        return False
    return said.stops_after(stop - 1)
