"""Every truth of the committed recordings is held against what `voicecoach score` makes of them.

What a truth says and no test can assert stands in the lists below, each with its reason; a truth that is new
stands in neither list and fails.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from voicecoach import wiring
from voicecoach.app.score.analyse import Task
from voicecoach.app.score.recording import assess, profile_name
from voicecoach.features.text.words import spoken_syllables
from voicecoach.metrics.comparison.recognition import character_error_rate
from voicecoach.model.audio import Span
from voicecoach.model.spans import hull, total_s, union
from voicecoach.model.transcript import Provenance, Transcript, Word
from voicecoach.rubric.text.spoken import SpokenText

if TYPE_CHECKING:
    from voicecoach.model.assessment import Assessment
    from voicecoach.model.transcript import Language

FOLDER = Path(__file__).parents[1] / "audio_fixtures"
TRUTHS: dict[str, dict[str, Any]] = {
    path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))
}
SPOKEN = [name for name, truth in TRUTHS.items() if truth["segments"]]
ANSWERS = [name for name, truth in TRUTHS.items() if "expected" in truth]
AGENT_CHANNEL = {"two_party_call": 1}

ASSERTED_ELSEWHERE = {
    "file": "test_fixtures.py",
    "sha256": "test_fixtures.py",
    "rate_hz": "test_fixtures.py",
    "n_channels": "test_fixtures.py",
    "duration_s": "test_fixtures.py",
    "made_from": "test_fixtures.py",
    "origin": "test_fixtures.py",
    "pauses_complete": "says how the pauses are to be asserted here",
    "rank": "says where a truth comes from; nothing of it can be heard",
}
ASSERTED_HERE = {"language", "text", "n_syllables", "n_words", "segments", "pauses", "expected"}
SEGMENT_ASSERTED = {"text", "start_s", "end_s", "channel", "kind"}
SEGMENT_UNHEARD = {
    "voice": "who speaks is not looked for",
    "mood": "a mood has no figure of its own; agitation wants a calm take, of which there is none",
    "pace": "the voice's own setting; the rate is asserted by the syllables",
}
EXPECTED_ASSERTED = {"prompt", "covered", "not_covered", "order_ok", "language"}

ERROR_MOST = {"pauses_zh_05db": 0.20, "pauses_zh_10db": 0.15, "late_delivery_weak": 0.20}
"""Character error in syllables as they are read; others :data:`ERROR_USUAL`. Noise and fillers cost."""
ERROR_USUAL = 0.10
SYLLABLES_OFF = 0.12
PAUSE_SHARED = 0.5
"""Share of the time of both that two pauses must share to be one (as in the benchmark)."""
FILLERS_LEAST = 0.6
"""Share of the filled pauses that are found; none is invented."""
EDGE_S = 0.1
EDGE_IN_NOISE_S = 0.15
"""First onset and last offset; in noise of 5 dB a soft ending drowns."""


@cache
def scored(name: str) -> Assessment:
    truth = TRUTHS[name]
    language: Language = truth["language"]
    library = wiring.prompt_library()
    prompt = library.prompt(truth["expected"]["prompt"]) if "expected" in truth else None
    profile = wiring.profile(profile_name(None, prompt), language)
    task = Task(prompt, language, profile)
    return assess(
        wiring.analyser("base"), FOLDER / truth["file"], task, agent_channel=AGENT_CHANNEL.get(name)
    )


def said(name: str) -> str:
    """The text of the truth as far as it is judged: all of an answer, the agent's side of a call."""
    channel = AGENT_CHANNEL.get(name, 0)
    return "".join(part["text"] for part in TRUTHS[name]["segments"] if part["channel"] == channel)


def read_aloud(text: str, language: Language) -> str:
    return "".join(syllable.text for syllable in spoken_syllables(text, language))


def test_no_truth_is_forgotten() -> None:
    for name, truth in TRUTHS.items():
        assert set(truth) <= ASSERTED_HERE | set(ASSERTED_ELSEWHERE), name
        assert set(truth.get("expected", {})) <= EXPECTED_ASSERTED, name
        for part in truth["segments"]:
            assert set(part) <= SEGMENT_ASSERTED | set(SEGMENT_UNHEARD), name


@pytest.mark.weights
@pytest.mark.parametrize("name", TRUTHS)
def test_the_language_is_that_of_the_truth(name: str) -> None:
    truth, transcript = TRUTHS[name], scored(name).transcript
    assert all(refusal.code != "wrong_language" for refusal in scored(name).refusals)
    if truth["segments"]:
        assert transcript.heard_language is not None
        assert transcript.heard_language[0] == truth["language"]
    else:
        assert transcript.heard_language is None


@pytest.mark.weights
@pytest.mark.parametrize("name", TRUTHS)
def test_text_and_syllables_are_those_of_the_truth(name: str) -> None:
    truth, text = TRUTHS[name], scored(name).transcript.text
    language: Language = truth["language"]
    if not truth["segments"]:
        assert (text, truth["text"], truth["n_syllables"], truth["n_words"]) == ("", "", 0, 0)
        return
    wanted, heard = read_aloud(said(name), language), read_aloud(text, language)
    assert character_error_rate(heard, wanted) <= ERROR_MOST.get(name, ERROR_USUAL), text
    n_wanted = len(spoken_syllables(said(name), language))
    assert len(spoken_syllables(text, language)) == pytest.approx(n_wanted, rel=SYLLABLES_OFF, abs=1.0)
    if name not in AGENT_CHANNEL:
        assert n_wanted == truth["n_syllables"]


