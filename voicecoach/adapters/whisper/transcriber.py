"""faster-whisper behind the Transcriber port.

Only sounding stretches are decoded: the speech spans are packed into chunks of at most 28 s, cut at
silences, so that silence cannot be filled with invented text and memory does not grow with the
recording. Each chunk is decoded on its own, several at once: the text does not depend on how many
cores there are, nor on whether a chunk was heard while the user was still speaking. Every option is
passed explicitly, because the engine's two methods of one name have opposite defaults. No prompt is
given: the model copies prompts into silence.

Known failures: the recogniser drops fillers and repetitions; its word times swallow pauses.
"""

from __future__ import annotations

import copy
import math
import os
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from voicecoach.adapters.whisper.chunks import CHUNK_LONGEST_S, equal_pieces, pack
from voicecoach.adapters.whisper.hallucinations import LOOP_COMPRESSION, credits_in, is_invented
from voicecoach.adapters.whisper.languages import WindowLanguages, heard_language
from voicecoach.adapters.whisper.loops import LoopJudge, stretches
from voicecoach.adapters.whisper.missed_speech import filling, holes, tightened
from voicecoach.adapters.whisper.onsets import ONSET_LEAST_PROBABILITY, ONSET_LENGTH_S, onsets, window
from voicecoach.adapters.whisper.options import OPTIONS
from voicecoach.errors import EngineError
from voicecoach.model.audio import Span
from voicecoach.model.spans import clipped, union
from voicecoach.model.transcript import Language, Provenance, Transcript, Word
from voicecoach.threads import SideThreads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from voicecoach.adapters.whisper.weights import Model
    from voicecoach.model.audio import Waveform

CHUNKS_AGAIN_LONGEST_S: Final = (10.0, 4.0)
"""Longest chunk at the second and at the third listening: the same chunk would only give the same text again.
What somebody says over and over the model writes a few times in a chunk, however often it was said."""
SAMPLE_RATE_HZ: Final = 16000
"""What the model was trained on."""
CHUNKS_PER_CALL: Final = {"cpu": 1, "cuda": 4}
"""Chunks decoded in one call, by device. A CPU decodes one chunk a core faster than one batch on all cores
(measured: 1.5 times on two), and in less memory; a GPU wants a batch."""
ONSETS_PER_CALL: Final = 8
"""Onsets heard again in one call."""
MOST_REPLICAS: Final = 4
"""Decoders that work at once on a CPU, each on its own chunk; more cores than that share a chunk."""


