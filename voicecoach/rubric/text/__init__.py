"""Spoken text: pinyin, windows, cues, polarity."""
