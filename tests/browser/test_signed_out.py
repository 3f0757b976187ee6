"""Words and who is signed in: a session that ends, somebody else at the same device."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Buffer
from articles.permissions import Role
from tests.browser.people import PASSWORD, person, sign_in
from tests.browser.writing import (
    TYPED,
    assert_the_words_are_back,
    begun,
    hurry,
    offer,
    open_form,
    put_back,
    type_words,
    until,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from authors.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles")]


def test_an_expired_session_is_begun_again_in_place_and_the_save_goes_on(browser_page: Page, editor: User) -> None:
    page, article = browser_page, begun()
    open_form(page, article)
    Session.objects.all().delete()
    type_words(page)
    hurry(page)
    until(page, "Signed out: kept on this device")
    page.locator("[data-saves]").click()
    dialog = page.get_by_role("dialog", name="Sign in again")
    assert dialog.get_by_label("Login").input_value() == editor.username
    dialog.get_by_label("Password").fill("not this one")
    page.keyboard.press("Enter")
    dialog.get_by_role("alert").filter(has_text="not the password").wait_for()
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    page.get_by_text("Saved as revision 2").first.wait_for()
    assert_the_words_are_back(page)
    article.refresh_from_db()
    assert article.headline == TYPED


def test_signing_in_from_the_line_keeps_what_was_typed(browser_page: Page, editor: User, reopened: Any) -> None:
    page, article = browser_page, begun()
    open_form(page, article)
    Session.objects.all().delete()
    type_words(page)
    hurry(page)
    until(page, "Signed out")
    page.locator(".desk-panel").get_by_role("button", name="Sign in again").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    until(page, "Kept")
    assert_the_words_are_back(page)
    assert Buffer.objects.get().fields["headline"] == TYPED


def test_too_many_wrong_passwords_close_the_dialog_s_login_as_they_do_everywhere(
    browser_page: Page, editor: User
) -> None:
    page, article = browser_page, begun()
    open_form(page, article)
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
    page, article, other = browser_page, begun(), person("otto", Role.EDITOR)
    open_form(page, article)
    sign_in(page.context, other)
    type_words(page)
    hurry(page)
    until(page, "otto is signed in here now")
    page.locator("[data-saves]").click()
    page.wait_for_timeout(500)
    article.refresh_from_db()
    assert article.headline == "As it was"
    assert not Buffer.objects.exists()
    theirs = reopened(article)
    theirs.wait_for_timeout(500)
    expect(theirs.locator(".desk-offer")).to_have_count(0)
    theirs.close()
    page.close(run_before_unload=False)
    fresh = theirs.context
    sign_in(fresh, editor)
    again = reopened(article)
    put_back(again, offer(again))
    assert_the_words_are_back(again)


def test_copies_of_one_person_are_never_offered_to_another_on_the_same_device(
    browser_page: Page, editor: User, reopened: Any
) -> None:
    page = browser_page
    open_form(page, None)
    page.context.set_offline(True)
    type_words(page, "Mine alone")
    until(page, "Offline: kept on this device")
    context = page.context
    page.close(run_before_unload=False)
    context.set_offline(False)
    sign_in(context, person("otto", Role.EDITOR))
    theirs = reopened(None)
    theirs.wait_for_timeout(500)
    expect(theirs.locator(".desk-offer")).to_have_count(0)
    sign_in(context, editor)
    offer(reopened(None), "“Mine alone”")
