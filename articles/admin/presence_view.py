"""A form's sign of life, and what it is told in return: who else is here, what was saved and done meanwhile.

Answers in JSON, to the script of the story's form (static/js/desk-presence.js), with sentences that are ready to be
shown. Whoever may see the story may ask; for anybody else it does not exist.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import permissions, presence, taking_over
from articles.admin.deed_words import done
from articles.admin.late_save import meanwhile
from articles.models import Article, Event, Presence
from newsroom.desk import moment
from newsroom.local_time import since, then

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.admin import ModelAdmin

    from articles.presence import Company
    from authors.models import User


def presence_urls(model_admin: ModelAdmin[Article]) -> list[URLPattern]:
    """The one address."""
    guard = model_admin.admin_site.admin_view
    return [path("<int:article_id>/presence/", guard(sign), name="articles_article_presence")]


@require_POST
def sign(request: HttpRequest, article_id: int) -> JsonResponse:
    """Note a sign of life, or with `leaving` the last one. 404 for a story that this person may not see."""
    user, at = cast("User", request.user), moment(request)
    newest = Event.objects.filter(article=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    article = (
        permissions.visible(user)
        .filter(pk=article_id)
        .select_related("head_revision")
        .only("lock_version", "stage", "binned_at", "head_revision__number")
        .annotate(newest_event=Subquery(newest))
        .first()
    )
    if article is None:
        return JsonResponse({}, status=404)
    if "leaving" in request.POST:
        presence.leave(article, user, at=at)
        return JsonResponse({})
    is_writing = bool(request.POST.get("writing"))
    company = presence.beat(article, user, at=at, is_writing=is_writing)
    return JsonResponse(
        {
            "here": _here(article, company, user, at=at),
            "saved": _saved(article, request, user, is_writing=is_writing, at=at),
            "deed": _deed(article, request, user, at=at),
            "taken": _taken(article, company, at=at),
        }
    )


def _here(article: Article, company: Company, user: User, *, at: datetime) -> list[dict[str, Any]]:
    """The colleagues in the story, and whether this person may take it over from them."""
    if not company.others:
        return []
    may = article.binned_at is None and permissions.may(user, "take_over", article)
    return [
        {"id": each.person_id, "name": str(each.person), "text": in_a_word(each, at=at), "may_take_over": may}
        for each in company.others
    ]


def in_a_word(each: Presence, *, at: datetime) -> str:
    """“Ada Kilbride, editing since 10:32”."""
    told = _("%(person)s, editing since %(since)s") if each.is_writing else _("%(person)s, reading since %(since)s")
    return told % {"person": each.person, "since": since(each.since, now=at)}


def _saved(
    article: Article, request: HttpRequest, user: User, *, is_writing: bool, at: datetime
) -> dict[str, str] | None:
    """That somebody saved the story after the form was opened."""
    version, base = (_number(request.POST.get(name)) for name in ("version", "revision"))
    if version is None or version == article.lock_version:
        return None
    head = article.head_revision
    began = article.revisions.filter(pk=base or 0).defer("body", "content").first()
    who = meanwhile(article, began, user)
    what = _("revision %(number)s") % {"number": head.number} if head else _("this story")
    rest = _("Your next save joins both.") if is_writing else _("You are looking at the text from before.")
    return {
        "text": f"{who.saved(what, now=at)}. {rest}",
        "compare": _compare(article, before=began.number if began else None, after=head.number if head else None),
    }


def _deed(article: Any, request: HttpRequest, user: User, *, at: datetime) -> str | None:
    """The newest deed that the form does not know of: what stands beside the text is from before it."""
    seen = _number(request.POST.get("seen"))
    if seen is None or article.newest_event is None or article.newest_event <= seen:
        return None
    event = article.events.filter(pk__gt=seen).exclude(verb="take_over").select_related("by").order_by("-pk").first()
    if event is None:
        return None
    given = {"person": event.by, "did": done(event, now=at), "when": then(event.at, now=at)}
    return (_("You %(did)s %(when)s.") if event.by == user else _("%(person)s %(did)s %(when)s.")) % given


def _taken(article: Article, company: Company, *, at: datetime) -> dict[str, Any] | None:
    """That a colleague took the story over from this person, and what became of what they had typed."""
    own = company.taken_over
    if own is None or own.taken_over_at is None:
        return None
    told = taking_over.newest(article, own.person)
    sentences = [
        _("%(person)s took over %(when)s.") % {"person": own.taken_over_by, "when": then(own.taken_over_at, now=at)}
    ]
    if "revision" in told:
        sentences.append(_("What you had typed is revision %(number)s.") % {"number": told["revision"]})
    head = article.head_revision
    before = None if head is None or told.get("is_joined") else head.number
    return {
        "by": own.taken_over_by_id,
        "text": " ".join(sentences),
        "compare": _compare(article, before=before, after=told["revision"]) if "revision" in told else "",
        # What the form goes on from, where its words are in the story already.
        "base": told.get("began"),
        "at": own.taken_over_at.isoformat(),
    }


def _compare(article: Article, *, before: int | None, after: int | None) -> str:
    """The page that compares two revisions by their numbers; the later one with the one before it, if only it is."""
    numbers = {"before": before, "after": after}
    query = urlencode({name: number for name, number in numbers.items() if number is not None})
    return f"{reverse('admin:articles_article_compare', args=[article.pk])}?{query}"


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 19 else None
