"""The desk in Chromium, as people use it: written, submitted, published, read. No page breaks the content policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles import publishing
from articles.models import Article, Edition
from articles.permissions import Role
from newsroom import clock
from newsroom.local_time import wall_clock
from tests.browser.people import ADD, person, sign_in, sign_in_by_the_form
from tests.factories import (
    DAY,
    HOUR,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    managing_editor,
    published,
    updated,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page


pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles")]


def _write(page: Page, text: str) -> None:
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.type(text)


def test_a_writer_writes_and_submits_an_editor_publishes_and_a_reader_reads(browser_page: Page) -> None:
    page = browser_page
    writer, editor = person("wren", Role.WRITER), person("edda", Role.EDITOR)
    AuthorFactory(name="Wren Adair", user=writer)
    SectionFactory(name="World", slug="world")

    sign_in_by_the_form(page, writer)
    page.goto(ADD)
    page.fill("textarea[name=headline]", "What the accord says")
    page.fill("textarea[name=standfirst]", "The text is forty pages long.")
    page.select_option("select[name=section]", label="World")
    _write(page, "The first paragraph.\nThe second one.")
    page.locator("[data-saves]").click()
    page.get_by_text("Saved as revision 1.").wait_for()
    page.get_by_role("button", name="Submit for review").click()
    page.get_by_text("Submitted.").wait_for()
    expect(page.get_by_text("is in review")).to_be_visible()
    assert page.get_by_role("button", name="Publish now…").count() == 0

    sign_in_by_the_form(page, editor)
    page.get_by_role("link", name="What the accord says").first.click()
    page.wait_for_url("**/change/")
    # What is typed just before publishing is part of what is published.
    _write(page, "")
    page.keyboard.press("Control+End")
    page.keyboard.type(" And a last word.")
    page.get_by_role("button", name="Publish now…").click()
    page.locator("#dialog-publish [data-confirms]").click()
    page.get_by_text("Published. Readers see it now.").wait_for()

    edition = Edition.objects.live(at=clock.now()).get()
    page.context.clear_cookies()
    page.goto(edition.path)
    assert page.locator("h1").inner_text() == "What the accord says"
    paragraphs = page.locator(".body p").all_inner_texts()
    assert paragraphs == ["The first paragraph.", "The second one. And a last word."]
    assert page.get_by_role("link", name="Wren Adair").count() >= 1


def test_an_editor_picks_authors_tags_and_related_stories_by_search_and_orders_them(browser_page: Page) -> None:
    page, editor = browser_page, person("edda", Role.EDITOR)
    article = ArticleFactory(headline="The story itself", bylines=[])
    publishing.keep(article, by=managing_editor(), at=clock.now())
    AuthorFactory(name="Ada Kilbride")
    AuthorFactory(name="Ben Orton")
    ArticleFactory(headline="Tariffs at the port")
    ArticleFactory(headline="Tariffs on salt")
    sign_in_by_the_form(page, editor)
    page.goto(f"/admin/articles/article/{article.pk}/change/")

    for name in ("Ada", "Ben"):
        page.get_by_role("combobox", name="Byline").fill(name)
        page.locator("[data-picks-results]:not([hidden]) [aria-selected=true]", has_text=name).wait_for()
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Move up").last.click()
    page.get_by_role("combobox", name="Tags").fill("Kessing accord")
    page.get_by_role("option", name="New tag “Kessing accord”").click()
    for name in ("Tariffs at", "Tariffs on"):
        page.get_by_role("combobox", name="Related stories").fill(name)
        page.get_by_role("option", name=name).click()
    rows = page.locator("[data-picks]:has([name='related-shown']) [data-pick]")
    rows.nth(1).drag_to(rows.nth(0), target_position={"x": 20, "y": 2})
    page.locator("[data-saves]").click()
    page.get_by_text("Saved as revision 2.").wait_for()

    assert [author.name for author in article.authors.order_by("bylines__position")] == ["Ben Orton", "Ada Kilbride"]
    assert list(article.tags.names()) == ["Kessing accord"]
    assert [pick.related.headline for pick in article.related_picks.all()] == ["Tariffs on salt", "Tariffs at the port"]


def test_empty_search_texts_show_what_stands_in_for_them_and_count_it(browser_page: Page) -> None:
    page, editor = browser_page, person("edda", Role.EDITOR)
    sign_in_by_the_form(page, editor)
    page.goto(ADD)
    page.fill("textarea[name=headline]", "Ten chars!")
    page.get_by_text("Fronts, search and social").click()
    title = page.locator("input[name=seo_title]")
    assert title.get_attribute("placeholder") == "Ten chars!"
    assert page.locator("[data-counter-of=seo_title]").inner_text() == "10 of 60, taken from above"
    title.fill("x" * 61)
    assert "is-over" in (page.locator("[data-counter-of=seo_title]").get_attribute("class") or "")
    assert page.locator("input[name=social_title]").get_attribute("placeholder") == "x" * 61


def test_a_refused_dialog_opens_again_with_what_was_typed(browser_page: Page) -> None:
    page, editor = browser_page, person("edda", Role.EDITOR)
    article = ArticleFactory()
    publishing.keep(article, by=managing_editor(), at=clock.now())
    sign_in_by_the_form(page, editor)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.get_by_role("button", name="Schedule…").click()
    page.locator("#dialog-schedule input[type=datetime-local]").fill("2001-01-01T06:00")
    page.keyboard.press("Enter")
    dialog = page.locator("#dialog-schedule")
    page.wait_for_url("**/change/")
    dialog.wait_for()
    assert dialog.locator("input[type=datetime-local]").input_value() == "2001-01-01T06:00"
    assert Article.objects.get(pk=article.pk).editions.count() == 0


def test_scheduling_asks_only_about_updates_that_come_later(browser_page: Page) -> None:
    page, editor, now = browser_page, person("edda", Role.EDITOR), clock.now()
    article = published(at=now - HOUR).article
    updated(article, live_from=now + 2 * DAY, at=now, headline="In two days")
    sign_in(page.context, editor)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.locator("[data-opens=dialog-schedule]").first.click()
    dialog = page.locator("#dialog-schedule")
    question = dialog.get_by_role("group", name="The update of")
    for ahead, is_asked in ((3 * DAY, False), (DAY, True)):
        dialog.locator("input[type=datetime-local]").fill(f"{wall_clock(now + ahead):%Y-%m-%dT%H:%M}")
        assert question.is_visible() == is_asked


@pytest.mark.parametrize("width", [390, 1300])
def test_the_form_fits_its_window(browser_page: Page, width: int) -> None:
    page, editor = browser_page, person("edda", Role.EDITOR)
    article = ArticleFactory(tag_names=["A", "B"])
    publishing.keep(article, by=managing_editor(), at=clock.now())
    sign_in_by_the_form(page, editor)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.locator(".cke_wysiwyg_div").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    writing, side = (page.locator(name).bounding_box() for name in (".desk-writing", ".desk-side"))
    assert writing is not None
    assert side is not None
    assert (side["x"] >= writing["x"] + writing["width"]) == (width == 1300)


def test_every_page_of_the_desk_keeps_to_its_policy(browser_page: Page) -> None:
    page, chief = browser_page, person("may", Role.MANAGING_EDITOR)
    article = ArticleFactory()
    publishing.keep(article, by=chief, at=clock.now())
    sign_in_by_the_form(page, chief)
    story = f"/admin/articles/article/{article.pk}"
    for path in (
        "/admin/articles/article/",
        f"{story}/change/",
        f"{story}/history/",
        f"{story}/preview/",
        "/admin/articles/section/add/",
        "/admin/articles/photo/add/",
        "/admin/taggit/tag/add/",
        "/admin/authors/author/add/",
        "/admin/authors/user/add/",
        f"/admin/authors/user/{chief.pk}/change/",
        "/admin/password_change/",
    ):
        response = page.goto(path)
        assert response is not None
        assert response.status == 200, path
        policy = response.headers["content-security-policy"]
        assert "unsafe-eval" not in policy
        assert ("unsafe-inline" in policy) == path.endswith(f"article/{article.pk}/change/"), path
        page.wait_for_load_state("networkidle")
    # The theme itself still works.
    page.goto("/admin/")
    page.get_by_text("may", exact=True).first.click()
    page.get_by_text("Dark", exact=True).click()
    expect(page.locator("html.dark")).to_have_count(1)
