"""The names of the reports of several recordings: each its own, and such as a disk takes."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.cli.score import NAME_BYTES, _Job

ODD = ("a", "A", "a-1", "a-2", "e\u0301", "\u00e9", "客服", "客" * 85, "x" * 251, "\udcb5", "\udcb6", "\n")
STEMS = st.one_of(
    st.sampled_from(ODD),
    st.binary(min_size=1, max_size=80).map(lambda raw: raw.decode("utf-8", "surrogateescape")),
).filter(lambda stem: not set(stem) & {"/", "\0", "."})
ENDINGS = st.sampled_from([".wav", ".mp3"])
FILES = st.lists(st.builds(lambda stem, ending: Path("in", stem + ending), STEMS, ENDINGS), min_size=2)


def page_names(files: list[Path], target: str) -> list[str]:
    job = SimpleNamespace(files=files, asked=SimpleNamespace(html_file=Path(target)))
    names: list[str] = vars(_Job)["_page_names"].func(job)  # all of a job that it looks at
    return names


@given(FILES)
def test_every_recording_has_a_page_of_its_own_that_a_disk_takes(files: list[Path]) -> None:
    names = page_names(files, "结果/report.html")
    taken = {
        file: unicodedata.normalize("NFC", name).casefold() for file, name in zip(files, names, strict=True)
    }
    assert len(set(taken.values())) == len(set(files))
    for name in names:
        assert len(os.fsencode(name)) <= NAME_BYTES
        assert name.startswith("report-")
        assert name.endswith(".html")
        assert not set(name) & set("/\0\n\x1b")


def test_names_are_told_apart_by_numbers_only_where_they_must() -> None:
    files = [Path("x/a.wav"), Path("y/a.mp3"), Path("b.wav"), Path("a-1.wav")]
    assert page_names(files, "r.html") == ["r-a-2.html", "r-a-3.html", "r-b.html", "r-a-1.html"]
