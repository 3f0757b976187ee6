"""What a person who writes sees: marks that set themselves and can be taken back, keys, focus, quotes, subheads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles.models import Article
from articles.permissions import Role
from newsroom import plaintext
from tests.browser.people import ADD, person, sign_in
from tests.factories import ArticleFactory, AuthorFactory, SectionFactory, kept, managing_editor

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles")]

CASES = json.loads((Path(__file__).parents[1] / "data" / "typography.json").read_text(encoding="utf-8"))
BODY = "CKEDITOR.instances.id_body.getData()"


def _open(page: Page, path: str = ADD) -> None:
    """A story's form, with the editor ready."""
    sign_in(page.context, person("edda", Role.EDITOR))
    page.goto(path)
    page.locator(".cke_wysiwyg_div[contenteditable=true]").wait_for()


def _write(page: Page, text: str) -> None:
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.type(text)


def test_the_desks_script_sets_every_case_as_the_server_does_also_while_it_is_typed(browser_page: Page) -> None:
    page = browser_page
    sign_in(page.context, person("maud", Role.MANAGING_EDITOR))
    page.goto("/admin/authors/author/add/")
    plain, html = CASES["plain"], CASES["html"]
    typed = "all => all.map(([text, , language]) => deskTypography.typeset(text, language))"
    assert page.evaluate(typed, plain) == [set_ for _, set_, *_ in plain]
    bodies = """all => all.map(([text, , language]) => {
        const box = document.createElement("div");
        box.innerHTML = text;
        deskTypography.setWithin(box, { language });
        return box.innerHTML;
    })"""
    assert page.evaluate(bodies, html) == [set_ for _, set_, *_ in html]

    # As a keyboard does it, but without its pauses. A field elsewhere than in a story is the newsroom's.
    letter_by_letter = """(field, all) => all.map(([text, , language]) => {
        document.documentElement.lang = language ?? "en-GB";
        field.value = "";
        field.focus();
        for (const letter of text) {
            field.dispatchEvent(new InputEvent("beforeinput", {inputType: "insertText", bubbles: true}));
            document.execCommand("insertText", false, letter);
        }
        return field.value;
    })"""
    field = page.locator("textarea[name=biography]")
    assert field.evaluate(letter_by_letter, plain) == [set_ for _, set_, *_ in plain]


def test_marks_are_those_of_the_storys_language_from_when_it_is_chosen(browser_page: Page) -> None:
    page = browser_page
    _open(page)
    headline = page.locator("textarea[name=headline]")
    headline.press_sequentially('"One" ')
    page.get_by_text("Address, language and syndication").click()
    page.locator("select[name=language]").select_option("de")
    headline.press_sequentially('"Zwei" ')
    _write(page, '"Drei" - geht\'s?')
    page.locator("select[name=language]").select_option("fr")
    headline.press_sequentially('"Trois"?')
    assert headline.input_value() == "“One” „Zwei“ «\u202fTrois\u202f»\u202f?"
    assert page.evaluate(BODY).strip() == "<p>„Drei“&nbsp;– geht’s?</p>"
    page.locator("select[name=language]").select_option("")
    headline.press_sequentially(' "Four"')
    assert headline.input_value().endswith("“Four”")


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
    page.get_by_text("Address, language and syndication").click()
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


def _states(page: Page) -> list[str]:
    """Which of the two quotes' buttons are pressed."""
    names = ("blockquote", "pullquote")
    return [name for name in names if page.locator(f".cke_button__{name}.cke_button_on").count()]


def test_a_quote_becomes_a_pull_quote_and_back_by_keyboard_and_by_button(browser_page: Page) -> None:
    page = browser_page
    _open(page)
    _write(page, "Before\nA thing that was said")

    page.keyboard.press("Control+Alt+6")
    quote = page.locator(".cke_wysiwyg_div blockquote")
    assert page.evaluate(BODY).replace("\n", "").replace("\t", "") == (
        '<p>Before</p><blockquote data-kind="pull"><p>A thing that was said</p></blockquote>'
    )
    assert _states(page) == ["pullquote"]
    assert quote.evaluate("quote => getComputedStyle(quote).borderTopWidth") == "1px"

    page.keyboard.press("Control+Alt+5")
    assert quote.get_attribute("data-kind") is None
    assert _states(page) == ["blockquote"]
    page.locator(".cke_button__pullquote").click()
    assert (quote.get_attribute("data-kind"), _states(page)) == ("pull", ["pullquote"])
    page.locator(".cke_button__blockquote").click()
    assert (quote.get_attribute("data-kind"), _states(page)) == (None, ["blockquote"])
    page.locator(".cke_button__pullquote").click()
    page.keyboard.press("Control+z")
    assert quote.get_attribute("data-kind") is None
    page.keyboard.press("Control+y")
    page.locator(".cke_button__pullquote").click()
    assert (quote.count(), _states(page)) == (0, [])


