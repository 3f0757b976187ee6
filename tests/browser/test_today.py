"""The first page in Chromium: it shows what colleagues do without a reload, and leaves one where one was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles import notices, publishing, workflow
from articles.models import Article, Notice
from articles.permissions import Role
from newsroom import clock
from tests.browser.people import person, sign_in
from tests.factories import ArticleFactory, kept, managing_editor

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from authors.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles"), pytest.mark.own_context]


def draft(headline: str, writer: User) -> Article:
    """A story that is saved and not submitted."""
    article: Article = ArticleFactory(headline=headline, created_by=writer)
    publishing.keep(article, by=writer, at=clock.now())
    return article


def submit(article: Article) -> None:
    """As its writer does, in a browser of their own."""
    assert article.created_by is not None
    workflow.submit(article, by=article.created_by, at=clock.now())


def later(page: Page) -> None:
    """Let the time of two looks pass."""
    page.clock.run_for(40_000)


def test_what_a_colleague_submits_appears_without_a_reload_and_is_claimed_in_place(browser_page: Page) -> None:
    page = browser_page
    page.clock.install()
    writer, editor = person("wren", Role.WRITER), person("edda", Role.EDITOR)
    earlier, later_on = draft("Submitted before", writer), draft("Submitted meanwhile", writer)
    mine = draft("The editor’s own", editor)
    submit(earlier)
    sign_in(page.context, editor)
    page.goto("/admin/")
    page.evaluate("window.wasNotLoadedAgain = true")
    waiting = page.locator('[data-part="waiting"]')
    expect(waiting.get_by_text("Submitted before")).to_be_visible()
    own = page.locator(f'[data-row="mine-{mine.pk}"] a')
    own.focus()
    where = own.bounding_box()

    submit(later_on)
    notices.tell([editor], mine, Notice.Kind.BLOCKED, by=managing_editor(), at=clock.now())
    later(page)
    waiting.get_by_text("Submitted meanwhile").wait_for()
    assert page.evaluate("window.wasNotLoadedAgain")
    page.locator("[data-today-news]", has_text="1 new story waits for review.").wait_for(state="attached")
    assert page.evaluate("document.activeElement.textContent.trim()") == "The editor’s own"
    assert page.title().startswith("(1) Today")
    assert page.locator(".desk-unseen").inner_text() == "1"
    assert where is not None

    claim = page.get_by_role("button", name="Claim: Submitted meanwhile")
    claim.focus()
    page.keyboard.press("Enter")
    page.locator(f'[data-row="waiting-{later_on.pk}"]', has_text="Yours").wait_for()
    later_on.refresh_from_db()
    assert later_on.assignee == editor
    assert page.evaluate("document.activeElement.textContent.trim()") == "Submitted meanwhile"

    page.get_by_role("button", name="Put away").click()
    page.locator('[data-part="told"]').wait_for(state="hidden")
    assert page.locator(".desk-unseen").is_hidden()
    assert page.evaluate("window.wasNotLoadedAgain")


def test_a_colleague_who_was_quicker_is_named(browser_page: Page) -> None:
    page, editor = browser_page, person("edda", Role.EDITOR)
    article = draft("Wanted by two", person("wren", Role.WRITER))
    submit(article)
    sign_in(page.context, editor)
    page.goto("/admin/")
    workflow.claim(article, by=person("noor", Role.EDITOR), at=clock.now())
    page.get_by_role("button", name="Claim: Wanted by two").click()
    page.locator("[data-said]", has_text="noor has claimed this story meanwhile").wait_for()
    assert page.locator(f'[data-row="waiting-{article.pk}"]', has_text="noor").is_visible()


def test_a_page_that_cannot_ask_says_as_of_when_it_is_and_recovers(browser_page: Page) -> None:
    page = browser_page
    page.clock.install()
    sign_in(page.context, person("edda", Role.EDITOR))
    page.goto("/admin/")
    state = page.locator("[data-today-state]")
    assert state.inner_text() == "This page keeps itself current."
    page.route("**/today/**", lambda route: route.abort())
    for _ in range(3):
        later(page)
        page.wait_for_timeout(100)
    page.locator("[data-today-state]", has_text="No connection, or you are signed out").wait_for()
    page.unroute("**/today/**")
    page.clock.run_for(120_000)
    page.locator("[data-today-state]", has_text="This page keeps itself current.").wait_for()


def test_a_hidden_page_does_not_ask(browser_page: Page) -> None:
    page = browser_page
    page.clock.install()
    sign_in(page.context, person("edda", Role.EDITOR))
    page.goto("/admin/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/today/" in request.url else None)
    page.evaluate(
        """() => {
            Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    later(page)
    page.wait_for_timeout(200)
    assert asked == []
    page.evaluate("() => { delete document.hidden; document.dispatchEvent(new Event('visibilitychange')); }")
    page.wait_for_timeout(500)
    assert len(asked) == 1


def test_a_section_is_chosen_without_leaving_the_page(browser_page: Page) -> None:
    page, editor = browser_page, person("edda", Role.EDITOR)
    for headline in ("In the one", "In the other"):
        article = draft(headline, editor)
        publishing.publish(article, revision=kept(article), by=managing_editor(), at=clock.now())
    sign_in(page.context, editor)
    page.goto("/admin/")
    chips, timeline = page.locator(".desk-chip"), page.locator('[data-part="timeline"]')
    chips.nth(1).click()
    timeline.locator(".desk-chip[aria-current]").get_by_text("Section").wait_for()
    expect(timeline.locator(".desk-time")).to_have_count(1)
    assert "section=" in page.url
    assert page.evaluate("document.activeElement.matches('.desk-chip[aria-current]')")
