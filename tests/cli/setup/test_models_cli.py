"""`voicecoach models`: which weights there are, and whether they are whole."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from command_line import run

from voicecoach.adapters.whisper import weights

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Installed:
    name: str
    sha256: str
    folder: str = "/models/small"


@pytest.fixture(autouse=True)
def _only_base(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(weights, "installed", lambda name: name == "base")
    monkeypatch.setattr(weights, "verify", lambda name: Installed(name, "12ab"))
    monkeypatch.setattr(weights, "install", lambda name: Installed(name, "12ab"))


@pytest.mark.parametrize(("ui", "installed"), [("zh", "已安装"), ("en", "installed")])
def test_the_list_in_the_readers_language(
    ui: str, installed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "models", "list", "--ui", ui)
    rows = {line.split()[0]: line for line in out.splitlines()}
    assert status == 0
    assert installed in rows["base"]
    assert installed not in rows["small"].partition("(")[0].partition("（")[0]


def test_the_list_as_json_is_the_same_in_all_languages(capsys: pytest.CaptureFixture[str]) -> None:
    documents = [run(capsys, "models", "list", "--json", "--ui", ui)[1] for ui in ("zh", "en")]
    assert documents[0] == documents[1]
    rows = {row["name"]: row["installed"] for row in json.loads(documents[0])}
    assert (rows["base"], rows["small"]) == (True, False)


def test_what_is_installed_is_verified_unless_models_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "models", "verify", "--ui", "en")[1] == "base: ok  sha256 12ab\n"
    assert run(capsys, "models", "verify", "small", "--ui", "zh")[1] == "small：完好  sha256 12ab\n"


def test_an_installed_model_is_named_with_its_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "models", "install", "small")[1] == "small: /models/small\n"
