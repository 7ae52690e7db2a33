"""``voicecoach history``: the real store in a folder of the test, driven by the command line."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from store_contract import FIRST, SPOKEN, a_document, a_scored, a_take

from voicecoach.adapters.history.store import TakeStore
from voicecoach.cli.main import cli
from voicecoach.documents.take import encode_take
from voicecoach.model.take import utc_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.take import Take

TODAY = datetime.now(UTC)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TakeStore:
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.delenv("VOICECOACH_UI", raising=False)
    return TakeStore(tmp_path)


def kept(store: TakeStore, *takes: Take) -> Sequence[Take]:
    for take in takes:
        store.put(take)
    return takes


def run(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(cli, ["history", *arguments], input=answer)


def test_list_names_each_take_newest_first_and_why_one_has_no_total(store: TakeStore) -> None:
    scored = a_scored(1, corrected_text="好", cer=0.2)
    kept(store, a_take(0), scored, a_take(2, state="not_scored", prompt_id="privacy"))
    said = run("list")
    assert said.exit_code == 0
    unscored, best, waiting = said.stdout.splitlines()
    assert [line.split()[0] for line in (unscored, best, waiting)] == [row.id for row in store.takes()]
    assert "2026-11-23" in best
    for shown in ("late_delivery", "0:50", "72", "50–75 %", "已校正"):
        assert shown in best
    assert "未评分" in unscored
    assert waiting.endswith("未评")
    assert said.stderr == "共 3 次\n"
    english = run("list", "--ui", "en")
    assert "not scored" in english.stdout
    assert "corrected" in english.stdout
    assert english.stderr == "3 takes\n"


def test_list_shows_the_newest_thirty_unless_told(store: TakeStore) -> None:
    kept(store, *(a_take(day) for day in range(31)))
    few = run("list", "--ui", "en")
    assert len(few.stdout.splitlines()) == 30
    assert few.stderr == "31 takes, the newest 30 shown (-n 0: all)\n"
    assert len(run("list", "-n", "0").stdout.splitlines()) == 31
    assert len(run("list", "-n", "2").stdout.splitlines()) == 2
    assert len(json.loads(run("list", "--json").stdout)) == 31
    assert len(json.loads(run("list", "--json", "-n", "3").stdout)) == 3


def test_list_filters(store: TakeStore) -> None:
    old, privacy = kept(
        store,
        a_take(0, recorded_at=utc_text(TODAY - timedelta(days=40))),
        a_take(1, recorded_at=utc_text(TODAY), prompt_id="privacy", kind="caller"),
    )
    for wanted in (["--prompt", "privacy"], ["--kind", "caller"], ["--since", "30d"]):
        assert [row["id"] for row in json.loads(run("list", "--json", *wanted).stdout)] == [privacy.id]
    day = f"{TODAY - timedelta(days=50):%Y-%m-%d}"
    assert {row["id"] for row in json.loads(run("list", "--json", "--since", day).stdout)} == {
        old.id,
        privacy.id,
    }
    refused = run("list", "--since", "soon")
    assert refused.exit_code == 2
    assert "'soon' 既不是日期也不是时长" in refused.stderr


def test_list_of_nothing(store: TakeStore) -> None:
    said = run("list", "--ui", "en")
    assert (said.stdout, said.stderr, said.exit_code) == ("", "0 takes\n", 0)
    assert store.takes() == ()


def test_list_says_what_is_not_in_the_index(store: TakeStore, tmp_path: Path) -> None:
    kept(store, a_take())
    (tmp_path / "history.db").unlink()
    assert "1 more takes are not in the index: voicecoach history rebuild" in run("list", "--ui", "en").stderr
    rebuilt = run("rebuild", "--ui", "en")
    assert (rebuilt.stdout, rebuilt.exit_code) == ("rebuilt, 1 takes\n", 0)
    assert run("list", "--ui", "en").stderr == "1 takes\n"


def test_list_loads_nothing_heavy(store: TakeStore) -> None:
    """What keeps it quick: neither the migrations' library nor numpy nor templates are loaded."""
    kept(store, a_scored())
    code = (
        "import sys; from voicecoach.cli.main import cli\n"
        "try: cli(['history', 'list'])\n"
        "except SystemExit: print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    listed, loaded = said.stdout.splitlines()
    assert "late_delivery" in listed
    assert "sqlite3" in loaded.split()
    assert not {"sqlite_utils", "numpy", "jinja2", "yaml", "pydantic"} & set(loaded.split())


def test_show(store: TakeStore) -> None:
    (take,) = kept(
        store, a_scored(corrected_text="先跟您道歉", cer=0.25, n_overflows=3, device="\x1b[31mMic")
    )
    said = run("show")
    for shown in (
        take.id,
        "72.5",
        "先跟您道歉",
        SPOKEN,
        "CER 25.0%",
        "✓ apology",
        "· solve",
        "● 语速",
        "231",
        "fake 1",
    ):
        assert shown in said.stdout
    assert "\x1b" not in said.stdout
    english = run("show", take.id[:8], "--ui", "en").stdout
    for shown in ("what was said", "blocks lost    3", "Speech rate"):
        assert shown in english
    assert json.loads(run("show", "last", "--json").stdout) == encode_take(take)


def test_show_of_a_take_not_looked_at_and_of_none(store: TakeStore) -> None:
    none = run("show")
    assert none.exit_code == 2
    assert "还没有练习记录" in none.stderr
    kept(store, a_take(prompt_id="p", assessment_before=None))
    said = run("show").stdout
    assert "未评" in said
    assert "识别引擎" not in said


def test_export_csv_is_for_spreadsheets(store: TakeStore, tmp_path: Path) -> None:
    plain, formula = kept(
        store, a_scored(0), a_scored(1, recognised_text='=cmd|"/C"!A1, "x"\n', prompt_end_s=-0.5)
    )
    target = tmp_path / "history.csv"
    assert "2 takes written to" in run("export", "--out", str(target), "--ui", "en").stderr
    assert target.read_bytes().startswith(b"\xef\xbb\xbfid,recorded_at,")
    rows = list(csv.DictReader(io.StringIO(target.read_bytes().decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == [plain.id, formula.id]
    assert rows[0]["recognised_text"] == SPOKEN
    assert rows[1]["recognised_text"] == "'" + str(formula.recognised_text)
    assert rows[1]["prompt_end_s"] == "-0.5"
    assert rows[0]["speech_rate"] == "231.4"
    assert run("export").stdout_bytes == target.read_bytes()


def test_export_json_holds_all_that_is_kept(store: TakeStore) -> None:
    early, late = kept(store, a_scored(0), a_scored(1, prompt_id="privacy"))
    document = json.loads(run("export", "--format", "json").stdout)
    assert document == {"schema": "voicecoach.history/1", "takes": [encode_take(early), encode_take(late)]}
    assert json.loads(run("export", "--format", "json", "last").stdout)["takes"] == [encode_take(late)]
    some = run("export", "--format", "json", "--prompt", "late_delivery").stdout
    assert json.loads(some)["takes"] == [encode_take(early)]
    refused = run("export", "last", "--kind", "caller")
    assert refused.exit_code == 2
    assert "不能同时用" in refused.stderr


def test_export_html_is_a_page_that_nothing_in_a_take_can_break(store: TakeStore) -> None:
    evil = "<script>alert('1')</script>&\"\x1b[31m"
    kept(store, a_scored(0, prompt_text=evil, recognised_text=evil, corrected_text=evil, cer=0.0), a_take(1))
    said = run("export", "--format", "html", "--ui", "en")
    assert said.exit_code == 0
    page = said.stdout
    assert "<script" not in page
    assert "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&#34;\\x1b[31m" in page
    assert "http" not in page.replace("http-equiv", "")
    body = ET.fromstring(page[page.index("<table>") : page.index("</table>") + 8])
    cells = [["".join(cell.itertext()) for cell in row] for row in body.iter("tr")]
    assert cells[0] == ["When", "Prompt", "Length", "Total", "Coverage", "Points not heard", "What was said"]
    assert cells[1][2:6] == ["0:50", "72", "50–75 %", "solve"]
    assert cells[2][3] == "not looked at"
    assert len(cells) == 3
    assert "练习记录" in run("export", "--format", "html").stdout


def test_delete_asks_first(store: TakeStore) -> None:
    gone, stays = kept(store, a_scored(0), a_scored(1))
    store.sound_target(gone.id).write_bytes(b"sound")
    no = run("delete", gone.id, answer="n\n")
    assert gone.id in no.stdout
    assert stays.id not in no.stdout
    assert "永久删除这 1 次（录音和文字）？" in no.stdout
    assert "没有删除" in no.stderr
    assert len(store.takes()) == 2
    assert run("delete", gone.id, answer="").exit_code == 130
    assert len(store.takes()) == 2
    yes = run("delete", gone.id, "--ui", "en", answer="y\n")
    assert "1 takes deleted" in yes.stdout
    assert [row.id for row in store.takes()] == [stays.id]
    assert not store.sound_target(gone.id).exists()


def test_delete_of_several_and_of_an_unknown_one(store: TakeStore) -> None:
    early, late = kept(store, a_scored(0), a_scored(1))
    unknown = run("delete", "--yes", early.id, "9-none")
    assert unknown.exit_code == 2
    assert "没有编号为 '9-none' 的练习" in unknown.stderr
    assert len(store.takes()) == 2
    assert run("delete", "-y", early.id, late.id, "last").stdout == "已删除 2 次\n"
    assert store.takes() == ()


def test_purge_deletes_what_is_older(store: TakeStore) -> None:
    old, new = kept(
        store,
        a_take(0, recorded_at=utc_text(TODAY - timedelta(days=91))),
        a_take(1, recorded_at=utc_text(TODAY - timedelta(days=89))),
    )
    asked = run("purge", "--older-than", "90d", "--ui", "en", answer="n\n")
    assert old.id in asked.stdout
    assert new.id not in asked.stdout
    assert len(store.takes()) == 2
    assert run("purge", "--older-than", "90d", "--yes", "--ui", "en").stdout == "1 takes deleted\n"
    assert [row.id for row in store.takes()] == [new.id]
    assert "nothing to delete" in run("purge", "--older-than", "90d", "--yes", "--ui", "en").stderr
    assert run("purge", "--older-than", "ages").exit_code == 2


def test_a_damaged_history_leads_to_rebuild(store: TakeStore, tmp_path: Path) -> None:
    take, broken = kept(store, a_scored(0), a_scored(1))
    (tmp_path / "history.db").write_bytes(b"rubbish" * 100)
    (tmp_path / "takes" / f"{broken.id}.json").write_text("{", encoding="utf-8")
    listed = run("list")
    assert listed.exit_code == 1
    assert "voicecoach history rebuild" in listed.stderr
    rebuilt = run("rebuild")
    assert rebuilt.exit_code == 1
    assert "已重建，共 1 次" in rebuilt.stdout
    assert "坏了的数据库另存为 history.damaged-" in rebuilt.stdout
    assert f"{broken.id}.json" in rebuilt.stderr
    as_json = json.loads(run("rebuild", "--json").stdout)
    assert list(as_json) == ["n_takes", "unreadable", "kept_aside"]
    assert as_json["n_takes"] == 1
    ((name, why),) = as_json["unreadable"]
    assert (name, why.startswith("cannot read ")) == (f"{broken.id}.json", True)
    assert "history.damaged-" in run("delete", "--yes", take.id).stderr


@pytest.mark.parametrize("command", [[], ["list"], ["show"], ["export"], ["delete"], ["purge"], ["rebuild"]])
def test_help(command: list[str]) -> None:
    said = run(*command, "--help")
    assert said.exit_code == 0
    assert "Usage:" in said.stdout


def test_examples_stand_in_the_help() -> None:
    assert "voicecoach history purge --older-than 90d" in run("--help").stdout
    assert "voicecoach history export --format csv --out history.csv" in run("export", "--help").stdout


def test_times_of_the_list_are_those_of_the_clock_on_the_wall(store: TakeStore) -> None:
    kept(store, a_scored(assessment=a_document(total=None), state="scored"))
    assert f"{FIRST.astimezone():%Y-%m-%d %H:%M}" in run("list").stdout
