"""Measurements and coverage in; scores, total and advice out."""
