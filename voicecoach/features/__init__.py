"""Waveform or transcript in; tracks, spans and tokens out. Sample counts never leave this layer."""
