"""At most three sentences, the one worth most points first, each tied to a moment where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.metrics.table import METRICS
from voicecoach.model.assessment import Advice
from voicecoach.words.catalogue import Message, languages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voicecoach.model.assessment import Coverage, Measurement, Score
    from voicecoach.model.audio import Span
    from voicecoach.model.profile import Profile
    from voicecoach.model.prompt import Prompt

SENTENCES_MOST: Final = 3
WHOLE_FROM: Final = 99.95
"""From here figures are told without decimals: a tenth of a word a minute tells nothing."""


def advise(
    scores: Sequence[Score],
    measurements: Sequence[Measurement],
    coverage: Coverage | None,
    prompt: Prompt | None,
    profile: Profile,
) -> tuple[Advice, ...]:
    """The sentences for what lost most points; a fatal item always comes first."""
    figures = {measurement.name: measurement for measurement in measurements}
    lost = sorted(
        (score for score in scores if score.points < score.out_of or score.is_fatal),
        key=lambda score: (not score.is_fatal, score.points - score.out_of),
    )
    chosen: list[Advice] = []
    for score in lost:
        kind, _, name = score.name.rpartition(":")
        if kind == "fatal":
            advice = _for_fatal(name, score, coverage, prompt, profile)
        elif kind == "rubric":
            advice = _for_point(name, coverage, prompt, profile, fatal=False)
        elif name == "order":
            advice = _for_order(coverage, prompt, profile)
        else:
            advice = _for_measurement(figures[name], profile)
        if advice is not None and all(advice.about != other.about for other in chosen):
            chosen.append(advice)
        if len(chosen) == SENTENCES_MOST:
            break
    return tuple(chosen)


def _for_fatal(
    name: str, score: Score, coverage: Coverage | None, prompt: Prompt | None, profile: Profile
) -> Advice | None:
    hits = () if coverage is None else coverage.language
    hit = next((hit for hit in hits if hit.code == name and hit.stands), None)
    if hit is not None:
        said = Message("advice-language-forbidden", {"said": score.explanation})
        return Advice(f"language:{name}", {ui: said.words(ui) for ui in languages()}, hit.span)
    return _for_point(name, coverage, prompt, profile, fatal=True)


def _for_point(
    name: str, coverage: Coverage | None, prompt: Prompt | None, profile: Profile, *, fatal: bool
) -> Advice | None:
    if coverage is None or prompt is None:
        return None
    point = next(point for point in prompt.points if point.id == name)
    result = next(result for result in coverage.points if result.id == name)
    if result.state == "not_heard" and result.evidence:
        key = "coverage.broken"
    else:
        key = "coverage.fatal" if fatal else f"coverage.{'maybe' if result.state == 'maybe' else 'missing'}"
    template = profile.advice.get(key, {})
    text = {
        language: template.get(language, "{value}").replace("{value}", label)
        + " "
        + point.hint.get(language, "")
        for language, label in point.label.items()
    }
    moment = result.evidence[0].span if result.evidence else _where_due(name, coverage, prompt)
    return Advice(f"rubric:{name}", {language: line.strip() for language, line in text.items()}, moment)


def _where_due(name: str, coverage: Coverage, prompt: Prompt) -> Span | None:
    """The moment after which a missing step should have come: that of the step before it."""
    if name not in prompt.order:
        return None
    moments = {result.id: result.evidence[0].span for result in coverage.points if result.evidence}
    before = prompt.order[: prompt.order.index(name)]
    return next((moments[step] for step in reversed(before) if step in moments), None)


def _for_order(coverage: Coverage | None, prompt: Prompt | None, profile: Profile) -> Advice | None:
    template = profile.advice.get("order.wrong")
    if coverage is None or prompt is None or template is None or not coverage.out_of_order:
        return None
    early = coverage.out_of_order[0]
    labels = {point.id: point.label for point in prompt.points}
    moment = next((r.evidence[0].span for r in coverage.points if r.id == early and r.evidence), None)
    text = {
        language: sentence.replace("{value}", labels[early].get(language, early)).replace(
            "{steps}", " → ".join(labels[step].get(language, step) for step in prompt.order)
        )
        for language, sentence in template.items()
    }
    return Advice("order", text, moment)


def _for_measurement(figure: Measurement, profile: Profile) -> Advice | None:
    band = profile.bands[figure.name]
    if figure.value is None:
        return None
    low, _ = band.green
    side = "low" if low is not None and figure.value < low else "high"
    template = profile.advice.get(f"{figure.name}.{side}")
    if template is None:
        return None
    spec = METRICS.get(figure.name)
    if spec is not None and spec.percent:
        text = _filled(template, f"{figure.value:.{spec.decimals}%}")
    else:
        text = _filled(template, _figure(figure.value))
    unit = {"words/min": "words a minute"}.get(figure.unit, figure.unit)
    goal = "–".join(f"{limit:g}" for limit in band.green if limit is not None)
    moment = max(figure.evidence, key=lambda span: span.duration_s, default=None)
    sentences = {key: line.replace("{unit}", unit).replace("{target}", goal) for key, line in text.items()}
    return Advice(figure.name, sentences, moment)


def _figure(value: float) -> str:
    """Whole from 100 up, else three digits and at most two decimals: never an exponent."""
    return f"{value:.0f}" if abs(value) >= WHOLE_FROM else f"{round(value, 2):.3g}"


def _filled(template: Mapping[str, str], value: str) -> dict[str, str]:
    return {language: sentence.replace("{value}", value) for language, sentence in template.items()}
