"""Failures as their reader sees them: in his language, under the name that he gave the file.

Results keep failures in English, for programs; tables, reports and terminals show them worded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from voicecoach.app.batch.results import FAILURE_SCHEMA
from voicecoach.model.job import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voicecoach.model.job import Planned
    from voicecoach.ports.batch import ResultStore
    from voicecoach.words.catalogue import Ui


class FailureWords:
    """Words the failures among the lines of the results that ``planned`` and ``store`` gave."""

    def __init__(self, planned: Iterable[Planned], store: ResultStore, ui: Ui) -> None:
        self._store, self._ui = store, ui
        self._unbegun = {
            (plan.item.file, plan.item.line): plan.failure for plan in planned if plan.failure is not None
        }

    def __call__(self, line: Mapping[str, Any]) -> Mapping[str, Any]:
        """The line with message and remedy in the reader's language; the results of files as they are.

        Raises StoreError.
        """
        if line["schema"] != FAILURE_SCHEMA:
            return line
        batch = line["batch"]
        if batch["key"] is None:
            failure: object = self._unbegun.get((batch["file"], batch["line"]))
        else:
            failure = self._store.outcome(batch["key"])
        if not isinstance(failure, Failure):
            return line  # done meanwhile: what is written down still holds for the line
        said = failure.said_of(batch["file"] or "?", self._ui)
        return {**line, "error": {**line["error"], "message": said.message, "hint": said.hint}}
