"""Addresses for whoever keeps the site running: is the process alive, can it serve, and how is the page cache."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom import readiness
from newsroom.pagecache import numbers


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as this process answers at all; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and holds every migration, otherwise 503 and a word on what is missing."""
    missing = readiness.missing()
    return HttpResponse(f"{missing or 'ok'}\n", content_type="text/plain", status=503 if missing else 200)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Tell Prometheus the numbers of this machine's workers, if it has the METRICS_TOKEN; for others there is no page.

    Not by address: behind a proxy on the same machine every stranger would come from it.
    """
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not secrets.compare_digest(given.encode(), token.encode()):
        raise Http404
    return HttpResponse(numbers.for_prometheus(), content_type="text/plain; version=0.0.4; charset=utf-8")
