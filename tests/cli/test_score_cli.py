"""`voicecoach score` from outside: what it prints, which status it ends with, what it leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from command_line import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

FIXTURES = Path(__file__).parents[2] / "audio_fixtures"
GOOD, WEAK = FIXTURES / "late_delivery_good.flac", FIXTURES / "late_delivery_weak.flac"
PROMPT = ("--prompt", "late_delivery")
RATE_HZ = 16_000


def sound(path: Path, samples: NDArray[np.float64], *, rate_hz: int = RATE_HZ, width: int = 2) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(width)
        file.setframerate(rate_hz)
        scaled = np.clip(samples, -1, 1) * (2 ** (8 * width - 1) - 1)
        file.writeframes(scaled.astype({2: "<i2", 4: "<i4"}[width]).tobytes())
    return path


def noise(n: int, level: float) -> NDArray[np.float64]:
    return np.random.default_rng(3).standard_normal(n) * level


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def riff(
    *, channels: int = 1, rate_hz: int = RATE_HZ, bits: int = 16, form: int = 1, data: bytes = b""
) -> bytes:
    block = channels * bits // 8
    head = (
        np.array([form | channels << 16], "<u4").tobytes()
        + np.array([rate_hz, rate_hz * block], "<u4").tobytes()
    )
    head += np.array([block | bits << 16], "<u4").tobytes()
    body = (
        b"WAVEfmt "
        + np.array([16], "<u4").tobytes()
        + head
        + b"data"
        + np.array([len(data)], "<u4").tobytes()
    )
    return b"RIFF" + np.array([len(body) + len(data)], "<u4").tobytes() + body + data


def dead_link(path: Path) -> Path:
    path.symlink_to(path.with_name("nowhere.wav"))
    return path


def looping_link(path: Path) -> Path:
    path.symlink_to(path)
    return path


def folder(path: Path) -> Path:
    path.mkdir()
    return path


def pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def cut_flac(path: Path) -> Path:
    return write(path, GOOD.read_bytes()[:60])


NAN = np.full(RATE_HZ, np.nan, "<f4").tobytes()
INFINITE = np.full(RATE_HZ, np.inf, "<f4").tobytes()

UNUSABLE: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "not there": ("a.wav", lambda path: path),
    "empty": ("a.wav", lambda path: write(path, b"")),
    "one byte": ("a.wav", lambda path: write(path, b"R")),
    "zeros": ("a.wav", lambda path: write(path, bytes(5000))),
    "random bytes": ("a.mp3", lambda path: write(path, np.random.default_rng(1).bytes(300))),
    "text": ("a.wav", lambda path: write(path, "你好\n".encode() * 40)),
    "html": ("a.mp3", lambda path: write(path, b"<!doctype html><title>404</title>")),
    "json": ("a.m4a", lambda path: write(path, b"{}")),
    "pdf": ("a.wav", lambda path: write(path, b"%PDF-1.7\n%\xe2\xe3\n1 0 obj")),
    "zip": ("a.wav", lambda path: write(path, b"PK\x03\x04" + bytes(60))),
    "a playlist": ("a.m3u8", lambda path: write(path, b"#EXTM3U\n#EXTINF:9,\n/etc/hostname\n")),
    "a list of files": ("a.txt", lambda path: write(path, b"ffconcat version 1.0\nfile /etc/hostname\n")),
    "folder": ("a.wav", folder),
    "dead link": ("a.wav", dead_link),
    "link to itself": ("a.wav", looping_link),
    "pipe": ("a.wav", pipe),
    "header alone": ("a.wav", lambda path: write(path, riff())),
    "cut in the header": ("a.wav", lambda path: write(path, riff(data=b"ab")[:20])),
    "cut flac header": ("a.flac", cut_flac),
    "0 channels": ("a.wav", lambda path: write(path, riff(channels=0, data=bytes(32000)))),
    "0 Hz": ("a.wav", lambda path: write(path, riff(rate_hz=0, data=bytes(32000)))),
    "4 kHz": ("a.wav", lambda path: sound(path, noise(8000, 0.1), rate_hz=4000)),
    "one sample": ("a.wav", lambda path: sound(path, noise(1, 0.1))),
    "a tenth of a second": ("a.wav", lambda path: sound(path, noise(1600, 0.1))),
    "NaN": ("a.wav", lambda path: write(path, riff(form=3, bits=32, data=NAN))),
    "infinite": ("a.wav", lambda path: write(path, riff(form=3, bits=32, data=INFINITE))),
    "unknown coding": ("a.wav", lambda path: write(path, riff(form=0x7777, data=bytes(32000)))),
    "Chinese, spaces and a newline": ("录音 一\n二.wav", lambda path: write(path, b"")),
    "a name like an option": ("--help.wav", lambda path: write(path, b"")),
    "a very long name": ("长" * 80 + ".wav", lambda path: write(path, b"")),
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_an_unusable_recording_is_told(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name, make = UNUSABLE[kind]
    where = folder(tmp_path / "in")
    path = make(where / name)
    before = sorted(where.iterdir())
    status, out, err = run(capsys, "score", path, *PROMPT, "--html", tmp_path / "report.html")
    assert status == 3
    assert "Traceback" not in err
    assert out == ""
    message, remedy, *rest = err.strip().splitlines()
    assert message.startswith("错误：")
    assert remedy.startswith("办法：")
    assert rest == []
    assert sorted(where.iterdir()) == before
    assert list(tmp_path.iterdir()) == [where]


UNSCORED: dict[str, tuple[str, Callable[[], NDArray[np.float64]]]] = {
    "digital silence": ("no_speech", lambda: np.zeros(5 * RATE_HZ)),
    "faint hiss": ("no_speech", lambda: noise(5 * RATE_HZ, 1e-4)),
    "loud noise": ("no_speech", lambda: noise(5 * RATE_HZ, 0.2)),
    "a tone": ("no_speech", lambda: 0.3 * np.sin(np.arange(5 * RATE_HZ) * 2 * np.pi * 440 / RATE_HZ)),
    "a constant": ("no_speech", lambda: np.full(5 * RATE_HZ, 0.5)),
}


@pytest.mark.parametrize("kind", UNSCORED)
def test_sound_without_speech_is_refused_with_a_remedy(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, make = UNSCORED[kind]
    path = sound(tmp_path / "a.wav", make())
    status, out, _ = run(capsys, "score", path, *PROMPT, "--json", "-")
    assert status == 5
    assessment = json.loads(out)
    assert assessment["total"] is None
    assert (assessment["scores"], assessment["rubric"]) == ([], None)
    assert [refusal["code"] for refusal in assessment["refusals"]] == [code]
    assert all(refusal["reason"] and refusal["remedy"] for refusal in assessment["refusals"])
    unmeasured = assessment["measurements"]["speech_rate"]
    assert (unmeasured["value"], bool(unmeasured["reason"])) == (None, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "FILE..."),
        (("a.wav", "--prompt", "late_delivry"), "did you mean late_delivery"),
        (("a.wav", "--prompt", "late_delivery", "--profile", "quick"), "no profile is called 'quick'"),
        (("a.wav", "--lang", "fr"), "'fr' is not one of"),
        (("a.wav", "--channel", "-1"), "-1"),
        (("a.wav", "--html", "nowhere/report.html"), "its folder is missing"),
        (("a.wav", "--json", "."), "it is a folder"),
        (("a.wav", "--prompts", "nowhere"), "nowhere"),
        (("a.wav", "--model", "huge"), "no model is called 'huge'"),
        (("a.wav", "--colour"), "No such option"),
    ],
)
@pytest.mark.usefixtures("english")
def test_wrong_usage_ends_with_2(
    arguments: tuple[str, ...],
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, "score", *arguments)
    assert status == 2
    assert said in err
    assert out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_model_that_is_not_here_ends_with_4(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "score", tmp_path / "a.wav", "--model", "medium")
    assert status == 4
    assert "voicecoach models install medium" in err


def test_one_bad_file_never_stops_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    silence = sound(tmp_path / "quiet.wav", np.zeros(2 * RATE_HZ))
    target = tmp_path / "all.json"
    status, _, err = run(capsys, "score", tmp_path / "none.wav", silence, *PROMPT, "--json", target)
    failed, refused = json.loads(target.read_text("utf-8"))
    assert status == 3
    assert failed["schema"] == "voicecoach.failure/1"
    assert failed["error"]["code"] == "input"
    assert refused["recording"]["source"] == "quiet.wav"
    assert "none.wav" in err


def test_help_names_the_exit_statuses(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "score", "--help")
    assert status == 0
    assert "5 not scored" in out


def test_the_general_help_imports_nothing_heavy() -> None:
    code = "import sys; from voicecoach.cli.main import cli\n"
    code += "try: cli.main(['--help'])\nexcept SystemExit: pass\n"
    code += "print(sorted({'numpy', 'rich', 'pydantic', 'yaml', 'faster_whisper'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "voicecoach", *map(str, arguments)]


@pytest.mark.weights
def test_the_good_answer_is_ahead_of_the_weak_one_on_coverage(tmp_path: Path) -> None:
    target, page = tmp_path / "out.json", tmp_path / "report.html"
    done = subprocess.run(
        command("score", GOOD, WEAK, *PROMPT, "--json", target, "--html", page),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "\x1b[" not in done.stdout
    good, weak = json.loads(target.read_text("utf-8"))
    assert good["rubric"]["coverage"][0] >= 0.8
    assert good["rubric"]["coverage"][0] > weak["rubric"]["coverage"][1]
    assert good["total"] > weak["total"]
    pages = sorted(path.name for path in tmp_path.glob("*.html"))
    assert pages == ["report-late_delivery_good.html", "report-late_delivery_weak.html"]
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


@pytest.mark.weights
def test_the_same_bytes_in_give_the_same_report_out(tmp_path: Path) -> None:
    documents = []
    for name in ("a.json", "b.json"):
        subprocess.run(
            command("score", WEAK, *PROMPT, "--json", tmp_path / name), capture_output=True, check=True
        )
        document = json.loads((tmp_path / name).read_text("utf-8"))
        del document["created"]
        documents.append(json.dumps(document))
    assert documents[0] == documents[1]


@pytest.mark.weights
def test_without_a_score_no_total_is_shown(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    done = subprocess.run(
        command("score", WEAK, *PROMPT, "--no-score", "--json", target),
        capture_output=True,
        text=True,
        check=True,
    )
    document = json.loads(target.read_text("utf-8"))
    assert document["total"] is None
    assert document["scores"] == []
    assert "总分" not in done.stdout


@pytest.mark.weights
def test_a_full_disk_leaves_no_half_written_report(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text("<!DOCTYPE html>the report of yesterday")
    score = f"exec '{sys.executable}' -m voicecoach score '{WEAK}' --prompt late_delivery --html '{page}'"
    limited = f"ulimit -f 16; {score}"
    done = subprocess.run(["bash", "-c", limited], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "写不了" in done.stderr
    assert "Traceback" not in done.stderr
    assert page.read_text() == "<!DOCTYPE html>the report of yesterday"
    assert list(tmp_path.iterdir()) == [page]
    assert "要点" in done.stdout


@pytest.mark.weights
def test_an_english_answer_to_a_mandarin_prompt_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    done = subprocess.run(
        command("score", FIXTURES / "english_answer.flac", *PROMPT, "--json", target),
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 5
    assert "wrong_language" in [r["code"] for r in json.loads(target.read_text("utf-8"))["refusals"]]
