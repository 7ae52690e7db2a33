"""`voicecoach voices`: which voices there are, and installing them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from voicecoach.adapters.tts import kokoro_weights
from voicecoach.errors import EngineError

if TYPE_CHECKING:
    from pathlib import Path

from command_line import run


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))


def test_the_list_names_all_engines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from voicecoach.adapters.tts.pyttsx3_speaker import SystemSpeaker, SystemVoice

    found = (SystemVoice("gmw/en-us", "English", "en", "m", ("interviewer",)),)
    monkeypatch.setattr(SystemSpeaker, "voices", lambda _self, fresh: found if fresh else ())
    monkeypatch.setattr(kokoro_weights, "missing", lambda: ("zf_xiaobei.bin",))
    status, out, _ = run(capsys, "voices", "list", "--json")
    rows = {row["id"]: row for row in json.loads(out)}
    assert status == 0
    assert rows["gmw/en-us"] == {
        "id": "gmw/en-us",
        "language": "en",
        "sex": "m",
        "roles": ["interviewer"],
        "engine": "pyttsx3",
        "installed": True,
    }
    assert (rows["zf_xiaobei"]["installed"], rows["zm_yunjian"]["installed"]) == (False, True)
    _, out, _ = run(capsys, "voices")
    assert "zm_yunjian" in out
    assert "gmw/en-us" in out


@pytest.mark.usefixtures("english")
def test_a_list_without_a_system_engine_still_has_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from voicecoach.adapters.tts.pyttsx3_speaker import SystemSpeaker

    def broken(_self: SystemSpeaker, *, fresh: bool) -> None:
        raise EngineError("plain", message=f"no eSpeak {fresh}", remedy="install it")

    monkeypatch.setattr(SystemSpeaker, "voices", broken)
    status, out, err = run(capsys, "voices", "list")
    assert status == 0
    assert "zf_xiaoxiao" in out
    assert "pyttsx3: no eSpeak" in err


@pytest.mark.usefixtures("english")
def test_installing_says_what_is_still_lacking(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(kokoro_weights, "install", lambda: ("zf_xiaobei",))
    monkeypatch.setattr(kokoro_weights, "missing", lambda: ("misaki",))
    status, out, err = run(capsys, "voices", "install")
    assert status == 4
    assert "1 voices fetched: " in out
    assert "still lacks misaki" in err
