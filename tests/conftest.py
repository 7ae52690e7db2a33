"""What holds for all tests."""

import os
import signal

import pytest
from hypothesis import settings

# How long an example takes is no verdict: speed is measured in benchmarks.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# As the program does: matrix products of several threads round differently, and words follow the last digit.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Tests started in the background inherit an ignored Ctrl-C, and would hand it on to what they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

pytest_plugins = ["browsing", "practising", "practice_stage", "third_language"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Which engines the contracts of ``tests/contracts`` are run on; all that are registered without."""
    group = parser.getgroup("voicecoach", "engines to run the contracts on")
    group.addoption("--recogniser", metavar="NAME[:MODEL]", help="a recogniser")
    group.addoption("--voice-engine", metavar="NAME", help="a voice engine")
    group.addoption("--sentence-encoder", metavar="NAME", help="a sentence encoder")
    group.addoption("--batch-engine", metavar="NAME", help="an engine of the batch")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Contracts of engines that nobody asked for are not tests that were skipped."""
    unasked = {
        item
        for item in items
        for mark in item.iter_markers("skip")
        if "got empty parameter set" in str(mark.kwargs.get("reason"))
    }
    config.hook.pytest_deselected(items=[item for item in items if item in unasked])
    items[:] = [item for item in items if item not in unasked]


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader's language is English, for tests that look for an English sentence."""
    monkeypatch.setenv("VOICECOACH_UI", "en")
