"""faster-whisper behind the Transcriber port.

Only sounding stretches are decoded: the speech spans are packed into chunks of at most 28 s, cut at
silences, so that silence cannot be filled with invented text and memory does not grow with the
recording. Every option is passed explicitly, because the engine's two methods of one name have
opposite defaults. No prompt is given: the model copies prompts into silence.

Known failures: the recogniser drops fillers and repetitions; its word times swallow pauses.
"""

from __future__ import annotations

import math
import os
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from voicecoach.adapters.holes import filling, holes, tightened
from voicecoach.adapters.invented import credits_in, is_invented
from voicecoach.errors import EngineError
from voicecoach.model.audio import Span, Waveform
from voicecoach.model.transcript import Language, Provenance, Transcript, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from voicecoach.adapters.weights import Model

CHUNK_LONGEST_S: Final = 28.0
"""Longest chunk handed to the model, whose window is 30 s."""
CHUNK_AGAIN_LONGEST_S: Final = 10.0
"""Longest chunk at the second listening: the same chunk would only give the same text again."""
CHUNK_MARGIN_S: Final = 0.2
"""Silence kept around a chunk, so that no onset is cut."""
CHUNK_SPLIT_PAUSE_S: Final = 3.0
"""A silence of this length always ends a chunk: long inner silence invites invented text."""
SAMPLE_RATE_HZ: Final = 16000
"""What the model was trained on."""
CHUNKS_PER_CALL: Final = 4
"""Chunks decoded together: bounds memory (about 4 x 30 s of encoder states) and fills two cores."""
LANGUAGE_CHECK_LOGPROB: Final = -0.7
"""Mean token log probability under which the language of the sound is asked for."""

OPTIONS: Final[dict[str, Any]] = {
    "task": "transcribe",
    "log_progress": False,
    "beam_size": 5,
    "best_of": 1,
    "patience": 1.0,
    "length_penalty": 1.0,
    "repetition_penalty": 1.0,
    "no_repeat_ngram_size": 0,
    "temperature": 0.0,
    "compression_ratio_threshold": 2.4,
    "log_prob_threshold": -1.0,
    "no_speech_threshold": 0.6,
    "condition_on_previous_text": False,
    "prompt_reset_on_temperature": 0.5,
    "initial_prompt": None,
    "prefix": None,
    "suppress_blank": True,
    "suppress_tokens": [-1],
    "without_timestamps": True,
    "max_initial_timestamp": 1.0,
    "word_timestamps": True,
    "prepend_punctuations": "\"'“¿([{-《",
    "append_punctuations": "\"'.。,，!！?？:：”)]}、》",
    "multilingual": False,
    "vad_filter": False,
    "vad_parameters": None,
    "max_new_tokens": None,
    "chunk_length": None,
    "hallucination_silence_threshold": None,
    "batch_size": CHUNKS_PER_CALL,
    "hotwords": None,
    "language_detection_threshold": 0.5,
    "language_detection_segments": 1,
}


OTHER_SCRIPT_RATIO: Final = 0.5
"""Share of letters in the other language's script from which the language of the sound is asked for."""


def in_other_script(text: str, language: Language) -> bool:
    """Whether most letters of ``text`` are Latin in Mandarin, or Hanzi in English."""
    letters = [character for character in text if character.isalpha()]
    latin = sum(character.isascii() for character in letters)
    other = latin if language == "zh" else len(letters) - latin
    return bool(letters) and other / len(letters) > OTHER_SCRIPT_RATIO


