"""Transcripts of other programs: what can be mended is, and is told; what would be made up is refused."""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.app.batch.given import FILE_MOST, mended, read_given
from voicecoach.app.score.refusals import of_given
from voicecoach.documents.given import GivenWord
from voicecoach.errors import InputError
from voicecoach.model.audio import Span
from voicecoach.model.transcript import Word

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.app.batch.given import Given

TIMES = st.none() | st.floats(0.0, 50.0)


def read(folder: Path, document: object, name: str = "a.json") -> Given:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return read_given(path)


def plain(words: Given) -> list[tuple[str, float, float]]:
    return [(word.text, round(word.span.start_s, 3), round(word.span.end_s, 3)) for word in words.words]


def words(**keys: str) -> list[dict[str, Any]]:
    """Two words under the keys that a program has for text, start, end and sureness."""
    said = (("您", 0.0, 0.5, 0.5), ("好", 0.5, 1.0, 0.9))
    return [dict(zip(keys.values(), word, strict=True)) for word in said]


OURS = words(text="text", start="start_s", end="end_s", sure="confidence")
WHISPER = words(text="word", start="start", end="end", sure="probability")
WHISPERX = words(text="word", start="start", end="end", sure="score")
TIMESTAMPED = words(text="text", start="start", end="end", sure="confidence")
LISTS = [[0.0, 0.5, "您", 0.5], [0.5, 1.0, "好", 0.9]]
SEGMENT = {"id": 0, "start": 0.0, "end": 1.0, "text": "您好", "tokens": [1, 2]}


@pytest.mark.parametrize(
    "document",
    [
        {"words": OURS},
        {"schema": "voicecoach.assessment/2", "transcript": {"text": "您好", "words": OURS}},
        {"text": "您好", "segments": [{**SEGMENT, "words": WHISPER}], "language": "zh"},
        {"task": "transcribe", "text": "您好", "words": WHISPER, "segments": [SEGMENT]},
        [{**SEGMENT, "words": WHISPER}],
        [[0, 0, 0.0, 1.0, "您好", [1, 2], -0.1, 1.0, 0.0, LISTS, 0.0]],
        {"segments": [{**SEGMENT, "words": WHISPERX}], "word_segments": WHISPERX, "language": "zh"},
        {"word_segments": WHISPERX},
        {"segments": [{**SEGMENT, "words": TIMESTAMPED}]},
        {"result": words(text="word", start="start", end="end", sure="conf"), "text": "您好"},
        WHISPER,
        LISTS,
    ],
)
def test_every_recognisers_words_are_read(tmp_path: Path, document: object) -> None:
    given_words = read(tmp_path, document)
    assert given_words.words == (Word("您", Span(0.0, 0.5), 0.5), Word("好", Span(0.5, 1.0), 0.9))
    assert given_words.mended == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1\n00:00:00,000 --> 00:00:00,500\n您\n\n2\n00:00:00,500 --> 00:00:01,000\n好\n", "a.srt"),
        ("WEBVTT\n\n00:00.000 --> 00:00.500\n您\n\n00:00.500 --> 00:01.000\n<c>好</c>", "a.vtt"),
        ("WEBVTT\n\n0:00:00.000 --> 0:00:01.000 align:start\n您<00:00:00.500><c>好</c>\n", "a.vtt"),
        ("start\tend\ttext\n0\t500\t您\n500\t1000\t好\n", "a.tsv"),
    ],
)
def test_subtitles_of_single_words_are_read(tmp_path: Path, text: str, name: str) -> None:
    assert plain(read(tmp_path, text, name)) == [("您", 0.0, 0.5), ("好", 0.5, 1.0)]


@pytest.mark.parametrize(
    "document",
    [
        {"segments": [SEGMENT], "text": "您好"},
        [{**SEGMENT, "words": None}],
        "1\n00:00:00,000 --> 00:00:05,000\n您好，请讲\n",
        "start\tend\ttext\n0\t5000\tyes of course\n",
    ],
)
def test_times_of_whole_lines_are_named(tmp_path: Path, document: object) -> None:
    with pytest.raises(InputError, match="has times of whole lines only") as told:
        read(tmp_path, document)
    assert "word_timestamps=True" in told.value.remedy("zh")


