"""What the story's form asks while somebody writes: which stories to relate this one to, and which tags to give it.

Related stories and tags are editors' to set, so only they are answered; for everybody else there is nothing here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles import permissions
from articles.suggesting import StoryToRelate, TagToGive, Writing, suggest
from newsroom.desk import moment
from newsroom.local_time import day_in_short, in_words, wall_clock

if TYPE_CHECKING:
    from datetime import datetime

# More than a story can have of anything.
MOST_PICKS = 40

_ID = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


@never_cache
@require_POST
def suggestions(request: HttpRequest) -> JsonResponse:
    """What fits the words that were posted: {"related": [...], "tag_names": [...]} of {"id", "label", "hint"}."""
    article = _article(request)
    at, posted = moment(request), request.POST
    writing = Writing(
        headline=posted.get("headline", ""),
        standfirst=posted.get("standfirst", ""),
        body=posted.get("body", ""),
        tags=posted.getlist("tag_names")[:MOST_PICKS],
        related=_ids(posted.getlist("related")),
        authors=_ids(each.partition(":")[0] for each in posted.getlist("bylines")),
        article=article,
    )
    found = suggest(writing, at=at, with_upcoming=True)
    return JsonResponse(
        {
            "related": [_story(each, at=at) for each in found.stories],
            "tag_names": [{"id": tag.name, "label": tag.name, "hint": _why(tag)} for tag in found.tags],
        }
    )


def _article(request: HttpRequest) -> int | None:
    """The story that is being written; none for a new one. Raises Http404 for who may not relate or tag it."""
    user, number = request.user, request.POST.get("story", "")
    if not user.has_perm("articles.edit_any_article"):
        raise Http404
    if not number:
        if not user.has_perm("articles.add_article"):
            raise Http404
        return None
    if not _ID.fullmatch(number):
        raise Http404
    article = permissions.visible(user).in_use().defer("body").filter(pk=int(number)).first()
    if article is None or not permissions.may_edit(user, article):
        raise Http404
    return article.pk


def _ids(values: Any) -> list[int]:
    return [int(each) for each in values if _ID.fullmatch(each)][:MOST_PICKS]


def _story(story: StoryToRelate, *, at: datetime) -> dict[str, Any]:
    day = wall_clock(story.first_published_at)
    when = (
        day_in_short(day)
        if story.opens_at is None
        else _("Scheduled for %(when)s") % {"when": in_words(story.opens_at, now=at)}
    )
    return {"id": story.article, "label": story.headline, "hint": " · ".join([story.section, when, *story.shared])}


def _why(tag: TagToGive) -> str:
    if tag.named:
        return _("named in the text")
    return _("on %(number)s stories like this") % {"number": tag.carried}
