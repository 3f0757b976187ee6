"""The site's own error pages. An address never heard of and one kept from readers get the same.

The desk has pages of its own for what goes wrong there: they lead back to the story, in which the words that could not
be saved are offered back.
"""

from __future__ import annotations

import logging

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from newsroom import templating
from newsroom.newspaper import context, newspaper
from newsroom.security import DESK
from newsroom.seo import Head

logger = logging.getLogger(__name__)

AWAY = (OperationalError, InterfaceError)  # the database's errors that pass by themselves
RETRY_AFTER_SECONDS = 5
# What stands for `articles.navigation.Navigation` where the database is not to be asked.
NO_SECTIONS: dict[str, tuple[()]] = {"roots": (), "tree": (), "sections": ()}


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404. Nothing of the request and nothing of the exception goes into the page."""
    head = Head(title=_("Page not found – %(name)s") % {"name": newspaper().name}, indexed=False)
    try:
        return templating.render(request, "newsroom/404.html", {"head": head}, status=404)
    except AWAY as error:
        # The page leads to the sections. No middleware sees what fails in an error page.
        logger.error("database unavailable", exc_info=error)
        return unavailable(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Asks nothing of the database: it may be what has failed."""
    if request.path_info.startswith(DESK):
        return _desk_fault(request, _("Something went wrong here"), _("The fault is ours and not yours."), status=500)
    head = Head(title=_("Something went wrong – %(name)s") % {"name": newspaper().name}, indexed=False)
    given = {**context(), "head": head, "navigation": NO_SECTIONS}
    return HttpResponseServerError(templating.render_to_string("newsroom/500.html", given))


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, for a form whose token is not the browser’s: most often because its person signed in anew meanwhile."""
    sentence = _(
        "You were signed out, or signed in again in another window, while this page was open. Nothing was saved."
    )
    return _desk_fault(request, _("This page was too old to be sent"), sentence, status=403)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503, while the database is away or locked. Plain words for readers, whose pages are elsewhere by then."""
    if request.path_info.startswith(DESK):
        sentence = _("The database does not answer at the moment. Try again in a minute.")
        response = _desk_fault(request, _("The site is busy"), sentence, status=503)
    else:
        words = _("The site is busy. Please try again in a moment.\n")
        response = HttpResponse(words, content_type="text/plain", status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def _desk_fault(request: HttpRequest, title: str, sentence: str, *, status: int) -> HttpResponse:
    given = {"title": title, "sentence": sentence, "story": _story_of(request), **context()}
    return HttpResponse(render_to_string("newsroom/desk_fault.html", given), status=status)


def _story_of(request: HttpRequest) -> str:
    """The address of the form from which a story was sent; nothing where it was no story."""
    match = request.resolver_match
    if request.method != "POST" or match is None:
        return ""
    if match.url_name == "articles_article_add":
        return reverse("admin:articles_article_add")
    if match.url_name in {"articles_article_change", "articles_article_verb"}:
        return reverse("admin:articles_article_change", args=[match.kwargs["object_id"]])
    return ""
