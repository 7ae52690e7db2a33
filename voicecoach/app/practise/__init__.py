"""A practice: prompt, answer, take, feedback."""
