"""Whether a clause ends where somebody pauses, told by the words on both sides and not by commas.

A recogniser writes commas in one take and none in the next, mostly where it hears a pause, so they cannot
say whether a pause stands at the end of a clause. Words can: 了 吧 呢 的话 before the pause, 然后 所以 我
after it. For a pause after token ``i`` (a Mandarin syllable, an English word), with its neighbours and the
lengths of the two runs that meet there::

    log odds = bias + sum of the weights of what is seen (up to three tokens each side, the run lengths)
    + MARK where a full stop, a question mark or an exclamation mark is written there

Weights: logistic regression on the project's own texts, pauses drawn at three clause ends of four and at 1
to 12 % of the other word boundaries; ``tests/benchmarks/sound/fit_clauses.py`` makes them anew. Commas in the
text the clauses are taken from are the truth, commas in the transcript are not looked at.

Known failures: word times that are off show the wrong words (.2 s cost .02 in F1); verse, lists of
names and figures read out have no words that tell.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from voicecoach.features.text.words import spoken_syllables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voicecoach.model.audio import Span
    from voicecoach.model.transcript import Language, Word

MARK: Final = 2.0
"""Log odds that a mark of a whole sentence's end adds."""
UNSURE: Final = 0.6
"""Log odds nearer to 0 than this do not tell."""
OUTSIDE: Final = "^"
"""Stands for what is before the first token and behind the last."""

WEIGHTS: Final = Path(__file__).with_name("clause_weights.json")
"""Weights by language and name."""
_RUN_LENGTHS = {"zh": (2, 4, 6, 9, 13, 20), "en": (1, 2, 3, 5, 8, 12)}
_SENTENCE_ENDS = tuple("。！？!?.")
_FILLERS = frozenset({"嗯", "呃", "唔", "um", "uh", "uhm", "erm", "er", "hmm", "mm"})
_SUFFIX = 2
_FEWEST_TOKENS = 2
_OPENERS = frozenset({
    "然后", "所以", "但是", "如果", "因为", "而且", "不过", "还有", "首先", "其次",
    "其实", "最后", "另外", "要是", "或者", "并且", "那么", "于是", "同时", "虽然",
    "只要", "只有", "除非", "即使", "哪怕", "万一", "毕竟", "可是", "不管", "无论",
    "既然", "由于", "接着", "后来", "当时", "比如", "例如", "总之", "第一", "第二",
    "第三", "第四",
})  # fmt: skip
_CLASSES: Mapping[str, str] = {
    character: name
    for name, characters in {
        "pronoun": "我你您他她它咱这那谁",
        "adverb": "就都也先会不没再还要能可才又很太更最只已正将应该得想请",
        "preposition": "把被给跟和对在到从向为让用按由比",
        "particle": "了吧呢吗啊哦呀嘛啦哈",
        "of": "的地",
    }.items()
    for character in characters
}
"""What a Mandarin syllable mostly is, where it is of a closed class; the rest is content."""


@dataclass(frozen=True, slots=True)
class Token:
    """A Mandarin syllable or an English word: as compared, when, and whether marks end something after it."""

    text: str
    span: Span | None
    ends_clause: bool = False
    ends_sentence: bool = False


def tokens_of(words: Sequence[Word], language: Language) -> tuple[Token, ...]:
    """The tokens said, in order, but 嗯 呃 um uh: a clause goes on over them, or it ended before."""
    syllables = spoken_syllables(words, language)
    of_word: dict[int, list[int]] = {}
    for index, syllable in enumerate(syllables):
        of_word.setdefault(syllable.word, []).append(index)
    tokens: list[Token] = []
    for word, indices in of_word.items():
        text = words[word].text.strip()
        stops = text.endswith(_SENTENCE_ENDS)
        last = syllables[indices[-1]]
        if language == "zh":
            said = (syllables[index] for index in indices)
            tokens += (Token("A" if s.text.isascii() else s.text, s.span, s.ends_clause) for s in said)
            tokens[-1] = replace(tokens[-1], ends_sentence=stops)
        else:
            bare = text.strip(".,!?;:…—-\"'“”").lower()
            tokens.append(Token(bare, words[word].span, last.ends_clause, ends_sentence=stops))
    return tuple(token for token in tokens if token.text not in _FILLERS)


