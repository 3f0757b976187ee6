"""Words that were written into a dialog are not lost with the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from articles.permissions import Role
from newsroom import clock
from tests.browser.people import person, sign_in
from tests.factories import HOUR, published

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles")]


def test_words_of_a_dialog_outlive_the_page_until_what_they_are_for_is_done(browser_page: Page) -> None:
    page, editor = browser_page, person("edda", Role.EDITOR)
    article = published(at=clock.now() - HOUR).article
    sign_in(page.context, editor)
    address = f"/admin/articles/article/{article.pk}/change/"
    page.goto(address)
    reason = page.locator("#dialog-hold [name=hold-reason]")

    def open_hold() -> None:
        page.locator("[data-opens=dialog-hold]").first.evaluate("(button) => button.click()")
        reason.wait_for()

    open_hold()
    reason.fill("The lawyers have it.")
    page.close(run_before_unload=False)

    page = browser_page.context.new_page()
    page.goto(address)
    reason = page.locator("#dialog-hold [name=hold-reason]")
    open_hold()
    assert reason.input_value() == "The lawyers have it."
    page.get_by_text("What you wrote here, and did not send, is back.").wait_for()
    with page.expect_navigation():
        page.locator("#dialog-hold [data-confirms]").click()
    page.locator(".cke_wysiwyg_div").wait_for()
    assert page.url.endswith("/change/")
    assert article.blocks.get().reason == "The lawyers have it."
    assert page.evaluate("Object.keys(localStorage).filter((each) => each.startsWith('desk-answers'))") == []
