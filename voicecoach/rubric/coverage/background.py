"""Ordinary sentences that cover no point in particular: the yardstick for sentence vectors.

A cosine means little by itself: some sentences lie close to everything. What counts is how much closer
a window is to an exemplar than both are to talk of the same kind that has nothing to do with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicecoach.model.transcript import Language

_ZH = """
今天天气挺好的，我坐地铁过来的
我叫小王，今年二十六岁，老家在河南
这个问题我之前没怎么想过
我平时喜欢看看书，周末打打球
现在网上买东西的人越来越多了
我觉得这种事情挺常见的
我大学学的是市场营销
快递这两年涨价涨得厉害
我妈也经常在网上买菜
这家公司我听说过，规模挺大的
上班的地方离我家有点远
反正就是看情况吧
每个人的想法都不一样
我朋友以前也遇到过这样的事
那个店我去过，东西卖得还行
做生意不容易，大家都有难处
双十一的时候单子特别多
我昨天晚上没睡好
说实话这个工作挺累的
差评对店铺的影响很大
现在的年轻人压力都比较大
客户是上帝这句话大家都知道
电话一直响，忙都忙不过来
电脑突然死机了
我就按自己的感觉来呗
顾客有时候也挺难伺候的
仓库里堆了很多货
有些人就是喜欢占便宜
这个嘛，每家公司都差不多
我在超市干过收银
他那个人脾气一直都不好
我想换一个稳定点的工作
订单是前天下午下的
衣服的颜色和图片有点不一样
手机号码是一三八开头的
大家一起吃了顿饭
我对工资的要求不高
优惠券一般到月底就过期了
包裹放在门口的柜子里
退货的运费谁来出
新来的同事还在培训
主管今天正好休息
这个政策是去年开始的
系统有时候会比较慢
密码太多了根本记不住
保护隐私是一个社会话题
骂人的人哪里都有
公司有很多规章制度
我这个人没什么爱好
那就先这样吧，谢谢您
我的回答完毕
首先我来说一下第一点
然后还有一个方面
这件事情要分两种情况来看
如果是我的话
他问我我就答
不知道该怎么说才好
有的顾客说话很客气
一般来说是这样的
我听别人讲的，不一定对
"""
_EN = """
the weather is nice today and i came by train
my name is sam and i am twenty six
i have not really thought about this question before
in my free time i read and play some football
more and more people shop online these days
i think this sort of thing is quite common
i studied marketing at university
delivery has become so expensive lately
my mother often buys food on the internet
i have heard of this company and it is quite large
the office is a bit far from my home
well it depends on the situation
everyone has their own opinion
a friend of mine had something like that once
running a business is not easy
there are a lot of orders during the holidays
i did not sleep well last night
to be honest this job is quite tiring
bad reviews can hurt a shop
young people are under a lot of pressure
everybody knows the customer is king
the phone keeps ringing all day
the computer suddenly crashed
customers can be hard to please
the warehouse is full of boxes
some people just want something for free
i used to work at a supermarket till
i am looking for a more stable job
the order was placed the day before yesterday
the colour looks different from the picture
we all went out for dinner
coupons usually expire at the end of the month
the parcel is in the locker by the door
who pays for the return shipping
the new colleague is still in training
the policy started last year
the system is slow sometimes
i have too many passwords to remember
privacy is a topic in the news
that is all i have to say
first of all let me explain
and there is one more thing
i heard it from somebody else
there are two cases to look at
so yeah that would be about it
"""


def background(*, language: Language) -> tuple[str, ...]:
    """The background sentences of a language, one thought each."""
    return tuple((_ZH if language == "zh" else _EN).strip().splitlines())
