"""What the words of this adapter depend on besides the weights and the engine: a number and a digest.

A batch keeps what was recognised and uses it again while the recipe is the same. :data:`RECIPE` is raised by
whoever changes what is heard: the code of this folder, or the data below. The digest of the data guards the
number: a test knows the digest of every number, so data that change alone fail it.
"""

from __future__ import annotations

import hashlib
import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from voicecoach.adapters.whisper import (
    chunks,
    hallucinations,
    loops,
    missed_speech,
    onsets,
    options,
    transcriber,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

RECIPE: Final = 5
"""Raise it when the code or the data that decide the words change, and note the digest in :data:`DIGESTS`."""
DIGESTS: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: "bd94d31a39d9b1d5670da091bcf4f037ae0206c363cc5a38c46777a387ac9265",
        2: "d5581a3c3a03888d91071fc62d52f21e66714a17e06c5f51975e66dcd303c411",
        3: "03cf9f216f6588f4433ab11bc73892c7e94ffa8ed9492bba0b5c024b90071858",
        4: "5c817a80a3bbbf8526611eca757543917609d3a00348e8992e55f38e950643a7",
        5: "cea6ca6fa3d43a10bd28cb41362c108fc1781e8ceca2801593a6284618f49266",
    }
)
"""Recipe number -> digest of its data, for the test that holds them together."""


def data() -> Mapping[str, object]:
    """All constants that decide which words come out, by name."""
    return {
        "options": dict(options.OPTIONS),
        "chunk_longest_s": chunks.CHUNK_LONGEST_S,
        "chunk_margin_s": chunks.CHUNK_MARGIN_S,
        "chunk_split_pause_s": chunks.CHUNK_SPLIT_PAUSE_S,
        "chunks_again_longest_s": transcriber.CHUNKS_AGAIN_LONGEST_S,
        "sample_rate_hz": transcriber.SAMPLE_RATE_HZ,
        "longest_unit": loops.LONGEST_UNIT,
        "fewest_times": loops.FEWEST_TIMES,
        "never_said_times": loops.NEVER_SAID_TIMES,
        "fastest_per_s": loops.FASTEST_PER_S,
        "nuclei_range": loops.NUCLEI_RANGE,
        "word_longest_s": missed_speech.WORD_LONGEST_S,
        "hole_shortest_s": missed_speech.HOLE_SHORTEST_S,
        "shared_smallest_s": missed_speech.SHARED_SMALLEST_S,
        "support_smallest": hallucinations.SUPPORT_SMALLEST,
        "loop_compression": hallucinations.LOOP_COMPRESSION,
        "no_speech_prob": hallucinations.NO_SPEECH_PROB,
        "no_speech_logprob": hallucinations.NO_SPEECH_LOGPROB,
        "credits_logprob": hallucinations.CREDITS_LOGPROB,
        "credits_reach": hallucinations.CREDITS_REACH,
        "clause_marks": "".join(sorted(hallucinations.CLAUSE_MARKS)),
        "film_credits": hallucinations.FILM_CREDITS.pattern,
        "film_credits_flags": int(hallucinations.FILM_CREDITS.flags),
        "onset_prompt": onsets.ONSET_PROMPT,
        "onset_fillers": onsets.ONSET_FILLERS,
        "onset_least_probability": onsets.ONSET_LEAST_PROBABILITY,
        "onset_lead_s": onsets.ONSET_LEAD_S,
        "onset_tail_s": onsets.ONSET_TAIL_S,
        "onset_window_s": onsets.ONSET_WINDOW_S,
        "onset_sound_s": onsets.ONSET_SOUND_S,
        "onset_silence_s": onsets.ONSET_SILENCE_S,
        "onset_one_in_s": onsets.ONSET_ONE_IN_S,
        "onset_always": onsets.ONSET_ALWAYS,
        "onset_length_s": onsets.ONSET_LENGTH_S,
    }


def digest() -> str:
    """SHA-256 of :func:`data`, hexadecimal."""
    return hashlib.sha256(json.dumps(data(), sort_keys=True).encode()).hexdigest()
