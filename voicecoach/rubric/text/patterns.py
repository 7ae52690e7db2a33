r"""Regular expressions that a user wrote, matched so that none of them ever hangs.

Python's own engine tries every way to part a text among nested repetitions: ``(好+)+了`` takes twice the
time for each 好. Here google-re2 does it in linear time wherever it means the same; what it cannot say
(looking around, a reference back, ``\b`` beside a Hanzi) goes through ``regex`` with a limit of time.
"""

from __future__ import annotations

import contextlib
import re
import warnings
from dataclasses import dataclass
from functools import cached_property, lru_cache
from time import perf_counter
from typing import TYPE_CHECKING, Final, Protocol

from voicecoach.rubric.text.pattern_syntax import START, Syntax, read_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import regex

    class Match(Protocol):
        """What both engines tell of a match."""

        def span(self) -> tuple[int, int]:
            """From and to, in characters."""

    class Linear(Protocol):
        """A pattern in re2, which ships no types."""

        programsize: int

        def search(self, text: str) -> Match | None:
            """The first match."""

        def finditer(self, text: str) -> Iterable[Match]:
            """All matches."""


LIMIT_S: Final = 2.0
"""Seconds that one pattern may take in what one side said, where time is limited at all."""
TRIAL_LIMIT_S: Final = 0.25
"""Seconds for a text of some dozen characters that is made to be hard for the pattern."""
PUMPED: Final = 40
"""Repetitions in such a text: where each doubles the time, no machine ends."""
TRIED_PARTS: Final = 16
MAX_PROGRAM: Final = 20_000
"""Steps of a pattern in re2; a longer one, of counts inside of counts, goes through ``regex``."""
MAX_STEPS: Final = 2_000_000_000
"""Steps times characters that re2 may need at worst, some seconds."""
LEAST_S: Final = 0.001
_NEVER: Final = r"[^\x00-" + chr(0x10FFFF) + "]"
_STRANGE: Final = "\1"
"""A character that no pattern asks for."""


class PatternTimeError(Exception):
    """A pattern took longer than it may; ``pattern`` is it."""

    def __init__(self, pattern: str) -> None:
        super().__init__(pattern)
        self.pattern = pattern


@dataclass(slots=True)
class Budget:
    """Seconds that are left for one pattern in one text."""

    left_s: float = LIMIT_S

    @contextlib.contextmanager
    def spent(self, pattern: str) -> Iterator[float]:
        """The time that is left; what is used of it is taken off. A TimeoutError becomes PatternTimeError."""
        began_s = perf_counter()
        try:
            yield max(self.left_s, LEAST_S)
        except TimeoutError as exc:
            raise PatternTimeError(pattern) from exc
        finally:
            self.left_s -= perf_counter() - began_s


