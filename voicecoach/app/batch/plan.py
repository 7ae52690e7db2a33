"""From items to jobs: which prompt and profile, and under which key the result is kept.

A key is the digest of all that the result depends on: the recording's bytes, the prompt and the profile as
they are now (not their names), language, channel, given words, recogniser, and the program. So a changed
rubric changes the keys of its own prompt only. What was heard has a key of its own without prompt and
profile: no rubric makes anything be recognised again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from voicecoach.app.batch.given import read_given
from voicecoach.app.score.recording import profile_name, prompt_of
from voicecoach.errors import InputError, UsageError, VoicecoachError
from voicecoach.model.job import Failure, Job, Planned
from voicecoach.words.catalogue import Message, joined
from voicecoach.words.visible import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from voicecoach.app.batch.given import Given
    from voicecoach.model.job import Item
    from voicecoach.model.profile import Profile
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.transcript import Language
    from voicecoach.ports import PromptLibrary

KEY_CHARS: Final = 40
"""Hex digits of a key: 160 bits."""
FAULTS_TOLD: Final = 5


@dataclass(frozen=True, slots=True)
class Options:
    """What holds for all items; ``recogniser`` and ``program`` name what words and verdicts come from."""

    language: Language
    profile: str | None = None
    prompt_id: str | None = None
    channel: int | None = None
    agent_channel: int | None = None
    stream: int | None = None
    recogniser: str = ""
    program: str = ""


class Planner:
    """Makes jobs; ``digest`` gives the sha256 and the size of a file, ``load_profile`` a profile by name."""

    def __init__(
        self,
        options: Options,
        library: PromptLibrary,
        *,
        load_profile: Callable[[str, Language], Profile],
        digest: Callable[[Path], tuple[str, int]],
    ) -> None:
        self._options = options
        self._library = library
        self._load_profile = load_profile
        self._digest = digest
        self._profiles: dict[tuple[str, Language], tuple[Profile, str]] = {}
        self._prompts: dict[tuple[str, Language], tuple[Prompt, str]] = {}

    def plan(self, items: Sequence[Item]) -> tuple[Planned, ...]:
        """One plan an item, in their order.

        Raises UsageError for an unknown prompt or profile, and for rows that say another side of a call
        than the options.
        """
        self._check(items)
        return tuple(self._planned(item) for item in items)

    def _check(self, items: Iterable[Item]) -> None:
        """Tell what is wrong by system before anything is begun; a wrong row is no more than that."""
        faults: dict[str, tuple[UsageError, list[Message | str]]] = {}
        for item in items:
            if item.fault:
                continue
            try:
                self._judged_by(item)
                self._channels(item)
            except UsageError as exc:
                where = Message("batch-line", {"line": item.line}) if item.line else item.file
                faults.setdefault(exc.message, (exc, []))[1].append(where)
        if faults:
            told = [
                Message("batch-row-fault", {"what": fault.told, "where": _listed(where)})
                for fault, where in list(faults.values())[:FAULTS_TOLD]
            ]
            first = next(iter(faults.values()))[0]
            raise UsageError(
                "batch-rows-wrong", faults=joined("joined-lines", told), remedy=first.told_remedy
            )

    def _judged_by(self, item: Item) -> tuple[Prompt | None, str, Profile, str]:
        """Prompt and profile with their digests. Raises UsageError."""
        language = item.language or self._options.language
        prompt, prompt_digest = self._prompt(item.prompt_id or self._options.prompt_id, language)
        wanted = profile_name(item.profile or self._options.profile, prompt), language
        if wanted not in self._profiles:
            profile = self._load_profile(*wanted)
            self._profiles[wanted] = (profile, digest_of(asdict(profile)))
        return prompt, prompt_digest, *self._profiles[wanted]

    def _prompt(self, prompt_id: str | None, language: Language) -> tuple[Prompt | None, str]:
        if prompt_id is None:
            return None, ""
        wanted = prompt_id, language
        if wanted not in self._prompts:
            prompt = prompt_of(self._library, prompt_id, language)
            self._prompts[wanted] = (prompt, digest_of(asdict(prompt)))
        return self._prompts[wanted]

    def _channels(self, item: Item) -> tuple[int | None, int | None]:
        """The channel of an answer and that of a call's agent.

        ``channel`` of a row comes before the option. Raises UsageError where a row and the options mean
        different sides, or one a call and the other an answer: one of them would be judged by the wrong
        voice.
        """
        options = self._options
        told = {"row": item.agent_channel, "option": options.agent_channel}
        if None not in told.values() and item.agent_channel != options.agent_channel:
            raise UsageError("batch-agent-channel-differs", **told)
        if item.channel is not None and options.agent_channel is not None:
            raise UsageError("batch-channel-of-call", row=item.channel, option=options.agent_channel)
        if item.agent_channel is not None and options.channel is not None:
            raise UsageError("batch-call-of-channel", row=item.agent_channel, option=options.channel)
        agent_channel = options.agent_channel if item.agent_channel is None else item.agent_channel
        return (options.channel if item.channel is None else item.channel), agent_channel

    def _planned(self, item: Item) -> Planned:
        if item.fault is not None:
            return Planned(item, None, item.fault)
        try:
            sha256, size_bytes = self._digest(Path(item.path))
            given = None if item.transcript is None else read_given(Path(item.transcript))
        except VoicecoachError as exc:
            return Planned(item, None, Failure.of(exc, path=shown(item.path)))
        prompt, prompt_digest, profile, profile_digest = self._judged_by(item)
        options = self._options
        channel, agent_channel = self._channels(item)
        language = item.language or options.language
        if given is not None and agent_channel is not None:
            return Planned(item, None, Failure.of(InputError("batch-call-with-words")))
        stream = options.stream if item.stream is None else item.stream
        of_stream = () if stream is None else (f"stream {stream}",)
        heard_by = [sha256, language, channel, agent_channel, options.recogniser, *of_stream]
        heard_key = digest_of(heard_by)
        key = digest_of([*heard_by, prompt_digest, profile_digest, _plain(given), options.program])
        job = Job(
            key=key,
            heard_key=heard_key,
            path=item.path,
            sha256=sha256,
            language=language,
            prompt=prompt,
            profile=profile,
            channel=channel,
            agent_channel=agent_channel,
            stream=stream,
            given=None if given is None else given.words,
            given_mended={} if given is None else given.mended,
        )
        return Planned(item, job, size_bytes=size_bytes)


def _listed(where: Sequence[Message | str]) -> Message | str:
    """The first places, in the reader's way of listing."""
    listed = joined("batch-listed", where[:FAULTS_TOLD])
    return Message("batch-listed-more", {"listed": listed}) if len(where) > FAULTS_TOLD else listed


def digest_of(value: object) -> str:
    """The key of a plain value: equal values, equal keys, in every process and on every machine."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=list)
    # a path may hold bytes that are no UTF-8, as surrogates
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:KEY_CHARS]


def _plain(given: Given | None) -> object:
    if given is None:
        return None
    words = [
        {
            "text": word.text,
            "start_s": word.span.start_s,
            "end_s": word.span.end_s,
            "confidence": word.confidence,
        }
        for word in given.words
    ]
    return {"words": words, "mended": dict(given.mended)} if given.mended else {"words": words}
