"""No command writes over a recording, a table or anything else that it reads or that is none of its own."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_line import run

if TYPE_CHECKING:
    from collections.abc import Iterator

FIXTURES = Path(__file__).parents[2] / "audio_fixtures"
PACK = "schema: voicecoach.prompts/1\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of things that must be there, byte by byte, when the test is over."""
    made = tmp_path / "mine"
    (made / "pages").mkdir(parents=True)
    (made / ".work").mkdir()
    for name in ("a.flac", "b.flac", "pages/c.flac", ".work/d.flac", "results.parquet"):
        shutil.copy(FIXTURES / "short_3s.flac", made / name)
    (made / "link.html").symlink_to("a.flac")
    (made / "hard.json").hardlink_to(made / "b.flac")
    line = json.loads((FIXTURES / "short_3s.json").read_text("utf-8"))
    (made / "r.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    (made / "p.json").write_text("{}")
    (made / "pack.yaml").write_text(PACK)
    (made / "summary.csv").write_text("file\na.flac\n")
    (made / "report.html").write_text("my own notes")
    monkeypatch.chdir(made)
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))

    def digests() -> dict[str, str]:
        files = [path for path in sorted(made.rglob("*")) if path.is_file()]
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    before = digests()
    yield made
    assert digests() == before


@pytest.mark.parametrize(
    "arguments",
    [
        "score --json a.flac b.flac",
        "score b.flac --html b.flac",
        "score b.flac --html ./b.flac",
        "score a.flac --html link.html",
        "score a.flac --json hard.json",
        "score b.flac --html a.flac",
        "score b.flac --html pack.yaml",
        "score b.flac --html r.jsonl",
        "score b.flac --html x.html --json x.html",
        "score b.flac --json p.json --profile p.json:x",
        "score b.flac --html report.html",
        "agree r.jsonl --blind 1 --out r.jsonl",
        "agree r.jsonl --blind 1 --out a.flac",
        "agree r.jsonl --blind 1 --out ./pages/../r.jsonl",
        "history export --out a.flac",
        "history export --format json --out pack.yaml",
        "history export --format html --out summary.csv",
        "review --html a.flac",
        "review --html r.jsonl",
        "speak --text 您好 --save hard.json",
        "batch summary.csv --out .",
        "batch a.flac --out .",
        "batch pages --out .",
        "batch pages/c.flac --out .",
        "batch .work/d.flac --out . --dry-run",
    ],
)
@pytest.mark.usefixtures("folder")
def test_nothing_that_is_there_is_overwritten(capsys: pytest.CaptureFixture[str], arguments: str) -> None:
    status, _, err = run(capsys, *arguments.split(), "--ui", "en")
    assert status == 2, err
    assert len(err.strip().splitlines()) == 2
    assert "overwritten" in err or "one file" in err or "WAV" in err


@pytest.mark.usefixtures("folder")
def test_a_save_over_a_recording_of_another_kind_is_refused(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    shutil.copy(FIXTURES / "short_3s.flac", folder.parent / "x.wav")
    status, _, err = run(capsys, "speak", "--text", "您好", "--save", folder.parent / "x.wav", "--ui", "en")
    assert (status, "no WAV" in err) == (2, True)


PLACES = {
    "no folder": "gone/x{ending}",
    "a file for a folder": "r.jsonl/x{ending}",
    "a folder": "folder{ending}",
    "a link to nowhere": "nowhere{ending}",
    "a link loop": "loop{ending}",
    "a long name": "x" * 300 + "{ending}",
}
"""Where no file can be put."""
WRITERS = {
    "score a.flac --json": ".json",
    "score a.flac --html": ".html",
    "agree r.jsonl --blind 1 --out": ".csv",
    "agree r.jsonl --blind 1  --out": ".html",
    "history export --out": ".csv",
    "history export --format json --out": ".json",
    "history export --format html --out": ".html",
    "review --html": ".html",
    "speak --text 您好 --save": ".wav",
}
"""Commands that write a file, and its ending."""


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("command", WRITERS)
def test_a_place_where_nothing_can_be_put_is_wrong_usage_in_every_command(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str, place: str
) -> None:
    ending = WRITERS[command]
    (folder / f"folder{ending}").mkdir()
    (folder / f"nowhere{ending}").symlink_to(Path("gone", "x"))
    (folder / f"loop{ending}").symlink_to(f"loop{ending}")
    status, _, err = run(capsys, *command.split(), PLACES[place].format(ending=ending))
    assert status == 2, err
    assert len(err.strip().splitlines()) <= 4, err
    assert not (folder / "gone").exists()


@pytest.mark.parametrize("out", ["r.jsonl", "r.jsonl/x", "x" * 300, "loop/x", "full"])
def test_a_batch_folder_that_cannot_be_is_wrong_usage(
    folder: Path, capsys: pytest.CaptureFixture[str], out: str
) -> None:
    (folder / "loop").symlink_to("loop")
    (folder / "full" / "results.jsonl").mkdir(parents=True)
    status, _, err = run(capsys, "batch", "a.flac", "--out", out)
    assert status == 2, err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", ["score a.flac --json x.json", "agree r.jsonl --blind 1 --out x.csv"])
def test_a_folder_that_nobody_may_write_to_is_wrong_usage_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr("voicecoach.wiring.outputs.os.access", lambda *_: False)
    status, _, err = run(capsys, *command.split())
    assert status == 2, err
    assert "x." in err
