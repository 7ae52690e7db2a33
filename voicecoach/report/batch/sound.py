"""Where the sound of one recording of a batch comes from: its own file, or a copy in the page.

A copy is made where it was asked for, where something in the sound has to be silent, and where not every
browser plays what the file holds. Of a call the copy holds both sides.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, unquote_to_bytes

import numpy as np

from voicecoach.app.masking.mask import silenced
from voicecoach.app.score.streams import judged_sound, sides_of
from voicecoach.audio.playing import plays_everywhere
from voicecoach.errors import InputError
from voicecoach.model.audio import Waveform
from voicecoach.report.page_sound import encode_mp3
from voicecoach.report.phrases import printable
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from voicecoach.model.audio import Span
    from voicecoach.model.result import BatchFacts
    from voicecoach.words.catalogue import Ui

SoundChoice = Literal["link", "embed", "none"]


@dataclass(frozen=True)
class SoundSource:
    """The sound of a batch: ``recordings`` and ``silences`` by the key of a result.

    ``out`` is the folder of the report, from which files are referred to.
    """

    choice: SoundChoice
    out: Path
    recordings: Mapping[str, Path]
    silences: Mapping[str, Sequence[Span]] = field(default_factory=dict)

    def of(
        self, batch: BatchFacts, ui: Ui, *, streams: Sequence[int] = (), has_gaps: bool = False
    ) -> dict[str, str]:
        """``href``, or ``mp3`` (base64), or neither, with a ``note`` where there is something to say.

        ``streams``: those of the recording that were judged, as in an assessment. ``has_gaps``: the file has
        no sound for some time, which players close up: then it is copied.
        """
        path = self.recordings.get(batch.key or "")
        if self.choice == "none" or path is None:
            return {"note": word("report-no-sound", ui)}
        silences = self.silences.get(batch.key or "", ())
        if self.choice == "link" and not silences and not has_gaps and _plays(path):
            return {"href": reference(path, self.out)}
        try:
            waveform = silenced(_waveform(path, batch, streams), silences)
        except InputError as exc:
            return {"note": word("batch-sound-copy-failed", ui, what=printable(exc.words(ui)))}
        copy = {"mp3": base64.b64encode(encode_mp3(waveform)).decode()}
        return copy | ({"note": word("batch-sound-masked", ui)} if silences else {})


def reference(path: Path, folder: Path) -> str:
    """The address of a file for a page in ``folder``: relative, or absolute where no relative one is."""
    try:
        relative = os.path.relpath(path.absolute(), folder.absolute())
    except ValueError:  # another drive
        return path.absolute().as_uri()
    return quote(os.fsencode(relative.replace(os.sep, "/")), safe="/")


def _plays(path: Path) -> bool:
    """Whether the page may refer to the file: browsers play it, or it is gone, which the page will say."""
    try:
        return plays_everywhere(path)
    except InputError:
        return not path.exists()


def moved(href: str, folder: Path, other: Path) -> str:
    """An address of :func:`reference` for a page in ``folder``, as a page in ``other`` writes it."""
    if href.startswith("file:"):
        return href
    return reference(folder / os.fsdecode(unquote_to_bytes(href)), other)


def _waveform(path: Path, batch: BatchFacts, streams: Sequence[int]) -> Waveform:
    """What was judged; of a call both sides at once. Raises InputError."""
    if batch.agent_channel is None:
        return judged_sound(path, streams, channel=batch.channel).waveform
    sides = [recording.waveform for recording in sides_of(path, streams)]
    mixed = np.stack([side.samples for side in sides]).mean(axis=0)
    return Waveform(mixed.astype(np.float32), sides[0].rate_hz)
