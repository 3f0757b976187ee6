"""Copy in Chromium: pasted, taken in, published, read. And the editor: what is loaded into it comes out as it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles.importers import read_pasted
from articles.models import Article
from articles.permissions import Role
from newsroom import richtext
from tests.browser.people import person, sign_in
from tests.factories import ArticleFactory, SectionFactory, managing_editor, published

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles")]

AVERLAND = (Path(__file__).parents[1] / "data" / "copy" / "averland.txt").read_text(encoding="utf-8")

BODY = (
    '<h2>A &amp; b</h2><p>One <strong>two</strong> <em>three</em> <a href="https://example.org/?a=1&amp;b=2" '
    'rel="noopener noreferrer">four</a> <a data-article="7">five</a> 10&nbsp;km<br>next line</p><h3>1. C</h3>'
    '<ul><li>a<ul><li>b</li></ul></li></ul><ol start="3"><li>c</li></ol><figure data-photo="9"></figure>'
    '<blockquote data-kind="pull"><p>d</p></blockquote><table><caption>T</caption><thead><tr><th scope="col">e</th>'
    '<th scope="col">f</th></tr></thead><tbody><tr><td colspan="2">g</td></tr><tr><td>h</td><td>i</td></tr>'
    "</tbody></table><p>End</p>"
)


def test_pasted_copy_comes_out_on_the_readers_page_in_its_shape(browser_page: Page) -> None:
    page = browser_page
    SectionFactory(name="World", slug="world")
    for related in read_pasted(AVERLAND).related:
        published(headline=related.headline, standfirst=f"{related.teaser}, said those who know. " * 3)
    sign_in(page.context, person("edda", Role.EDITOR))
    page.goto("/admin/articles/article/")
    page.get_by_role("link", name="New story from text").click()
    page.select_option("select[name=section]", label="World")
    page.fill("textarea[name=text]", AVERLAND)
    page.get_by_role("button", name="Make the story").click()
    page.wait_for_url("**/change/")
    expect(page.get_by_text("was taken in as a draft")).to_be_visible()
    expect(page.get_by_text("Maren Oakley (new, without a login)")).to_be_visible()
    page.get_by_role("button", name="Publish now…").click()
    page.locator("#dialog-publish [data-confirms]").click()
    page.get_by_text("Published. Readers see it now.").wait_for()
    edition = Article.objects.get(headline__startswith="What the Kelder").editions.get()
    page.goto(edition.path)

    assert page.locator("h1").all_inner_texts() == ["What the Kelder tariffs would cost Averland"]
    tree = page.locator(".body h2, .body h3").evaluate_all("all => all.map(e => e.tagName)")
    assert tree == ["H2", "H2", "H3", "H3", "H3", "H2", "H3", "H3", "H3", "H2"]
    expect(page.locator(".body ul")).to_have_count(1)
    expect(page.locator(".body li")).to_have_count(3)
    teasers = page.locator(".teaser__words").all_inner_texts()
    assert len(teasers) == 6
    assert all(teaser.endswith("…") and len(teaser) <= 120 for teaser in teasers)
    assert page.get_by_role("link", name="Maren Oakley").first.get_attribute("href") == "/authors/maren-oakley/"


def test_what_is_loaded_into_the_editor_comes_out_as_it_was(browser_page: Page) -> None:
    page = browser_page
    body = richtext.clean(BODY)
    assert body == BODY
    story = ArticleFactory(body=body, created_by=managing_editor())
    sign_in(page.context, person("edda", Role.EDITOR))
    page.goto(f"/admin/articles/article/{story.pk}/change/")
    page.locator(".cke_wysiwyg_div h2").wait_for()

    assert richtext.clean(page.evaluate("CKEDITOR.instances.id_body.getData()")) == body


def test_the_buttons_stay_in_view_however_long_the_text_is(browser_page: Page) -> None:
    page = browser_page
    story = ArticleFactory(body="<p>A paragraph.</p>" * 90, created_by=managing_editor())
    sign_in(page.context, person("edda", Role.EDITOR))
    page.goto(f"/admin/articles/article/{story.pk}/change/")
    page.locator(".cke_wysiwyg_div p").last.scroll_into_view_if_needed()
    buttons = page.locator(".cke_top").bounding_box()
    assert buttons is not None
    assert buttons["y"] >= 0

    page.locator(".cke_button__maximize").click()
    column = page.locator(".cke_wysiwyg_div p").first.bounding_box()
    assert column is not None
    assert column["width"] <= 640


def test_headings_and_marks_survive_being_pasted_and_nothing_else_does(browser_page: Page) -> None:
    page = browser_page
    sign_in(page.context, person("edda", Role.EDITOR))
    page.goto("/admin/articles/article/add/")
    page.locator(".cke_wysiwyg_div").click()
    page.evaluate(
        "html => CKEDITOR.instances.id_body.execCommand('paste', {type: 'html', dataValue: html, notification: false})",
        '<h1 style="color:red" onclick="x()">One</h1><p class="x" style="font-size:40px">a <b>b</b> <i>c</i>'
        '<img src="https://evil.example/x.gif" onerror="x()"></p><h5>Two</h5><p><a href="https://example.org/" '
        'target="_blank" onclick="x()">d</a></p><div><div>e</div></div><script>x()</script>',
    )
    page.locator(".cke_wysiwyg_div h3").wait_for()
    data = page.evaluate("CKEDITOR.instances.id_body.getData()")

    assert "style" not in data
    assert "onclick" not in data
    assert "img" not in data
    assert richtext.clean(data) == (
        "<h2>One</h2><p>a <strong>b</strong> <em>c</em></p><h3>Two</h3>"
        '<p><a href="https://example.org/" rel="noopener noreferrer">d</a></p><p>e</p>'
    )
