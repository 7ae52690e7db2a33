"""A reason is told with its remedy, in every language; what has no words is shown as it is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from voicecoach.words.catalogue import languages
from voicecoach.words.reasons import explain, explained, is_known

PACKAGE = Path(__file__).parents[2] / "voicecoach"


def given_reasons() -> set[str]:
    """Every code that a metric gives as a reason or as what makes its figure provisional."""
    codes = set()
    for path in (PACKAGE / "metrics").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "unmeasured":
                codes |= {
                    part.value
                    for part in ast.walk(node.args[0])
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
    return codes


def test_every_reason_that_a_metric_gives_has_words() -> None:
    codes = given_reasons()
    assert {"no_speech", "no_baseline", "too_few_words", "absence_unproven"} <= codes
    assert {code for code in codes if not is_known(code)} == set()


def test_a_reason_comes_with_what_to_do_about_it() -> None:
    assert explain("no_speech", "zh") == "没有听到说话声；请检查麦克风后重录"
    assert explain("no_speech", "en") == "no speech was heard; check the microphone and record again"
    assert explain("not_for_language", "en") == "this figure does not exist for this language"


def test_documents_hold_it_in_all_languages() -> None:
    assert tuple(explained("no_speech")) == languages()
    assert explained("no_speech")["en"] == explain("no_speech", "en")


@pytest.mark.parametrize("ui", languages())
def test_what_has_no_words_is_shown_rather_than_lost(ui: str) -> None:
    assert explain("the sea was loud", ui) == "the sea was loud"
    assert explain("with-remedy-of-another-version", ui) == "with-remedy-of-another-version"
