"""Every code in every language: the same codes, the same facts, and none without a reader."""

from __future__ import annotations

import ast
import pickle
import re
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk
from fluent.syntax.ast import Message as Entry
from fluent.syntax.serializer import FluentSerializer
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import PREFIX, InputError, StoreError, UsageError
from voicecoach.words.catalogue import (
    Message,
    has,
    hint,
    joined,
    languages,
    parameters,
    source,
    template,
    word,
)

PACKAGE = Path(__file__).parents[2] / "voicecoach"
REFERENCE = "en"


@cache
def entries(ui: str) -> dict[str, str]:
    """Code -> its Fluent text, remedy included."""
    resource = FluentParser().parse(source(ui))
    junk = [part.content for part in resource.body if isinstance(part, Junk)]
    assert not junk, f"{ui}.ftl cannot be read: {junk[0]}"
    messages = [part for part in resource.body if isinstance(part, Entry)]
    codes = [message.id.name for message in messages]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    assert not twice, f"{ui}.ftl says these twice: {twice}"
    return {message.id.name: FluentSerializer().serialize_entry(message) for message in messages}


@cache
def used() -> dict[str, str]:
    """Every text constant of the package that could be a code, and the code of every error -> a place."""
    constants: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            place = f"{path.relative_to(PACKAGE)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.setdefault(node.value, place)
    return constants


def raised() -> dict[str, str]:
    """Code given to an error at the place where it is made -> that place."""
    codes = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and re.fullmatch(
                    r"(Voicecoach|Usage|PromptFile|Input|Engine|Device|Store)Error",
                    getattr(node.func, "id", getattr(node.func, "attr", "")),
                )
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and not any(keyword.arg == "hint" for keyword in node.keywords)
            ):
                codes[str(node.args[0].value)] = f"{path.relative_to(PACKAGE)}:{node.lineno}"
    return codes


@pytest.mark.parametrize("ui", languages())
def test_every_language_has_the_same_codes_with_the_same_facts(ui: str) -> None:
    ours, reference = entries(ui), entries(REFERENCE)
    assert sorted(ours) == sorted(reference)
    for code, text in ours.items():
        assert parameters(text) == parameters(reference[code]), code
        assert (".hint" in text) == (".hint" in reference[code]), code


@pytest.mark.parametrize("ui", languages())
def test_every_code_can_be_said(ui: str) -> None:
    for code, text in entries(ui).items():
        facts = dict.fromkeys(parameters(text), "7")
        said = word(code, ui, **facts)
        assert said.strip(), code
        assert "{" not in said or '{"{"}' in text.replace(" ", ""), code
        hint(code, ui, **facts)


def test_chinese_words_are_chinese() -> None:
    sentence = re.compile(r"[A-Za-z]{2,}(\s+[A-Za-z]{2,}){3,}")
    said = {code: word_of(code, "zh") for code in entries("zh")}
    assert [
        code for code, text in said.items() if sentence.search(text) and not re.search(r"[一-鿿]", text)
    ] == []


def word_of(code: str, ui: str) -> str:
    """The words of a code, its facts left as they are named."""
    return word(code, ui, **{name: f"${name}" for name in parameters(entries(ui)[code])})


def test_every_error_that_is_raised_has_words() -> None:
    assert {code: place for code, place in raised().items() if not has(PREFIX + code)} == {}


def test_every_message_that_is_made_has_words() -> None:
    """Also the codes of a pack's faults, which stand in tables."""
    codes = {code: place for code, place in used().items() if re.fullmatch(r"pack-[a-z-]*[a-z]", code)}
    assert len(codes) > 50
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Message", "word", "joined"}:
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant):
                    codes[str(first.value)] = f"{path.relative_to(PACKAGE)}:{node.lineno}"
    assert {code: place for code, place in codes.items() if not has(code)} == {}


def test_whole_numbers_choose_plurals_and_are_not_grouped() -> None:
    assert word("face-error", "en", what=12345) == "error: 12345"


def test_a_fact_may_be_a_message_of_its_own() -> None:
    inner = Message("face-remedy", {"what": "x"})
    assert word("face-error", "zh", what=inner) == "错误：办法：x"


def test_an_error_may_be_told_inside_another_one() -> None:
    inner = StoreError("write-no-folder", path="x/a.wav", cause="no such folder")
    outer = StoreError("take-kept", cause=inner.told, remedy=inner.told_remedy, path="take.json")
    assert outer.message == f"{inner.message}. The take itself is kept: take.json"
    assert outer.remedy("en").startswith(f"{inner.hint}; then ")
    assert outer.words("zh").startswith(inner.words("zh"))
    assert outer.remedy("zh").startswith(inner.remedy("zh"))


@given(st.lists(st.text('甲乙ab{}"', min_size=1), min_size=1, max_size=8))
def test_parts_are_joined_in_their_order(parts: list[str]) -> None:
    whole = Message("face-error", {"what": joined("joined-lines", parts)})
    assert whole.words("en") == "error: " + "\n".join(parts)


@given(st.text().filter(lambda text: text == text.strip()))
def test_a_fact_stands_as_it_was_given(text: str) -> None:
    assert word("face-error", "en", what=text) == f"error: {text}"


@pytest.mark.parametrize("ui", languages())
def test_a_template_is_the_words_with_their_facts_left_open(ui: str) -> None:
    assert template("face-error", ui) == word("face-error", ui, what="{what}")
    assert template("face-interrupted", ui) == word("face-interrupted", ui)
    with pytest.raises(KeyError, match="error-nobody-knows"):
        template("error-nobody-knows", ui)


def test_a_fact_may_be_long() -> None:
    text = "说" * 100_000
    assert word("face-error", "zh", what=text) == f"错误：{text}"
    assert word("face-error", "en", what=Message("face-remedy", {"what": text})) == f"error: remedy: {text}"


def test_faults_of_the_program_are_told() -> None:
    with pytest.raises(KeyError, match="error-nobody-knows"):
        word("error-nobody-knows", "zh")
    with pytest.raises(KeyError, match="tlh"):
        word("face-error", "tlh")
    with pytest.raises(ValueError, match=r"face-error in zh: .*what"):
        word("face-error", "zh")


def test_an_error_keeps_its_facts_between_processes() -> None:
    error = pickle.loads(pickle.dumps(InputError("sound-missing", path="a.wav", n=3)))
    assert (error.code, error.facts) == ("sound-missing", {"path": "a.wav", "n": 3})


def test_an_error_may_be_the_fact_of_another() -> None:
    inner = UsageError("engine-unknown", name="x", known="y", group="z")
    assert word("face-error", "zh", what=inner) == "错误：没有名为 x 的引擎；现有：y"
