"""Failures as their reader sees them: in his language, under the name that he gave the file.

Results keep failures in English, for programs; tables, reports and terminals show them worded.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voicecoach.model.job import Failure
from voicecoach.model.result import FailedResult
from voicecoach.words.catalogue import FALLBACK_UI

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voicecoach.model.job import Planned
    from voicecoach.model.result import Result
    from voicecoach.ports.batch import ResultStore
    from voicecoach.words.catalogue import Ui


class FailureWords:
    """Words the failures among the results that ``planned`` and ``store`` gave."""

    def __init__(self, planned: Iterable[Planned], store: ResultStore, ui: Ui) -> None:
        self._store, self._ui = store, ui
        self._unbegun: dict[tuple[str, int | None, str], Failure] = {}
        for plan in planned:  # of two manifests, rows on the same line may name no file
            if plan.failure is not None:
                file, line = plan.item.file, plan.item.line
                said = plan.failure.said_of(file or "?", FALLBACK_UI).message
                self._unbegun[file, line, said] = plan.failure

    def __call__(self, result: Result) -> Result:
        """The result with message and remedy in the reader's language; what was judged as it is.

        Raises StoreError.
        """
        if isinstance(result, FailedResult):
            return replace(result, failure=self.failure(result))
        return result

    def failure(self, result: FailedResult) -> Failure:
        """Why it failed, in the reader's language. Raises StoreError."""
        batch = result.batch
        if batch.key is None:
            kept: object = self._unbegun.get((batch.file, batch.line, result.failure.message))
        else:
            kept = self._store.outcome(batch.key)
        if not isinstance(kept, Failure):
            return result.failure  # done meanwhile: what is written down still holds for the line
        return kept.said_of(batch.file or "?", self._ui)
