"""The pre-publication check of a form as it stands, asked by a script after each pause in writing. Writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from articles import checklist
from articles.admin.form_story import photo_at_hand
from articles.admin.typed import typed
from articles.checklist import Finding, Weight
from newsroom.desk import moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.admin.article_form import ArticleForm
    from articles.admin.saving import SavingAdmin
    from articles.models import Block
    from authors.models import User


def findings_of(form: ArticleForm, request: HttpRequest, *, blocks: Sequence[Block] | None = None) -> dict[str, Any]:
    """The findings for a form's text, as the template shows them."""
    said = typed(form)
    photo = photo_at_hand(form.instance, said.content["lead_photo"])
    found: list[Finding] = checklist.examine(
        form.instance,
        said.content,
        said.body,
        readers_from=moment(request),
        user=cast("User", request.user),
        blocks=blocks,
        at_hand=[photo] if photo else (),
    )
    return {"findings": found, "blocking": sum(each.weight == Weight.BLOCKS for each in found)}


def check_view(model_admin: SavingAdmin, request: HttpRequest) -> HttpResponse:
    """The list for the posted form; whoever may edit the story, or begin one, may ask."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    number, article = request.POST.get("story", ""), None
    if number:
        article = model_admin.get_object(request, number)
        if article is None or not model_admin.has_change_permission(request, article):
            return model_admin.not_here(request, number)
    elif not model_admin.has_add_permission(request):
        return model_admin.not_here(request, number)
    form = model_admin.get_form(request, article, change=article is not None)(request.POST, instance=article)
    return render(request, "admin/articles/article/_findings.html", findings_of(form, request))
