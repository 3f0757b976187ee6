"""Preview links, opened: the one page outside the desk that shows what is not public, to whoever holds the address."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import metadata, preview_links, unpublished
from newsroom import clock
from newsroom.local_time import in_words
from newsroom.templating import render


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The pinned revision; 410 once the link is of no use, 404 for an address that nobody signed."""
    at = clock.now()
    link = preview_links.linked(token)
    if link is None:
        raise Http404
    if preview_links.is_open(link, at=at):
        if request.method == "GET":
            address, browser = request.META.get("REMOTE_ADDR") or None, request.headers.get("User-Agent", "")
            preview_links.log_opening(link, at=at, address=address, browser=browser)
        until = in_words(link.expires_at, now=at)
        words = _("A preview, not published yet. Please do not pass it on. This link works until %(until)s.")
        notice = words % {"until": until}
        response = unpublished.page(request, link.revision, link.article, at=at, notice=notice)
    else:
        context = {"head": metadata.notice(_("This preview has ended"))}
        response = render(request, "articles/preview_ended.html", context, status=410)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    # What the page links to is not told whence the reader came.
    response["Referrer-Policy"] = "no-referrer"
    return response