@pytest.mark.weights
@pytest.mark.parametrize("name", [name for name in SPOKEN if name not in AGENT_CHANNEL])
def test_the_answer_begins_and_ends_with_its_phrases_and_has_their_pauses(name: str) -> None:
    truth, found = TRUTHS[name], scored(name)
    curves = found.curves
    assert curves is not None
    answer = hull(curves.speech)
    assert answer is not None
    edge_s = EDGE_IN_NOISE_S if truth.get("made_from", {}).get("snr_db") == 5 else EDGE_S
    assert answer.start_s == pytest.approx(truth["segments"][0]["start_s"], abs=edge_s)
    assert answer.end_s == pytest.approx(truth["segments"][-1]["end_s"], abs=edge_s)
    measured = found.measurement("silent_pauses").evidence
    for pause in (Span(part["start_s"], part["end_s"]) for part in truth["pauses"]):
        nearest = max(measured, key=pause.overlap_s)
        assert pause.overlap_s(nearest) >= PAUSE_SHARED * total_s(union([pause, nearest])), pause
    if truth["pauses_complete"]:
        assert len(measured) == len(truth["pauses"])


@pytest.mark.weights
@pytest.mark.parametrize("name", SPOKEN)
def test_filled_pauses_are_those_of_the_truth(name: str) -> None:
    wanted = [
        Span(part["start_s"], part["end_s"]).widened(EDGE_S)
        for part in TRUTHS[name]["segments"]
        if part["kind"] == "filler"
    ]
    heard = scored(name).measurement("filled_pauses_vocalised").evidence
    assert all(any(span.overlap_s(filler) > 0.0 for filler in wanted) for span in heard), heard
    n_found = sum(any(filler.overlap_s(span) > 0.0 for span in heard) for filler in wanted)
    assert n_found >= FILLERS_LEAST * len(wanted)


@pytest.mark.weights
@pytest.mark.parametrize("name", AGENT_CHANNEL)
def test_the_turns_of_a_call_are_those_of_the_truth(name: str) -> None:
    dialogue = scored(name).dialogue
    assert dialogue is not None
    wanted = [
        ("agent" if part["channel"] == AGENT_CHANNEL[name] else "caller", part)
        for part in TRUTHS[name]["segments"]
    ]
    assert [turn.side for turn in dialogue.turns] == [side for side, _ in wanted]
    for turn, (_, part) in zip(dialogue.turns, wanted, strict=True):
        assert turn.span is not None
        assert turn.span.start_s == pytest.approx(part["start_s"], abs=EDGE_S)
        assert turn.span.end_s == pytest.approx(part["end_s"], abs=EDGE_S)


@pytest.mark.weights
@pytest.mark.parametrize("name", ANSWERS)
def test_points_and_order_are_those_of_the_truth(name: str) -> None:
    expected, coverage = TRUTHS[name]["expected"], scored(name).coverage
    assert coverage is not None
    assert coverage.prompt_id == expected["prompt"]
    states = {point.id: point.state for point in coverage.points}
    assert {key: states[key] for key in expected["covered"]} == dict.fromkeys(expected["covered"], "covered")
    assert not {key for key in expected["not_covered"] if states[key] == "covered"}
    assert set(states) == {*expected["covered"], *expected["not_covered"]}
    if "order_ok" in expected:
        assert coverage.order_ok is expected["order_ok"]


@pytest.mark.weights
@pytest.mark.parametrize("name", ANSWERS)
def test_the_language_is_found_in_the_text_that_was_said(name: str) -> None:
    truth, language = TRUTHS[name], TRUTHS[name]["language"]
    words = tuple(Word(part["text"], Span(part["start_s"], part["end_s"]), 1.0) for part in truth["segments"])
    spoken = SpokenText.from_transcript(Transcript(words, language, Provenance("", "", "", "")))
    prompt = wiring.prompt_library().prompt(truth["expected"]["prompt"])
    hits, _ = wiring.rubric_engine().judge(prompt, spoken, language=language)
    assert {hit.code for hit in hits} == set(truth["expected"]["language"])


@pytest.mark.weights
@pytest.mark.parametrize("name", ANSWERS)
def test_the_language_that_should_not_be_said_is_that_of_the_truth(name: str) -> None:
    coverage = scored(name).coverage
    assert coverage is not None
    expected, heard = set(TRUTHS[name]["expected"]["language"]), {hit.code for hit in coverage.language}
    assert heard == expected


@pytest.mark.weights
@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("clipped", {"clipped"}), ("dead_channel", {"dead_channel"}), ("noise", {"no_speech"}),
        ("short_3s", {"too_short"}), ("silence", {"no_speech"}),
    ],
)  # fmt: skip
def test_spoilt_recordings_are_refused_for_what_spoils_them(name: str, codes: set[str]) -> None:
    assert {refusal.code for refusal in scored(name).refusals} == codes


@pytest.mark.weights
@pytest.mark.parametrize("name", sorted(set(SPOKEN) - {"clipped", "dead_channel", "short_3s"}))
def test_the_others_are_refused_nothing(name: str) -> None:
    assert not any(refusal.blocks_score for refusal in scored(name).refusals)
