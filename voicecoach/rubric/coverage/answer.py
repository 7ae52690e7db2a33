"""One answer, worked out once for all points: windows, vectors, negations, sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach.rubric.coverage.denial import DenialTable
from voicecoach.rubric.text.cues import CueMatcher
from voicecoach.rubric.text.dismissal import dismissed, echoes
from voicecoach.rubric.text.keyword_list import is_keyword_list, lists
from voicecoach.rubric.text.polarity import negations
from voicecoach.rubric.text.windows import Window, clauses, windows

if TYPE_CHECKING:
    from voicecoach.model.transcript import Language
    from voicecoach.ports import SentenceEncoder
    from voicecoach.rubric.text.spoken import Clean

NEAR_DENIAL = 2
"""Characters to the next clause: clauses beside a denial of the point are doubtful."""
NEAR_REACH = 12
"""Characters beyond a denial that such a clause may reach."""


class Answer:
    """What one answer holds.

    ``windows`` with their ``sentences`` and ``vectors`` float32 (n, d); ``negations`` of the whole text,
    and those of them that are ``statements``; ``denials`` of the whole text (index 0); ``matcher``
    finds cues in it.
    """

    def __init__(self, clean: Clean, encoder: SentenceEncoder, *, language: Language) -> None:
        self.text = clean.text
        self.language: Language = language
        self.windows = windows(clean, language=language)
        self.clauses = clauses(clean, language=language)
        self.negations = negations(clean.text, language=language)
        self.statements = [negation for negation in self.negations if not negation.attributive]
        self._dismissed = dismissed(clean.text, language=language)
        self._lists = lists(clean.text, language=language)
        self._echoes = echoes(clean.text, language=language)
        self.matcher = CueMatcher(clean.text, language=language)
        self.sentences = [clean.text[window.start : window.end] for window in self.windows]
        self.vectors = encoder.encode(self.sentences)
        self.denials = DenialTable([clean.text], encoder, language=language)

    def is_void(self, window: Window) -> bool:
        """Whether ``window`` is evidence of nothing: brushed aside, or but a name of something."""
        if any(window.start < zone.end and zone.start < window.end for zone in self._dismissed):
            return True
        if any(echo.start <= window.start and window.end <= echo.end for echo in self._echoes):
            return True
        return self.in_keyword_list(window)

    def in_keyword_list(self, window: Window) -> bool:
        """Whether ``window`` reaches into a list, or its surroundings are a bare list of key words."""
        if any(window.start < listed.end and listed.start < window.end for listed in self._lists):
            return True
        return is_keyword_list(self.text, window.start, window.end, language=self.language)

    def clause_around(self, start: int, end: int) -> Window:
        """``[start, end)`` widened to the clauses that it touches."""
        touching = [clause for clause in self.clauses if clause.start < end and clause.end > start]
        if not touching:
            return Window(start, end)
        return Window(min(start, touching[0].start), max(end, touching[-1].end))

    def beside(self, zone: Window) -> Window:
        """``zone`` with the clauses beside it, as far as they are near."""
        around = self.clause_around(zone.start - NEAR_DENIAL, zone.end + NEAR_DENIAL)
        return Window(max(around.start, zone.start - NEAR_REACH), min(around.end, zone.end + NEAR_REACH))
