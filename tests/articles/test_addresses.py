"""Paths: made of section, local date and headline, and never shared, however many ask at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import ProtectedError

from articles import publishing
from articles.admin.tag import TagForm
from articles.models import Edition
from articles.reserved import reserved_slugs
from tests.factories import (
    MINUTE,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    kept,
    managing_editor,
    photo,
    published,
)


@pytest.mark.usefixtures("roles")
@pytest.mark.django_db(transaction=True)
def test_fifty_equal_headlines_at_once_give_fifty_paths() -> None:
    section, editor = SectionFactory(), managing_editor()
    articles = [ArticleFactory(headline="Breaking", section=section, bylines=None) for _ in range(50)]
    revisions = [kept(article) for article in articles]

    def publish(number: int) -> str:
        try:
            return publishing.publish(articles[number], revision=revisions[number], by=editor, at=NOON).path
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=25) as pool:
        paths = set(pool.map(publish, range(50)))
    prefix = f"/{section.slug}/2026/02/03/breaking"
    assert paths == {f"{prefix}/", *(f"{prefix}-{number}/" for number in range(2, 51))}


@pytest.mark.django_db
def test_date_in_a_path_is_the_newsrooms() -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert "/2026/07/02/" in published(at=late).path


@pytest.mark.django_db
def test_slug_of_the_desk_wins_over_the_headline() -> None:
    assert published(slug="by-hand").path.endswith("/by-hand/")


@pytest.mark.django_db
def test_addresses_are_in_lower_case_whatever_is_typed() -> None:
    assert published(slug="By-Hand").path.endswith("/by-hand/")
    for thing in (SectionFactory.build(slug="UK"), AuthorFactory.build(slug="Ines-H")):
        thing.full_clean()
        assert thing.slug == thing.slug.lower()
    form = TagForm({"name": "European Union", "slug": "EU"})
    assert form.is_valid()
    assert form.cleaned_data["slug"] == "eu"


@pytest.mark.django_db
def test_renaming_a_section_moves_no_published_story() -> None:
    edition = published()
    section, before = edition.section, edition.section.slug
    section.slug = "renamed"
    section.save()
    assert Edition.objects.resolve(edition.path, at=NOON).status == 200
    assert section.former_slugs.get().slug == before
    with pytest.raises(ValidationError, match="still leads there"):
        SectionFactory.build(slug=before).full_clean()


@pytest.mark.django_db
def test_section_cannot_take_an_address_of_the_site() -> None:
    assert {"admin", "authors", "tags", "feed", "archive", "static"} <= reserved_slugs()
    with pytest.raises(ValidationError, match="address of the site itself"):
        SectionFactory.build(slug="authors").full_clean()


@pytest.mark.django_db
def test_section_has_one_level_of_parent_and_its_stories_follow_a_move() -> None:
    edition = published()
    child, parent = edition.section, SectionFactory()
    child.parent = parent
    child.full_clean()
    child.save()
    edition.refresh_from_db()
    assert edition.root_section == parent
    with pytest.raises(ValidationError, match="Only one level"):
        SectionFactory.build(parent=child).full_clean()
    parent.parent = SectionFactory()
    with pytest.raises(ValidationError, match="cannot move"):
        parent.full_clean()


@pytest.mark.django_db
def test_section_with_stories_and_author_with_bylines_cannot_be_deleted() -> None:
    edition = published()
    with pytest.raises(ProtectedError):
        edition.section.delete()
    with pytest.raises(ProtectedError):
        edition.bylines.get().author.delete()


@pytest.mark.django_db
def test_what_only_an_old_revision_refers_to_cannot_be_deleted() -> None:
    author, pick = AuthorFactory(), ArticleFactory()
    article = ArticleFactory(bylines=[author], tag_names=["Rail"], related=[pick])
    tag, section = article.tags.get(), article.section
    kept(article)
    article.bylines.all().delete()
    article.tags.clear()
    article.related_picks.all().delete()
    article.section = None
    article.save()
    kept(article)
    for held in (author, tag, section, pick):
        with pytest.raises(ProtectedError, match="history of stories"), transaction.atomic():
            held.delete()
    AuthorFactory().delete()


@pytest.mark.usefixtures("roles")
@pytest.mark.django_db(transaction=True)
def test_headlines_that_end_in_numbers_do_not_collide_with_numbered_paths() -> None:
    section, editor = SectionFactory(), managing_editor()
    published(headline="Foo", section=section, at=NOON - MINUTE)
    articles = [ArticleFactory(headline=headline, section=section) for headline in ("Foo", "Foo 2") * 6]
    revisions = [kept(article) for article in articles]

    def publish(number: int) -> str:
        try:
            return publishing.publish(articles[number], revision=revisions[number], by=editor, at=NOON).path
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=12) as pool:
        assert len(set(pool.map(publish, range(12)))) == 12


@pytest.mark.django_db
def test_picture_that_stands_in_a_body_only_cannot_be_deleted() -> None:
    held = photo()
    published(body=f'<p>Text.</p><figure data-photo="{held.pk}"></figure>')
    with pytest.raises(ProtectedError, match="history of stories"), transaction.atomic():
        held.delete()
