"""Bodies on a page, and data for machines in its head."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from django.utils.html import format_html

from newsroom import richtext

FIGURE = format_html('<figure class="picture"><img src="{}" alt=""></figure>', "/media/7.jpg")


def test_photos_take_their_place_and_unknown_ones_leave_nothing() -> None:
    body = '<p>a</p><figure data-photo="7"></figure><figure data-photo="8"></figure><p>b</p>'

    assert richtext.render(body, photos={7: FIGURE}, links={}) == f"<p>a</p>{FIGURE}<p>b</p>"


def test_own_links_lead_where_the_story_is_and_otherwise_leave_the_words() -> None:
    body = '<p><a data-article="1">one <em>x</em></a>, <a data-article="2">two</a>, <a data-article="3">three</a></p>'

    assert richtext.render(body, photos={}, links={1: "/world/2026/02/03/one/?a&b", 2: None}) == (
        '<p><a href="/world/2026/02/03/one/?a&amp;b">one <em>x</em></a>, two, three</p>'
    )


def test_anchors_stay_and_other_ids_go() -> None:
    body = '<h2 id="h-part-one">Part one</h2><h2 id="search">x</h2><p id="h-x">y</p>'

    assert richtext.render(body, photos={}, links={}) == '<h2 id="h-part-one">Part one</h2><h2>x</h2><p>y</p>'


def test_a_wide_table_scrolls_by_itself() -> None:
    body = "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"

    assert richtext.render(body, photos={}, links={}) == f'<div class="table-scroll" tabindex="0">{body}</div>'


def test_no_value_can_end_the_json_ld_element() -> None:
    data = {
        "headline": "</script><!--<script>alert(1)&amp;\u2028\u2029 “é”",
        "datePublished": datetime(2026, 2, 3, tzinfo=UTC),
    }

    written = str(richtext.json_ld(data))
    inside = written.removeprefix('<script type="application/ld+json">').removesuffix("</script>")

    assert not set("<>&\u2028\u2029") & set(inside)
    assert json.loads(inside) == {"headline": data["headline"], "datePublished": "2026-02-03T00:00:00Z"}
