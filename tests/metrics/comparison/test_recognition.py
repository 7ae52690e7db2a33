"""Character error rate: closed forms, and the invariants of an edit distance."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.metrics.comparison.recognition import COUNTED, character_error_rate, doubted, rate_doubt
from voicecoach.metrics.nuclei import NUCLEI_RATE
from voicecoach.metrics.pace import ARTICULATION_RATE, SPEECH_RATE
from voicecoach.metrics.table import METRICS
from voicecoach.model.assessment import UNJUDGED, Band, judged
from voicecoach.model.audio import Span
from voicecoach.model.transcript import Provenance, Transcript, Word
from voicecoach.words.reasons import is_known


@pytest.mark.parametrize(
    ("recognised", "said", "expected"),
    [
        ("遇到这种情况", "遇到这种情况", 0.0),
        ("于日到这种情况", "遇到这种情况", 2 / 6),
        ("查 物流，", "查物流。", 0.0),
        ("ＡＰＰ", "app", 0.0),
        ("", "你好", 1.0),
        ("你好", "", 1.0),
        ("，", "。", 0.0),
        ("你好你好你好", "你", 5.0),
    ],
)
def test_known_rates(recognised: str, said: str, expected: float) -> None:
    assert character_error_rate(recognised, said) == pytest.approx(expected, abs=1e-12)


@given(*[st.text("abc", min_size=1, max_size=12)] * 3)
def test_the_errors_of_texts_are_a_metric(one: str, two: str, three: str) -> None:
    assert errors(one, two) == pytest.approx(errors(two, one))
    assert (errors(one, two) == 0.0) == (one == two)
    assert errors(one, three) <= errors(one, two) + errors(two, three) + 1e-9
    assert abs(len(one) - len(two)) - 1e-9 <= errors(one, two) <= max(len(one), len(two)) + 1e-9


def errors(recognised: str, said: str) -> float:
    """The number of edits, from the rate."""
    return character_error_rate(recognised, said) * len(said)


SPEECH = (Span(0.0, 6.0), Span(7.0, 11.0))
WORD = Word("您好", Span(0.0, 1.0), 0.9)
TEXT = Transcript((WORD,), "zh", Provenance("", "", "", ""))


def doubt(text: Transcript = TEXT, *, n_nuclei: int = 100, snr_db: float | None = 30.0) -> str:
    return rate_doubt(text, SPEECH, n_syllables=100, n_nuclei=n_nuclei, snr_db=snr_db)


@pytest.mark.parametrize(
    ("met", "code"),
    [
        (doubt(), ""),
        (doubt(n_nuclei=83), ""),
        (doubt(n_nuclei=119), ""),
        (doubt(n_nuclei=121), "text_and_sound_differ"),
        (doubt(n_nuclei=121, snr_db=6.0), "text_and_sound_differ"),
        (doubt(n_nuclei=69), "text_and_sound_differ"),
        (doubt(n_nuclei=69, snr_db=None), "text_and_sound_differ"),
        (doubt(n_nuclei=60, snr_db=10.0), ""),  # noise fills the dips
        (doubt(replace(TEXT, language="en"), n_nuclei=150), ""),
        (doubt(replace(TEXT, language="en"), n_nuclei=45), ""),
        (doubt(replace(TEXT, language="en"), n_nuclei=161), "text_and_sound_differ"),
        (doubt(replace(TEXT, unheard=(Span(1.0, 1.7),))), ""),
        (doubt(replace(TEXT, unheard=(Span(1.0, 2.0),))), "text_missing"),
        (doubt(replace(TEXT, unheard=(Span(5.9, 7.1),))), ""),  # silence has no text
        (doubt(replace(TEXT, heard_again=(Span(1.0, 2.9),))), ""),
        (doubt(replace(TEXT, heard_again=(Span(1.0, 3.1),))), "text_heard_again"),
        (doubt(replace(TEXT, dropped=(replace(WORD, span=Span(3.0, 6.0)),))), "text_heard_again"),
        (
            doubt(
                replace(TEXT, heard_again=(Span(1.0, 2.5),), dropped=(replace(WORD, span=Span(1.0, 2.5)),))
            ),
            "",
        ),
    ],
)
def test_a_rate_is_doubted_for_its_reason(met: str, code: str) -> None:
    assert met == code
    assert not code or is_known(code)
    assert not code or code in UNJUDGED


def test_doubt_reaches_the_figures_that_count_syllables_and_takes_their_verdict() -> None:
    figures = (
        SPEECH_RATE.measured(181.0),
        ARTICULATION_RATE.unmeasured("too_short"),
        NUCLEI_RATE.measured(5.0),
    )
    rate, unmeasured, nuclei = doubted(figures, "text_missing")
    band = Band((160.0, 240.0), (130.0, 280.0), "")
    assert rate.provisional == "text_missing"
    assert judged(rate, band) is None
    assert judged(figures[0], band) == "green"
    assert (unmeasured, nuclei) == figures[1:]
    assert doubted(figures, "") == figures


def test_every_figure_that_is_doubted_is_in_the_table() -> None:
    assert set(METRICS) >= COUNTED
