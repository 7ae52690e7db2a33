"""The recogniser: chunks and options without its weights, then the real one on sound whose truth is known."""

from __future__ import annotations

import inspect
import json
import threading
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from transcriber_contract import RATE_HZ, Spoken, TranscriberContract

from voicecoach.adapters.whisper.chunks import (
    CHUNK_LONGEST_S,
    CHUNK_MARGIN_S,
    CHUNK_SPLIT_PAUSE_S,
    equal_pieces,
    pack,
)
from voicecoach.adapters.whisper.options import OPTIONS
from voicecoach.adapters.whisper.transcriber import WhisperTranscriber, in_other_script
from voicecoach.adapters.whisper.weights import Model, resolve
from voicecoach.audio import decode
from voicecoach.errors import EngineError
from voicecoach.features import extract
from voicecoach.metrics.recognition import character_error_rate
from voicecoach.model.audio import Span, Waveform
from voicecoach.model.spans import gaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.model.transcript import Language

TOLERANCE_S = 1e-9
FIXTURES = Path(__file__).parents[3] / "audio_fixtures"
CHARACTER_ERROR_HIGHEST = 0.10
"""Share of characters, punctuation left out, on the project's own clear synthetic voices."""


def spans(*edges: tuple[float, float]) -> list[Span]:
    return [Span(*pair) for pair in edges]


@st.composite
def speech_spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """Ordered spans of up to 90 s, gaps of up to 10 s."""
    cursor_s, found = 0.0, []
    for _ in range(draw(st.integers(0, 12))):
        cursor_s += draw(st.floats(0.0, 10.0))
        length_s = draw(st.floats(0.0, 5.0) | st.floats(5.0, 90.0))
        found.append(Span(cursor_s, cursor_s + length_s))
        cursor_s += length_s
    return tuple(found)


@pytest.mark.parametrize(
    ("speech", "duration_s", "wanted"),
    [
        ([], 10.0, []),
        ([(1, 2)], 10.0, [(0.8, 2.2)]),
        ([(0, 10)], 10.0, [(0, 10)]),
        ([(1, 2), (4, 5)], 10.0, [(0.8, 5.2)]),
        ([(1, 2), (5.5, 6)], 10.0, [(0.8, 2.2), (5.3, 6.2)]),  # a long silence parts
        ([(0, 20), (20.1, 30)], 30.0, [(0, 20.05), (20.05, 30)]),  # a short one is shared out
        ([(0, 56)], 60.0, [(0, 28), (28, 56.2)]),
        ([(0, 28), (28, 30)], 30.0, [(0, 28), (28, 30)]),
        ([(1, 2), (9, 12)], 10.0, [(0.8, 2.2), (8.8, 10)]),  # beyond the end of the recording
        ([(1, 2), (11, 12), (3, 3)], 10.0, [(0.8, 2.2)]),
    ],
)
def test_pack_closed_form(
    speech: list[tuple[float, float]], duration_s: float, wanted: list[tuple[float, float]]
) -> None:
    found = pack(spans(*speech), duration_s=duration_s)
    assert [(round(c.start_s, 6), round(c.end_s, 6)) for c in found] == wanted


@settings(max_examples=60)
@example((Span(0.0, 84.0),), 0.0)
@given(speech_spans(), st.floats(-5.0, 5.0))
def test_chunks_cover_all_speech_never_overlap_and_are_never_too_long(
    speech: tuple[Span, ...], after_s: float
) -> None:
    duration_s = max(0.0, (speech[-1].end_s if speech else 0.0) + after_s)
    chunks = list(pack(speech, duration_s=duration_s))
    for chunk in chunks:
        assert 0.0 < chunk.duration_s <= CHUNK_LONGEST_S + 2 * CHUNK_MARGIN_S + TOLERANCE_S
        assert chunk.end_s <= duration_s
    assert all(before.end_s <= after.start_s for before, after in pairwise(chunks))
    for heard in speech:
        within_s = max(0.0, min(heard.end_s, duration_s) - heard.start_s)
        assert sum(heard.overlap_s(chunk) for chunk in chunks) == pytest.approx(within_s, abs=1e-6)


