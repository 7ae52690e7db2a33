"""Recordings in: decoded, one channel chosen."""
