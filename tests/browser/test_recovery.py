"""Nothing that is typed is lost: tabs that close, sessions that end, lines that drop, saves that fail, in Chromium."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session

from articles import publishing
from articles.admin.saving import SavingAdmin
from articles.models import Article, Buffer
from articles.permissions import Role
from newsroom import clock
from tests.browser.people import ADD, PASSWORD, person, sign_in
from tests.factories import ArticleFactory, AuthorFactory, managing_editor, revised

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Locator, Page, Route

    from authors.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles")]

TYPED = "Typed and not saved"


def _story(**attributes: Any) -> Article:
    article: Article = ArticleFactory(**{"headline": "As it was", "body": "<p>As it was.</p>", **attributes})
    publishing.keep(article, by=managing_editor(), at=clock.now())
    article.refresh_from_db()
    return article


def _open(page: Page, article: Article | None) -> None:
    page.goto(f"/admin/articles/article/{article.pk}/change/" if article else ADD)
    page.locator(".cke_wysiwyg_div").wait_for()


def _type(page: Page, text: str = TYPED) -> None:
    """In the headline and at the end of the body, as a person does."""
    page.locator("textarea[name=headline]").fill(text)
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {text}.")


def _hurry(page: Page) -> None:
    """The window loses the focus, at which words are kept at once."""
    page.evaluate("window.dispatchEvent(new Event('blur'))")


def _state(page: Page) -> Locator:
    return page.locator(".desk-panel [data-kept-text]")


def _until(page: Page, text: str) -> None:
    _state(page).filter(has_text=re.compile(f"^{text}")).wait_for()


def _banner(page: Page, text: str = "that are not saved") -> Locator:
    found = page.locator(".desk-offer", has_text=text)
    found.wait_for()
    return found


def _put_back(page: Page, banner: Locator) -> None:
    banner.get_by_role("button", name="Put them back").click()
    page.get_by_text("They are back in the form").wait_for()


def _assert_the_words_are_back(page: Page, text: str = TYPED, before: str = "As it was. ") -> None:
    assert page.locator("textarea[name=headline]").input_value() == text
    body = page.locator(".cke_wysiwyg_div").inner_text()
    assert " ".join(body.split()) == f"{before}{text}."


def _note(dialog: Dialog, asked: list[str]) -> None:
    asked.append(dialog.type)
    dialog.dismiss()


def _save(page: Page) -> None:
    page.locator("[data-saves]").click()
    page.get_by_text("Saved as revision").first.wait_for()


@pytest.fixture
def editor(browser_page: Page) -> User:
    """An editor, signed in in the test's window."""
    edda = person("edda", Role.EDITOR)
    sign_in(browser_page.context, edda)
    return edda


@pytest.fixture
def reopened(browser_page: Page) -> Callable[[Article | None], Page]:
    """Opens another tab at the story. One that is closed with `run_before_unload=False` goes as in a crash."""

    def again(article: Article | None) -> Page:
        context = browser_page.context
        fresh = context.new_page()
        fresh.set_default_timeout(15_000)
        _open(fresh, article)
        return fresh

    return again


def test_words_of_a_closed_tab_are_offered_back_and_saved(browser_page: Page, editor: User, reopened: Any) -> None:
    page, article = browser_page, _story()
    author = AuthorFactory(name="Ada Kilbride")
    _open(page, article)
    _until(page, "Saved as revision 1")
    page.get_by_role("combobox", name="Byline").fill("Ada")
    page.get_by_role("option", name="Ada Kilbride").click()
    _type(page)
    _until(page, "Keeping…")
    _until(page, "Kept")
    assert Buffer.objects.get().fields["headline"] == TYPED
    page.close(run_before_unload=False)
    page = reopened(article)
    _put_back(page, _banner(page, "You have words from today"))
    _assert_the_words_are_back(page)
    assert page.locator("[data-pick-label]", has_text="Ada Kilbride").count() == 1
    _save(page)
    article.refresh_from_db()
    assert article.headline == TYPED
    assert author in article.authors.all()
    assert not Buffer.objects.exists()
    _open(page, article)
    page.wait_for_timeout(500)
    assert page.locator(".desk-offer").count() == 0


def test_the_last_words_before_a_tab_is_closed_are_kept_without_a_question(
    browser_page: Page, editor: User, reopened: Any
) -> None:
    page, article = browser_page, _story()
    _open(page, article)
    _type(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: _note(dialog, asked))
    page.goto("/admin/")
    assert not asked
    page.close()
    page = reopened(article)
    _put_back(page, _banner(page))
    _assert_the_words_are_back(page)


