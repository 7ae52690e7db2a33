"""A local voice interview practice tool, Mandarin first."""

from voicecoach.offline import go_offline

__version__ = "0.1.0"

go_offline()  # before any engine is loaded, whoever imports whatever part of the package
