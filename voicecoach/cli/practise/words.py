"""What a practice says on the terminal, in Chinese and English."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "preparing": ("正在准备……", "getting ready ..."),
    "question": ("题目", "Prompt"),
    "target": ("建议 {low:g}–{high:g} 秒", "{low:g}-{high:g} s"),
    "playing_out": ("▶ 正在播放 · 按任意键停", "▶ playing · any key stops"),
    "loading": ("正在准备，马上读题 · Enter 跳过 · q 退出", "getting ready to read · Enter skip · q quit"),
    "making": ("正在合成声音 · Enter 跳过 · q 退出", "making the voice · Enter skip · q quit"),
    "hearing": ("▶ 正在读题 · Enter 跳过 · r 重听 · q 退出", "▶ reading · Enter skip · r repeat · q quit"),
    "reading": ("读题，Enter 开始答 · n 下一题 · q 退出", "read it, Enter answers · n next · q quit"),
    "thinking": (
        "思考 {left} 秒 · Enter 开始答 · r 重听 · q 退出",
        "think {left} s · Enter answer · r repeat · q quit",
    ),
    "end_key": ("Enter 答完", "Enter ends"),
    "stops_in": ("{left:.1f} 秒后停 · 按键继续", "stops in {left:.1f} s · key: go on"),
    "zeros": ("! 麦克风没有声音（全是零）", "! microphone: zeros only"),
    "overflow": ("! 丢声音 {n} 次", "! sound lost {n} x"),
    "scoring": ("正在评分……", "judging ..."),
    "kept": (
        "录音已保存（{take}），下次启动时可以评分。",
        "The recording is kept ({take}); the next start offers to judge it.",
    ),
    "lost_sound": (
        "声卡丢了声音：{n} 次，约 {seconds:.1f} 秒没有送来。停顿和语速可能不准。",
        "The sound card lost sound: {n} times, about {seconds:.1f} s never came. Pauses and rate may be off.",
    ),
    "unfinished": (
        "上次的录音还没有评分（{place}）：{when}，{prompt}。现在评分？",
        "A recording was not judged yet ({place}): {when}, {prompt}. Judge it now?",
    ),
    "other": (
        "另一个练习正在进行：这里照常练习，没有评分的录音由那边处理。",
        "Another practice is running: you may practise here, too; unjudged recordings are left to it.",
    ),
    "no_output": ("没有可用的扬声器，放不出来。", "No loudspeaker can be used, so nothing is played."),
    "no_moment": ("第 {number} 条建议没有对应的片段。", "Advice {number} has no moment of its own."),
    "model_answer": ("范例回答：{text}", "Model answer: {text}"),
    "no_model_answer": ("这道题没有范例回答。", "This prompt has no model answer."),
    "playing": ("▶ 播放 {where}", "▶ playing {where}"),
    "whole": ("全部录音", "the whole take"),
    "page": ("报告：{path}", "report: {path}"),
    "unchanged": ("文字没有变。", "The text is the same."),
    "type": (
        "打字作答，空行结束（Ctrl-D 退出）：",
        "Type your answer, an empty line ends it (Ctrl-D quits):",
    ),
    "no_engine": ("读不出题目，请看文字。", "Nothing can read the prompt aloud: please read it."),
    "summary": ("这次练了 {n} 个录音", "{n} takes this time"),
    "average": ("平均 {mean:.0f} 分", "mean total {mean:.0f}"),
    "best": ("最好：{prompt} {total:.0f} 分", "best: {prompt} {total:.0f}"),
    "weakest": ("最常漏掉：{point}（{prompt}，{n} 次）", "missed most: {point} ({prompt}, {n} x)"),
    "review": ("更多：voicecoach review", "more: voicecoach review"),
    "go_on": (
        "已中断，说过的都已保存。继续练习：voicecoach practise",
        "Interrupted; what was said is kept. To go on: voicecoach practise",
    ),
}
MENUS: Final[dict[str, tuple[str, str]]] = {
    "feedback": (
        "a 再答 · n 下一题 · p 听片段（1–9 听建议）· m 范例 · h 网页报告 · c 改文字 · q 退出",
        "a again · n next · p moments (1-9: advice) · m model answer · h HTML report · c correct · q quit",
    ),
    "later": (
        "n 继续 · p 听片段 · m 范例 · h 网页报告 · c 改文字",
        "n go on · p moments · m model answer · h HTML report · c correct",
    ),
    "unscored": (
        "a 再答 · n 下一题 · p 听录音 · m 范例 · q 退出",
        "a again · n next · p play · m model answer · q quit",
    ),
    "typed": ("a 再答 · n 下一题 · m 范例 · q 退出", "a again · n next · m model answer · q quit"),
    "offer": ("Enter 评分 · x 删除 · n 以后再说", "Enter judge · x delete · n later"),
    "no_microphone": (
        "Enter 改用文字作答 · a 再试麦克风 · n 下一题 · q 退出",
        "Enter answer in writing · a try the microphone again · n next · q quit",
    ),
}
