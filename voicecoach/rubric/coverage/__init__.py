"""Which points of a prompt an answer covers, and where."""
