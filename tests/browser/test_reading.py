"""Reading in Chromium: sharing, the menu, what a long piece holds; with and without a script, wide and narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from newsroom import clock
from tests import small_paper
from tests.factories import HOUR, SectionFactory, published

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles", "media")]

LONG = "".join(f"<h2>Part {number}</h2><p>{'word ' * 300}</p>" for number in (1, 2, 3))
WIDTHS = (320, 390, 768, 1300)

TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def story(**texts: str) -> str:
    """The address of a story that is live."""
    return published(at=clock.now() - HOUR, **texts).path


def test_where_there_is_no_sheet_the_address_goes_to_the_clipboard(browser_page: Page) -> None:
    page = browser_page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    path = story()
    page.goto(path)
    page.get_by_role("button", name="Share").click()
    expect(page.locator(".share [role=status]")).to_have_text("Link copied")
    assert page.evaluate("() => navigator.clipboard.readText()") == f"https://www.example.org{path}"


@pytest.mark.own_context
def test_the_devices_own_sheet_comes_first_and_closing_it_copies_nothing(browser_page: Page) -> None:
    page = browser_page
    page.add_init_script(
        "window.shared = [];"
        "navigator.share = async (what) => { window.shared.push(what); throw new DOMException('', 'AbortError'); };"
    )
    path = story(headline="The harbour")
    page.goto(path)
    page.get_by_role("button", name="Share").click()
    expect(page.locator(".share [role=status]")).to_have_text("")
    assert page.evaluate("() => window.shared") == [{"title": "The harbour", "url": f"https://www.example.org{path}"}]


def test_menu_closes_by_escape_and_by_a_click_elsewhere(browser_page: Page) -> None:
    page = browser_page
    SectionFactory(name="World", slug="world")
    page.goto("/")
    menu, panel = page.locator("summary", has_text="Menu"), page.locator(".menu__panel")
    menu.press("Enter")
    expect(panel).to_be_visible()
    page.keyboard.press("Tab")
    expect(panel.get_by_role("link", name="World")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(menu).to_be_focused()
    menu.click()
    expect(panel).to_be_visible()
    page.mouse.click(600, 850)
    expect(panel).to_be_hidden()


def test_everything_is_there_without_a_script(chromium: Browser, live_server: LiveServer) -> None:
    SectionFactory(name="World", slug="world")
    path = story(body=LONG)
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    try:
        page = context.new_page()
        page.goto(path)
        expect(page.get_by_role("button", name="Share")).to_be_hidden()
        page.locator("summary", has_text="Menu").click()
        page.locator(".menu__panel").get_by_role("link", name="World").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("World")
        page.goto(path)
        page.get_by_text("In this story").click()
        page.get_by_role("link", name="Part 3").click()
        expect(page.locator("#h-part-3")).to_be_in_viewport()
    finally:
        context.close()


def test_on_a_desk_what_a_long_piece_holds_stays_beside_it(browser_page: Page) -> None:
    page = browser_page
    page.goto(story(body=LONG))
    page.locator("#h-part-3").scroll_into_view_if_needed()
    link = page.get_by_role("navigation", name="In this story").get_by_role("link", name="Part 1")
    expect(link).to_be_in_viewport()
    link.click()
    expect(page.locator("#h-part-1")).to_be_in_viewport()


def test_no_page_is_wider_than_its_window(browser_page: Page) -> None:
    page = browser_page
    pages = small_paper.printed(at=clock.now())
    word = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente"
    pages["a word too long"] = story(headline=word, standfirst=word, body=f"<p>{word * 2}</p>", language="de")
    pages["its section"] = f"/{pages['a word too long'].split('/')[1]}/"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        for name, path in pages.items():
            page.goto(path)
            assert page.evaluate(TOO_WIDE) <= 0, (name, width)
