"""``voicecoach score``: recordings in, reports out."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.main import show_error
from voicecoach.cli.options import (
    HOUR_S,
    NAMED_PATH,
    Number,
    agent_channel_option,
    channel_option,
    language_option,
    model_option,
    prompts_option,
    stream_option,
    ui_option,
)
from voicecoach.errors import NOT_SCORED, SCORED, UsageError, VoicecoachError
from voicecoach.report.screen import say, say_json_text
from voicecoach.words.catalogue import word
from voicecoach.words.visible import name_part, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.app.masking.scored import HandedOut
    from voicecoach.app.score.analyse import Analyser, Task
    from voicecoach.documents.checked import Json
    from voicecoach.model.assessment import Assessment
    from voicecoach.model.speaker_profile import Baseline
    from voicecoach.model.transcript import Language

NAME_BYTES = 255
"""Longest name of a file that usual file systems take, bytes."""
NUMBER_BYTES = 8
"""Room for a number after a name."""
GRAVEST_FIRST = (4, 3, 2, 1, NOT_SCORED, SCORED)
"""Exit statuses of several files: the gravest one is returned."""


@click.command(
    epilog="""\b
Exit status: 0 scored, 2 wrong usage, 3 a recording that cannot be used,
4 an engine or its weights are missing, 5 not scored (the reason is in the report).
With several files the gravest of these; one bad file never stops the others.

\b
Examples:
  voicecoach score answer.wav --prompt late_delivery
  voicecoach score answer.m4a --prompt privacy --html report.html --json -
  voicecoach score call.wav --prompt abuse --agent-channel 1
  voicecoach score *.wav --prompt why_jd --json results.json --no-score
