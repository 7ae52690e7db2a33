"""How many workers fit: the cores are to be filled, and the models' memory must not be overdrawn."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

WORKER_MB: Final = 700
"""Resident memory of a worker besides twice its weights, MB: interpreter, encoders, an hour of sound."""
WEIGHTS_RATIO: Final = 2.0
"""Memory that the recogniser takes, x the size of its weights on disk (loading, and its working space)."""
MEMORY_RATIO: Final = 0.75
"""Share of this machine's memory that a batch may use unless it is told otherwise."""
_CGROUP = Path("/sys/fs/cgroup/memory.max")


@dataclass(frozen=True, slots=True)
class CrewSize:
    """``workers`` processes of ``threads`` threads each."""

    workers: int
    threads: int


def crew_size(
    n_jobs: int,
    *,
    n_cores: int,
    weights_mb: float,
    memory_mb: float | None,
    workers: int | None = None,
) -> CrewSize:
    """As many workers of one thread as there are cores, jobs, and room for in ``memory_mb`` (None: no limit).

    One thread a worker, since two workers of one thread do more than one of two. ``workers`` that were asked
    for are obeyed as far as there are jobs. Cores left over go to the workers as threads.
    """
    fits = n_cores
    if memory_mb is not None:
        fits = min(fits, int(memory_mb // (WORKER_MB + WEIGHTS_RATIO * weights_mb)))
    n_workers = max(1, min(fits if workers is None else workers, n_jobs))
    return CrewSize(n_workers, max(1, n_cores // n_workers))


def cores() -> int:
    """The cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def usable_memory_mb() -> float | None:
    """What a batch may use of this machine's (or container's) memory, MB; None where it cannot be told."""
    try:
        whole = float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    except (AttributeError, ValueError, OSError):
        return None
    try:
        limit = _CGROUP.read_text().strip()
        whole = min(whole, float(limit)) if limit.isdecimal() else whole
    except OSError:
        pass  # no container, no limit
    return MEMORY_RATIO * whole / 2**20
