"""``voicecoach agree`` from results to the rule to mend."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from batch_fakes import judged
from click.testing import CliRunner, Result

from voicecoach.cli.main import cli
from voicecoach.documents.result import encode_result
from voicecoach.model.assessment import Coverage, Evidence, Measurement, PointResult, PointState
from voicecoach.model.job import Failure
from voicecoach.model.result import BatchFacts, FailedResult, JudgedResult

if TYPE_CHECKING:
    from pathlib import Path


def result(number: int, *, rubric: bool = True) -> dict[str, Any]:
    states: tuple[PointState, ...] = ("covered", "maybe", "not_heard")
    said = (Evidence("让您久等了", None, "cue:"),)
    points = (
        PointResult("empathy", states[number % 2], 0.5, said),
        PointResult("listen", states[number % 3], 0.5),
    )
    assessment = judged(
        "",
        source=f"{number}.wav",
        measurements=(
            Measurement("speech_rate", 200.0 + number, "字/min", "d"),
            Measurement("snr", None, "dB", "d", reason="too_short"),
        ),
        total=41.25 + number,
        coverage=Coverage("late_delivery", points, 0.5, 0.5, None) if rubric else None,
    )
    batch = BatchFacts(f"{number}.wav", speaker="甲", prompt="late_delivery")
    return encode_result(JudgedResult(assessment, batch), ui="zh")


@pytest.fixture
def results(tmp_path: Path) -> Path:
    path = tmp_path / "results.jsonl"
    failed = FailedResult("bad.wav", Failure("input", "x", "", 3), BatchFacts("bad.wav"))
    failure = encode_result(failed, ui="zh")
    lines = [*map(result, range(20)), failure]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return path


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    rows = ["file,empathy,listen,total,speech_rate,snr,mood", *(
        f"{n}.wav,{1 if n % 2 == 0 else 'maybe'},{1 if n < 15 else 0},{60 - n},,20," for n in range(20)
    ), "gone.wav,1,1,,,,3"]  # fmt: skip
    path = tmp_path / "human.csv"
    path.write_text("\n".join(rows), "utf-8-sig")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["agree", *map(str, arguments)])


def test_the_table_names_the_rule_to_mend(results: Path, marks: Path) -> None:
    done = run(results, marks, "--n-boot", 50)
    assert done.exit_code == 0, done.output
    assert "先改这条规则：late_delivery/listen" in done.output
    assert "主要是漏算" in done.output
    assert "比较了 20 个回答，跳过失败 1 个" in done.output
    assert "有评分但没有结果 1: gone.wav" in done.output
    assert "不认识的列 1: mood" in done.output
    assert "有评分但程序没测出 1: snr (20)" in done.output
    lines = [line for line in done.output.splitlines() if line.startswith("late_delivery/empathy")]
    assert "1.00 [1.00, 1.00]" in lines[0]
    english = run(results, marks, "--n-boot", 0, "--ui", "en").output
    assert "mend this rule first: late_delivery/listen" in english
    assert "too few" in english


def test_json_has_every_figure_and_is_the_same_twice(results: Path, marks: Path) -> None:
    once, again = (run(results, marks, "--json", "--n-boot", 30, "--seed", 5).output for _ in range(2))
    assert once == again
    document = json.loads(once)
    assert document["schema"] == "voicecoach.agreement/1"
    assert document["mend"] == "late_delivery/listen"
    total = next(item for item in document["items"] if item["name"] == "total")
    assert total["figures"]["spearman"]["value"] == pytest.approx(-1.0)
    assert len(total["figures"]["mae"]["interval"]) == 2
    assert document["n_failures"] == 1


def test_a_blind_sheet_tells_no_score_and_can_be_read_back(results: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    done = run(results, "--blind", 8, "--out", sheet)
    assert done.exit_code == 0, done.output
    text = sheet.read_text("utf-8-sig")
    assert text.startswith("file,prompt,rater,empathy ")
    assert len(text.splitlines()) == 9
    assert not {"covered", "maybe", "41", ".25"} & set(text.replace(",", " ").split())
    filled = text.replace("late_delivery,,,,", "late_delivery,小李,1,0,")
    sheet.write_text(filled, "utf-8-sig")
    document = json.loads(run(results, sheet, "--json", "--n-boot", 0).output)
    assert (document["n_files"], document["raters"]) == (8, ["小李"])


@pytest.mark.parametrize("ending", [",1,", ",,n/a\n1.wav,,,0,"])
@pytest.mark.usefixtures("english")
def test_drawing_anew_leaves_a_sheet_with_marks_alone(results: Path, tmp_path: Path, ending: str) -> None:
    sheet = tmp_path / "sheet.csv"
    for _ in range(2):  # an empty sheet may be drawn again
        assert run(results, "--blind", 8, "--out", sheet).exit_code == 0
    marked = sheet.read_text("utf-8-sig").replace(",,,", f",,{ending}", 1)
    for text in (marked, "file,prompt\n0.wav,late_delivery\n"):  # a table of calls is no sheet
        sheet.write_text(text, "utf-8-sig")
        done = run(results, "--blind", 8, "--out", sheet)
        assert (done.exit_code, "is there already and holds marks" in done.output) == (2, True)
        assert sheet.read_text("utf-8-sig") == text


@pytest.mark.parametrize(
    "arguments", [[], ["--blind", 3], ["human.csv", "--blind", 3, "--out", "x.csv"], ["--out", "x"]]
)
@pytest.mark.usefixtures("english")
def test_one_thing_is_asked_for(results: Path, arguments: list[object]) -> None:
    done = run(results, *arguments)
    assert done.exit_code == 2
    assert "--blind N with --out FILE" in done.output


@pytest.mark.usefixtures("english")
def test_results_without_a_rubric_cannot_be_drawn(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    path.write_text(json.dumps(result(1, rubric=False)), "utf-8")
    done = run(path, "--blind", 3, "--out", tmp_path / "sheet.csv")
    assert done.exit_code == 2
    assert "no answer with a rubric" in done.output


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        (
            "file,empathy\nx1,1\nx2,0\nx3,1\nx4,1\n",
            "the sheet names x1, x2, x3 …; the results name 0.wav, 1.wav",
        ),
        ("file,empathie\n1.wav,1\n", "no column names a rubric point or figure; unknown columns: empathie"),
        ("file,empathy\n1.wav,\n", "nothing is marked"),
    ],
)
@pytest.mark.usefixtures("english")
def test_nothing_that_fits_is_said_why_and_exits_with_1(
    results: Path, tmp_path: Path, sheet: str, told: str
) -> None:
    path = tmp_path / "m.csv"
    path.write_text(sheet, "utf-8")
    for options in ([], ["--json"]):
        done = run(results, path, *options)
        assert done.exit_code == 1
        assert told in done.stderr


@pytest.mark.usefixtures("english")
def test_a_scale_is_told_and_a_wrong_one_refused(results: Path, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("录音,有没有共情,empathy\n0,x,5\n1.WAV,y,不适用\n", "gb18030")
    done = run(results, path, "--scale", "0-5", "--n-boot", 0)
    assert done.exit_code == 0, done.output
    assert "empathy: read on 0-5, as --scale says" in done.output
    document = json.loads(run(results, path, "--scale", "0-5", "--n-boot", 0, "--json").stdout)
    assert document["scales"] == [{"columns": ["empathy"], "scale": "0-5", "source": "option"}]
    assert run(results, path).exit_code == 2
    wrong = run(results, path, "--scale", "five")
    assert (wrong.exit_code, "'five' is no scale" in wrong.stderr) == (2, True)


@pytest.mark.usefixtures("english")
def test_a_blind_page_tells_no_verdict_and_says_when_it_has_no_sound(results: Path, tmp_path: Path) -> None:
    path = tmp_path / "sheet.html"
    done = run(results, "--blind", 8, "--out", path)
    assert done.exit_code == 0, done.output
    assert "8 of them have no sound" in done.stderr
    page = path.read_text("utf-8")
    for told in ("让您久等了", "甲", '"covered"', '"not_heard"', "41.25", '"score"'):
        assert told not in page
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
    again = tmp_path / "again.html"
    run(results, "--blind", 8, "--out", again)
    assert again.read_bytes() == path.read_bytes()
