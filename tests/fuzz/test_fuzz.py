"""A short run of ``make fuzz``: some cases of each kind, whatever is damaged."""

from __future__ import annotations

import pytest
from fuzz import KINDS, series

SHORT = {
    "recordings": 24, "packs": 25, "profiles": 10, "manifests": 25, "transcripts": 15, "marks": 10,
    "answers": 5, "takes": 4, "kept": 6,
}  # fmt: skip
SEED = 20_261_128


@pytest.mark.weights
@pytest.mark.parametrize("kind", KINDS)
def test_damaged_input_of_each_kind_is_told_and_harms_nothing(kind: str) -> None:
    report = series(kind, SEED, range(SHORT[kind]), None)
    assert not report.faults, "\n".join(map(str, report.faults))
    assert report.n_cases == SHORT[kind]
    assert report.n_runs > 0
