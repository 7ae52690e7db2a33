"""Commands on kept takes: history, review, correct."""
