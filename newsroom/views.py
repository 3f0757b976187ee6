"""Two addresses for whoever keeps the site running: is the process alive, and can it serve."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom import readiness


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
