"""Rules of a caller's scene, judged on a conversation."""
