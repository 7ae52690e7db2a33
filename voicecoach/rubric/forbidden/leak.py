"""Leaks (泄露): a customer's data before an outsider, kept for oneself, or open to all who ask."""

from __future__ import annotations

from typing import Final

from voicecoach.rubric.forbidden.rule import ForbiddenRule, arm, rule
from voicecoach.rubric.forbidden.word_classes import ANY, CUSTOMER, DATA, OUTSIDERS

LEAK: Final[tuple[ForbiddenRule, ...]] = (
    rule("leak", "told_outsider",
        arm(rf"{CUSTOMER}{ANY}{{0,6}}{DATA}{ANY}{{0,4}}(?:告诉|说给|发给|发到|发|给|念给|卖给|透露给"
            rf"|泄露给|转给|转发给?|分享给?|晒到?|传到?|报给)(?:了|我|他|她|的|到|在|个)*{OUTSIDERS}",
            catches="把客户的电话告诉朋友", spares="把客户的电话报给主管"),
        arm(rf"(?:{CUSTOMER}的?{DATA}|订单截图|聊天记录|身份证号?|手机号码?|名单){ANY}{{0,3}}(?:发|晒|传|转|甩|贴)(?:到|在|给|去|个)?(?:了|我|我们)*(?:的)?(?:朋友圈"
            r"|(?:家族|同学)?群里?|网上|微博|抖音|小红书)",
            catches="订单截图发到朋友圈", spares="活动信息发到群里"),
        # 卖 alone is no sale of data: 拍卖, 外卖, 大卖, 热卖
        arm(rf"(?:(?<![拍外热变甩小大专售义开特贱叫买好])卖(?![家场点力完得])|倒卖|出售|贩卖){ANY}{{0,6}}(?:{CUSTOMER}(?:的)?{DATA}|信息|资料|名单|隐私)"
            rf"|(?:{CUSTOMER}的?(?:信息|资料|名单|数据|隐私|电话|手机号|地址)|信息|资料|名单|数据)(?:(?!被)[^。]){{0,4}}(?:卖(?:了|[几一][条个份]?|给|掉)|拿去卖|换钱)",
            catches="卖客户信息/名单拿去卖", spares="外卖订单、热卖清单"),
        arm(rf"把(?:那个人|{CUSTOMER}|买家|收货人|收件人|下单人)(?:的)?{ANY}{{0,2}}{DATA}{ANY}{{0,3}}(?:念|报"
            r"|告诉|给|说|透露)(?:给|了)?(?:他|她|对方|那个人|打来的人?|来电的人?)(?=，|。|$|听|了|们)",
            catches="把客户的地址念给他听", spares="把客户的地址念一遍核对"),
        arm(rf"把(?:那个)?{CUSTOMER}的{DATA}(?:给|告诉|说给)(?:了)?(?:我|他|她)?的?{OUTSIDERS}",
            catches="把她的手机号给我哥们儿", spares="把她的手机号给师傅"),
        certain="stance"),
    rule("leak", "kept",
        arm(rf"{CUSTOMER}的?[^，。]{{0,2}}{DATA}(?:(?!不|没|用|系统)[^。]){{0,6}}(?:存(?:下来|到|在|进|我|自)|拷|导出|带回家?|带走|备份"
            rf"|抄(?:下来|一份)|拍(?:下来|照|个照)|截(?:个)?图|保存到|留(?:着|一份|个底)){ANY}{{0,8}}",
            catches="客户的资料拷下来", spares="订单截图您保存到手机"),
        arm(r"(?:信息|资料|名单|数据|号码)(?:(?!不|没|用|系统)[^，。]){0,4}(?:拷|导出|抄|存|保存|带)[^，。]{0,4}(?:自己|我手机|私人|u盘|跳槽)",
            catches="名单拷到自己手机", spares="名单存在系统里"),
        arm(rf"(?:私人|自己的?|个人)(?:的)?(?:微信|手机|QQ|qq|邮箱|U盘|u盘){ANY}{{0,4}}(?:加|存|发|传|拍"
            rf"|联系|记){ANY}{{0,3}}(?:{CUSTOMER}|{DATA})",
            catches="自己的手机存客户电话", spares="自己的手机坏了")),
    rule("leak", "open_to_all",
        arm(r"(?:谁|不管谁|任何人|随便谁)(?:来|打来)?(?:问|打听)(?:我)?(?:我)?(?:都|就)(?:把[^，。]{0,4})?(?:给|告诉|说|查|报"
            r"|念)",
            catches="谁问都告诉", spares="谁问都要先核实"),
        arm(rf"{DATA}{ANY}{{0,4}}(?:发|给|卖|转)(?:给|了)?{OUTSIDERS}{ANY}{{0,3}}(?:换|赚|挣)",
            catches="名单卖给同行赚钱", spares="名单交给主管"),
        certain="stance"),
    rule("leak", "private_channel",
        arm(rf"加(?:了|上)?{CUSTOMER}(?:的)?(?:私人|个人)?微信"
            r"|用(?:我)?(?:自己|私人|个人)的?(?:微信|QQ|qq|邮箱)(?:聊|加|发|联系)"
            r"|(?:客户|顾客|买家|用户|会员)的?(?:信息|资料|名单|数据|订单)[^，。]{0,3}(?:拷|带|发)回家",
            catches="加客户微信/用自己的微信聊/客户资料带回家", spares="加企业微信群")),
    rule("leak", "password",
        arm(rf"密码{ANY}{{0,3}}(?:告诉|给|发给|借给)(?:了|我)*(?:的)?(?:同事|实习生|新人|徒弟|别人|朋友|他|家人)",
            catches="密码告诉同事", spares="密码不能告诉任何人"),
        arm(rf"(?:账号|密码){ANY}{{0,2}}(?:大家|同事|我们组?|都)(?:一起用|共用|随便用)",
            catches="账号大家一起用", spares="账号各用各的"),
        certain="stance"),
)  # fmt: skip
