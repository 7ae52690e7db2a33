"""No library that the program loads reports to its maker, whatever the environment said before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from voicecoach.offline import HUB, SWITCHES, go_offline, hub_allowed

ROOT = Path(__file__).parents[1]
FIRST_IMPORTS = (
    "voicecoach",
    "voicecoach.__main__",
    "voicecoach.adapters.tts.pyttsx3_child",
    "voicecoach.adapters.tts.kokoro_weights",
    "voicecoach.adapters.batch.process_pool",
    "voicecoach.model.job",
)
"""What a process of ours begins with: the command, a library's user, children, set-up, a worker's pickle."""


@pytest.mark.parametrize("module", FIRST_IMPORTS)
def test_whatever_is_imported_first_everything_is_switched_off(module: str) -> None:
    """Also where the environment asks for the contrary, and before any engine is loaded."""
    program = (
        f"import os, sys, {module}\n"
        "assert not {'onnxruntime', 'ray', 'huggingface_hub', 'numba'} & sys.modules.keys()\n"
        f"print({{name: os.environ.get(name) for name in {list(SWITCHES)}}})\n"
    )
    contrary = {name: "0" if value == "1" else "1" for name, value in SWITCHES.items()}
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT,
        env={**os.environ, **contrary},
    )  # fmt: skip
    assert run.stdout.strip() == str(dict(SWITCHES))


def test_the_libraries_read_the_switches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each by its own name for it: a switch that nobody reads would switch nothing off."""
    from huggingface_hub import constants
    from ray._common.usage import usage_lib

    assert constants.HF_HUB_OFFLINE
    assert constants.HF_HUB_DISABLE_TELEMETRY
    assert not usage_lib.usage_stats_enabled()
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "1")
    assert usage_lib.usage_stats_enabled()


def test_an_onnxruntime_that_was_there_before_is_asked_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Loaded:
        @staticmethod
        def disable_telemetry_events() -> None:
            asked.append("to stop")

    monkeypatch.setitem(sys.modules, "onnxruntime", Loaded())
    go_offline()
    assert asked == ["to stop"]


def test_the_hub_is_open_to_an_installation_alone() -> None:
    from huggingface_hub import constants

    allowed = hub_allowed()
    allowed.__enter__()
    assert not any(name in os.environ for name in HUB)
    assert not constants.is_offline_mode()
    assert os.environ["HF_HUB_DISABLE_TELEMETRY"] == "1"
    assert not allowed.__exit__(OSError, OSError("broken off"), None)  # the fault goes on to the caller
    assert all(os.environ[name] == SWITCHES[name] for name in HUB)
    assert constants.is_offline_mode()