@settings(max_examples=40)
@given(speech_spans())
def test_a_chunk_holds_no_long_silence(speech: tuple[Span, ...]) -> None:
    heard = [span for span in speech if span.duration_s > 0]
    for chunk in pack(speech, duration_s=1e4):
        inside = [span for span in heard if span.overlap_s(chunk) > TOLERANCE_S]
        assert all(gap.duration_s <= CHUNK_SPLIT_PAUSE_S for gap in gaps(inside))


@settings(max_examples=30)
@given(speech_spans(), st.floats(1.0, 28.0))
def test_shorter_chunks_can_be_asked_for(speech: tuple[Span, ...], longest_s: float) -> None:
    for chunk in pack(speech, duration_s=1e4, longest_s=longest_s):
        assert chunk.duration_s <= longest_s + 2 * CHUNK_MARGIN_S + TOLERANCE_S


def test_every_option_of_the_engine_is_passed_explicitly() -> None:
    from faster_whisper import BatchedInferencePipeline

    asked = set(inspect.signature(BatchedInferencePipeline.transcribe).parameters)
    assert asked - {"self", "audio", "language", "clip_timestamps"} == set(OPTIONS)


def test_no_prompt_is_given() -> None:
    assert [OPTIONS[name] for name in ("initial_prompt", "prefix", "hotwords")] == [None] * 3


@dataclass
class Heard:
    """What one call of the scripted engine is to give: words in seconds of its stretch."""

    words: Sequence[tuple[str, float, float]]
    avg_logprob: float = -0.1
    no_speech_prob: float = 0.0
    compression_ratio: float = 1.0


class ScriptedPipeline:
    """Stands where the engine's pipeline stands, and gives the next segments of the script."""

    def __init__(self, *script: Sequence[Heard] | Exception) -> None:
        self.script = list(script)
        self.calls: list[dict[str, Any]] = []
        self.last_speech_timestamp = 99.0
        self.model = SimpleNamespace(detect_language=self._language)
        self.at_once = 0

    def transcribe(self, stretch: Any, **options: Any) -> tuple[list[Any], None]:
        self.at_once += 1
        assert self.at_once == 1
        assert self.last_speech_timestamp == 0.0
        self.last_speech_timestamp = 99.0
        self.calls.append({"n": len(stretch), **options})
        answer = self.script.pop(0)
        threading.Event().wait(0.005)  # long enough for another thread to come in
        self.at_once -= 1
        if isinstance(answer, Exception):
            raise answer
        return [
            SimpleNamespace(
                words=[
                    SimpleNamespace(word=text, start=start_s, end=end_s, probability=0.9)
                    for text, start_s, end_s in segment.words
                ],
                avg_logprob=segment.avg_logprob,
                no_speech_prob=segment.no_speech_prob,
                compression_ratio=segment.compression_ratio,
            )
            for segment in answer
        ], None

    def _language(self, *, audio: Any) -> tuple[str, float, None]:
        if not len(audio):
            raise RuntimeError("nothing to hear")
        return "en", 0.9, None


def scripted(*script: Sequence[Heard] | Exception) -> tuple[WhisperTranscriber, ScriptedPipeline]:
    transcriber = WhisperTranscriber(Model("none", Path("nowhere"), "0" * 64))
    pipeline = ScriptedPipeline(*script)
    transcriber._pipeline = pipeline
    transcriber._to_simplified = lambda text: text.replace("單", "单")
    return transcriber, pipeline


def silence(length_s: float) -> Waveform:
    return Waveform(np.zeros(round(length_s * RATE_HZ), np.float32), RATE_HZ)