class WhisperTranscriber:
    """Recognises Mandarin (in simplified characters) and English on this machine's CPU or GPU.

    The model is loaded at the first use, or by :meth:`load` while something else happens. Threads may share
    one transcriber: the model is loaded once, and they take turns at decoding.
    """

    def __init__(
        self, model: Model, *, threads: int | None = None, device: str = "auto", compute_type: str = "default"
    ) -> None:
        self._model = model
        self._threads = threads or os.cpu_count() or 1
        self._device = device
        self._compute_type = compute_type
        self._loading = Lock()
        self._decoding = Lock()
        self._pipeline: Any = None
        self._to_simplified: Callable[[str], str] | None = None

    def load(self) -> None:
        """Load the weights, once. Raises EngineError."""
        with self._loading:
            if self._pipeline is None:
                self._pipeline = self._loaded()

    def _loaded(self) -> Any:  # noqa: ANN401 - the engine's own type
        device, compute_type = self._engine()
        try:
            import opencc  # noqa: PLC0415 - heavy
            from faster_whisper import BatchedInferencePipeline, WhisperModel  # noqa: PLC0415 - heavy

            self._to_simplified = opencc.OpenCC("tw2s").convert
            model = WhisperModel(
                str(self._model.folder),
                device=device,
                compute_type=compute_type,
                cpu_threads=self._threads,
                num_workers=1,
                local_files_only=True,
            )
            return BatchedInferencePipeline(model=model)
        except Exception as exc:  # the tokenizer's library raises bare Exception
            raise EngineError(
                f"the recogniser cannot load {self._model.folder}: {exc}",
                hint="voicecoach models verify, or choose another --model",
            ) from exc

    def _engine(self) -> tuple[str, str]:
        """Device and number type, chosen where they were left open: the same before and after loading."""
        try:
            import ctranslate2  # noqa: PLC0415 - heavy
        except (ImportError, OSError) as exc:
            raise EngineError(
                f"the recogniser's engine cannot be used: {exc}", hint="install voicecoach again"
            ) from exc
        device, compute_type = self._device, self._compute_type
        if device == "auto":
            device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
        if compute_type == "default":
            compute_type = "int8" if device == "cpu" else "float16"
        return device, compute_type

    def transcribe(self, waveform: Waveform, *, language: Language, speech: Sequence[Span]) -> Transcript:
        """Recognise the words of ``waveform`` (16 kHz) in the ``speech`` spans. Raises EngineError."""
        if waveform.rate_hz != SAMPLE_RATE_HZ:
            msg = f"the recogniser needs {SAMPLE_RATE_HZ} Hz, got {waveform.rate_hz}"
            raise ValueError(msg)
        chunks = tuple(pack(speech, duration_s=waveform.duration_s))
        words, dropped, logprob = self._recognise(waveform, chunks, language, speech)
        text = "".join(word.text for word in words)
        doubtful = bool(chunks) and (logprob < LANGUAGE_CHECK_LOGPROB or in_other_script(text, language))
        missed = holes(words, speech)
        if missed:
            again = tuple(pack(missed, duration_s=waveform.duration_s, longest_s=CHUNK_AGAIN_LONGEST_S))
            found, thrown, _ = self._recognise(waveform, again, language, speech)
            words += filling(found, missed, tightened(words, speech))
            dropped += thrown
        return Transcript(
            tightened(words, speech),
            language,
            self.provenance(),
            tuple(dropped),
            unheard=holes(words, speech),
            heard_language=self.spoken_language(waveform, speech=speech) if doubtful else None,
        )

    def _recognise(
        self, waveform: Waveform, chunks: Sequence[Span], language: Language, speech: Sequence[Span]
    ) -> tuple[list[Word], list[Word], float]:
        """The words of the chunks, those thrown away as invented, and the mean log probability of all."""
        words: list[Word] = []
        dropped: list[Word] = []
        logprobs: list[float] = []
        for first in range(0, len(chunks), CHUNKS_PER_CALL):
            for segment in self._decode(waveform, chunks[first : first + CHUNKS_PER_CALL], language):
                kept, thrown = self._words(segment, language, speech)
                words += kept
                dropped += thrown
                logprobs.append(segment.avg_logprob)
        return words, dropped, sum(logprobs) / len(logprobs) if logprobs else -math.inf

    def provenance(self) -> Provenance:
        """Engine, version, weights and the options that decide the text."""
        from importlib.metadata import version  # noqa: PLC0415 - slow

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

    def spoken_language(self, waveform: Waveform, *, speech: Sequence[Span]) -> tuple[str, float]:
        """The language that the first chunk of ``speech`` is in (ISO 639-1) and its probability.

        Raises EngineError, and ValueError when there is no speech to listen to.
        """
        chunk = next(pack(speech, duration_s=waveform.duration_s), None)
        if chunk is None:
            msg = "no speech whose language could be told"
            raise ValueError(msg)
        self.load()
        try:
            with self._decoding:
                found, probability, _ = self._pipeline.model.detect_language(audio=waveform.cut(chunk))
        except RuntimeError as exc:
            raise EngineError(
                f"the recogniser cannot tell the language: {exc}", hint="choose a multilingual --model"
            ) from exc
        return str(found), float(probability)

    def _decode(self, waveform: Waveform, chunks: Sequence[Span], language: Language) -> list[_Timed]:
        """Decode some chunks; only their stretch of sound is handed over, times are put back after."""
        self.load()
        offset_s = chunks[0].start_s
        stretch = waveform.cut(Span(offset_s, chunks[-1].end_s))
        clips = [{"start": c.start_s - offset_s, "end": c.end_s - offset_s} for c in chunks]
        try:
            with self._decoding:
                self._pipeline.last_speech_timestamp = 0.0  # else a call that failed would colour the next
                segments, _ = self._pipeline.transcribe(
                    stretch, language=language, clip_timestamps=clips, **OPTIONS
                )
                return [_Timed(segment, offset_s) for segment in segments]
        except (RuntimeError, ValueError, MemoryError) as exc:
            raise EngineError(
                f"the recogniser failed between {offset_s:.1f} and {chunks[-1].end_s:.1f} s: {exc}",
                hint="try again, or a smaller --model",
            ) from exc

    def _words(
        self, segment: _Timed, language: Language, speech: Sequence[Span]
    ) -> tuple[list[Word], list[Word]]:
        words = [self._word(word, language, segment.offset_s) for word in segment.words]
        text = "".join(word.text for word in words)
        certainty = min(1.0, math.exp(segment.avg_logprob))
        if words and is_invented(text, segment, spans=[word.span for word in words], speech=speech):
            return [], [_joined(words, certainty)]
        credit = credits_in(text, segment)
        kept: list[Word] = []
        thrown: list[Word] = []
        at = 0
        for word in words:
            (thrown if at in credit else kept).append(word)
            at += len(word.text)
        return kept, [_joined(thrown, certainty)] if thrown else []

    def _word(self, word: Any, language: Language, offset_s: float) -> Word:  # noqa: ANN401 - the engine's own type
        start_s = max(0.0, float(word.start) + offset_s)
        text = str(word.word)
        if language == "zh" and self._to_simplified is not None:
            text = self._to_simplified(text)
        return Word(text, Span(start_s, max(start_s, float(word.end) + offset_s)), float(word.probability))


