"""Two people in one story, each in a browser of their own: they see each other, and no word of either is lost."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles import publishing
from articles.models import Article, Buffer, Event, Revision
from articles.permissions import Role
from newsroom import clock
from tests.browser import PATIENCE
from tests.browser.people import person, sign_in
from tests.factories import ArticleFactory, managing_editor
from tests.scale import scaled

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles")]

FIELDS = ("headline", "standfirst", "kicker", "body")


@pytest.fixture
def other_page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A second browser, with cookies of its own."""
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1300, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


@pytest.fixture
def article(roles: None) -> Article:
    """A story of three paragraphs."""
    made: Article = ArticleFactory(headline="Port tariffs", body="<p>One.</p><p>Two.</p><p>Three.</p>")
    publishing.keep(made, by=managing_editor(), at=clock.now())
    return made


def _open(page: Page, article: Article) -> None:
    """Open the form, and stay until the server knows who is there: only then can others be told."""
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.locator(".cke_wysiwyg_div").wait_for()
    page.locator("[data-together][data-known]").wait_for(state="attached")


def _paragraph(page: Page, place: int, text: str) -> None:
    """Write a paragraph anew, as a person does: into it, all of it, typed over."""
    page.evaluate(
        """([place, text]) => {
            const editor = Object.values(CKEDITOR.instances)[0];
            const paragraph = editor.editable().$.querySelectorAll("p")[place];
            editor.focus();
            const range = editor.createRange();
            range.selectNodeContents(new CKEDITOR.dom.element(paragraph));
            editor.getSelection().selectRanges([range]);
            editor.insertText(text);
        }""",
        [place, text],
    )


def _save(page: Page) -> None:
    """Press Save, and wait for the page that comes."""
    with page.expect_navigation():
        page.locator("[data-saves]").click()
    page.locator(".cke_wysiwyg_div").wait_for(state="attached")


def _texts(article: Article) -> str:
    revisions = Revision.objects.filter(article=article)
    return "".join(json.dumps(each.content, ensure_ascii=False) + each.body for each in revisions)


def test_they_see_each_other_and_one_takes_over_and_gives_it_back_without_losing_a_word(
    browser_page: Page, other_page: Page, article: Article
) -> None:
    ada, ben = browser_page, other_page
    sign_in(ada.context, person("ada", Role.EDITOR))
    sign_in(ben.context, person("ben", Role.EDITOR))
    _open(ada, article)
    ada.fill("textarea[name=standfirst]", "Typed by Ada and not saved.")
    ada.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    _open(ben, article)
    here = ben.locator("[data-here] li")
    here.wait_for()
    assert here.inner_text().startswith("ada, editing since ")
    ben.get_by_role("button", name="Take over from ada…").click()
    assert ben.locator("#dialog-take_over").inner_text().startswith("Take over from ada?")
    while not Buffer.objects.filter(person__username="ada").exists():
        ada.wait_for_timeout(100)
    with ben.expect_navigation():
        ben.locator("#dialog-take_over [data-confirms]").click()
    ben.get_by_text("You have taken it over.").wait_for()
    assert ben.locator("textarea[name=standfirst]").input_value() == "Typed by Ada and not saved."

    ada.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    taken = ada.locator("[data-taken]")
    taken.wait_for()
    assert taken.inner_text().startswith("ben took over at ")
    assert "What you had typed is revision 2." in taken.inner_text()
    assert ada.locator("textarea[name=headline]").evaluate("field => field.readOnly")
    assert ada.locator(".cke_wysiwyg_div").get_attribute("contenteditable") == "false"
    ada.keyboard.press("Control+s")
    expect(taken).to_be_visible()

    with ada.expect_navigation():
        ada.get_by_role("button", name="Take it back").click()
    ada.get_by_text("You have taken it over.").wait_for()
    assert not ada.locator("textarea[name=headline]").evaluate("field => field.readOnly")
    ben.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    ben.locator("[data-taken]").wait_for()
    assert [event.by.username for event in Event.objects.filter(verb="take_over").order_by("pk")] == ["ben", "ada"]


