"""Workers of a Ray cluster on this machine: the same contract as the process pool's."""

from __future__ import annotations

import builtins
import sys
from pathlib import Path
from typing import Any

import pytest
from batch_engine_contract import BatchEngineContract

from voicecoach.adapters.batch.ray_engine import RayEngine
from voicecoach.errors import UsageError
from voicecoach.model.job import Setup


@pytest.mark.weights
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
class TestRayEngine(BatchEngineContract):
    """Slow (a cluster a test), so beside the tests that need weights."""

    @pytest.fixture(autouse=True)
    def fakes_on_every_node(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2] / "support" / "fakes"))

    def engine(self, setup: Setup, *, workers: int, file_timeout_s: float | None = None) -> Any:
        return RayEngine(setup, workers=workers, file_timeout_s=file_timeout_s)


def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    known = builtins.__import__

    def importing(name: str, *args: Any, **options: Any) -> Any:
        if name == "ray":
            raise ImportError("no module named ray")
        return known(name, *args, **options)

    monkeypatch.delitem(sys.modules, "ray", raising=False)
    monkeypatch.setattr(builtins, "__import__", importing)
    with pytest.raises(UsageError, match="Ray is not installed") as told:
        RayEngine(Setup("batch_fakes:ordered"), workers=1)
    assert "voicecoach[cluster]" in told.value.hint