def test_numerals_that_whisperx_cannot_align_stand_between_their_neighbours(tmp_path: Path) -> None:
    said = [
        {"word": "订单", "start": 1.0, "end": 1.4, "score": 0.8},
        {"word": "20"},
        {"word": "24", "start": float("nan"), "end": float("nan")},
        *(
            {"word": text, "start": at, "end": at + 0.2}
            for text, at in (("到", 2.4), ("了", 2.6), ("吗", 2.8))
        ),
        *({"word": text, "start": at, "end": at + 0.2} for text, at in (("还", 4.0), ("没", 4.2))),
        {"word": "6"},
    ]
    segments = [{"start": 1.0, "end": 3.0, "words": said[:6]}, {"start": 4.0, "end": 5.0, "words": said[6:]}]
    given_words = read(tmp_path, {"segments": segments})
    assert plain(given_words)[:4] == [
        ("订单", 1.0, 1.4),
        ("20", 1.4, 1.9),
        ("24", 1.9, 2.4),
        ("到", 2.4, 2.6),
    ]
    assert plain(given_words)[-1] == ("6", 4.4, 5.0)
    assert given_words.mended == {"filled": 3}
    (remark,) = of_given(given_words.mended)
    assert (remark.code, remark.blocks_score) == ("given_words_mended", False)
    assert remark.reason["zh"] == "给的文字修补过：3 个词没有时间，放在前后词之间"
    assert (
        remark.reason["en"] == "the given words were mended: 3 without times stand between their neighbours"
    )


def test_words_of_a_segment_that_could_not_be_aligned_are_not_lost(tmp_path: Path) -> None:
    aligned = [{"word": sign, "start": n / 4, "end": n / 4 + 0.2} for n, sign in enumerate("您好这里是客服")]
    segments = [
        {"start": 0.0, "end": 2.0, "text": "您好这里是客服", "words": aligned},
        {"start": 3.0, "end": 4.0, "text": "您说", "words": []},
    ]
    given_words = read(tmp_path, {"segments": segments})
    assert [text for text, _, _ in plain(given_words)] == list("您好这里是客服您说")
    assert given_words.mended == {"filled": 2}


def test_words_out_of_order_and_words_that_reach_over_are_mended_and_told(tmp_path: Path) -> None:
    said = [("三", 2.0, 3.0), ("一", 0.0, 1.5), ("二", 1.0, 2.05), ("四", 2.95, 4.0)]
    given_words = read(tmp_path, [{"word": text, "start": start, "end": end} for text, start, end in said])
    assert plain(given_words) == [("一", 0.0, 1.0), ("二", 1.0, 2.05), ("三", 2.0, 3.0), ("四", 2.95, 4.0)]
    assert given_words.mended == {"sorted": 2, "cut": 1}


def test_words_of_several_speakers_are_told(tmp_path: Path) -> None:
    said = [{**word, "speaker": f"SPEAKER_0{n}"} for n, word in enumerate(WHISPERX)]
    (remark,) = of_given(read(tmp_path, {"word_segments": said}).mended)
    assert (remark.code, remark.blocks_score) == ("given_words_of_several", False)
    assert read(tmp_path, {"word_segments": [{**word, "speaker": "A"} for word in WHISPERX]}).mended == {}


@pytest.mark.parametrize(
    ("texts", "whole"),
    [
        (["Yes,", "sir.", "我", "OK", "了"], "Yes, sir.我OK了"),
        ([" Yes,", " sir."], "Yes, sir."),
        (["it", "is", "2", "0"], "it is 2 0"),
        (["订", "单", "号", "是", "2", "0", "到"], "订单号是20到"),
        (["", " ", "好"], "好"),
    ],
)
def test_english_words_without_blanks_are_parted(tmp_path: Path, texts: list[str], whole: str) -> None:
    said = [{"word": text, "start": n, "end": n + 1} for n, text in enumerate(texts)]
    assert "".join(word.text for word in read(tmp_path, said).words).strip() == whole


def test_half_characters_are_shown_as_such_and_told(tmp_path: Path) -> None:
    said = [{"word": "您\ud800", "start": 0, "end": 1}, {"word": "a\x00", "start": 1, "end": 2}]
    given_words = read(tmp_path, said)
    assert [word.text for word in given_words.words] == ["您\ufffd", "a\ufffd"]
    assert given_words.mended == {"garbled": 2}
    assert [remark.code for remark in of_given(given_words.mended)] == ["given_words_mended"]


