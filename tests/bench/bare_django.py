"""The least that a page of Django can be: a view that answers one page from memory, with no middleware before it."""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

_PAGE = (Path(os.environ["BENCH_PAGE"]) / "page.html").read_bytes()


def page(request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse(_PAGE)


urlpatterns = [path("", page)]

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="of a benchmark", MIDDLEWARE=[])
django.setup()
application = get_wsgi_application()
