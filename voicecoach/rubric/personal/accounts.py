"""Mail addresses and account names, as they are written and as they are said.

A mail address is looked for from its at-sign (@, 艾特, at) to both sides, over letters, digits and what dots,
lines and hyphens are called aloud; an account after the name of its service. Both are searched in windows of
fixed length, so that the cost grows with the text alone.

Known failures: an account name in Hanzi without 是 or 叫; a mail address whose host the recogniser lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MAIL_REACH: Final = 48
"""Characters to each side of an at-sign."""
ACCOUNT_SHORTEST: Final = 5
ACCOUNT_LONGEST: Final = 30

_DIGIT: Final = "0-9零〇一二三四五六七八九幺两"
_MARK: Final = r"(?:下划线|下横线|横杠|中划线|减号|underscore|hyphen|dash|dot|[点._\-杠])"
_UNIT: Final = rf"(?:[a-z]+|[{_DIGIT}]+)"
_AT: Final = re.compile(r"@|艾特|爱特|圈a|(?<![a-z])at(?![a-z])")
_HOSTS: Final = (
    r"qq|[1１一幺]\s*[26二六]\s*[36三六]|gmail|foxmail|sina|sohu|outlook|hotmail|yahoo|icloud|aliyun|yeah"
    r"|live|139|189"
)
_ENDS: Final = r"com|cn|net|org|edu|gov|io|vip|uk|me|康姆|抗姆|康母|c\s?o\s?m"
_MAIL_HOST: Final = re.compile(
    rf"\s*(?:(?:[a-z]\s+)*{_UNIT}(?:\s*[-杠]\s*{_UNIT})*(?:\s*(?:[点.]"
    rf"|dot)\s*(?:(?:[a-z]\s+)*{_UNIT}))*?\s*(?:[点.]|dot)\s*"
    rf"(?:{_ENDS})(?:\s*(?:[点.]|dot)\s*cn)?(?![a-z])|[\u4e00-\u9fff]{{1,4}}[点.]\s*(?:com"
    rf"|cn)(?:[点.]cn)?(?![a-z])|(?:{_HOSTS})(?:的?邮箱)?)"
)
_A_MARK: Final = re.compile(_MARK)
_PIECE: Final = re.compile(rf"{_MARK}|[a-z]+|[{_DIGIT}]+|\s+")
_MAIL_END: Final = re.compile(rf"\s*{_UNIT}+")
_MAIL_HEARD: Final = re.compile(
    r"(?:(?:[邮油][箱厢香]|邮件地址)(?:地址|账号|的?(?:前面|前缀|开头|前半段))?(?:就?是|为|[:：]"
    r"|\s)+|e-?mail(?: address"
    r"|地址)?\s*(?:is\s|[:：是])\s*)(?P<name>[a-z0-9][a-z0-9@._\- ]{4,40})"
)
"""Recognisers write a mail address read out as letters of all kinds: CAJ-NGS-N88QQ."""

_SERVICE: Final = (
    r"(?:加我?\s?v(?!x)|我的\s?v(?![xi])|qq|q\s?号|扣扣|企鹅号|微信|威信|徽信|薇信|微\s?信|v\s?信"
    r"|vx|wx|wechat|weixin|支付宝|淘宝|旺旺|阿里旺旺|天猫|京东|拼多多|闲鱼|抖音|快手|小红书|微博|b站|哔哩哔哩"
    r"|头条|钉钉|陌陌|知乎|豆瓣|美团|游戏|会员|用户|登录|登陆|公众|店铺|水表|电表|燃气|户|客户|学"
    r"|账|帐|line|telegram|instagram|skype|whatsapp|twitter|facebook"
    r"|我的\s?id|uid|user|account|member)"
)
_KIND: Final = (
    r"(?:(?:的)?(?:号码?|账[号户]|帐[号户]|用户名|会员名|昵称|名称?|id|编号|账户名|登录名|name|number|id "
    r"number))"
)
_IS: Final = r"(?:就?是|为|叫做?|[:：]|写的是?|我?(?:填|写|注册|用|设置?|起|取)的(?:是)?|改成|搜索?|加|is)"
_ACCOUNT: Final = re.compile(
    rf"(?<![a-z])(?P<service>{_SERVICE})\s*(?P<kind>{_KIND}){{0,2}}[吧哈呢嘛啊哦]?[\s,，]*(?P<is>{_IS}){{0,2}}[\s,，]*"
    rf"(?P<name>[a-z](?:[a-z{_DIGIT}_\-]|\s(?=[a-z0-9_](?![a-z0-9]))|\s?(?:underscore|下划线"
    rf"|下横线|横杠|杠|hyphen|dash)\s?)*)(?![a-z0-9])"
)
"""Letters first: wxid_…, hao_520; runs of digits alone are a matter of numbers."""
_ACCOUNT_DIGITS: Final = re.compile(
    rf"(?:{_SERVICE})\s*{_KIND}?{_KIND}\s*{_IS}?\s*(?P<name>\d(?:[a-z0-9_\-])*)(?![a-z0-9])"
)
_NICK: Final = re.compile(
    r"(?:旺旺|会员|用户|淘宝|微信|抖音|快手|小红书|微博|店铺|京东|拼多多|闲鱼)(?:名字?|号|id|昵称"
    r"|名称|账号)(?:就?是|叫做?|[:：])\s*(?P<name>[\u4e00-\u9fff][\u4e00-\u9fffa-z0-9_]{1,11}?)"
    r"(?=$|[\s,，。.!！?？、;；\ufffc]|您|你|加|麻烦|那个|可以|搜|昨|前天|今天|上[周次个]|刚|头像"
    r"|号|发|拍|买|下的?单)"
    r"|(?:旺旺|淘宝名|淘宝昵称|微信|抖音|快手|小红书|闲鱼|京东)(?:[上里]我)?\s*(?:就?是|叫"
    r"|[:：])\s*(?P<wang>[\u4e00-\u9fff][\u4e00-\u9fffa-z0-9_]{1,11}?)(?=$"
    r"|[\s,，。.!！?？、;；\ufffc]|您|你|昨|上[周次个]|头像|号|发)"
    r"|(?:会员名|用户名|昵称|账号名?)(?:就?是|叫做?"
    r"|[:：])?\s*(?P<mix>[a-z][a-z0-9_]{0,8}[\u4e00-\u9fff]{2,6}[a-z0-9_]{1,8})"
    r"|(?:旺旺|会员|用户|淘宝|微信|抖音|快手|小红书|微博|京东|闲鱼)名(?!字|称"
    r"|额)\s*(?P<bare>[\u4e00-\u9fff][\u4e00-\u9fffa-z0-9_]{2,9}?)(?=$|[\s,，。]|私信|昨天|上[周次]|下单)"
    r"|旺旺(?P<wares>[\u4e00-\u9fff]{2,6}[0-9]{2,6})(?![0-9])"
    r"|(?:昵称|网名|用户名|账号名?|id名?)(?:就?是|叫做?)?\s*(?P<figured>[\u4e00-\u9fff]{2,6}[0-9]{2,6})(?![0-9])"
    r"|加\s?(?P<add>(?=[a-z_\-]*\d)[a-z][a-z0-9_\-]{4,19})(?=$|[\s,，。]|这个|的?微信)"
    r"|(?:网名|昵称)(?:就?是|叫做?"
    r"|[:：])\s*(?P<net>[\u4e00-\u9fff][\u4e00-\u9fffa-z0-9_]{1,9}?)(?=$|[\s,，。.!！?？、;；\ufffc]|那个|的)"
)
_ASKED: Final = re.compile(
    r"了|重复|改|填|看|手机|电话|什么|多少|哪|谁|不对|错|空的|实名|必填|吗|呢|本人|可以|不能|您|你|我|在|有"
)
"""Words that no nickname holds: 会员名是什么."""
_LETTERS: Final = frozenset(("qq", "vx", "wx"))
_PLAIN: Final = re.compile(
    r"(?:app|pay|login|id|vip|code|name|number|the|is|my|and|for|it|store|shop|wechat|plus|pro"
    r"|phone|iphone|please|help|card|ios|android|svip|top)\d*$"
)
"""Words, with or without a figure, that no account is called."""


def personal_accounts(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and rule of mail addresses and accounts in the normalised ``text``."""
    yield from _mails(text)
    for match in _ACCOUNT.finditer(text):
        name = match["name"].strip()
        letters = re.sub(rf"[^a-z{_DIGIT}]", "", name)
        told = bool(match["kind"] or match["is"])
        shaped = any(not character.isalpha() for character in name.replace(" ", ""))
        english = match["service"].isascii() and match["service"] not in _LETTERS
        long_enough = len(letters) >= (ACCOUNT_SHORTEST - 1 if told else ACCOUNT_SHORTEST)
        if long_enough and not _PLAIN.match(name) and (shaped or (told and not english)):
            yield match.start("name"), match.start("name") + len(name), "account"
    for match in _ACCOUNT_DIGITS.finditer(text):
        if ACCOUNT_SHORTEST <= len(match["name"]) <= ACCOUNT_LONGEST:
            yield *match.span("name"), "account"
    for match in _NICK.finditer(text):
        group = next(
            group
            for group in ("name", "wang", "net", "mix", "bare", "add", "wares", "figured")
            if match[group]
        )
        if not _ASKED.search(match[group]):
            yield *match.span(group), "account"


