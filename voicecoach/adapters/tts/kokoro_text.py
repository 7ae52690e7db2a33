"""Text to the phonemes that the neural voice was trained on, Mandarin with Latin letters, or English.

Mandarin: figures and signs are read out first (:mod:`voicecoach.features.text.reading`), then words are cut
by jieba and turned to IPA with tone arrows by misaki. Latin letters inside Mandarin, which misaki drops, are
spelled (KPI, APP) or read as English words (offer). English: the pronouncing lexicons that misaki brings,
with regular endings; a word in neither is spelled.

Known failures: characters with several readings are only as right as the word list (为 and 还 alone), and
there is no tone sandhi, for the model learned its sandhi from unchanged tones.
"""

from __future__ import annotations

import functools
import logging
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from voicecoach.adapters.folders import cache_folder
from voicecoach.errors import EngineError
from voicecoach.features.text.english import ABBREVIATIONS, read_out_english
from voicecoach.features.text.reading import read_out

if TYPE_CHECKING:
    from collections.abc import Iterator

VOCABULARY: Final = {
    ";": 1, ":": 2, ",": 3, ".": 4, "!": 5, "?": 6, "—": 9, "…": 10, '"': 11, "(": 12, ")": 13, "“": 14,
    "”": 15, " ": 16, "\u0303": 17, "ʣ": 18, "ʥ": 19, "ʦ": 20, "ʨ": 21, "ᵝ": 22, "\uab67": 23, "A": 24,
    "I": 25, "O": 31, "Q": 33, "S": 35, "T": 36, "W": 39, "Y": 41, "ᵊ": 42, "a": 43, "b": 44, "c": 45,
    "d": 46, "e": 47, "f": 48, "h": 50, "i": 51, "j": 52, "k": 53, "l": 54, "m": 55, "n": 56, "o": 57,
    "p": 58, "q": 59, "r": 60, "s": 61, "t": 62, "u": 63, "v": 64, "w": 65, "x": 66, "y": 67, "z": 68,
    "ɑ": 69, "ɐ": 70, "ɒ": 71, "æ": 72, "β": 75, "ɔ": 76, "ɕ": 77, "ç": 78, "ɖ": 80, "ð": 81, "ʤ": 82,
    "ə": 83, "ɚ": 85, "ɛ": 86, "ɜ": 87, "ɟ": 90, "ɡ": 92, "ɥ": 99, "ɨ": 101, "ɪ": 102, "ʝ": 103, "ɯ": 110,
    "ɰ": 111, "ŋ": 112, "ɳ": 113, "ɲ": 114, "ɴ": 115, "ø": 116, "ɸ": 118, "θ": 119, "œ": 120, "ɹ": 123,
    "ɾ": 125, "ɻ": 126, "ʁ": 128, "ɽ": 129, "ʂ": 130, "ʃ": 131, "ʈ": 132, "ʧ": 133, "ʊ": 135, "ʋ": 136,
    "ʌ": 138, "ɣ": 139, "ɤ": 140, "χ": 142, "ʎ": 143, "ʒ": 147, "ʔ": 148, "ˈ": 156, "ˌ": 157, "ː": 158,
    "ʰ": 162, "ʲ": 164, "↓": 169, "→": 171, "↗": 172, "↘": 173, "ᵻ": 177,
}  # fmt: skip
"""Phoneme to token of Kokoro v1.0 (its published config.json)."""
LONGEST_PHONEMES: Final = 400
"""Longest piece spoken at once; the model takes 510, and hurries from about 400 on."""
WORDS_CACHE: Final = "jieba.cache"
"""Where jieba keeps its list, in its folder."""
LEAST_WORDS: Final = 100_000
"""Its list has 349,000 words."""
SENTENCE_END: Final = "。！？!?；;…\n"

