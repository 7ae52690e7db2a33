"""Speaker profiles on the disk: private, whole, found by microphone; damage is told."""

from __future__ import annotations

import json
import stat
import sys
from typing import TYPE_CHECKING

import pytest
from speaker_profiles_made import profile

from voicecoach.adapters.history.speaker_profiles import SpeakerProfiles
from voicecoach.adapters.machine import ThisMachine
from voicecoach.errors import StoreError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SpeakerProfiles:
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path))
    return SpeakerProfiles()


def test_what_was_saved_is_loaded(profiles: SpeakerProfiles, tmp_path: Path) -> None:
    path = profiles.save(profile())
    assert path == tmp_path / "profiles" / "me.json"
    assert profiles.load("me") == profile()
    profiles.save(profile(f0_median_hz=150.0))
    assert (profiles.load("me").f0_median_hz, profiles.names()) == (150.0, ("me",))
    assert [file.name for file in path.parent.iterdir()] == ["me.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_only_the_user_may_look_in(profiles: SpeakerProfiles) -> None:
    path = profiles.save(profile())
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)


def test_doctor_lists_the_names(profiles: SpeakerProfiles) -> None:
    profiles.save(profile(name="小李"))
    profiles.save(profile(name="me"))
    assert list(ThisMachine(recogniser=str).calibrations()) == ["me", "小李"] == list(profiles.names())


def test_the_newest_of_a_microphone_is_found(profiles: SpeakerProfiles) -> None:
    assert (profiles.names(), profiles.for_device("Headset")) == ((), None)
    profiles.save(profile(name="b", created="2026-11-20T08:00:00.000+00:00"))
    profiles.save(profile(name="a", created="2026-11-21T08:00:00.000+00:00"))
    profiles.save(profile(name="c", created="2026-11-22T08:00:00.000+00:00", device="Webcam"))
    newest = profiles.for_device("Headset")
    assert newest == profile(name="a", created="2026-11-21T08:00:00.000+00:00")
    assert profiles.for_device("Other") is None


def test_one_of_an_unknown_microphone_fits_no_microphone(profiles: SpeakerProfiles) -> None:
    profiles.save(profile(device=""))
    assert profiles.for_device("") is None


def test_a_profile_and_its_reading_are_removed(profiles: SpeakerProfiles, tmp_path: Path) -> None:
    sound = tmp_path / "a.wav"
    sound.write_bytes(b"RIFF")
    kept = profiles.keep_sound("me", sound)
    assert (kept.name, kept.read_bytes()) == ("me.wav", b"RIFF")
    profiles.save(profile())
    profiles.delete("me")
    assert list(kept.parent.iterdir()) == []


def test_an_unknown_name_is_told_with_near_ones(profiles: SpeakerProfiles) -> None:
    with pytest.raises(UsageError, match="no speaker profile called 'headset'") as none:
        profiles.load("headset")
    assert none.value.hint == "voicecoach calibrate headset"
    profiles.save(profile(name="headsets"))
    with pytest.raises(UsageError, match="no speaker profile called") as near:
        profiles.delete("headset")
    assert near.value.hint == "headsets"


@pytest.mark.parametrize("name", ["../me", "", "a/b"])
def test_a_name_never_leads_out_of_the_folder(profiles: SpeakerProfiles, tmp_path: Path, name: str) -> None:
    (tmp_path / "me.json").write_text("{}")
    for use in (profiles.load, profiles.delete, lambda name: profiles.keep_sound(name, tmp_path / "me.json")):
        with pytest.raises(UsageError, match="made of letters"):
            use(name)
    assert (tmp_path / "me.json").exists()


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"", "damaged: .*me.json"),
        (b"\xff\xfe\x00", "damaged"),
        (b'{"schema": "voicecoach.speaker/1"}', "missing required field `name`"),
        (b"[" * 100_000, "damaged"),
        (json.dumps({"schema": "voicecoach.take/1"}).encode(), "schema must be voicecoach.speaker/1"),
    ],
)
def test_a_damaged_file_is_told_and_can_be_removed(
    profiles: SpeakerProfiles, content: bytes, match: str
) -> None:
    path = profiles.save(profile())
    path.write_bytes(content)
    with pytest.raises(StoreError, match=match) as told:
        profiles.load("me")
    assert "voicecoach calibrate me" in told.value.hint
    with pytest.raises(StoreError, match="damaged"):
        profiles.for_device("Headset")
    profiles.delete("me")
    assert profiles.names() == ()


def test_a_file_under_another_name_is_told(profiles: SpeakerProfiles) -> None:
    path = profiles.save(profile())
    path.rename(path.with_name("you.json"))
    with pytest.raises(StoreError, match="called 'me' inside"):
        profiles.load("you")


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    blocked = SpeakerProfiles(tmp_path / "file")
    with pytest.raises(StoreError, match="cannot make the folder"):
        blocked.save(profile())
    with pytest.raises(StoreError, match="cannot read"):
        blocked.names()
    with pytest.raises(StoreError, match="cannot read"):
        blocked.load("me")
    with pytest.raises(StoreError, match="cannot remove"):
        blocked.delete("me")


def test_a_reading_that_is_gone_is_told(profiles: SpeakerProfiles, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot keep .*me\.wav"):
        profiles.keep_sound("me", tmp_path / "none.wav")
