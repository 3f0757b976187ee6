"""Two bodies compared: word by word, in their structure, with nothing left out and nothing let in."""

from __future__ import annotations

import random
import re
import time

import pytest
from django.utils.html import format_html
from hypothesis import given
from hypothesis import strategies as st

from newsroom import richtext
from newsroom.differences import Budget
from newsroom.richtext.comparing import Fate, Row, compare
from tests.newsroom.richtext.test_attacks import corpus, harm

HIDDEN = re.compile(r'<span class="desk-hidden">[^<]*</span>')
NOTE = re.compile(r"<small>.*?</small>")
TRACE = re.compile(r"</?(?:ins|del|mark)>")


def _signs(html: str) -> str:
    """A comparison's HTML as a test reads it: [-removed-]{+added+}."""
    html = HIDDEN.sub("", html)
    for element, sign in (("<del>", "[-"), ("</del>", "-]"), ("<ins>", "{+"), ("</ins>", "+}")):
        html = html.replace(element, sign)
    return html


def _plain(html: str) -> str:
    return richtext.clean(TRACE.sub("", NOTE.sub("", HIDDEN.sub("", html))))


def _both(before: str, after: str) -> str:
    return "".join(_signs(row.both) for row in compare(before, after))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("<p>Port raises tariffs</p>", "<p>Port lowers tariffs</p>", "<p>Port [-raises-]{+lowers+} tariffs</p>"),
        ("<p>a &lt;b&gt;</p>", "<p>a &lt;i&gt;</p>", "<p>a &lt;[-b-]{+i+}&gt;</p>"),
        ('<h2 id="h-one">One two</h2>', '<h2 id="h-one-2">One two</h2>', "<h2>One two</h2>"),
        ("<ul><li>One</li></ul>", "<ul><li>New</li><li>One</li></ul>", "<ul><li>{+New+}</li><li>One</li></ul>"),
        (
            "<ul><li>One<ul><li>below it</li></ul></li></ul>",
            "<ul><li>One<ul><li>under it</li></ul></li></ul>",
            "<ul><li>One<ul><li>[-below-]{+under+} it</li></ul></li></ul>",
        ),
        (
            "<table><tbody><tr><td>2024</td><td>10</td></tr></tbody></table>",
            "<table><tbody><tr><td>2024</td><td>11</td></tr><tr><td>2025</td><td></td></tr></tbody></table>",
            "<table><tbody><tr><td>2024</td><td>[-10-]{+11+}</td></tr>"
            "<tr><td>{+2025+}</td><td></td></tr></tbody></table>",
        ),
        (
            "<blockquote><p>So he said</p></blockquote>",
            "<blockquote><p>So she said</p></blockquote>",
            "<blockquote><p>So [-he-]{+she+} said</p></blockquote>",
        ),
    ],
)
def test_what_changed_is_told_in_the_structure_that_it_has(before: str, after: str, told: str) -> None:
    assert _both(before, after) == told


def test_a_column_that_is_new_leaves_the_others_in_their_place() -> None:
    before = "<table><tbody><tr><td>2024</td><td>10</td></tr><tr><td>2025</td><td>12</td></tr></tbody></table>"
    after = before.replace("<td>10</td>", "<td>x</td><td>10</td>").replace("<td>12</td>", "<td>y</td><td>12</td>")
    (row,) = compare(before, after)
    assert _signs(row.both) == after.replace("<td>x</td>", "<td>{+x+}</td>").replace("<td>y</td>", "<td>{+y+}</td>")
    assert _plain(row.before) == before


def test_a_cell_that_was_empty_keeps_its_place_beside_the_others() -> None:
    before = "<table><tbody><tr><td>2024</td><td></td><td>10</td></tr></tbody></table>"
    after = "<table><tbody><tr><td>2024</td><td>new</td><td>10</td></tr></tbody></table>"
    (row,) = compare(before, after)
    assert (_plain(row.before), _plain(row.after)) == (before, after)


