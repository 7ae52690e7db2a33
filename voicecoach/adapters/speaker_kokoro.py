"""The neural voice behind the Speaker port: Kokoro-82M v1.0 (int8) run by onnxruntime, 24 kHz.

The model knows only one manner of speaking, and its speed. A mood is made of that speed, the pauses between
sentences, and what shouting does to a voice: higher (resampled, which shortens too), louder, with more
energy around 3 kHz, and driven into soft saturation. The rest of an angry caller is wording.

Sentences are made one by one, so that the first can be heard while the next is being made; still a
sentence takes about half its length on two cores, so that prompts are rendered ahead and kept.

Known failure: the model has no whisper, no sarcasm and no laughter.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from voicecoach.adapters import kokoro_text, kokoro_weights
from voicecoach.errors import EngineError, UsageError
from voicecoach.model.audio import Waveform
from voicecoach.units import db_to_amplitude, s_to_samples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

RATE_HZ: Final = 24_000
RECIPE: Final = 1
"""Number of the way sound is made here: raised when a text would sound otherwise, so that caches notice."""
EDGE_S: Final = 0.06
"""Silence kept before and after the sound of a sentence, seconds."""
EDGE_DB: Final = -42.0
"""Below a sentence's loudest 10 ms by so much counts as silence at its edges, dB."""
PRESENCE_HZ: Final = 2800.0
"""Centre of the band that a raised voice lifts (the singer's and shouter's formants lie at 2.5-3.2 kHz)."""
PRESENCE_WIDTH: Final = 0.9
"""Width of that band as centre frequency through bandwidth (Q)."""
SLOWEST: Final = 0.6
FASTEST: Final = 1.6
"""Limits of ``pace``: beyond them the model slurs or swallows syllables."""
CEILING: Final = 0.97
"""Highest sample, full scale 1."""
_FRAME_S: Final = 0.01


@dataclass(frozen=True, slots=True)
class Mood:
    """How one mood is made.

    ``speed`` and ``pitch``: factors, 1 = the model's own. ``level_dbfs``: RMS of the sounding part.
    ``presence_db``: lift of the band around :data:`PRESENCE_HZ`. ``drive``: into a soft saturation, 0 = none.
    ``pause_s``: between sentences.
    """

    speed: float
    pitch: float
    level_dbfs: float
    presence_db: float
    drive: float
    pause_s: float


MOODS: Final = {
    1: Mood(speed=0.92, pitch=1.0, level_dbfs=-25.0, presence_db=0.0, drive=0.0, pause_s=0.50),
    2: Mood(speed=1.0, pitch=1.0, level_dbfs=-23.0, presence_db=0.0, drive=0.0, pause_s=0.38),
    3: Mood(speed=1.05, pitch=1.02, level_dbfs=-21.0, presence_db=2.0, drive=0.3, pause_s=0.28),
    4: Mood(speed=1.1, pitch=1.05, level_dbfs=-18.5, presence_db=4.0, drive=0.7, pause_s=0.20),
    5: Mood(speed=1.15, pitch=1.08, level_dbfs=-16.0, presence_db=6.0, drive=1.2, pause_s=0.12),
}
"""1 calm, 2 neutral, 3 annoyed, 4 angry, 5 furious."""


class KokoroSpeaker:
    """Says Mandarin and English text in the voices of :data:`kokoro_weights.VOICES`.

    The model is loaded at the first use, or by :meth:`load` while something else happens. One sentence is
    made at a time, whatever thread asks.
    """

    def __init__(self, *, threads: int | None = None, seed: int | None = None) -> None:
        """``seed`` makes the model's breath noise the same every time (for recordings that are kept)."""
        self._threads = threads or os.cpu_count() or 1
        self._seed = seed
        self._session: Any = None
        self._lock = threading.Lock()
        self._styles: dict[str, NDArray[np.float32]] = {}

    @property
    def engine(self) -> str:
        """Engine, weights and recipe: what the sound of a text depends on besides voice and mood."""
        return f"kokoro-v1.0-int8-{kokoro_weights.MODEL_SHA256[:12]}-r{RECIPE}"

    @staticmethod
    def voices() -> tuple[kokoro_weights.KokoroVoice, ...]:
        """All voices, Mandarin first."""
        return tuple(kokoro_weights.VOICES.values())

    @staticmethod
    def available() -> bool:
        """Whether packages and voices are on this machine, looked up without loading anything."""
        return not kokoro_weights.missing()

    def load(self) -> None:
        """Load the weights, once. Raises EngineError."""
        with self._lock:
            if self._session is None:
                self._session = _session(self._threads, self._seed)

    def speak(self, text: str, *, voice: str, mood: int = 2, pace: float = 1.0) -> Waveform:
        """Say ``text``; ``mood`` 1 (calm) to 5 (furious), ``pace`` a factor on its speed. Waveform at 24 kHz.

        Raises UsageError for an unknown voice, mood or pace or a text without words, EngineError.
        """
        return Waveform(
            np.concatenate([part.samples for part in self.stream(text, voice=voice, mood=mood, pace=pace)]),
            RATE_HZ,
        )

    def stream(self, text: str, *, voice: str, mood: int = 2, pace: float = 1.0) -> Iterator[Waveform]:
        """Say ``text`` sentence by sentence, each with the pause that follows it (the last without).

        Raises as :meth:`speak`; a wrong request is told at the call, not at the first sentence.
        """
        recipe = _mood(mood, pace)
        language: Literal["zh", "en"] = "zh" if kokoro_weights.voice(voice).language == "zh" else "en"
        pieces = tuple(kokoro_text.sentences(text, language))
        if not any(kokoro_text.phonemes(piece, language) for piece in pieces):
            raise UsageError(f"nothing to say in {text[:40]!r}", hint="give a text with words")
        return self._stream(pieces, language, voice, recipe)

    def _stream(
        self, pieces: tuple[str, ...], language: Literal["zh", "en"], voice: str, recipe: Mood
    ) -> Iterator[Waveform]:
        pause = np.zeros(s_to_samples(recipe.pause_s, RATE_HZ), dtype=np.float32)
        for number, piece in enumerate(pieces):
            said = kokoro_text.phonemes(piece, language)
            if not said:
                continue
            samples = _coloured(_trimmed(self._synthesise(said, voice, recipe.speed)), recipe)
            last = number == len(pieces) - 1
            yield Waveform(samples if last else np.concatenate([samples, pause]), RATE_HZ)

    def _synthesise(self, phonemes: str, voice: str, speed: float) -> NDArray[np.float32]:
        """Run the model: float32 (n,) at 24 kHz, as it comes."""
        self.load()
        tokens = kokoro_text.tokens(phonemes)
        if voice not in self._styles:
            self._styles[voice] = kokoro_weights.style(voice)
        style = self._styles[voice][min(len(tokens), kokoro_weights.STYLE_SHAPE[0]) - 1]
        feed = {
            "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
            "style": style[np.newaxis, :],
            "speed": np.array([speed], dtype=np.float32),
        }
        with self._lock:
            try:
                (audio,) = self._session.run(None, feed)
            except Exception as exc:  # onnxruntime's errors share no other root
                raise EngineError(
                    f"the neural voice failed on {len(tokens)} phonemes: {exc}",
                    hint="try again, or another voice",
                ) from exc
        return np.asarray(audio, dtype=np.float32).reshape(-1)


