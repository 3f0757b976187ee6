"""Writing, losing and finding words again in a real browser, for tests of what is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from articles import publishing
from articles.models import Article
from newsroom import clock
from tests.browser.people import ADD
from tests.factories import ArticleFactory, managing_editor

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

TYPED = "Typed and not saved"


def begun(**attributes: Any) -> Article:
    """A story with one revision."""
    article: Article = ArticleFactory(**{"headline": "As it was", "body": "<p>As it was.</p>", **attributes})
    publishing.keep(article, by=managing_editor(), at=clock.now())
    article.refresh_from_db()
    return article


def open_form(page: Page, article: Article | None) -> None:
    """The form of a story, or of a new one, ready to write in."""
    page.goto(f"/admin/articles/article/{article.pk}/change/" if article else ADD)
    page.locator(".cke_wysiwyg_div").wait_for()


def type_words(page: Page, text: str = TYPED) -> None:
    """In the headline and at the end of the body, as a person does."""
    page.locator("textarea[name=headline]").fill(text)
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {text}.")


def hurry(page: Page) -> None:
    """The window loses the focus, at which words are kept at once."""
    page.evaluate("window.dispatchEvent(new Event('blur'))")


def kept_line(page: Page) -> Locator:
    """The line under Save."""
    return page.locator(".desk-panel [data-kept-text]")


def until(page: Page, text: str) -> None:
    """Wait until the line under Save begins with `text`."""
    kept_line(page).filter(has_text=re.compile(f"^{text}")).wait_for()


def offer(page: Page, text: str = "that are not saved") -> Locator:
    """Unsaved words that are offered back."""
    found = page.locator(".desk-offer", has_text=text)
    found.wait_for()
    return found


def put_back(page: Page, banner: Locator) -> None:
    """Take an offer."""
    banner.get_by_role("button", name="Put them back").click()
    page.get_by_text("They are back in the form").wait_for()


def assert_the_words_are_back(page: Page, text: str = TYPED, before: str = "As it was. ") -> None:
    """What `type_words` typed is in the form."""
    assert page.locator("textarea[name=headline]").input_value() == text
    body = page.locator(".cke_wysiwyg_div").inner_text()
    assert " ".join(body.split()) == f"{before}{text}."


def save(page: Page) -> None:
    """Save, and wait until it is."""
    page.locator("[data-saves]").click()
    page.get_by_text("Saved as revision").first.wait_for()


def left_behind(page: Page, article: Article | None, reopened: Callable[[Article | None], Page]) -> Page:
    """Type, wait until it is kept, lose the tab as in a crash; returns the story opened again."""
    open_form(page, article)
    type_words(page)
    until(page, "Kept")
    page.close(run_before_unload=False)
    return reopened(article)
