"""What happens to every request: who sent it, a name to find it by, a limit on its weight, a line in the log.

The database being away is not an error of ours to show: such a request is answered 503 with a Retry-After.
"""

from __future__ import annotations

import contextvars
import logging
import secrets
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse

from newsroom.errors import unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

logger = logging.getLogger(__name__)
request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")

RETRY_AFTER_SECONDS = 5
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT")


class ProxyMiddleware:
    """Believes forwarding headers of the proxies in TRUSTED_PROXIES and removes everybody else's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.trusted = frozenset(settings.TRUSTED_PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put the client's address where Django looks for it, or forget what a stranger claims."""
        if request.META.get("REMOTE_ADDR", "") in self.trusted:
            # A proxy appends the address that it saw; whatever stands before was said by somebody else.
            hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
            untrusted = [hop for hop in hops if hop and hop not in self.trusted]
            if untrusted:
                request.META["REMOTE_ADDR"] = untrusted[-1]
        else:
            for header in _FORWARDED:
                request.META.pop(header, None)
        return self.get_response(request)


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
        if not isinstance(exception, (OperationalError, InterfaceError)):
            return None
        logger.error("database unavailable", exc_info=exception)
        response = unavailable(request)
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        response.headers["Cache-Control"] = "no-store"
        return response


def _too_heavy(request: HttpRequest) -> HttpResponse | None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) <= settings.REQUEST_MAX_BYTES:
        return None
    return HttpResponse("That is more than this site takes at once.\n", content_type="text/plain", status=413)
