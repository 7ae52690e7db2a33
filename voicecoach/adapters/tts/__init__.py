"""Voices: the neural one and the system's, with a cache around both."""
