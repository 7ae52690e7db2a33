"""What the kinds of cases share: how one is drawn, sounds to work on, and that a batch named every row."""

from __future__ import annotations

import json
import shutil
from random import Random
from typing import TYPE_CHECKING, Final

import documents
from programs import Fault

if TYPE_CHECKING:
    from programs import Home, Ran

from voicecoach.model.job import INTERNAL, LOST, TIMEOUT

UNFORESEEN: Final = frozenset({INTERNAL, LOST, TIMEOUT})


def drawn(home: Home, kind: str, seed: int, number: int) -> Random:
    """The generator of one case, which the faults of ``home`` name from now on."""
    home.case = f"{kind} {seed} {number}"
    return Random(home.case)


def sounds(home: Home) -> None:
    """Three short recordings in the input folder, and their words."""
    (home.inputs / "sub").mkdir(exist_ok=True)
    for name in ("a.flac", "b.flac", "sub/c.flac"):
        shutil.copy(documents.SOUND, home.inputs / name)
    (home.inputs / "w.json").write_text(documents.transcripts()[0], "utf-8")


def whole_batch(home: Home, rows: list[dict[str, str]]) -> None:
    """Score the files of these rows as one batch, and see that each is named."""
    manifest = home.inputs / "m.jsonl"
    manifest.write_text(documents.as_lines(rows), "utf-8")
    command = ("batch", manifest, "--out", "o", "--workers", "1", "--json")
    told = home.run(*command, allowed=(0, 1), asked=("o",), n_files=len(rows))
    all_named(home, told, len(rows))


def all_named(home: Home, told: Ran, n_rows: int) -> None:
    """Every row stands in the results, and none failed in a way that nobody foresaw."""
    path = home.outputs / "o" / "results.jsonl"
    try:
        lines = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    except (OSError, ValueError) as exc:
        home.faults.append(
            Fault(home.case, ("batch",), f"results that cannot be read: {exc}", told.err[-400:])
        )
        return
    if len(lines) != n_rows:
        home.faults.append(
            Fault(home.case, ("batch",), f"{len(lines)} results of {n_rows} rows", told.err[-400:])
        )
    for line in lines:
        if (error := line.get("error")) and error["code"] in UNFORESEEN:
            home.faults.append(
                Fault(
                    home.case,
                    ("batch", line.get("source", "?")),
                    f"unforeseen: {error['code']}",
                    error["message"],
                )
            )