def test_an_expired_session_is_begun_again_in_place_and_the_save_goes_on(browser_page: Page, editor: User) -> None:
    page, article = browser_page, _story()
    _open(page, article)
    Session.objects.all().delete()
    _type(page)
    _hurry(page)
    _until(page, "Signed out: kept on this device")
    page.locator("[data-saves]").click()
    dialog = page.get_by_role("dialog", name="Sign in again")
    assert dialog.get_by_label("Login").input_value() == editor.username
    dialog.get_by_label("Password").fill("not this one")
    page.keyboard.press("Enter")
    dialog.get_by_role("alert").filter(has_text="not the password").wait_for()
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    page.get_by_text("Saved as revision 2").first.wait_for()
    _assert_the_words_are_back(page)
    article.refresh_from_db()
    assert article.headline == TYPED


def test_signing_in_from_the_line_keeps_what_was_typed(browser_page: Page, editor: User, reopened: Any) -> None:
    page, article = browser_page, _story()
    _open(page, article)
    Session.objects.all().delete()
    _type(page)
    _hurry(page)
    _until(page, "Signed out")
    page.locator(".desk-panel").get_by_role("button", name="Sign in again").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    _until(page, "Kept")
    _assert_the_words_are_back(page)
    assert Buffer.objects.get().fields["headline"] == TYPED


def test_too_many_wrong_passwords_close_the_dialog_s_login_as_they_do_everywhere(
    browser_page: Page, editor: User
) -> None:
    page, article = browser_page, _story()
    _open(page, article)
    Session.objects.all().delete()
    page.locator("[data-saves]").click()
    alert = page.get_by_role("dialog").get_by_role("alert")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        page.get_by_label("Password").fill("wrong")
        page.keyboard.press("Enter")
        page.locator("[data-sign-in] [type=submit]:not([disabled])").wait_for()
    alert.filter(has_text="too many login attempts").wait_for()
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("[data-sign-in] [type=submit]:not([disabled])").wait_for()
    assert not Session.objects.exists()


def test_words_are_not_handed_to_somebody_else_who_signs_in(browser_page: Page, editor: User, reopened: Any) -> None:
    page, article, other = browser_page, _story(), person("otto", Role.EDITOR)
    _open(page, article)
    sign_in(page.context, other)
    _type(page)
    _hurry(page)
    _until(page, "otto is signed in here now")
    page.locator("[data-saves]").click()
    page.wait_for_timeout(500)
    article.refresh_from_db()
    assert article.headline == "As it was"
    assert not Buffer.objects.exists()
    theirs = reopened(article)
    theirs.wait_for_timeout(500)
    assert theirs.locator(".desk-offer").count() == 0
    theirs.close()
    page.close(run_before_unload=False)
    fresh = theirs.context
    sign_in(fresh, editor)
    again = reopened(article)
    _put_back(again, _banner(again))
    _assert_the_words_are_back(again)


def test_words_typed_while_the_line_is_cut_go_to_the_server_when_it_is_back(browser_page: Page, editor: User) -> None:
    page, article = browser_page, _story()
    _open(page, article)
    page.context.set_offline(True)
    _type(page)
    _hurry(page)
    _until(page, "Offline: kept on this device")
    # A save does not lead away from the words.
    page.locator("[data-saves]").click()
    _until(page, "Not saved: the server cannot be reached")
    _assert_the_words_are_back(page)
    page.context.set_offline(False)
    _until(page, "Kept")
    assert Buffer.objects.get().fields["headline"] == TYPED
    _save(page)


def test_words_typed_while_the_line_is_cut_survive_the_tab(browser_page: Page, editor: User, reopened: Any) -> None:
    page, article = browser_page, _story()
    _open(page, article)
    page.context.set_offline(True)
    _type(page)
    _until(page, "Offline: kept on this device")
    context = page.context
    page.close(run_before_unload=False)
    context.set_offline(False)
    assert not Buffer.objects.exists()
    page = reopened(article)
    _put_back(page, _banner(page))
    _assert_the_words_are_back(page)