def _session(threads: int, seed: int | None) -> Any:  # noqa: ANN401 - a third party's own class
    try:
        import onnxruntime  # noqa: PLC0415 - heavy
    except ImportError as exc:
        raise EngineError("the neural voice lacks onnxruntime", hint="pip install onnxruntime") from exc
    if seed is not None:
        onnxruntime.set_seed(seed)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Threads that wait busily take the other core from the recogniser and the player.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(
            kokoro_weights.model_bytes(), sess_options=options, providers=["CPUExecutionProvider"]
        )
    except EngineError:
        raise
    except Exception as exc:
        raise EngineError(
            f"the neural voice cannot load its model: {exc}", hint="install the voice's packages again"
        ) from exc


def _mood(mood: int, pace: float) -> Mood:
    if mood not in MOODS:
        raise UsageError(f"there is no mood {mood}", hint="a mood is 1 (calm) to 5 (furious)")
    if not SLOWEST <= pace <= FASTEST:
        raise UsageError(
            f"a pace of {pace} is out of reach", hint=f"between {SLOWEST} and {FASTEST}; 1 is usual"
        )
    recipe = MOODS[mood]
    return replace(recipe, speed=recipe.speed * pace, pause_s=recipe.pause_s / pace)


def _frame_levels_db(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """RMS of each whole 10 ms, in dB re full scale."""
    n_frame = s_to_samples(_FRAME_S, RATE_HZ)
    frames = samples[: len(samples) // n_frame * n_frame].reshape(-1, n_frame).astype(np.float64)
    levels_db: NDArray[np.float64] = 10.0 * np.log10(np.mean(frames**2, axis=1) + 1e-12)
    return levels_db


def _trimmed(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cut the silence at both ends down to :data:`EDGE_S`."""
    levels_db = _frame_levels_db(samples)
    sounding = np.flatnonzero(levels_db > levels_db.max() + EDGE_DB)
    first_s = max(0.0, sounding[0] * _FRAME_S - EDGE_S)
    last_s = (sounding[-1] + 1) * _FRAME_S + EDGE_S
    return samples[s_to_samples(first_s, RATE_HZ) : s_to_samples(last_s, RATE_HZ)]


def _coloured(samples: NDArray[np.float32], mood: Mood) -> NDArray[np.float32]:
    """Pitch, presence, drive and level of a mood."""
    sound = samples.astype(np.float64)
    if mood.pitch != 1.0:
        import soxr  # noqa: PLC0415 - heavy

        sound = soxr.resample(sound, RATE_HZ * mood.pitch, RATE_HZ)
    if mood.presence_db:
        sound = _lifted(sound, mood.presence_db)
    levels_db = _frame_levels_db(sound.astype(np.float32))
    loud = levels_db > levels_db.max() + EDGE_DB / 2
    rms_db = 10.0 * np.log10(np.mean(10.0 ** (levels_db[loud] / 10.0)))
    sound *= db_to_amplitude(mood.level_dbfs - rms_db)
    if mood.drive:
        reach = db_to_amplitude(mood.level_dbfs) * 4.0 / mood.drive
        sound = reach * np.tanh(sound / reach)
    peak = float(np.abs(sound).max())
    return (sound * min(1.0, CEILING / peak) if peak else sound).astype(np.float32)


def _lifted(sound: NDArray[np.float64], gain_db: float) -> NDArray[np.float64]:
    """A bell of ``gain_db`` around :data:`PRESENCE_HZ`, of no delay (applied to the spectrum)."""
    spectrum = np.fft.rfft(sound)
    frequency_hz = np.fft.rfftfreq(len(sound), 1.0 / RATE_HZ)
    octaves = np.log2(np.maximum(frequency_hz, 1.0) / PRESENCE_HZ)
    bell = np.exp(-0.5 * (octaves * PRESENCE_WIDTH / 0.5) ** 2)
    lifted: NDArray[np.float64] = np.fft.irfft(spectrum * 10.0 ** (gain_db * bell / 20.0), len(sound))
    return lifted