def _mails(text: str) -> Iterator[tuple[int, int, str]]:
    for sign in _AT.finditer(text):
        before = text[max(0, sign.start() - MAIL_REACH) : sign.start()]
        name = _mail_name(before)
        host = _MAIL_HOST.match(text, sign.end(), sign.end() + MAIL_REACH)
        if name and host:
            yield sign.start() - name, host.end(), "email"
        elif name and sign.group() == "@":
            ended = _MAIL_END.match(text, sign.end(), sign.end() + MAIL_REACH)
            yield sign.start() - name, ended.end() if ended else sign.end(), "email"
    for match in _MAIL_HEARD.finditer(text):
        yield *match.span("name"), "email"


def _mail_name(before: str) -> int:
    """How many of the last characters of ``before`` are the name of a mail address, 0 without any.

    A word of several letters that nothing but a blank joins to the rest belongs to the sentence.
    """
    start = end = len(before)
    apart = after_mark = False
    for piece in reversed(list(_PIECE.finditer(before))):
        if piece.end() != end:
            break
        end, said = piece.start(), piece.group()
        if said.isspace():
            apart = True
        elif _A_MARK.fullmatch(said):
            apart, after_mark = False, True
        elif (
            start < len(before)
            and apart
            and not after_mark
            and len(said) > 1
            and said.isascii()
            and said.isalpha()
        ):
            break
        else:
            start, apart, after_mark = end, False, False
    return len(before) - start
