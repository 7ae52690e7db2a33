"""Tone and syllable nuclei on human recordings.

Emotion: every clip is placed in the baseline of its own speaker's neutral clips; a neutral clip is left out
of the baseline that it is placed in. Nothing is trained. Conditions: as it is; pink noise at 10 dB SNR; 20 dB
less gain, rounded to 16 bits again; a microphone's gain control. "Quiet baseline" keeps the baseline of the
clean clips: the room became noisy after the calibration. Mandarin takes are sentences of one actor and one
emotion joined to 10-23 s, their baseline twelve other neutral sentences; "own takes" places a take in four
other neutral takes and an angry one, as a speaker without a calibration is placed in his history.

Intervals are the 2.5th to 97.5th percentile of 1000 resamplings: of the clips within each speaker, of
the utterances for the nuclei.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from benchmark import Row, manifest, needed_corpora, options, show, spread
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

from voicecoach.audio import decode
from voicecoach.features import spectrum
from voicecoach.features.extract import complete, extract, gate
from voicecoach.features.pitch import pitch_track
from voicecoach.features.text.words import spoken_syllables
from voicecoach.metrics.agitation import Voice, baseline_of, baseline_of_takes
from voicecoach.metrics.nuclei import measure_nuclei
from voicecoach.metrics.voice import TENSE, measure_voice
from voicecoach.model.audio import Waveform
from voicecoach.model.spans import total_s
from voicecoach.units import db_to_amplitude, hz_to_st

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from voicecoach.features.sound import SoundFeatures
    from voicecoach.model.speaker_profile import Baseline

N_RESAMPLINGS = 1000
SNR_DB = 10.0
LESS_GAIN_DB = -20.0
PCM16 = 32768.0
AROUSAL = {"low": 0, "mid": 1, "high": 2}
CATEGORY_AROUSAL = {"sad": "low", "neutral": "mid", "happy": "high", "angry": "high"}
"""Arousal of the categories where the corpus names none."""
ANGER = ("anger", "angry")
TARGETS = {"de": {"clean": ">= .99", "gain control": ">= .95"}, "zh": {"clean": ">= .88"}}
"""AUC to reach by language; other conditions as the clean one."""
N_TAKES = 25
"""Mandarin takes of each speaker and emotion."""
TAKE_SENTENCES = (9, 14)
"""Sentences of a take: at least, and fewer than; they last 1.1 to 1.7 s."""
BASELINE_SENTENCES = 12
OWN_CALM_TAKES = 4
GAIN_ATTACK_S, GAIN_RELEASE_S = 0.01, 0.4
GAIN_HOP_S = 0.005
GAIN_MOST = 30.0
GAIN_TARGET = 0.1
"""RMS that the gain control steers to, re full scale."""
SMALLEST = 12
"""Read utterances of each kind, and clips of each emotion."""
GROUP = 5
"""So many utterances together make about 15 s, the least that a speech rate is given for."""
COST_S = 120.0
ALARM_RATIO = 0.2
"""The nuclei rate raises an alarm when it differs by more than this from the transcript's."""


Entry = dict[str, Any]
Read = dict[str, list[Entry]]
"""Read utterances by the name of their corpus."""


@dataclass(frozen=True, eq=False)
class Clips:
    """Emotion clips, one value each; figures of theirs are drawn again ``n_resamplings`` times."""

    speaker: np.ndarray
    emotion: np.ndarray
    arousal: np.ndarray
    n_resamplings: int
    language: str


def measure(folder: Path, *, smallest: bool = False) -> list[Row]:
    """The rows of this benchmark: name, value, unit, n, interval, target."""
    emotions = manifest(folder / "de_emotion")
    read = {name: manifest(folder / name) for name in ("zh_read", "zh_pauses")}
    if smallest:
        speaker = emotions[0]["speaker"]
        own = [entry for entry in emotions if entry["speaker"] == speaker]
        emotions = [
            clip
            for emotion in ("anger", "neutral")
            for clip in [entry for entry in own if entry["emotion"] == emotion][:SMALLEST]
        ]
        read = {name: entries[:SMALLEST] for name, entries in read.items()}
    return [
        *_emotion_rows(folder / "de_emotion", emotions, 5 if smallest else N_RESAMPLINGS),
        *(
            []
            if smallest
            else _emotion_rows(folder / "zh_emotion", manifest(folder / "zh_emotion"), N_RESAMPLINGS)
        ),
        *([] if smallest else _take_rows(folder / "zh_emotion")),
        *_nuclei_rows(folder, read),
        *_cost_rows(folder, read["zh_read"]),
    ]


