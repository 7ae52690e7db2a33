"""Text to spoken syllables and words, Mandarin and English."""
