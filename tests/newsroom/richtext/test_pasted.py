"""What becomes of a whole document that somebody pastes."""

from __future__ import annotations

import re
from time import process_time

import pytest
from selectolax.lexbor import LexborHTMLParser

from newsroom.richtext import RichTextError, clean
from newsroom.richtext.pasted import MAX_BYTES, MOST_NAMED, MOST_PICTURES, read_pasted
from tests.newsroom.richtext.test_attacks import corpus, harm
from tests.newsroom.richtext.test_limits import SECONDS, TRICKS
from tests.pasted import document, word

LISTS = "<ul><li>Dredging<ul><li>the <strong>north</strong> channel</li></ul></li><li>Lights</li></ul>"
LEDGER = '<a href="https://example.org/ledger" rel="noopener noreferrer">ledger</a>'
TABLE = (
    '<table><thead><tr><th scope="col">Year</th><th scope="col">Crowns</th></tr></thead>'
    "<tbody><tr><td>2025</td><td>4,000</td></tr></tbody></table>"
)


def test_word_on_windows() -> None:
    pasted = read_pasted(document("word-windows"))

    assert pasted.html == (
        "<h2>What the harbour owes</h2>"
        "<p>The authority <strong>paid nothing</strong> for <em>nine years</em>. Then it paid "
        '<a href="https://example.org/ledger?year=2025&amp;page=3" rel="noopener noreferrer">all of it</a>[1], '
        "said the mayor.</p>"
        "<h2>Where it went</h2><h3>1.1 By year</h3>"
        "<ul><li>Dredging<ul><li>the <strong>north</strong> channel<ul><li>twice</li></ul></li></ul></li>"
        "<li>Lights</li></ul>"
        "<p>In this order:</p>"
        "<ol><li>The quay<ol><li>east</li></ol></li><li>The cranes</li></ol><p>Nobody knows the third.</p>"
        '<ol start="3"><li>The ferry</li></ol>'
        "<h3>In figures</h3>"
        '<table><thead><tr><th scope="col">Year</th><th scope="col" colspan="2">Crowns</th></tr></thead>'
        "<tbody><tr><td>2025</td><td>4,000</td><td>5,000</td></tr></tbody></table>"
        "<h3>A picture of it</h3><blockquote><p>We were never asked.</p></blockquote><p>Put in. E = mc2</p>"
        "<p>[1] Ledger, page 3.</p>"
    )
    [left_out] = pasted.left_out
    assert left_out.name == "The north quay at low water"
    assert "stayed in the document" in left_out.why


def test_word_on_a_mac() -> None:
    pasted = read_pasted(document("word-mac"))

    assert pasted.html == (
        "<h2>Where it went</h2><p><strong>Nothing</strong> was <em>paid</em>.</p>"
        "<ol><li>The quay</li><li>The cranes</li></ol><ol><li>Another list</li></ol>"
    )
    assert [each.name for each in pasted.left_out] == ["north-quay.jpg"]


def test_word_on_the_web() -> None:
    assert read_pasted(document("word-web")).html == (
        "<h2>What the harbour owes</h2><h2>Where it went</h2>"
        f"<p><strong>Nothing</strong> was <em>paid</em>, says the {LEDGER}.</p>"
        "<ul><li>Dredging<ul><li>the north channel</li></ul></li><li>Lights</li></ul>"
        "<ol><li>The quay</li><li>The cranes</li></ol><blockquote><p>We were never asked.</p></blockquote>"
        "<table><tbody><tr><td>Year</td><td>Crowns</td></tr><tr><td>2025</td><td>4,000</td></tr></tbody></table>"
    )


def test_google_docs() -> None:
    pasted = read_pasted(document("google-docs"))

    assert pasted.html == (
        "<h2>Where it went</h2><p>The authority paid <strong>nothing</strong> for <em>nine </em><strong><em>years</em>"
        f"</strong>. See the {LEDGER} now, and below.</p>{LISTS}<p>In this order:</p>"
        f"<ol><li>The quay</li><li>The cranes</li></ol><h3>In figures</h3>{TABLE}<ul><li>Ask the mayor</li></ul>"
    )
    assert pasted.pictures == []
    [left_out] = pasted.left_out
    assert left_out.name == "The north quay at low water"
    assert "lh7-rt.googleusercontent.com" in left_out.why


def test_libreoffice() -> None:
    pasted = read_pasted(document("libreoffice"))

    assert pasted.html == (
        "<h2>Where it went</h2><p>The authority <strong>paid nothing</strong> for <em>nine years</em>. See the "
        f"{LEDGER}1.</p><ul><li>Dredging<ul><li>the north channel</li></ul></li><li>Lights</li></ul>"
        f'<ol start="3"><li>The ferry</li></ol><h3>In figures</h3>{TABLE}<figure data-pasted="000001"></figure>'
        "<p>1Ledger, page 3.</p>"
    )


def test_pages() -> None:
    assert read_pasted(document("pages")).html == (
        f"<p>The authority <strong>paid nothing</strong> for <em>nine years</em>. See the {LEDGER}.</p>"
        "<ul><li>Dredging</li><li>Lights</li></ul><table><tbody><tr><td>2025</td><td>4,000</td></tr></tbody></table>"
    )


def test_six_megabytes_from_word_are_read_in_no_time_and_only_what_was_said_is_left() -> None:
    pasted = word(megabytes=6)
    began = process_time()

    html = read_pasted(pasted).html

    assert process_time() - began < 10  # a second and a half; what grows with the square of the length takes minutes
    assert len(html) < 1_900_000
    assert not re.search(r"mso|<!--|style|<p>(?:&nbsp;|\s)*</p>", html)
    counts = {name: len(LexborHTMLParser(html).css(name)) for name in ("h2", "h3", "ul ul", "table", "th", "a")}
    assert counts == {"h2": 31, "h3": 30, "ul ul": 30, "table": 30, "th": 0, "a": 30}
    assert clean(html) == html


