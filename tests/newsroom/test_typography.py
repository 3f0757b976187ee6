"""Marks as a compositor sets them. The cases are in tests/data/typography.json, which the desk’s script runs too: what
is typed, what it becomes, and the language where it is not English.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from newsroom import richtext
from newsroom.languages import STORIES
from newsroom.typography import spellings, typeset, typeset_html
from newsroom.typography.marks import TABLE, as_script
from tests.scale import scaled

CASES = json.loads((Path(__file__).parents[1] / "data" / "typography.json").read_text(encoding="utf-8"))

TEXTS = st.text(alphabet="\"'-. ab2A1s90n,!(?)[]“”‘’–…\xa0\n/:@wx`t<>", max_size=40)
FOREIGN = st.text(alphabet="\"'-. abß2A9sn,;!(?)“”‘’„‚«»‹›–—…\xa0\u202f\n:`<>", max_size=40)
LANGUAGES = st.sampled_from(sorted(TABLE))
BODIES = st.lists(
    st.sampled_from(
        ['"', "'", "-", ". ", "...", "--", "a", "Mr A", "10 km", "&nbsp;", "&amp;", " ", "<br>"]
        + [f"<{slash}{tag}>" for tag in ("p", "em", "strong", "h2", "blockquote", "li", "ul") for slash in ("", "/")]
        + ['<a href="http://x.y/--\'">', "</a>"]
    ),
    max_size=25,
).map("".join)


def _letters(text: str) -> str:
    """What setting must leave alone: everything but marks and spaces."""
    return re.sub(r"[\"'“”‘’„‚«»‹›–—.…\- \xa0\u202f]|&nbsp;", "", text)


@pytest.mark.parametrize("case", CASES["plain"], ids=str)
def test_plain_text_is_set(case: list[str]) -> None:
    typed, set_, *language = case
    assert typeset(typed, *language) == set_
    assert typeset(set_, *language) == set_


@pytest.mark.parametrize("case", CASES["html"], ids=str)
def test_a_body_is_set(case: list[str]) -> None:
    typed, set_, *language = case
    assert typeset_html(typed, *language) == set_
    assert typeset_html(set_, *language) == set_


def test_text_that_names_no_language_is_set_in_the_newsrooms(settings: Settings) -> None:
    assert typeset('"Ja"') == "“Ja”"
    settings.LANGUAGE_CODE = "de"
    assert typeset('"Ja"') == "„Ja“"
    assert typeset_html("<p>'Ja'</p>") == "<p>‚Ja‘</p>"
    assert typeset('"Yes"', "en-gb") == "“Yes”"
    assert set(spellings("„Ja“")) == {"„Ja“", '"Ja"'}


def test_the_languages_with_marks_are_languages_of_stories_and_the_desk_has_the_same_marks() -> None:
    assert set(TABLE) <= set(STORIES)
    copy = Path(__file__).parents[2] / "static" / "js" / "desk-marks.js"
    how = "from newsroom.typography.marks import as_script; print(as_script(), end='')"
    assert copy.read_text(encoding="utf-8") == as_script(), f'python -c "{how}" > static/js/desk-marks.js'


@given(FOREIGN, LANGUAGES)
@settings(max_examples=scaled(400, 40_000), deadline=None)
def test_setting_twice_changes_nothing_more_in_any_language(text: str, language: str) -> None:
    once = typeset(text, language)
    assert typeset(once, language) == once
    assert _letters(once) == _letters(text)
    body = typeset_html(f"<p>{text.replace('<', '&lt;').replace('>', '&gt;')}</p>", language)
    assert typeset_html(body, language) == body


@given(TEXTS)
@settings(max_examples=scaled(300, 20_000), deadline=None)
def test_setting_twice_changes_nothing_more_and_setting_once_only_marks(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once
    assert _letters(once) == _letters(text)


@given(BODIES)
@settings(max_examples=scaled(150, 5_000), deadline=None)
def test_a_stored_body_stays_a_stored_body(html: str) -> None:
    stored = richtext.clean(html)
    once = richtext.clean(typeset_html(stored))
    assert typeset_html(once) == once
    assert _letters(once) == _letters(stored)


def test_text_in_which_nothing_changes_stays_as_it_was_to_the_byte() -> None:
    body = '<p>A &amp; “b”&nbsp;<em>c</em><br>d &lt; e</p><figure data-photo="3"></figure><p>&#8217;</p>'
    assert typeset_html(body) == body


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_the_worst_texts_are_set_in_linear_time(language: str) -> None:
    # No limit on time: a quadratic rule would take hours, and the runner stops it.
    for worst in ("'cause ", "www.'", "a@", "10 ", "<a '", "`a", "a-b.", " --a", '" ', "a !", "z. "):
        typeset_html(worst * (60_000 // len(worst)), language)
