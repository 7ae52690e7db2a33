"""How every measurement is called, grouped, formatted and explained, in Chinese and in English.

``Measurement.definition`` is the formula in English, for programs as for people; the Chinese reader's formula
stands here beside the title. A measurement that is not in the table is shown under its own name, in the
group of other figures, with its own unit: new ones are seen rather than lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voicecoach.model.assessment import Measurement

Ui = Literal["zh", "en"]

GROUPS: Final[Mapping[str, Mapping[Ui, str]]] = MappingProxyType(
    {
        "pace": {"zh": "语速", "en": "Speaking rate"},
        "pauses": {"zh": "停顿", "en": "Pauses"},
        "fillers": {"zh": "填充词", "en": "Fillers"},
        "voice": {"zh": "语调与声音", "en": "Tone"},
        "language": {"zh": "用语", "en": "Language"},
        "call": {"zh": "双方往来", "en": "Exchange"},
        "recording": {"zh": "录音质量", "en": "Recording"},
        "other": {"zh": "其他", "en": "Other"},
    }
)
"""Group -> its title, in the order of a report."""


@dataclass(frozen=True, slots=True)
class Name:
    """One measurement's words; ``formula`` is Chinese, ``percent`` marks a share 0..1."""

    group: str
    zh: str
    en: str
    formula: str
    decimals: int = 1
    percent: bool = False

    def title(self, ui: Ui) -> str:
        """What the measurement is called in the reader's language."""
        return self.zh if ui == "zh" else self.en


_FRAMES = "有声帧（SwiftF0，置信度 ≥ 0.5，60–600 Hz，去掉八度误差）"