class _Timed:
    """A segment of the engine, with the offset of its times and the figures that judge it."""

    def __init__(self, segment: Any, offset_s: float) -> None:  # noqa: ANN401 - the engine's own type
        self.offset_s = offset_s
        self.words = list(segment.words or ())
        self.avg_logprob = float(segment.avg_logprob)
        self.no_speech_prob = float(segment.no_speech_prob)
        self.compression_ratio = float(segment.compression_ratio)


def _joined(words: Sequence[Word], certainty: float) -> Word:
    """One entry for text that was thrown away."""
    text = "".join(word.text for word in words)
    return Word(text, Span(words[0].span.start_s, max(word.span.end_s for word in words)), certainty)


def pack(speech: Sequence[Span], *, duration_s: float, longest_s: float = CHUNK_LONGEST_S) -> Iterator[Span]:
    """Pack speech spans into chunks of at most ``longest_s`` and two margins, cut at silences.

    A longer single span is cut into equal pieces. Chunks keep a margin of silence, never overlap and end
    with the recording, of ``duration_s``.
    """
    groups: list[list[Span]] = []
    for span in _bounded(speech, duration_s, longest_s):
        fits = groups and span.end_s - groups[-1][0].start_s <= longest_s
        near = groups and span.start_s - groups[-1][-1].end_s <= CHUNK_SPLIT_PAUSE_S
        if fits and near:
            groups[-1].append(span)
        else:
            groups.append([span])
    previous_end_s = 0.0
    for number, members in enumerate(groups):
        following_s = groups[number + 1][0].start_s if number + 1 < len(groups) else math.inf
        start_s = max(members[0].start_s - CHUNK_MARGIN_S, previous_end_s)
        middle_s = (members[-1].end_s + following_s) / 2
        end_s = min(members[-1].end_s + CHUNK_MARGIN_S, middle_s, duration_s)
        previous_end_s = end_s
        yield Span(start_s, end_s)


def _bounded(speech: Sequence[Span], duration_s: float, longest_s: float) -> Iterator[Span]:
    """The spans as far as the recording goes, none empty, none longer than ``longest_s``."""
    for span in speech:
        end_s = min(span.end_s, duration_s)
        length_s = end_s - span.start_s
        if length_s <= 0.0:
            continue
        n_pieces = math.ceil(length_s / longest_s)
        edges_s = [span.start_s + number * length_s / n_pieces for number in range(n_pieces)]
        yield from (Span(*edges) for edges in pairwise([*edges_s, end_s]))
