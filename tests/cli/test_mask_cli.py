"""``voicecoach score --mask`` on a real recording: no report and no sound of it gives the number away."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from voicecoach.audio import decode
from voicecoach.model.audio import Span

NUMBERS = Path(__file__).parents[2] / "audio_fixtures" / "numbers_zh.flac"
CODING_NOISE_RMS = 1e-3
"""What the compression leaves in digital silence, full scale 1."""


def scored(folder: Path, *options: str) -> tuple[dict[str, object], str, str, Path]:
    """The JSON, the page, what the terminal says, and the page's sound as a file."""
    target, page = folder / "out.json", folder / "out.html"
    done = subprocess.run(
        [sys.executable, "-m", "voicecoach", "score", str(NUMBERS), *options,
         "--json", str(target), "--html", str(page)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    text = page.read_text("utf-8")
    embedded = re.search(r"data:audio/mpeg;base64,([A-Za-z0-9+/=]+)|>([A-Za-z0-9+/=]{10000,})<", text)
    assert embedded
    mp3 = folder / "page.mp3"
    mp3.write_bytes(base64.b64decode(embedded[1] or embedded[2]))
    read = re.sub(r"<[^>]*>|\s", "", text.replace(embedded[0], ""))  # a word is an element of its own
    return json.loads(target.read_text("utf-8")), read, done.stdout, mp3


@pytest.mark.weights
def test_the_tail_of_a_number_is_hidden_everywhere_and_the_rest_stays(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "masked").mkdir()
    plain, plain_page, _, _ = scored(tmp_path / "plain")
    masked, page, shown, mp3 = scored(tmp_path / "masked", "--mask")
    said = json.dumps(plain["transcript"], ensure_ascii=False)
    assert "8842" in said.replace('"', "")
    assert "masking" not in plain
    assert masked["masking"] == {"tail": 1}
    transcript = masked["transcript"]
    assert isinstance(transcript, dict)
    assert "号是［尾号］" in transcript["text"]
    assert all(number in transcript["text"] for number in ("618", "24", "299.5", "10", "12315"))
    assert "8842" in plain_page
    assert not any("8842" in text for text in (json.dumps(masked["transcript"]), page, shown))
    assert masked["measurements"] == plain["measurements"]
    hidden = next(word for word in transcript["words"] if "［尾号］" in word["text"])
    span = Span(hidden["start_s"], hidden["end_s"])
    for file, is_quiet in ((mp3, True), (NUMBERS, False)):
        samples = decode.load(file).waveform.cut(span)
        assert bool(np.sqrt(np.mean(samples**2)) < CODING_NOISE_RMS) == is_quiet
