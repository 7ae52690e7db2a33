"""Lines of Chinese and English text in columns of a terminal, where a Hanzi takes two.

A line may break between any two Hanzi but not inside a word of letters; closing punctuation never starts
a line and opening punctuation never ends one (the rule that typesetters of Chinese call 避头尾).
"""

from __future__ import annotations

import re
from typing import Final

from rich.cells import cell_len

_NO_START: Final = "，。、；：！？”’）》」』…—,.;:!?)%]"
_NO_END: Final = "“‘（《「『(["
_WORD = re.compile(r"[!-~]{2}")
_PIECES = re.compile(r"[^\s⺀-鿿豈-﫿＀-￯、-〿]+|\s+|.", re.DOTALL)


def wrap(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` columns; a word longer than that is cut. ``width`` >= 2."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, width):
        if cell_len((line + piece).rstrip()) <= width:
            line += piece if line or not piece.isspace() else ""
            continue
        kept, carried = _broken(line.rstrip(), piece)
        if cell_len(carried + piece) > width:
            kept, carried = line.rstrip(), ""
        lines.append(kept)
        line = (carried + piece).lstrip()
    return [*lines, line.rstrip()] if line.rstrip() or not lines else lines


def pad(text: str, width: int) -> str:
    """``text`` filled up with spaces to ``width`` columns; longer text stays as it is."""
    return text + " " * max(0, width - cell_len(text))


def _pieces(text: str, width: int) -> list[str]:
    """Words, spaces and single Hanzi; what is wider than a line is cut to fit."""
    pieces: list[str] = []
    for word in _PIECES.findall(text):
        rest = word
        while cell_len(rest) > width:
            cut = next(n for n in range(len(rest), 0, -1) if n == 1 or cell_len(rest[:n]) <= width)
            if cut == len(rest):
                break
            pieces.append(rest[:cut])
            rest = rest[cut:]
        pieces.append(rest)
    return pieces


def _broken(line: str, piece: str) -> tuple[str, str]:
    """Where to break between ``line`` and ``piece``: what stays, and what moves down with the piece."""
    text = line + piece
    for cut in range(len(line), 0, -1):
        left, right = text[cut - 1], text[cut]
        in_word = cut < len(line) and not left.isspace() and bool(_WORD.fullmatch(left + right))
        if right not in _NO_START and left not in _NO_END and not in_word:
            return line[:cut].rstrip(), line[cut:]
    return line, ""  # nothing but marks: better a bad break than none
