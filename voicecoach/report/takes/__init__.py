"""Reports over takes: lists, comparison, progress, export."""
