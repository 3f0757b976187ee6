"""The least that a WSGI application can do: it answers one page from memory, with the headers that the page has."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

_FOLDER = Path(os.environ["BENCH_PAGE"])
_PLAIN, _GZIP = (_FOLDER / "page.html").read_bytes(), (_FOLDER / "page.html.gz").read_bytes()
_HEADERS = [
    (name, value)
    for name, value in json.loads((_FOLDER / "headers.json").read_text())
    if name.lower() not in ("content-length", "content-encoding")
]
_OF_PLAIN = [*_HEADERS, ("Content-Length", str(len(_PLAIN)))]
_OF_GZIP = [*_HEADERS, ("Content-Length", str(len(_GZIP))), ("Content-Encoding", "gzip")]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer."""
    if environ.get("HTTP_ACCEPT_ENCODING"):
        start_response("200 OK", _OF_GZIP)
        return [_GZIP]
    start_response("200 OK", _OF_PLAIN)
    return [_PLAIN]
