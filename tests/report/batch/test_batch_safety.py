"""The report of a batch is safe whatever a result holds."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape

import pytest
from assessments import answer, refused
from batch_documents import failure, key_of, of
from batch_pages import data_of, report, scored
from pages import EVIL, Outline

from voicecoach.report.batch.html import page_name


def test_nothing_that_a_result_holds_becomes_markup() -> None:
    evil = of(answer(), file=EVIL, speaker=EVIL, date=EVIL, prompt=EVIL)
    for word in evil["transcript"]["words"]:
        word["text"] = EVIL
    evil["transcript"]["text"] = EVIL
    evil["rubric"]["points"][0]["evidence"][0]["quote"] = EVIL
    evil["refusals"] = of(refused())["refusals"]
    evil["refusals"][0]["by_language"]["zh"] = {"reason": EVIL, "remedy": EVIL}
    clean = report([of(answer())])
    files = report([evil, failure(file=EVIL)])
    for name, text in files.items():
        if name != "report.html":
            assert not re.search("[<>&\u2028\u2029]", text)
    outline, wanted = Outline(), Outline()
    outline.feed(files["report.html"])
    wanted.feed(clean["report.html"])
    assert {tag for tag, _ in outline.tags} - {tag for tag, _ in wanted.tags} <= {"small", "br"}
    assert sum(tag == "script" for tag, _ in outline.tags) == 2
    assert not [name for _, attributes in outline.tags for name in attributes if name.startswith("on")]


def test_the_policy_lets_through_the_pages_own_script_and_style_only() -> None:
    page = report([of(answer())], choice="link")["report.html"]
    policies = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    first, second = (unescape(policy) for policy in policies)
    for kind, part in (("script", r"<script>(.*?)</script>"), ("style", r"<style>(.*?)</style>")):
        block = re.search(part, page, re.DOTALL)
        assert block
        digest = base64.b64encode(hashlib.sha256(block[1].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in first
    assert first.startswith("default-src 'none'; base-uri 'none'; form-action 'none'; ")
    assert "http" not in first + second
    assert second == "script-src 'unsafe-inline' 'self' file:"


@pytest.mark.parametrize(
    ("choice", "media"),
    [("link", "; media-src 'self' file: blob:"), ("embed", "; media-src blob:"), ("none", "")],
)
def test_the_policy_lets_sound_come_only_from_where_it_is(choice: str, media: str) -> None:
    page = report([of(answer())], choice=choice)["report.html"]
    policy = unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', page)[0])
    assert policy.partition("'; style-src '")[2].partition("'")[2] == media
    assert ("<audio" in page) == (choice != "none")


def test_a_key_never_leads_out_of_the_folder() -> None:
    assert page_name(key_of(3)) == key_of(3)
    assert re.fullmatch("[0-9a-f]{40}", page_name("../../etc/passwd"))
    assert list(report([scored(1.0, key="../x")])) == [f"pages/{page_name('../x')}.js", "report.html"]


def test_two_files_of_one_content_share_their_page() -> None:
    files = report([scored(5.0, file="a.wav"), scored(5.0, file="b.wav")])
    assert len(files) == 2
    assert {row["page"] for row in data_of(files)["rows"]} == {key_of(0)}
