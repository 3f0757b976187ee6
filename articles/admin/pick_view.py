"""What the pickers ask while somebody types: authors, tags, related stories, pictures, stories to link to. Rows that a
person may not see are not found; who may not pick at all gets the answer of an address that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from taggit.models import Tag

from articles import permissions
from articles.admin.link_search import links, may_link
from articles.admin.picks import thumbnail
from articles.admin.story_search import anywhere, matching
from articles.models import Article, Photo
from articles.state import State, with_state
from authors.models import Author
from newsroom.desk import moment

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from authors.models import User

MOST = 12


@never_cache
@require_GET
def pick(request: HttpRequest, what: str) -> JsonResponse:
    """The first few that fit `q`, as {"results": [{"id", "label", "hint"}]}."""
    search = SEARCHES.get(what)
    if search is None or not search[0](request.user):
        raise Http404
    return JsonResponse({"results": search[1](request, request.GET.get("q", "").strip()[:100])})


def _authors(request: HttpRequest, words: str) -> list[dict[str, Any]]:
    found = Author.objects.filter(*(anywhere("name", word) for word in words.split()))[:MOST]
    return [{"id": author.pk, "label": author.name, "hint": author.role} for author in found]


def _tags(request: HttpRequest, words: str) -> list[dict[str, Any]]:
    found = Tag.objects.filter(anywhere("name", words)).order_by("name")[:MOST]
    return [{"id": tag.name, "label": tag.name, "hint": ""} for tag in found]


def _related(request: HttpRequest, words: str) -> list[dict[str, Any]]:
    stories = matching(permissions.visible(request.user).in_use(), words)
    story = request.GET.get("story", "")
    if story.isascii() and story.isdigit():
        stories = stories.exclude(pk=int(story))
    # First which, then their states: see articles.admin.story_list.
    ids = list(stories.order_by("-saved_at", "-pk").values_list("pk", flat=True)[:MOST])
    found = with_state(Article.objects.filter(pk__in=ids), at=moment(request)).select_related("section").defer("body")
    return [
        {
            "id": each.pk,
            "label": each.headline,
            "hint": " · ".join([*([each.section.name] if each.section else []), str(State(each.state).label)]),
        }
        for each in found.order_by("-saved_at", "-pk")
    ]


def _photos(request: HttpRequest, words: str) -> list[dict[str, Any]]:
    conditions = (
        anywhere("title", word) | anywhere("caption", word) | anywhere("credit", word) for word in words.split()
    )
    photos, one = Photo.objects.filter(*conditions), request.GET.get("id", "")
    found = photos.filter(pk=int(one)) if one.isascii() and one.isdigit() else photos[:MOST]
    return [
        {"id": photo.pk, "label": photo.title, "hint": photo.credit, "image": thumbnail(photo), "alt": photo.alt_text}
        for photo in found
    ]


def _edits_all(user: User | AnonymousUser) -> bool:
    return user.has_perm("articles.edit_any_article")


def _sees_photos(user: User | AnonymousUser) -> bool:
    return user.has_perm("articles.view_photo")


Search = Callable[[HttpRequest, str], list[dict[str, Any]]]
SEARCHES: dict[str, tuple[Callable[[Any], bool], Search]] = {
    "authors": (_edits_all, _authors),
    "tags": (_edits_all, _tags),
    "related": (_edits_all, _related),
    "photos": (_sees_photos, _photos),
    "stories": (may_link, links),
}
