"""The engine's model, asking every window that it encodes which language it is in, and onsets for fillers."""

from __future__ import annotations

import copy
import math
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer

from voicecoach.adapters.whisper.onsets import ONSET_FILLERS, ONSET_PROMPT, ONSET_WINDOW_S

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_FRAMES_PER_S = 100
_STEPS = 2
"""Tokens decoded: 呃 is written with two."""


class ListeningModel(WhisperModel):  # type: ignore[misc]  # the engine has no types
    """As its parent; ``heard`` grows by the language probabilities of each window, in the order encoded."""

    heard: list[Mapping[str, float]]

    def for_one_call(self) -> Self:
        """The same weights with a list of their own, so that threads do not mix what they heard."""
        alone = copy.copy(self)
        alone.heard = []
        return alone

    def encode(self, features: Any) -> Any:
        """Encode the windows ``features``; the detector then takes one step on what comes out."""
        encoded = super().encode(features)
        if self.model.is_multilingual:
            self.heard += [
                {token[2:-2]: float(probability) for token, probability in window}
                for window in self.model.detect_language(encoded)
            ]
        return encoded

    def first_fillers(self, sounds: Sequence[NDArray[np.float32]]) -> list[dict[str, float]]:
        """How probable each of the fillers asked for is as the first word of each sound (16 kHz)."""
        tokens = Tokenizer(self.hf_tokenizer, multilingual=True, task="transcribe", language="zh")
        prompt = [tokens.sot_prev, *tokens.encode(ONSET_PROMPT), *tokens.sot_sequence, tokens.no_timestamps]
        n_frames = round(ONSET_WINDOW_S * _FRAMES_PER_S)
        features = [pad_or_trim(self.feature_extractor(sound)[:, :-1], n_frames) for sound in sounds]
        answers = self.model.generate(
            super().encode(np.stack(features)),
            [prompt] * len(sounds),
            beam_size=1,
            max_length=len(prompt) + _STEPS,
            return_logits_vocab=True,
            suppress_tokens=[],
            suppress_blank=False,
        )
        written = {filler: tokens.encode(filler) for filler in ONSET_FILLERS}
        return [_probabilities(answer, written) for answer in answers]


def _probabilities(answer: Any, written: Mapping[str, Sequence[int]]) -> dict[str, float]:
    """How probable each text of ``written`` (text -> its tokens) is at the start of what was decoded.

    The second of two tokens is known only where the likeliest text begins with the first one; elsewhere 0.
    """
    steps = [_softmax(np.array(step, dtype=np.float32).ravel()) for step in answer.logits[0][:_STEPS]]
    likeliest = list(answer.sequences_ids[0])
    return {
        text: math.prod(float(step[token]) for step, token in zip(steps, ids, strict=False))
        if len(ids) <= len(steps) and likeliest[: len(ids) - 1] == list(ids[:-1])
        else 0.0
        for text, ids in written.items()
    }


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    raised = np.exp(logits - logits.max())
    probabilities: NDArray[np.float32] = raised / raised.sum()
    return probabilities
