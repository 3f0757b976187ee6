"""Preview links at the desk: made, copied, looked after and revoked, on a page of their own beside a story."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions, preview_links
from articles.admin.verb_forms import WhenField
from articles.models import PreviewOpening
from articles.refusals import Refused
from newsroom import clock
from newsroom.desk import moment
from newsroom.local_time import in_words
from newsroom.newspaper import absolute

if TYPE_CHECKING:
    from articles.admin.saving import SavingAdmin
    from articles.models import Article, PreviewLink
    from authors.models import User

USUAL = timedelta(days=3)
MOST_OPENINGS = 20


class SharingForm(forms.Form):
    """For whom a link is, and until when it works."""

    for_whom = forms.CharField(
        label=gettext_lazy("For whom"), max_length=120, required=False,
        widget=forms.TextInput(attrs={"class": "desk-input", "placeholder": gettext_lazy("Outside counsel, say")}),
    )  # fmt: skip
    until = WhenField()
    until.label = gettext_lazy("Until")


def sharing_urls(model_admin: SavingAdmin) -> list[URLPattern]:
    """The addresses of the page and of revoking a link."""
    guard = model_admin.admin_site.admin_view

    def page(request: HttpRequest, object_id: str) -> HttpResponse:
        return _page(model_admin, request, object_id)

    def revoke(request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        return _revoke(model_admin, request, object_id, number)

    return [
        path("<path:object_id>/links/", guard(page), name="articles_article_links"),
        path("<path:object_id>/links/<int:number>/revoke/", guard(revoke), name="articles_article_revoke"),
    ]


def _sharable(model_admin: SavingAdmin, request: HttpRequest, object_id: str) -> Article | None:
    """The story, if this person may share it; for anybody else there is no such page."""
    article = model_admin.get_object(request, object_id)
    may = article is not None and permissions.may(request.user, "share", article)
    return article if may and article is not None and article.head_revision_id is not None else None


def _page(model_admin: SavingAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    article, at = _sharable(model_admin, request, object_id), moment(request)
    if article is None:
        return model_admin.not_here(request, object_id)
    form = SharingForm(request.POST or None, initial={"until": at + USUAL})
    if request.method == "POST" and form.is_valid():
        try:
            preview_links.share(
                article,
                revision=article.head_revision,  # type: ignore[arg-type]  # `_sharable` looked
                expires_at=form.cleaned_data["until"],
                for_whom=form.cleaned_data["for_whom"],
                by=cast("User", request.user),
                at=at,
            )
        except Refused as refusal:
            form.add_error("until", str(refusal))
        else:
            messages.success(request, _("The link is made. Copy its address below."))
            return HttpResponseRedirect(request.path)
    links = list(preview_links.of_story(article))
    opened = PreviewOpening.objects.filter(link__in=links).order_by("-at")[: MOST_OPENINGS * max(len(links), 1)]
    by_link: dict[int, list[PreviewOpening]] = {}
    for opening in opened:
        by_link.setdefault(opening.link_id, []).append(opening)
    context = {
        "form": form,
        "zone": clock.newsroom_zone().key,
        "links": [_told(link, by_link.get(link.pk, []), at=at) for link in links],
        "subtitle": _("Preview links"),
    }
    return model_admin.page(request, "admin/articles/article/links.html", article, context)


def _told(link: Any, openings: list[PreviewOpening], *, at: Any) -> dict[str, Any]:
    works = preview_links.is_open(link, at=at) if link.revoked_at is None else False
    until = in_words(link.expires_at, now=at)
    stands = (_("Works until %(when)s") if works else _("Expired %(when)s")) % {"when": until}
    if link.revoked_at is not None:
        given = {"person": link.revoked_by, "when": in_words(link.revoked_at, now=at)}
        stands = _("Revoked by %(person)s, %(when)s") % given
    return {
        "link": link,
        "works": works,
        "stands": stands,
        "address": absolute(reverse("shared_preview", args=[preview_links.token(link)])) if works else "",
        "made": _("by %(person)s, %(when)s") % {"person": link.created_by, "when": in_words(link.created_at, now=at)},
        "openings": [
            {"when": in_words(each.at, now=at), "address": each.address, "browser": each.browser}
            for each in openings[:MOST_OPENINGS]
        ],
    }


def _revoke(model_admin: SavingAdmin, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
    article = _sharable(model_admin, request, object_id)
    link: PreviewLink | None = article.preview_links.filter(pk=number).first() if article is not None else None
    if article is None or link is None:
        return model_admin.not_here(request, object_id)
    if request.method == "POST":
        try:
            preview_links.revoke(link, by=cast("User", request.user), at=moment(request))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Revoked. The link shows nothing from now on."))
    return HttpResponseRedirect(reverse("admin:articles_article_links", args=[article.pk]))
