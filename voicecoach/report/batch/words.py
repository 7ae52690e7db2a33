"""The fixed words of a batch's report, Chinese and English; those of one recording stand in ``phrases``."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from voicecoach.report.phrases import PHRASES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.report.names import Ui

BATCH_PHRASES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "batch": ("批量评分报告", "Batch report"),
        "n_files": ("{n} 个录音", "{n} recordings"),
        "hours": ("{n} 小时", "{n} h of sound"),
        "scored": ("已评", "Scored"),
        "not_scored_short": ("未评分", "Not scored"),
        "failed": ("失败", "Failed"),
        "mean_total": ("平均总分", "Mean total"),
        "median_of": ("中位数 {n}", "median {n}"),
        "fatal_files": ("一票否决 {n} 个", "{n} with a fatal item"),
        "totals": ("总分分布", "Totals"),
        # -- the table ---------------------------------------------------------------------------------
        "files": ("录音，最差的在前", "Recordings, worst first"),
        "file": ("录音", "Recording"),
        "speaker": ("说话人", "Speaker"),
        "prompt": ("题目", "Prompt"),
        "date": ("日期", "Date"),
        "coverage_short": ("要点", "Points"),
        "to_see": ("要看的", "What to look at"),
        "length": ("时长", "Length"),
        "search": (
            "搜文件名、说话人、原因、文字",
            "Search names, reasons, words",
        ),
        "search_help": (
            "文字只搜每个录音的前 {n} 字",
            "the first {n} characters of each transcript are searched",
        ),
        "all_speakers": ("全部说话人", "All speakers"),
        "all_prompts": ("全部题目", "All prompts"),
        "all_states": ("全部状态", "All states"),
        "all_verdicts": ("全部判断", "All verdicts"),
        "fatal_only": ("有一票否决项", "with a fatal item"),
        "verdict_red": ("有需改进的指标", "some figure to work on"),
        "verdict_amber": ("最差是留意", "at worst to watch"),
        "verdict_green": ("指标全部合适", "all figures good"),
        "unnamed": ("（未注明）", "(not named)"),
        "no_prompt": ("（无题目）", "(no prompt)"),
        "reset": ("清除筛选", "Clear filters"),
        "shown_of": ("{n} / {all} 个", "{n} of {all}"),
        "none_match": ("没有符合的录音。", "No recording matches."),
        "page_of": ("第 {n} / {all} 页", "page {n} of {all}"),
        "previous": ("上一页", "Previous page"),
        "next": ("下一页", "Next page"),
        "sort_by": ("按{what}排序", "sort by {what}"),
        "open_file": ("打开", "Open"),
        "n_red": ("需改进 {n}", "{n} to work on"),
        "n_forbidden": ("禁语 {n}", "{n} phrases"),
        "keys_table": (
            "/ 搜索 · ↑↓ 选行 · 回车 打开",
            "/ search · up, down a row · Enter opens",
        ),
        # -- tables of figures ---------------------------------------------------------------------------
        "by_prompt": ("按题目", "By prompt"),
        "by_speaker": ("按说话人", "By speaker"),
        "by_point": ("按要点", "By rubric point"),
        "group_help": (
            "命中率 = 听到的要点 ÷ 评到的要点，括号里是 95% 威尔逊区间；点名字就筛选上面的表。",
            "Hit rate = points heard / judged, with its 95 % Wilson interval; a name filters the table.",
        ),
        "point": ("要点", "Point"),
        "n": ("个数", "n"),
        "scored_of": ("已评 / 全部", "Scored / all"),
        "mean": ("平均分", "Mean"),
        "mean_share": ("平均得分率", "Mean share of points"),
        "hit_rate": ("命中率", "Hit rate"),
        "missed_files": ("没有听到", "Not heard"),
        "distributions": ("指标分布", "Distributions"),
        "distributions_help": (
            "绿色是合适范围，黄色是留意范围；点“需改进”就筛选上面的表。",
            "Green is the good range, amber the range to watch; a verdict filters the table.",
        ),
        "figure_line": (
            "{n} 个 · 平均 {mean} · 中位 {median} · {p10}–{p90}（第 10–90 百分位）",
            "n = {n} · mean {mean} · median {median} · {p10}–{p90} (p10–p90)",
        ),
        "outside": (
            "两端的柱含范围外的 {n} 个（{low} 至 {high}）",
            "the end bars hold {n} from beyond ({low} to {high})",
        ),
        "not_measured_n": ("{n} 个没有量到", "{n} not measured"),
        "bar_at": ("{at}：{n} 个", "{at}: {n}"),
        "bar_of": ("{low} 至 {high}：{n} 个", "{low} to {high}: {n}"),
        "troubles": ("未评分、失败与说明", "Not scored, failed, remarks"),
        "kind": ("类别", "Kind"),
        "reason": ("原因", "Reason"),
        "remark": ("有说明", "Remark"),
        "no_troubles": ("没有。", "None."),
        "input": ("录音不能用", "unusable recording"),
        "manifest": ("清单的行不能用", "unusable row"),
        "engine": ("引擎", "engine"),
        "store": ("存储", "store"),
        "worker_lost": ("进程中断", "worker lost"),
        "timeout": ("超时", "time-out"),
        "internal": ("程序错误", "fault of the program"),
        # -- one recording -------------------------------------------------------------------------------
        "back": ("回到列表", "Back to the list"),
        "file_before": ("上一个录音", "Previous recording"),
        "file_after": ("下一个录音", "Next recording"),
        "loading": ("正在打开…", "Opening…"),
        "page_missing": (
            "打不开 {what}：它应当在报告旁边的 pages 文件夹里。请把整个文件夹一起移动。",
            "Cannot open {what}: it belongs in the folder pages beside this report. Move them together.",
        ),
        "sound_missing": (
            "放不出声音：找不到录音，或浏览器放不了这种格式。用 --sound embed 可以把声音放进报告。",
            "Cannot play: the recording is gone, or no format of this browser; --sound embed puts it in.",
        ),
        "sound_copy_failed": ("声音放不进报告：{what}", "The sound could not be put in: {what}"),
        "sound_masked": ("个人信息处已静音", "personal data silenced"),
        "agent": ("客服", "Agent"),
        "caller": ("客户", "Caller"),
        "conversation": ("对话", "Conversation"),
        "keys_file": (
            "空格 播放/暂停 · ←→ 前后 2 秒 · J/K 下/上一个录音 · Esc 回到列表",
            "Space play/pause · arrows 2 s · J/K next/previous recording · Esc back",
        ),
        "covered_legend": ("听到的要点", "point heard"),
        "masking": ("已隐去", "Hidden"),
        "local_batch": (
            "全部在本机完成；这份报告打开时不联网。各录音的内容在旁边的 pages 文件夹里，请一起保管。",
            "Made on this machine; this page asks nothing of the network. Keep the folder pages with it.",
        ),
    }
)  # fmt: skip
"""Key -> (Chinese, English)."""


def tell(key: str, ui: Ui, **words: object) -> str:
    """The phrase of a batch's report, or of any report. Raises KeyError for an unknown key."""
    zh, en = BATCH_PHRASES[key] if key in BATCH_PHRASES else PHRASES[key]
    text = zh if ui == "zh" else en
    return text.format(**words) if words else text


def tell_code(code: str, ui: Ui) -> str:
    """The phrase of a code that may be new: an unknown one is shown as it is."""
    return tell(code, ui) if code in BATCH_PHRASES or code in PHRASES else code
