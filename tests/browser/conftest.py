"""A real Chromium at a real server. A page must not complain: no script error, no breach of a policy, no other host.

Where no Chromium is found these tests are skipped and named; NEWSROOM_REQUIRE_BROWSER=1 makes that a failure.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.core.signals import request_finished, request_started
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from tests import scale
from tests.browser import PATIENCE
from tests.report import NO_CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

    from articles.models import Article
    from authors.models import User

# It takes minutes, and Lighthouse more room than all the rest.
collect_ignore = [] if scale.FULL else ["test_lighthouse.py"]

# What Playwright says when a page did not show in time what it should have: on a busy machine now and then the browser
# itself stands still. Such a test alone is tried once more, and named at the end; no other failure is.
TOO_LATE = [r"Timeout \d+ms exceeded", r"^AssertionError: (Locator|Page) expected"]

# The same browser without its own windows takes half the processor time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Chromium.app/Contents/MacOS/Chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give what is tried in a browser a second try."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=TOO_LATE))


def find_chromium() -> str | None:
    """The Chromium of this machine: the one that CHROMIUM names, or the first that is found."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, (*NAMES, MAC))), None)


@pytest.fixture(scope="session")
def live_server(django_db_setup: None) -> Iterator[LiveServer]:
    """The site, over plain HTTP: the redirect to TLS is left out when its middleware is made, once for all tests."""
    with override_settings(SECURE_SSL_REDIRECT=False):
        server = LiveServer("127.0.0.1")
    yield server
    server.stop()
    # Each of its threads has a connection until the browser closes its own, and the database cannot go before.
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


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
def chromium(live_server: LiveServer) -> Iterator[Browser]:
    """One browser for all tests of a process, which goes before the site does."""
    found = find_chromium()
    if found is None:
        if os.environ.get("NEWSROOM_REQUIRE_BROWSER") == "1":
            pytest.fail(NO_CHROMIUM)
        pytest.skip(NO_CHROMIUM)
    # Imported here so that a machine whose wheels fit no browser driver can run everything else.
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright's loop runs in this thread, in which Django then refuses to query; nothing here is asynchronous.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def _kept_contexts() -> Iterator[list[BrowserContext]]:
    """The context that tests hand on, if there is one."""
    kept: list[BrowserContext] = []
    yield kept
    for context in kept:
        context.close()


@pytest.fixture
def browser_context(
    request: pytest.FixtureRequest, chromium: Browser, live_server: LiveServer, _kept_contexts: list[BrowserContext]
) -> Iterator[BrowserContext]:
    """A browser that knows nothing of the site but its static files, which it need not load anew for each test.

    What cannot be taken back (a clock, a script for every page) wants `@pytest.mark.own_context`.
    """
    is_own = request.node.get_closest_marker("own_context") is not None
    if not is_own and _kept_contexts:
        context = _kept_contexts.pop()
    else:
        context = chromium.new_context(base_url=live_server.url, viewport={"width": 1300, "height": 900})
    yield context
    if is_own:
        context.close()
        return
    for page in context.pages:
        page.close(run_before_unload=False)
    context.unroute_all(behavior="ignoreErrors")
    context.set_offline(False)
    context.clear_cookies()
    context.clear_permissions()
    blank = context.new_page()
    what = {"origin": live_server.url, "storageTypes": "local_storage,indexeddb,cache_storage,service_workers"}
    context.new_cdp_session(blank).send("Storage.clearDataForOrigin", what)
    blank.close()
    _kept_contexts.append(context)


@pytest.fixture
def browser_page(browser_context: BrowserContext, live_server: LiveServer) -> Iterator[Page]:
    """A fresh window at the site: `browser_page.goto("/")`. The test fails if any page of it complained."""
    page = browser_context.new_page()
    complaints: list[str] = []
    host = urlsplit(live_server.url).netloc

    def on_request(request: Request) -> None:
        target = urlsplit(request.url)
        if target.scheme not in ("data", "blob", "about") and target.netloc != host:
            complaints.append(f"asked another host: {request.url}")

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            complaints.append(message.text)

    browser_context.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(PATIENCE)
    yield page
    browser_context.remove_listener("request", on_request)
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def editor(browser_page: Page) -> User:
    """An editor, signed in in the test's window."""
    # Models can be imported only once Django is set up.
    from articles.permissions import Role
    from tests.browser.people import person, sign_in

    edda = person("edda", Role.EDITOR)
    sign_in(browser_page.context, edda)
    return edda


@pytest.fixture
def reopened(browser_page: Page) -> Callable[[Article | None], Page]:
    """Opens another tab at the story. One that is closed with `run_before_unload=False` goes as in a crash."""

    from tests.browser.writing import open_form

    def again(article: Article | None) -> Page:
        context = browser_page.context
        fresh = context.new_page()
        fresh.set_default_timeout(PATIENCE)
        open_form(fresh, article)
        return fresh

    return again
