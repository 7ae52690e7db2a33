"""Lines of results come back as they were written, and keep to their schemas."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from assessments import answer, refused
from hypothesis import given
from hypothesis import strategies as st
from schemas import faults

from voicecoach.documents.assessment import decode_assessment, encode_assessment
from voicecoach.documents.failure import decode_kept, encode_failure, encode_kept
from voicecoach.documents.result import decode_result, encode_result
from voicecoach.errors import StoreError
from voicecoach.model.job import Failure
from voicecoach.model.result import BatchFacts, FailedResult, JudgedResult

if TYPE_CHECKING:
    from voicecoach.model.result import Result

TEXT = st.text(st.characters(codec="utf-8"), max_size=6)
MAYBE = st.none() | TEXT
COUNTS = st.integers(0, 9)
FACTS = st.builds(
    BatchFacts,
    TEXT.filter(bool),
    MAYBE,
    MAYBE,
    MAYBE,
    st.none() | COUNTS,
    st.none() | COUNTS,
    st.none() | COUNTS,
    st.dictionaries(TEXT, TEXT, max_size=2),
    MAYBE,
)
FAILURES = st.builds(Failure, TEXT, TEXT, TEXT, COUNTS, st.integers(1, 3))
ANSWERS = st.sampled_from([decode_assessment(encode_assessment(made)) for made in (answer(), refused())])
RESULTS = st.builds(FailedResult, TEXT, FAILURES, FACTS) | st.builds(
    JudgedResult, ANSWERS, FACTS, st.none() | st.dictionaries(TEXT, COUNTS, max_size=2)
)


@given(RESULTS, st.sampled_from(["zh", "en"]))
def test_a_line_comes_back_as_it_was_and_keeps_to_its_schema(result: Result, ui: str) -> None:
    line = json.loads(json.dumps(encode_result(result, ui=ui)))
    assert decode_result(line) == result
    if isinstance(result, FailedResult):
        assert faults(line, "failure") == []
    else:
        del line["batch"]
        assert faults(line, "assessment") == []


@given(FAILURES, st.none() | st.just({"code": "error-input", "facts": {"n": 1}, "part": ""}))
def test_a_kept_failure_comes_back_and_one_of_another_version_does_not(
    failure: Failure, told: dict[str, object] | None
) -> None:
    kept = Failure(failure.code, failure.message, failure.hint, failure.exit_status, failure.attempts, told)
    assert decode_kept(json.loads(json.dumps(encode_kept(kept)))) == kept
    assert decode_kept({"of": "another version"}) is None


def test_a_failure_by_itself_keeps_to_the_schema() -> None:
    document = encode_failure("a.wav", Failure("input", "a.wav is empty", "record again", 3))
    assert faults(document, "failure") == []
    assert list(document["error"]) == ["code", "message", "hint", "exit_status"]
    assert decode_result(document) == FailedResult(
        "a.wav", Failure("input", "a.wav is empty", "record again", 3), BatchFacts("a.wav")
    )


def test_an_assessment_by_itself_goes_by_the_name_of_its_recording() -> None:
    result = decode_result(encode_assessment(answer()))
    assert isinstance(result, JudgedResult)
    assert result.file == result.batch.file == answer().source


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ([], "schema must be"),
        ({"schema": "voicecoach.failure/1", "source": "a.wav"}, "`error`"),
        ({**encode_assessment(answer()), "batch": {"file": 3}}, r"`\$\.batch\.file`"),
    ],
)
def test_a_line_that_is_no_result_is_refused(line: object, fault: str) -> None:
    with pytest.raises(StoreError, match=fault):
        decode_result(line)
