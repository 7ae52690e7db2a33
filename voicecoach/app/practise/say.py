"""What is to be said aloud of a prompt, in whose voice, and rendering it ahead.

The interviewer is always the same voice. A caller has the voice that his prompt names, or one of his
own that his id picks among those that suit a caller, in all his lines. An engine that lacks the named voice
lends one of the same sex where it has one.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from voicecoach.errors import EngineError, UsageError
from voicecoach.ports import Speaker
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from voicecoach.model.audio import Waveform
    from voicecoach.model.prompt import Prompt
    from voicecoach.model.transcript import Language
    from voicecoach.ports import Voice
    from voicecoach.ports.progress import Progress

INTERVIEWER = "interviewer"
CALLER = "caller"
_HANZI = re.compile("[\u3400-\u9fff]")


class KeepingSpeaker(Speaker, Protocol):
    """A speaker that keeps what it has said."""

    def kept(self, text: str, *, voice: str, mood: int) -> Waveform | None:
        """The sound that it has of ``text``, None when it has none. Raises StoreError."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to say: ``number`` 0 is the prompt itself, then a caller's further lines."""

    prompt_id: str
    number: int
    text: str
    language: Language
    mood: int
    role: str
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """One line that is in the cache now. ``made``: it was not before. ``duration_s``: of its sound."""

    line: Line
    voice: str
    made: bool
    duration_s: float


def language_of(text: str) -> Language:
    """Mandarin when there is a Hanzi in it, else English."""
    return "zh" if _HANZI.search(text) else "en"


def lines_of(prompt: Prompt, language: Language) -> tuple[Line, ...]:
    """The prompt and a caller's further lines in that language; lines without it are left out."""
    role = CALLER if CALLER in (prompt.role, prompt.kind) else INTERVIEWER
    said = ((prompt.text, prompt.mood), *((line.text, line.mood) for line in prompt.lines))
    return tuple(
        Line(prompt.id, number, text[language], language, mood, role, prompt.voice)
        for number, (text, mood) in enumerate(said)
        if text.get(language)
    )


def of_packs(prompts: Sequence[Prompt], packs: Collection[str]) -> tuple[Prompt, ...]:
    """The prompts of the packs that are named, none named: all. Raises UsageError for an unknown pack."""
    known = sorted({prompt.pack for prompt in prompts})
    for pack in packs:
        if pack not in known:
            raise UsageError("prompt-pack-unknown", pack=repr(pack), known=", ".join(known))
    return tuple(prompt for prompt in prompts if not packs or prompt.pack in packs)


def line_of(prompt: Prompt, language: Language, number: int) -> Line:
    """One of :func:`lines_of`. Raises UsageError."""
    lines = {line.number: line for line in lines_of(prompt, language)}
    if not lines:
        raise UsageError("prompt-not-in-language", prompt=prompt.id, language=language)
    if number not in lines:
        known = ", ".join(map(str, lines))
        raise UsageError(
            "prompt-line-unknown", prompt=prompt.id, number=number, language=language, known=known
        )
    return lines[number]


def cast(line: Line, voices: Sequence[Voice], *, known: Iterable[Voice] = ()) -> str:
    """The id of the voice that says ``line``, among those of an engine.

    ``known``: voices of other engines, whose sex may be asked for by name. Raises UsageError for a voice
    that nobody has, EngineError when the engine cannot speak the language.
    """
    fit = [voice for voice in voices if voice.language == line.language]
    if not fit:
        raise EngineError("no-voice-for-language", language=line.language)
    by_id = {voice.id: voice for voice in (*known, *voices)}
    if line.voice is None:
        wanted_sex = None
    elif line.voice not in by_id:
        raise UsageError("prompt-voice-unknown", prompt=line.prompt_id, voice=repr(line.voice))
    elif any(voice.id == line.voice for voice in fit):
        return line.voice
    else:
        wanted_sex = by_id[line.voice].sex
    suiting = [voice for voice in fit if line.role in voice.roles] or fit
    suiting = [voice for voice in suiting if voice.sex == wanted_sex] or suiting
    if line.role == INTERVIEWER:
        return suiting[0].id
    digest = hashlib.sha256(line.prompt_id.encode()).digest()
    return suiting[digest[0] % len(suiting)].id


def render(
    lines: Sequence[Line], speaker: KeepingSpeaker, *, known: Iterable[Voice] = ()
) -> Iterator[Rendered]:
    """Make what is not kept yet, one line after another; each is safe as soon as it is told of.

    Raises UsageError, EngineError, StoreError at the line that fails; those before are kept.
    """
    voices, known = speaker.voices(), tuple(known)
    for line in lines:
        voice = cast(line, voices, known=known)
        kept = speaker.kept(line.text, voice=voice, mood=line.mood)
        sound = kept or speaker.speak(line.text, voice=voice, mood=line.mood)
        yield Rendered(line, voice, kept is None, sound.duration_s)


def render_all(lines: Sequence[Line], rendered: Iterable[Rendered], progress: Progress) -> tuple[int, int]:
    """Go through what :func:`render` gives of ``lines``; how many were made now, and how many kept before.

    The count is noted at the end, also when it is broken off. Raises what :func:`render` raises.
    """
    n_made = n_kept = 0
    progress.stage(len(lines))
    try:
        for made in rendered:
            n_made += made.made
            n_kept += not made.made
            progress.done(n_made + n_kept, _told(made))
    finally:
        progress.note(Message("voices-rendered", {"n": len(lines), "made": n_made, "kept": n_kept}))
    return n_made, n_kept


def _told(made: Rendered) -> Message:
    line = made.line
    facts = {
        "line": f"{line.prompt_id}.{line.number}",
        "voice": made.voice,
        "mood": line.mood,
        "duration_s": f"{made.duration_s:.1f}",
    }
    return Message("voices-made" if made.made else "voices-kept-before", facts)
