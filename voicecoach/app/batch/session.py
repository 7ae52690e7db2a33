"""One batch from the asking to the report: plan, do what is missing, write the tables.

Whoever asks (a terminal, a page) fills a :class:`BatchRequest`, gets a session for it from
``wiring.batch.batch_session``, and is told how far it is through a ``ports.progress.Progress``. The same
request goes on where it was broken off.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from voicecoach.app.batch.failures import FailureWords
from voicecoach.app.batch.left_out import told_left_out
from voicecoach.app.batch.masked import MASK_VERSION, Masking
from voicecoach.app.batch.plan import Options, Planner, digest_of
from voicecoach.app.batch.results import counted, results_of
from voicecoach.app.batch.run import do, work_of
from voicecoach.app.batch.size import cores, crew_size, usable_memory_mb
from voicecoach.app.score.recording import check_channels
from voicecoach.errors import StoreError, UsageError
from voicecoach.ports.batch import DAMAGED
from voicecoach.words.catalogue import DEFAULT_UI, Message
from voicecoach.words.visible import is_whole, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from voicecoach.app.batch.progress import BatchProgress
    from voicecoach.app.batch.run import Work
    from voicecoach.app.batch.size import CrewSize
    from voicecoach.model.job import Item, Planned, Scan
    from voicecoach.model.profile import Profile
    from voicecoach.model.result import FailedResult, Tally
    from voicecoach.model.transcript import Language
    from voicecoach.ports import PromptLibrary
    from voicecoach.ports.batch import BatchEngine, BatchReport, BatchStore, ResultTables
    from voicecoach.ports.progress import Progress
    from voicecoach.words.catalogue import Ui

SoundChoice = Literal["link", "embed", "none"]

SCHEMA: Final = "voicecoach.batch/1"
PROGRAM: Final = "r2"
"""Counts changes of judging that no version, prompt or profile shows: results made before are made anew."""
REPORT_VERSION: Final = "report 6"
"""Counts changes of the report: one written before is written anew."""
CLUSTER_ENGINE: Final = "ray"
"""The batch engine that can be reached at an address."""


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What is to be judged, how, by whom, and into which folder.

    ``name_pattern`` says what a file's name says (``{speaker}_{prompt}``). ``workers``, ``memory_mb`` and
    ``file_timeout_s`` None: as the machine and the files allow. ``limit``: at most so many files now.
    ``retry_failed``: files again that could not be used. ``mask`` hides personal data in every line of
    the results; the report is made of what they hold.
    """

    paths: Sequence[Path]
    out: Path
    language: Language = "zh"
    prompt_id: str | None = None
    prompts_folder: Path | None = None
    patterns: Sequence[str] = ()
    name_pattern: str | None = None
    profile: str | None = None
    channel: int | None = None
    agent_channel: int | None = None
    stream: int | None = None
    model: str = "base"
    engine: str = "pool"
    address: str | None = None
    workers: int | None = None
    memory_mb: float | None = None
    file_timeout_s: float | None = None
    limit: int | None = None
    retry_failed: bool = False
    mask: bool = True
    sound: SoundChoice = "link"
    with_report: bool = True
    ui: Ui = DEFAULT_UI


class OpenEngine(Protocol):
    """Opens the engine that was asked for."""

    def __call__(self, size: CrewSize, *, preload: bool) -> BatchEngine:
        """The engine of that size; ``preload``: its workers load the recogniser at once.

        Raises UsageError, EngineError.
        """
        ...


