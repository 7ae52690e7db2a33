"""What was heard comes back as it was, to the last digit."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.documents.heard import decode_heard, encode_heard
from voicecoach.errors import StoreError
from voicecoach.model.audio import Span
from voicecoach.model.transcript import Provenance, Transcript, Word

TIMES = st.floats(0.0, 3600.0).flatmap(
    lambda start_s: st.floats(start_s, 3600.0).map(lambda end_s: Span(start_s, end_s))
)
WORDS = st.lists(st.builds(Word, st.text(max_size=3), TIMES, st.floats(0.0, 1.0)), max_size=4).map(tuple)


@given(
    words=WORDS,
    dropped=WORDS,
    unheard=st.lists(TIMES, max_size=2).map(tuple),
    hesitations=WORDS,
    heard=st.none() | st.tuples(st.text(max_size=2), st.floats(0.0, 1.0)),
)
def test_a_transcript_comes_back_from_memory_as_it_was(
    words: tuple[Word, ...],
    dropped: tuple[Word, ...],
    unheard: tuple[Span, ...],
    hesitations: tuple[Word, ...],
    heard: tuple[str, float] | None,
) -> None:
    made = Provenance("e", "1", "base", "0", {"beam_size": 5})
    transcript = Transcript(words, "zh", made, dropped, unheard, heard, hesitations=hesitations)
    document = json.loads(json.dumps(encode_heard({"k": transcript, "other": transcript})))
    assert list(document) == ["schema", "transcripts"]
    assert decode_heard(document) == {"k": transcript, "other": transcript}


@pytest.mark.parametrize(
    "document",
    [
        {"schema": "voicecoach.heard/2", "transcripts": {}},
        {"schema": "voicecoach.heard/1", "transcripts": {"k": {"words": [["您好", 1.0]]}}},
        {"schema": "voicecoach.heard/1"},
        [],
    ],
)
def test_what_is_no_such_document_is_refused(document: object) -> None:
    with pytest.raises(StoreError, match=r"voicecoach\.heard/1"):
        decode_heard(document)
