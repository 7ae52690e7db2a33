"""Do the user's ticks help? Misjudged points of some answers are ticked, and other answers judged.

The ticks are those of a user who puts every wrong point of the answers ``answers_a`` right; judged are
``answers_b``, by another writer, with the prompts as they were and with what the ticks taught. The other way
round as well. Intervals are 95 % bootstrap intervals over answers.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench_rubric import DATA, Counts, interval, library, lines, row
from benchmark import Row, f1, options, show

from voicecoach import wiring
from voicecoach.app.takes.ticks import lesson
from voicecoach.model.learned import LONGEST_CHARS, SHORTEST_CHARS, LearnedSentence, taught
from voicecoach.rubric.text.spoken import SpokenText

WAYS = (("answers_a", "answers_b"), ("answers_b", "answers_a"))
SMALLEST = 4


def lessons(answers: list[dict[str, object]]) -> list[LearnedSentence]:
    """What is taught by one who ticks every wrong point of these answers."""
    engine = wiring.rubric_engine()
    learned = []
    for answer in answers:
        prompt, spoken = library()[str(answer["prompt"])], SpokenText.from_text(str(answer["text"]))
        labels = answer["labels"]
        assert isinstance(labels, dict)
        for point in engine.cover(prompt, spoken, language="zh").points:
            wrong = labels.get(point.id) != (point.state == "covered")
            if labels.get(point.id) is None or not wrong:
                continue
            covers = labels[point.id] == 1
            text = lesson(engine, prompt, spoken, point, language="zh", covers=covers)
            if text is not None and SHORTEST_CHARS <= len(text) <= LONGEST_CHARS:
                learned.append(LearnedSentence(prompt.id, point.id, "zh", text, covers, str(answer["id"])))
    return learned


def counted(answer: dict[str, object], learned: list[LearnedSentence]) -> Counts:
    """(found, missed, invented) of one answer, judged with what was learned."""
    prompt = taught(library()[str(answer["prompt"])], learned)
    spoken = SpokenText.from_text(str(answer["text"]))
    labels = answer["labels"]
    assert isinstance(labels, dict)
    hit = missed = wrong = 0
    for point in wiring.rubric_engine().cover(prompt, spoken, language="zh").points:
        label, heard = labels.get(point.id), point.state == "covered"
        if label is not None:
            hit += heard and label == 1
            wrong += heard and label == 0
            missed += not heard and label == 1
    return hit, missed, wrong


def measure(*, smallest: bool = False) -> list[Row]:
    """F1 before and after, each way."""
    rows: list[Row] = []
    for teaching, judged in WAYS:
        sets = [
            [each for each in lines(DATA / f"{name}.jsonl") if each.get("language", "zh") == "zh"]
            for name in (teaching, judged)
        ]
        if smallest:
            sets = [each[:SMALLEST] for each in sets]
        learned = lessons(sets[0])
        for name, sentences in (
            ("no ticks", []),
            ("算 and 不算", learned),
            ("算 alone", [each for each in learned if each.covers]),
        ):
            each = [counted(answer, sentences) for answer in sets[1]]
            title = f"ticks on {teaching}, judged {judged}: {name} ({len(sentences)} sentences)"
            rows.append(row(title, f1(each), len(each), "", interval(each)))
    return rows


if __name__ == "__main__":
    show(measure(smallest=options(__doc__).parse_args().smallest))
