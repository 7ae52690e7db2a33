"""One call of ``voicecoach practise``: its options become a practice, and its end a summary."""

from __future__ import annotations

import random
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from voicecoach.cli.main import INTERRUPTED
from voicecoach.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from voicecoach.adapters.packs.library import FilePromptLibrary
    from voicecoach.app.practise.judge import LiveJudge
    from voicecoach.app.practise.practice import Practice
    from voicecoach.app.practise.voice import PromptVoice
    from voicecoach.app.score.analyse import Analyser
    from voicecoach.cli.keys import Keyboard
    from voicecoach.cli.practise.face import TerminalFace
    from voicecoach.model.audio import Waveform
    from voicecoach.model.profile import Profile
    from voicecoach.model.speaker_profile import SpeakerProfile
    from voicecoach.model.take import Take
    from voicecoach.ports import Store


def device_of(option: str | None) -> str | int | None:
    """The microphone that ``--device`` names: a number when it is one."""
    return int(option) if option is not None and option.isdigit() else option


class Session:
    """One call of ``practise``."""

    def __init__(  # noqa: PLR0913 - the command's options
        self,
        names: Sequence[str],
        keyboard: Keyboard,
        *,
        alone: bool,
        most: int | None,
        kind: str | None,
        shuffle: bool,
        weakest: bool,
        voice: str | None,
        engine: str,
        noise: tuple[Any, float] | None,
        time_limit_s: float | None,
        think_s: float,
        auto_stop_s: float | None,
        text_only: bool,
        without_score: bool,
        profile: str | None,
        speaker: str | None,
        language: Any,  # noqa: ANN401 - click's choice
        ui: str,
        model: str,
        device: str | None,
        prompts_folder: Path | None,
    ) -> None:
        from voicecoach.cli.practise.face import TerminalFace, readable_ui

        self._ui = readable_ui(ui)
        self._face: TerminalFace = TerminalFace(keyboard, ui=self._ui, with_score=not without_score)
        self._face.note("preparing")
        from voicecoach import wiring
        from voicecoach.adapters.packs.profiles import load_profile
        from voicecoach.app.practise.choice import choose
        from voicecoach.app.practise.practice import PracticeOptions

        self._alone, self._with_score, self._model = alone, not without_score, model
        self._store: Store = wiring.store()
        self._library: FilePromptLibrary = wiring.prompt_library(prompts_folder)
        self._prompts = choose(
            self._library,
            names,
            language=language,
            kind=kind,
            takes=self._store.takes() if weakest else None,
            shuffle=random.Random() if shuffle else None,  # noqa: S311 - an order, no secret
            most=most,
        )
        for one in {profile or prompt.profile for prompt in self._prompts}:
            load_profile(one, language)
        self._wishes = PracticeOptions(language, profile, think_s, auto_stop_s, time_limit_s, text_only)
        self._voice_options = (voice, engine, noise)
        self._device = device_of(device)
        self._calibrated = None if text_only else self._speaker_profile(speaker)

    def run(self) -> int:
        """Practise until the end; returns the exit status."""
        practice = self._practice()
        status = 0
        try:
            if not self._wishes.text_only:
                if self._alone:
                    practice.offer_unfinished(self._library)
                else:
                    self._face.say("other")
            practice.run(self._prompts)
        except KeyboardInterrupt:
            self._face.say("go_on")
            status = INTERRUPTED
        finally:
            self._face.leave()
        self._summary(practice.takes)
        practice.close()
        return status

    def _practice(self) -> Practice:
        from voicecoach import wiring
        from voicecoach.adapters.sound import device_faults
        from voicecoach.adapters.sound.take_file import recover
        from voicecoach.app.practise.answer import Limits
        from voicecoach.app.practise.practice import Practice
        from voicecoach.app.practise.take import TakeMaker
        from voicecoach.report.json_report import assessment_to_json

        judge = self._judge()
        calibrated = self._calibrated
        maker = TakeMaker(
            self._store,
            wiring.microphone(self._device),
            judge,
            self._face,
            language=self._wishes.language,
            to_document=partial(assessment_to_json, ui="en" if self._ui == "en" else "zh"),
            silent=device_faults.silent,
            recover=recover,
            speaker_profile=calibrated.name if calibrated else "",
            path_latency_s=(calibrated.latency_s or 0.0) if calibrated else 0.0,
        )
        wishes = self._wishes
        return Practice(
            maker,
            judge,
            self._store,
            self._face,
            voice=self._voice(),
            open_player=wiring.loudspeaker,
            limits=lambda prompt: Limits(prompt.target_s, wishes.auto_stop_s, wishes.time_limit_s),
            wishes=wishes,
        )

    def _judge(self) -> LiveJudge:
        """The judge; for spoken answers the recogniser's weights are found, not loaded, at once."""
        from voicecoach import wiring
        from voicecoach.adapters.packs.profiles import load_profile
        from voicecoach.app.practise.judge import LiveJudge

        @cache
        def parts() -> tuple[Analyser, Any]:
            return wiring.live_parts(self._model)

        @cache
        def profiles(name: str) -> Profile:
            return load_profile(name, language)

        language = self._wishes.language
        if not self._wishes.text_only:
            parts()
        return LiveJudge(
            parts,
            wiring.rubric_engine,
            language=language,
            profiles=profiles,
            with_total=self._with_score,
            baseline=self._calibrated.baseline() if self._calibrated else None,
            provenance=wiring.rubric_provenance(),
            load=lambda: parts()[1].load(),  # noqa: PLW0108 - found when it is needed
        )

    def _voice(self) -> PromptVoice | None:
        """Who reads aloud; None when nobody can, which is told."""
        from voicecoach import wiring
        from voicecoach.app.practise.voice import PromptVoice

        voice, wanted, noise = self._voice_options
        engine, _ = wiring.choose_engine(self._wishes.language, wanted=wanted, voice=voice)
        try:
            speaker = wiring.speaker(engine)
        except EngineError as exc:
            self._face.tell(exc)
            self._face.say("no_engine")
            return None
        return PromptVoice(
            speaker, voice=voice, known=wiring.neural_voices(), noise=_bed(noise) if noise else None
        )

    def _speaker_profile(self, wanted: str | None) -> SpeakerProfile | None:
        """The calibrated voice of this microphone, or that asked for; what is odd about it is told."""
        from voicecoach import wiring
        from voicecoach.app.setup.calibrate import chosen_profile

        shelf = wiring.speaker_profiles()
        if wanted is None and not shelf.names():
            return None
        found, warning = chosen_profile(
            shelf, wanted, _input_name(self._device), language=self._wishes.language
        )
        if warning is not None:
            self._face.line(warning[self._ui])
        return found

    def _summary(self, takes: Sequence[Take]) -> None:
        """How the session was, in a few lines."""
        if not takes:
            return
        totals = [(take.total, take) for take in takes if take.total is not None]
        self._face.line("")
        words = [self._face.word("summary", n=len(takes))]
        if totals and self._with_score:
            words.append(self._face.word("average", mean=sum(total for total, _ in totals) / len(totals)))
        self._face.line(" · ".join(words))
        if len(totals) > 1 and self._with_score:
            total, best = max(totals, key=lambda found: found[0])
            self._face.say("best", prompt=best.prompt_id, total=total)
        missed = weakest_point(takes)
        if missed is not None:
            prompt_id, point_id, n = missed
            self._face.say("weakest", prompt=prompt_id, point=self._label(prompt_id, point_id), n=n)
        self._face.say("review")

    def _label(self, prompt_id: str, point_id: str) -> str:
        points = [
            point for prompt in self._library.prompts() if prompt.id == prompt_id for point in prompt.points
        ]
        for point in points:
            if point.id == point_id:
                return point.label.get(self._ui) or point_id
        return point_id


def weakest_point(takes: Sequence[Take]) -> tuple[str, str, int] | None:
    """Prompt and point that was missed most often in ``takes``, and how often; None when none was."""
    from collections import Counter

    from voicecoach.model.take import point_rows

    missed = Counter(
        (row.prompt_id, row.point_id)
        for take in takes
        for row in point_rows(take)
        if row.state == "not_heard"
    )
    if not missed:
        return None
    (prompt_id, point_id), n = missed.most_common(1)[0]
    return prompt_id, point_id, n


def _input_name(device: str | int | None) -> str | None:
    """The name of the microphone that will be opened; None when it cannot be told."""
    from voicecoach.adapters.sound import devices
    from voicecoach.errors import DeviceError

    try:
        with devices.quiet():
            return str(devices.found(devices.sounddevice(), device, "input")["name"])
    except DeviceError:  # told when it is to be used
        return None


def _bed(noise: tuple[Any, float]) -> Callable[[Waveform], Waveform]:
    """What makes the noise that fits a voice."""
    from voicecoach import wiring
    from voicecoach.features.noise import at_snr

    kind, snr_db = noise
    return lambda voice: at_snr(wiring.noise_bed(kind, voice.rate_hz), voice, snr_db)
