"""The pages of progress and comparison: what they show, that all is escaped, that they stay small."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from assessments import prompt
from pages import EVIL, Outline
from takes_made import history, two

from voicecoach.app.takes.review import differences
from voicecoach.report.takes import charts
from voicecoach.report.takes.compare_text import difference_lines
from voicecoach.report.takes.progress import compare_bytes, progress_bytes

if TYPE_CHECKING:
    from voicecoach.app.takes.progress import LearningProgress

SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)


def page(learned: LearningProgress, **options: Any) -> str:
    return progress_bytes(learned, **options).decode()


@pytest.mark.parametrize("ui", ["zh", "en"])
def test_it_shows_trends_rates_best_and_last_and_the_weakest_step(ui: str) -> None:
    text = page(history(), ui=ui)
    for part in ("trend-total", "trend-coverage", "trend-speech_rate", "voicecoach practise late_delivery"):
        assert part in text
    solve = {"zh": "给出办法", "en": "Offer a solution"}[ui]
    assert re.search(rf'id="weakest"><p><b>{solve}</b>', text)
    assert "4 / 12" in text
    assert "14%–61%" in text  # Wilson, 4 of 12
    assert text.count("<title>") == 1 + 3 * 12
    assert 'class="break"' in text
    assert 'class="pairs"' not in text  # the last take is the best
    assert {"zh": "最近的一次就是最好的一次", "en": "The last take is the best"}[ui] in text


def test_every_picture_is_well_formed_and_within_its_frame() -> None:
    pictures = SVG.findall(page(history(40)))
    assert len(pictures) == 3 + 2
    for picture in pictures:
        drawn = Outline()
        drawn.feed(picture)
        assert drawn.open == []
        _, _, width, height = (float(part) for part in str(drawn.tags[0][1]["viewbox"]).split())
        for tag, attributes in drawn.tags:
            for key, limit in (("cx", width), ("cy", height), ("x", width), ("y", height), ("x1", width)):
                if key in attributes:
                    assert -0.01 <= float(attributes[key] or "") <= limit, (tag, attributes)
            for key in ("width", "height"):
                if key in attributes:
                    assert float(attributes[key] or "") >= 0


def test_best_and_last_stand_side_by_side() -> None:
    learned = history(60)
    text = page(learned)
    pairs = re.search(r'<table class="pairs">.*?</table>', text, re.DOTALL)
    assert pairs
    for part in ("89", "49", "给出办法", "语速", learned.takes[49].id, learned.takes[59].id):
        assert part in pairs.group(), part


def test_whatever_a_prompt_holds_is_escaped_and_nothing_may_run() -> None:
    learned = history(text=EVIL)
    takes = tuple(replace(take, prompt_id=EVIL) for take in learned.takes)
    text = page(replace(learned, takes=takes))
    assert "<script" not in text
    assert "<img" not in text
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert policy.group(1).startswith("default-src &#39;none&#39;") or "default-src 'none'" in policy.group(1)
    assert "http" not in re.sub(r"http-equiv", "", text)


def test_without_scores_there_is_no_total_no_coverage_and_no_verdict() -> None:
    text = page(history(60), with_score=False)
    for part in ("trend-total", "trend-coverage", 'class="pairs"', 'circle class="green"'):
        assert part not in text
    assert "trend-speech_rate" in text


def test_a_band_without_width_or_with_an_open_side_is_drawn() -> None:
    learned = history(green=(None, 200))
    trend = next(trend for trend in learned.trends if trend.name == "speech_rate")
    drawn = charts.chart(trend, "zh")
    green = [box for box in drawn.bands if box.kind == "green"]
    assert green[0].y + green[0].height == pytest.approx(charts.HEIGHT - charts.BOTTOM, abs=0.2)
    narrow = replace(trend, bands=(replace(trend.bands[0], green=(200.0, 200.0)),))
    assert [box.height for box in charts.chart(narrow, "zh").bands if box.kind == "green"] == [2]
    assert drawn.good == "合适 ≤ 200"


def test_a_single_take_and_a_flat_trend_are_drawn() -> None:
    drawn = charts.chart(history(1).trends[0], "en")
    assert len(drawn.dots) == 1
    assert drawn.lines == ()
    assert charts.LEFT < drawn.dots[0].x < charts.WIDTH


def test_no_filler_heard_is_no_zero_and_no_praise() -> None:
    trend = next(trend for trend in history().trends if trend.name == "speech_rate")
    none = tuple(replace(point, value=0.0, verdict="green") for point in trend.points)
    drawn = charts.chart(replace(trend, name="filled_pauses_lexical", points=none), "zh")
    assert (drawn.last, drawn.unit) == ("未听到", "")
    assert {dot.kind for dot in drawn.dots} == {"plain"}
    assert drawn.dots[0].words.startswith("未听到 · ")


def test_two_thousand_takes_stay_small() -> None:
    assert len(progress_bytes(history(2000))) < 1_000_000


def test_two_takes_as_a_page() -> None:
    left, right = two()
    changes = differences(left.assessment, right.assessment)
    text = compare_bytes(left, right, changes, ["other_model"]).decode()
    assert "<script" not in text
    assert "识别模型不同" in text
    for part in (left.take.id, right.take.id, "总分", "真诚道歉", "<td>B</td>"):
        assert part in text
    assert "总分" not in compare_bytes(left, right, changes, [], with_score=False).decode()


def test_two_takes_in_the_terminal() -> None:
    left, right = two()
    changes = differences(left.assessment, right.assessment)
    lines = list(difference_lines(changes, heads=("A", "B"), prompt=prompt()))
    total = next(line for line in lines if line.startswith("总分"))
    assert total.split()[-1] == "B"
    assert any("– 没有听到" in line for line in lines)
    assert any("未听到" in line for line in lines)
    changed = [change for change in changes if change.changed]
    english = list(difference_lines(changed, heads=("before", "after"), ui="en", with_better=False))
    assert [line.split()[0] for line in english[1:]] == ["Total"]
    assert not english[0].endswith("better")
    assert list(difference_lines((), heads=("A", "B"))) == ["没有变化。"]
    gentle = list(difference_lines(changes, heads=("A", "B"), with_score=False))
    assert not any(line.startswith(("总分", "要点覆盖")) for line in gentle)
