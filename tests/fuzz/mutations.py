"""Ways to damage bytes and text, each drawn from a seeded generator: the same seed, the same damage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

HEADER_BYTES: Final = 96
"""Where the headers of most formats lie: half of the flipped bits fall there."""
ODD_BYTES: Final = (
    b"\0",
    b"\xff",
    b"\x7f",
    b"\x80",
    b"\xff\xff\xff\xff",
    b"\0" * 64,
    b"\x1b[2J",
    b"ID3\x04\0\0\0\0\0\x0a",
)
ODD_TEXTS: Final = (
    "", " ", "\0", "\x1b[31m\x1b]0;x\x07", "\u202e", "\ud800", "\ufeff", "，", "、", "：", '"', "'", "\\",
    "\r", "\n\n", "\t", "~nouser/x", "/dev/zero", "../../../etc/passwd", "9" * 400, "1e308", "-1e308",
    ".inf", ".nan", "NaN", "Infinity", "-0", "0x10", "0o777", "1:30:00", "2024-01-01", "yes", "no", "null",
    "~", "true", "[]", "{}", "[" * 2000, "{a: " * 500, "- " * 500, "&a [*a, *a]", "*a", "<<: *a",
    "!!bool hello", "!!timestamp x", '!!int ""', "!!float x", "!!binary 1", "!!set [1]",
    "!!python/object:os.system x", "!x y", "%YAML 1.3\n---\n", "---\n", "...\n", "(好+)+了", "(a|a)*b",
    "(?<=x", "a{1000}{1000}", "=1+1", "@SUM(A1)", "<script>alert(1)</script>", "好" * 3000, "\U0001f600",
    "e\u0301" * 50, "%s%n", "{0}{x}",
)  # fmt: skip


def damaged(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    """``data`` after one to three kinds of damage; ``others`` are files to be spliced in."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        data = random.choice(_BYTES)(data, others, random)
    return data


def garbled(text: str, random: Random) -> str:
    """``text`` after one to three kinds of damage."""
    for _ in range(random.choice((1, 1, 2, 3))):
        text = random.choice(_TEXTS)(text, random)
    return text


def _place(data: bytes, random: Random) -> int:
    within = min(len(data), HEADER_BYTES) if random.random() < 0.5 else len(data)
    return random.randrange(within + 1)


def _cut(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _beheaded(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    return data[_place(data, random) :]


def _hole(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    first = _place(data, random)
    return data[:first] + data[first + random.randrange(1, 5000) :]


def _blanked(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    first, length = _place(data, random), random.randrange(1, 5000)
    return data[:first] + b"\0" * len(data[first : first + length]) + data[first + length :]


def _flipped(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    made = bytearray(data)
    for _n in range(random.choice((1, 3, 30, 300))):
        at = _place(data, random)
        if at < len(made):
            made[at] ^= 1 << random.randrange(8)
    return bytes(made)


def _inserted(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    first = _place(data, random)
    return data[:first] + random.choice(ODD_BYTES) + data[first:]


def _overwritten(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    first, odd = _place(data, random), random.choice(ODD_BYTES)
    return data[:first] + odd + data[first + len(odd) :]


def _led(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    return random.randbytes(random.randrange(1, 300)) + data


def _trailed(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    return data + random.randbytes(random.randrange(1, 5000))


def _doubled(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    return data + data[: random.randrange(len(data) + 1)]


def _spliced(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    other = random.choice(others)
    return data[: _place(data, random)] + other[_place(other, random) :]


def _noise(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    return data[: min(len(data), random.randrange(40))] + random.randbytes(random.randrange(20_000))


_BYTES: Final[tuple[Callable[[bytes, Sequence[bytes], Random], bytes], ...]] = (
    _cut, _cut, _beheaded, _hole, _hole, _blanked, _flipped, _flipped, _inserted, _overwritten, _led,
    _trailed, _doubled, _spliced, _noise,
)  # fmt: skip


def _odd_line(text: str, random: Random) -> str:
    lines = text.split("\n")
    lines.insert(random.randrange(len(lines) + 1), random.choice(ODD_TEXTS))
    return "\n".join(lines)


def _odd_value(text: str, random: Random) -> str:
    """A value after a colon or a comma becomes an odd one."""
    places = [at for at, character in enumerate(text) if character in ":,"]
    if not places:
        return text + random.choice(ODD_TEXTS)
    at = random.choice(places) + 1
    end = next((n for n in range(at, len(text)) if text[n] in ",\n]}"), len(text))
    return text[:at] + " " + random.choice(ODD_TEXTS) + text[end:]


def _odd_anywhere(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(ODD_TEXTS) + text[at:]


def _line_lost(text: str, random: Random) -> str:
    lines = text.split("\n")
    del lines[random.randrange(len(lines))]
    return "\n".join(lines)


def _lines_swapped(text: str, random: Random) -> str:
    lines = text.split("\n")
    first, second = random.randrange(len(lines)), random.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "\n".join(lines)


def _line_doubled(text: str, random: Random) -> str:
    lines = text.split("\n")
    at = random.randrange(len(lines))
    return "\n".join([*lines[:at], lines[at], *lines[at:]])


def _shifted(text: str, random: Random) -> str:
    lines = text.split("\n")
    at = random.randrange(len(lines))
    lines[at] = random.choice((" ", "  ", "\t", "\u3000", "- ")) + lines[at]
    return "\n".join(lines)


def _torn(text: str, random: Random) -> str:
    return text[: random.randrange(len(text) + 1)]


def _nested(text: str, random: Random) -> str:
    depth = random.choice((50, 2_000, 40_000))
    opened = random.choice(("[", '{"a":', "- ", "? "))
    values = [at + 1 for at, character in enumerate(text) if character in ":,["]
    at = random.choice(values) if values and random.random() < 0.7 else random.randrange(len(text) + 1)
    return text[:at] + " " + opened * depth + text[at:]


_TEXTS: Final[tuple[Callable[[str, Random], str], ...]] = (
    _odd_line, _odd_value, _odd_value, _odd_value, _odd_anywhere, _line_lost, _line_lost, _lines_swapped,
    _line_doubled, _shifted, _torn, _nested,
)  # fmt: skip


def written(text: str, random: Random) -> bytes:
    """The bytes of ``text``: mostly UTF-8, now and then another encoding or a damaged one."""
    clean = text.encode("utf-8", "surrogatepass")
    kind = random.random()
    if kind < 0.04:
        return text.encode("utf-16", "surrogatepass")
    if kind < 0.08:
        return text.encode("gb18030", "replace")
    if kind < 0.12:
        return b"\xef\xbb\xbf" + clean
    if kind < 0.2:
        return damaged(clean, [clean], random)
    return clean
