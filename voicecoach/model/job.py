"""A batch as values: what is to be judged, what one worker is handed, and what it hands back.

Everything here crosses process (and machine) boundaries, so it holds plain values only.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Self

from voicecoach.errors import VoicecoachError
from voicecoach.words.catalogue import FALLBACK_UI, Message, fact_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voicecoach.model.assessment import Assessment
    from voicecoach.model.profile import Profile
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.transcript import Language, Transcript, Word
    from voicecoach.words.catalogue import Ui

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

    ``message`` and ``hint`` are English; ``told`` is the same as a plain message of the catalogue, None for
    what has none. ``attempts`` says how often it was tried: a told error is final at once, a lost worker is
    retried.
    """

    code: str
    message: str
    hint: str
    exit_status: int
    attempts: int = 1
    told: Mapping[str, Any] | None = None

    @classmethod
    def of(cls, error: VoicecoachError, *, path: str = "") -> Self:
        """The error as a value; ``path`` in its words becomes :data:`FILE_MARK`."""
        return cls.worded(error.kind, error.told, error.exit_status, path=path)

    @classmethod
    def worded(cls, code: str, told: Message, exit_status: int, *, attempts: int = 1, path: str = "") -> Self:
        """A failure in words of the catalogue; ``path`` in them becomes :data:`FILE_MARK`."""
        marked = _marked(told, path) if path else told
        words, hint = marked.words(FALLBACK_UI), marked.hint(FALLBACK_UI)
        return cls(code, words, hint, exit_status, attempts, marked.plain())

    def said_of(self, file: str, ui: Ui) -> Self:
        """The failure with ``file`` named in its message and remedy, both in the language ``ui``.

        English, where another version kept it with words that this one does not have.
        """
        message, hint = self.message, self.hint
        if self.told is not None:
            try:
                told = Message.of_plain(self.told)
                message, hint = told.words(ui), told.hint(ui)
            except (KeyError, ValueError):
                pass
        return replace(self, message=message.replace(FILE_MARK, file), hint=hint.replace(FILE_MARK, file))

    @property
    def lasting(self) -> bool:
        """Whether another run would find the same."""
        return self.code in LASTING


def _marked(told: Message, path: str) -> Message:
    """The message with :data:`FILE_MARK` instead of ``path`` in its facts, at whatever depth."""
    facts: dict[str, object] = {}
    for name, fact in told.facts.items():
        part = fact.told if isinstance(fact, VoicecoachError) else fact
        if isinstance(part, Message):
            facts[name] = _marked(part, path)
        else:
            facts[name] = part if isinstance(part, int) else fact_text(part).replace(path, FILE_MARK)
    return replace(told, facts=facts)


@dataclass(frozen=True, slots=True)
class Item:
    """One recording as the user named it.

    ``file`` is what he wrote, ``path`` where it lies. ``transcript``: a file of words with their times that
    replaces recognition. ``carried`` goes along into the results, {heading: text} in the order of the
    columns. ``line`` is that of the manifest; ``fault`` says why the row cannot be used.
    """

    file: str
    path: str
    prompt_id: str | None = None
    speaker: str = ""
    date: str = ""
    channel: int | None = None
    agent_channel: int | None = None
    stream: int | None = None
    language: Language | None = None
    transcript: str | None = None
    profile: str | None = None
    carried: Mapping[str, str] = field(default_factory=dict)
    line: int | None = None
    fault: Failure | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """The items that were found; ``left_out``: how many files of searched folders are none, by their ending.

    An ending is in small letters with its dot, empty for none, ``/`` for a link to a folder.
    """

    items: Sequence[Item]
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is handed: one file, how to judge it, and what was heard in it before.

    ``key`` names the result, ``heard_key`` what was heard; both are hex digests. ``given`` are words with
    times that replace recognition, ``given_mended`` counts by kind what had to be mended in them; ``heard``
    are transcripts by the sound that they are of. ``agent_channel``: the recording is a call on two channels,
    and this one is the agent's. ``stream``: the sound stream of the file to judge, None: the one that
    speaks.
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
    stream: int | None = None
    given: tuple[Word, ...] | None = None
    given_mended: Mapping[str, int] = field(default_factory=dict)
    heard: Mapping[str, Transcript] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one job: an assessment without curves, or a failure; never both.

    ``heard`` are all transcripts of the recording, to be kept; None when nothing new was heard.
    """

    key: str
    assessment: Assessment | None = None
    heard: Mapping[str, Transcript] | None = None
    failure: Failure | None = None

    def __post_init__(self) -> None:
        if (self.assessment is None) == (self.failure is None):
            msg = f"{self.key}: exactly one of assessment and failure must be given"
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
    ``ports.batch.FileScorer``; it is imported inside the worker.
    """

    factory: str
    options: Mapping[str, Any] = field(default_factory=dict)
    threads: int = 1
