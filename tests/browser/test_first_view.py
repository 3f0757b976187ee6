"""What a reader's phone fetches before an article stands there: few files, few bytes, nothing that moves or blocks.

At the production server, with its compression and its collected static files, and with nothing in the browser's cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.report import ROOT
from tests.servers import Served, served
from tests.small_paper import FILL

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

PHONE: Any = {"width": 390, "height": 844}
REQUESTS = 5
BYTES = 90_000
SCRIPT = 10_000

# Asked before the page's own first byte is read.
WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const moved = entry.sources.map((source) => source.node?.nodeName + "." + source.node?.className);
    window.shifts.push([entry.value, ...moved]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""

ARTICLES = ("long article", "short article", "opinion", "Arabic article")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[tuple[Served, dict[str, str]]]:
    """A small newspaper at the production server, and its pages' addresses by what each is."""
    with served(tmp_path_factory.mktemp("first-view"), workers=1) as newsroom:
        yield newsroom, newsroom.run(FILL)


@pytest.fixture
def phone(chromium: Browser, site: tuple[Served, dict[str, str]]) -> Iterator[Page]:
    """A phone's window that has never been here."""
    context = chromium.new_context(
        base_url=f"http://127.0.0.1:{site[0].port}", viewport=PHONE, device_scale_factor=2, is_mobile=True
    )
    page = context.new_page()
    page.add_init_script(WATCH)
    yield page
    context.close()


def _fetched(page: Page, path: str) -> dict[str, int]:
    """What a page asks for beyond its pictures, by the end of its address, with the bytes that come."""
    asked: list[Request] = []
    page.on("requestfinished", lambda request: asked.append(request))
    page.goto(path, wait_until="networkidle")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    found = {}
    for request in asked:
        answer = request.response()
        if answer is not None and not answer.headers["content-type"].startswith("image/"):
            sizes = request.sizes()
            found[request.url.strip("/").rpartition("/")[2]] = sizes["responseHeadersSize"] + sizes["responseBodySize"]
    return found


@pytest.mark.parametrize("name", ARTICLES)
def test_article_is_few_files_and_few_bytes(phone: Page, site: tuple[Served, dict[str, str]], name: str) -> None:
    fetched = _fetched(phone, site[1][name])
    # Nothing waits for the script, whose bytes count all the same; a story in italics wants a third font.
    needed = [file for file in fetched if not file.endswith(".js")]
    assert len(needed) <= REQUESTS, fetched
    assert sum(fetched.values()) <= BYTES, fetched


def test_article_without_italics_is_five_files_with_the_script(
    phone: Page, site: tuple[Served, dict[str, str]]
) -> None:
    assert len(_fetched(phone, site[1]["short article"])) == REQUESTS


@pytest.mark.parametrize("name", [*ARTICLES, "front", "section"])
def test_nothing_moves_while_a_page_loads_or_is_scrolled(
    phone: Page, site: tuple[Served, dict[str, str]], name: str
) -> None:
    phone.goto(site[1][name], wait_until="networkidle")
    while phone.evaluate(
        "() => { scrollBy(0, innerHeight); return scrollY + innerHeight < document.documentElement.scrollHeight - 2; }"
    ):
        phone.wait_for_timeout(50)
    phone.wait_for_timeout(300)
    assert phone.evaluate("() => window.shifts") == []


def test_no_page_waits_for_a_script_and_all_scripts_are_small(phone: Page, site: tuple[Served, dict[str, str]]) -> None:
    scripts: dict[str, int] = {}
    for name, path in site[1].items():
        phone.goto(path)
        found: list[dict[str, Any]] = phone.evaluate(
            "() => Array.from(document.scripts)"
            ".filter((one) => one.type !== 'application/ld+json')"
            ".map((one) => ({ src: one.src, waits: !one.src || !(one.defer || one.async || one.type === 'module') }))"
        )
        assert [script for script in found if script["waits"]] == [], name
        for script in found:
            scripts[script["src"]] = len(phone.request.get(script["src"]).body())
    assert sum(scripts.values()) < SCRIPT, scripts


def test_reader_scripts_are_small_as_they_are_written() -> None:
    mine = [file for file in (ROOT / "static" / "js").glob("*.js") if not file.name.startswith("desk-")]
    assert sum(file.stat().st_size for file in mine) < SCRIPT
