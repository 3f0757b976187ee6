"""Sitemaps and robots.txt: what search engines may list, each file bounded, so that size does not matter.

There is a sitemap for each month of the archive, one for the pages that are no stories, and those of authors and tags,
cut by their ids. What somebody else published first is in none of them: its page names another address as the one to
list.

A story's date is that of its last change of substance. The index dates nothing: what is true of a month, its newest
change and its newest withdrawal, can be had only by reading all of it, and an index without dates is as good as one
whose dates are wrong half the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles import cache_keys, directory, pictures
from articles.archive import Month, months
from articles.cache_keys import NEWS_LASTS
from articles.models import Edition, Section
from newsroom import clock
from newsroom.database.prepared import Prepared
from newsroom.documents import xml_document
from newsroom.newspaper import absolute, newspaper
from newsroom.pagecache import wear

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from articles.querysets import EditionQuerySet

# What the sitemap protocol and the news sitemap protocol allow in one file.
LARGEST = 50_000
LARGEST_NEWS = 1_000

OWN = Q(is_syndicated=False)

# Pages that are neither a story nor a list that has a row of its own.
PAGES = ("front", "authors", "archive", "corrections")

# What the news protocol calls the languages that it does not call by two letters.
NEWS_LANGUAGES = {"zh-hans": "zh-cn", "zh-hant": "zh-tw"}


def _of_month(*, begins: datetime, ends: datetime, at: datetime) -> EditionQuerySet:
    live = Edition.objects.live(at=at).filter(OWN, first_published_at__gte=begins, first_published_at__lt=ends)
    fields = ("path", "first_published_at", "updated_at", "photo__renditions")
    return live.newest_first().select_related("photo").only(*fields)[:LARGEST]


def _news(most: int, *, since: datetime, at: datetime) -> EditionQuerySet:
    live = Edition.objects.live(at=at).filter(OWN, first_published_at__gt=since).newest_first()
    return live.only("path", "headline", "language", "first_published_at")[:most]


_OF_MONTH, _NEWS = Prepared(_of_month), Prepared(_news)


@dataclass(frozen=True)
class Listed:
    """A story in a sitemap. `image` is the full address of its lead picture, empty without one."""

    story: Edition
    image: str


@dataclass(frozen=True)
class News:
    """A story in the news sitemap, with its language as that protocol has it."""

    story: Edition
    language: str


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Every sitemap: one query for the months, one for the authors and one for the tags."""
    at = clock.now()
    wear(request, {cache_keys.ARCHIVE, cache_keys.ADDRESSES_OF_AUTHORS, cache_keys.ADDRESSES_OF_TAGS})
    paths = [reverse("sitemap_pages")]
    paths += _files("sitemap_authors", directory.public_authors(at=at))
    paths += _files("sitemap_tags", directory.public_tags(at=at))
    paths += [reverse("sitemap_month", args=[one.year, one.month]) for one in months(at=at, where=OWN)]
    context = {"addresses": [absolute(path) for path in paths]}
    return xml_document(request, "articles/sitemap_index.xml", context, content_type="application/xml")


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponseBase:
    """The stories of one month; not found where it has none."""
    try:
        chosen = Month(year, month)
        begins, ends = chosen.begins, chosen.ends
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    stories = _OF_MONTH(begins=begins, ends=ends, at=clock.now())
    images = {story.photo_id: pictures.largest(story.photo) for story in stories if story.photo}
    listed = [Listed(story, images.get(story.photo_id, "")) for story in stories]
    if not listed:
        raise Http404
    wear(request, {cache_keys.sitemap(chosen), cache_keys.SITEMAPS})
    return xml_document(request, "articles/sitemap.xml", {"listed": listed}, content_type="application/xml")


@require_safe
def pages(request: HttpRequest) -> HttpResponseBase:
    """The front page, the sections and the other pages of which there is one."""
    wear(request, {cache_keys.NAVIGATION})
    sections = Section.objects.values_list("slug", flat=True)[:LARGEST]
    return _of_pages(
        request, [*(reverse(name) for name in PAGES), *(reverse("section", args=[slug]) for slug in sections)]
    )


@require_safe
def authors(request: HttpRequest, number: int) -> HttpResponseBase:
    """The pages of the authors whose ids are in one range."""
    slugs = _within(directory.public_authors(at=clock.now()), number)
    wear(request, {cache_keys.ADDRESSES_OF_AUTHORS})
    return _of_pages(request, [reverse("author", args=[slug]) for slug in slugs])


@require_safe
def tags(request: HttpRequest, number: int) -> HttpResponseBase:
    """The pages of the tags whose ids are in one range."""
    slugs = _within(directory.public_tags(at=clock.now()), number)
    wear(request, {cache_keys.ADDRESSES_OF_TAGS})
    return _of_pages(request, [reverse("tag", args=[slug]) for slug in slugs])


@require_safe
def news(request: HttpRequest) -> HttpResponseBase:
    """The stories of the last 48 hours that are our own; it is empty where there are none."""
    at: datetime = clock.now()
    stories = _NEWS(LARGEST_NEWS, since=at - NEWS_LASTS, at=at)
    found = [News(story, _news_language(story.language or newspaper().language)) for story in stories]
    # The oldest of them leaves by the clock alone.
    wear(request, {cache_keys.NEWS}, not_after=found[-1].story.first_published_at + NEWS_LASTS if found else None)
    context = {"news": found, "newspaper": newspaper()}
    return xml_document(request, "articles/news_sitemap.xml", context, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where crawlers may go, and where the sitemaps are; settings alone say so."""
    wear(request, {cache_keys.SITE})
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        "Disallow: /preview/",
        # Every search is an address, and there is no end of them.
        "Disallow: /search/?",
        "",
        f"Sitemap: {absolute(reverse('sitemap'))}",
        f"Sitemap: {absolute(reverse('news_sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _of_pages(request: HttpRequest, paths: list[str]) -> HttpResponseBase:
    if not paths:
        raise Http404
    context = {"addresses": [absolute(path) for path in paths]}
    return xml_document(request, "articles/sitemap_pages.xml", context, content_type="application/xml")


def _files(name: str, public: QuerySet[Any]) -> list[str]:
    """The paths of the sitemaps of these things, by the newest of them: one for each range of ids up to its own."""
    newest = public.order_by("-pk").values_list("pk", flat=True).first()
    return [] if newest is None else [reverse(name, args=[number]) for number in range(1, newest // LARGEST + 2)]


def _within(public: QuerySet[Any], number: int) -> list[str]:
    """The slugs of those of the `number`th range of ids."""
    if number < 1:
        raise Http404
    inside = public.filter(pk__gte=(number - 1) * LARGEST, pk__lt=number * LARGEST)
    return list(inside.order_by("pk").values_list("slug", flat=True))


def _news_language(code: str) -> str:
    return NEWS_LANGUAGES.get(code.lower(), code.partition("-")[0])
