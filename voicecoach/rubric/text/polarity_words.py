"""The words that ``polarity`` goes by: negators, what only looks like one, where a scope ends.

Lexica by kind, small ones. All are patterns over a cleaned text, whose marks are ``，`` and ``。``.
"""

from __future__ import annotations

import re

ATTRIBUTIVE_NEGATORS = frozenset(
    {"不", "没", "没有", "不能", "不该", "不可以", "不了", "不到", "不着", "无", "无法"}
)

A_NOT_A = re.compile(
    r"(.)[不没]\1"  # a question: 是不是, 有没有
    r"|(?:可|愿|知|合|满|方|符|需|清|喜|介)"  # the same of two characters: 可不可以, 愿不愿意
    r"不(?:可以|愿意|知道|合适|满意|方便|符合|需要|清楚|喜欢|介意)"
)
ZH_DOUBLE = re.compile(
    # a negator and 不 or 没 right behind it: 不是不理解, 绝不会不管; not before a question (不能是不是)
    r"(?:并?不是|不能|不会|不可能|不得|不可|没有|没|不该|不应该|不敢|绝不|决不|不好|不至于)(?:说)?(?:会|能)?"
    r"(?:不|没有|没)(?!是不|能不|会不)"
    r"|(?:并?不是|不会|不能)(?=[看听想说体]不[见懂到出清])[看听想说体]不"  # 也不是看不见
    # not before it is done: 不弄清楚不放人家走
    r"|不[^，。不没我]{1,4}(?:清楚|完|明白|好|懂|成|透)(?:了|我)?(?:就|绝)?不(?![好懂清])"
    r"|(?:并?不是|不等于|不代表)说?[^，。不没]{0,8}就(?:不|没)"  # 不是说判过的就不能动
    r"|不[^，。不没我]{1,6}不(?:放心|踏实|罢休|甘心|安心|算完|撒手|松手)"  # 不亲手试过不放心
    # what it does not go without: 没有执照，门都进不去
    r"|没有?(?=[^，。我不没]{2,8}，(?:没有?[^，。我不没]{2,8}，){0,2}[^，。我不没]{0,4}"
    r"(?:[进入]不[去来了]|[开批]不[了起出]|过不了|不让|不行|不给[开进入过批退换办]))"
    r"|没有?(?:一|哪一?)[天次个件单条样][^，。不没]{0,5}不|没有?(?:理由|道理)不"  # 没有一天不看
    r"|不能?[光只](?!是)[^，。不没我]{1,4}不(?!是)"  # 不能光说不做
    r"|谁[^，。不没我都也让跟叫的]{0,3}不(?![管理敢肯愿])"  # 谁不着急
    r"|没有?(?:什么|啥|哪[个件条样])[^，。不没我]{0,3}是[^，。不没我]{0,3}不"  # 没什么是学不会的
    r"|没有?(?:什么|啥|哪[个件条样])[^，。不没我]{0,3}[过解学办做搞熬扛说谈商]\w?不"  # 没啥坎过不去
    r"|非[^，。]{1,6}不可|无不|不无|没有人?不|免不了|少不了|忍不住|离不开|不得已"  # set phrases: 非去不可
)
"""Two negators that affirm."""
ZH_INNOCENT_WORDS = re.compile(
    # 不 in words that deny nothing: not only, no matter, sorry, and moods that are spoken about
    r"赔个?不是|不要紧|不打紧|不仅仅?|不但|不光|不只|不单|不止"
    r"|不管(?=是|什么|怎么|谁|哪|多|他怎|她怎|客户怎|顾客怎|对方)"  # 不管是谁; not 不管您
    r"|不论|不过|不断|不好意思|对不起|对不住|过意不去|不如|要不然?|不错|不免|差不多|不久|不一会儿?|不妨|不由"
    r"|不知不觉|不同|不满|不足|不安|不便|不愉快|不开心|不高兴|不舒服|不爽|不方便|不容易|不好受|不好过"
    r"|不着急|不急不躁|不急|不慌不忙|不紧不慢|不卑不亢|一声不吭|不厌其烦|不放过|不放弃|不打折扣|不耽误"
    r"|不见得|不幸|不可抗力|不良|不合适|不合身|不完整"
    # set phrases that praise or describe what is done
    r"|原封不动|二话不说|一丝不苟|马不停蹄|毫不(?:犹豫|含糊|马虎)|说一不二|必不可少|迫不及待|不遗余力|不折不扣"
    r"|不离不弃|一动不动|忙不过来|坐不住|受不了|等不(?:了|及)|舍不得|想不到|怪不得|巴不得|恨不得|不光彩"
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
    r"|(?:没有?|未|别)(?=(?:洗|穿|拆|剪|撕|下水|开封|激活|弄脏|弄坏|剪掉|摘|掉色|褪色|变形|缩水|起球|起皱|磨损|刮花|用脏)(?:过|了|掉|开|下来)?)|不(?=影响|弄脏|弄坏|脏)"
    # 别 that is no 不要
    r"|特别|分别|区别|个别|类别|级别|性别|别人|别的|别家|别处|告别|鉴别|识别|辨别"
    # words with 未 or 无 in them
    r"|未来|未必|无论|无理由|无忧|无门槛|无非|无辜|无奈|无条件|无线"
)
_NUMBER = r"[\d一二三四五六七八九十两几半百千]"
ZH_LIMIT = re.compile(
    # what keeps within a bound: 不超过三天, 没过期, 三秒都不到, 没几家
    rf"(?:不会?|没有?|别|未)(?:超过?|过(?:期|时|保|(?={_NUMBER}))|[低高少多晚早迟大小短]于|[出满足到](?={_NUMBER}))"
    rf"|(?<=[秒分时天钟元块年月次个])(?:都|也|还)?[不没]到|没(?=几[个家单次天人件])"
    r"|不[多贵远长重](?=[，。的]|$)"  # 材料不多
    r"|不[高大多早快远胖长贵重咸]不[低小少晚慢近瘦短贱轻淡]"  # 不高不低
)
"""Negators of a bound, which deny no deed."""
ZH_NO_MATTER = re.compile(
    # no shame, no harm, no hindrance in it: 没什么丢人的
    r"(?:没有?(?:什么|啥)|不(?:是什么|算什么|是啥|算啥)?)(?:好|可)?"
    r"(?:丢人|丢脸|大不了|难为情|见不得人|可怕|可耻|妥|毛病|坏处|损失|风险|要紧|碍事|耽误"
    r"|晚|迟|难(?![受过])|麻烦(?![他主领])|费[事劲力])"
    r"|没有?(?:什么|啥|谁|人)[^，。]{0,3}?能?(?:难倒|难住|吓[倒住]|拦住|打[倒垮]|压[垮倒])"
    r"|没有?(?:什么|啥)(?:问题|过不去|难的|不好(?!意思)|不对|不行|不可以)"
)
"""Negators of a harm, a shame or a hindrance."""
ZH_OWN_FAULT = re.compile(
    # a fault admitted, which belongs to an apology: 是我们不对, 这事我们没安排好
    r"(?:我们|咱们?|店里|仓库|公司|快递|这边)[^，。不没]{0,6}(?:不对(?!外)|不好(?!意)|不周|不到位|不当|不及时|不仔细)"
    r"|(?:我们|咱们?|店里|仓库|公司|快递|这边)[^，。不没]{0,3}没(?:有)?[^，。不没]{0,3}(?:[做办管弄]好|处理好|安排好|协调好|沟通好|照顾好|到位)"
    r"|(?:确实|的确|都|就|真)是[^，。不没]{1,4}(?:不对|不好(?!意)|不周)"
)
"""Negators that own up to a fault."""
ZH_REST = re.compile(r"别的|其[他它余]的?|剩下的?|另外的|更多的")
ZH_GUESS = re.compile(
    # what may be wrong with the case: 多半是没到门槛
    r"(?<!我)(?:多半|可能|估计|大概|八成|也许|恐怕|怕是|应该|说不定)(?:就是|是|因为)?[^，。我不没]{0,4}没有?"
    r"(?:[^，。我不没]{0,6}(?:或者|要么|要不)[^，。我不没]{0,6}[不没])?"
    r"|(?<!我)(?:多半|可能|估计|大概|八成|也许|恐怕|怕|应该)(?:就是|是|因为)[^，。我不没]{0,4}不(?![能会行给用要想愿])"
)
"""Negators of a guess at the cause, which is no denial."""
ZH_REPORTED = re.compile(r"(?:您|你|客户|顾客)(?:的意思(?:就?是)?|(?:刚才|刚刚)?(?:是说|是想说|反映)|刚才说)")
"""Before a negator: it repeats what somebody else said (您的意思是修了两趟都没好)."""
ZH_ELSEWHERE = re.compile(rf"(?:{ZH_REST.pattern})(?=[^，。]{{0,6}}$)")
"""Before a negator: it denies only the rest (别的没研究过)."""
ZH_NOTHING_ELSE = re.compile(rf"[^，。]{{0,3}}?(?:{ZH_REST.pattern})[了呢啊吧]?(?=[，。]|$)")
"""The same behind a negator (没准备别的)."""
ZH_CALMING = re.compile(
    # 您先别着急: it asks the customer for something and denies no deed of the agent
    r"(?:您|你|大家|先|让他|让她|请)?(?:先)?(?:别|不要|不用|甭)(?:太|再)?"
    r"(?:着急|急|生气|担心|激动|上火|慌|见怪|介意|嫌|怪|难过|往心里去|客气|挂)"
)
ZH_NEGATOR = re.compile(
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
    r"|才怪|算了吧|能有(?:什么|啥)(?=[^，。])|[谁哪]还?会(?=去|理|管|在乎|信|要|想|听|看)"
    r"|哪儿?(?:知道|晓得|懂|记得|顾得上|管得)(?=[了啊呀呢的]?(?:[，。]|$))"  # not 哪知道他又来
    r"|(?<=我)(?:也|都|就|自己)?嫌(?=麻烦|烦|累)"  # 插旗我嫌麻烦
)
ZH_INABILITY = re.compile(
    # a complement behind a verb: 解决不了, 做不到; not 不了解, 不成熟, 不起来, 不着急
    r"(?<=[\u4e00-\u9fff])不(?:了(?!解)|成(?!熟)|到(?=$|，|。|的|就)|起(?!来)|着(?!急)|动|住(?=$|，|。|的))"
)
ZH_EMBEDDING = re.compile(
    # questions and checks: 看看为什么｜没发货
    r"为什么|为啥|为何|怎么|怎样|哪里|哪儿|哪个|哪步|是否|看看|看一下|看下|看是|查|问|了解|核实|确认|确定|检查"
    # reasons, concessions, conditions: 因为, 即使, 如果
    r"|因为|由于|即使|哪怕|虽然|尽管|就算|既然|只要|除非|如果|要是|假如|万一|如|若|凡是|的话"
)
"""Before a negator: the clause asks or supposes, and what stands before is not denied."""
ZH_DISMISSAL = re.compile(
    r"我说了算|[也都]没用(?!上)|没用(?=的?[啊呀吧嘛]?(?:[，。]|$))"  # not 也没用上
    r"|无所谓|随便(?=说说|吧|你|他|她|啦|$)"  # not 随便问问
    r"|算什么|算个|算啥|(?<!不)管[他她]"  # not 不管他怎么骂
    r"|(?:有|顶|管)(?:什么|啥)用(?=[啊呀呢嘛]?(?:[，。]|$))"
    r"|谁爱(?P<who>[^，。]{1,3})谁(?P=who)|爱(?P<same>[^，。]{1,2})不(?P=same)"  # 爱看不看
    r"|谁在乎|谁知道|关我|不关我|跟我没关系|跟我无关"
    r"|什么[^，。]{2,6}的我"  # 什么道歉安抚的我
    r"|没有?(?:什么)?意义|没(?:什么)?意思|没劲|指望不上|白费|白搭|[别甭]指望|假得很|假惺惺|多此一举|瞎耽误"
)
"""Words that brush a topic aside; they deny their whole clause."""
ZH_TOPIC = re.compile(r"(?:我|也|才|都|我就)$")
"""Before a negator: what stands before is its topic (保修我也｜不会帮您申请)."""
ZH_ATTITUDE = re.compile(
    r"没有?必要|没有?义务|没空|没工夫|没功夫|没心思|没兴趣|没(?=什么)|(?:也|都|就|自己)?嫌|用不着|犯不着|犯不上|懒得|不用|不可能"
    r"|免谈|[哪谁]有(?:空|工夫|功夫|必要|时间|闲心)|[别甭休]想|不屑|凭什么|干[嘛吗]|何必"
)
"""Negators of attitude: they are never part of a question."""
ZH_TURN = re.compile(
    r"可以"
    r"|(?<![让要叫])我(?:就|会|再|来|先|帮|给|跟|去)"  # what he does: 我会; not 让我去
    r"|就(?=[给帮联去让跟告补退走马向把会看换])|那就|那我"  # 就给您补
    r"|而是|但是?|可是|不过|却|只是|所以|因此|然后"
    r"|(?<![不会能想再])再(?=[跟去给向帮把])"  # then: 再去问; not 不再, 会再
    r"|并且|并(?=[^且不])|同时"
)
"""Where the scope of a negator ends within its clause."""
ZH_SUPPOSED = re.compile(
    # 不要的话, 不合适就退, 不服我陪他: what stands behind it is done
    r"(?P<if>[^，。]{1,8}?)(?:的话|没(?:事|关系|(?:什么|啥)(?:丢人|大不了|不好))|也(?:没事|没关系|不要紧|行|可以|成|无妨|[一照]样)|(?<!说)就(?=[给帮退换补找联去让跟叫转点拒])|还能|也能|(?:我|咱|我们)(?:这边|这儿)?"
    r"(?:就|会|马上|立马|立刻|直接|来|陪|给|帮|替|再|去)|(?:马上|立马|立刻|直接|随时)(?=[给帮退换补找联点]))"
)
ZH_THEN = re.compile(r"那就|就(?=[给帮退换补找联去让转点您我行可])")
"""Where an unpunctuated stretch goes on behind a condition (您不喜欢｜那就您掏)."""
ZH_UNLESS = re.compile(
    r"(?P<if>[^，。]{1,8}?)就(?:行|可以|成(?!了)|能|好|不影响|没事|没问题|不碍事|算|够|OK|ok)"
)
"""Behind 没 or 未: a condition that something has not happened (没弄脏就行)."""
ZH_SUPPOSING_BEFORE = re.compile(
    r"(?:^|您|你|他|她|顾客|客户|买家|客人|人家|要是|如果|若|实在|真|都|也|还|觉得|就是|自己|自个儿?)$"
)
"""What stands before the negator of a condition: nothing, or whose wish it is."""
ZH_RESOLVE = re.compile(
    r"(?:敢|去|再|随便)?(?:[让把跟对][^，。]{1,4}?|[您你他她]|客[户人]|顾客|人家?)?"
    r"(?:白等|干等|空等|傻等|久等|晾[着在]|撂下|白跑|吃亏|受委屈|光顾|只顾|亏待|亏[了着]?[您你他她]|委屈|耽误|糊弄|敷衍"
    r"|怠慢|偏[袒心着]|含糊|马虎|大意|瞎|乱来|乱说|推[来脱诿]|拖着?|甩|躲|骗|坑|忽悠|冷落|落下|漏|忘|嫌|看不见|往外推"
    # what one should not feel or do
    r"|偷懒|犯懒|怕(?:麻烦|烦|累|苦|丢人)|为难|误会|灰心|泄气|丧气|往心里|装懂|逞能|赖账|计较|记仇|打断|插[话嘴]|抢话|落[一下]"
    r"|就(?:这[么样])?算了"
    r"|急着?(?:下结论|反驳|辩|解释|插|打断|表态|定)|(?:跟[^，。]{1,3})?(?:顶嘴|顶撞|抬杠|顶(?:$|(?=[，。]))|较劲|对着干)"
    r"|(?:手忙脚|慌乱|一头雾水|摸不着头脑|抓瞎|两眼一抹黑)"
    r"|(?:会|能)?(?:把[^，。]{1,4})?(?:打|退|转|发|传|漏|泄露|丢|推)(?:到|给|去|往|在)?"
    r"(?:别处|别人|别家|别的|外人|外面|旁人|第三)"
    r")"
)
"""Behind a negator: what nobody should do, so that its denial is a resolve (不能光顾一头)."""
ZH_EXCUSED = re.compile(r"(?:您|你|亲|老板|先生|女士)(?:就|先|也|可|都|真|完全)*$")
ZH_SPARED = re.compile(
    r"(?:不用|不必|不需要|用不着|无需|甭)(?:再|去|让|要)?(?=您|你(?!们组)|亲|客户|顾客|买家|客人)"
)
"""A negator that tells the customer behind it what he need not do (不用您拍照)."""
_CUSTOMER = "(?:您|你(?!们组)|亲|客户|顾客|买家|客人|他|她)"
ZH_UNBURDENED = re.compile(
    # who is spared pays or toils no more: 不收您钱, 不要您出邮费
    rf"(?:不(?:会|能|再)?(?:要|让|用|叫|收|花|扣|劳|需要)|不必|无需|用不着|甭|没(?:有)?(?:让|要|收))(?:再|去)?{_CUSTOMER}"
    r"(?:再|自己|自个儿?|另外|多|来回|白)*(?:一分|半分|一毛|[出掏付花贴垫交等担跑]|承担|负担|买单|操心|受累|费[心劲]|钱|邮费|运费)"
    # needless toil: 不用另开网页, 不用讲什么理由
    r"|(?:不用|不必|无需|用不着|不需要|省得|甭)(?:您|你|他|她|客户|顾客)?(?:再|去|自己)?"
    r"(?:另[开找外填写买]|重新|重复|反复|从头|到处|挨个|一[个遍次条张]字?一?[个遍次条张]|来回|翻来翻去|现[找想查打]|干等|排队"
    r"|(?:讲|说|填|找|写|给|问)(?:什么|啥|出|个)?(?:理由|原因|为什么|缘由))"
    r"|不收(?:钱|费|一分)|一分(?:钱)?(?:都|也)?不(?:用|要|收|花)"
)
"""A negator that takes a burden off somebody, which is a good turn and no denial."""
ZH_WHO_WOULD = re.compile(r"[哪谁]有|谁[要管愿乐稀]|哪儿?[知晓懂记顾管]|(?:也|都|就|自己)?嫌")
"""Rhetorical questions, which deny the topic before them (知识库｜谁有空去改)."""
ZH_ORDINAL = re.compile(r"第[一二三四五六](?![次天回个年条遍家单位批时])")
"""Counts off what is to come, so that nothing before it reaches there."""
ZH_BARE_TOPIC = re.compile(r"(?:^|(?<=[，。]))(?P<topic>[^，。我会要了的不没您你他她好是对]{2,4})[，。]$")
"""A clause that only names what the next one speaks of (申诉？申诉没用的)."""
_ADVERBS = "(?:也|都|就|真|还|全|从来|根本|压根儿?|一[个样点]都|一概|以前|之前|平时|确实|其实|自己|倒)*"
ZH_BARE_DENIAL = re.compile(
    # a verb of knowing, caring or ever doing, with no object of its own: 我没想过, 说不上来
    rf"(?:[^，。我咱]{{0,8}}(?=[我咱俺]))?(?P<who>我|咱|俺|本人)?(?:自己)?{_ADVERBS}"
    r"(?:没有?(?:怎么|太|咋|去|仔细|认真|专门|好好)*(?:点开|打开|翻开)?"
    r"(?:想|干|做|弄|学|看|碰|研究|用|听|了解|打听|试|接触|考虑|琢磨|关心|关注|留意|管|翻|查|问|准备)(?:看|说|着|到)?过?"
    r"|不(?:太|怎么|咋|大|去|想|爱|敢)*"
    r"(?:知道|懂|清楚|晓得|会|看|管|记得|关心|在乎|在意|了解|明白|碰|沾|参与|用|研究|学|熟|做|干|弄)"
    r"|[说讲记分搞弄答想看认]不(?:太)?(?:上来|出来|清楚?|明白|懂|来|起来|准|住|好)"
    r"|哪儿?(?:知道|晓得|懂|记得|顾得上|管得)|(?:懒得|没兴趣)[想看管学弄记])"
    r"[了啊呢的吧嘛呀呗]*$"
)
"""A clause that only denies; ``who`` is the speaker, if named. What it denies stands before it."""
ZH_NAMES = re.compile(
    # a row of names, or a question: 三年五年的, 坏了该找谁
    r"(?:那些|这些|什么|啥)?[^，。我咱俺您你他她会就先再把给帮让了要不没去来是做查问看说打发退换补催听记找报跟]{1,12}"
    r"|(?![查问看了核跟告先再说]|找(?![谁哪]))(?![^，。]*(?:我|咱|俺|先|再|把|帮|给|但|所以|如果|要是|因为))"
    r"[^，。]{0,8}(?:谁|哪|什么|啥|怎么|多少|几|是不是|有没有|要不要|该不该|能不能)[^，。]{0,6}"
)
"""A clause that only names or asks, so that the next one may deny it."""
ZH_FRONTED = re.compile(
    rf"(?!可|但|又|而|反正)[^，。我咱俺您你他她会就先再把给帮让了要不没去来是做查问看说打]{{2,10}}(?P<who>[我咱俺]){_ADVERBS}"
    r"(?:没有?|不会?|不想|不愿意?|懒得)[^，。]{1,4}"
)
"""A name put before its denial (好评我都不管)."""
ZH_DENYING_WORDS = re.compile(r"守口如瓶|保密|坚决|守住|坚守|坚持|克制|忍住|忍着|严格|原则|底线|除外|拒")

