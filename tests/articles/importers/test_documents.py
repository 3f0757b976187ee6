"""Markdown, HTML and Word: what each of them says beyond plain text."""

from __future__ import annotations

import pytest

from articles.importers import Copy, CopyError, read_copy
from articles.importers.word import LARGEST_PART
from tests.articles.importers.documents import W, document_xml, docx, packed, paragraph

LONG = "This is a paragraph that is long enough to stand below a subhead, and it ends as sentences do."


def markdown(text: str) -> Copy:
    """Copy from Markdown."""
    return read_copy("story.md", text.encode())


def html(text: str) -> Copy:
    """Copy from HTML."""
    return read_copy("story.html", text.encode())


def test_front_matter_names_parts_of_markdown() -> None:
    copy = markdown(
        '---\ntitle: "Harbour reopens"\ndescription: It took a year.\n'
        f"authors: Maren Oakley and Tom Reed\ndate: 2026-02-03\n---\n\n{LONG}\n"
    )

    assert (copy.headline, copy.standfirst, copy.bylines) == (
        "Harbour reopens",
        "It took a year.",
        ["Maren Oakley", "Tom Reed"],
    )
    assert copy.body == f"<p>{LONG}</p>"


def test_markdown_keeps_marks_links_quotes_and_tables_and_nothing_active() -> None:
    copy = markdown(
        f"# Harbour\n\n{LONG} **a** *b* [c](https://example.org) [d](javascript:alert(1)) <script>alert(1)</script>\n\n"
        "> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![x](https://evil.example/x.gif)\n"
    )

    assert "<strong>a</strong> <em>b</em>" in copy.body
    assert '<a href="https://example.org" rel="noopener noreferrer">c</a>' in copy.body
    assert "<blockquote><p>quoted</p></blockquote>" in copy.body
    assert '<th scope="col">a</th>' in copy.body
    assert "script>" not in copy.body
    assert "javascript" not in copy.body.replace("[d](javascript:alert(1))", "")
    assert copy.notes == ["A picture was left out. Add pictures from the media library."]


def test_lines_of_a_markdown_paragraph_are_one_paragraph() -> None:
    assert markdown("# Harbour\n\none\ntwo\n").body == "<p>one two</p>"


def test_markdown_without_headings_is_read_like_text() -> None:
    assert markdown(f"Harbour\n\n{LONG}\n\nThe long road\n\n{LONG}\n").body == (
        f"<p>{LONG}</p><h2>The long road</h2><p>{LONG}</p>"
    )


def test_the_headline_of_a_page_is_its_first_heading_wherever_it_is() -> None:
    copy = html(f"<title>Site</title><p>Home / Trade</p><div><h1>Harbour reopens</h1></div><p>{LONG}</p>")

    assert copy.headline == "Harbour reopens"
    assert copy.body == f"<p>Home / Trade</p><p>{LONG}</p>"
    assert copy.unplaced == ["Home / Trade"]


@pytest.mark.parametrize(
    "title", ["Harbour reopens | The Courier", "Harbour reopens - The Courier", "Harbour reopens — The Courier"]
)
def test_a_page_without_a_heading_has_its_title_for_a_headline(title: str) -> None:
    copy = html(f"<head><title>{title}</title></head><body><p>{LONG}</p></body>")

    assert (copy.headline, copy.body) == ("Harbour reopens", f"<p>{LONG}</p>")


def test_the_author_of_a_page_is_taken_from_its_head_where_no_byline_is_found() -> None:
    assert html(f"<meta name=author content='Maren Oakley'><h1>Harbour</h1><p>{LONG}</p>").bylines == ["Maren Oakley"]


def test_what_stands_around_a_page_s_story_is_left_out_and_said() -> None:
    copy = html(
        f"<nav>Home</nav><main><article><header><h1>Harbour</h1></header><p>{LONG}</p><aside>Subscribe</aside>"
        "</article></main><footer>Imprint</footer>"
    )

    assert (copy.headline, copy.body) == ("Harbour", f"<p>{LONG}</p>")
    assert copy.notes == ["What stood around the story was left out: “Subscribe”"]


def test_icons_scripts_and_pictures_in_a_page_do_not_matter() -> None:
    icon = "<svg>" + "<path d='M0'/>" * 300 + "</svg>"
    script = "<script>" + "document.write('<div>');" * 300 + "</script>"
    picture = f'<img src="data:image/png;base64,{"A" * 3_000_000}">'

    assert html(f"{script}<h1>Harbour</h1>{icon}{picture}<p>{LONG}</p>").body == f"<p>{LONG}</p>"


