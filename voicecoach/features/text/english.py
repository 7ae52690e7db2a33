"""English words to syllables by rule, and English figures read out.

The rule: a syllable for every group of vowel letters; a silent final e (also in -es, -ed) counts none;
-le, -re after a consonant counts one; vowels that stand in hiatus (cre-ate, idea, reli-able) count two;
a short table holds common words that break the rule. Against a pronouncing lexicon of 60 000 words the
count is right for about nine words in ten and off by one in nearly all others, the errors going both ways.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voicecoach.features.text.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Collection

_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_E = re.compile(r"(?<=[^aeiouy])e$")
"""late; not see."""
_SILENT_ES = re.compile(r"(?<=[^aeiouysxz])(?<!ch)(?<!sh)(?<!c)(?<!g)es$")
"""times; not buses, boxes, watches, places, changes, whose -es is a syllable."""
_SILENT_ED = re.compile(r"(?<=[^aeiouytd])ed$")
"""asked, called; not wanted, needed."""
_SYLLABIC_L = re.compile(r"[^aeiouywr][lr]es?$|[^aeiouywrl]led$")
"""table, metres, handled: l or r makes the syllable; not whole, rules, called."""
_SILENT_E_INSIDE = re.compile(
    # an e that ended a word before something was joined to it: lately, statement, sometimes
    r"(?<=[aeiouy][^aeiouy])e"
    r"(?=(?:ly|ment|ments|ness|ful|fully|less|time|times|thing|where|body|one|work|town|ware)$)"
)
_HIATUS = re.compile(
    r"(?<![tcsgx])i(?=[aou])"  # reliable, period, medium; not special, question, religion
    r"|(?<=[tcs])i(?=a(?:t|s)|or|um$|umph|ol|et)"  # initiate, enthusiasm, society; not special
    r"|i(?=et(?!f)|er[nr]|ence|ency|ent)"  # obedient, quieter, sciences; audience is missed: its e is gone
    r"|e(?=o(?!u))"  # video, geology; not courageous
    r"|u(?=[aou](?!y))"  # usual, situation; not buoyant
    r"|(?<=[rl])ea(?=t(?:e|i|or))"  # create, creation; not eat
    r"|e(?=um|a$|al(?:l?y|ist|iz|it)$|an$)"  # museum, idea, really, european; not meal
    r"|(?<=[dr])e(?=al$)"  # ideal, cereal; not meal
    r"|(?<=[^aeiou])i(?=ers?$|est$)"  # carriers, easiest
    r"|o(?=in(?:g|ci)|e[tmr]|el$)"  # going, coincidence, poem; not coin
    r"|u(?=i(?:n[gt]|t(?:y|iv|ou)))"  # gluing, continuity, intuitive; not suit (nor fluid, which is wrong)
    r"|a(?=o|i[cs]t?|ing)"  # chaos, archaic; not laid
    r"|(?<!q)(?<!g)u(?=e(?:l$|nc|nt|r$|t))"  # cruel, influence, fluent; not question, guest, value
    r"|ii"  # skiing, radii
)
"""A vowel that begins a syllable of its own before the next: one more than the groups of vowels."""
_NO_HIATUS = re.compile(
    r"qu|gu(?=[aeio])"  # quality, guide: the u is a consonant or mute
    r"|[iu]ous$|eous$"  # various, virtuous, courageous
    r"|eo(?=n|r)"  # surgeon, george (and neon, which is wrong)
    r"|suad|suas|(?<=b)uo(?=y)|peop"  # persuade, buoy, people
)
"""Letters that only look like a hiatus; masked before it is looked for."""

_EXCEPTIONS = {
    word: count
    for count, words in (
        (
            1,
            (
                "aren't be deal does fire goes he hm hmm hour hours i'd i'll i'm i've me mm our pier "
                "piers real she shoes the there tier tiers uh um we were weren't where you"
            ),
        ),
        (
            2,
            (
                "being business carriage chocolate client clients coffee could've couldn't create creates "
                "didn't diet different doesn't doing dr evening every family favorite going hadn't hasn't "
                "haven't interest isn't it'll marriage maybe mhm mr mrs ocean ok okay patience patient "
                "patients people poem quickly quiet really refund science seeing service several "
                "should've shouldn't soldier someone something sometimes somewhere sorry that'll via "
                "wasn't would've wouldn't yknow"
            ),
        ),
        (
            3,
            (
                "area areas beautiful businesses created creating customer employee employees employer "
                "everyone everything idea ideal ideas interested interesting recipe usual video"
            ),
        ),
        (
            4,
            ("apologise apologize experience experienced reliable responsible usually"),
        ),
        (
            5,
            ("experiences"),
        ),
    )
    for word in words.split()
}
"""Syllables as commonly said, where the rule goes wrong or speakers contract."""
_ABBREVIATIONS = (
    "ai app atm bpo ceo cfo cpu crm dna erp gps hr id ivr jd kol kpi ktv nba nps ok ota pc pdf ppt qa qq "
    "sku sms sop tv ui usb ux vip vr"
)
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
"""Spelled letter by letter however they are written."""

_ONE_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_ONES = _ONE_WORDS.split()
_TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"), (100, "hundred"))
_FIGURE = re.compile(
    r"(?P<money>\$\s*)?(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<suffix>st|nd|rd|th|s|%)?",
    re.ASCII,
)
_LONGEST_VALUE = 12
HUNDRED = 100
UNCUT_LETTERS = 3
"""Words of so many letters keep their -es and -ed: red, yes."""


def english_syllables(word: str) -> tuple[str, ...]:
    """Cut ``word`` into as many even pieces as it has syllables (at least one); pieces join to the word."""
    n = min(count_syllables(word), max(1, len(word)))
    return tuple(word[index * len(word) // n : (index + 1) * len(word) // n] for index in range(n))


def count_syllables(word: str) -> int:
    """How many syllables ``word`` has by the module's rule; abbreviations in capitals are spelled."""
    key = word.replace("’", "'")
    if key.isupper() and (key.lower() in ABBREVIATIONS or not re.search("[AEIOUY]", key)):
        return sum(3 if letter == "W" else 1 for letter in key)
    key = key.lower()
    if key in _EXCEPTIONS:
        return _EXCEPTIONS[key]
    if key.endswith("'s"):
        return count_syllables(key[:-2]) + (1 if re.search(r"(?:[sxz]|ch|sh|[cg]e)$", key[:-2]) else 0)
    if key.endswith("n't"):
        return count_syllables(key[:-3]) + (0 if key[-4:-3] in "aeiouywr" else 1)
    return max(1, _by_rule(re.sub(r"'.*$", "", key)))


