"""How every document is read: its schema first, then each value by its type, and a fault told with its place.

The shapes are small dataclasses that msgspec checks and writes: an assessment is read in half a millisecond,
and loading the library is not felt, where pydantic takes a tenth of a second before the first document. Keys
that a shape does not have are passed over: a later version may add some.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from voicecoach.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

Shape = TypeVar("Shape")
Value = TypeVar("Value")

Json = dict[str, Any]
"""A document as ``json`` reads and writes it."""
LONGEST_SHOWN: Final = 60
"""Characters of a wrong schema that are shown."""


def parsed(text: str | bytes, **options: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """What ``json.loads`` reads. Raises ValueError alone: also for lists in lists without end."""
    try:
        return json.loads(text, **options)
    except RecursionError as exc:
        raise ValueError(str(exc)) from exc


def checked(document: object, shape: type[Shape], *, schema: str, former: Collection[str] = ()) -> Shape:
    """The document as a value of ``shape``; ``former`` are older schemas that it fits as well.

    Raises StoreError: another schema, or not as that has it.
    """
    from msgspec import ValidationError, convert

    if not isinstance(document, dict) or document.get("schema") not in (schema, *former):
        got = repr(document.get("schema")) if isinstance(document, dict) else type(document).__name__
        raise StoreError("document-schema", schema=schema, got=got[:LONGEST_SHOWN])
    try:
        return convert(document, shape)
    except ValidationError as exc:
        raise StoreError("document-part", schema=schema, what=str(exc)) from exc


def built(make: Callable[[], Value], *, schema: str) -> Value:
    """What ``make`` makes of a checked document. Raises StoreError when its parts do not fit together."""
    try:
        return make()
    except (ValueError, TypeError) as exc:
        raise StoreError("document-part", schema=schema, what=str(exc)) from exc


def written(shape: object) -> Json:
    """A shape as ``json`` writes it, keys in the order of its fields."""
    from msgspec import to_builtins

    return cast("Json", to_builtins(shape))
