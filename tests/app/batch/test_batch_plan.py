"""Which prompt judges what, and what a result's key depends on."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from batch_fakes import PROFILE

from voicecoach.app.batch.plan import Options, Planner
from voicecoach.errors import InputError, UsageError
from voicecoach.model.audio import Span
from voicecoach.model.job import Item, Job
from voicecoach.model.prompt import Prompt, RubricPoint
from voicecoach.model.transcript import Word

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.model.profile import Profile

POINT = RubricPoint("empathy", {"zh": "安抚"}, cues={"zh": ("抱歉",)})
LATE = Prompt("late", "p", "1", "scenario", {"zh": "迟到"}, (POINT,), (30.0, 90.0))
ABUSE = Prompt("abuse", "p", "1", "scenario", {"zh": "骂人"}, (POINT,), (30.0, 90.0), profile="calm")


class Library:
    def __init__(self, *prompts: Prompt) -> None:
        self._prompts = {prompt.id: prompt for prompt in prompts}

    def prompts(self) -> tuple[Prompt, ...]:
        return tuple(self._prompts.values())

    def prompt(self, prompt_id: str) -> Prompt:
        if prompt_id not in self._prompts:
            raise UsageError(
                "plain", message=f"there is no prompt {prompt_id!r}", remedy="did you mean late?"
            )
        return self._prompts[prompt_id]


def load_profile(name: str, _language: str) -> Profile:
    return replace(PROFILE, name=name)


def jobs(
    *items: Item, options: Options | None = None, library: Library | None = None, content: str = "c"
) -> list[Job]:
    planner = Planner(
        options or Options("zh", prompt_id="late"),
        library or Library(LATE, ABUSE),
        load_profile=load_profile,
        digest=lambda _path: (content, 3),
    )
    planned = planner.plan(items)
    assert [one.failure for one in planned] == [None] * len(items)
    return [one.job for one in planned if one.job]


ITEM = Item(file="a.wav", path="/in/a.wav")


def test_the_row_comes_before_the_option_and_the_prompt_brings_its_profile() -> None:
    first, second, third = jobs(
        ITEM,
        replace(ITEM, prompt_id="abuse", channel=1),
        replace(ITEM, prompt_id="abuse", profile="own"),
        options=Options("zh", prompt_id="late", channel=0),
    )
    assert (first.prompt, first.profile.name, first.channel) == (LATE, "interview", 0)
    assert (second.prompt, second.profile.name, second.channel) == (ABUSE, "calm", 1)
    assert third.profile.name == "own"


def test_a_row_may_name_its_own_side_of_a_call_and_its_own_language() -> None:
    both = replace(LATE, text={"zh": "迟到", "en": "late"})
    first, second, third, fourth = jobs(
        ITEM,
        replace(ITEM, agent_channel=1),
        replace(ITEM, language="en"),
        replace(ITEM, agent_channel=0),
        library=Library(both),
    )
    assert [(one.agent_channel, one.language) for one in (first, second, third, fourth)] == [
        (None, "zh"),
        (1, "zh"),
        (None, "en"),
        (0, "zh"),
    ]
    assert len({one.heard_key for one in (first, second, third, fourth)}) == 4


@pytest.mark.parametrize(
    ("row", "options", "told"),
    [
        (
            {"agent_channel": 1},
            {"agent_channel": 0},
            "agent_channel 1, --agent-channel says 0 (line 3, line 4)",
        ),
        ({"channel": 1}, {"agent_channel": 1}, "channel 1 (one voice), --agent-channel 1 says"),
        ({"agent_channel": 0}, {"channel": 0}, "agent_channel 0 (a call), --channel 0 says"),
    ],
)
def test_a_row_that_means_another_side_than_the_option_is_refused_with_its_line(
    row: dict[str, Any], options: dict[str, Any], told: str
) -> None:
    items = [ITEM, replace(ITEM, line=3, **row), replace(ITEM, line=4, **row)]
    with pytest.raises(UsageError) as raised:
        jobs(*items, options=Options("zh", prompt_id="late", **options))
    assert told in raised.value.message
    assert "line 3" in raised.value.message
    assert raised.value.hint


def test_a_row_that_means_the_side_of_the_option_is_fine() -> None:
    options = Options("zh", prompt_id="late", agent_channel=1)
    assert [one.agent_channel for one in jobs(ITEM, replace(ITEM, agent_channel=1), options=options)] == [
        1,
        1,
    ]


def test_the_stream_of_a_row_comes_before_the_option_and_belongs_to_both_keys() -> None:
    plain, of_row = jobs(ITEM, replace(ITEM, stream=1))
    by_option, of_both = jobs(
        ITEM, replace(ITEM, stream=0), options=Options("zh", prompt_id="late", stream=1)
    )
    assert [job.stream for job in (plain, of_row, by_option, of_both)] == [None, 1, 1, 0]
    assert (of_row.key, of_row.heard_key) == (by_option.key, by_option.heard_key)
    assert len({job.key for job in (plain, of_row, of_both)}) == 3
    assert len({job.heard_key for job in (plain, of_row, of_both)}) == 3


def test_a_changed_rubric_changes_the_keys_of_its_own_prompt_and_no_heard_key() -> None:
    items = (ITEM, replace(ITEM, prompt_id="abuse"))
    changed = replace(LATE, points=(replace(POINT, weight=2.0),))
    before, after = jobs(*items), jobs(*items, library=Library(changed, ABUSE))
    assert [a.key == b.key for a, b in zip(before, after, strict=True)] == [False, True]
    assert {one.heard_key for one in before + after} == {before[0].heard_key}


@pytest.mark.parametrize(
    ("changed", "heard_again"),
    [
        ({"language": "en"}, True),
        ({"channel": 1}, True),
        ({"agent_channel": 1}, True),
        ({"recogniser": "small"}, True),
        ({"profile": "own"}, False),
        ({"program": "2"}, False),
    ],
)
def test_the_key_follows_every_option(changed: dict[str, Any], heard_again: bool) -> None:
    both = replace(LATE, text={"zh": "迟到", "en": "late"})
    options = Options("zh", prompt_id="late")
    (before,) = jobs(ITEM, library=Library(both))
    (after,) = jobs(ITEM, library=Library(both), options=replace(options, **changed))
    assert after.key != before.key
    assert (after.heard_key != before.heard_key) == heard_again


def test_the_key_follows_the_content_and_not_the_name() -> None:
    (before,) = jobs(ITEM)
    (moved,) = jobs(replace(ITEM, file="b.wav", path="/other/b.wav", speaker="王"))
    (other,) = jobs(ITEM, content="d")
    assert moved.key == before.key
    assert other.key != before.key


def test_an_unknown_prompt_is_told_at_once_with_its_lines() -> None:
    items = [replace(ITEM, prompt_id="lat", line=line) for line in (2, 5)]
    with pytest.raises(UsageError, match=r"there is no prompt 'lat' \(line 2, line 5\)") as told:
        jobs(*items)
    assert told.value.hint == "did you mean late?"


def test_a_prompt_without_the_language_is_told_at_once() -> None:
    with pytest.raises(UsageError, match="has no text in 'en'"):
        jobs(ITEM, options=Options("en", prompt_id="late"))


def test_a_file_that_is_not_there_is_a_failure_of_its_own(tmp_path: Path) -> None:
    def digest(path: Path) -> tuple[str, int]:
        raise InputError("plain", message=f"{path}: there is no such file", remedy="check the name")

    planner = Planner(Options("zh"), Library(), load_profile=load_profile, digest=digest)
    (planned,) = planner.plan([Item(file="a.wav", path=str(tmp_path / "a.wav"))])
    assert planned.job is None
    assert planned.failure is not None
    assert planned.failure.message == "{file}: there is no such file"


def test_given_words_are_part_of_the_key(tmp_path: Path) -> None:
    words = tmp_path / "a.json"
    words.write_text(json.dumps({"words": [{"text": "您好", "start_s": 0, "end_s": 1}]}))
    (plain,) = jobs(ITEM)
    (given,) = jobs(replace(ITEM, transcript=str(words)))
    assert given.given == (Word("您好", Span(0.0, 1.0), 1.0),)
    assert given.key != plain.key


def test_words_that_were_mended_make_another_key(tmp_path: Path) -> None:
    words = [{"word": text, "start": start, "end": start + 1.0} for text, start in (("好", 1.0), ("您", 0.0))]
    keys = []
    for order in (words, words[::-1]):
        path = tmp_path / "a.json"
        path.write_text(json.dumps({"words": order}))
        (job,) = jobs(replace(ITEM, transcript=str(path)))
        assert [word.text for word in job.given or ()] == ["您", "好"]
        keys.append((job.key, dict(job.given_mended)))
    assert [mended for _, mended in keys] == [{"sorted": 1}, {}]
    assert keys[0][0] != keys[1][0]


def test_one_bad_transcript_fails_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[" * 100_000)
    planner = Planner(Options("zh"), Library(), load_profile=load_profile, digest=lambda _path: ("c", 3))
    wrong, good = planner.plan([replace(ITEM, transcript=str(tmp_path / "a.json")), ITEM])
    assert wrong.failure is not None
    assert wrong.failure.message == "the transcript a.json is nested too deep"
    assert good.job is not None