@dataclass(frozen=True, slots=True)
class BatchParts:
    """What a session works with; ``wiring.batch`` puts it together.

    ``find_items`` takes paths, patterns and the folder to skip, ``name_items`` items, pattern and the ids of
    the prompts; ``recogniser`` gives what the words depend on and the size of its weights in MB.
    """

    version: str
    library: PromptLibrary
    load_profile: Callable[[str, Language], Profile]
    find_items: Callable[[Sequence[Path], Sequence[str], Path], Scan]
    name_items: Callable[[Sequence[Item], str, Iterable[str]], list[Item]]
    store: BatchStore
    tables: ResultTables
    report: BatchReport
    recogniser: Callable[[], tuple[str, float]]
    open_engine: OpenEngine


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """What a batch would do; ``n_items`` counts the recordings that were named.

    ``reasons``: in the reader's words, why items cannot be used, as far as that is known beforehand.
    """

    work: Work
    n_items: int
    left_out: Mapping[str, int]
    reasons: Sequence[str] = ()

    def told(self) -> tuple[Message, ...]:
        """The plan, and what of the folders is no part of it, a sentence each."""
        work = self.work
        plan = Message(
            "batch-plan",
            {"n": self.n_items, "todo": len(work.todo), "to_hear": work.to_hear, "kept": work.n_kept},
        )
        failed = [Message("batch-plan-failed", {"n": len(self.reasons)})] if self.reasons else []
        return plan, *told_left_out(self.left_out), *failed


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """What came of a batch; ``progress`` None: there was nothing to do.

    ``failures`` are the failed results, ``reasons`` the same in the reader's words.
    """

    out: Path
    work: Work
    progress: BatchProgress | None
    tally: Tally
    failures: Sequence[FailedResult]
    reasons: Sequence[str]
    left_out: Mapping[str, int]

    def told(self) -> tuple[Message, ...]:
        """What was done, what all results are, and what of the folders was left out."""
        tally = self.tally
        if self.progress is not None:
            done = self.progress.told_end()
        elif tally.n_failed:
            done = Message("batch-nothing-but-failed", {"n": tally.n_items, "failed": tally.n_failed})
        else:
            done = Message("batch-nothing-to-do")
        tallied = Message(
            "batch-tally",
            {
                "n": tally.n_items,
                "scored": tally.n_scored,
                "not_scored": tally.n_not_scored,
                "failed": tally.n_failed,
                "out": self.out,
            },
        )
        return done, tallied, *told_left_out(self.left_out)

    def document(self) -> dict[str, Any]:
        """``voicecoach.batch/1``: the summary for programs, in English."""
        progress = self.progress
        return {
            "schema": SCHEMA,
            "out": shown(self.out),
            **asdict(self.tally),
            "n_done": len(self.work.todo),
            "n_kept": self.work.n_kept,
            "n_left_out": sum(self.left_out.values()),
            "left_out": dict(sorted(self.left_out.items())),
            "n_recognised": progress.n_heard if progress else 0,
            "elapsed_s": round(progress.elapsed_s, 1) if progress else 0.0,
            "rate": round(progress.rate, 2) if progress else None,
            "failures": [
                {
                    "file": failed.batch.file,
                    "code": failed.failure.code,
                    "message": failed.failure.message,
                    "line": failed.batch.line,
                    "carried": failed.batch.carried,
                }
                for failed in self.failures
            ],
        }