NAMES: Final[Mapping[str, Name]] = MappingProxyType(
    {
        "speech_rate": Name(
            "pace",
            "语速",
            "Speech rate",
            "音节数（数字、字母按读法计；英语计词）÷ 首尾语音之间的时长 × 60，含停顿",
            0,
        ),
        "speech_rate_pruned": Name(
            "pace", "去填充词语速", "Speech rate, fillers left out", "语速，但不计填充词", 0
        ),
        "articulation_rate": Name(
            "pace", "发音速率", "Articulation rate", "音节数 ÷（回答时长 − 250 毫秒以上的停顿）"
        ),
        "local_rate_p10": Name(
            "pace",
            "最慢的语段",
            "Local rate, slow end (p10)",
            "停顿之间各语段（≥ 5 音节）发音速率的第 10 百分位",
        ),
        "local_rate_median": Name(
            "pace", "语段速率中位数", "Local rate, median", "停顿之间各语段（≥ 5 音节）发音速率的中位数"
        ),
        "local_rate_p90": Name(
            "pace",
            "最快的语段",
            "Local rate, fast end (p90)",
            "停顿之间各语段（≥ 5 音节）发音速率的第 90 百分位",
        ),
        "nuclei_rate": Name(
            "pace",
            "声学音节率",
            "Acoustic syllable rate",
            "有声强度峰（两侧下陷 ≥ 3 dB，英语 2 dB）数 ÷ 发声时长；用来核对文字语速（de Jong & Wempe 2009）",
        ),
        "silent_pauses": Name(
            "pauses",
            "停顿次数",
            "Silent pauses",
            "回答之内 ≥ 250 毫秒的静默的个数（取自声音，不取自文字）",
            0,
        ),
        "pause_rate": Name("pauses", "停顿频率", "Pause rate", "停顿次数 ÷ 回答时长 × 60"),
        "pause_time": Name("pauses", "停顿总时长", "Pause time", "全部停顿时长之和"),
        "mean_pause": Name("pauses", "平均停顿", "Mean pause", "停顿总时长 ÷ 停顿次数", 2),
        "pause_p90": Name("pauses", "较长的停顿", "Long pauses (p90)", "停顿时长的第 90 百分位", 2),
        "longest_pause": Name("pauses", "最长停顿", "Longest pause", "时长最大的一次停顿", 2),
        "phonation_time_ratio": Name(
            "pauses",
            "发声占比",
            "Phonation-time ratio",
            "（回答时长 − 停顿总时长）÷ 回答时长",
            0,
            percent=True,
        ),
        "mean_length_of_run": Name(
            "pauses", "平均语段长度", "Mean length of run", "音节数 ÷ 停顿之间的语段数"
        ),
        "mid_clause_pause_share": Name(
            "pauses",
            "句中停顿占比",
            "Mid-clause pauses",
            "不落在标点处的停顿 ÷ 全部停顿（Kahng 2014；de Jong 2016）",
            0,
            percent=True,
        ),
        "dead_air": Name("pauses", "冷场", "Dead air", "≥ 3 秒的静默的个数；≥ 5 秒须改", 0),
        "response_latency": Name("pauses", "反应时间", "Response latency", "题目播完到开口之间的时长", 2),
        "filled_pauses_vocalised": Name(
            "fillers",
            "嗯、呃",
            "Vocalised fillers",
            "文字中的嗯、呃、啊，加上有声而无字、音高平稳、紧邻停顿的片段 ÷ 回答时长 × 60（Goto 1999）",
        ),
        "filled_pauses_lexical": Name(
            "fillers",
            "口头禅",
            "Lexical fillers",
            "那个、然后、就是等（其后有停顿、重复、或不修饰名词时才算）÷ 音节数 × 100",
        ),
        "pitch_median": Name("voice", "音高中位数", "Median pitch", f"F0 的中位数，{_FRAMES}", 0),
        "pitch_variety": Name(
            "voice", "语调起伏", "Pitch variety", f"F0 以半音计的标准差（去离群值），{_FRAMES}"
        ),
        "pitch_variety_units": Name(
            "voice",
            "句间起伏",
            "Pitch variety between units",
            "各语段音高中位数（半音）的标准差：声调互相抵消",
        ),
        "pitch_range": Name(
            "voice", "音高范围", "Pitch range", f"F0 第 95 与第 5 百分位之差（半音），{_FRAMES}"
        ),
        "hf500": Name(
            "voice", "高频能量", "HF500", "10 log10(500–5000 Hz 能量 ÷ 80–500 Hz 能量)，有声帧的中位数"
        ),
        "agitation": Name(
            "voice",
            "激动度",
            "Agitation",
            "音高中位数与高频能量各自离平静基线的距离（以基线标准差计）的均值，压到 −1..1"
            "（Bone, Lee & Narayanan 2014）",
            2,
        ),
        "steadiness": Name(
            "voice",
            "平稳度",
            "Spread of agitation",
            "各语段激动度（相对本段录音的中位声音）的标准差；0 最平稳",
            2,
        ),
        "loudness_range": Name("voice", "响度变化", "Loudness range", "有声帧声级的第 95 与第 10 百分位之差"),
        "level_surges": Name(
            "voice", "突然提高音量", "Level surges", "比前后语段的中位声级高 6 dB 以上的语段数", 0
        ),
        "politeness": Name(
            "language", "礼貌用语", "Politeness", "您好、请、抱歉、感谢等礼貌用语的次数 ÷ 音节数 × 100"
        ),
        "nin_share": Name(
            "language",
            "称“您”的份额",
            "您 against 你",
            "您 ÷（您 + 你），不计“你好”“你们”和转述的话",
            0,
            percent=True,
        ),
        "forbidden_language": Name(
            "language",
            "服务禁语",
            "Forbidden language",
            "清单内、并非引述或否定的禁语的次数；没听到不等于没有",
            0,
        ),
        "talk_share": Name(
            "call",
            "客服话语占比",
            "Agent's share of talk",
            "客服说话时长 ÷ 双方说话时长之和",
            0,
            percent=True,
        ),
        "call_dead_air": Name(
            "call", "双方冷场", "Silence of both", "首末语音之间双方都不说话 ≥ 3 秒的次数", 0
        ),
        "call_dead_air_flagged": Name(
            "call", "长时间冷场", "Long silence of both", "首末语音之间双方都不说话 ≥ 5 秒的次数", 0
        ),
        "turn_latency": Name(
            "call",
            "应答时间",
            "Answer latency",
            "客服每次接话：开口时间 − 客户说完时间，取中位数；抢先开口计 0",
            2,
        ),
        "turn_latency_p90": Name(
            "call",
            "应答时间（慢的一端）",
            "Answer latency (p90)",
            "客服每次接话：开口时间 − 客户说完时间，取第 90 百分位；抢先开口计 0",
            2,
        ),
        "interruptions": Name(
            "call",
            "抢话",
            "Interruptions",
            "客户开口满宽限时间（默认 1 秒）后客服插话，且同时说话超过宽限时间的次数；应声不算",
            0,
        ),
        "interrupted": Name(
            "call",
            "被客户抢话",
            "Interrupted by the caller",
            "客服开口满宽限时间（默认 1 秒）后客户插话，且同时说话超过宽限时间的次数；应声不算",
            0,
        ),
        "back_channels": Name(
            "call",
            "应声",
            "Back-channels",
            "客户说话时客服短促的嗯、是的、好的（不足 1 秒）；是好事，不算抢话或填充词",
            0,
        ),
        "snr": Name(
            "recording",
            "信噪比",
            "Signal-to-noise ratio",
            "10 log10((语音平均功率 − 底噪功率) ÷ 底噪功率)，150–4000 Hz",
            0,
        ),
        "clipping": Name(
            "recording", "爆音", "Clipping", "幅度 ≥ 0.98 满幅的样本 ÷ 全部样本", 2, percent=True
        ),
    }
)
"""Name of a measurement -> its words, in the order of a report."""

