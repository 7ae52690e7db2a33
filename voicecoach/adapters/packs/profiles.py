"""Profiles from YAML: the bands, weights and advice shipped with the program, or a file of the user's.

A profile is laid together from layers, the later over the earlier: the shipped ``defaults``, those for its
language, the ``defaults`` of the user's file, those for its language, the profile, the profile for its
language. So a file of the user's names only what it changes. A key that nothing reads is a fault, because
a band or weight misspelt would otherwise be left out without a word.
"""

from __future__ import annotations

import math
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from voicecoach.adapters.folders import at_home
from voicecoach.errors import UsageError
from voicecoach.model.assessment import Band
from voicecoach.model.pack import Problem
from voicecoach.model.profile import Profile, TargetBand, Weights
from voicecoach.words.catalogue import Message, joined, languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

    from voicecoach.model.transcript import Language

SCHEMA: Final = "voicecoach.profiles/1"
SUFFIXES: Final = (".yaml", ".yml")
RUBRIC_ADVICE: Final = frozenset(
    {"coverage.missing", "coverage.maybe", "coverage.fatal", "coverage.broken", "order.wrong"}
)
FAULTS_TOLD: Final = 5
LARGEST: Final = 1e9
"""A number beyond that is no limit and no weight: sums of such would overflow (ours)."""
PLACEHOLDERS: Final = ("{value}", "{unit}", "{steps}", "{target}")

_DOCUMENT = frozenset({"schema", "defaults", "profiles"})
_SPOKEN = frozenset({"zh", "en"})
_LAYER = frozenset({"bands", "weights", "advice"})
_WEIGHTS = frozenset({"coverage", "order", "maybe_ratio", "amber_ratio", "measurements"})
_BAND = frozenset({"green", "amber", "source"})
_OF_TARGET = "amber_of_target"
_TARGET_BAND = frozenset({_OF_TARGET, "source"})


class _FaultError(Exception):
    """What is wrong in a file of profiles; never leaves this module."""

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code)
        self.told = Message(code, facts)


def load_profile(name: str, language: Language) -> Profile:
    """The profile ``name`` (or ``FILE.yaml:name`` of the user's own file) for ``language``.

    Raises UsageError when there is none of that name, or the file is not of the schema.
    """
    file_name, wanted = _split(name)
    shipped = _shipped()
    document = _read(at_home(file_name)) if file_name else shipped
    profiles = _profiles_of(document)
    if wanted not in profiles:
        raise UsageError("profile-unknown", name=repr(wanted), names=", ".join(profiles))
    documents = (shipped, document) if file_name else (shipped,)
    try:
        return _profile(wanted, language, documents)
    except _FaultError as exc:
        raise UsageError("profile-wrong", name=repr(name), cause=exc.told) from exc
    except ValueError as exc:
        raise UsageError("profile-wrong", name=repr(name), cause=str(exc)) from exc


def profile_names() -> tuple[str, ...]:
    """The names of the shipped profiles."""
    return tuple(_profiles_of(_shipped()))


def _split(name: str) -> tuple[str, str]:
    """File ("" for the shipped one) and profile; the colon of a Windows drive parts nothing."""
    file_name, _, inner = name.rpartition(":")
    if file_name.endswith(SUFFIXES):
        return file_name, inner
    if name.endswith(SUFFIXES):
        raise UsageError("profile-unnamed", file=name)
    return "", name


@cache
def _shipped() -> Mapping[str, object]:
    return _read(resources.files("voicecoach.scoring") / "profiles.yaml")


def _read(source: Path | Traversable) -> Mapping[str, object]:
    from voicecoach.adapters.packs.text_file import TextFileError, text_of
    from voicecoach.adapters.packs.yaml_lines import compose

    try:
        text = text_of(source) if isinstance(source, Path) else source.read_text("utf-8")
    except TextFileError as exc:
        raise UsageError("profiles-unreadable", file=source, cause=exc.told) from exc
    composed = compose(text, free=True)
    empty = not composed.value and len(composed.faults) == 1 and composed.faults[0].told.code == "pack-empty"
    if composed.faults and not empty:
        told = [Problem(Path(str(source)), fault.line, "", fault.told).message() for fault in composed.faults]
        raise UsageError("profiles-unreadable", file=source, cause=joined("joined-lines", told[:FAULTS_TOLD]))
    document = composed.value
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise UsageError("profiles-without-schema", file=source, schema=SCHEMA)
    try:
        _mapping(document, Message("profiles-the-file"), _DOCUMENT)
        _profiles_of(document)
    except _FaultError as exc:
        raise UsageError("profiles-wrong", file=source, cause=exc.told) from exc
    return document


def _profiles_of(document: Mapping[str, object]) -> Mapping[str, object]:
    return _mapping(document.get("profiles"), "profiles")


