"""Links to our own stories: held by the story's identity, so that they outlive its address and end with it.

An address of ours in a body becomes `<a data-article="ID">` when the body is saved; where readers are sent is looked
up whenever a page is made (`articles.bodies`). What a person may not know of is never looked up for them: the address
of a colleague's scheduled story is, to a writer, an address like one that nobody has heard of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Min, Q
from django.urls import reverse

from articles import permissions
from articles.models import Article, Edition
from newsroom import plaintext, richtext

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from authors.models import User

# As `richtext.clean` writes them: in these forms and in no other.
_ADDRESSED = re.compile(r'<a href="([^"]*)"(?: rel="[^"]*")?>')
_BY_IDENTITY = re.compile(r'<a data-article="([0-9]+)">(.*?)</a>', re.DOTALL)

_STORY = re.compile(r"/[\w-]+/[0-9]{4}/[0-9]{2}/[0-9]{2}/[\w-]+/?", re.ASCII)
_NUMBERED = re.compile(r"([1-9][0-9]{0,17})/", re.ASCII)
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class NotLive:
    """A linked story that readers cannot open. `words` are those that carry the link, where it stands first.

    `headline` is empty where the person may not know the story. `opens_at` is when readers can open it after all.
    """

    article: int
    words: str
    headline: str = ""
    opens_at: datetime | None = None


def path_of_ours(address: str) -> str | None:
    """The path that an address of our own site leads to, without query and fragment; None for any other address."""
    try:
        parts = urlsplit(address.strip())
        host = _host(address) if parts.netloc else None
    except ValueError:
        return None
    if parts.netloc:
        return (parts.path or "/") if parts.scheme in _PORTS and host == _host(settings.NEWSROOM_URL) else None
    return parts.path if not parts.scheme and parts.path.startswith("/") else None


def stories_at(addresses: Iterable[str], *, user: User | AnonymousUser, at: datetime) -> dict[str, int]:
    """The ids of our stories at these addresses, as far as `user` may know of them; old addresses count. One query.

    A desk's address of a story (“…/admin/articles/article/42/change/”) is understood too.
    """
    paths, desk = {}, {}
    stories = reverse("admin:articles_article_changelist")
    for address in addresses:
        path = path_of_ours(address)
        if path is None:
            continue
        if _STORY.fullmatch(path):
            paths[address] = f"{path.rstrip('/')}/"
        elif path.startswith(stories) and (numbered := _NUMBERED.match(path, len(stories))):
            desk[address] = int(numbered[1])
    found: dict[str, int] = {}
    if paths:
        known = Q(live_from__lte=at) | Q(article__in=permissions.visible(user).values("pk"))
        editions = Edition.objects.filter(known, path__in=set(paths.values())).values_list("path", "article_id")
        by_path = dict(editions.order_by("path").distinct())
        found = {address: by_path[path] for address, path in paths.items() if path in by_path}
    if desk:
        ids = known_to(user, desk.values(), at=at)
        found |= {address: article for address, article in desk.items() if article in ids}
    return found


def known_to(user: User | AnonymousUser, articles: Iterable[int], *, at: datetime) -> set[int]:
    """Those of these stories of which `user` may know: their own, and all that readers see or ever saw. One query."""
    begun = Edition.objects.begun(at=at).filter(article__in=set(articles)).values("article_id")
    visible = permissions.visible(user).filter(pk__in=set(articles)).values("pk")
    return set(Article.objects.filter(Q(pk__in=begun) | Q(pk__in=visible)).values_list("pk", flat=True))


def by_identity(body: str, *, user: User | AnonymousUser, at: datetime) -> str:
    """A cleaned body in which the addresses of our own stories have become links by identity; it stays cleaned.

    Asks nothing where no link leads to our own site. A link's fragment goes: it leads to the story.
    """
    addresses = {unescape(address) for address in _ADDRESSED.findall(body)}
    stories = stories_at(addresses, user=user, at=at)
    if not stories:
        return body

    def named(link: re.Match[str]) -> str:
        article = stories.get(unescape(link[1]))
        return f'<a data-article="{article}">' if article else link[0]

    try:
        # Two addresses of one story beside each other are one link now: cleaning joins them.
        return richtext.clean(_ADDRESSED.sub(named, body))
    except richtext.RichTextError:
        return body  # as large as a body may be, and some addresses are shorter than what takes their place


def not_live(body: str, *, at: datetime, user: User | None = None) -> list[NotLive]:
    """The stories that a body links to and that readers cannot open at `at`, in their order. At most two queries.

    `at` may lie ahead: for a story that is to be published at 18:00, what its readers can open then. Without a `user`
    no headline is told, since whoever reads it may not know the story.
    """
    words: dict[int, str] = {}
    for article, text in _BY_IDENTITY.findall(body):
        words.setdefault(int(article), plaintext.from_html(text))
    if not words:
        return []
    open_then = set(Edition.objects.as_of(at=at).filter(article__in=words).values_list("article_id", flat=True))
    shut = [article for article in words if article not in open_then]
    told: dict[int, tuple[str, datetime | None]] = {}
    if shut and user is not None:
        opens_at = Min("editions__live_from", filter=Q(editions__live_from__gt=at))
        stories = permissions.visible(user).in_use().filter(pk__in=shut).annotate(opens_at=opens_at)
        told = {pk: (headline, opens) for pk, headline, opens in stories.values_list("pk", "headline", "opens_at")}
    return [NotLive(article, words[article], *told.get(article, ("", None))) for article in shut]


def _host(address: str) -> tuple[str, int | None]:
    """Host and port, alike with and without “www.” and TLS. Raises ValueError for a port that is none."""
    parts = urlsplit(address.strip())
    port = None if parts.port == _PORTS.get(parts.scheme) else parts.port
    return (parts.hostname or "").removeprefix("www."), port