def test_a_subhead_of_any_rank_is_below_the_one_above_it() -> None:
    copy = html(f"<h1>Harbour</h1><h3>A</h3><p>{LONG}</p><h5>1. B</h5><p>{LONG}</p><h3>C</h3><p>{LONG}</p>")

    assert [part[:2] for part in copy.body.split("<") if part.startswith("h")] == ["h2", "h3", "h2"]


def test_bold_lines_of_a_word_document_are_subheads() -> None:
    copy = read_copy(
        "story.docx", docx([("", "Harbour"), ("", LONG), ("bold", "Short"), ("", "A short one."), ("", LONG)])
    )

    assert "<h2>Short</h2>" in copy.body


def test_footnotes_of_a_word_document_stand_below_the_text() -> None:
    reference = '<w:p><w:r><w:t>Text.</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    notes = f'<w:footnotes {W}><w:footnote w:id="1">{paragraph("", "A source.")}</w:footnote></w:footnotes>'
    relationships = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="f1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>'
        "</Relationships>"
    )
    document = document_xml(paragraph("Title", "Harbour") + reference)
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = packed(document, **{"word/footnotes.xml": notes, "word/_rels/document.xml.rels": relationships})
    copy = read_copy("story.docx", data)

    assert copy.body == "<p>Text.[1]</p><ol><li>A source.</li></ol>"
    assert copy.notes == ["The footnotes stand as a list below the text."]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("story.pdf", b"%PDF-1.4", "kind that cannot be read"),
        ("story", b"text", "kind that cannot be read"),
        ("story.txt", b"", "empty"),
        ("story.txt", b" \r\n", "empty"),
        ("story.txt", b"a\0b", "not a text file"),
        ("story.txt", b"\x81\x8d", "no encoding"),
        ("story.txt", b"PK\x03\x04zzzz", "ends in .docx"),
        ("story.txt", b"x" * 2_000_001, "2 MB"),
        ("story.txt", b"x" * 20_000_001, "20 MB"),
        ("story.html", b"<div>" * 500 + b"x", "100 levels"),
        ("story.html", b"<p></p>", "no text"),
        ("story.md", b"![x](y)", "no text"),
        ("story.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word file"),
        ("story.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word file"),
        ("story.docx", b"PK\x03\x04 broken", "cannot be read"),
        ("story.docx", b"not a zip", "cannot be read"),
        ("story.docx", packed("<w:document"), "cannot be read"),
        ("story.docx", packed(b"\xff\xfe\x00"), "cannot be read"),
        ("story.docx", packed('<!DOCTYPE x [<!ENTITY a "b">]>' + document_xml("")), "cannot be read"),
        (
            "story.docx",
            packed(document_xml("<w:p><w:r><w:t>" + "x" * (LARGEST_PART + 1) + "</w:t></w:r></w:p>")),
            "too large",
        ),
        (
            "story.docx",
            packed(document_xml("<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000)),
            "cannot be read",
        ),
        ("story.docx", packed(document_xml("")), "no text"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_said_in_a_sentence(name: str, data: bytes, said: str) -> None:
    with pytest.raises(CopyError, match=said) as refusal:
        read_copy(name, data)

    assert str(refusal.value).endswith(".")


def test_a_zip_that_is_no_word_document_is_refused() -> None:
    data = packed(document_xml("")).replace(b"word/document.xml", b"word/docs_nts.xml")

    with pytest.raises(CopyError, match="not a Word file"):
        read_copy("story.docx", data)


@pytest.mark.parametrize(
    ("data", "noted"),
    [
        ("Café “x”\n€ 5.".encode(), False),
        ("Café “x”\n€ 5.".encode("utf-8-sig"), False),
        ("Café “x”\n€ 5.".encode("utf-16"), False),
        ("Café “x”\n€ 5.".encode("cp1252"), True),
    ],
    ids=["UTF-8", "UTF-8 with a mark", "UTF-16", "Windows-1252"],
)
def test_text_is_read_in_its_encoding(data: bytes, noted: bool) -> None:
    copy = read_copy("story.txt", data)

    assert (copy.headline, copy.body) == ("Café “x”", "<p>€ 5.</p>")
    assert bool(copy.notes) is noted


@pytest.mark.parametrize(("charset", "letter"), [("iso-8859-2", "ł"), ("nonsense", "³"), ("zip", "³")])
def test_a_page_is_read_in_the_encoding_that_it_names(charset: str, letter: str) -> None:
    copy = read_copy("story.html", f"<meta charset={charset}><h1>x\N{NO-BREAK SPACE}".encode("latin-1") + b"\xb3</h1>")

    assert copy.headline == f"x {letter}"


def test_the_suffix_may_be_in_capitals() -> None:
    assert read_copy("STORY.TXT", b"Harbour").headline == "Harbour"
