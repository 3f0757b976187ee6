"""Objects for tests. The safe state is the default: a story nobody but its writer sees, a user with no rights."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from articles import publishing
from articles.models import Article, Byline, Edition, RelatedArticle, Revision, Section
from articles.permissions import Role
from authors.models import Author, User

# A Tuesday in winter: the newsroom's zone (Europe/London in tests) is at UTC, and no clock change is near.
NOON = datetime(2026, 2, 3, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class UserFactory(DjangoModelFactory[User]):
    """A login without a role. `role=` gives one of the three."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"person-{number}")
    is_staff = True

    @factory.post_generation
    def role(self: Any, create: bool, extracted: Role | None, **_: Any) -> None:
        """Put the person into the group of a role."""
        if create and extracted:
            self.groups.add(Group.objects.get(name=extracted))


class AuthorFactory(DjangoModelFactory[Author]):
    """An author without a login."""

    class Meta:
        model = Author

    name = factory.Sequence(lambda number: f"Author Number{number}")
    slug = factory.Sequence(lambda number: f"author-{number}")


class SectionFactory(DjangoModelFactory[Section]):
    """A top-level section."""

    class Meta:
        model = Section

    name = factory.Sequence(lambda number: f"Section {number}")
    slug = factory.Sequence(lambda number: f"section-{number}")


class ArticleFactory(DjangoModelFactory[Article]):
    """A complete draft with a section, one byline and a body; no revision, so nothing can be published yet."""

    class Meta:
        model = Article
        skip_postgeneration_save = True

    headline = factory.Sequence(lambda number: f"Headline number {number}")
    standfirst = "A standfirst that says a little more."
    body = "<p>A first paragraph.</p><p>A second paragraph.</p>"
    section = factory.SubFactory(SectionFactory)
    created_by = factory.SubFactory(UserFactory)
    created_at = NOON - DAY
    saved_at = NOON - DAY

    @factory.post_generation
    def bylines(self: Any, create: bool, extracted: list[Author] | None, **_: Any) -> None:
        """Sign the story: with `bylines=[author, …]`, or with a new author where nothing is said."""
        if create:
            for position, author in enumerate([AuthorFactory()] if extracted is None else extracted):
                Byline.objects.create(article=self, author=author, position=position)

    @factory.post_generation
    def tag_names(self: Any, create: bool, extracted: list[str] | None, **_: Any) -> None:
        """Tag the story with `tag_names=[…]`."""
        if create and extracted:
            self.tags.add(*extracted)

    @factory.post_generation
    def related(self: Any, create: bool, extracted: list[Article] | None, **_: Any) -> None:
        """Pick related stories with `related=[…]`, in order."""
        if create:
            for position, article in enumerate(extracted or []):
                RelatedArticle.objects.create(article=self, related=article, position=position)


def managing_editor() -> User:
    """A person who may do everything at the desk; the same one within a test."""
    user = User.objects.filter(username="managing-editor").first()
    return user or UserFactory(username="managing-editor", role=Role.MANAGING_EDITOR)


def kept(article: Article, *, at: datetime = NOON - DAY, by: User | None = None) -> Revision:
    """The head revision of a story, made if its content has changed."""
    return publishing.keep(article, by=by or article.created_by or managing_editor(), at=at)


def published(*, at: datetime = NOON - HOUR, **attributes: Any) -> Edition:
    """The first edition of a new story, live from `at` on; `attributes` are ArticleFactory's."""
    article = ArticleFactory(**attributes)
    return publishing.publish(article, revision=kept(article, at=at), by=managing_editor(), at=at)


def scheduled(*, live_from: datetime = NOON + HOUR, at: datetime = NOON - HOUR, **attributes: Any) -> Edition:
    """The first edition of a new story, beginning at `live_from`."""
    article = ArticleFactory(**attributes)
    return publishing.schedule(article, revision=kept(article, at=at), live_from=live_from, by=managing_editor(), at=at)


def revised(article: Article, *, at: datetime, by: User | None = None, **changes: Any) -> Revision:
    """Save changes to a working copy and keep them; readers see none of it."""
    for name, value in changes.items():
        setattr(article, name, value)
    article.saved_at = at
    article.save(update_fields=[*changes, "saved_at"])
    return publishing.keep(article, by=by or managing_editor(), at=at)
