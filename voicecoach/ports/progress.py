"""Whom a long piece of work tells how far it is: a terminal, a page.

All that is said is a :class:`~voicecoach.words.catalogue.Message`: the face words it for its reader, and a
page can read its facts. A practice, which also asks and listens, has a face of its own, in
``app.practise.face``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from voicecoach.words.catalogue import Message


class Progress(Protocol):
    """Shows how far a long piece of work is."""

    def stage(self, n_parts: int | None, what: Message | None = None) -> None:
        """A stage of so many parts begins (None: nobody knows how many); it ends when the next one begins."""
        ...

    def done(self, n_done: int, what: Message) -> None:
        """So many parts of the stage are done; ``what`` says more about it."""
        ...

    def note(self, what: Message) -> None:
        """Say something beside the progress."""
        ...
