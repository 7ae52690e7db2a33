"""Failures in the reader's language: kept in English, shown in his."""

from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING

import pytest
from batch_fakes import job, judged
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.adapters.batch.result_files import ResultFiles
from voicecoach.app.batch.attempts import Try
from voicecoach.app.batch.failures import FailureWords
from voicecoach.app.batch.results import failed
from voicecoach.app.batch.results import judged as judged_result
from voicecoach.documents.failure import decode_kept, encode_kept
from voicecoach.errors import InputError
from voicecoach.model.job import FILE_MARK, Failure, Item, Outcome, Planned
from voicecoach.words.catalogue import Message

if TYPE_CHECKING:
    from pathlib import Path

ENDED = Message("batch-ended-killed", {"signal": "SIGKILL"})
SAID = {
    "en": "a.wav: the worker died (SIGKILL, often for want of memory), 1 times",
    "zh": "a.wav：处理进程中止（SIGKILL，多半是内存不够），共 1 次",
}


def lost(tmp_path: Path) -> Failure:
    failure = Try(job(tmp_path / "any", "ok")).died(ENDED).failure
    assert failure is not None
    return failure


@pytest.mark.parametrize("ui", sorted(SAID))
def test_a_failure_is_said_in_the_language_of_the_reader_under_the_name_of_the_file(
    tmp_path: Path, ui: str
) -> None:
    said = lost(tmp_path).said_of("a.wav", ui)
    assert said.message == SAID[ui]
    assert FILE_MARK not in said.hint


def test_what_is_kept_says_the_same_in_another_process(tmp_path: Path) -> None:
    failure = lost(tmp_path)
    kept = decode_kept(json.loads(json.dumps(encode_kept(failure))))
    assert kept == failure == pickle.loads(pickle.dumps(failure))
    assert kept.said_of("a.wav", "zh").message == SAID["zh"]


@pytest.mark.parametrize("told", [None, {"code": "error-of-tomorrow", "facts": {}, "part": ""}, {}])
def test_words_of_another_version_are_english(told: dict[str, object] | None) -> None:
    failure = Failure("input", f"{FILE_MARK} is odd", "mend it", 3, told=told)
    assert failure.said_of("a.wav", "zh").message == "a.wav is odd"


@given(path=st.text("ab中/. ", min_size=1))
def test_the_path_is_left_out_of_every_fact(path: str) -> None:
    cause = InputError("batch-file-changed", file=path)
    error = InputError("transcript-unreadable", name=f"<{path}>", cause=cause)
    told = Failure.of(error, path=path).told
    assert told is not None
    assert told["facts"]["name"] == f"<{FILE_MARK}>"
    assert told["facts"]["cause"]["facts"] == {"file": FILE_MARK}


def test_lines_keep_english_and_their_readers_see_their_own(tmp_path: Path) -> None:
    store = ResultFiles(tmp_path / "out")
    broken = job(tmp_path / "broken", "bad")
    plans = [
        Planned(Item("broken.wav", broken.path), broken),
        Planned(Item("a.wav", "a.wav", line=2), None, Failure.of(InputError("batch-call-with-words"))),
    ]
    with store.held():
        store.keep(broken, Outcome(broken.key, failure=lost(tmp_path)))
        shown = FailureWords(plans, store, "zh")
        kept = store.outcome(broken.key)
        assert isinstance(kept, Failure)
        results = [failed(plans[0], kept), failed(plans[1], plans[1].failure or kept)]
        told = [shown.failure(result).message for result in results]
        assert [shown(result).batch for result in results] == [result.batch for result in results]
    assert [result.failure.message for result in results] == [
        SAID["en"].replace("a.wav", "broken.wav"),
        "a call of two channels takes no given words",
    ]
    assert told == [SAID["zh"].replace("a.wav", "broken.wav"), "双声道通话不能再给现成的文字"]


def test_a_result_is_shown_as_it_is(tmp_path: Path) -> None:
    result = judged_result(Planned(Item("a.wav", "a.wav"), None), judged("sha"))
    assert FailureWords([], ResultFiles(tmp_path), "zh")(result) is result
