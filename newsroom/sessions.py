"""Sessions are the desk's. A reader's page neither reads nor answers a cookie, whatever a browser sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.sessions.middleware import SessionMiddleware

from newsroom.security import DESK

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class DeskSessionMiddleware(SessionMiddleware):
    """Keeps sessions below the desk's address and leaves every other response as it is.

    Django would answer a cookie that means nothing with one that deletes it, and let the page vary by it.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session and send its cookie, at the desk."""
        if not request.path_info.startswith(DESK):
            return response
        return super().process_response(request, response)
