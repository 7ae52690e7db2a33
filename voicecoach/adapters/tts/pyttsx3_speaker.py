"""The system's own voices behind the Speaker port, by pyttsx3: each call in a process of its own.

No call into a system's speech engine can be trusted to come back, nor to leave Python alive. So a child
process (:mod:`voicecoach.adapters.tts.pyttsx3_child`) writes one sound file for one sentence, within a limit
of time; the file is decoded and looked at here, and played by us. A mood is the engine's rate, and what
:mod:`voicecoach.adapters.tts.moods` does to the sound: pitch is shifted by librosa, since the systems'
engines have no pitch, or each its own.

Good on macOS and Windows; English on Linux. Known failure: Mandarin by espeak-ng is hardly intelligible (a
recogniser gets 70 to 99 % of the characters wrong).
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from voicecoach.adapters.folders import cache_folder, keep_pulse_at_home, replacing
from voicecoach.adapters.tts.kokoro_text import spoken_mandarin
from voicecoach.adapters.tts.moods import RECIPE, SHOWN_LETTERS, Mood, coloured, mood_of, trimmed
from voicecoach.documents.checked import parsed
from voicecoach.errors import EngineError, StoreError, UsageError
from voicecoach.model.audio import Waveform
from voicecoach.units import s_to_samples
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

CHILD: Final = (sys.executable, "-m", "voicecoach.adapters.tts.pyttsx3_child")
LIMIT_S: Final = 30.0
"""A child that has not answered after this long is ended, seconds: a start on a busy machine takes 1-5 s."""
LIMIT_S_PER_LETTER: Final = 0.1
"""And so much more for each letter: engines write a file many times faster than they speak."""
RATE_WPM: Final = 175
"""Rate at speed 1, words a minute: the usual one of macOS and espeak."""
SHORTEST_S_PER_LETTER: Final = 0.015
"""A file shorter than this for each letter or Hanzi has lost something: the fastest rate leaves 0.03 s."""
SILENT_DBFS: Final = -60.0
"""A file whose loudest sample lies below holds no voice."""
VARIANTS: Final = (("gmw/en-us+f3", "f"), ("gmw/en-us+m3", "m"))
"""Voices that espeak makes of another and does not list: so that a caller differs from the interviewer."""
_SENTENCE = re.compile(
    r"[^。！？!?；;…\n.]*(?:\.(?=\w)[^。！？!?；;…\n.]*)*(?:[。！？!?；;…\n.]+[”’」』）)\"]*|$)"
)
_MANDARIN = re.compile(r"(?i)(cmn|zh)(?![-_]?(hk|mo|yue))")
_ENGLISH = re.compile(r"(?i)en\b|en[-_]")


@dataclass(frozen=True, slots=True)
class SystemVoice:
    """One voice of the system: ``language`` zh or en, ``sex`` f or m, the roles it suits."""

    id: str
    name: str
    language: str
    sex: str
    roles: tuple[str, ...]


class SystemSpeaker:
    """Says Mandarin and English text in the voices that this system has.

    ``child`` is the command of the child process, ``limit_s`` its limit of time for short texts.
    """

    def __init__(self, *, child: Sequence[str] = CHILD, limit_s: float = LIMIT_S) -> None:
        self._child = tuple(child)
        self._limit_s = limit_s
        self._voices: tuple[SystemVoice, ...] | None = None

    @property
    def engine(self) -> str:
        """pyttsx3, the system and the recipe. The system's voices have no version that could be asked."""
        return f"pyttsx3-{version('pyttsx3')}-{sys.platform}-r{RECIPE}"

    def voices(self, *, fresh: bool = False) -> tuple[SystemVoice, ...]:
        """The Mandarin and English voices, as asked once and kept; ``fresh`` asks again.

        Raises EngineError when the system has no engine, or none of these voices.
        """
        if self._voices is None or fresh:
            path = cache_folder() / f"voices-{self.engine}.json"
            voices = None if fresh else _read_voices(path)
            if voices is None:
                voices = _chosen(self._asked({}, self._limit_s))
                if not voices:
                    raise EngineError("system-voice-none", install=_remedy())
                # a cache that cannot be written costs the time to ask again, no more
                with contextlib.suppress(StoreError), replacing(path) as file:
                    file.write(json.dumps([asdict(voice) for voice in voices]).encode())
            self._voices = voices
        return self._voices

    def speak(self, text: str, *, voice: str, mood: int = 2) -> Waveform:
        """Say ``text``; ``mood`` 1 (calm) to 5 (furious).

        Raises UsageError for an unknown voice or mood or a text without words, EngineError.
        """
        parts = list(self.stream(text, voice=voice, mood=mood))
        return Waveform(np.concatenate([part.samples for part in parts]), parts[0].rate_hz)

    def stream(self, text: str, *, voice: str, mood: int = 2) -> Iterator[Waveform]:
        """Say ``text`` sentence by sentence, each with the pause that follows it (the last without).

        Raises as :meth:`speak`; a wrong request is told at the call, not at the first sentence.
        """
        recipe = mood_of(mood)
        known = {entry.id: entry for entry in self.voices()}
        if voice not in known:
            raise UsageError("system-voice-unknown", voice=repr(voice))
        pieces = [
            piece
            for piece in (match.group().strip() for match in _SENTENCE.finditer(text))
            if re.search(r"\w", piece)
        ]
        if not pieces:
            raise UsageError("speech-text-empty", text=repr(text[:SHOWN_LETTERS]))
        if known[voice].language == "zh":
            pieces = [spoken_mandarin(piece) for piece in pieces]
        return self._stream(pieces, voice, recipe)

    def _stream(self, pieces: Sequence[str], voice: str, mood: Mood) -> Iterator[Waveform]:
        for number, piece in enumerate(pieces):
            made = self._said(piece, voice, round(RATE_WPM * mood.speed * mood.pitch))
            samples = coloured(trimmed(made.samples, made.rate_hz), made.rate_hz, mood, by="shifting")
            if number < len(pieces) - 1:
                pause = np.zeros(s_to_samples(mood.pause_s, made.rate_hz), dtype=np.float32)
                samples = np.concatenate([samples, pause])
            yield Waveform(samples, made.rate_hz)

    def _said(self, text: str, voice: str, rate_wpm: int) -> Waveform:
        """One sentence as the engine says it. Raises EngineError."""
        with tempfile.TemporaryDirectory(prefix="voicecoach-say-") as folder:
            path = Path(folder) / "said.wav"
            request = {"text": text, "voice": voice, "rate_wpm": rate_wpm, "path": str(path)}
            self._asked(request, self._limit_s + LIMIT_S_PER_LETTER * len(text))
            return _checked(path, text)

    def _asked(self, request: dict[str, Any], limit_s: float) -> dict[str, Any]:
        """The child's answer. Raises EngineError when it fails, dies or does not answer in time."""
        keep_pulse_at_home()
        try:
            child = subprocess.run(  # noqa: S603 - our own module without a shell
                self._child,
                input=json.dumps(request).encode(),
                capture_output=True,
                timeout=limit_s,
                check=False,
            )
        except subprocess.TimeoutExpired as exc:
            raise EngineError("system-voice-too-slow", limit_s=f"{limit_s:.0f}") from exc
        except OSError as exc:
            raise EngineError("system-voice-not-started", cause=exc.strerror, install=_remedy()) from exc
        try:
            made: dict[str, Any] = json.loads(child.stdout)
        except ValueError as exc:
            last = child.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise EngineError(
                "system-voice-ended",
                status=child.returncode,
                cause=last[0] if last else Message("voice-cause-unknown"),
                install=_remedy(),
            ) from exc
        if "error" in made:
            raise EngineError("system-voice-failed", cause=str(made["error"]), install=_remedy())
        return made


