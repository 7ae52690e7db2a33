"""Who is denied what: negators, their scope, and what only looks like one.

A negator in a clause denies what follows it, up to :data:`SCOPE` characters or the next connective
(我不会｜理解你的心情). Where its verb ends the clause, it denies the topic before it as well
(订单我｜不查), and so does a complement of inability (｜解决｜不了). Not negators: 是不是, 有没有, 不仅,
特别, 对不起 and the like; a double negation (不是不理解, 绝不会不管) affirms. Reluctance and rhetorical
questions deny (懒得道歉, 凭什么道歉).

Known failure: irony, and a denial spread over two clauses (道歉？不存在的 is seen, 道歉嘛，看心情 is not).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from voicecoach.rubric.text.spoken import STRONG, WEAK
from voicecoach.rubric.text.windows import joints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voicecoach.model.transcript import Language

SCOPE = 9
"""Hanzi after a negator that it reaches, within its clause."""
SCOPE_EN = 45
"""The same in English letters."""
TAIL = 4
"""A negated verb at the end of its clause, of at most this many Hanzi, denies the topic before it."""
REACH_BACK = 14
"""Hanzi before a clause-final negation that it reaches."""
MASK = "\ufffc"
_ATTRIBUTIVE_NEGATORS = frozenset(
    {"不", "没", "没有", "不能", "不该", "不可以", "不了", "不到", "不着", "无", "无法"}
)

_A_NOT_A = re.compile(
    r"(.)[不没]\1"  # a question: 是不是, 有没有
    r"|(?:可|愿|知|合|满|方|符|需|清|喜|介)"  # the same of two characters: 可不可以, 愿不愿意
    r"不(?:可以|愿意|知道|合适|满意|方便|符合|需要|清楚|喜欢|介意)"
)
_ZH_DOUBLE = re.compile(
    # a negator and 不 or 没 right behind it: 不是不理解, 绝不会不管; not before a question (不能是不是)
    r"(?:并?不是|不能|不会|不可能|不得|不可|没有|没|不该|不应该|不敢|绝不|决不|不好|不至于)(?:说)?(?:会|能)?"
    r"(?:不|没有|没)(?!是不|能不|会不)"
    r"|(?:并?不是|不会|不能)(?=[看听想说体]不[见懂到出清])[看听想说体]不"  # 也不是看不见
    r"|非[^，。]{1,6}不可|无不|不无|没有人?不|免不了|少不了|忍不住|离不开|不得已"  # set phrases: 非去不可
)
"""Two negators that affirm."""
_ZH_INNOCENT_WORDS = re.compile(
    # 不 in words that deny nothing: not only, no matter, sorry, and moods that are spoken about
    r"赔个?不是|不要紧|不打紧|不仅仅?|不但|不光|不只|不单|不止"
    r"|不管(?=是|什么|怎么|谁|哪|多|他怎|她怎|客户怎|顾客怎|对方)"  # 不管是谁; not 不管您
    r"|不论|不过|不断|不好意思|对不起|对不住|过意不去|不如|要不然?|不错|不免|差不多|不久|不一会儿?|不妨|不由"
    r"|不知不觉|不同|不满|不足|不安|不便|不愉快|不开心|不高兴|不舒服|不爽|不方便|不容易|不好受|不好过"
    r"|不着急|不急不躁|不急|不慌不忙|不紧不慢|不卑不亢|一声不吭|不厌其烦|不放过|不放弃|不打折扣|不耽误"
    r"|不见得|不幸|不可抗力|不良|不合适|不合身|不完整"
    # set phrases that praise or describe what is done
    r"|原封不动|二话不说|一丝不苟|马不停蹄|毫不(?:犹豫|含糊|马虎)|说一不二|必不可少|迫不及待|不遗余力|不折不扣"
    r"|不离不弃|一动不动|忙不过来|坐不住|受不了|等不(?:了|及)|舍不得|想不到|怪不得|巴不得|恨不得|不卑不亢|不光彩"
    r"|不怪(?:您|你|他|她|客户|顾客|人家)"  # absolves the customer
    r"|不清楚(?=的)"  # 不清楚的地方; not 我不清楚
    r"|不对劲|不知道(?=您|怎么|该)"  # 不知道您方便吗; not 我不知道
    # 没 of the case, not of the agent: 没收到, 没发货; and 没问题
    r"|没问题|没关系|没事|没准|没错|没收到"
    r"|没到(?=货|手|的|就|，|。|$)|没送到|没发(?=货|出)"  # 没到货; not 没到现场
    r"|没说完|没说清|没有收到|没有到|没拿到|没用上|没想到|没一会儿?|没多久"
    r"|没有?(?=影响|损坏|破损|异常|缺货|库存|动静|更新|显示|出库|揽|扫|轮到|派|签收|装车|装进|放进|装上|打包)"
    r"|没有?(?=货|了(?:$|[，。呢哦啊哈呀亲的]))"  # out of stock: 这个没有了
    # the state of the goods, which a rule asks for: 没拆过, 吊牌别剪, 不影响二次销售
    r"|(?:没有?|未|别)(?=(?:洗|穿|拆|剪|撕|下水|开封|激活|弄脏|弄坏|剪掉|摘)(?:过|了|掉|开|下来)?)|不(?=影响|弄脏|弄坏|脏)"
    # 别 that is no 不要
    r"|特别|分别|区别|个别|类别|级别|性别|别人|别的|别家|别处|告别|鉴别|识别|辨别"
    # words with 未 or 无 in them
    r"|未来|未必|无论|无理由|无忧|无门槛|无非|无辜|无奈|无条件|无线"
)
_ZH_CALMING = re.compile(
    # 您先别着急: it asks the customer for something and denies no deed of the agent
    r"(?:您|你|大家|先|让他|让她|请)?(?:先)?(?:别|不要|不用|甭)(?:太|再)?"
    r"(?:着急|急|生气|担心|激动|上火|慌|见怪|介意|嫌|怪|难过|往心里去|客气|挂)"
)
_ZH_NEGATOR = re.compile(
    # a resolve, such as 绝不会
    r"绝对不(?:会|能|可以)?|绝不(?:会|能|可以)?|决不(?:会|能)?|坚决不|从来?不|从来?没有?|根本不(?:会|能)?"
    r"|根本没|压根[儿]?[不没]有?|一律不"
    # 不 with its verb, the longer first
    r"|不可能|不会|不能|不可以|不得|不准|不许|不让|不要|不想|不愿意?|不肯|不该|不应该|不打算|不再|不用|不必"
    r"|不需要|不值得|不屑|不配|不存在|不算|不"
    # 没: 没什么好说, 没义务, 没空
    r"|没(?=什么)|没有?必要|没有?义务|没空|没工夫|没功夫|没时间|没心思|没兴趣|没法|没办法|没有|没"
    r"|[别甭]想|(?<!特)别(?!人|的)|甭|勿|未曾|未|无法|无需|无权|无"
    # reluctance and prohibition: 懒得, 用不着, 拒绝
    r"|懒得|用不着|犯不着|犯不上|轮不到|谈不上|顾不上|免谈|休想|少来|拒绝|避免|杜绝|禁止|严禁|切忌"
    # rhetorical questions: 凭什么道歉
    r"|凭什么|(?<![步该要先再来去是在])干[嘛吗]要?(?!$|[，。呢的第])|何必|何苦|谁要|谁管|谁愿意?|谁乐意|谁稀罕|哪用得着"
    r"|[哪谁]有(?:空|工夫|功夫|必要|时间|闲心)|哪能|怎么可能|怎么会|难道|关我"
    r"|(?<=道)什么(?=歉)"  # 道什么歉
    r"|有什么好(?=[^，。])|有啥好(?=[^，。])"  # 有什么好解释; not 有什么好 at the end, a question
    r"|才怪|算了吧"
)
_ZH_INABILITY = re.compile(
    # a complement behind a verb: 解决不了, 做不到; not 不了解, 不成熟, 不起来, 不着急
    r"(?<=[\u4e00-\u9fff])不(?:了(?!解)|成(?!熟)|到(?=$|，|。|的|就)|起(?!来)|着(?!急)|动|住(?=$|，|。|的))"
)
_ZH_EMBEDDING = re.compile(
    # questions and checks: 看看为什么｜没发货
    r"为什么|为啥|为何|怎么|怎样|哪里|哪儿|哪个|哪步|是否|看看|看一下|看下|看是|查|问|了解|核实|确认|确定|检查"
    # reasons, concessions, conditions: 因为, 即使, 如果
    r"|因为|由于|即使|哪怕|虽然|尽管|就算|既然|只要|除非|如果|要是|假如|万一|如|若|凡是|的话"
)
"""Before a negator: the clause asks or supposes, and what stands before is not denied."""
_ZH_DISMISSAL = re.compile(
    r"我说了算|[也都]没用(?!上)|没用(?=的?[啊呀吧嘛]?(?:[，。]|$))"  # not 也没用上
    r"|无所谓|随便(?=说说|吧|你|他|她|啦|$)"  # not 随便问问
    r"|算什么|算个|算啥|(?<!不)管[他她]"  # not 不管他怎么骂
    r"|谁在乎|谁知道|关我|不关我|跟我没关系|跟我无关"
    r"|什么[^，。]{2,6}的我"  # 什么道歉安抚的我
    r"|没有?(?:什么)?意义|没(?:什么)?意思|没劲|指望不上|白费|白搭|[别甭]指望|假得很|假惺惺|多此一举|瞎耽误"
)
"""Words that brush a topic aside; they deny their whole clause."""
_ZH_TOPIC = re.compile(r"(?:我|也|才|都|我就)$")
"""Before a negator: what stands before is its topic (保修我也｜不会帮您申请)."""
_ZH_ATTITUDE = re.compile(
    r"没有?必要|没有?义务|没空|没工夫|没功夫|没心思|没兴趣|没(?=什么)|用不着|犯不着|犯不上|懒得|不用|不可能"
    r"|免谈|[哪谁]有(?:空|工夫|功夫|必要|时间|闲心)|[别甭休]想|不屑|凭什么|干[嘛吗]|何必"
)
"""Negators of attitude: they are never part of a question."""
_ZH_TURN = re.compile(
    r"可以"
    r"|(?<![让要叫])我(?:就|会|再|来|先|帮|给|跟|去)"  # what he does: 我会; not 让我去
    r"|就(?=[给帮联去让跟告补退走马向把会看换])|那就|那我"  # 就给您补
    r"|而是|但是?|可是|不过|却|只是|所以|因此|然后"
    r"|(?<![不会能想再])再(?=[跟去给向帮把])"  # then: 再去问; not 不再, 会再
    r"|并且|并(?=[^且不])|同时"
)
"""Where the scope of a negator ends within its clause."""
_ZH_SUPPOSED = re.compile(
    # 不要的话, 不合适就退, 不服我陪他: what stands behind it is done
    r"(?P<if>[^，。]{1,8}?)(?:的话|(?<!说)就(?=[给帮退换补找联去让跟叫转点拒])|还能|也能|(?:我|咱|我们)(?:这边|这儿)?"
    r"(?:就|会|马上|立马|立刻|直接|来|陪|给|帮|替|再|去)|(?:马上|立马|立刻|直接|随时)(?=[给帮退换补找联点]))"
)
_ZH_SUPPOSING_BEFORE = re.compile(
    r"(?:^|您|你|他|她|顾客|客户|买家|要是|如果|若|实在|真|都|也|还|觉得|就是)$"
)
"""What stands before the negator of a condition: nothing, or whose wish it is."""
_ZH_RESOLVE = re.compile(
    r"(?:让[您你他她客顾][^，。]{0,3})?(?:白等|干等|白跑|吃亏|受委屈|光顾|只顾|亏待|亏[了着]?[您你他她]|委屈|耽误|糊弄|敷衍"
    r"|怠慢|偏[袒心着]|含糊|马虎|大意|瞎|乱来|乱说|推[来脱诿]|拖着?|甩|躲|骗|坑|忽悠|冷落|落下|漏|忘|嫌|看不见|往外推)"
)
"""Behind a negator: what nobody should do, so that its denial is a resolve (不能光顾一头)."""
_ZH_EXCUSED = re.compile(r"(?:您|你|亲|老板|先生|女士)(?:就|先|也|可|都|真|完全)*$")
_ZH_SPARED = re.compile(
    r"(?:不用|不必|不需要|用不着|无需|甭)(?:再|去|让|要)?(?=您|你(?!们组)|亲|客户|顾客|买家|客人)"
)
"""A negator that tells the customer behind it what he need not do (不用您拍照)."""
_ZH_WHO_WOULD = re.compile(r"[哪谁]有|谁[要管愿乐稀]")
"""Rhetorical questions, which deny the topic before them (知识库｜谁有空去改)."""
_ZH_ORDINAL = re.compile(r"第[一二三四五六](?![次天回个年条遍家单位批时])")
"""Counts off what is to come, so that nothing before it reaches there."""
_ZH_BARE_TOPIC = re.compile(r"(?:^|(?<=[，。]))(?P<topic>[^，。我会要了的不没您你他她好是对]{2,4})[，。]$")
"""A clause that only names what the next one speaks of (申诉？申诉没用的)."""
_ZH_DENYING_WORDS = re.compile(r"守口如瓶|保密|坚决|守住|坚守|坚持|克制|忍住|忍着|严格|原则|底线|除外|拒")

_EN_INNOCENT = re.compile(
    # set phrases, and tags that ask (isn't it)
    r"not only|not just|no problem|no worries|whether or not|no matter|don't worry|do not worry|not sure why"
    r"|can't wait|cannot wait|no longer upset|can't help but|not until|why not|isn't it|doesn't it|aren't you"
    r"|don't you"
)
_EN_DOUBLE = re.compile(
    # i would not ignore it
    r"(?:would|will|do|does|did|could|can|is|was)(?:n't| not)"
    r" (?:ignore|refuse|fail|forget|hesitate|avoid|neglect)(?: to)?"
    r"|never (?:ignore|fail|refuse|forget|neglect)(?: to)?"
    r"|not (?:ignore|refuse|fail|forget|hesitate|neglect)(?: to)?"
    r"|not that i (?:don't|do not|won't)"
)
"""Two negators that affirm."""
_EN_NEGATOR = re.compile(
    r"\b(?:not|never|no|nobody|nothing|without|neither|nor|cannot|refuse(?:s|d)? to|refuse|hardly|decline to"
    r"|avoid|no need to|no reason to|why should i|why would i"  # reluctance
    r"|instead of|rather than|can't be bothered to)\b|\b\w+n't\b"  # won't, don't
)
_EN_TURN = re.compile(r"\bbut\b|\binstead\b|\bi will\b|\bi'll\b|\bi would\b|\bi'd\b|\bthen\b")


@dataclass(frozen=True, slots=True)
class Negation:
    """A negator at ``[start, end)`` that denies the characters ``[scope_start, scope_end)``.

    ``[phrase_start, phrase_end)`` is the clause it stands in. ``attributive``: it only qualifies a noun
    (不符合规定的｜我也答应) and denies no statement. ``unwilling``: it refuses (懒得, 没义务, 随便), which
    never makes a point. ``resolve``: it vows not to do what nobody should (不敷衍). ``excuses``: it tells
    somebody else that he need not (您不用跑一趟).
    """

    start: int
    end: int
    scope_start: int
    scope_end: int
    phrase_start: int
    phrase_end: int
    attributive: bool = False
    unwilling: bool = False
    resolve: bool = False
    excuses: bool = False

    def denies(self, start: int, end: int) -> bool:
        """Whether any of ``[start, end)`` lies in the scope, the negator itself left out."""
        return any(
            self.scope_start <= index < self.scope_end and not self.start <= index < self.end
            for index in range(start, end)
        )


def negations(text: str, *, language: Language) -> tuple[Negation, ...]:
    """The effective negations of a cleaned text, in order."""
    if language == "en":
        return tuple(_english(text))
    return tuple(sorted(_mandarin(text), key=lambda negation: (negation.start, negation.end)))


def has_denial(text: str, denials: Iterable[Negation], start: int, end: int) -> bool:
    """Whether ``[start, end)`` holds a negation, or a word that is a denial in itself (守口如瓶)."""
    inside = any(negation.start < end and negation.end > start for negation in denials)
    return inside or _ZH_DENYING_WORDS.search(text, start, end) is not None


def _masked(text: str, *patterns: re.Pattern[str]) -> str:
    for pattern in patterns:
        text = pattern.sub(lambda match: MASK * len(match[0]), text)
    return text


def _clause_bounds(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for index, character in enumerate(text + STRONG):
        if character in WEAK + STRONG:
            if index > start:
                yield start, index
            start = index + 1


def _phrases(text: str) -> Iterator[tuple[int, int]]:
    """Clauses, and what an unpunctuated one is likely to fall apart into."""
    for start, end in _clause_bounds(text):
        yield from pairwise((start, *joints(text, start, end, firm=True), end))


def _mandarin(text: str) -> Iterator[Negation]:
    masked = _masked(text, _ZH_DOUBLE, _A_NOT_A, _ZH_INNOCENT_WORDS, _ZH_CALMING)
    for start, end in _phrases(text):
        inability_at = set()
        for match in _ZH_INABILITY.finditer(masked, start, end):
            inability_at.add(match.start())
            embedded = _embedded(text, start, match.start())
            back = match.start() if embedded else max(start, match.start() - REACH_BACK)
            stop, attributive = _reach(text, match, end)
            yield Negation(match.start(), match.end(), back, stop, start, end, attributive)
        for match in _ZH_NEGATOR.finditer(masked, start, end):
            if match.start() in inability_at:
                continue
            stop, attributive = _reach(text, match, end)
            back = match.start()
            if not attributive and _reaches_back(text, start, match, end):
                back = max(start, match.start() - REACH_BACK)
            unwilling = _ZH_ATTITUDE.match(match[0]) is not None
            if unwilling:
                counted_off = _ZH_ORDINAL.search(text, match.end(), end)
                stop = counted_off.start() if counted_off else end
            phrase_start = start
            if back < match.start():
                phrase_start = _echoed_topic(text, start, end)
                back = min(back, phrase_start)
            supposed = None if unwilling or attributive else _supposed(text, start, match, end)
            if supposed is not None:
                back, stop, attributive = match.start(), supposed, True
            yield Negation(
                match.start(),
                match.end(),
                back,
                stop,
                phrase_start,
                end,
                attributive,
                unwilling,
                resolve=_ZH_RESOLVE.match(text, match.end(), end) is not None,
                excuses=_excuses(text, start, match),
            )
        for match in _ZH_DISMISSAL.finditer(text, start, end):
            topic = _echoed_topic(text, start, end)
            yield Negation(match.start(), match.end(), topic, end, topic, end, unwilling=True)


def _excuses(text: str, start: int, negator: re.Match[str]) -> bool:
    """Whether ``negator`` tells somebody else that he need not, or stands behind one that does."""
    if _ZH_EXCUSED.search(text[start : negator.start()]) or _ZH_SPARED.match(text, negator.start()):
        return True
    spared = re.search(
        r"(?:您|你)(?:就|先|也|可|都|真|完全)*(?:不用|不必|不需要|甭|别)", text[start : negator.start()]
    )
    return spared is not None


def _echoed_topic(text: str, start: int, end: int) -> int:
    """Where the bare topic before a clause begins that the clause takes up again; else ``start``."""
    topic = _ZH_BARE_TOPIC.search(text[:start])
    if topic is None or not set(topic["topic"]) & set(text[start:end]):
        return start
    return topic.start("topic")


def _supposed(text: str, start: int, negator: re.Match[str], end: int) -> int | None:
    """Where the condition ends that ``negator`` only supposes (不合适｜就退); None when it is none."""
    if _ZH_SUPPOSING_BEFORE.search(text[start : negator.start()]) is None:
        return None
    condition = _ZH_SUPPOSED.match(text, negator.end(), end)
    return None if condition is None else condition.end("if")


def _reaches_back(text: str, start: int, negator: re.Match[str], end: int) -> bool:
    """Whether what stands before ``negator`` in its clause is the topic that it denies."""
    if negator[0].startswith(("绝", "决", "坚决")):
        return False
    embedded = _embedded(text, start, negator.start()) and not _ZH_ATTITUDE.match(negator[0])
    if _ZH_WHO_WOULD.match(negator[0]):
        return not embedded
    fronted = _ZH_TOPIC.search(text[start : negator.start()]) is not None
    at_end = end - negator.end() <= TAIL
    if fronted and at_end:
        return True
    return not embedded and (fronted or at_end)


def _reach(text: str, negator: re.Match[str], clause_end: int) -> tuple[int, bool]:
    """Where the scope of ``negator`` ends, and whether it only qualifies a noun."""
    turn = _ZH_TURN.search(text, negator.end(), clause_end)
    stop = min(turn.start() if turn else clause_end, negator.end() + SCOPE)
    particle = text.find("的", negator.end(), stop)
    if particle < 0 or negator[0] not in _ATTRIBUTIVE_NEGATORS:
        return stop, False
    ends_statement = particle + 1 == clause_end and text[clause_end : clause_end + 1] != WEAK
    fixed = text.startswith("什么", negator.end())
    owner = fixed or text[particle - 1] in "我你您他她们客顾户"
    if ends_statement or owner:
        return stop, False
    return particle, True


def _embedded(text: str, start: int, negator: int) -> bool:
    """Whether the clause asks or supposes before the negator: 看看为什么｜没发货 denies nothing before it."""
    return _ZH_EMBEDDING.search(text, start, negator) is not None


def _english(text: str) -> Iterator[Negation]:
    masked = _masked(text, _EN_DOUBLE, _EN_INNOCENT)
    for start, end in _clause_bounds(text):
        for match in _EN_NEGATOR.finditer(masked, start, end):
            turn = _EN_TURN.search(text, match.end(), end)
            stop = min(turn.start() if turn else end, match.end() + SCOPE_EN)
            yield Negation(match.start(), match.end(), match.start(), stop, start, end)
