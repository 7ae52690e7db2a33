"""The transcript with its marks: heard points, maybes, phrases to watch, fillers, doubtful words, pauses."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from voicecoach.report.one.view import clock
from voicecoach.report.phrases import named, printable
from voicecoach.words import catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.assessment import Assessment
    from voicecoach.model.audio import Span
    from voicecoach.model.transcript import Word
    from voicecoach.report.one.view_values import CoverageView
    from voicecoach.words.catalogue import Ui

UNSURE_BELOW: Final = 0.5
"""A word with less confidence than this is shown as doubtful, 0..1."""
SHOWN_PAUSE_S: Final = 1.0
"""Silent pauses from here stand in the text, seconds; all of them stand on the time axis."""
PARAGRAPH_PAUSE_S: Final = 1.5
"""A pause from here starts a new paragraph, seconds."""
LONGEST_PARAGRAPH_WORDS: Final = 120
EDGE_S: Final = 0.02
"""A word that begins so little before a quote's end is not part of it, seconds."""
FILLERS: Final = ("filled_pauses_vocalised", "filled_pauses_lexical")

MarkKind = Literal["covered", "maybe", "forbidden", "filler", "unheard"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked span: ``badge`` is the point's number, ``title`` says what it is."""

    kind: MarkKind
    span: Span
    badge: str
    title: str


@dataclass(frozen=True, slots=True)
class MarkedRun:
    """Neighbouring words with the same marks; ``badges`` are those of marks that end here."""

    marks: tuple[Mark, ...]
    words: tuple[Word, ...]
    badges: tuple[Mark, ...]

    @property
    def classes(self) -> str:
        """The kinds of its marks, for a style sheet."""
        return " ".join(sorted({mark.kind for mark in self.marks}))

    @property
    def title(self) -> str:
        """What the marks say."""
        return " · ".join(dict.fromkeys(mark.title for mark in self.marks))


@dataclass(frozen=True, slots=True)
class Aside:
    """Something heard between words: a pause, or a filler that got no text."""

    kind: Literal["pause", "filler", "unheard"]
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What stands between two long pauses."""

    clock: str
    start_s: float
    parts: tuple[MarkedRun | Aside, ...]


def find_marks(assessment: Assessment, coverage: CoverageView | None, ui: Ui) -> tuple[Mark, ...]:
    """All marks of the text and of the time axis, in order of time."""
    marks: list[Mark] = []
    if coverage is not None:
        for point in coverage.points:
            kind: MarkKind = "covered" if point.state == "covered" else "maybe"
            title = f"{point.number} {point.label}: {point.word}"
            marks += [Mark(kind, said.span, str(point.number), title) for said in point.said if said.span]
        marks += [
            Mark("forbidden", hit.span, "", f"{named(hit.code, ui)} · {hit.word}")
            for hit in coverage.language
            if hit.span is not None
        ]
    for measurement in assessment.measurements:
        if measurement.name in FILLERS:
            title = catalogue.word("report-legend-filler", ui)
            marks += [Mark("filler", span, "", title) for span in measurement.evidence]
    marks += [
        Mark("unheard", span, "", catalogue.word("report-legend-unheard", ui))
        for span in assessment.transcript.unheard
    ]
    return tuple(sorted(marks, key=lambda mark: (mark.span.start_s, mark.span.end_s, mark.kind, mark.badge)))


def silent_pauses(assessment: Assessment) -> tuple[Span, ...]:
    """Every silent pause, as measured on the sound."""
    return next((m.evidence for m in assessment.measurements if m.name == "silent_pauses"), ())


def paragraphs(assessment: Assessment, marks: Sequence[Mark], ui: Ui) -> tuple[Paragraph, ...]:
    """The words in order with their marks, pauses and wordless fillers between them."""
    words = assessment.transcript.words
    middles = [word.span.middle_s for word in words]
    starts = [word.span.start_s + EDGE_S for word in words]
    marked: list[list[Mark]] = [[] for _ in words]
    asides: list[tuple[int, Aside]] = []
    for mark in marks:
        times = middles if mark.kind in ("filler", "unheard") else starts
        first, stop = bisect_left(times, mark.span.start_s), bisect_left(times, mark.span.end_s)
        for index in range(first, stop):
            marked[index].append(mark)
        if first == stop and mark.kind in ("filler", "unheard"):
            asides.append(
                (first, Aside("filler" if mark.kind == "filler" else "unheard", mark.span, mark.title))
            )
    for pause in silent_pauses(assessment):
        if pause.duration_s >= SHOWN_PAUSE_S:
            text = catalogue.word("report-silence", ui, n=f"{pause.duration_s:.1f}")
            asides.append((bisect_left(middles, pause.middle_s), Aside("pause", pause, text)))
    asides.sort(key=lambda item: (item[0], item[1].span.start_s))
    return _laid_out(words, marked, asides)


def _laid_out(
    words: Sequence[Word], marked: Sequence[Sequence[Mark]], asides: Sequence[tuple[int, Aside]]
) -> tuple[Paragraph, ...]:
    done: list[Paragraph] = []
    parts: list[MarkedRun | Aside] = []
    n_words, queue = 0, list(asides)
    for index in range(len(words) + 1):
        while queue and queue[0][0] == index:
            aside = queue.pop(0)[1]
            parts.append(aside)
            if aside.kind == "pause" and aside.span.duration_s >= PARAGRAPH_PAUSE_S:
                n_words = LONGEST_PARAGRAPH_WORDS
        if index == len(words):
            break
        if n_words >= LONGEST_PARAGRAPH_WORDS and parts:
            done.append(_paragraph(parts))
            parts, n_words = [], 0
        _append(
            parts, words[index], tuple(marked[index]), marked[index + 1] if index + 1 < len(words) else ()
        )
        n_words += 1
    return (*done, _paragraph(parts)) if parts else tuple(done)


def _append(
    parts: list[MarkedRun | Aside], word: Word, marks: tuple[Mark, ...], after: Sequence[Mark]
) -> None:
    ending = tuple(mark for mark in marks if mark.badge and mark not in after)
    last = parts[-1] if parts else None
    if isinstance(last, MarkedRun) and last.marks == marks and not last.badges:
        parts[-1] = MarkedRun(marks, (*last.words, word), ending)
    else:
        parts.append(MarkedRun(marks, (word,), ending))


def _paragraph(parts: Sequence[MarkedRun | Aside]) -> Paragraph:
    first = parts[0]
    start_s = first.words[0].span.start_s if isinstance(first, MarkedRun) else first.span.start_s
    return Paragraph(clock(start_s), start_s, tuple(parts))


def is_unsure(word: Word) -> bool:
    """Whether the recogniser itself doubts the word."""
    return word.confidence < UNSURE_BELOW


def word_text(word: Word) -> str:
    """The word as it is shown, its leading space kept."""
    lead = " " if word.text[:1].isspace() else ""
    return lead + printable(word.text.strip())
