"""The keys of a prompt pack as pydantic models, one class a level of the file.

Strict (a number is no text), closed (an unknown key is a fault), with the limits of each value.
What follows from several values at once is checked in :mod:`.schema`.
"""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, create_model

from voicecoach.model.dialogue import Side
from voicecoach.model.prompt import Form, Kind, Polarity, Severity
from voicecoach.words.catalogue import languages

SCHEMA = "voicecoach.prompts/1"
MAX_CUE_CHARS = {"zh": 16, "en": 60}
"""A longer phrase is never said twice in the same words: it belongs into the exemplars (ours)."""
MAX_SENTENCE_CHARS = {"zh": 80, "en": 240}
"""An exemplar is one clause or sentence: the matcher compares it with windows of that size (ours)."""
MAX_TARGET_S = 600.0
MAX_POINTS = 12

MAX_REGEX_CHARS = 200
MAX_WINDOW_S = 3600.0
"""Longest call that is read, seconds."""
MAX_CONDITIONS = 20

RESERVED: dict[str, dict[str, str]] = {
    "point": {
        "match": "pack-key-reserved",
        "regex": "pack-key-of-a-condition",
    },
}
"""Keys of a level that are refused with words of their own, by code."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
ZhCue = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=MAX_CUE_CHARS["zh"])]
EnCue = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=MAX_CUE_CHARS["en"])]
ZhSentence = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=2, max_length=MAX_SENTENCE_CHARS["zh"])
]
EnSentence = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=2, max_length=MAX_SENTENCE_CHARS["en"])
]
Regex = Annotated[str, StringConstraints(min_length=1, max_length=MAX_REGEX_CHARS)]
FatalCode = Literal["rude", "shirk", "overpromise", "leak"]


class _Checked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TextModel(_Checked):
    """A text by language; Mandarin is the one that must be there."""

    zh: Line
    en: Line | None = None


if not TYPE_CHECKING:  # readers of any other language of the catalogue may have their text as well
    _OTHERS = {ui: (Line | None, None) for ui in languages() if ui not in TextModel.model_fields}
    TextModel = create_model("TextModel", __base__=TextModel, __doc__=TextModel.__doc__, **_OTHERS)


class CallerLineModel(TextModel):
    """What a caller says further on, and in which mood."""

    mood: int = Field(ge=1, le=5)


class CuesModel(_Checked):
    """Short phrases by language."""

    zh: list[ZhCue] = Field(min_length=1)
    en: list[EnCue] | None = Field(default=None, min_length=1)


class SentencesModel(_Checked):
    """Whole colloquial clauses by language."""

    zh: list[ZhSentence] = Field(min_length=1)
    en: list[EnSentence] | None = Field(default=None, min_length=1)


class RegexModel(_Checked):
    """Regular expressions by language; what they mean is checked in :mod:`.rule_schema`."""

    zh: Regex
    en: Regex | None = None


class ConditionModel(_Checked):
    """Something that is said: by sound, by pattern or by meaning."""

    cues: CuesModel | None = None
    regex: RegexModel | None = None
    unless: RegexModel | None = None
    exemplars: SentencesModel | None = None


Conditions = Annotated[list[ConditionModel], Field(min_length=1, max_length=MAX_CONDITIONS)]


class WindowModel(_Checked):
    """The first or the last seconds of a call."""

    first_s: float | None = Field(default=None, gt=0, le=MAX_WINDOW_S)
    last_s: float | None = Field(default=None, gt=0, le=MAX_WINDOW_S)


class AnchorModel(ConditionModel):
    """A moment: another point, or something said on a channel."""

    point: Id | None = None
    channel: Side | None = None


class AnchorsModel(_Checked):
    """After or before which moment, and how soon after it."""

    after: AnchorModel | None = None
    before: AnchorModel | None = None
    within_s: float | None = Field(default=None, gt=0, le=MAX_WINDOW_S)


def texts(model: TextModel | RegexModel | None) -> dict[str, str]:
    """A text, or a pattern, by language; empty when there is none."""
    return {ui: text for ui in languages() if (text := getattr(model, ui, None))}


def phrases(model: CuesModel | SentencesModel | None) -> dict[str, tuple[str, ...]]:
    """Phrases by language; empty when there are none."""
    return {} if model is None else {"zh": tuple(model.zh)} | ({"en": tuple(model.en)} if model.en else {})


class PointModel(_Checked):
    """One rubric point."""

    id: Id
    label: TextModel
    weight: float = Field(default=1.0, gt=0, le=100)
    polarity: Polarity = "affirm"
    form: Form | None = None
    fatal: bool = False
    hint: TextModel | None = None
    cues: CuesModel | None = None
    exemplars: SentencesModel | None = None
    counter_exemplars: SentencesModel | None = None
    severity: Severity | None = None
    channel: Side | None = None
    window: WindowModel | None = None
    any_of: Conditions | None = Field(default=None, alias="any")
    at_least: int | None = Field(default=None, ge=1)
    all_of: Conditions | None = Field(default=None, alias="all")
    none_of: Conditions | None = Field(default=None, alias="none")
    anchors: AnchorsModel | None = None


class PromptModel(_Checked):
    """One prompt with the rubric of its answer."""

    id: Id
    kind: Kind
    role: Literal["interviewer", "caller"] | None = None
    text: TextModel
    target_s: list[Annotated[float, Field(gt=0, le=MAX_TARGET_S)]] = Field(min_length=2, max_length=2)
    profile: Literal["interview", "deescalation", "broadcast"] = "interview"
    mood: int = Field(default=1, ge=1, le=5)
    voice: Line | None = None
    order: list[Id] | None = Field(default=None, min_length=2)
    fatal_language: list[FatalCode] | None = Field(default=None, min_length=1)
    tip: TextModel | None = None
    model_answer: TextModel | None = None
    persona: TextModel | None = None
    lines: list[CallerLineModel] | None = Field(default=None, min_length=1)
    families: list[Id] | None = Field(default=None, min_length=1)
    points: list[PointModel] = Field(min_length=1, max_length=MAX_POINTS)


class PackModel(_Checked):
    """A whole file."""

    schema_: Literal["voicecoach.prompts/1"] = Field(alias="schema")
    pack: Id
    version: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z._]{0,19}$")]
    title: TextModel
    prompts: list[PromptModel] = Field(min_length=1)
