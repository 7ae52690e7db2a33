"""Twenty recordings that must be refused or left without a figure, twenty that must not be: each verdict."""

from __future__ import annotations

from collections import Counter

import pytest
from verdicts import Judge, cases, fixture_voices

from voicecoach import wiring

SEED = 1
EACH = 20


@pytest.mark.weights
@pytest.mark.timeout(600)  # about a minute where nothing else runs
def test_forty_recordings_get_their_verdicts() -> None:
    voices = fixture_voices()
    mandarin = [voice for voice in voices.values() if voice.language == "zh"]
    foreign = [voice for voice in voices.values() if voice.language != "zh"]
    judge = Judge(wiring.profile("interview", "zh"), lambda: wiring.analyser("base").transcriber)
    counted: Counter[bool] = Counter()
    faults: dict[str, str] = {}
    for case in cases(mandarin, foreign, SEED, "a"):
        counted[case.verdict == "scored"] += 1
        if fault := judge.fault(case):
            faults[case.name] = fault
    assert faults == {}
    assert counted == {True: EACH, False: EACH}
