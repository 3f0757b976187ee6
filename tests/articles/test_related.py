"""Related stories: picks first, then the score, never itself, never what is not live, never twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles import publishing, related
from articles.models import Change, Edition, RelatedArticle
from tests.factories import (
    DAY,
    HOUR,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    kept,
    managing_editor,
    published,
    revised,
    scheduled,
)

pytestmark = pytest.mark.django_db


def found(edition: Edition, *, picks: list[Edition] | None = None) -> list[str]:
    """The headlines of what is related to an edition at NOON."""
    fresh = Edition.objects.select_related("section").get(pk=edition.pk)
    stories = related.related(
        fresh,
        picks=picks or [],
        tags=list(fresh.edition_tags.values_list("tag_id", flat=True)),
        authors=list(fresh.bylines.values_list("author_id", flat=True)),
        at=NOON,
    )
    return [story.headline for story in stories]


def test_shared_tags_weigh_more_than_an_author_and_an_author_more_than_nothing() -> None:
    author, here = AuthorFactory(), SectionFactory(related_count=4)
    at = NOON - DAY
    published(at=at, headline="Nothing shared")
    published(at=at, headline="Same author", bylines=[author])
    published(at=at, headline="One tag", tag_names=["Ports"])
    published(at=at, headline="Two tags", tag_names=["Ports", "Tariffs"])
    story = published(bylines=[author], section=here, tag_names=["Ports", "Tariffs"])
    assert found(story) == ["Two tags", "One tag", "Same author", "Nothing shared"]


def test_same_section_weighs_more_than_the_same_parent() -> None:
    parent = SectionFactory()
    here, beside = SectionFactory(parent=parent, related_count=3), SectionFactory(parent=parent)
    for headline, section in (("Elsewhere", SectionFactory()), ("Beside", beside), ("Here", here)):
        published(at=NOON - DAY, headline=headline, section=section)
    assert found(published(section=here)) == ["Here", "Beside", "Elsewhere"]


def test_an_older_story_counts_half_after_each_half_life() -> None:
    section = SectionFactory(related_count=2)
    published(at=NOON - timedelta(days=70), headline="Old, shares a tag", tag_names=["Ports"])
    published(at=NOON - DAY, headline="New, shares nothing")
    story = published(section=section, tag_names=["Ports"])
    # 4 × ½^(70/30) is less than 1 × ½^(1/30).
    assert found(story) == ["New, shares nothing", "Old, shares a tag"]


def test_picks_come_first_in_their_order_and_the_rest_is_filled_to_the_sections_count() -> None:
    section = SectionFactory(related_count=5)
    others = [published(at=NOON - number * HOUR, section=section, headline=f"O{number}") for number in range(1, 8)]
    story = published(section=section)
    picks = [others[6], others[4]]
    assert found(story, picks=picks) == ["O7", "O5", "O1", "O2", "O3"]
    assert RelatedArticle.objects.count() == 0


def test_never_itself_never_twice_never_what_is_not_live() -> None:
    section = SectionFactory(related_count=6)
    kept(ArticleFactory(section=section, headline="Draft"))
    scheduled(section=section, headline="Scheduled", at=NOON - HOUR, live_from=NOON + HOUR)
    gone = published(section=section, headline="Withdrawn", at=NOON - 2 * HOUR)
    publishing.withdraw(gone.article, by=managing_editor(), at=NOON - HOUR)
    other = published(section=section, headline="Other", tag_names=["Ports"], at=NOON - 3 * HOUR)
    update = revised(other.article, at=NOON - HOUR, headline="Other, mended")
    publishing.publish(other.article, revision=update, by=managing_editor(), at=NOON - HOUR, change=Change.MINOR)
    story = published(section=section, headline="Itself", tag_names=["Ports"])
    assert found(story) == ["Other, mended"]


def test_count_of_none_shows_only_what_an_editor_picked() -> None:
    section = SectionFactory(related_count=0)
    pick = published(headline="Pick")
    story = published(section=section)
    assert found(story) == []
    assert found(story, picks=[pick]) == ["Pick"]
