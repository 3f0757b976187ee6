"""The conversation about a story: a page that works without a script, and the same piece by piece for the form.

Whoever sees the story may read and speak; the caller has looked the story up as this person. A comment that is refused
comes back with its words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Count, Max, Q
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import colleagues, conversation
from articles.refusals import Refused
from newsroom.desk import moment
from newsroom.local_time import briefly
from newsroom.sentences import grouped

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from articles.admin.saving import SavingAdmin
    from articles.conversation import Piece
    from articles.models import Article, Comment
    from authors.models import User

MOST_BESIDE = 100
MOST_SUGGESTED = 8
REFUSED = 422


@dataclass(frozen=True)
class Line:
    """A comment as it is shown."""

    comment: Comment
    when: str
    pieces: list[Piece]
    is_own: bool


def respond(admin: SavingAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """The page, or with `have` in the query the comments alone, for the script; a POST says something.

    `have` is what the script has: the answer is 204 where that is everything.
    """
    if request.method == "POST":
        return _say(admin, request, article)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "POST"])
    have = request.GET.get("have")
    if have is None:
        return _page(admin, request, article)
    if have == _extent(article):
        return HttpResponse(status=204)
    return _piece(request, article)


def people(request: HttpRequest, article: Article) -> JsonResponse:
    """Whom a comment can mention, as {"results": [{"id", "label", "hint"}]}: those who see the story, by `q`."""
    found = colleagues.who_may_see(article).exclude(pk=cast("User", request.user).pk)
    for word in request.GET.get("q", "")[:60].split():
        starts = Q(username__istartswith=word) | Q(first_name__istartswith=word) | Q(last_name__istartswith=word)
        found = found.filter(starts)
    called = conversation.by_full_name(colleagues.at_the_desk())
    return JsonResponse(
        {
            "results": [
                # What is put after the “@”: a name that two people have would name neither.
                {
                    "id": str(person) if str(person).lower() in called else person.username,
                    "label": str(person),
                    "hint": f"@{person.username}",
                }
                for person in found[:MOST_SUGGESTED]
            ]
        }
    )


def _say(admin: SavingAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    text = request.POST.get("text", "")
    in_piece = "have" in request.POST
    try:
        conversation.say(article, text, by=cast("User", request.user), at=moment(request))
    except Refused as refusal:
        if in_piece:
            return HttpResponse(str(refusal), content_type="text/plain; charset=utf-8", status=REFUSED)
        return _page(admin, request, article, text=text, error=str(refusal), status=REFUSED)
    if in_piece:
        return _piece(request, article)
    return HttpResponseRedirect(reverse("admin:articles_article_talk", args=[article.pk]))


def _page(
    admin: SavingAdmin, request: HttpRequest, article: Article, *, text: str = "", error: str = "", status: int = 200
) -> TemplateResponse:
    lines = _lines(conversation.on(article), by=cast("User", request.user), at=moment(request))
    context: dict[str, Any] = {"lines": lines, "text": text, "error": error, "limit": grouped(conversation.LIMIT)}
    page = admin.page(request, "admin/articles/article/talk.html", article, context | {"subtitle": _("Conversation")})
    page.status_code = status
    return page


def _piece(request: HttpRequest, article: Article) -> TemplateResponse:
    # Before the comments: one that comes in between is then asked for again, and not missed.
    extent = _extent(article)
    newest = conversation.on(article).reverse()[: MOST_BESIDE + 1]
    comments = list(newest)
    lines = _lines(reversed(comments[:MOST_BESIDE]), by=cast("User", request.user), at=moment(request))
    answer = TemplateResponse(
        request,
        "admin/articles/article/_talk_lines.html",
        {"lines": lines, "has_older": len(comments) > MOST_BESIDE, "article": article},
    )
    answer.headers["X-Extent"] = extent
    return answer


def _extent(article: Article) -> str:
    # A number beside the newest id: of two that are said at once, the second may have the lower id.
    told = article.comments.aggregate(count=Count("pk"), newest=Max("pk"))
    return f"{told['count']}-{told['newest'] or 0}"


def _lines(comments: Iterable[Comment], *, by: User, at: datetime) -> list[Line]:
    return [
        Line(each, briefly(each.at, now=at), conversation.pieces(each), is_own=each.by_id == by.pk) for each in comments
    ]