@pytest.mark.parametrize(
    ("before", "after", "note"),
    [
        ("<p>one two</p>", "<p>one <strong>two</strong></p>", "now bold"),
        ("<p>one <em>two</em></p>", "<p>one two</p>", "no longer italic"),
        ("<p>one two</p>", '<p>one <a href="https://a.example/">two</a></p>', "now a link to https://a.example/"),
        (
            '<p>one <a href="https://a.example/">two</a></p>',
            '<p>one <a data-article="7">two</a></p>',
            "link to “The Kessing accord”, was to https://a.example/",
        ),
        ('<p>one <a data-article="8">two</a></p>', "<p>one two</p>", "no longer a link to “a story of ours”"),
    ],
)
def test_words_that_are_only_marked_otherwise_are_not_called_new(before: str, after: str, note: str) -> None:
    (row,) = compare(before, after, stories={7: "The Kessing accord"})
    assert f"<small>{note}</small>" in row.both
    assert "<ins>" not in row.both
    assert "<del>" not in row.both
    assert (_plain(row.before), _plain(row.after)) == (richtext.clean(before), richtext.clean(after))


@pytest.mark.parametrize(
    ("before", "after", "note"),
    [
        ("<p>x</p><h2>One</h2>", "<p>x</p><p>One</p>", "now a paragraph, was a heading"),
        ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>", "now a numbered list"),
        ('<ol start="3"><li>a</li></ol>', "<ol><li>a</li></ol>", "now numbered from 1, was from 3"),
        (
            "<blockquote><p>a</p></blockquote>",
            '<blockquote data-kind="pull"><p>a</p></blockquote>',
            "now a pull quote",
        ),
        (
            '<table><tbody><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>',
            "<table><tbody><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>",
            "cells are joined otherwise, or are headers now",
        ),
    ],
)
def test_what_no_words_show_is_noted(before: str, after: str, note: str) -> None:
    row = compare(before, after)[-1]
    assert (row.fate, row.notes) == (Fate.CHANGED, (note,))
    assert _plain(before).endswith(_plain(row.before))


def test_a_paragraph_at_another_place_has_moved() -> None:
    rows = compare("<p>One</p><p>Two</p><p>Three</p>", "<p>Two</p><p>Three</p><p>One</p>")
    assert [(row.fate, row.before, row.after) for row in rows] == [
        (Fate.MOVED_AWAY, "<p>One</p>", ""),
        (Fate.SAME, "<p>Two</p>", "<p>Two</p>"),
        (Fate.SAME, "<p>Three</p>", "<p>Three</p>"),
        (Fate.MOVED_HERE, "", "<p>One</p>"),
    ]


def test_another_picture_is_one_removed_and_one_added() -> None:
    rows = compare('<figure data-photo="3"></figure>', '<figure data-photo="4"></figure>')
    assert [row.fate for row in rows] == [Fate.REMOVED, Fate.ADDED]
    shown = richtext.compared(rows[1].after, photos={4: format_html("<p>Picture: {}</p>", "<The port>")})
    assert shown == "<p>Picture: &lt;The port&gt;</p>"


_text = st.text(st.sampled_from("ab cd’1,.\xa0<&é"), min_size=1, max_size=12).map(
    lambda text: f"x{text}".replace("&", "&amp;").replace("<", "&lt;")
)
_line = st.tuples(st.sampled_from(["{}", "<em>{}</em>", '<a href="/x">{}</a> c', "a <strong>{}</strong>b"]), _text).map(
    lambda pair: pair[0].format(pair[1])
)
_item = st.one_of(_line, _line.map(lambda text: f"a<ul><li>{text}</li><li>b</li></ul>"))
_row = st.lists(st.one_of(_line, st.just("")), min_size=2, max_size=3).map(
    lambda cells: f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
)
_block = st.one_of(
    _line.map("<p>{}</p>".format),
    _line.map("<h2>{}</h2>".format),
    st.lists(_item, min_size=1, max_size=3).map(lambda items: f"<ol>{''.join(f'<li>{i}</li>' for i in items)}</ol>"),
    st.lists(_row, min_size=2, max_size=3).map(lambda rows: f"<table><tbody>{''.join(rows)}</tbody></table>"),
    _line.map("<blockquote><p>{}</p></blockquote>".format),
    st.integers(1, 3).map('<figure data-photo="{}"></figure>'.format),
)
_body = st.lists(_block, max_size=5).map("".join)


