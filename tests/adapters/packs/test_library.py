"""The prompt library: packs on disk to prompts, and each fault told with file, line, key, remedy."""

# ruff: noqa: E501 - the table of faults has one a line
from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from third_language import UI, write_catalogue

from voicecoach.adapters.packs import faults, library
from voicecoach.adapters.packs.library import FilePromptLibrary, read_packs
from voicecoach.adapters.packs.pack import read_pack
from voicecoach.errors import PromptFileError, UsageError
from voicecoach.model.pack import Pack
from voicecoach.words.catalogue import languages, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.pack import Problem

GOOD = """\
schema: voicecoach.prompts/1
pack: demo
version: "1"
title: {zh: 演示, en: Demo}
prompts:
  - id: late
    kind: scenario
    text: {zh: 快递晚了, en: It is late}
    target_s: [40, 120]
    order: [calm, solve]
    fatal_language: [rude]
    points:
      - id: calm
        label: {zh: 安抚}
        weight: 2
        cues: {zh: [理解您的心情, 换做是我], en: [I understand]}
        exemplars: {zh: [等这么久谁都急]}
      - id: solve
        label: {zh: 解决}
        exemplars:
          zh:
            - 我让站点先送
        counter_exemplars: {zh: [我没办法]}
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))


def write(folder: Path, text: str, name: str = "demo.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> list[str]:
    pack, problems_met = read_pack(write(folder, text))
    assert (pack is None) == bool(problems_met)
    return [str(problem).removeprefix(f"{folder}/") for problem in problems_met]


def many(n: int, pack: str, *, first: int = 0) -> str:
    head, prompt = GOOD.replace("pack: demo", f"pack: {pack}").split("prompts:\n")
    return (
        head
        + "prompts:\n"
        + "".join(prompt.replace("id: late", f"id: late{i}") for i in range(first, first + n))
    )


def test_good_pack(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    lib = FilePromptLibrary([tmp_path])
    prompt = lib.prompt("late")
    assert [p.id for p in lib.prompts()] == ["late"]
    assert (prompt.pack, prompt.kind, prompt.role, prompt.profile) == (
        "demo",
        "scenario",
        "interviewer",
        "interview",
    )
    assert prompt.text == {"zh": "快递晚了", "en": "It is late"}
    assert prompt.target_s == (40, 120)
    assert (prompt.order, prompt.fatal_language) == (("calm", "solve"), ("rude",))
    calm, solve = prompt.points
    assert (calm.weight, solve.weight) == (2.0, 1.0)
    assert calm.cues == {"zh": ("理解您的心情", "换做是我"), "en": ("I understand",)}
    assert solve.exemplars == {"zh": ("我让站点先送",)}
    assert solve.counter_exemplars == {"zh": ("我没办法",)}
    assert (solve.cues, solve.hint, prompt.tip) == ({}, {}, {})
    (pack,) = lib.packs()
    assert (pack.id, pack.title["en"]) == ("demo", "Demo")
    assert pack.lines == {
        "late": 6, "late.calm": 13, "late.solve": 18, "late.calm.cues": 16, "late.calm.cues.zh": 16,
        "late.calm.cues.zh[0]": 16, "late.calm.cues.zh[1]": 16, "late.calm.cues.en": 16,
        "late.calm.cues.en[0]": 16,
    }  # fmt: skip


def test_a_further_language_of_the_catalogue_may_stand_in_every_text(tmp_path: Path) -> None:
    (words := tmp_path / "words").mkdir()
    write_catalogue(words)
    folder = write(tmp_path, re.sub(r"(zh: [^,\[}]+)(?=[,}])", rf"\1, {UI}: of {UI}", GOOD)).parent
    run = (
        "import sys, pathlib; from voicecoach.words import catalogue;"
        "catalogue._FOLDER = pathlib.Path(sys.argv.pop(1));"
        "from voicecoach.cli.main import cli; cli()"
    )
    shown = subprocess.run(
        [sys.executable, "-c", run, words, "prompts", "show", "late", "--prompts", folder, "--ui", UI],
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout
    assert shown.startswith(f"late  of {UI}\n")
    assert f"calm  of {UI}" in shown
    assert "快递晚了" not in shown


def version_of(folder: Path, text: str) -> str:
    pack, problems_met = read_pack(write(folder, text))
    assert isinstance(pack, Pack), problems_met
    return pack.prompts[0].version


def test_rubric_version_follows_content_not_layout(tmp_path: Path) -> None:
    base = version_of(tmp_path, GOOD)
    assert base.startswith("1-")
    assert len(base) == len("1-") + 12
    same = GOOD.replace("    kind: scenario\n", "    # a comment\n    mood: 1\n    kind:   'scenario'\n")
    assert version_of(tmp_path, same) == base
    family = GOOD.replace("    kind: scenario\n", "    kind: scenario\n    families: [parcels]\n")
    assert version_of(tmp_path, family) == base
    assert version_of(tmp_path, GOOD.replace("weight: 2", "weight: 3")) != base
    assert version_of(tmp_path, GOOD.replace("换做是我", "换成是我")) != base
    assert version_of(tmp_path, GOOD.replace('version: "1"', 'version: "2"')) == "2-" + base[2:]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("prompts/1", "prompts/2", "demo.yaml:1: schema: 'voicecoach.prompts/2' is not allowed here; did you"),
        ("pack: demo", "pack: dmo", "demo.yaml:2: pack: the pack is called 'dmo' but its file 'demo'"),
        ('"1"', "1", "demo.yaml:3: version: must be text, got 1; put it in quotes"),
        ('"1"', '"1 b"', "demo.yaml:3: version: '1 b' cannot be used here; use letters, digits, dots"),
        ("title:", "titel:", "demo.yaml:4: titel: there is no such key in a pack; did you mean 'title'?"),
        ("id: late", "id: Late", "demo.yaml:6: prompts.Late.id: 'Late' cannot be used here; use a-z"),
        ("scenario", "scenarios", "demo.yaml:7: prompts.late.kind: 'scenarios' is not allowed here; did you mean 'sc"),
        ("kind:", "colour: red\n    kind:", "demo.yaml:7: prompts.late.colour: there is no such key in a prompt; known keys: id,"),
        ("{zh: 快递晚了, en: It is late}", "{en: It is late}", "demo.yaml:8: prompts.late.text.zh: this key is missing; add the Mandarin"),
        ("{zh: 快递晚了, en: It is late}", "快递晚了", "demo.yaml:8: prompts.late.text: must be a set of keys, got '快递晚了'; for a text"),
        ("It is late", "", "demo.yaml:8: prompts.late.text.en: there is no value here; give it one"),
        ("en: It is late", "tlh: paS", "demo.yaml:8: prompts.late.text.tlh: there is no such key in a text; known keys: zh, en"),
        ("[40, 120]", "[120, 40]", "demo.yaml:9: prompts.late.target_s: the limits must rise, got [120, 40]"),
        ("[40, 120]", "[40, 40]", "demo.yaml:9: prompts.late.target_s: the limits must rise"),
        ("[40, 120]", "[40]", "demo.yaml:9: prompts.late.target_s: 1 items, at least 2"),
        ("[40, 120]", "[40, 4000]", "demo.yaml:9: prompts.late.target_s[1]: must be <= 600, got 4000"),
        ("[calm, solve]", "[calm, slove]", "demo.yaml:10: prompts.late.order[1]: there is no point 'slove' in this prompt; did you mean 'solve'?"),
        ("[calm, solve]", "[calm, xx]", "demo.yaml:10: prompts.late.order[1]: there is no point 'xx' in this prompt; use ids of its points"),
        ("[calm, solve]", "[calm, calm]", "demo.yaml:10: prompts.late.order[1]: 'calm' stands twice"),
        ("[rude]", "[ruder]", "demo.yaml:11: prompts.late.fatal_language[0]: 'ruder' is not allowed here; did you mean 'rude'?"),
        ("[rude]", "[ni]", "demo.yaml:11: prompts.late.fatal_language[0]: 'ni' is not allowed here; use one of rude, shirk"),
        ("fatal_language: [rude]", "role: callr", "demo.yaml:11: prompts.late.role: 'callr' is not allowed here; did you mean 'caller'?"),
        ("fatal_language: [rude]", "mood: 2.5", "demo.yaml:11: prompts.late.mood: must be a whole number, got 2.5"),
        ("fatal_language: [rude]", "mood: 6", "demo.yaml:11: prompts.late.mood: must be <= 5, got 6"),
        ("fatal_language: [rude]", "lines: [{zh: 甲}]", "demo.yaml:11: prompts.late.lines[0].mood: "),
        ("id: solve", "id: calm", "demo.yaml:18: prompts.late.points.calm.id: the id 'calm' is taken (line 13)"),
        ("weight: 2", "weight: 0", "demo.yaml:15: prompts.late.points.calm.weight: must be > 0, got 0"),
        ("weight: 2", "weight: '2'", "demo.yaml:15: prompts.late.points.calm.weight: must be a number, got '2'; write it without quotes"),
        ("weight: 2", "regex: x", "demo.yaml:15: prompts.late.points.calm.regex: this key belongs into a condition, such as any: [{regex: {zh: ...}}]"),
        ("weight: 2", "match: x", "demo.yaml:15: prompts.late.points.calm.match: this key is reserved for call scoring and not read yet; remove it"),
        ("weight: 2", "fatal: 'yes'", "demo.yaml:15: prompts.late.points.calm.fatal: must be true or false, got 'yes'"),
        ("weight: 2", "id: calm", "demo.yaml:15: prompts.late.points.calm.id: this key stands twice (first on line 13); keep one"),
        ("换做是我", "好", "demo.yaml:16: prompts.late.points.calm.cues.zh[1]: 1 characters, at least 2: '好'"),
        ("换做是我", "yes", "demo.yaml:16: prompts.late.points.calm.cues.zh[1]: must be text, got True; put it in quotes"),
        ("换做是我", "换" * 17, "demo.yaml:16: prompts.late.points.calm.cues.zh[1]: 17 characters, at most 16"),
        ("zh: [等这么久谁都急]", "zh: []", "demo.yaml:17: prompts.late.points.calm.exemplars.zh: 0 items, at least 1"),
        ("exemplars: {zh: [等这么久谁都急]}", "hint: {zh: 说}", "demo.yaml:13: prompts.late.points.calm.exemplars: this key is missing; add `exemplars:` to this point"),
        ("- 我让站点先送", "我让站点先送", "demo.yaml:21: prompts.late.points.solve.exemplars.zh: must be a list, got '我让站点先送'"),
        ("- 我让站点先送", "- &a 我让站点先送\n            - *a", None),
        ("{zh: [我没办法]}", "&a {zh: [我没办法], en: *a}", "demo.yaml:23: prompts.late.points.solve.counter_exemplars.en: anchors and aliases"),
        ("{zh: 解决}", "!!python/object:os.system {zh: 解决}", "demo.yaml:19: prompts.late.points.solve.label: the tag python/object:os.system is not allowed"),
        ("{zh: 解决}", "{zh: 2024-02-31}", None),
        ("{zh: 解决}", "{zh: 2024-02-01}", None),
        ("{zh: 解决}", "{[a]: 解决}", "demo.yaml:19: prompts.late.points.solve.label: a key must be a plain word"),
        ("{zh: 解决}", "{zh：解决}", "demo.yaml:19: prompts.late.points.solve.label.zh：解决: 'zh：解决' holds the full-width mark ：; YAML wants"),
        ("label: {zh: 解决}", "label：{zh: 解决}", "demo.yaml:19: prompts.late.points.solve.label：{zh: 'label：{zh' holds the full-width mark ："),
        ("kind: scenario", "kind： scenario", "demo.yaml:7: 'kind：' holds the full-width mark"),
        ("{zh: 解决}", "{zh: 解决", "demo.yaml:20: this is not YAML"),
        ("{zh: 解决}", "[" * 21 + "]" * 21, "demo.yaml:19: prompts.late.points.solve.label[0]"),
    ],
)  # fmt: skip
def test_faults_name_line_key_and_remedy(tmp_path: Path, old: str, new: str, expected: str | None) -> None:
    assert old in GOOD
    told = problems(tmp_path, GOOD.replace(old, new, 1))
    if expected is None:
        assert told == []
    else:
        assert [line for line in told if line.startswith(expected)], told
        assert all("; " in line for line in told)
    chinese = [problem.message().words("zh") for problem in read_pack(tmp_path / "demo.yaml")[1]]
    assert all(re.search(r"[\u4e00-\u9fff].*；.*[\u4e00-\u9fff]", line) for line in chinese), chinese


@pytest.mark.parametrize("ui", languages())
def test_every_level_of_a_file_has_a_name(ui: str) -> None:
    levels = {level for table in (faults._LEVELS, faults._ANYWHERE) for level, _ in table.values()}
    for level in levels | {"condition", "text"}:
        assert word(f"pack-level-{level}", ui)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("[40, 120]", "[9, 4]").replace("weight: 2", "weigth: 2").replace("titel", "title")
    keys = [line.split(": ")[1] for line in problems(tmp_path, text.replace("[rude]", "[loud]"))]
    assert keys == [
        "prompts.late.target_s",
        "prompts.late.fatal_language[0]",
        "prompts.late.points.calm.weigth",
    ]


def test_kind_caller_is_spoken_by_a_caller(tmp_path: Path) -> None:
    text = GOOD.replace("kind: scenario", "kind: caller")
    pack, _ = read_pack(write(tmp_path, text))
    assert isinstance(pack, Pack)
    assert pack.prompts[0].role == "caller"
    wrong = text.replace("kind: caller", "kind: caller\n    role: interviewer")
    assert problems(tmp_path, wrong) == [
        "demo.yaml:8: prompts.late.role: a prompt of kind caller is spoken by a caller; write role: caller"
    ]


@pytest.mark.parametrize("text", ["", "# nothing\n"])
def test_empty_file(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text) == ["demo.yaml:1: the file is empty; start it with `schema:`"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n- b\n", "the file holds no keys"),
        ("a: 1\n---\nb: 2\n", "demo.yaml:2: a second document begins here"),
        ("a: \x00\n", "this is not YAML"),
        ("prompts: 3\n", "prompts: must be a list"),
        ("prompts: [3]\n", "prompts[0]: must be a set of keys"),
    ],
)
def test_other_shapes(tmp_path: Path, text: str, expected: str) -> None:
    assert [line for line in problems(tmp_path, text) if expected in line]


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "demo.yaml"
    path.write_bytes(GOOD.encode("gb18030"))
    assert "is no UTF-8; save the file in the encoding UTF-8" in str(read_pack(path)[1][0])
    assert "cannot be read: No such file or directory" in str(read_pack(tmp_path / "no.yaml")[1][0])
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert isinstance(read_pack(path)[0], Pack)
    monkeypatch.setattr("voicecoach.adapters.packs.text_file.MAX_FILE_BYTES", 100)
    assert "bytes, at most 100; split it" in str(read_pack(path)[1][0])


def test_clash_names_both_files(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    first = write(tmp_path, GOOD)
    second = write(tmp_path / "mine", GOOD.replace("pack: demo", "pack: other"), "other.yaml")
    lib = FilePromptLibrary([tmp_path, tmp_path / "mine"])
    with pytest.raises(PromptFileError, match=f"{second}:6: prompts.late: .* also stands in {first}:6"):
        lib.prompts()
    same_pack = write(tmp_path / "mine", GOOD.replace("id: late", "id: later"))
    _, problems_met = read_packs([first, same_pack])
    assert [problem.told.words("en") for problem in problems_met] == [
        f"the pack 'demo' also stands in {first}"
    ]


def test_one_file_by_two_names_of_its_folder_is_one(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    (tmp_path / "link").symlink_to(tmp_path)
    assert len(FilePromptLibrary([tmp_path, tmp_path / "link"]).prompts()) == 1


def test_only_prompt_files_are_read(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, "not yaml: [", ".hidden.yaml")
    write(tmp_path, "not yaml: [", "notes.txt")
    (tmp_path / "folder.yaml").mkdir()
    write(tmp_path, many(1, "second", first=5), "second.yml")
    lib = FilePromptLibrary([tmp_path, tmp_path / "missing"])
    assert [prompt.id for prompt in lib.prompts()] == ["late", "late5"]


def test_unknown_prompt_names_near_misses(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    lib = FilePromptLibrary([tmp_path])
    with pytest.raises(UsageError, match=r"there is no prompt 'lat' among 1 \(did you mean late\?\)"):
        lib.prompt("lat")
    with pytest.raises(UsageError, match="`voicecoach prompts list` shows them all"):
        lib.prompt("zzz")


@pytest.mark.parametrize(
    "wanted",
    [
        "LATE_DELIVERY",
        "Late-Delivery",
        "ｌａｔｅ＿ｄｅｌｉｖｅｒｙ",
        "客户因为快递晚了三天，非常生气，开口就骂你，你怎么办？",
    ],
)
def test_a_prompt_in_other_letters_or_by_its_question_is_named(wanted: str) -> None:
    with pytest.raises(UsageError, match=r"did you mean late_delivery\b"):
        FilePromptLibrary([library.bundled_folder()]).prompt(wanted)


def test_at_most_twenty_problems_are_told(tmp_path: Path) -> None:
    write(tmp_path, many(15, "demo").replace("weight: 2", "weight: 0").replace("[40, 120]", "[3, 2]"))
    with pytest.raises(PromptFileError) as caught:
        FilePromptLibrary([tmp_path]).prompts()
    lines = caught.value.message.splitlines()
    assert len(lines) == 21
    assert lines[-1] == "… and 10 more"
    chinese = caught.value.words("zh").splitlines()
    assert (
        chinese[0].removeprefix(str(tmp_path))
        == "/demo.yaml:9: prompts.late0.target_s：两个界限应从小到大，现在是 [3, 2]；写成 [最短, 最长]，单位秒"
    )
    assert (len(chinese), chinese[-1]) == (21, "……另有 10 处")


def test_folders_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    bundled = library.bundled_folder()
    assert library.prompt_folders(tmp_path) == (bundled, tmp_path / "data" / "prompts", tmp_path)
    assert library.prompt_folders(user=tmp_path) == (bundled, tmp_path)
    assert not (tmp_path / "data").exists()
    monkeypatch.delenv("VOICECOACH_DATA_DIR")
    monkeypatch.setattr(
        "platformdirs.user_data_path", lambda name, appauthor: tmp_path / name / str(appauthor)
    )
    assert library.user_folder() == tmp_path / "voicecoach" / "False" / "prompts"
    with pytest.raises(UsageError, match=r"there is no folder .*no"):
        library.prompt_folders(tmp_path / "no")


def test_bundled_folder_prefers_the_wheel(tmp_path: Path) -> None:
    package = tmp_path / "voicecoach"
    package.mkdir()
    assert library.bundled_folder(package) == tmp_path / "prompts"
    (package / "prompts").mkdir()
    assert library.bundled_folder(package) == package / "prompts"


def test_every_shipped_prompt_has_a_model_answer_in_each_language_it_is_judged_in() -> None:
    prompts = FilePromptLibrary([library.bundled_folder()]).prompts()
    judged = {
        (prompt.id, language)
        for prompt in prompts
        for language in ("zh", "en")
        if all(point.exemplars.get(language) for point in prompt.points)
    }
    answered = {(prompt.id, language) for prompt in prompts for language in prompt.model_answer}
    assert len(judged) >= len(prompts)
    assert judged - answered == set()


def test_schema_document_example_is_valid(tmp_path: Path) -> None:
    document = (library.bundled_folder().parent / "docs" / "prompt-schema.md").read_text(encoding="utf-8")
    example = textwrap.dedent(document.split("```yaml\n")[1].split("```")[0])
    pack, problems_met = read_pack(write(tmp_path, example, "jd_home.yaml"))
    assert problems_met == ()
    assert isinstance(pack, Pack)


DEEP = "prompts: " + "[" * 30_000


def test_a_faulty_file_is_left_out_and_told_when_asked_for(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    bad = write(tmp_path, DEEP, "deep.yaml")
    worse = write(tmp_path, many(1, "worse", first=7).replace("[40, 120]", "[9, 4]").replace("[rude]", "[x]"), "worse.yaml")  # fmt: skip
    told: list[Sequence[Problem]] = []
    lib = FilePromptLibrary([tmp_path], left_out=told.append)
    assert [prompt.id for prompt in lib.prompts()] == ["late"]
    assert [(faults[0].path, len(faults)) for faults in told] == [(bad, 1), (worse, 2)]
    assert lib.prompt("late").pack == "demo"
    with pytest.raises(PromptFileError, match=r"worse.yaml:9: prompts.late7.target_s: the limits must rise"):
        lib.prompt("late7")
    with pytest.raises(UsageError, match="there is no prompt 'late8'"):
        lib.prompt("late8")
    assert len(told) == 2


def test_who_asks_for_a_prompt_of_two_files_is_told(tmp_path: Path) -> None:
    write(tmp_path, many(2, "demo"))
    write(tmp_path, many(2, "other", first=1), "other.yaml")
    lib = FilePromptLibrary([tmp_path], left_out=lambda _: None)
    assert [prompt.id for prompt in lib.prompts()] == ["late0", "late1"]
    assert lib.prompt("late0").pack == "demo"
    with pytest.raises(PromptFileError, match=r"prompts.late1: the prompt 'late1' also stands in"):
        lib.prompt("late1")
    with pytest.raises(PromptFileError, match=r"prompts.late1"):
        lib.prompt("late2")


@pytest.mark.parametrize(
    "content", [b"\xff\xfe" + GOOD.encode("utf-16-le"), b"\xfe\xff" + GOOD.encode("utf-16-be")]
)
def test_a_file_in_utf_16_is_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "demo.yaml"
    path.write_bytes(content)
    assert isinstance(read_pack(path)[0], Pack)


def test_a_pipe_or_device_is_told_and_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "demo.yaml")
    for path in (tmp_path / "demo.yaml", Path("/dev/zero"), tmp_path):
        assert "it is no ordinary file" in str(read_pack(path)[1][0])
    for path in (tmp_path / "a\0b.yaml", tmp_path / ("x" * 5000)):
        assert "cannot be read: " in str(read_pack(path)[1][0])
