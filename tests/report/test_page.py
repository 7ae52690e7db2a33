"""What all pages share: escaped values, words of the reader's language, and a policy of their own digests."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from voicecoach.report.batch.words import SCRIPT_CODES, script_words
from voicecoach.report.page import html_page, script_safe, template_text
from voicecoach.words.catalogue import has, languages

COMPARED: dict[str, Any] = {"heads": [], "doubts": ["<b>&"], "rows": []}


def directives(page: str) -> dict[str, str]:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    return dict(part.split(" ", 1) for part in unescape(policy[1]).split("; "))


def test_the_policy_names_the_pages_own_style_and_nothing_to_fetch() -> None:
    page = html_page("compare.html.jinja", "en", COMPARED, style=("report.css", "progress.css")).decode()
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style
    assert style[1] == template_text("report.css") + template_text("progress.css")
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert directives(page) == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "img-src": "data:",
        "style-src": f"'sha256-{digest}'",
    }


def test_what_is_shown_is_escaped_and_what_is_not_given_is_an_error() -> None:
    assert "&lt;b&gt;&amp;" in html_page("compare.html.jinja", "zh", COMPARED).decode()
    with pytest.raises(UndefinedError, match="'rows' is undefined"):
        html_page("compare.html.jinja", "zh", {"heads": [], "doubts": []})


@given(st.text() | st.lists(st.text()))
def test_data_for_a_script_hold_no_markup_and_stay_what_they_are(data: object) -> None:
    text = script_safe(data)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == data


@pytest.mark.parametrize("ui", languages())
def test_every_word_that_a_script_shows_is_in_its_page(ui: str) -> None:
    assert set(re.findall(r"(?<![\w.])words\.(\w+)", template_text("batch.js"))) <= set(script_words(ui))
    assert len(script_words(ui)) == len(SCRIPT_CODES)


def test_every_word_of_a_template_is_in_the_catalogue() -> None:
    for name in ("report", "batch", "progress", "compare", "history"):
        codes = re.findall(r"word\('([\w-]+)'(?! ~)", template_text(f"{name}.html.jinja"))
        assert codes, name
        assert [code for code in codes if not has(code)] == []
