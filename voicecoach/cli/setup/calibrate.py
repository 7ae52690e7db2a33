"""``voicecoach calibrate``: a calm reading makes the profile of a speaker on one microphone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from voicecoach.cli.options import (
    NAMED_PATH,
    device_option,
    json_option,
    language_option,
    ui_option,
)
from voicecoach.errors import UsageError
from voicecoach.report.screen import say, say_json
from voicecoach.words.catalogue import word

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.app.setup.doctor import Check
    from voicecoach.ports import LiveRecording
    from voicecoach.words.catalogue import Message, Ui

USUAL_NAME: Final = "default"
INCOMPLETE: Final = 1
"""Exit status of ``--list`` when a profile could not be read."""


@click.command(
    epilog="""\b
Exit status: 0 done, 1 a profile cannot be read or written, 2 wrong usage,
3 the reading cannot be used, 4 no microphone.

\b
Examples:
  voicecoach calibrate
  voicecoach calibrate headset --device "USB Headset"
  voicecoach calibrate li --from calm_reading.wav --device "USB Headset"
  voicecoach calibrate --list
  voicecoach score answer.wav --prompt why_jd --speaker headset
"""
)
@click.argument("name", metavar="[NAME]", required=False)
@device_option("The microphone; with --from what it was recorded with.")
@language_option("Language of the text, and of the answers to come.")
@click.option("--voice", metavar="VOICE", help="Who reads the text aloud (voicecoach voices list).")
@click.option("--no-speak", is_flag=True, help="Only show the text.")
@click.option(
    "--from", "source", type=NAMED_PATH, metavar="FILE",
    help="Measure this recording of calm speech instead of the microphone.",
)  # fmt: skip
@click.option(
    "--measure-latency/--no-measure-latency", "with_latency", default=True, show_default=True,
    help="Play chirps and listen for them.",
)  # fmt: skip
@click.option("--keep", is_flag=True, help="Keep the recorded reading beside the profile.")
@click.option("--list", "as_list", is_flag=True, help="List the profiles.")
@click.option("--delete", is_flag=True, help="Remove the profile NAME.")
@json_option
@ui_option()
def calibrate(name: str | None, *, as_list: bool, delete: bool, as_json: bool, ui: Ui, **options: Any) -> int:
    """Read a text aloud in a calm voice: what you say later is compared with it.

    校准：平静地读一段文字，量出您平时的声音，以后的回答与它比较。
    """
    if as_list:
        return _list(ui=ui, as_json=as_json)
    if delete:
        return _delete(name, ui)
    from voicecoach.app.setup.calibration import CalibrationOptions
    from voicecoach.wiring.setup import CalibrationRequest, calibration

    source: Path | None = options["source"]
    request = CalibrationRequest(name or USUAL_NAME, options["language"], options["device"], options["voice"])
    how = CalibrationOptions(not options["no_speak"], options["with_latency"], options["keep"])
    asked = calibration(request, how, _CalibrationFace(ui, with_checks=not as_json))
    done = asked.live() if source is None else asked.from_file(source)
    if as_json:
        say_json(done.to_json(ui), indent=1)
        return 0
    say(word("speaker-kept", ui, name=done.profile.name, path=done.path))
    if done.sound is not None:
        say(word("speaker-sound-kept", ui, path=done.sound))
    return 0


class _CalibrationFace:
    """A calibration on a terminal; what is said to the reader goes to standard error."""

    def __init__(self, ui: Ui, *, with_checks: bool) -> None:
        self._ui, self._with_checks = ui, with_checks

    def tell(self, message: Message) -> None:
        """Say what goes on, or what to do now."""
        say(message.words(self._ui), err=True)

    def text(self, text: str) -> None:
        """Show what is to be read aloud."""
        for line in ("", text, ""):
            say(line, err=True)

    def check(self, check: Check) -> None:
        """Show what was found."""
        from voicecoach.cli.setup.doctor import show_check

        if self._with_checks:
            show_check(check, self._ui)

    def until_read(self, recording: LiveRecording, limit_s: float) -> None:
        """Wait for Enter, the end of the recording, or the limit."""
        from voicecoach.cli import keys

        with keys.enter_key() as key:
            while not recording.ended.is_set() and recording.elapsed_s < limit_s:
                if key.pressed(recording.ended):
                    return


def _delete(name: str | None, ui: Ui) -> int:
    from voicecoach import wiring

    if name is None:
        raise UsageError("delete-needs-name")
    wiring.speaker_profiles().delete(name)
    say(word("speaker-removed", ui, name=name), err=True)
    return 0


def _list(*, ui: Ui, as_json: bool) -> int:
    from voicecoach import wiring
    from voicecoach.app.setup.calibration import shelf_content
    from voicecoach.cli.main import show_error
    from voicecoach.report.wrapping import pad

    content = shelf_content(wiring.speaker_profiles())
    if as_json:
        say_json(content.to_json(), indent=1)
        return INCOMPLETE if content.faults else 0
    for profile in content.profiles:
        latency = "-" if profile.latency_s is None else f"{1000 * profile.latency_s:.0f} ms"
        figures = f"{profile.f0_median_hz:.0f} Hz  {latency}"
        head = f"{pad(profile.name, 16)} {profile.created[:10]} {profile.language}"
        say(f"{head}  {figures}  {profile.device or '?'}")
    for fault in content.faults:
        show_error(fault, ui)
    return INCOMPLETE if content.faults else 0
