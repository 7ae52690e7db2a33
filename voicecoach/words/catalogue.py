"""Code to words: the messages of the Fluent files beside this module.

A code names one message (``error-prompt-unknown``); its facts stand in the text as ``{ $name }``. A remedy
is the message's attribute ``.hint``. Facts are given as text or as whole numbers (which choose plurals);
anything else is turned into text first, so that no figure is rounded on its way. A :class:`Message`, or an
error of ours, may itself be a fact: it is worded in the language of the message around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, reduce
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, Literal, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fluent.runtime import FluentBundle
    from fluent.syntax.ast import Message as Entry
    from fluent.syntax.ast import Resource

Ui = str
"""A reader's language: the name of a file beside this module, without its ending."""

DEFAULT_UI: Final[Ui] = "zh"
FALLBACK_UI: Final[Ui] = "en"
"""What errors are worded in where no reader is known: logs, ``str(exc)``."""

_FOLDER: Final = resources.files("voicecoach.words")
_PARAMETER: Final = re.compile(r"\$([A-Za-z][\w-]*)")
_ENDING: Final = ".ftl"


@dataclass(frozen=True, slots=True)
class Message:
    """Words yet to be put: a code with its facts.

    ``part`` "hint": the words are those of the remedy, which can so be a fact of another message.
    """

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    part: Literal["", "hint"] = ""

    def words(self, ui: Ui) -> str:
        """The text in the language ``ui``. Raises as :func:`word`."""
        return self.hint(ui) if self.part == "hint" else word(self.code, ui, **self.facts)

    def hint(self, ui: Ui) -> str:
        """The remedy in the language ``ui``, empty when there is none. Raises as :func:`word`."""
        return hint(self.code, ui, **self.facts)

    def plain(self) -> dict[str, Any]:
        """The message as JSON and other processes can hold it; :meth:`of_plain` reads it again."""
        return {
            "code": self.code,
            "facts": {name: _plain(value) for name, value in self.facts.items()},
            "part": self.part,
        }

    @classmethod
    def of_plain(cls, kept: Mapping[str, Any]) -> Self:
        """The message that :meth:`plain` gave. Raises KeyError when that is not what it is."""
        facts = kept["facts"].items()
        return cls(
            kept["code"],
            {name: cls.of_plain(value) if isinstance(value, dict) else value for name, value in facts},
            kept["part"],
        )


def _plain(fact: object) -> object:
    fact = getattr(fact, "told", fact)  # an error as the message that it tells
    if isinstance(fact, Message):
        return fact.plain()
    return fact if isinstance(fact, int) else str(fact)


@cache
def languages() -> tuple[Ui, ...]:
    """The languages there are, the default first."""
    names = sorted(
        file.name.removesuffix(_ENDING) for file in _FOLDER.iterdir() if file.name.endswith(_ENDING)
    )
    return tuple(sorted(names, key=lambda name: name != DEFAULT_UI))


def word(code: str, ui: Ui, /, **facts: object) -> str:
    """The words of ``code`` in the language ``ui``.

    Raises KeyError for a code or language that there is not, ValueError when a fact is missing: both are
    faults of the program, not of its user.
    """
    message = _bundle(ui).get_message(code)
    if message.value is None:
        raise KeyError(code)
    return _formatted(code, ui, message.value, facts)


def hint(code: str, ui: Ui, /, **facts: object) -> str:
    """The remedy of ``code`` in the language ``ui``, empty when it has none. Raises as :func:`word`."""
    pattern = _bundle(ui).get_message(code).attributes.get("hint")
    return "" if pattern is None else _formatted(code, ui, pattern, facts)


def template(code: str, ui: Ui) -> str:
    """The words of ``code`` with every fact left as ``{name}``, for a script that puts them in.

    Raises KeyError as :func:`word`.
    """
    from fluent.syntax.serializer import FluentSerializer

    text = FluentSerializer().serialize_entry(_entries(ui)[code])
    return word(code, ui, **{name: f"{{{name}}}" for name in parameters(text)})


def has(code: str) -> bool:
    """Whether there are words for ``code``: codes of other versions and of trainers' packs may have none."""
    return _bundle(DEFAULT_UI).has_message(code)


def source(ui: Ui) -> str:
    """The Fluent file of that language, as text. Raises KeyError when there is none."""
    if ui not in languages():
        raise KeyError(ui)
    return (_FOLDER / f"{ui}{_ENDING}").read_text("utf-8")


def parameters(text: str) -> frozenset[str]:
    """Names of the facts that a piece of Fluent text takes."""
    return frozenset(_PARAMETER.findall(text))


def joined(code: str, parts: Sequence[Message | str]) -> Message | str:
    """All ``parts`` (at least one) in one; ``code`` puts a ``$first`` and a ``$second`` together."""
    return reduce(lambda first, second: Message(code, {"first": first, "second": second}), parts)


@cache
def _bundle(ui: Ui) -> FluentBundle:
    from fluent.runtime import FluentBundle

    bundle = FluentBundle([ui], use_isolating=False)
    bundle.add_resource(_resource(ui))
    return bundle


@cache
def _resource(ui: Ui) -> Resource:
    from fluent.runtime import FluentResource

    return FluentResource(source(ui))


@cache
def _entries(ui: Ui) -> Mapping[str, Entry]:
    from fluent.syntax.ast import Message as Entry

    return {entry.id.name: entry for entry in _resource(ui).body if isinstance(entry, Entry)}


def _formatted(code: str, ui: Ui, pattern: Any, facts: Mapping[str, object]) -> str:  # noqa: ANN401 - untyped there
    given = {name: _fact(value, ui) for name, value in facts.items()}
    text, faults = _bundle(ui).format_pattern(pattern, given)
    if faults:
        raise ValueError(f"{code} in {ui}: {'; '.join(map(str, faults))}")
    return str(text)


def _fact(value: object, ui: Ui) -> object:
    """Whole numbers stay numbers, for plurals, shown by digits alone; messages and errors are worded."""
    from fluent.runtime.types import fluent_number

    from voicecoach.words.facts import Text

    words = getattr(value, "words", None)
    if callable(words):
        return Text(words(ui))
    if isinstance(value, int) and not isinstance(value, bool):
        return fluent_number(value, useGrouping=False)
    return Text(value)
