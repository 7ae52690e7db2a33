"""What a terminal sends, cut into keys."""

from __future__ import annotations

import pytest

from voicecoach.cli.takes.list_keys import split


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("j", ["j"]),
        ("\x1b[B\x1b[B\x1b[6~", ["\x1b[B", "\x1b[B", "\x1b[6~"]),
        ("\x1bOA\r", ["\x1bOA", "\r"]),
        ("\x1b", ["\x1b"]),
        ("晚了\x7f\r", ["晚了", "\x7f", "\r"]),
        ("\x1b[1;5Cq", ["\x1b[1;5C", "q"]),
        ("a\x04", ["a", ""]),
    ],
)
def test_keys(sent: str, keys: list[str]) -> None:
    assert split(sent) == keys
