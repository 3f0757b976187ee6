"""What browsers are told to refuse: the Content-Security-Policies and the headers beside them, in one place.

Readers' pages and the desk have a policy each. The story's form, whose editor needs a little more, wears
`csp.decorators.csp_update(EDITOR_POLICY)` on its view; nothing else may loosen anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

# Everything is off but what the pages use: their own styles, fonts, pictures and enhancements.
READER_POLICY: dict[str, Any] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "font-src": [SELF],
    "img-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
}

DESK_POLICY: dict[str, Any] = {
    "default-src": [SELF],
    "script-src": [SELF],  # no eval: the desk brings Alpine's build for such policies, see unfold/layouts/skeleton.html
    "style-src": [SELF],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
    "frame-ancestors": [NONE],
    "form-action": [SELF],
    "base-uri": [NONE],
}

# CKEditor's buttons carry event attributes, and its content and dialogs style attributes.
EDITOR_POLICY: dict[str, Any] = {
    "script-src-attr": [UNSAFE_INLINE],
    "style-src": [UNSAFE_INLINE],
}

DESK = "/admin/"
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class PolicyMiddleware(CSPMiddleware):
    """Sends the desk's policy below the desk's address and the readers' everywhere else."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,  # noqa: FBT001, FBT002 - django-csp's signature
    ) -> PolicyParts:
        """The parts of the policy; what a view says with a decorator of django-csp comes on top."""
        parts = super().get_policy_parts(request, response, report_only)
        if parts.config is None and not report_only and request.path_info.startswith(DESK):
            parts.config = DESK_POLICY
        return parts


class HeadersMiddleware:
    """Adds the headers for which Django has no setting."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set what the view has not set itself."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path_info.startswith(DESK):
            # Browsers keep a 301 and a 410 for good unless told to ask again, and a story may move back or return.
            response.headers.setdefault("Cache-Control", "no-cache")
        else:
            # The address of a draft is nobody else's business, and no cache may keep a page of the desk.
            response.headers["Referrer-Policy"] = "same-origin"
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response
