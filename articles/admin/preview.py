"""Preview at the desk: the newest saved text, or the words in the form as they stand, in the readers' own template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from csp.constants import SELF
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import content as contents
from articles import unpublished
from articles.admin.typed import typed
from articles.models import Article, Revision
from newsroom.desk import moment

if TYPE_CHECKING:
    from articles.admin.saving import SavingAdmin


def frame_context(article: Article) -> dict[str, Any]:
    """What the desk's page around a preview needs."""
    return {
        "page_url": reverse("admin:articles_article_preview_page", args=[article.pk]),
        "revision": article.head_revision,
        "subtitle": _("Preview"),
    }


def frameable(response: HttpResponse) -> HttpResponse:
    """Let a page of the desk hold the frame."""
    response._csp_update = {"frame-src": [SELF]}  # type: ignore[attr-defined]
    response["Cache-Control"] = "no-store"
    return response


def page(request: HttpRequest, article: Article) -> HttpResponse:
    """The readers' page of a story's head revision."""
    revision = cast("Revision", article.head_revision)
    return unpublished.framed(unpublished.page(request, revision, article, at=moment(request)))


def typed_page(model_admin: SavingAdmin, request: HttpRequest) -> HttpResponse:
    """The readers' page of what is in the posted form, unsaved; for whoever may edit the story, or begin one."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    number, article, stored = request.POST.get("story", ""), None, None
    if number:
        article, stored = (model_admin.get_object(request, number) for _ in range(2))
        if article is None or not model_admin.has_change_permission(request, article):
            return model_admin.not_here(request, number)
    elif not model_admin.has_add_permission(request):
        return model_admin.not_here(request, number)
    form = model_admin.get_form(request, article, change=article is not None)(request.POST, instance=article)
    said = typed(form)
    revision = Revision(
        article=stored, number=0, content=said.content, body=said.body, digest=contents.digest(said.content, said.body)
    )
    shown = unpublished.page(request, revision, stored, at=moment(request), new_tags=said.new_tags)
    return unpublished.framed(shown)
