"""The report of a batch: one page that opens without a network, and one small file for each recording.

``report.html`` holds the table, the figures of groups and their pictures. What is said of one recording
stands in ``pages/KEY.js`` and is loaded when it is opened: by a script element, since a page that was
opened from a file may fetch nothing. Such a file is one call with one JSON value, without a ``<``;
everything in it is shown as text, never as markup.

Two policies hold at once (a browser obeys both): only the page's own script, by its digest, and what that
script itself loads; and of that only what lies beside the page. Sound may come from files where the
report refers to them, from the page's own copies where it has some, else from nowhere.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from voicecoach.metrics.pauses import DEAD_AIR_S
from voicecoach.model.result import JudgedResult
from voicecoach.report.batch.detail import detail
from voicecoach.report.batch.overview import OWN_COLUMNS_MOST, overview
from voicecoach.report.batch.rows import TEXT_MOST, Gathered
from voicecoach.report.batch.sound import SoundSource
from voicecoach.report.batch.words import script_words
from voicecoach.report.page import html_page, script_safe
from voicecoach.report.page_sound import MIME
from voicecoach.report.phrases import reader_language
from voicecoach.words.catalogue import DEFAULT_UI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from voicecoach.model.audio import Span
    from voicecoach.model.profile import Profile
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.result import Result
    from voicecoach.report.batch.sound import SoundChoice
    from voicecoach.words.catalogue import Ui

REPORT: Final = "report.html"
PAGES: Final = "pages"
PAGE_SIZE: Final = 100
"""Rows of the table that are drawn at once."""
CALL: Final = "voicecoachPage"
"""The function of the page's script that the file of a recording calls."""
_KEY = re.compile(r"[0-9a-f]{8,64}")
_MEDIA: Final = {"link": "'self' file: blob:", "embed": "blob:", "none": ""}
_OWN_SCRIPTS_ONLY: Final = "script-src 'unsafe-inline' 'self' file:"
"""The second policy: what the page's script loads must lie beside the page."""


@dataclass(frozen=True)
class BatchSound:
    """What is to be heard from a report of a batch.

    ``recordings``: the sound file of each result by its key. ``silences``: spans that must not be heard,
    by the same key; such a recording is never referred to, its page gets a copy.
    """

    choice: SoundChoice = "link"
    recordings: Mapping[str, Path] = field(default_factory=dict)
    silences: Mapping[str, Sequence[Span]] = field(default_factory=dict)


def write_batch_report(
    out: Path,
    results: Iterable[Result],
    *,
    write: Callable[[str, bytes], None],
    sound: BatchSound,
    prompts: Mapping[str, Prompt],
    profiles: Mapping[str, Profile],
    ui: Ui = DEFAULT_UI,
) -> None:
    """Write ``report.html`` and the files of the recordings beside it.

    ``results`` are gone through once. ``write`` keeps bytes under a name
    relative to ``out`` (``pages/KEY.js``); what fails there is its own to tell. ``prompts`` by id
    and ``profiles`` by name give questions, points and profiles their words; without them the ids are shown.
    """
    reader = reader_language(ui)
    gathered = Gathered(prompts, reader)
    source = SoundSource(sound.choice, out, sound.recordings, sound.silences)
    written: set[str] = set()
    for result in results:
        name = page_name(result.batch.key or "") if isinstance(result, JudgedResult) else ""
        gathered.add(result, name)
        if isinstance(result, JudgedResult) and name not in written:
            written.add(name)
            prompt = prompts.get(result.batch.prompt or "")
            profile = profiles.get(result.assessment.profile)
            has_gaps = any(each.kind == "gap" for each in result.assessment.interruptions)
            streams = result.assessment.streams
            heard = source.of(result.batch, reader, streams=streams, has_gaps=has_gaps)
            page = detail(result, prompt, profile, ui=reader) | {"sound": heard}
            write(f"{PAGES}/{name}.js", f"{CALL}({script_safe(name)},{script_safe(page)});\n".encode())
    write(REPORT, page_bytes(gathered, sound=sound.choice))


def page_name(key: str) -> str:
    """The name of a recording's file, without folder and ending: its key, or a digest of a strange one."""
    return key if _KEY.fullmatch(key) else hashlib.sha256(key.encode()).hexdigest()[:40]


def page_bytes(gathered: Gathered, *, sound: SoundChoice) -> bytes:
    """The page of all that was gathered, UTF-8."""
    # A masked copy may stand in any page that has sound at all; without sound nothing may play.
    return html_page(
        "batch.html.jinja",
        gathered.ui,
        {
            "overview": overview(gathered),
            "text_most": TEXT_MOST,
            "second_policy": _OWN_SCRIPTS_ONLY,
            "data": script_safe(_data(gathered)),
            "with_sound": sound != "none",
        },
        style=("report.css", "batch.css", "marking.css"),
        script=("marking.js", "batch.js"),
        scripts_too="'strict-dynamic'",
        media=_MEDIA[sound],
    )


def _data(gathered: Gathered) -> dict[str, Any]:
    return {
        **gathered.table(),
        "words": script_words(gathered.ui),
        "promptLabels": {prompt: gathered.prompt_label(prompt) for prompt in gathered.prompts},
        "pointLabels": {
            prompt: [[point, gathered.point_label(prompt, point)] for point in counts]
            for prompt, counts in gathered.points.items()
        },
        "batch": gathered.identity(),
        "ownShown": OWN_COLUMNS_MOST,
        "pageSize": PAGE_SIZE,
        "deadAir": DEAD_AIR_S,
        "mime": MIME,
    }
