"""oEmbed 1.0 for our own stories: what a site that links to one may show of it, as JSON or XML.

It is of the type “link”: title, people, newspaper and a picture, and no markup that would run elsewhere. Only what the
gate shows is told; an old address gives the story where it is now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from articles import cache_keys, pictures
from articles.listing import teasers
from articles.models import Edition
from newsroom import clock, seo
from newsroom.addresses import address
from newsroom.documents import json_document, xml_document
from newsroom.newspaper import absolute, newspaper
from newsroom.pagecache import wear

if TYPE_CHECKING:
    from datetime import datetime

FORMATS = {"json": "application/json", "xml": "text/xml"}

# Pages of other sites may ask from within a browser; the answer is the same for everybody.
HEADERS = {"Access-Control-Allow-Origin": "*"}

PARAMETERS = ("url", "format", "maxwidth", "maxheight")

# Seconds for which an answer may be kept.
KEEP = 300


class BadRequest(Exception):
    """The question cannot be understood; the text says why."""


@require_safe
def oembed(request: HttpRequest) -> HttpResponseBase:
    """What there is to show of `?url=`: 404 where that is no live story of ours, 501 for a format we do not write."""
    written_as = request.GET.get("format", "json")
    if written_as not in FORMATS:
        return _refusal("The formats are json and xml.", status=501)
    try:
        path = _path_of(request.GET.get("url", ""))
        width, height = _limit(request, "maxwidth"), _limit(request, "maxheight")
    except BadRequest as error:
        return _refusal(str(error), status=400)
    story = _story_at(path, at=clock.now()) if path else None
    if story is None:
        return _refusal("There is no story at this address.", status=404)
    wear(request, cache_keys.teasers([story]), parameters=PARAMETERS)
    data = _told(story, width=width, height=height)
    if written_as == "xml":
        content = {"properties": data.items()}
        return xml_document(request, "articles/oembed.xml", content, content_type=FORMATS["xml"], headers=HEADERS)
    return json_document(request, data, content_type=FORMATS["json"], headers=HEADERS)


def announced(title: str, path: str) -> tuple[seo.Feed, ...]:
    """What the head of a story's page says of this: where the story at `path` can be asked for, in each format."""
    here, url = absolute(address("oembed")), quote(absolute(path), safe="")
    return tuple(
        seo.Feed(
            title=title,
            url=f"{here}?url={url}&format={name}",
            media_type=f"{media_type}+oembed",
        )
        for name, media_type in FORMATS.items()
    )


def _path_of(url: str) -> str | None:
    """The path of an address of ours; None for somebody else's. Raises BadRequest for what is no address."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise BadRequest("This is no address.") from error
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise BadRequest("Say in “url” the full address of a story.")
    if parts.netloc.lower() != urlsplit(settings.NEWSROOM_URL).netloc.lower() or "\0" in (path := unquote(parts.path)):
        return None
    return path if path.endswith("/") else f"{path}/"


def _limit(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 7):
        raise BadRequest(f"“{name}” is no number of pixels.")
    return int(text)


def _story_at(path: str, *, at: datetime) -> Edition | None:
    """The live story at `path`, or at the address that it has had since."""
    answer = teasers(Edition.objects.all()).resolve(path, at=at)
    if answer.location is not None:
        return teasers(Edition.objects.live(at=at)).filter(path=answer.location).first()
    return answer.edition


def _told(story: Edition, *, width: int | None, height: int | None) -> dict[str, Any]:
    people: list[dict[str, str]] = story.signed_by  # type: ignore[attr-defined]  # annotated
    paper = newspaper()
    told: dict[str, Any] = {
        "version": "1.0",
        "type": "link",
        "title": story.headline,
        "provider_name": paper.name,
        "provider_url": f"{paper.url}/",
        "cache_age": KEEP,
    }
    if people:
        told["author_name"] = ", ".join(person["name"] for person in people)
    if len(people) == 1:
        told["author_url"] = absolute(address("author", people[0]["slug"]))
    shown = pictures.within(story.photo, width=width, height=height) if story.photo else None
    if shown is not None:
        told |= {"thumbnail_url": shown.src, "thumbnail_width": shown.width, "thumbnail_height": shown.height}
    return told


def _refusal(sentence: str, *, status: int) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", content_type="text/plain; charset=utf-8", status=status, headers=HEADERS)
