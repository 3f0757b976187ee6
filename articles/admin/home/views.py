"""The first page, asked for again by its script, and the two things that are done on it: claim, and put away."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles import notices, permissions, workflow
from articles.admin.home.page import gather
from articles.admin.home.pulse import pulse
from articles.refusals import Refused
from newsroom.desk import moment

if TYPE_CHECKING:
    from django.http import HttpRequest

    from authors.models import User

GONE = gettext_lazy("That story is not here any more.")


@require_http_methods(["GET", "HEAD", "POST"])
def today(request: HttpRequest) -> HttpResponse:
    """The page's parts; 204 where `have` is their pulse. A POST does something first.

    Without `have`, as a browser without the script posts, the answer leads back to the page.
    """
    user = cast("User", request.user)
    if not user.has_perm("articles.view_article"):
        raise PermissionDenied
    said, is_refused = "", False
    if request.method == "POST":
        try:
            said = _do(request, user)
        except Refused as refusal:
            said, is_refused = str(refusal), True
    have = (request.POST if request.method == "POST" else request.GET).get("have")
    if have is None:
        if said:
            messages.add_message(request, messages.ERROR if is_refused else messages.SUCCESS, said)
        return HttpResponseRedirect(reverse("admin:index"))
    if request.method != "POST" and have == pulse(user, at=moment(request)):
        return HttpResponse(status=204)
    found = gather(user, at=moment(request), section=request.GET.get("section", ""))
    return TemplateResponse(request, "admin/_today.html", {"today": found, "said": said, "is_refused": is_refused})


def _do(request: HttpRequest, user: User) -> str:
    """Carry out what was asked, and say so. Raises Refused."""
    at, number = moment(request), _number(request.POST.get("claim") or request.POST.get("put_away"))
    if "claim" in request.POST:
        article = permissions.visible(user).filter(pk=number).first()
        if article is None:
            raise Refused(GONE)
        workflow.claim(article, by=user, at=at)
        return _("You have claimed “%(article)s”.") % {"article": article}
    if request.POST.get("put_away") == "all":
        notices.put_away(user, at=at)
    elif number:
        notices.put_away(user, at=at, notice=number)
    return ""


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 19 else 0
