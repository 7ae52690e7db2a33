"""Speaker profiles as files: ``profiles/NAME.json`` in the user's data folder, one profile each.

A voice's figures are personal: folder 0700, files 0600. The reading is kept only on request, as
``NAME.wav`` beside the profile.
"""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from voicecoach.adapters.folders import DATA_VARIABLE, cause_of, data_folder, made, replacing
from voicecoach.documents.checked import parsed
from voicecoach.documents.speaker_profile import decode_speaker_profile, encode_speaker_profile
from voicecoach.errors import StoreError, UsageError
from voicecoach.model.speaker_profile import (
    LONGEST_NAME,
    is_profile_name,
)
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.model.speaker_profile import SpeakerProfile

FOLDER: Final = "profiles"
ENDING: Final = ".json"
SOUND_ENDING: Final = ".wav"


class SpeakerProfiles:
    """The profiles of a folder; None: of ``profiles`` in the user's data folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self._given = folder

    @property
    def _folder(self) -> Path:
        return self._given or data_folder() / FOLDER

    def save(self, profile: SpeakerProfile) -> Path:
        """Keep a profile, in place of one of that name; returns its file. Raises StoreError."""
        path = self._made() / (profile.name + ENDING)
        text = json.dumps(encode_speaker_profile(profile), ensure_ascii=False, indent=1)
        with replacing(path) as file:
            file.write((text + "\n").encode())
        return path

    def keep_sound(self, name: str, sound: Path) -> Path:
        """Keep a copy of the reading beside the profile of that name. Raises UsageError, StoreError."""
        path = self._made() / (_checked(name) + SOUND_ENDING)
        try:
            with sound.open("rb") as source, replacing(path) as file:
                shutil.copyfileobj(source, file)
        except OSError as exc:
            raise StoreError("reading-not-kept", path=path, cause=cause_of(exc)) from exc
        return path

    def load(self, name: str) -> SpeakerProfile:
        """The profile of that name. Raises UsageError when there is none, StoreError when it is damaged."""
        path = self._folder / (_checked(name) + ENDING)
        try:
            document = parsed(path.read_bytes())
        except FileNotFoundError as exc:
            raise self._unknown(name) from exc
        except OSError as exc:
            raise _unreadable(path, exc) from exc
        except ValueError as exc:  # no JSON, no UTF-8
            raise _damaged(path, name, str(exc)) from exc
        try:
            profile = decode_speaker_profile(document)
        except StoreError as exc:
            raise _damaged(path, name, exc.told) from exc
        if profile.name != name:
            inside = Message("speaker-profile-of-another", {"name": repr(profile.name)})
            raise _damaged(path, name, inside)
        return profile

    def names(self) -> tuple[str, ...]:
        """The names of all profiles, sorted. Raises StoreError."""
        try:
            stems = sorted(path.stem for path in self._folder.iterdir() if path.suffix == ENDING)
        except FileNotFoundError:
            return ()
        except OSError as exc:
            raise _unreadable(self._folder, exc) from exc
        return tuple(name for name in stems if is_profile_name(name))

    def for_device(self, device: str) -> SpeakerProfile | None:
        """The newest profile made with that microphone, None when there is none. Raises StoreError."""
        fit = [profile for name in self.names() if (profile := self.load(name)).device == device]
        newest = max(fit, key=lambda profile: datetime.fromisoformat(profile.created), default=None)
        return newest if device else None

    def delete(self, name: str) -> None:
        """Remove a profile, damaged or not, and its reading if it was kept. Raises UsageError, StoreError."""
        path = self._folder / (_checked(name) + ENDING)
        try:
            path.unlink()
            path.with_name(name + SOUND_ENDING).unlink(missing_ok=True)
        except FileNotFoundError as exc:
            raise self._unknown(name) from exc
        except OSError as exc:
            raise StoreError("speaker-profile-not-removed", path=path, cause=cause_of(exc)) from exc

    def _made(self) -> Path:
        return made(self._folder, variable=DATA_VARIABLE)

    def _unknown(self, name: str) -> UsageError:
        names = self.names()
        near = get_close_matches(name, names, n=3, cutoff=0.5) or names[:5]
        if not near:
            return UsageError("speaker-profile-none", quoted=repr(name), name=name)
        return UsageError("speaker-profile-unknown", quoted=repr(name), near=", ".join(near))


def _checked(name: str) -> str:
    """``name``, which cannot lead out of the folder. Raises UsageError."""
    if not is_profile_name(name):
        raise UsageError("speaker-profile-name", most=LONGEST_NAME, name=repr(name))
    return name


def _unreadable(path: Path, exc: OSError) -> StoreError:
    return StoreError("speaker-profile-unreadable", path=path, cause=cause_of(exc))


def _damaged(path: Path, name: str, cause: Message | str) -> StoreError:
    return StoreError("speaker-profile-damaged", path=path, cause=cause, name=name)
