"""Two people talk about a story in Chromium: named by keyboard, heard without a reload, nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from articles import conversation, notices, publishing
from articles.models import Article, Comment
from articles.permissions import Role
from newsroom import clock
from tests.browser.people import person, sign_in
from tests.factories import ArticleFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from authors.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles"), pytest.mark.own_context]

ATTACK = "<img src=x onerror=alert(1)>"


def open_story(page: Page, user: User, writer: User) -> Article:
    """A story of `writer`, open before `user`."""
    article: Article = ArticleFactory(headline="Harbour dues", created_by=writer)
    publishing.keep(article, by=writer, at=clock.now())
    sign_in(page.context, user)
    page.goto(f"/admin/articles/article/{article.pk}/change/#talk")
    page.locator("[data-talk-text]").wait_for()
    return article


def test_a_colleague_is_named_by_keyboard_and_told(browser_page: Page) -> None:
    page = browser_page
    writer, editor = person("wren", Role.WRITER), person("edda", Role.EDITOR)
    person("walter", Role.WRITER)
    article = open_story(page, editor, writer)
    text = page.locator("[data-talk-text]")
    page.wait_for_function("document.activeElement.id === 'talk-text'")
    page.keyboard.type("Please look, @w")
    page.locator("[data-talk-people] [aria-selected=true]", has_text="wren").wait_for()
    assert page.locator("[data-talk-people] li").count() == 1, "who may not see the story is not offered"
    page.keyboard.press("Enter")
    assert text.input_value() == "Please look, @wren "
    page.keyboard.type(ATTACK)
    page.keyboard.press("Control+Enter")
    line = page.locator("[data-comment]")
    line.get_by_text("@wren").wait_for()
    assert ATTACK in line.inner_text()
    assert text.input_value() == ""
    assert notices.unseen(writer).get().article == article
    # What was typed into a comment is no change of the story: leaving asks nothing.
    page.goto("/admin/")
    assert page.url.endswith("/admin/")


def test_what_others_say_appears_and_is_counted_without_a_reload(browser_page: Page) -> None:
    page = browser_page
    page.clock.install()
    writer, editor = person("wren", Role.WRITER), person("edda", Role.EDITOR)
    article = open_story(page, writer, writer)
    page.locator("[data-talk-text]").fill("Half a senten")
    conversation.say(article, "The figure looks off", by=editor, at=clock.now())
    page.clock.run_for(40_000)
    page.locator("[data-comment]", has_text="The figure looks off").wait_for()
    assert page.locator("[data-talk-text]").input_value() == "Half a senten"
    page.locator("[data-talk] > summary").click()
    conversation.say(article, "And the name too", by=editor, at=clock.now())
    page.clock.run_for(40_000)
    page.locator("[data-talk-count]", has_text="2, 1 new").wait_for()


@pytest.mark.parametrize("fault", ["line", "server", "signed out", "refused"])
def test_a_comment_that_is_not_taken_stays_where_it_was_typed(browser_page: Page, fault: str) -> None:
    page = browser_page
    writer = person("wren", Role.WRITER)
    person("walter", Role.WRITER)
    open_story(page, writer, writer)
    words = "For @walter, who cannot see this"
    text = page.locator("[data-talk-text]")
    text.fill(words)
    if fault == "line":
        page.route("**/talk/", lambda route: route.abort())
    elif fault == "server":
        page.route("**/talk/", lambda route: route.fulfill(status=500))
    elif fault == "signed out":
        page.context.clear_cookies()
    page.locator("[data-talk-send]").click()
    page.locator("[data-talk-error]:not(:empty)").wait_for()
    if fault == "refused":
        assert "walter cannot see this story" in page.locator("[data-talk-error]").inner_text()
    assert text.input_value() == words
    assert not Comment.objects.exists()
    if fault != "signed out":
        page.reload()
        assert text.input_value() == words, "kept on this device"
