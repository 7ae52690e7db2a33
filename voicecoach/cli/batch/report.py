"""What a batch leaves for readers: ``report.html`` with its pages, and personal data hidden in all of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from voicecoach.model.audio import Span
    from voicecoach.model.job import Planned
    from voicecoach.report.batch.sound import SoundChoice

MASK_VERSION: Final = "mask 1"
"""Counts changes of masking: results written before are written anew."""
REPORT_VERSION: Final = "report 1"
"""The same for the report."""


@dataclass
class Masking:
    """Hides personal data in each line of the results and keeps, by key, what must not be heard."""

    silences: dict[str, Sequence[Span]] = field(default_factory=dict)

    def __call__(self, line: dict[str, Any]) -> dict[str, Any]:
        """The masked line."""
        from voicecoach.app.masking.mask import mask_document

        masked, _, spans = mask_document(line)
        if spans:
            self.silences[line["batch"]["key"]] = spans
        return masked


def write_report(
    out: Path,
    planned: Sequence[Planned],
    *,
    shown: Callable[[Mapping[str, Any]], Mapping[str, Any]],
    sound: SoundChoice,
    silences: Mapping[str, Sequence[Span]],
    ui: str,
) -> None:
    """Write the report of the results that lie in ``out``, each as ``shown`` gives it. Raises StoreError."""
    from voicecoach.report.batch.html import BatchSound, write_batch_report

    jobs = [one.job for one in planned if one.job is not None]
    files = _Files(out)
    write_batch_report(
        out,
        map(shown, _lines(out)),
        write=files.write,
        sound=BatchSound(sound, {job.key: Path(job.path) for job in jobs}, silences),
        prompts={job.prompt.id: job.prompt for job in jobs if job.prompt is not None},
        profiles={job.profile.name: job.profile for job in jobs},
        ui=ui,
    )
    files.sweep()


def _lines(out: Path) -> Iterator[dict[str, Any]]:
    from voicecoach.adapters.batch.result_tables import RESULTS
    from voicecoach.adapters.folders import cause_of
    from voicecoach.errors import StoreError

    try:
        with (out / RESULTS).open(encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)
    except OSError as exc:
        raise StoreError(f"cannot read {out / RESULTS}: {cause_of(exc)}", hint="run the batch again") from exc


class _Files:
    """The files of one report: private, each written whole or not at all, those of before swept away."""

    def __init__(self, out: Path) -> None:
        from voicecoach.adapters.folders import PRIVATE_FOLDER, cause_of
        from voicecoach.errors import StoreError
        from voicecoach.report.batch.html import PAGES

        self._out, self._pages = out, out / PAGES
        self._written: set[Path] = set()
        try:
            self._pages.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        except OSError as exc:
            raise StoreError(
                f"cannot make the folder {self._pages}: {cause_of(exc)}",
                hint="give another folder with --out",
            ) from exc

    def write(self, name: str, data: bytes) -> None:
        """Keep the bytes under a name relative to the folder; what is there already is left alone."""
        from voicecoach.adapters.folders import PRIVATE_FILE, replacing

        path = self._out / name
        self._written.add(path)
        if path.is_file() and path.stat().st_mode & 0o777 == PRIVATE_FILE and path.read_bytes() == data:
            return
        with replacing(path) as file:
            file.write(data)

    def sweep(self) -> None:
        """Remove pages of results that are no more: nobody would look for words there."""
        for path in (*self._pages.glob("*.js"), *self._pages.glob(".*.part")):
            if path not in self._written:
                path.unlink(missing_ok=True)
