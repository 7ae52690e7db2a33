"""A prompt with its points, an engine without weights, and sentences that meet each point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fakes import FakeEncoder

from voicecoach.model.audio import Span
from voicecoach.model.prompt import Prompt, RubricPoint
from voicecoach.model.transcript import Provenance, Transcript, Word
from voicecoach.rubric.engine import RubricEngine
from voicecoach.rubric.text.spoken import SpokenText

if TYPE_CHECKING:
    from voicecoach.model.assessment import Coverage, PointResult

PROMPT = Prompt(
    "late",
    "test",
    "1",
    "scenario",
    {"zh": "快递晚了，怎么办？"},
    (
        RubricPoint(
            "soothe",
            {"zh": "安抚情绪"},
            weight=3,
            cues={"zh": ("理解您的心情", "换成是我"), "en": ("understand how you feel", "so sorry")},
            exemplars={
                "zh": ("您的心情我特别能体会", "先顺着他的气说几句暖心话"),
                "en": ("anyone would be upset after such a wait", "i take their side before anything else"),
            },
            counter_exemplars={"zh": ("他心情好不好跟我没关系",), "en": ("his mood is none of my business",)},
        ),
        RubricPoint(
            "listen",
            {"zh": "倾听"},
            weight=2,
            cues={"zh": ("把话说完", "不打断")},
            exemplars={"zh": ("我让他把肚子里的火先倒干净", "他讲的时候我不插嘴")},
        ),
        RubricPoint(
            "check",
            {"zh": "核实"},
            weight=2,
            cues={"zh": ("核实", "查一下物流"), "en": ("tracking number",)},
            exemplars={
                "zh": ("我去系统里看看包裹走到哪一站", "打电话给配送站问清楚原因"),
                "en": ("i look up where the parcel is",),
            },
        ),
        RubricPoint(
            "no_leak",
            {"zh": "不泄露"},
            weight=1,
            polarity="deny",
            cues={"zh": ("泄露", "不外传")},
            exemplars={"zh": ("客户的地址电话绝不告诉别人", "资料只留在公司里从不带出去")},
        ),
    ),
    (20.0, 60.0),
    order=("soothe", "listen", "check"),
)


ENGINE = RubricEngine(FakeEncoder())


SAID = {
    "soothe": ("我理解您的心情", "您的心情我特别能体会", "换成是我也着急", "我李姐您的心情"),
    "listen": ("让他把话说完", "我不打断他", "他讲的时候我不插嘴", "我让他把肚子里的火先倒干净"),
    "check": ("我查一下物流", "打电话给配送站问清楚原因", "我会河石一下"),
    "no_leak": ("我绝不泄露", "资料不外传", "客户的地址电话绝不告诉别人"),
}


HEARD = [(point, text) for point, texts in SAID.items() for text in texts]


def cover(text: str, **options: object) -> Coverage:
    return ENGINE.cover(PROMPT, SpokenText.from_text(text), language="zh", **options)  # type: ignore[arg-type]


def result(text: str, point: str) -> PointResult:
    return next(one for one in cover(text).points if one.id == point)


def covered(text: str) -> set[str]:
    return {one.id for one in cover(text).points if one.state == "covered"}


def timed(text: str, *, start_s: float = 1.0, letter_s: float = 0.25) -> SpokenText:
    words = tuple(
        Word(letter, Span(start_s + index * letter_s, start_s + (index + 1) * letter_s), 1.0)
        for index, letter in enumerate(text)
    )
    return SpokenText.from_transcript(Transcript(words, "zh", Provenance("none", "1", "none", "")))