def test_times_are_put_back_and_text_is_simplified() -> None:
    transcriber, pipeline = scripted([Heard([("訂單", 0.3, 0.6), ("查到", 0.6, 0.9)])])
    found = transcriber.transcribe(silence(30), language="zh", speech=spans((20.0, 20.9)))
    assert [(w.text, round(w.span.start_s, 6), round(w.span.end_s, 6)) for w in found.words] == [
        ("訂单", 20.1, 20.4),
        ("查到", 20.4, 20.7),
    ]
    (call,) = pipeline.calls
    assert call["n"] == pytest.approx(1.3 * RATE_HZ, abs=1)
    assert call["clip_timestamps"] == [{"start": 0.0, "end": pytest.approx(1.3)}]
    assert {name: call[name] for name in OPTIONS} == OPTIONS


def test_english_is_left_as_it_is() -> None:
    transcriber, _ = scripted([Heard([(" 單", 0.2, 0.5)])])
    assert transcriber.transcribe(silence(3), language="en", speech=spans((0.2, 0.6))).text == "單"


def test_a_skipped_clause_is_heard_again_and_filled_in() -> None:
    first = Heard([("我", 0.0, 0.3), ("好", 3.0, 3.3)])
    second = Heard(
        [("我", 0.0, 0.15), ("先查", 0.5, 1.2), ("订单", 1.2, 2.0), ("看看", 2.0, 2.5), ("好", 2.6, 3.1)]
    )
    transcriber, pipeline = scripted([first], [second])
    found = transcriber.transcribe(silence(4), language="zh", speech=spans((0.0, 3.3)))
    assert found.text == "我先查订单看看好"
    assert len(pipeline.calls) == 2
    assert found.unheard == ()


def test_invented_text_is_kept_apart_and_its_speech_is_unheard() -> None:
    loop = Heard([("谢谢", 0.0, 1.0), ("谢谢", 1.0, 2.0)], compression_ratio=3.0)
    transcriber, _ = scripted([loop], [loop])
    found = transcriber.transcribe(silence(3), language="zh", speech=spans((0.0, 2.0)))
    assert found.words == ()
    assert [word.text for word in found.dropped] == ["谢谢谢谢"] * 2
    assert found.unheard == tuple(spans((0.0, 2.0)))


def test_invented_credits_do_not_take_the_true_words_along() -> None:
    mixed = Heard(
        [("我来", 0.0, 0.5), ("查。", 0.5, 1.0), ("谢谢", 1.0, 1.5), ("观看", 1.5, 2.0)], avg_logprob=-0.5
    )
    transcriber, _ = scripted([mixed], [])
    found = transcriber.transcribe(silence(3), language="zh", speech=spans((0.0, 2.0)))
    assert found.text == "我来查。"
    assert [(word.text, word.span) for word in found.dropped] == [("谢谢观看", Span(1.0, 2.0))]


def test_a_segment_without_words_is_no_trouble() -> None:
    transcriber, _ = scripted([Heard([])])
    assert transcriber.transcribe(silence(1), language="zh", speech=spans((0.0, 0.5))).text == ""


def test_the_language_is_asked_for_only_when_the_words_are_uncertain() -> None:
    certain, uncertain = Heard([("好", 0.0, 0.5)], -0.7), Heard([("好", 0.0, 0.5)], -0.71)
    transcriber, _ = scripted([certain], [uncertain])
    speech = spans((0.0, 0.5))
    assert transcriber.transcribe(silence(1), language="zh", speech=speech).heard_language is None
    assert transcriber.transcribe(silence(1), language="zh", speech=speech).heard_language == ("en", 0.9)


def test_a_failing_engine_is_told_with_the_place() -> None:
    transcriber, _ = scripted(RuntimeError("out of memory"))
    with pytest.raises(
        EngineError, match=r"failed between 4.8 and 6.2 s: out of memory \(try again, or a sm"
    ):
        transcriber.transcribe(silence(9), language="zh", speech=spans((5.0, 6.0)))


def test_the_language_of_nothing_is_a_fault_of_the_caller() -> None:
    transcriber, _ = scripted()
    with pytest.raises(ValueError, match="no speech whose language could be told"):
        transcriber.spoken_language(silence(1), speech=())