def _remedy() -> Message:
    """How a voice comes to this system."""
    return Message("system-voice-install-" + ("linux" if sys.platform.startswith("linux") else "other"))


def _read_voices(path: Path) -> tuple[SystemVoice, ...] | None:
    """The kept list, None when there is none to be read: it is only a copy."""
    try:
        entries = parsed(path.read_bytes())
        return tuple(SystemVoice(**(entry | {"roles": tuple(entry["roles"])})) for entry in entries) or None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _chosen(answer: dict[str, Any]) -> tuple[SystemVoice, ...]:
    """The Mandarin and English voices of an answer; the first of each language asks, the others call."""
    by_language: dict[str, list[SystemVoice]] = {"zh": [], "en": []}
    for entry in answer["voices"]:
        tag = entry["languages"][0] if entry["languages"] else entry["id"]
        language = "zh" if _MANDARIN.match(tag) else "en" if _ENGLISH.match(tag) else None
        if language and "latn" not in tag:
            by_language[language].append(_voice(entry["id"], entry["name"], language, entry["gender"]))
    if any(voice.id == "gmw/en-us" for voice in by_language["en"]):
        by_language["en"] += [
            _voice(name, f"English (America) {name[-2:]}", "en", sex) for name, sex in VARIANTS
        ]
        by_language["en"].sort(key=lambda voice: not voice.id.startswith("gmw/en-us"))
    return tuple(
        SystemVoice(voice.id, voice.name, voice.language, voice.sex, _roles(number, len(voices)))
        for voices in by_language.values()
        for number, voice in enumerate(voices)
    )


def _roles(number: int, n_voices: int) -> tuple[str, ...]:
    if n_voices == 1:
        return ("interviewer", "caller", "candidate")
    return ("interviewer", "candidate") if number == 0 else ("caller", "candidate")


def _voice(name: str, shown: str, language: str, gender: str) -> SystemVoice:
    sex = "f" if "female" in gender.lower() or gender == "f" else "m"
    return SystemVoice(name, shown, language, sex, ())


def _checked(path: Path, text: str) -> Waveform:
    """The sound in the file, when it is there, long enough and no silence. Raises EngineError."""
    if not path.is_file() or path.stat().st_size == 0:
        raise EngineError("system-voice-wrote-nothing")
    samples, rate_hz = _decoded(path)
    n_letters = len(re.findall(r"\w", text))
    if len(samples) < SHORTEST_S_PER_LETTER * n_letters * rate_hz:
        raise EngineError("system-voice-cut", length_s=f"{len(samples) / rate_hz:.2f}", n=n_letters)
    if np.abs(samples).max() < 10.0 ** (SILENT_DBFS / 20.0):
        raise EngineError("system-voice-silent")
    return Waveform(samples, rate_hz)


def _decoded(path: Path) -> tuple[NDArray[np.float32], int]:
    """Samples and rate of what the system wrote: WAV, or AIFF on macOS whatever the file is called."""
    import av

    try:
        with av.open(str(path)) as container:
            stream = container.streams.audio[0]
            rate_hz = int(stream.rate)
            resampler = av.AudioResampler(format="s16", layout="mono", rate=rate_hz)
            frames = [made for frame in container.decode(stream) for made in resampler.resample(frame)]
            frames += resampler.resample(None)
    except (av.FFmpegError, IndexError) as exc:
        raise EngineError("system-voice-no-sound-file", cause=str(exc)) from exc
    if not frames:
        raise EngineError("system-voice-wrote-nothing")
    pcm = np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames])
    return (pcm / 32768.0).astype(np.float32), rate_hz
