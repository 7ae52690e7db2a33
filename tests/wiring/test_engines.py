"""Engines by name: ours are registered, others can be, and what is not there is told."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

import pytest

from voicecoach import wiring
from voicecoach.errors import EngineError, UsageError
from voicecoach.wiring import engines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two recognisers of other packages: one that can be imported, and one that cannot."""
    group = engines.GROUPS["recogniser"]
    others = (
        EntryPoint("upper", "builtins:str", group),
        EntryPoint("broken", "voicecoach_not_here:open", group),
        EntryPoint("empty", "builtins:not_there", group),
    )
    monkeypatch.setattr(
        "importlib.metadata.entry_points",
        lambda group: [*entry_points(group=group), *(point for point in others if point.group == group)],
    )
    engines._registered.cache_clear()
    yield
    engines._registered.cache_clear()


@pytest.mark.parametrize(
    ("port", "name"),
    [
        ("recogniser", "whisper"),
        ("voice", "kokoro"),
        ("voice", "pyttsx3"),
        ("sentence-encoder", "use"),
        ("batch", "pool"),
        ("batch", "ray"),
    ],
)
def test_our_engines_are_registered_and_can_be_imported(port: engines.Port, name: str) -> None:
    assert name in engines.names(port)
    assert callable(engines.factory(port, name))


@pytest.mark.usefixtures("registered")
def test_an_engine_of_another_package_is_found_by_its_name() -> None:
    assert engines.names("recogniser") == ("broken", "empty", "upper", "whisper")
    assert engines.factory("recogniser", "upper") is str
    assert "upper" not in engines.names("voice")


def test_an_unknown_engine_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"no engine sphinx; known are .*whisper.*voicecoach\.recognisers"):
        engines.factory("recogniser", "sphinx")


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize("name", ["broken", "empty"])
def test_an_engine_that_cannot_be_imported_is_told(name: str) -> None:
    with pytest.raises(EngineError, match=rf"the engine {name} cannot be used: .*not"):
        engines.factory("recogniser", name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("base", ("whisper", "base")),
        ("whisper", ("whisper", None)),
        ("whisper:small", ("whisper", "small")),
        ("whisper:", ("whisper", None)),
        ("whisper:/models/mine", ("whisper", "/models/mine")),
        ("/models/mine", ("whisper", "/models/mine")),
        (r"C:\models", ("whisper", r"C:\models")),
        ("upper:x:y", ("upper", "x:y")),
        ("sphinx:small", ("sphinx", "small")),
        ("models:mine/base", ("whisper", "models:mine/base")),
    ],
)
@pytest.mark.usefixtures("registered")
def test_a_recogniser_is_named_with_or_without_its_model(text: str, expected: tuple[str, str | None]) -> None:
    assert engines.split_recogniser(text) == expected


def test_a_folder_with_a_colon_in_its_name_is_a_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sphinx:small").mkdir()
    assert engines.split_recogniser("sphinx:small") == ("whisper", "sphinx:small")


def test_a_recogniser_that_nobody_registered_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"no engine sphinx; known are .*whisper"):
        wiring.recogniser("sphinx:small")