"""
)
@click.argument("files", nargs=-1, required=True, type=NAMED_PATH, metavar="FILE...")
@click.option(
    "--prompt",
    "prompt_id",
    metavar="ID",
    help="The prompt that was answered (voicecoach prompts list). Without it: metrics only.",
)
@prompts_option
@language_option()
@click.option(
    "--profile",
    metavar="NAME",
    help="Bands and weights: interview, deescalation, broadcast, or "
    "FILE.yaml:NAME.  [default: the prompt's own]",
)
@click.option(
    "--speaker",
    metavar="NAME",
    help="Compare with this calm voice (voicecoach calibrate), recorded with the same microphone.",
)
@model_option
@channel_option
@stream_option
@agent_channel_option(
    "A call of two in stereo, one side a channel: score the agent's, counted from 0, and the exchange."
)
@click.option(
    "--grace",
    "grace_s",
    type=Number(0.0, HOUR_S),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="With --agent-channel: talking over each other for so long is no interruption.",
)
@click.option(
    "--json", "json_file", metavar="FILE|-", help="Write the assessment as JSON (- is standard output)."
)
@click.option(
    "--html",
    "html_file",
    type=NAMED_PATH,
    metavar="FILE",
    help="Write a report with player and moments.",
)
@click.option(
    "--mask/--no-mask",
    "mask",
    default=False,
    show_default=True,
    help="Hide spoken personal data (numbers, addresses, names) in every report and in its sound.",
)
@ui_option("Language of the report.")
@click.option(
    "--no-score", "without_score", is_flag=True, help="No total and no points: what was heard, and advice."
)
def score(files: tuple[Path, ...], *, without_score: bool, **options: Any) -> int:
    """Score recorded answers: speaking rate, pauses, tone and rubric coverage."""
    return _Job(files, _Options(with_score=not without_score, **options)).run()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options:
    """What was asked for besides the files, by the names of the options."""

    prompt_id: str | None
    prompts_folder: Path | None
    language: Language
    profile: str | None
    speaker: str | None
    model: str
    channel: int | None
    stream: int | None
    agent_channel: int | None
    grace_s: float
    json_file: str | None
    html_file: Path | None
    mask: bool
    ui: str
    with_score: bool


class _Job:
    """One call of ``score``: what was asked for, and what came out file by file."""

    def __init__(self, files: Sequence[Path], asked: _Options) -> None:
        from voicecoach import wiring
        from voicecoach.app.score.analyse import Task
        from voicecoach.app.score.recording import check_channels, profile_name, prompt_of

        self.files, self.asked = files, asked
        self._check_outputs()
        library, language = wiring.prompt_library(asked.prompts_folder), asked.language
        prompt = prompt_of(library, asked.prompt_id, language) if asked.prompt_id else None
        baseline, calm = _calm_voice(asked.speaker, language, asked.ui)
        self.task: Task = Task(
            prompt=prompt,
            language=language,
            profile=wiring.profile(profile_name(asked.profile, prompt), language),
            channel=asked.channel,
            stream=asked.stream,
            baseline=baseline,
            with_total=asked.with_score,
            provenance=wiring.rubric_provenance() | calm,
        )
        check_channels(asked.channel, asked.agent_channel)
        self.analyser: Analyser = wiring.analyser(asked.model)

    def _check_outputs(self) -> None:
        """Fail before the work, not after it, when a report could not be written or would cost a file."""
        from voicecoach.wiring.outputs import Output, check_outputs

        pages = [] if self.asked.html_file is None else [self.html_target(file) for file in self.files]
        outputs = [Output(page, "HTML") for page in dict.fromkeys(pages)]
        if self.asked.json_file not in (None, "-"):
            outputs.append(Output(Path(str(self.asked.json_file)), "JSON"))
        profile = Path((self.asked.profile or "").rpartition(":")[0])
        check_outputs(outputs, inputs=[*self.files, profile])

    def run(self) -> int:
        """Score every file, show and write the reports; returns the exit status."""
        from voicecoach.documents.failure import encode_failure
        from voicecoach.model.job import Failure

        statuses: list[int] = []
        results: list[Json] = []
        for number, path in enumerate(self.files, start=1):
            self._progress(number, path)
            try:
                statuses.append(self._one(path, results))
            except VoicecoachError as exc:
                if len(self.files) == 1 and self.asked.json_file is None:
                    raise
                show_error(exc, self.asked.ui)
                statuses.append(exc.exit_status)
                results.append(encode_failure(shown(path.name), Failure.of(exc)))
        self._write_json(results)
        return next(status for status in GRAVEST_FIRST if status in statuses)

    def _one(self, path: Path, results: list[Json]) -> int:
        from voicecoach.app.masking.scored import handed_out
        from voicecoach.app.score.recording import assess

        assessment = assess(
            self.analyser, path, self.task, agent_channel=self.asked.agent_channel, grace_s=self.asked.grace_s
        )
        out = handed_out(assessment, mask=self.asked.mask)
        results.append(out.document)
        if self.asked.json_file != "-":
            self._show(out.assessment)
        if self.asked.html_file is not None:
            self._write_html(out, path)
        return out.exit_status

    def _show(self, assessment: Assessment) -> None:
        from voicecoach.report.one.terminal import print_report

        print_report(
            assessment,
            self.task.prompt,
            self.task.profile,
            ui=self.asked.ui,
            with_score=self.asked.with_score,
        )

    def _write_html(self, out: HandedOut, sound: Path) -> None:
        from voicecoach.app.score.recording import judged_channel
        from voicecoach.report.one.html import html_bytes
        from voicecoach.wiring import files

        target = self.html_target(sound)
        channel = judged_channel(
            out.assessment, channel=self.task.channel, agent_channel=self.asked.agent_channel
        )
        page = html_bytes(
            out.assessment,
            self.task.prompt,
            self.task.profile,
            sound=out.sound(sound, channel=channel),
            channel=channel,
            ui=self.asked.ui,
            with_score=self.asked.with_score,
        )
        files.write(target, page, kind="HTML")
        say(word("score-report", self.asked.ui, target=target), err=self.asked.json_file == "-")

    def html_target(self, sound: Path) -> Path:
        """Where the report of ``sound`` goes: with several files its stem is put before the ending."""
        target = self.asked.html_file
        if target is None:
            raise UsageError("score-no-report")
        if len(self.files) == 1:
            return target
        return target.with_name(self._page_names[self.files.index(sound)])

    @cached_property
    def _page_names(self) -> list[str]:
        """The name of each file's report, in their order; no two are one to any file system."""
        target = self.asked.html_file or Path()
        ending = target.suffix or ".html"
        room = NAME_BYTES - len(os.fsencode(f"{target.stem}-{ending}")) - NUMBER_BYTES
        parts = [name_part(file.stem, most_bytes=room) for file in self.files]
        alike = Counter(map(_folded, parts))
        used = {_folded(part) for part in parts}
        names: dict[Path, str] = {}
        for file, part in zip(self.files, parts, strict=True):
            name = part
            if alike[_folded(part)] > 1 and file not in names:
                numbered = (f"{part}-{number}" for number in count(1))
                name = next(each for each in numbered if _folded(each) not in used)
                used.add(_folded(name))
            names.setdefault(file, f"{target.stem}-{name}{ending}")
        return [names[file] for file in self.files]

    def _write_json(self, results: list[Json]) -> None:
        if self.asked.json_file is None:
            return
        from voicecoach.documents.layout import dumps

        document: Any = results[0] if len(self.files) == 1 else results
        text = dumps(document)
        if self.asked.json_file == "-":
            say_json_text(text)
            return
        from voicecoach.wiring import files

        files.write(Path(self.asked.json_file), text.encode(), kind="JSON")

    def _progress(self, number: int, path: Path) -> None:
        if sys.stderr.isatty() or len(self.files) > 1:
            say(f"[{number}/{len(self.files)}] {shown(path)}", err=True)


def _folded(name: str) -> str:
    """What a file system that tells neither case nor composition apart takes the name for."""
    return unicodedata.normalize("NFC", name).casefold()


def _calm_voice(name: str | None, language: Language, ui: str) -> tuple[Baseline | None, dict[str, str]]:
    """The calm voice of that speaker profile, and what the provenance says of it."""
    if name is None:
        return None, {}
    from voicecoach import wiring
    from voicecoach.app.setup.calibrate import chosen_profile

    profile, warning = chosen_profile(wiring.speaker_profiles(), name, None, language=language)
    if warning is not None:
        say(warning.words(ui), err=True)
    return (profile.baseline(), {"speaker_profile": profile.told()}) if profile else (None, {})
