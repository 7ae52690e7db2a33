"""The neural voice's files: fetched once, checked always, and what is missing or damaged is told."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from typing import TYPE_CHECKING

import pytest

from voicecoach.adapters.tts import kokoro_weights
from voicecoach.adapters.tts.kokoro_weights import VOICES, KokoroVoice, install, missing, style, voice
from voicecoach.errors import EngineError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = bytes(510 * 256 * 4)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and one voice `quiet` whose file is all zeros."""
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "cache"))
    quiet = KokoroVoice("quiet", "zh", "f", ("interviewer",), hashlib.sha256(CONTENT).hexdigest())
    monkeypatch.setattr(kokoro_weights, "VOICES", {"quiet": quiet})
    return tmp_path / "cache"


def archive(path: Path, content: bytes) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        member = tarfile.TarInfo("package/voices/quiet.bin")
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
    return path


def npm(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put an `npm` first on the path: a program of its own, as the real one is."""
    folder.mkdir(exist_ok=True)
    command = folder / "npm"
    command.write_text(f"#!/bin/sh\n{script}\n")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_every_voice_has_a_role_and_a_digest_of_its_own() -> None:
    assert all(v.roles and len(v.sha256) == 64 for v in VOICES.values())
    assert len({v.sha256 for v in VOICES.values()}) == len(VOICES)
    roles = [
        {v.sex for v in VOICES.values() if v.language == "zh" and role in v.roles} for role in ("caller",)
    ]
    assert roles == [{"f", "m"}]


def test_an_unknown_voice_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"zf_nobody.*one of .*zf_xiaoxiao"):
        voice("zf_nobody")


def test_a_voice_that_was_not_fetched_names_the_remedy(cache: Path) -> None:
    with pytest.raises(EngineError, match=r"quiet is not on this machine \(make setup"):
        style("quiet")
    assert "quiet.bin" in missing()
    assert not (cache / "kokoro-voices").exists()


def test_voices_are_fetched_checked_and_kept(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = archive(tmp_path / "packed.tgz", CONTENT)
    # npm pack NAME --ignore-scripts --silent --pack-destination FOLDER
    npm(tmp_path / "bin", monkeypatch, f'test "$1" = pack && cp {packed} "$6/kokoro-js-1.2.1.tgz"')
    assert install() == ("quiet",)
    assert style("quiet").shape == (510, 256)
    assert [path.name for path in (cache / "kokoro-voices").iterdir()] == ["quiet.bin"]
    npm(tmp_path / "bin", monkeypatch, "exit 1")
    assert install() == ()


def test_a_damaged_voice_is_told_and_fetched_anew(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (cache / "kokoro-voices").mkdir(parents=True)
    (cache / "kokoro-voices" / "quiet.bin").write_bytes(CONTENT[:-1] + b"x")
    with pytest.raises(EngineError, match=r"quiet\.bin is damaged: sha256"):
        style("quiet")
    packed = archive(tmp_path / "packed.tgz", CONTENT)
    npm(tmp_path / "bin", monkeypatch, f'cp {packed} "$6/voices.tgz"')
    assert install() == ("quiet",)
    assert not style("quiet").any()


def test_a_fetched_voice_of_another_digest_is_not_kept(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = archive(tmp_path / "packed.tgz", b"something else")
    npm(tmp_path / "bin", monkeypatch, f'cp {packed} "$6/voices.tgz"')
    with pytest.raises(EngineError, match="the fetched voice quiet is damaged"):
        install()
    assert list((cache / "kokoro-voices").iterdir()) == []


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo no such package >&2; exit 1", "npm cannot fetch kokoro-js@1.2.1: no such package"),
        ("exit 0", "npm fetched nothing"),
        ('echo no archive > "$6/x.tgz"', "cannot be unpacked"),
    ],
)
def test_an_npm_that_fails_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, message: str
) -> None:
    npm(tmp_path / "bin", monkeypatch, script)
    with pytest.raises(EngineError, match=message):
        install()


@pytest.mark.usefixtures("cache")
def test_no_npm_is_told_with_a_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineError, match=r"no npm here \(make setup"):
        install()


@pytest.mark.usefixtures("cache")
def test_set_up_says_why_it_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert kokoro_weights.main() == EngineError.exit_status
    assert capsys.readouterr().err.startswith("voicecoach: the voices come with npm")


def test_a_damaged_model_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 5):
        package = tmp_path / f"kokoro_damaged_{number}"
        package.mkdir()
        (package / "__init__.py").touch()
        (package / "part.bin").write_bytes(b"half a model")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(kokoro_weights, "MODEL_PACKAGES", tuple(f"kokoro_damaged_{n}" for n in range(1, 5)))
    with pytest.raises(EngineError, match="model is damaged: sha256"):
        kokoro_weights.model_bytes()
    (tmp_path / "kokoro_damaged_3" / "part.bin").unlink()
    with pytest.raises(EngineError, match="kokoro_damaged_3 cannot be read"):
        kokoro_weights.model_bytes()


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kokoro_weights, "MODEL_PACKAGES", ("kokoro_nowhere",))
    with pytest.raises(EngineError, match=r"lacks the package kokoro_nowhere \(install voicecoach"):
        kokoro_weights.model_bytes()
    assert missing()[0] == "kokoro_nowhere"
