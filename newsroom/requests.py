"""What happens to every request: who sent it, a name to find it by, a limit on its weight, a line in the log.

The database being away is not an error of ours to show: such a request is answered 503 with a Retry-After.
"""

from __future__ import annotations

import contextvars
import logging
import secrets
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from newsroom.errors import AWAY, unavailable
from newsroom.pagecache import worn
from newsroom.pagecache.page import GZIP, TEXTS, TOO_SHORT, coding_for, gzipped
from newsroom.security import DESK

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

logger = logging.getLogger(__name__)
request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")

_AT_ONCE = 64 * 1024
# X-Original-URI has the address as the client wrote it: newsroom.redirects.
_FORWARDED = (
    *("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT"),
    "HTTP_X_ORIGINAL_URI",
)


class ProxyMiddleware:
    """Believes forwarding headers of the proxies in TRUSTED_PROXIES and removes everybody else's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.trusted = frozenset(settings.TRUSTED_PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put the client's address where Django looks for it, or forget what a stranger claims.

        A proxy is heard out even where the answer did not need its form: on a connection that closes while it still
        sends, it may lose the answer, and tells its client that the site is away. Proxies send what they have in one
        go; a client of our own, who may take its time, is not waited for.
        """
        is_trusted = request.META.get("REMOTE_ADDR", "") in self.trusted
        if is_trusted:
            # A proxy appends the address that it saw; whatever stands before was said by somebody else.
            hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
            untrusted = [hop for hop in hops if hop and hop not in self.trusted]
            if untrusted:
                request.META["REMOTE_ADDR"] = untrusted[-1]
        else:
            for header in _FORWARDED:
                request.META.pop(header, None)
        response = self.get_response(request)
        if is_trusted and not _is_too_heavy(request):
            with suppress(OSError):
                while request.read(_AT_ONCE):
                    pass
        return response


class CompressingMiddleware(GZipMiddleware):
    """Compresses what readers get. The desk's pages carry secrets, whose length would tell (CVE-2013-3587)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress texts, and nothing that is compressed already."""
        kind = response.headers.get("Content-Type", "")
        if request.path_info.startswith(DESK) or not kind.startswith(TEXTS):
            return response
        # What the page cache holds it compresses itself, once for all who ask.
        if response.status_code == 200 and (page := worn(request)).by_layer and page.keys:
            return response
        if not isinstance(response, HttpResponse) or response.has_header("Content-Encoding"):
            return super().process_response(request, response)
        body = response.content
        if len(body) < TOO_SHORT:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if coding_for(request.META.get("HTTP_ACCEPT_ENCODING", ""), among=(GZIP,)) == GZIP:
            # Not by Django's own, which takes three times as long for a fiftieth less.
            response.content = gzipped(body)
            response.headers["Content-Encoding"] = GZIP
            response.headers["Content-Length"] = str(len(response.content))
            etag = response.headers.get("ETag", "")
            if etag.startswith('"'):
                response.headers["ETag"] = f"W/{etag}"
        return response


class RequestMiddleware:
    """Names each request, refuses what is too heavy, logs what became of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and leave one line: the route, never the query string, in which there may be secrets."""
        began = time.monotonic()
        name = secrets.token_hex(8)
        token = request_id.set(name)
        try:
            response = _too_heavy(request) or self.get_response(request)
            response.headers["X-Request-ID"] = name
            match = request.resolver_match
            logger.log(
                logging.ERROR if response.status_code >= 500 else logging.INFO,
                "request",
                extra={
                    "method": request.method,
                    "route": f"/{match.route}" if match else "-",
                    "status": response.status_code,
                    "milliseconds": round((time.monotonic() - began) * 1000, 1),
                },
            )
            return response
        finally:
            request_id.reset(token)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 503 where the database was away or too slow; other exceptions go their way."""
        if not isinstance(exception, AWAY):
            return None
        logger.error("database unavailable", exc_info=exception)
        return unavailable(request)


def _is_too_heavy(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdecimal() or int(length) > settings.REQUEST_MAX_BYTES


def _too_heavy(request: HttpRequest) -> HttpResponse | None:
    if not _is_too_heavy(request):
        return None
    return HttpResponse(_("That is more than this site takes at once.\n"), content_type="text/plain", status=413)
