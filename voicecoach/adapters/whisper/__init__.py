"""The recogniser: faster-whisper, its weights, and what keeps its words honest."""
