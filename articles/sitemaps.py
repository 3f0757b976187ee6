"""Sitemaps and robots.txt. There is a sitemap for each month of the archive, so that size does not matter."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.archive import Month, months
from articles.models import Edition
from newsroom import clock
from newsroom.documents import xml_document
from newsroom.newspaper import absolute, newspaper

# What the sitemap protocol and the news sitemap protocol allow in one file, and how long news is news.
LARGEST = 50_000
LARGEST_NEWS = 1_000
NEWS_LASTS = timedelta(hours=48)


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """The sitemaps: one for each month with a live story."""
    addresses = [absolute(reverse("sitemap_month", args=[one.year, one.month])) for one in months(at=clock.now())]
    context = {"addresses": addresses}
    return xml_document(request, "articles/sitemap_index.xml", context, content_type="application/xml")


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponseBase:
    """The stories of one month; not found where it has none."""
    try:
        where = Month(year, month).published_in
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    live = Edition.objects.live(at=clock.now()).filter(where).newest_first()
    stories = list(live.only("path", "first_published_at", "updated_at")[:LARGEST])
    if not stories:
        raise Http404
    return xml_document(request, "articles/sitemap.xml", {"stories": stories}, content_type="application/xml")


@require_safe
def news(request: HttpRequest) -> HttpResponseBase:
    """The stories of the last 48 hours that are our own."""
    at = clock.now()
    live = Edition.objects.live(at=at).filter(first_published_at__gt=at - NEWS_LASTS, is_syndicated=False)
    stories = live.newest_first().only("path", "headline", "first_published_at")[:LARGEST_NEWS]
    context = {"stories": stories, "newspaper": newspaper()}
    return xml_document(request, "articles/news_sitemap.xml", context, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where crawlers may go, and where the sitemaps are."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        "",
        f"Sitemap: {absolute(reverse('sitemap'))}",
        f"Sitemap: {absolute(reverse('news_sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