def test_who_has_an_open_form_learns_what_was_saved_and_done_meanwhile(
    browser_page: Page, other_page: Page, article: Article
) -> None:
    ada, ben = browser_page, other_page
    sign_in(ada.context, person("ada", Role.EDITOR))
    sign_in(ben.context, person("ben", Role.EDITOR))
    _open(ada, article)
    _open(ben, article)
    ben.fill("input[name=kicker]", "Trade")
    ben.get_by_role("button", name="Submit for review").click()
    ben.get_by_text("Submitted.").wait_for()
    ada.fill("textarea[name=standfirst]", "Ada’s")
    ada.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    saved = ada.locator("[data-saved]")
    saved.wait_for()
    assert "ben saved revision 2 at " in saved.inner_text()
    assert "Your next save joins both." in saved.inner_text()
    assert "ben submitted it for review at " in ada.locator("[data-deed]").inner_text()
    _save(ada)
    ada.get_by_text("ben saved the kicker at ").wait_for()
    assert ada.locator("input[name=kicker]").input_value() == "Trade"
    assert ada.locator("textarea[name=standfirst]").input_value() == "Ada’s"
    assert ada.locator("[data-saved]").is_hidden()


def test_both_texts_are_there_to_choose_from_with_the_keyboard(
    browser_page: Page, other_page: Page, article: Article
) -> None:
    ada, ben = browser_page, other_page
    sign_in(ada.context, person("ada", Role.EDITOR))
    sign_in(ben.context, person("ben", Role.EDITOR))
    _open(ada, article)
    _open(ben, article)
    ben.fill("textarea[name=headline]", "Port tariffs fall")
    _paragraph(ben, 1, "Two, by Ben.")
    _save(ben)
    ada.fill("textarea[name=headline]", "Port tariffs rise")
    _paragraph(ada, 1, "Two, by Ada.")
    _paragraph(ada, 2, "Three, by Ada.")
    _save(ada)
    alert = ada.locator(".desk-error--all")
    assert "Nothing is overwritten: what you typed is kept as revision 3." in alert.inner_text()
    choice = ada.locator(".desk-choice", has_text="Two versions of the headline")
    assert choice.locator("mark").all_inner_texts() == ["fall", "rise"]
    assert ada.locator("textarea[name=headline]").is_hidden()
    choice.get_by_label("Keep mine").focus()
    ada.keyboard.press("Space")
    body = ada.locator(".desk-choice", has_text="Two versions of the body")
    body.get_by_label("Write one from both, below").check()
    _paragraph(ada, 1, "Two, by both.")
    _save(ada)
    ada.get_by_text("What was not chosen stays in the history.").wait_for()
    article.refresh_from_db()
    assert article.headline == "Port tariffs rise"
    assert article.body == "<p>One.</p><p>Two, by both.</p><p>Three, by Ada.</p>"
    assert "Two, by Ben." in _texts(article)
    assert "Two, by Ada." in _texts(article)


def test_a_colleague_who_comes_in_moves_nothing_that_somebody_is_about_to_press(
    browser_page: Page, other_page: Page, article: Article
) -> None:
    ada, ben = browser_page, other_page
    sign_in(ada.context, person("ada", Role.EDITOR))
    sign_in(ben.context, person("ben", Role.EDITOR))
    _open(ada, article)
    before = ada.locator("[name=headline]").bounding_box()
    _open(ben, article)
    ada.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    ada.locator("[data-here] li").wait_for()
    assert ada.locator("[name=headline]").bounding_box() == before


def test_rounds_of_interleaved_saves_of_the_same_and_of_different_fields_lose_nothing(
    browser_page: Page, other_page: Page, article: Article
) -> None:
    driver = random.Random(20260203)
    pages = {"Ada": browser_page, "Ben": other_page}
    for name, page in pages.items():
        sign_in(page.context, person(name.lower(), Role.EDITOR))
        _open(page, article)
    typed: list[str] = []
    for round_ in range(scaled(3, 100)):
        names = driver.sample(list(pages), 2)
        same = driver.choice((None, *FIELDS))
        # Both type before either saves.
        for name in names:
            field = same or driver.choice(FIELDS)
            text = f"{name}-{round_} {field}"
            typed.append(text)
            if field == "body":
                _paragraph(pages[name], driver.randrange(3), text)
            else:
                pages[name].locator(f"[name={field}]").fill(text)
        for name in names:
            page = pages[name]
            _save(page)
            for _ in range(3):
                choices = page.locator(".desk-choice").all()
                if not choices:
                    break
                for choice in choices:
                    choice.locator(f"input[value={driver.choice(('theirs', 'mine', 'both'))}]").check()
                _save(page)
            expect(page.locator(".desk-choice")).to_have_count(0)
        everything = _texts(article)
        lost = [text for text in typed if text not in everything]
        assert not lost, f"round {round_}: {lost}"
        article.refresh_from_db()
        assert article.head_revision is not None
        assert article.head_revision.content["headline"] == article.headline
        assert article.head_revision.body == article.body
