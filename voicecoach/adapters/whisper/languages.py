"""Which language the sound is in, as the recogniser's own detector hears it in every window.

The detector is one step of the decoder on what the encoder gave, and the encoder has run on every chunk
anyway: so it is asked always, about all of the recording, for some hundredths of a second.

Known failure: the small models have no Cantonese and hear it as Mandarin; English with a strong Mandarin
accent is heard as either.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voicecoach.model.transcript import Language


@dataclass(frozen=True, slots=True)
class WindowLanguages:
    """What the detector heard in a window of ``length_s`` seconds: language (ISO 639) -> probability."""

    length_s: float
    probabilities: Mapping[str, float]


def heard_language(windows: Iterable[WindowLanguages], wanted: Language) -> tuple[str, float] | None:
    """The language of the whole sound, and how sure that is; None where no window was asked.

    The windows are weighed by their length. Where ``wanted`` is the likeliest language, its probability is
    given; else the likeliest one, with the probability that the sound is not in ``wanted``: between
    neighbours like Spanish and Portuguese the detector may waver, and still be sure of that.
    """
    shares: defaultdict[str, float] = defaultdict(float)
    length_s = 0.0
    for window in windows:
        length_s += window.length_s
        for code, probability in window.probabilities.items():
            shares[code] += probability * window.length_s
    if length_s <= 0.0 or not shares:
        return None
    (code, _), wanted_share = max(shares.items(), key=lambda share: share[1]), shares[wanted] / length_s
    return code, min(1.0, wanted_share if code == wanted else 1.0 - wanted_share)
