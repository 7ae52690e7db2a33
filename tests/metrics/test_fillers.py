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
    ("额|我想想", ["额"]),
    ("好啊，没问题", []),
    ("是啊", []),
    ("退还金额", []),
    ("余额，不够", []),
    ("额度不够", []),
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


def with_steady_voice(
    stretch: Span, *, slope_st_per_s: float = 0.0, level_swing_db: float = 0.0, spectrum_swing_db: float = 0.0
) -> SoundFeatures:
    """Twenty seconds: words 1-10 s, then a pause, ``stretch`` of voice, a pause, words 13-20 s."""
    features = sound(Span(1.0, 10.0), stretch, Span(13.0, 20.0))
    inside = (features.pitch.times_s >= stretch.start_s) & (features.pitch.times_s < stretch.end_s)
    since_s = features.pitch.times_s[inside] - stretch.start_s
    pitch, level, hf500 = (track.values.copy() for track in (features.pitch, features.level, features.hf500))
    pitch[:] = np.nan
    pitch[inside] = 120.0 * 2 ** (slope_st_per_s * since_s / 12)
    level[inside] += level_swing_db * np.sign(np.sin(since_s * 40.0))
    hf500[inside] += spectrum_swing_db * np.sign(np.sin(since_s * 40.0))
    return SoundFeatures(
        20.0, features.speech, features.speech_probability, Track(level, 0.0, HOP_S, "dBFS"),
        Track(pitch, 0.0, HOP_S, "Hz"), Track(hf500, 0.0, HOP_S, "dB"), features.hf1000, -60.0,
    )  # fmt: skip


WORDS = (Word("前", Span(1.0, 10.0), 1.0), Word("后", Span(13.0, 20.0), 1.0))
STRETCH = Span(11.0, 11.6)


def test_steady_voice_without_a_word_is_a_filled_pause() -> None:
    (heard,) = hesitations(with_steady_voice(STRETCH), WORDS)
    assert heard.start_s == pytest.approx(11.0, abs=HOP_S)
    assert heard.end_s == pytest.approx(11.6, abs=2 * HOP_S)


UNSTEADY = [
    with_steady_voice(STRETCH, slope_st_per_s=6.0),
    with_steady_voice(STRETCH, level_swing_db=6.0),
    with_steady_voice(STRETCH, spectrum_swing_db=6.0),
    with_steady_voice(Span(11.0, 11.2)),
]


@pytest.mark.parametrize("features", UNSTEADY, ids=["gliding", "flickering", "changing", "short"])
def test_moving_or_short_sound_is_none(features: SoundFeatures) -> None:
    assert hesitations(features, WORDS) == ()


def test_a_word_covers_it() -> None:
    covered = (*WORDS, Word("嗯", Span(11.0, 11.5), 1.0))
    assert hesitations(with_steady_voice(STRETCH), covered) == ()


def test_voice_amid_uncovered_speech_is_none() -> None:
    features = with_steady_voice(STRETCH)
    joined = SoundFeatures(
        20.0, (Span(1.0, 20.0),), features.speech_probability, features.level, features.pitch,
        features.hf500, features.hf1000, -60.0,
    )  # fmt: skip
    assert hesitations(joined, WORDS) == ()


def test_a_stretch_with_too_little_pitch_is_not_judged() -> None:
    features = with_steady_voice(STRETCH)
    sparse = np.full(len(features.pitch.values), np.nan)
    sparse[[1100, 1106, 1112, 1118, 1124, 1126]] = 120.0
    pitch = Track(sparse, 0.0, HOP_S, "Hz")
    thin = replace(features, pitch=pitch)
    assert hesitations(thin, WORDS) == ()


def test_steady_voice_is_reported_as_heard() -> None:
    features = with_steady_voice(STRETCH)
    words = tuple(
        Word(piece, Span(start, start + 0.2), 1.0)
        for piece, start in zip(
            LONG.replace("，", "").replace("。", ""), np.arange(1.0, 9.8, 0.2).tolist(), strict=False
        )
    )
    tail = Word("谢谢", Span(13.0, 20.0), 1.0)
    transcript = Transcript((*words, tail), "zh", NOBODY)
    measured = fillers(transcript, features, spoken_syllables(transcript, "zh"), "zh")
    assert [filler.by for filler in measured.vocalised] == ["sound"]
    assert measured.measurements[0].value == pytest.approx(60 / 19.0)
    assert measured.measurements[0].provisional == ""
