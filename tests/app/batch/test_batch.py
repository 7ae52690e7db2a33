"""The batch as a use case: nothing lost, nothing done twice, and the same bytes in whatever order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from batch_fakes import HandEngine, heard, job
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.adapters.batch.result_files import ResultFiles
from voicecoach.adapters.batch.result_tables import TABLES, FileTables
from voicecoach.app.batch.results import counted, results_of
from voicecoach.app.batch.run import do, work_of
from voicecoach.model.job import Failure, Item, Planned
from voicecoach.model.result import FailedResult, Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.app.batch.progress import BatchProgress
    from voicecoach.model.result import Result

ORDERS = ("ok 1.5", "bad", "ok 2.0", "bug", "ok 0.5")
ROW_FAULT = Failure("manifest", "line 7 of the manifest: the row names no file", "mend the row", 3)


def planned(folder: Path, orders: Sequence[str] = ORDERS) -> list[Planned]:
    """One plan an order, and a wrong row at the end."""
    made = []
    for number, order in enumerate(orders):
        one = job(folder / f"{number}.wav", order)
        item = Item(file=f"in/{number}.wav", path=one.path, speaker="=王", carried={"班组": "一"})
        made.append(Planned(item, one, size_bytes=100 * (number + 1)))
    return [*made, Planned(Item(file="", path="", line=7), None, ROW_FAULT)]


def run(plan: Sequence[Planned], out: Path, engine: HandEngine, **options: Any) -> Tally:
    store = ResultFiles(out)
    with store.held():
        do(work_of(plan, store, **options), store, engine, observe=lambda _: None)
        return counted(FileTables(out).written(results_of(plan, store)))


def written(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in TABLES}


def test_every_item_has_one_line_and_the_count_of_them(tmp_path: Path) -> None:
    tally = run(planned(tmp_path), tmp_path / "out", HandEngine())
    assert tally == Tally(n_items=6, n_scored=3, n_not_scored=0, n_failed=3, sound_s=4.0)


@settings(max_examples=15, deadline=None)
@given(
    order=st.lists(st.integers(0, 9), min_size=8, max_size=8),
    n_workers=st.integers(1, 6),
    breaks=st.lists(st.integers(0, 3), max_size=3),
)
def test_any_order_and_any_break_give_the_same_bytes(
    order: list[int], n_workers: int, breaks: list[int]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        plan = planned(folder)
        run(plan, folder / "plain", HandEngine(n_workers=1))
        choices = iter(order * 10)

        def choose(n: int) -> int:
            return next(choices) % n

        for break_after in breaks:
            broken = HandEngine(choose, n_workers=n_workers, break_after=break_after)
            try:
                run(plan, folder / "broken", broken)
            except KeyboardInterrupt:
                assert len(broken.done) == break_after
        run(plan, folder / "broken", HandEngine(choose, n_workers=n_workers))
        assert written(folder / "broken") == written(folder / "plain")


def test_a_break_loses_only_what_was_in_flight(tmp_path: Path) -> None:
    plan = planned(tmp_path, ["ok"] * 6)
    with pytest.raises(KeyboardInterrupt):
        run(plan, tmp_path / "out", HandEngine(break_after=4))
    second = HandEngine()
    run(plan, tmp_path / "out", second)
    assert len(second.done) == 2


def test_a_second_run_tries_again_what_was_not_the_files_fault(tmp_path: Path) -> None:
    plan = planned(tmp_path)
    run(plan, tmp_path / "out", HandEngine())
    second = HandEngine()
    run(plan, tmp_path / "out", second)
    assert second.done == ["key-3"]  # the bug; the bad file stays bad
    third = HandEngine()
    run(plan, tmp_path / "out", third, again=True)
    assert sorted(third.done) == ["key-1", "key-3"]
    (tmp_path / "3.wav").write_text("ok 4.0")
    tally = run(plan, tmp_path / "out", HandEngine())
    assert (tally.n_scored, tally.n_failed, tally.sound_s) == (4, 2, 8.0)


def test_the_limit_counts_what_is_to_do_in_the_order_of_the_items(tmp_path: Path) -> None:
    plan = planned(tmp_path, ["ok"] * 5)
    for expected in (["key-0", "key-1"], ["key-2", "key-3"], ["key-4"]):
        engine = HandEngine()
        run(plan, tmp_path / "out", engine, limit=2)
        assert sorted(engine.done) == expected


def test_large_files_go_first_and_a_second_prompt_waits_for_the_words(tmp_path: Path) -> None:
    plan = planned(tmp_path, ["ok"] * 3)[:3]
    first = plan[2]
    assert first.job is not None
    other_prompt = replace(first, job=replace(first.job, key="key-other"))
    engine = HandEngine(n_workers=1)
    run([other_prompt, *plan], tmp_path / "out", engine)
    assert engine.done == ["key-other", "key-1", "key-0", "key-2"]
    assert engine.heard == {
        "key-other": None,
        "key-1": None,
        "key-0": None,
        "key-2": heard(first.job),
    }


def test_one_result_serves_copies_under_their_own_names(tmp_path: Path) -> None:
    (one, *_) = planned(tmp_path, ["bad"])
    copy = replace(one, item=replace(one.item, file="in/copy.wav"))
    engine = HandEngine()
    run([one, copy], tmp_path / "out", engine)
    assert engine.done == ["key-0"]
    results = results_of([one, copy], ResultFiles(tmp_path / "out"))
    messages = [result.failure.message for result in results if isinstance(result, FailedResult)]
    assert messages == ["in/0.wav is no sound", "in/copy.wav is no sound"]


def test_the_last_word_on_every_result_is_the_finishers(tmp_path: Path) -> None:
    plan = planned(tmp_path)
    run(plan, tmp_path / "out", HandEngine())

    def finish(result: Result) -> Result:
        return replace(result, batch=replace(result.batch, date="today"))

    results = list(results_of(plan, ResultFiles(tmp_path / "out"), finish=finish))
    assert [result.batch.date for result in results] == ["today"] * 6


def test_progress_is_told_after_every_file(tmp_path: Path) -> None:
    told: list[BatchProgress] = []
    store = ResultFiles(tmp_path / "out")
    with store.held():
        do(work_of(planned(tmp_path), store), store, HandEngine(), observe=told.append)
    assert [progress.n_done for progress in told] == [0, 1, 2, 3, 4, 5]
    assert (told[-1].n_failed, told[-1].sound_s, told[-1].left_s) == (2, 4.0, 0.0)


def test_the_longest_recording_goes_first_whatever_its_format(tmp_path: Path) -> None:
    plan = [
        replace(one, item=replace(one.item, path=f"{number}{ending}"), size_bytes=size)
        for number, (one, ending, size) in enumerate(
            zip(
                planned(tmp_path, ["ok"] * 3),
                (".wav", ".OPUS", ".flac"),  # 10, 30 and 20 s
                (320_000, 120_000, 320_000),
                strict=False,
            )
        )
    ]
    with ResultFiles(tmp_path / "out").held():
        todo = work_of(plan, ResultFiles(tmp_path / "out")).todo
    assert [one.job.key for one in todo if one.job] == ["key-1", "key-2", "key-0"]
