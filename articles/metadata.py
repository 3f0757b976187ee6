"""What each page says of itself to machines: title, description, address, Open Graph, structured data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.urls import reverse

from articles import bylines
from articles.models import Kind
from articles.pictures import social_image
from newsroom import clock, plaintext
from newsroom.newspaper import absolute, newspaper
from newsroom.seo import Feed, Head

if TYPE_CHECKING:
    from taggit.models import Tag

    from articles.archive import Month
    from articles.bylines import Credit
    from articles.content import Content
    from articles.corrections import Note
    from articles.listing import Cursor
    from articles.models import Edition, Section
    from authors.models import Author

SCHEMA = "https://schema.org"
DESCRIPTION_LIMIT = 300


def stamp(at: datetime) -> str:
    """An instant as machines read it, with the newsroom's offset."""
    return at.astimezone(clock.newsroom_zone()).isoformat(timespec="seconds")


def titled(*parts: str) -> str:
    """A page's title: its own words first, the newspaper's name last."""
    return " – ".join([*filter(None, parts), newspaper().name])


def description(*texts: str) -> str:
    """The first text that says something, cut to a description's length."""
    return plaintext.shorten(next(filter(None, texts), ""), DESCRIPTION_LIMIT)


def front() -> Head:
    """The front page."""
    paper = newspaper()
    return Head(
        title=f"{paper.name} – {paper.strap}" if paper.strap else paper.name,
        description=description(paper.strap, f"The latest from {paper.name}."),
        canonical=absolute("/"),
        feeds=(front_feed(),),
        structured=(
            {"@context": SCHEMA, "@type": "WebSite", "name": paper.name, "url": absolute("/")},
            {"@context": SCHEMA, **organisation()},
        ),
    )


def front_feed() -> Feed:
    """The feed of everything."""
    return Feed(title=newspaper().name, url=absolute(reverse("feed")))


def organisation() -> dict[str, Any]:
    """The newspaper as a publisher."""
    paper = newspaper()
    return {"@type": "NewsMediaOrganization", "name": paper.name, "url": absolute("/")}


def section(section: Section, *, after: Cursor | None) -> Head:
    """A section's page."""
    return _list(
        section.name,
        description(section.description, f"{section.name}: the latest stories from {newspaper().name}."),
        section.get_absolute_url(),
        after=after,
        feed=reverse("section_feed", args=[section.slug]),
        crumbs=crumbs_of(section.parent, section) if section.parent else crumbs_of(section),
    )


def tag(tag: Tag, *, after: Cursor | None) -> Head:
    """A tag's page."""
    return _list(
        tag.name,
        description(f"Every story from {newspaper().name} about {tag.name}, the newest first."),
        reverse("tag", args=[tag.slug]),
        after=after,
        feed=reverse("tag_feed", args=[tag.slug]),
    )


def author(author: Author, *, after: Cursor | None) -> Head:
    """An author's page."""
    person = {"@type": "Person", **_person(author)}
    if author.role:
        person["jobTitle"] = author.role
    if author.portrait:
        person["image"] = absolute(author.portrait.url)
    return _list(
        author.name,
        description(
            " ".join(author.biography.split()),
            f"{author.name}, {author.role} at {newspaper().name}." if author.role else "",
            f"Stories by {author.name} in {newspaper().name}.",
        ),
        author.get_absolute_url(),
        after=after,
        feed=reverse("author_feed", args=[author.slug]),
        kind="profile",
        structured=({"@context": SCHEMA, "@type": "ProfilePage", "mainEntity": person},),
    )


def authors() -> Head:
    """The list of all authors."""
    return Head(
        title=titled("Authors"),
        description=f"The people who write for {newspaper().name}.",
        canonical=absolute(reverse("authors")),
    )


def corrections(*, after: Cursor | None) -> Head:
    """The list of all corrections; only its first page is found by search engines."""
    return Head(
        title=titled("Corrections"),
        description=f"What {newspaper().name} got wrong, and what is right.",
        canonical="" if after else absolute(reverse("corrections")),
        indexed=after is None,
    )


def archive() -> Head:
    """The list of all months."""
    return Head(
        title=titled("Archive"),
        description=f"Every story from {newspaper().name}, month by month.",
        canonical=absolute(reverse("archive")),
    )


