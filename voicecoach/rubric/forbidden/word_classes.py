"""Classes of words that the rules of forbidden language are built from, as pieces of regular expressions."""

from __future__ import annotations

from typing import Final

ANY: Final = "[^，。]"
"""Any character of the same clause."""
NEAR: Final = "[^。]"
"""Any character of the same sentence."""
YOU: Final = "[你您]"
US: Final = "(?:我们?店?|咱们?|我们?这边|我们?这儿|这边|客服|我们客服|平台|我们平台|店里|公司|本店)"
"""The speaker and those he speaks for."""
OTHERS: Final = (
    "(?:快递员?|快递公司|物流|商家|厂家|厂商|卖家|店家|仓库|供应商|银行|派送员?|配送员?|售后|站点|网点|总部|别人|别家"
    "|别的?部门|其他部门|他们|她们|人家"
    "|(?<!其)他"  # not in 其他
    "|领导|主管|技术|官方|品牌方?|上一?个客服|那边|对方|警察|消协)"
)
"""Those to whom a customer is sent away, or on whom the blame is put."""
CUSTOMER: Final = "(?:客户|顾客|买家|用户|客人|会员|人家|他们|他|她|别人|那个人|对方)"
DATA: Final = (
    "(?:电话(?![线卡费])|手机号码?|号码|地址|住址|住哪|信息|资料|隐私|订单截图|截图|聊天记录|名字|姓名|身份证号?|账号|密码|账号密码"
    "|收货人|购买记录|订单|数据|名单|清单|表格|联系方式)"
)
"""What belongs to a customer and must not be passed on."""
PRIVATE: Final = (
    "(?:电话(?![线卡费])|手机号码?|地址|住址|隐私|身份证号?|订单截图|聊天记录|密码|购买记录|名单"
    "|(?:客户|顾客|买家|用户|会员)的?(?:信息|资料|数据|名字|订单))"
)
"""Data that are somebody's own whoever speaks of them; not 活动信息."""
OUTSIDERS: Final = (
    "(?:朋友圈|朋友|同学|亲戚|家里人|家人|老公|老婆|闺蜜|哥们儿?|外人|别人|陌生人|同行|群里?|网上(?!客服|平台|系统|商城|店)|微博|抖音|中介|那个人"
    "|第三方|熟人|前同事|男朋友|女朋友|邻居|前妻|前夫|前任|前男友|前女友|表[弟哥姐妹]|对象|发小|室友|老乡|装修公司)"
)
OUTCOME: Final = (
    "(?:退(?!换货期|税|休)"  # a refund; not 退换货期, which every shop has, nor 退税
    "|赔|全额|到账|到手|送到|送达|到货|到您手|收到|发货|发出|补发|补偿|免费|换新|换一?[个台件]"
    "|不会(?:再)?(?:坏|降价|出问题|丢|晚)"  # a future that nobody knows
    "|没(?:有)?问题|最低价|能批|批下来|通过|搞定|第一个|给(?:您|你|他)办)"
)
"""What a customer hopes for and an agent cannot know."""
SCORN: Final = (
    "(?:难缠|[真太很人]讨厌|丢人|丢脸|幼稚|胡说|瞎说|瞎扯|不要脸|找茬|找麻烦|横什么|撒野|撒气|装什么(?=[阔大蒜傻可有穷啊呢，。]|$)|装大爷|白嫖|[想爱贪来]占便宜|(?:没|什么)修养|教养|脑子|浆糊"
    "|眼神(?!真?好)|(?<!我)嗓门|吼那么|脸皮|嘚瑟|得了吧"
    "|犯不着|斤斤计较|没完|[谁怎]么?受得了|不配(?![送套合对发货电件备置的])|闲(?:得慌|着没事)|吃饱了撑|作死|[太真]较真|不讲理|讲点道?理|讲讲道?理|爱信不信"
    "|别废话|少废话|(?<!我)啰嗦|磨叽|闭上?你的?嘴|住嘴|烦人|真恶心|晦气|多有理|别绕弯子|不想跟)"
)
"""Contempt: rude before or behind a 您, and harmless elsewhere (有的客户比较较真)."""
