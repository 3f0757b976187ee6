"""Objects for tests. The safe state is the default: a story nobody but its writer sees, a user with no rights."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar, cast

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from articles import publishing
from articles.models import Article, Byline, Edition, Photo, RelatedArticle, Revision, Section
from articles.permissions import Role
from authors.models import Author, User

T_co = TypeVar("T_co", covariant=True)

# A Tuesday in winter: the newsroom's zone (Europe/London in tests) is at UTC, and no clock change is near.
NOON = datetime(2026, 2, 3, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Making(Protocol[T_co]):
    """What a factory does: called, it saves an object; `build` only makes one."""

    def __call__(self, **attributes: Any) -> T_co:
        """A saved object."""

    def build(self, **attributes: Any) -> T_co:
        """An object that is not saved."""


class UserMaker(DjangoModelFactory[User]):
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


class AuthorMaker(DjangoModelFactory[Author]):
    """An author without a login."""

    class Meta:
        model = Author

    name = factory.Sequence(lambda number: f"Author Number{number}")
    slug = factory.Sequence(lambda number: f"author-{number}")


class SectionMaker(DjangoModelFactory[Section]):
    """A top-level section."""

    class Meta:
        model = Section

    name = factory.Sequence(lambda number: f"Section {number}")
    slug = factory.Sequence(lambda number: f"section-{number}")


class ArticleMaker(DjangoModelFactory[Article]):
    """A complete draft with a section, one byline and a body; no revision, so nothing can be published yet."""

    class Meta:
        model = Article
        skip_postgeneration_save = True

    headline = factory.Sequence(lambda number: f"Headline number {number}")
    standfirst = "A standfirst that says a little more."
    body = "<p>A first paragraph.</p><p>A second paragraph.</p>"
    section = factory.SubFactory(SectionMaker)
    created_by = factory.SubFactory(UserMaker)
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


# factory-boy's classes are called like functions, which the type checker has to be told.
UserFactory = cast("Making[User]", UserMaker)
AuthorFactory = cast("Making[Author]", AuthorMaker)
SectionFactory = cast("Making[Section]", SectionMaker)
ArticleFactory = cast("Making[Article]", ArticleMaker)


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


def photo(**texts: Any) -> Photo:
    """A picture as a row; no page opens its file."""
    renditions = [
        {"name": f"photos/{width}.{ending}", "format": format_, "width": width, "height": width // 2, "cut": ""}
        for width in (640, 1280)
        for format_, ending in (("jpeg", "jpg"), ("webp", "webp"))
    ]
    crops = [
        {"name": f"photos/{cut}.jpg", "format": "jpeg", "width": 1200, "height": height, "cut": cut}
        for cut, height in (("social", 630), ("1x1", 1200), ("4x3", 900), ("16x9", 675))
    ]
    made = {"renditions": renditions, "crops": crops, "width": 1280, "height": 640, "created_at": NOON}
    return Photo.objects.create(**{"title": "x", "created_by": managing_editor(), **made, **texts})


def updated(article: Article, *, live_from: datetime, at: datetime = NOON, **changes: Any) -> Edition:
    """A scheduled update of a story: changes that are saved and kept at `at`, and begin at `live_from`."""
    return publishing.schedule(
        article, revision=revised(article, at=at, **changes), live_from=live_from, by=managing_editor(), at=at
    )


def readers_see(article: Article, *, at: datetime = NOON) -> str | None:
    """The headline that readers see at an instant; None where they see nothing."""
    edition = Edition.objects.live(at=at).filter(article=article).first()
    return edition.headline if edition else None
