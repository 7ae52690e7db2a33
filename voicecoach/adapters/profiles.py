"""Profiles from YAML: the bands, weights and advice shipped with the program, or a file of the user's."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicecoach.errors import UsageError
from voicecoach.model.assessment import Band
from voicecoach.model.profile import Profile, Weights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.model.transcript import Language

SCHEMA = "voicecoach.profiles/1"


def load_profile(name: str, language: Language) -> Profile:
    """The profile ``name`` (or ``FILE.yaml:name`` of the user's own file) for ``language``.

    Raises UsageError when there is none of that name, or the file is not of the schema.
    """
    file_name, colon, inner = name.rpartition(":")
    document = _document(file_name if colon and file_name.endswith((".yaml", ".yml")) else "")
    wanted = inner if colon else name
    profiles = document["profiles"]
    if wanted not in profiles:
        raise UsageError(f"no profile is called {wanted!r}", hint=f"one of {', '.join(profiles)}")
    try:
        return _profile(wanted, language, document.get("defaults", {}), profiles[wanted])
    except (KeyError, TypeError, ValueError) as exc:
        raise UsageError(
            f"the profile {wanted!r} is incomplete: {exc}",
            hint="compare it with voicecoach/scoring/profiles.yaml",
        ) from exc


def profile_names() -> tuple[str, ...]:
    """The names of the shipped profiles."""
    return tuple(_document("")["profiles"])


@cache
def _document(file_name: str) -> Mapping[str, Any]:
    import yaml  # noqa: PLC0415 - not needed for --help

    source = Path(file_name) if file_name else resources.files("voicecoach.scoring") / "profiles.yaml"
    try:
        document = yaml.load(source.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader either way
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as exc:
        raise UsageError(f"cannot read the profiles in {source}: {exc}", hint="check the file") from exc
    if not isinstance(document, dict) or document.get("schema") != SCHEMA or "profiles" not in document:
        raise UsageError(f"{source} is no file of profiles", hint=f"its first key must be: schema: {SCHEMA}")
    return document


def _profile(name: str, language: Language, defaults: Mapping[str, Any], own: Mapping[str, Any]) -> Profile:
    layers = (
        defaults,
        defaults.get("languages", {}).get(language, {}),
        own,
        own.get("languages", {}).get(language, {}),
    )
    bands: dict[str, Band] = {}
    advice: dict[str, Mapping[str, str]] = {}
    weights: dict[str, Any] = {}
    measurements: dict[str, float] = {}
    for layer in layers:
        bands |= {key: _band(key, value) for key, value in layer.get("bands", {}).items()}
        advice |= layer.get("advice", {})
        weights |= layer.get("weights", {})
        measurements |= layer.get("weights", {}).get("measurements", {})
    return Profile(
        name=name,
        language=language,
        title=own["title"],
        bands=bands,
        weights=Weights(
            coverage=float(weights["coverage"]),
            order=float(weights["order"]),
            measurements={key: float(value) for key, value in measurements.items()},
            maybe_ratio=float(weights["maybe_ratio"]),
            amber_ratio=float(weights["amber_ratio"]),
        ),
        advice=advice,
    )


def _band(name: str, raw: Mapping[str, Any]) -> Band:
    def limits(key: str) -> tuple[float | None, float | None]:
        low, high = raw[key]
        if low is not None and high is not None and low > high:
            raise ValueError(f"{name}.{key}: {low} lies above {high}")
        return (None if low is None else float(low), None if high is None else float(high))

    return Band(limits("green"), limits("amber"), str(raw["source"]))
