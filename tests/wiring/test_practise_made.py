"""A practice put together without a command line, as another face would have it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import pytest
from fake_recorder import FakeRecorder
from practice_stage import FakeFace
from speaker_profiles_made import profile

from voicecoach import wiring
from voicecoach.adapters.history.speaker_profiles import SpeakerProfiles
from voicecoach.app.practise.options import PracticeOptions
from voicecoach.app.practise.session import PracticeRequest
from voicecoach.errors import DeviceError, EngineError, UsageError
from voicecoach.wiring import practise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Any]:
    """The devices and models that were asked for, on a machine without voice and loudspeaker."""
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "cache"))
    wanted: list[Any] = []

    def microphone(device: object) -> FakeRecorder:
        wanted.append(device)
        return FakeRecorder([])

    def live_parts(model: str) -> tuple[None, None]:
        wanted.append(model)
        return None, None

    def speaker(engine: str) -> None:
        raise EngineError("plain", message=f"no {engine}", remedy="")

    @contextmanager
    def loudspeaker() -> Iterator[None]:
        raise DeviceError("plain", message="no loudspeaker", remedy="")
        yield

    for name, made in (
        ("microphone", microphone), ("live_parts", live_parts),
        ("speaker", speaker), ("loudspeaker", loudspeaker),
    ):  # fmt: skip
        monkeypatch.setattr(wiring, name, made)
    monkeypatch.setattr(practise, "_input_name", lambda _device: "Webcam")
    return wanted


def begun(face: FakeFace, **wishes: Any) -> Any:
    options = PracticeOptions(text_only=wishes.pop("text_only", False), profile=wishes.pop("profile", None))
    request = PracticeRequest(options, **{"names": ("late_delivery",), "engine": "pyttsx3", **wishes})
    return practise.session(request, cast("Any", face), ui="en")


def test_in_writing_neither_recogniser_nor_profile_is_asked_for(asked: list[Any]) -> None:
    SpeakerProfiles().save(profile())
    face = FakeFace()
    session = begun(face, text_only=True, device=3)
    assert face.codes() == ["practise-preparing", "told", "practise-no-engine"]
    assert asked == [3]
    face.answers.append(None)
    session.run(alone=True)
    assert ("prompt", "late_delivery") in [shown[:2] for shown in face.shown]
    assert session.summary() is None
    session.close()


def test_the_weights_of_a_spoken_practice_are_found_at_once(asked: list[Any]) -> None:
    begun(FakeFace(), model="small")
    assert asked == [None, "small"]


def test_a_profile_of_another_microphone_is_told(asked: list[Any]) -> None:
    SpeakerProfiles().save(profile())
    face = FakeFace()
    begun(face)
    assert face.shown[1] == ("speaker-unused", {"known": "me"})
    begun(named := FakeFace(), speaker="me")
    assert named.codes()[1] == "speaker-other-device"
    assert asked.count(None) == 2


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        ({"names": ("nowhere",)}, "no prompt 'nowhere'"),
        ({"profile": "none"}, "none"),
        ({"speaker": "you"}, "you"),
        ({"kind": "caller"}, "no prompt fits: zh, --kind caller"),
    ],
)
def test_what_cannot_be_is_told_before_it_begins(wishes: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        begun(FakeFace(), **wishes)


@pytest.mark.usefixtures("asked")
def test_one_practice_at_a_time_is_the_only_one() -> None:
    with practise.only_practice() as first, practise.only_practice() as second:
        assert (first, second) == (True, False)
    with practise.only_practice() as after:
        assert after
