"""``voicecoach review``: the real store in a folder of the test, the command line, and a real terminal."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from assessments import answer
from click.testing import CliRunner, Result
from requirements import need_programs
from store_contract import a_scored, a_take
from terminal import Terminal

from voicecoach.adapters.history.store import TakeStore
from voicecoach.cli.main import cli
from voicecoach.documents.assessment import encode_assessment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.model.take import Take

FIXTURE = Path(__file__).parents[3] / "audio_fixtures" / "late_delivery_good.flac"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TakeStore:
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("VOICECOACH_UI", raising=False)
    return TakeStore(tmp_path)


def whole(number: int, *, total: float | None = 66.0, **changes: Any) -> Take:
    """A take with a whole assessment."""
    document = encode_assessment(replace(answer(), total=total))
    return a_scored(number, assessment=document, recognised_text=answer().transcript.text, **changes)


def run(*arguments: str, status: int = 0) -> Result:
    said = CliRunner().invoke(cli, ["review", *arguments])
    assert said.exit_code == status, said.output
    return said


def test_the_list_as_a_table_and_as_json(store: TakeStore) -> None:
    takes = [whole(0), a_take(1, state="not_scored", prompt_id="privacy")]
    for take in takes:
        store.put(take)
    lines = run().stdout.splitlines()
    assert [line.split()[0] for line in lines] == [takes[1].id, takes[0].id]
    assert "66" in lines[1]
    assert [row["id"] for row in json.loads(run("--json").stdout)] == [takes[1].id, takes[0].id]


def test_an_empty_history_says_so(store: TakeStore) -> None:
    assert store.takes() == ()
    assert "还没有练习记录" in run().stderr
    assert "还没有练习记录" in run("--html", "p.html", status=2).stderr
    assert "还没有练习记录" in run("last", status=2).stderr


def test_a_take_is_shown_as_score_shows_it(store: TakeStore) -> None:
    take = whole(0, corrected_text="首先", cer=0.125)
    store.put(take)
    shown = run("last").stdout
    for part in (take.id, "已校正 (CER 12.5%)", take.prompt_text, "总分 66", "安抚情绪", "“实在抱歉", "语速"):
        assert part in shown
    gentle = run("last", "--no-score", "--ui", "en").stdout
    assert "Total" not in gentle
    assert "corrected" in gentle
    assert json.loads(run("last", "--json").stdout) == take.assessment


def test_a_take_whose_prompt_is_gone_is_shown_with_its_words(store: TakeStore) -> None:
    store.put(whole(0, prompt_id="no_such", prompt_text="那时问的话"))
    shown = run("last").stdout
    assert "题库里已没有这道题" in shown
    assert "那时问的话" in shown
    assert "empathy" in shown


def test_a_take_that_was_not_scored_is_told(store: TakeStore) -> None:
    store.put(a_take())
    assert "还没有评分" in run("last", status=2).stderr


def test_two_takes(store: TakeStore, tmp_path: Path) -> None:
    first, second = whole(0), whole(1, total=80.5)
    for take in (first, second):
        store.put(take)
    shown = run("--compare", first.id, "last").stdout
    assert f"A  {first.id}" in shown
    total = next(line for line in shown.splitlines() if line.startswith("总分"))
    assert total.split() == ["总分", "66.0", "80.5", "+14.5", "B"]
    found = json.loads(run("--compare", first.id, "last", "--json").stdout)
    assert found["doubts"] == []
    assert found["differences"][0] == {
        "name": "total", "unit": "", "change": 14.5, "better": "right",
        "left": {"value": 66.0, "verdict": None, "points": None, "out_of": None},
        "right": {"value": 80.5, "verdict": None, "points": None, "out_of": None},
    }  # fmt: skip
    page = tmp_path / "two.html"
    run("--compare", first.id, "last", "--html", str(page))
    assert "两次对比" in page.read_text("utf-8")
    assert "不能同时用" in run("last", "--compare", "1", "2", status=2).stderr


def test_the_progress_as_a_page(store: TakeStore, tmp_path: Path) -> None:
    for number in range(3):
        store.put(whole(number))
    page = tmp_path / "progress.html"
    assert str(page) in run("--html", str(page)).stdout
    text = page.read_text("utf-8")
    assert 'id="trend-speech_rate"' in text
    assert "倾听" in text
    assert "写不了" in run("--html", str(tmp_path / "none" / "p.html"), status=2).stderr


@pytest.mark.weights
def test_a_take_as_a_page_with_its_sound_and_curves(store: TakeStore, tmp_path: Path) -> None:
    take = whole(0)
    store.put(take)
    page = tmp_path / "take.html"
    assert "的录音不见了" in run("last", "--html", str(page), status=3).stderr
    shutil.copyfile(FIXTURE, store.sound_target(take.id))
    run("last", "--html", str(page))
    text = page.read_text("utf-8")
    assert '"pitch":{"first"' in text
    assert 'id="sound"' in text


@pytest.fixture
def terminal(store: TakeStore, tmp_path: Path) -> Iterator[Terminal]:
    need_programs("terminal", "tmux")
    for number in range(40):
        store.put(whole(number, prompt_id=f"p{number}", prompt_text="晚了" if number % 2 else "早了"))
    made = Terminal(
        [sys.executable, "-m", "voicecoach", "review"],
        {"VOICECOACH_DATA_DIR": str(tmp_path), "EDITOR": "true", "LANG": "C.UTF-8"},
        columns=80,
        rows=20,
    )
    yield made
    made.close()


def test_browse_filter_open_and_leave_in_a_real_terminal(terminal: Terminal) -> None:
    assert "1/40" in terminal.wait(r"› 2026.*p39")
    terminal.press("PageDown")
    terminal.wait(r"› 2026.*p23")
    terminal.press("j")
    terminal.wait(r"› 2026.*p22")
    terminal.press("/")
    terminal.wait("完成")
    terminal.press("早", "了", "Enter", "Down")
    terminal.wait(r"› 2026.*p36")
    terminal.press("Enter")
    opened = terminal.wait(r"\[1\] 0:03")
    assert "p36" in opened
    terminal.press("m")
    terminal.wait("这道题没有参考说法")
    terminal.press("c")
    terminal.wait("文字没有变")
    terminal.press("1")
    terminal.wait("的录音不见了")
    terminal.press("q")
    terminal.wait(r"› 2026.*p36")
    terminal.press("q")
    assert terminal.exit_status() == 0
    settings = terminal.screen().rpartition("speed")[2].split()
    assert {"echo", "icanon"} <= set(settings)


def test_ticks_by_options_are_told_kept_and_taught(store: TakeStore, tmp_path: Path) -> None:
    store.put(whole(0))
    before = json.loads(run("last", "--json").stdout)
    states = {point["id"]: point["state"] for point in before["rubric"]["points"]}
    missing = next(name for name, state in states.items() if state == "not_heard")
    said = run("last", "--tick", missing, "--sentence", "我先让他把话说完", "--json")
    after = json.loads(said.stdout)
    assert f"总分 {before['total']:.1f} → {after['total']:.1f}" in said.stderr
    assert "记下这句作例子：“我先让他把话说完”" in said.stderr
    assert json.loads(run("last", "--json").stdout) == after
    assert "您标的" in run("last").stdout
    learned = tmp_path / "prompts" / "learned.json"
    assert (learned.stat().st_mode & 0o777, learned.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    listed = CliRunner().invoke(cli, ["prompts", "learned"])
    assert listed.stdout.splitlines() == [f"  1  late_delivery · {missing}  算  我先让他把话说完"]
    run("last", "--as-judged", missing)
    assert json.loads(run("last", "--json").stdout)["rubric"]["points"] == before["rubric"]["points"]
    assert json.loads(CliRunner().invoke(cli, ["prompts", "learned", "--json"]).stdout) == []


def test_learned_sentences_go_one_by_one_and_with_their_take(store: TakeStore) -> None:
    store.put(whole(0))
    points = json.loads(run("last", "--json").stdout)["rubric"]["points"]
    for number, point in enumerate(points[:2]):
        run("last", "--tick", point["id"], "--sentence", f"我先说说第{number}点的做法")
    removed = CliRunner().invoke(cli, ["prompts", "learned", "--remove", "1", "--json"])
    assert [each["text"] for each in json.loads(removed.stdout)] == ["我先说说第1点的做法"]
    wrong = CliRunner().invoke(cli, ["prompts", "learned", "--remove", "2"])
    assert wrong.exit_code == 2
    assert "没有第 2 句，共 1 句" in wrong.stderr
    store.delete([store.take("last").id])
    assert json.loads(CliRunner().invoke(cli, ["prompts", "learned", "--json"]).stdout) == []


def test_ticks_that_cannot_be(store: TakeStore) -> None:
    store.put(whole(0))
    assert "要先写明是哪次练习" in run("--tick", "empathy", status=2).stderr
    assert (
        "只能配一个" in run("last", "--tick", "a", "--untick", "b", "--sentence", "甲乙丙丁", status=2).stderr
    )
    assert "没有 'nonsense' 可以标" in run("last", "--tick", "nonsense", status=2).stderr
