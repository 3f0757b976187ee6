"""Fills an empty newsroom: people, sections, pictures, and every story through the desk's own verbs, in their order.

Nothing is put into the tables of editions by hand, so that the demo newsroom has a history as a real one has.
"""

from __future__ import annotations

import io
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.auth.models import Group
from django.core.files.base import File
from django.db import transaction

from articles import publishing, workflow
from articles.demo import pictures
from articles.demo.copy import DemoStory, stories
from articles.demo.roster import AUTHORS, LOGINS, SECTIONS
from articles.models import Article, Byline, Change, Correction, Photo, RelatedArticle, Revision, Section
from articles.permissions import Role
from articles.tagging import tag_named
from authors.models import Author, User
from newsroom import pagecache, richtext

WRITTEN = timedelta(hours=3)  # how long before its publication a story was begun
IN_HAND = timedelta(minutes=20)  # how long before now a scheduled or unfinished story was last saved


@dataclass
class Newsroom:
    """What has been made so far, by the names that the stories' files use."""

    at: datetime
    people: dict[str, User] = field(default_factory=dict)
    authors: dict[str, Author] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)

    @property
    def editor(self) -> User:
        """Who edits and publishes."""
        return self.people["editor"]

    def writer_of(self, story: DemoStory) -> User:
        """Who began a story: its first author, where they have a login."""
        return self.authors[story.bylines[0][0]].user or self.editor


@transaction.atomic
def fill(*, at: datetime) -> int:
    """Make the demo newsroom as it would stand at `at`, and return how many stories it has."""
    newsroom = Newsroom(at)
    _hire(newsroom)
    told = stories()
    drawn = _draw(told)
    for story in told:
        newsroom.articles[story.number] = _write(newsroom, story, drawn.get(story.number))
    for story in told:
        article = newsroom.articles[story.number]
        RelatedArticle.objects.bulk_create(
            RelatedArticle(article=article, related=newsroom.articles[number], position=position)
            for position, number in enumerate(story.related)
        )
    for story in told:
        _STATES[story.state](newsroom, story, newsroom.articles[story.number])
    # Verbs purge what changes at the instant that they are told, and these were told of instants long past.
    pagecache.flush()
    return len(told)


def _hire(newsroom: Newsroom) -> None:
    for login in LOGINS:
        user = User(username=login.username, first_name=login.first_name, last_name=login.last_name, is_staff=True)
        user.set_password(login.password)
        user.save()
        user.groups.add(Group.objects.get(name=login.role))
        newsroom.people["managing" if login.role == Role.MANAGING_EDITOR else login.role.lower()] = user
    logins = {login.author: login.username for login in LOGINS if login.author}
    for author in AUTHORS:
        made = Author(slug=author.slug, name=author.name, role=author.role, biography=author.biography)
        made.elsewhere = author.elsewhere
        if author.slug in logins:
            made.user = User.objects.get(username=logins[author.slug])
        made.portrait = File(io.BytesIO(pictures.portrait(author.slug)), name=f"{author.slug}.jpg")
        made.save()
        newsroom.authors[author.slug] = made
    for position, section in enumerate(SECTIONS):
        newsroom.sections[section.slug] = Section.objects.create(
            slug=section.slug,
            name=section.name,
            colour=section.colour,
            description=section.description,
            position=position,
            parent=newsroom.sections.get(section.parent),
        )


def _draw(told: list[DemoStory]) -> dict[str, Photo]:
    """The stories' pictures by their numbers, drawn and developed but not saved; Pillow lets threads share the work."""
    pictured = [story for story in told if story.photo]

    def draw(story: DemoStory) -> Photo:
        named = story.photo or {}
        drawn = pictures.scene(named["picture"], section=story.section, words=named.get("scene", ""))
        photo = Photo(
            original=File(io.BytesIO(drawn), name="picture"),
            title=named["picture"].replace("-", " ").capitalize(),
            alt_text=named["alt"],
            caption=named["caption"],
            credit=named["credit"],
        )
        photo.clean()
        return photo

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip((story.number for story in pictured), pool.map(draw, pictured), strict=True))


def _write(newsroom: Newsroom, story: DemoStory, photo: Photo | None) -> Article:
    """The working copy, as it was first saved."""
    saved_at = newsroom.at - max(story.age + WRITTEN, WRITTEN)
    by = newsroom.writer_of(story)
    if photo is not None:
        photo.created_by, photo.created_at = by, saved_at
        photo.save()
    article = Article.objects.create(
        **story.texts,
        body=story.body,
        section=newsroom.sections[story.section],
        lead_photo=photo,
        created_by=by,
        created_at=saved_at,
        saved_at=saved_at,
    )
    Byline.objects.bulk_create(
        Byline(article=article, author=newsroom.authors[slug], role=role, position=position)
        for position, (slug, role) in enumerate(story.bylines)
    )
    article.tags.set([tag_named(name) for name in story.tags])
    return article


