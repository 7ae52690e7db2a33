"""Forty recordings of answers and what must be said of each: twenty to be refused or left without a figure.

Made from a voice that stands clean (:class:`Voice`) by the recipes of ``made_sounds``: people in the room,
hold music, beeps, lost packets, noise that comes late, foreign speech, shouting, whisper, telephone, far
field. Words are the true ones laid over the speech that was found, but for foreign speech, which the
recogniser itself hears.

A verdict is one of: ``refused`` (a reason against the score, of the codes named), ``withheld`` (the figure
named has no value, or there is such a reason), ``scored`` (no reason against the score; pauses, rate and
phonation time as those of the clean voice within :data:`PAUSES_MOST_RATIO` and the like, and the remark named
where there is one).
"""

from __future__ import annotations

import json
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import av
import numpy as np
from benchmark import ROOT
from made_sounds import (
    Recipe,
    babble,
    gated,
    inserted,
    laid_over,
    lost,
    music,
    noise,
    room,
    shouted,
    telephone,
    tone,
    whispered,
    with_noise,
)

from voicecoach.app.score.analyse import HeardRecording, Task, measure_all
from voicecoach.app.score.refusals import find_refusals
from voicecoach.audio import decode
from voicecoach.audio.decode import RATE_HZ
from voicecoach.features import extract
from voicecoach.model.audio import Span, Waveform
from voicecoach.model.spans import total_s
from voicecoach.model.transcript import Provenance, Transcript, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from voicecoach.model.assessment import Measurement, Refusal
    from voicecoach.model.profile import Profile
    from voicecoach.model.transcript import Language
    from voicecoach.ports import Transcriber

    Sound = NDArray[np.float64]

FIXTURES: Final = ROOT / "audio_fixtures"
PAUSES_MOST: Final = 2
"""So many pauses may come or go with what happens to the sound, ..."""
PAUSES_MOST_RATIO: Final = 0.25
"""... or this share of them."""
PHONATION_MOST: Final = 0.06
RATE_MOST_RATIO: Final = 0.1


@dataclass(frozen=True, eq=False)
class Voice:
    """An answer in a quiet room: sound at 16 kHz, what is said in it."""

    name: str
    sound: Sound
    text: str
    language: Language = "zh"


@dataclass(frozen=True, eq=False)
class Case:
    """One recording and its verdict; ``told``: codes of refusals or names of figures, one will do."""

    name: str
    sound: Sound
    voice: Voice | None
    verdict: str
    told: tuple[str, ...] = ()
    language: Language = "zh"
    is_heard: bool = False


def fixture_voices() -> dict[str, Voice]:
    """The voices of the committed recordings, by name."""
    names = ("late_delivery_good", "late_delivery_weak", "rate_usual_zh", "rate_slow_zh", "english_answer")
    voices = {}
    for name in names:
        truth = json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))
        sound = decode.load(FIXTURES / f"{name}.flac").waveform.samples.astype(np.float64)
        voices[name] = Voice(name, sound, truth["text"], truth["language"])
    return voices


def cases(voices: Sequence[Voice], foreign: Sequence[Voice], seed: int, recipe: Recipe) -> Iterator[Case]:
    """All forty; ``voices``: at least four Mandarin ones of 20 s and more, the first the longest."""
    yield from _refused(voices, foreign, seed, recipe)
    yield from _scored(voices, seed, recipe)


