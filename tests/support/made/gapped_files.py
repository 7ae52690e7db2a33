"""Sound files whose time is more than their sound: packets lost, recorders paused, silence not sent."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import av

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AMR_MAGIC = {"amrnb": b"#!AMR\n", "amrwb": b"#!AMR-WB\n"}
AMR_NO_DATA = {"amrnb": b"\x7c", "amrwb": b"\x7c"}
"""A frame that says that nothing was sent (frame type 15): its time is silence."""
AMR_FRAME_S = 0.020
_AMR_BYTES = (12, 13, 15, 17, 19, 20, 26, 31, 5)


def remux(
    path: Path, out: Path, stamp_s: Callable[[float], float | None], *, container: str | None = None
) -> Path:
    """The packets of ``path`` in ``out``, each at ``stamp_s`` of its time in seconds, or left out (None)."""
    with av.open(str(path)) as source, av.open(str(out), "w", format=container) as target:
        theirs = source.streams.audio[0]
        ours: Any = target.add_stream_from_template(theirs)
        for packet in source.demux(theirs):
            if packet.pts is None or packet.time_base is None:
                continue
            time_base = packet.time_base
            now_s = stamp_s(float(packet.pts * time_base))
            if now_s is None:
                continue
            packet.pts = packet.dts = round(now_s / time_base)
            packet.stream = ours
            target.mux(packet)
    return out


def amr_frames(path: Path) -> list[bytes]:
    """The frames of an AMR file (narrow band), 20 ms each."""
    data = path.read_bytes()
    at, frames = len(AMR_MAGIC["amrnb"]), []
    while at < len(data):
        size = 1 + _AMR_BYTES[data[at] >> 3 & 15]
        frames.append(data[at : at + size])
        at += size
    return frames


def write_amr(path: Path, frames: list[bytes]) -> Path:
    """An AMR file (narrow band) of these frames."""
    path.write_bytes(AMR_MAGIC["amrnb"] + b"".join(frames))
    return path


def opus_with_silence(path: Path, out: Path, start_s: float, end_s: float) -> Path:
    """An Opus file as a sender writes it that says nothing from ``start_s`` to ``end_s``.

    There every .4 s one packet stands, of its header alone: the others are not sent.
    """
    due_s = start_s
    with av.open(str(path)) as source, av.open(str(out), "w") as target:
        theirs = source.streams.audio[0]
        ours: Any = target.add_stream_from_template(theirs)
        for packet in source.demux(theirs):
            if packet.pts is None or packet.time_base is None:
                continue
            now_s = float(packet.pts * packet.time_base)
            sent: Any = packet
            if start_s <= now_s < end_s:
                if now_s < due_s - 1e-6:
                    continue
                due_s = now_s + 0.4
                sent = av.Packet(bytes([bytes(packet)[0] & 0xFC]))
                sent.pts = sent.dts = packet.pts
                sent.time_base, sent.duration = packet.time_base, packet.duration
            sent.stream = ours
            target.mux(sent)
    return out


def write_qcp(path: Path, codec: str, frames: list[bytes]) -> Path:
    """A QCP file of QCELP or EVRC frames, each behind the number of its rate, 0: nothing was sent."""
    guid, full, half, quarter, eighth = _QCP[codec]
    rates = bytes([full, 4, half, 3, quarter, 2, eighth, 1, 0, 0]).ljust(16, b"\0")
    layout = b"\x01\x00" + guid + b"\x02\x00" + bytes(80)
    layout += (
        struct.pack("<HHHHH", 13_000, full + 1, 160, 8_000, 16) + struct.pack("<I", 5) + rates + bytes(20)
    )
    data = b"".join(frames)
    body = b"QLCMfmt " + struct.pack("<I", len(layout)) + layout
    body += b"vrat" + struct.pack("<III", 8, 1, len(frames)) + b"data" + struct.pack("<I", len(data)) + data
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    return path


_QCP = {
    "qcelp": (bytes.fromhex("416d7f5e15b1d011ba9100805fb4b97e"), 34, 16, 7, 3),
    "evrc": (bytes.fromhex("8dd489e67690b54691ef736a5100ceb4"), 22, 10, 5, 2),
}
"""Mark of the codec, and bytes of a frame at each of its rates."""
