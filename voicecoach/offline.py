"""What keeps the libraries that the program loads from reporting to their makers.

The one list of the switches. They are set when ``voicecoach`` is imported, which is before any engine in
every process that is ours (the command, the workers of a batch, a Ray actor, the child of the system's
voices), and whatever the environment said before: that nothing leaves the machine is a promise. Processes
that ours start inherit them.
"""

from __future__ import annotations

import contextlib
import os
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SWITCHES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # onnxruntime 1.31: an event host of its maker, a device's number and a queue of events in the cache
        "ORT_DISABLE_TELEMETRY": "1",
        # Ray: usage figures, and the question whether to send them
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_USAGE_STATS_PROMPT_ENABLED": "0",
        # hubs of models: no look whether there is a newer one, no user agent that tells versions
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        # npm, which brings the voices: no look whether there is a newer npm
        "NO_UPDATE_NOTIFIER": "1",
        # agreed on by many tools (consoledonottrack.com)
        "DISABLE_TELEMETRY": "1",
        "DO_NOT_TRACK": "1",
    }
)
"""Variable -> the value under which its library stays silent."""
HUB: Final = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
"""The switches that also forbid a download that somebody asked for."""


def go_offline() -> None:
    """Set all switches; an onnxruntime that was loaded before is asked to stop. Costs microseconds."""
    os.environ.update(SWITCHES)
    stop = getattr(sys.modules.get("onnxruntime"), "disable_telemetry_events", None)
    if stop is not None:
        stop()


@contextlib.contextmanager
def hub_allowed() -> Iterator[None]:
    """Inside the block the hub of models may be asked: ``voicecoach models install`` alone does that."""
    _allow_hub(allowed=True)
    try:
        yield
    finally:
        _allow_hub(allowed=False)


def _allow_hub(*, allowed: bool) -> None:
    for name in HUB:
        if allowed:
            os.environ.pop(name, None)
        else:
            os.environ[name] = SWITCHES[name]
    settings = sys.modules.get("huggingface_hub.constants")
    if settings is not None:  # read from the environment when it was imported
        settings.HF_HUB_OFFLINE = not allowed  # type: ignore[attr-defined]  # a module's own variable