def _emotion_rows(folder: Path, entries: list[Entry], n_resamplings: int) -> list[Row]:
    clips = Clips(
        np.array([entry["speaker"] for entry in entries]),
        np.array([entry["emotion"] for entry in entries]),
        np.array([AROUSAL[entry.get("arousal") or CATEGORY_AROUSAL[entry["emotion"]]] for entry in entries]),
        n_resamplings,
        str(entries[0]["lang"]),
    )
    waveforms = [decode.load(folder / entry["audio"]).waveform for entry in entries]
    conditions: dict[str, Callable[[Waveform, int], Waveform]] = {
        "clean": lambda waveform, _: waveform,
        "10 dB SNR": _noisy,
        "20 dB less gain": lambda waveform, _: _quieter(waveform),
        "10 dB SNR and 20 dB less gain": lambda waveform, seed: _quieter(_noisy(waveform, seed)),
        "gain control": lambda waveform, _: _gain_controlled(waveform),
    }
    heard = {
        name: [extract(change(waveform, i)) for i, waveform in enumerate(waveforms)]
        for name, change in conditions.items()
    }
    rows = []
    for name, features in heard.items():
        rows += _scores(clips, features, features, name)
    return rows + _scores(clips, heard["10 dB SNR"], heard["clean"], "10 dB SNR, quiet baseline")


def _scores(
    clips: Clips, features: list[SoundFeatures], calm: list[SoundFeatures], condition: str
) -> list[Row]:
    values = np.array([_agitation(clips, features, calm, i) for i in range(len(features))])
    scored = np.isfinite(values)
    anger = np.isin(clips.emotion, [*ANGER, "neutral"]) & scored

    def auc(index: np.ndarray) -> float:
        chosen = index[anger[index]]
        return float(roc_auc_score(np.isin(clips.emotion[chosen], ANGER), values[chosen]))

    def rank(index: np.ndarray) -> float:
        chosen = index[scored[index]]
        return float(spearmanr(values[chosen], clips.arousal[chosen]).statistic)

    n_speakers = len(set(clips.speaker))
    noisy = condition != "clean"
    angry, neutral = (
        values[np.isin(clips.emotion, ANGER) & scored],
        values[(clips.emotion == "neutral") & scored],
    )
    targets = TARGETS[clips.language]
    called = f"agitation, {clips.language}, {condition}"
    by_speaker = ", ".join(
        f"{auc(np.flatnonzero(clips.speaker == s)):.3f}" for s in sorted(set(clips.speaker))
    )
    return [
        {
            "name": f"{called}: AUC anger against neutral, {n_speakers} speakers ({by_speaker})",
            "value": round(auc(np.arange(len(values))), 3),
            "unit": "AUC",
            "n": int(anger.sum()),
            "interval": _interval(clips, auc),
            "target": targets.get(condition, targets["clean"]),
        },
        {
            "name": f"{called}: Spearman with the arousal class",
            "value": round(rank(np.arange(len(values))), 3),
            "unit": "rho",
            "n": int(scored.sum()),
            "interval": _interval(clips, rank),
            "target": None if noisy or clips.language != "de" else ">= .80",
        },
        {
            "name": f"{called}: median speaker's Spearman",
            "value": round(
                float(np.median([rank(np.flatnonzero(clips.speaker == s)) for s in set(clips.speaker)])), 3
            ),
            "unit": "rho",
            "n": n_speakers,
            "interval": None,
            "target": None,
        },
        {
            "name": f"{called}: neutral within -.4..+.4, anger over +.4",
            "value": f"{np.mean(np.abs(neutral) <= 0.4):.2f}, {np.mean(angry > 0.4):.2f}",
            "unit": "ratio",
            "n": int(anger.sum()),
            "interval": None,
            "target": None,
        },
    ]


def _agitation(clips: Clips, features: list[SoundFeatures], calm: list[SoundFeatures], i: int) -> float:
    """Agitation of clip ``i``, NaN where it cannot be measured."""
    neutral = np.flatnonzero((clips.speaker == clips.speaker[i]) & (clips.emotion == "neutral"))
    baseline = baseline_of([calm[j] for j in neutral if j != i])
    found = {m.name: m for m in measure_voice(features[i], language="en", baseline=baseline)}["agitation"]
    return np.nan if found.value is None else found.value


