"""The report of one recording: page and terminal."""
