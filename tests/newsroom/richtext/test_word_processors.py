"""What Word, Word on the web, Google Docs, LibreOffice and Pages mean by their markup."""

from __future__ import annotations

import pytest

from newsroom.richtext import clean


def point(marker: str, text: str, *, level: int = 1, key: str = "l0", turn: str = "lfo1") -> str:
    """A point of a list as Word writes it."""
    style = f"text-indent:-18.0pt;mso-list:{key} level{level} {turn}"
    ignored = f"<span style='mso-list:\nIgnore'>{marker}<span style='font:7.0pt x'>&nbsp;&nbsp; </span></span>"
    return f"<p class=MsoListParagraph style='{style}'><![if !supportLists]>{ignored}<![endif]>{text}<o:p></o:p></p>"


def web_point(tag: str, text: str, *, level: int, key: str = "1", start: int = 1) -> str:
    """A point of a list as Word on the web writes it: each in a list of its own."""
    return (
        f"<div class=ListContainerWrapper><{tag} start={start}><li data-listid={key} data-aria-level={level}>"
        f"<p class=Paragraph><span>{text}</span><span class=EOP>&nbsp;</span></p></li></{tag}></div>"
    )


@pytest.mark.parametrize("bullet", ["·", "o", "§", "Ø", "ü", "v", "q", "•", "-", "–", "\uf0b7"])
def test_what_word_shows_as_a_bullet_is_a_bullet(bullet: str) -> None:
    assert clean(point(bullet, "a") + point(bullet, "b")) == "<ul><li>a</li><li>b</li></ul>"


@pytest.mark.parametrize("number", ["1.", "1)", "(1)", "1", "a.", "A)", "i.", "viii.", "C", "1.1", "1.1.", "[1]"])
def test_what_word_shows_as_a_number_is_a_number(number: str) -> None:
    assert clean(point(number, "a")) == "<ol><li>a</li></ol>"


def test_points_nest_as_deep_as_word_says() -> None:
    pasted = (
        point("·", "a")
        + point("o", "b", level=2)
        + point("§", "c", level=3)
        + point("o", "d", level=2)
        + point("·", "e")
        + point("1.", "f", level=2)
        + point("2.", "g", level=2)
    )

    assert clean(pasted) == (
        "<ul><li>a<ul><li>b<ul><li>c</li></ul></li><li>d</li></ul></li><li>e<ol><li>f</li><li>g</li></ol></li></ul>"
    )


def test_a_level_that_is_skipped_is_made_good() -> None:
    skipped = point("1.", "a") + point("i.", "b", level=3) + point("b.", "c", level=2) + point("2.", "d")
    beginning_below = point("o", "a", level=2) + point("·", "b", level=1)

    assert clean(skipped) == "<ol><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ol>"
    assert clean(beginning_below) == "<ul><li>a</li><li>b</li></ul>"


def test_bullets_after_numbers_are_another_list_and_so_are_numbers_that_begin_anew() -> None:
    assert clean(point("1.", "a") + point("·", "b", key="l1")) == "<ol><li>a</li></ol><ul><li>b</li></ul>"
    assert clean(point("1.", "a") + point("1.", "b", turn="lfo2")) == "<ol><li>a</li></ol><ol><li>b</li></ol>"
    assert clean(point("1.", "a") + point("2.", "b", turn="lfo2")) == "<ol><li>a</li><li>b</li></ol>"


def test_a_list_goes_on_counting_after_a_paragraph() -> None:
    assert clean(point("2.", "a") + "<p class=MsoListParagraph>b</p>" + point("3.", "c")) == (
        '<ol start="2"><li>a</li></ol><p>b</p><ol start="3"><li>c</li></ol>'
    )


def test_empty_paragraphs_between_points_do_not_part_them() -> None:
    assert clean(point("·", "a") + "<p class=MsoNormal><o:p>&nbsp;</o:p></p>" + point("·", "b")) == (
        "<ul><li>a</li><li>b</li></ul>"
    )


def test_word_on_the_web_gives_every_point_a_list_of_its_own() -> None:
    pasted = (
        web_point("ul", "a", level=1)
        + web_point("ul", "b", level=2)
        + web_point("ul", "c", level=1)
        + web_point("ol", "d", level=1, key="2", start=3)
        + web_point("ol", "e", level=1, key="2", start=4)
    )

    assert clean(pasted) == ('<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ol start="3"><li>d</li><li>e</li></ol>')