def test_an_engine_that_cannot_tell_the_language_says_so() -> None:
    transcriber, pipeline = scripted()
    pipeline.model.detect_language = lambda **_: (_ for _ in ()).throw(RuntimeError("English only"))
    with pytest.raises(EngineError, match=r"cannot tell the language: English only \(choose a multilingual"):
        transcriber.spoken_language(silence(1), speech=spans((0.0, 0.5)))


def test_threads_load_once_and_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[int] = []
    script = [[Heard([("好", 0.0, 0.3)])]] * 8
    transcriber, pipeline = scripted(*script)
    transcriber._pipeline = None

    def slow(_self: WhisperTranscriber) -> ScriptedPipeline:
        loads.append(1)
        threading.Event().wait(0.05)
        return pipeline

    monkeypatch.setattr(WhisperTranscriber, "_loaded", slow)
    texts: list[str] = []

    def work() -> None:
        found = transcriber.transcribe(silence(1), language="zh", speech=spans((0.0, 0.3)))
        texts.append(found.text)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert texts == ["好"] * 8
    assert loads == [1]


@pytest.mark.parametrize(
    ("device", "compute_type", "wanted"),
    [
        ("cpu", "default", ("cpu", "int8")),
        ("cuda", "default", ("cuda", "float16")),
        ("cpu", "float32", ("cpu", "float32")),
    ],
)
def test_open_choices_are_settled(device: str, compute_type: str, wanted: tuple[str, str]) -> None:
    model = Model("none", Path("nowhere"), "0" * 64)
    transcriber = WhisperTranscriber(model, device=device, compute_type=compute_type)
    assert transcriber._engine() == wanted
    assert transcriber.provenance().options["compute_type"] == wanted[1]


def test_a_folder_that_is_no_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"the recogniser cannot load .*voicecoach models verify"):
        WhisperTranscriber(Model("broken", tmp_path, "0" * 64)).load()


# ---- the real one


@pytest.fixture(scope="module")
def real() -> WhisperTranscriber:
    return WhisperTranscriber(resolve("base"))


@pytest.fixture(scope="module")
def recording() -> Spoken:
    return recorded("late_delivery_good.flac")


def recorded(name: str) -> Spoken:
    waveform = decode.load(FIXTURES / name).waveform
    return Spoken(waveform, "zh", extract.gate(waveform).speech)


def bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


@pytest.mark.weights
class TestWhisperTranscriber(TranscriberContract):
    @pytest.fixture(scope="class")
    @classmethod
    def transcriber(cls, real: WhisperTranscriber) -> WhisperTranscriber:
        return real

    @pytest.fixture(scope="class")
    @classmethod
    def spoken(cls, recording: Spoken) -> Spoken:
        """Its first sentences: the contract asks for several runs."""
        end_s = next(s.end_s for s in recording.speech if s.end_s > 8.0)
        speech = tuple(s for s in recording.speech if s.end_s <= end_s)
        return Spoken(Waveform(recording.waveform.cut(Span(0.0, end_s + 0.5)).copy(), RATE_HZ), "zh", speech)


def sound_without_speech(kind: str) -> Waveform:
    """Five seconds, about -20 dBFS but for the digital silence."""
    time_s = np.arange(5 * RATE_HZ) / RATE_HZ
    notes_hz = np.array([262, 330, 392, 523, 392, 330, 262, 196, 220, 262])[(time_s * 2).astype(int)]
    partials = np.array([np.sin(2 * np.pi * k * notes_hz * time_s) / k for k in range(1, 5)])
    sounds = {
        "silence": np.zeros(len(time_s)),
        "noise": 0.1 * np.random.default_rng(7).standard_normal(len(time_s)),
        "hum": 0.1 * np.sin(2 * np.pi * 50 * time_s),
        "melody": 0.1 * partials.sum(axis=0) * np.exp(-3 * (time_s % 0.5)),
    }
    return Waveform(sounds[kind].astype(np.float32), RATE_HZ)


