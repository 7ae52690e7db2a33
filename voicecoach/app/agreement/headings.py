"""What the heading of a column means: a rubric point by id or label, a figure by name or title, or none."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from voicecoach.app.agreement.cells import normal
from voicecoach.app.agreement.files import near
from voicecoach.app.agreement.scales import Scale, scale_in_heading
from voicecoach.model.result import JudgedResult
from voicecoach.words.catalogue import has, languages, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voicecoach.model.prompt import Prompt
    from voicecoach.model.result import Result

Role = Literal["file", "rater", "prompt", "appeal", "other"]
ROLES: Final[dict[Role, str]] = {
    "file": "file filename file_name recording audio 文件 文件名 录音 录音文件 录音名 音频 音频文件",
    "rater": "rater marker assessor annotator 评分人 评分员 评委 标注人 质检员 打分人",
    "prompt": "prompt question 题目 题 题号 问题",
    "appeal": "appeal appeals objection 申诉 申诉理由 申诉内容 异议",
    "other": "note notes comment comments remark speaker agent date key number 备注 说明 评语 意见 "
    "坐席 姓名 客服 员工 日期 序号",
}
"""Columns that hold no marks, by the names that people give them."""
HEADING_LONGEST: Final = 300
"""Characters of a heading that may name anything: what is longer is a text in the wrong row."""
_FILE_HEADINGS: Final = frozenset(map(normal, ROLES["file"].split()))
TOTAL: Final = "total"
_TOTAL_NAMES: Final = ("总分", "总评", "总评分", "得分", "total score", "overall", "score")
_NUMBERING: Final = re.compile(r"^(?:\d{1,2}[.、):]|\(\d{1,2}\)|\d{1,2}(?=[一-鿿]))\s*")
_BRACKET: Final = re.compile(r"\s*[(\[【][^()\[\]【】]*[)\]】]$")

Kind = Literal["point", "figure"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of marks: ``names`` of the items it marks, ``prompt/point`` or one figure in ``unit``."""

    heading: str
    names: tuple[str, ...]
    kind: Kind
    unit: str = ""
    scale: Scale | None = None


def names_file(heading: str) -> bool:
    """Whether a heading is that of the file: what tells the row of headings from a title above it."""
    return len(heading) <= HEADING_LONGEST and normal(heading) in _FILE_HEADINGS


class Headings:
    """The items of some results by all that a heading may call them."""

    def __init__(self, results: Iterable[Result], prompts: Iterable[Prompt]) -> None:
        self._points: dict[str, dict[str, None]] = defaultdict(dict)
        self._figures: dict[str, tuple[str, str]] = {}
        self._prompts: dict[str, str] = {}
        self._roles = {normal(name): role for role, names in ROLES.items() for name in names.split()}
        judged = [result for result in results if isinstance(result, JudgedResult)]
        labels = {
            (prompt.id, point.id): {*point.label.values()} for prompt in prompts for point in prompt.points
        }
        for prompt in prompts:
            self._prompts |= {normal(text): prompt.id for text in prompt.text.values() if text}
        for prompt_id, point_id in _points_of(judged):
            self._prompts[normal(prompt_id)] = prompt_id
            for called in (point_id, *labels.get((prompt_id, point_id), ())):
                for heading in (called, f"{prompt_id}/{called}", f"{point_id} {called}"):
                    self._points[_key(heading)].setdefault(f"{prompt_id}/{point_id}")
        for name, unit in _figures_of(judged).items():
            code = f"metric-{name}"
            titles = [word(code, ui) for ui in languages()] if has(code) else []
            for called in (name, *titles):
                self._figures.setdefault(_key(called), (name, unit))
        for called in (TOTAL, *_TOTAL_NAMES):
            self._figures[_key(called)] = TOTAL, ""

    def role(self, heading: str) -> Role | None:
        """What a column that holds no marks is for; None for one of marks, known or not."""
        if len(heading) > HEADING_LONGEST:
            return None
        return self._roles.get(normal(heading))

    def column(self, heading: str) -> Column | None:
        """The items that a heading names, None where it names none."""
        if len(heading) > HEADING_LONGEST:
            return None
        whole = normal(heading)
        bare, named = scale_in_heading(heading)
        for called in dict.fromkeys((whole, bare, _bare(bare), bare.partition(" ")[0])):
            key = _key(called)
            scale = None if called == whole else named  # a point may be called step_1-2
            if key in self._points:
                return Column(heading, tuple(self._points[key]), "point", scale=scale)
            if key in self._figures:
                name, unit = self._figures[key]
                return Column(heading, (name,), "figure", unit, scale)
        return None

    def prompt(self, text: str) -> str:
        """The id of a prompt by its id or its question; what is neither stays as it is."""
        return self._prompts.get(normal(text), text)

    def near(self, heading: str) -> str | None:
        """The known name most like that one, None where none is."""
        if len(heading) > HEADING_LONGEST:
            return None
        known: Mapping[str, str] = {key: key for key in (*self._points, *self._figures, *self._roles)}
        return near(_bare(scale_in_heading(heading)[0]), known)


def _bare(heading: str) -> str:
    """Without the number in front and the brackets behind."""
    return _BRACKET.sub("", _NUMBERING.sub("", heading)).strip()


def _key(text: str) -> str:
    return normal(text).replace("_", " ")


def _points_of(judged: Iterable[JudgedResult]) -> dict[tuple[str, str], None]:
    return dict.fromkeys(
        (result.prompt_id, point.id)
        for result in judged
        if result.assessment.coverage is not None
        for point in result.assessment.coverage.points
    )


def _figures_of(judged: Iterable[JudgedResult]) -> dict[str, str]:
    return {figure.name: figure.unit for result in judged for figure in result.assessment.measurements}
