"""What a recording is judged by, and whether it is an answer or a call."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from assessments import answer, prompt

from voicecoach.app.score import call
from voicecoach.app.score.recording import assess, check_channels, judged_channel, profile_name, prompt_of
from voicecoach.errors import UsageError
from voicecoach.model.assessment import Measurement

if TYPE_CHECKING:
    from voicecoach.model.assessment import Assessment
    from voicecoach.model.prompt import Prompt


@dataclass
class Recorded:
    """An analyser that tells what it was asked."""

    asked: list[Any] = field(default_factory=list)

    def analyse(self, path: Path, task: object, **of_call: object) -> Assessment:
        self.asked.append((path.name, task, of_call))
        return answer()


class OnePrompt:
    def prompts(self) -> tuple[Prompt, ...]:
        return (prompt(),)

    def prompt(self, prompt_id: str) -> Prompt:
        return replace(prompt(), id=prompt_id, text={"zh": "怎么办？"})


@pytest.mark.parametrize(
    ("agent_channel", "grace_s", "of_call"),
    [
        (None, 2.0, {}),
        (1, 2.0, {"agent_channel": 1, "grace_s": 2.0}),
        (0, None, {"agent_channel": 0, "grace_s": 1.0}),
    ],
)
def test_an_agents_channel_makes_it_a_call(
    monkeypatch: pytest.MonkeyPatch,
    agent_channel: int | None,
    grace_s: float | None,
    of_call: dict[str, object],
) -> None:
    made = Recorded()
    monkeypatch.setattr(call, "CallAnalyser", lambda analyser: analyser)
    analyser, task = cast("Any", made), cast("Any", "task")
    assess(analyser, Path("a.wav"), task, agent_channel=agent_channel, grace_s=grace_s)
    assert made.asked == [("a.wav", "task", of_call)]


@pytest.mark.parametrize(("channel", "agent_channel"), [(None, None), (1, None), (None, 0)])
def test_one_of_the_two_channels_may_be_named(channel: int | None, agent_channel: int | None) -> None:
    check_channels(channel, agent_channel)
    with pytest.raises(UsageError, match="exclude each other"):
        check_channels(channel or 0, agent_channel or 0)


def test_the_prompt_must_have_a_text_in_the_language() -> None:
    assert prompt_of(OnePrompt(), "late", "zh").id == "late"
    with pytest.raises(UsageError, match=r"the prompt 'late' has no text in 'en' \(--lang zh\)"):
        prompt_of(OnePrompt(), "late", "en")


def test_a_wish_comes_before_the_prompts_own_profile() -> None:
    asked = replace(prompt(), profile="deescalation")
    assert [profile_name("broadcast", asked), profile_name(None, asked), profile_name(None, None)] == [
        "broadcast",
        "deescalation",
        "interview",
    ]


@pytest.mark.parametrize(("reason", "judged"), [("one_channel_call", None), (None, 1)])
def test_the_channel_of_a_call_is_the_agents_unless_there_was_but_one(
    reason: str | None, judged: int | None
) -> None:
    share = Measurement("talk_share", None if reason else 0.5, "ratio", "share", reason=reason)
    made = replace(answer(), measurements=(share,))
    assert judged_channel(made, channel=None, agent_channel=1) == judged
    assert judged_channel(made, channel=2, agent_channel=None) == 2
