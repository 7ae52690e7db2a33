"""Kept takes: history, review, progress, correction."""
