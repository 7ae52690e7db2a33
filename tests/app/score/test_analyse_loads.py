"""The recogniser is loaded beside the speech gate, once the recording was read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fakes import FakeEncoder, FakeTranscriber

from voicecoach.adapters.packs.profiles import load_profile
from voicecoach.app.score.analyse import Analyser, Task
from voicecoach.errors import EngineError, InputError
from voicecoach.rubric.engine import RubricEngine

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD = Path(__file__).parents[3] / "audio_fixtures" / "late_delivery_good.flac"


def analyser(load: Callable[[], None]) -> Analyser:
    return Analyser(FakeTranscriber.of("您好"), RubricEngine(FakeEncoder()), load=load)


def task() -> Task:
    return Task(None, "zh", load_profile("interview", "zh"))


def test_the_recogniser_is_loaded_once_for_a_recording() -> None:
    loaded: list[str] = []
    analyser(lambda: loaded.append("loaded")).hear(GOOD, task())
    assert loaded == ["loaded"]


def test_nothing_is_loaded_for_a_file_that_holds_no_sound(tmp_path: Path) -> None:
    loaded: list[str] = []
    (tmp_path / "a.wav").write_text("no sound")
    with pytest.raises(InputError, match=r"a\.wav"):
        analyser(lambda: loaded.append("loaded")).hear(tmp_path / "a.wav", task())
    assert loaded == []


def test_a_recogniser_that_fails_to_load_is_told() -> None:
    def load() -> None:
        raise EngineError("recogniser-not-loaded", folder="models", cause="no weights")

    with pytest.raises(EngineError, match="no weights"):
        analyser(load).hear(GOOD, task())
