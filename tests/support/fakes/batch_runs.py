"""What tests and benchmarks of real batch runs share: a small pack of one's own, and the worker processes."""

from __future__ import annotations

import subprocess

OWN_PACK = """\
schema: voicecoach.prompts/1
pack: own
version: "1"
title: {zh: 自己的}
prompts:
  - id: own_prompt
    kind: rules
    text: {zh: 你会怎么做？}
    target_s: [10, 60]
    points:
      - id: patient
        label: {zh: 有耐心}
        cues: {zh: [有耐心]}
        exemplars: {zh: [我性格比较有耐心]}
"""
OWN_PACK_CHANGED = OWN_PACK.replace("有耐心]}", "有耐心, 把话说完]}")


def workers_of(pid: int) -> list[int]:
    """The worker processes of the batch that runs as ``pid``."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(line.split()[0]) for line in listed.stdout.splitlines() if "spawn_main" in line]
