"""YAML into plain values, with the line of every key, so that a fault can be shown where it stands.

The nodes are composed by libyaml and walked here: PyYAML's own constructor forgets the lines and
takes the last of two equal keys without a word. A prompt file needs only mappings, lists and
scalars; anchors, aliases, merge keys and tags are refused, which also rules out documents that
grow without end.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from voicecoach.words.catalogue import Message

KeyPath = tuple[str | int, ...]

MAX_DEPTH = 20
"""Nesting allowed, in levels (ours; a prompt file needs 7)."""
_STANDARD = "tag:yaml.org,2002:"
_TAGS = {f"{_STANDARD}{name}" for name in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp")}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one key: ``line`` from 1, ``path`` of keys and list indices, what and its remedy."""

    line: int
    path: KeyPath
    told: Message


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document as plain values; ``lines`` has the line (from 1) of every key and list item."""

    value: object
    lines: dict[KeyPath, int]
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: KeyPath) -> int:
        """The line of ``path``, or of the nearest enclosing key that the file has."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def compose(text: str) -> Document:
    """Read one YAML document. Never raises on bad YAML: what is wrong stands in ``faults``."""
    loader = safe_loader()(text)
    try:
        node = loader.get_single_node()
        document = Document(None, {})
        if node is None:
            document.faults.append(Fault(1, (), Message("pack-empty")))
            return document
        walk = _Walk(loader, document, set())
        return Document(walk.value(node, ()), document.lines, document.faults)
    except yaml.MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        line = mark.line + 1 if mark else 1
        told = Message("pack-no-yaml", {"cause": exc.problem or exc.context})
        return Document(None, {}, [Fault(line, (), told)])
    except yaml.YAMLError as exc:
        return Document(None, {}, [Fault(1, (), Message("pack-no-yaml-text", {"cause": str(exc)}))])
    finally:
        loader.dispose()


def safe_loader() -> type[yaml.SafeLoader | yaml.CSafeLoader]:
    """The parser of libyaml where PyYAML was built with it (10 x faster), else the same in Python."""
    return yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


@dataclass(slots=True)
class _Walk:
    loader: yaml.SafeLoader | yaml.CSafeLoader
    document: Document
    seen: set[int]

    def value(self, node: yaml.Node, path: KeyPath) -> object:
        line = node.start_mark.line + 1
        self.document.lines.setdefault(path, line)
        if node.tag not in _TAGS:
            self._fault(line, path, "pack-tag", tag=node.tag.removeprefix(_STANDARD))
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path, line)
        if id(node) in self.seen:
            self._fault(line, path, "pack-alias")
            return None
        self.seen.add(id(node))
        if len(path) > MAX_DEPTH:
            self._fault(line, path, "pack-deep", most=MAX_DEPTH)
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _scalar(self, node: yaml.ScalarNode, path: KeyPath, line: int) -> object:
        if node.tag == f"{_STANDARD}str":
            return node.value
        if node.tag == f"{_STANDARD}null":
            self._fault(line, path, "pack-no-value")
            return None
        try:
            return self.loader.construct_object(node)
        except ValueError:  # 2024-02-31 looks like a date to YAML
            return node.value

    def _mapping(self, node: yaml.Node, path: KeyPath) -> dict[str, object]:
        mapping: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._fault(line, path, "pack-key-no-word")
                continue
            key = key_node.value
            if key in mapping:
                self._fault(line, (*path, key), "pack-key-twice", line=self.document.lines[(*path, key)])
                continue
            self.document.lines[(*path, key)] = line
            mapping[key] = self.value(value_node, (*path, key))
        return mapping

    def _fault(self, at_line: int, path: KeyPath, code: str, /, **facts: object) -> None:
        self.document.faults.append(Fault(at_line, path, Message(code, facts)))
