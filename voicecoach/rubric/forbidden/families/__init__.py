"""Families of abusive, shirking, over-promising and leaking talk, recognised by meaning and wording.

``zh.yaml`` and ``en.yaml`` hold the sentences, with innocent contrasts; the weights ``zh.npz`` and ``en.npz``
are fitted on them by ``tests/benchmarks/language/fit_families.py``.
"""