_UNITS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "字/min": ("字/分", "字/min"),
        "wpm": ("词/分", "wpm"),
        "syllables/s": ("音节/秒", "syll/s"),
        "syllables": ("音节", "syllables"),
        "count": ("次", ""),
        "ratio": ("", ""),
        "s": ("秒", "s"),
        "per_min": ("次/分", "/min"),
        "1/min": ("次/分", "/min"),
        "per_100_syllables": ("个/百字", "per 100 syll"),
        "/100 字": ("个/百字", "per 100 字"),
        "st": ("半音", "st"),
        "-1..1": ("", ""),
    }
)
"""``Measurement.unit`` -> how it is written in Chinese and in English; others stand as they are."""


def title(name: str, ui: Ui) -> str:
    """The measurement's title in the reader's language; an unknown name is returned as it is."""
    words = NAMES.get(name)
    return name if words is None else words.title(ui)


def group(name: str) -> str:
    """The group of :data:`GROUPS` that the measurement belongs to."""
    words = NAMES.get(name)
    return "other" if words is None else words.group


def formula(measurement: Measurement, ui: Ui) -> str:
    """The definition in the reader's language; the measurement's own where there is no Chinese one."""
    words = NAMES.get(measurement.name)
    return words.formula if words is not None and ui == "zh" else measurement.definition


def figure(name: str, value: float) -> str:
    """``value`` with the decimals of its measurement and a true minus sign, without the unit."""
    words = NAMES.get(name)
    decimals = 2 if words is None else words.decimals
    text = f"{value * 100:.{decimals}f}%" if words is not None and words.percent else f"{value:.{decimals}f}"
    if not any(digit in text for digit in "123456789"):
        text = text.removeprefix("-")
    return text.replace("-", "−")


def unit(name: str, unit_code: str, ui: Ui) -> str:
    """The unit as it is written after the figure; empty for shares, whose percent sign says it."""
    words = NAMES.get(name)
    if words is not None and words.percent:
        return ""
    zh, en = _UNITS.get(unit_code, (unit_code, unit_code))
    return zh if ui == "zh" else en


def ordered(measurements: Iterable[Measurement]) -> list[Measurement]:
    """The measurements in the order of :data:`NAMES`, unknown ones last as they came."""
    rank = {name: index for index, name in enumerate(NAMES)}
    return sorted(measurements, key=lambda measurement: rank.get(measurement.name, len(rank)))
