"""A language that nobody has written: English in brackets, which shows what is not of the catalogue.

What is said in it stands between ``⟦`` and ``⟧``. Text outside of them is what a recording, a prompt or a
profile holds, or else a word that stands in the code.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from fluent.syntax import FluentParser, FluentSerializer
from fluent.syntax import ast as fluent

from voicecoach.words import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from voicecoach.model.assessment import Assessment
    from voicecoach.model.profile import Profile
    from voicecoach.model.prompt import Prompt

UI = "xx"
TAG = "report-lang"
"""No words: what browsers call the language."""
SYMBOLS = frozenset({"Hz", "dB", "dBFS", "st", "sha256", "SHA-256", "A", "B"})
"""Of every language: units, the digest by its name, the two sides of a comparison."""
_LETTERS = re.compile(r"[^\W\d_]+")


def write_catalogue(folder: Path) -> None:
    """The files of all languages in ``folder``, and one more: :data:`UI`."""
    sources = {ui: catalogue.source(ui) for ui in catalogue.languages()}
    for ui, text in (sources | {UI: bracketed(sources["en"])}).items():
        (folder / f"{ui}.ftl").write_text(text, encoding="utf-8")


def forget_catalogue() -> None:
    """Let the catalogue read its files anew."""
    for cached in (catalogue.languages, catalogue._texts, catalogue._bundle, catalogue._entry):
        cached.cache_clear()


@pytest.fixture
def brackets(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A reader's language that there is by one file more: English in brackets."""
    folder = tmp_path_factory.mktemp("words")
    write_catalogue(folder)
    monkeypatch.setattr(catalogue, "_FOLDER", folder)
    forget_catalogue()
    yield UI
    forget_catalogue()


def bracketed(source: str) -> str:
    """A Fluent file with every text of it in brackets, but for the language's own tag."""
    resource = FluentParser().parse(source)
    for entry in resource.body:
        if isinstance(entry, fluent.Message) and entry.id.name != TAG:
            for pattern in (entry.value, *(attribute.value for attribute in entry.attributes)):
                if pattern is not None:
                    first, last = fluent.TextElement("⟦"), fluent.TextElement("⟧")
                    pattern.elements = [first, *pattern.elements, last]
    return FluentSerializer().serialize(resource)


def strange(texts: Iterable[str], known: Iterable[str]) -> list[str]:
    """The words of ``texts`` that are neither of the catalogue nor among ``known``, texts of the data."""
    data = sorted({_close(text) for text in (*known, *SYMBOLS)} - {""}, key=len, reverse=True)
    rest = []
    for text in texts:
        left = outside(_close(text))
        for piece in data:
            left = left.replace(piece, " ")
        rest += [f"{word} in {text.strip()[:80]!r}" for word in _LETTERS.findall(left)]
    return rest


def outside(text: str) -> str:
    """What stands outside of all brackets; text of which a bracket is lacking is kept whole."""
    depth, kept = 0, ""
    for character in text:
        depth += (character == "⟦") - (character == "⟧")
        kept += character if depth == 0 and character != "⟧" else "" if depth else " "
    return kept if depth == 0 else text


def strings(value: Any) -> Iterator[str]:
    """Every text in JSON, names of members left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from strings(part)


class Shown(HTMLParser):
    """All that a page shows or has read aloud: its text and the attributes that are words."""

    SPOKEN = frozenset({"title", "aria-label", "placeholder", "alt", "data-label"})

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._skipped = ""

    @classmethod
    def of(cls, page: str) -> list[str]:
        """The texts of a page."""
        parser = cls()
        parser.feed(page)
        parser.close()
        return parser.texts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipped = tag if tag in {"script", "style", "code"} else ""
        self.texts += [value for name, value in attrs if name in self.SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._skipped = ""

    def handle_data(self, data: str) -> None:
        if not self._skipped and data.strip():
            self.texts.append(data)


def said_in(assessment: Assessment) -> Iterator[str]:
    """The texts of an assessment that are no words of ours: what was said, what trainers and engines name."""
    yield from (assessment.source, assessment.profile, assessment.created, assessment.sha256)
    yield from (word.text for word in (*assessment.transcript.words, *assessment.transcript.dropped))
    if assessment.coverage is not None:
        evidence = [proof for point in assessment.coverage.points for proof in point.evidence]
        yield from (part for proof in evidence for part in (proof.quote, proof.by.partition(":")[2]))
        yield from (hit.quote for hit in assessment.coverage.language)
    yield from strings([asdict(tip) for tip in assessment.advice])
    yield from strings([asdict(refusal) for refusal in assessment.refusals])
    for band in assessment.bands.values():
        yield from band.source.split("project's choice")
    yield from (score.explanation for score in assessment.scores)
    for made in assessment.provenance.values():
        yield from (
            [made]
            if isinstance(made, str)
            else [made.engine, made.version, made.model, made.model_sha256[:12]]
        )


def written_in(prompt: Prompt, profile: Profile) -> Iterator[str]:
    """The texts of a prompt and a profile."""
    texts = (prompt.text, prompt.model_answer, prompt.tip, profile.title)
    points = [text for point in prompt.points for text in (point.label, point.hint)]
    yield from strings([prompt.id, *map(dict, texts), *map(dict, points)])


def _close(text: str) -> str:
    """Without blanks: a terminal breaks its lines anywhere."""
    return re.sub(r"\s+", "", text)
