"""The words of the desk's scripts in the newsroom's language, as one script that browsers keep for good.

Its address has a digest of what it says, so that a new translation has a new address. It knows neither the database
nor a session: the sign-in page needs it too.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from django.views.i18n import JavaScriptCatalog

_FOR_GOOD = "public, max-age=31536000, immutable"


def address() -> str:
    """Where the words are, in the language that is spoken now."""
    return reverse("desk_catalogue", args=[_words(_language())[0]])


@require_safe
@gzip_page
def catalogue(request: HttpRequest, version: str) -> HttpResponse:
    """The words as they are now. Only under their own version are they kept: while a new release comes up, an old
    process may be asked for words that it does not have.
    """
    newest, script = _words(_language())
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = _FOR_GOOD if version == newest else "no-cache"
    return response


def _language() -> str:
    return get_language() or "en"


@lru_cache(maxsize=16)
def _words(language: str) -> tuple[str, bytes]:
    """The version and the script, made once for each language."""
    with override(language):
        made = JavaScriptCatalog(packages=["newsroom"]).get(HttpRequest())
    script: bytes = made.content
    return hashlib.sha256(script).hexdigest()[:12], script
