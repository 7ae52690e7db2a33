"""What the use cases need from the world, as Protocols. The engines behind them live in adapters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path
    from threading import Event, Thread
    from types import TracebackType

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.errors import VoicecoachError
    from voicecoach.model.audio import Span, Waveform
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.take import FigureRow, PointRow, Rebuilt, Take, TakeState, TakeSummary
    from voicecoach.model.transcript import Language, Transcript


class Transcriber(Protocol):
    """Sound to words."""

    def transcribe(self, waveform: Waveform, *, language: Language, speech: Sequence[Span]) -> Transcript:
        """Recognise the words of ``waveform`` (16 kHz), looking only at the ``speech`` spans.

        Raises EngineError when the engine or its weights fail, ValueError that names both rates when
        ``waveform`` has another one.
        """
        ...


Part = TypeVar("Part")
"""What a recogniser made of one stretch of sound."""


class Listener(Protocol[Part]):
    """A recogniser that can hear stretches ahead, while the speaker still speaks."""

    def listen(self, waveform: Waveform, chunk: Span, *, language: Language) -> Part:
        """Decode one stretch of ``waveform`` (16 kHz). Raises EngineError."""
        ...

    def transcribe(
        self,
        waveform: Waveform,
        *,
        language: Language,
        speech: Sequence[Span],
        listened: Sequence[Part] = (),
    ) -> Transcript:
        """Recognise what comes after the stretches ``listened``, and put all together. Raises EngineError."""
        ...


class Recogniser(Listener[Any], Protocol):
    """A :class:`Transcriber` that the registry of engines can open."""

    def load(self) -> None:
        """Load the weights, once; threads may share one recogniser. Raises EngineError."""
        ...

    def identity(self) -> str:
        """All that the words depend on (engine, version, weights, recipe), as one text.

        A batch keeps words under it.
        """
        ...

    def describe(self) -> str:
        """Its weights for a person: their name and the beginning of their digest."""
        ...

    def size_mb(self) -> float:
        """Size of the weights, MB: how many fit into the memory follows from it."""
        ...


class SentenceEncoder(Protocol):
    """Sentences to unit vectors."""

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Vectors float32 (len(sentences), d), each of length 1. Raises EngineError."""
        ...


class EncoderEngine(SentenceEncoder, Protocol):
    """A :class:`SentenceEncoder` that the registry of engines can open."""

    def preload(self) -> Thread:
        """Load the weights in a background thread; a failure shows at the first ``encode``."""
        ...

    def identity(self) -> str:
        """All that the vectors depend on, as a text that can be part of a file's name."""
        ...


class PromptLibrary(Protocol):
    """Where prompts come from."""

    def prompts(self) -> tuple[Prompt, ...]:
        """All prompts, in the order of their packs. Raises PromptFileError."""
        ...

    def prompt(self, prompt_id: str) -> Prompt:
        """The prompt of that id. Raises UsageError that names near misses."""
        ...


class Voice(Protocol):
    """One voice of an engine: ``language`` zh or en, ``sex`` f or m, ``roles`` that it suits, best first."""

    @property
    def id(self) -> str:
        """What ``--voice`` names."""
        ...

    @property
    def language(self) -> str:
        """``zh`` (Mandarin) or ``en``."""
        ...

    @property
    def sex(self) -> str:
        """``f`` or ``m``."""
        ...

    @property
    def roles(self) -> tuple[str, ...]:
        """``interviewer``, ``caller``, ``candidate``."""
        ...


class Speaker(Protocol):
    """Text to sound."""

    @property
    def engine(self) -> str:
        """Engine, version and recipe: what the sound of a text depends on besides voice and mood."""
        ...

    def voices(self) -> Sequence[Voice]:
        """All voices. Raises EngineError."""
        ...

    def speak(self, text: str, *, voice: str, mood: int) -> Waveform:
        """Say ``text``; ``mood`` 1 (calm) to 5 (furious). Raises UsageError, EngineError."""
        ...

    def stream(self, text: str, *, voice: str, mood: int) -> Iterator[Waveform]:
        """Say ``text`` sentence by sentence, each with the pause that follows it; all of one rate.

        Raises as :meth:`speak`; a wrong request is told at the call, not at the first sentence.
        """
        ...


class Player(Protocol):
    """A loudspeaker."""

    def play(self, parts: Iterable[Waveform]) -> None:
        """Play one part after another, while the next is being made; returns when all was heard.

        Raises DeviceError, and what ``parts`` raises.
        """
        ...


