"""The sentences that the user taught: ``prompts/learned.json`` in the data folder, beside his own packs.

They are what somebody said: folder 0700, file 0600.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from voicecoach.adapters.folders import DATA_VARIABLE, cause_of, data_path, made, replacing, vectors_folder
from voicecoach.documents.checked import parsed
from voicecoach.documents.learned import decode_learned, encode_learned
from voicecoach.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from voicecoach.model.learned import LearnedSentence

FOLDER: Final = "prompts"
FILE: Final = "learned.json"


class LearnedSentences:
    """The sentences of a folder; None: of ``prompts`` in the user's data folder.

    Looking for them does not make the folder.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._given = folder

    @property
    def path(self) -> Path:
        """Where they are kept."""
        return (self._given or data_path() / FOLDER) / FILE

    def all(self) -> tuple[LearnedSentence, ...]:
        """In the order in which they were taught. Raises StoreError when the file is damaged."""
        path = self.path
        try:
            document = parsed(path.read_bytes())
        except FileNotFoundError:
            return ()
        except OSError as exc:
            raise StoreError("learned-unreadable", path=path, cause=cause_of(exc)) from exc
        except ValueError as exc:  # no JSON, no UTF-8
            raise StoreError("learned-damaged", path=path, cause=str(exc)) from exc
        try:
            return decode_learned(document)
        except StoreError as exc:
            raise StoreError("learned-damaged", path=path, cause=exc.told) from exc

    def forget(self, take_ids: Collection[str]) -> None:
        """Forget what was learned from these takes. Raises StoreError."""
        kept = self.all()
        left = tuple(sentence for sentence in kept if sentence.take_id not in take_ids)
        if left != kept:
            self.keep(left)

    def keep(self, sentences: Sequence[LearnedSentence]) -> None:
        """Keep these and no others; with one that is forgotten go its vectors. Raises StoreError."""
        if not set(self.all()) <= set(sentences):
            for kept in vectors_folder().glob("*.npz"):
                kept.unlink(missing_ok=True)
        path = self.path
        made(path.parent, variable=DATA_VARIABLE)
        text = json.dumps(encode_learned(sentences), ensure_ascii=False, indent=1)
        with replacing(path) as file:
            file.write((text + "\n").encode())
