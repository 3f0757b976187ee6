"""JSON Feed 1.1. What it has no word for, a syndicated story's source, is said in the text of the entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles.metadata import stamp
from newsroom.newspaper import newspaper

if TYPE_CHECKING:
    from articles.feeds.answering import Feed
    from articles.feeds.entries import Entry

VERSION = "https://jsonfeed.org/version/1.1"


def as_json(feed: Feed) -> dict[str, Any]:
    """The feed as data."""
    paper = newspaper()
    said: dict[str, Any] = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.about,
        "feed_url": feed.address,
        "language": paper.language,
        "authors": [{"name": paper.name, "url": f"{paper.url}/"}],
        "items": [_item(entry) for entry in feed.entries],
    }
    if paper.strap:
        said["description"] = paper.strap
    if feed.hub:
        said["hubs"] = [{"type": "WebSub", "url": feed.hub}]
    return said


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.content,
        "summary": entry.summary,
        "date_published": stamp(entry.published),
        "date_modified": stamp(entry.updated),
        "authors": [{"name": person["name"], "url": person["url"]} for person in entry.people],
        "tags": entry.categories,
        "language": entry.language,
    }
    if entry.image:
        item["image"] = entry.image.url
        item["attachments"] = [{"url": entry.image.url, "mime_type": "image/jpeg", "title": entry.image.alt}]
    if entry.source_url:
        item["external_url"] = entry.source_url
    return {name: value for name, value in item.items() if value}