_SENTENCE = re.compile(
    rf"[^{SENTENCE_END}.]*(?:\.(?=[\w])[^{SENTENCE_END}.]*)*(?:[{SENTENCE_END}.]+[”’」』）)\"]*|$)"
)
_CLAUSE = re.compile(r"[^，,、：:]*[，,、：:]?")
_HANZI = "\u3400-\u9fff〇"
_PIECE = re.compile(rf"[A-Za-z]+(?:['’][A-Za-z]+)*|[{_HANZI}]+|[^A-Za-z{_HANZI}]+")
_PUNCTUATION = {
    "，": ", ", "、": ", ", "。": ". ", "！": "! ", "？": "? ", "；": "; ", "：": ": ", "（": " (",
    "）": ") ",
    "《": " “", "》": "” ", "「": " “", "」": "” ", "【": " “", "】": "” ", "\n": ". ", "·": " ",
    "–": "—", "~": "—", "～": "—", "&": " ", "/": " ",
}  # fmt: skip
_CODE_FIGURE = re.compile(r"(?<![\d.,])\d{3,}(?![\d.,]|年)")
_SAID_WITH_YI = frozenset({"618"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_ASPIRATED = re.compile("(?<!s)([ptk])(?=[ˈˌ])")
"""A Mandarin voice takes the English p, t, k for b, d, g unless their breath is written."""
_SPELLED_AT_MOST = 4
_CAPITALS_SAID_AS_WORDS = frozenset({"OK", "WIFI", "NASA", "SAAS", "IKEA", "ZARA", "NIKE"})
_FUNCTION_WORDS = {
    "a": "ɐ",
    "an": "ən",
    "the": "ðə",
    "to": "tə",
    "and": "ənd",
    "of": "əv",
    "wifi": "wˈIfˌI",
    "wi": "wˈI",
    "fi": "fˈI",
}
"""Weak forms, as they are said inside a sentence; the lexicon has the strong ones."""


def sentences(text: str, language: Literal["zh", "en"]) -> Iterator[str]:
    """Cut ``text`` into sentences, and those that are too long for the model at their commas."""
    for match in _SENTENCE.finditer(text):
        sentence = match.group().strip()
        if not re.search(r"\w", sentence):
            continue
        if len(phonemes(sentence, language)) <= LONGEST_PHONEMES:
            yield sentence
        else:
            yield from _packed(sentence, language)


def _packed(sentence: str, language: Literal["zh", "en"]) -> Iterator[str]:
    """Clauses packed into pieces that fit; a clause that does not fit is cut in the middle."""
    piece = ""
    for clause in filter(None, _CLAUSE.findall(sentence)):
        for part in _halved(clause, language):
            if piece and len(phonemes(piece + part, language)) > LONGEST_PHONEMES:
                yield piece
                piece = ""
            piece += part
    if re.search(r"\w", piece):
        yield piece


def _halved(clause: str, language: Literal["zh", "en"]) -> Iterator[str]:
    if len(phonemes(clause, language)) <= LONGEST_PHONEMES:
        yield clause
        return
    middle = len(clause) // 2
    cut = clause.rfind(" ", 1, middle) + 1 or middle
    yield from _halved(clause[:cut], language)
    yield from _halved(clause[cut:], language)


def spoken_mandarin(text: str) -> str:
    """Read figures and signs out, and say 幺 for the ones of numbers that are said digit by digit (12315)."""
    reading = read_out(text)
    said = list(reading.text)
    for figure in _CODE_FIGURE.finditer(text):
        if figure.group() in _SAID_WITH_YI or _YEAR.fullmatch(figure.group()):
            continue
        places = [i for i, offset in enumerate(reading.offsets) if figure.start() <= offset < figure.end()]
        digits = "".join(said[place] for place in places)
        if len(digits) == len(figure.group()) and re.fullmatch("[零一二三四五六七八九]+", digits):
            for place in places:
                said[place] = "幺" if said[place] == "一" else said[place]
    return "".join(said)


def phonemes(text: str, language: Literal["zh", "en"]) -> str:
    """The phonemes of ``text``: only characters of :data:`VOCABULARY`; "" when nothing can be said."""
    spoken = spoken_mandarin(text) if language == "zh" else read_out_english(text).text
    if not re.search(r"[A-Za-z\u3400-\u9fff〇]", spoken):
        return ""
    said: list[str] = []
    for piece in _PIECE.findall(spoken):
        if re.match(r"[A-Za-z]", piece):
            said.append(f" {_latin(piece, language)} ")
        elif re.match(rf"[{_HANZI}]", piece):
            said.append(_mandarin(piece))
        else:
            said.append("".join(_PUNCTUATION.get(character, character) for character in piece))
    joined = re.sub(r"\s+", " ", "".join(said))
    joined = re.sub(r" (?=[,.!?;:…])", "", joined).strip()
    return "".join(character for character in joined if character in VOCABULARY)


def tokens(phonemes_said: str) -> list[int]:
    """The model's token of each phoneme."""
    return [VOCABULARY[phoneme] for phoneme in phonemes_said]


def _latin(word: str, language: Literal["zh", "en"]) -> str:
    said = None if _is_spelled(word, language) else english(word)
    said = said or " ".join(_lexicon().get(letter.upper(), "") for letter in word if letter.isalpha())
    return _ASPIRATED.sub(r"\1ʰ", said) if language == "zh" else said


def _is_spelled(word: str, language: Literal["zh", "en"]) -> bool:
    if word.lower() in ABBREVIATIONS or not re.search("[aeiouyAEIOUY]", word):
        return language == "zh" or word.isupper()
    if len(word) == 1 or not word.isupper() or word in _CAPITALS_SAID_AS_WORDS:
        return False
    return len(word) <= _SPELLED_AT_MOST or english(word) is None


def english(word: str) -> str | None:
    """The phonemes of an English word, None when neither the word nor its stem is in the lexicons."""
    word = word.replace("’", "'")
    lower = word.lower()
    if lower in _FUNCTION_WORDS:
        return _FUNCTION_WORDS[lower]
    return _lexical(word) or _lexical(lower) or _lexical(lower.capitalize()) or _inflected(lower)


def _inflected(word: str) -> str | None:
    """A regular ending on a stem that the lexicons have: 's, -s, -es, -ed, -ing, -ly."""
    for ending, stems in (
        ("'s", (word[:-2],)), ("s'", (word[:-1],)), ("es", (word[:-1], word[:-2])), ("s", (word[:-1],)),
        ("ed", (word[:-1], word[:-2], word[:-3])), ("ing", (word[:-3], word[:-3] + "e", word[:-4])),
        ("ly", (word[:-2],)),
    ):  # fmt: skip
        if not word.endswith(ending):
            continue
        for stem in stems:
            said = _lexical(stem) if len(stem) > 1 else None
            if said:
                return said + _ending(said, ending)
    return None


def _ending(stem: str, ending: str) -> str:
    last = stem[-1]
    if ending == "ing":
        return "ɪŋ"
    if ending == "ly":
        return "li"
    if ending == "ed":
        return "ᵻd" if last in "td" else "t" if last in "pkfʧʃsθ" else "d"
    return "ᵻz" if last in "szʃʒʧʤ" else "s" if last in "ptkfθ" else "z"


def _lexical(word: str) -> str | None:
    return _lexicon().get(word)


@functools.cache
def _lexicon() -> dict[str, str]:
    """English words to phonemes, from both lexicons of misaki, the checked one first. Raises EngineError."""
    import importlib.resources
    import json

    words: dict[str, str] = {}
    try:
        folder = importlib.resources.files("misaki.data")
        for name in ("us_silver.json", "us_gold.json"):
            entries = json.loads(folder.joinpath(name).read_text("utf-8"))
            for word, said in entries.items():
                chosen = said if isinstance(said, str) else said["DEFAULT"]
                if chosen:
                    words[word] = chosen
    except (ImportError, OSError, ValueError, KeyError) as exc:
        raise EngineError("voice-lexicon-unreadable", cause=str(exc)) from exc
    return words


def _mandarin(hanzi: str) -> str:
    return str(_hanzi_to_phonemes().legacy_call(hanzi))


def _read_words(words: Any) -> None:
    """Load jieba's list of words; a cache of it that holds anything else is made anew."""
    words.initialize()
    if isinstance(words.FREQ, dict) and len(words.FREQ) >= LEAST_WORDS and isinstance(words.total, int):
        return
    (Path(words.tmp_dir) / WORDS_CACHE).unlink(missing_ok=True)
    words.initialized = False
    words.initialize()


@functools.cache
def _hanzi_to_phonemes() -> Any:
    """Load misaki's Mandarin part, with jieba quiet and its word cache in a folder of ours."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jieba's old string escapes, told whenever Python compiles it
            import jieba
        from misaki.zh import ZHG2P
    except ImportError as exc:
        raise EngineError("voice-module-missing", module=exc.name) from exc
    jieba.setLogLevel(logging.CRITICAL)  # a cache that cannot be written is told with a traceback
    jieba.dt.tmp_dir = str(cache_folder())
    _read_words(jieba.dt)
    return ZHG2P
