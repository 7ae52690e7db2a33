"""Lines of mixed Chinese and English keep to their width and break where typesetters break them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from voicecoach.report.wrapping import pad, wrap

MIXED = st.text(alphabet=st.sampled_from("客户您好，。“”（）？ abcXYZ 12,.'"), max_size=80)


@given(MIXED, st.integers(4, 40))
def test_no_line_is_wider_than_asked_and_nothing_but_spaces_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert max(cell_len(line) for line in lines) <= width
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("客户您好", 4, ["客户", "您好"]),
        ("客户您，好", 6, ["客户", "您，好"]),
        ("他说“您好”", 6, ["他说", "“您好”"]),
        ("say it again", 8, ["say it", "again"]),
        ("语速 abc", 6, ["语速", "abc"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("客户 wait，好", 9, ["客户", "wait，好"]),
    ],
)
def test_lines_break_between_hanzi_not_in_words_nor_before_closing_marks(
    text: str, width: int, lines: list[str]
) -> None:
    assert wrap(text, width) == lines


def test_padding_counts_columns() -> None:
    assert pad("语速", 6) == "语速  "
    assert pad("语速快", 4) == "语速快"
