"""Putting content into a working copy: what a snapshot says is what the story says, part by part."""

from __future__ import annotations

from typing import cast

import pytest
from django.db import transaction

from articles import content as contents
from articles import working_copy
from articles.content import Content
from articles.models import Article
from tests.factories import ArticleFactory, AuthorFactory, SectionFactory, kept, photo, revised

pytestmark = pytest.mark.django_db


def _rich_story() -> Article:
    return ArticleFactory(
        kicker="Trade",
        body='<h2>Why</h2><p>One</p><figure data-photo="7"></figure>',
        bylines=[AuthorFactory(), AuthorFactory()],
        tag_names=["Rail", "Ports"],
        related=[ArticleFactory(), ArticleFactory()],
        lead_photo=photo(),
        lead_photo_caption="Here",
    )


def _other() -> Article:
    return ArticleFactory(tag_names=["Ports", "Salt"], related=[ArticleFactory()])


def test_everything_that_a_snapshot_says_comes_back() -> None:
    article, other = _rich_story(), _other()
    wanted = kept(article)
    before = Article.objects.values("slug", "stage", "lock_version", "saved_at", "created_at").get(pk=other.pk)
    with transaction.atomic():
        locked = Article.objects.select_for_update().get(pk=other.pk)
        working_copy.apply(locked, cast("Content", wanted.content), wanted.body)
    fresh = Article.objects.get(pk=other.pk)
    assert contents.snapshot(fresh) == wanted.content
    assert fresh.body == '<h2>Why</h2><p>One</p><figure data-photo="7"></figure>'
    assert Article.objects.values("slug", "stage", "lock_version", "saved_at", "created_at").get(pk=other.pk) == before


@pytest.mark.parametrize("part", working_copy.PARTS)
def test_one_part_comes_back_and_nothing_else_changes(part: str) -> None:
    article, other = _rich_story(), _other()
    wanted, before = kept(article), kept(other)
    working_copy.apply(Article.objects.get(pk=other.pk), cast("Content", wanted.content), wanted.body, only={part})
    fresh = Article.objects.get(pk=other.pk)
    found = contents.snapshot(fresh) | {"body": fresh.body}
    assert {name: value for name, value in found.items() if name != part} == {
        name: value for name, value in {**before.content, "body": other.body}.items() if name != part
    }
    assert found[part] == (article.body if part == "body" else wanted.content[part])


def test_a_part_that_an_older_snapshot_does_not_have_stays() -> None:
    article = ArticleFactory(kicker="Kept")
    old = {name: value for name, value in kept(article).content.items() if name not in {"kicker", "bylines"}}
    revised(article, at=article.saved_at, headline="Newer")
    fresh = Article.objects.get(pk=article.pk)
    working_copy.apply(fresh, cast("Content", old | {"section": SectionFactory().pk}), "<p>x</p>")
    assert (fresh.kicker, fresh.bylines.count(), fresh.headline) == (
        "Kept",
        1,
        article.revisions.last().content["headline"],
    )
