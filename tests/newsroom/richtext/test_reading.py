"""What becomes of the HTML that people type and paste."""

from __future__ import annotations

import pytest

from newsroom import richtext
from newsroom.richtext import clean

GOOGLE_DOCS = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-4f1c"><h1 dir="ltr" '
    'style="line-height:1.38"><span style="font-size:20pt;font-weight:400">The harbour</span></h1><p dir="ltr">'
    '<span style="font-weight:700">Bold</span><span style="font-weight:400;font-style:normal"> and </span>'
    '<span style="font-weight:400;font-style:italic">slanted</span></p><br><ul><li dir="ltr" aria-level="1"><p>'
    '<span style="font-weight:400">One</span></p></li><li><p><span>Two</span></p></li></ul></b>'
)
WORD = (
    "<!--[if gte mso 9]><xml><o:OfficeDocumentSettings></o:OfficeDocumentSettings></xml><![endif]-->"
    "<style>p.MsoNormal{margin:0}</style><p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Harbour<o:p></o:p>"
    "</b></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1."
    "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>First<o:p></o:p></p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.</span>Second</p>"
    "<p class=MsoNormal><span style='mso-hide:all'>secret</span>End</p>"
)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("bare text", "<p>bare text</p>"),
        ("one<p>two</p>three", "<p>one</p><p>two</p><p>three</p>"),
        ("<div>one</div><div>two<div>three</div></div>", "<p>one</p><p>two</p><p>three</p>"),
        ("<p>one<br><br>two<br>three<br></p>", "<p>one</p><p>two<br>three</p>"),
        ("<p> many \n\t spaces </p>", "<p>many spaces</p>"),
        ("<p>10&nbsp;km</p><p>a&nbsp; b</p>", "<p>10&nbsp;km</p><p>a b</p>"),
        ("<p>&nbsp;</p><p></p><p><strong> </strong></p><p>\u200b</p>", ""),
        ("<p>a\x00b\x0bc\x1f &#x80; \ufffe d</p>", "<p>abc € d</p>"),
        ("<h1>A</h1><h4>b</h4><h6>c</h6>", "<h2>A</h2><h3>b</h3><h3>c</h3>"),
        ("<h2><p><b>A</b> <i>b</i><br>c</p></h2>", "<h2>A <em>b</em> c</h2>"),
        ("<h2> </h2>", ""),
        ("<b>a</b><i>b</i><cite>c</cite>", "<p><strong>a</strong><em>bc</em></p>"),
        ("<b>a<b>b</b></b><strong>c</strong>", "<p><strong>abc</strong></p>"),
        ("<b><p>a</p><p>b</p></b>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        ("<p>a <i><b>b</b> c</i></p>", "<p>a <strong><em>b</em></strong><em> c</em></p>"),
        ("<q>said</q> <u>she</u> <sub>x</sub>", "<p>“said” she x</p>"),
        ("<pre>\n\none\n  two\n\nthree</pre>", "<p>one<br>two</p><p>three</p>"),
        ("<del>gone</del><ins>new</ins>", "<p>new</p>"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<p><strong>a</strong></p><p>b</p>"),
        ("<section><article>a</article></section><hr>", "<p>a</p>"),
        ("<p style='display:none'>secret</p><p hidden>secret</p>a", "<p>a</p>"),
        ("<img src=x alt=y><p>a</p>", "<p>a</p>"),
        ("<figure><img src=x><figcaption>Words</figcaption></figure>", "<p>Words</p>"),
        ('<p>a<figure data-photo="7">x</figure>b</p>', '<p>a</p><figure data-photo="7"></figure><p>b</p>'),
        ('<ul><li>a<figure data-photo="7"></figure></li></ul>', '<ul><li>a</li></ul><figure data-photo="7"></figure>'),
        ("<blockquote data-kind=pull>a</blockquote>", '<blockquote data-kind="pull"><p>a</p></blockquote>'),
        ("<blockquote><h2>a</h2><ul><li>b</ul></blockquote>", "<blockquote><p>a</p><ul><li>b</li></ul></blockquote>"),
        ("&lt;b&gt; &amp; &quot;", '<p>&lt;b&gt; &amp; "</p>'),
    ],
)  # fmt: skip
def test_what_was_meant_is_kept_in_the_stored_form(given: str, stored: str) -> None:
    assert clean(given) == stored


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br>b</li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><ul><li>a</li></ul></ul>", "<ul><li>a</li></ul>"),
        ("<ul>a<li>b</li><p>c</p></ul>", "<ul><li>a</li><li>b</li><li>c</li></ul>"),
        ("<ul><li>a<ol><li>b</ol>c</li></ul>", "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>"),
        ("<ul><li></li><li> </li></ul>", ""),
        ("<ol start=3><li>a</ol><ol start=x><li>b</ol>", '<ol start="3"><li>a</li></ol><ol><li>b</li></ol>'),
    ],
)
def test_lists_are_mended(given: str, stored: str) -> None:
    assert clean(given) == stored


