"""Mention is not use: what makes a forbidden phrase innocent.

A candidate who says 我绝不会说不归我管, 客户骂我说你听不懂吗 or 像这种话是服务禁语 has done nothing wrong,
and neither has one who says 虽然不归我管，但我会帮您转接 or 经主管同意后给他退款. Each function looks at the
cleaned text around a hit ``[start, end)``.

Known failure: a quote that runs over several sentences, and irony.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voicecoach.rubric.forbidden.segments import sentence

if TYPE_CHECKING:
    from voicecoach.model.transcript import Language

BEFORE_CHARS = 30
"""Hanzi before a hit in which a speaker, a negator or a list is looked for."""
AFTER_CHARS = 24
"""The same after a hit."""
CONDITION_CHARS = 30
EN_PER_ZH = 3

_TURN = (
    r"(?:我就(?!不)"  # what he does instead; not 我就不, which denies on
    r"|就直接|而是|但是?|不过|可是|却|只好|那我|所以|结果"
    r"|(?<!也)然后)"  # not 也然后
)
"""Where a sentence turns: a negator before it denies nothing behind it."""
_NEGATOR = (
    # 不 with a verb of will, duty or leave: 绝不会, 从来没有想过, 千万不要
    r"(?:绝对?不(?:会|能|可以|可|该|应该|应|要|允许)?|决不(?:会|能)?|坚决不|从来?(?:不|没有?|没)(?:会|想过)?"
    r"|千万(?:不要|不能|别)|不会|不能|不可以|不可能|不可|不得|不准|不许|不要|不想|不赞成|不赞同|不同意|不主张"
    r"|不提倡|不该|不应该?|不应当|不再|不敢|不愿意?|不肯|不建议|不允许|不是(?:为了|要|(?=小题大做|大惊小怪|斤斤计较|无理取闹))"
    # inability, avoidance, prohibition
    r"|没法|没办法|无法|避免|杜绝|禁止|严禁|拒绝|切忌|最忌|忌讳|请勿|切勿|谨防|防范"
    # rhetorical questions: 怎么能
    r"|怎么能|怎么会|怎么可以|哪能|不至于"
    r"|(?<![特区分告])别(?!人|的|家)"  # not 特别, 区别, 分别, 告别; not 别人, 别的, 别家
    r"|反对|防止|克制|忍住"
    r"|不(?=随便|轻易|乱|私|偷|悄|推|找理由|甩)"  # 不偷偷给
    r"|没有(?=私|偷|悄|推|骂|乱))"  # 没有骂人
)
_DENIED = re.compile(rf"{_NEGATOR}(?:(?!{_TURN})[^，。]){{0,16}}$")
"""A negator in the same clause before the hit, and no turn between: 绝不会跟客户说｜不归我管."""
_NEGATES = re.compile(_NEGATOR)
_DENIED_NEXT = re.compile(
    r"(?:绝?不|没)(?:会|能|该|可以|应该)?(?:去)?"
    r"(?:(?:对|跟|和|向|给|把|因为|为了|再|随便|轻易|乱|私自|说|讲){0,3}|把[^，。]{1,4})$"
)
"""A bare 不 or 没 right before the hit, but for a few small words: 没再说｜随便您."""
_SUBJECT = (
    # somebody else speaks; not one who is spoken to (跟客户说), nor an owner (客户的电话)
    r"(?:(?<![跟对和给向让帮把诉与为])(?:客户|顾客|客人|买家|对方|用户|人家|他们?|她们?)"
    r"(?!们?的?(?:电话|手机|地址|信息|资料))"
    r"|有(?:的|些|个)?(?:人|客服|同事|客户|顾客|员工)|同事|别的客服|以前的?客服|网上)"
)
_SAID = (
    r"(?:骂|说|吼|喊|讲|嚷|指着|威胁|质问|要求|要我|让我|希望"
    r"|想(?!办法)"  # wishes; not 想办法, which is what an agent does
    r"|非要|叫我|抱怨|觉得|来一句|反问|怀疑|嘲讽|埋怨|提出|问)"
)
_SELF = (
    # the candidate takes the word himself: 我就说, 你自己
    r"我(?:就|会|肯定|直接|也|来|先|马上|可以|把|给|帮|说|跟|私|偷|悄|都|才|立马|保证|一般|回|怼|骂)"
    r"|(?:那|可)[你您]|[你您]自己"
)
_AT_ME = r"(?:着|了)?(?:我们?(?:说|骂|喊|吼|讲|问|来|嚷)(?:了?一?句)?)?"
"""At whom it was said: 骂着我说了一句."""
_QUOTED = re.compile(rf"{_SUBJECT}(?:(?!我)[^，。]){{0,6}}?{_SAID}{_AT_ME}(?:(?!{_SELF})[^。]){{0,18}}$")
"""Words of somebody else: 客户骂我说｜你听不懂吗; not 客户骂我，我就说｜你听不懂吗."""
_LISTED = re.compile(
    r"(?:服务禁语|禁语|忌语|禁忌|最怕(?:听|说)|最讨厌|最不喜欢听|不喜欢听|听到|听见|提醒[^，。]{0,6}(?:别|不要)"
    r"|比如说?有(?:人|些))[^。]{0,14}$"
)
"""Named as an example of what is not said: 服务禁语比如｜随便您."""
_THIS_TALK = re.compile(
    r"^[^。]{0,10}?(?:(?:[这那](?:种|类|样|一类|样一?种|句|些|几句)|之类|诸如此类|等等?)(?:的)?[^，。]{0,3}"
    r"(?:话|词|句|说法|做法|态度|行为|语气|口气|事|字眼|操作|表达|承诺|想法|念头|心态|思路|人|客服)"
    r"(?!就|都?是))"  # not 这种人就是, which is said of the customer
)
"""Spoken of as talk: 随便您｜这种话."""
_CONDEMNED = re.compile(
    r"^[^。]{0,12}?(?:"
    # called wrong: 是违规的; not 不好意思
    r"(?:是|就|属于|都)[^，。]{0,5}(?:违规|违法|犯法|不对|不允许|不行|不好(?!意思)|不可取|不应该|不可以"
    r"|不能(?:说|做|有|出)|禁止|大忌|错误|错的|不负责任|不专业|要不得|禁语|忌语|红线|没用的)"
    # of ill effect: 只会激怒他
    r"|只会|反而|绝对不(?:允许|行|可以)|不可取|要不得|解决不了|没有(?:任何)?(?:意义|好处)"
    r"|会让(?:客户|他|事情|矛盾|问题)"
    # not his own way: 我不会这么说, 我也不生气
    r"|的(?:事|话|忙|钱|单)我(?:从来|绝对|都|是)*不(?:做|干|碰|搞|沾|说|帮|收)"
    r"|那[个种]?我可?不(?:敢|干|会|做|肯)"
    r"|我(?:是|都|肯定|绝对|当然|从来)*(?:不会(?:这么|这样|去|给|答应|说|做|同意|往心)|做不(?:出|到)|不答应"
    r"|会?(?:委婉|坚决|礼貌)?地?拒绝|不往心里|也?不生气))"
)
_CONDITION = re.compile(
    # what must hold first: 符合条件, 按规定, 主管同意
    r"符合|质量问题|要真|真的是|满足[^，。]{0,4}条件|条件(?:的话|下)"
    r"|(?:按照?|根据|依照|遵守|在)[^，。]{0,6}(?:规定|规则|政策|流程|标准|制度|要求|范围|权限)"
    r"|同意|批准|批了|批下来|审批|请示|申请|上报|核实|查实|属实|查清|确认(?:是|后|了|无误)"
    r"|质检|检测|鉴定|验货|复核|(?:检查|查验)(?:没|无|通过|合格)|只要[^，。]{1,10}(?:没问题|没坏|没拆|无误|齐全|完好|通过|合格)"
    # a case that is supposed: 如果查实, 如果您的商品; not 如果 alone (如果他闹，我保证给他退)
    r"|如果(?:真|确实|查|是|系统|您|商品)|要是(?:真|确实|查)|只要(?:您|商品|是|不影响|符合)"
    # no certainty, or one that the terms give: 尽量, 七天无理由, 预计
    r"|为准|尽量|争取|尽力|授权|七天|7天|无理由|保修|质保|权益|条款|写明|预计|大概|正常情况|一般|通常|规则|价保"
    # what comes first: 拦截成功以后, 审核通过后, 货到仓之后
    r"|以后|之后|成功后?|通过后?|到仓|寄回|退回|签收后|收到(?:货|后)|后(?=，|直接|马上|立刻|就|给|系统)|原路"
)
_ASKED = re.compile(
    # a question or a case before the hit: 看看是｜物流的问题, 如果｜不归我管
    r"(?:看看?|查|判断|核实|确认|弄清|了解|问|搞清|到底|究竟|分清|区分|如果|要是|假如|万一|不管|无论|不论|可能"
    r"|也许|或许)[^，。]{0,7}$"
)
_WHETHER = re.compile(r"(?:是不是|有没有|能不能|会不会|是否)[^，。]{0,6}$")
_APPROVED = re.compile(
    # a superior's consent; not one who is kept from it (瞒着主管, 背着, 不让, 不告诉)
    r"(?<!瞒着)(?<!背着)(?<!不让)(?<!告诉)(?:主管|领导|经理|上级|公司|组长|平台)[^，。]{0,3}"
    r"(?:同意|批准|批了|授权|允许|审批)|(?:请示|(?<!不用走)(?<!不走)(?<!跳过)(?<!绕过)审批|报备)"
)
_CUSTOMER_DOES = re.compile(
    rf"(?:客户|顾客|他|她|对方|您)(?:就|会|要|肯定|非|可能|也|说)*(?:要求?|想|希望|坚持|让|问|非要?)"
    rf"(?:(?!{_SELF})[^，。]){{0,8}}$"
)
"""What the customer wants, not what is granted: 客户想｜走后门; not 客户想要我就｜偷偷给他."""
_DESCRIBED = re.compile(
    r"^(?:无理取闹|胡搅蛮缠|蛮不讲理|难缠)?(?:的|型)(?:客户|顾客|人|要求|情况|客人|买家|时候|那种)"
)
"""A kind of customer spoken about: 无理取闹｜的客户."""

_EN_BEFORE = re.compile(
    # denied: i would never say
    r"(?:\b(?:never|not|n'?t|won'?t|wouldn'?t|don'?t|can'?t|cannot|avoid|instead of|rather than|without"
    r"|refuse to|even if|although|though)\b|n'?t\b"
    # quoted: the customer shouted
    r"|\b(?:customer|client|caller|he|she|they|someone) (?:\w+ )?"
    r"(?:says?|said|shouts?|screams?|yells?|calls?|called|tells?|told|asks?|asked)\b)[^。]{0,60}$"
)
_EN_AFTER = re.compile(
    # condemned, or followed by help: it's not my job but i'll
    r"^[^。]{0,30}(?:is (?:wrong|forbidden|rude|not allowed)|\bbut i(?:'?ll| will| can| would)\b"
    r"|would be (?:wrong|rude))"
)
_EN_CONDITION = re.compile(
    r"\b(?:if|once|policy|policies|approv\w+|manager|supervisor|rules?|within|check|subject to|usually)\b"
)


def is_mention(text: str, start: int, end: int, *, language: Language) -> bool:
    """Whether the hit is denied, quoted, listed or condemned rather than said."""
    sentence_start, sentence_end = sentence(text, start, end)
    if language == "en":
        before = text[max(sentence_start, start - BEFORE_CHARS * EN_PER_ZH) : start]
        after = text[end : min(sentence_end, end + AFTER_CHARS * EN_PER_ZH)]
        return bool(_EN_BEFORE.search(before) or _EN_AFTER.search(after))
    before = text[max(sentence_start, start - BEFORE_CHARS) : start]
    after = text[end : min(sentence_end, end + AFTER_CHARS)]
    patterns_before = (_DENIED, _DENIED_NEXT, _QUOTED, _LISTED, _CUSTOMER_DOES)
    if any(pattern.search(before) for pattern in patterns_before):
        return True
    return any(pattern.search(after) for pattern in (_THIS_TALK, _CONDEMNED, _DESCRIBED))


def is_quoted(text: str, at: int) -> bool:
    """Whether somebody else is speaking at ``text[at]``: 客户骂我｜笨."""
    return _QUOTED.search(text[max(0, at - BEFORE_CHARS) : at]) is not None


def holds_negator(text: str, start: int, end: int) -> bool:
    """Whether the hit itself contains a negator: 客户的电话绝不能告诉朋友."""
    return _NEGATES.search(text, start, end) is not None


def is_asked(text: str, start: int, end: int) -> bool:
    """Whether the words stand in a question or a case to be told apart: 看看是物流的问题还是仓库的问题."""
    sentence_start, _ = sentence(text, start, end)
    return (
        _ASKED.search(text[max(sentence_start, start - BEFORE_CHARS) : start]) is not None
        or "还是" in text[start:end]
    )


def is_conditional(text: str, start: int, end: int, *, language: Language) -> bool:
    """Whether a promise stands under a rule, a check or somebody's consent, or is asked about."""
    sentence_start, sentence_end = sentence(text, start, end)
    if language == "zh" and _WHETHER.search(text[sentence_start:start]):
        return True
    factor = EN_PER_ZH if language == "en" else 1
    first = max(sentence_start, start - CONDITION_CHARS * factor)
    last = min(sentence_end, end + CONDITION_CHARS * factor)
    pattern = _EN_CONDITION if language == "en" else _CONDITION
    return pattern.search(text, first, last) is not None


def is_approved(text: str, start: int, end: int) -> bool:
    """Whether a superior's consent is named in the sentence of the hit."""
    return _APPROVED.search(text, *sentence(text, start, end)) is not None
