"""Rows of a manifest: what their headings mean, which files they name, and the items that they make."""
