"""The report of a batch as text: its order, its figures, safe whatever a result holds, the sound it names."""

from __future__ import annotations

import base64
import copy
import hashlib
import io
import json
import math
import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from assessments import RATE_HZ, answer, profile, refused, sound
from batch_documents import SPEAKERS, documents, failure, key_of, of, prompts
from hypothesis import given
from hypothesis import strategies as st
from test_html_report import EVIL, Outline, write_wav

from voicecoach.adapters.batch.report_files import ReportFiles
from voicecoach.app.batch.masked import Masking
from voicecoach.metrics.statistics import wilson
from voicecoach.model.assessment import Band
from voicecoach.model.audio import Span, Waveform
from voicecoach.report.batch.html import PAGES, BatchSound, page_name, write_batch_report
from voicecoach.report.batch.rows import TEXT_MOST
from voicecoach.report.batch.sound import reference
from voicecoach.report.batch.statistics import histogram

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHARE_TOLERANCE = 1e-12
"""Of an interval against scipy's."""
EDGE_TOLERANCE = 1e-9
"""Of shares of a picture's width."""
CODEC_QUIET = 0.003
"""Amplitude (full scale 1) that MP3 leaves in digital silence."""

Json = dict[str, Any]


def report(lines: Iterable[Mapping[str, Any]], *, ui: str = "zh", **heard: Any) -> dict[str, str]:
    """All files of a report as text, by name."""
    files: dict[str, str] = {}
    write_batch_report(
        Path("/nowhere/out"),
        lines,
        write=lambda name, data: files.update({name: data.decode()}),
        sound=BatchSound(**{"choice": "none", **heard}),
        prompts=prompts(),
        profiles={"interview": profile()},
        ui=ui,
    )
    return files


def data_of(files: Mapping[str, str]) -> Json:
    found = re.search(
        r'<script type="application/json" id="data">(.*?)</script>', files["report.html"], re.DOTALL
    )
    assert found
    data: Json = json.loads(found[1])
    data["rows"] = [dict(zip(data["fields"], row, strict=True)) for row in data["rows"]]
    return data


def page_of(files: Mapping[str, str], key: str) -> Json:
    call, _, rest = files[f"pages/{key}.js"].partition("(")
    assert (call, rest[-3:]) == ("voicecoachPage", ");\n")
    named, page = json.loads(f"[{rest[:-3]}]")
    assert named == key
    found: Json = page
    return found


