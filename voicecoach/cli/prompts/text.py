"""Prompts and coverage as text for a terminal, in Chinese or English."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from voicecoach.report.phrases import printable
from voicecoach.report.wrapping import pad
from voicecoach.words.catalogue import in_language, word
from voicecoach.words.reasons import explain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from voicecoach.model.assessment import Coverage, Evidence
    from voicecoach.model.prompt import CallRule, Condition, Prompt
    from voicecoach.words.catalogue import Ui

KINDS: Final = (
    "intro", "motivation", "scenario", "rules", "knowledge", "tools", "operations", "trait", "career",
    "closing", "caller",
)  # fmt: skip
"""The kinds of prompts."""
_MARKS: Final = {"covered": "✓", "maybe": "?", "not_heard": "·", "broken": "✗"}
"""Before a point, by its state; broken: said, but should not be."""


def listed(prompts: Sequence[Prompt], ui: Ui) -> Iterator[str]:
    """One line a prompt: id, kind, pack, question."""
    width = max((len(prompt.id) for prompt in prompts), default=0)
    pack_width = max((len(prompt.pack) for prompt in prompts), default=0)
    kinds = {kind: word(f"prompts-short-{kind}", ui) for kind in KINDS}
    kind_width = max(map(cell_len, kinds.values()))
    for prompt in prompts:
        kind = pad(kinds[prompt.kind], kind_width)
        text = in_language(prompt.text, ui)
        yield f"{prompt.id:<{width}}  {kind}  {prompt.pack:<{pack_width}}  {text}"


def prompt_text(prompt: Prompt, ui: str) -> str:
    """A prompt with its rubric, several lines."""
    told = partial(_word, ui)
    kind = told(f"kind-{prompt.kind}")
    low, high = prompt.target_s
    lines = [f"{prompt.id}  {in_language(prompt.text, ui)}"]
    lines.append(f"{told('kind')}: {kind}   {told('pack')}: {prompt.pack} ({prompt.version})")
    lines.append(f"{told('target')}: {low:g}-{high:g} s")
    if prompt.order:
        labels = {point.id: in_language(point.label, ui) for point in prompt.points}
        lines.append(f"{told('order')}: {' → '.join(labels[step] for step in prompt.order)}")
    if prompt.tip:
        lines.append(f"{told('tip')}: {in_language(prompt.tip, ui)}")
    lines.append(f"{told('points')}:")
    for point in prompt.points:
        fatal = f"  [{told('fatal')}]" if point.fatal else ""
        lines.append(
            f"  {point.id}  {in_language(point.label, ui)}  {told('weight')} {point.weight:g}{fatal}"
        )
        if point.rule is not None:
            lines.append(f"    {told('rule')}: {_rule(point.rule, ui)}")
        if point.hint:
            lines.append(f"    {told('hint')}: {in_language(point.hint, ui)}")
        for name, phrases in (("cues", point.cues), ("exemplars", point.exemplars)):
            chosen = _chosen(phrases, ui)
            if chosen:
                lines.append(f"    {told(name)}: {' / '.join(chosen)}")
    if prompt.model_answer:
        lines.append(f"{told('answer')}: {in_language(prompt.model_answer, ui)}")
    return "\n".join(map(printable, lines))


def coverage_text(prompt: Prompt, coverage: Coverage, ui: str) -> str:
    """The coverage of an answer, one line a point, then order and language."""
    told = partial(_word, ui)
    labels = {point.id: in_language(point.label, ui) for point in prompt.points}
    lines = [f"{prompt.id}  {in_language(prompt.text, ui)}"]
    for point in coverage.points:
        state = "broken" if point.state == "not_heard" and point.evidence else point.state
        name = told(f"state-{state.replace('_', '-')}")
        lines.append(f"  {_MARKS[state]} {labels[point.id]}  {name}  {point.score:.2f}")
        lines.extend(f"      {_evidence(evidence)}" for evidence in point.evidence)
    lines.extend(
        f"  - {labels[dropped.id]}  {told('dropped')}: {explain(dropped.reason, ui)}"
        for dropped in coverage.not_applicable
    )
    n_covered = sum(point.state == "covered" for point in coverage.points)
    share = (
        f"{coverage.low:.0%}" if coverage.low == coverage.high else f"{coverage.low:.0%}-{coverage.high:.0%}"
    )
    lines.append(f"{told('coverage')}: {share}  ({n_covered}/{len(coverage.points)} {told('points-of')})")
    if coverage.order_ok is not None:
        early = told("early").join(labels[step] for step in coverage.out_of_order)
        lines.append(told("order-ok") if coverage.order_ok else f"{told('order-bad')} {early}".rstrip())
    for hit in coverage.language:
        name = told(f"code-{hit.code}")
        sure = told("sure" if hit.certain else "look")
        lines.append(f"{told('language')}: {name} ({sure})  {hit.quote}")
    return "\n".join(map(printable, lines))


def _rule(rule: CallRule, ui: str) -> str:
    """A rule on one line, in the keys of the file."""
    parts = [f"channel {rule.channel}"]
    parts += [f"first_s {rule.first_s:g}"] if rule.first_s is not None else []
    parts += [f"last_s {rule.last_s:g}"] if rule.last_s is not None else []
    for name, anchor in (("after", rule.after), ("before", rule.before)):
        if anchor is not None:
            said = "" if anchor.said is None else f"{anchor.channel}: {_condition(anchor.said, ui)}"
            parts.append(f"{name} {anchor.point or said}")
    parts += [f"within_s {rule.within_s:g}"] if rule.within_s is not None else []
    any_name = "any" if rule.at_least == 1 else f"at_least {rule.at_least}"
    for name, wanted in ((any_name, rule.any_of), ("all", rule.all_of), ("none", rule.none_of)):
        if wanted:
            parts.append(f"{name} [{', '.join(_condition(condition, ui) for condition in wanted)}]")
    return "; ".join(parts)


def _condition(condition: Condition, ui: str) -> str:
    phrases = [*_chosen(condition.cues, ui), *_chosen(condition.exemplars, ui)]
    pattern = condition.regex.get(ui) or condition.regex.get("zh")
    return " / ".join([*phrases, *([f"/{pattern}/"] if pattern else [])])


def _chosen(phrases: Mapping[str, tuple[str, ...]], ui: str) -> tuple[str, ...]:
    return phrases.get(ui) or phrases.get("zh", ())


def _word(ui: Ui, name: str) -> str:
    return word(f"prompts-{name}", ui)


def _evidence(evidence: Evidence) -> str:
    return f"“{evidence.quote}”  [{evidence.by}]"