def seen_at(tokens: Sequence[Token], place: int, before: int, after: int, language: Language) -> list[str]:
    """What speaks for or against a clause end behind token ``place``: names of weights.

    ``before`` and ``after``: tokens of the run that ends there, and of the one that begins there.
    """

    def text(first: int, stop: int) -> str:
        joint = "" if language == "zh" else " "
        return joint.join(
            tokens[index].text if 0 <= index < len(tokens) else OUTSIDE for index in range(first, stop)
        )

    left, right = text(place, place + 1), text(place + 1, place + 2)
    names = [f"L{left}", f"R{right}", f"M{left}|{right}"]
    names += [f"L{text(place - 1, place + 1)}", f"R{text(place + 1, place + 3)}"]
    if language == "zh":
        kind = "opener" if text(place + 1, place + 3) in _OPENERS else _CLASSES.get(right, "content")
        names += [f"L{text(place - 2, place + 1)}", f"R{text(place + 1, place + 4)}"]
        names += [f"C{left}|{kind}", f"K{_CLASSES.get(left, 'content')}|{kind}"]
    else:
        names.append(f"S{left[-_SUFFIX:]}")
    return [*names, f"B{_step(before, language)}", f"A{_step(after, language)}"]


def clause_end_odds(pauses: Sequence[Span], tokens: Sequence[Token], language: Language) -> tuple[float, ...]:
    """Log odds, for each pause, that it stands at the end of a clause; 0 where no words are beside it.

    Recognisers stretch words across silence: of several boundaries inside the pause the likeliest counts.
    """
    timed = [token for token in tokens if token.span is not None]
    places = [_places(pause, timed) for pause in pauses]
    cuts = sorted({place for near in places for place in near[:1]})
    edges = [-1, *cuts, len(timed) - 1]
    odds: list[float] = []
    for near in places:
        if not near:
            odds.append(0.0)
            continue
        rank = cuts.index(near[0]) + 1
        before, after = max(1, near[0] - edges[rank - 1]), max(1, edges[rank + 1] - near[0])
        odds.append(max(log_odds(timed, place, before, after, language) for place in near))
    return tuple(odds)


def log_odds(tokens: Sequence[Token], place: int, before: int, after: int, language: Language) -> float:
    """Log odds that a clause ends behind token ``place``, where somebody pauses."""
    weights = _weights()[language]
    marked = MARK if tokens[place].ends_sentence else 0.0
    seen = seen_at(tokens, place, before, after, language)
    return weights["bias"] + marked + math.fsum(weights.get(name, 0.0) for name in seen)


def _places(pause: Span, tokens: Sequence[Token]) -> list[int]:
    """The word boundaries nearest to the pause, or inside it, each as the token before it.

    None where the pause lies before or behind all words.
    """
    spans = [token.span for token in tokens if token.span is not None]
    if len(spans) < _FEWEST_TOKENS or not spans[0].middle_s <= pause.middle_s <= spans[-1].middle_s:
        return []
    away_s: list[float] = []
    for left, right in pairwise(spans):
        low_s, high_s = min(left.end_s, right.start_s), max(left.end_s, right.start_s)
        away_s.append(max(low_s - pause.end_s, pause.start_s - high_s, 0.0))
    return [place for place, distance_s in enumerate(away_s) if distance_s <= min(away_s)]


def _step(length: int, language: Language) -> int:
    return sum(length > limit for limit in _RUN_LENGTHS[language])


@cache
def _weights() -> Mapping[Language, Mapping[str, float]]:
    """The weights by language and name."""
    read: Mapping[Language, Mapping[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return read
