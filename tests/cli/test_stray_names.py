"""Files and folders named in bytes that are no UTF-8: scored like others, their names readable everywhere."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq
import pytest

from voicecoach.words.visible import is_whole

ROOT: Final = Path(__file__).parents[2]
FIXTURES: Final = ROOT / "audio_fixtures"
FOLDER, NAME, STRAY = "第一周 录音", "客服_一.flac", b"\xb5.flac"
ASCII: Final = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
"""A terminal that knows no Hanzi, and a system that decodes no name."""
LOCALES: Final = pytest.mark.parametrize("locale", [{}, ASCII], ids=["utf-8", "ascii"])


def stray(text: str) -> str:
    """The name as a Chinese Windows writes it, as this system decodes it."""
    return os.fsdecode(text.encode("gbk"))


def ran(*arguments: str | bytes | Path, **environment: str) -> tuple[int, str, str]:
    """The program by itself: status, standard output, standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "voicecoach", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", **environment},
        capture_output=True,
        check=False,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in out + err
    return done.returncode, out, err


def week(folder: Path) -> Path:
    """A folder of recordings with a manifest of their words."""
    made = folder / stray(FOLDER)
    made.mkdir()
    shutil.copy(FIXTURES / "rate_usual_zh.flac", made / "a.flac")
    words = [{"text": "您好", "start_s": 1.0, "end_s": 1.5}, {"text": "抱歉", "start_s": 2.0, "end_s": 2.5}]
    (made / "a.json").write_text(json.dumps({"words": words}))
    (made / "list.csv").write_text("file,transcript\na.flac,a.json\n")
    return made


@LOCALES
def test_a_batch_of_given_words_in_a_stray_folder_is_scored(tmp_path: Path, locale: dict[str, str]) -> None:
    made, out = week(tmp_path), tmp_path / stray("结果")
    arguments = ("batch", made / "list.csv", "--out", out, "--workers", "1", "--prompt", "late_delivery")
    status, told, err = ran(*arguments, "--ui", "en", **locale)
    assert status == 0, err
    assert "结果" in told
    assert ("no UTF-8: 1" in err) == (not is_whole(str(made)))
    status, told, err = ran(*arguments, "--json", "--ui", "en", **locale)
    assert (status, json.loads(told)["n_kept"]) == (0, 1)
    assert json.loads(told)["out"] == f"{tmp_path}/结果"


@LOCALES
def test_a_stray_name_that_is_missing_is_told(tmp_path: Path, locale: dict[str, str]) -> None:
    status, out, err = ran("score", tmp_path / stray(NAME), "--json", "-", "--ui", "en", **locale)
    assert status == 3
    assert json.loads(out)["source"] == NAME
    assert f"{NAME}: there is no such file" in err
    batch = ("batch", tmp_path / stray(NAME), "--out", tmp_path / "out", "--ui", "en")
    status, _, err = ran(*batch, **locale)
    assert status == 1
    assert f"{NAME}: there is no such file" in err
    assert (tmp_path / "out" / "report.html").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("agree", "{}", "marks.csv"),
        ("agree", "{}", "--blind", "2", "--out", "{}"),
        ("prompts", "check", "{}"),
        ("prompts", "list", "--prompts", "{}"),
        ("prompts", "try", "late_delivery", "{}"),
        ("score", "{}", "--profile", "{}:x"),
        ("score", "{}", "--model", "{}"),
        ("score", "{}", "--html", "{}/x/y.html"),
        ("batch", "{}.csv", "--out", "{}"),
        ("history", "show", "{}"),
        ("review", "{}"),
        ("correct", "{}", "--text", "x"),
        ("speak", "{}"),
        ("calibrate", "--speaker", "{}"),
    ],
    ids=" ".join,
)
@LOCALES
def test_a_stray_word_in_any_option_is_told(
    tmp_path: Path, arguments: tuple[str, ...], locale: dict[str, str]
) -> None:
    named = [argument.replace("{}", str(tmp_path / stray("客服"))) for argument in arguments]
    data = {"VOICECOACH_DATA_DIR": str(tmp_path / "data")}
    status, _, err = ran(*named, **data, **locale)
    assert status in {1, 2, 3, 4}
    assert err.strip()


@pytest.mark.weights
@LOCALES
def test_stray_names_are_scored_and_read_in_every_output(tmp_path: Path, locale: dict[str, str]) -> None:
    made, out = tmp_path / stray(FOLDER), tmp_path / stray("结果")
    made.mkdir()
    shutil.copy(FIXTURES / "rate_usual_zh.flac", made / stray(NAME))
    shutil.copy(FIXTURES / "rate_fast_zh.flac", made / os.fsdecode(STRAY))
    files = [f"{tmp_path}/{FOLDER}/\\xb5.flac", f"{tmp_path}/{FOLDER}/{NAME}"]
    status, _, err = ran("batch", made, "--out", out, "--prompt", "late_delivery", **locale)
    assert status == 0, err
    lines = [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]
    assert [line["batch"]["file"] for line in lines] == files
    assert [line["recording"]["source"] for line in lines] == [Path(file).name for file in files]
    rows = list(csv.DictReader((out / "summary.csv").read_text("utf-8-sig").splitlines()))
    assert [row["file"] for row in rows] == files
    assert (
        pq.read_table(io.BytesIO((out / "results.parquet").read_bytes())).column("file").to_pylist() == files
    )
    assert NAME in (out / "report.html").read_text("utf-8")
    status, told, err = ran(
        "agree", out / "results.jsonl", "--blind", "2", "--out", out / stray("表.csv"), **locale
    )
    assert status == 0, err
    sheet = (out / stray("表.csv")).read_text("utf-8-sig")
    assert NAME in sheet
    assert is_whole(sheet)
    status, told, err = ran(
        "score", made / stray(NAME), made / os.fsdecode(STRAY), "--json", out / stray("一.json"),
        "--html", out / stray("页一.html"), **locale,
    )  # fmt: skip
    assert status == 0, err
    assert [
        each["recording"]["source"] for each in json.loads((out / stray("一.json")).read_text("utf-8"))
    ] == [
        NAME,
        "\\xb5.flac",
    ]
    pages = sorted(path.name for path in out.glob("*.html"))
    assert any("客服_一" in page for page in pages), pages
    assert NAME in told


def test_a_cluster_takes_stray_folders_and_is_told_no_command_line(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    made = week(tmp_path)
    (made / "list.csv").rename(made / f"{stray('清单')}.csv")
    done = subprocess.run(
        [sys.executable, "-m", "voicecoach", "batch", f"{stray('清单')}.csv", "--out", stray("结果"),
         "--engine", "ray", "--workers", "1"],
        cwd=made, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert (made / stray("结果") / "summary.csv").stat().st_size
