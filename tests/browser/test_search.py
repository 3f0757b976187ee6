"""Searching in Chromium: what is offered while one types, by keys and by pointer; and the same without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from newsroom import clock
from tests.factories import HOUR, AuthorFactory, published

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles", "media")]


@pytest.fixture
def paths() -> dict[str, str]:
    """Three stories by their first word, and their author's and tag's pages."""
    ada = AuthorFactory(name="Harriet Quay", slug="harriet-quay")
    headlines = ("Harbour fees rise", "Harbours close at noon", "Fences come down")
    at = clock.now()
    stories = {
        headline.split()[0]: published(
            at=at - (place + 1) * HOUR, headline=headline, bylines=[ada], tag_names=["Harvest"]
        ).path
        for place, headline in enumerate(headlines)
    }
    return stories | {"author": "/authors/harriet-quay/", "tag": "/tags/harvest/"}


def options(page: Page) -> list[str]:
    """What is offered, once something is."""
    expect(page.get_by_role("listbox")).to_be_visible()
    return [text.strip() for text in page.get_by_role("listbox").get_by_role("option").all_text_contents()]


def test_stories_authors_and_tags_are_offered_and_said(browser_page: Page, paths: dict[str, str]) -> None:
    page = browser_page
    page.goto("/search/")
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("har")
    expect(page.locator("[role=search] [role=status]")).to_have_text("Suggestions: 4. Use the arrow keys.")
    assert options(page) == [
        "Harbour fees rise Story",
        "Harbours close at noon Story",
        "Harriet Quay Author",
        "Harvest Tag",
    ]
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press_sequentially("zzz")
    expect(page.locator("[role=search] [role=status]")).to_have_text("No suggestions.")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_arrow_keys_choose_and_enter_goes_there(browser_page: Page, paths: dict[str, str]) -> None:
    page = browser_page
    page.goto("/search/")
    box = page.get_by_role("combobox")
    box.press_sequentially("har")
    options(page)
    box.press("ArrowUp")
    chosen = page.get_by_role("listbox").get_by_role("option", selected=True)
    expect(chosen).to_have_text("Harvest Tag")
    box.press("ArrowDown")  # beyond the last one: nothing, and what was typed stands
    expect(chosen).to_have_count(0)
    box.press("ArrowDown")
    expect(chosen).to_have_text("Harbour fees rise Story")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    box.press("Enter")
    page.wait_for_url(f"**{paths['Harbour']}")


def test_escape_closes_the_offer_and_keeps_what_was_typed(browser_page: Page, paths: dict[str, str]) -> None:
    page = browser_page
    page.goto("/search/")
    box = page.get_by_role("combobox")
    box.press_sequentially("harb")
    options(page)
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("harb")
    box.press("Enter")
    page.wait_for_url("**/search/?q=harb**")


def test_a_click_goes_to_what_is_offered(browser_page: Page, paths: dict[str, str]) -> None:
    page = browser_page
    page.goto("/search/")
    page.get_by_role("combobox").press_sequentially("quay")
    page.get_by_role("option", name="Harriet Quay").click()
    page.wait_for_url(f"**{paths['author']}")


def test_the_page_that_is_not_there_offers_the_same(browser_page: Page, paths: dict[str, str]) -> None:
    page = browser_page
    page.goto("/never-heard-of/")
    page.get_by_role("combobox").press_sequentially("fences")
    page.get_by_role("option", name="Fences come down").click()
    page.wait_for_url(f"**{paths['Fences']}")


def test_without_a_script_the_form_searches(chromium: Browser, live_server: LiveServer, paths: dict[str, str]) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search/")
    page.get_by_label("Search all stories").fill("harbour author:quay")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".teaser__headline")).to_have_text(["Harbour fees rise", "Harbours close at noon"])
    page.get_by_text("Narrow the search").first.click()
    page.get_by_label("Published until").fill("1999-12-31")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("No story has all of this.")).to_be_visible()
    context.close()