@pytest.mark.weights
@pytest.mark.parametrize("kind", ["silence", "noise", "hum", "melody"])
def test_sound_without_speech_gives_no_text_even_where_speech_is_claimed(
    real: WhisperTranscriber, kind: str
) -> None:
    found = real.transcribe(sound_without_speech(kind), language="zh", speech=spans((0.0, 5.0)))
    assert (bare(found.text), found.unheard) == ("", tuple(spans((0.0, 5.0))))


@pytest.mark.weights
def test_a_recording_is_recognised_in_simplified_characters(
    real: WhisperTranscriber, recording: Spoken
) -> None:
    truth = json.loads((FIXTURES / "late_delivery_good.json").read_text("utf-8"))
    found = real.transcribe(recording.waveform, language="zh", speech=recording.speech)
    wanted, heard = bare(truth["text"]), bare(found.text)
    assert character_error_rate(heard, wanted) <= CHARACTER_ERROR_HIGHEST, found.text
    assert not set(found.text) & set("個們這說為單導訴過還點應該對問題處")
    assert found.dropped == ()
    assert real.spoken_language(recording.waveform, speech=recording.speech)[0] == "zh"


@pytest.mark.weights
def test_two_threads_at_once_get_what_one_gets(recording: Spoken) -> None:
    sentence = Spoken(
        Waveform(recording.waveform.cut(Span(0.0, 6.0)).copy(), RATE_HZ), "zh",
        tuple(s for s in recording.speech if s.end_s <= 6.0),
    )  # fmt: skip
    fresh = WhisperTranscriber(resolve("base"))
    found: list[object] = []

    def work() -> None:
        found.append(fresh.transcribe(sentence.waveform, language="zh", speech=sentence.speech))

    threads = [threading.Thread(target=fresh.load), *(threading.Thread(target=work) for _ in range(2))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [fresh.transcribe(sentence.waveform, language="zh", speech=sentence.speech)] * 2


@pytest.mark.weights
def test_a_damaged_tokenizer_is_told(tmp_path: Path) -> None:
    whole = resolve("base").folder
    for path in whole.iterdir():
        if path.name != "tokenizer.json":
            (tmp_path / path.name).symlink_to(path)
    (tmp_path / "tokenizer.json").write_text("{")
    with pytest.raises(EngineError, match="the recogniser cannot load"):
        WhisperTranscriber(Model("broken", tmp_path, "0" * 64)).load()


@pytest.mark.parametrize(
    ("text", "language", "other"),
    [
        ("first i would calm him down", "zh", True),
        ("我先看一下APP里的订单", "zh", False),
        ("我先安抚客户", "en", True),
        ("I would apologise first", "en", False),
        ("12315", "zh", False),
        ("", "zh", False),
    ],
)
def test_the_other_script_is_seen(text: str, language: Language, other: bool) -> None:
    assert in_other_script(text, language) is other


@pytest.mark.parametrize(("length_s", "n_pieces"), [(0.5, 1), (28.4, 1), (28.5, 2), (60.0, 3)])
def test_a_stretch_is_heard_in_the_fewest_equal_pieces(length_s: float, n_pieces: int) -> None:
    chunk = Span(1.0, 1.0 + length_s)
    pieces = equal_pieces(chunk)
    assert [piece.duration_s for piece in pieces] == pytest.approx([length_s / n_pieces] * n_pieces)
    assert (pieces[0].start_s, pieces[-1].end_s) == (chunk.start_s, chunk.end_s)
    assert gaps(pieces) == ()


@pytest.mark.weights
def test_neither_threads_nor_listening_ahead_change_the_text() -> None:
    sound = decode.load(FIXTURES / "late_delivery_good.flac").waveform
    speech = extract.gate(sound).speech
    one = WhisperTranscriber(resolve("base"), threads=1)
    plain = one.transcribe(sound, language="zh", speech=speech)
    first, *others = pack(speech, duration_s=sound.duration_s)
    assert others
    ahead = one.listen(sound, first, language="zh")
    assert one.transcribe(sound, language="zh", speech=speech, listened=[ahead]).words == plain.words
    two = WhisperTranscriber(resolve("base"), threads=2)
    assert two.transcribe(sound, language="zh", speech=speech).words == plain.words
