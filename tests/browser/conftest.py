"""A real Chromium at a real server. A page must not complain: no script error, no breach of a policy, no other host.

Where no Chromium is found these tests are skipped and named; NEWSROOM_REQUIRE_BROWSER=1 makes that a failure.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.core.signals import request_finished, request_started
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from tests.report import NO_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Chromium.app/Contents/MacOS/Chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    """The Chromium of this machine: the one that CHROMIUM names, or the first that is found."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, (*NAMES, MAC))), None)


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """The site, over plain HTTP: the redirect to TLS is left out when its middleware is made, once for all tests."""
    with override_settings(SECURE_SSL_REDIRECT=False):
        server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _served_to_the_end(request: pytest.FixtureRequest) -> Iterator[None]:
    """Wait for what the pages asked last: the tables are emptied after a test, which a request at work would lock."""
    if "live_server" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    under_way: list[int] = []
    begin, end = (lambda **_: under_way.append(1)), (lambda **_: under_way and under_way.pop())
    request_started.connect(begin, weak=False)
    request_finished.connect(end, weak=False)
    yield
    deadline = time.monotonic() + 10
    while under_way and time.monotonic() < deadline:
        time.sleep(0.02)
    request_started.disconnect(begin)
    request_finished.disconnect(end)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process."""
    found = find_chromium()
    if found is None:
        if os.environ.get("NEWSROOM_REQUIRE_BROWSER") == "1":
            pytest.fail(NO_CHROMIUM)
        pytest.skip(NO_CHROMIUM)
    # Imported here so that a machine whose wheels fit no browser driver can run everything else.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright's loop runs in this thread, in which Django then refuses to query; nothing here is asynchronous.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def browser_page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A fresh window at the site: `browser_page.goto("/")`. The test fails if any page of it complained."""
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1300, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    host = urlsplit(live_server.url).netloc

    def on_request(request: Request) -> None:
        target = urlsplit(request.url)
        if target.scheme not in ("data", "blob", "about") and target.netloc != host:
            complaints.append(f"asked another host: {request.url}")

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            complaints.append(message.text)

    context.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(15_000)
    yield page
    context.close()
    assert not complaints, "\n".join(complaints)
