"""XML documents for machines: feeds and sitemaps. Whatever a text holds, what is sent is well-formed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response

# What XML 1.0 cannot hold, not even escaped.
IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_document(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, content_type: str
) -> HttpResponseBase:
    """The template as an XML response with an ETag; 304 without a body to a caller who has it already."""
    text = IMPOSSIBLE.sub("", render_to_string(template, dict(context)))
    response = HttpResponse(text, content_type=f"{content_type}; charset=utf-8")
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
