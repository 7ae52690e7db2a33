"""The recipe: a number that must be raised with the data it stands for."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from voicecoach.adapters.whisper import (
    chunks,
    hallucinations,
    loops,
    missed_speech,
    onsets,
    options,
    recipe,
    transcriber,
)
from voicecoach.adapters.whisper.engine import WhisperRecogniser
from voicecoach.adapters.whisper.weights import Model

if TYPE_CHECKING:
    from types import ModuleType

WITHOUT_EFFECT_ON_WORDS = {"CHUNKS_PER_CALL", "ONSETS_PER_CALL", "MOST_REPLICAS"}
"""How many chunks and onsets are decoded at once; the text does not depend on it (tests/adapters/whisper)."""
MODULES = (chunks, hallucinations, loops, missed_speech, onsets, options, transcriber)


def test_data_that_change_need_a_new_number() -> None:
    told = f"the recipe's data changed: raise RECIPE and note {recipe.digest()} in DIGESTS"
    assert recipe.DIGESTS[recipe.RECIPE] == recipe.digest(), told


def test_every_number_has_a_digest_of_its_own() -> None:
    assert max(recipe.DIGESTS) == recipe.RECIPE
    assert len(set(recipe.DIGESTS.values())) == len(recipe.DIGESTS)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rsplit(".", 1)[1])
def test_no_constant_is_left_out(module: ModuleType) -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    constants = {
        node.target.id
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id.isupper()
    }
    missing = {name for name in constants - WITHOUT_EFFECT_ON_WORDS if name.lower() not in recipe.data()}
    assert constants
    assert missing == set()


def _flat(value: object) -> object:
    return "".join(sorted(value)) if isinstance(value, frozenset) else getattr(value, "pattern", value)


@pytest.mark.parametrize("name", sorted(set(recipe.data()) - {"film_credits_flags"}))
def test_the_data_are_those_in_force(name: str) -> None:
    values = [getattr(module, name.upper()) for module in MODULES if hasattr(module, name.upper())]
    assert recipe.data()[name] in [_flat(value) for value in values]


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        (hallucinations, "CLAUSE_MARKS", frozenset("，。")),
        (hallucinations, "SUPPORT_SMALLEST", 0.3),
        (options, "OPTIONS", {**options.OPTIONS, "beam_size": 1}),
        (missed_speech, "WORD_LONGEST_S", 1.0),
    ],
)
def test_the_identity_follows_the_data(
    module: ModuleType, name: str, value: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    recogniser = WhisperRecogniser(Model("none", tmp_path, "0" * 64))
    before = recogniser.identity()
    assert json.loads(before)["model_sha256"] == "0" * 64
    monkeypatch.setattr(module, name, value)
    assert recogniser.identity() != before
