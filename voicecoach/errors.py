"""The error tree: every failure that a user can meet, in one place.

::

    VoicecoachError              exit status
    ├── UsageError               2   an option or its value is wrong, a named output cannot be put there
    │   └── PromptFileError      2   a prompt file breaks its schema (file, line, key)
    ├── InputError               3   a recording cannot be used
    ├── EngineError              4   an engine or its weights are missing or broken
    ├── DeviceError              4   no usable microphone or speaker
    └── StoreError               1   a file of ours cannot be read or written

An error carries a code and facts, no sentence: the catalogue (:mod:`voicecoach.words`) holds, in each
language, what is wrong with the value met and the limit (``error-CODE``) and what to do about it (its
``.hint``), and the face that shows the error words it. ``str(error)`` is English, for logs.
Adapters translate foreign exceptions once (``raise ... from exc``); each face catches
:class:`VoicecoachError` once. ``NOT_SCORED`` is no error: it is the exit status of a recording
that was read but refused a score.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar, Final

from voicecoach.words.catalogue import FALLBACK_UI, Message, Ui

SCORED = 0
NOT_SCORED = 5
PREFIX: Final = "error-"
"""Before the code of an error in the catalogue."""
FACT_MOST: Final = 600
"""Longest fact that is told whole, characters: what was met may be a megabyte, and its ends say enough."""


class VoicecoachError(Exception):
    """Root of all failures that are told to the user.

    ``code`` names its words in the catalogue, without ``error-``; ``facts`` fill them (text, whole numbers,
    or further messages). ``kind`` is the class of failure for programs.
    """

    exit_status: ClassVar[int] = 1
    kind: ClassVar[str] = "error"

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def told(self) -> Message:
        """What is wrong, as a message: the fact of another, or a failure that is kept."""
        return Message(PREFIX + self.code, _brief(self.facts))

    @property
    def told_remedy(self) -> Message:
        """What to do about it, as a fact of another message."""
        return Message(PREFIX + self.code, _brief(self.facts), "hint")

    def words(self, ui: Ui) -> str:
        """What is wrong, in the language ``ui``. Raises KeyError, ValueError as the catalogue."""
        return self.told.words(ui)

    def remedy(self, ui: Ui) -> str:
        """What to do about it, empty when nothing can be said. Raises as :meth:`words`."""
        return self.told.hint(ui)

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.words(FALLBACK_UI)

    @property
    def hint(self) -> str:
        """What to do about it, in English."""
        return self.remedy(FALLBACK_UI)

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message

    def __reduce__(self) -> tuple[Any, ...]:
        # facts by name: the plain pickle of an exception knows positional arguments only
        return partial(type(self), **self.facts), (self.code,)


def _brief(facts: Mapping[str, object]) -> dict[str, object]:
    """The facts with the middle of what is too long left out; messages and whole numbers stay as they are."""
    return {name: _cut(value) for name, value in facts.items()}


def _cut(fact: object) -> object:
    if isinstance(fact, int) or hasattr(fact, "words"):
        return fact
    text = str(fact)
    return text if len(text) <= FACT_MOST else f"{text[: FACT_MOST * 3 // 4]} … {text[-(FACT_MOST // 8) :]}"


class UsageError(VoicecoachError):
    """An option, or its value, is wrong."""

    exit_status = 2
    kind = "usage"


class PromptFileError(UsageError):
    """A prompt file breaks its schema; the message names file, line and key."""

    kind = "prompt_file"


class InputError(VoicecoachError):
    """A recording cannot be used: missing, unreadable, empty, no sound in it."""

    exit_status = 3
    kind = "input"


class EngineError(VoicecoachError):
    """An engine or its weights are missing, damaged or failed."""

    exit_status = 4
    kind = "engine"


class DeviceError(VoicecoachError):
    """No usable microphone or speaker."""

    exit_status = 4
    kind = "device"


class StoreError(VoicecoachError):
    """A file or database of ours cannot be read or written."""

    exit_status = 1
    kind = "store"
