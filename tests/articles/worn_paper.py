"""A small newspaper in which everything is tied to something: what shows where, and what a change of it takes along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from taggit.models import Tag

from articles import publishing
from articles.feeds.formats import JSON, RSS
from articles.listing import Cursor
from articles.models import Correction, Edition, Photo, Section
from authors.models import Author
from newsroom.newspaper import absolute
from tests.bulk import archive_of
from tests.factories import (
    DAY,
    HOUR,
    NOON,
    AuthorFactory,
    SectionFactory,
    kept,
    managing_editor,
    photo,
    published,
    scheduled,
)
from tests.surfaces import ARGUMENTS

SIGNED = NOON - 20 * HOUR


@dataclass
class Paper:
    """`story` shows all that a story can show, and leads to `linked` and `picked`; `upcoming` is picked too.

    Both that are `gone` were withdrawn, and one of them has a note.
    """

    world: Section
    trade: Section
    arts: Section
    empty: Section
    ada: Author
    ben: Author
    ports: Tag
    fish: Tag
    lead: Photo
    inside: Photo
    story: Edition
    linked: Edition
    picked: Edition
    plain: Edition
    gone: Edition
    gone_long_ago: Edition
    upcoming: Edition
    old: list[Edition]

    def paths(self) -> list[str]:
        """The addresses of pages of every kind."""
        after = Cursor(self.old[2].first_published_at, self.old[2].article_id)
        old_months = ({"year": 2026, "month": 1}, {"year": 2025, "month": 12})
        tagged = reverse("tag", args=[self.ports.slug])
        return [
            *(edition.path for edition in (self.story, self.linked, self.picked, self.plain, self.old[4])),
            *(section.get_absolute_url() for section in (self.world, self.trade, self.arts, self.empty)),
            f"{self.arts.get_absolute_url()}?after={after}",
            *(author.get_absolute_url() for author in (self.ada, self.ben)),
            tagged,
            reverse("tag", args=[self.fish.slug]),
            *(reverse(name) for name in ("front", "authors", "archive", "corrections", "feed", "robots", "manifest")),
            *(reverse("feed", args=[each]) for each in (RSS, JSON)),
            reverse("section_feed", args=[self.trade.slug]),
            reverse("section_feed", args=[self.world.slug]),
            reverse("author_feed", args=[self.ada.slug]),
            reverse("tag_feed", args=[self.ports.slug]),
            *(reverse("archive_month", kwargs=month) for month in ({"year": 2026, "month": 2}, *old_months)),
            *(reverse("sitemap_month", kwargs=month) for month in ({"year": 2026, "month": 2}, *old_months)),
            *(reverse(name) for name in ("sitemap", "sitemap_pages", "news_sitemap", "security")),
            *(reverse(name, args=[1]) for name in ("sitemap_authors", "sitemap_tags")),
            f"{reverse('oembed')}?{urlencode({'url': absolute(self.story.path)})}",
            reverse("story_card", kwargs=ARGUMENTS["story_card"](self.plain)[0]),
            reverse("newspaper_card", kwargs=ARGUMENTS["newspaper_card"](self.plain)[0]),
        ]

    def picked_on(self, path: str) -> Iterator[str]:
        """The addresses of what an editor picked for the page."""
        if path == self.story.path:
            yield from (self.picked.path, self.upcoming.path)


def printed() -> Paper:
    """Print it, until NOON; what is upcoming comes an hour later."""
    world = SectionFactory(name="World", slug="world", colour="#8a2a1c", description="From everywhere.", position=1)
    trade = SectionFactory(name="Trade", slug="trade", parent=world, position=2, related_count=4)
    arts = SectionFactory(name="Arts", slug="arts", colour="#0a657c", position=3)
    empty = SectionFactory(name="Science", slug="science", position=4)
    ada = AuthorFactory(name="Ada Holm", slug="ada-holm", role="Trade correspondent", biography="Writes.")
    ben = AuthorFactory(name="Ben Okoro", slug="ben-okoro")
    carl = AuthorFactory(name="Carl Quist", slug="carl-quist")
    lead, inside = photo(alt_text="A crane"), photo(alt_text="A ferry", caption="The ferry")
    old_tag = Tag.objects.create(name="Old", slug="old")
    old = archive_of(
        26, sections=[arts], authors=[carl], tags=[old_tag], newest=NOON - 8 * DAY, apart=timedelta(hours=40)
    )
    linked = published(at=SIGNED, section=world, bylines=[ben, ada], headline="The ferry runs again")
    picked = published(at=SIGNED + HOUR, section=arts, bylines=[ben], tag_names=["Fish"], headline="Eels on canvas")
    tied = {"section": trade, "bylines": [ben], "tag_names": ["Ports"]}
    upcoming = scheduled(live_from=NOON + HOUR, at=NOON - DAY, headline="Tolls to fall", **tied)
    gone = published(at=SIGNED, section=trade, bylines=[ada], headline="The bridge that was not closed")
    note = {"wrong": "The bridge was closed.", "text": "It was not.", "by": managing_editor()}
    publishing.correct(gone.article, revision=kept(gone.article), at=SIGNED + HOUR, **note)  # type: ignore[arg-type]
    publishing.withdraw(gone.article, by=managing_editor(), at=SIGNED + 2 * HOUR)
    gone_long_ago = published(at=NOON - 20 * DAY, section=arts, bylines=[carl], headline="A play that was not shown")
    publishing.withdraw(gone_long_ago.article, by=managing_editor(), at=NOON - 19 * DAY)
    story = published(
        at=NOON - 6 * HOUR,
        section=trade,
        bylines=[ada],
        tag_names=["Ports"],
        related=[picked.article, upcoming.article],
        lead_photo=lead,
        headline="Seven countries agree on tolls",
        body=f'<p>See <a data-article="{linked.article_id}">this</a>.</p><figure data-photo="{inside.pk}"></figure>',
    )
    note = {"wrong": "There were six.", "text": "There were seven.", "by": managing_editor()}
    story = publishing.correct(story.article, revision=kept(story.article), at=NOON - 5 * HOUR, **note)  # type: ignore[arg-type]
    assert Correction.objects.count() == 2
    plain = published(at=NOON - 4 * HOUR, section=world, bylines=[ben], headline="A quiet day in parliament")
    ports, fish = Tag.objects.get(name="Ports"), Tag.objects.get(name="Fish")
    everything = (world, trade, arts, empty, ada, ben, ports, fish, lead, inside)
    return Paper(*everything, story, linked, picked, plain, gone, gone_long_ago, upcoming, old)
