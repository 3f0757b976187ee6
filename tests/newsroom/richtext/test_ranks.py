"""How a whole document's headings are ranked."""

from __future__ import annotations

import re

import pytest

from newsroom.richtext import clean

TITLE = "<p class=MsoTitle>T</p>"


def headings(levels: str) -> str:
    """Headings of these levels, with T for a title."""
    return "".join(TITLE if level == "T" else f"<h{level}>x</h{level}>" for level in levels)


@pytest.mark.parametrize(
    ("levels", "ranked"),
    [
        ("", ""),
        ("12312", "23323"),
        ("2323", "2323"),
        ("3434", "2323"),
        ("33", "22"),
        ("45", "23"),
        ("321", "222"),
        ("T12312", "223323"),
        ("T123", "2233"),
        ("T1", "22"),
        ("TT2", "222"),
        # One heading above two levels is the document's title, too.
        ("12323", "22323"),
        ("1234", "2233"),
        ("122", "233"),
        ("21323", "22333"),
    ],
)
def test_a_document_is_ranked_by_its_own_outline(levels: str, ranked: str) -> None:
    cleaned = clean(headings(levels), is_document=True)

    assert "".join(re.findall(r"<h([23])>", cleaned)) == ranked
    assert clean(cleaned) == cleaned
