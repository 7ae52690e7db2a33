"""What stands in a message: text of any length.

``fluent.runtime`` refuses a fact of more than 2500 characters, to be safe from translations that expand
without end. Ours come with the program, while a fact may be a long path or everything that was said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent.runtime.types import FluentType

if TYPE_CHECKING:
    from babel import Locale


class Text(str, FluentType):
    """A fact that is shown as it is."""

    __slots__ = ()

    def format(self, locale: Locale) -> str:  # type: ignore[override]
        """Itself, whatever the language, and still of this type: the library asks twice."""
        del locale
        return self
