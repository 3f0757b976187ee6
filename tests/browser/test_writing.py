"""What a person who writes sees: marks that set themselves and can be taken back, keys, focus, quotes, subheads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from articles.permissions import Role
from tests.browser.test_desk import ADD, _person, _sign_in
from tests.factories import ArticleFactory, kept, managing_editor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles")]

CASES = json.loads((Path(__file__).parents[1] / "data" / "typography.json").read_text(encoding="utf-8"))
BODY = "CKEDITOR.instances.id_body.getData()"


def _open(page: Page, path: str = ADD) -> None:
    """A story's form, with the editor ready."""
    _sign_in(page, _person("edda", Role.EDITOR))
    page.goto(path)
    page.locator(".cke_wysiwyg_div[contenteditable=true]").wait_for()


def _write(page: Page, text: str) -> None:
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.type(text)


def test_the_desks_script_sets_every_case_as_the_server_does_also_while_it_is_typed(browser_page: Page) -> None:
    page = browser_page
    _open(page)
    plain, html = CASES["plain"], CASES["html"]
    typed = "all => all.map(text => deskTypography.typeset(text))"
    assert page.evaluate(typed, [text for text, _ in plain]) == [set_ for _, set_ in plain]
    bodies = """all => all.map(text => {
        const box = document.createElement("div");
        box.innerHTML = text;
        deskTypography.setWithin(box);
        return box.innerHTML;
    })"""
    assert page.evaluate(bodies, [text for text, _ in html]) == [set_ for _, set_ in html]

    # As a keyboard does it, but without its pauses.
    letter_by_letter = """(field, all) => all.map(text => {
        field.value = "";
        field.focus();
        for (const letter of text) {
            field.dispatchEvent(new InputEvent("beforeinput", {inputType: "insertText", bubbles: true}));
            document.execCommand("insertText", false, letter);
        }
        return field.value;
    })"""
    field = page.locator("textarea[name=standfirst]")
    assert field.evaluate(letter_by_letter, [text for text, _ in plain]) == [set_ for _, set_ in plain]


def test_a_mark_that_was_taken_back_stays_straight(browser_page: Page) -> None:
    page = browser_page
    _open(page)
    field = page.locator("textarea[name=headline]")
    for key in ("Backspace", "Control+z"):
        field.fill("")
        field.press_sequentially('A "')
        assert field.input_value() == "A “"
        page.keyboard.press(key)
        assert field.input_value() == 'A "'
        page.keyboard.type("word' -- rock 'n' roll")
        assert field.input_value() == 'A "word’ – rock ’n’ roll'
    assert page.locator("input[name=slug]").get_attribute("data-typeset") is None
    slug = page.locator("input[name=canonical_url]")
    page.get_by_text("Address and syndication").click()
    slug.press_sequentially("https://example.org/'a'--b")
    assert slug.input_value() == "https://example.org/'a'--b"


def test_marks_set_themselves_in_the_body_across_what_is_emphasised(browser_page: Page) -> None:
    page = browser_page
    _open(page)
    _write(page, '"')
    page.keyboard.press("Control+i")
    page.keyboard.type("No")
    page.keyboard.press("Control+i")
    page.keyboard.type(",\" she said -- it's rock 'n' roll from the '90s...")
    page.keyboard.press("Enter")
    page.keyboard.type('"Mr Smith walked 10 km."')
    assert page.evaluate(BODY).replace("\n", "") == (
        "<p>“<em>No</em>,” she said&nbsp;– it’s rock ’n’ roll from the ’90s…</p>"
        "<p>“Mr&nbsp;Smith walked 10&nbsp;km.”</p>"
    )


@pytest.mark.parametrize("key", ["Backspace", "Control+z"])
def test_a_mark_in_the_body_can_be_taken_back(browser_page: Page, key: str) -> None:
    page = browser_page
    _open(page)
    _write(page, 'He said "')
    assert page.locator(".cke_wysiwyg_div").inner_text().strip() == "He said “"
    page.keyboard.press(key)
    page.keyboard.type('no" more')
    assert page.locator(".cke_wysiwyg_div").inner_text().strip() == 'He said "no” more'


def test_what_stood_straight_before_is_left_and_what_is_pasted_is_set(browser_page: Page) -> None:
    page = browser_page
    story = kept(ArticleFactory(body='<p>An "old" text.</p>', created_by=managing_editor())).article
    _open(page, f"/admin/articles/article/{story.pk}/change/")
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(' "New"')
    page.keyboard.press("Enter")
    paste = "html => CKEDITOR.instances.id_body.execCommand('paste', {dataValue: html, notification: false})"
    page.evaluate(paste, '<p>It\'s "<em>pasted</em>"...</p>')
    page.locator(".cke_wysiwyg_div", has_text="…").wait_for()
    assert page.evaluate(BODY).replace("\n", "") == '<p>An "old" text. “New”</p><p>It’s “<em>pasted</em>”…</p>'
    page.keyboard.press("Control+z")
    assert 'It\'s "<em>pasted</em>"...' in page.evaluate(BODY)
