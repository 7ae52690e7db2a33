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

from voicecoach.adapters.folders import PRIVATE_FOLDER, cause_of, data_folder, replacing
from voicecoach.errors import StoreError, UsageError
from voicecoach.model.speaker_profile import name_fault, speaker_profile_from_json, speaker_profile_to_json

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
        text = json.dumps(speaker_profile_to_json(profile), ensure_ascii=False, indent=1)
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
            raise StoreError(
                f"cannot keep {path}: {cause_of(exc)}", hint="free some space or leave --keep out"
            ) from exc
        return path

    def load(self, name: str) -> SpeakerProfile:
        """The profile of that name. Raises UsageError when there is none, StoreError when it is damaged."""
        path = self._folder / (_checked(name) + ENDING)
        try:
            profile = speaker_profile_from_json(json.loads(path.read_bytes()))
        except FileNotFoundError as exc:
            raise self._unknown(name) from exc
        except OSError as exc:
            raise StoreError(f"cannot read {path}: {cause_of(exc)}", hint="check who may read it") from exc
        except (ValueError, RecursionError) as exc:  # no JSON, no UTF-8, or not of the schema
            raise _damaged(path, name, exc) from exc
        if profile.name != name:
            raise _damaged(path, name, ValueError(f"it is called {profile.name!r} inside"))
        return profile

    def names(self) -> tuple[str, ...]:
        """The names of all profiles, sorted. Raises StoreError."""
        try:
            found = sorted(path.stem for path in self._folder.iterdir() if path.suffix == ENDING)
        except FileNotFoundError:
            return ()
        except OSError as exc:
            raise StoreError(
                f"cannot read {self._folder}: {cause_of(exc)}", hint="check who may read it"
            ) from exc
        return tuple(name for name in found if name_fault(name) is None)

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
            raise StoreError(f"cannot remove {path}: {cause_of(exc)}", hint="check the folder") from exc

    def _made(self) -> Path:
        folder = self._folder
        try:
            folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        except OSError as exc:
            raise StoreError(
                f"cannot make the folder {folder}: {cause_of(exc)}",
                hint="set VOICECOACH_DATA_DIR to a folder you may write to",
            ) from exc
        return folder

    def _unknown(self, name: str) -> UsageError:
        names = self.names()
        near = get_close_matches(name, names, n=3, cutoff=0.5) or names[:5]
        return UsageError(
            f"没有叫 {name!r} 的声音档案 / there is no speaker profile called {name!r}",
            hint=f"{', '.join(near)}" if near else f"voicecoach calibrate {name}",
        )


def _checked(name: str) -> str:
    """``name``, which cannot lead out of the folder. Raises UsageError."""
    if fault := name_fault(name):
        raise UsageError(fault, hint="for example: voicecoach calibrate headset")
    return name


def _damaged(path: Path, name: str, exc: Exception) -> StoreError:
    return StoreError(
        f"声音档案损坏 / the speaker profile is damaged: {path}: {exc}",
        hint=f"重新校准 / make it again: voicecoach calibrate {name} "
        f"(or remove it: voicecoach calibrate {name} --delete)",
    )