class Pattern:
    """One pattern, capital letters like small ones."""

    def __init__(self, pattern: str) -> None:
        """Raises re.error for what Python does not accept, or no engine can hold."""
        self.pattern = pattern
        self._syntax = _read(pattern)
        if not self.linear:
            _ = self._bounded

    @property
    def linear(self) -> bool:
        """Whether its time grows with the text and no faster, whatever the text."""
        return self._linear is not None

    @property
    def empty_way(self) -> bool:
        """Whether one of several alternatives is empty, as in ``(a|)``."""
        return self._syntax.empty_way

    def spans(self, text: str, start: int, end: int, budget: Budget) -> list[tuple[int, int]]:
        """Where it matches in ``text[start:end]``, empty matches left out. Raises PatternTimeError."""
        if (engine := self._engine(text, start, end)) is not None:
            with budget.spent(self.pattern) as timeout_s:
                spans = list(_in_time(engine.finditer(text[start:end]), timeout_s))
            if all(first < last for first, last in spans):
                return [(start + first, start + last) for first, last in spans]
            # Python looks for a longer match where an empty one was, re2 does not
        with budget.spent(self.pattern) as timeout_s:
            matches = self._bounded.finditer(text, start, end, timeout=timeout_s)
            return [match.span() for match in matches if match.end() > match.start()]

    def found(self, text: str, start: int, end: int, budget: Budget) -> bool:
        """Whether it matches anywhere in ``text[start:end]``. Raises PatternTimeError."""
        if (engine := self._engine(text, start, end)) is not None:
            return engine.search(text[start:end]) is not None
        with budget.spent(self.pattern) as timeout_s:
            return self._bounded.search(text, start, end, timeout=timeout_s) is not None

    def _engine(self, text: str, start: int, end: int) -> Linear | None:
        """re2, where it means the same as Python in this text. Raises PatternTimeError for a huge one."""
        engine = self._linear if start == 0 else self._linear_inside
        inside = text[start:end]
        if engine is None or "\n" in inside or not _writable(inside):
            return None
        if self._syntax.boundaries and (
            _is_word(text[start - 1 : start]) or any(_is_word(sign) for sign in inside if sign > "\x7f")
        ):
            return None
        if engine.programsize * len(inside) > MAX_STEPS:
            raise PatternTimeError(self.pattern)
        return engine

    @cached_property
    def _linear(self) -> Linear | None:
        return _re2(self._syntax.linear, r"\A")

    @cached_property
    def _linear_inside(self) -> Linear | None:
        """The same where the text begins before: ``^`` matches nowhere."""
        return _re2(self._syntax.linear, _NEVER)

    @cached_property
    def _bounded(self) -> regex.Pattern[str]:
        import regex

        try:
            return regex.compile(self._syntax.bounded, regex.IGNORECASE | regex.VERSION0)
        except regex.error as exc:
            raise re.error(str(exc)) from exc


def _read(pattern: str) -> Syntax:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of sets inside of sets, which mean nothing special
        try:
            return read_pattern(pattern)
        except (OverflowError, RecursionError, KeyError) as exc:
            raise re.error(str(exc)) from exc


def _re2(pattern: str | None, start: str) -> Linear | None:
    """The engine of re2, None where it cannot hold the pattern."""
    if pattern is None:
        return None
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    try:
        engine: Linear = re2.compile(pattern.replace(START, start), options)
    except re2.error:
        return None
    return engine if engine.programsize <= MAX_PROGRAM else None


def _in_time(matches: Iterable[Match], limit_s: float) -> Iterator[tuple[int, int]]:
    """The spans of matches. Raises TimeoutError: each is found soon, but looking for the next may go far."""
    until_s = perf_counter() + limit_s
    for match in matches:
        if perf_counter() > until_s:
            raise TimeoutError
        yield match.span()


def _writable(text: str) -> bool:
    """Whether there is no half of a character in it, as a file name may have."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_word(text: str) -> bool:
    return text.isalnum() or text == "_"


@lru_cache(maxsize=512)
def compiled(pattern: str) -> Pattern:
    """The pattern, worked out once. Raises re.error."""
    return Pattern(pattern)


def hard_for(pattern: str) -> str | None:
    """A short text on which the pattern takes too long; None when none of those tried is such.

    They are made of the characters that its parts match: one or two of them repeated, after those before,
    with an end that fits nothing. Raises re.error.
    """
    tried = compiled(pattern)
    if tried.linear:
        return None
    for text in _pumped(_read(pattern).samples):
        try:
            tried.found(text, 0, len(text), Budget(TRIAL_LIMIT_S))
        except PatternTimeError:
            return text
    return None


def _pumped(samples: str) -> Iterator[str]:
    parts = samples[:TRIED_PARTS]
    for length in (1, 2):
        for at in range(len(parts) - length + 1):
            pump = parts[at : at + length] * (PUMPED // length)
            # the rest of the parts stands behind: an engine may give up at once where one of them is missing
            yield f"{parts[:at]}{pump}{_STRANGE}{parts[at + length :]}{parts}"
