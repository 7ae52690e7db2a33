"""Headings of a sheet that are no headings."""

from __future__ import annotations

import pytest

from voicecoach.app.agreement.headings import HEADING_LONGEST, Headings, names_file
from voicecoach.app.agreement.scales import scale_of_text


@pytest.mark.timeout(20)  # one of these took minutes: the scale was looked for at every bracket
@pytest.mark.parametrize("text", ["[", "(", "<", "： ", "0-", "{a: "])
def test_a_megabyte_in_the_row_of_headings_names_nothing_at_once(text: str) -> None:
    heading = text * (1_000_000 // len(text))
    headings = Headings((), ())
    assert headings.role(heading) is None
    assert headings.column(heading) is None
    assert headings.near(heading) is None
    assert not names_file(heading)
    assert scale_of_text(heading) is None


def test_a_heading_of_the_longest_length_still_names_its_figure() -> None:
    headings = Headings((), ())
    assert headings.column("total" + " " * (HEADING_LONGEST - len("total"))) is not None
    assert headings.column("total" + " " * HEADING_LONGEST) is None
