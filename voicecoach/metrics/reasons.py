"""Why a figure is not measured, or only provisional: a code in the value, the words for it here.

``Measurement.reason`` and ``Measurement.provisional`` hold such a code. Whoever shows a report turns it
into the reader's language with :func:`explain`; programs that read the JSON get a stable code.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

REASONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        # -- not measured ------------------------------------------------------------------------
        "no_speech": {
            "zh": "没有听到说话声；请检查麦克风后重录",
            "en": "no speech was heard; check the microphone and record again",
        },
        "no_transcript": {
            "zh": "没有识别出文字；请靠近麦克风、在安静处重录",
            "en": "no words were recognised; record again closer to the microphone, in a quiet place",
        },
        "too_short": {
            "zh": "不足 15 秒；请说满 15 秒再评",
            "en": "under 15 s from first to last sound; speak for at least 15 s",
        },
        "too_few_words": {
            "zh": "说出的内容太少（中文不足 40 字）；请把回答说完整",
            "en": "under 40 syllables were recognised; give a fuller answer",
        },
        "too_little_voiced": {
            "zh": "有声的部分太少，量不出音高；请说得更久、更清楚",
            "en": "too little voiced sound to measure; speak longer and more clearly",
        },
        "too_few_units": {
            "zh": "停顿之间的语段太少，看不出变化；请说得更久一些",
            "en": "too few stretches of speech between pauses to see a spread; speak longer",
        },
        "no_pauses": {
            "zh": "没有 250 毫秒以上的停顿，无从计算",
            "en": "no silent pause of 250 ms or more, so there is nothing to compute",
        },
        "no_baseline": {
            "zh": "没有您平静说话时的基线；请先录一段 20–30 秒的校准朗读",
            "en": "no calm baseline of this speaker; record a 20-30 s calibration reading first",
        },
        "no_prompt_end": {
            "zh": "不知道题目何时播完，量不出反应时间；请在练习模式下作答",
            "en": "the end of the prompt is not known; answer in practice mode to measure latency",
        },
        "no_noise_reference": {
            "zh": "录音里没有无声的片段，估不出底噪；请在开口前留半秒安静",
            "en": "no stretch without speech to take the noise from; leave half a second of silence first",
        },
        "no_punctuation": {
            "zh": "识别文字没有标点，分不出句子",
            "en": "the transcript has no punctuation, so clauses cannot be told apart",
        },
        "no_address": {
            "zh": "没有用到“您”或“你”，无从比较",
            "en": "neither 您 nor 你 was heard, so there is no share",
        },
        "not_for_language": {
            "zh": "这一项不适用于这种语言",
            "en": "this figure does not exist for this language",
        },
        "absence_unproven": {
            "zh": "清单内的禁语一句都没听到，但这不能证明没有说；请自己回放确认",
            "en": "none of the listed phrases was heard, which proves nothing; listen again",
        },
        # -- calls of two ---------------------------------------------------------------------------
        "one_channel_call": {
            "zh": "录音只有一个声道，分不清谁在说；请用双声道录音（一方一个声道）",
            "en": "the recording has one channel, so it is unknown who speaks; record one side a channel",
        },
        "many_channels_call": {
            "zh": "录音多于两个声道，不知道哪一个是客户；请给一方一个声道的双声道录音",
            "en": "the recording has more than two channels; give a stereo file with one side a channel",
        },
        "same_channels_call": {
            "zh": "两个声道的声音相同，分不清谁在说；请用一方一个声道的录音",
            "en": "both channels hold the same sound, so it is unknown who speaks; record one side a channel",
        },
        "mixed_channels_call": {
            "zh": "两个声道串音太重，分不清谁在说；请用一方一个声道的录音",
            "en": "each channel holds both voices nearly as loud, so it is unknown who speaks; "
            "record one side a channel",
        },
        "one_sided_call": {
            "zh": "有一个声道没有说话声，量不出双方的往来；请检查录音线路",
            "en": "one channel holds no speech, so there is no exchange; check how calls are recorded",
        },
        "no_answers": {
            "zh": "客服没有接过客户的话，量不出应答时间",
            "en": "the agent never took over from the caller, so there is no answer to time",
        },
        # -- rules that drop out -------------------------------------------------------------------
        "no_times": {
            "zh": "只有文字、没有时间，按秒的规则不评；请用录音，或在对话里写上 [分:秒]",
            "en": "the text has no times, so a rule in seconds drops out; score a recording or write [mm:ss]",
        },
        "no_caller_text": {
            "zh": "没有客户一方的话，与客户有关的规则不评；请用双声道录音，或输入对话",
            "en": "the caller's words are unknown, so the rule drops out; use a stereo call or a dialogue",
        },
        "anchor_not_heard": {
            "zh": "这条规则依据的那句话没有出现，所以不评",
            "en": "what this rule counts from was never said, so it drops out",
        },
        "not_in_language": {
            "zh": "这条规则没有这种语言的说法；请在题库里补上",
            "en": "the rule has no words in this language; add them to the pack",
        },
        # -- measured, but to be taken with care -----------------------------------------------------
        "fillers_from_text": {
            "zh": "只从识别文字里找到；识别软件常常漏掉嗯、呃，实际可能更多",
            "en": "found in the transcript only; recognisers drop um and uh, so there may be more",
        },
        "fillers_not_proven_absent": {
            "zh": "没有找到嗯、呃；识别软件常常漏掉它们，所以不能说没有",
            "en": "none was found, but recognisers drop um and uh: this does not prove that there were none",
        },
        "from_text": {
            "zh": "依据识别文字；识别有误时会有偏差",
            "en": "taken from recognised words; errors of recognition shift it",
        },
        "inside_turns": {
            "zh": "只算客服自己的话轮之内；话轮短，停顿本来就少，所以不计分",
            "en": "inside the agent's own turns, which are short and hold few pauses: not scored",
        },
        "own_take_as_baseline": {
            "zh": "没有平静基线，只能与这段录音自身比较；录一段校准朗读后更可信",
            "en": "no calm baseline, so compared with this very take; a calibration reading makes it firm",
        },
        "text_and_sound_differ": {
            "zh": "文字的语速与声音的音节数相差超过 20%；可能漏识或多识了字",
            "en": "the rates of text and sound differ by over 20 %: words may be missed or invented",
        },
    }
)
"""Code -> language of the reader (``zh``, ``en``) -> one sentence with the remedy."""


def explain(code: str, ui: str) -> str:
    """The sentence for ``code`` in the reader's language ``ui``; an unknown code is returned as it is.

    A plain sentence may stand where a code is expected, so that it is shown rather than lost.
    """
    words = REASONS.get(code)
    return code if words is None else words.get(ui, words["en"])
