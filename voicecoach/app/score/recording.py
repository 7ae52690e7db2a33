"""One recording that somebody names: what it is judged by, and whether it is an answer or a call.

An answer is one voice, on the channel named or the only one; a call is two, one a channel, and names the
agent's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.app.score.analyse import Analyser, Task
    from voicecoach.model.assessment import Assessment
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.transcript import Language
    from voicecoach.ports import PromptLibrary

PROFILE: Final = "interview"
"""Bands where neither prompt nor user names others."""


def check_channels(channel: int | None, agent_channel: int | None) -> None:
    """An answer's channel and a call's exclude each other. Raises UsageError."""
    if channel is not None and agent_channel is not None:
        raise UsageError("channel-and-agent-channel")


def prompt_of(library: PromptLibrary, prompt_id: str, language: Language) -> Prompt:
    """The prompt of that id. Raises UsageError when it is unknown or not in ``language``."""
    prompt = library.prompt(prompt_id)
    if language not in prompt.text:
        other = next(iter(prompt.text))
        raise UsageError(
            "prompt-without-language", prompt=repr(prompt.id), language=repr(language), other=other
        )
    return prompt


def profile_name(wanted: str | None, prompt: Prompt | None) -> str:
    """The profile that is wanted, else the prompt's own, else :data:`PROFILE`."""
    return wanted or (prompt.profile if prompt else PROFILE)


def assess(
    analyser: Analyser, path: Path, task: Task, *, agent_channel: int | None, grace_s: float | None = None
) -> Assessment:
    """Judge an answer, or the agent's side of a call and the exchange when there is an ``agent_channel``.

    ``grace_s`` is the grace window of a call's interruptions. Raises UsageError, InputError, EngineError.
    """
    if agent_channel is None:
        return analyser.analyse(path, task)
    from voicecoach.app.score.call import CallAnalyser
    from voicecoach.metrics.turns import GRACE_S

    calls = CallAnalyser(analyser)
    return calls.analyse(
        path, task, agent_channel=agent_channel, grace_s=GRACE_S if grace_s is None else grace_s
    )


def judged_channel(assessment: Assessment, *, channel: int | None, agent_channel: int | None) -> int | None:
    """The channel that was judged; None for the only one, or for a mix."""
    if agent_channel is None:
        return channel
    mono = assessment.measurement("talk_share").reason == "one_channel_call"
    return None if mono else agent_channel
