"""What deletion leaves of a take: nothing, neither a name nor content, in the data and the cache folder."""

from __future__ import annotations

import random
import wave
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import click
import pytest
from assessments import answer, profile, prompt
from click.testing import CliRunner
from store_contract import a_scored, a_take

from voicecoach import wiring
from voicecoach.app.practise.take import Attempt
from voicecoach.app.score.analyse import Task
from voicecoach.cli.main import cli
from voicecoach.cli.practise.face import TerminalFace
from voicecoach.cli.takes.page import TakePage
from voicecoach.documents.assessment import encode_assessment
from voicecoach.model.take import utc_text

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.model.take import Take

RATE_HZ = 16_000
NOW = datetime.now(UTC)
SAID = "实在抱歉"


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    data, cache = tmp_path / "data", tmp_path / "cache"
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(data))
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(cache))
    monkeypatch.setattr(click, "launch", lambda _page: 0)
    for display in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(display, raising=False)
    return data, cache


def recorded(number: int, age: timedelta, *, seed: int) -> Take:
    """A scored take of that age with its sound: noise, so that ten bytes of it are in no other file."""
    store = wiring.store()
    document = encode_assessment(answer())
    take = a_scored(
        number, recorded_at=utc_text(NOW - age), assessment=document, recognised_text=answer().transcript.text
    )
    with wave.open(str(store.sound_target(take.id)), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(random.Random(seed).randbytes(2 * RATE_HZ))
    store.put(take)
    return take


def ten_bytes(take: Take) -> bytes:
    return wiring.store().sound(take).read_bytes()[20_000:20_010]


def show_in_practice(take: Take) -> None:
    """As key h does during a practice."""
    task = Task(prompt=prompt(), language="zh", profile=profile())
    attempt = Attempt(take, "enter", wiring.store().sound(take), task, answer())
    TerminalFace(cast("Any", None), ui="zh").page(attempt)


def show_in_review(take: Take) -> None:
    """As key h does at a kept take."""
    TakePage(wiring.store(), wiring.opened_take(take), ui="zh", with_score=True).press("h", cast("Any", None))


def traces(folders: tuple[Path, Path], *signs: bytes) -> list[str]:
    """The files under the folders that hold one of the signs, or have it in their name."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [
        path.name
        for path in files
        if any(sign in path.read_bytes() or sign in path.name.encode() for sign in signs)
    ]


def history(*arguments: str) -> None:
    said = CliRunner().invoke(cli, ["history", *arguments])
    assert said.exit_code == 0, said.output


def test_delete_and_purge_take_the_page_of_a_practice_along(folders: tuple[Path, Path]) -> None:
    deleted = recorded(0, timedelta(days=1), seed=0)
    purged = recorded(1, timedelta(days=100), seed=1)
    also_purged = recorded(2, timedelta(days=101), seed=2)
    for take in (deleted, purged, also_purged):
        show_in_practice(take)
    for take in (deleted, purged, also_purged):
        assert len(traces(folders, take.id.encode(), ten_bytes(take))) == 4  # sound, JSON, page, database
    signs = {take.id: (take.id.encode(), ten_bytes(take)) for take in (deleted, purged, also_purged)}
    history("delete", "--yes", deleted.id)
    assert traces(folders, *signs[deleted.id]) == []
    assert len(traces(folders, *signs[purged.id])) == 4
    history("purge", "--yes", "--older-than", "90d")
    assert traces(folders, SAID.encode(), *(sign for pair in signs.values() for sign in pair)) == []


@pytest.mark.weights
def test_delete_takes_all_pages_of_a_take_along(folders: tuple[Path, Path]) -> None:
    take, other = recorded(0, timedelta(days=1), seed=0), recorded(1, timedelta(days=1), seed=1)
    show_in_practice(take)
    for shown in (take, other):
        show_in_review(shown)
    signs = {take.id: (take.id.encode(), ten_bytes(take)) for take in (take, other)}
    history("delete", "--yes", take.id)
    assert traces(folders, *signs[take.id]) == []
    assert len(traces(folders, *signs[other.id])) == 4


def test_a_take_that_is_being_recorded_or_was_broken_off_goes_whole(folders: tuple[Path, Path]) -> None:
    store, take = wiring.store(), a_take()
    part = store.sound_target(take.id).with_suffix(".wav.part")
    part.write_bytes(random.Random(3).randbytes(2_000))
    store.put(take)
    sign = part.read_bytes()[1_000:1_010]
    assert len(traces(folders, take.id.encode(), sign)) == 3
    history("delete", "--yes", take.id)
    assert traces(folders, take.id.encode(), sign) == []


def test_a_row_without_files_leaves_no_page_when_the_history_is_rebuilt(folders: tuple[Path, Path]) -> None:
    gone, kept = recorded(0, timedelta(days=1), seed=0), recorded(1, timedelta(days=1), seed=1)
    for take in (gone, kept):
        show_in_practice(take)
    wiring.store().sound(gone).unlink()
    (folders[0] / "takes" / f"{gone.id}.json").unlink()
    history("rebuild")
    assert traces(folders, gone.id.encode()) == []
    assert len(traces(folders, kept.id.encode())) == 4
    assert [row.id for row in wiring.store().takes()] == [kept.id]
