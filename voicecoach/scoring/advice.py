"""At most three sentences, the one worth most points first, each tied to a moment where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.model.assessment import Advice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voicecoach.model.assessment import Coverage, Measurement, Score
    from voicecoach.model.audio import Span
    from voicecoach.model.profile import Profile
    from voicecoach.model.prompt import Prompt

SENTENCES_MOST: Final = 3
PERCENT_NAMES: Final = frozenset({"phonation_time_ratio", "mid_clause_pause_share"})


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
        (score for score in scores if score.points < score.out_of or score.name.startswith("fatal:")),
        key=lambda score: (not score.name.startswith("fatal:"), score.points - score.out_of),
    )
    found: list[Advice] = []
    for score in lost:
        kind, _, name = score.name.rpartition(":")
        if kind == "fatal":
            advice = _for_fatal(name, score, coverage, prompt)
        elif kind == "rubric":
            advice = _for_point(name, coverage, prompt, profile)
        elif name == "order":
            advice = _for_order(coverage, prompt, profile)
        else:
            advice = _for_measurement(figures[name], profile)
        if advice is not None and all(advice.about != other.about for other in found):
            found.append(advice)
        if len(found) == SENTENCES_MOST:
            break
    return tuple(found)


def _for_fatal(name: str, score: Score, coverage: Coverage | None, prompt: Prompt | None) -> Advice | None:
    hits = () if coverage is None else coverage.language
    hit = next((hit for hit in hits if hit.code == name and hit.certain), None)
    if hit is not None:
        return Advice(
            f"language:{name}",
            {
                "zh": f"“{score.explanation}”这样的话不能对顾客说，说了整题不得分：换成“我来帮您处理”。",
                "en": f"“{score.explanation}” must never be said to a customer; it costs the whole answer. "
                "Say what you can do instead.",
            },
            hit.span,
        )
    point = next((point for point in prompt.points if point.id == name), None) if prompt else None
    return None if point is None else Advice(f"rubric:{name}", _filled(point.hint or point.label, ""))


def _for_point(
    name: str, coverage: Coverage | None, prompt: Prompt | None, profile: Profile
) -> Advice | None:
    if coverage is None or prompt is None:
        return None
    point = next(point for point in prompt.points if point.id == name)
    result = next(result for result in coverage.points if result.id == name)
    missing = profile.advice.get("coverage.missing", {})
    text = {
        language: missing.get(language, "{value}").replace("{value}", label)
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
    before = prompt.order[: prompt.order.index(name)]
    spans = [result.evidence[0].span for result in coverage.points if result.id in before and result.evidence]
    return spans[-1] if spans else None


def _for_order(coverage: Coverage | None, prompt: Prompt | None, profile: Profile) -> Advice | None:
    template = profile.advice.get("order.wrong")
    if coverage is None or prompt is None or template is None or not coverage.out_of_order:
        return None
    early = coverage.out_of_order[0]
    label = next(point.label for point in prompt.points if point.id == early)
    moment = next((r.evidence[0].span for r in coverage.points if r.id == early and r.evidence), None)
    text = {
        language: sentence.replace("{value}", label.get(language, early))
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
    value = f"{figure.value:.0%}" if figure.name in PERCENT_NAMES else f"{figure.value:.3g}"
    text = _filled(template, value)
    unit = {"words/min": "words a minute"}.get(figure.unit, figure.unit)
    moment = max(figure.evidence, key=lambda span: span.duration_s, default=None)
    return Advice(figure.name, {key: line.replace("{unit}", unit) for key, line in text.items()}, moment)


def _filled(template: Mapping[str, str], value: str) -> dict[str, str]:
    return {language: sentence.replace("{value}", value) for language, sentence in template.items()}
