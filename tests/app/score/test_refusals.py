"""Refusals: each when it is due, in the very words that documents have stored, in every language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from voicecoach.app.score.refusals import find_refusals, refusal
from voicecoach.audio.decode import Recording
from voicecoach.audio.frames import Faults
from voicecoach.features.sound import SoundFeatures
from voicecoach.model.assessment import Measurement, Refusal
from voicecoach.model.audio import Interruption, Span, Track, Waveform
from voicecoach.model.transcript import Provenance, Transcript, Word
from voicecoach.words.catalogue import languages

if TYPE_CHECKING:
    from voicecoach.model.transcript import Language

TRACK = Track(np.zeros(4), 0.0, 1.0, "1")
SOUND = SoundFeatures(4.0, (Span(0.0, 4.0),), TRACK, TRACK, TRACK, TRACK, TRACK, -60.0)
RECORDING = Recording(
    Waveform(np.zeros(4, dtype=np.float32), 16_000), "", 16_000, 2, 0, 0.0, (), two_party=False
)
WORD = Word("您好", Span(0.0, 1.0), 0.9)
TEXT = Transcript((WORD,), "zh", Provenance("", "", "", ""))
QUIET = {"clipping": 0.0, "snr": 30.0}


def refusals(
    sound: SoundFeatures = SOUND,
    text: Transcript = TEXT,
    recording: Recording = RECORDING,
    **figures: float,
) -> tuple[Refusal, ...]:
    """What is refused, the figures of a clean recording but for those that are given."""
    values = {name: Measurement(name, value, "1", "as given") for name, value in (QUIET | figures).items()}
    return find_refusals(recording, sound, text, values)


def said(text: str, language: Language = "zh") -> Transcript:
    return replace(TEXT, words=(Word(text, Span(0.0, 4.0), 0.9),), language=language)


def test_a_clean_answer_is_refused_nothing() -> None:
    assert refusals() == ()


def test_what_is_not_the_speakers_is_said_with_its_length_and_blocks_nothing() -> None:
    others = (
        Interruption(Span(0.5, 1.0), "loss"),
        Interruption(Span(1.0, 2.5), "music"),
        Interruption(Span(3.0, 3.3), "tone"),
        Interruption(Span(3.4, 3.5), "loss"),
        Interruption(Span(3.5, 3.9), "gap"),
    )
    said = refusals(replace(SOUND, interruptions=others))
    assert [(each.code, each.blocks_score) for each in said] == [
        ("interrupted_music", False), ("interrupted_tone", False), ("interrupted_loss", False),
        ("interrupted_gap", False),
    ]  # fmt: skip
    for each, length_s in zip(said, ("1.5", "0.3", "0.6", "0.4"), strict=True):
        assert all(length_s in each.reason[ui] for ui in languages())
    assert "等待音乐" in said[0].reason["zh"]


def test_what_is_amiss_with_the_file_is_said_with_speech_and_without() -> None:
    damaged = replace(
        RECORDING, faults=Faults(damaged=[Span(1.2, 1.5), Span(2.0, 2.0)], leaps=[(1.0, 7200.0)])
    )
    said = refusals(recording=damaged)
    assert [(each.code, each.blocks_score) for each in said] == [
        ("damaged_file", False), ("clock_leaps", False),
    ]  # fmt: skip
    assert said[0].reason["zh"] == "文件有 2 处损坏，第一处在 1.2 秒，共 0.3 秒读不出来"
    assert "leap by 120 min at 1.0 s" in said[1].reason["en"]
    silent = refusals(replace(SOUND, speech=()), recording=damaged)
    assert [each.code for each in silent] == ["no_speech", "damaged_file", "clock_leaps"]


def test_a_cut_file_is_told_with_both_lengths_and_refused_when_next_to_nothing_is_left() -> None:
    long = replace(RECORDING, waveform=Waveform(np.zeros(31 * 16_000, dtype=np.float32), 16_000))
    (half,) = refusals(recording=replace(long, faults=Faults(told_s=62.0, is_torn=True)))
    assert (half.code, half.blocks_score) == ("cut_file", False)
    assert "62.0" in half.reason["zh"]
    assert "31.0" in half.reason["zh"]
    (rest,) = refusals(recording=replace(long, faults=Faults(told_s=620.0)))
    assert (rest.code, rest.blocks_score) == ("cut_file", True)
    assert refusals(recording=replace(long, faults=Faults(told_s=31.2))) == ()
    (torn,) = refusals(recording=replace(long, faults=Faults(is_torn=True)))
    assert (torn.code, torn.blocks_score) == ("torn_file", False)


def test_joined_files_and_wild_samples_are_told() -> None:
    broken = replace(RECORDING, faults=Faults(unread=True, behind_s=5.0, n_wild=1, contradicts=True))
    (joined, longer, patched, wild) = refusals(recording=broken)
    assert [each.code for each in (joined, longer, patched, wild)] == [
        "joined_file", "longer_file", "header_contradicts", "wild_samples",
    ]  # fmt: skip
    assert "one sample was far beyond" in wild.reason["en"]
    assert not any(each.blocks_score for each in (joined, longer, wild))


@pytest.mark.parametrize(
    "text",
    [
        replace(TEXT, heard_language=("zh", 0.36)),
        replace(TEXT, heard_language=("en", 0.59)),
        replace(said("I would say sorry first", "en"), heard_language=("zh", 0.94)),
        said("您打开iPhone上的JD APP，点VIP专区，再看一下PLUS会员的offer和coupon"),
        said("OK bye bye"),
    ],
)
def test_doubt_accents_and_brand_names_are_no_wrong_language(text: Transcript) -> None:
    assert refusals(text=text) == ()


@pytest.mark.parametrize(
    ("met", "code", "zh", "en", "blocks"),
    [
        (
            refusals(replace(SOUND, speech=())),
            "no_speech",
            "录音里没有听到说话声",
            "no speech was found in the recording",
            True,
        ),
        (
            refusals(replace(SOUND, speech=(Span(0.0, 1.25),))),
            "too_short",
            "只听到 1.2 秒说话声，至少要 2 秒",
            "1.2 s of speech were heard; at least 2 s are needed",
            True,
        ),
        (
            refusals(clipping=0.0213),
            "clipped",
            "2.1% 的采样爆音，超过 1%",
            "2.1% of the samples are clipped; at most 1% may be",
            True,
        ),
        (
            refusals(snr=3.4),
            "noisy",
            "信噪比只有 3 dB，低于 5 dB",
            "speech is 3 dB above the noise; at least 5 dB are needed",
            True,
        ),
        (
            refusals(recording=replace(RECORDING, dead_channels=(1, 2))),
            "dead_channel",
            "第 1, 2 声道没有声音，已用另一声道",
            "channel 1, 2 is dead; the other one was used",
            False,
        ),
        (
            refusals(text=replace(TEXT, heard_language=("en", 0.93))),
            "wrong_language",
            "听起来是英语，不是中文（把握 93%）",
            "this sounds like English, not Mandarin (93% sure)",
            True,
        ),
        (
            refusals(text=replace(TEXT, heard_language=("yue", 0.93))),
            "wrong_language",
            "听起来是粤语，不是中文（把握 93%）",
            "this sounds like Cantonese, not Mandarin (93% sure)",
            True,
        ),
        (
            refusals(text=replace(TEXT, heard_language=("haw", 0.93))),
            "wrong_language",
            "听起来是haw，不是中文（把握 93%）",
            "this sounds like haw, not Mandarin (93% sure)",
            True,
        ),
        (
            refusals(text=said("first I would calm the customer down")),
            "wrong_language",
            "识别出的文字有 100% 不是用中文写的",
            "100% of the recognised text is not written in Mandarin",
            True,
        ),
        (
            refusals(text=said("我先安抚客户的情绪", "en")),
            "wrong_language",
            "识别出的文字有 100% 不是用英语写的",
            "100% of the recognised text is not written in English",
            True,
        ),
        (
            refusals(text=said("我而家即刻帮佢睇下张单去咗边度")),
            "wrong_language",
            "识别出的文字是粤语写法（嘅、佢、喺……），目前不能评粤语",
            "the recognised text is written Cantonese (嘅, 佢, 喺 …), which cannot be scored",
            True,
        ),
        (
            refusals(text=replace(TEXT, dropped=(Word(" {字幕} ", Span(1.0, 2.0), 0.1),))),
            "invented_text",
            "识别出的“{字幕}”在声音里没有依据，已丢弃",
            "the recognised text “{字幕}” has no support in the sound and was dropped",
            False,
        ),
        (
            refusals(text=replace(TEXT, unheard=(Span(2.0, 3.0),))),
            "speech_without_text",
            "有 1.0 秒说话声（25%）没有识别出文字",
            "1.0 s of speech (25%) got no text",
            False,
        ),
        (
            refusals(text=replace(TEXT, words=())),
            "speech_without_text",
            "有 4.0 秒说话声（100%）没有识别出文字",
            "4.0 s of speech (100%) got no text",
            True,
        ),
    ],
)
def test_each_refusal_is_told_as_documents_have_stored_it(
    met: tuple[Refusal, ...], code: str, zh: str, en: str, blocks: object
) -> None:
    (remark,) = met
    assert (remark.code, remark.reason["zh"], remark.reason["en"]) == (code, zh, en)
    assert tuple(remark.reason) == tuple(remark.remedy) == languages()
    assert all(remark.remedy.values())
    assert remark.blocks_score is blocks


def test_a_refusal_without_words_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError, match="refusal-nobody-knows"):
        refusal("nobody_knows")
