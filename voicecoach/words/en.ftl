# Words in English. One message a code, the same codes as in every other file here; facts stand as { $name }.
# Sections follow the layers of the house; keep messages inside their section, in the order of the code.

## faces: labels of errors and of commands
face-error = error: { $what }
face-remedy = remedy: { $what }
face-interrupted = interrupted
error-engine-unknown = there is no engine { $name }; known are { $known }
    .hint = choose one of them, or install the package that registers it in { $group }
error-engine-not-importable = the engine { $name } cannot be used: { $cause }
    .hint = install its package again

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

error-document-schema = the schema must be { $schema }, got { $got }
error-document-lacks = the document is not as { $schema } has it: there is no { $where }
error-document-part = the document is not as { $schema } has it: { $where }: { $what }, got { $got }
error-document-whole = the document is not as { $schema } has it: { $what }
error-take-assessment-broken = the assessment of the take { $take_id } cannot be read: { $why }
    .hint = its sound is still there: voicecoach score scores it anew

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