def test_no_words_are_no_words(tmp_path: Path) -> None:
    assert read(tmp_path, {"words": []}).words == ()
    assert read(tmp_path, {"segments": [], "word_segments": []}).words == ()


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("您好", "has no words with times"),
        ("", "has no words with times"),
        ("{}", "has no words with times"),
        ("null", "has no words with times"),
        ('{"words": [{"text": "您好"}]}', "has no words with times"),
        ('{"words": ["您好"]}', "has no words with times"),
        ('{"words": [[0, "您好"]]}', "has no words with times"),
        ('{"words": [{"text": 5, "start_s": 0, "end_s": 1}]}', "has no words with times"),
        ('{"words": {"text": "好"}}', "has no words with times"),
        ('{"words": [{"text": "好", "start": ' + "9" * 5000 + ', "end": 1}]}', "has no words with times"),
        ('[{"text": "您好"}]', "has no words with times"),
        ('{"words": [{"text": "您好", "start_s": 2, "end_s": 1}]}', "word 1 “您好” ends before it starts"),
        ('{"words": [{"text": "您好", "start_s": -3, "end_s": 1}]}', "word 1 “您好” stands at -3 s to 1 s"),
        ('{"words": [{"text": "您好", "start_s": 0, "end_s": 1e300}]}', "stands at 0 s to 1e.300 s"),
        ('{"words": [{"text": "好", "start": 0, "end": true}]}', "has no words with times"),
        (
            json.dumps([{"text": "您好", "start": 12.1, "end": 12.2}] * 2000),
            "4000 signs between 10 s and 20 s",
        ),
        (json.dumps([{"text": "您" * 4000, "start": 0.1, "end": 0.2}]), "4000 signs between 0 s and 10 s"),
        ("[" * 100_000, "nested too deep"),
        ('{"words": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deep"),
    ],
)
def test_what_cannot_be_mended_is_named(tmp_path: Path, document: str, told: str) -> None:
    with pytest.raises(InputError, match=told) as raised:
        read(tmp_path, document)
    assert len(raised.value.message) < 200


def test_too_many_words_without_times_are_named(tmp_path: Path) -> None:
    said: list[dict[str, Any]] = [*WHISPER, *[{"word": "1"}] * 3]
    with pytest.raises(InputError, match="3 of 5 words have no times"):
        read(tmp_path, said)


def test_a_little_before_the_beginning_is_the_beginning(tmp_path: Path) -> None:
    said = [{"word": "好", "start": -0.2, "end": 0.5}, {"word": "的", "start": 1.0, "end": 0.97}]
    assert plain(read(tmp_path, said)) == [("好", 0.0, 0.5), ("的", 1.0, 1.0)]


def test_files_that_are_none_are_refused_before_they_are_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_given(tmp_path / "none.json")
    with pytest.raises(InputError, match="is no ordinary file"):
        read_given(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="is no ordinary file"):
        read_given(tmp_path / "pipe")
    with (tmp_path / "big.json").open("wb") as file:
        file.truncate(FILE_MOST + 1)
    with pytest.raises(InputError, match="more than 32 MB"):
        read_given(tmp_path / "big.json")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_every_encoding_of_an_editor_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(json.dumps({"words": OURS}, ensure_ascii=False).encode(encoding))
    assert [word.text for word in read_given(path).words] == ["您", "好"]


@given(st.lists(st.builds(GivenWord, st.text(max_size=3), TIMES, TIMES), max_size=12))
def test_whatever_comes_is_in_order_and_whole_or_refused(said: list[GivenWord]) -> None:
    try:
        given_words = mended(said, name="a.json")
    except InputError:
        return
    starts = [word.span.start_s for word in given_words.words]
    assert starts == sorted(starts)
    assert len(given_words.words) == sum(bool(word.text.strip()) for word in said)
    "".join(word.text for word in given_words.words).encode()


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=4),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["words", "segments", "text", "word", "start", "end", "transcript", "tokens"]
                ),
                inner,
                max_size=4,
            )
        ),
    )
)
def test_no_document_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, document: object) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps(document), "utf-8")
    with contextlib.suppress(InputError):
        assert all(word.text.strip() for word in read_given(path).words)


def test_a_refusal_quotes_no_number_that_was_said(tmp_path: Path) -> None:
    document = {"words": [{"text": "13812340567", "start_s": 5.0, "end_s": 1.0, "confidence": 1.0}]}
    with pytest.raises(InputError, match="［手机号］") as told:
        read(tmp_path, document)
    assert "13812340567" not in str(told.value)


def test_a_long_word_or_a_long_talk_is_not_taken_for_one_that_nobody_can_say(tmp_path: Path) -> None:
    assert len(read(tmp_path, [{"text": "您" * 6000, "start": 0.0, "end": 1500.0}]).words) == 1
    talk = [{"text": "您好", "start": number / 4, "end": number / 4 + 0.2} for number in range(20_000)]
    assert len(read(tmp_path, talk).words) == len(talk)
