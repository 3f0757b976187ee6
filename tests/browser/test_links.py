"""Linking in Chromium, as people do it: by words, by a pasted address, by keyboard; and taking what is suggested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect
from taggit.models import Tag

from articles import publishing
from articles.models import Article, Edition
from articles.permissions import Role
from newsroom import clock
from tests.browser.people import person, sign_in
from tests.factories import ArticleFactory, kept, managing_editor

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from authors.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles")]

BODY = "<p>One word, and the accord of last week.</p>"


def live(headline: str, body: str = "<p>Of this and that.</p>") -> Edition:
    """A story that readers see now, whatever the machine's clock says."""
    at = clock.now()
    article = ArticleFactory(headline=headline, body=body)
    return publishing.publish(article, revision=kept(article, at=at), by=managing_editor(), at=at)


@pytest.fixture
def writer() -> User:
    return person("wren", Role.WRITER)


@pytest.fixture
def write(browser_page: Page, writer: User) -> Callable[[str], Article]:
    """Opens a new story of the writer's with this body in the editor."""

    def opened(body: str) -> Article:
        page = browser_page
        article = ArticleFactory(headline="The story itself", created_by=writer, body=body)
        kept(article, at=clock.now())
        sign_in(page.context, writer)
        page.goto(f"/admin/articles/article/{article.pk}/change/")
        page.locator(".cke_wysiwyg_div p").first.wait_for()
        return article

    return opened


def select(page: Page, words: str) -> None:
    """Select these words in the body, as a person does with the mouse."""
    page.locator(".cke_wysiwyg_div").click()
    page.evaluate(
        """(words) => {
          const body = document.querySelector(".cke_wysiwyg_div");
          const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words);
            if (at < 0) continue;
            getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
            return;
          }
        }""",
        words,
    )


def paste(page: Page, clipboard: dict[str, str]) -> None:
    """Paste this where the caret is."""
    page.evaluate(
        """(clipboard) => {
          const clipboardData = new DataTransfer();
          for (const [type, data] of Object.entries(clipboard)) clipboardData.setData(type, data);
          const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
          document.querySelector(".cke_wysiwyg_div p").dispatchEvent(paste);
        }""",
        clipboard,
    )


def saved_body(page: Page, article: Article) -> str:
    """Save, and read what is stored."""
    with page.expect_navigation():
        page.locator("[data-saves]").click()
    page.locator(".cke_wysiwyg_div p").first.wait_for()
    article.refresh_from_db()
    return str(article.body)


