"""What this machine has and lacks for practising, each finding with its remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol

from voicecoach.errors import VoicecoachError
from voicecoach.words.catalogue import languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from voicecoach.model.device import LevelCheck, SoundDevice

LISTEN_S: Final = 2.0
"""So long the microphone is listened to, seconds."""
NOISE_DBFS: Final = -45.0
"""A louder room is told: speech at -25 dBFS is then less than the 20 dB above it that the bands call good
(project's choice)."""
CLIPPED_DBFS: Final = -0.2
"""A peak from here on counts as full scale, as the clipping metric has it (0.98)."""
MISSING_S: Final = 0.2
"""Sound that never came, seconds: less is not told apart from a busy machine."""
LEAST_FREE_BYTES: Final = 200 * 2**20
"""Half an hour of recording at 48 kHz."""
ENOUGH_FREE_BYTES: Final = 2**30
MISSING: Final = 4
"""Exit status when something is missing that practice needs."""

State = Literal["ok", "warning", "missing"]
Text = dict[str, str]


@dataclass(frozen=True, slots=True)
class FolderState:
    """The folder of takes: it can be written to; ``private``: nobody else may look in; ``free_bytes``."""

    path: Path
    private: bool
    free_bytes: int


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was looked at, how it is, what was found, what to do; texts by language, zh and en."""

    name: str
    title: Text
    state: State
    finding: Text
    remedy: Text | None = None


class Machine(Protocol):
    """This machine, as far as practising needs it. Methods raise VoicecoachError for what does not work."""

    def python(self) -> str:
        """Version of Python."""
        ...

    def sound_library(self) -> str:
        """Version of PortAudio."""
        ...

    def sound_devices(self) -> Sequence[SoundDevice]:
        """All devices, inputs and outputs."""
        ...

    def listen(self, duration_s: float) -> LevelCheck:
        """Record the room; zeros alone are a DeviceError."""
        ...

    def neural_voice_lacks(self) -> Sequence[str]:
        """What the neural voice lacks, file by file; nothing when it is installed."""
        ...

    def system_voices(self) -> Mapping[str, int]:
        """How many voices the system has, by language."""
        ...

    def recogniser(self) -> str:
        """The model that is there and whole."""
        ...

    def sentence_encoder(self) -> str:
        """The encoder, after it has encoded something."""
        ...

    def decoder(self) -> str:
        """The decoder of sound files, after it has decoded something."""
        ...

    def data_folder(self) -> FolderState:
        """Where takes are kept, after something was written there."""
        ...

    def calibrations(self) -> Sequence[str]:
        """Names of the calibrated speaker profiles."""
        ...


def diagnose(machine: Machine, *, record: bool = True) -> Iterator[Check]:
    """Look at one thing after another; ``record``: listen to the microphone for 2 s."""
    yield _check("python", "Python", "Python", lambda: _fine(machine.python()))
    yield from _sound(machine, record=record)
    yield _voices(machine)
    yield _check("recogniser", "语音识别模型", "Recogniser", lambda: _fine(machine.recogniser()))
    yield _check("encoder", "句向量模型", "Sentence encoder", lambda: _fine(machine.sentence_encoder()))
    yield _check("decoder", "音频解码", "Decoding of sound files", lambda: _fine(machine.decoder()))
    yield from _data(machine)
    yield _check("calibration", "声音校准", "Calibration", lambda: _calibrated(machine.calibrations()))


def exit_status(checks: Sequence[Check]) -> int:
    """0 when practice can go on fully, 4 when something that it needs is missing."""
    return MISSING if any(check.state == "missing" for check in checks) else 0


_Outcome = tuple[State, Text, Text | None]


def _check(name: str, zh: str, en: str, look: Callable[[], _Outcome]) -> Check:
    """One line; an error is what is missing, and its hint the remedy."""
    try:
        state, finding, remedy = look()
    except VoicecoachError as exc:
        state, finding = "missing", {ui: exc.words(ui) for ui in languages()}
        remedy = {ui: exc.remedy(ui) for ui in languages()} if exc.hint else None
    return Check(name, {"zh": zh, "en": en}, state, finding, remedy)


def both(text: str) -> Text:
    """A message ``中文 / English`` by language; one without Hanzi in front is the same in both."""
    zh, slash, en = text.partition(" / ")
    if slash and re.search(r"[一-鿿]", zh):
        return {"zh": zh, "en": en}
    return {"zh": text, "en": text}


def _fine(found: str) -> _Outcome:
    return "ok", both(found), None


def _sound(machine: Machine, *, record: bool) -> Iterator[Check]:
    library = _check("portaudio", "声音库", "Sound library", lambda: _fine(machine.sound_library()))
    yield library
    if library.state == "missing":
        return
    inputs = _check("input", "麦克风", "Microphone", lambda: _devices(machine.sound_devices(), is_input=True))
    yield inputs
    yield _check("output", "扬声器", "Loudspeaker", lambda: _devices(machine.sound_devices(), is_input=False))
    if record and inputs.state != "missing":
        yield _check("level", "录音电平", "Level", lambda: judge_level(machine.listen(LISTEN_S)))


def _devices(found: Sequence[SoundDevice], *, is_input: bool) -> _Outcome:
    usable = [device for device in found if (device.n_inputs if is_input else device.n_outputs)]
    if not usable:
        kind = {"zh": "输入" if is_input else "输出", "en": "input" if is_input else "output"}
        return (
            "missing",
            {"zh": f"没有{kind['zh']}设备", "en": f"no {kind['en']} device"},
            {
                "zh": f"接上耳机，在系统声音设置里选好{kind['zh']}设备",
                "en": f"connect a headset and choose it as {kind['en']} in the system's sound settings",
            },
        )
    defaults = [
        device for device in usable if (device.is_default_input if is_input else device.is_default_output)
    ]
    names = ", ".join(f"{'* ' if device in defaults else ''}{device.name}" for device in usable)
    if not defaults:
        return (
            "warning",
            {"zh": f"系统没有选默认设备：{names}", "en": f"the system has chosen none of them: {names}"},
            {"zh": "在系统声音设置里选一个", "en": "choose one in the system's sound settings"},
        )
    return "ok", {"zh": f"{names}（* 系统默认）", "en": f"{names} (* the system's choice)"}, None


def judge_level(found: LevelCheck) -> _Outcome:
    """State, finding and remedy of a short recording of the room."""
    figures = {
        "zh": f"{found.rate_hz} Hz，底噪 {found.noise_floor_dbfs:.0f} dBFS，峰值 {found.peak_dbfs:.0f} dBFS",
        "en": f"{found.rate_hz} Hz, noise floor {found.noise_floor_dbfs:.0f} dBFS, peak "
        f"{found.peak_dbfs:.0f} dBFS",
    }
    if found.n_overflows or found.missing_s > MISSING_S:
        lost = {
            "zh": f"；丢失采样 {found.n_overflows} 次，缺 {found.missing_s:.1f} 秒",
            "en": f"; samples lost {found.n_overflows} times, {found.missing_s:.1f} s missing",
        }
        return (
            "warning",
            {ui: figures[ui] + lost[ui] for ui in figures},
            {
                "zh": "关掉占用处理器的程序，蓝牙耳机改用有线",
                "en": "close busy programs; use a cable rather than Bluetooth",
            },
        )
    if found.peak_dbfs >= CLIPPED_DBFS:
        return (
            "warning",
            figures,
            {
                "zh": "输入音量太大，在声音设置里调低",
                "en": "the input gain is too high: turn it down in the sound settings",
            },
        )
    if found.noise_floor_dbfs > NOISE_DBFS:
        return (
            "warning",
            figures,
            {
                "zh": "房间太吵：关窗、关风扇，或改用耳麦",
                "en": "the room is loud: close the window, or use a headset",
            },
        )
    return "ok", figures, None


def _voices(machine: Machine) -> Check:
    lacking = machine.neural_voice_lacks()
    if not lacking:
        return _check(
            "voices", "朗读声音", "Voices", lambda: _fine("神经语音已安装 / the neural voice is installed")
        )
    return _check("voices", "朗读声音", "Voices", lambda: _system_voices(machine.system_voices(), lacking))


def _system_voices(by_language: Mapping[str, int], lacking: Sequence[str]) -> _Outcome:
    n_voices = ", ".join(f"{language} {number}" for language, number in sorted(by_language.items()))
    lack = ", ".join(lacking[:2]) + (" …" if len(lacking) > 2 else "")  # noqa: PLR2004 - enough to read
    return (
        "warning",
        {
            "zh": f"只有系统语音（{n_voices}）；神经语音缺 {lack}",
            "en": f"the system's voices only ({n_voices}); the neural voice lacks {lack}",
        },
        {
            "zh": "voicecoach voices install（系统的中文语音可能很难听懂）",
            "en": "voicecoach voices install (the system's Mandarin may be hard to understand)",
        },
    )


def _data(machine: Machine) -> Iterator[Check]:
    found: list[FolderState] = []

    def look() -> _Outcome:
        found.append(machine.data_folder())
        path = str(found[0].path)
        if found[0].private:
            return "ok", {"zh": f"{path}（只有你能看）", "en": f"{path} (only you may look in)"}, None
        remedy = f"chmod 700 '{path}'"
        return (
            "warning",
            {"zh": f"{path}：这台机器上的其他人也能看", "en": f"{path}: others on this machine may look in"},
            {"zh": remedy, "en": remedy},
        )

    yield _check("data", "数据文件夹", "Data folder", look)
    if found:
        yield _check("disk", "磁盘空间", "Disk space", lambda: _disk(found[0].free_bytes))


def _disk(free_bytes: int) -> _Outcome:
    free = f"{free_bytes / 1e9:.1f} GB"
    finding = {"zh": f"剩余 {free}", "en": f"{free} free"}
    if free_bytes >= ENOUGH_FREE_BYTES:
        return "ok", finding, None
    remedy = {
        "zh": "腾出一些空间：一分钟录音约 6 MB",
        "en": "free some space: a minute of recording takes 6 MB",
    }
    return ("missing" if free_bytes < LEAST_FREE_BYTES else "warning"), finding, remedy


def _calibrated(names: Sequence[str]) -> _Outcome:
    if names:
        return "ok", both(", ".join(names)), None
    return "ok", {"zh": "还没有（可以不做）", "en": "none yet (it may be left out)"}, None