def _save(article: Article, body: str, *, by: User, at: datetime, note: str = "") -> Revision:
    article.body, article.saved_at = body, at
    article.save(update_fields=["body", "saved_at"])
    return publishing.keep(article, by=by, at=at, note=note)


def _shorter(story: DemoStory, *, by: int) -> str:
    """The body without its last `by` blocks: what was known at first."""
    return "".join(richtext.blocks(richtext.clean(story.body))[:-by])


def _publish(newsroom: Newsroom, story: DemoStory, article: Article, *, body: str = "") -> datetime:
    published_at = newsroom.at - story.age
    written_at = published_at - WRITTEN / 2
    by = newsroom.writer_of(story)
    revision = _save(article, body or story.body, by=by, at=written_at)
    workflow.submit(article, by=by, at=written_at)
    publishing.publish(article, revision=revision, by=newsroom.editor, at=published_at)
    return published_at


def _live(newsroom: Newsroom, story: DemoStory, article: Article) -> None:
    _publish(newsroom, story, article)


def _live_with_changes(newsroom: Newsroom, story: DemoStory, article: Article) -> None:
    _publish(newsroom, story, article, body=_shorter(story, by=1))
    by = newsroom.writer_of(story)
    _save(article, story.body, by=by, at=newsroom.at - IN_HAND, note="What the last call added")


def _update_scheduled(newsroom: Newsroom, story: DemoStory, article: Article) -> None:
    _publish(newsroom, story, article, body=_shorter(story, by=2))
    at = newsroom.at - IN_HAND
    revision = _save(article, story.body, by=newsroom.writer_of(story), at=at, note="The evening’s update")
    live_from = newsroom.at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=3)
    publishing.schedule(
        article, revision=revision, live_from=live_from, by=newsroom.editor, at=at, change=Change.SUBSTANTIVE
    )


def _corrected(newsroom: Newsroom, story: DemoStory, article: Article) -> None:
    published_at = _publish(newsroom, story, article, body=_shorter(story, by=1))
    at = published_at + min(timedelta(hours=5), story.age / 2)
    revision = _save(article, story.body, by=newsroom.editor, at=at, note="Put right")
    publishing.correct(
        article,
        revision=revision,
        wrong=story.correction.get("wrong", ""),
        text=story.correction["right"],
        kind=Correction.Kind(story.correction.get("kind", Correction.Kind.CORRECTION)),
        by=newsroom.editor,
        at=at,
    )


def _withdrawn(newsroom: Newsroom, story: DemoStory, article: Article) -> None:
    published_at = _publish(newsroom, story, article)
    at = published_at + story.age / 2
    publishing.withdraw(article, by=newsroom.editor, at=at, reason="A source withdrew their account.")


def _scheduled(newsroom: Newsroom, story: DemoStory, article: Article) -> None:
    at = newsroom.at - IN_HAND
    revision = _save(article, story.body, by=newsroom.writer_of(story), at=at)
    # On the half hour, as an editor would.
    live_from = (newsroom.at - story.age).replace(minute=30, second=0, microsecond=0)
    publishing.schedule(article, revision=revision, live_from=live_from, by=newsroom.editor, at=at)


def _draft(newsroom: Newsroom, story: DemoStory, article: Article) -> None:
    _save(article, story.body, by=newsroom.writer_of(story), at=newsroom.at - IN_HAND)


def _in_review(newsroom: Newsroom, story: DemoStory, article: Article) -> None:
    _draft(newsroom, story, article)
    workflow.submit(article, by=newsroom.writer_of(story), at=newsroom.at - IN_HAND)


def _ready(newsroom: Newsroom, story: DemoStory, article: Article) -> None:
    _in_review(newsroom, story, article)
    workflow.mark_ready(article, by=newsroom.editor, at=newsroom.at - IN_HAND / 2)


_STATES = {
    "live": _live,
    "live_with_changes": _live_with_changes,
    "update_scheduled": _update_scheduled,
    "corrected": _corrected,
    "withdrawn": _withdrawn,
    "scheduled": _scheduled,
    "draft": _draft,
    "in_review": _in_review,
    "ready": _ready,
}
