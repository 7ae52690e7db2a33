"""Patterns of a user: the same matches as Python's, and none that hangs."""

# ruff: noqa: E501 - tables of patterns stand denser
from __future__ import annotations

import re
import time
from itertools import count

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from voicecoach.rubric.text.patterns import LIMIT_S, Budget, Pattern, PatternTimeError, compiled, hard_for

NUMBERS = count()
PARTS = st.sampled_from(
    ["好", "的", "了", "a", "B", "1", "_", "，", " ", ".", r"\.", r"\u597d", r"\x61", r"\d", r"\w", r"\s", r"\D", r"\W",
     r"\S", "[好的]", "[^好]", "[a-c]", r"[\d好]", r"[^\s，]", "[一-鿿]", r"[\w-]", "[]好]", r"[\D]", r"[\s\S]", r"[\W]",
     r"[好\]]", r"[a\-z]", "[[好]", "{", r"\b好", "^好", "好$", r"\Z", "(?=好)", "(?!的)", "(?<=好)", "(?<!a)", "(?#x)"]
)  # fmt: skip
REPEATS = st.sampled_from(["", "", "", "?", "*", "+", "{2}", "{1,2}", "{,2}", "+?"])


def _grouped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    said = st.lists(inner, min_size=1, max_size=3).map("".join)
    alternatives = st.lists(said, min_size=1, max_size=3).map("|".join)
    opening = st.sampled_from(["(", "(?:", "(?i:", "named"])
    return st.builds(
        lambda opened, inside, repeat: (
            (f"(?P<g{next(NUMBERS)}>" if opened == "named" else opened) + inside + ")" + repeat
        ),
        opening, alternatives, st.sampled_from(["", "?", "{1,2}"]),
    )  # fmt: skip


PATTERNS = st.lists(
    st.recursive(st.builds(str.__add__, PARTS, REPEATS), _grouped, max_leaves=6), min_size=1, max_size=4
).map("".join)
TEXTS = st.text("好的了aB1 _，。-k", min_size=1, max_size=14)


@pytest.mark.filterwarnings("ignore::FutureWarning")
@given(PATTERNS, TEXTS, st.integers(0, 14), st.integers(0, 14))
@settings(deadline=None, max_examples=600)
def test_a_pattern_finds_what_python_finds(pattern: str, text: str, start: int, end: int) -> None:
    try:
        plain = re.compile(pattern, re.IGNORECASE)
    except re.error:
        assume(False)  # noqa: FBT003 - the signature of hypothesis
    assume(plain.search("") is None)
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    assume(start < end)
    tried = Pattern(pattern)
    matches = [match.span() for match in plain.finditer(text, start, end) if match.end() > match.start()]
    assert tried.spans(text, start, end, Budget()) == matches
    assert tried.found(text, start, end, Budget()) == (plain.search(text, start, end) is not None)


@pytest.mark.parametrize(
    "pattern",
    ["(好+)+了", "(([一-鿿]+)+)+Z", "(a|a)*b", "(.*)*x", "(.*?)*?x", "(好|好好)+了", "(a*)*b", r"(\w+\s?)+$Z", "(x+x+)+y",
     r"([a-z]+)*\d", "((好?){30}){30}了", "(好{0,30}){0,30}了", "(?:(?:(?:好+)+)+)+了", "^(好+)+了", r"(\d+)+(,\d+)*元",
     "好{0,1000}了"],
)  # fmt: skip
def test_a_catastrophe_of_python_is_done_at_once(pattern: str) -> None:
    text = "好" * 20_000 + "a" * 2_000 + "x" + "好" * 2_000
    tried = Pattern(pattern)
    began_s = time.perf_counter()
    tried.found(text, 0, len(text), Budget())
    tried.spans(text, 0, len(text), Budget())
    assert tried.linear
    assert hard_for(pattern) is None
    assert time.perf_counter() - began_s < 5.0


@pytest.mark.parametrize(
    "pattern",
    ["(?:好|好好)+了(?!吗)", "((好|好好)+)+了(?<!的)", r"(好)(?:\1|\1\1)+了", "(?=(?:好|好好)+了)好",
     "客户(?:您|您您)+好(?=吗)", "(?x) (?: 好 | 好好 )+ 了"],
)  # fmt: skip
def test_what_only_time_can_bound_ends_with_an_error(pattern: str) -> None:
    tried = Pattern(pattern)
    text = "客户" + "您" * 80 + "好" * 80
    began_s = time.perf_counter()
    with pytest.raises(PatternTimeError, match=re.escape(pattern)):
        tried.found(text, 0, len(text), Budget(0.1))
    assert not tried.linear
    assert hard_for(pattern) is not None
    assert time.perf_counter() - began_s < LIMIT_S + 3.0


@pytest.mark.parametrize(
    "pattern", ["不(?!能)保证", "(?<=您)好", r"(.)\1", r"\Bb", "(?:好+)+了", "[一-鿿]{2,8}(?=吗)"]
)
def test_an_ordinary_pattern_is_not_hard(pattern: str) -> None:
    assert hard_for(pattern) is None


def test_one_budget_is_for_all_sentences_together() -> None:
    pattern, budget = compiled("(?=(?:好|好好)+了)好"), Budget(0.05)
    with pytest.raises(PatternTimeError):
        pattern.spans("好" * 60, 0, 60, budget)
    assert budget.left_s < 0.02


def test_many_matches_in_a_long_sentence_are_bounded() -> None:
    text = "好" * 100_000
    began_s = time.perf_counter()
    with pytest.raises(PatternTimeError):
        Pattern("好.*?了|好").spans(text, 0, len(text), Budget(0.2))
    assert time.perf_counter() - began_s < 3.0


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        "a{99999999999}",
        "(?:(?:a{900}){900}){900}",
        "[",
        "a**",
        r"\p{L}",
        "(?<=a+)b",
        "(?R)",
        r"\N{NO SUCH}",
    ],
)
def test_what_no_engine_holds_is_an_error_of_its_own(pattern: str) -> None:
    with pytest.raises(re.error):
        Pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [(r"\bab\b", "您ab"), (r"\bab\b", "，ab。"), (r"\w+", "é好٣"), (r"\d", "٣"), (r"\s", "\u3000"), ("好$", "好\n"),
     ("k", "\u212a"), (r"\bab", "\ud800ab"), ("(?m)^a", "b\na"), ("a{e}", "a{e}"), ("[[:alpha:]]", "a]"), ("a{,}", "aa")],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_signs_that_engines_read_differently_mean_what_python_says(pattern: str, text: str) -> None:
    wanted = [match.span() for match in re.compile(pattern, re.IGNORECASE).finditer(text) if match.group()]
    assert Pattern(pattern).spans(text, 0, len(text), Budget()) == wanted
