r"""Text from outside as a reader may see it: names of files, and whatever others have written.

A file's name is bytes. Where they are no UTF-8 the system's decoder keeps each stray byte as a lone
surrogate, which no file, page or terminal takes. :func:`shown` makes a name readable: bytes of a Chinese
Windows (GB 18030) as the Hanzi that they are, any other stray byte as ``\xb5``. What is shown is for
readers; files are opened and remembered by the path itself.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import PurePath

_LONE: Final = re.compile(r"[\ud800-\udfff]")
"""What no encoding takes."""
_SEPARATORS: Final = re.compile(r"[\\/]")
_STRAY_LOWEST: Final = 0xDC80
_STRAY_HIGHEST: Final = 0xDCFF
_STRAY_OFFSET: Final = 0xDC00
_SPACES: Final = frozenset("\u00a0\u3000\u2002\u2003\u2009\u202f")
_JOINERS: Final = frozenset("\u200c\u200d")
"""Inside one sign of several parts: families, flags, scripts that join their letters."""
_COMMON_ROWS: Final = range(0xB0, 0xD8)
"""First bytes of the 3755 usual Hanzi (GB 2312, first level)."""
_MARK_ROWS: Final = range(0xA1, 0xA4)
"""First bytes of Chinese punctuation and full-width letters."""
_COMMON_SHARE: Final = 0.5
"""Of the signs of a name in GB 18030, so many are usual ones; bytes of another encoding give rare Hanzi."""


def visible(text: str, *, keep: str = "") -> str:
    """``text`` as no terminal obeys it: control, direction and other unseen signs, and stray bytes, escaped.

    Signs in ``keep`` stay as they are.
    """
    if text.isprintable():
        return text
    return "".join(sign if sign in keep or _is_seen(sign) else _escaped(sign) for sign in text)


def shown(path: PurePath | str) -> str:
    """The path as one line that can be read and written anywhere, never to be opened again."""
    text = str(path)
    if _LONE.search(text):
        text = "/".join(_decoded(part) for part in text.split("/"))
    return visible(text)


def name_part(text: str, *, most_bytes: int) -> str:
    """``text`` as part of a new file's name: readable, no separator, at most so many bytes of UTF-8."""
    part = _SEPARATORS.sub("_", shown(text)).encode()[: max(0, most_bytes)].decode("utf-8", "ignore")
    return on_disk(part)


def on_disk(name: str) -> str:
    """The name as the system takes it: UTF-8 where its own encoding has not all the signs (LC_ALL=C)."""
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return os.fsdecode(name.encode("utf-8", "surrogateescape"))
    return name


def whole(text: str) -> str:
    """Text that somebody typed or handed in, as every encoding takes it: stray bytes read, or as U+FFFD."""
    return _LONE.sub("\ufffd", _decoded(text))


def is_whole(text: str) -> bool:
    """Whether every encoding of Unicode takes the text: no lone surrogate is in it."""
    return _LONE.search(text) is None


def _is_seen(sign: str) -> bool:
    return sign.isprintable() or sign in _SPACES or sign in _JOINERS


def _escaped(sign: str) -> str:
    code = ord(sign)
    if _STRAY_LOWEST <= code <= _STRAY_HIGHEST:
        return f"\\x{code - _STRAY_OFFSET:02x}"
    return sign.encode("unicode_escape", "surrogatepass").decode("ascii")


def _decoded(part: str) -> str:
    """One part of a path with its stray bytes read, where they make sense."""
    if not _LONE.search(part):
        return part
    try:
        raw = part.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a surrogate that stands for no byte
        return part
    for encoding in ("utf-8", "gb18030"):  # UTF-8: the system's own encoding is less than that (LC_ALL=C)
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _is_sensible(text):
            return text
    return part


def _is_sensible(text: str) -> bool:
    """Whether Hanzi out of bytes are such as people write, most of them usual ones."""
    wide = [sign for sign in text if not sign.isascii()]
    if not all(map(_is_seen, wide)):
        return False
    return sum(map(_is_usual, wide)) >= _COMMON_SHARE * len(wide)


def _is_usual(sign: str) -> bool:
    try:
        first = sign.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return first in _COMMON_ROWS or first in _MARK_ROWS
