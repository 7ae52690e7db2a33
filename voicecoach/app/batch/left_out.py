"""What of the folders of a batch was left out, in words: so many files, by their endings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.words.catalogue import Message, joined

if TYPE_CHECKING:
    from collections.abc import Mapping

ENDINGS_TOLD: Final = 8
"""So many endings are named, the most frequent first."""
_NAMELESS: Final = {"": "batch-left-out-nameless", "/": "batch-left-out-links"}
"""What is no ending but stands among them."""


def told_left_out(left_out: Mapping[str, int]) -> tuple[Message, ...]:
    """One sentence; none when nothing was left out. ``left_out`` counts by ending, as in a ``Scan``."""
    counts = sorted(left_out.items(), key=lambda kind: (-kind[1], kind[0]))
    if not counts:
        return ()
    kinds = [
        Message(_NAMELESS.get(ending, "batch-left-out-ending"), {"n": n, "ending": ending})
        for ending, n in counts[:ENDINGS_TOLD]
    ]
    listed = joined("batch-listed", kinds)
    if len(counts) > ENDINGS_TOLD:
        listed = Message("batch-listed-more", {"listed": listed})
    return (Message("batch-left-out", {"n": sum(left_out.values()), "endings": listed}),)
