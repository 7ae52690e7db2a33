"""The history on disk: the contract, round trips of any take, files and rights, what deletion leaves."""

from __future__ import annotations

import json
import stat
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_contract import FIRST, FakeStore, StoreContract, a_document, a_scored, a_take, summary

from voicecoach import wiring
from voicecoach.adapters.history.store import TakeStore
from voicecoach.errors import StoreError
from voicecoach.model.take import ASSESSMENT_SCHEMAS, Take, new_take_id, utc_text

if TYPE_CHECKING:
    from voicecoach.model.take import TakeState
    from voicecoach.ports import Store


class TestFakeStore(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Store:
        return FakeStore(tmp_path)


class TestTakeStore(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Store:
        return TakeStore(tmp_path)


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
figure = st.floats(allow_nan=False, allow_infinity=False)
maybe_figure = st.none() | figure
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | figure | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=6,
)
limits = st.lists(maybe_figure, min_size=2, max_size=2)
measurement = st.fixed_dictionaries(
    {
        "value": maybe_figure,
        "unit": text,
        "verdict": st.sampled_from([None, "green", "amber", "red"]),
        "band": st.none() | st.fixed_dictionaries({"green": limits, "amber": limits}),
    },
    optional={"evidence": anything},
)
rubric = st.fixed_dictionaries(
    {
        "points": st.lists(
            st.fixed_dictionaries({"id": text, "state": st.sampled_from(["covered", "maybe", "not_heard"])}),
            unique_by=lambda point: point["id"],
            max_size=3,
        ),
        "coverage": st.lists(figure, min_size=2, max_size=2),
        "version": text,
    }
)
documents = st.fixed_dictionaries(
    {
        "schema": st.sampled_from(ASSESSMENT_SCHEMAS),
        "measurements": st.dictionaries(text, measurement, max_size=3),
        "rubric": st.none() | rubric,
        "total": maybe_figure,
        "transcript": anything,
    },
    optional={
        "provenance": st.dictionaries(text, anything, max_size=2),
    },
)


@st.composite
def any_take(draw: st.DrawFn) -> Take:
    when = FIRST + draw(st.timedeltas(timedelta(0), timedelta(days=36_525)))
    corrected = draw(st.none() | text)
    state: TakeState = draw(st.sampled_from(["recorded", "scored", "not_scored"]))
    before = draw(st.none() | documents)
    words = {
        name: draw(text)
        for name in (
            "prompt_id",
            "prompt_text",
            "pack",
            "kind",
            "language",
            "profile",
            "speaker_profile",
            "device",
        )
    }
    return Take(
        id=new_take_id(when),
        recorded_at=utc_text(when),
        **words,
        n_overflows=draw(st.integers(0, 2**31 - 1)),
        prompt_end_s=draw(maybe_figure),
        duration_s=draw(st.floats(0, 1e6)),
        state=state,
        recognised_text=draw(st.none() | text),
        corrected_text=corrected,
        cer=None if corrected is None else draw(st.floats(0, 1e3)),
        assessment={"recorded": None, "scored": draw(documents)}.get(state, draw(st.none() | documents)),
        assessment_before=before,
    )


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(any_take(), min_size=1, max_size=3, unique_by=lambda take: take.id))
def test_any_take_comes_back_equal_from_the_database_and_from_its_file(takes: list[Take]) -> None:
    with tempfile.TemporaryDirectory() as name:
        store = TakeStore(Path(name))
        for take in takes:
            store.put(take)
        assert {take.id: store.take(take.id) for take in takes} == {take.id: take for take in takes}
        figures, points, rows = set(store.figures()), set(store.points()), store.takes()
        assert set(rows) == {summary(take) for take in takes}
        (Path(name) / "history.db").unlink()
        assert store.rebuild().n_takes == len(takes)
        assert {take.id: store.take(take.id) for take in takes} == {take.id: take for take in takes}
        assert (set(store.figures()), set(store.points()), store.takes()) == (figures, points, rows)


def test_the_history_lies_in_the_users_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "mine"))
    take = a_take()
    wiring.store().put(take)
    assert (tmp_path / "mine" / "takes" / f"{take.id}.json").is_file()
    assert (tmp_path / "mine" / "history.db").is_file()


