"""When a recording is not scored, and what to do about it. Never a made-up figure in place of a refusal."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from voicecoach.features.text.scripts import is_cantonese, is_in_other_script, other_script_share
from voicecoach.features.text.service import service_signs
from voicecoach.model.assessment import Refusal
from voicecoach.model.spans import total_s
from voicecoach.words.catalogue import Message, has, joined, languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from voicecoach.audio.decode import Recording, StreamFacts
    from voicecoach.features.sound import SoundFeatures
    from voicecoach.model.assessment import Measurement
    from voicecoach.model.transcript import Language, Transcript

SPEECH_SHORTEST_S: Final = 2.0
"""Less speech than this is no answer (about 8 syllables)."""
CLIPPING_MOST_RATIO: Final = 0.01
"""Share of clipped samples from which level, spectrum and words are no longer those of the voice."""
SNR_SMALLEST_DB: Final = 5.0
"""Pauses were checked down to this ratio of speech to noise."""
UNHEARD_MOST_RATIO: Final = 0.3
"""Share of the speech without text from which the text does not stand for the answer."""
CUT_LEAST_S: Final = 0.3
"""A file that holds so much less than it tells, and :data:`CUT_LEAST_RATIO` of it, is cut: codecs pad."""
CUT_LEAST_RATIO: Final = 0.005
LEFT_LEAST_RATIO: Final = 0.1
"""A file of which less is left does not stand for the answer."""
LANGUAGE_SURE: Final[Mapping[Language, float]] = MappingProxyType({"zh": 0.6, "en": 0.95})
"""How sure the recogniser must be that it is not the language asked for (English of Mandarin speakers may
sound like either: up to .91 on single sentences)."""
SWAPPED_LEAST: Final = 2
"""Kinds of service phrases on the caller's side from which the sides look swapped (docs/benchmarks.md)."""
STREAMS_TOLD: Final = 6
"""So many streams are named."""
PREFIX: Final = "refusal-"
"""Before the code of a refusal in the catalogue."""


def refusal(code: str, *, blocks_score: bool = True, words: str = "", **facts: object) -> Refusal:
    """A refusal with its words in every language; ``facts`` are those of the catalogue's ``refusal-CODE``.

    ``words``: another code of the catalogue for this one case.
    """
    said = Message(words or PREFIX + code.replace("_", "-"), facts)
    return Refusal(
        code,
        {ui: said.words(ui) for ui in languages()},
        {ui: said.hint(ui) for ui in languages()},
        blocks_score=blocks_score,
    )


def find_refusals(
    recording: Recording,
    features: SoundFeatures,
    transcript: Transcript,
    measurements: dict[str, Measurement],
) -> tuple[Refusal, ...]:
    """All reasons against a score (``blocks_score``), and the lesser remarks on the evidence."""
    of_file = tuple(_of_file(recording))
    if not features.speech:
        return (refusal("no_speech"), *of_file)
    return (*_of_sound(recording, features, measurements), *of_file, *_of_text(features, transcript))


def _of_file(recording: Recording) -> Iterator[Refusal]:
    """What is amiss with the file, whatever is said in it."""
    faults = recording.faults
    length_s, told_s = recording.waveform.duration_s, faults.told_s
    if told_s is not None and told_s - length_s > CUT_LEAST_S + CUT_LEAST_RATIO * told_s:
        yield refusal(
            "cut_file",
            told_s=f"{told_s:.1f}",
            length_s=f"{length_s:.1f}",
            blocks_score=length_s < LEFT_LEAST_RATIO * told_s,
        )
    elif faults.is_torn:
        yield refusal("torn_file", length_s=f"{length_s:.1f}", blocks_score=False)
    if faults.unread:
        yield refusal("joined_file", length_s=f"{length_s:.1f}", blocks_score=False)
    if faults.behind_s > 0.0:
        facts = {"length_s": f"{length_s:.1f}", "behind_s": f"{faults.behind_s:.1f}"}
        yield refusal("longer_file", **facts, blocks_score=False)
    if faults.contradicts:
        yield refusal("header_contradicts", rate_hz=recording.source_rate_hz, blocks_score=False)
    if faults.n_wild:
        yield refusal("wild_samples", n=faults.n_wild, blocks_score=False)
    if faults.damaged:
        yield refusal(
            "damaged_file",
            n=len(faults.damaged),
            at_s=f"{faults.damaged[0].start_s:.1f}",
            length_s=f"{total_s(faults.damaged):.1f}",
            blocks_score=False,
        )
    if recording.others:
        yield refusal(
            "other_streams",
            streams=_numbered(recording.streams),
            others=_named(recording.others),
            blocks_score=False,
        )
    if faults.leaps:
        at_s, by_s = faults.leaps[0]
        yield refusal("clock_leaps", at_s=f"{at_s:.1f}", by_min=f"{by_s / 60.0:.0f}", blocks_score=False)


