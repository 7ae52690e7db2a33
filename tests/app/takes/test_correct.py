"""A corrected transcript: what hangs on the words changes, what comes of the sound does not, by one digit."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from assessments import answer, profile, prompt
from fakes import FakeEncoder
from store_contract import a_take

from voicecoach.app.score.analyse import Analyser, HeardRecording, Task, measure_all
from voicecoach.app.takes.correct import MADE_BY_HAND, Corrector
from voicecoach.audio import decode
from voicecoach.documents.assessment import encode_assessment
from voicecoach.documents.take import facts_of
from voicecoach.errors import InputError, StoreError, UsageError
from voicecoach.features.sound import SoundFeatures
from voicecoach.metrics.table import TEXT_DEPENDENT
from voicecoach.model.audio import Span, Track, Waveform
from voicecoach.model.transcript import Provenance, Transcript, Word
from voicecoach.rubric.engine import RubricEngine

if TYPE_CHECKING:
    from voicecoach.app.takes.correct import Correction
    from voicecoach.model.take import Take

FIXTURES = Path(__file__).parents[3] / "audio_fixtures"
TEN = (
    "late_delivery_good", "late_delivery_weak", "low_gain", "numbers_zh", "pauses_zh", "pauses_zh_20db",
    "rate_fast_zh", "rate_slow_zh", "rate_usual_zh", "telephone",
)  # fmt: skip
WHEN = "2026-11-22T10:00:00+00:00"
POLITE = "先生您好，真的非常抱歉，感谢您的理解。"


def heard() -> HeardRecording:
    """The sound of the hand-written answer, as its curves have it."""
    curves = answer().curves
    assert curves
    features = SoundFeatures(
        duration_s=answer().duration_s,
        speech=curves.speech,
        speech_probability=Track(np.ones_like(curves.level.values), 0.0, 0.01, ""),
        level=curves.level,
        pitch=curves.pitch,
        hf500=Track(np.where(np.isfinite(curves.pitch.values), -8.0, np.nan), 0.0, 0.01, "dB"),
        hf1000=Track(np.where(np.isfinite(curves.pitch.values), -12.0, np.nan), 0.0, 0.01, "dB"),
        noise_floor_dbfs=-62.0,
    )
    recording = decode.Recording(
        Waveform(np.zeros(round(answer().duration_s * 16000), dtype=np.float32), 16000),
        "ab" * 32, 16000, 1, None, 0.0, (), two_party=False,
    )  # fmt: skip
    return HeardRecording(recording, features, answer().transcript)


def task(**changes: Any) -> Task:
    known: dict[str, Any] = {"prompt": prompt(), "language": "zh", "profile": profile()}
    return Task(**{**known, **changes})


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser(None, RubricEngine(FakeEncoder()))  # type: ignore[arg-type]  # nothing is recognised here


@pytest.fixture(scope="module")
def corrector(analyser: Analyser) -> Corrector:
    return Corrector(analyser.engine)


@pytest.fixture(scope="module")
def take(analyser: Analyser) -> Take:
    judged = analyser.judge(heard(), task(), source="take.wav")
    document = json.loads(json.dumps(encode_assessment(replace(judged, created="2026-11-22T09:00:00+00:00"))))
    return a_take(state="scored", recognised_text=answer().transcript.text, assessment=document)


@pytest.fixture
def corrected(corrector: Corrector, tmp_path: Path) -> Any:
    return partial(corrector.correct, task=task(), sound=tmp_path / "none.wav", created=WHEN, heard=heard())


def test_the_split_is_right_for_every_measurement() -> None:
    quiet = heard()
    words = (
        Word("嗯，那个你请把", Span(1.0, 1.9), 1.0),
        *(Word(f"的{n}的", Span(1.0 + n, 2.0 + n), 1.0) for n in range(1, 21)),
    )
    other = replace(quiet, transcript=Transcript(words, "zh", Provenance("", "", "", "")))
    first, second = ({m.name: m for m in measure_all(one, task(), ())} for one in (quiet, other))
    changed = {name for name in first if first[name] != second[name]}
    assert changed <= TEXT_DEPENDENT
    assert TEXT_DEPENDENT - changed <= {"forbidden_language"}  # counts hits, of which none were given
    assert set(first) >= TEXT_DEPENDENT


def measured(document: Any, *, sound: bool) -> dict[str, Any]:
    """The measurements of a document that come of the sound, or those of the words."""
    return {
        name: found for name, found in document["measurements"].items() if (name in TEXT_DEPENDENT) != sound
    }


def test_the_same_text_changes_nothing(corrected: Any, take: Take) -> None:
    done: Correction = corrected(take, take.text)
    assert done.differences == ()
    assert done.cer == 0.0
    assert done.take.assessment
    assert take.assessment
    assert {**done.take.assessment, "created": "", "provenance": ""} == {
        **take.assessment, "created": "", "provenance": "",
    }  # fmt: skip


def test_a_take_of_before_is_corrected_into_the_spelling_of_now(corrected: Any, take: Take) -> None:
    assert take.assessment
    rate = {**take.assessment["measurements"]["pause_rate"], "unit": "1/min"}
    measurements = {**take.assessment["measurements"], "pause_rate": rate}
    former = {**take.assessment, "schema": "voicecoach.assessment/1", "measurements": measurements}
    done: Correction = corrected(replace(take, assessment=former), take.text)
    assert done.take.assessment
    assert done.take.assessment["schema"] == take.assessment["schema"]
    assert done.take.assessment["measurements"] == take.assessment["measurements"]
    assert done.take.assessment_before == former


def test_only_what_hangs_on_the_words_changes(corrected: Any, take: Take) -> None:
    done: Correction = corrected(take, POLITE + take.text)
    before, after = take.assessment, done.take.assessment
    assert before
    assert after
    assert measured(after, sound=True) == measured(before, sound=True)
    assert after["recording"] == before["recording"]
    names = {found.name for found in done.differences}
    assert {"speech_rate", "politeness", "mean_length_of_run"} <= names
    assert not names & set(measured(before, sound=True))
    step = next(found.step for found in done.differences if found.name == "politeness")
    assert step is not None
    assert step > 0
    assert after["provenance"]["transcript"] == MADE_BY_HAND
    assert after["provenance"]["recogniser"] == before["provenance"]["recogniser"]
    assert after["created"] == WHEN


def test_figures_of_the_sound_are_taken_over_and_not_measured_again(corrected: Any, take: Take) -> None:
    document = json.loads(json.dumps(take.assessment))
    document["measurements"]["pitch_variety"] |= {"value": 9.87654, "verdict": "red"}
    then = "as it was measured then"
    document["measurements"]["longest_pause"] |= {"value": 0.123, "verdict": "green", "definition": then}
    document["measurements"]["snr"] |= {"band": None, "source": None, "verdict": None}  # not rated then
    del document["measurements"]["hf500"]
    older: Correction = corrected(replace(take, assessment=document), POLITE + take.text)
    assert older.take.assessment
    after = older.take.assessment["measurements"]
    for name in ("pitch_variety", "longest_pause", "snr"):
        assert after[name] == document["measurements"][name]
    assert after["hf500"]["value"] == pytest.approx(-8.0)  # an older program did not measure it
    assert older.after.measurement("pitch_variety").value == 9.87654
    scores = {score.name: score.points for score in older.after.scores}
    assert scores["longest_pause"] == 4.0  # of the 0.123 s; the 3.4 s of the sound would earn 2


def test_both_texts_the_first_assessment_and_the_error_are_kept(corrected: Any, take: Take) -> None:
    said = take.text.replace("首先，我会", "首先我要")
    done: Correction = corrected(take, said)
    kept = done.take
    assert (kept.recognised_text, kept.corrected_text) == (take.text, said)
    assert kept.assessment_before == take.assessment
    assert kept.cer == done.cer == pytest.approx(1 / sum(c.isalnum() for c in said), abs=1e-12)
    assert kept.state == "scored"


def test_a_second_correction_starts_from_the_recognised_words(corrected: Any, take: Take) -> None:
    first = corrected(take, POLITE).take
    second: Correction = corrected(first, take.text)
    assert second.cer == 0.0
    assert second.take.assessment_before == take.assessment
    assert second.take.recognised_text == take.text
    assert second.before.total == facts_of(first).total
    assert second.after.total == facts_of(take).total
    assert second.take.assessment
    assert take.assessment
    assert second.take.assessment["transcript"] == take.assessment["transcript"]


def test_a_prompt_that_is_gone_leaves_the_text_metrics(corrected: Any, take: Take) -> None:
    done: Correction = corrected(take, POLITE + take.text, task=task(prompt=None))
    assert done.after.coverage is None
    assert facts_of(done.take).total is None
    assert done.take.state == "not_scored"
    assert not done.rubric_changed
    assert "politeness" in {found.name for found in done.differences}


def test_a_rubric_of_another_version_is_told(corrected: Any, take: Take) -> None:
    changed = replace(prompt(), version="2")
    assert not corrected(take, POLITE).rubric_changed
    assert corrected(take, POLITE, task=task(prompt=changed)).rubric_changed


def test_a_take_without_a_total_gets_none(corrected: Any, take: Take) -> None:
    assert take.assessment
    gentle = replace(take, state="not_scored", assessment={**take.assessment, "total": None, "scores": []})
    assert facts_of(corrected(gentle, POLITE).take).total is None


@pytest.mark.parametrize("text", ["", " \n", "，。！"])
def test_an_empty_text_is_refused(corrected: Any, take: Take, text: str) -> None:
    with pytest.raises(UsageError, match="the corrected text is empty"):
        corrected(take, text)


def test_a_take_that_was_never_scored_or_cannot_be_read_is_told(corrected: Any, take: Take) -> None:
    with pytest.raises(UsageError, match="has not been scored yet"):
        corrected(a_take(), "你好")
    assert take.assessment
    with pytest.raises(StoreError, match="cannot be read"):
        corrected(replace(take, assessment={**take.assessment, "measurements": {"x": {}}}), "你好")
    with pytest.raises(InputError, match=r"none\.wav"):
        corrected(take, "你好", heard=None)


@pytest.fixture(scope="module")
def real() -> tuple[Analyser, Corrector]:
    """One recogniser for all ten recordings."""
    from voicecoach import wiring

    return wiring.analyser("base"), wiring.corrector()


@pytest.mark.weights
@pytest.mark.parametrize("name", TEN)
def test_on_real_recordings_sound_stays_and_text_changes(real: tuple[Analyser, Corrector], name: str) -> None:
    from voicecoach import wiring
    from voicecoach.adapters.packs.profiles import load_profile

    analyser, corrector = real
    asked = wiring.prompt_library().prompt("late_delivery")
    judged_by = task(prompt=asked, profile=load_profile("interview", "zh"))
    sound = FIXTURES / f"{name}.flac"
    judged = analyser.analyse(sound, judged_by)
    document = json.loads(json.dumps(encode_assessment(judged)))
    state: Any = "not_scored" if judged.total is None else "scored"
    kept = a_take(state=state, recognised_text=judged.transcript.text, assessment=document)
    same = corrector.correct(kept, kept.text, judged_by, sound=sound, created=WHEN)
    assert same.differences == ()

    said = POLITE + kept.text[: len(kept.text) // 2]
    done = corrector.correct(kept, said, judged_by, sound=sound, created=WHEN)
    after = done.take.assessment
    assert after
    assert measured(after, sound=True) == measured(document, sound=True)
    assert measured(after, sound=False) != measured(document, sound=False)
    assert after["rubric"] != document["rubric"]
    changed = {found.name for found in done.differences}
    assert changed >= {"politeness"}
    assert changed & {"speech_rate", "mean_length_of_run"}
    assert not changed & set(measured(document, sound=True))
    assert done.cer > 0.2


def test_a_text_of_a_megabyte_is_told_before_it_is_aligned(corrected: Any, take: Take) -> None:
    with pytest.raises(UsageError, match=r"the text has 333333 characters; at most 10000"):
        corrected(take, "好" * 333_333)
