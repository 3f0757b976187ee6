"""The addresses behind autosave: keep what is typed, offer it back, throw it away, and say who is signed in.

All answer in JSON, to the script of the story's form (static/js/desk-buffer.js). Each touches the asking person's own
words and nobody else's; a story that they may not see answers as one that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4

from django.db.models.fields.json import KeyTextTransform
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from articles import buffers, permissions
from articles.admin import recovery
from articles.admin.article_form import EDITORS_FIELDS, ELSEWHERE, TEXTS
from articles.admin.typed import typed
from articles.buffers import BEGAN, Base, Fields, Place, WrittenElsewhere
from articles.content import Content, snapshot
from articles.models import Article, Buffer
from articles.refusals import Refused
from newsroom import clock, plaintext, richtext
from newsroom.desk import DeskAdmin, moment
from newsroom.local_time import briefly

if TYPE_CHECKING:
    from django.db.models import Field

    from articles.admin.article_form import ArticleForm
    from authors.models import User


def buffer_urls(model_admin: DeskAdmin) -> list[URLPattern]:
    """The addresses, for the story's admin. All but the first are for people who have signed in."""
    guard = model_admin.admin_site.admin_view

    def session(request: HttpRequest) -> HttpResponse:
        return who(request, signed_in=model_admin.admin_site.has_permission(request))

    def about_a_story(request: HttpRequest, object_id: str, what: str) -> HttpResponse:
        article = permissions.visible(request.user).filter(pk=_number(object_id) or 0).first()
        if article is None or what not in VIEWS:
            raise Http404
        return VIEWS[what](request, Place(cast("User", request.user), article, key_of(request) or uuid4()), model_admin)

    def about_a_new_story(request: HttpRequest, key: UUID, what: str) -> HttpResponse:
        if what not in VIEWS or not model_admin.has_add_permission(request):
            raise Http404
        return VIEWS[what](request, Place(cast("User", request.user), None, key), model_admin)

    def copied(request: HttpRequest, buffer_id: int) -> HttpResponse:
        return words(request, buffer_id, model_admin)

    return [
        path("buffer/session/", session, name="articles_article_session"),
        path("buffer/words/<int:buffer_id>/", guard(copied), name="articles_article_words"),
        path("buffer/new/<uuid:key>/<slug:what>/", guard(about_a_new_story), name="articles_article_new_buffer"),
        path("<path:object_id>/buffer/<slug:what>/", guard(about_a_story), name="articles_article_buffer"),
    ]


@never_cache
@require_GET
def who(request: HttpRequest, *, signed_in: bool) -> JsonResponse:
    """Who is signed in here, if anybody, and the token for the next post. Open to everybody, about themselves."""
    person = cast("User", request.user) if signed_in else None
    return JsonResponse({"person": person and person.pk, "name": person and str(person), "token": get_token(request)})


@require_POST
def keep(request: HttpRequest, place: Place, model_admin: DeskAdmin) -> JsonResponse:
    """Write down what is in the form: {"kept_at"}; 409 with what another window wrote; 403 with a sentence.

    What a window that is gone had sent may arrive after its words were saved from another: then nothing is written.
    """
    if request.POST.get("person") != str(place.person.pk):
        # Somebody else has signed in in this browser: the words on its screen are not theirs.
        return JsonResponse({"somebody_else": True}, status=403)
    fields = _allowed(buffers.fields_of(request.POST), place.person)
    if not fields:
        return JsonResponse({"refused": _("There was nothing in it.")}, status=400)
    words = Words(fields, _base(request.POST), moment(request))
    try:
        if _is_saved(request, place, model_admin, words):
            return JsonResponse({"kept_at": moment(request).isoformat()})
        kept = buffers.write(
            place,
            fields,
            base=words.base,
            at=moment(request),
            known=_instant(request.POST.get("known")),
            anyway="anyway" in request.POST,
        )
    except WrittenElsewhere as elsewhere:
        there = elsewhere.buffer.saved_at
        when = briefly(there, now=moment(request))
        return JsonResponse({"refused": str(elsewhere), "kept_at": there.isoformat(), "when": when}, status=409)
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal)}, status=403)
    return JsonResponse({"kept_at": kept.saved_at.isoformat()})


