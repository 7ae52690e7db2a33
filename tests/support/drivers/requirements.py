"""What a test needs of the machine: it is skipped where that is lacking, or fails where the run must have it.

``VOICECOACH_REQUIRE`` names the parts that a run must have, with commas between them (:data:`PARTS`), so that
a run that must have sound cannot pass by skipping.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from typing import Final, NoReturn

import pytest

VARIABLE: Final = "VOICECOACH_REQUIRE"
PARTS: Final = {
    "sound": "apt-get install pulseaudio pulseaudio-utils libasound2-plugins",
    "terminal": "apt-get install tmux",
    "browser": "apt-get install chromium",
    "tracing": "apt-get install strace util-linux",
    "voices": "apt-get install espeak-ng, and `voicecoach voices install` (Python 3.11 or 3.12)",
}
"""The parts, and how each comes onto a machine."""


def required() -> frozenset[str]:
    """The parts that this run must have. Raises pytest.UsageError for one that there is not."""
    named = frozenset(filter(None, (part.strip() for part in os.environ.get(VARIABLE, "").split(","))))
    if unknown := named - PARTS.keys():
        msg = f"{VARIABLE} names {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}"
        raise pytest.UsageError(msg)
    return named


def lack(part: str, what: str) -> NoReturn:
    """End the test because ``what`` of ``part`` is not here."""
    said = f"lacking: {what} ({PARTS[part]})"
    if part in required():
        pytest.fail(said)
    pytest.skip(said)


def need_programs(part: str, *programs: str) -> None:
    """End the test when one of the ``programs`` is not on the path."""
    lacking = [program for program in programs if not shutil.which(program)]
    if lacking:
        lack(part, ", ".join(lacking))


def need_module(part: str, module: str) -> None:
    """End the test when ``module`` is not installed."""
    if importlib.util.find_spec(module) is None:
        lack(part, module)
