"""What is refused, and that refusing it costs nothing."""

from __future__ import annotations

from time import process_time

import pytest

from newsroom.richtext import MAX_BYTES, MAX_DEPTH, RichTextError, clean

SECONDS = 0.5

TRICKS = {
    "divs": "<div>" * 40_000,
    "marks": "<b>" * 400_000,
    "formatting opened again in every paragraph": "".join(f"<p><b a={n}>" for n in range(200)) + "<p>x" * 20_000,
    "end tags hidden in comments": "<div><!--</div>-->" * 40_000,
    "end tags hidden in attributes": "<div title='</div>'>" * 40_000,
    "end tags hidden in scripts": "<div><script></div></script>" * 40_000,
    "a comment that is style": "<style><!--</style>" + "<div>" * 40_000,
    "tables in tables": "<table><tr><td>" * 40_000,
    "formatting fostered by tables": "<table><b a=1><td></b></table>" * 30_000,
    "lists": "<ul><li>" * 40_000,
    "foreign content left by an end tag": "<svg></p><path/>" * 40_000,
    "attributes": "<p " + " ".join(f"a{n}" for n in range(200_000)) + ">x",
    "tags": "<p>x" * 450_000,
    "unclosed tags": "<a " * 600_000,
    "unclosed quotes": '<a b="' * 300_000,
    "size": "x" * (MAX_BYTES + 1),
    "size in bytes": "é" * (MAX_BYTES // 2 + 1),
    "size as it would be stored": "&" * (MAX_BYTES - 1),
}


@pytest.mark.parametrize("trick", TRICKS.values(), ids=TRICKS)
def test_excess_is_refused_at_once(trick: str) -> None:
    started = process_time()

    with pytest.raises(RichTextError):
        clean(trick)

    assert process_time() - started < SECONDS


@pytest.mark.parametrize("tag", ["div", "blockquote", "span", "b", "ul", "q"])
def test_nesting_up_to_the_limit_is_read(tag: str) -> None:
    assert "x" in clean(f"<{tag}>" * MAX_DEPTH + "x" + f"</{tag}>" * MAX_DEPTH)
    with pytest.raises(RichTextError, match="100 levels"):
        clean(f"<{tag}>" * (MAX_DEPTH + 1) + "x")


@pytest.mark.parametrize(
    "markup",
    [
        "<p>x" * 1000,
        "<ul>" + "<li><p>x" * 1000 + "</ul>",
        "<table>" + "<tr><td>x<th>y" * 1000 + "</table>",
        "<dl>" + "<dt>x<dd>y" * 1000 + "</dl>",
        "<p>x<br><img src=y></p>" * 1000,
        "<div><p>x</div>" * 1000,
        "<!-- <div> -->x" * 1000,
    ],
)
def test_end_tags_that_html_lets_one_leave_out_are_no_depth(markup: str) -> None:
    assert clean(markup).count("x") == 1000


def test_lone_surrogates_are_dropped() -> None:
    assert clean("a\ud800b") == "<p>ab</p>"