def test_a_pull_quote_is_saved_and_readers_see_it(browser_page: Page) -> None:
    page = browser_page
    story = kept(ArticleFactory(body="<p>Before</p>", created_by=managing_editor())).article
    _open(page, f"/admin/articles/article/{story.pk}/change/")
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("Said")
    page.keyboard.press("Control+Alt+6")
    page.keyboard.press("Control+s")
    page.get_by_text("Saved as revision 2.").wait_for()
    story.refresh_from_db()
    assert story.body == '<p>Before</p><blockquote data-kind="pull"><p>Said</p></blockquote>'


def test_subheads_cannot_skip_a_level(browser_page: Page) -> None:
    page = browser_page
    _open(page)
    _write(page, "One")
    page.keyboard.press("Control+Alt+2")
    assert page.evaluate(BODY).strip() == "<h2>One</h2>"
    page.locator("[data-focus-said]", has_text="now a subhead").wait_for(state="attached")
    page.keyboard.type(" more")
    page.keyboard.press("Enter")
    page.keyboard.type("Text")
    page.keyboard.press("Enter")
    page.keyboard.type("Two")
    page.keyboard.press("Control+Alt+2")
    assert page.evaluate(BODY).replace("\n", "") == "<h2>One more</h2><p>Text</p><h3>Two</h3>"
    # The first subhead goes, and the lower one takes its place; undoing brings both back.
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+Alt+0")
    assert page.evaluate(BODY).replace("\n", "") == "<p>One more</p><p>Text</p><h2>Two</h2>"
    page.keyboard.press("Control+z")
    assert page.evaluate(BODY).replace("\n", "") == "<h2>One more</h2><p>Text</p><h3>Two</h3>"
    page.locator(".cke_combo__format").click()
    kinds = page.frame_locator(".cke_panel_frame").locator(".cke_panel_listItem")
    assert [kind.strip() for kind in kinds.all_inner_texts()] == ["Text", "Subhead", "Sub-subhead"]


def test_the_help_sheet_shows_what_applies_here_and_its_keys_act(browser_page: Page) -> None:
    page = browser_page
    _open(page)
    sheet = page.locator("#desk-keys")

    page.locator("textarea[name=headline]").press("?")
    expect(sheet).to_have_count(0)
    assert page.locator("textarea[name=headline]").input_value() == "?"
    page.keyboard.press("Control+/")
    assert sheet.get_by_text("Pull quote", exact=True).is_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    assert page.locator("textarea[name=headline]").evaluate("field => field === document.activeElement")

    page.locator("textarea[name=headline]").fill("A headline to find it by")
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator("#dialog-publish")).to_be_visible()
    page.keyboard.press("Control+s")  # behind a dialog nothing is saved, and the browser does not save the page
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Alt+p")
    page.locator("[data-preview-pane]").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+s")
    page.get_by_text("Saved as revision 1.").wait_for()

    page.goto("/admin/articles/article/")
    page.get_by_role("button", name="Keys").click()
    assert sheet.get_by_text("Search", exact=True).is_visible()
    assert sheet.get_by_text("Save", exact=True).count() == 0
    sheet.get_by_label("? and / without another key").uncheck()
    sheet.get_by_role("button", name="Close").click()
    page.keyboard.press("?")
    expect(sheet).to_have_count(0)
    page.keyboard.press("Control+/")
    sheet.get_by_label("? and / without another key").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.locator("[role=search] input[type=search]").evaluate("field => field === document.activeElement")
    page.keyboard.type("find?")
    expect(sheet).to_have_count(0)
    page.locator("[role=search] input[type=search]").evaluate("field => field.blur()")
    page.keyboard.press("?")
    expect(sheet).to_be_visible()


