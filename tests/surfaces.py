"""Every public surface of the site, found in the URLconf: a new route without an entry here fails the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from articles.models import Edition
from newsroom import clock

# The desk is not public; its own tests walk it.
NOT_PUBLIC = ("admin/",)

# A preview link that nobody signed: the one public address that no story has.
FORGED = "/preview/1:forged/"

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


def _only_one(edition: Edition) -> list[dict[str, object]]:
    return [{}]


# What each public route is asked with, so that it shows a story if it shows it at all.
ARGUMENTS: dict[str, Arguments] = {
    "front": _only_one,
    "feed": _only_one,
    "authors": _only_one,
    "author": _authors,
    "author_feed": _authors,
    "tag": _tags,
    "tag_feed": _tags,
    "archive": _only_one,
    "corrections": _only_one,
    "shared_preview": lambda _: [{"token": "1:forged"}],
    "archive_month": _month,
    "sitemap": _only_one,
    "sitemap_month": _month,
    "news_sitemap": _only_one,
    "robots": _only_one,
    "section": _sections,
    "section_feed": _sections,
    "story": _story,
    "healthz": _only_one,
    "readyz": _only_one,
}


def routes() -> list[str]:
    """The names of all public routes."""
    return sorted(set(_names(get_resolver().url_patterns)))


def addresses(edition: Edition) -> list[str]:
    """Every address at which `edition` could be noticed."""
    return sorted({reverse(name, kwargs=arguments) for name in routes() for arguments in ARGUMENTS[name](edition)})


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if str(pattern.pattern) in NOT_PUBLIC:
            continue
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        else:
            assert pattern.name, f"The route {pattern.pattern} has no name, so no test can find it."
            yield pattern.name