@never_cache
def offer(request: HttpRequest, place: Place, model_admin: DeskAdmin) -> JsonResponse:
    """What can be put back into the form: of the buffer (GET), or of a copy that the device kept (POST).

    `is_unsaved` says whether there is anything in it that the story and its history do not have.
    """
    try:
        words = _words(request, place)
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal)}, status=403)
    if words is None:
        return JsonResponse({"is_unsaved": False, "kept_at": None})
    form = recovery.form_with(model_admin, request, _another(place.article), words.fields)
    return JsonResponse(
        {
            "is_unsaved": _is_unsaved(form, place, words),
            "kept_at": words.at and words.at.isoformat(),
            "when": words.at and briefly(words.at, now=moment(request)),
            "base": {"version": words.base.version, "revision": words.base.revision},
            **recovery.refill(form, words.fields),
        }
    )


@never_cache
def difference(request: HttpRequest, place: Place, model_admin: DeskAdmin) -> HttpResponse:
    """What the same words change in the story as it is stored: HTML, to be shown under the offer."""
    try:
        words = _words(request, place)
    except Refused as refusal:
        return HttpResponse(str(refusal), content_type="text/plain", status=403)
    if words is None:
        raise Http404
    form = recovery.form_with(model_admin, request, _another(place.article), words.fields)
    told = recovery.differences(form, _stored(place), words.fields, person=place.person, at=moment(request))
    return render(request, "admin/articles/article/_difference.html", told)


@dataclass(frozen=True)
class Words:
    """What is to be offered, what it began with, and when it was typed."""

    fields: Fields
    base: Base
    at: datetime | None


def _words(request: HttpRequest, place: Place) -> Words | None:
    """What the buffer has, or the copy that is posted; nothing where it must not be offered. Raises Refused."""
    if request.method == "POST":
        fields = _allowed(buffers.fields_of(request.POST), place.person)
        words = Words(fields, _base(request.POST), _instant(request.POST.get("typed_at")))
    else:
        buffer = buffers.read(place)
        if buffer is None:
            return None
        base = Base(buffer.base_version, buffer.base_revision_id)
        words = Words(cast("Fields", buffer.fields), base, buffer.saved_at)
    buffers.require_editing(place)
    if place.article is not None and buffers.is_erased_since(place.article, words.base):
        return None
    return words


def _is_saved(request: HttpRequest, place: Place, model_admin: DeskAdmin, words: Words) -> bool:
    """Whether the story went on since these words were begun, and has them: asked before a buffer is begun."""
    if place.article is None or place.article.lock_version == words.base.version or place.buffers().exists():
        return False
    buffers.require_editing(place)
    form = recovery.form_with(model_admin, request, _another(place.article), words.fields)
    return not _is_unsaved(form, place, words)


def _is_unsaved(form: ArticleForm, place: Place, words: Words) -> bool:
    return recovery.is_unsaved(form, typed(form), _stored(place), base=words.base, fields=words.fields)


def _another(article: Article | None) -> Article | None:
    """An instance of its own, on which a form may write."""
    return None if article is None else Article.objects.get(pk=article.pk)


def _stored(place: Place) -> tuple[Article, Content] | None:
    return None if place.article is None else (place.article, snapshot(place.article))


@require_POST
def drop(request: HttpRequest, place: Place, _model_admin: DeskAdmin) -> JsonResponse:
    """Throw the buffer away, as long as it still holds the words that were meant."""
    return JsonResponse({"gone": buffers.drop(place, known=_instant(request.POST.get("known")))})


# Stands in an address for the key that a form has.
NO_KEY = UUID(int=0)