def test_lists_keep_six_levels_and_every_point_below_them() -> None:
    cleaned = clean("".join(f"<ul><li>{level}" for level in range(1, 10)))

    assert cleaned.count("<ul>") == 6
    assert all(f"<li>{level}" in cleaned for level in range(1, 10))


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (
            "<table><tr><th>a<th>b<tr><th>c<td><p>1<p>2</table>",
            '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>'
            '<tbody><tr><th scope="row">c</th><td>1<br>2</td></tr></tbody></table>',
        ),
        (
            "<table border=1><caption>T</caption><tr><td colspan=2>a<tr><td>b<td>c<tr><td><td></table>",
            '<table><caption>T</caption><tbody><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr>'
            "</tbody></table>",
        ),
        ("<table><tr><td><h2>a</h2><p>b</td></tr></table>", "<h2>a</h2><p>b</p>"),
        ("<table><tr><td> <td>&nbsp;</table>", ""),
        (
            "<table><tr><td>a<td><table><tr><td>b<td>c</table></table>",
            "<table><tbody><tr><td>a</td><td>b c</td></tr></tbody></table>",
        ),
    ],
)
def test_tables_say_what_their_headers_are_for(given: str, stored: str) -> None:
    assert clean(given) == stored


@pytest.mark.parametrize(
    ("given", "levels"),
    [
        ("<h3>a</h3><p>x</p><h3>b</h3><h2>c</h2><h3>d</h3>", "h2 h2 h2 h3"),
        ("<h3>a</h3><h3>b</h3>", "h2 h2"),
        ("<h2>a</h2><h3>b</h3><h3>c</h3>", "h2 h3 h3"),
        ("<h4>1. a</h4>", "h2"),
    ],
)
def test_subheads_never_skip_a_level(given: str, levels: str) -> None:
    assert [block[1:3] for block in richtext.blocks(clean(given)) if block.startswith("<h")] == levels.split()


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("https://example.org/a?b=1&c='d'#e", "https://example.org/a?b=1&amp;c='d'#e"),
        ("HTTP://Example.org", "http://Example.org"),
        (" https://example.org/a b\n", "https://example.org/a%20b"),
        ("www.example.org/x", "https://www.example.org/x"),
        ("https://example.org:8080/", "https://example.org:8080/"),
    ],
)
def test_links_to_other_sites_have_rel(given: str, stored: str) -> None:
    assert clean(f'<a href="{given}">x</a>') == f'<p><a href="{stored}" rel="noopener noreferrer">x</a></p>'


@pytest.mark.parametrize("address", ["/world/", "/a?b=c#d", "#h-part-one", "mailto:desk@example.org?subject=Hello"])
def test_own_addresses_and_mail_are_links_without_rel(address: str) -> None:
    assert clean(f'<a href="{address}">x</a>') == f'<p><a href="{address}">x</a></p>'


def test_a_link_to_a_story_of_ours_is_its_id_only() -> None:
    assert clean('<a data-article="12" href="https://x.org/">a <b>b</b></a>') == (
        '<p><a data-article="12">a <strong>b</strong></a></p>'
    )


def test_a_link_over_a_line_break_stays_one_link() -> None:
    assert clean("<a href=/x>a<br>b</a>") == '<p><a href="/x">a<br>b</a></p>'


def test_google_docs_leaves_words_and_marks_only() -> None:
    assert clean(GOOGLE_DOCS) == (
        "<h2>The harbour</h2><p><strong>Bold</strong> and <em>slanted</em></p><ul><li>One</li><li>Two</li></ul>"
    )


def test_word_leaves_words_marks_and_lists_only() -> None:
    assert clean(WORD) == "<p><strong>Harbour</strong></p><ol><li>First</li><li>Second</li></ol><p>End</p>"
