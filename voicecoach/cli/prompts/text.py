"""Prompts and coverage as text for a terminal, in Chinese or English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach.words.reasons import explain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.model.assessment import Coverage, Evidence
    from voicecoach.model.prompt import CallRule, Condition, Prompt

KINDS = {
    "intro": ("自我", "introduction"),
    "motivation": ("动机", "motivation"),
    "scenario": ("情景", "scenario"),
    "rules": ("规则", "rules"),
    "knowledge": ("知识", "knowledge"),
    "tools": ("工具", "tools"),
    "operations": ("运营", "operations"),
    "trait": ("特质", "trait"),
    "career": ("职业", "career"),
    "closing": ("收尾", "closing"),
    "caller": ("来电", "caller"),
}
"""Names of the kinds; the Chinese ones are of one width."""
CODES = {
    "rude": ("不礼貌", "rude"),
    "shirk": ("推诿", "passing the buck"),
    "overpromise": ("违规承诺", "promise against the rules"),
    "leak": ("泄露信息", "leaking data"),
    "ni": ("用“你”不用“您”", "informal 你"),
}
_STATES = {
    "covered": ("✓", "讲到了", "covered"),
    "maybe": ("?", "可能讲到", "maybe"),
    "not_heard": ("·", "没有听到", "not heard"),
}
_BROKEN = ("✗", "说了不该说的", "said, but should not be")
_ZH = {
    "rule": "规则",
    "dropped": "不评",
    "kind": "类型",
    "target": "建议时长",
    "order": "步骤顺序",
    "tip": "提示",
    "points": "要点",
    "answer": "范例回答",
    "weight": "权重",
    "hint": "建议",
    "cues": "关键说法",
    "exemplars": "例句",
    "coverage": "覆盖",
    "points_of": "个要点",
    "order_ok": "顺序合适",
    "order_bad": "顺序：讲得太早",
    "language": "用语",
    "sure": "确定",
    "look": "请留意",
    "early": "、",
    "fatal": "必讲",
    "pack": "题库",
}
_EN = {
    "rule": "rule",
    "dropped": "drops out",
    "kind": "kind",
    "target": "length",
    "order": "order of steps",
    "tip": "tip",
    "points": "points",
    "answer": "model answer",
    "weight": "weight",
    "hint": "hint",
    "cues": "cues",
    "exemplars": "exemplars",
    "coverage": "coverage",
    "points_of": "points",
    "order_ok": "steps in order",
    "order_bad": "order: too early",
    "language": "language",
    "sure": "sure",
    "look": "have a look",
    "early": ", ",
    "fatal": "must",
    "pack": "pack",
}


def prompt_text(prompt: Prompt, ui: str) -> str:
    """A prompt with its rubric, several lines."""
    words = _words(ui)
    kind = KINDS[prompt.kind][0 if ui == "zh" else 1]
    low, high = prompt.target_s
    lines = [f"{prompt.id}  {_local(prompt.text, ui)}"]
    lines.append(f"{words['kind']}: {kind}   {words['pack']}: {prompt.pack} ({prompt.version})")
    lines.append(f"{words['target']}: {low:g}-{high:g} s")
    if prompt.order:
        labels = {point.id: _local(point.label, ui) for point in prompt.points}
        lines.append(f"{words['order']}: {' → '.join(labels[step] for step in prompt.order)}")
    if prompt.tip:
        lines.append(f"{words['tip']}: {_local(prompt.tip, ui)}")
    lines.append(f"{words['points']}:")
    for point in prompt.points:
        fatal = f"  [{words['fatal']}]" if point.fatal else ""
        lines.append(f"  {point.id}  {_local(point.label, ui)}  {words['weight']} {point.weight:g}{fatal}")
        if point.rule is not None:
            lines.append(f"    {words['rule']}: {_rule(point.rule, ui)}")
        if point.hint:
            lines.append(f"    {words['hint']}: {_local(point.hint, ui)}")
        for name, phrases in (("cues", point.cues), ("exemplars", point.exemplars)):
            chosen = _chosen(phrases, ui)
            if chosen:
                lines.append(f"    {words[name]}: {' / '.join(chosen)}")
    if prompt.model_answer:
        lines.append(f"{words['answer']}: {_local(prompt.model_answer, ui)}")
    return "\n".join(lines)


def coverage_text(prompt: Prompt, coverage: Coverage, ui: str) -> str:
    """The coverage of an answer, one line a point, then order and language."""
    words = _words(ui)
    labels = {point.id: _local(point.label, ui) for point in prompt.points}
    lines = [f"{prompt.id}  {_local(prompt.text, ui)}"]
    for point in coverage.points:
        broken = point.state == "not_heard" and bool(point.evidence)
        mark, zh, en = _BROKEN if broken else _STATES[point.state]
        lines.append(f"  {mark} {labels[point.id]}  {zh if ui == 'zh' else en}  {point.score:.2f}")
        lines.extend(f"      {_evidence(evidence)}" for evidence in point.evidence)
    lines.extend(
        f"  - {labels[one.id]}  {words['dropped']}: {explain(one.reason, ui)}"
        for one in coverage.not_applicable
    )
    n_covered = sum(point.state == "covered" for point in coverage.points)
    share = (
        f"{coverage.low:.0%}" if coverage.low == coverage.high else f"{coverage.low:.0%}-{coverage.high:.0%}"
    )
    lines.append(f"{words['coverage']}: {share}  ({n_covered}/{len(coverage.points)} {words['points_of']})")
    if coverage.order_ok is not None:
        early = words["early"].join(labels[step] for step in coverage.out_of_order)
        lines.append(words["order_ok"] if coverage.order_ok else f"{words['order_bad']} {early}".rstrip())
    for hit in coverage.language:
        name = CODES[hit.code][0 if ui == "zh" else 1]
        sure = words["sure" if hit.certain else "look"]
        lines.append(f"{words['language']}: {name} ({sure})  {hit.quote}")
    return "\n".join(lines)


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
            parts.append(f"{name} [{', '.join(_condition(one, ui) for one in wanted)}]")
    return "; ".join(parts)


def _condition(condition: Condition, ui: str) -> str:
    phrases = [*_chosen(condition.cues, ui), *_chosen(condition.exemplars, ui)]
    pattern = condition.regex.get(ui) or condition.regex.get("zh")
    return " / ".join([*phrases, *([f"/{pattern}/"] if pattern else [])])


def _chosen(phrases: Mapping[str, tuple[str, ...]], ui: str) -> tuple[str, ...]:
    return phrases.get(ui) or phrases.get("zh", ())


def _words(ui: str) -> Mapping[str, str]:
    return _ZH if ui == "zh" else _EN


def _local(text: Mapping[str, str], ui: str) -> str:
    return text.get(ui) or text["zh"]


def _evidence(evidence: Evidence) -> str:
    return f"“{evidence.quote}”  [{evidence.by}]"
