"""One recording judged: an answer, or a call of two."""
