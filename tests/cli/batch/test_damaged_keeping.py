"""What a batch keeps between runs may be damaged in any way: it is made anew, or told in one line."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from command_line import run

if TYPE_CHECKING:
    from collections.abc import Callable

FIXTURES: Final = Path(__file__).parents[3] / "audio_fixtures"
TABLES: Final = ("results.jsonl", "summary.csv")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def types(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({key: [{"x": 1}] for key in document}), "utf-8")


DAMAGES: Final[dict[str, Callable[[Path], object]]] = {
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-20]),
    "other version": lambda path: path.write_text('{"schema": "voicecoach.assessment/99", "tally": 5}'),
    "nested": lambda path: path.write_text("[" * 100_000),
    "types": types,
    "bytes": lambda path: path.write_bytes(os.urandom(200)),
    "a folder": folder,
}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished batch of two recordings, one of which cannot be used."""
    from voicecoach.cli.main import cli

    made = tmp_path_factory.mktemp("batch")
    shutil.copy(FIXTURES / "short_3s.flac", made / "a.flac")
    (made / "bad.wav").write_bytes(b"no sound")
    words = {"words": [{"text": "您好", "start_s": 1.0, "end_s": 1.5}]}
    (made / "a.json").write_text(json.dumps(words))
    (made / "list.csv").write_text("file,transcript\na.flac,a.json\nbad.wav,\n")
    with pytest.raises(SystemExit):
        cli.main(
            ["batch", str(made / "list.csv"), "--out", str(made / "out"), "--workers", "1", "--ui", "en"]
        )
    return made


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("kept", ["digests.json", "tables.json", "results/*.json", "results/*.failed"])
def test_what_is_kept_is_made_anew_or_told(
    finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], kept: str, damage: str
) -> None:
    made = tmp_path / "batch"
    shutil.copytree(finished, made, symlinks=True)
    before = [(made / "out" / name).read_bytes() for name in TABLES]
    (path,) = (made / "out" / ".work").glob(kept)
    DAMAGES[damage](path)
    (made / "out" / "summary.csv").unlink()  # so that the tables are made of what is kept
    command = ("batch", made / "list.csv", "--out", made / "out", "--workers", "1", "--ui", "en")
    status, _, err = run(capsys, *command)
    assert status == 1, err  # of the recording that cannot be used, or of a folder in the place of a file
    if damage == "a folder":
        assert str(path) in err
        return
    after = [(made / "out" / name).read_bytes() for name in TABLES]
    assert [text.count(b"\n") for text in after] == [text.count(b"\n") for text in before]
    anew = kept == "results/*.json"
    assert ("was damaged and is made anew" in err) == anew
    assert len(err.splitlines()) <= 5
