"""Phrases that recognisers misspell, and 你 where 您 is due."""

from __future__ import annotations

import re
from typing import Final

REPAIRS: Final = (
    "归我管", "归我们管", "关我什么事", "跟我没关系", "跟我们没关系", "不是我负责", "我管不了", "没办法",
    "做不了主", "别问我", "别找我", "听不懂", "看不懂", "听不见", "没看见", "随便你", "随便您", "懂不懂",
    "有完没完", "烦不烦", "神经病", "无所谓", "闭嘴", "有本事", "投诉我", "去投诉", "懒得理", "懒得解释",
    "爱找谁", "谁让你", "无理取闹", "胡搅蛮缠", "骂回去", "怼回去", "全额退款", "全额", "保证给您",
    "我保证", "打包票", "拍胸脯", "百分之百", "私自", "私下", "偷偷", "悄悄", "走后门", "特殊通道",
    "破个例", "先答应", "瞒着", "不用走流程", "朋友圈", "客户信息", "手机号码", "泄露", "密码", "推给商家",
    "推给快递", "找快递", "找商家", "找厂家", "不会说", "绝不会", "绝不", "不能说", "这种话", "服务禁语",
    "主管同意", "虽然", "客户骂", "客户说", "顾客说",
)  # fmt: skip
"""Phrases of the rules that recognisers write with other characters of the same sound: put right first.

Those of the innocence rules belong here as well, or a slip would make an accusation.
"""

INFORMAL_YOU: Final = re.compile(
    # what is done for the customer: 帮你查, 理解你的心情; not 帮你 alone, which any friend may say
    r"(?:帮|替|麻烦|理解|欠|给)你(?:查|退|补|催|申请|联系|换|送|办|处理|解决|登记|反馈|看|的心情|的感受|着急)"
    # what is his: 你的订单; not 你的 before anything else (你的意思是 is said of colleagues too)
    r"|你的?(?:订单|包裹|快递|心情|手机号|退款|收货地址|商品)"
    # calming him: 你先别着急; not 你别 before anything else
    r"|你(?:先|就)?(?:别|不要|不用)(?:着急|急|生气|担心|骂|吵)"
    # asking him to wait or listen: 你稍等, 你等一下; not 你等 of what comes after (你等快递)
    r"|你(?:稍等|放心|消消气|等(?:一下|会儿?|着)|听我说)"
)
"""你 that speaks to a customer, by the words around it."""
