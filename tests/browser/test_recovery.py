"""Nothing that is typed is lost: tabs that close, sessions that end, lines that drop, saves that fail, in Chromium."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from articles.admin.saving import SavingAdmin
from articles.models import Article, Buffer
from newsroom import clock
from tests.browser.writing import (
    TYPED,
    assert_the_words_are_back,
    begun,
    hurry,
    left_behind,
    offer,
    open_form,
    put_back,
    save,
    type_words,
    until,
)
from tests.factories import AuthorFactory, revised

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page, Route

    from authors.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles")]


def _note(dialog: Dialog, asked: list[str]) -> None:
    asked.append(dialog.type)
    dialog.dismiss()


def test_words_of_a_closed_tab_are_offered_back_and_saved(browser_page: Page, editor: User, reopened: Any) -> None:
    page, article = browser_page, begun()
    author = AuthorFactory(name="Ada Kilbride")
    open_form(page, article)
    until(page, "Saved as revision 1")
    page.get_by_role("combobox", name="Byline").fill("Ada")
    page.get_by_role("option", name="Ada Kilbride").click()
    type_words(page)
    until(page, "Keeping…")
    until(page, "Kept")
    assert Buffer.objects.get().fields["headline"] == TYPED
    page.close(run_before_unload=False)
    page = reopened(article)
    put_back(page, offer(page, "You have words from today"))
    assert_the_words_are_back(page)
    assert page.locator("[data-pick-label]", has_text="Ada Kilbride").count() == 1
    save(page)
    article.refresh_from_db()
    assert article.headline == TYPED
    assert author in article.authors.all()
    assert not Buffer.objects.exists()
    open_form(page, article)
    page.wait_for_timeout(500)
    expect(page.locator(".desk-offer")).to_have_count(0)


def test_the_last_words_before_a_tab_is_closed_are_kept_without_a_question(
    browser_page: Page, editor: User, reopened: Any
) -> None:
    page, article = browser_page, begun()
    open_form(page, article)
    type_words(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: _note(dialog, asked))
    page.goto("/admin/")
    assert not asked
    page.close()
    page = reopened(article)
    put_back(page, offer(page))
    assert_the_words_are_back(page)


def test_words_typed_while_the_line_is_cut_go_to_the_server_when_it_is_back(browser_page: Page, editor: User) -> None:
    page, article = browser_page, begun()
    open_form(page, article)
    page.context.set_offline(True)
    type_words(page)
    hurry(page)
    until(page, "Offline: kept on this device")
    # A save does not lead away from the words.
    page.locator("[data-saves]").click()
    until(page, "Not saved: the server cannot be reached")
    assert_the_words_are_back(page)
    page.context.set_offline(False)
    until(page, "Kept")
    assert Buffer.objects.get().fields["headline"] == TYPED
    save(page)


def test_words_typed_while_the_line_is_cut_survive_the_tab(browser_page: Page, editor: User, reopened: Any) -> None:
    page, article = browser_page, begun()
    open_form(page, article)
    page.context.set_offline(True)
    type_words(page)
    until(page, "Offline: kept on this device")
    context = page.context
    page.close(run_before_unload=False)
    context.set_offline(False)
    assert not Buffer.objects.exists()
    page = reopened(article)
    put_back(page, offer(page))
    assert_the_words_are_back(page)


def test_a_save_that_is_answered_with_a_fault_of_ours_leads_back_to_the_words(
    browser_page: Page, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, article = browser_page, begun()
    open_form(page, article)
    type_words(page)
    with monkeypatch.context() as patch:
        patch.setattr(SavingAdmin, "save_related", lambda *_: 1 / 0)
        with page.expect_response(lambda response: response.request.method == "POST" and response.status == 500):
            page.locator("[data-saves]").click()
        page.get_by_text("What you typed is kept").wait_for()
    page.get_by_role("link", name="Back to the story").click()
    put_back(page, offer(page))
    assert_the_words_are_back(page)
    save(page)


def test_a_story_never_saved_is_offered_on_the_page_for_new_ones(
    browser_page: Page, editor: User, reopened: Any
) -> None:
    page = browser_page
    open_form(page, None)
    until(page, "Not saved yet")
    type_words(page, "A new one")
    until(page, "Kept")
    page.close(run_before_unload=False)
    page = reopened(None)
    banner = offer(page, "You have a story that was never saved: “A new one”")
    put_back(page, banner)
    assert_the_words_are_back(page, "A new one", before="")
    save(page)
    assert Article.objects.get().headline == "A new one"
    assert not Buffer.objects.exists()
    open_form(page, None)
    page.wait_for_timeout(500)
    expect(page.locator(".desk-offer")).to_have_count(0)


def test_text_that_does_not_validate_stays_in_the_form_and_is_kept(
    browser_page: Page, editor: User, reopened: Any
) -> None:
    page, article = browser_page, begun()
    open_form(page, article)
    type_words(page, "")
    page.locator("[name=teaser]").evaluate("area => area.closest('details').open = true")
    page.locator("[name=teaser]").fill(TYPED)
    page.locator("[data-saves]").click()
    page.get_by_text("Not saved yet. What is wrong is said").wait_for()
    assert page.locator("[name=teaser]").input_value() == TYPED
    until(page, "Kept")
    page.wait_for_timeout(300)
    expect(page.locator(".desk-offer")).to_have_count(0)
    page.close(run_before_unload=False)
    page = reopened(article)
    put_back(page, offer(page))
    assert page.locator("[name=teaser]").input_value() == TYPED
    assert page.locator("[name=headline]").input_value() == ""


def test_words_that_are_thrown_away_can_be_had_back_on_the_page(
    browser_page: Page, editor: User, reopened: Any
) -> None:
    page, article = browser_page, begun()
    page = left_behind(page, article, reopened)
    banner = offer(page)
    banner.get_by_role("button", name="Throw them away").click()
    page.get_by_text("Thrown away.").wait_for()
    assert not Buffer.objects.exists()
    page.locator(".desk-offer").get_by_role("button", name="Undo").click()
    put_back(page, offer(page))
    assert_the_words_are_back(page)
    page.close(run_before_unload=False)
    page = reopened(article)
    banner = offer(page)
    banner.get_by_role("button", name="Throw them away").click()
    page.get_by_text("Thrown away.").wait_for()
    open_form(page, article)
    page.wait_for_timeout(500)
    expect(page.locator(".desk-offer")).to_have_count(0)


def test_writing_on_beside_an_offer_loses_neither_text(browser_page: Page, editor: User, reopened: Any) -> None:
    page, article = browser_page, begun()
    open_form(page, article)
    type_words(page, "The first")
    until(page, "Kept")
    page.close(run_before_unload=False)
    page = reopened(article)
    offer(page)
    type_words(page, "The second")
    until(page, "Kept")
    assert Buffer.objects.get().fields["headline"] == "The second"
    page.close(run_before_unload=False)
    page = reopened(article)
    newest, older = offer(page, "You have words"), offer(page, "Another copy")
    put_back(page, older)
    assert_the_words_are_back(page, "The first")
    newest.get_by_role("button", name="Put them back").click()
    page.get_by_text("They are back in the form").nth(1).wait_for()
    assert_the_words_are_back(page, "The second")


def test_two_windows_of_one_person_tell_each_other_and_neither_writes_over_the_other(
    browser_page: Page, editor: User, reopened: Any
) -> None:
    one, article = browser_page, begun()
    open_form(one, article)
    two = reopened(article)
    type_words(two, "From the second window")
    until(two, "Kept")
    type_words(one, "From the first window")
    hurry(one)
    until(one, "You are also writing this story in another window")
    assert Buffer.objects.get().fields["headline"] == "From the second window"
    one.locator(".desk-panel").get_by_role("button", name="Keep what is here instead").click()
    until(one, "Kept")
    assert Buffer.objects.get().fields["headline"] == "From the first window"
    two.close(run_before_unload=False)
    one.close(run_before_unload=False)
    page = reopened(article)
    offer(page, "You have words")
    put_back(page, offer(page, "Another copy").first)
    assert_the_words_are_back(page, "From the second window")


def test_words_put_back_are_joined_with_what_a_colleague_saved_since(
    browser_page: Page, editor: User, reopened: Any
) -> None:
    page, article = browser_page, begun()
    open_form(page, article)
    type_words(page)
    until(page, "Kept")
    page.close(run_before_unload=False)
    fresh = Article.objects.get(pk=article.pk)
    fresh.lock_version += 1
    fresh.save()
    revised(fresh, at=clock.now(), kicker="A colleague’s kicker")
    page = reopened(article)
    put_back(page, offer(page))
    page.locator("[data-saves]").click()
    page.get_by_text("revision 3").first.wait_for()
    article.refresh_from_db()
    assert (article.headline, article.kicker) == (TYPED, "A colleague’s kicker")


def test_where_nothing_can_be_kept_leaving_is_asked_about(browser_page: Page, editor: User) -> None:
    page, article = browser_page, begun()
    page.add_init_script("delete window.indexedDB; Object.defineProperty(window, 'indexedDB', {value: undefined})")
    open_form(page, article)

    def refuse(route: Route) -> None:
        route.abort()

    page.route("**/buffer/**", refuse)
    type_words(page)
    hurry(page)
    until(page, "Could not be kept on the server: not kept: this browser stores nothing")
    asked: list[str] = []
    page.on("dialog", lambda dialog: _note(dialog, asked))
    page.evaluate("location.href = '/admin/'")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert_the_words_are_back(page)


def test_a_screen_reader_hears_changes_of_kind_and_no_chatter(browser_page: Page, editor: User) -> None:
    page, article = browser_page, begun()
    open_form(page, article)
    page.evaluate(
        """() => {
          window.heard = [];
          const said = document.querySelector("[data-kept-said]");
          new MutationObserver(() => heard.push(said.textContent)).observe(said, { childList: true });
        }"""
    )
    for text in ("One", "Two", "Three"):
        type_words(page, text)
        hurry(page)
        until(page, "Kept")
    page.context.set_offline(True)
    type_words(page, "Four")
    hurry(page)
    until(page, "Offline")
    assert page.evaluate("heard") == ["What you type is kept.", "Offline: kept on this device"]


def test_what_is_typed_while_a_save_is_on_its_way_is_not_taken_for_saved(
    browser_page: Page, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, article = browser_page, begun()
    open_form(page, article)
    type_words(page, "Sent")

    page.evaluate(
        """() => addEventListener("submit", () => setTimeout(() => {
          const headline = document.querySelector("[name=headline]");
          headline.value = "Typed after it was sent";
          headline.dispatchEvent(new Event("input", { bubbles: true }));
        }, 50))"""
    )
    save = SavingAdmin.save_related

    def save_slowly(*given: Any) -> None:
        time.sleep(3)
        save(*given)

    monkeypatch.setattr(SavingAdmin, "save_related", save_slowly)
    page.locator("[data-saves]").click()
    page.get_by_text("Saved as revision 2").first.wait_for()
    article.refresh_from_db()
    assert article.headline == "Sent"
    banner = offer(page)
    banner.get_by_role("button", name="Put them back").click()
    page.get_by_text("They are back").wait_for()
    assert page.locator("textarea[name=headline]").input_value() == "Typed after it was sent"


def test_what_is_undone_again_leaves_nothing_to_offer(browser_page: Page, editor: User) -> None:
    page, article = browser_page, begun()
    open_form(page, article)
    headline = page.locator("textarea[name=headline]")
    headline.fill("Otherwise")
    until(page, "Kept")
    headline.fill("As it was")
    until(page, "Saved as revision 1")
    assert not Buffer.objects.exists()


def test_what_is_undone_beside_an_offer_does_not_take_the_offer_along(
    browser_page: Page, editor: User, reopened: Callable[[Article | None], Page]
) -> None:
    page, article = browser_page, begun()
    page = left_behind(page, article, reopened)
    offer(page)
    page.locator("input[name=kicker]").fill("x")
    page.locator("input[name=kicker]").fill("")
    hurry(page)
    until(page, "Saved as revision 1")
    assert Buffer.objects.get().fields["headline"] == TYPED


def test_the_difference_is_shown_before_anything_is_put_back(
    browser_page: Page, editor: User, reopened: Callable[[Article | None], Page]
) -> None:
    page, article = browser_page, begun()
    page = left_behind(page, article, reopened)
    banner = offer(page)
    button = banner.get_by_role("button", name="Look at the difference")
    button.click()
    banner.locator(".desk-diff ins", has_text=TYPED).first.wait_for()
    assert banner.locator(".desk-diff__name").all_inner_texts() == ["Headline", "Body"]
    assert page.locator("textarea[name=headline]").input_value() == "As it was"
    button.click()
    assert banner.locator(".desk-diff").is_hidden()
