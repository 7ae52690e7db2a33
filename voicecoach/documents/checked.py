"""How every document is read: its schema first, then each value by its type, and a fault told with its place.

The shapes are small dataclasses that pydantic checks and writes (it checks the prompt packs already; its core
is compiled, so a thousand documents take no longer than before). Keys that a shape does not have are passed
over: a later version may add some. pydantic is imported when the first document is read or written.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from voicecoach.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from pydantic import TypeAdapter

Shape = TypeVar("Shape")
Value = TypeVar("Value")

Json = dict[str, Any]
"""A document as ``json`` reads and writes it."""
LONGEST_SHOWN: Final = 60
"""Characters of a wrong value that are shown."""


def checked(document: object, shape: type[Shape], *, schema: str) -> Shape:
    """The document as a value of ``shape``. Raises StoreError: another schema, or not as that has it."""
    from pydantic import ValidationError

    named = document.get("schema") if isinstance(document, dict) else type(document).__name__
    if named != schema or not isinstance(document, dict):
        raise StoreError("document-schema", schema=schema, got=repr(named))
    try:
        return cast("Shape", _adapter(cast("Hashable", shape)).validate_python(document))
    except ValidationError as exc:
        first = exc.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        if first["type"] == "missing":
            raise StoreError("document-lacks", schema=schema, where=where) from exc
        got = repr(first["input"])
        shown = got if len(got) <= LONGEST_SHOWN else got[:LONGEST_SHOWN] + "…"
        raise StoreError("document-part", schema=schema, where=where, what=first["msg"], got=shown) from exc


def built(make: Callable[[], Value], *, schema: str) -> Value:
    """What ``make`` makes of a checked document. Raises StoreError when its parts do not fit together."""
    try:
        return make()
    except ValueError as exc:
        raise StoreError("document-whole", schema=schema, what=str(exc)) from exc


def written(value: object) -> Json:
    """A shape as ``json`` writes it, keys in the order of its fields."""
    return cast("Json", _adapter(cast("Hashable", type(value))).dump_python(value, mode="json"))


@cache
def _adapter(shape: Hashable) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(cast("type[Any]", shape))
