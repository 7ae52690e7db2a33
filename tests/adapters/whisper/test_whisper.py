"""The recogniser: chunks and options without its weights, then the real one on sound whose truth is known."""

from __future__ import annotations

import inspect
import threading
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from span_lists import spans
from transcriber_contract import RATE_HZ

from voicecoach.adapters.whisper.options import OPTIONS
from voicecoach.adapters.whisper.transcriber import WhisperTranscriber
from voicecoach.adapters.whisper.weights import Model
from voicecoach.errors import EngineError
from voicecoach.model.audio import Span, Waveform

if TYPE_CHECKING:
    from collections.abc import Sequence


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
        self.languages: list[dict[str, float]] = []
        self.fillers: dict[str, float] = {}
        self.last_speech_timestamp = 99.0
        self.model = SimpleNamespace(
            for_one_call=lambda: SimpleNamespace(heard=[]),
            first_fillers=lambda sounds: [self.fillers for _ in sounds],
        )
        self.at_once = 0

    def transcribe(self, stretch: Any, **options: Any) -> tuple[list[Any], None]:
        self.at_once += 1
        assert self.at_once == 1
        assert self.last_speech_timestamp == 0.0
        self.last_speech_timestamp = 99.0
        self.calls.append({"n": len(stretch), **options})
        answer = self.script.pop(0)
        if self.languages:
            self.model.heard += [self.languages.pop(0) for _ in options["clip_timestamps"]]
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
    transcriber, _ = scripted([loop], [loop], [loop])
    found = transcriber.transcribe(silence(3), language="zh", speech=spans((0.0, 2.0)))
    assert found.words == ()
    assert [word.text for word in found.dropped] == ["谢谢谢谢"] * 3
    assert found.unheard == tuple(spans((0.0, 2.0)))


def test_invented_credits_do_not_take_the_true_words_along() -> None:
    mixed = Heard(
        [("我来", 0.0, 0.5), ("查。", 0.5, 1.0), ("谢谢", 1.0, 1.5), ("观看", 1.5, 2.0)], avg_logprob=-0.5
    )
    transcriber, _ = scripted([mixed], [], [])
    found = transcriber.transcribe(silence(3), language="zh", speech=spans((0.0, 2.0)))
    assert found.text == "我来查。"
    assert [(word.text, word.span) for word in found.dropped] == [("谢谢观看", Span(1.0, 2.0))]


def test_a_segment_without_words_is_no_trouble() -> None:
    transcriber, _ = scripted([Heard([])])
    assert transcriber.transcribe(silence(1), language="zh", speech=spans((0.0, 0.5))).text == ""


def test_every_window_is_asked_for_its_language_and_weighs_by_its_length() -> None:
    transcriber, pipeline = scripted([Heard([("好", 0.3, 0.6)])], [Heard([("好", 0.3, 1.0)])])
    transcriber._threads = 1
    pipeline.languages = [{"zh": 0.2, "en": 0.8}, {"zh": 0.9, "en": 0.1}]
    found = transcriber.transcribe(silence(60), language="zh", speech=spans((1.0, 1.5), (30.0, 31.0)))
    assert found.heard_language is not None
    code, sure = found.heard_language
    assert code == "zh"
    assert sure == pytest.approx((0.2 * 0.9 + 0.9 * 1.4) / 2.3)


def test_words_heard_ahead_bring_their_language_along() -> None:
    transcriber, pipeline = scripted([Heard([("好", 0.0, 0.5)])])
    pipeline.languages = [{"zh": 0.1, "ja": 0.6, "ko": 0.3}]
    speech = spans((0.0, 0.9))
    ahead = transcriber.listen(silence(1), Span(0.0, 1.0), language="zh")
    found = transcriber.transcribe(silence(1), language="zh", speech=speech, listened=[ahead])
    assert found.heard_language is not None
    assert found.heard_language[0] == "ja"
    assert found.heard_language[1] == pytest.approx(0.9)


def test_a_second_listening_is_told_with_its_place() -> None:
    first, second = Heard([("我", 0.0, 0.3), ("好", 3.0, 3.3)]), Heard([("先查", 0.5, 1.2)])
    transcriber, _ = scripted([first], [second], [])
    found = transcriber.transcribe(silence(4), language="zh", speech=spans((0.0, 3.3)))
    assert found.heard_again == (Span(0.3, 3.0),)


def test_what_a_second_listening_leaves_open_is_heard_a_third_time_in_shorter_pieces() -> None:
    first = Heard([("请稍等", 0.0, 0.9)])
    second, third = Heard([("请稍等", 0.3, 1.2)]), Heard([("请稍等", 0.3, 1.2)])
    transcriber, pipeline = scripted([first], [second], [third])
    found = transcriber.transcribe(
        silence(4), language="zh", speech=spans((0.0, 0.9), (1.1, 2.0), (2.2, 3.1))
    )
    assert found.text == "请稍等请稍等请稍等"
    assert len(pipeline.calls) == 3
    assert found.heard_again == (Span(1.1, 2.0), Span(2.2, 3.1))


def test_another_language_is_not_listened_to_a_third_time() -> None:
    transcriber, pipeline = scripted([Heard([("好", 0.0, 0.3)])], [Heard([])])
    pipeline.languages = [{"zh": 0.1, "de": 0.9}]
    transcriber.transcribe(silence(4), language="zh", speech=spans((0.0, 3.1)))
    assert len(pipeline.calls) == 2


def test_a_loop_inside_a_kept_segment_is_cut_out() -> None:
    looped = Heard([("我查。", 0.0, 0.9), *[("嗨,", 1.0 + k * 0.1, 1.1 + k * 0.1) for k in range(17)]])
    transcriber, _ = scripted([looped], [], [])
    found = transcriber.transcribe(silence(3), language="zh", speech=spans((0.0, 2.7)))
    assert found.text == "我查。"
    assert [word.text for word in found.dropped] == ["嗨," * 17]
    assert found.unheard == (Span(0.9, 2.7),)


@pytest.mark.parametrize(("probability", "n"), [(0.05, 0), (0.3, 2)])
def test_a_filler_heard_at_an_onset_is_kept_apart_from_the_words(probability: float, n: int) -> None:
    transcriber, pipeline = scripted([Heard([("我", 0.0, 0.5), ("好", 1.0, 1.5)])])
    pipeline.fillers = {"啊": probability / 2, "嗯": probability, "呃": 0.0}
    found = transcriber.transcribe(silence(3), language="zh", speech=spans((0.0, 0.5), (1.0, 1.5)))
    assert found.text == "我好"
    assert [(word.text, word.span) for word in found.hesitations] == [
        ("嗯", Span(0.0, 0.2)),
        ("嗯", Span(1.0, 1.2)),
    ][:n]


def test_english_onsets_are_not_asked() -> None:
    transcriber, pipeline = scripted([Heard([(" I", 0.0, 0.5)])])
    pipeline.fillers = {"嗯": 0.9}
    assert transcriber.transcribe(silence(3), language="en", speech=spans((0.0, 0.5))).hesitations == ()


def test_a_failing_engine_is_told_with_the_place() -> None:
    transcriber, _ = scripted(RuntimeError("out of memory"))
    with pytest.raises(
        EngineError, match=r"failed between 4.8 and 6.2 s: out of memory \(try again, or a sm"
    ):
        transcriber.transcribe(silence(9), language="zh", speech=spans((5.0, 6.0)))


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
