"""The site's own error pages. An address never heard of and one kept from readers get the same."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from newsroom.newspaper import context, newspaper
from newsroom.seo import Head


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404. Nothing of the request and nothing of the exception goes into the page."""
    head = Head(title=f"Page not found – {newspaper().name}", indexed=False)
    return render(request, "newsroom/404.html", {"head": head}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Asks nothing of the database or the request: either may be what has failed."""
    head = Head(title=f"Something went wrong – {newspaper().name}", indexed=False)
    return HttpResponseServerError(render_to_string("newsroom/500.html", {**context(), "head": head}))
