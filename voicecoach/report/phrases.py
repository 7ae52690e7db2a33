"""The fixed words of the reports, Chinese and English. What varies stands as ``{name}``."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.report.names import Ui

PHRASES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        # -- headline --------------------------------------------------------------------------------
        "total": ("总分", "Total"),
        "out_of_100": ("满分 100", "out of 100"),
        "not_scored": ("未评分", "Not scored"),
        "metrics_only": ("只看指标", "Measurements only"),
        "metrics_only_note": (
            "没有选题目，所以没有要点和总分；加上 --prompt 就会有。",
            "No prompt was chosen, so there is no coverage and no total: add --prompt ID.",
        ),
        "nothing_to_score": (
            "没有能计分的项目。请看下面没有量到的原因。",
            "Nothing could be scored; the reasons stand below.",
        ),
        "gentle": ("练完一遍了", "One more round done"),
        "gentle_note": (
            "这里不打分。先听听做得好的地方，再挑一处试试。",
            "No marks here. Listen to what went well, then pick one thing to try.",
        ),
        "fatal_note": (
            "有一票否决项：{what}。改掉它，总分就回来了。",
            "A fatal item sets the total to 0: {what}.",
        ),
        "refused_note": (
            "这段录音不足以评分，原因和办法如下。",
            "This recording does not support a score: why, and what to do.",
        ),
        # -- sections --------------------------------------------------------------------------------
        "report": ("语音面试报告", "Voice interview report"),
        "advice": ("先改这几处", "What to work on first"),
        "advice_none": ("没有要特别提醒的。", "Nothing in particular."),
        "points": ("要点", "Rubric points"),
        "coverage": ("要点覆盖", "Coverage"),
        "coverage_range": (
            "下限只算听到的，上限把“可能”也算上；可能的请自己回放判断。",
            "The lower end counts what was heard, the upper end the maybes too: listen and decide.",
        ),
        "language": ("要留意的话", "Phrases to watch"),
        "language_none": (
            "清单里的禁语没有听到；这不能证明没有说，请自己回放。",
            "No listed phrase was heard; that proves nothing, so listen again.",
        ),
        "figures": ("指标", "Measurements"),
        "missing": ("没有量到", "Not measured"),
        "refusals": ("说明", "Remarks"),
        "provenance": ("出处", "Provenance"),
        "transcript": ("文字", "Transcript"),
        "timeline": ("时间轴", "Timeline"),
        "scores": ("总分怎么来的", "How the total comes about"),
        "scores_note": (
            "总分 = 100 × 得分之和 ÷ 满分之和 = 100 × {points} ÷ {out_of}。没量到的不算在内。",
            "Total = 100 x points / out of = 100 x {points} / {out_of}. What was not measured is left out.",
        ),
        "scores_fatal": ("有一票否决项，总分为 0。", "A fatal item sets the total to 0."),
        # -- states and verdicts -----------------------------------------------------------------------
        "covered": ("听到", "heard"),
        "maybe": ("可能", "maybe"),
        "not_heard": ("没有听到", "not heard"),
        "broken": ("说了不该说的", "said, but should not be"),
        "green": ("合适", "good"),
        "amber": ("留意", "watch"),
        "red": ("需改进", "work on it"),
        "green_gentle": ("很好", "going well"),
        "amber_gentle": ("再调一点", "nearly there"),
        "red_gentle": ("可以练练", "worth practising"),
        "no_verdict": ("仅供参考", "for reference"),
        "order": ("步骤顺序", "Order of steps"),
        "order_ok": ("步骤的先后合适", "The steps came in order"),
        "order_wrong": (
            "步骤的先后不对：{what} 说早了",
            "The steps came out of order: {what} came too early",
        ),
        "fatal": ("一票否决", "Fatal"),
        "fatal_point": ("必须说到", "must not be missing"),
        "count": (
            "{n} 个要点：听到 {covered}，可能 {maybe}，没有听到 {not_heard}",
            "{n} points: {covered} heard, {maybe} maybe, {not_heard} not heard",
        ),
        # -- language codes ------------------------------------------------------------------------------
        "rude": ("不礼貌", "rude"),
        "shirk": ("推诿", "shirking"),
        "overpromise": ("违规承诺", "over-promising"),
        "leak": ("泄露信息", "leaking data"),
        "ni": ("用“你”不用“您”", "你 instead of 您"),
        "certain": ("确定", "certain"),
        "uncertain": ("请回放确认", "listen and decide"),
        # -- details -------------------------------------------------------------------------------------
        "by_cue": ("与“{what}”读音相合", "sounds like “{what}”"),
        "by_regex": ("符合模式“{what}”", "matches “{what}”"),
        "by_exemplar": ("意思接近“{what}”", "means about “{what}”"),
        "try_saying": ("试试：{what}", "Try: {what}"),
        "remedy": ("办法：{what}", "Remedy: {what}"),
        "formula": ("怎么算", "Formula"),
        "band": ("范围", "Band"),
        "band_text": (
            "合适 {green} · 留意 {amber} · 其余需改进",
            "good {green} · watch {amber} · else work on it",
        ),
        "band_gentle": (
            "{green} 很好 · {amber} 再调一点 · 其余可以练练",
            "{green} going well · {amber} nearly there · else worth practising",
        ),
        "band_none": ("没有定范围，仅供参考", "no band: for reference"),
        "source": ("依据", "Source"),
        "own_choice": ("本项目选定", "project's choice"),
        "provisional": ("暂定", "Provisional"),
        "places": ("听这几处", "Listen"),
        "more_places": ("另有 {n} 处", "{n} more"),
        "none_heard": ("未听到", "none heard"),
        "seconds": ("{n} 秒", "{n} s"),
        "heading_figure": ("项目", "Measurement"),
        "heading_value": ("数值", "Value"),
        "heading_verdict": ("判断", "Verdict"),
        "heading_band": ("合适范围", "Good range"),
        "made_recogniser": ("语音识别", "recogniser"),
        "made_voicecoach": ("本程序", "voicecoach"),
        "made_sentence_encoder": ("句向量", "sentence vectors"),
        "made_pitch": ("音高", "pitch"),
        "made_speech_gate": ("语音检测", "speech gate"),
        # -- the page ------------------------------------------------------------------------------------
        "play": ("播放", "Play"),
        "pause": ("暂停", "Pause"),
        "seek": ("播放位置", "Position"),
        "speed": ("倍速", "Speed"),
        "theme": ("切换深色 / 浅色", "Switch between dark and light"),
        "zoom_in": ("放大", "Zoom in"),
        "zoom_out": ("缩小", "Zoom out"),
        "keys": (
            "空格 播放/暂停 · ←→ 前后 2 秒 · N/P 下/上一处标记",
            "Space play/pause · arrows 2 s · N/P next/previous mark",
        ),
        "waveform": ("波形", "Waveform"),
        "pitch": ("音高（半音，相对您自己的中位数）", "Pitch (semitones around your own median)"),
        "level": ("声级（dBFS）", "Level (dBFS)"),
        "timeline_help": (
            "点任何地方就从那里听起",
            "Click anywhere to listen from there",
        ),
        "legend_hit": ("听到的要点", "point heard"),
        "legend_maybe": ("可能的要点", "maybe"),
        "legend_miss": ("没有听到，原该在此处之后", "not heard; due after here"),
        "legend_pause": ("停顿", "silent pause"),
        "legend_long_pause": ("冷场（≥ 3 秒）", "dead air (>= 3 s)"),
        "legend_filler": ("填充词", "filler"),
        "legend_forbidden": ("不该说的", "not to be said"),
        "legend_unheard": ("有声无字", "speech without text"),
        "legend_unsure": ("识别没把握", "recogniser unsure"),
        "silence": ("停顿 {n} 秒", "pause of {n} s"),
        "no_sound": ("报告里没有声音，只能看。", "There is no sound in this report."),
        "no_words": ("没有识别出文字。", "No words were recognised."),
        "dropped": (
            "已丢弃的识别文字（声音里没有依据）：{what}",
            "Recognised but dropped, for want of speech: {what}",
        ),
        "profile": ("评分标准", "Profile"),
        "made": ("生成于 {when}", "made {when}"),
        "local": (
            "全部在本机完成；这份报告打开时不联网。",
            "Made on this machine; this page asks nothing of the network.",
        ),
        "digest": ("录音 SHA-256", "SHA-256 of the recording"),
        "item": ("项目", "Item"),
        "points_of": ("得分 / 满分", "Points / out of"),
        "model_answer": ("参考说法", "A way to say it"),
        "figures_help": (
            "点开任何一项，看怎么算、范围和依据。",
            "Open any of them for its formula, band and source.",
        ),
        "skip": ("跳到正文", "Skip to the report"),
    }
)  # fmt: skip
"""Key -> (Chinese, English)."""


def reader_language(ui: str) -> Ui:
    """``zh`` or ``en``; English for every other code."""
    return "zh" if ui == "zh" else "en"


def say(key: str, ui: Ui, **words: object) -> str:
    """The phrase of that key with its words filled in. Raises KeyError for an unknown key."""
    zh, en = PHRASES[key]
    return (zh if ui == "zh" else en).format(**words) if words else (zh if ui == "zh" else en)


def say_code(code: str, ui: Ui) -> str:
    """The phrase of a code that may be new: an unknown one is shown as it is."""
    return say(code, ui) if code in PHRASES else code


def printable(text: str) -> str:
    """One line that no terminal obeys: control characters stand as escapes, line breaks as spaces."""
    plain = " ".join(text.split("\n"))
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "replace").decode() for c in plain)
