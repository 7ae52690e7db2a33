"""Every option of faster-whisper's batched decoding, so that none is left to the engine's defaults."""

from __future__ import annotations

from typing import Any, Final

OPTIONS: Final[dict[str, Any]] = {
    "task": "transcribe",
    "log_progress": False,
    "beam_size": 5,
    "best_of": 1,
    "patience": 1.0,
    "length_penalty": 1.0,
    "repetition_penalty": 1.0,
    "no_repeat_ngram_size": 0,
    "temperature": 0.0,
    "compression_ratio_threshold": 2.4,
    "log_prob_threshold": -1.0,
    "no_speech_threshold": 0.6,
    "condition_on_previous_text": False,
    "prompt_reset_on_temperature": 0.5,
    "initial_prompt": None,
    "prefix": None,
    "suppress_blank": True,
    "suppress_tokens": [-1],
    "without_timestamps": True,
    "max_initial_timestamp": 1.0,
    "word_timestamps": True,
    "prepend_punctuations": "\"'“¿([{-《",
    "append_punctuations": "\"'.。,，!！?？:：”)]}、》",
    "multilingual": False,
    "vad_filter": False,
    "vad_parameters": None,
    "max_new_tokens": None,
    "chunk_length": None,
    "hallucination_silence_threshold": None,
    "batch_size": 4,
    "hotwords": None,
    "language_detection_threshold": 0.5,
    "language_detection_segments": 1,
}
