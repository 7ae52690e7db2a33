"""What a batch keeps: whole or not at all, read once, never shared by two runs."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest
from batch_fakes import heard, job, judged

from voicecoach.adapters.batch import result_files
from voicecoach.adapters.batch.result_files import ResultFiles
from voicecoach.adapters.batch.result_tables import PARQUET, RESULTS, SUMMARY, TABLES
from voicecoach.audio.decode import digest
from voicecoach.errors import InputError, StoreError, UsageError
from voicecoach.model.job import Failure, Outcome
from voicecoach.model.result import Tally

if TYPE_CHECKING:
    from pathlib import Path

BAD = Failure("input", "{file} is no sound", "record again", 3)
LOST = Failure("worker_lost", "{file}: the worker died", "try again", 4, attempts=2)


def test_outcomes_come_back_as_they_were_kept(tmp_path: Path) -> None:
    store = ResultFiles(tmp_path / "out")
    good, bad = job(tmp_path / "a", "ok"), job(tmp_path / "b", "bad")
    with store.held():
        store.keep(good, Outcome(good.key, judged("sha"), heard=heard(good)))
        store.keep(bad, Outcome(bad.key, failure=BAD))
    again = ResultFiles(tmp_path / "out")
    assert again.outcome(good.key) == judged("sha")
    assert again.heard(good.heard_key) == heard(good)
    assert again.outcome(bad.key) == BAD
    assert (again.outcome("other"), again.heard("other"), again.has_heard("other")) == (None, None, False)
    assert oct((tmp_path / "out" / ".work").stat().st_mode & 0o777) == "0o700"


def test_only_the_files_own_failures_stand(tmp_path: Path) -> None:
    store = ResultFiles(tmp_path / "out")
    bad, lost = job(tmp_path / "a", "bad"), job(tmp_path / "b", "die")
    with store.held():
        store.keep(bad, Outcome(bad.key, failure=BAD))
        store.keep(lost, Outcome(lost.key, failure=LOST))
    assert (store.finished(bad.key), store.finished(lost.key)) == (True, False)
    assert not store.finished(bad.key, again=True)


def test_a_result_takes_the_place_of_a_failure(tmp_path: Path) -> None:
    store = ResultFiles(tmp_path / "out")
    lost = job(tmp_path / "a", "ok")
    with store.held():
        store.keep(lost, Outcome(lost.key, failure=LOST))
        store.keep(lost, Outcome(lost.key, judged("sha")))
    assert sorted(path.name for path in (tmp_path / "out/.work/results").iterdir()) == ["key-a.json"]


def test_two_runs_never_share_a_folder(tmp_path: Path) -> None:
    with (
        ResultFiles(tmp_path).held(),
        pytest.raises(StoreError, match="another batch is writing into"),
        ResultFiles(tmp_path).held(),
    ):
        pass
    with ResultFiles(tmp_path).held():  # and a finished one lets go
        pass


def test_what_a_killed_run_had_begun_is_swept_away(tmp_path: Path) -> None:
    with ResultFiles(tmp_path).held():
        pass
    begun = [tmp_path / ".work/heard/.k.json.x.part", tmp_path / ".summary.csv.x.part"]
    users = tmp_path / ".mine.part"
    for path in (*begun, users):
        path.touch()
    with ResultFiles(tmp_path).held():
        assert [path.exists() for path in (*begun, users)] == [False, False, True]


def test_a_file_is_read_once_until_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []

    def counting(path: Path) -> str:
        read.append(path)
        return digest(path)

    monkeypatch.setattr(result_files, "digest", counting)
    sound = tmp_path / "a.wav"
    sound.write_bytes(b"one")
    for content in (b"one", b"one", b"two"):
        if sound.read_bytes() != content:
            sound.write_bytes(content)
            os.utime(sound, ns=(1, 1))
        store = ResultFiles(tmp_path / "out")
        with store.held():
            assert store.digest(sound) == (hashlib.sha256(content).hexdigest(), 3)
    assert read == [sound, sound]


def test_a_file_that_is_not_there_is_told_in_the_words_of_audio(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        ResultFiles(tmp_path).digest(tmp_path / "a.wav")


@pytest.mark.parametrize("damage", ["{", "[]", "5"])
def test_a_damaged_result_is_told_and_damaged_words_are_heard_again(tmp_path: Path, damage: str) -> None:
    store = ResultFiles(tmp_path)
    with store.held():
        (tmp_path / ".work/results/k.json").write_text(damage)
        (tmp_path / ".work/results/f.failed").write_text('{"of": "another version"}')
        (tmp_path / ".work/heard/k.json").write_text(damage)
        (tmp_path / ".work/tables.json").write_text(damage)
        (tmp_path / ".work/digests.json").write_text(damage)
    store.look()
    assert store.tables("digest") is None
    assert store.heard("k") is None
    assert store.outcome("f") is None
    with pytest.raises(StoreError, match=r"k\.json is damaged"):
        store.outcome("k")


@pytest.mark.parametrize(("name", "kept"), [(RESULTS, False), (PARQUET, False), (SUMMARY, True)])
def test_a_table_that_programs_read_is_written_again_when_it_was_changed(
    tmp_path: Path, name: str, *, kept: bool
) -> None:
    store = ResultFiles(tmp_path)
    with store.held():
        for table in TABLES:
            (tmp_path / table).write_text("as written")
        store.keep_tables("digest", Tally(n_items=2))
        (tmp_path / name).write_text("damaged")
        assert (store.tables("digest") is not None) == kept


def test_the_tables_are_known_by_what_they_were_made_from(tmp_path: Path) -> None:
    store = ResultFiles(tmp_path)
    with store.held():
        store.keep_tables("digest", Tally(n_items=2))
        assert store.tables("digest") is None  # the tables themselves are not there
        for name in TABLES:
            (tmp_path / name).touch()
        store.keep_tables("digest", Tally(n_items=2))
        assert store.tables("digest") == Tally(n_items=2)
        assert store.tables("another") is None
        store.forget_tables()
        assert store.tables("digest") is None


def test_what_lies_in_the_way_inside_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / ".work/lock").mkdir(parents=True)
    with pytest.raises(StoreError, match=r"\.work/lock"), ResultFiles(tmp_path).held():
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(UsageError, match="cannot use the folder"),
        ResultFiles(tmp_path / "file" / "out").held(),
    ):
        pass
