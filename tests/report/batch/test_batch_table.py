"""The table of a batch's report and the figures of its groups."""

from __future__ import annotations

import re

import pytest
from assessments import answer, refused
from batch_documents import SPEAKERS, documents, failure, key_of, of
from batch_pages import data_of, report, scored, text_of
from pages import Outline

from voicecoach.metrics.comparison.statistics import wilson
from voicecoach.report.batch.rows import TEXT_MOST


def test_the_worst_stands_first_and_what_has_no_score_behind() -> None:
    fatal = scored(0.0, file="zero_fatal.wav", key=key_of(1))
    fatal["scores"].append(
        {"name": "fatal:rude", "points": 0, "out_of": 0, "verdict": "red", "explanation": ""}
    )
    lines = [
        failure(file="broken.wav"),
        {**of(refused(), file="refused.wav", key=key_of(5))},
        scored(80.0, file="good.wav", key=key_of(2)),
        scored(None, file="untotalled.wav", key=key_of(4)),
        scored(31.0, file="weak.wav", key=key_of(3)),
        scored(0.0, file="nought.wav", key=key_of(6)),
        fatal,
    ]
    rows = data_of(report(lines))["rows"]
    assert [row["file"].removesuffix(".wav") for row in rows] == [
        "zero_fatal", "nought", "weak", "good", "untotalled", "refused", "broken",
    ]  # fmt: skip
    assert rows[0]["fatal"] == ["不礼貌"]
    assert [row["state"] for row in rows[-2:]] == ["not_scored", "failed"]
    assert rows[-1]["reasons"] == [
        ["录音不能用", "broken.wav has no sound in it", "give a sound file", 0],
    ]


def test_points_and_verdicts_are_one_letter_each_in_their_columns() -> None:
    data = data_of(report([of(answer()), of(refused(), key=key_of(1))]))
    row, blocked = data["rows"]
    assert data["points"]["late_delivery"] == ["empathy", "listen", "analyze", "solve", "apology"]
    assert row["points"] == "mnccc"
    letters = dict(zip(data["metrics"], row["verdicts"], strict=True))
    assert (letters["longest_pause"], letters["snr"], letters["silent_pauses"]) == ("a", "g", "-")
    assert set(blocked["points"]) == {"-"}


def test_groups_say_n_mean_and_hit_rate() -> None:
    half = [scored(40.0, key=key_of(1)), scored(60.0, key=key_of(2)), failure(speaker="王芳")]
    text = text_of(report(half))
    low, high = wilson(6, 10)
    assert f"王芳 2 / 3 50.0 60% ({low:.0%}–{high:.0%})" in text
    low, high = wilson(0, 2)
    assert f"倾听诉求 2 0% 0% ({low:.0%}–{high:.0%}) 0 2" in text


def test_what_was_refused_is_no_miss_of_anyone() -> None:
    clipped = {**scored(None, key=key_of(1)), "refusals": of(refused())["refusals"]}
    files = report([scored(40.0, key=key_of(2)), clipped])
    low, high = wilson(3, 5)
    assert f"王芳 1 / 2 40.0 60% ({low:.0%}–{high:.0%})" in text_of(files)
    assert [row["low"] for row in data_of(files)["rows"]] == [0.583, None]


def test_failures_of_one_kind_are_counted_together_without_their_names() -> None:
    lines = [failure(file=f"{index}.wav") for index in range(7)]
    assert "失败 录音不能用 7 … has no sound in it 办法：give a sound file" in text_of(report(lines))


def test_bands_of_two_profiles_are_two_pictures() -> None:
    other = of(answer(), key=key_of(1))
    other["profile"] = "broadcast"
    other["measurements"]["speech_rate"]["band"]["green"] = [180, 300]
    other["measurements"]["speech_rate"]["band"]["amber"] = [150, 320]
    text = text_of(report([of(answer()), other]))
    assert "语速 · interview" in text
    assert "语速 · broadcast" in text
    assert "停顿频率 · " not in text


def test_only_the_beginning_of_a_text_can_be_searched() -> None:
    long = of(answer(repeats=60))
    row = data_of(report([long]))["rows"][0]
    assert len(row["text"]) == TEXT_MOST < len(long["transcript"]["text"])


@pytest.mark.parametrize("ui", ["zh", "en"])
def test_a_report_of_nothing_and_of_failures_only_are_pages_too(ui: str) -> None:
    for lines in ([], [failure()], [of(refused())], [scored(None)]):
        files = report(lines, ui=ui)
        outline = Outline()
        outline.feed(files["report.html"])
        assert outline.open == []
        assert len(data_of(files)["rows"]) == len(lines)


def test_english_speaks_english() -> None:
    plain = report(documents(40), ui="en")
    text = text_of(plain)
    assert "Recordings, worst first" in text
    assert "Calm the customer" in text
    chinese = set(re.findall("[\u4e00-\u9fff]+", text))
    assert chinese - {"字"} == {speaker for speaker in SPEAKERS if speaker}


def test_marks_belong_to_the_recordings_however_they_were_judged() -> None:
    first, second = of(answer()), of(answer(), file="b.wav", key=key_of(1))
    data = data_of(report([first, second]))
    again = data_of(report([{**second, "total": 1.0}, first]))
    assert data["batch"] == again["batch"] != data_of(report([first]))["batch"]
    assert [point for point, _ in data["pointLabels"]["late_delivery"]] == data["points"]["late_delivery"]
    assert data["pointLabels"]["late_delivery"][0][1] == "安抚情绪"


def test_own_columns_stand_in_the_rows_with_their_headings_as_text() -> None:
    lines = [
        of(answer(), carried={"team": "A", "<img src=x>&amp;": "1"}),
        failure(file="坏.wav", carried={"工单号": "007", "team": ""}),
    ]
    files = report(lines)
    data = data_of(files)
    assert data["own"] == ["team", "<img src=x>&amp;", "工单号"]
    assert [row["own"] for row in data["rows"]] == [["A", "1", ""], ["", "", "007"]]
    outline = Outline()
    outline.feed(files["report.html"])
    assert sum((attributes.get("data-sort") or "").startswith("own-") for _, attributes in outline.tags) == 3
    assert "<img" not in files["report.html"]
    assert "<img src=x>&amp;" in text_of(files)


def test_the_table_shows_the_first_own_columns_only() -> None:
    carried = {f"c{number}": "x" for number in range(30)}
    page = report([of(answer(), carried=carried)])["report.html"]
    assert page.count('data-sort="own-') == 6
    assert data_of({"report.html": page})["rows"][0]["own"] == ["x"] * 30


def test_groups_are_told_by_own_columns_of_a_few_values() -> None:
    lines = [
        scored(float(10 * index), key=key_of(index), carried={"team": "AB"[index % 2], "order": str(index)})
        for index in range(60)
    ]
    text = text_of(report(lines))
    assert "按team" in text
    assert "按order" not in text
    assert re.search(r"A\s*30 / 30\s*290\.0", text)


def test_a_column_of_one_value_groups_nothing() -> None:
    lines = [scored(50.0, key=key_of(index), carried={"team": "A"}) for index in range(3)]
    assert "按team" not in text_of(report(lines))
