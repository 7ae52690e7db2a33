"""A local voice interview practice tool, Mandarin first."""

__version__ = "0.1.0"
