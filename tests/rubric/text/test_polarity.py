"""What is denied, how far a negator reaches, and what only looks like one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.rubric.text.polarity import MOST_TOPICS, SCOPE, SCOPE_EN, Negation, has_denial, negations
from voicecoach.rubric.text.spoken import SpokenText


def denied(text: str, phrase: str, *, language: str = "zh") -> bool:
    start = text.index(phrase)
    negated = negations(text, language="en" if language == "en" else "zh")
    return any(negation.denies(start, start + len(phrase)) for negation in negated)


@pytest.mark.parametrize(
    "text",
    [
        "我不会理解您",
        "我没有理解您",
        "别想让我理解您",
        "我懒得理解您",
        "凭什么理解您",
        "我哪有功夫理解您",
        "我从来不理解您",
        "我绝对不可能理解您",
        "我没必要理解您",
        "谁愿意理解您",
        "我没什么好理解您的",
        "我拒绝理解您",
        "随便他，谁在乎理解您",
    ],
)
def test_a_negator_before_it_in_its_clause_denies(text: str) -> None:
    assert denied(text, "理解")


@pytest.mark.parametrize(
    "text",
    [
        "我理解您",
        "我是不是应该理解您",
        "有没有理解您",
        "我不仅理解您",
        "我不但理解您",
        "我特别理解您",
        "我分别理解您",
        "对不起我理解您",
        "不好意思我理解您",
        "没问题我理解您",
        "您先别着急我理解您",
        "不用担心我理解您",
        "不管是谁我理解您",
        "差不多我理解您",
        "无论如何我理解您",
        "未来我理解您",
        "我能不能理解您",
        "您可不可以让我理解您",
    ],
)
def test_what_only_looks_like_a_negator_denies_nothing(text: str) -> None:
    assert negations(text, language="zh") == ()


@pytest.mark.parametrize(
    "text",
    [
        "我不是不理解您",
        "我不会不理解您",
        "我不可能不理解您",
        "我不得不理解您",
        "没有人不理解您",
        "我忍不住要理解您",
    ],
)
def test_two_negators_affirm(text: str) -> None:
    assert not denied(text, "理解")


def test_a_mark_ends_the_reach() -> None:
    assert not denied("我不吵架，我理解您", "理解")
    assert not denied("我不会。理解您", "理解")


@pytest.mark.parametrize("turn", ["但我", "而是", "却", "那就", "可以", "然后"])
def test_a_turn_ends_the_reach(turn: str) -> None:
    assert denied("我不会道歉理解您", "理解")
    assert not denied(f"我不会道歉{turn}理解您", "理解")
    assert denied(f"我不会道歉{turn}理解您", "道歉")


def test_the_reach_is_counted_in_characters() -> None:
    assert denied("我不会" + "这" * (SCOPE - 2) + "理解", "理解")
    assert denied("我不会" + "这" * (SCOPE - 1) + "理解", "理解")  # its first character is still within
    assert not denied("我不会" + "这" * SCOPE + "理解", "理解")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("订单我不查", "订单"),  # the verb ends the clause
        ("道歉是不可能的", "道歉"),
        ("保修我也不会帮您申请", "保修"),  # what stands before the subject is the topic
        ("这件事我解决不了", "解决"),  # a complement of inability
        ("仓库那边我联系不了", "仓库"),
        ("退款无所谓", "退款"),  # brushed aside
        ("退款关我什么事", "退款"),
    ],
)
def test_the_topic_before_a_negator_is_denied(text: str, topic: str) -> None:
    assert denied(text, topic)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("查物流我不打断他说话的", "查物流"),  # words enough follow
        ("看看为什么查不到", "看看"),  # asked, not denied
        ("我问一下包裹哪里到不了", "包裹"),
        ("确认订单为什么没收", "订单"),
    ],
)
def test_what_stands_before_a_question_or_a_long_rest_is_not(text: str, topic: str) -> None:
    assert not denied(text, topic)


def test_a_question_keeps_the_topic_alive_that_a_statement_denies() -> None:
    assert denied("这个件送不了", "这个件")
    assert not denied("看看为什么这个件送不了", "这个件")


def test_an_attitude_is_never_a_question() -> None:
    assert denied("如果要道歉我看没必要", "道歉")


def test_a_negator_that_qualifies_a_noun_denies_no_statement() -> None:
    (negation,) = negations("不合规的要求我会解释", language="zh")
    assert negation.attributive
    assert denied("不合规的要求我会解释", "合规")
    assert not denied("不合规的要求我会解释", "解释")


@pytest.mark.parametrize("text", ["我不道歉的", "不给客户的地址", "我没有什么的办法"])
def test_a_statement_that_ends_in_de_or_names_an_owner_is_one(text: str) -> None:
    assert [negation.attributive for negation in negations(text, language="zh")] == [False]


def test_a_relative_clause_of_inability_denies_no_statement() -> None:
    (negation,) = negations("我查不了的快递我会找人", language="zh")
    assert negation.attributive
    assert not negation.denies(8, 11)


def test_the_negator_itself_is_not_what_it_denies() -> None:
    negation = Negation(start=1, end=3, scope_start=1, scope_end=6, phrase_start=0, phrase_end=6)
    assert not negation.denies(1, 3)
    assert negation.denies(2, 4)
    assert not negation.denies(6, 8)
    assert not negation.denies(4, 4)


def test_a_run_on_sentence_is_denied_only_where_the_negator_stands() -> None:
    text = "遇到这种情况我会先安抚客户他的情绪我不打断他说完了我再去查物流信息"
    assert denied(text, "打断")
    assert not denied(text, "安抚")
    assert not denied(text, "查物流")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("我不泄露", True), ("我守口如瓶", True), ("一律保密", True), ("守住底线", True), ("我会告诉他", False)],
)
def test_a_denial_is_a_negator_or_a_word_that_denies(text: str, expected: bool) -> None:
    assert has_denial(text, negations(text, language="zh"), 0, len(text)) is expected


def test_a_denial_must_lie_inside() -> None:
    text = "我不泄露，我查订单"
    negated = negations(text, language="zh")
    assert has_denial(text, negated, 0, 4)
    assert not has_denial(text, negated, 5, 9)


@pytest.mark.parametrize(
    "text",
    [
        "i will never apologise",
        "i won't apologise",
        "why should i apologise",
        "i refuse to apologise",
        "there is no need to apologise",
        "i can't be bothered to apologise",
    ],
)
def test_english_negators_deny(text: str) -> None:
    assert denied(text, "apologise", language="en")


@pytest.mark.parametrize(
    "text",
    [
        "i apologise",
        "i not only apologise",
        "no problem i apologise",
        "i would never fail to apologise",
        "don't worry i apologise",
        "i cannot fix it but i apologise",
        "i never argue，i apologise",
        "i cannot " + "x" * SCOPE_EN + " apologise",
    ],
)
def test_english_that_affirms_is_not_denied(text: str) -> None:
    assert not denied(text, "apologise", language="en")


@pytest.mark.parametrize(
    "text",
    [
        "亲不好意思您买的这个没有了",  # an apology
        "第一步干嘛第二步干嘛我都跟他讲清楚",  # a question word
        "吊牌别摘，不影响二次销售就行",  # the state of the goods
        "衣服没洗过，盒子没拆",
        "应该是仓库没放进去",  # what happened to the parcel
        "您的话我原封不动报上去",  # a set phrase
        "您这边的成本我也不是看不见",  # two negators
        "这事儿真不怪您着急",
    ],
)
def test_what_only_holds_a_negator_denies_nothing(text: str) -> None:
    assert negations(text, language="zh") == ()


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("都不要的话我立马给您退钱", "给您退钱"),
        ("不服我陪他把材料交上去", "陪他把材料"),
        ("您不想等了我马上退", "马上退"),
        ("不喜欢还能退", "退"),
    ],
)
def test_a_condition_is_supposed_and_what_follows_is_done(text: str, deed: str) -> None:
    (supposed,) = negations(text, language="zh")
    assert supposed.attributive
    assert not supposed.denies(text.index(deed), text.index(deed) + len(deed))


@pytest.mark.parametrize("text", ["我不会给您退", "我才不给他申请", "不想给他办", "没必要的话我不会替他问"])
def test_a_refusal_is_no_condition(text: str) -> None:
    assert any(not negation.attributive for negation in negations(text, language="zh"))


@pytest.mark.parametrize(
    ("text", "resolve"), [("两边都不能吃亏", True), ("不会让您白等", True), ("我不给他查", False)]
)
def test_a_resolve_is_told_from_a_refusal(text: str, resolve: bool) -> None:
    assert [negation.resolve for negation in negations(text, language="zh")] == [resolve]


@pytest.mark.parametrize(
    "text",
    [
        "这批货不超过五天就到",  # a bound
        "保修还没过期",
        "押金不低于三百",
        "一分钟不到就答了",
        "价格不高不低",
        "听错了没什么丢人的",  # no shame, no harm
        "换一个没什么坏处",
        "不查明白不挂电话",  # two negators
        "没什么难关是熬不过的",
        "不是说签收了就不能换",
        "遇上这事谁不心疼",
        "不核对两遍不放心",
        "我没有哪个月不复盘",
        "不能只答应不照办",
        "手续不多",
        "没什么能难倒我们",
        "多半是没满门槛",  # a guess
        "您的意思是换了两次都没好",  # somebody else's words
    ],
)
def test_bounds_harms_and_double_negations_deny_no_deed(text: str) -> None:
    deed = text[-2:]
    assert not any(
        own.denies(len(text) - len(deed), len(text)) and not own.attributive
        for own in negations(text, language="zh")
    )


def test_what_a_thing_does_not_go_without_is_not_denied() -> None:
    assert not denied("没有合同，没有押金，谁来都不行", "合同")
    assert denied("我没有合同，我不懂", "合同")


@pytest.mark.parametrize(
    "text",
    [
        "运费不要您出",  # a burden taken off the customer
        "换货不收您一分钱",
        "不用讲什么理由",
        "不用反复切窗口",
        "不让人空等",
        "没把他晾着",
        "我不跟他抢话",
        "我不敢瞎承诺",
        "不会就这么算了",
        "我从不偷懒",  # a bad thing
        "不会发给外人",  # an exception
        "我不会急着下结论",
    ],
)
def test_burdens_bad_things_and_exceptions_are_vowed_away(text: str) -> None:
    assert {own.resolve for own in negations(text, language="zh")} == {True}


@pytest.mark.parametrize(
    "text", ["运费我不出", "我不给您出邮费", "我不反复解释", "理由我不听", "我不会急着给您退"]
)
def test_refusing_a_burden_of_ones_own_is_no_resolve(text: str) -> None:
    assert {own.resolve for own in negations(text, language="zh")} == {False}


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("没弄湿就行", "行"),
        ("没超期没损坏就能换", "能换"),
        ("不想换也没关系", "没关系"),
        ("不懂没什么丢人的", "没什么丢人"),
        ("质量问题的话快递费咱们承担您自己不喜欢那就您承担", "快递费"),
    ],
)
def test_what_has_not_happened_may_be_a_condition(text: str, deed: str) -> None:
    place = text.index(deed)
    assert not any(
        own.denies(place, place + len(deed)) and not own.attributive for own in negations(text, language="zh")
    )


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("首响、转化率这些，我没看过", "首响"),  # a row of names
        ("谁来发货、坏了找谁，我说不上来", "谁来发货"),  # questions
        ("标题、主图我都不管", "标题"),
        ("优惠怎么算的，不知道", "优惠"),
        ("什么时候到货我哪知道", "到货"),  # rhetorical
        ("写备注我嫌麻烦", "写备注"),
        ("新人谁爱带谁带", "新人"),
    ],
)
def test_a_bare_denial_reaches_the_row_before_it(text: str, topic: str) -> None:
    cleaned = SpokenText.from_text(text).clean().text
    place = cleaned.index(topic)
    assert any(own.denies(place, place + len(topic)) for own in negations(cleaned, language="zh"))


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("我先查物流，别的没看过", "查物流"),  # a deed
        ("给他补发一件，我没想过别的", "补发"),  # an object of its own
        ("核对单号。运费我不懂", "核对"),  # another sentence
        ("问清楚哪里坏了，我不懂就请教师傅", "哪里坏了"),
    ],
)
def test_a_bare_denial_leaves_deeds_alone(text: str, deed: str) -> None:
    cleaned = SpokenText.from_text(text).clean().text
    place = cleaned.index(deed)
    assert not any(own.denies(place, place + len(deed)) for own in negations(cleaned, language="zh"))


@pytest.mark.parametrize(
    ("text", "language", "elsewhere"),
    [
        ("别的我没学过", "zh", True),
        ("我没有准备别的", "zh", True),
        ("物流我不查", "zh", False),
        ("我没别的办法给您查", "zh", False),
        ("i did not look at anything else", "en", True),
        ("i did not look", "en", False),
    ],
)
def test_denying_the_rest_is_marked(text: str, language: str, elsewhere: bool) -> None:
    negated = negations(text, language="en" if language == "en" else "zh")
    assert [own.elsewhere for own in negated] == [elsewhere]


def test_denying_the_rest_reaches_no_row() -> None:
    text = "时长，好评，别的我没看过"
    assert not denied(text, "时长")
    assert denied(text, "别的")


@pytest.mark.parametrize("text", ["这事是我们不对", "我们没安排好", "仓库发货做得不到位"])
def test_owning_up_to_a_fault_denies_nothing(text: str) -> None:
    assert negations(text, language="zh") == ()


@pytest.mark.parametrize(
    ("text", "resolve"),
    [
        ("i am never lazy about notes", True),
        ("i would never make things up", True),
        ("it does not cost you anything", True),
        ("you don't have to pay for it", True),
        ("i don't pay for it", False),
        ("i don't check the order", False),
    ],
)
def test_english_burdens_and_bad_things_are_vowed_away(text: str, resolve: bool) -> None:
    assert [own.resolve for own in negations(text, language="en")] == [resolve]


@pytest.mark.parametrize("text", ["there is nothing wrong with asking", "it takes no more than two days"])
def test_english_bounds_and_harms_deny_nothing(text: str) -> None:
    assert negations(text, language="en") == ()


@pytest.mark.parametrize(
    ("text", "excuses"), [("您不用来催了", True), ("您也别跑一趟了", True), ("我不用跟他解释", False)]
)
def test_telling_the_customer_that_he_need_not_is_marked(text: str, excuses: bool) -> None:
    assert [negation.excuses for negation in negations(text, language="zh")] == [excuses]


@pytest.mark.parametrize(
    "text",
    ["问她哪里不合适没有意义", "知识库谁有空天天改", "别指望我写总结", "群发祝福假得很", "我没什么好说的"],
)
def test_what_is_belittled_is_denied(text: str) -> None:
    assert any(negation.unwilling for negation in negations(text, language="zh"))


@pytest.mark.parametrize(
    ("text", "topic", "is_denied"),
    [
        ("赔偿？赔偿没用的", "赔偿", True),
        ("回访。我从来不回访", "回访", True),
        ("知识库谁有空天天改", "知识库", True),
        ("赔偿。运费不用您出", "赔偿", False),  # the next clause speaks of something else
        ("我会回访。不回访不行", "我会回访", False),  # said, not merely named
    ],
)
def test_a_bare_topic_is_denied_by_the_clause_that_takes_it_up(
    text: str, topic: str, is_denied: bool
) -> None:
    cleaned = SpokenText.from_text(text).clean().text
    assert any(own.denies(0, len(topic)) for own in negations(cleaned, language="zh")) == is_denied


@pytest.mark.parametrize(
    ("text", "excuses"),
    [
        ("不用您拍照", True),
        ("不需要客户出钱", True),
        ("您不用跟我道什么歉", True),
        ("我不用微信", False),
    ],
)
def test_sparing_the_customer_something_denies_no_deed_beside_it(text: str, excuses: bool) -> None:
    assert {own.excuses for own in negations(text, language="zh")} == {excuses}


def test_a_refusal_ends_where_the_next_thing_is_counted_off() -> None:
    text = "第一不用自己的微信第二电脑设密码"
    assert not any(own.denies(text.index("电脑"), len(text)) for own in negations(text, language="zh"))


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="我不会没有别是仅特对起理解道歉您了的先可以但，。凭什么看", max_size=50),
    st.sampled_from(["zh", "en"]),
)
def test_negations_come_in_order_and_stay_in_their_clause(said: str, language: str) -> None:
    text = SpokenText.from_text(said).clean().text
    negated = negations(text, language="en" if language == "en" else "zh")
    assert [negation.start for negation in negated] == sorted(negation.start for negation in negated)
    for negation in negated:
        assert (
            negation.phrase_start
            <= negation.scope_start
            <= negation.start
            < negation.end
            <= negation.phrase_end
        )
        assert negation.scope_end <= negation.phrase_end
        *topic, clause = re.split("[，。]", text[negation.phrase_start : negation.phrase_end])
        assert len(topic) <= MOST_TOPICS
        assert text.index(clause, negation.phrase_start) <= negation.start
        assert negation.scope_end - negation.end <= SCOPE or negation.scope_end == negation.phrase_end


@settings(max_examples=24, deadline=None)
@given(
    st.sampled_from(["首先", "当然", "说真的", "其实"]), st.sampled_from(["查物流", "给您补偿", "安抚客户"])
)
def test_a_clause_put_in_front_changes_nothing_behind_it(opening: str, phrase: str) -> None:
    assert denied(f"{opening}，我不会{phrase}", phrase)
    assert not denied(f"{opening}，我会{phrase}", phrase)
