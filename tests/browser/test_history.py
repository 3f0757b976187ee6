"""A story's history in Chromium: the trail beside the form, two revisions compared, one restored, all by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles import publishing
from articles.models import Article
from articles.permissions import Role
from newsroom import clock
from tests.browser.people import person, sign_in
from tests.factories import MINUTE, ArticleFactory, revised

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from authors.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles")]


def _story(by: User) -> Article:
    article: Article = ArticleFactory(
        headline="Port raises tariffs",
        body="".join(f"<p>Paragraph {number} of the story.</p>" for number in range(12)),
    )
    now = clock.now()
    publishing.keep(article, by=by, at=now - 3 * MINUTE)
    body = article.body.replace("Paragraph 6 of", "Paragraph six of")
    revised(article, at=now - 2 * MINUTE, by=by, headline="Port lowers tariffs", body=body)
    revised(article, at=now - MINUTE, by=by, kicker="Trade")
    return article


def test_an_editor_reads_the_trail_compares_two_revisions_and_restores_one(browser_page: Page) -> None:
    page, editor = browser_page, person("edda", Role.EDITOR)
    article = _story(editor)
    sign_in(page.context, editor)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.get_by_text("What happened to it").click()
    page.get_by_text("saved revision 3").wait_for()
    page.get_by_role("link", name="Compare and restore").click()

    page.wait_for_url("**/history/")
    page.get_by_role("radio", name="Compare from revision 1").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/history/compare/**")
    changed = page.get_by_role("region", name="Headline")
    assert changed.locator("del").inner_text().endswith("raises")
    assert changed.locator("ins").inner_text().endswith("lowers")
    expect(page.get_by_text("Paragraph 2 of the story.")).not_to_be_visible()
    page.get_by_text("unchanged paragraphs").first.click()
    expect(page.get_by_text("Paragraph 2 of the story.")).to_be_visible()

    page.get_by_role("link", name="Restore from revision 1…").click()
    page.get_by_role("region", name="Kicker").get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Restore what is chosen").click()
    page.get_by_text("Restored from revision 1, as revision 4.").wait_for()
    assert page.locator("textarea[name=headline]").input_value() == "Port raises tariffs"
    assert page.locator("input[name=kicker]").input_value() == "Trade"


@pytest.mark.parametrize("width", [390, 1300])
def test_the_pages_of_a_history_fit_their_window_and_keep_to_the_policy(browser_page: Page, width: int) -> None:
    page, editor = browser_page, person("edda", Role.EDITOR)
    article = _story(editor)
    sign_in(page.context, editor)
    page.set_viewport_size({"width": width, "height": 844})
    for path in (
        "history/",
        "history/compare/?before=1&after=3",
        "history/compare/?before=1&after=3&view=beside",
        "history/2/",
        "history/1/restore/",
    ):
        response = page.goto(f"/admin/articles/article/{article.pk}/{path}")
        assert response is not None
        assert response.status == 200, path
        assert "unsafe" not in response.headers["content-security-policy"]
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
