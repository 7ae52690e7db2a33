"""What PortAudio's errors mean for the user: one message and one remedy for each situation."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final, Literal

from voicecoach.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Sequence

Direction = Literal["input", "output"]

RATE_REFUSED: Final = -9997
CHANNELS_REFUSED: Final = -9998
FORMAT_REFUSED: Final = -9994
UNAVAILABLE: Final = -9985
_ALSA_BUSY: Final = -16
_NO_DEVICE_TEXTS: Final = ("Error querying device -1", "No input device found", "No output device found")
_DENIED_TEXTS: Final = ("denied", "0x80070005", "not permitted")

_NAMES: Final = {"input": ("麦克风", "microphone"), "output": ("扬声器", "loudspeaker")}


def _both(zh: str, en: str) -> str:
    return f"{zh} / {en}"


_CONNECT: Final = {
    "input": _both(
        "接上麦克风或耳机，在系统声音设置里选好输入设备，再运行 voicecoach doctor",
        "connect a microphone or headset, choose it as input in the system's sound settings, "
        "then run voicecoach doctor",
    ),
    "output": _both(
        "接上耳机或扬声器，在系统声音设置里选好输出设备",
        "connect headphones or a loudspeaker and choose it in the system's sound settings; or --save FILE",
    ),
}
_PRIVACY: Final = {
    "darwin": _both(
        "系统设置 → 隐私与安全性 → 麦克风：允许你的终端程序，再重开终端",
        "System Settings → Privacy & Security → Microphone: allow your terminal program, then open it again",
    ),
    "win32": _both(
        "设置 → 隐私和安全性 → 麦克风：打开“允许桌面应用访问麦克风”",
        "Settings → Privacy & security → Microphone: switch on “Let desktop apps access your microphone”",
    ),
    "linux": _both(
        "设置 → 隐私 → 麦克风：打开；设置 → 声音 → 输入：取消静音",
        "Settings → Privacy → Microphone: on; Settings → Sound → Input: not muted "
        "(or pactl set-source-mute @DEFAULT_SOURCE@ 0)",
    ),
}
LIBRARY_HINT: Final = _both(
    "安装 PortAudio：apt-get install libportaudio2（Debian、Ubuntu），brew install portaudio（macOS）",
    "install PortAudio: apt-get install libportaudio2 (Debian, Ubuntu), brew install portaudio (macOS)",
)


def privacy_hint(platform: str = sys.platform) -> str:
    """Where this operating system lets programs use the microphone."""
    return _PRIVACY.get(platform, _PRIVACY["linux"])


def no_library(cause: object) -> DeviceError:
    """PortAudio itself is not there."""
    return DeviceError(_both("声音用不了", f"no sound can be played or recorded: {cause}"), hint=LIBRARY_HINT)


def no_device(direction: Direction, cause: object) -> DeviceError:
    """The machine has no such device, or none of that name."""
    zh, en = _NAMES[direction]
    return DeviceError(_both(f"找不到{zh}", f"no {en} can be used: {cause}"), hint=_CONNECT[direction])


def lost(direction: Direction, device: str) -> DeviceError:
    """The device went away while it was used."""
    if direction == "output":
        message = _both("扬声器断开了", f"the loudspeaker has gone while it played: {device}")
    else:
        message = _both(
            "麦克风断开了，已录部分都在",
            f"the microphone has gone; what was said until then is kept: {device}",
        )
    return DeviceError(message, hint=_CONNECT[direction])


def stalled(device: str, limit_s: float) -> DeviceError:
    """The microphone is open and sends nothing."""
    return DeviceError(
        _both(
            f"麦克风 {limit_s:.0f} 秒没有送来声音，已录部分都在",
            f"the microphone has sent nothing for {limit_s:.0f} s; what was said before is kept: {device}",
        ),
        hint=_both(
            "检查连接，或重启系统的声音服务",
            "check its cable or Bluetooth, or restart the system's sound service",
        ),
    )


def silent(device: str) -> DeviceError:
    """The microphone sends zeros only: switched off, muted, or forbidden to this program."""
    return DeviceError(
        _both("麦克风送来的全是数字零", f"the microphone sends nothing but zeros: {device}"),
        hint=privacy_hint(),
    )


def rates_refused(device: str, rates_hz: Sequence[int]) -> DeviceError:
    """No rate that was tried is accepted."""
    tried = ", ".join(map(str, rates_hz))
    return DeviceError(
        _both("麦克风不接受任何采样率", f"the microphone refuses all sample rates ({tried} Hz): {device}"),
        hint=_both(
            "在系统声音设置里设为 48000 Hz，或换一个输入设备",
            "set it to 48000 Hz in the system's sound settings, or choose another input",
        ),
    )


def translated(exc: Exception, direction: Direction, device: str) -> DeviceError:
    """What PortAudio raised when a stream was opened, as a fault that the user can do something about."""
    code, host_code = _codes(exc)
    text = str(exc)
    zh, en = _NAMES[direction]
    if any(known in text for known in _NO_DEVICE_TEXTS) or isinstance(exc, ValueError):
        return no_device(direction, exc)
    if code == UNAVAILABLE or host_code == _ALSA_BUSY:
        return DeviceError(
            _both(f"{zh}被别的程序占用", f"the {en} is in use by another program: {device} ({text})"),
            hint=_both(
                "关掉正在用它的程序：会议、录音、浏览器标签",
                "close the program that uses it: a meeting, a recorder, a browser tab",
            ),
        )
    if any(denied in text.lower() for denied in _DENIED_TEXTS):
        return DeviceError(
            _both(f"系统不让用{zh}", f"the system does not let this program use the {en}: {device} ({text})"),
            hint=privacy_hint(),
        )
    if code == RATE_REFUSED:
        return DeviceError(
            _both(f"{zh}不接受这个采样率", f"the {en} refuses the sample rate: {device} ({text})"),
            hint=_both("在系统声音设置里设为 48000 Hz", "set it to 48000 Hz in the system's sound settings"),
        )
    return DeviceError(
        _both(f"{zh}打不开", f"no {en} can be used: {device} ({text})"), hint=_CONNECT[direction]
    )


def is_refused_format(exc: Exception) -> bool:
    """Whether another rate, or another number of channels, may do."""
    return _codes(exc)[0] in {RATE_REFUSED, CHANNELS_REFUSED, FORMAT_REFUSED}


def _codes(exc: Exception) -> tuple[int | None, int | None]:
    """PortAudio's own code and the host API's, where there are any."""
    details: tuple[Any, ...] = exc.args[1:]
    host: Any = details[1] if len(details) > 1 else None
    return (details[0] if details else None), (host[1] if isinstance(host, tuple) and len(host) > 1 else None)
