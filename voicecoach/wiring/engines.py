"""Engines by name: each port of the outside has a group of entry points, looked up here.

A package that brings an engine names its factory in one entry point; nothing in the program changes. Our own
engines come the same way (``[project.entry-points]`` of pyproject.toml). What a factory takes and
gives stands at :data:`GROUPS`; docs/engines.md is the guide.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from voicecoach.errors import EngineError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.metadata import EntryPoint

Port = Literal["recogniser", "voice", "sentence-encoder", "batch"]
GROUPS: Final[Mapping[Port, str]] = MappingProxyType(
    {
        # factory(model: str | None, *, threads: int | None = None) -> ports.Recogniser, nothing loaded yet
        "recogniser": "voicecoach.recognisers",
        # factory() -> ports.Speaker, nothing loaded yet
        "voice": "voicecoach.voices",
        # factory() -> ports.EncoderEngine, nothing loaded yet
        "sentence-encoder": "voicecoach.sentence_encoders",
        # factory(setup: Setup, *, workers: int, address: str | None, file_timeout_s: float | None,
        #         log: Path | None) -> ports.batch.BatchEngine, no worker started yet
        "batch": "voicecoach.batch_engines",
    }
)
"""Port -> its group of entry points."""
DEFAULT_RECOGNISER: Final = "whisper"
DEFAULT_ENCODER: Final = "use"
_ENGINE_NAMED: Final = re.compile(r"[A-Za-z][\w-]+:[^\\/]*")
"""More than a drive's letter before the colon, and no path behind it."""


@cache
def _registered(port: Port) -> Mapping[str, EntryPoint]:
    from importlib import metadata

    return {point.name: point for point in metadata.entry_points(group=GROUPS[port])}


def names(port: Port) -> tuple[str, ...]:
    """The engines that are installed behind ``port``, sorted."""
    return tuple(sorted(_registered(port)))


def factory(port: Port, name: str) -> Any:  # noqa: ANN401 - its type is that of the port
    """What makes the engine ``name`` behind ``port``.

    Raises UsageError for a name that nobody registered, EngineError when its package cannot be imported.
    """
    registered = _registered(port)
    if name not in registered:
        raise UsageError("engine-unknown", name=name, known=", ".join(names(port)), group=GROUPS[port])
    try:
        return registered[name].load()
    except (ImportError, AttributeError) as exc:
        raise EngineError("engine-not-importable", name=name, cause=exc) from exc


def split_recogniser(text: str) -> tuple[str, str | None]:
    r"""``NAME[:MODEL]`` as name and model; without a registered name it is a model of the default recogniser.

    So ``base``, a folder and ``C:\models`` keep meaning what they meant before there were names. What can
    only be an engine that is not registered keeps its name, which :func:`factory` then refuses.
    """
    name, colon, model = text.partition(":")
    if name in names("recogniser") or (_ENGINE_NAMED.fullmatch(text) and not Path(text).exists()):
        return name, model if colon and model else None
    return DEFAULT_RECOGNISER, text
