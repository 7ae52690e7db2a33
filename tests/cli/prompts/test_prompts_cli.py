"""``voicecoach prompts``: list, show, check, try. A fake encoder stands at the port of the sentence vectors."""

# ruff: noqa: E501 - the table of warnings has one a line
from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from voicecoach import wiring
from voicecoach.cli.main import cli
from voicecoach.errors import EngineError
from voicecoach.rubric.engine import RubricEngine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

DIMENSIONS = 256
PACK = """\
schema: voicecoach.prompts/1
pack: small
version: "1"
title: {zh: 小题库}
prompts:
  - id: parcel_lost
    kind: scenario
    text: {zh: 包裹丢了怎么办？, en: The parcel is lost. What now?}
    target_s: [30, 90]
    order: [sorry, search]
    tip: {zh: 先道歉再查。}
    model_answer: {zh: 实在对不起让您白等了。我马上联系快递网点找您的包裹。}
    points:
      - id: sorry
        label: {zh: 道歉, en: Apologise}
        weight: 2
        fatal: true
        hint: {zh: 先说声对不起}
        cues: {zh: [实在对不起, 给您添麻烦]}
        exemplars: {zh: [实在对不起让您白等了, 真抱歉耽误您了, 给您添麻烦了, 让您久等是我们不好, 先给您赔个不是, 不好意思让您操心]}
      - id: search
        label: {zh: 找包裹}
        cues: {zh: [联系快递网点]}
        exemplars: {zh: [我马上联系快递网点找您的包裹, 我去查查件在哪儿, 我打电话问站点, 我让仓库翻一翻, 我盯着物流给您找, 我催他们找件]}
  - id: say_hello
    kind: intro
    text: {zh: 请自我介绍。}
    target_s: [30, 60]
    points:
      - id: name
        label: {zh: 姓名}
        exemplars: {zh: [我叫小王, 我姓李, 大家叫我小陈, 我的名字是张三, 叫我阿明就好, 我是新来的小周]}
"""


class CharacterEncoder:
    """Sentences as bags of character pairs: alike when they share words."""

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.full((len(sentences), DIMENSIONS), 1e-3, dtype=np.float32)
        for row, sentence in enumerate(sentences):
            for pair in zip(sentence, sentence[1:] + "。", strict=True):
                vectors[row, (ord(pair[0]) * 31 + ord(pair[1])) % DIMENSIONS] += 1.0
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(wiring, "sentence_encoder", CharacterEncoder)
    monkeypatch.setattr(wiring, "rubric_engine", lambda: RubricEngine(CharacterEncoder()))
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "small.yaml").write_text(PACK, encoding="utf-8")
    return folder


def run(*args: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["prompts", *map(str, args)], input=stdin)


def run_json(*args: object, stdin: str | None = None) -> Any:
    result = run(*args, stdin=stdin)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_list_shows_id_kind_pack_text(packs: Path) -> None:
    result = run("list", "--prompts", packs, "--pack", "small")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "parcel_lost  情景  small  包裹丢了怎么办？",
        "say_hello    自我  small  请自我介绍。",
    ]
    english = run("list", "--prompts", packs, "--kind", "scenario", "--pack", "small", "--ui", "en")
    assert english.stdout.split() == [
        "parcel_lost", "scenario", "small", "The", "parcel", "is", "lost.", "What", "now?",
    ]  # fmt: skip


def test_list_as_json(packs: Path) -> None:
    rows = run_json("list", "--prompts", packs, "--json")
    mine = [row for row in rows if row["pack"] == "small"]
    assert [row["id"] for row in mine] == ["parcel_lost", "say_hello"]
    assert mine[0]["target_s"] == [30, 90]
    assert {row["pack"] for row in rows} > {"small"}  # those that come with the program are there as well


def test_the_users_own_folder_is_read(packs: Path, tmp_path: Path) -> None:
    own = tmp_path / "data" / "prompts"
    own.mkdir(parents=True)
    shutil.move(packs / "small.yaml", own)
    assert "parcel_lost" in run("list").stdout


