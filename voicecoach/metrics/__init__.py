"""Features in, measurements out: pace, pauses, fillers, voice, language."""
