"""What holds for every body, whatever came in."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from newsroom import richtext
from newsroom.richtext import clean
from newsroom.richtext.document import write
from newsroom.richtext.limits import tame
from newsroom.richtext.reading import read

TAGS = re.findall(
    r"\S+",
    "p h1 h2 h3 h5 div span b strong i em a ul ol li blockquote table caption thead tbody tr td th br "
    "figure pre dl dt dd q del script style svg math select option template textarea title body html form "
    "section hr font noscript x-y ",
)
ATTRIBUTES = [
    "", ' style="font-weight:700"', ' style="font-weight:normal"', " href=/x", " href='http://a.org/?x=1&y=2'",
    " data-article=3", " data-photo=4", " data-kind=pull", " start=3", " scope=row", " colspan=2", " hidden",
    ' style="mso-list:l0 level1"', ' style="mso-list:Ignore"', " a='>'",
]  # fmt: skip
TEXTS = [
    " ",
    "\n",
    "&nbsp;",
    "a",
    "b c",
    " é ",
    "&lt;p&gt;",
    "&amp;lt;",
    "<!--",
    "-->",
    "<",
    "\x00",
    "\u200b",
    "\r\n",
    "]]>",
]

MARKUP = st.lists(
    st.one_of(
        st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
        st.builds("</{}>".format, st.sampled_from(TAGS)),
        st.sampled_from(TEXTS),
        st.text(max_size=5),
    ),
    max_size=25,
).map("".join)


@given(MARKUP)
def test_cleaning_twice_changes_nothing(html: str) -> None:
    cleaned = clean(html)

    assert clean(cleaned) == cleaned


@given(MARKUP)
def test_the_sanitiser_finds_nothing_left_to_do(html: str) -> None:
    assert write(read(tame(html))) == clean(html)


@given(MARKUP)
def test_anchors_are_not_part_of_what_was_written(html: str) -> None:
    cleaned = clean(html)

    assert clean(richtext.anchor(cleaned)) == cleaned
    assert richtext.anchor(richtext.anchor(cleaned)) == richtext.anchor(cleaned)


@given(MARKUP)
def test_blocks_joined_are_the_body(html: str) -> None:
    assert "".join(richtext.blocks(clean(html))) == clean(html)


def test_blocks_are_the_top_level_in_order() -> None:
    assert richtext.blocks("<p>a</p><ul><li>b</li></ul><blockquote><p>c</p></blockquote>") == [
        "<p>a</p>",
        "<ul><li>b</li></ul>",
        "<blockquote><p>c</p></blockquote>",
    ]


def test_subheads_get_an_id_of_their_own_from_their_text() -> None:
    body = "<h2>Autos &amp; <em>quotas</em></h2><h3>1. Who pays?</h3><h3>1. Who pays?</h3><h2>…</h2>"

    assert richtext.anchor(body) == (
        '<h2 id="h-autos-and-quotas">Autos &amp; <em>quotas</em></h2><h3 id="h-1-who-pays">1. Who pays?</h3>'
        '<h3 id="h-1-who-pays-2">1. Who pays?</h3><h2 id="h-story">…</h2>'
    )


def test_references_are_named_once_in_their_order() -> None:
    body = clean(
        '<p><a data-article="9">a</a> <a data-article="2">b</a> <a data-article="9">c</a></p><figure data-photo="4">'
        '</figure><figure data-photo="1"></figure>'
    )

    assert richtext.references(body) == richtext.References(photos=[4, 1], articles=[9, 2])
