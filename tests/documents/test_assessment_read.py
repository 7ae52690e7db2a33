"""A document read back: the same document again, and the same report."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from assessments import answer, profile, prompt, refused
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from voicecoach.documents.assessment import decode_assessment, encode_assessment
from voicecoach.errors import StoreError
from voicecoach.model.assessment import (
    Advice,
    Assessment,
    Band,
    Coverage,
    Evidence,
    LanguageHit,
    Measurement,
    NotApplicable,
    PointResult,
    Refusal,
    Score,
)
from voicecoach.model.audio import Span
from voicecoach.model.dialogue import Dialogue, Turn
from voicecoach.model.transcript import Provenance, Transcript, Word
from voicecoach.report.one.terminal import print_report

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = st.text(st.characters(codec="utf-8"), max_size=6)
SECONDS = st.integers(0, 10**6).map(lambda ms: ms / 1000)
SHARES = st.integers(0, 1000).map(lambda thousandth: thousandth / 1000)
SPANS = st.tuples(SECONDS, SECONDS).map(lambda pair: Span(min(pair), max(pair)))
MAYBE_SPANS = st.none() | SPANS
LANGUAGES = st.sampled_from(["zh", "en"])
WORDS = st.builds(Word, TEXT, SPANS, SHARES)
VERDICTS = st.sampled_from([None, "green", "amber", "red"])


@st.composite
def figures(draw: Callable[..., Any]) -> tuple[Measurement, ...]:
    found = []
    for name in draw(st.lists(TEXT, unique=True, max_size=4)):
        value = draw(st.none() | st.integers(-99999, 99999).map(lambda n: n / 100))
        reason = "no_speech" if value is None else None
        spans = tuple(draw(st.lists(SPANS, max_size=2)))
        found.append(Measurement(name, value, draw(TEXT), draw(TEXT), spans, reason, draw(TEXT)))
    return tuple(found)


COVERAGES = st.none() | st.builds(
    Coverage,
    prompt_id=TEXT,
    points=st.lists(
        st.builds(
            PointResult,
            TEXT,
            st.sampled_from(["covered", "maybe", "not_heard"]),
            SHARES,
            st.lists(st.builds(Evidence, TEXT, MAYBE_SPANS, TEXT), max_size=2).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    low=SHARES,
    high=SHARES,
    order_ok=st.none() | st.booleans(),
    language=st.lists(
        st.builds(LanguageHit, st.sampled_from(["rude", "ni"]), TEXT, MAYBE_SPANS, st.booleans()), max_size=2
    ).map(tuple),
    out_of_order=st.lists(TEXT, max_size=2).map(tuple),
    not_applicable=st.lists(st.builds(NotApplicable, TEXT, TEXT), max_size=2).map(tuple),
)
MAKERS = st.one_of(
    TEXT,
    st.builds(
        Provenance,
        TEXT,
        TEXT,
        TEXT,
        TEXT,
        st.dictionaries(TEXT, st.none() | st.integers() | TEXT, max_size=2),
    ),
)
DIALOGUES = st.none() | st.builds(
    Dialogue,
    st.integers(0, 1),
    SECONDS,
    st.lists(
        st.builds(Turn, st.sampled_from(["agent", "caller"]), MAYBE_SPANS, TEXT, st.booleans()), max_size=2
    ).map(tuple),
)


@st.composite
def assessments(draw: Callable[..., Any]) -> Assessment:
    measured = draw(figures())
    language = draw(LANGUAGES)
    recogniser = draw(MAKERS)
    limits = st.tuples(st.none() | st.integers(-9, 0), st.none() | st.integers(1, 9))
    return Assessment(
        source=draw(TEXT),
        sha256=draw(TEXT),
        duration_s=draw(SECONDS),
        language=language,
        profile=draw(TEXT),
        transcript=Transcript(
            tuple(draw(st.lists(WORDS, max_size=3))),
            language,
            Provenance("", "", "", ""),
            tuple(draw(st.lists(WORDS, max_size=2))),
            tuple(draw(st.lists(SPANS, max_size=2))),
        ),
        measurements=measured,
        bands={
            figure.name: Band(green, green, draw(TEXT))
            for figure in measured
            if (green := draw(st.none() | limits)) is not None
        },
        coverage=draw(COVERAGES),
        scores=tuple(draw(st.lists(st.builds(Score, TEXT, SHARES, SHARES, VERDICTS, TEXT), max_size=3))),
        total=draw(st.none() | st.integers(0, 1000).map(lambda tenth: tenth / 10)),
        advice=tuple(
            draw(
                st.lists(
                    st.builds(
                        Advice, TEXT, st.dictionaries(LANGUAGES, TEXT, min_size=1, max_size=2), MAYBE_SPANS
                    ),
                    max_size=2,
                )
            )
        ),
        refusals=tuple(
            draw(
                st.lists(
                    st.builds(
                        Refusal,
                        TEXT,
                        st.fixed_dictionaries({"zh": TEXT, "en": TEXT}),
                        st.fixed_dictionaries({"zh": TEXT.filter(bool)}, optional={"en": TEXT.filter(bool)}),
                        st.booleans(),
                    ),
                    max_size=2,
                )
            )
        ),
        provenance={"recogniser": recogniser, **draw(st.dictionaries(TEXT, MAKERS, max_size=2))},
        rubric_version=draw(TEXT),
        created=draw(TEXT),
        dialogue=draw(DIALOGUES),
    )


@settings(max_examples=60, deadline=None)
@given(assessments(), LANGUAGES)
def test_a_document_read_and_written_is_the_same_document(assessment: Assessment, ui: Any) -> None:
    document = json.loads(json.dumps(encode_assessment(assessment, ui=ui)))
    assert encode_assessment(decode_assessment(document), ui=ui) == document


def shown(assessment: Assessment, *, ui: str, with_score: bool) -> str:
    out = io.StringIO()
    console = Console(file=out, width=80, highlight=False, emoji=False, markup=False, soft_wrap=True)
    print_report(
        assessment, prompt(), profile(assessment.language), ui=ui, with_score=with_score, console=console
    )
    return out.getvalue()


@pytest.mark.parametrize("ui", ["zh", "en"])
@pytest.mark.parametrize("with_score", [True, False])
@pytest.mark.parametrize(
    "assessment",
    [answer(), answer("en"), answer(with_prompt=False), refused()],
    ids=["zh", "en", "no prompt", "refused"],
)
def test_the_report_is_the_one_that_was_shown(assessment: Assessment, ui: str, *, with_score: bool) -> None:
    again = decode_assessment(encode_assessment(assessment))
    assert shown(again, ui=ui, with_score=with_score) == shown(assessment, ui=ui, with_score=with_score)


def test_the_recogniser_of_the_transcript_is_that_of_the_document() -> None:
    again = decode_assessment(encode_assessment(answer()))
    assert again.transcript.provenance == answer().transcript.provenance
    assert again.created == answer().created
    assert again.measurement("snr").value == 38.2


def in_the_former_spelling(document: dict[str, Any]) -> dict[str, Any]:
    """The document as version 1 wrote it."""
    measurements = {
        name: {**figure, "unit": "1/min"} if name == "pause_rate" else figure
        for name, figure in document["measurements"].items()
    }
    return {**document, "schema": "voicecoach.assessment/1", "measurements": measurements}


def test_a_document_of_version_1_is_read_and_its_unit_spelled_as_now() -> None:
    document = encode_assessment(answer())
    former = in_the_former_spelling(document)
    assert former["measurements"]["pause_rate"] != document["measurements"]["pause_rate"]
    assert decode_assessment(former) == decode_assessment(document)
    assert encode_assessment(decode_assessment(former)) == document


def without(document: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: part for name, part in document.items() if name != key}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({}, "the schema must be voicecoach.assessment/2, got None"),
        ({"schema": "voicecoach.assessment/9"}, "got 'voicecoach.assessment/9'"),
        (
            without(encode_assessment(answer()), "recording"),
            "not as voicecoach.assessment/2 has it: .*`recording`",
        ),
        ({**encode_assessment(answer()), "measurements": []}, r"got `array` - at `\$.measurements`"),
        ({**encode_assessment(answer()), "scores": [{"points": 1}]}, r"`name` - at `\$.scores\[0\]`"),
        ({**encode_assessment(replace(answer(), coverage=None)), "rubric": 3}, r"got `int` - at `\$.rubric`"),
    ],
)
def test_what_is_no_such_document_is_refused(document: dict[str, Any], message: str) -> None:
    with pytest.raises(StoreError, match=message):
        decode_assessment(document)


def test_parts_that_do_not_fit_together_are_told() -> None:
    document = encode_assessment(answer())
    document["transcript"]["words"][0] |= {"start_s": 2.0, "end_s": 1.0}
    with pytest.raises(StoreError, match="has it: a span needs 0 <= start_s <= end_s, got 2"):
        decode_assessment(document)


def with_more(part: Any) -> Any:
    """The same part of a document as a later version might write it, with keys nobody knows yet."""
    if isinstance(part, list):
        return [with_more(item) for item in part]
    if not isinstance(part, dict):
        return part
    return {**{key: with_more(value) for key, value in part.items()}, "later": 1}


def test_keys_of_a_later_version_are_passed_over() -> None:
    document = encode_assessment(answer())
    named = {"measurements", "provenance", "advice", "refusals"}  # there a further key is one more name
    more = {key: part if key in named else with_more(part) for key, part in document.items()}
    more["measurements"] = {name: {**part, "later": 1} for name, part in document["measurements"].items()}
    more["advice"] = [{**advice, "later": 1} for advice in document["advice"]]
    assert decode_assessment({**more, "later": 1}) == decode_assessment(document)
