"""``voicecoach calibrate``: a calm reading makes the profile of a speaker on one microphone."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import click

from voicecoach.cli.options import json_option, language_option, ui_option
from voicecoach.errors import DeviceError, EngineError, StoreError, UsageError, VoicecoachError
from voicecoach.words.catalogue import languages

if TYPE_CHECKING:
    from voicecoach.adapters.history.speaker_profiles import SpeakerProfiles
    from voicecoach.app.setup.calibrate import Circumstances
    from voicecoach.app.setup.doctor import Check
    from voicecoach.app.setup.sound_path import PathLatency
    from voicecoach.model.speaker_profile import SpeakerProfile
    from voicecoach.model.transcript import Language

SCHEMA: Final = "voicecoach.calibration/1"
LIST_SCHEMA: Final = "voicecoach.speakers/1"
USUAL_NAME: Final = "default"
MOOD: Final = 1
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
@click.option(
    "--device", metavar="NAME|NUMBER", help="The microphone; with --from what it was recorded with.  "
    "[default: the system's choice]",
)  # fmt: skip
@language_option("Language of the text, and of the answers to come.")
@click.option("--voice", metavar="VOICE", help="Who reads the text aloud (voicecoach voices list).")
@click.option("--no-speak", is_flag=True, help="Only show the text.")
@click.option(
    "--from", "source", type=click.Path(path_type=Path), metavar="FILE",
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
def calibrate(name: str | None, *, as_list: bool, delete: bool, **options: Any) -> int:  # noqa: ANN401 - click passes them by name
    """Read a text aloud in a calm voice: what you say later is compared with it.

    校准：平静地读一段文字，量出您平时的声音，以后的回答与它比较。
    """
    from voicecoach import wiring
    from voicecoach.model.speaker_profile import name_fault

    profiles = wiring.speaker_profiles()
    if as_list:
        return _list(profiles, ui=options["ui"], as_json=options["as_json"])
    if delete:
        if name is None:
            raise UsageError("--delete needs the NAME of a profile", hint="voicecoach calibrate --list")
        profiles.delete(name)
        click.echo(_say(options["ui"], f"已删除 {name}", f"{name} is removed"), err=True)
        return 0
    if fault := name_fault(name or USUAL_NAME):
        raise UsageError(fault, hint="for example: voicecoach calibrate headset")
    return _Calibration(profiles, name or USUAL_NAME, **options).run()


class _Calibration:
    """One call: what was asked for, step after step. What is said to the reader goes to standard error."""

    def __init__(  # noqa: PLR0913 - the command's options
        self,
        profiles: SpeakerProfiles,
        name: str,
        *,
        device: str | None,
        language: str,
        voice: str | None,
        no_speak: bool,
        source: Path | None,
        with_latency: bool,
        keep: bool,
        as_json: bool,
        ui: str,
    ) -> None:
        from voicecoach.app.setup.calibrate import Circumstances
        from voicecoach.model.take import utc_text

        self.profiles, self.device, self.voice = profiles, device, voice
        self.speaks, self.source, self.with_latency = not no_speak, source, with_latency
        self.keep, self.as_json, self.ui = keep, as_json, ui
        self.about: Circumstances = Circumstances(
            name, utc_text(datetime.now(UTC)), cast("Language", language)
        )
        self.checks: list[Check] = []
        self.latency: PathLatency | None = None
        self.latency_reason: dict[str, str] | None = None

    def run(self) -> int:
        """Measure, keep and show; returns the exit status."""
        if self.source is not None:
            self.latency_reason = {"zh": "档案来自文件", "en": "the profile comes from a file"}
            return self._finish(self.source, replace(self.about, device=self.device or ""))
        with tempfile.TemporaryDirectory(prefix="voicecoach-") as name:
            folder = Path(name)
            self._room()
            about = self._path(folder, self.about)
            return self._finish(*self._reading(folder, about))

    def _room(self) -> None:
        from voicecoach import wiring
        from voicecoach.app.setup.calibrate import ROOM_S, room_check

        self._tell(
            f"先听 {ROOM_S:.0f} 秒房间的声音，请不要出声……",
            f"listening to the room for {ROOM_S:.0f} s, be quiet ...",
        )
        self._add(room_check(wiring.machine("base", device=self._number).listen(ROOM_S)))

    def _path(self, folder: Path, about: Circumstances) -> Circumstances:
        """The latency of the sound path, and the loudspeaker it was measured with."""
        from voicecoach import wiring
        from voicecoach.adapters.sound.devices import sound_devices
        from voicecoach.app.setup.sound_path import measure_latency

        if not self.with_latency:
            self.latency_reason = {"zh": "按要求没有测", "en": "not asked for"}
            return about
        self._tell("放几声提示音，请继续安静……", "playing a few chirps, stay quiet ...")
        try:
            with wiring.loudspeaker() as player:
                self.latency = measure_latency(wiring.microphone(self._number), player, folder / "path.wav")
            output = next((device.name for device in sound_devices() if device.is_default_output), "")
        except DeviceError as exc:
            self.latency_reason = {ui: exc.words(ui) for ui in languages()}
            return about
        self.latency_reason = self.latency.reason
        return replace(about, output_device=output, latency_s=self.latency.latency_s)

    def _reading(self, folder: Path, about: Circumstances) -> tuple[Path, Circumstances]:
        """Show the text, read it aloud, and record it read back."""
        from voicecoach import wiring
        from voicecoach.adapters.sound import device_faults
        from voicecoach.app.setup.calibrate import READING, READING_LIMIT_S, check_length
        from voicecoach.cli.enter_key import enter_key

        text = READING[about.language]
        click.echo(f"\n{text}\n", err=True)
        if self.speaks:
            self._read_aloud(text, about.language)
        self._tell(
            f"现在请用平静的声音读一遍，读完按回车（最长 {READING_LIMIT_S:.0f} 秒）",
            f"now read it in a calm voice, then press Enter ({READING_LIMIT_S:.0f} s at most)",
        )
        with wiring.microphone(self._number).record(folder / "reading.wav") as recording:
            with enter_key() as key:
                while not recording.ended.is_set() and recording.elapsed_s < READING_LIMIT_S:
                    if key.pressed(recording.ended):
                        break
            path = recording.stop()
        if recording.fault is not None:
            raise recording.fault
        check_length(recording.elapsed_s)
        if recording.all_zeros:
            raise device_faults.silent(recording.device)
        return path, replace(about, device=recording.device)

    def _read_aloud(self, text: str, language: Language) -> None:
        """Say the text; without a voice or a loudspeaker the reader has it in writing."""
        from voicecoach import wiring
        from voicecoach.app.practise import say

        line = say.Line("calibrate", 0, text, language, MOOD, say.INTERVIEWER)
        try:
            engine, _ = wiring.choose_engine(language, voice=self.voice)
            speaker = wiring.speaker(engine)
            voice = self.voice or say.cast(line, speaker.voices(), known=wiring.neural_voices())
            self._tell("先听一遍……", "first listen to it ...")
            with wiring.loudspeaker() as player:
                player.play(speaker.stream(text, voice=voice, mood=MOOD))
        except (DeviceError, EngineError) as exc:
            self._tell(f"没有朗读：{exc.message}", f"it is not read aloud: {exc.message}")

    def _finish(self, sound: Path, about: Circumstances) -> int:
        from voicecoach.app.setup.calibrate import profile_of, reading_checks
        from voicecoach.audio import decode

        profile = profile_of(decode.load(sound), about)
        path = self.profiles.save(profile)
        kept = self.profiles.keep_sound(profile.name, sound) if self.keep and self.source is None else None
        for check in reading_checks(profile, latency_reason=self.latency_reason):
            self._add(check)
        if self.as_json:
            click.echo(self._document(profile, path, kept))
        else:
            click.echo(
                _say(self.ui, f"声音档案 {profile.name}：{path}", f"speaker profile {profile.name}: {path}")
            )
            if kept is not None:
                click.echo(_say(self.ui, f"录音：{kept}", f"recording: {kept}"))
        return 0

    def _document(self, profile: SpeakerProfile, path: Path, kept: Path | None) -> str:
        from voicecoach.model.speaker_profile import speaker_profile_to_json

        latency = self.latency
        document = {
            "schema": SCHEMA,
            "profile": speaker_profile_to_json(profile),
            "file": str(path),
            "sound": None if kept is None else str(kept),
            "latency": {
                "latency_s": profile.latency_s,
                "spread_s": None if latency is None else latency.spread_s,
                "n_heard": 0 if latency is None else latency.n_heard,
                "reason": self.latency_reason and self.latency_reason[self.ui],
            },
            "checks": [
                {
                    "name": check.name,
                    "title": check.title[self.ui],
                    "state": check.state,
                    "finding": check.finding[self.ui],
                    "remedy": check.remedy and check.remedy[self.ui],
                }
                for check in self.checks
            ],
        }
        return json.dumps(document, ensure_ascii=False, indent=1)

    @property
    def _number(self) -> str | int | None:
        return int(self.device) if self.device is not None and self.device.isdigit() else self.device

    def _add(self, check: Check) -> None:
        from voicecoach.cli.setup.doctor import show_check

        self.checks.append(check)
        if not self.as_json:
            show_check(check, self.ui)

    def _tell(self, zh: str, en: str) -> None:
        click.echo(_say(self.ui, zh, en), err=True)


def _list(profiles: SpeakerProfiles, *, ui: str, as_json: bool) -> int:
    from voicecoach.model.speaker_profile import speaker_profile_to_json
    from voicecoach.report.wrapping import pad

    found: list[SpeakerProfile] = []
    faults: list[VoicecoachError] = []
    for name in profiles.names():
        try:
            found.append(profiles.load(name))
        except StoreError as exc:
            faults.append(exc)
    if as_json:
        rows = [speaker_profile_to_json(profile) for profile in found]
        document = {"schema": LIST_SCHEMA, "profiles": rows, "damaged": [fault.message for fault in faults]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        for profile in found:
            latency = "-" if profile.latency_s is None else f"{1000 * profile.latency_s:.0f} ms"
            figures = f"{profile.f0_median_hz:.0f} Hz  {latency}"
            head = f"{pad(profile.name, 16)} {profile.created[:10]} {profile.language}"
            click.echo(f"{head}  {figures}  {profile.device or '?'}")
    if not as_json:
        from voicecoach.cli.main import show_error

        for fault in faults:
            show_error(fault, ui)
    return INCOMPLETE if faults else 0


def _say(ui: str, zh: str, en: str) -> str:
    return zh if ui == "zh" else en
