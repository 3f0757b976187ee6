"""Files that machines look for by their names: the web manifest, security.txt, and where passwords are changed.

What browsers fetch from the site's root without being told, favicon.ico and apple-touch-icon.png, WhiteNoise serves
from static/icons/root.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.cache_keys import SITE
from newsroom import clock
from newsroom.documents import json_document
from newsroom.newspaper import absolute, newspaper
from newsroom.pagecache import wear

# The paper of static/css/tokens.css, in light.
PAPER = "#fffefb"

# How long what security.txt says may be relied upon; less than a year is asked for.
STANDS = timedelta(days=180)


@require_safe
def manifest(request: HttpRequest) -> HttpResponseBase:
    """The web manifest: what the site is called and looks like on a phone's first screen."""
    wear(request, {SITE})
    paper = newspaper()
    icons = [
        {"src": static("icons/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": static("icons/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("icons/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {
            "src": static("icons/icon-maskable-512.png"),
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        },
    ]
    data = {
        "id": "/",
        "name": paper.name,
        "short_name": paper.name,
        "description": paper.strap,
        "lang": paper.language,
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "theme_color": PAPER,
        "background_color": PAPER,
        "icons": icons,
    }
    said = {name: value for name, value in data.items() if value}
    return json_document(request, said, content_type="application/manifest+json")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """security.txt (RFC 9116): whom to tell of a hole; not found where the settings name nobody."""
    if not settings.NEWSROOM_SECURITY_CONTACT:
        raise Http404
    today = clock.now().astimezone(UTC).date()
    expires = datetime.combine(today + STANDS, time(), tzinfo=UTC)
    wear(request, {SITE}, not_after=datetime.combine(today + timedelta(days=1), time(), tzinfo=UTC))
    language = newspaper().language
    lines = [
        *(f"Contact: {contact}" for contact in settings.NEWSROOM_SECURITY_CONTACT),
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {language if language.startswith('en') else f'{language}, en'}",
        f"Canonical: {absolute(reverse('security'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Where a password manager is to send somebody who signs in to the desk."""
    return HttpResponseRedirect(reverse("admin:password_change"))
