"""A site to stand behind the page cache: any WSGI application will do, and this one says what it was asked."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any
from urllib.parse import parse_qs

from newsroom.pagecache.layer import PageCache
from newsroom.pagecache.worn import ENVIRON, Worn

STORY = "/world/2026/03/02/flood/"
HOST = "testserver"


@dataclass
class Answer:
    """What a client got."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Site:
    """Every page says how often the site was asked. `gate` lets so many renderings end; None lets all."""

    wears: set[str] = field(default_factory=lambda: {"article:1"})
    loosely: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=lambda: {"after"})
    not_after: datetime | None = None
    status: str = "200 OK"
    headers: list[tuple[str, str]] = field(default_factory=lambda: [("Content-Type", "text/html; charset=utf-8")])
    text: str = "A story. " * 200
    asked: list[dict[str, Any]] = field(default_factory=list)
    gate: threading.Semaphore | None = None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Render a page."""
        self.asked.append(environ)
        number = len(self.asked)
        if self.gate is not None:
            assert self.gate.acquire(timeout=20)
        if ENVIRON in environ:
            worn: Worn = environ[ENVIRON]
            worn.add(self.wears, loosely=self.loosely, not_after=self.not_after, parameters=self.parameters)
        status = self.status
        if parse_qs(environ["QUERY_STRING"]).keys() & {"page"}:
            status = "301 Moved Permanently"
        start_response(status, [*self.headers, ("X-Request-ID", f"django-{number}")])
        return [f"{self.text}No. {number} of {environ['PATH_INFO']}".encode()]


def listening(site: Site) -> PageCache:
    """A page cache in front of a site that hears of changes, from the test, for as long as a test lasts."""
    cache = PageCache(site, listen=False)
    cache.trust.confirm(monotonic() + 1000, ahead=cache.store.now() - monotonic())
    return cache


def ask(cache: PageCache, path: str = STORY, query: str = "", *, method: str = "GET", **environ: str) -> Answer:
    """Ask as a reader over TLS; `environ` is what else the server would say of the request."""
    asked: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": HOST,
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "203.0.113.9",
        "HTTP_HOST": HOST,
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        **{name.replace("wsgi_", "wsgi."): value for name, value in environ.items()},
    }
    told: list[Any] = []
    body = b"".join(cache(asked, lambda status, headers, *_: told.extend((status, headers))))
    return Answer(int(told[0].split()[0]), dict(told[1]), body)
