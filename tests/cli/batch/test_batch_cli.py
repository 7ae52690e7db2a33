"""`voicecoach batch` from outside: what is told at the start, what is left behind, what a kill costs."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from batch_runs import OWN_PACK, OWN_PACK_CHANGED, workers_of
from openpyxl import Workbook

from voicecoach.adapters.batch.ray_engine import ActorWorker
from voicecoach.adapters.batch.result_tables import TABLES
from voicecoach.cli.main import cli

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "audio_fixtures"
GENEROUS_S = 240.0


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Run the command in this process: exit status, standard output, standard error."""
    with pytest.raises(SystemExit) as ended:
        cli.main(["batch", *(str(argument) for argument in arguments)])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


@pytest.mark.usefixtures("english")
def test_an_empty_folder_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, tmp_path, "--out", tmp_path / "out")
    assert status == 2
    assert "no recordings in" in err
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("english")
def test_the_address_is_rays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, tmp_path, "--out", tmp_path / "out", "--address", "auto")
    assert (status, "--engine ray" in err) == (2, True)


def test_an_unknown_prompt_is_told_before_anything_is_begun(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = tmp_path / "list.csv"
    manifest.write_text("file,prompt\na.wav,late_delivry\n")
    status, _, err = run(capsys, manifest, "--out", tmp_path / "out", "--dry-run", "--ui", "en")
    assert status == 2
    assert "there is no prompt 'late_delivry'" in err
    assert "(line 2)" in err
    assert "did you mean late_delivery" in err


def test_a_dry_run_lists_and_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(FIXTURES / "short_3s.flac", tmp_path / "王_late_delivery_0101.flac")
    arguments = (tmp_path, "--name-pattern", "{speaker}_{prompt}_{date}", "--ui", "en")
    status, out, err = run(capsys, *arguments, "--out", tmp_path / "out", "--dry-run")
    assert status == 0
    assert out.splitlines()[0].split("\t")[1] == "late_delivery"
    assert "1 files: 1 to do (1 to recognise), 0 done" in err
    assert not (tmp_path / "out").exists()


def test_a_dry_run_tells_the_rows_that_would_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(FIXTURES / "short_3s.flac", tmp_path / "a.flac")
    manifest = tmp_path / "list.csv"
    manifest.write_text("file,channel\na.flac,\ngone.wav,\na.flac,middle\n")
    status, out, err = run(capsys, manifest, "--out", tmp_path / "out", "--dry-run", "--ui", "en")
    assert (status, len(out.splitlines())) == (0, 1)
    assert err.splitlines()[1:] == [
        "2 files cannot be used and would fail:",
        "  ✗ gone.wav: there is no such file",
        "  ✗ line 4 of the manifest: the channel 'middle' is no number from 0 on",
    ]
    assert not (tmp_path / "out").exists()


def test_only_broken_files_need_no_worker(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = tmp_path / "list.csv"
    manifest.write_text("file,channel\ngone.wav,\nb.wav,middle\n")
    status, out, err = run(capsys, manifest, "--out", tmp_path / "out", "--json", "--ui", "en")
    assert status == 1
    summary = json.loads(out)
    assert (summary["n_items"], summary["n_failed"], summary["n_done"]) == (2, 2, 0)
    assert [failure["message"] for failure in summary["failures"]] == [
        "gone.wav: there is no such file",
        "line 3 of the manifest: the channel 'middle' is no number from 0 on",
    ]
    assert err == ""


def as_workbook(rows: list[list[str]], path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)


def as_json(rows: list[list[str]], path: Path) -> None:
    head, *body = rows
    lines = ",\n".join(json.dumps(dict(zip(head, row, strict=True))) for row in body)
    path.write_text(f"[\n{lines}]")


def as_csv(rows: list[list[str]], path: Path) -> None:
    path.write_bytes("\r\n".join("\t".join(row) for row in rows).encode("utf-16"))


def test_the_same_table_gives_the_same_bytes_whatever_it_is_saved_as(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["文件", "声道", "工单号"], ["gone.wav", "0", "007"], ["b.wav", "two", "+1"], ["", "1", "x"]]
    made = {}
    for name, save in (("list.xlsx", as_workbook), ("list.json", as_json), ("list.csv", as_csv)):
        save(rows, tmp_path / name)
        out = tmp_path / f"{name}.out"
        status, _, err = run(capsys, tmp_path / name, "--out", out)
        assert (status, err.count("✗")) == (1, 3)
        made[name] = written(out)
        run(capsys, tmp_path / name, "--out", out)
        assert written(out) == made[name]
    assert made["list.xlsx"] == made["list.json"] == made["list.csv"]


def test_rows_of_two_manifests_on_the_same_line_keep_their_own_reasons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text("file,channel\n,1\n")
    (tmp_path / "b.jsonl").write_text('\n[1]\n{"file": "gone.wav"}\n')
    status, _, err = run(capsys, tmp_path / "a.csv", tmp_path / "b.jsonl", "--out", tmp_path / "out")
    assert status == 1
    assert "这一行没有写文件" in err
    assert "这一行应为对象，现在是 [1]" in err


def test_a_row_on_the_other_side_than_the_option_is_refused_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = tmp_path / "calls.csv"
    manifest.write_text("file,agent_channel\na.wav,0\nb.wav,1\n")
    status, _, err = run(capsys, manifest, "--agent-channel", "0", "--out", tmp_path / "out", "--ui", "en")
    assert status == 2
    assert "the row says agent_channel 1, --agent-channel says 0 (line 3)" in err
    assert not (tmp_path / "out" / "results.jsonl").exists()


def test_failures_are_told_in_the_language_of_the_run_and_kept_in_english(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = tmp_path / "words.txt"
    words.write_text("您好")
    shutil.copy(FIXTURES / "short_3s.flac", tmp_path)
    manifest = tmp_path / "list.csv"
    manifest.write_text("file,transcript\nshort_3s.flac,words.txt\n")
    chinese, english = (
        "文字文件 words.txt 里没有带时间的词",
        "the transcript words.txt has no words with times",
    )
    status, _, err = run(capsys, manifest, "--out", tmp_path / "out")
    assert (status, chinese in err, english in err) == (1, True, False)
    read = {path.name: path.read_text("utf-8-sig") for path in (tmp_path / "out").glob("*.*[lv]")}
    assert {name: chinese in text for name, text in read.items()} == {
        "results.jsonl": False,
        "summary.csv": True,
        "report.html": True,
    }
    assert english in read["results.jsonl"]
    status, _, err = run(capsys, manifest, "--out", tmp_path / "out", "--ui", "en")
    assert (status, chinese in err, english in err) == (1, False, True)
    assert english in (tmp_path / "out" / "summary.csv").read_text("utf-8-sig")


def command(folder: Path, out: Path, *more: str) -> list[str]:
    paths = (
        [str(folder), "--prompts", str(folder / "packs")] if (folder / "packs").exists() else [str(folder)]
    )
    return [sys.executable, "-m", "voicecoach", "batch", *paths, "--out", str(out), "--json", *more]


def finished(folder: Path, out: Path, *more: str) -> tuple[int, dict[str, Any]]:
    ended = subprocess.run(
        command(folder, out, *more), capture_output=True, text=True, timeout=GENEROUS_S, check=False
    )
    assert ended.stdout, ended.stderr
    return ended.returncode, json.loads(ended.stdout)


def written(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in TABLES}


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder of four recordings and one that is none, and the results of an undisturbed run."""
    folder = tmp_path_factory.mktemp("batch")
    for name in ("short_3s", "clipped", "low_gain", "telephone"):
        shutil.copy(FIXTURES / f"{name}.flac", folder / f"王_{name}.flac")
    (folder / "broken.wav").write_text("no sound")
    manifest = folder / "list.csv"
    rows = ["王_short_3s.flac,privacy", "王_clipped.flac,late_delivery", "王_low_gain.flac,late_delivery"]
    rows += ["王_telephone.flac,privacy", "broken.wav,privacy", "王_telephone.flac,late_delivery"]
    manifest.write_text("\n".join(["file,prompt", *rows]) + "\n", encoding="utf-8")
    out = folder / "plain"
    status, summary = finished(manifest, out)
    assert status == 1
    assert (summary["n_items"], summary["n_failed"], summary["n_done"]) == (6, 1, 6)
    assert summary["n_recognised"] in (4, 5)  # one recording has two prompts, and few others are before it
    return manifest, out


@pytest.mark.weights
def test_a_second_run_does_nothing(batch: tuple[Path, Path]) -> None:
    manifest, out = batch
    before = written(out)
    status, summary = finished(manifest, out)
    assert (status, summary["n_done"], summary["n_kept"]) == (1, 0, 6)
    assert written(out) == before


@pytest.mark.weights
def test_lines_are_assessments_of_the_recordings_in_the_order_of_the_rows(batch: tuple[Path, Path]) -> None:
    _, out = batch
    lines = [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]
    assert [line["batch"]["file"] for line in lines][:2] == ["王_short_3s.flac", "王_clipped.flac"]
    assert [line["schema"] for line in lines] == [
        *["voicecoach.assessment/2"] * 4,
        "voicecoach.failure/1",
        "voicecoach.assessment/2",
    ]
    assert [line["batch"]["prompt"] for line in lines][3:] == ["privacy", "privacy", "late_delivery"]
    assert lines[3]["transcript"] == lines[5]["transcript"]


@pytest.mark.weights
def test_a_changed_rubric_is_judged_again_and_nothing_is_recognised(
    batch: tuple[Path, Path], tmp_path: Path
) -> None:
    manifest, plain = batch
    out = tmp_path / "out"
    shutil.copytree(plain, out)
    pack = tmp_path / "packs" / "own.yaml"
    pack.parent.mkdir()
    rows = manifest.read_text("utf-8").replace("privacy", "own_prompt")
    own = manifest.with_name("own.csv")
    own.write_text(rows, encoding="utf-8")
    pack.write_text(OWN_PACK, encoding="utf-8")
    status, first = finished(own, out, "--prompts", str(pack.parent))
    assert (status, first["n_done"], first["n_kept"]) == (1, 3, 3)
    assert first["n_recognised"] == 0
    pack.write_text(OWN_PACK_CHANGED, encoding="utf-8")
    status, second = finished(own, out, "--prompts", str(pack.parent))
    assert (status, second["n_done"], second["n_kept"], second["n_recognised"]) == (1, 3, 3, 0)


@pytest.mark.weights
@pytest.mark.parametrize("victim", ["worker", "parent"])
def test_a_kill_at_any_moment_changes_nothing_in_the_end(
    batch: tuple[Path, Path], tmp_path: Path, victim: str
) -> None:
    manifest, plain = batch
    out = tmp_path / "out"
    with subprocess.Popen(
        command(manifest, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        until = time.monotonic() + GENEROUS_S
        n_done = random.Random(victim).randint(1, 3)
        while time.monotonic() < until and len(list(out.glob(".work/results/*.json"))) < n_done:
            time.sleep(0.01)
        pids = workers_of(process.pid)
        os.kill(pids[0] if victim == "worker" else process.pid, signal.SIGKILL)
        process.wait(GENEROUS_S)
    assert process.returncode == (1 if victim == "worker" else -signal.SIGKILL)
    status, summary = finished(manifest, out)
    assert status == 1
    assert summary["n_kept"] >= n_done
    assert written(out) == written(plain)


@pytest.mark.weights
def test_ctrl_c_says_how_to_go_on(batch: tuple[Path, Path], tmp_path: Path) -> None:
    manifest, plain = batch
    out = tmp_path / "out"
    with subprocess.Popen(
        command(manifest, out, "--ui", "en"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("[0/")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=GENEROUS_S)
    assert process.returncode == 130
    assert "the same command goes on from here" in err
    finished(manifest, out)
    assert written(out) == written(plain)


@pytest.mark.weights
def test_ray_gives_the_same_bytes(batch: tuple[Path, Path], tmp_path: Path) -> None:
    manifest, plain = batch
    status, summary = finished(manifest, tmp_path / "out", "--engine", "ray", "--workers", "2")
    assert (status, summary["n_done"]) == (1, 6)
    assert written(tmp_path / "out") == written(plain)


def ray_workers_of(pid: int) -> list[int]:
    """The workers that run under ``pid``, at any depth; Ray names them by what they do."""
    every = ["ps", "-ww", "-eo", "pid=,ppid=,args="]
    listed = subprocess.run(every, capture_output=True, text=True, check=True)
    rows = [row.split(None, 2) for row in listed.stdout.splitlines()]
    family = {str(pid)}
    for _ in rows:
        family |= {row[0] for row in rows if row[1] in family}
    return [
        int(row[0]) for row in rows if row[0] in family and row[2].startswith(f"ray::{ActorWorker.__name__}")
    ]


@pytest.mark.weights
def test_a_killed_ray_worker_changes_nothing_in_the_end(batch: tuple[Path, Path], tmp_path: Path) -> None:
    manifest, plain = batch
    out = tmp_path / "out"
    with subprocess.Popen(
        command(manifest, out, "--engine", "ray", "--workers", "2"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        until = time.monotonic() + GENEROUS_S
        while time.monotonic() < until and not list(out.glob(".work/results/*.json")):
            time.sleep(0.01)
        killed = ray_workers_of(process.pid)[:1]
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        process.wait(GENEROUS_S)
    assert len(killed) == 1
    assert process.returncode == 1
    assert written(out) == written(plain)


@pytest.mark.usefixtures("english")
def test_a_batch_to_compare_with_is_looked_for_before_anything_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.wav").write_bytes(b"RIFF")
    out, old = tmp_path / "out", tmp_path / "old"
    old.mkdir()
    status, _, err = run(capsys, tmp_path / "a.wav", "--out", out, "--compare", old)
    assert (status, "holds no results.jsonl" in err, out.exists()) == (2, True, False)
    (old / "results.jsonl").write_text("{}\n")
    status, _, err = run(capsys, tmp_path / "a.wav", "--out", out, "--compare", old)
    assert (status, "line 1 is no voicecoach" in err, out.exists()) == (2, True, False)
    out.mkdir()
    (out / "results.jsonl").write_text("")
    status, _, err = run(capsys, tmp_path / "a.wav", "--out", out, "--compare", out / ".." / "out")
    assert (status, "the same folder" in err) == (2, True)
