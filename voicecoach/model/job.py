"""A batch as values: what is to be judged, what one worker is handed, and what it hands back.

Everything here crosses process (and machine) boundaries, so it holds plain values only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.errors import VoicecoachError
    from voicecoach.model.profile import Profile
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.transcript import Language

FILE_MARK: Final = "{file}"
"""Stands in kept messages for the file, since one result serves every file of the same content."""
LASTING: Final = frozenset({"input", "manifest"})
"""Failures that are the file's own: they stand until the file, or its row, is another."""
LOST: Final = "worker_lost"
TIMEOUT: Final = "timeout"
INTERNAL: Final = "internal"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file has no result: ``code`` and ``exit_status`` as in the error tree, words and remedy.

    ``attempts`` says how often it was tried: a told error is final at once, a lost worker is retried.
    """

    code: str
    message: str
    hint: str
    exit_status: int
    attempts: int = 1

    @classmethod
    def of(cls, error: VoicecoachError, *, path: str = "") -> Failure:
        """The error as a value; ``path`` in its message becomes :data:`FILE_MARK`."""
        message = error.message.replace(path, FILE_MARK) if path else error.message
        return cls(error.kind, message, error.hint, error.exit_status)

    @property
    def lasting(self) -> bool:
        """Whether another run would find the same."""
        return self.code in LASTING


@dataclass(frozen=True, slots=True)
class Item:
    """One recording as the user named it.

    ``file`` is what he wrote, ``path`` where it lies. ``transcript``: a file of words with their times that
    replaces recognition. ``carried`` goes along into the results. ``line`` is that of the manifest;
    ``fault`` says why the row cannot be used.
    """

    file: str
    path: str
    prompt_id: str | None = None
    speaker: str = ""
    date: str = ""
    channel: int | None = None
    transcript: str | None = None
    profile: str | None = None
    carried: Mapping[str, str] = field(default_factory=dict)
    line: int | None = None
    fault: Failure | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is handed: one file, how to judge it, and what was heard in it before.

    ``key`` names the result, ``heard_key`` what was heard; both are hex digests. ``given`` are words with
    times that replace recognition (as in ``transcript`` of an assessment). ``agent_channel``: the
    recording is a call on two channels, and this one is the agent's.
    """

    key: str
    heard_key: str
    path: str
    sha256: str
    language: Language
    prompt: Prompt | None
    profile: Profile
    channel: int | None = None
    agent_channel: int | None = None
    given: Mapping[str, Any] | None = None
    heard: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one job: the assessment's document, or a failure; never both.

    ``heard`` is what recognition found, to be kept; None when nothing new was heard.
    """

    key: str
    document: Mapping[str, Any] | None = None
    heard: Mapping[str, Any] | None = None
    failure: Failure | None = None

    def __post_init__(self) -> None:
        if (self.document is None) == (self.failure is None):
            msg = f"{self.key}: exactly one of document and failure must be given"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Planned:
    """One item with its job; ``job`` None: it cannot even be begun, and ``failure`` says why."""

    item: Item
    job: Job | None
    failure: Failure | None = None
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Setup:
    """How a worker makes its per-file function.

    ``factory`` is ``module:name`` of a callable that takes ``options`` by name and returns a
    ``ports.FileScorer``; it is imported inside the worker.
    """

    factory: str
    options: Mapping[str, Any] = field(default_factory=dict)
    threads: int = 1
