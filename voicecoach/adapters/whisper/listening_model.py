"""The engine's model, asking every window that it encodes which language it is in."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Self

from faster_whisper import WhisperModel

if TYPE_CHECKING:
    from collections.abc import Mapping


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
