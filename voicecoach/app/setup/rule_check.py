"""Rules that can never hold: cues nobody can say, patterns no text can match, demands that clash.

A text is read as ``SpokenText.clean`` leaves it: marks become ``，`` and ``。``, quotes and fillers go,
letters are small and half width, and beside a Hanzi stands no blank. What asks for anything else waits for
ever, and a full-width comma inside a YAML list makes one cue of two.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from voicecoach.app.setup.prompt_check import Warn
from voicecoach.rubric.text.pattern_syntax import dead_part
from voicecoach.rubric.text.patterns import Budget, PatternTimeError, compiled
from voicecoach.rubric.text.spoken import STRONG, WEAK, SpokenText
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voicecoach.model.prompt import Condition, Prompt, RubricPoint

_EN_PARTS: Final = frozenset("，、；。：！？;|/")
"""Marks that part cues in English too; a hyphen or a point joins words there."""
_WIDE_BLANK: Final = "\u3000"
Words = frozenset[tuple[str, str, str]]
"""What a condition looks for: its means, language and phrase."""


def rule_warnings(prompt: Prompt) -> Iterator[Warn]:
    """What can never hold in the prompt, at the key of the cue, pattern or list."""
    for point in prompt.points:
        for key, told in _of_point(point):
            yield Warn(prompt.id, point.id, key, told)


def _of_point(point: RubricPoint) -> Iterator[tuple[str, Message]]:
    for language, cues in point.cues.items():
        yield from _cues(cues, language, f"cues.{language}")
    rule = point.rule
    if rule is None:
        return
    for name, listed in (("any", rule.any_of), ("all", rule.all_of), ("none", rule.none_of)):
        for index, condition in enumerate(listed):
            yield from _condition(condition, f"{name}[{index}]")
    for name, anchor in (("after", rule.after), ("before", rule.before)):
        if anchor is not None and anchor.said is not None:
            yield from _condition(anchor.said, f"anchors.{name}")
    yield from _clashes(point)


def _condition(condition: Condition, key: str) -> Iterator[tuple[str, Message]]:
    for language, cues in condition.cues.items():
        yield from _cues(cues, language, f"{key}.cues.{language}")
        for index, cue in enumerate(cues):
            if cue in cues[:index]:
                yield f"{key}.cues.{language}[{index}]", Message("check-cue-twice", {"cue": repr(cue)})
    for language, pattern in condition.regex.items():
        yield from _pattern(pattern, f"{key}.regex.{language}", language)
        unless = condition.unless.get(language)
        if unless is not None and _void(pattern, unless):
            facts = {"pattern": repr(pattern), "unless": repr(unless)}
            yield f"{key}.unless.{language}", Message("check-unless-always", facts)
    for language, pattern in condition.unless.items():
        yield from _pattern(pattern, f"{key}.unless.{language}", language)


def _cues(cues: tuple[str, ...], language: str, key: str) -> Iterator[tuple[str, Message]]:
    for index, cue in enumerate(cues):
        told = _cue(cue, language)
        if told is not None:
            yield f"{key}[{index}]", told


def _cue(cue: str, language: str) -> Message | None:
    """What keeps the cue from being heard."""
    read = SpokenText.from_text(cue).clean().text.strip(WEAK + STRONG)
    facts = {"cue": repr(cue)}
    if not read or (language == "en" and not any(sign.isascii() and sign.isalnum() for sign in read)):
        return Message("check-cue-empty", facts)
    if language == "en":
        parting = [sign for sign in cue if sign in _EN_PARTS]
    else:
        parting = [sign for sign in cue.strip(WEAK + STRONG) if _parts(sign)]
        parting = parting if WEAK in read or STRONG in read else []
    if parting:
        return Message("check-cue-mark", {**facts, "mark": parting[0]})
    if _WIDE_BLANK in cue or (language == "zh" and _blank_between(cue)):
        return Message("check-cue-blank", facts)
    return None


def _parts(sign: str) -> bool:
    return SpokenText.from_text(f"甲{sign}乙").clean().text[1:2] in {WEAK, STRONG}


def _blank_between(cue: str) -> bool:
    """Whether a blank stands between two Hanzi, where none is heard."""
    return any(
        cue[at].isspace() and _is_han(cue[at - 1]) and _is_han(cue[at + 1]) for at in range(1, len(cue) - 1)
    )


def _is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff"


def _pattern(pattern: str, key: str, language: str) -> Iterator[tuple[str, Message]]:
    facts = {"pattern": repr(pattern)}
    if compiled(pattern).empty_way:
        yield key, Message("check-pattern-empty", facts)
    if not compiled(pattern).linear:
        yield key, Message("check-pattern-bounded", facts)
    dead = dead_part(pattern, _never_in_text)
    if dead:
        yield key, Message("check-pattern-never", {**facts, "part": repr(dead)})
    elif language == "zh" and (dead := dead_part(pattern, _traditional(pattern).__contains__)):
        yield key, Message("check-pattern-traditional", {**facts, "part": repr(dead)})


@cache
def _never_in_text(part: str) -> bool:
    """Whether no cleaned text holds ``part``: one character, or two of which one is a blank."""
    written = part.lower()
    if len(part) > 1:
        return " " in part and any(map(_is_han, part))
    around = ("甲{}乙", "a{}b", "1{}2", "a {}b")
    return not any(written in SpokenText.from_text(text.format(part)).clean().text for text in around)


def _traditional(pattern: str) -> frozenset[str]:
    """The characters of the pattern that the recogniser writes in another, simplified form."""
    simple = _simplified()(pattern)
    return frozenset(sign for sign, other in zip(pattern, simple, strict=False) if sign != other)


@cache
def _simplified() -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("tw2s").convert
    return convert


def _void(pattern: str, unless: str) -> bool:
    """Whether every match of ``pattern`` holds a match of ``unless``, as far as that is plain to see."""
    if pattern == unless:
        return True
    plain = pattern.isalnum()
    try:
        return plain and compiled(unless).found(pattern, 0, len(pattern), Budget())
    except PatternTimeError:
        return False


def _clashes(point: RubricPoint) -> Iterator[tuple[str, Message]]:
    """Demands of one point that exclude each other: what must be said and must not be."""
    rule = point.rule
    if rule is None or not rule.none_of:
        return
    forbidden = frozenset[tuple[str, str, str]]().union(*map(_words, rule.none_of))
    for index, condition in enumerate(rule.all_of):
        if (words := _words(condition)) and all(_excluded(word, forbidden) for word in words):
            yield f"all[{index}]", Message("check-rule-contradicts", {"what": repr(_first(words))})
    open_ways = [not all(_excluded(word, forbidden) for word in _words(way)) for way in rule.any_of]
    if rule.any_of and sum(open_ways) < rule.at_least:
        shut = rule.any_of[open_ways.index(False)]
        yield "any", Message("check-rule-contradicts", {"what": repr(_first(_words(shut)))})
        return
    for name, listed in (("any", rule.any_of), ("all", rule.all_of)):
        for index, condition in enumerate(listed):
            for language, cues in condition.cues.items():
                for at, cue in enumerate(cues):
                    if _excluded(("cues", language, cue), forbidden):
                        key = f"{name}[{index}].cues.{language}[{at}]"
                        yield key, Message("check-cue-excluded", {"cue": repr(cue)})


def _words(condition: Condition) -> Words:
    phrases = {("cues", language, cue) for language, cues in condition.cues.items() for cue in cues}
    patterns = {("regex", language, pattern) for language, pattern in condition.regex.items()}
    sentences = {
        ("exemplars", language, sentence)
        for language, said in condition.exemplars.items()
        for sentence in said
    }
    return frozenset(phrases | patterns | sentences)


def _first(words: Words) -> str:
    return min(words)[2]


def _excluded(word: tuple[str, str, str], forbidden: Words) -> bool:
    """Whether saying ``word`` always breaks the rule: it is forbidden itself, or a forbidden cue is in it."""
    means, language, phrase = word
    return word in forbidden or (
        means == "cues"
        and any(other in phrase for kind, tongue, other in forbidden if (kind, tongue) == ("cues", language))
    )