def test_ordinary_lists_beside_each_other_stay_two() -> None:
    assert clean("<ul><li>a</ul><ul><li>b</ul>") == "<ul><li>a</li></ul><ul><li>b</li></ul>"


@pytest.mark.parametrize(
    ("pasted", "stored"),
    [
        ("<p class=MsoTitle>a</p>", "<h2>a</h2>"),
        ("<p class=MsoTitleCxSpFirst>a</p>", "<h2>a</h2>"),
        ("<h2>x</h2><p class=MsoHeading7>a</p>", "<h2>x</h2><h3>a</h3>"),
        ("<p class=MsoSubtitle>a</p>", "<p>a</p>"),
        ("<p class=MsoQuote>a</p>", "<blockquote><p>a</p></blockquote>"),
        ("<p class=MsoIntenseQuote>a</p>", "<blockquote><p>a</p></blockquote>"),
        ("<p style='mso-outline-level:1'>a</p>", "<h2>a</h2>"),
        ("<p style='mso-outline-level:1'>A sentence.</p>", "<p>A sentence.</p>"),
        (f"<p style='mso-outline-level:1'>{'word ' * 40}</p>", f"<p>{('word ' * 40).strip()}</p>"),
        ("<p role=heading aria-level=2>a</p>", "<h2>a</h2>"),
        ("<h2>x</h2><div role=heading aria-level=3>a</div>", "<h2>x</h2><h3>a</h3>"),
        ("<p class=Paragraph><span data-ccp-parastyle=Title>a</span></p>", "<h2>a</h2>"),
        ("<p class='Paragraph x'><span data-ccp-parastyle='heading 1'>a</span></p>", "<h2>a</h2>"),
        ("<p class=Paragraph><span data-ccp-parastyle=Quote>a</span></p>", "<blockquote><p>a</p></blockquote>"),
        ("<p class=Paragraph><span data-ccp-parastyle=Normal>a</span></p>", "<p>a</p>"),
        ("<h2 style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.1&nbsp; </span>a</h2>", "<h2>1.1 a</h2>"),
        ("<h2><span style='mso-list:Ignore'>·&nbsp; </span>a</h2>", "<h2>a</h2>"),
    ],
)
def test_headings_and_quotations_are_what_their_style_says(pasted: str, stored: str) -> None:
    assert clean(pasted) == stored


@pytest.mark.parametrize(
    "remark",
    [
        "<a class=msocomanchor href='#_msocom_1'>[ED1]</a>",
        "<span style='mso-special-character:comment'>&nbsp;x</span>",
        "<div style='mso-element:comment-list'><div style='mso-element:comment'><p>Do not print</p></div></div>",
        "<div id=_com_1 class=msocomtxt>Do not print</div>",
        "<span style='DISPLAY:none'>secret</span>",
        "<span style='mso-hide:all'>secret</span>",
        "<xml><w:View>Normal</w:View></xml>",
        "<!--[if gte mso 9]><p>x</p><![endif]-->",
    ],
)
def test_remarks_in_the_margin_and_hidden_words_stay_out(remark: str) -> None:
    assert clean(f"<p>a {remark}</p>") == "<p>a</p>"


def test_words_that_a_remark_was_about_stay_in() -> None:
    assert clean("<p>a <a style='mso-comment-reference:ED_1;mso-comment-date:2026'>b</a></p>") == "<p>a b</p>"


@pytest.mark.parametrize(
    "space",
    ["<span style='mso-spacerun:yes'>&nbsp; </span>", "<span class=Apple-converted-space>&nbsp;</span>",
     "<span style='mso-tab-count:1'>&nbsp;&nbsp;&nbsp; </span>"],
)  # fmt: skip
def test_space_that_only_fills_is_one_space(space: str) -> None:
    assert clean(f"<p>a.{space}b 10&nbsp;km</p>") == "<p>a. b 10&nbsp;km</p>"


@pytest.mark.parametrize(
    "mark",
    ["#_ftn1", "#_Toc123", "#_msocom_1", "#heading=h.gjdgxs", "#bookmark=id.x", "#sdfootnote1sym", "#cmnt1"],
)
def test_links_to_marks_of_the_document_lose_themselves(mark: str) -> None:
    assert clean(f'<p><a href="{mark}">[1]</a></p>') == "<p>[1]</p>"


def test_cleaning_what_word_wrote_twice_changes_nothing() -> None:
    pasted = point("3.", "a") + point("o", "b", level=2) + "<p class=MsoTitle>c</p><p class=MsoQuote>d</p>"

    assert clean(clean(pasted)) == clean(pasted)