def _refused(voices: Sequence[Voice], foreign: Sequence[Voice], seed: int, recipe: Recipe) -> Iterator[Case]:
    first, second, third, fourth = voices[:4]
    talk = [voice.sound for voice in (*voices[1:], *foreign)]
    hidden = ("silent_pauses", "noisy")
    for index, (voice, snr_db) in enumerate(
        [(first, 5.0), (first, 0.0), (third, 3.0), (fourth, 3.0), (third, 0.0), (fourth, 0.0)]
    ):
        around = babble(talk, len(voice.sound), seed + index, recipe)
        yield _case(
            f"babble at {snr_db:.0f} dB, {voice.name}", with_noise(voice.sound, around, snr_db), voice,
            "withheld", *hidden,
        )  # fmt: skip
    for index, (voice, snr_db) in enumerate([(first, -4.0), (second, -4.0), (third, -3.0)]):
        late = noise(len(voice.sound), seed + index, recipe)
        yield _case(
            f"noise at {snr_db:.0f} dB after .3 s, {voice.name}",
            with_noise(voice.sound, late, snr_db, 0.3), voice, "refused", "noisy", "no_speech",
        )  # fmt: skip
    length_s = len(first.sound) / RATE_HZ
    hiss = noise(len(first.sound), seed + 9, recipe)
    yield _case(
        "noise at -9 dB in the middle half",
        with_noise(first.sound, hiss, -9.0, length_s / 4.0, 3.0 * length_s / 4.0), first, "refused", "noisy",
    )  # fmt: skip
    on_off = hiss * (np.arange(len(hiss)) // (4 * RATE_HZ) % 2)
    yield _case("noise on and off at -6 dB", with_noise(first.sound, on_off, -9.0), first, "refused", "noisy")
    yield _case("shouted into a clipping microphone", np.clip(4.0 * shouted(third.sound), -1, 1), third,
                "refused", "clipped")  # fmt: skip
    yield _case("silence", np.zeros(5 * RATE_HZ), None, "refused", "no_speech")
    yield _case("noise alone", 0.05 * noise(8 * RATE_HZ, seed, recipe), None, "refused", "no_speech")
    yield _case(
        "hold music alone", 0.1 * music(12.0, seed, recipe), None, "refused", "no_speech", "too_short"
    )
    yield _case("a tone alone", 0.1 * tone(6.0, seed, recipe), None, "refused", "no_speech")
    yield _case("a second of an answer", first.sound[: round(1.6 * RATE_HZ)], None, "refused", "too_short")
    yield _case("whispered", whispered(third.sound, seed), third, "withheld", "pitch_median", "no_speech")
    yield Case(f"{foreign[0].name} taken for Mandarin", foreign[0].sound, None, "refused",
               ("wrong_language",), "zh", is_heard=True)  # fmt: skip
    yield Case(f"{second.name} taken for English", second.sound, None, "refused",
               ("wrong_language",), "en", is_heard=True)  # fmt: skip


def _scored(voices: Sequence[Voice], seed: int, recipe: Recipe) -> Iterator[Case]:
    first, second, third, fourth = voices[:4]
    talk = [voice.sound for voice in voices[1:]]
    yield _case("clean", first.sound, first, "scored")
    for index, (voice, level_db) in enumerate([(first, -3.0), (second, -8.0), (fourth, 0.0)]):
        hold = music(5.0 + index, seed + index, recipe)
        at_s = pause_s(voice, index)
        yield _case(f"hold music, {voice.name}", inserted(voice.sound, at_s, hold, level_db), voice,
                    "scored", "interrupted_music")  # fmt: skip
    for index, voice in enumerate((first, third, fourth)):
        beep = tone(0.4 + 0.3 * index, seed + index, recipe)
        place_s = np.random.default_rng(seed + index).uniform(0.3, 0.6) * len(voice.sound) / RATE_HZ
        yield _case(f"a beep over a word, {voice.name}", laid_over(voice.sound, place_s, beep, -3.0), voice,
                    "scored", "interrupted_tone")  # fmt: skip
    for index, (voice, share) in enumerate([(first, 0.02), (third, 0.05), (fourth, 0.04)]):
        broken = lost(voice.sound, seed + index, recipe, share)
        yield _case(f"{share:.0%} of packets lost, {voice.name}", broken, voice, "scored", "interrupted_loss")
    hiss = noise(len(first.sound), seed, recipe)
    yield _case("late noise at 15 dB", with_noise(first.sound, hiss, 15.0, 0.3), first, "scored")
    half_s = len(first.sound) / RATE_HZ / 2.0
    yield _case("noise at 10 dB from half on", with_noise(first.sound, hiss, 10.0, half_s), first, "scored")
    around = babble(talk, len(first.sound), seed, recipe)
    yield _case("babble at 20 dB", with_noise(first.sound, around, 20.0), first, "scored")
    yield _case("shouted", shouted(third.sound), third, "scored")
    yield _case("telephone", telephone(first.sound), first, "scored")
    yield _case("telephone, 8 kHz Opus in packets", coded(telephone(fourth.sound)), fourth, "scored")
    yield _case("across a room of .4 s", room(first.sound, seed, 0.4), first, "scored")
    yield _case("across a room of .7 s", room(first.sound, seed, 0.7), first, "scored")
    yield _case("a noise gate", gated(first.sound), first, "scored")
    yield _case("a fast noise gate", gated(fourth.sound, -40.0, 0.01), fourth, "scored")


def _case(name: str, sound: Sound, voice: Voice | None, verdict: str, *told: str) -> Case:
    return Case(name, sound, voice, verdict, told)


def pause_s(voice: Voice, index: int) -> float:
    """The middle of one of the pauses of a clean voice, seconds."""
    gate = extract.gate(Waveform(voice.sound.astype(np.float32), RATE_HZ))
    silences = [
        Span(a.end_s, b.start_s)
        for a, b in zip(gate.speech, gate.speech[1:], strict=False)
        if b.start_s - a.end_s > 0.25
    ]
    return silences[(index + 1) % len(silences)].middle_s


def coded(sound: Sound) -> Sound:
    """Through Opus at 8 kHz and 12 kbit/s."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "coded.ogg"
        with av.open(str(path), "w") as container:
            stream = container.add_stream("libopus", rate=8000, layout="mono")
            stream.bit_rate = 12_000
            samples = (sound[::2] * 32767.0).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(samples[None], format="s16", layout="mono")
            frame.rate = 8000
            container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return decode.load(path).waveform.samples.astype(np.float64)


def spread_words(text: str, speech: Sequence[Span], language: Language) -> tuple[Word, ...]:
    """The true words laid evenly over the speech: pauses come of the sound, counts of the words."""
    pieces = [text[i] for i in range(len(text))] if language == "zh" else [f" {w}" for w in text.split()]
    words: list[Word] = []
    for piece in pieces:  # marks belong to the word before
        if words and not any(character.isalnum() for character in piece):
            words[-1] = Word(words[-1].text + piece, words[-1].span, 1.0)
        else:
            words.append(Word(piece, Span(0.0, 0.0), 1.0))
    edges_s = np.linspace(0.0, total_s(speech), len(words) + 1)
    starts_s = np.cumsum([0.0, *(span.duration_s for span in speech)])
    homes = np.minimum(np.searchsorted(starts_s, edges_s, side="right") - 1, len(speech) - 1)
    times_s = [
        speech[home].start_s + edge_s - starts_s[home] for home, edge_s in zip(homes, edges_s, strict=True)
    ]
    return tuple(
        Word(word.text, Span(times_s[i], max(times_s[i], times_s[i + 1])), 1.0)
        for i, word in enumerate(words)
    )


def judged(
    sound: Sound, text: str, language: Language, profile: Profile, transcriber: Transcriber | None
) -> tuple[Mapping[str, Measurement], tuple[Refusal, ...]]:
    """Every figure and every refusal of a recording, through a file as the program reads it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sound.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(np.clip(np.round(sound * 32768.0), -32768, 32767).astype("<i2").tobytes())
        recording = decode.load(path)
    gate = extract.gate(recording.waveform)
    features = extract.complete(recording.waveform, gate)
    if transcriber is None:
        words = spread_words(text, gate.speech, language) if gate.speech else ()
        transcript = Transcript(words, language, Provenance("truth", "1", "none", ""))
    else:
        transcript = transcriber.transcribe(recording.waveform, language=language, speech=gate.speech)
    heard = HeardRecording(recording, features, transcript)
    figures = {figure.name: figure for figure in measure_all(heard, Task(None, language, profile), ())}
    return figures, find_refusals(recording, features, transcript, figures)


class Judge:
    """Compares what is said of a recording with what must be said."""

    def __init__(self, profile: Profile, transcriber: Callable[[], Transcriber] | None) -> None:
        """``transcriber`` None: foreign speech is left out."""
        self._profile, self._transcriber = profile, transcriber
        self._clean: dict[str, Mapping[str, Measurement]] = {}

    def can(self, case: Case) -> bool:
        """Whether the case can be judged."""
        return not case.is_heard or self._transcriber is not None

    def fault(self, case: Case) -> str:
        """What is wrong; empty when the verdict is the right one."""
        transcriber = self._transcriber() if case.is_heard and self._transcriber else None
        text = case.voice.text if case.voice else ""
        figures, refusals = judged(case.sound, text, case.language, self._profile, transcriber)
        blocking = [refusal.code for refusal in refusals if refusal.blocks_score]
        if case.verdict == "refused":
            return "" if set(blocking) & set(case.told) else f"refused for {blocking}"
        if case.verdict == "withheld":
            without = [name for name, figure in figures.items() if figure.value is None]
            told = set(case.told) & {*without, *blocking}
            return "" if told else f"pauses {figures['silent_pauses'].value}, snr {figures['snr'].value}"
        if blocking:
            return f"refused for {blocking}"
        if missing := set(case.told) - {refusal.code for refusal in refusals}:
            return f"not said: {missing}"
        return "" if case.voice is None else self._difference(case.voice, figures)

    def _difference(self, voice: Voice, figures: Mapping[str, Measurement]) -> str:
        """How the figures differ from those of the clean voice, where that is too much."""
        if voice.name not in self._clean:
            self._clean[voice.name], _ = judged(voice.sound, voice.text, voice.language, self._profile, None)
        clean = self._clean[voice.name]
        faults = []
        for name, most, is_relative in (
            ("silent_pauses", 0.0, False),
            ("phonation_time_ratio", PHONATION_MOST, False),
            ("speech_rate", RATE_MOST_RATIO, True),
        ):
            was, is_now = clean[name].value, figures[name].value
            if was is None or is_now is None:
                faults.append(f"{name} {was} is now {is_now}")
                continue
            limit = max(PAUSES_MOST, PAUSES_MOST_RATIO * was) if name == "silent_pauses" else most
            if abs(is_now - was) > limit * (was if is_relative else 1.0):
                faults.append(f"{name} {was:.3g} is now {is_now:.3g}")
        return "; ".join(faults)
