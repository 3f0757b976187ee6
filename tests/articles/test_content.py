"""Snapshots: equal for equal content, and what a list shows of them."""

from __future__ import annotations

from typing import cast

import pytest

from articles import content as contents
from articles.content import Content
from tests.factories import ArticleFactory, AuthorFactory

pytestmark = pytest.mark.django_db


def content(**changes: object) -> Content:
    """A snapshot with some fields changed."""
    empty: dict[str, object] = dict.fromkeys(contents.TEXT_FIELDS, "") | {
        "section": None,
        "lead_photo": None,
        "bylines": [],
        "tags": [],
        "related": [],
    }
    return cast("Content", empty | changes)


def test_snapshot_has_everything_that_readers_see_in_the_editors_order() -> None:
    one, other = AuthorFactory(), AuthorFactory()
    picks = [ArticleFactory(), ArticleFactory()]
    article = ArticleFactory(bylines=[other, one], related=picks, tag_names=["Rail", "Ports"])
    snapshot = contents.snapshot(article)
    assert snapshot["bylines"] == [[other.pk, "by"], [one.pk, "by"]]
    assert snapshot["related"] == [pick.pk for pick in picks]
    assert snapshot["tags"] == sorted(tag.pk for tag in article.tags.all())
    assert set(snapshot) == set(Content.__annotations__)


def test_digest_depends_on_content_and_on_nothing_else() -> None:
    assert contents.digest(content(kicker="A"), "<p>B</p>") == contents.digest(content(kicker="A"), "<p>B</p>")
    assert contents.digest(content(kicker="A"), "<p>B</p>") != contents.digest(content(), "<p>B</p>")
    assert contents.digest(content(), "<p>A</p>") != contents.digest(content(), "<p>B</p>")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"teaser": "By hand."}, "By hand."),
        ({"standfirst": "The standfirst."}, "The standfirst."),
        ({}, "His resignation. Kimberly Ash & others stay."),
    ],
)
def test_teaser_is_the_editors_else_the_standfirst_else_the_first_words(changes: dict[str, str], expected: str) -> None:
    body = "<p>His resignation.</p><p>Kimberly Ash &amp; others stay.</p>"
    assert contents.teaser(content(**changes), body) == expected


def test_teaser_has_at_most_120_characters_and_no_word_cut_in_two() -> None:
    words = " ".join(["considerable"] * 40)
    teaser = contents.teaser(content(standfirst=words), "")
    assert len(teaser) <= 120
    assert teaser == " ".join(["considerable"] * 9) + "…"
