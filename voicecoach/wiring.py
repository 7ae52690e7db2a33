"""Composition root: settings in, adapters out."""
