"""Texts go out and come back whole, and never run as formulas."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.adapters.batch.spreadsheet import FORMULA_STARTS, plain, safe

TEXTS = st.text(st.characters(codec="gb18030", exclude_categories=("Cc", "Cs")), max_size=8)


@given(st.text(max_size=5))
def test_safe_text_never_starts_a_formula_and_loses_nothing(text: str) -> None:
    made = safe(text)
    assert not made.startswith(FORMULA_STARTS)
    assert made in (text, "'" + text)


@given(TEXTS.filter(lambda text: text == text.strip() and not text.startswith("'")))
def test_what_was_made_safe_comes_back_plain(text: str) -> None:
    assert plain(safe(text)) == text
