"""What the columns of a manifest mean, in whatever words their headings are written.

Case, blanks, full-width letters, marks behind (``*``, ``：``) and notes in brackets (``声道（0 起）``) count
for nothing. A name that says one thing only (``坐席声道``) comes before one that may say several (``姓名``):
such a column means something only where no better one stands beside it, and is the user's own else.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COLUMNS: Final = (
    "file", "prompt", "speaker", "date", "channel", "agent_channel", "stream", "lang", "transcript",
    "profile",
)  # fmt: skip
"""The columns that are read; all others are the user's own."""
NAMES: Final[Mapping[str, str]] = {
    "file": "file filename file_name filepath audio_file recording recording_file audio sound_file "
    "文件 文件名 文件名称 文件路径 录音 录音文件 录音文件名 录音名 录音名称 录音路径 "
    "音频 音频文件 音频文件名 音频名 音频名称 音频路径 语音 语音文件 通话录音 录音地址 "
    "檔案 檔名 錄音 錄音檔 音檔",
    "prompt": "prompt prompt_id question question_id scenario scenario_id "
    "题目 题号 题目编号 题目id 题目名 题目名称 问题 问题编号 问题id 试题 试题编号 "
    "考题 考题编号 场景 场景编号 场景id 情景 題目 題號 問題",
    "speaker": "speaker speaker_id speaker_name 说话人 发言人 坐席 座席 坐席姓名 座席姓名 坐席名 坐席名称 "
    "客服姓名 学员 学员姓名 考生 考生姓名 应聘者 候选人",
    "date": "date day recorded_on 日期 录音日期 通话日期 练习日期 考试日期 录制日期 錄音日期",
    "channel": "channel channel_no 声道 声道号 声道编号 评分声道 录音声道 聲道",
    "agent_channel": "agent_channel agents_channel agent_side 坐席声道 座席声道 客服声道 坐席通道 座席通道 "
    "客服通道 坐席所在声道 客服所在声道 坐席声道号 客服声道号 客服聲道 坐席聲道",
    "stream": "stream stream_no sound_stream audio_stream 音轨 音轨号 音频轨 音频轨道 音频流",
    "lang": "lang language 语言 语种 語言",
    "transcript": "transcript transcript_file 文字文件 文字稿 文字稿文件 转写文件 转写稿 "
    "逐字稿 逐字稿文件 字幕文件",
    "profile": "profile 评分档案 评分标准 评分方案 评分配置",
}
"""Headings that say one thing only, by column."""
LOOSE_NAMES: Final[Mapping[str, str]] = {
    "prompt": "题",
    "speaker": "姓名 名字 客服 客服人员 员工 员工姓名 人员",
    "date": "时间 通话时间 录音时间 开始时间",
    "channel": "通道",
    "profile": "档案",
}
"""Headings that may say several things."""
_BRACKETED: Final = re.compile(r"[\(\[\{<【「][^()\[\]{}<>【】「」]*[\)\]\}>】」]\s*$")
_LOOSE_SIGNS: Final = re.compile(r"[\s_\-*:·.'\"`#\u200b\ufeff]+")


@lru_cache(maxsize=4096)
def heading_key(heading: str) -> str:
    """The heading by which columns are compared: without case, blanks, width, marks and notes behind."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    return _LOOSE_SIGNS.sub("", _BRACKETED.sub("", text.strip("* :"))) or _LOOSE_SIGNS.sub("", text)


def _by_key(names: Mapping[str, str]) -> dict[str, str]:
    return {heading_key(name): column for column, listed in names.items() for name in listed.split()}


_EXACT: Final = _by_key(NAMES)
_LOOSE: Final = _by_key(LOOSE_NAMES)


class SameColumnError(ValueError):
    """Two headings that mean the same ``column``."""

    def __init__(self, first: str, second: str, column: str) -> None:
        super().__init__(f"{first} and {second} both mean {column}")
        self.first, self.second, self.column = first, second, column


def is_manifest_head(cells: Iterable[str]) -> bool:
    """Whether one of the cells is a heading of the recordings."""
    return any(_EXACT.get(heading_key(cell)) == "file" for cell in cells if cell)


def columns_of(headings: Iterable[str]) -> dict[str, str]:
    """The columns that are read, by their headings. Raises SameColumnError for two that mean the same."""
    exact: dict[str, str] = {}
    loose: dict[str, str] = {}
    for heading in headings:
        key = heading_key(heading) if heading else ""
        for known, chosen in ((_EXACT, exact), (_LOOSE, loose)):
            column = known.get(key)
            if column is not None:
                other = chosen.setdefault(column, heading)
                if other is not heading:
                    raise SameColumnError(other, heading, column)
    return {heading: column for column, heading in (loose | exact).items()}