def test_keys_submit_for_who_may_not_publish(browser_page: Page) -> None:
    page = browser_page
    writer = person("wren", Role.WRITER)
    AuthorFactory(name="Wren Adair", user=writer)
    SectionFactory(name="World", slug="world")
    sign_in(page.context, writer)
    page.goto(ADD)
    page.fill("textarea[name=headline]", "What the accord says")
    page.select_option("select[name=section]", label="World")
    _write(page, "Text.")
    page.keyboard.press("Control+/")
    sheet = page.locator("#desk-keys")
    expect(sheet.get_by_text("Submit for review")).to_be_visible()
    expect(sheet.get_by_text("Publish")).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+s")
    page.get_by_text("Saved as revision 1.").wait_for()
    # In a comment the same key says the comment.
    page.get_by_text("Talk about this story").click()
    page.locator("[data-talk-text]").fill("Is it long enough?")
    page.locator("[data-talk-text]").press("Control+Enter")
    page.locator("[data-talk-lines]", has_text="Is it long enough?").wait_for()
    assert Article.objects.get().stage == "draft"
    page.locator("textarea[name=headline]").click()
    page.keyboard.press("Control+Shift+Enter")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Submitted.").wait_for()
    assert Article.objects.get().stage == "in_review"


@pytest.mark.parametrize("width", [390, 1300])
def test_only_the_text_stays_so_until_it_is_left_and_can_be_saved(browser_page: Page, width: int) -> None:
    page = browser_page
    page.set_viewport_size({"width": width, "height": 800})
    story = kept(ArticleFactory(created_by=managing_editor())).article
    _open(page, f"/admin/articles/article/{story.pk}/change/")
    page.get_by_role("button", name="Only the text").click()
    side = page.locator(".desk-panel")
    expect(side).not_to_be_visible()
    expect(page.locator("#nav-sidebar")).not_to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.reload()
    page.locator(".cke_wysiwyg_div[contenteditable=true]").wait_for()
    expect(side).not_to_be_visible()
    expect(page.locator(".desk-savebar [data-kept]")).to_be_visible()
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator("#dialog-publish")).to_be_visible()
    page.keyboard.press("Escape")
    assert not side.is_visible()  # that closed the dialog

    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.type("More. ")
    page.locator(".desk-savebar").get_by_role("button", name="Save").click()
    page.get_by_text("Saved as revision 2.").wait_for()
    expect(side).not_to_be_visible()
    page.keyboard.press("Escape")
    side.wait_for()
    page.keyboard.press("Control+Alt+g")
    expect(side).not_to_be_visible()
    page.get_by_role("button", name="Show the rest").click()
    side.wait_for()


def test_length_and_cuts_are_told_while_one_types(browser_page: Page) -> None:
    page = browser_page
    _open(page)
    _write(page, "It is a well-known fact – seven words.\nTwo more.")
    foot = page.locator(".desk-foot__length")
    foot.get_by_text("9 words").wait_for()
    assert "1 minute to read" in foot.inner_text()
    page.keyboard.press("Shift+Home")
    foot.get_by_text("2 words selected").wait_for()

    page.get_by_text("Fronts, search and social").click()
    title = page.locator("input[name=seo_title]")
    title.fill("Ten words that say more than anybody would ever see of them here")
    assert page.locator("[data-counter-of=seo_title]").inner_text() == "64 of 60, cut after “them”"
    card = page.locator("[data-card-of=seo_title]")
    assert card.locator("[data-shown]").inner_text() == "Ten words that say more than anybody would ever see of them"
    assert card.locator("[data-rest]").inner_text().strip() == "here"
    # A shared link has more room, and takes its title from the one for search.
    shared = page.locator("[data-card-of=social_title]")
    assert shared.locator("[data-shown]").inner_text() == title.input_value()
    expect(shared.locator("[data-cut]")).not_to_be_visible()


def test_the_desk_cuts_where_the_site_cuts(browser_page: Page) -> None:
    page = browser_page
    _open(page)
    texts = [
        "one two three",
        "one two – three",
        "onetwothreefour",
        "one (two) three",
        "“One”, two",
        "a 👩‍👩‍👧‍👦 b c",
        "",
        "é" * 30,
    ]
    limits = range(1, 16)
    cuts = page.evaluate(
        "([all, limits]) => all.map(text => limits.map(limit => deskLength.cut(text, limit)))", [texts, list(limits)]
    )
    for text, of_text in zip(texts, cuts, strict=True):
        for limit, cut in zip(limits, of_text, strict=True):
            assert cut["shown"] + cut["rest"] == text
            assert (cut["shown"] + "…" if cut["rest"] else cut["shown"]) == plaintext.shorten(text, limit)
