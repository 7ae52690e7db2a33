"""Families of abusive, shirking, over-promising and leaking talk, recognised by meaning and wording.

``zh.yaml`` and ``en.yaml`` hold the sentences, with innocent contrasts; ``tests/benchmarks/language/fit_families.py``
fits the weights of ``zh.npz`` and ``en.npz`` on them.
"""
