"""``voicecoach speak``: read a prompt, a caller's line or any text aloud."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from voicecoach.cli.options import (
    MOST,
    Number,
    PathName,
    WholeText,
    engine_option,
    language_option,
    prompts_option,
    ui_option,
)
from voicecoach.errors import UsageError
from voicecoach.report import screen
from voicecoach.words.catalogue import word
from voicecoach.words.visible import shown

if TYPE_CHECKING:
    from voicecoach.app.practise.say import Line
    from voicecoach.app.practise.voice import SpeakerVoice
    from voicecoach.features.noise import NoiseKind
    from voicecoach.model.transcript import Language
    from voicecoach.words.catalogue import Ui

NOISES = ("office", "street", "cafe")
NOISE_DB = (-10.0, 40.0)
"""As features.noise has them, which is not loaded for the help."""
TEXT_MOOD = 2


@click.command()
@click.argument("prompt_id", metavar="[ID]", required=False)
@click.option("--text", type=WholeText(), metavar="TEXT", help="Say this instead of a prompt.")
@click.option(
    "--line",
    "number",
    type=click.IntRange(0, MOST),
    default=0,
    help="A caller's further line; 0 is the opening.",
)
@click.option("--voice", metavar="VOICE", help="A voice of `voicecoach voices list`.")
@click.option(
    "--mood", type=click.IntRange(1, 5), help="1 calm to 5 furious; otherwise the prompt's own, or 2."
)
@language_option("Language of the prompt; otherwise zh, or the text's own.", default=None)
@click.option(
    "--noise", type=(click.Choice(NOISES), Number(*NOISE_DB)), metavar="KIND LEVEL",
    help="office, street or cafe, so many dB under the voice: 20 a murmur, 10 busy, 0 as loud as the voice.",
)  # fmt: skip
@click.option(
    "--save", type=PathName(path_type=Path, dir_okay=False), metavar="FILE",
    help="Write a WAV file instead of playing.",
)  # fmt: skip
@engine_option
@prompts_option
@ui_option()
def speak(
    prompt_id: str | None,
    text: str | None,
    number: int,
    voice: str | None,
    mood: int | None,
    language: str | None,
    noise: tuple[str, float] | None,
    save: Path | None,
    engine: str,
    prompts_folder: Path | None,
    ui: Ui,
) -> None:
    """Read the prompt ID, or a text, aloud. The words are shown in any case.

    \b
    Examples:
      voicecoach speak why_jd
      voicecoach speak late_delivery --mood 5 --voice zm_yunjian --noise cafe 10
      voicecoach speak --text "您好，请问有什么可以帮您？" --save hello.wav

    \b
    Exit status: 0 said, 2 wrong usage, 4 no engine or no loudspeaker.
    """
    from voicecoach import wiring
    from voicecoach.app.practise import say
    from voicecoach.app.practise.voice import SpeakerVoice
    from voicecoach.wiring import files

    line = _line(prompt_id, text, number, language, prompts_folder)
    screen.say(line.text)
    _check_save(save)
    chosen, why = wiring.choose_engine(line.language, wanted=engine, voice=voice)
    screen.say(word("voices-engine", ui, engine=chosen, why=why), err=True)
    speaker, known = wiring.speaker(chosen), wiring.neural_voices()
    name = voice or say.cast(line, speaker.voices(), known=known)
    bed = None if noise is None else wiring.fitted_noise(*cast("tuple[NoiseKind, float]", noise))
    reader = SpeakerVoice(speaker, voice=name, known=known, noise=bed)
    line = replace(line, mood=mood or line.mood)
    if save is not None:
        files.write_sound(save, reader.whole(line))
        screen.say(f"{shown(save)}: {name}", err=True)
    else:
        _play(reader, line)


def _line(
    prompt_id: str | None, text: str | None, number: int, lang: str | None, folder: Path | None
) -> Line:
    from voicecoach import wiring
    from voicecoach.app.practise import say

    if (prompt_id is None) == (text is None):
        raise UsageError("speak-prompt-or-text")
    language = cast("Language | None", lang)
    if text is not None:
        return say.Line("--text", 0, text, language or say.language_of(text), TEXT_MOOD, say.INTERVIEWER)
    prompt = wiring.prompt_library(folder).prompt(str(prompt_id))
    return say.line_of(prompt, language or "zh", number)


def _check_save(save: Path | None) -> None:
    if save is None:
        return
    from voicecoach.wiring.outputs import Output, check_replaceable

    if save.suffix.lower() != ".wav":
        raise UsageError("speak-no-wav", path=save)
    check_replaceable(Output(save, "WAV"))


def _play(reader: SpeakerVoice, line: Line) -> None:
    from voicecoach import wiring

    with wiring.loudspeaker() as loudspeaker:
        parts = reader.parts(line)
        first = next(parts)
        bed = reader.bed()
        if bed is not None:
            loudspeaker.run_bed(bed)
        loudspeaker.play(chain((first,), parts))
