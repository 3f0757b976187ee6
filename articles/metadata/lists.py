"""The front page and every list of stories: sections, tags, months, corrections; and pages with nothing on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from articles import cards
from articles.feeds.formats import announced
from articles.metadata.publisher import SCHEMA, newspaper_itself, website
from articles.metadata.trail import crumbs, steps_to
from articles.metadata.words import description, titled
from newsroom.addresses import address
from newsroom.newspaper import absolute, newspaper
from newsroom.seo import Head

if TYPE_CHECKING:
    from taggit.models import Tag

    from articles.archive import Month
    from articles.listing import Cursor
    from articles.models import Section


def front() -> Head:
    """The front page."""
    paper = newspaper()
    return Head(
        title=f"{paper.name} – {paper.strap}" if paper.strap else paper.name,
        social_title=paper.name,
        description=description(paper.strap, _("The latest from %(newspaper)s.") % {"newspaper": paper.name}),
        canonical=absolute("/"),
        image=cards.newspaper_image(),
        feeds=announced(paper.name, address("feed")),
        structured=({"@context": SCHEMA, **newspaper_itself()}, {"@context": SCHEMA, **website()}),
    )


def section(section: Section, *, after: Cursor | None) -> Head:
    """A section's page."""
    named = {"section": section.name, "newspaper": newspaper().name}
    return listed(
        section.name,
        description(section.description, _("%(section)s: the latest stories from %(newspaper)s.") % named),
        section.get_absolute_url(),
        after=after,
        feed=address("section_feed", section.slug),
        steps=steps_to(section),
    )


def tag(tag: Tag, *, after: Cursor | None) -> Head:
    """A tag's page."""
    named = {"tag": tag.name, "newspaper": newspaper().name}
    return listed(
        tag.name,
        description(_("Every story from %(newspaper)s about %(tag)s, the newest first.") % named),
        address("tag", tag.slug),
        after=after,
        feed=address("tag_feed", tag.slug),
    )


def corrections(*, after: Cursor | None) -> Head:
    """The list of all corrections; only its first page is found by search engines."""
    if after is not None:
        return Head(title=titled(_("Corrections")), indexed=False)
    words = _("What %(newspaper)s got wrong, and what is right.") % {"newspaper": newspaper().name}
    return listed(_("Corrections"), words, address("corrections"), after=None)


def archive() -> Head:
    """The list of all months."""
    words = _("Every story from %(newspaper)s, month by month.") % {"newspaper": newspaper().name}
    return listed(_("Archive"), words, address("archive"), after=None)


def archive_month(month: Month, name: str, *, after: Cursor | None) -> Head:
    """The stories of one month."""
    named = {"newspaper": newspaper().name, "month": name}
    path = address("archive_month", month.year, month.month)
    return listed(
        name,
        _("Stories first published by %(newspaper)s in %(month)s.") % named,
        path,
        after=after,
        steps=[(_("Archive"), address("archive")), (name, path)],
    )


def notice(title: str) -> Head:
    """A page that says that there is nothing here. It has no address of its own."""
    return Head(title=titled(title), indexed=False)


def listed(
    name: str,
    words: str,
    path: str,
    *,
    after: Cursor | None,
    feed: str = "",
    kind: str = "website",
    steps: Sequence[tuple[str, str]] = (),
    structured: tuple[dict[str, Any], ...] = (),
) -> Head:
    """A list called `name`; its older pages have addresses of their own. `steps` lead to it from the front page."""
    return Head(
        title=titled(name, _("older stories") if after else ""),
        social_title=name,
        description=words,
        canonical=absolute(f"{path}?after={after}" if after else path),
        kind=kind,
        image=cards.newspaper_image(),
        feeds=announced(titled(name), feed) if feed else (),
        structured=(*structured, crumbs(*steps or [(name, path)])),
    )