def test_only_the_user_may_look_in(tmp_path: Path) -> None:
    store, take = TakeStore(tmp_path), a_take()
    sound = store.sound_target(take.id)
    sound.write_bytes(b"sound")
    sound.chmod(0o644)
    store.put(take)
    page = store.put_report(take.id, b"page")
    folders = (tmp_path / "takes", tmp_path / "reports")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (*folders, sound, page)}
    modes |= {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*.*")}
    files = (sound.name, page.name, f"{take.id}.json", "history.db")
    assert modes == {"takes": 0o700, "reports": 0o700, **dict.fromkeys(files, 0o600)}


def test_the_file_of_a_take_can_be_read_by_people_and_says_its_schema(tmp_path: Path) -> None:
    store, take = TakeStore(tmp_path), a_scored()
    store.put(take)
    written = (tmp_path / "takes" / f"{take.id}.json").read_text(encoding="utf-8")
    assert '"prompt_text": "快递晚了三天，顾客很生气，怎么办？",\n' in written
    assert json.loads(written)["schema"] == "voicecoach.take/1"


def test_a_document_that_breaks_its_schema_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    broken = {**a_document(), "measurements": {"speech_rate": {"value": 1.0}}}
    with pytest.raises(StoreError, match=r"missing required field `unit` - at `\$.measurements"):
        store.put(a_scored(assessment=broken))
    with pytest.raises(ValueError, match="Out of range float"):
        store.put(a_scored(assessment={**a_document(), "total": float("nan")}))
    assert list((tmp_path).rglob("*.json*")) == []


PRIVATE = "身份证号三二零一零二"


def test_nothing_of_a_deleted_take_is_left_in_any_file(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    for day in range(6):
        document = {**a_document(), "transcript": {"text": PRIVATE * 900}}
        take = a_scored(day, recognised_text=PRIVATE, assessment=document)
        store.sound_target(take.id).write_bytes(PRIVATE.encode())
        store.put_report(take.id, PRIVATE.encode())
        store.put(take)
    plain = a_scored(9)
    store.put(plain)
    for leftover in (f"takes/.{take.id}.json.abc.part", f"reports/.{take.id}.html.abc.part"):
        (tmp_path / leftover).write_text(PRIVATE, encoding="utf-8")
    filled = (tmp_path / "history.db").read_bytes()
    assert PRIVATE.encode() in filled
    store.delete(row.id for row in store.takes() if row.id != plain.id)
    kept = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert set(kept) == {"history.db", f"{plain.id}.json"}
    assert [name for name, content in kept.items() if PRIVATE.encode() in content] == []
    assert len(kept["history.db"]) < len(filled) / 2
    assert store.take("last") == plain


def test_text_that_a_correction_replaced_is_not_left_in_the_database(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    take = a_scored(
        recognised_text=PRIVATE, assessment={**a_document(), "transcript": {"text": PRIVATE * 900}}
    )
    store.put(take)
    store.put(a_scored(id=take.id))
    assert PRIVATE.encode() not in (tmp_path / "history.db").read_bytes()


def test_ids_sort_by_time_and_differ_within_a_millisecond() -> None:
    ids = [new_take_id(FIRST) for _ in range(50)]
    assert len(set(ids)) == 50
    assert all(take_id.startswith("20261122-093000-417-") for take_id in ids)
    assert new_take_id(FIRST) < new_take_id(FIRST.replace(microsecond=418000))


def test_a_take_whose_row_was_never_written_is_offered_again(tmp_path: Path) -> None:
    store, seen, unseen, stale = TakeStore(tmp_path), a_take(0), a_take(1), a_take(2)
    for take in (seen, unseen, stale):
        store.put(take)
        store.sound_target(take.id).write_bytes(b"sound")
    files = {take.id: tmp_path / "takes" / f"{take.id}.json" for take in (unseen, stale)}
    content: dict[str, Any] = {take_id: path.read_bytes() for take_id, path in files.items()}
    store.delete([unseen.id])
    files[unseen.id].write_bytes(content[unseen.id])
    store.sound_target(unseen.id).write_bytes(b"sound")
    files[stale.id].write_bytes(content[stale.id].replace(b'"state": "recorded"', b'"state": "not_scored"'))
    (tmp_path / "takes" / "20260101-broken.json").write_text("{", encoding="utf-8")
    assert store.missing() == ("20260101-broken", unseen.id)
    assert store.unfinished() == (seen, unseen)
    assert store.missing() == ("20260101-broken",)
    assert store.take(stale.id).state == "not_scored"
