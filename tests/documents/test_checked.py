"""JSON of other hands is read, or is a ValueError."""

from __future__ import annotations

import pytest

from voicecoach.documents.checked import parsed


@pytest.mark.parametrize("opened", ["[", '{"a":'])
def test_lists_in_lists_without_end_are_a_value_error(opened: str) -> None:
    with pytest.raises(ValueError, match="recursion"):
        parsed(opened * 100_000)


@pytest.mark.parametrize("text", ["{", "9" * 5_000, b"\xff\xfe\xfd", ""])
def test_what_is_no_json_is_a_value_error(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parsed(text)


def test_json_is_read_as_it_is() -> None:
    assert parsed('{"a": [1, "二"]}') == {"a": [1, "二"]}
    assert parsed("NaN", parse_constant=lambda name: name) == "NaN"