class LiveRecording(Protocol):
    """A recording that goes on while this is held; leaving its ``with`` block stops it and keeps it."""

    def __enter__(self) -> Self:
        """The recording, which goes on already."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, whatever happened; what was recorded is kept."""
        ...

    @property
    def device(self) -> str:
        """The microphone's name."""
        ...

    @property
    def rate_hz(self) -> int:
        """Sampling rate of the file."""
        ...

    @property
    def elapsed_s(self) -> float:
        """Length of what is on disk, seconds."""
        ...

    @property
    def level_dbfs(self) -> float:
        """RMS level of the last 0.1 s, dBFS; -inf for zeros and before the first block."""
        ...

    @property
    def peak_dbfs(self) -> float:
        """The loudest sample of the last 0.1 s, dBFS."""
        ...

    @property
    def silent_zeros(self) -> bool:
        """Whether the last second, or more, was nothing but exact zeros."""
        ...

    @property
    def all_zeros(self) -> bool:
        """Whether there was never anything but exact zeros."""
        ...

    @property
    def n_overflows(self) -> int:
        """Times that the sound card lost samples and said so."""
        ...

    @property
    def missing_s(self) -> float:
        """Sound that never came and of which nothing was said, seconds."""
        ...

    @property
    def first_sample_monotonic_s(self) -> float | None:
        """When the first sample was heard, ``time.monotonic()``; settles in the first second, None before."""
        ...

    @property
    def ended(self) -> Event:
        """Set when it was stopped, or ended by itself."""
        ...

    @property
    def fault(self) -> VoicecoachError | None:
        """Why it ended by itself: DeviceError (lost, stalled), StoreError (disk); None while all is well."""
        ...

    def waveform_so_far(self) -> Waveform:
        """What came until now, 16 kHz, for any thread; after the end exactly what the file gives."""
        ...

    def stop(self) -> Path:
        """Take in what was said until now and complete the file; may be called again, and after a fault.

        Raises StoreError when the file cannot be completed, and what the listener raised.
        """
        ...


class Recorder(Protocol):
    """A microphone."""

    def record(
        self, path: Path, *, on_block: Callable[[NDArray[np.float32]], None] | None = None
    ) -> LiveRecording:
        """Record into ``path``, a wav file, from now on.

        ``on_block`` gets each block, float32 (n,) at the recording's rate, in another thread, and must be
        quick. Raises DeviceError when the microphone cannot be used, StoreError when the file cannot be made.
        """
        ...


class Store(Protocol):
    """Where takes are kept: their sound, what was said about it, and an index of both.

    ``reference`` is an id, the beginning of one, or ``last`` (the newest). All raise StoreError.
    """

    def put(self, take: Take) -> None:
        """Keep ``take``, or what it has become; to put it twice is to put it once."""
        ...

    def take(self, reference: str) -> Take:
        """The take of that reference. Raises UsageError when there is none, or more than one."""
        ...

    def takes(
        self,
        *,
        prompt_id: str | None = None,
        kind: str | None = None,
        state: TakeState | None = None,
        since: str | None = None,
        before: str | None = None,
        limit: int | None = None,
    ) -> tuple[TakeSummary, ...]:
        """The takes that fit, newest first; ``since`` <= ``recorded_at`` < ``before``, as ``utc_text``."""
        ...

    def figures(self, *, names: Collection[str] | None = None) -> tuple[FigureRow, ...]:
        """The measurements of all takes, or those of the names, oldest take first."""
        ...

    def points(self, *, prompt_id: str | None = None) -> tuple[PointRow, ...]:
        """The rubric points of all takes, or of those of one prompt, oldest take first."""
        ...

    def sound_target(self, take_id: str) -> Path:
        """The file that a recording of that id ends up in; its folder is there."""
        ...

    def sound(self, take: Take) -> Path:
        """The file that holds the sound of ``take``, finished or not. Raises InputError when it is gone."""
        ...

    def put_report(self, take_id: str, page: bytes) -> Path:
        """Keep the HTML page of that take, in the place of an earlier one; where it is."""
        ...

    def unfinished(self) -> tuple[Take, ...]:
        """Takes with sound that nothing was made of yet, oldest first."""
        ...

    def delete(self, take_ids: Iterable[str]) -> None:
        """Remove the takes for good: all that was ever written for them.

        An unknown id is a UsageError, and removes none.
        """
        ...


class History(Store, Protocol):
    """A :class:`Store` that may have been damaged, and mends itself from its files."""

    def missing(self) -> tuple[str, ...]:
        """Takes whose files are there but that no list shows: :meth:`rebuild` brings them back."""
        ...

    def rebuild(self) -> Rebuilt:
        """Build the index anew from the files of the takes."""
        ...

    def kept_aside(self) -> tuple[Path, ...]:
        """Damaged indexes that :meth:`rebuild` has kept; they may hold the text of takes."""
        ...
