"""A machine that lacks a part skips, and fails when the run must have it."""

from __future__ import annotations

import pytest
from requirements import PARTS, VARIABLE, lack, need_module, need_programs, required

NOWHERE = "voicecoach-no-such-thing"


@pytest.fixture(params=list(PARTS))
def part(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_what_is_lacking_is_skipped_with_its_remedy(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, ",".join(other for other in PARTS if other != part))
    with pytest.raises(pytest.skip.Exception) as ended:
        need_programs(part, NOWHERE)
    assert str(ended.value) == f"lacking: {NOWHERE} ({PARTS[part]})"
    with pytest.raises(pytest.skip.Exception):
        need_module(part, NOWHERE.replace("-", "_"))


def test_what_the_run_must_have_fails(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, f"{part}, {next(iter(PARTS))}")
    with pytest.raises(pytest.fail.Exception, match=NOWHERE):
        lack(part, NOWHERE)


def test_what_is_there_is_no_reason_to_end(part: str) -> None:
    need_programs(part, "python3")
    need_module(part, "pytest")


def test_a_part_that_there_is_not_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "sound,smell")
    with pytest.raises(
        pytest.UsageError, match="names smell; there are sound, terminal, browser, tracing, voices"
    ):
        required()
    monkeypatch.delenv(VARIABLE)
    assert required() == frozenset()
