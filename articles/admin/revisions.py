"""A story's revisions, one by one: looked at as readers would see them, compared, and restored.

All of it is for whoever may see the story at the desk; restoring is for whoever may edit it. A number that the story
does not have is answered like any page that does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from articles import permissions, unpublished, workflow
from articles.admin import preview
from articles.admin.history import BESIDE_THE_FORM, badges_of, trail
from articles.comparing import Version, compare
from articles.models import Article, Revision
from articles.refusals import Refused
from articles.state import outlook
from newsroom.desk import moment
from newsroom.local_time import in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from articles.admin.saving import SavingAdmin
    from authors.models import User

LARGEST = 2**31 - 1


def revision_urls(model_admin: SavingAdmin) -> list[URLPattern]:
    """The addresses below a story's history, and the trail beside its form."""
    views = _Revisions(model_admin)
    guard: Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]] = model_admin.admin_site.admin_view

    def at(address: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        return path(f"<path:object_id>/{address}", guard(view), name=f"articles_article_{name}")

    return [
        at("trail/", views.trail, "trail"),
        at("history/compare/", views.compare, "compare"),
        at("history/<int:number>/", views.look, "revision"),
        at("history/<int:number>/page/", views.page, "revision_page"),
        at("history/<int:number>/restore/", views.restore, "restore"),
    ]


@dataclass(frozen=True)
class _Revisions:
    """The views, which answer through the story's admin."""

    admin: SavingAdmin

    def trail(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The newest of the trail, as a fragment for the form."""
        article = self.admin.get_object(request, object_id)
        if article is None:
            return self.admin.not_here(request, object_id)
        entries = trail(article, at=moment(request), size=BESIDE_THE_FORM)
        context = {
            "article": article,
            "entries": entries[:BESIDE_THE_FORM],
            "has_more": len(entries) > BESIDE_THE_FORM,
        }
        return TemplateResponse(request, "admin/articles/article/_trail_entries.html", context)

    def compare(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Two revisions; with `before` left out, what the later one changed, and with “live” what readers see."""
        article = self.admin.get_object(request, object_id)
        if article is None:
            return self.admin.not_here(request, object_id)
        at = moment(request)
        seen = outlook(article, at=at)
        after = _numbered(article, request.GET.get("after"))
        wanted = request.GET.get("before", "")
        if wanted == "live":
            before = _numbered(article, str(seen.live.revision.number)) if seen.live else None
        else:
            before = _numbered(article, wanted) if wanted else _one_before(article, after)
        if before is not None and before.number > after.number and wanted != "live":
            before, after = after, before
        comparison = None
        if before is not None:
            versions = (Version.of_revision(before), Version.of_revision(after))
            comparison = compare(*versions, person=cast("User", request.user), at=at)
        context = {
            "comparison": comparison,
            "before": _told(before, article, at) if before else None,
            "after": _told(after, article, at),
            "wanted_live": wanted == "live",
            "beside": request.GET.get("view") == "beside",
            "restorable": [
                each
                for each in (before, after)
                if each is not None and each.pk != article.head_revision_id and self._may_restore(request, article)
            ],
            "subtitle": _("What changed"),
        }
        return self.admin.page(request, "admin/articles/article/history_compare.html", article, context)

    def look(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """The desk's page around one revision, as readers would see it."""
        article = self.admin.get_object(request, object_id)
        if article is None:
            return self.admin.not_here(request, object_id)
        revision = _numbered(article, str(number))
        context = {
            "told": _told(revision, article, moment(request)),
            "page_url": reverse("admin:articles_article_revision_page", args=[article.pk, number]),
            "neighbours": {
                "earlier": article.revisions.filter(number__lt=number).values_list("number", flat=True).first(),
                "later": article.revisions.filter(number__gt=number).values_list("number", flat=True).last(),
            },
            "may_restore": revision.pk != article.head_revision_id and self._may_restore(request, article),
            "subtitle": _("Revision %(number)s") % {"number": number},
        }
        shown = self.admin.page(request, "admin/articles/article/history_revision.html", article, context)
        return preview.frameable(shown)

    def page(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """The readers' page of one revision."""
        article = self.admin.get_object(request, object_id)
        if article is None:
            return self.admin.not_here(request, object_id)
        revision = _numbered(article, str(number))
        return unpublished.framed(unpublished.page(request, revision, article, at=moment(request)))

    def restore(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """Say what would come back, and bring it back."""
        article = self.admin.get_object(request, object_id)
        if article is None:
            return self.admin.not_here(request, object_id)
        revision = _numbered(article, str(number))
        if not self._may_restore(request, article):
            messages.error(
                request, _("You cannot change this story as it stands, so you cannot restore it. Ask an editor.")
            )
            return HttpResponseRedirect(reverse("admin:articles_article_history", args=[article.pk]))
        if request.method == "POST":
            return self._restored(request, article, revision)
        return self._ask(request, article, revision)

    def _may_restore(self, request: HttpRequest, article: Article) -> bool:
        return bool(self.admin.has_change_permission(request, article))

    def _ask(self, request: HttpRequest, article: Article, revision: Revision) -> HttpResponse:
        at, person = moment(request), cast("User", request.user)
        head = article.head_revision
        comparison = None
        if head is not None:
            versions = (Version.of_revision(head), Version.of_revision(revision))
            comparison = compare(*versions, person=person, at=at)
        closed = permissions.closed_parts(person, article)
        names = comparison.names if comparison else []
        context: dict[str, Any] = {
            "comparison": comparison,
            "told": _told(revision, article, at),
            "head": head,
            "closed": closed,
            "stays": [name for name in names if name in closed],
            "can_restore": any(name not in closed for name in names),
            "beside": request.GET.get("view") == "beside",
            "subtitle": _("Restore revision %(number)s") % {"number": revision.number},
        }
        return self.admin.page(request, "admin/articles/article/history_restore.html", article, context)

    def _restored(self, request: HttpRequest, article: Article, revision: Revision) -> HttpResponse:
        over = article.revisions.filter(pk=_pk(request.POST.get("over"))).first()
        try:
            kept = workflow.restore(
                article,
                revision=revision,
                over=over,
                parts=request.POST.getlist("part"),
                by=cast("User", request.user),
                at=moment(request),
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:articles_article_restore", args=[article.pk, revision.number]))
        numbers = {"restored": revision.number, "number": kept.number}
        said = [_("Restored from revision %(restored)s, as revision %(number)s.") % numbers]
        if over:
            said.append(_("What the story said until now is revision %(number)s.") % {"number": over.number})
        messages.success(request, " ".join(said))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def _numbered(article: Article, number: str | None) -> Revision:
    """The story's revision of this number. Raises Http404 where it has none."""
    wanted = int(number) if number and number.isascii() and number.isdigit() and len(number) < 11 else 0
    known = article.revisions.select_related("created_by", "aside_of").defer("aside_of__body", "aside_of__content")
    found = known.filter(number=wanted).first() if 0 < wanted <= LARGEST else None
    if found is None:
        raise Http404
    return found


def _one_before(article: Article, revision: Revision) -> Revision | None:
    """What a revision was begun from: the story's text before it, or what one beside the story goes back to."""
    if revision.aside_of is not None:
        return _numbered(article, str(revision.aside_of.number))
    earlier = article.revisions.select_related("created_by", "aside_of").filter(aside_of=None)
    return earlier.filter(number__lt=revision.number).order_by("-number").first()


def _pk(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 19 else 0


def _told(revision: Revision, article: Article, at: datetime) -> dict[str, Any]:
    """What is said of a revision above it."""
    return {
        "revision": revision,
        "name": str(revision),
        "when": in_words(revision.created_at, now=at),
        "who": str(revision.created_by),
        "badges": badges_of(revision, article, outlook(article, at=at), now=at),
    }
