"""Fillers on both tracks against answers laid out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from voicecoach.features.hesitation import hesitations
from voicecoach.features.sound import SoundFeatures
from voicecoach.features.text.words import spoken_syllables
from voicecoach.metrics.fillers import Fillers, fillers
from voicecoach.model.audio import Span, Track
from voicecoach.model.transcript import Language, Provenance, Transcript, Word

NOBODY = Provenance(engine="none", version="0", model="none", model_sha256="")
SYLLABLE_S = 0.25
PAUSE_S = 0.4
HOP_S = 0.01
LONG = (
    "我马上去系统里查询物流，把结果告诉客户，并且跟进到底，直到问题真正解决为止，"
    "今天之内有一个答复，再回访一次，看看满意不满意。"
)


def spoken(text: str, language: Language = "zh") -> tuple[Transcript, SoundFeatures]:
    """Each character (zh) or word (en) lasts 0.25 s, each ``|`` is a pause of 0.4 s."""
    pieces = list(text) if language == "zh" else [f" {word}" for word in text.split()]
    words: list[Word] = []
    speech: list[Span] = []
    now_s = begun_s = 1.0
    for piece in pieces:
        if piece.strip() == "|":
            speech.append(Span(begun_s, now_s))
            now_s = begun_s = now_s + PAUSE_S
        elif piece.strip() in "，。！？,.":
            words[-1] = Word(words[-1].text + piece, words[-1].span, 1.0)
        else:
            words.append(Word(piece, Span(now_s, now_s + SYLLABLE_S), 1.0))
            now_s += SYLLABLE_S
    speech.append(Span(begun_s, now_s))
    return Transcript(tuple(words), language, NOBODY), sound(*speech)


def sound(*speech: Span) -> SoundFeatures:
    """Sounding spans; the pitch glides by 20 st/s, so that nothing is steady."""
    times_s = np.arange(round(90 / HOP_S)) * HOP_S
    glide = Track(100.0 * 2 ** ((times_s * 20.0 % 12) / 12), 0.0, HOP_S, "Hz")
    flat = Track(np.full(len(times_s), -20.0), 0.0, HOP_S, "dBFS")
    return SoundFeatures(90.0, speech, flat, flat, glide, flat, flat, -60.0)


def fillers_of(text: str, language: Language = "zh") -> Fillers:
    transcript, features = spoken(text, language)
    return fillers(transcript, features, spoken_syllables(transcript, language), language)


VOCALISED = [
    ("嗯，我觉得可以", ["嗯"]),
    ("我呃觉得可以", ["呃"]),
    ("嗯嗯，好的", ["嗯嗯"]),
    ("嗯，嗯，好的", ["嗯", "嗯"]),
    ("啊，我想想", ["啊"]),
    ("啊我想想", ["啊"]),
    ("没问题|啊我想想", ["啊"]),
    ("我想想啊行", []),
    ("额|我想想", ["额"]),
    ("好啊，没问题", []),
    ("是啊", []),
    ("退还金额", []),
    ("余额，不够", []),
    ("额度不够", []),
    ("饿，我想想", ["饿"]),
    ("恩|可以", ["恩"]),
    ("我饿了，想吃饭", []),
    ("感恩，谢谢您", []),
]


@pytest.mark.parametrize(("text", "expected"), VOCALISED)
def test_filled_pauses_in_the_transcript(text: str, expected: list[str]) -> None:
    assert [filler.text for filler in fillers_of(text).vocalised] == expected


LEXICAL = [
    ("那个订单我查一下", []),
    ("那个|我查一下", ["那个"]),
    ("那个那个订单", ["那个"]),
    ("那个，我觉得行", ["那个"]),
    ("我就那个我觉得行", ["那个"]),
    ("我选这个。", []),
    ("我选这个，然后下单", []),
    ("这个问题很好", []),
    ("请看这个", []),
    ("我的优势就是耐心", []),
    ("就是|我会先道歉", ["就是"]),
    ("就是就是先道歉", ["就是"]),
    ("就是那个订单", ["就是"]),
    ("这就是|规定", []),
    ("就是说我会道歉", ["就是说"]),
    ("也就是说我会道歉", []),
    ("然后我会道歉", []),
    ("首先道歉，然后查物流", []),
    ("然后|我会道歉", ["然后"]),
    ("然后道歉然后查询然后回复", ["然后"]),
    ("然后道歉" + "我会查询物流" * 12 + "然后查询然后回复", []),
    ("如果超期的话，不能退", []),
    ("我的话，比较耐心", ["的话"]),
    ("听客户的话，不生气", []),
    ("可以的话，给个好评", []),
    ("骂人的话", []),
]


@pytest.mark.parametrize(("text", "expected"), LEXICAL)
def test_words_that_fill(text: str, expected: list[str]) -> None:
    assert [filler.text for filler in fillers_of(text).lexical] == expected


ENGLISH = [
    ("um I would uh apologise", ["um", "uh"], []),
    ("I like helping people", [], []),
    ("I was like, very calm", [], ["like"]),
    ("you know, I listen", [], ["you know"]),
    ("do you know, sir", [], []),
    ("so I listen", [], []),
    ("so | I listen", [], ["so"]),
    ("I mean, I listen", [], ["i mean"]),
    ("I mean it", [], []),
    ("like like this", [], ["like"]),
    ("I think so", [], []),
]


@pytest.mark.parametrize(("text", "vocalised", "lexical"), ENGLISH)
def test_english_fillers(text: str, vocalised: list[str], lexical: list[str]) -> None:
    measured = fillers_of(text, "en")
    assert [filler.text for filler in measured.vocalised] == vocalised
    assert [filler.text for filler in measured.lexical] == lexical


def test_rates_evidence_and_syllables() -> None:
    measured = fillers_of("嗯，那个|" + LONG)
    vocalised, lexical = measured.measurements
    n_syllables = len(spoken_syllables("嗯，那个" + LONG, "zh"))
    answer_s = n_syllables * SYLLABLE_S + PAUSE_S
    assert vocalised.value is None
    assert vocalised.reason == "too_short"
    assert lexical.value == pytest.approx(100 / n_syllables)
    assert lexical.evidence == (Span(1.25, 1.75),)
    assert measured.syllables == {0, 1, 2}
    twice = fillers_of("嗯，" + LONG + LONG).measurements[0]
    assert twice.value == pytest.approx(60 / (SYLLABLE_S * (2 * n_syllables - 5)))
    assert twice.evidence == (Span(1.0, 1.25),)
    assert twice.provisional == "fillers_from_text"
    assert answer_s < 15.0


def test_no_filler_found_is_no_proof_of_none() -> None:
    vocalised, lexical = fillers_of(LONG + LONG).measurements
    assert vocalised.value == 0.0
    assert vocalised.provisional == "fillers_not_proven_absent"
    assert lexical.value == 0.0


def test_what_cannot_be_measured_says_why() -> None:
    transcript, features = spoken(LONG)
    empty = Transcript((), "zh", NOBODY)
    assert [m.reason for m in fillers(empty, features, (), "zh").measurements] == ["no_transcript"] * 2
    silent = fillers(transcript, sound(), spoken_syllables(transcript, "zh"), "zh")
    assert [m.reason for m in silent.measurements] == ["no_speech"] * 2
    short = fillers_of("嗯，好的").measurements
    assert [m.reason for m in short] == ["too_short", "too_few_words"]


def with_held_voice(held: Span, *speech: Span) -> SoundFeatures:
    """Twenty seconds in which the voice is held in ``held``."""
    features = sound(*(speech or (Span(1.0, 10.0), held, Span(13.0, 20.0))))
    return replace(features, duration_s=20.0, held=(held,))


def words(*placed: tuple[str, float, float]) -> tuple[Word, ...]:
    return tuple(Word(text, Span(start_s, end_s), 1.0) for text, start_s, end_s in placed)


def even(text: str, start_s: float, syllable_s: float = 0.2) -> tuple[Word, ...]:
    return words(*((c, start_s + i * syllable_s, start_s + (i + 1) * syllable_s) for i, c in enumerate(text)))


def heard(features: SoundFeatures, said: tuple[Word, ...], language: Language = "zh") -> list[Span]:
    transcript = Transcript(said, language, NOBODY)
    return list(hesitations(features, said, spoken_syllables(transcript, language)))


STRETCH = Span(11.0, 11.6)
AROUND = (*even("我马上去系统里查询物流", 7.0), *even("然后跟进到底直到解决", 13.0))


def test_a_held_voice_that_no_word_needs_is_a_filled_pause() -> None:
    assert heard(with_held_voice(STRETCH), AROUND) == [STRETCH]


def test_the_gate_may_have_passed_it_over() -> None:
    assert heard(with_held_voice(STRETCH, Span(1.0, 10.0), Span(13.0, 20.0)), AROUND) == [STRETCH]


def test_without_speech_nothing_is_heard() -> None:
    assert heard(replace(with_held_voice(STRETCH), speech=()), AROUND) == []


ANSWER = Span(11.0, 14.0)
"""A stretch of speech that begins with the held voice."""


def answer(said: tuple[Word, ...]) -> list[Span]:
    return heard(with_held_voice(STRETCH, Span(1.0, 10.0), ANSWER), (*AROUND[:11], *said))


def test_a_word_that_reaches_back_over_it_leaves_it_one() -> None:
    swallowed = (*words(("我", 11.05, 11.8)), *even("会先道歉再查询", 11.8))
    (found,) = answer(swallowed)
    assert found.start_s == ANSWER.start_s


def test_a_word_that_needs_the_time_makes_it_none() -> None:
    drawn_out = (*words(("我", 11.0, 11.6)), *even("会先道歉再查询", 11.6))
    tuple(replace(word, span=Span(word.span.start_s, word.span.start_s + 0.1)) for word in drawn_out[1:])
    assert heard(with_held_voice(STRETCH, Span(1.0, 10.0), STRETCH), (*AROUND[:11], drawn_out[0])) == []
    assert answer((*even("我会先道", 11.1, 0.18), *words(("歉", 13.8, 13.9)))) == []


@pytest.mark.parametrize("written", ["饿,", "恩", "额"])
def test_a_word_that_writes_the_sound_is_the_sound(written: str) -> None:
    features = with_held_voice(STRETCH, Span(1.0, 10.0), STRETCH, Span(13.0, 20.0))
    assert len(heard(features, (*AROUND[:11], *words((written, 11.1, 11.5)), *AROUND[11:]))) == 1
    assert heard(features, (*AROUND[:11], *words(("对", 11.1, 11.5)), *AROUND[11:])) == []


def test_a_final_particle_is_none() -> None:
    tail = Span(9.2, 10.0)
    said = (*even("好的我马上查一下", 7.6), *words(("啊", 9.2, 9.5)))
    assert heard(with_held_voice(tail, Span(1.0, 10.0)), said) == []


def test_inside_running_speech_only_a_long_one_counts() -> None:
    before, after = even("我马上去系统里查询", 3.0), even("然后跟进到底直到解决", 5.6)
    speech = Span(3.0, 8.0)
    assert len(heard(with_held_voice(Span(4.9, 5.5), speech), (*before, *after))) == 1
    assert heard(with_held_voice(Span(4.9, 5.2), speech), (*before, *after)) == []


@pytest.mark.parametrize(("language", "said"), [("en", (" I", " am", " sure")), ("zh", ("我", "会", "去"))])
def test_either_language(language: Language, said: tuple[str, ...]) -> None:
    after = words(*((text, 11.7 + 0.3 * i, 12.0 + 0.3 * i) for i, text in enumerate(said)))
    assert len(heard(with_held_voice(STRETCH, ANSWER), after, language)) == 1


def test_what_is_written_is_not_counted_again_where_it_is_heard() -> None:
    said = (*AROUND[:11], *words(("嗯", 11.0, 11.3)), *AROUND[11:])
    transcript = Transcript(said, "zh", NOBODY)
    found = fillers(transcript, with_held_voice(STRETCH), spoken_syllables(transcript, "zh"), "zh")
    assert [filler.by for filler in found.vocalised] == ["text"]


@pytest.mark.parametrize(
    ("first", "slope_st_per_s", "n"),
    [
        ("我", 0.0, 1),
        ("我", 15.0, 1),
        ("我", 60.0, 0),
        ("我", float("nan"), 0),
        ("二", 0.0, 0),
        ("2", 0.0, 0),
    ],
)
def test_what_the_recogniser_hears_at_an_onset_counts_where_the_sound_agrees(
    first: str, slope_st_per_s: float, n: int
) -> None:
    """Not a laugh that leaps, not a breath, and not the first syllable of 二零零三年."""
    transcript, features = spoken(f"没问题|{first}想想")
    features = replace(
        features,
        pitch=Track(120.0 * 2 ** (np.arange(9000) * HOP_S % 5.0 * slope_st_per_s / 12), 0.0, HOP_S, "Hz"),
    )
    onset_s = features.speech[1].start_s
    heard_there = Word("啊", Span(onset_s, onset_s + 0.2), 0.4)
    transcript = replace(transcript, hesitations=(heard_there,))
    found = fillers(transcript, features, spoken_syllables(transcript, "zh"), "zh").vocalised
    assert [(filler.by, filler.span) for filler in found] == [("sound", heard_there.span)] * n


def test_a_held_voice_is_reported_as_heard() -> None:
    features = with_held_voice(STRETCH)
    said = tuple(
        Word(piece, Span(start, start + 0.2), 1.0)
        for piece, start in zip(
            LONG.replace("，", "").replace("。", ""), np.arange(1.0, 9.8, 0.2).tolist(), strict=False
        )
    )
    tail = Word("谢谢", Span(13.0, 20.0), 1.0)
    transcript = Transcript((*said, tail), "zh", NOBODY)
    measured = fillers(transcript, features, spoken_syllables(transcript, "zh"), "zh")
    assert [filler.by for filler in measured.vocalised] == ["sound"]
    assert measured.measurements[0].value == pytest.approx(60 / 19.0)
    assert measured.measurements[0].provisional == ""
