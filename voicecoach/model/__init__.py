"""Frozen values that all layers speak in. No I/O, no third-party engine but numpy."""