VIEWS: dict[str, Callable[[HttpRequest, Place, DeskAdmin], HttpResponse]] = {
    "keep": keep,
    "offer": offer,
    "difference": difference,
    "drop": drop,
}


@never_cache
def words(request: HttpRequest, buffer_id: int, model_admin: DeskAdmin) -> HttpResponse:
    """What a person typed into a story that they can no longer change, to be copied: nothing else of the story."""
    buffer = Buffer.objects.filter(pk=buffer_id, person=cast("User", request.user)).first()
    if buffer is None:
        raise Http404
    context = {
        "title": _("Words of yours that are not saved"),
        "texts": [
            (cast("Field[Any, Any]", Article._meta.get_field(name)).verbose_name, text)
            for name in (*TEXTS, *ELSEWHERE)
            if (text := _plain(buffer.fields, name))
        ],
        "when": briefly(buffer.saved_at, now=moment(request)),
        "opts": model_admin.opts,
    }
    request.current_app = model_admin.admin_site.name
    shared = model_admin.admin_site.each_context(request)
    return TemplateResponse(request, "admin/articles/article/words.html", shared | context)


def form_context(request: HttpRequest, article: Article | None, *, may_edit: bool) -> dict[str, Any]:
    """What the story's form needs to keep words and to offer them back, in 1 query: see static/js/desk-buffer.js.

    A form that is opened gets a key of its own; one that comes back unsaved goes on under the key that it had.
    """
    place = Place(cast("User", request.user), article, key_of(request) or uuid4())
    at = moment(request)
    if not may_edit:
        buffer = place.buffers().only("pk", "saved_at").first()
        return {"left": buffer, "when": buffer and briefly(buffer.saved_at, now=at)}
    mine = place.buffers() if article is not None else buffers.of_new_stories(place.person)
    rows = mine.values_list("key", "saved_at", KeyTextTransform("headline", "fields"))
    data = {
        "person": place.person.pk,
        "name": str(place.person),
        "username": place.person.get_username(),
        "story": article and article.pk,
        "now": at.isoformat(),
        "isNew": article is None,
        "unsaved": [
            {
                "key": str(key),
                "keptAt": saved_at.isoformat(),
                "when": briefly(saved_at, now=at),
                "headline": buffers.called(headline),
            }
            for key, saved_at, headline in rows
        ],
        "single": sorted(buffers.SINGLE),
        "several": sorted(buffers.SEVERAL),
        "zone": clock.newsroom_zone().key,
        "addresses": _addresses(place),
    }
    return {"key": str(place.key), "data": data}


def _addresses(place: Place) -> dict[str, str]:
    """Where the script asks; that of a new story has a place for the key of its form."""
    found = {"session": reverse("admin:articles_article_session"), "signIn": reverse("admin:login")}
    for what in VIEWS:
        if place.article is not None:
            found[what] = reverse("admin:articles_article_buffer", args=[place.article.pk, what])
        else:
            found[what] = reverse("admin:articles_article_new_buffer", args=[NO_KEY, what])
    return found


def _allowed(fields: Fields, person: User) -> Fields:
    """Without what belongs to editors, unless the person is one."""
    if person.has_perm("articles.edit_any_article"):
        return fields
    return {name: value for name, value in fields.items() if name not in EDITORS_FIELDS | BEGAN}


def _plain(fields: Mapping[str, Any], name: str) -> str:
    """A text as it can be copied: a body by its paragraphs, without its markup."""
    text = str(fields.get(name, "")).strip()
    if name != "body":
        return text
    try:
        paragraphs = (plaintext.from_html(block) for block in richtext.blocks(richtext.clean(text)))
    except richtext.RichTextError:
        return text
    return "\n\n".join(filter(None, paragraphs))


def key_of(request: HttpRequest) -> UUID | None:
    """The key of the form that is posted."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _base(posted: QueryDict) -> Base:
    return Base(_number(posted.get("version")), _number(posted.get("revision")))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _instant(text: str | None) -> datetime | None:
    try:
        found = parse_datetime(text or "")
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
