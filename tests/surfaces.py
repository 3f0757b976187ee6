"""Every public surface of the site, found in the URLconf: a new route without an entry here fails the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from articles import bylines, cards
from articles.feeds.formats import JSON, RSS
from articles.models import Edition
from newsroom import clock

# The desk is not public; its own tests walk it.
NOT_PUBLIC = ("admin/",)

# A preview link that nobody signed: the one public address that no story has.
FORGED = "/preview/1:forged/"

# Public addresses at which there is no page; what they answer has tests of its own.
NO_PAGE = frozenset({FORGED, "/.well-known/change-password", "/oembed", "/metrics"})

# Beside the parts of a path, what stands after the question mark.
QUERY = "?"

Arguments = Callable[[Edition], list[dict[str, object]]]


def _month(edition: Edition) -> list[dict[str, object]]:
    day = clock.local_date(edition.first_published_at)
    return [{"year": day.year, "month": day.month}]


def _sections(edition: Edition) -> list[dict[str, object]]:
    return [{"slug": section.slug} for section in {edition.section, edition.root_section}]


def _authors(edition: Edition) -> list[dict[str, object]]:
    return [{"slug": byline.author.slug} for byline in edition.article.bylines.select_related("author")]


def _tags(edition: Edition) -> list[dict[str, object]]:
    return [{"slug": tag.slug} for tag in edition.article.tags.all()]


def _story(edition: Edition) -> list[dict[str, object]]:
    section, year, month, day, slug = edition.path.strip("/").split("/")
    date: dict[str, object] = {"year": int(year), "month": int(month), "day": int(day)}
    return [{"section": section, "slug": slug} | date]


def _asked_for(edition: Edition) -> list[dict[str, object]]:
    # A word that the headlines of tests have; by a story's own the page would show it, having been asked for it.
    return [{QUERY: "?q=headline"}]


def _in_every_format(arguments: Arguments) -> Arguments:
    """The same, and each with the formats of feeds that have addresses of their own."""
    return lambda edition: [
        each | further for each in arguments(edition) for further in ({}, {"file_format": RSS}, {"file_format": JSON})
    ]


def _card(edition: Edition) -> list[dict[str, object]]:
    named = bylines.credits_of(edition.bylines.select_related("author"))
    card = cards.of_story(edition, writers=bylines.writers(named))
    return [{"story": edition.article_id, "digest": card.digest}]


def _only_one(edition: Edition) -> list[dict[str, object]]:
    return [{}]


# What each public route is asked with, so that it shows a story if it shows it at all.
ARGUMENTS: dict[str, Arguments] = {
    "front": _only_one,
    "feed": _in_every_format(_only_one),
    "authors": _only_one,
    "author": _authors,
    "author_feed": _in_every_format(_authors),
    "tag": _tags,
    "tag_feed": _in_every_format(_tags),
    "archive": _only_one,
    "corrections": _only_one,
    "newspaper_card": lambda _: [{"digest": cards.of_newspaper().digest}],
    "story_card": _card,
    "search": _asked_for,
    "search_suggest": _asked_for,
    "search_feed": _in_every_format(_asked_for),
    "shared_preview": lambda _: [{"token": "1:forged"}],
    "archive_month": _month,
    "sitemap": _only_one,
    "sitemap_month": _month,
    "sitemap_pages": _only_one,
    "sitemap_authors": lambda _: [{"number": 1}],
    "sitemap_tags": lambda _: [{"number": 1}],
    "news_sitemap": _only_one,
    "oembed": _only_one,
    "robots": _only_one,
    "section": _sections,
    "section_feed": _in_every_format(_sections),
    "story": _story,
    "manifest": _only_one,
    "security": _only_one,
    "change_password": _only_one,
    "healthz": _only_one,
    "metrics": _only_one,
    "readyz": _only_one,
}


def routes() -> list[str]:
    """The names of all public routes."""
    return sorted(set(_names(get_resolver().url_patterns)))


def addresses(edition: Edition) -> list[str]:
    """Every address at which `edition` could be noticed."""
    return sorted({_address(name, arguments) for name in routes() for arguments in ARGUMENTS[name](edition)})


def _address(name: str, arguments: dict[str, object]) -> str:
    parts = {key: value for key, value in arguments.items() if key != QUERY}
    return f"{reverse(name, kwargs=parts)}{arguments.get(QUERY, '')}"


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if str(pattern.pattern) in NOT_PUBLIC:
            continue
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        else:
            assert pattern.name, f"The route {pattern.pattern} has no name, so no test can find it."
            yield pattern.name
