"""The report of a batch: one page."""
