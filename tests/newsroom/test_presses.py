"""Presses: a few threads render readers' pages, and nobody waits long for one."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from newsroom.presses import Presses

LONG = 10.0  # seconds after which a test fails instead of waiting


class Page:
    """An application that says in which thread a page was made; what a path asks for by its name, it waits for."""

    def __init__(self) -> None:
        self.going = threading.Event()
        self.begun = threading.Semaphore(0)
        self.closed_in: list[str] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/broken/":
            raise ValueError("broken")
        if environ["PATH_INFO"] == "/slow/":
            self.begun.release()
            assert self.going.wait(LONG)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return self.Body(self)

    class Body:
        """The name of the thread, piece by piece."""

        def __init__(self, page: Page) -> None:
            self.page = page

        def __iter__(self) -> Iterator[bytes]:
            yield from (bytes([each]) for each in threading.current_thread().name.encode())

        def close(self) -> None:
            """Note where the request ended."""
            self.page.closed_in.append(threading.current_thread().name)


@pytest.fixture
def page() -> Iterator[Page]:
    """A page, which is let go at the end."""
    made = Page()
    yield made
    made.going.set()


def ask(application: Any, path: str = "/", **environ: str) -> str:
    """In which thread it was answered."""
    told: list[str] = []
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": path, **environ}
    body = application(asked, lambda status, _headers: told.append(status))
    answer = b"".join(body).decode()
    assert told == ["200 OK"]
    return answer


def test_readers_pages_are_rendered_by_few_threads(page: Page) -> None:
    presses = Presses(page, presses=2, patience=LONG)
    with ThreadPoolExecutor(8) as readers:
        threads = set(readers.map(lambda number: ask(presses, f"/{number}/"), range(40)))
    assert threads <= {"press_0", "press_1"}
    assert set(page.closed_in) <= threads


def test_page_that_finds_no_press_is_rendered_where_it_was_asked_for(page: Page) -> None:
    presses = Presses(page, presses=1, patience=0.01)
    with ThreadPoolExecutor(1, thread_name_prefix="reader") as readers:
        slow = readers.submit(ask, presses, "/slow/")
        assert page.begun.acquire(timeout=LONG)
        assert ask(presses) == threading.current_thread().name
        page.going.set()
        assert slow.result(LONG) == "press_0"
    assert ask(Presses(page, presses=1, patience=LONG)) == "press_0"


@pytest.mark.parametrize(
    "asked",
    [
        {"PATH_INFO": "/admin/articles/"},
        {"PATH_INFO": "/static/css/site.css"},
        {"PATH_INFO": "/media/photo.jpg"},
        {"REQUEST_METHOD": "POST"},
        {"CONTENT_LENGTH": "5"},
    ],
    ids=str,
)
def test_what_is_no_readers_page_has_its_own_thread(page: Page, asked: dict[str, str]) -> None:
    assert ask(Presses(page), **asked) == threading.current_thread().name


def test_what_goes_wrong_is_told_to_who_asked(page: Page) -> None:
    presses = Presses(page, presses=1, patience=LONG)
    with pytest.raises(ValueError, match="broken"):
        ask(presses, "/broken/")
    assert ask(presses) == "press_0"
