"""The schema of a prompt pack, ``voicecoach.prompts/1`` (documented in ``docs/prompt-schema.md``).

pydantic checks each value; what follows from several values (ids, order, the caller's role) is
checked here after it. Every fault is told with its line, key and remedy; none stops the search
for the others. Importing this module imports pydantic, so only :mod:`.library` does, when needed.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from pydantic import ValidationError

from voicecoach.adapters.packs.faults import fault_of, no_such_point, real_path
from voicecoach.adapters.packs.models import (
    SCHEMA,
    PackModel,
    PointModel,
    PromptModel,
    phrases,
    texts,
)
from voicecoach.adapters.packs.rule_schema import rule_faults, rule_of
from voicecoach.adapters.packs.yaml_lines import Document, Fault, KeyPath, compose
from voicecoach.model.prompt import CallerLine, Prompt, RubricPoint
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DIGEST_CHARS = 12


def parse_pack(text: str, *, name: str) -> tuple[PackModel | None, Document]:
    """Check a pack's text; ``name`` is the file's name without its ending, which ``pack`` must repeat.

    The pack is None exactly when ``Document.faults`` is not empty. Faults are in order of line.
    """
    document = compose(text)
    raw = document.value
    if not document.faults and not isinstance(raw, dict):
        document.faults.append(Fault(1, (), Message("pack-keyless", {"schema": SCHEMA})))
    if not isinstance(raw, dict) or not document.whole:
        return None, document
    pack = None
    known = {fault.path for fault in document.faults}
    try:
        pack = PackModel.model_validate(raw)
    except ValidationError as exc:
        for error in exc.errors(include_url=False, include_context=True):
            path = real_path(error["loc"], raw)
            if path not in known:
                known.add(path)
                document.faults.append(fault_of(error, path, document))
    document.faults.extend(fault for fault in _cross_faults(raw, document, name) if fault.path not in known)
    document.faults.sort(key=lambda fault: fault.line)
    return (None if document.faults else pack), document


def prompts_of(pack: PackModel) -> tuple[Prompt, ...]:
    """The prompts of a checked pack as the program's own values."""
    return tuple(_prompt(model, pack) for model in pack.prompts)


def rubric_version(model: PromptModel, pack_version: str) -> str:
    """Pack version, and 12 hex digits of the SHA-256 of the prompt's canonical JSON.

    Canonical: keys sorted, no spaces, UTF-8, and values that equal the default left out, so that
    neither the layout of the file nor a key added to the schema later changes the version.
    Families judge no answer: they are left out.
    """
    content = model.model_dump(mode="json", exclude_defaults=True, exclude={"families"})
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{pack_version}-{hashlib.sha256(canonical.encode()).hexdigest()[:DIGEST_CHARS]}"


def _prompt(model: PromptModel, pack: PackModel) -> Prompt:
    return Prompt(
        id=model.id,
        pack=pack.pack,
        version=rubric_version(model, pack.version),
        kind=model.kind,
        text=texts(model.text),
        points=tuple(_point(point) for point in model.points),
        target_s=(model.target_s[0], model.target_s[1]),
        profile=model.profile,
        role=_role(model),
        mood=model.mood,
        voice=model.voice,
        order=tuple(model.order or ()),
        fatal_language=tuple(model.fatal_language or ()),
        tip=texts(model.tip),
        model_answer=texts(model.model_answer),
        persona=texts(model.persona),
        lines=tuple(CallerLine(texts(line), line.mood) for line in model.lines or ()),
        families=tuple(model.families or ()),
    )


def _role(model: PromptModel) -> str:
    return model.role or ("caller" if model.kind == "caller" else "interviewer")


def _point(model: PointModel) -> RubricPoint:
    return RubricPoint(
        id=model.id,
        label=texts(model.label),
        weight=model.weight,
        cues=phrases(model.cues),
        exemplars=phrases(model.exemplars),
        counter_exemplars=phrases(model.counter_exemplars),
        polarity=model.polarity,
        form=model.form,
        fatal=model.fatal or model.severity == "fatal",
        hint=texts(model.hint),
        severity=model.severity or ("fatal" if model.fatal else "major"),
        rule=rule_of(model),
    )


# --- what pydantic cannot see: several values at once


def _dicts(raw: Mapping[str, object], key: str) -> Iterator[tuple[int, dict[str, object]]]:
    items = raw.get(key)
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield index, item


def _cross_faults(raw: Mapping[str, object], document: Document, name: str) -> Iterator[Fault]:
    if isinstance(raw.get("pack"), str) and raw["pack"] != name:
        yield _fault(document, ("pack",), "pack-misnamed", pack=repr(raw["pack"]), file=repr(name))
    yield from _twice(raw, ("prompts",), document)
    for index, prompt in _dicts(raw, "prompts"):
        path: KeyPath = ("prompts", index)
        yield from _twice(prompt, (*path, "points"), document)
        target = prompt.get("target_s")
        match target:
            case [int() | float() as low, int() | float() as high] if not low < high:
                yield _fault(document, (*path, "target_s"), "pack-limits-fall", low=f"{low}", high=f"{high}")
        if prompt.get("kind") == "caller" and prompt.get("role") == "interviewer":
            yield _fault(document, (*path, "role"), "pack-role-no-caller")
        yield from _order_faults(prompt, path, document)
        yield from rule_faults(prompt, path, document)


def _order_faults(prompt: Mapping[str, object], path: KeyPath, document: Document) -> Iterator[Fault]:
    points = [point.get("id") for _, point in _dicts(prompt, "points")]
    order = prompt.get("order")
    seen: list[object] = []
    for index, step in enumerate(order if isinstance(order, list) else ()):
        where = (*path, "order", index)
        if step not in points:
            yield Fault(document.line(where), where, no_such_point(step, points))
        elif step in seen:
            yield _fault(document, where, "pack-step-twice", step=repr(step))
        seen.append(step)


def _twice(raw: Mapping[str, object], path: KeyPath, document: Document) -> Iterator[Fault]:
    first: dict[object, int] = {}
    for index, item in _dicts(raw, str(path[-1])):
        where = (*path, index, "id")
        item_id = item.get("id")
        if not isinstance(item_id, str):
            continue
        if item_id in first:
            yield _fault(document, where, "pack-id-taken", id=repr(item_id), line=first[item_id])
        else:
            first[item_id] = document.line(where)


def _fault(document: Document, path: KeyPath, code: str, /, **facts: object) -> Fault:
    return Fault(document.line(path), path, Message(code, facts))