EN_INNOCENT = re.compile(
    # set phrases, and tags that ask (isn't it)
    r"not only|not just|no problem|no worries|whether or not|no matter|don't worry|do not worry|not sure why"
    r"|can't wait|cannot wait|no longer upset|can't help but|not until|why not|isn't it|doesn't it|aren't you"
    r"|don't you"
    r"|nothing wrong with|(?:no|not an?|isn't an?|not any) (?:problem|shame|bother|trouble|big deal|harm)\b"
    r"|(?:no|not|isn't|never) (?:more|less|later|longer|fewer) than|not (?:too|very) (?:late|hard|far)"
    r"|no need to (?:worry|rush|hurry|panic)"
)
EN_DOUBLE = re.compile(
    # i would not ignore it
    r"(?:would|will|do|does|did|could|can|is|was)(?:n't| not)"
    r" (?:ignore|refuse|fail|forget|hesitate|avoid|neglect)(?: to)?"
    r"|never (?:ignore|fail|refuse|forget|neglect)(?: to)?"
    r"|not (?:ignore|refuse|fail|forget|hesitate|neglect)(?: to)?"
    r"|not that i (?:don't|do not|won't)"
)
"""Two negators that affirm."""
EN_NEGATOR = re.compile(
    r"\b(?:not|never|no|nobody|nothing|without|neither|nor|cannot|refuse(?:s|d)? to|refuse|hardly|decline to"
    r"|avoid|no need to|no reason to|why should i|why would i"  # reluctance
    r"|instead of|rather than|can't be bothered to)\b|\b\w+n't\b"  # won't, don't
)
EN_RESOLVE = re.compile(
    # what nobody should do, or what costs the customer something
    r" ?(?:be |get |ever |going to |let (?:it|that|them|you|the \w+) )*"
    r"(?:lazy|rude|careless|sloppy|slack|cut corners|give up|lose (?:my|our|their|your) (?:temper|patience)"
    r"|cost (?:you|them|the customer)|charge (?:you|them|the customer)|waste (?:your|their)"
    r"|blame(?! me)|brush (?:you|them) off|leave (?:you|them|anyone|a customer) (?:hanging|waiting)"
    r"|lie|pretend|guess|make (?:it|things|anything) up|hide|slip|fall through)\b"
)
"""Behind a negator: its denial is a resolve (never lazy about it)."""
EN_UNBURDENED = re.compile(
    r"\b(?:you|they|he|she|customers?)(?: \w+)? (?:do not|don't|won't|will not|does not|doesn't|needn't) ?"
    r"(?:have to|need to|be|even)? ?(?:pay|explain|give (?:a|any) reason|repeat|queue|ship|cover|lift|wait)\b"
)
"""The customer is spared a burden (you don't have to pay)."""
EN_REST = re.compile(r"\b(?:the rest|(?:any|no|some)thing else|other things|the others)\b")
"""In a clause that denies: only the rest is denied."""
EN_TURN = re.compile(r"\bbut\b|\binstead\b|\bi will\b|\bi'll\b|\bi would\b|\bi'd\b|\bthen\b")
