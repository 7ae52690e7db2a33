"""Every code has its sentence in both languages."""

import pytest

from voicecoach.metrics.reasons import REASONS, explain


@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_code_speaks_both_languages(code: str) -> None:
    assert set(REASONS[code]) == {"zh", "en"}
    assert explain(code, "zh") == REASONS[code]["zh"]
    assert any("一" <= character <= "鿿" for character in explain(code, "zh"))
    assert explain(code, "en").isascii() or "您" in explain(code, "en")


def test_an_unknown_ui_language_falls_to_english() -> None:
    assert explain("no_speech", "fr") == REASONS["no_speech"]["en"]


def test_a_plain_sentence_is_shown_rather_than_lost() -> None:
    assert explain("the sea was loud", "zh") == "the sea was loud"