def _take_rows(folder: Path) -> list[Row]:
    """Mandarin takes of 10-23 s in a baseline of other neutral sentences, and in that of other takes."""
    rng = np.random.default_rng(0)
    entries = manifest(folder)
    sounds = [decode.load(folder / entry["audio"]).waveform for entry in entries]
    sentences = [extract(sound) for sound in sounds]
    speaker = np.array([entry["speaker"] for entry in entries])
    emotion = np.array([entry["emotion"] for entry in entries])
    scores: dict[str, list[tuple[str, bool, float]]] = {"a baseline of 12 sentences": [], "own takes": []}
    for name in sorted(set(speaker)):
        neutral = np.flatnonzero((speaker == name) & (emotion == "neutral"))
        takes = {
            kind: [
                rng.choice(pool, rng.integers(*TAKE_SENTENCES), replace=False)
                for pool in [np.flatnonzero((speaker == name) & (emotion == kind))]
                for _ in range(N_TAKES)
            ]
            for kind in ("neutral", "angry")
        }
        heard = {kind: [_joined(sounds, take) for take in drawn] for kind, drawn in takes.items()}
        voices = {kind: [_voice(features) for features in made] for kind, made in heard.items()}
        for kind, made in heard.items():
            for i, features in enumerate(made):
                others = rng.choice(np.setdiff1d(neutral, takes[kind][i]), BASELINE_SENTENCES, replace=False)
                calm = baseline_of([sentences[j] for j in others])
                scores["a baseline of 12 sentences"].append((name, kind == "angry", _placed(features, calm)))
                past = rng.choice([j for j in range(N_TAKES) if j != i], OWN_CALM_TAKES + 1, replace=False)
                own = [voices["neutral"][j] for j in past[1:]] + [voices["angry"][past[0]]]
                scores["own takes"].append((name, kind == "angry", _placed(features, baseline_of_takes(own))))
    return [_take_row(condition, scored) for condition, scored in scores.items()]


def _take_row(condition: str, scored: list[tuple[str, bool, float]]) -> Row:
    names, angry, values = (np.array(column) for column in zip(*scored, strict=True))
    rng = np.random.default_rng(0)
    groups = [np.flatnonzero(names == name) for name in sorted(set(names))]
    drawn = []
    for _ in range(N_RESAMPLINGS):
        index = np.concatenate([rng.choice(group, len(group)) for group in groups])
        drawn.append(float(roc_auc_score(angry[index], values[index])))
    each = ", ".join(f"{roc_auc_score(angry[group], values[group]):.3f}" for group in groups)
    within, over = np.mean(np.abs(values[~angry]) <= TENSE), np.mean(values[angry] > TENSE)
    return {
        "name": f"agitation, zh takes of 10-23 s, {condition}: AUC ({each}; "
        f"neutral within -.4..+.4 {within:.2f}, anger over +.4 {over:.2f})",
        "value": round(float(roc_auc_score(angry, values)), 3),
        "unit": "AUC",
        "n": len(values),
        "interval": spread(drawn, "{:.3f} to {:.3f}"),
        "target": ">= .93",
    }


def _joined(sounds: list[Waveform], take: np.ndarray) -> SoundFeatures:
    return extract(Waveform(np.concatenate([sounds[i].samples for i in take]), decode.RATE_HZ))


def _voice(features: SoundFeatures) -> Voice:
    figures = {m.name: m.value or np.nan for m in measure_voice(features, language="zh")}
    return Voice(hz_to_st(figures["pitch_high"]), figures["hf1000"])


def _placed(features: SoundFeatures, baseline: Baseline | None) -> float:
    figures = {m.name: m.value for m in measure_voice(features, language="zh", baseline=baseline)}
    value = figures["agitation"]
    return np.nan if value is None else value


def _interval(clips: Clips, figure: Callable[[np.ndarray], float]) -> str:
    rng = np.random.default_rng(0)
    groups = [np.flatnonzero(clips.speaker == speaker) for speaker in sorted(set(clips.speaker))]
    drawn = [
        figure(np.concatenate([rng.choice(group, len(group)) for group in groups]))
        for _ in range(clips.n_resamplings)
    ]
    return spread(drawn, "{:.3f} to {:.3f}")


def _noisy(waveform: Waveform, seed: int) -> Waveform:
    """Pink noise added, 10 dB under the power of what is not digital silence."""
    samples = waveform.samples
    bins = np.fft.rfft(np.random.default_rng(seed).standard_normal(len(samples)))
    pink = np.fft.irfft(bins / np.sqrt(np.maximum(np.arange(len(bins)), 1.0)), len(samples))
    level = np.sqrt(np.mean(np.square(samples[samples != 0.0], dtype=np.float64)))
    return Waveform(
        (samples + pink / pink.std() * level * db_to_amplitude(-SNR_DB)).astype(np.float32), waveform.rate_hz
    )


