"""The words that a batch's report has of its own: names of failures, and what the page's script says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from voicecoach.report.phrases import named
from voicecoach.words.catalogue import template

if TYPE_CHECKING:
    from voicecoach.words.catalogue import Ui

SCRIPT_CODES: Final = (
    "report-play", "report-pause", "report-seek", "report-speed", "report-remedy", "report-coverage",
    "report-coverage-range", "report-points", "report-language", "report-language-none",
    "report-transcript", "report-no-words", "report-figures", "report-missing", "report-scores",
    "report-provenance", "report-formula", "report-band", "report-source", "report-provisional",
    "report-places", "report-more-places", "report-item", "report-points-of", "report-heading-verdict",
    "report-advice", "report-timeline", "report-legend-unsure", "report-legend-hit", "report-legend-maybe",
    "report-legend-forbidden", "report-legend-pause", "report-legend-long-pause", "report-try-saying",
    "report-local", "report-fatal",
    "batch-batch", "batch-n-files", "batch-hours", "batch-scored", "batch-not-scored-short", "batch-failed",
    "batch-mean-total", "batch-median-of", "batch-fatal-files", "batch-totals", "batch-files", "batch-file",
    "batch-speaker", "batch-prompt", "batch-date", "batch-coverage-short", "batch-to-see", "batch-length",
    "batch-search", "batch-search-help", "batch-all-speakers", "batch-all-prompts", "batch-all-states",
    "batch-all-verdicts", "batch-fatal-only", "batch-verdict-red", "batch-verdict-amber",
    "batch-verdict-green", "batch-unnamed", "batch-no-prompt", "batch-reset", "batch-shown-of",
    "batch-none-match", "batch-page-of", "batch-previous", "batch-next", "batch-sort-by", "batch-open-file",
    "batch-n-red", "batch-n-forbidden", "batch-keys-table", "batch-by-prompt", "batch-by-speaker",
    "batch-by-point", "batch-group-help", "batch-point", "batch-n", "batch-scored-of", "batch-mean",
    "batch-mean-share", "batch-hit-rate", "batch-missed-files", "batch-distributions",
    "batch-distributions-help", "batch-figure-line", "batch-outside", "batch-not-measured-n",
    "batch-bar-at", "batch-bar-of", "batch-troubles", "batch-kind", "batch-reason", "batch-remark",
    "batch-no-troubles", "batch-input", "batch-manifest", "batch-engine", "batch-store",
    "batch-worker-lost", "batch-timeout", "batch-internal", "batch-back", "batch-file-before",
    "batch-file-after", "batch-loading", "batch-page-missing", "batch-sound-missing",
    "batch-sound-copy-failed", "batch-sound-masked", "batch-agent", "batch-caller", "batch-conversation",
    "batch-all-of", "batch-date-from", "batch-date-to", "batch-more-columns",
    "batch-marking", "batch-marking-keys", "batch-mark-counts", "batch-mark-counts-not", "batch-mark-maybe",
    "batch-mark-total", "batch-mark-note", "batch-mark-appeal", "batch-mark-rater", "batch-marked",
    "batch-marked-of", "batch-marked-begun", "batch-marks-save", "batch-marks-open",
    "batch-marks-opened", "batch-marks-clear",
    "batch-marks-clear-sure", "batch-marks-not-kept",
    "batch-keys-file", "batch-covered-legend", "batch-masking", "batch-local-batch",
)  # fmt: skip
"""The codes of the words in the page's data: what its script may show."""


def batch_named(name: str, ui: Ui) -> str:
    """The words for a failure, a state or a code that may be new: an unknown one is shown as it is."""
    return named(name, ui, rooms=("batch", "report"))


def script_words(ui: Ui) -> dict[str, str]:
    """The words for the script; ``batch-page-of`` is its ``page_of``, facts stand as ``{name}``."""
    return {code.partition("-")[2].replace("-", "_"): template(code, ui) for code in SCRIPT_CODES}
