"""One call of ``voicecoach batch``: plan, do what is missing, write the tables, say what came of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import click

from voicecoach.cli.batch.show import shown_progress, told_time
from voicecoach.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voicecoach.adapters.batch.result_files import ResultFiles
    from voicecoach.app.batch.failures import FailureWords
    from voicecoach.app.batch.progress import BatchProgress
    from voicecoach.app.batch.results import Tally
    from voicecoach.app.batch.run import Work
    from voicecoach.model.job import Item, Planned
    from voicecoach.ports import BatchEngine

SOME_FAILED: Final = 1
FAILURES_SHOWN: Final = 20
PROGRAM: Final = "r1"
"""Counts changes of judging that no version, prompt or profile shows: results made before are made anew."""
SCORER: Final = "voicecoach.wiring:file_scorer"


@dataclass(frozen=True)
class BatchCommand:
    """One call of ``batch``, by the names of its options.

    ``mask`` hides personal data in every line of the results; the report is made of what they hold.
    """

    paths: Sequence[Path]
    out: Path
    prompt_id: str | None
    prompts_folder: Path | None
    patterns: Sequence[str]
    name_pattern: str | None
    language: Any
    profile: str | None
    model: str
    channel: int | None
    agent_channel: int | None
    engine: str
    address: str | None
    workers: int | None
    memory: int | None
    file_timeout: float | None
    limit: int | None
    retry_failed: bool
    dry_run: bool
    as_json: bool
    ui: str
    mask: bool
    sound: Any
    without_report: bool

    def run(self) -> int:
        """Do what is missing, write the tables, say what came of it; returns the exit status."""
        from voicecoach.adapters.batch.result_files import ResultFiles
        from voicecoach.app.batch.failures import FailureWords
        from voicecoach.app.batch.run import work_of

        self._check()
        items = self._items()
        store = ResultFiles(self.out)
        if self.dry_run:
            store.look()
            work = work_of(self._plan(items, store)[0], store, limit=self.limit, again=self.retry_failed)
            return self._list(work, len(items))
        with store.held():
            planned, weights_mb = self._plan(items, store)
            store.keep_digests()
            work = work_of(planned, store, limit=self.limit, again=self.retry_failed)
            progress = self._do(work, store, weights_mb) if work.todo else None
            tally = self._write(planned, store)
            return self._tell(work, progress, tally, FailureWords(planned, store, self.ui))

    def _check(self) -> None:
        if self.address is not None and self.engine != "ray":
            raise UsageError("--address is that of a Ray cluster", hint="--engine ray")
        if self.agent_channel is not None and self.channel is not None:
            raise UsageError(
                "--channel scores one voice, --agent-channel a call of two", hint="give one of them"
            )

    def _items(self) -> list[Item]:
        from voicecoach import wiring
        from voicecoach.adapters.batch.manifest import find_items, name_regex, named

        items = find_items(self.paths, patterns=self.patterns, skip=self.out)
        if not items:
            raise UsageError(
                f"no recordings in {', '.join(map(str, self.paths))}", hint="check the paths and --pattern"
            )
        if self.name_pattern is not None:
            library = wiring.prompt_library(self.prompts_folder)
            regex = name_regex(self.name_pattern, [prompt.id for prompt in library.prompts()])
            items = [named(item, regex, self.name_pattern) for item in items]
        return items

    def _plan(self, items: Sequence[Item], store: ResultFiles) -> tuple[tuple[Planned, ...], float]:
        from importlib.metadata import version

        from voicecoach import wiring
        from voicecoach.adapters.packs.profiles import load_profile
        from voicecoach.app.batch.plan import Options, Planner

        recogniser, weights_mb = wiring.recogniser_identity(self.model)
        options = Options(
            language=self.language,
            profile=self.profile,
            prompt_id=self.prompt_id,
            channel=self.channel,
            agent_channel=self.agent_channel,
            recogniser=recogniser,
            program=f"voicecoach {version('voicecoach')} {PROGRAM} {self.ui}",
        )
        library = wiring.prompt_library(self.prompts_folder)
        planner = Planner(options, library, load_profile=load_profile, digest=store.digest)
        return planner.plan(items), weights_mb

    def _do(self, work: Work, store: ResultFiles, weights_mb: float) -> BatchProgress:
        from voicecoach.app.batch.run import do

        engine = self._engine(work, store, weights_mb)
        store.forget_tables()
        if work.n_kept:
            click.echo(
                f"已有 {work.n_kept} 个结果，还要做 {len(work.todo)} 个"
                if self.ui == "zh"
                else f"{work.n_kept} results are there already, {len(work.todo)} to do",
                err=True,
            )
        try:
            with shown_progress(self.ui) as observe:
                return do(work, store, engine, observe=observe)
        except KeyboardInterrupt:
            click.echo(
                "做完的结果都已保存；再运行同一条命令即可继续"
                if self.ui == "zh"
                else "What was done is kept; the same command goes on from here.",
                err=True,
            )
            raise

    def _engine(self, work: Work, store: ResultFiles, weights_mb: float) -> BatchEngine:
        from voicecoach.app.batch.size import cores, crew_size, usable_memory_mb
        from voicecoach.model.job import Setup

        size = crew_size(
            len(work.todo),
            n_cores=cores(),
            weights_mb=weights_mb,
            memory_mb=usable_memory_mb() if self.memory is None else self.memory,
            workers=self.workers,
        )
        options = {"model": self.model, "threads": size.threads, "ui": self.ui, "preload": work.to_hear > 0}
        setup = Setup(SCORER, options, threads=size.threads)
        if self.engine == "ray":
            from voicecoach.adapters.batch.ray_engine import RayEngine

            return RayEngine(
                setup, workers=size.workers, address=self.address, file_timeout_s=self.file_timeout
            )
        from voicecoach.adapters.batch.process_pool import ProcessPool

        return ProcessPool(
            setup,
            workers=size.workers,
            file_timeout_s=self.file_timeout,
            log=store.work / "workers.log",
        )

    def _write(self, planned: Sequence[Planned], store: ResultFiles) -> Tally:
        """The tables and the report, unless they are those of just these results already."""
        from voicecoach.adapters.batch.result_tables import write_tables
        from voicecoach.app.batch.failures import FailureWords
        from voicecoach.app.batch.plan import digest_of
        from voicecoach.app.batch.results import Tally, result_lines
        from voicecoach.cli.batch.report import (
            MASK_VERSION,
            REPORT_VERSION,
            Masking,
            write_report,
        )
        from voicecoach.report.batch.html import REPORT

        reported = "" if self.without_report else f"{REPORT_VERSION} {self.sound} {self.ui}"
        made_from = digest_of(
            [MASK_VERSION if self.mask else "", reported, PROGRAM, self.ui]
            + [
                [asdict(one.item), one.job.key if one.job else asdict(one.failure) if one.failure else None]
                for one in planned
            ]
        )
        kept = store.tables(made_from)
        if kept is not None and (self.without_report or (self.out / REPORT).exists()):
            return Tally(**kept)
        masking = Masking() if self.mask else None
        shown = FailureWords(planned, store, self.ui)
        tally = write_tables(self.out, partial(result_lines, planned, store, finish=masking), shown=shown)
        if not self.without_report:
            silences = {} if masking is None else masking.silences
            write_report(self.out, planned, shown=shown, sound=self.sound, silences=silences, ui=self.ui)
        store.keep_tables(made_from, asdict(tally))
        return tally

    def _list(self, work: Work, n_items: int) -> int:
        for one in sorted(work.todo, key=lambda one: one.item.file):
            prompt = one.job.prompt.id if one.job and one.job.prompt else "-"
            click.echo(f"{one.item.file}\t{prompt}\t{one.size_bytes}")
        click.echo(
            f"{n_items} 个文件：要做 {len(work.todo)} 个（识别 {work.to_hear} 个），已有 {work.n_kept} 个"
            if self.ui == "zh"
            else f"{n_items} files: {len(work.todo)} to do ({work.to_hear} to recognise), {work.n_kept} done",
            err=True,
        )
        return 0

    def _tell(self, work: Work, progress: BatchProgress | None, tally: Tally, shown: FailureWords) -> int:
        from voicecoach.adapters.batch.result_tables import failures_in

        if self.as_json:
            import json

            failures = failures_in(self.out) if tally.n_failed else []
            summary = {
                "schema": "voicecoach.batch/1",
                "out": str(self.out),
                **asdict(tally),
                "n_done": len(work.todo),
                "n_kept": work.n_kept,
                "n_recognised": progress.n_heard if progress else 0,
                "elapsed_s": round(progress.elapsed_s, 1) if progress else 0.0,
                "rate": round(progress.rate, 2) if progress else None,
                "failures": failures,
            }
            click.echo(json.dumps(summary, ensure_ascii=False, indent=2))
        else:
            self._say(work, progress, tally)
            failures = failures_in(self.out, shown=shown) if tally.n_failed else []
            for failure in failures[:FAILURES_SHOWN]:
                click.echo(f"  ✗ {failure['message']}", err=True)
            if len(failures) > FAILURES_SHOWN:
                click.echo(f"  … +{len(failures) - FAILURES_SHOWN}", err=True)
        return SOME_FAILED if tally.n_failed else 0

    def _say(self, work: Work, progress: BatchProgress | None, tally: Tally) -> None:
        zh = self.ui == "zh"
        if progress is None:
            click.echo("没有要做的：结果都是最新的" if zh else "nothing to do: all results are up to date")
        else:
            took, rate = told_time(progress.elapsed_s), progress.rate
            click.echo(
                f"做了 {len(work.todo)} 个（识别 {progress.n_heard} 个），用时 {took}，{rate:.1f}× 实时"
                if zh
                else f"did {len(work.todo)} ({progress.n_heard} recognised) in {took}, {rate:.1f} x real time"
            )
        click.echo(
            f"共 {tally.n_items} 个：已评 {tally.n_scored}，未评 {tally.n_not_scored}，"
            f"失败 {tally.n_failed} → {self.out}"
            if zh
            else f"{tally.n_items} in all: {tally.n_scored} scored, {tally.n_not_scored} not scored, "
            f"{tally.n_failed} failed -> {self.out}"
        )
