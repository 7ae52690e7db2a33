"""Service phrases: said by those who serve, by callers hardly ever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from voicecoach.app.score.refusals import SWAPPED_LEAST
from voicecoach.features.text.service import service_signs

if TYPE_CHECKING:
    from voicecoach.model.transcript import Language

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("text", "language", "kinds"),
    [
        ("您好，京东客服，请问有什么可以帮您？", "zh", {"who", "offer"}),
        ("您先别着急，我马上帮您查一下", "zh", {"calming", "waiting", "doing"}),
        ("感谢您的来电，祝您生活愉快", "zh", {"thanks", "closing"}),
        ("给您带来不便，麻烦您提供一下订单号", "zh", {"inconvenience", "asking"}),
        ("您好，麻烦您帮我查一下我的快递，谢谢您", "zh", set()),
        ("你是客服吗？我的订单三天没到了", "zh", set()),
        ("Thank you for calling, how can I help you?", "en", {"thanks", "offer"}),
        ("I'll check your order for you.", "en", {"doing", "yours"}),
        ("Where is my parcel? Thank you.", "en", set()),
    ],
)
def test_kinds_are_told_apart(text: str, language: Language, kinds: set[str]) -> None:
    assert service_signs(text, language) == kinds


def callers(language: Language) -> list[str]:
    """All that the callers of our prompts say, a text a caller."""
    prompts = yaml.safe_load((ROOT / "prompts" / "callers.yaml").read_text("utf-8"))["prompts"]
    return [
        " ".join([prompt["text"][language], *(line[language] for line in prompt["lines"])])
        for prompt in prompts
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_caller_of_ours_sounds_like_an_agent(language: Language) -> None:
    said = callers(language)
    assert len(said) >= 14
    assert not [text for text in said if len(service_signs(text, language)) >= SWAPPED_LEAST]


def test_most_agents_of_whole_chats_are_known() -> None:
    lines = (ROOT / "tests" / "data" / "agent_sides_own.jsonl").read_text("utf-8").splitlines()
    sides = [json.loads(line)["text"] for line in lines]
    known = [text for text in sides if len(service_signs(text, "zh")) >= SWAPPED_LEAST]
    assert len(known) >= 0.5 * len(sides)
