"""Which side a sentence takes: the second signal that makes a hit certain, and what clears it altogether.

A structure of words alone has hit 您当时是怎么付款的 and 我先挂了，祝您愉快. A sentence that asks,
apologises, helps or blesses is no abuse; one that offers another way is no shrug; one that warns of a
swindler leaks nothing. Each function looks at the cleaned text around a hit ``[start, end)``.

Known failure: contempt in courteous words, and help that is promised in other words than these.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from voicecoach.rubric.forbidden.segments import clause, neighbours, sentence
from voicecoach.rubric.forbidden.word_classes import YOU

if TYPE_CHECKING:
    from voicecoach.model.assessment import LanguageCode

KIND_CHARS: Final = 26
"""Hanzi around a hit in which a kind word is looked for."""
HELP_CHARS: Final = 46
"""Hanzi around a shrug within which help or another way must come."""
CORE_CHARS: Final = 4
"""Hanzi of a hit that are its own."""

_KIND: Final = re.compile(
    # courtesy: not 请 in 请假, 邀请; not 亲 in 亲自, 亲戚
    r"(?<![邀申])请(?![假客教])|麻烦您|辛苦|抱歉|不好意思|对不起|感谢|谢谢|放心|祝|恭喜|理解|欢迎|建议|随时"
    r"|亲(?![自戚人友属身手口眼])|贴心|同感|有道理|说得对|真厉害|真棒|了不起|别有(?:压力|负担|顾虑)|慢慢(?:说|来|看)|别担心|不用担心|耐心|没关系|也没事"
    # what is done for the customer, by us: 我帮您查, 给您寄; not 凭什么给您
    r"|(?<!不)(?<!不了)(?<!凭什么)(?<!愿意)(?:帮|为|替)您(?!不)|(?:我|这边|这就|马上|现在|再|先|来|会|可以)(?:给|教)您(?!脸|惯)"
    r"|(?:给|教)您(?:升级|留|办|退|查|看|换|补|发|寄|送|操作|申请|登记|改|加|说一|讲一|介绍|介绍|找|比较|安排)|我(?:们)?(?:就)?教您"
    # a polite question or leave: 可以吗, 您看行吗, 都行
    r"|(?:好|行|可以|方便|需要|够|对|合适)吗|对吧|是吗|您看(?:可以|行|这样)|也(?:可以|行|能)|都(?:可以|行)"
    r"|我(?:大声|小声|说慢|慢慢|换个|一直|一定|都配合)"
)
_APOLOGY_AND_DEED: Final = r"(?:道歉|安抚|安慰|致歉|赔不是)"
_HELP: Final = re.compile(
    # who helps, and how soon: 我们这边马上
    r"(?:(?:我|我们|这边|直接|马上|现在|就|先|再|来|也|可以|去)(?:给|帮|替|为|陪|带|领)您(?![不吗])"
    r"|(?:我们?|我这边|我这儿|我这里|咱们?这?边?|这边|小妹|小二|客服|帮您|替您|给您|为您)"
    r"(?:(?:也|还是|会|来|马上|立刻|立马|这就|可以|先|这边|一定|同步|尽量|都|去|再|想|帮|给|替|为|您|你|他|她|跟|和|向|对"
    r"|客户|顾客|把|您的|问题|情况|愿意|主动|试着|全程|负责|电话|单子|直接|现在就?|今天就?|已经|同事|主管|领导|仓库|商家|厂家|快递|师傅"
    r"|站点|物流|技术|专员|下|一下)){0,7}"
    # what he does; not the same denied (帮不了, 查不到, 处理不了, 解决不了)
    r"(?:帮(?!不)|转接|转过去|转到|转给|转告|转达|联系(?!不)|查(?!不)|核实|反馈|催|跟进|协调|处理(?!不)|申请(?!不)|请示|升级"
    r"|登记|记录|记下|备注|负责|问(?:问|一下|清楚|主管|领导|师傅|技术|同事)|咨询|想办法|解决(?!不)|跟到底|(?<=[也会来都])管(?=，|。|$)|受理|跑|安排|补(?!不)|换|寄|发您|留"
    rf"|盯|拨|打给|回电|留意|看看|确认(?!不)|介绍|取消|{_APOLOGY_AND_DEED}"
    r"|打(?:个)?电话(?:问|过去|给(?!我))|告诉(?:他|她|您|客户|顾客)(?:该|应该|怎么|可以|去哪|联系)"
    r"|给(?:他|她|您|客户)(?:登记|指路|准备|回|答复|消息))"
    # regret that comes first, in any words: 我也会先道歉; not 我绝不道歉
    rf"|我(?:(?!不)[^，。]){{0,5}}{_APOLOGY_AND_DEED}|我也(?:先|愿意|会先|得|照样)(?![骂怼吵挂]))"
)
_ALTERNATIVE: Final = re.compile(
    # another way: 建议重新下单, 不过您可以, 要不您
    r"建议|(?:要不|要么|或者|不过|但是?|另外)(?:您|这边|我|可以|也)|您(?:也|还|就)?可以|也(?:可以|能|行)|(?:可以|能)(?:先)?"
    r"(?:重新|重拍|取消|拒收|申请|参考|选择?|改|换|退|自提|代收|咨询|看|用|领|试|考虑|下单|收到|联系)|就可以|即可|就行(?!了)"
    r"|重新(?:下单|拍|申请|提交)|重拍|拒收|考虑(?:下|一下)?|您看(?:下|看|可以|行|要不要)|试试看?|等(?:到货|补货|活动)"
    r"|(?:可以|直接|随时|都|您|再|来)(?:来)?(?:找|联系|问)我(?!谁)|打给我|跟我提|上门|找[小老][^，。]|医生|药师|医院|不用寄"
    # where to reach somebody: 联系方式, 电话发您
    r"|联系方式|(?:电话|号码|链接|地址|入口)(?:是|给|发|在|我)"
)
_WARNING: Final = re.compile(
    r"骗子|诈骗|被骗|冒充|假冒|冒牌|钓鱼|不法|没有?保障|不受保护|假货|违规|红线|(?:别|不要)扫|请勿|谨防|切勿|当心|警惕|提防|防范|有(?:很大|安全)?风险|不安全|千万(?:别|不要)点"
    r"|(?:短信|链接|广告|网站|陌生电话)[^。]{0,16}(?:别|不要)(?:点|信|理)"
)
_REPORTED: Final = re.compile(
    r"(?:报告|上报|举报|反映|汇报)(?:给)?了?|判了?刑|判了|抓了|罚了|制止|劝(?:他|她|住|阻)?|引以为戒|开除|辞退|处分|处罚|被抓|警示|教训"
)
_SOMEBODY: Final = re.compile(
    r"(?:同事|有人|别人|别的(?:客服|员工)|员工|前同事|新人|他们|(?:有|那)个?(?:客服|人|员工)|以前(?:的|有)|公司里)"
    r"(?:(?!我)[^，。])*$"
)
_DOER_BEHIND: Final = re.compile(r"^[^，。]{0,6}的(?:同事|人|员工|客服)")
"""The one who did it comes behind it: 偷偷给客户退款｜的同事后来被开除了."""
_DECLINED: Final = re.compile(
    r"我(?:可|都|从来|绝对|肯定|是|也)*(?:不(?:做|干|敢|碰|答应)|没(?:做|干|答应|给))(?=，|。|$|的)"
)
_YOURS: Final = re.compile(r"(?:您|您自己|客户自己|客户把)(?:(?!我|帮您|给您)[^，。])*$")
"""The customer does something with data of his own: 您把订单截图发给朋友."""
_SELF: Final = re.compile(
    r"(?:(?<![给跟对让把冲])我|我们|咱|小妹|小二|客服|本人|做客服|干这行|这一行|这边|像)(?:(?![你您]|他|客户|说|骂|讲|回|怼)[^，。])*$"
)
_OTHERS_NATURE: Final = re.compile(
    r"(?:宝宝|孩子|小朋友|小孩|娃|狗狗?|猫咪?|宠物|老人家?|奶奶|爷爷|老年人|机器|手机|空调|冰箱|电视)"
    r"(?:(?![你您])[^，。]){0,6}$"
)
_ADDRESSED: Final = re.compile(rf"{YOU}(?!好)")
_OF_CUSTOMER: Final = re.compile(
    r"(?:这|那)(?:种|样的?|个|帮)(?:人|客户|顾客)|客户|顾客|买家|他|她|跟我|找我|骂我|让我"
)
_MOOD: Final = re.compile(
    r"(?:这|那)种(?:人|客户)|再(?:这样|这么|骂|吵|闹)|我就不|谁|[吧啊呀嘛吗](?=，|。|$|[我这那])|爱咋|什么|怎么|又不|就是|还|干嘛|烦"
)
_ILL_MOOD: Final = re.compile(
    r"反正|凭什么|呗|管你|才不|拉倒|算了|得了吧?(?=，|。|$)|烦死|有本事|懒得|废话|吃饱了|没门|想得美|晦气|真够|真服|就别(?:买|用|来|下单)"
)
"""Words of contempt that need nobody addressed: 爱等不等，反正货就这些."""
_HEDGED: Final = re.compile(
    r"尽量|争取|尽力|预计|大概|一般|通常|审核|申请|核实|以后|之后|成功后?|后(?=，|。|$|直接|马上|立刻|就|给|系统)|收到货|到仓|寄回|签收了?"
    r"|系统会?|原路|符合|规则|规定|按|为准|活动|质保|保修|价保|无理由|运费险"
)
_SUPPOSED: Final = re.compile(r"如果|假如|万一|要是")
_GRANTED: Final = re.compile(r"我|(?:给|帮|替|为|让|跟|送|退|赔)(?:了)?(?:您|你|他|她|客户|顾客|人家)")


def is_kind(text: str, start: int, end: int) -> bool:
    """Whether the words around the hit ask, help, thank, bless or apologise."""
    first, last = sentence(text, start, end)
    before = text[max(first, start - KIND_CHARS) : start]
    after = text[end : min(last, end + KIND_CHARS)]
    return _KIND.search(before) is not None or _KIND.search(after) is not None


def is_mended(text: str, start: int, end: int) -> bool:
    """Whether help, or another way, stands before or behind a shrug."""
    before, after = text[max(0, start - HELP_CHARS) : start], text[end : end + HELP_CHARS]
    # a filler at the end of a pattern may have taken in the help: 不是我弄错的我也先道｜歉
    within = text[start + CORE_CHARS : end + HELP_CHARS]
    return (
        any(pattern.search(part) for pattern in (_HELP, _ALTERNATIVE) for part in (before, after))
        or _HELP.search(within) is not None
    )


def is_helped(text: str, end: int) -> bool:
    """Whether an offer to help follows a disclaimer: 不归我管，不过我帮您转过去."""
    return _HELP.search(text[end : end + HELP_CHARS]) is not None


def is_warning(text: str, start: int, end: int) -> bool:
    """Whether a swindle is warned of, or a wrong of somebody else is told: 对方让您私下转账的都是骗子."""
    first, last = sentence(text, start, end)
    if _WARNING.search(text, first, last):
        return True
    before = text[first:start]
    if _DOER_BEHIND.search(text[end:last]) and _REPORTED.search(text, end):
        return True
    return _SOMEBODY.search(before) is not None and _REPORTED.search(text, end) is not None


def is_supposed(text: str, start: int, end: int) -> bool:
    """Whether the words are a case that is thought of: 您自己解决不了的话, 如果您讨厌甜味."""
    first, last = clause(text, start, end)
    return _SUPPOSED.search(text[first:start]) is not None or "的话" in text[start:last]


def is_declined(text: str, end: int) -> bool:
    """Whether the speaker says behind it that he does no such thing: 改好评给红包｜，平台要罚的，我不做."""
    _, last = sentence(text, end, end)
    return _DECLINED.search(text, end, last) is not None


def is_own_data(text: str, start: int) -> bool:
    """Whether the customer is the one who passes his own data on."""
    first, _ = sentence(text, start, start)
    return _YOURS.search(text[first:start]) is not None


def is_of_others(text: str, start: int, end: int) -> bool:
    """Whether the words are of oneself, of a child, an old man or a thing, and of no customer."""
    first, last = neighbours(text, start, end, reach=0)
    before = text[first:start]
    if _ADDRESSED.search(text[start:last]):
        return False
    return _SELF.search(before) is not None or _OTHERS_NATURE.search(before) is not None


def stands_by(code: LanguageCode, text: str, start: int, end: int, *, conditional: bool) -> bool:
    """Whether the sentence takes the side of a hit of ``code``: the second signal of a ``stance`` rule.

    Rudeness must be spoken at or of a customer, in an ill mood, with nothing kind beside it; a shrug must
    stand without help or another way; a promise, which is ``conditional``, without a hedge, a favour granted
    to somebody.
    """
    if code == "rude":
        return not is_kind(text, start, end) and _is_aimed(text, start, end)
    if code == "shirk":
        return not is_mended(text, start, end)
    if code == "overpromise":
        around = sentence(text, start, end)
        pattern, wanted = (_HEDGED, False) if conditional else (_GRANTED, True)
        return (pattern.search(text, *around) is not None) is wanted
    return True


def _is_aimed(text: str, start: int, end: int) -> bool:
    first, last = neighbours(text, start, end, reach=1)
    around = text[first:last]
    own_first, own_last = neighbours(text, start, end, reach=0)
    fills = 2 * (end - start) >= own_last - own_first
    at_customer = _ADDRESSED.search(around) or _OF_CUSTOMER.search(around)
    if fills or _ILL_MOOD.search(around):
        return True
    return at_customer is not None and _MOOD.search(around) is not None
