"""Two programs at once, a locked, damaged or full disk: a clear message each, and no take is lost."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from store_contract import a_scored, a_take

from voicecoach.adapters.history.database import DamagedStoreError, told
from voicecoach.adapters.history.store import TakeStore
from voicecoach.documents.take import encode_take
from voicecoach.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from voicecoach.model.take import Take

LIMIT_S = 120
"""Against hanging only."""
REBUILD = "voicecoach history rebuild"

ADD = """
import json, sys
from pathlib import Path
from voicecoach.adapters.history.store import TakeStore
from voicecoach.documents.take import decode_take
from voicecoach.errors import StoreError

folder, room = Path(sys.argv[1]), int(sys.argv[2])
store = TakeStore(folder)
takes = [decode_take(document) for document in json.loads(sys.stdin.readline())]
if room:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
try:
    for take in takes:
        store.put(take)
except StoreError as exc:
    print(exc.message, exc.hint, sep="\\n")
"""
"""Adds the takes of its first line of input; files cannot grow beyond ``room`` bytes (0 = they can)."""


@contextlib.contextmanager
def adding(folder: Path, *, room: int = 0) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-c", ADD, str(folder), str(room)]
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def documents(*takes: Take) -> str:
    return json.dumps([encode_take(take) for take in takes]) + "\n"


def test_processes_that_add_at_once_lose_no_row(tmp_path: Path) -> None:
    with adding(tmp_path) as first, adding(tmp_path) as second:  # both begin without a database
        for first_day, process in ((0, first), (10, second)):
            assert process.stdin
            process.stdin.write(documents(*(a_scored(first_day + day) for day in range(10))))
            process.stdin.flush()
        assert [process.communicate(timeout=LIMIT_S)[0] for process in (first, second)] == ["", ""]
        assert [first.returncode, second.returncode] == [0, 0]
    store = TakeStore(tmp_path)
    assert len(store.takes()) == 20
    assert len(store.figures()) == 40
    assert store.missing() == ()


def test_a_locked_database_is_told_and_the_take_is_kept(tmp_path: Path) -> None:
    store = TakeStore(tmp_path, busy_s=0.02)
    store.put(a_take(0))
    late = a_take(1)
    with contextlib.closing(sqlite3.connect(tmp_path / "history.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert len(store.takes()) == 1  # reading goes on
        with pytest.raises(StoreError, match=r"in use by another program, for more than 0\.02 s") as met:
            store.put(late)
        assert f"The take itself is kept: {tmp_path / 'takes' / late.id}.json" in met.value.message
        assert REBUILD in met.value.hint
        assert "close the other voicecoach" in met.value.hint
        other.execute("ROLLBACK")
    assert store.missing() == (late.id,)
    assert store.rebuild().n_takes == 2
    assert store.take("last") == late


def garbage(path: Path) -> None:
    path.write_bytes(b"no database at all" * 500)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scribbled(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xaa" * (len(content) - 4096)
    path.write_bytes(content)


def without_a_table(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE takes")


@pytest.mark.parametrize("damage", [garbage, truncated, scribbled, without_a_table])
def test_a_damaged_database_is_kept_aside_and_built_anew(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    store, path = TakeStore(tmp_path), tmp_path / "history.db"
    takes = [a_scored(day) for day in range(20)]
    for take in takes:
        store.put(take)
    figures = store.figures()
    damage(path)
    damaged = path.read_bytes()
    new = a_scored(20)
    for use in (store.takes, lambda: store.take("last"), lambda: store.put(new)):
        with pytest.raises(DamagedStoreError, match="is damaged: ") as met:
            use()
        assert REBUILD in met.value.hint
    assert path.read_bytes() == damaged
    done = store.rebuild()
    assert (done.n_takes, done.unreadable) == (21, ())
    (aside,) = store.kept_aside()
    assert aside.name == done.kept_aside
    assert aside.read_bytes() == damaged
    assert store.take("last") == new
    assert len(store.figures()) == len(figures) + 2


def test_damage_that_no_query_meets_is_found(tmp_path: Path) -> None:
    store, path = TakeStore(tmp_path), tmp_path / "history.db"
    store.put(a_scored())
    content = bytearray(path.read_bytes())
    n_pages = int.from_bytes(content[28:32], "big")  # of the file's header; the page added belongs to nothing
    content[28:32] = (n_pages + 1).to_bytes(4, "big")
    path.write_bytes(content + bytes(len(content) // n_pages))
    assert len(store.takes()) == 1
    assert store.rebuild().kept_aside.startswith("history.damaged-")
    assert store.rebuild().kept_aside == ""


def test_the_journal_of_a_damaged_database_goes_with_it(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    (tmp_path / "history.db").write_bytes(b"damaged")
    (tmp_path / "history.db-journal").write_bytes(b"its journal")
    store._set_aside()
    assert [path.read_bytes() for path in store.kept_aside()] == [b"damaged", b"its journal"]
    assert list(tmp_path.glob("history.db*")) == []


def test_a_row_that_is_no_take_is_told_and_mended_in_place(tmp_path: Path) -> None:
    store, take = TakeStore(tmp_path), a_scored()
    store.put(take)
    with contextlib.closing(sqlite3.connect(tmp_path / "history.db")) as connection:
        connection.execute("""UPDATE documents SET assessment = '{"schema"'""")
        connection.commit()
    with pytest.raises(DamagedStoreError, match="is damaged: "):
        store.take("last")
    done = store.rebuild()
    assert (done.n_takes, done.unreadable, done.kept_aside) == (1, (), "")
    assert store.take("last") == take


def test_an_emptied_database_is_seen(tmp_path: Path) -> None:
    store, take = TakeStore(tmp_path), a_take()
    store.put(take)
    (tmp_path / "history.db").write_bytes(b"")
    assert store.takes() == ()
    assert store.missing() == (take.id,)
    assert store.rebuild().n_takes == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "Expecting property name"),
        (b"\xff\xfe\x00", "can't decode byte"),
        (b"[]", "the schema must be voicecoach.take/1, got list"),
        (b'{"schema": "voicecoach.take/2"}', "got 'voicecoach.take/2'"),
        (
            b'{"schema": "voicecoach.take/1"}',
            "not as voicecoach.take/1 has it: .*missing required field `id`",
        ),
        (b'{"schema": "voicecoach.take/1", "duration_s": NaN}', "it holds NaN"),
        (
            b'{"schema": "voicecoach.take/1", "n_overflows": true}',
            r"Expected `int`, got `bool` - at `\$.n_overflows`",
        ),
        (b"[" * 100_000, "recursion"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_its_row_stays(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    store, good, bad = TakeStore(tmp_path), a_scored(0), a_scored(1)
    for take in (good, bad):
        store.put(take)
    path = tmp_path / "takes" / f"{bad.id}.json"
    path.write_bytes(content)
    done = store.rebuild()
    assert done.n_takes == 2
    ((name, why),) = done.unreadable
    assert name == path.name
    with pytest.raises(StoreError, match=reason):
        raise why
    assert store.take(bad.id) == bad
    assert path.read_bytes() == content


def test_a_file_about_another_take_is_not_taken_in(tmp_path: Path) -> None:
    store, take = TakeStore(tmp_path), a_take()
    store.put(take)
    path = tmp_path / "takes" / f"{take.id}.json"
    (tmp_path / "takes" / "1-copy.json").write_bytes(path.read_bytes())
    ((name, why),) = store.rebuild().unreadable
    assert name == "1-copy.json"
    assert f"it is about {take.id}" in why.message
    assert why.words("zh").endswith(f"：里面写的是 {take.id}")


def test_a_row_without_its_file_gets_it_back_while_there_is_sound(tmp_path: Path) -> None:
    store, sounding, silent = TakeStore(tmp_path), a_scored(0), a_scored(1)
    for take in (sounding, silent):
        store.put(take)
        (tmp_path / "takes" / f"{take.id}.json").unlink()
    store.sound_target(sounding.id).write_bytes(b"sound")
    assert store.rebuild().n_takes == 1
    (tmp_path / "history.db").unlink()
    store.rebuild()
    assert store.take("last") == sounding


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no limit for the size of files")
def test_a_full_disk_is_told_and_what_was_there_stays(tmp_path: Path) -> None:
    store, first = TakeStore(tmp_path), a_scored(0)
    store.put(first)
    sound = store.sound_target("2026-full")
    sound.write_bytes(b"sound")
    before = (tmp_path / "history.db").read_bytes()
    room_for_the_file_only = 5000
    said = full(tmp_path, room_for_the_file_only)
    assert f"the history {tmp_path / 'history.db'} cannot be written: " in said
    assert f"The take itself is kept: {tmp_path / 'takes' / '2026-full.json'}" in said
    assert "free some space on that disk (or look whether it fails)" in said
    assert (tmp_path / "history.db").read_bytes() == before
    assert store.missing() == ("2026-full",)
    (tmp_path / "takes" / "2026-full.json").unlink()
    said = full(tmp_path, 100)
    assert f"cannot write {tmp_path / 'takes' / '2026-full.json'}: File too large" in said
    assert {path.name for path in (tmp_path / "takes").iterdir()} == {f"{first.id}.json", sound.name}
    assert sound.read_bytes() == b"sound"
    assert store.take("last") == first


def full(folder: Path, room: int) -> str:
    with adding(folder, room=room) as process:
        said, _ = process.communicate(documents(a_scored(1, id="2026-full")), timeout=LIMIT_S)
        assert process.returncode == 0
        return said


def test_folders_in_the_place_of_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "history.db").mkdir()
    with pytest.raises(StoreError, match=r"cannot open the history .*: Is a directory"):
        TakeStore(tmp_path).takes()
    other = tmp_path / "other"
    other.mkdir()
    (other / "takes").write_bytes(b"")
    with pytest.raises(StoreError, match=r"cannot make .*takes: "):
        TakeStore(other).put(a_take())


def test_a_database_that_must_not_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    TakeStore(tmp_path).put(a_take())
    for name, statement in ((f"file:{path}?mode=ro", "DELETE FROM takes"), (f"{tmp_path}/no/folder", "")):
        with (
            pytest.raises(StoreError, match="cannot be opened for writing: ") as met,
            told(path, 1.0),
            contextlib.closing(sqlite3.connect(name, uri=True)) as connection,
        ):
            connection.execute(statement)
        assert "look at the rights of file and folder" in met.value.hint


def test_a_sound_that_cannot_be_removed_keeps_the_take(tmp_path: Path) -> None:
    store, take = TakeStore(tmp_path), a_take()
    store.put(take)
    store.sound_target(take.id).mkdir()  # a folder cannot be unlinked
    with pytest.raises(StoreError, match="cannot delete from "):
        store.delete([take.id])
    assert store.take("last") == take


def test_a_half_done_write_is_rolled_back(tmp_path: Path) -> None:
    """A process that dies between the rows of a take leaves none of them."""
    store = TakeStore(tmp_path)
    store.put(a_scored(0))
    with contextlib.closing(sqlite3.connect(tmp_path / "history.db", isolation_level=None)) as dying:
        dying.execute("BEGIN IMMEDIATE")
        dying.execute("DELETE FROM figures")
    assert len(store.figures()) == 2
