"""Documents for machines: feeds and sitemaps. Whatever a text holds, what is sent is well-formed.

Each has an ETag, and none a Last-Modified: a withdrawal takes the newest date back.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from newsroom.templating import render_to_string

# What XML 1.0 cannot hold, not even escaped.
IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_document(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    content_type: str,
    headers: Mapping[str, str] | None = None,
) -> HttpResponseBase:
    """The template as an XML response with an ETag; 304 without a body to a caller who has it already."""
    text = IMPOSSIBLE.sub("", render_to_string(template, context))
    return _document(request, text, content_type=f"{content_type}; charset=utf-8", headers=headers)


def json_document(
    request: HttpRequest,
    data: Mapping[str, Any],
    *,
    content_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> HttpResponseBase:
    """The data as a JSON response with an ETag; 304 without a body to a caller who has it already."""
    text = json.dumps(data, ensure_ascii=False)
    return _document(request, text, content_type=content_type, headers=headers)


def _document(
    request: HttpRequest, text: str, *, content_type: str, headers: Mapping[str, str] | None
) -> HttpResponseBase:
    response = HttpResponse(text, content_type=content_type, headers=dict(headers or {}))
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    answered = get_conditional_response(request, etag=etag, response=response) or response
    for name, value in (headers or {}).items():
        answered.headers.setdefault(name, value)
    return answered