def text_of(files: Mapping[str, str]) -> str:
    body = re.sub(r"<(script|style)\b.*?</\1>", "", files["report.html"], flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


def scored(total: float | None, **batch: Any) -> Json:
    return {**of(answer(), **batch), "total": total}


# -- figures ---------------------------------------------------------------------------------------------


BANDS = st.sampled_from(
    [
        None,
        Band((160, 240), (130, 280), ""),
        Band((None, 3), (None, 5), ""),
        Band((0.65, None), (0.5, None), ""),
    ]
)


@given(
    values=st.lists(st.floats(-500, 500) | st.integers(-30, 30).map(float), min_size=1, max_size=60),
    band=BANDS,
)
def test_a_histogram_holds_every_value_once(values: list[float], band: Band | None) -> None:
    drawn = histogram(values, band)
    assert sum(bar.n for bar in drawn.bars) == len(values)
    assert max(bar.height for bar in drawn.bars) == 1.0
    assert all(-EDGE_TOLERANCE <= bar.start <= 1 + EDGE_TOLERANCE - bar.width for bar in drawn.bars)
    assert all(zone.width > 0 and zone.start + zone.width <= 1 + EDGE_TOLERANCE for zone in drawn.zones)
    for limit in () if band is None else band.green:
        assert limit is None or drawn.low <= limit <= drawn.high


def test_the_band_is_drawn_where_its_limits_are() -> None:
    drawn = histogram([100.5, 200.0, 300.25], Band((160, 240), (130, 280), ""))

    def at(value: float) -> float:
        return (value - drawn.low) / (drawn.high - drawn.low)

    edges = [(zone.verdict, zone.start, zone.start + zone.width) for zone in drawn.zones]
    assert [verdict for verdict, _, _ in edges] == ["amber", "green", "amber"]
    wanted = [at(130), at(160), at(160), at(240), at(240), at(280)]
    assert [edge for _, *pair in edges for edge in pair] == pytest.approx(wanted, abs=EDGE_TOLERANCE)


def test_whole_numbers_stand_in_the_middle_of_their_bars_and_areas() -> None:
    drawn = histogram([0, 0, 1, 4], Band((None, 0), (None, 1), ""))
    assert drawn.whole
    assert [(bar.low, bar.high, bar.n) for bar in drawn.bars] == [
        (-0.5, 0.5, 2),
        (0.5, 1.5, 1),
        (3.5, 4.5, 1),
    ]
    assert [(zone.verdict, zone.start) for zone in drawn.zones] == [
        ("green", 0.0),
        ("amber", drawn.bars[0].width),
    ]


def test_one_far_value_does_not_flatten_the_rest() -> None:
    drawn = histogram([*np.linspace(3, 4, 200), 5000.0], None)
    assert drawn.high < 10
    assert drawn.n_outside >= 1


def test_a_share_is_never_drawn_above_one() -> None:
    assert histogram([0.2, 0.9, 1.0], None, ceiling=1.0).high == 1.0
    assert not histogram([0.0, 1.0], None, ceiling=1.0).whole


# -- rows ------------------------------------------------------------------------------------------------


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


# -- safety ----------------------------------------------------------------------------------------------


def test_nothing_that_a_result_holds_becomes_markup() -> None:
    evil = of(answer(), file=EVIL, speaker=EVIL, date=EVIL, prompt=EVIL)
    for word in evil["transcript"]["words"]:
        word["text"] = EVIL
    evil["transcript"]["text"] = EVIL
    evil["rubric"]["points"][0]["evidence"][0]["quote"] = EVIL
    evil["refusals"] = of(refused())["refusals"]
    evil["refusals"][0]["by_language"]["zh"] = {"reason": EVIL, "remedy": EVIL}
    clean = report([of(answer())])
    files = report([evil, failure(file=EVIL)])
    for name, text in files.items():
        if name != "report.html":
            assert not re.search("[<>&\u2028\u2029]", text)
    outline, wanted = Outline(), Outline()
    outline.feed(files["report.html"])
    wanted.feed(clean["report.html"])
    assert {tag for tag, _ in outline.tags} - {tag for tag, _ in wanted.tags} <= {"small", "br"}
    assert sum(tag == "script" for tag, _ in outline.tags) == 2
    assert not [name for _, attributes in outline.tags for name in attributes if name.startswith("on")]


def test_the_policy_lets_through_the_pages_own_script_and_style_only() -> None:
    page = report([of(answer())], choice="link")["report.html"]
    policies = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    first, second = (unescape(policy) for policy in policies)
    for kind, part in (("script", r"<script>(.*?)</script>"), ("style", r"<style>(.*?)</style>")):
        found = re.search(part, page, re.DOTALL)
        assert found
        digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in first
    assert first.startswith("default-src 'none'; base-uri 'none'; form-action 'none'; ")
    assert "http" not in first + second
    assert second == "script-src 'unsafe-inline' 'self' file:"


@pytest.mark.parametrize(
    ("choice", "media"),
    [("link", "; media-src 'self' file: blob:"), ("embed", "; media-src blob:"), ("none", "")],
)
def test_the_policy_lets_sound_come_only_from_where_it_is(choice: str, media: str) -> None:
    page = report([of(answer())], choice=choice)["report.html"]
    policy = unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', page)[0])
    assert policy.partition("'; style-src '")[2].partition("'")[2] == media
    assert ("<audio" in page) == (choice != "none")


def test_a_key_never_leads_out_of_the_folder() -> None:
    assert page_name(key_of(3)) == key_of(3)
    assert re.fullmatch("[0-9a-f]{40}", page_name("../../etc/passwd"))
    assert list(report([scored(1.0, key="../x")])) == [f"pages/{page_name('../x')}.js", "report.html"]


def test_two_files_of_one_content_share_their_page() -> None:
    files = report([scored(5.0, file="a.wav"), scored(5.0, file="b.wav")])
    assert len(files) == 2
    assert {row["page"] for row in data_of(files)["rows"]} == {key_of(0)}


# -- one recording ---------------------------------------------------------------------------------------


def test_a_page_holds_the_words_of_a_report_of_one_recording() -> None:
    page = page_of(report([of(answer())]), key_of(0))
    assert page["question"].startswith("客户因为快递晚了三天")
    assert page["facts"] == ["25.9 秒", "面试"]
    point = page["coverage"]["points"][2]
    assert (point["label"], point["word"], point["mark"]) == ("查明原因", "听到", "✓")
    assert point["said"][0] == ["打开物流系统查一下", [8.02, 9.84], "与“查物流”读音相合"]
    figures = {figure["title"]: figure for _, group in page["groups"] for figure in group}
    assert figures["最长停顿"]["verdict"] == "amber"
    assert math.isclose(sum(width for _, _, width in figures["最长停顿"]["zones"]), 1.0, abs_tol=0.001)
    assert page["missing"][0][0] == "反应时间"


def test_the_sound_is_referred_to_from_the_folder_of_the_report(tmp_path: Path) -> None:
    assert reference(tmp_path / "答 案#1:?.wav", tmp_path / "out") == "../%E7%AD%94%20%E6%A1%88%231%3A%3F.wav"
    files = report([of(answer())], choice="link", recordings={key_of(0): Path("/nowhere/calls/1.wav")})
    assert page_of(files, key_of(0))["sound"] == {"href": "../calls/1.wav"}


def recording(folder: Path, name: str = "1.wav") -> dict[str, Path]:
    written = folder / "1.wav"
    write_wav(written, Waveform(sound(answer()).samples[: 3 * RATE_HZ], RATE_HZ))
    return {key_of(0): written.rename(folder / name)}


def decoded(mp3: str) -> np.ndarray[Any, np.dtype[np.float32]]:
    with av.open(io.BytesIO(base64.b64decode(mp3)), "r") as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


def test_sound_is_put_into_the_page_by_choice(tmp_path: Path) -> None:
    given = page_of(report([of(answer())], choice="embed", recordings=recording(tmp_path)), key_of(0))[
        "sound"
    ]
    assert list(given) == ["mp3"]
    assert len(decoded(given["mp3"])) / RATE_HZ == pytest.approx(3.0, abs=0.1)


def test_what_browsers_do_not_play_is_copied(tmp_path: Path) -> None:
    given = report([of(answer())], choice="link", recordings=recording(tmp_path, "1.amr"))
    assert list(page_of(given, key_of(0))["sound"]) == ["mp3"]


def test_what_must_not_be_heard_is_silent_in_a_copy_and_the_recording_not_named(tmp_path: Path) -> None:
    files = report(
        [of(answer())],
        choice="link",
        recordings=recording(tmp_path),
        silences={key_of(0): (Span(1.0, 2.0),)},
    )
    given = page_of(files, key_of(0))["sound"]
    assert given["note"] == "个人信息处已静音"
    samples = np.abs(decoded(given["mp3"]))
    assert samples[round(1.1 * RATE_HZ) : round(1.9 * RATE_HZ)].max() < CODEC_QUIET
    assert samples[round(0.5 * RATE_HZ) : round(0.9 * RATE_HZ)].max() > 10 * CODEC_QUIET
    assert "1.wav" not in files[f"pages/{key_of(0)}.js"]


def test_without_sound_there_is_none_even_where_it_lies(tmp_path: Path) -> None:
    page = page_of(report([of(answer())], choice="none", recordings=recording(tmp_path)), key_of(0))
    assert page["sound"] == {"note": "报告里没有声音，只能看。"}


def test_a_recording_that_is_gone_is_told_in_its_page(tmp_path: Path) -> None:
    gone = {key_of(0): tmp_path / "gone.wav"}
    page = page_of(report([of(answer())], choice="embed", recordings=gone), key_of(0))
    assert page["sound"]["note"] == f"声音放不进报告：{tmp_path / 'gone.wav'}: there is no such file"


# -- files -----------------------------------------------------------------------------------------------


def test_files_are_private_and_those_of_before_are_swept_away(tmp_path: Path) -> None:
    before = ReportFiles(tmp_path, pages=PAGES)
    before.write("pages/old.js", b"1")
    before.write("pages/same.js", b"2")
    files = ReportFiles(tmp_path, pages=PAGES)
    files.write("pages/same.js", b"2")
    files.write("report.html", b"3")
    files.sweep()
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["report.html", "same.js"]
    assert (tmp_path / "pages").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*") if path.is_file()} == {0o600}


def test_masking_hides_in_the_line_and_remembers_what_must_not_be_heard() -> None:
    said = copy.deepcopy(of(answer()))
    number = said["transcript"]["words"][5]
    number["text"] = "我的手机号是13812345678，"
    masking = Masking()
    line = masking(said)
    assert "13812345678" not in json.dumps(report([line]), ensure_ascii=False)
    assert line["masking"] == {"mobile": 1}
    (span,) = masking.silences[key_of(0)]
    assert span.start_s < number["start_s"]
    assert span.end_s > number["end_s"]
    page = page_of(report([line]), key_of(0))
    assert page["masking"] == {"mobile": 1}
