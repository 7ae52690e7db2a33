"""The error tree: every failure that a user can meet, in one place.

::

    VoicecoachError              exit status
    ├── UsageError               2   an option or its value is wrong
    │   └── PromptFileError      2   a prompt file breaks its schema (file, line, key)
    ├── InputError               3   a recording cannot be used
    ├── EngineError              4   an engine or its weights are missing or broken
    ├── DeviceError              4   no usable microphone or speaker
    └── StoreError               1   a file of ours cannot be read or written

A message says what is wrong, the value met and the limit; the hint says what to do about it.
Adapters translate foreign exceptions once (``raise ... from exc``); each face catches
:class:`VoicecoachError` once. ``NOT_SCORED`` is no error: it is the exit status of a recording
that was read but refused a score.
"""

from typing import ClassVar

SCORED = 0
NOT_SCORED = 5


class VoicecoachError(Exception):
    """Root of all failures that are told to the user.

    ``message`` names what, the value and the limit; ``hint`` names the remedy.
    """

    exit_status: ClassVar[int] = 1
    code: ClassVar[str] = "error"

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class UsageError(VoicecoachError):
    """An option, or its value, is wrong."""

    exit_status = 2
    code = "usage"


class PromptFileError(UsageError):
    """A prompt file breaks its schema; the message names file, line and key."""

    code = "prompt_file"


class InputError(VoicecoachError):
    """A recording cannot be used: missing, unreadable, empty, no sound in it."""

    exit_status = 3
    code = "input"


class EngineError(VoicecoachError):
    """An engine or its weights are missing, damaged or failed."""

    exit_status = 4
    code = "engine"


class DeviceError(VoicecoachError):
    """No usable microphone or speaker."""

    exit_status = 4
    code = "device"


class StoreError(VoicecoachError):
    """A file or database of ours cannot be read or written."""

    exit_status = 1
    code = "store"
