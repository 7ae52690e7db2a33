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
from voicecoach.report.batch.detail import detail
from voicecoach.report.batch.overview import overview
from voicecoach.report.batch.rows import TEXT_MOST, Gathered
from voicecoach.report.batch.sound import SoundSource
from voicecoach.report.batch.words import BATCH_PHRASES, tell
from voicecoach.report.one.page_parts import environment, policy_digest, script_safe, template_text
from voicecoach.report.page_sound import MIME
from voicecoach.report.phrases import reader_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from voicecoach.model.audio import Span
    from voicecoach.model.profile import Profile
    from voicecoach.model.prompt import Prompt
    from voicecoach.report.batch.sound import SoundChoice

REPORT: Final = "report.html"
PAGES: Final = "pages"
PAGE_SIZE: Final = 100
"""Rows of the table that are drawn at once."""
CALL: Final = "voicecoachPage"
"""The function of the page's script that the file of a recording calls."""
_KEY = re.compile(r"[0-9a-f]{8,64}")
_SCRIPT_WORDS: Final = (
    "play", "pause", "seek", "speed", "remedy", "coverage", "coverage_range", "points", "language",
    "language_none", "transcript", "no_words", "figures", "missing", "scores", "provenance", "formula",
    "band", "source", "provisional", "places", "more_places", "item", "points_of", "heading_verdict",
    "advice", "timeline", "legend_unsure", "legend_hit", "legend_maybe", "legend_forbidden", "legend_pause",
    "legend_long_pause", "try_saying", "local", "fatal",
)  # fmt: skip
_MEDIA: Final = {"link": "media-src 'self' file: blob:", "embed": "media-src blob:", "none": ""}


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
    documents: Iterable[Mapping[str, Any]],
    *,
    write: Callable[[str, bytes], None],
    sound: BatchSound,
    prompts: Mapping[str, Prompt],
    profiles: Mapping[str, Profile],
    ui: str = "zh",
) -> None:
    """Write ``report.html`` and the files of the recordings beside it.

    ``documents`` are the lines of ``results.jsonl``, gone through once. ``write`` keeps bytes under a name
    relative to ``out`` (``pages/KEY.js``); what fails there is its own to tell. ``prompts`` by id
    and ``profiles`` by name give questions, points and profiles their words; without them the ids are shown.
    """
    reader = reader_language(ui)
    gathered = Gathered(prompts, reader)
    source = SoundSource(sound.choice, out, sound.recordings, sound.silences)
    written: set[str] = set()
    for document in documents:
        name = page_name(document["batch"]["key"]) if "recording" in document else ""
        gathered.add(document, name)
        if name and name not in written:
            written.add(name)
            prompt = prompts.get(document["batch"]["prompt"] or "")
            profile = profiles.get(document["profile"])
            page = detail(document, prompt, profile, ui=reader) | {
                "sound": source.of(document["batch"], reader)
            }
            write(f"{PAGES}/{name}.js", f"{CALL}({script_safe(name)},{script_safe(page)});\n".encode())
    write(REPORT, page_bytes(gathered, sound=sound.choice))


def page_name(key: str) -> str:
    """The name of a recording's file, without folder and ending: its key, or a digest of a strange one."""
    return key if _KEY.fullmatch(key) else hashlib.sha256(key.encode()).hexdigest()[:40]


def page_bytes(gathered: Gathered, *, sound: SoundChoice) -> bytes:
    """The page of all that was gathered, UTF-8."""
    ui = gathered.ui
    style, script = template_text("report.css") + template_text("batch.css"), template_text("batch.js")
    # A masked copy may stand in any page that has sound at all; without sound nothing may play.
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"script-src '{policy_digest(script)}' 'strict-dynamic'; style-src '{policy_digest(style)}'; "
        + _MEDIA[sound]
    )
    templates = environment()
    templates.globals["tell"] = tell
    page = templates.get_template("batch.html.jinja").render(
        ui=ui,
        overview=overview(gathered),
        text_most=TEXT_MOST,
        style=style,
        script=script,
        policies=(policy.rstrip("; "), "script-src 'unsafe-inline' 'self' file:"),
        data=script_safe(_data(gathered)),
        with_sound=sound != "none",
    )
    return str(page).encode()


def _data(gathered: Gathered) -> dict[str, Any]:
    ui = gathered.ui
    return {
        **gathered.table(),
        "words": {key: tell(key, ui) for key in (*_SCRIPT_WORDS, *BATCH_PHRASES)},
        "promptLabels": {prompt: gathered.prompt_label(prompt) for prompt in gathered.prompts},
        "pageSize": PAGE_SIZE,
        "deadAir": DEAD_AIR_S,
        "mime": MIME,
    }
