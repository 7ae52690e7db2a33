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
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from voicecoach.adapters.tts import kokoro_text, kokoro_weights
from voicecoach.adapters.tts.moods import MOODS, RECIPE, SHOWN_LETTERS, Mood, coloured, mood_of, trimmed
from voicecoach.errors import EngineError, UsageError
from voicecoach.model.audio import Waveform
from voicecoach.units import s_to_samples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

__all__ = ["FASTEST", "MOODS", "RATE_HZ", "SLOWEST", "KokoroSpeaker"]

RATE_HZ: Final = 24_000
SLOWEST: Final = 0.6
FASTEST: Final = 1.6
"""Limits of ``pace``: beyond them the model slurs or swallows syllables."""


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
            raise UsageError("speech-text-empty", text=repr(text[:SHOWN_LETTERS]))
        return self._stream(pieces, language, voice, recipe)

    def _stream(
        self, pieces: tuple[str, ...], language: Literal["zh", "en"], voice: str, recipe: Mood
    ) -> Iterator[Waveform]:
        pause = np.zeros(s_to_samples(recipe.pause_s, RATE_HZ), dtype=np.float32)
        for number, piece in enumerate(pieces):
            said = kokoro_text.phonemes(piece, language)
            if not said:
                continue
            sound = trimmed(self._synthesise(said, voice, recipe.speed), RATE_HZ)
            samples = coloured(sound, RATE_HZ, recipe)
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
                raise EngineError("voice-failed", n=len(tokens), cause=str(exc)) from exc
        return np.asarray(audio, dtype=np.float32).reshape(-1)


def _session(threads: int, seed: int | None) -> Any:
    try:
        import onnxruntime
    except ImportError as exc:
        raise EngineError("voice-runtime-missing") from exc
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
        raise EngineError("voice-model-unusable", cause=str(exc)) from exc


def _mood(mood: int, pace: float) -> Mood:
    recipe = mood_of(mood)
    if not SLOWEST <= pace <= FASTEST:
        raise UsageError("pace-unusable", pace=str(pace), slowest=str(SLOWEST), fastest=str(FASTEST))
    return replace(recipe, speed=recipe.speed * pace, pause_s=recipe.pause_s / pace)