def _profile(name: str, language: Language, documents: tuple[Mapping[str, object], ...]) -> Profile:
    from voicecoach.metrics.table import METRICS

    known = frozenset(METRICS)
    layers: list[tuple[str, Mapping[str, object]]] = []
    for document in documents:
        layers += _layers(document.get("defaults", {}), "defaults", language)
    own = _mapping(_profiles_of(documents[-1])[name], name)
    layers += _layers({key: own[key] for key in own if key != "title"}, name, language)
    bands: dict[str, Band] = {}
    target_bands: dict[str, TargetBand] = {}
    advice: dict[str, Mapping[str, str]] = {}
    numbers: dict[str, float] = {}
    measurements: dict[str, float] = {}
    for where, layer in layers:
        for key, raw in _mapping(layer.get("bands", {}), f"{where}.bands", known).items():
            if isinstance(raw, dict) and _OF_TARGET in raw:
                target_bands[key] = _target_band(raw, f"{where}.bands.{key}")
            else:
                bands[key] = _band(raw, f"{where}.bands.{key}")
        for key, raw in _mapping(layer.get("advice", {}), f"{where}.advice").items():
            advice[key] = _sentence(raw, f"{where}.advice.{key}")
        weights = _mapping(layer.get("weights", {}), f"{where}.weights", _WEIGHTS)
        worth = _mapping(weights.get("measurements", {}), f"{where}.weights.measurements")
        measurements |= {
            key: _number(raw, f"{where}.weights.measurements.{key}") for key, raw in worth.items()
        }
        numbers |= {
            key: _number(raw, f"{where}.weights.{key}")
            for key, raw in weights.items()
            if key != "measurements"
        }
    for key in advice:
        figure, _, side = key.rpartition(".")
        if key not in RUBRIC_ADVICE and (
            side not in {"low", "high"} or figure not in {**bands, **target_bands}
        ):
            raise _FaultError("profile-advice-of-no-band", key=key)
    return Profile(
        name=name,
        language=language,
        title=_texts(own.get("title"), f"{name}.title"),
        bands=bands,
        weights=Weights(measurements=measurements, **numbers),
        advice=advice,
        # A band of fixed limits, as a user's own file may have it, goes before the prompt's target.
        target_bands={key: band for key, band in target_bands.items() if key not in bands},
    )


def _layers(raw: object, where: str, language: Language) -> Iterator[tuple[str, Mapping[str, object]]]:
    """A layer, then what it says of ``language``, each with the keys that lead there."""
    layer = _mapping(raw, where, _LAYER | {"languages"})
    yield where, layer
    by_language = _mapping(layer.get("languages", {}), f"{where}.languages", _SPOKEN)
    inner = f"{where}.languages.{language}"
    yield inner, _mapping(by_language.get(language, {}), inner, _LAYER)


def _band(raw: object, where: str) -> Band:
    band = _mapping(raw, where, _BAND)
    if missing := sorted(_BAND - band.keys()):
        raise _FaultError("profile-keys-missing", where=where, keys=joined("joined-and-no", missing))
    try:
        return Band(
            _limits(band["green"], f"{where}.green"),
            _limits(band["amber"], f"{where}.amber"),
            _text(band["source"], f"{where}.source"),
        )
    except ValueError as exc:
        raise _FaultError("profile-band-wrong", where=where, cause=str(exc)) from exc


def _target_band(raw: object, where: str) -> TargetBand:
    band = _mapping(raw, where, _TARGET_BAND)
    inner = f"{where}.{_OF_TARGET}"
    low, high = _limits(band[_OF_TARGET], inner)
    if low is None or high is None:
        raise _FaultError("profile-no-limits", where=inner, value=repr(band[_OF_TARGET]))
    try:
        return TargetBand((low, high), _text(band.get("source"), f"{where}.source"))
    except ValueError as exc:
        raise _FaultError("profile-band-wrong", where=where, cause=str(exc)) from exc


def _limits(raw: object, where: str) -> tuple[float | None, float | None]:
    match raw:
        case [low, high]:
            return (
                None if low is None else _number(low, where),
                None if high is None else _number(high, where),
            )
    raise _FaultError("profile-no-limits", where=where, value=repr(raw))


def _sentence(raw: object, where: str) -> Mapping[str, str]:
    texts = _texts(raw, where)
    for text in texts.values():
        rest = text
        for placeholder in PLACEHOLDERS:
            rest = rest.replace(placeholder, "")
        if "{" in rest or "}" in rest:
            facts = {"places": ", ".join(PLACEHOLDERS), "value": repr(text)}
            raise _FaultError("profile-placeholder", where=where, **facts)
    return texts


def _texts(raw: object, where: str) -> Mapping[str, str]:
    texts = _mapping(raw, where, frozenset(languages()))
    return {language: _text(text, f"{where}.{language}") for language, text in texts.items()}


def _text(raw: object, where: str) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise _FaultError("profile-no-text", where=where, value=repr(raw))
    return raw


def _number(raw: object, where: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
        raise _FaultError("profile-no-number", where=where, value=repr(raw))
    if abs(raw) > LARGEST:
        raise _FaultError("profile-number-large", where=where, value=f"{raw:g}", most=f"{LARGEST:g}")
    return float(raw)


def _mapping(raw: object, where: str | Message, keys: frozenset[str] | None = None) -> Mapping[str, object]:
    if not isinstance(raw, dict):
        raise _FaultError("profile-no-keys", where=where, value=repr(raw))
    for key in raw:
        if keys is None and not isinstance(key, str):
            raise _FaultError("profile-key-wrong", where=where, key=repr(key))
        if keys is not None and key not in keys:
            known = ", ".join(sorted(keys))
            raise _FaultError("profile-key-unknown", where=where, key=repr(key), known=known)
    return raw
