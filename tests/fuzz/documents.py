"""Files that people write for the program, as they should be: packs, profiles, tables, words, marks."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any, Final

SOUND: Final = Path(__file__).parents[2] / "audio_fixtures" / "short_3s.flac"
PACK: Final = """\
schema: voicecoach.prompts/1
pack: counter
version: "1"
title: {zh: 柜台, en: Counter}
prompts:
  - id: parcel_late
    kind: scenario
    text:
      zh: 快递晚到了，客户很生气，您怎么说？
      en: The parcel is late and the customer is angry. What do you say?
    target_s: [20, 90]
    order: [calm, solve]
    fatal_language: [rude, shirk]
    points:
      - id: calm
        label: {zh: 安抚, en: Calm}
        weight: 2
        cues: {zh: [理解您的心情, 非常抱歉], en: [I understand]}
        exemplars: {zh: [换成是我也会着急, 让您久等了真对不起], en: [I would be upset as well]}
        counter_exemplars: {zh: [他急是他的事]}
      - id: solve
        label: {zh: 办法, en: A way out}
        cues: {zh: [马上联系站点, 申请补偿], en: [call the depot]}
        exemplars: {zh: [我这就给站点打电话催一下], en: [I will ring the depot right now]}
        hint: {zh: 给出办法, en: Offer a way out}
  - id: parcel_call
    kind: caller
    role: caller
    mood: 4
    text: {zh: 我的快递呢, en: Where is my parcel}
    target_s: [20, 300]
    persona: {zh: 急性子, en: In a hurry}
    lines:
      - {mood: 4, zh: 都三天了, en: It has been three days}
    points:
      - id: verify
        label: {zh: 核实, en: Verify}
        any:
          - cues: {zh: [订单号, 手机尾号]}
          - regex: {zh: '(哪个|什么).{0,3}单号', en: 'which (order|parcel)'}
      - id: no_promise
        label: {zh: 不保证, en: No promise}
        severity: fatal
        none: [{regex: {zh: '保证.{0,6}(到|送)', en: 'promise .{0,20}today'}}]
"""
PROFILES: Final = """\
schema: voicecoach.profiles/1
defaults:
  weights: {coverage: 50, measurements: {speech_rate: 8, pause_rate: 4}}
  bands:
    speech_rate: {green: [180, 240], amber: [150, 280], source: own counting}
    snr: {green: [20, null], amber: [10, null], source: own counting}
profiles:
  counter:
    title: {zh: 柜台, en: Counter}
    bands:
      longest_pause: {green: [null, 3], amber: [null, 5], source: own counting}
  desk:
    title: {zh: 前台, en: Desk}
"""
WORDS: Final = (
    {"text": "您好，", "start_s": 0.2, "end_s": 0.6}, {"text": "非常抱歉，", "start_s": 0.7, "end_s": 1.2},
    {"text": "我马上", "start_s": 1.3, "end_s": 1.8, "confidence": 0.9},
    {"text": "联系站点。", "start_s": 1.8, "end_s": 2.6},
)  # fmt: skip


def manifest_rows() -> list[dict[str, str]]:
    """Rows of one short recording, its words given."""
    row = {
        "file": "a.flac", "prompt": "late_delivery", "speaker": "王小明", "date": "2026-11-02",
        "transcript": "w.json", "channel": "", "agent_channel": "", "profile": "interview",
        "工单号": "A-0017",
    }  # fmt: skip
    return [
        row,
        row | {"file": "b.flac", "工单号": "A-0018", "channel": "0"},
        row | {"file": "sub/c.flac", "prompt": ""},
    ]


def as_csv(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    """The rows with their headings."""
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def as_lines(rows: list[dict[str, str]]) -> str:
    """The rows as one JSON object a line."""
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def as_workbook(rows: list[dict[str, str]]) -> bytes:
    """The rows as a spreadsheet."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def transcripts() -> list[str]:
    """The same words as we write them, and as two recognisers do."""
    plain = [
        {
            "word": word["text"],
            "start": word["start_s"],
            "end": word["end_s"],
            "probability": 0.9,
            "score": 0.9,
        }
        for word in WORDS
    ]
    segment: dict[str, Any] = {
        "start": 0.2,
        "end": 2.6,
        "text": "您好，非常抱歉，我马上联系站点。",
        "words": plain,
    }
    return [
        json.dumps({"words": WORDS}, ensure_ascii=False, indent=1),
        json.dumps(
            {"segments": [segment], "word_segments": plain, "language": "zh"}, ensure_ascii=False, indent=1
        ),
        json.dumps({"transcript": {"words": WORDS}}, ensure_ascii=False),
    ]


def marks(files: list[str]) -> str:
    """A sheet of marks for these files."""
    rows = [
        {
            "file": file,
            "rater": "甲",
            "empathy 安抚情绪": "1",
            "late_delivery/solution": "maybe",
            "total": "80",
            "note": "好",
        }
        for file in files
    ]
    return as_csv(rows)