def test_a_save_that_is_answered_with_a_fault_of_ours_leads_back_to_the_words(
    browser_page: Page, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, article = browser_page, _story()
    _open(page, article)
    _type(page)
    with monkeypatch.context() as patch:
        patch.setattr(SavingAdmin, "save_related", lambda *_: 1 / 0)
        with page.expect_response(lambda response: response.request.method == "POST" and response.status == 500):
            page.locator("[data-saves]").click()
        page.get_by_text("What you typed is kept").wait_for()
    page.get_by_role("link", name="Back to the story").click()
    _put_back(page, _banner(page))
    _assert_the_words_are_back(page)
    _save(page)


def test_a_story_never_saved_is_offered_on_the_page_for_new_ones(
    browser_page: Page, editor: User, reopened: Any
) -> None:
    page = browser_page
    _open(page, None)
    _until(page, "Not saved yet")
    _type(page, "A new one")
    _until(page, "Kept")
    page.close(run_before_unload=False)
    page = reopened(None)
    banner = _banner(page, "You have a story that was never saved: “A new one”")
    _put_back(page, banner)
    _assert_the_words_are_back(page, "A new one", before="")
    _save(page)
    assert Article.objects.get().headline == "A new one"
    assert not Buffer.objects.exists()
    _open(page, None)
    page.wait_for_timeout(500)
    assert page.locator(".desk-offer").count() == 0


def test_text_that_does_not_validate_stays_in_the_form_and_is_kept(
    browser_page: Page, editor: User, reopened: Any
) -> None:
    page, article = browser_page, _story()
    _open(page, article)
    _type(page, "")
    page.locator("[name=teaser]").evaluate("area => area.closest('details').open = true")
    page.locator("[name=teaser]").fill(TYPED)
    page.locator("[data-saves]").click()
    page.get_by_text("Not saved yet. What is wrong is said").wait_for()
    assert page.locator("[name=teaser]").input_value() == TYPED
    _until(page, "Kept")
    page.wait_for_timeout(300)
    assert page.locator(".desk-offer").count() == 0
    page.close(run_before_unload=False)
    page = reopened(article)
    _put_back(page, _banner(page))
    assert page.locator("[name=teaser]").input_value() == TYPED
    assert page.locator("[name=headline]").input_value() == ""


def test_words_that_are_thrown_away_can_be_had_back_on_the_page(
    browser_page: Page, editor: User, reopened: Any
) -> None:
    page, article = browser_page, _story()
    _open(page, article)
    _type(page)
    _until(page, "Kept")
    page.close(run_before_unload=False)
    page = reopened(article)
    banner = _banner(page)
    banner.get_by_role("button", name="Throw them away").click()
    page.get_by_text("Thrown away.").wait_for()
    assert not Buffer.objects.exists()
    page.locator(".desk-offer").get_by_role("button", name="Undo").click()
    _put_back(page, _banner(page))
    _assert_the_words_are_back(page)
    page.close(run_before_unload=False)
    page = reopened(article)
    banner = _banner(page)
    banner.get_by_role("button", name="Throw them away").click()
    page.get_by_text("Thrown away.").wait_for()
    _open(page, article)
    page.wait_for_timeout(500)
    assert page.locator(".desk-offer").count() == 0


def test_writing_on_beside_an_offer_loses_neither_text(browser_page: Page, editor: User, reopened: Any) -> None:
    page, article = browser_page, _story()
    _open(page, article)
    _type(page, "The first")
    _until(page, "Kept")
    page.close(run_before_unload=False)
    page = reopened(article)
    _banner(page)
    _type(page, "The second")
    _until(page, "Kept")
    assert Buffer.objects.get().fields["headline"] == "The second"
    page.close(run_before_unload=False)
    page = reopened(article)
    newest, older = _banner(page, "You have words"), _banner(page, "Another copy")
    _put_back(page, older)
    _assert_the_words_are_back(page, "The first")
    newest.get_by_role("button", name="Put them back").click()
    page.get_by_text("They are back in the form").nth(1).wait_for()
    _assert_the_words_are_back(page, "The second")


def test_two_windows_of_one_person_tell_each_other_and_neither_writes_over_the_other(
    browser_page: Page, editor: User, reopened: Any
) -> None:
    one, article = browser_page, _story()
    _open(one, article)
    two = reopened(article)
    _type(two, "From the second window")
    _until(two, "Kept")
    _type(one, "From the first window")
    _hurry(one)
    _until(one, "You are also writing this story in another window")
    assert Buffer.objects.get().fields["headline"] == "From the second window"
    one.locator(".desk-panel").get_by_role("button", name="Keep what is here instead").click()
    _until(one, "Kept")
    assert Buffer.objects.get().fields["headline"] == "From the first window"
    two.close(run_before_unload=False)
    one.close(run_before_unload=False)
    page = reopened(article)
    _banner(page, "You have words")
    _put_back(page, _banner(page, "Another copy").first)
    _assert_the_words_are_back(page, "From the second window")


def test_words_put_back_are_joined_with_what_a_colleague_saved_since(
    browser_page: Page, editor: User, reopened: Any
) -> None:
    page, article = browser_page, _story()
    _open(page, article)
    _type(page)
    _until(page, "Kept")
    page.close(run_before_unload=False)
    fresh = Article.objects.get(pk=article.pk)
    fresh.lock_version += 1
    fresh.save()
    revised(fresh, at=clock.now(), kicker="A colleague’s kicker")
    page = reopened(article)
    _put_back(page, _banner(page))
    page.locator("[data-saves]").click()
    page.get_by_text("revision 3").first.wait_for()
    article.refresh_from_db()
    assert (article.headline, article.kicker) == (TYPED, "A colleague’s kicker")


def test_where_nothing_can_be_kept_leaving_is_asked_about(browser_page: Page, editor: User) -> None:
    page, article = browser_page, _story()
    page.add_init_script("delete window.indexedDB; Object.defineProperty(window, 'indexedDB', {value: undefined})")
    _open(page, article)

    def refuse(route: Route) -> None:
        route.abort()

    page.route("**/buffer/**", refuse)
    _type(page)
    _hurry(page)
    _until(page, "Could not be kept on the server: not kept: this browser stores nothing")
    asked: list[str] = []
    page.on("dialog", lambda dialog: _note(dialog, asked))
    page.evaluate("location.href = '/admin/'")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    _assert_the_words_are_back(page)


def test_a_screen_reader_hears_changes_of_kind_and_no_chatter(browser_page: Page, editor: User) -> None:
    page, article = browser_page, _story()
    _open(page, article)
    page.evaluate(
        """() => {
          window.heard = [];
          const said = document.querySelector("[data-kept-said]");
          new MutationObserver(() => heard.push(said.textContent)).observe(said, { childList: true });
        }"""
    )
    for text in ("One", "Two", "Three"):
        _type(page, text)
        _hurry(page)
        _until(page, "Kept")
    page.context.set_offline(True)
    _type(page, "Four")
    _hurry(page)
    _until(page, "Offline")
    assert page.evaluate("heard") == ["What you type is kept.", "Offline: kept on this device"]


def test_what_is_typed_while_a_save_is_on_its_way_is_not_taken_for_saved(
    browser_page: Page, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, article = browser_page, _story()
    _open(page, article)
    _type(page, "Sent")

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
    banner = _banner(page)
    banner.get_by_role("button", name="Put them back").click()
    page.get_by_text("They are back").wait_for()
    assert page.locator("textarea[name=headline]").input_value() == "Typed after it was sent"


def test_copies_of_one_person_are_never_offered_to_another_on_the_same_device(
    browser_page: Page, editor: User, reopened: Any
) -> None:
    page = browser_page
    _open(page, None)
    page.context.set_offline(True)
    _type(page, "Mine alone")
    _until(page, "Offline: kept on this device")
    context = page.context
    page.close(run_before_unload=False)
    context.set_offline(False)
    sign_in(context, person("otto", Role.EDITOR))
    theirs = reopened(None)
    theirs.wait_for_timeout(500)
    assert theirs.locator(".desk-offer").count() == 0
    sign_in(context, editor)
    _banner(reopened(None), "“Mine alone”")


def test_what_is_undone_again_leaves_nothing_to_offer(browser_page: Page, editor: User) -> None:
    page, article = browser_page, _story()
    _open(page, article)
    headline = page.locator("textarea[name=headline]")
    headline.fill("Otherwise")
    _until(page, "Kept")
    headline.fill("As it was")
    _until(page, "Saved as revision 1")
    assert not Buffer.objects.exists()


def test_what_is_undone_beside_an_offer_does_not_take_the_offer_along(
    browser_page: Page, editor: User, reopened: Callable[[Article | None], Page]
) -> None:
    page, article = browser_page, _story()
    _open(page, article)
    _type(page)
    _until(page, "Kept")
    page.close(run_before_unload=False)
    page = reopened(article)
    _banner(page)
    page.locator("input[name=kicker]").fill("x")
    page.locator("input[name=kicker]").fill("")
    _hurry(page)
    _until(page, "Saved as revision 1")
    assert Buffer.objects.get().fields["headline"] == TYPED


def test_the_difference_is_shown_before_anything_is_put_back(
    browser_page: Page, editor: User, reopened: Callable[[Article | None], Page]
) -> None:
    page, article = browser_page, _story()
    _open(page, article)
    _type(page)
    _until(page, "Kept")
    page.close(run_before_unload=False)
    page = reopened(article)
    banner = _banner(page)
    button = banner.get_by_role("button", name="Look at the difference")
    button.click()
    banner.locator(".desk-diff ins", has_text=TYPED).first.wait_for()
    assert banner.locator(".desk-diff__name").all_inner_texts() == ["Headline", "Body"]
    assert page.locator("textarea[name=headline]").input_value() == "As it was"
    button.click()
    assert banner.locator(".desk-diff").is_hidden()
