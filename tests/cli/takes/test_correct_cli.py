"""``voicecoach correct``: texts by option, file, standard input and editor; what is told and kept."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from assessments import answer
from click.testing import CliRunner, Result
from store_contract import a_scored, a_take

from voicecoach.adapters.history.store import TakeStore
from voicecoach.cli.main import cli
from voicecoach.documents.assessment import encode_assessment
from voicecoach.documents.take import facts_of

if TYPE_CHECKING:
    from voicecoach.model.take import Take

FIXTURE = Path(__file__).parents[3] / "audio_fixtures" / "late_delivery_good.flac"
RECOGNISED = answer().transcript.text
SAID = RECOGNISED.replace("我保证明天一定送到，", "我再问一下能不能明天送到，")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TakeStore:
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("VOICECOACH_UI", raising=False)
    return TakeStore(tmp_path)


@pytest.fixture
def take(store: TakeStore) -> Take:
    made = a_scored(assessment=encode_assessment(answer()), recognised_text=RECOGNISED)
    store.put(made)
    shutil.copyfile(FIXTURE, store.sound_target(made.id))
    return made


def run(*arguments: str, status: int = 0, answers: str | bytes = "") -> Result:
    said = CliRunner().invoke(cli, ["correct", *arguments], input=answers)
    assert said.exit_code == status, said.output
    return said


def test_what_cannot_be_corrected_is_told_and_nothing_is_kept(
    store: TakeStore, take: Take, tmp_path: Path
) -> None:
    assert "没有变" in run("last", "--set", RECOGNISED + "\n").stderr
    assert "不能同时用" in run("last", "--set", "a", "--text", "-", status=2).stderr
    assert "校正后的文字是空的" in run("last", "--set", "。", status=2).stderr
    assert "读不了" in run("last", "--text", str(tmp_path / "none"), status=2).stderr
    assert "不是 UTF-8 文本" in run("last", "--text", "-", status=2, answers=b"\xff\xfe\xfd").stderr
    assert store.take("last") == take
    store.sound(take).unlink()
    assert "的录音不见了" in run("last", "--set", SAID, status=3).stderr
    store.put(a_take(1))
    assert "还没有评分" in run("last", "--set", SAID, status=2).stderr


def test_no_editor_is_told(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    assert take.text
    monkeypatch.setenv("EDITOR", "/no/such/editor")
    monkeypatch.delenv("VISUAL", raising=False)
    said = run("last", status=2).stderr
    assert "打不开编辑器" in said
    assert "--text FILE" in said


@pytest.mark.weights
def test_the_change_is_shown_and_both_texts_are_kept(store: TakeStore, take: Take, tmp_path: Path) -> None:
    file = tmp_path / "said.txt"
    file.write_text("\ufeff" + SAID + "\n", encoding="utf-8")
    shown = run("last", "--text", str(file)).stdout
    assert shown.startswith(f"{take.id}  识别字错率 (CER) ")
    assert "校正前" in shown
    assert "服务禁语" in shown
    kept = store.take("last")
    assert (kept.recognised_text, kept.corrected_text) == (RECOGNISED, SAID)
    assert kept.assessment_before == take.assessment
    assert kept.assessment
    assert take.assessment
    for name in ("longest_pause", "pitch_variety", "snr", "warmth_of_room"):
        assert kept.assessment["measurements"][name] == take.assessment["measurements"][name]

    found = json.loads(run("last", "--text", "-", "--json", answers=RECOGNISED).stdout)
    assert found["cer"] == 0.0
    assert found["corrected_text"] == found["recognised_text"] == RECOGNISED
    assert store.take("last").assessment_before == take.assessment


@pytest.mark.weights
def test_the_editor_gets_the_text_and_gives_the_correction(
    store: TakeStore, take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import os, pathlib, sys\n"
        "file = pathlib.Path(sys.argv[1])\n"
        "file.write_text(file.read_text('utf-8').replace('优惠券', '代金券'), 'utf-8')\n"
        "os.utime(file, (0, 0))\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    shown = run(take.id[:20], "--ui", "en").stdout
    assert "character error rate (CER)" in shown
    assert store.take("last").corrected_text == RECOGNISED.replace("优惠券", "代金券")


@pytest.mark.weights
def test_a_prompt_that_is_gone_is_told(store: TakeStore) -> None:
    made = a_scored(assessment=encode_assessment(answer()), recognised_text=RECOGNISED, prompt_id="gone")
    store.put(made)
    shutil.copyfile(FIXTURE, store.sound_target(made.id))
    assert "题库里已没有题目 gone" in run("last", "--set", SAID).stdout
    kept = store.take("last")
    assert (kept.state, facts_of(kept).total, facts_of(kept).coverage) == ("not_scored", None, None)