def box(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").wait_for()


def test_a_writer_picks_a_story_by_its_words_with_the_keyboard_alone(
    browser_page: Page, write: Callable[[str], Article]
) -> None:
    page, target = browser_page, live("Ministers sign the Kessing accord")
    ArticleFactory(headline="Kessing: a secret draft")
    article = write(BODY)
    select(page, "the accord")
    box(page)
    # What was selected is looked for at once; then something better is typed.
    page.get_by_role("option", name="Ministers sign").wait_for()
    page.keyboard.type("kessing acc")
    option = page.get_by_role("option", name="Ministers sign the Kessing accord")
    option.wait_for()
    expect(page.get_by_role("dialog").get_by_role("option")).to_have_count(1)
    assert option.get_attribute("aria-selected") == "true"
    assert "Live" in option.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    # One goes on writing where one was.
    page.keyboard.press("End")
    page.keyboard.type(" More.")
    link = f'<a data-article="{target.article_id}">the accord</a>'
    assert saved_body(page, article) == f"<p>One word, and {link} of last week. More.</p>"


def test_a_pasted_address_of_ours_becomes_a_link_to_the_story_and_another_one_a_link(
    browser_page: Page, write: Callable[[str], Article], settings: Settings, live_server: LiveServer
) -> None:
    settings.NEWSROOM_URL = live_server.url
    page, target = browser_page, live("Ministers sign the Kessing accord")
    article = write(BODY)
    select(page, "the accord")
    box(page)
    page.keyboard.insert_text(f"{live_server.url}{target.path}?utm_source=x")
    page.get_by_role("option", name="Ministers sign").click()
    select(page, "One word")
    box(page)
    page.keyboard.insert_text("example.org/report")
    page.get_by_role("option", name="Link to https://example.org/report").wait_for()
    page.keyboard.press("Enter")
    assert saved_body(page, article) == (
        '<p><a href="https://example.org/report" rel="noopener noreferrer">One word</a>, and '
        f'<a data-article="{target.article_id}">the accord</a> of last week.</p>'
    )


def test_a_link_can_be_looked_at_changed_and_removed(browser_page: Page, write: Callable[[str], Article]) -> None:
    page, first, second = browser_page, live("The first story"), live("The second story")
    article = write(f'<p>As <a data-article="{first.article_id}">we said</a>, and so on.</p>')
    link = page.locator(".cke_wysiwyg_div a")
    link.dblclick()
    dialog = page.get_by_role("dialog", name="Change the link")
    dialog.get_by_text("It leads to “The first story”").wait_for()
    page.keyboard.type("second")
    page.get_by_role("option", name="The second story").click()
    body = f'<p>As <a data-article="{second.article_id}">we said</a>, and so on.</p>'
    assert saved_body(page, article) == body
    # Looked at and left alone.
    link.dblclick()
    dialog.get_by_text("It leads to “The second story”").wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("CKEDITOR.instances.id_body.getData()").strip() == body
    link.dblclick()
    dialog.get_by_role("button", name="Remove the link").click()
    assert saved_body(page, article) == "<p>As we said, and so on.</p>"


def test_links_to_stories_that_readers_cannot_open_are_marked_and_the_text_is_untouched(
    browser_page: Page, write: Callable[[str], Article]
) -> None:
    page, target = browser_page, live("A live story")
    draft = ArticleFactory(headline="A secret draft")
    body = f'<p><a data-article="{target.article_id}">one</a> <a data-article="{draft.pk}">two</a></p>'
    article = write(body)
    after = "(link) => getComputedStyle(link, '::after').content"
    links = page.locator(".cke_wysiwyg_div a")
    while "not live" not in links.nth(1).evaluate(after):
        page.wait_for_timeout(50)
    assert "not live" not in links.nth(0).evaluate(after)
    assert not page.evaluate("CKEDITOR.instances.id_body.checkDirty()")
    links.nth(1).dblclick()
    page.get_by_text("It leads to a story that is not public yet.").wait_for()
    expect(page.get_by_text("A secret draft")).to_have_count(0)
    page.keyboard.press("Escape")
    assert saved_body(page, article) == body


def test_an_address_pasted_over_words_links_them(
    browser_page: Page, write: Callable[[str], Article], settings: Settings, live_server: LiveServer
) -> None:
    settings.NEWSROOM_URL = live_server.url
    page, target = browser_page, live("Ministers sign the Kessing accord")
    article = write(BODY)
    select(page, "the accord")
    address = f"{live_server.url}{target.path}"
    paste(page, {"text/plain": address})
    links = page.locator(f".cke_wysiwyg_div a[data-article='{target.article_id}']")
    links.wait_for()
    # In text that is pasted too.
    page.keyboard.press("Control+End")
    paste(page, {"text/plain": "As we said", "text/html": f"<p>As <a href='{address}'>we said</a></p>"})
    links.nth(1).wait_for()
    link = f'<a data-article="{target.article_id}">the accord</a>'
    body = saved_body(page, article)
    assert body.startswith(f"<p>One word, and {link} of last week.")
    assert f'As <a data-article="{target.article_id}">we said</a>' in body


def test_an_editor_takes_what_is_suggested_with_one_press_and_turns_the_rest_away(
    browser_page: Page, write: Callable[[str], Article], writer: User
) -> None:
    page = browser_page
    writer.groups.set(Group.objects.filter(name=Role.EDITOR))
    text = "<p>The harbour dredging has been stopped. Without dredging the harbour silts up.</p>"
    first, second = live("Harbour dredging begins", text), live("Harbour dredging paused", text)
    Tag.objects.create(name="Harbours", slug="harbours")
    article = write(text)
    stories, tags = (page.locator(f"[data-suggest={name}]") for name in ("related", "tag_names"))
    stories.get_by_role("button", name="Harbour dredging begins", exact=False).first.wait_for()
    # What is typed and not saved counts.
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Of harbours.")
    tags.get_by_role("button", name="Harbours", exact=True).press("Enter")
    page.get_by_text("Added “Harbours” to the tags.").wait_for()
    assert tags.is_hidden()
    stories.get_by_role("button", name="Do not suggest “Harbour dredging paused”").click()
    # The focus is where the next suggestion stands, and one key takes it.
    assert "Harbour dredging begins" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.get_by_text("Added “Harbour dredging begins” to the related stories.").wait_for()
    assert stories.is_hidden()
    saved_body(page, article)
    assert [pick.related_id for pick in article.related_picks.all()] == [first.article_id]
    assert list(article.tags.names()) == ["Harbours"]
    assert second.article_id not in article.related_picks.values_list("related", flat=True)