def _numbered(streams: Sequence[int]) -> str:
    return ", ".join(map(str, streams))


def _named(streams: Sequence[StreamFacts]) -> str:
    """The first of the streams by number and, where the file has one, by name."""
    named = [f"{each.number} ({each.name:.40})" if each.name else str(each.number) for each in streams]
    return ", ".join(named[:STREAMS_TOLD]) + (" …" if len(named) > STREAMS_TOLD else "")


def _of_sound(
    recording: Recording, features: SoundFeatures, measurements: dict[str, Measurement]
) -> Iterator[Refusal]:
    spoken_s = total_s(features.speech)
    if spoken_s < SPEECH_SHORTEST_S:
        yield refusal("too_short", spoken_s=f"{spoken_s:.1f}", least_s=f"{SPEECH_SHORTEST_S:.0f}")
    clipping = measurements["clipping"].value
    if clipping is not None and clipping > CLIPPING_MOST_RATIO:
        yield refusal("clipped", share=f"{clipping:.1%}", most=f"{CLIPPING_MOST_RATIO:.0%}")
    snr = measurements["snr"].value
    if snr is not None and snr < SNR_SMALLEST_DB:
        yield refusal("noisy", snr_db=f"{snr:.0f}", least_db=f"{SNR_SMALLEST_DB:.0f}")
    for kind in ("music", "tone", "loss", "gap"):
        length_s = total_s(each.span for each in features.interruptions if each.kind == kind)
        if length_s > 0.0:
            yield refusal(f"interrupted_{kind}", length_s=f"{length_s:.1f}", blocks_score=False)
    if recording.dead_channels:
        channels = ", ".join(str(channel) for channel in recording.dead_channels)
        yield refusal("dead_channel", channels=channels, blocks_score=False)


def _of_text(features: SoundFeatures, transcript: Transcript) -> Iterator[Refusal]:
    spoken_s = total_s(features.speech)
    yield from of_language(transcript)
    if transcript.dropped:
        said = transcript.dropped[0].text.strip()
        yield refusal("invented_text", said=said, blocks_score=not transcript.words)
    unheard_s = total_s(transcript.unheard)
    if not transcript.words and not transcript.dropped:
        unheard_s = spoken_s
    if unheard_s > 0:
        share = min(1.0, unheard_s / spoken_s)
        yield refusal(
            "speech_without_text",
            length_s=f"{unheard_s:.1f}",
            share=f"{share:.0%}",
            blocks_score=share > UNHEARD_MOST_RATIO,
        )


def of_language(transcript: Transcript) -> Iterator[Refusal]:
    """The first sign that the words are not in the language asked for: the detector's, then the text's."""
    language, heard = transcript.language, transcript.heard_language
    wanted = _language(language)
    if heard is not None and heard[0] != language and heard[1] >= LANGUAGE_SURE[language]:
        yield refusal("wrong_language", met=_language(heard[0]), wanted=wanted, sure=f"{heard[1]:.0%}")
    elif language == "zh" and is_cantonese(transcript.text):
        yield refusal("wrong_language", words="refusal-cantonese-text")
    elif is_in_other_script(transcript.text, language):
        share = other_script_share(transcript.text, language)
        yield refusal("wrong_language", words="refusal-other-script", wanted=wanted, share=f"{share:.0%}")


def _language(code: str) -> Message | str:
    """What a language is called; its code (ISO 639-1) where the catalogue has no word for it."""
    name = f"{PREFIX}language-{code}"
    return Message(name) if has(name) else code


def of_sides(agent: str, caller: str, language: Language, *, sides: tuple[int, int]) -> Iterator[Refusal]:
    """Whether the agent's words are on the other channel: there is served, and nothing of it on his own.

    ``sides`` are the numbers of the agent's channel and of the other.
    """
    signs = service_signs(caller, language)
    if agent.strip() and len(signs) >= SWAPPED_LEAST and not service_signs(agent, language):
        yield refusal("sides_look_swapped", channel=sides[0], other=sides[1], blocks_score=False)


def of_given(mended: Mapping[str, int]) -> Iterator[Refusal]:
    """What was done to the words that came with a recording, as ``app.batch.given`` counts it."""
    parts = [Message(f"given-{what}", {"n": n}) for what, n in mended.items() if what != "speakers"]
    if parts:
        yield refusal("given_words_mended", what=joined("batch-listed", parts), blocks_score=False)
    if "speakers" in mended:
        yield refusal("given_words_of_several", n=mended["speakers"], blocks_score=False)
