"""What the link box of the editor asks: stories by words, the story at an address, and how linked stories stand.

A person finds what readers see, and their own; a colleague's story as readers know it, never by its working copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from articles import own_links, permissions, search
from articles.admin.sentences import state_label
from articles.admin.story_search import matching
from articles.models import Edition
from articles.state import State, with_state
from newsroom.desk import moment
from newsroom.local_time import day_in_short, wall_clock

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from authors.models import User

MOST = 12

# By headline first, since that is what most people type; the rest by the words of what readers see.
BY_HEADLINE = 8

# How many links of one body are told apart, and how many pasted addresses at once.
LINKS = 200
ADDRESSES = 20

_ID = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


def may_link(user: User | AnonymousUser) -> bool:
    """Whether `user` writes or edits at all."""
    return user.is_active and user.has_perm("articles.change_article")


def links(request: HttpRequest, words: str) -> list[dict[str, Any]]:
    """Stories to link to: at each `address`, with `ids`, or for these words without the story `but`.

    As {"id", "label", "hint", "live"}.
    """
    user, at = request.user, moment(request)
    if addresses := request.GET.getlist("address")[:ADDRESSES]:
        stories = own_links.stories_at(addresses, user=user, at=at)
        rows = {row["id"]: row for row in _told(stories.values(), user=user, at=at)}
        return [rows[article] | {"address": address} for address, article in stories.items()]
    if "ids" in request.GET:
        ids = [int(each) for each in request.GET["ids"].split(",")[:LINKS] if _ID.fullmatch(each)]
        return _told(ids, user=user, at=at)
    itself = request.GET.get("but", "")
    ids = [pk for pk in _found(words, user=user, at=at) if str(pk) != itself]
    found = _told(ids, user=user, at=at)
    return sorted(found, key=lambda each: not each["live"])


def _found(words: str, *, user: User | AnonymousUser, at: datetime) -> list[int]:
    """The first few ids, without those in the bin."""
    visible = matching(permissions.visible(user).in_use(), words).order_by("-saved_at", "-pk")
    by_headline = list(visible.values_list("pk", flat=True)[:BY_HEADLINE])
    live, query = Edition.objects.live(at=at), search.typed(words)
    by_text = search.best(live, query, enough=MOST) if query else live.none() if words else live.newest_first()
    return list(dict.fromkeys([*by_headline, *by_text.values_list("article_id", flat=True)[:MOST]]))[:MOST]


def _told(articles: Iterable[int], *, user: User | AnonymousUser, at: datetime) -> list[dict[str, Any]]:
    """These stories in their order, as far as `user` may know them. Two queries."""
    ids = list(dict.fromkeys(articles))
    if not ids:
        return []
    copies = with_state(permissions.visible(user).filter(pk__in=ids), at=at).select_related("section").defer("body")
    working = {copy.pk: copy for copy in copies}
    last = Edition.objects.begun(at=at).filter(article__in=ids).order_by("article_id", "-live_from")
    public = {each.article_id: each for each in last.distinct("article_id").select_related("section")}
    return [_row(pk, working.get(pk), public.get(pk), at=at) for pk in ids]


def _row(pk: int, copy: Any, public: Edition | None, *, at: datetime) -> dict[str, Any]:
    """One story: its working copy where the person sees it, else what readers saw last, else nothing but its id."""
    known = copy or public
    if known is None:
        return {"id": pk, "label": "", "hint": "", "live": False}
    live = public is not None and (public.live_until is None or public.live_until > at)
    state = str(State.LIVE.label if live else State.WITHDRAWN.label)
    if copy is not None and not live:
        state = state_label(copy.state, copy.next_at, at=at)
    day = wall_clock(public.first_published_at if public else copy.saved_at)
    hint = [*([known.section.name] if known.section else []), day_in_short(day), state]
    return {"id": pk, "label": known.headline, "hint": " · ".join(hint), "live": live}
