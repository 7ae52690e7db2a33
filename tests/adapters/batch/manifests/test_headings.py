"""What headings mean, however people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.adapters.batch.manifests.headings import (
    COLUMNS,
    LOOSE_NAMES,
    NAMES,
    SameColumnError,
    columns_of,
    heading_key,
    is_manifest_head,
)


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_has_its_own_name_and_no_name_means_two(column: str) -> None:
    assert columns_of([column]) == {column: column}
    keys = [
        (heading_key(name), of)
        for names in (NAMES, LOOSE_NAMES)
        for of, listed in names.items()
        for name in listed.split()
    ]
    assert len({key for key, _ in keys}) == len(set(keys))


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("文件", "file"), (" 文件 名 ", "file"), ("录音文件*", "file"), ("\ufeffFile Name", "file"),
        ("ｆｉｌｅ", "file"), ("录音（相对路径）", "file"), ("题目", "prompt"), ("问题", "prompt"),
        ("题目编号：", "prompt"), ("Prompt-ID", "prompt"), ("坐席", "speaker"), ("坐席姓名", "speaker"),
        ("坐席声道", "agent_channel"), ("客服声道", "agent_channel"), ("Agent Channel", "agent_channel"),
        ("声道(0 起)", "channel"), ("日期", "date"), ("语言", "lang"), ("评分档案", "profile"),
        ("文字文件", "transcript"), ("LANGUAGE", "lang"),
    ],
)  # fmt: skip
def test_headings_are_known_by_what_they_say(heading: str, column: str) -> None:
    assert columns_of([heading]) == {heading: column}


@pytest.mark.parametrize(
    "heading", ["工单号", "team", "备注", "班组", "path", "agent", "客户姓名", "文件大小", ""]
)
def test_other_headings_are_the_users_own(heading: str) -> None:
    assert columns_of([heading, "file"]) == {"file": "file"}


def test_a_loose_name_is_own_where_a_better_one_stands_beside_it() -> None:
    assert columns_of(["文件", "姓名"]) == {"文件": "file", "姓名": "speaker"}
    assert columns_of(["文件", "姓名", "坐席"]) == {"文件": "file", "坐席": "speaker"}


@pytest.mark.parametrize(
    ("first", "second", "column"),
    [
        ("文件", "file", "file"),
        ("录音", "文件名", "file"),
        ("姓名", "员工", "speaker"),
        ("题目", "题号", "prompt"),
    ],
)
def test_two_that_mean_the_same_are_named(first: str, second: str, column: str) -> None:
    with pytest.raises(SameColumnError) as told:
        columns_of([first, "组", second])
    assert (told.value.first, told.value.second, told.value.column) == (first, second, column)


def test_the_headings_of_a_manifest_are_known_by_the_files() -> None:
    assert is_manifest_head(["组", "录音文件"])
    assert not is_manifest_head(["题目", "录音文件的清单", "a.wav"])


@given(st.text(max_size=30))
def test_no_heading_breaks_it(heading: str) -> None:
    assert set(columns_of([heading])) <= {heading}