def _by_rule(word: str) -> int:
    syllabic = bool(_SYLLABIC_L.search(word))
    stem = word
    if not syllabic:
        stem = _SILENT_ED.sub("", _SILENT_ES.sub("", word)) if len(word) > UNCUT_LETTERS else word
        stem = _SILENT_E.sub("", stem) if stem == word else stem
    stem = _SILENT_E_INSIDE.sub("", stem)
    count = len(_VOWELS.findall(re.sub(r"^y(?=[aeiou])|(?<=[aeiou])y(?=[aeiou])", "w", stem)))
    count += len(_HIATUS.findall(_NO_HIATUS.sub("_", stem)))
    return count + (1 if re.search(r"(?:[aeiouy]s|th)ms?$", word) else 0)


def read_out_english(text: str, *, spelled: Collection[range] = ()) -> Reading:
    """Read figures out as English words (2024 twenty twenty-four, 95% ninety-five percent); see Reading.

    Figures whose first character lies in one of the places ``spelled`` are read digit by digit.
    """
    spoken: list[str] = []
    offsets: list[int] = []
    done = 0
    for match in _FIGURE.finditer(text):
        start, end = match.span()
        if any(start in place for place in spelled):
            digits = (character for character in match["figure"] if character.isdigit())
            said = f" {' '.join(_ONES[int(digit)] for digit in digits)} "
        else:
            said = f" {_figure(match)} "
        spoken += [text[done:start], said]
        offsets.extend(range(done, start))
        offsets.extend(start + index * (end - start) // len(said) for index in range(len(said)))
        done = end
    spoken.append(text[done:])
    offsets.extend(range(done, len(text)))
    return Reading("".join(spoken), tuple(offsets))


def _figure(match: re.Match[str]) -> str:
    figure, suffix = match["figure"], match["suffix"] or ""
    whole, _, decimals = figure.replace(",", "").partition(".")
    if len(whole) > _LONGEST_VALUE or (len(whole) > 1 and whole[0] == "0"):
        said = " ".join(_ONES[int(digit)] for digit in whole)
    elif re.fullmatch(r"(?:1[1-9]|20)\d\d", figure) and not whole.endswith("00") and whole[:3] != "200":
        said = f"{_cardinal(int(whole[:2]))} {'oh ' if whole[2] == '0' else ''}{_cardinal(int(whole[2:]))}"
    else:
        said = _cardinal(int(whole))
    if decimals:
        said += " point " + " ".join(_ONES[int(digit)] for digit in decimals)
    if suffix == "%":
        said += " percent"
    return said + (" dollars" if match["money"] else "")


def _cardinal(number: int) -> str:
    """Read a whole number below 10**12 as words."""
    if number < len(_ONES):  # English counts to nineteen without tens
        return _ONES[number]
    if number < HUNDRED:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f" {_ONES[ones]}" if ones else "")
    for scale, name in _SCALES:
        if number >= scale:
            high, low = divmod(number, scale)
            return f"{_cardinal(high)} {name}" + (f" {_cardinal(low)}" if low else "")
    raise AssertionError  # pragma: no cover - the scales go down to a hundred