@pytest.mark.usefixtures("english")
def test_unknown_pack(packs: Path) -> None:
    result = run("list", "--prompts", packs, "--pack", "smal")
    assert result.exit_code == 2
    assert "there is no pack 'smal'" in result.stderr
    assert "small" in result.stderr


def test_show(packs: Path) -> None:
    text = run("show", "parcel_lost", "--prompts", packs).stdout
    for part in (
        "包裹丢了怎么办？",
        "30-90 s",
        "道歉 → 找包裹",
        "先道歉再查。",
        "[必讲]",
        "先说声对不起",
        "给您添麻烦",
        "权重 2",
    ):
        assert part in text
    english = run("show", "parcel_lost", "--prompts", packs, "--ui", "en").stdout
    assert "The parcel is lost" in english
    assert "Apologise → 找包裹" in english
    document = run_json("show", "parcel_lost", "--prompts", packs, "--json")
    assert document["points"][0]["cues"] == {"zh": ["实在对不起", "给您添麻烦"]}


@pytest.mark.usefixtures("english")
def test_show_unknown_names_near_miss(packs: Path) -> None:
    result = run("show", "parcel_lots", "--prompts", packs)
    assert result.exit_code == 2
    assert "did you mean parcel_lost or " in result.stderr
    chinese = run("show", "parcel_lots", "--prompts", packs, "--ui", "zh").stderr
    assert "没有题目 'parcel_lots'" in chinese
    assert "相近的题目：parcel_lost、" in chinese


def test_check_says_file_line_key_remedy(packs: Path) -> None:
    bad = packs / "small.yaml"
    bad.write_text(PACK.replace("weight: 2", "weigth: 2"), encoding="utf-8")
    where = f"{bad}:16: prompts.parcel_lost.points.sorry.weigth"
    told = {
        "zh": f"错误：{where}：要点里没有这个键；是不是 'weight'？\n",
        "en": f"error: {where}: there is no such key in a point; did you mean 'weight'?\n",
    }
    for ui, line in told.items():
        result = run("check", bad, "--ui", ui)
        assert (result.exit_code, result.stdout) == (2, line)
    document = json.loads(run("check", bad, "--json").stdout)
    assert document["problems"] == [
        {
            "file": str(bad),
            "line": 16,
            "key": "prompts.parcel_lost.points.sorry.weigth",
            "what": "there is no such key in a point",
            "remedy": "did you mean 'weight'?",
        }
    ]
    assert document["files"] == [str(bad)]


def test_check_of_a_good_pack_is_clean(packs: Path) -> None:
    result = run("check", packs / "small.yaml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 个文件，2 题，0 处错误，0 条提醒\n"
    english = run("check", packs / "small.yaml", "--ui", "en").stderr
    assert english == "1 files, 2 prompts, 0 errors, 0 warnings\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("cues: {zh: [联系快递网点]}", "cues: {zh: [联系快递网点, 实在对不起]}", "23: prompts.parcel_lost.points.search.cues.zh: the cue '实在对不起' also belongs to the point 'sorry'"),
        ("[联系快递网点]", "[联系快递网点, 联系快递网点]", "23: prompts.parcel_lost.points.search.cues.zh: the cue '联系快递网点' stands twice"),
        (", 我催他们找件", "", "21: prompts.parcel_lost.points.search.exemplars.zh: 5 exemplars, fewer than 6"),
        ("我马上联系快递网点找您的包裹。}", "祝您生活愉快。}", "6: prompts.parcel_lost.model_answer.zh: does not surely cover the point 'search'"),
        ("我马上联系快递网点找您的包裹。}", "我马上联系快递网点找您的包裹。我叫小王。}", "6: prompts.parcel_lost.model_answer.zh: covers 100% of the prompt 'say_hello' as well"),
    ],
)  # fmt: skip
def test_check_warns_of_weak_spots(packs: Path, old: str, new: str, expected: str) -> None:
    assert old in PACK
    path = packs / "small.yaml"
    path.write_text(PACK.replace(old, new, 1), encoding="utf-8")
    result = run("check", path, "--ui", "en")
    assert result.exit_code == 0
    assert f"warning: {path}:{expected}" in result.stdout
    chinese = run("check", path, "--ui", "zh").stdout
    assert [line.split(": ")[0].removeprefix("提醒：") for line in chinese.splitlines()] == [
        line.split(": ")[1] for line in result.stdout.splitlines()
    ]