class BatchSession:
    """One request with the parts that serve it."""

    def __init__(self, request: BatchRequest, parts: BatchParts) -> None:
        self.request = request
        self._parts = parts

    def look(self) -> BatchPlan:
        """What would be done; nothing is written. Raises UsageError, EngineError, StoreError."""
        self._check()
        items, left_out = self._items()
        self._parts.store.look()
        planned, ui = self._planned(items), self.request.ui
        reasons = [
            plan.failure.said_of(plan.item.file or "?", ui).message for plan in planned if plan.failure
        ]
        return BatchPlan(self._work(planned), len(items), left_out, reasons)

    def run(self, progress: Progress) -> BatchOutcome:
        """Do what is missing and write tables and report.

        Raises UsageError, EngineError, StoreError; KeyboardInterrupt when it was broken off, after it said
        that all is kept.
        """
        self._check()
        (items, left_out), store = self._items(), self._parts.store
        n_stray = sum(not is_whole(item.path) for item in items)
        if n_stray:
            progress.note(Message("batch-names-stray", {"n": n_stray}))
        with store.held():
            planned = self._planned(items)
            store.keep_digests()
            work = self._work(planned)
            made = self._do(work, progress) if work.todo else None
            shown = FailureWords(planned, store, self.request.ui)
            try:
                tally = self._write(planned, shown)
            except StoreError as exc:
                if exc.code != DAMAGED:
                    raise
                n_dropped = store.drop_damaged(plan.job.key for plan in planned if plan.job is not None)
                progress.note(Message("batch-damaged-anew", {"n": n_dropped}))
                work = self._work(planned)
                made = self._do(work, progress)
                tally = self._write(planned, shown)
            failures = list(self._parts.tables.failures()) if tally.n_failed else []
            reasons = [failure.message for failure in map(shown.failure, failures)]
        return BatchOutcome(self.request.out, work, made, tally, failures, reasons, left_out)

    def _check(self) -> None:
        request = self.request
        if request.address is not None and request.engine != CLUSTER_ENGINE:
            raise UsageError("batch-address-without-cluster", engine=CLUSTER_ENGINE)
        check_channels(request.channel, request.agent_channel)

    def _items(self) -> tuple[Sequence[Item], Mapping[str, int]]:
        """What is to be judged, and what was left out. Raises UsageError."""
        request, parts = self.request, self._parts
        scan = parts.find_items(request.paths, request.patterns, request.out)
        items = scan.items
        if not items:
            paths = ", ".join(map(shown, request.paths))
            only = told_left_out(scan.left_out)
            if only:
                raise UsageError("batch-only-left-out", paths=paths, left_out=only[0])
            raise UsageError("batch-no-recordings", paths=paths)
        if request.name_pattern is not None:
            ids = [prompt.id for prompt in parts.library.prompts()]
            items = parts.name_items(items, request.name_pattern, ids)
        return items, scan.left_out

    @cached_property
    def _recogniser(self) -> tuple[str, float]:
        return self._parts.recogniser()

    def _planned(self, items: Sequence[Item]) -> tuple[Planned, ...]:
        request, parts = self.request, self._parts
        options = Options(
            language=request.language,
            profile=request.profile,
            prompt_id=request.prompt_id,
            channel=request.channel,
            agent_channel=request.agent_channel,
            stream=request.stream,
            recogniser=self._recogniser[0],
            program=f"voicecoach {parts.version} {PROGRAM} {request.ui}",
        )
        planner = Planner(options, parts.library, load_profile=parts.load_profile, digest=parts.store.digest)
        return planner.plan(items)

    def _work(self, planned: Sequence[Planned]) -> Work:
        request = self.request
        return work_of(planned, self._parts.store, limit=request.limit, again=request.retry_failed)

    def _do(self, work: Work, progress: Progress) -> BatchProgress:
        request, store = self.request, self._parts.store
        size = crew_size(
            len(work.todo),
            n_cores=cores(),
            weights_mb=self._recogniser[1],
            memory_mb=usable_memory_mb() if request.memory_mb is None else request.memory_mb,
            workers=request.workers,
        )
        engine = self._parts.open_engine(size, preload=work.to_hear > 0)
        store.forget_tables()
        if work.n_kept:
            progress.note(Message("batch-some-kept", {"kept": work.n_kept, "todo": len(work.todo)}))
        progress.stage(len(work.todo))
        try:
            return do(work, store, engine, observe=lambda now: progress.done(now.n_done, now.told()))
        except KeyboardInterrupt:
            progress.note(Message("batch-interrupted"))
            raise

    def _write(self, planned: Sequence[Planned], shown: FailureWords) -> Tally:
        """The tables and the report, unless they are those of just these results already."""
        request, parts = self.request, self._parts
        reported = f"{REPORT_VERSION} {request.sound} {request.ui}" if request.with_report else ""
        made_from = digest_of(
            [MASK_VERSION if request.mask else "", reported, PROGRAM, request.ui]
            + [
                [
                    asdict(plan.item),
                    list(plan.item.carried),  # their order is that of the columns
                    plan.job.key if plan.job else plan.failure and asdict(plan.failure),
                ]
                for plan in planned
            ]
        )
        kept = parts.store.tables(made_from)
        if kept is not None and (not request.with_report or parts.report.there()):
            return kept
        masking = Masking() if request.mask else None
        results = results_of(planned, parts.store, finish=masking)
        tally = counted(parts.tables.written(results, shown=shown))
        if request.with_report:
            jobs = [plan.job for plan in planned if plan.job is not None]
            silences = {} if masking is None else masking.silences
            parts.report.write(map(shown, parts.tables.results()), jobs, silences=silences)
        parts.store.keep_tables(made_from, tally)
        return tally
