"""What only the one who serves says in a call: offers of help, thanks for calling, things done for the other.

Each kind counts once, so that one phrase that somebody repeats is one sign. What both sides say (您好, 谢谢,
麻烦您, thank you) is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.model.transcript import Language

_DOING: Final = (
    "查|看|催|核实|核对|确认|反馈|登记|记录|备注|申请|处理|办理|联系|安排|补|退|换|转|跟进|跟踪|加急|寄|协调|取消|开通|"
    "解决|解答|争取|预约|拦截|修改|升级|说明|解释|问"
)  # fmt: skip
_THINGS: Final = "订单|包裹|快递|退款|账户|账号|商品|会员|问题|诉求|情况|申请|手机号|单号|件|单"
_ASKED: Final = "单号|订单|手机|姓名|地址|照片|图片|情况|视频"
_KINDS: Final[Mapping[Language, Mapping[str, tuple[str, ...]]]] = {
    "zh": {
        "offer": ("[为给帮]您服务", "帮到您", "(?:可以|能|需要).{0,4}(?:帮|协助|为)助?您", "帮您的吗"),
        "who": (
            "(?:这里|这边|我)是.{0,10}(?:客服|售后|服务中心|热线|专员)(?!.{0,3}[吗吧])",
            "客服.{0,3}请问",
            "工号.{0,10}为您",
        ),
        "doing": (f"[帮给替]您.{{0,4}}(?:{_DOING})", f"为您(?:{_DOING})", "之?后.{0,6}(?:通知|联系|回复)您"),
        "inconvenience": (
            "[给对]您(?:带来|造成|添)",
            "让您(?:久等|费心|担心|受累|失望|着急|操心|不愉快|有不好)",
            "耽误了?您",
        ),
        "thanks": ("(?:感谢|谢谢)您的?(?:来电|致电|耐心|理解|支持|配合|反馈|谅解|等待|信任|包容)",),
        "calming": (
            "您先?(?:别|不要|不用)(?:着急|急|生气|担心|上火)",
            "请您?(?:放心|见谅|谅解|理解)",
            "您的心情",
            "理解您",
        ),
        "yours": (f"您(?:的|这|那|这边的|那边的)(?:{_THINGS})",),
        "asking": (
            f"(?:麻烦|请)您?先?(?:提供|报|说|告诉|描述|发|念)我?(?:一?下)?.{{0,6}}(?:{_ASKED})",
        ),
        "closing": ("还有(?:什么|其他|别的|其它).{0,8}(?:帮|需要|问题)", "祝您"),
        "waiting": (
            "(?:请您?|您(?:先|再|请)?)(?:稍等|稍候|耐心)",
            "我(?:马上|这就|立刻|现在就?).{0,4}[给帮替]您",
        ),
    },
    "en": {
        "offer": (
            r"\b(?:how|what) (?:may|can) (?:i|we) (?:help|assist|do for you)",
            r"\bhappy to (?:help|assist)",
        ),
        "who": (
            r"\b(?:this is|you're speaking (?:with|to)) .{0,30}(?:customer|support|service|care)",
            r"\byou've reached .{0,30}(?:customer|support|service|care)",
        ),
        "doing": (
            r"\b(?:i'll|i will|i can|i've|i have|let me|i'm) .{0,40}\bfor you\b",
            r"\b(?:i'll|let me) (?:look into|check|pull up|see what)",
        ),
        "inconvenience": (
            (
                r"\b(?:sorry|apologi[sz]e) for (?:the|any|this|that|your) "
                r"(?:inconvenience|delay|trouble|wait|experience)"
            ),
            r"\bsorry (?:you(?:'ve| have) had|to keep you)",
        ),
        "thanks": (
            r"\bthank(?:s| you) for (?:calling|contacting|holding|waiting)",
            r"\bthank(?:s| you) for your (?:patience|understanding|call|time|feedback)",
        ),
        "calming": (
            r"\bi (?:completely |fully |totally |do )?understand (?:your|how|that you|why you)",
            r"\b(?:bear with me|rest assured)",
        ),
        "yours": (r"\byour (?:order|parcel|package|refund|account|case|ticket|claim|booking|delivery)\b",),
        "asking": (
            (
                r"\b(?:may|can|could) (?:i|you) .{0,20}(?:have|get|give me|confirm|tell me) "
                r".{0,12}(?:order|account|phone|reference|name|e-?mail)"
            ),
        ),
        "closing": (
            r"\banything else (?:i|we) can",
            r"\bhave a (?:great|nice|good|lovely) (?:day|evening|weekend)",
        ),
        "waiting": (r"\b(?:one moment|just a moment|please hold|hold the line)\b",),
    },
}  # fmt: skip
_COMPILED: Final = {
    language: {kind: re.compile("|".join(patterns), re.IGNORECASE) for kind, patterns in kinds.items()}
    for language, kinds in _KINDS.items()
}


def service_signs(text: str, language: Language) -> frozenset[str]:
    """The kinds of service phrases in what one side of a call said."""
    return frozenset(kind for kind, pattern in _COMPILED[language].items() if pattern.search(text))
