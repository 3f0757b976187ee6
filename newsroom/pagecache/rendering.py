"""Asking Django for a page: with an environ of which a stranger sets nothing that could show on it."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any

from newsroom.pagecache.keys import HTML, Key, is_browser
from newsroom.pagecache.page import Headers, Page
from newsroom.pagecache.worn import ENVIRON, Worn

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# What would make another answer of the page, and is for the page cache to answer.
_CONDITIONS = (
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_RANGE",
)
_KNOWN_TO_VARY = frozenset(("", "accept", "accept-encoding"))
_NEVER = re.compile(r"\b(no-store|private)\b")


class Answer:
    """What Django answered: its status and headers, and the body still to be read."""

    def __init__(self, application: Application, environ: dict[str, Any], *, conditionally: bool) -> None:
        """Ask, as a GET whatever is asked for; with the client's conditions, where what it has is Django's to know."""
        self.worn = Worn(by_layer=True)
        asked = environ | {
            "REQUEST_METHOD": "GET",
            "HTTP_ACCEPT": HTML if is_browser(environ) else "*/*",
            ENVIRON: self.worn,
        }
        for name in ("HTTP_COOKIE", *(() if conditionally else _CONDITIONS)):
            asked.pop(name, None)
        self.status = ""
        self.headers: Headers = []
        self.page: Page | None = None  # what was made of it
        self._body = application(asked, self._start)

    def _start(self, status: str, headers: Headers, _: object = None) -> None:
        self.status, self.headers = status, headers

    @property
    def name(self) -> str:
        """The request's, as newsroom.requests gave it."""
        return next((value for name, value in self.headers if name == "X-Request-ID"), "-")

    @property
    def failed(self) -> bool:
        """Whether the site failed."""
        return self.status[:1] in ("5", "")

    @property
    def is_page(self) -> bool:
        """Whether it may be shown to everybody: worn, whole, and with nothing in it that is for one reader alone."""
        if not (self.worn.keys and self.status.startswith("200 ")):
            return False
        given = {name.lower(): value.lower() for name, value in self.headers}
        return (
            "set-cookie" not in given
            and not _NEVER.search(given.get("cache-control", ""))
            and {part.strip() for part in given.get("vary", "").split(",")} <= _KNOWN_TO_VARY
            and "content-encoding" not in given
            and "'nonce-" not in given.get("content-security-policy", "")
        )

    @property
    def varies_by_accept(self) -> bool:
        """Whether it says that a browser is answered otherwise than others."""
        return any(
            part.strip() == "accept"
            for name, value in self.headers
            if name.lower() == "vary"
            for part in value.lower().split(",")
        )

    def body(self) -> bytes:
        """All of it; nothing is left to pass on."""
        try:
            return b"".join(self._body)
        finally:
            self.close()

    def passed_on(self, start_response: Callable[..., Any], *, only_headers: bool) -> Iterable[bytes]:
        """The answer as it is, to the client."""
        start_response(self.status, self.headers)
        if only_headers:
            self.close()
            return []
        return self._body

    def close(self) -> None:
        """Let Django end the request."""
        getattr(self._body, "close", lambda: None)()


def environ_for(key: Key, *, host: str, scheme: str) -> dict[str, Any]:
    """A request for a page that nobody made."""
    path, query, audience = key
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": host.partition(":")[0],
        "SERVER_PORT": "443" if scheme == "https" else "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": host,
        "HTTP_ACCEPT": HTML if audience == "browsers" else "*/*",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
