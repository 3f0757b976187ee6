"""One piece of copy in every kind of file: four subheads, six numbered ones, three points, a byline, six related."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.importers import Copy, read_copy, read_pasted
from newsroom import richtext
from tests.articles.importers.documents import docx

COPY = Path(__file__).parents[2] / "data" / "copy"

SUBHEADS = [
    "<h2>How the two economies grew together</h2>",
    "<h2>What is on the table</h2>",
    "<h3>1. Autos and quotas</h3>",
    "<h3>2. Lamb and dairy</h3>",
    "<h3>3. Steel and the old mills</h3>",
    "<h2>What could still be negotiated</h2>",
    "<h3>4. A longer transition</h3>",
    "<h3>5. Rules of origin</h3>",
    "<h3>6. Money for the ports</h3>",
    "<h2>Where this leaves the summer</h2>",
]
POINTS = (
    "<ul><li>9 June, when the quota lists are published</li><li>24 June, when parliament votes on the emergency loan"
    "</li><li>1 July, when the first duties fall due</li></ul>"
)
RELATED = [
    "Harrow Bay mill will close its older furnace, owner says",
    "Port Sorrel's shipping insurers raise their premiums",
    "What the customs union of 1986 was meant for",
    "Farmers ask for an early lamb season",
    "Parliament to vote on emergency loan for exporters",
    "Kelder names new chief negotiator",
]


def in_word(*, title: str, subhead: str, numbered: str, bullet: str = "bullet") -> bytes:
    """The copy as a Word document with these styles."""
    paragraphs: list[tuple[str, str]] = []
    for line in (COPY / "averland.txt").read_text(encoding="utf-8").splitlines():
        if not line or line == "-":
            continue
        style = ""
        if not paragraphs:
            style = title
        elif f"<h2>{line}</h2>" in SUBHEADS:
            style = subhead
        elif f"<h3>{line}</h3>" in SUBHEADS:
            style = numbered
        elif f"<li>{line}</li>" in POINTS:
            style = bullet
        paragraphs.append((style, f"- {line}" if style == "typed" else line))
    return docx(paragraphs)


def check(copy: Copy) -> None:
    """The copy has its shape, and nothing is left over."""
    blocks = richtext.blocks(copy.body)

    assert copy.headline == "What the Kelder tariffs would cost Averland"
    assert [block for block in blocks if block.startswith("<h")] == SUBHEADS
    assert [block for block in blocks if block.startswith(("<ul", "<ol"))] == [POINTS]
    assert blocks[-1].startswith("<p>After that")
    assert copy.bylines == ["Maren Oakley"]
    assert [story.headline for story in copy.related] == RELATED
    assert all(len(story.teaser) > 20 and "ead more" not in story.teaser for story in copy.related)
    assert not any(story.teaser.endswith((".", "…")) for story in copy.related)
    assert copy.unplaced == []
    assert "ead more" not in copy.body
    assert "Oakley" not in copy.body


@pytest.mark.parametrize("suffix", ["txt", "md", "html"])
def test_the_shape_is_found_in_a_file(suffix: str) -> None:
    check(read_copy(f"averland.{suffix}", (COPY / f"averland.{suffix}").read_bytes()))


def test_the_shape_is_found_in_pasted_text() -> None:
    check(read_pasted((COPY / "averland.txt").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\n\n\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace(" ", "\xa0"),
        lambda text: "\t" + text.replace("\n", " \t\n\t\xa0"),
        lambda text: text.replace("-\n", "- "),
        lambda text: text.replace("-\n", "-\n\n"),
        lambda text: text.replace("-\n", "•\t"),
        lambda text: text.replace("Author: Maren Oakley", "By Maren Oakley"),
        lambda text: text.replace("Author: Maren Oakley", "AUTHOR : MAREN OAKLEY"),
        lambda text: text.replace("Author: Maren Oakley", "Author\nMaren Oakley"),
        lambda text: text.replace("Author: Maren Oakley", "Author: Maren Oakley\n\nRelated stories"),
        lambda text: text.replace("... Read more", "[…] READ MORE »"),
        lambda text: text.replace("... Read more", "...Read more"),
    ],
    ids=[
        "no empty lines",
        "CRLF",
        "many empty lines",
        "byte order mark",
        "no-break spaces",
        "tabs",
        "hyphens before points",
        "an empty line in a point",
        "bullets",
        "By",
        "capitals",
        "label above the name",
        "titled list",
        "shouted link",
        "no space before the link",
    ],
)
def test_the_shape_is_found_however_the_text_was_copied(change: object) -> None:
    assert callable(change)
    text = (COPY / "averland.txt").read_text(encoding="utf-8")

    check(read_pasted(change(text)))


@pytest.mark.parametrize(
    "styles",
    [
        {"title": "Title", "subhead": "Heading1", "numbered": "Heading2"},
        {"title": "Heading1", "subhead": "Heading2", "numbered": "Heading3"},
        {"title": "", "subhead": "Heading1", "numbered": "Heading2"},
        {"title": "", "subhead": "", "numbered": ""},
        {"title": "bold", "subhead": "bold", "numbered": "bold", "bullet": "typed"},
    ],
    ids=["title and headings", "headings", "headings without a title", "no styles", "bold lines and typed points"],
)
def test_the_shape_is_found_in_a_word_document(styles: dict[str, str]) -> None:
    check(read_copy("averland.docx", in_word(**styles)))