def _quieter(waveform: Waveform) -> Waveform:
    samples = np.rint(waveform.samples * db_to_amplitude(LESS_GAIN_DB) * PCM16) / PCM16
    return Waveform(samples.astype(np.float32), waveform.rate_hz)


def _gain_controlled(waveform: Waveform) -> Waveform:
    """As a microphone's gain control leaves it: the level is followed, fast upwards, and undone."""
    hop = round(GAIN_HOP_S * waveform.rate_hz)
    samples = waveform.samples.astype(np.float64)
    blocks = np.pad(samples, (0, -len(samples) % hop)).reshape(-1, hop)
    followed, envelope = GAIN_TARGET, np.zeros(len(blocks))
    for i, level in enumerate(np.sqrt(np.mean(np.square(blocks), axis=1))):
        time_s = GAIN_ATTACK_S if level > followed else GAIN_RELEASE_S
        followed += (1.0 - np.exp(-GAIN_HOP_S / time_s)) * (level - followed)
        envelope[i] = followed
    gain = np.minimum(GAIN_TARGET / np.maximum(envelope, 1e-6), GAIN_MOST)
    steady = np.interp(np.arange(len(samples)), (np.arange(len(gain)) + 0.5) * hop, gain)
    return Waveform(np.clip(samples * steady, -1.0, 1.0).astype(np.float32), waveform.rate_hz)


def _nuclei_rows(folder: Path, read: Read) -> list[Row]:
    rows = []
    for name, entries in read.items():
        speakers, counts = [], []
        for entry in entries:
            features = extract(decode.load(folder / name / entry["audio"]).waveform)
            rate = measure_nuclei(features, language="zh").value
            if rate is not None:
                speakers.append(entry["audio"][:3])
                counts.append((rate * total_s(features.units()), len(spoken_syllables(entry["text"], "zh"))))
        found, true = np.array(counts).T
        if name == "zh_read":
            groups = [np.flatnonzero(np.array(speakers) == speaker) for speaker in sorted(set(speakers))]
            grouped = np.concatenate(
                [[g[i : i + GROUP] for i in range(0, len(g) - GROUP + 1, GROUP)] for g in groups]
            )
            rows.append(
                _error_row(
                    f"nuclei rate on {name}, {GROUP} utterances together",
                    found[grouped].sum(1),
                    true[grouped].sum(1),
                )
            )
        rows.append(_error_row(f"nuclei rate on {name}", found, true))
    return rows


def _error_row(name: str, found: np.ndarray, true: np.ndarray) -> Row:
    errors = found / true - 1.0
    within = np.mean(np.abs(errors) <= ALARM_RATIO)
    drawn = np.random.default_rng(0).choice(np.abs(errors), (N_RESAMPLINGS, len(errors)))
    return {
        "name": f"{name}: median relative error (bias {np.median(errors):+.3f}, within 20 %: {within:.2f})",
        "value": round(float(np.median(np.abs(errors))), 3),
        "unit": "ratio",
        "n": len(errors),
        "interval": spread(np.median(drawn, axis=1), "{:.3f} to {:.3f}"),
        "target": None,
    }


def _cost_rows(folder: Path, entries: list[Entry]) -> list[Row]:
    """Processor time of pitch and spectrum on two minutes of read speech, all loaded before."""
    samples: list[np.ndarray] = []
    for entry in entries:
        samples.append(decode.load(folder / "zh_read" / entry["audio"]).waveform.samples)
        if sum(map(len, samples)) >= COST_S * decode.RATE_HZ:
            break
    waveform = Waveform(np.concatenate(samples), decode.RATE_HZ)
    found = gate(waveform)
    complete(waveform, found)
    started = time.process_time()
    pitch = pitch_track(waveform, found.speech)
    pitch_s = time.process_time() - started
    spectrum.balance_tracks(waveform, pitch)
    both_s = time.process_time() - started
    row = {"unit": "CPU s / s of sound", "n": 1, "interval": None}
    share = total_s(found.speech) / waveform.duration_s
    return [
        {
            "name": f"pitch and spectrum, {waveform.duration_s:.0f} s of sound, {share:.0%} of it speech",
            "value": round(both_s / waveform.duration_s, 4),
            "target": "<= .011",
            **row,
        },
        {
            "name": "of it the spectrum",
            "value": round((both_s - pitch_s) / waveform.duration_s, 4),
            "target": None,
            **row,
        },
    ]


if __name__ == "__main__":
    given = options(__doc__).parse_args()
    show(measure(needed_corpora(), smallest=given.smallest))
