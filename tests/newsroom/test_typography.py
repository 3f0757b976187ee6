"""Marks as a compositor sets them. The cases are in tests/data/typography.json, which the desk’s script runs too."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom import richtext
from newsroom.typography import typeset, typeset_html
from tests.scale import scaled

CASES = json.loads((Path(__file__).parents[1] / "data" / "typography.json").read_text(encoding="utf-8"))

TEXTS = st.text(alphabet="\"'-. ab2A1s90n,!(?)[]“”‘’–…\xa0\n/:@wx`t<>", max_size=40)
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
    return re.sub(r"[\"'“”‘’–—.…\- \xa0]|&nbsp;", "", text)


@pytest.mark.parametrize(("typed", "set_"), CASES["plain"])
def test_plain_text_is_set(typed: str, set_: str) -> None:
    assert typeset(typed) == set_
    assert typeset(set_) == set_


@pytest.mark.parametrize(("typed", "set_"), CASES["html"])
def test_a_body_is_set(typed: str, set_: str) -> None:
    assert typeset_html(typed) == set_
    assert typeset_html(set_) == set_


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


def test_the_worst_texts_are_set_in_linear_time() -> None:
    # No limit on time: a quadratic rule would take hours, and the runner stops it.
    for worst in ("'cause ", "www.'", "a@", "10 ", "<a '", "`a", "a-b."):
        typeset_html(worst * (60_000 // len(worst)))
