"""Documents as a batch writes them, made of one answer with varied figures: scored, refused, failed."""

from __future__ import annotations

import copy
import hashlib
import random
from typing import TYPE_CHECKING, Any

from assessments import answer, prompt, refused

from voicecoach.documents.assessment import encode_assessment
from voicecoach.model.assessment import Band

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.model.assessment import Assessment

SPEAKERS = ("王芳", "李伟", "张敏", "刘洋", "陈静", "")
FAILED_EVERY = 20
REFUSED_EVERY = 17
FATAL_EVERY = 41

Json = dict[str, Any]


def prompts() -> dict[str, Any]:
    """The prompts of the documents by id."""
    return {"late_delivery": prompt()}


def of(assessment: Assessment, **batch: Any) -> Json:
    """One line of the results; ``batch`` replaces parts of what the batch knows."""
    document = encode_assessment(assessment)
    return {**document, "batch": batch_of(**batch)}


def batch_of(**parts: Any) -> Json:
    """What a batch knows beside an assessment."""
    plain: Json = {
        "file": "week/答案 1.wav",
        "speaker": "王芳",
        "date": "2025-01-02",
        "prompt": "late_delivery",
        "channel": None,
        "agent_channel": None,
        "line": None,
        "carried": {},
        "key": key_of(0),
    }
    return plain | parts


def failure(**batch: Any) -> Json:
    """A recording that could not be used."""
    known = batch_of(**{"key": None, "file": "week/坏.wav", **batch})
    return {
        "schema": "voicecoach.failure/1",
        "source": known["file"],
        "error": {
            "code": "input",
            "message": f"{known['file']} has no sound in it",
            "hint": "give a sound file",
            "exit_status": 3,
            "attempts": 1,
        },
        "batch": known,
    }


def key_of(index: int) -> str:
    """The key of the result of that number."""
    return hashlib.sha256(str(index).encode()).hexdigest()[:40]


def documents(n: int, *, seed: int = 1, scored: Mapping[str, Any] | None = None) -> list[Json]:
    """``n`` lines: scored ones with varied figures, and every so many a refusal or a failure.

    ``scored``: the document that they are varied from, with its prompt's id among ``batch``.
    """
    chance = random.Random(seed)
    base, blocked = scored if scored is not None else of(answer()), of(refused())
    asked = base["batch"]["prompt"]
    lines = []
    for index in range(n):
        known: Json = {
            "file": f"week/{index:04d}.wav",
            "speaker": SPEAKERS[index % len(SPEAKERS)] or None,
            "prompt": asked,
            "key": key_of(index),
        }
        if index % FAILED_EVERY == FAILED_EVERY - 1:
            lines.append(failure(**known | {"key": None}))
        elif index % REFUSED_EVERY == REFUSED_EVERY - 1:
            lines.append({**copy.deepcopy(blocked), "batch": batch_of(**known)})
        else:
            lines.append({**_varied(base, chance, index), "batch": batch_of(**known)})
    return lines


def _varied(base: Mapping[str, Any], chance: random.Random, index: int) -> Json:
    line: Json = copy.deepcopy({key: value for key, value in base.items() if key != "batch"})
    line["total"] = round(min(max(chance.gauss(62, 18), 1), 100), 1)
    for measured in line["measurements"].values():
        if measured["value"] is not None and measured["unit"] not in ("count", "次"):
            measured["value"] = round(measured["value"] * chance.uniform(0.6, 1.5), 3)
            if measured["unit"] == "ratio":
                measured["value"] = min(measured["value"], 1.0)
            if measured["verdict"] is not None:
                green, amber = (tuple(measured["band"][colour]) for colour in ("green", "amber"))
                measured["verdict"] = Band(green, amber, "").verdict(measured["value"])
    points = line["rubric"]["points"]
    for point in points:
        point["state"] = chance.choice(("covered", "covered", "maybe", "not_heard"))
    heard = sum(point["state"] == "covered" for point in points) / len(points)
    line["rubric"]["coverage"] = [round(heard, 3), round(min(heard + 0.2, 1), 3)]
    if index % FATAL_EVERY == 0:
        line["total"] = 0.0
        line["scores"].append(
            {"name": "fatal:rude", "points": 0.0, "out_of": 0.0, "verdict": "red", "explanation": "…"}
        )
    return line