def test_a_picture_that_the_browser_holds_keeps_its_place_and_its_description() -> None:
    pasted = read_pasted(
        '<p>a<img src="pasted:7" alt="A map&#10;&#10;Description automatically generated">b</p>'
        '<table><tr><td>c<td><img src="pasted:8" alt="image1.png"></table>'
    )

    assert pasted.html == (
        '<p>a</p><figure data-pasted="000001"></figure><p>b</p><table><tbody><tr><td>c</td><td></td></tr></tbody>'
        '</table><figure data-pasted="000002"></figure>'
    )
    assert [(each.place, each.key, each.name, each.alt) for each in pasted.pictures] == [
        ("000001", "7", "A map", "A map"),
        ("000002", "8", "Picture 2", ""),
    ]
    assert clean(pasted.html).count("<figure") == 0


@pytest.mark.parametrize(
    ("image", "name", "why"),
    [
        ("src='https://example.org/a/north%20quay.jpg?w=9'", "north quay.jpg", "nothing is fetched"),
        ("src='//example.org/x'", "Picture 1", "nothing is fetched"),
        ("src='https://[bad/x'", "Picture 1", "nothing is fetched"),
        ("src='file:///C:/T/clip_image001.png'", "Picture 1", "stayed in the document"),
        ("src='file:///C:/T/clip_image001.png' alt='http://x.org/1.png'", "Picture 1", "stayed in the document"),
        ("src='cid:1@x' alt='A map'", "A map", "did not come along"),
        ("src='data:image/png;base64,AAAA'", "Picture 1", "did not come along"),
        ("src='webkit-fake-url://x/image.tiff'", "Picture 1", "did not come along"),
        ("src='pasted:x'", "Picture 1", "did not come along"),
    ],
)
def test_every_other_picture_is_named_as_left_out(image: str, name: str, why: str) -> None:
    pasted = read_pasted(f"<p>a <img {image}> b</p>")

    assert pasted.html == "<p>a</p><p>b</p>"
    assert pasted.pictures == []
    [left_out] = pasted.left_out
    assert left_out.name == name
    assert why in left_out.why


@pytest.mark.parametrize(
    "image",
    [
        "<img src='https://t.example/x.gif' width=1 height=1>",
        "<img src='pasted:1' aria-roledescription=checkbox>",
        "<img alt=x>",
        "<span style='display:none'><img src='pasted:1'></span>",
        "<figure data-photo='999999999999000001'></figure><!-- nobody's picture -->",
    ],
)
def test_what_is_no_picture_of_the_text_is_not_spoken_of(image: str) -> None:
    pasted = read_pasted(f"<p>a {image} b</p>")

    assert (pasted.pictures, pasted.left_out) == ([], [])


def test_pictures_of_the_library_stay_where_they_stand() -> None:
    assert read_pasted('<p>a</p><figure data-photo="7"></figure>').html == '<p>a</p><figure data-photo="7"></figure>'


def test_pictures_above_the_limit_are_named_or_at_least_counted() -> None:
    pasted = read_pasted("".join(f"<img src='pasted:{number}'>" for number in range(MOST_NAMED + 3)))

    assert len(pasted.pictures) == MOST_PICTURES
    assert len(pasted.left_out) == MOST_NAMED - MOST_PICTURES + 1
    assert pasted.left_out[-1].name == "3 more pictures"
    assert pasted.html.count("<figure") == MOST_PICTURES


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        (["<td><b>a</b><td><b>b</b>", "<td>1<td>2"], True),
        (["<td><td><b>b</b>", "<td>1<td>2"], True),
        (["<td><b>a</b><td>b", "<td>1<td>2"], False),
        (["<td><b>a</b><td><b>b</b>", "<td><b>1</b><td><b>2</b>"], False),
        (["<td><b>a</b><td><b>b</b>"], False),
    ],
)
def test_a_bold_first_row_names_the_columns(rows: list[str], header: bool) -> None:
    html = read_pasted(f"<table>{''.join(f'<tr>{row}' for row in rows)}</table>").html

    assert ("<thead>" in html) == header
    assert clean(html) == html


def test_no_attack_gets_through_by_being_pasted() -> None:
    for attack in corpus():
        for carrier in (
            "{}",
            "<p class=MsoTitle>{}</p>",
            "<p style='mso-list:l0 level1'>{}</p>",
            "<img alt='{}' src=x>",
        ):
            pasted = read_pasted(carrier.replace("{}", attack))

            assert harm(re.sub(r' data-pasted="[0-9]{6}"', ' data-photo="1"', pasted.html)) == [], attack


@pytest.mark.parametrize("trick", [trick for name, trick in TRICKS.items() if "size" not in name])
def test_excess_is_refused_at_once(trick: str) -> None:
    began = process_time()

    with pytest.raises(RichTextError):
        read_pasted(trick)

    assert process_time() - began < SECONDS


def test_what_is_pasted_has_a_limit_and_what_is_stored_of_it_the_usual_one() -> None:
    assert read_pasted("<p>a</p><!--" + "x" * 5_000_000 + "-->").html == "<p>a</p>"
    with pytest.raises(RichTextError, match="12 MB"):
        read_pasted("x" * (MAX_BYTES + 1))
    with pytest.raises(RichTextError, match="2 MB"):
        read_pasted("x" * 2_000_001)