class WhisperTranscriber:
    """Recognises Mandarin (in simplified characters) and English on this machine's CPU or GPU.

    The model is loaded at the first use, or by :meth:`load` while something else happens. Threads may share
    one transcriber: the model is loaded once, and it decodes as many chunks at once as it has replicas.
    """

    def __init__(
        self, model: Model, *, threads: int | None = None, device: str = "auto", compute_type: str = "default"
    ) -> None:
        self._model = model
        self._threads = threads or os.cpu_count() or 1
        self._device = device
        self._compute_type = compute_type
        self._loading = Lock()
        self._pipeline: Any = None
        self._to_simplified: Callable[[str], str] | None = None

    def load(self) -> None:
        """Load the weights, once. Raises EngineError."""
        with self._loading:
            if self._pipeline is None:
                self._pipeline = self._loaded()

    def _loaded(self) -> Any:
        device, compute_type = self._engine()
        try:
            import opencc
            from faster_whisper import BatchedInferencePipeline

            from voicecoach.adapters.whisper.listening_model import ListeningModel

            self._to_simplified = opencc.OpenCC("tw2s").convert
            replicas = self._replicas()
            model = ListeningModel(
                str(self._model.folder),
                device=device,
                compute_type=compute_type,
                cpu_threads=max(1, self._threads // replicas),
                num_workers=replicas,
                local_files_only=True,
            )
            return BatchedInferencePipeline(model=model)
        except Exception as exc:  # the tokenizer's library raises bare Exception
            raise EngineError("recogniser-not-loaded", folder=self._model.folder, cause=exc) from exc

    def _engine(self) -> tuple[str, str]:
        """Device and number type, chosen where they were left open: the same before and after loading."""
        try:
            import ctranslate2
        except (ImportError, OSError) as exc:
            raise EngineError("recogniser-unusable", cause=exc) from exc
        device, compute_type = self._device, self._compute_type
        if device == "auto":
            device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
        if compute_type == "default":
            compute_type = "int8" if device == "cpu" else "float16"
        return device, compute_type

    def _replicas(self) -> int:
        return min(self._threads, MOST_REPLICAS) if self._engine()[0] == "cpu" else 1

    def transcribe(
        self,
        waveform: Waveform,
        *,
        language: Language,
        speech: Sequence[Span],
        listened: Sequence[Listened] = (),
    ) -> Transcript:
        """Recognise the words of ``waveform`` (16 kHz) in the ``speech`` spans.

        ``listened`` are stretches from the start on that :meth:`listen` has already heard; only what comes
        after the last of them is decoded now. Raises EngineError.
        """
        _check_rate(waveform)
        done_s = max((part.chunk.end_s for part in listened), default=0.0)
        rest = clipped(speech, Span(done_s, math.inf))
        chunks = tuple(pack(rest, duration_s=waveform.duration_s, after_s=done_s))
        begun = onsets(speech, duration_s=waveform.duration_s) if language == "zh" else ()
        rest_heard, hesitations = self._listen_all(waveform, chunks, language, begun)
        heard = [*listened, *rest_heard]
        loops = LoopJudge(waveform, speech, language)
        words, dropped = self._sorted_out(heard, language, speech, loops)
        spoken = heard_language((window for part in heard for window in part.languages), language)
        heard_again: list[Span] = []
        for longest_s in CHUNKS_AGAIN_LONGEST_S[: 1 if spoken and spoken[0] != language else None]:
            missed = holes(words, speech)
            if not missed:
                break
            again = tuple(pack(missed, duration_s=waveform.duration_s, longest_s=longest_s))
            more, _ = self._listen_all(waveform, again, language)
            found, thrown = self._sorted_out(more, language, speech, loops)
            filled = filling(found, missed, tightened(words, speech))
            heard_again += [hole for hole in missed if any(hole.overlap_s(word.span) for word in filled)]
            words += filled
            dropped += thrown
        return Transcript(
            tightened(words, speech),
            language,
            self.provenance(),
            tuple(dropped),
            unheard=holes(words, speech),
            heard_again=union(heard_again),
            heard_language=spoken,
            hesitations=hesitations,
        )

    def listen(self, waveform: Waveform, chunk: Span, *, language: Language) -> Listened:
        """Decode one stretch of ``waveform`` (16 kHz); a long one in equal pieces. Raises EngineError."""
        _check_rate(waveform)
        heard = [self._decode(waveform, (piece,), language) for piece in equal_pieces(chunk)]
        return Listened(
            chunk,
            tuple(segment for part in heard for segment in part.segments),
            tuple(window for part in heard for window in part.languages),
        )

    def _listen_all(
        self, waveform: Waveform, chunks: Sequence[Span], language: Language, begun: Sequence[Span] = ()
    ) -> tuple[list[Listened], tuple[Word, ...]]:
        """What was heard in the ``chunks``, and the fillers at the onsets ``begun``.

        The onsets come last: a core that has no chunk left hears them while the other one decodes.
        """
        if not chunks and not begun:
            return [], ()
        size = CHUNKS_PER_CALL.get(self._engine()[0], 1)
        groups = [chunks[first : first + size] for first in range(0, len(chunks), size)]
        asked = [begun[first : first + ONSETS_PER_CALL] for first in range(0, len(begun), ONSETS_PER_CALL)]
        with SideThreads(self._replicas(), thread_name_prefix="recogniser") as pool:
            listened = pool.map(lambda group: self._decode(waveform, group, language), groups)
            hesitations = pool.map(lambda group: self._hesitations(waveform, group), asked)
            return list(listened), tuple(word for group in hesitations for word in group)

    def _hesitations(self, waveform: Waveform, begun: Sequence[Span]) -> list[Word]:
        """The fillers that the onsets ``begun`` start with (:mod:`voicecoach.adapters.whisper.onsets`)."""
        self.load()
        with _faults_told(Span(begun[0].start_s, begun[-1].end_s)):
            heard = self._pipeline.model.first_fillers([waveform.cut(window(onset)) for onset in begun])
        return [
            Word(
                max(fillers, key=lambda filler: fillers[filler]),
                Span(onset.start_s, min(onset.end_s, onset.start_s + ONSET_LENGTH_S)),
                min(1.0, sum(fillers.values())),
            )
            for onset, fillers in zip(begun, heard, strict=True)
            if sum(fillers.values()) >= ONSET_LEAST_PROBABILITY
        ]

    def _sorted_out(
        self, heard: Sequence[Listened], language: Language, speech: Sequence[Span], loops: LoopJudge
    ) -> tuple[list[Word], list[Word]]:
        """The words heard, and those thrown away as invented."""
        words: list[Word] = []
        dropped: list[Word] = []
        for segment in (segment for part in heard for segment in part.segments):
            kept, thrown = self._words(segment, language, speech, loops)
            words += kept
            dropped += thrown
        return words, dropped

    def provenance(self) -> Provenance:
        """Engine, version, weights and the options that decide the text."""
        from importlib.metadata import version

        return Provenance(
            engine="faster-whisper",
            version=version("faster-whisper"),
            model=self._model.name,
            model_sha256=self._model.sha256,
            options={
                "beam_size": OPTIONS["beam_size"],
                "temperature": OPTIONS["temperature"],
                "chunk_longest_s": CHUNK_LONGEST_S,
                "compute_type": self._engine()[1],
            },
        )

    def _decode(self, waveform: Waveform, chunks: Sequence[Span], language: Language) -> Listened:
        """Decode some chunks; only their stretch of sound is handed over, times are put back after."""
        self.load()
        offset_s = chunks[0].start_s
        whole = Span(offset_s, chunks[-1].end_s)
        clips = [{"start": c.start_s - offset_s, "end": c.end_s - offset_s} for c in chunks]
        pipeline = copy.copy(self._pipeline)  # it keeps a time between calls: not to be shared by threads
        pipeline.last_speech_timestamp = 0.0
        pipeline.model = pipeline.model.for_one_call()
        with _faults_told(whole):
            segments, _ = pipeline.transcribe(
                waveform.cut(whole), language=language, clip_timestamps=clips, **OPTIONS
            )
            timed = tuple(_Timed(segment, offset_s) for segment in segments)
        lengths_s = (chunk.duration_s for chunk in chunks)
        languages = tuple(map(WindowLanguages, lengths_s, pipeline.model.heard))
        return Listened(whole, timed, languages)

    def _words(
        self, segment: _Timed, language: Language, speech: Sequence[Span], loops: LoopJudge
    ) -> tuple[list[Word], list[Word]]:
        """The words of a segment that stay, and what is thrown away of it, a word a stretch."""
        words = [self._word(word, language, segment.offset_s) for word in segment.words]
        text = "".join(word.text for word in words)
        certainty = min(1.0, math.exp(segment.avg_logprob))
        if not words:
            return [], []
        spans = [word.span for word in words]
        in_earnest = segment.compression_ratio > LOOP_COMPRESSION and loops.repeats_in_earnest(words)
        if is_invented(text, segment, spans=spans, speech=speech, in_earnest=in_earnest):
            return [], [_joined(words, certainty)]
        credit = credits_in(text, segment)
        starts = accumulate((len(word.text) for word in words), initial=0)
        thrown = loops.looped(words) | {index for index, start in enumerate(starts) if start in credit}
        kept = [word for index, word in enumerate(words) if index not in thrown]
        return kept, [_joined(part, certainty) for part in stretches(words, thrown)]

    def _word(self, word: Any, language: Language, offset_s: float) -> Word:
        start_s = max(0.0, float(word.start) + offset_s)
        text = str(word.word)
        if language == "zh" and self._to_simplified is not None:
            text = self._to_simplified(text)
        return Word(text, Span(start_s, max(start_s, float(word.end) + offset_s)), float(word.probability))


@dataclass(frozen=True, slots=True, eq=False)
class Listened:
    """What the engine made of the stretch ``chunk``; kept as it is, to be sorted out with all the speech."""

    chunk: Span
    segments: tuple[_Timed, ...]
    languages: tuple[WindowLanguages, ...] = ()


class _Timed:
    """A segment of the engine, with the offset of its times and the figures that judge it."""

    def __init__(self, segment: Any, offset_s: float) -> None:
        self.offset_s = offset_s
        self.words = list(segment.words or ())
        self.avg_logprob = float(segment.avg_logprob)
        self.no_speech_prob = float(segment.no_speech_prob)
        self.compression_ratio = float(segment.compression_ratio)


@contextmanager
def _faults_told(stretch: Span) -> Iterator[None]:
    """Raises EngineError with the place for what the engine raises while it works on ``stretch``."""
    try:
        yield
    except (RuntimeError, ValueError, MemoryError) as exc:
        start_s, end_s = f"{stretch.start_s:.1f}", f"{stretch.end_s:.1f}"
        raise EngineError("recogniser-failed", start_s=start_s, end_s=end_s, cause=exc) from exc


def _check_rate(waveform: Waveform) -> None:
    if waveform.rate_hz != SAMPLE_RATE_HZ:
        msg = f"the recogniser needs {SAMPLE_RATE_HZ} Hz, got {waveform.rate_hz}"
        raise ValueError(msg)


def _joined(words: Sequence[Word], certainty: float) -> Word:
    """One entry for text that was thrown away."""
    text = "".join(word.text for word in words)
    return Word(text, Span(words[0].span.start_s, max(word.span.end_s for word in words)), certainty)
