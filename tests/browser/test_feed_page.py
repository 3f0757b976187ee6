"""A feed opened in Chromium is a page; the manifest and its icons are such as a browser takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from newsroom import clock
from tests.factories import HOUR, AuthorFactory, published

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles", "media")]

SIZE = "each => parseFloat(getComputedStyle(each).fontSize)"
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A page says by its own sheet that it has read it: without one, Chromium shows the tree of elements.
PAPER = "() => getComputedStyle(document.documentElement).backgroundColor"


@pytest.mark.own_context
@pytest.mark.parametrize("path", ["/feed/", "/feed/rss/", "/authors/ines/feed/", "/authors/ines/feed/rss/"])
@pytest.mark.parametrize("width", [390, 1300])
def test_whoever_opens_a_feed_sees_a_page(browser_page: Page, path: str, width: int) -> None:
    page = browser_page
    bylines = [AuthorFactory(name="Ines", slug="ines")]
    story = published(
        at=clock.now() - HOUR, headline="The harbour & the sea", standfirst="How it went.", bylines=bylines
    )
    page.set_viewport_size({"width": width, "height": 844})
    for scheme, paper in (("light", "rgb(255, 254, 251)"), ("dark", "rgb(21, 21, 19)")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(path)
        assert page.evaluate(PAPER) == paper
        link = page.locator("h2 a", has_text="The harbour & the sea")
        expect(link).to_be_visible()
        expect(link).to_have_attribute("href", f"https://www.example.org{story.path}")
        assert link.evaluate(SIZE) >= 20
        expect(page.get_by_text("This is a feed")).to_be_visible()
        expect(page.get_by_text("How it went.").locator("visible=true")).to_have_count(1)
        expect(page.get_by_text("urn:uuid").locator("visible=true")).to_have_count(0)
        expect(page.get_by_text(f"https://www.example.org{path}", exact=True).locator("visible=true")).to_have_count(1)
        assert page.evaluate(TOO_WIDE) <= 0


@pytest.mark.own_context
def test_manifest_is_one_that_a_browser_takes(browser_page: Page, live_server: LiveServer) -> None:
    page = browser_page
    page.goto("/")
    read = page.context.new_cdp_session(page).send("Page.getAppManifest")
    assert read["url"] == f"{live_server.url}/manifest.webmanifest"
    assert read["errors"] == []
    assert '"The Northmere Courier"' in read["data"]
    for size in page.evaluate(
        """async (data) => Promise.all(JSON.parse(data).icons.map(async (icon) => {
            const image = new Image();
            image.src = icon.src;
            await image.decode();
            return [icon.sizes, `${image.naturalWidth}x${image.naturalHeight}`];
        }))""",
        read["data"],
    ):
        assert size[0] in ("any", size[1])
