"""Damage to what the program keeps by itself: takes and their database, the work of a batch, its caches."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING, Final

import documents
from assessments import answer
from cases import all_named, drawn, sounds
from mutations import damaged, garbled
from store_contract import a_scored

from voicecoach.adapters.history.store import TakeStore
from voicecoach.documents.assessment import encode_assessment

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from programs import Home

N_TAKES: Final = 4
TOLD: Final = frozenset({0, 1, 2, 3})


def fuzz_takes(home: Home, seed: int, numbers: range) -> None:
    """Damaged takes, sounds and databases under every command that reads them."""
    whole = home.root / "whole"
    store = TakeStore(whole)
    for number in range(N_TAKES):
        take = a_scored(
            number, assessment=encode_assessment(answer()), recognised_text=answer().transcript.text
        )
        shutil.copy(documents.SOUND, store.sound_target(take.id))
        store.put(take)
    for number in numbers:
        random = drawn(home, "takes", seed, number)
        shutil.rmtree(home.data)
        shutil.copytree(whole, home.data)
        _damage(home.data, random, random.choice((1, 1, 2)))
        for command in (
            ("history", "list"),
            ("review", "last"),
            ("history", "rebuild"),
            ("history", "list", "--json"),
        ):
            home.run(*command, allowed=(0, 1, 2, 3))
        home.run(
            "history",
            "export",
            "--format",
            "html",
            "--out",
            "all.html",
            allowed=(0, 1, 2, 3),
            asked=("all.html",),
        )
        (home.outputs / "all.html").unlink(missing_ok=True)


def fuzz_kept(home: Home, seed: int, numbers: range) -> None:
    """Damaged work and results of a batch, packs and vectors in the cache: the next run names every file."""
    sounds(home)
    manifest = home.inputs / "m.csv"
    manifest.write_text(documents.as_csv(documents.manifest_rows()), "utf-8")
    command = ("batch", manifest, "--out", "o", "--workers", "1", "--json")
    home.run(*command, allowed=(0, 1), asked=("o",))
    work, cache = home.root / "work", home.root / "kept"
    shutil.copytree(home.outputs / "o", work)
    shutil.copytree(home.cache, cache, symlinks=True)
    for number in numbers:
        random = drawn(home, "kept", seed, number)
        for wanted, kept in ((home.outputs / "o", work), (home.cache, cache)):
            shutil.rmtree(wanted)
            shutil.copytree(kept, wanted, symlinks=True)
        place = random.choice((home.outputs / "o", home.outputs / "o" / ".work", home.cache))
        _damage(place, random, 2)
        told = home.run(*command, allowed=(0, 1), asked=("o",))
        if told.status == 0:  # else one line says what lies in the way, and nothing is written anew
            all_named(home, told, len(documents.manifest_rows()))


def _damage(folder: Path, random: Random, n: int) -> None:
    """Damage ``n`` files below ``folder``: their bytes or text, gone, empty, a folder, not readable."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    files = [path for path in files if "models" not in path.parts]
    for path in random.sample(files, min(n, len(files))):
        kind = random.random()
        data = path.read_bytes()
        if kind < 0.1:
            path.unlink()
        elif kind < 0.2:
            path.unlink()
            path.mkdir()
        elif kind < 0.3:
            path.write_bytes(b"")
        elif kind < 0.6:
            with contextlib.suppress(UnicodeDecodeError):
                path.write_text(garbled(data.decode("utf-8"), random), "utf-8", "surrogatepass")
        else:
            path.write_bytes(damaged(data, [data], random))
