"""What is handed out of a scored recording: assessment, document and sound, masked where that is asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from voicecoach.app.masking.mask import mask_assessment, silenced
from voicecoach.app.score.streams import judged_sound
from voicecoach.documents.assessment import encode_assessment
from voicecoach.errors import NOT_SCORED, SCORED
from voicecoach.model.assessment import blocked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voicecoach.documents.checked import Json
    from voicecoach.model.assessment import Assessment
    from voicecoach.model.audio import Span, Waveform


@dataclass(frozen=True, slots=True)
class HandedOut:
    """An assessment for readers, and its document; ``silences`` must not be heard in its sound."""

    assessment: Assessment
    document: Json
    silences: Sequence[Span] = ()

    @property
    def exit_status(self) -> int:
        """``SCORED`` or ``NOT_SCORED``."""
        return NOT_SCORED if blocked(self.assessment.refusals) else SCORED

    def sound(self, path: Path, *, channel: int | None) -> Path | Waveform:
        """What a page plays: the file, or a copy of its judged stream, or without what was masked.

        Raises InputError.
        """
        streams = self.assessment.streams
        if not self.silences and not streams:
            return path
        return silenced(judged_sound(path, streams, channel=channel).waveform, self.silences)


def handed_out(assessment: Assessment, *, mask: bool, now: datetime | None = None) -> HandedOut:
    """The assessment as made ``now``, with the spoken personal data in it hidden when ``mask``."""
    moment = now or datetime.now(UTC)
    dated = replace(assessment, created=moment.isoformat(timespec="seconds"))
    if not mask:
        return HandedOut(dated, encode_assessment(dated))
    masked, counts, spans = mask_assessment(dated)
    return HandedOut(masked, encode_assessment(masked) | {"masking": counts}, spans)
