"""Few threads of a worker render readers' pages, however many requests it has taken on.

A worker's threads share one processor, since only one of them at a time runs Python. What many of them render at once
comes no sooner: they take the interpreter from each other in the middle of their work, and each has a connection of its
own, whose backend has plans of its own to keep. With as many presses as can be busy more pages are answered
(docs/performance.md); the other threads answer from memory meanwhile.

A page that finds no press free for a moment is rendered where it was asked for, so that slow pages hold up no others.
The desk, files and all that is posted are rendered so in any case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from newsroom.pagecache.keys import elsewhere, only_asks
from newsroom.pagecache.page import Headers
from newsroom.pagecache.rendering import Application

PRESSES = 2  # one renders while the other waits for the database
PATIENCE = 0.3  # seconds that a page waits for one


class Presses:
    """A WSGI application that has the readers' pages of another one rendered by a few threads."""

    def __init__(self, application: Application, *, presses: int = PRESSES, patience: float = PATIENCE) -> None:
        """`application`, with so many threads for readers' pages, for which each waits so many seconds."""
        self._application, self._patience = application, patience
        self._threads = ThreadPoolExecutor(presses, thread_name_prefix="press")
        self._elsewhere = elsewhere()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        if not self._is_for_readers(environ):
            return self._application(environ, start_response)
        printing = self._threads.submit(self._print, environ)
        try:
            status, headers, body = printing.result(timeout=self._patience)
        except TimeoutError:
            if printing.cancel():
                return self._application(environ, start_response)
            status, headers, body = printing.result()
        start_response(status, headers)
        return [body]

    def _is_for_readers(self, environ: dict[str, Any]) -> bool:
        return only_asks(environ) and not environ["PATH_INFO"].startswith(self._elsewhere)

    def _print(self, environ: dict[str, Any]) -> tuple[str, Headers, bytes]:
        """The whole answer. Django ends its request in the thread that began it, whose connection it looks after."""
        started: list[Any] = []
        body = self._application(environ, lambda status, headers, _=None: started.extend((status, headers)))
        try:
            return started[0], started[1], b"".join(body)
        finally:
            getattr(body, "close", lambda: None)()
