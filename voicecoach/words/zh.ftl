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

# ---- end of faces: labels of errors and of commands

## audio: decode, channels

# ---- end of audio: decode, channels

## model, units

# ---- end of model, units

## features

# ---- end of features

## metrics: reasons

# ---- end of metrics: reasons

## rubric

# ---- end of rubric

## scoring: advice

# ---- end of scoring: advice

## app: score

# ---- end of app: score

## app: practise

# ---- end of app: practise

## app: batch

# ---- end of app: batch

## app: takes

# ---- end of app: takes

## app: setup

# ---- end of app: setup

## app: masking, agreement

# ---- end of app: masking, agreement

## adapters: folders, machine, sentence encoder

# ---- end of adapters: folders, machine, sentence encoder

## adapters: whisper

# ---- end of adapters: whisper

## adapters: tts

# ---- end of adapters: tts

## adapters: sound

# ---- end of adapters: sound

## adapters: history

# ---- end of adapters: history

## adapters: packs

# ---- end of adapters: packs

## adapters: batch

# ---- end of adapters: batch

## documents

error-document-schema = 文件格式必须是 { $schema }，读到的是 { $got }
error-document-lacks = 文件不符合 { $schema }：缺少 { $where }
error-document-part = 文件不符合 { $schema }：{ $where }：{ $what }，读到的是 { $got }
error-document-whole = 文件不符合 { $schema }：{ $what }
error-take-assessment-broken = 练习 { $take_id } 的评估读不出来：{ $why }
    .hint = 录音还在，可以重新评：voicecoach score

# ---- end of documents

## report: phrases of all reports

# ---- end of report: phrases of all reports

## report: names of measurements

# ---- end of report: names of measurements

## report: one take

# ---- end of report: one take

## report: batch

# ---- end of report: batch

## report: takes

# ---- end of report: takes

## cli: score, speak, agree

# ---- end of cli: score, speak, agree

## cli: practise

# ---- end of cli: practise

## cli: batch

# ---- end of cli: batch

## cli: takes

# ---- end of cli: takes

## cli: prompts

# ---- end of cli: prompts

## cli: setup

# ---- end of cli: setup
