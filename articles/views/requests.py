"""What readers' views ask of a request, a place in a list, and where a thing of an old address has gone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect

from articles.listing import Cursor, Page

# What the address of a page of a list says behind its question mark.
PLACE = ("after",)


def cursor(request: HttpRequest) -> Cursor | None:
    """The place that `?after=` names; None for the newest. Raises Http404 for anything that names none."""
    text = request.GET.get("after")
    if text is None:
        return None
    try:
        return Cursor.parse(text)
    except ValueError as error:
        raise Http404 from error


def never_empty(page: Page) -> Page:
    """The page, unless it lies beyond the end of its list: that is Http404."""
    if not page.stories and not page.is_first:
        raise Http404
    return page


def moved(path: str | None) -> HttpResponsePermanentRedirect:
    """A redirect to where a thing is now, in one hop; Http404 where it never was."""
    if path is None:
        raise Http404
    return HttpResponsePermanentRedirect(path)