def archive_month(month: Month, name: str, *, after: Cursor | None) -> Head:
    """The stories of one month."""
    path = reverse("archive_month", args=[month.year, month.month])
    return _list(name, f"Stories first published by {newspaper().name} in {name}.", path, after=after)


def notice(title: str) -> Head:
    """A page that says that there is nothing here. It has no address of its own."""
    return Head(title=titled(title), indexed=False)


def story(
    edition: Edition,
    *,
    named: Sequence[Credit],
    tags: Sequence[dict[str, Any]],
    corrections: Sequence[Note],
) -> Head:
    """A story's page; section, picture and revision are loaded, tags and corrections as the page shows them."""
    content = cast("Content", edition.revision.content)
    canonical = content["canonical_url"] or absolute(edition.path)
    title = content["seo_title"] or edition.headline
    words = description(content["seo_description"], edition.standfirst, edition.teaser)
    modified = edition.updated_at or edition.first_published_at
    photo = edition.photo
    alt = content["lead_photo_alt"] or (photo.alt_text if photo else "")
    image = social_image(photo, alt=alt) if photo else None
    properties = [
        ("article:published_time", stamp(edition.first_published_at)),
        ("article:modified_time", stamp(modified)),
        ("article:section", edition.section.name),
        *(("article:author", absolute(author.get_absolute_url())) for author in bylines.writers(named)),
        *(("article:tag", tag["name"]) for tag in tags),
    ]
    data: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "OpinionNewsArticle" if edition.kind == Kind.OPINION else "NewsArticle",
        "mainEntityOfPage": canonical,
        "headline": edition.headline,
        "description": words,
        "datePublished": stamp(edition.first_published_at),
        "dateModified": stamp(modified),
        "author": [{"@type": "Person", **_person(author)} for author in bylines.writers(named)],
        "publisher": organisation(),
        "articleSection": edition.section.name,
        "inLanguage": newspaper().language,
        "isAccessibleForFree": True,
    }
    others = [one for one in bylines.contributors(named) if one not in bylines.writers(named)]
    if others:
        data["contributor"] = [{"@type": "Person", **_person(author)} for author in others]
    if image:
        data["image"] = [image.url]
    if tags:
        data["keywords"] = [tag["name"] for tag in tags]
    if content["dateline"]:
        data["dateline"] = content["dateline"]
    if content["source_name"]:
        data["sourceOrganization"] = {"@type": "Organization", "name": content["source_name"]}
    # What was struck out is told on the page, and by the note that strikes it.
    standing = [note for note in corrections if not note.is_struck]
    if standing:
        data["correction"] = [
            {
                "@type": "CorrectionComment",
                "name": note.label,
                "text": note.sentence,
                "datePublished": stamp(note.published_at),
            }
            for note in standing
        ]
    parents = [edition.section.parent] if edition.section.parent else []
    return Head(
        title=titled(title),
        social_title=content["social_title"] or title,
        description=words,
        canonical=canonical,
        kind="article",
        image=image,
        feeds=(
            Feed(
                title=titled(edition.section.name),
                url=absolute(reverse("section_feed", args=[edition.section.slug])),
            ),
        ),
        properties=tuple(properties),
        structured=(data, crumbs_of(*parents, edition.section)),
    )


def crumbs_of(*sections: Section) -> dict[str, Any]:
    """The way from the front to a section."""
    steps = [(newspaper().name, "/"), *((section.name, section.get_absolute_url()) for section in sections)]
    return {
        "@context": SCHEMA,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
            for position, (name, path) in enumerate(steps, start=1)
        ],
    }


def _person(author: Author) -> dict[str, Any]:
    return {"name": author.name, "url": absolute(author.get_absolute_url())}


def _list(
    name: str,
    words: str,
    path: str,
    *,
    after: Cursor | None,
    feed: str = "",
    kind: str = "website",
    crumbs: dict[str, Any] | None = None,
    structured: tuple[dict[str, Any], ...] = (),
) -> Head:
    return Head(
        title=titled(name, "older stories" if after else ""),
        description=words,
        canonical=absolute(f"{path}?after={after}" if after else path),
        kind=kind,
        feeds=(Feed(title=titled(name), url=absolute(feed)),) if feed else (),
        structured=(*structured, crumbs) if crumbs else structured,
    )