def _words(rows: list[Row], side: str) -> list[str]:
    html = _plain("".join(getattr(row, side) for row in rows)).replace("&nbsp;", " ")
    return re.sub(r"(<[^>]*>)", r" \1 ", html).split()


@given(_body, _body)
def test_each_side_is_the_whole_body_whatever_became_of_it(before: str, after: str) -> None:
    rows = compare(before, after)
    same = compare(after, after)
    assert _words(rows, "after") == _words(same, "after")
    assert _words(rows, "before") == _words(compare(before, before), "before")
    assert {row.fate for row in same} <= {Fate.SAME}


def test_tables_whose_empty_cells_could_be_of_either_side_are_told_whole() -> None:
    rows = {
        "before": "<tr><td>x1</td><td></td></tr><tr><td></td><td>x1</td><td>x1</td></tr>",
        "after": "<tr><td>x1</td><td>x1</td></tr><tr><td>x1</td><td>x1</td></tr>",
    }
    before, after = (f"<table><tbody>{each}</tbody></table>" for each in rows.values())
    [row] = compare(before, after)
    assert row.fate == Fate.CHANGED
    assert _words([row], "before") == _words(compare(before, before), "before")
    assert _words([row], "after") == _words(compare(after, after), "after")


def test_no_attack_gets_through_a_comparison() -> None:
    for attack in corpus():
        body = richtext.clean(f"<p>One {attack} two</p>")
        for before, after in ((body, "<p>One two</p>"), ("<p>One two</p>", body), (attack, body)):
            for row in compare(before, after):
                for side in (row.before, row.after, row.both):
                    assert harm(_plain_page(side)) == [], attack
        assert harm(_plain_page(attack)) == [], attack


def _plain_page(html: str) -> str:
    page = str(richtext.compared(html, photos={}))
    for around in ('<div class="table-scroll" tabindex="0">', "</div>", "<small>", "</small>"):
        page = page.replace(around, "")
    return TRACE.sub("", re.sub(r'<span(?: class="desk-hidden")?>|</span>', "", page))


def test_two_long_bodies_are_compared_in_two_seconds() -> None:
    chance = random.Random(3)
    words = [f"word{number}" for number in range(3000)]
    lines = [" ".join(chance.choices(words, k=55)) for _ in range(900)]
    other = [" ".join("new" if chance.random() < 0.1 else word for word in line.split()) for line in lines]
    bodies = ["".join(f"<p>{line}</p>" for line in each) for each in (lines, other, lines[::-1])]
    bodies.append(f"<p>{' '.join(lines)}</p>")
    assert len(bodies[0]) > 400_000
    for after in bodies[1:]:
        began = time.thread_time()  # a busy machine takes longer, and does no more
        rows = compare(bodies[0], after)
        assert time.thread_time() - began < 2
        assert rows


def test_what_there_is_no_time_for_is_told_as_replaced() -> None:
    before, after = "<p>One, and many words more, two</p><p>Same</p>", "<p>Ten, and many words more, six</p><p>Same</p>"
    (changed, same) = compare(before, after, budget=Budget(seconds=0))
    assert _signs(changed.both) == "<p>[-One, and many words more, two-]{+Ten, and many words more, six+}</p>"
    assert same.fate == Fate.SAME