def test_answers_within_a_family_are_not_held_against_each_other(packs: Path) -> None:
    path = packs / "small.yaml"
    both = PACK.replace("我马上联系快递网点找您的包裹。}", "我马上联系快递网点找您的包裹。我叫小王。}", 1)
    for kind in ("scenario", "intro"):
        both = both.replace(f"kind: {kind}\n", f"kind: {kind}\n    families: [greeting, parcels]\n", 1)
    path.write_text(both, encoding="utf-8")
    assert "0 errors, 0 warnings" in run("check", path, "--ui", "en").stderr


@pytest.mark.usefixtures("english")
def test_check_fast_leaves_the_engine_alone(packs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> CharacterEncoder:
        raise EngineError("plain", message="the encoder is missing", remedy="install it")

    monkeypatch.setattr(wiring, "sentence_encoder", missing)
    assert run("check", packs / "small.yaml", "--fast").exit_code == 0
    result = run("check", packs / "small.yaml")
    assert result.exit_code == 4
    assert "--fast checks without the engine" in result.stderr


def test_check_without_files_reads_all_packs(packs: Path) -> None:
    result = run("check", "--prompts", packs, "--fast", "--json")
    assert str(packs / "small.yaml") in json.loads(result.stdout)["files"]
    both = run("check", packs / "small.yaml", "--prompts", packs, "--ui", "en")
    assert both.exit_code == 2
    assert "exclude each other" in both.stderr


def test_try_as_json_has_the_documented_keys(packs: Path) -> None:
    answer = "实在对不起让您白等了。你听不懂吗？"
    document = run_json("try", "parcel_lost", "--text", answer, "--prompts", packs, "--json")
    assert document["prompt"] == "parcel_lost"
    sorry, search = document["points"]
    assert (sorry["id"], sorry["state"], search["state"]) == ("sorry", "covered", "not_heard")
    assert sorry["evidence"][0]["start_s"] is None
    assert sorry["evidence"][0]["quote"] in answer
    assert document["coverage"] == [pytest.approx(2 / 3, abs=0.001)] * 2
    assert {hit["code"] for hit in document["language"]} == {"rude", "ni"}
    assert set(document["language"][0]) == {"code", "quote", "start_s", "end_s", "certain"}


def test_try_as_text(packs: Path) -> None:
    filler = "今天上午仓库那边的同事把货都搬到了新的架子上面去。" * 2
    text = f"我马上联系快递网点找您的包裹。{filler}实在对不起让您白等了。这不归我管。"
    result = run("try", "parcel_lost", "--text", text, "--prompts", packs)
    assert result.exit_code == 0
    for part in ("✓ 道歉", "100%  (2/2 个要点)", "顺序：讲得太早 找包裹", "推诿 (确定)  不归我管"):
        assert part in result.stdout
    english = run("try", "parcel_lost", "--text", "今天天气不错", "--prompts", packs, "--ui", "en").stdout
    assert "· Apologise  not heard" in english
    assert "coverage: 0%  (0/2 points)" in english


def test_try_on_lines(packs: Path, tmp_path: Path) -> None:
    rows = [
        {"id": "a", "text": "实在对不起让您白等了"},
        {"id": "b", "prompt": "say_hello", "text": "我叫小王"},
        {"text": "我叫小王"},
    ]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n"
    result = run("try", "parcel_lost", "--file", "-", "--prompts", packs, stdin=lines)
    out = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [(row.get("id"), row["prompt"], row["points"][0]["state"]) for row in out] == [
        ("a", "parcel_lost", "covered"),
        ("b", "say_hello", "covered"),
        (None, "parcel_lost", "not_heard"),
    ]
    path = tmp_path / "answers.jsonl"
    path.write_text("\ufeff" + lines, encoding="utf-8")
    assert run("try", "parcel_lost", "--file", path, "--prompts", packs).stdout == result.stdout


def test_a_bad_line_is_a_value_and_stops_nothing(packs: Path) -> None:
    lines = '{"id": 1\n{"id": 2}\n{"id": 3, "text": "我叫小王"}\n{"id": 4, "prompt": "say_hello", "text": "我叫小王"}\n'
    result = run(
        "try", "--file", "-", "--prompts", packs, stdin=lines + '{"id": 5, "prompt": "no", "text": " "}\n'
    )
    out = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 2
    messages = [row.get("error", {}).get("message", "") for row in out]
    assert messages[0].startswith("line 1: this is not JSON")
    assert messages[1:3] == ["line 2: `text` is missing", "line 3: there is no prompt"]
    assert out[3]["points"][0]["state"] == "covered"
    assert "there is no prompt 'no'" in messages[4]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("parcel_lost",), "exactly one of --text, --file and --dialogue"),
        (("parcel_lost", "--text", "a", "--file", "b"), "exactly one of --text, --file and --dialogue"),
        (("--text", "你好"), "the prompt is missing"),
        (("parcel_lost", "--text", "  "), "the answer is empty"),
        (("parcel_lost", "--text", "hello", "--lang", "en"), "has no exemplars in 'en' for sorry, search"),
        (("parcel_lost", "--file", "no-such.jsonl"), "cannot read no-such.jsonl"),
    ],
)
@pytest.mark.usefixtures("english")
def test_try_usage(packs: Path, args: tuple[str, ...], message: str) -> None:
    result = run("try", *args, "--prompts", packs)
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.usefixtures("english")
def test_try_file_in_another_encoding(packs: Path, tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_bytes('{"text": "你好"}'.encode("gb18030"))
    result = run("try", "parcel_lost", "--file", path, "--prompts", packs)
    assert result.exit_code == 2
    assert "is not UTF-8" in result.stderr


@pytest.mark.usefixtures("english")
def test_try_lines_without_an_engine_stops(packs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> RubricEngine:
        raise EngineError("plain", message="the encoder is missing", remedy="install it")

    monkeypatch.setattr(wiring, "rubric_engine", missing)
    result = run("try", "say_hello", "--file", "-", "--prompts", packs, stdin='{"text": "我叫小王"}\n')
    assert (result.exit_code, result.stdout) == (4, "")
    assert "the encoder is missing" in result.stderr


@pytest.mark.usefixtures("english")
def test_one_bad_file_of_the_user_stops_nothing_and_is_named(packs: Path, tmp_path: Path) -> None:
    own = tmp_path / "data" / "prompts"
    own.mkdir(parents=True)
    (own / "deep.yaml").write_text("[" * 30_000, encoding="utf-8")
    (own / "twice.yaml").write_text(PACK.replace("pack: small", "pack: twice"), encoding="utf-8")
    for args in (("list",), ("show", "late_delivery"), ("try", "say_hello", "--text", "我叫小王")):
        result = run(*args, "--prompts", packs)
        assert result.exit_code == (2 if args[0] == "try" else 0), (args, result.stderr)
        lines = result.stderr.splitlines()
        assert f"warning: left out: {own / 'deep.yaml'}:1" in lines[0]
        assert sum("left out" in line for line in lines) == 2, lines
    listed = run("list")
    assert "parcel_lost" in listed.stdout
    asked = run("show", "parcel_lost", "--prompts", packs)
    assert asked.exit_code == 2
    assert f"also stands in {own / 'twice.yaml'}" in asked.stderr
    assert run("check", "--fast").exit_code == 2
