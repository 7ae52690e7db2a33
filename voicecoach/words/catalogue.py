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
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final, Literal, Self

from voicecoach.words.visible import is_whole, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fluent.runtime import FluentBundle
    from fluent.syntax.ast import Message as Entry

Ui = str
"""A reader's language: the name of a file beside this module, without its ending."""

DEFAULT_UI: Final[Ui] = "zh"
FALLBACK_UI: Final[Ui] = "en"
"""What errors are worded in where no reader is known: logs, ``str(exc)``."""

_FOLDER: Final = Path(__file__).parent
_PARAMETER: Final = re.compile(r"\$([A-Za-z][\w-]*)")
_ENTRY: Final = re.compile(r"(-?[A-Za-z][\w-]*)[ \t]*=")
"""The first line of a message or a term."""
_REFERENCE: Final = re.compile(r"\{\s*([A-Za-z][\w-]*)(?:\.\w+)?\s*\}")
"""Another message inside a text."""
_TERM: Final = "-"
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
    return fact if isinstance(fact, int) else fact_text(fact)


def fact_text(fact: object) -> str:
    """A fact that is no message as text; a path, or what holds stray bytes of one, so that it can be read."""
    text = str(fact)
    return shown(text) if isinstance(fact, PurePath) or not is_whole(text) else text


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
    message = _message(code, ui)
    if message.value is None:
        raise KeyError(code)
    return _formatted(code, ui, message.value, facts)


def hint(code: str, ui: Ui, /, **facts: object) -> str:
    """The remedy of ``code`` in the language ``ui``, empty when it has none. Raises as :func:`word`."""
    pattern = _message(code, ui).attributes.get("hint")
    return "" if pattern is None else _formatted(code, ui, pattern, facts)


def in_language(texts: Mapping[Ui, str], ui: Ui, otherwise: str = "") -> str:
    """One of the texts that a pack or a document holds: in the language ``ui``, else English, else any."""
    return texts.get(ui) or texts.get(FALLBACK_UI) or next(filter(None, texts.values()), otherwise)


def template(code: str, ui: Ui) -> str:
    """The words of ``code`` with every fact left as ``{name}``, for a script that puts them in.

    Raises KeyError as :func:`word`.
    """
    from fluent.syntax.serializer import FluentSerializer

    text = FluentSerializer().serialize_entry(_entry(code, ui))
    return word(code, ui, **{name: f"{{{name}}}" for name in parameters(text)})


def has(code: str) -> bool:
    """Whether there are words for ``code``: codes of other versions and of trainers' packs may have none."""
    return code in _texts(DEFAULT_UI) and not code.startswith(_TERM)


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
def _texts(ui: Ui) -> Mapping[str, str]:
    """Code -> the lines of its message: what is said in a run is a small part of all, and parsing is slow."""
    texts: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in source(ui).splitlines(keepends=True):
        begun = _ENTRY.match(line)
        if begun is not None:
            lines = texts.setdefault(begun[1], [])
        elif not line.startswith((" ", "\n", "}")):
            lines = []  # a comment belongs to no message
        lines.append(line)
    return {code: "".join(text) for code, text in texts.items()}


@cache
def _bundle(ui: Ui) -> FluentBundle:
    """Messages are added as they are asked for; terms (``-name``), which any may use, are there at once."""
    from fluent.runtime import FluentBundle, FluentResource

    bundle = FluentBundle([ui], use_isolating=False)
    terms = (text for code, text in _texts(ui).items() if code.startswith(_TERM))
    bundle.add_resource(FluentResource("".join(terms)))
    return bundle


@cache
def _entry(code: str, ui: Ui) -> Entry:
    """The message of that code, parsed. Raises KeyError when there is none, or it cannot be read."""
    from fluent.runtime import FluentResource
    from fluent.syntax.ast import Message as Entry

    resource = FluentResource(_texts(ui)[code])
    entry = resource.body[0]
    if not isinstance(entry, Entry):
        raise KeyError(code)
    _bundle(ui).add_resource(resource)
    for other in _REFERENCE.findall(_texts(ui)[code]):
        _entry(other, ui)
    return entry


def _message(code: str, ui: Ui) -> Any:  # noqa: ANN401 - untyped there
    _entry(code, ui)
    return _bundle(ui).get_message(code)


def _formatted(code: str, ui: Ui, pattern: Any, facts: Mapping[str, object]) -> str:  # noqa: ANN401 - untyped there
    given = {name: _fact(value, ui) for name, value in facts.items()}
    text, faults = _bundle(ui).format_pattern(pattern, given)
    if faults:
        raise ValueError(f"{code} in {ui}: {'; '.join(map(str, faults))}")
    return str(text)


def _fact(value: object, ui: Ui) -> object:
    """Whole numbers stay numbers, for plurals, shown by digits alone; messages and errors are worded."""
    from fluent.runtime.types import fluent_number

    from voicecoach.words.causes import of_system
    from voicecoach.words.facts import Text

    words = getattr(value, "words", None)
    if callable(words):
        return Text(words(ui))
    if isinstance(value, int) and not isinstance(value, bool):
        return fluent_number(value, useGrouping=False)
    if isinstance(value, str) and value in of_system():  # the whole fact, so no part of a name
        return Text(word(of_system()[value], ui))
    return Text(fact_text(value))
