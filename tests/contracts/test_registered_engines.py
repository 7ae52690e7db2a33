"""The contracts, run on engines as the registry opens them: the door for engines of other packages.

Everything that is registered is run, the engines of other packages as well; ``--recogniser NAME[:MODEL]``,
``--voice-engine NAME``, ``--sentence-encoder NAME`` and ``--batch-engine NAME`` choose one (docs/engines.md).
The batch engines of the house have the same suite beside their own tests and are run here only when named.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from batch_engine_contract import BatchEngineContract
from sentence_encoder_contract import SentenceEncoderContract
from speaker_contract import SpeakerContract
from transcriber_contract import RATE_HZ, Spoken, TranscriberContract

from voicecoach import wiring
from voicecoach.audio import decode
from voicecoach.features import extract
from voicecoach.model.audio import Span, Waveform
from voicecoach.wiring import engines

if TYPE_CHECKING:
    from voicecoach.model.job import Setup
    from voicecoach.ports import EncoderEngine, Recogniser, Speaker
    from voicecoach.ports.batch import BatchEngine

RECORDING = Path(__file__).parents[2] / "audio_fixtures" / "late_delivery_good.flac"
SENTENCES_END_S = 8.0
"""The contract asks for several runs: the first sentences are enough."""
OF_THE_HOUSE = {"pool", "ray"}
PORTS: dict[str, engines.Port] = {
    "recogniser_name": "recogniser",
    "voice_engine_name": "voice",
    "encoder_name": "sentence-encoder",
    "batch_engine_name": "batch",
}
OPTIONS = {
    "recogniser_name": "--recogniser",
    "voice_engine_name": "--voice-engine",
    "encoder_name": "--sentence-encoder",
    "batch_engine_name": "--batch-engine",
}

pytestmark = pytest.mark.weights


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One class of tests an engine: those named on the command line, else all that are registered."""
    asked = any(metafunc.config.getoption(option) for option in OPTIONS.values())
    for fixture, option in OPTIONS.items():
        if fixture in metafunc.fixturenames:
            named = metafunc.config.getoption(option)
            every = [name for name in engines.names(PORTS[fixture]) if name not in OF_THE_HOUSE]
            metafunc.parametrize(fixture, [named] if named else [] if asked else every, scope="class")


class TestRecogniser(TranscriberContract):
    @pytest.fixture(scope="class")
    @classmethod
    def transcriber(cls, recogniser_name: str) -> Recogniser:
        return wiring.recogniser(recogniser_name)

    @pytest.fixture(scope="class")
    @classmethod
    def spoken(cls) -> Spoken:
        whole = decode.load(RECORDING).waveform
        speech = extract.gate(whole).speech
        end_s = next(span.end_s for span in speech if span.end_s > SENTENCES_END_S)
        samples = whole.cut(Span(0.0, end_s + 0.5)).copy()
        return Spoken(Waveform(samples, RATE_HZ), "zh", tuple(span for span in speech if span.end_s <= end_s))

    def test_it_loads_twice_as_well_as_once(self, transcriber: Recogniser) -> None:
        transcriber.load()
        transcriber.load()

    def test_its_identity_is_a_text_that_stays(self, transcriber: Recogniser, recogniser_name: str) -> None:
        assert transcriber.identity().strip()
        assert wiring.recogniser(recogniser_name).identity() == transcriber.identity()

    def test_it_describes_its_weights_in_one_line(self, transcriber: Recogniser) -> None:
        assert transcriber.describe().strip()
        assert len(transcriber.describe().splitlines()) == 1

    def test_its_weights_have_a_size(self, transcriber: Recogniser) -> None:
        assert transcriber.size_mb() > 0

    def test_stretches_heard_ahead_are_not_heard_again(self, transcriber: Recogniser, spoken: Spoken) -> None:
        chunk = Span(spoken.speech[0].start_s, spoken.speech[0].end_s)
        part = transcriber.listen(spoken.waveform, chunk, language=spoken.language)
        ahead = transcriber.transcribe(
            spoken.waveform, language=spoken.language, speech=spoken.speech[:1], listened=[part]
        )
        assert ahead.words
        assert all(word.span.start_s < chunk.end_s for word in ahead.words)


class TestVoiceEngine(SpeakerContract):
    @pytest.fixture(scope="class")
    @classmethod
    def speaker(cls, voice_engine_name: str) -> Speaker:
        engine: Speaker = engines.factory("voice", voice_engine_name)()
        return engine


class TestSentenceEncoder(SentenceEncoderContract):
    @pytest.fixture(scope="class")
    @classmethod
    def encoder(cls, encoder_name: str) -> EncoderEngine:
        return wiring.sentence_encoder(encoder_name)

    def test_its_identity_can_name_a_file(self, encoder: EncoderEngine) -> None:
        assert encoder.identity().strip()
        assert not set("/\\:\0") & set(encoder.identity())

    def test_it_can_be_loaded_ahead(self, encoder: EncoderEngine) -> None:
        encoder.preload().join()
        assert encoder.encode(["您好"]).shape[0] == 1


class TestBatchEngine(BatchEngineContract):
    name: str

    @pytest.fixture(autouse=True)
    def named(self, batch_engine_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.name = batch_engine_name
        monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1] / "support" / "fakes"))

    def engine(self, setup: Setup, *, workers: int, file_timeout_s: float | None = None) -> Any:
        engine: BatchEngine = wiring.batch_engine(
            self.name, setup, workers=workers, file_timeout_s=file_timeout_s
        )
        return engine
