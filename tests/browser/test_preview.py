"""The preview beside the form, in Chromium: what is typed is seen as readers would see it, and nothing is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles import preview_links
from articles.permissions import Role
from tests.browser.people import person, sign_in
from tests.factories import ArticleFactory, kept

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles")]


def test_unsaved_words_are_seen_beside_the_form_at_two_widths_and_follow_the_writing(browser_page: Page) -> None:
    page, editor = browser_page, person("edda", Role.EDITOR)
    article = ArticleFactory(headline="As it was saved", body="<p>The first words.</p>")
    kept(article)
    sign_in(page.context, editor)
    page.goto(article.get_absolute_url())
    page.locator(".cke_wysiwyg_div").wait_for()
    page.fill("textarea[name=headline]", "As it is typed")
    page.locator("[name=preview]").first.click()
    frame = page.frame_locator("iframe[name=desk-preview]")
    frame.get_by_role("heading", name="As it is typed").wait_for()
    page.fill("textarea[name=headline]", "As it goes on")
    frame.get_by_role("heading", name="As it goes on").wait_for()
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.type("Fresh from the keys. ")
    frame.get_by_text("Fresh from the keys.").wait_for()
    pane = page.locator("[data-preview-pane]")
    width = "document.querySelector('iframe[name=desk-preview]').contentWindow.innerWidth"
    assert 350 < page.evaluate(width) < 430
    pane.get_by_role("button", name="Desktop").click()
    for _ in range(50):
        if page.evaluate(width) > 1100:
            break
        page.wait_for_timeout(100)
    assert page.evaluate(width) > 1100
    page.keyboard.press("Escape")
    expect(pane).not_to_be_visible()
    article.refresh_from_db()
    assert (article.headline, article.revisions.count()) == ("As it was saved", 1)


def test_a_link_is_made_opened_without_an_account_and_revoked(browser_page: Page) -> None:
    page, editor = browser_page, person("edda", Role.EDITOR)
    article = ArticleFactory(headline="For counsel’s eyes")
    kept(article)
    sign_in(page.context, editor)
    page.goto(f"/admin/articles/article/{article.pk}/links/")
    page.get_by_label("For whom").fill("Counsel")
    page.get_by_role("button", name="Make the link").click()
    address = page.get_by_label("Address of the link for Counsel").input_value()
    assert address.endswith(f"/preview/{preview_links.token(article.preview_links.get())}/")
    path = address[address.index("/preview/") :]
    stranger = page.context.browser.new_page(base_url=page.url.split("/admin/")[0])
    stranger.goto(path)
    stranger.get_by_role("heading", name="For counsel’s eyes").wait_for()
    page.get_by_role("button", name="Revoke").click()
    page.get_by_text("Revoked. The link shows nothing from now on.").wait_for()
    stranger.goto(path)
    stranger.get_by_role("heading", name="This preview has ended").wait_for()
    stranger.close()


def test_the_check_follows_what_is_typed_and_leads_to_the_field(browser_page: Page) -> None:
    page, editor = browser_page, person("edda", Role.EDITOR)
    article = ArticleFactory(headline="As it was saved", body="")
    kept(article)
    sign_in(page.context, editor)
    page.goto(article.get_absolute_url())
    page.locator(".cke_wysiwyg_div").wait_for()
    check = page.locator("[data-checklist]")
    check.get_by_text("1 thing blocks publication").wait_for()
    check.get_by_role("button", name="It needs a body.").click()
    page.keyboard.type("Now it has one.")
    check.get_by_text("Ready for readers").wait_for()
    page.fill("textarea[name=headline]", "")
    check.get_by_role("button", name="It needs a headline.").click()
    page.keyboard.type("And a headline")
    check.get_by_text("Ready for readers").wait_for()
    article.refresh_from_db()
    assert article.headline == "As it was saved"
