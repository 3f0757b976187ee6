"""Pasting in Chromium: from Word and Google Docs, with and without a server, while somebody goes on writing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser

from articles.models import Article, Photo
from articles.permissions import Role
from newsroom import richtext
from tests.browser.people import ADD, person, sign_in
from tests.factories import ArticleFactory, managing_editor
from tests.pasted import document, rtf_of, word
from tests.pictures import file_of, quarters

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles", "media")]

TEXT = "**/paste/"
PASTE = """([html, text, rtf, file]) => {
  const transfer = new DataTransfer();
  if (html) transfer.setData("text/html", html);
  if (text) transfer.setData("text/plain", text);
  if (rtf) transfer.setData("text/rtf", rtf);
  if (file.length) transfer.items.add(new File([Uint8Array.from(file)], "image.png", {type: "image/png"}));
  document.querySelector(".cke_wysiwyg_div").dispatchEvent(
    new ClipboardEvent("paste", {clipboardData: transfer, bubbles: true, cancelable: true}));
}"""


def write(page: Page, *, role: Role = Role.EDITOR, body: str = "") -> None:
    """Sit down at a story, with the caret at its end."""
    page.set_default_timeout(60_000)  # long documents, on a machine that may have much else to do
    sign_in(page.context, person("edda", role))
    story = ArticleFactory(headline="The harbour", body=body, created_by=managing_editor()) if body else None
    page.goto(f"/admin/articles/article/{story.pk}/change/" if story else ADD)
    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.press("Control+End")
    if not body:
        page.fill("textarea[name=headline]", "The harbour")
        page.locator(".cke_wysiwyg_div").click()


def put_caret(page: Page, *keys: str) -> None:
    """Put the caret into the text, and where these keys lead."""
    page.locator(".cke_wysiwyg_div").click()
    for key in keys:
        page.keyboard.press(key)


def paste(page: Page, html: str = "", text: str = "", *, rtf: str = "", file: bytes = b"") -> None:
    """What Ctrl+V does with such a clipboard."""
    page.evaluate(PASTE, [html, text, rtf, list(file)])
    # The editor takes it up with its next timer. Keys that come before that are no person's.
    page.evaluate("() => new Promise((done) => setTimeout(done, 20))")


def settle(page: Page) -> None:
    """Wait until nothing is on its way any more."""
    said = page.locator(
        "[data-pasting] [data-spoken]", has_text=re.compile("left out|library and|Pasted|without the server")
    )
    said.wait_for(state="attached")
    page.locator("[data-pasting] [data-state]").wait_for(state="hidden")


def data(page: Page) -> str:
    """What the editor would save."""
    return str(page.evaluate("CKEDITOR.instances.id_body.getData()"))


def save(page: Page) -> Article:
    """Save, and the story as it is stored."""
    page.locator("[data-saves]").click()
    page.get_by_text(re.compile(r"Saved as revision \d+\.")).wait_for()
    return Article.objects.get()


def note(page: Page) -> str:
    """What is said of the paste."""
    return page.get_by_role("region", name="What was pasted").inner_text()


def test_six_megabytes_from_word_with_their_pictures_become_a_body(browser_page: Page) -> None:
    page = browser_page
    write(page, role=Role.WRITER)
    pasted = word(megabytes=6, pictures=6)
    assert len(pasted) >= 6_000_000
    paste(page, pasted)
    settle(page)
    said = note(page)
    body = save(page).body

    assert len(body) < 1_000_000
    assert not re.search(r"mso|<!--|style|pasted|<p>(?:&nbsp;|\s)*</p>", body)
    assert richtext.clean(body) == body
    tree = LexborHTMLParser(body)
    counts = {name: len(tree.css(name)) for name in ("h2", "h3", "ul ul", "table", "a[href^=https]", "p strong")}
    assert counts == {
        "h2": 31,
        "h3": 30,
        "ul ul": 30,
        "table": 30,
        "a[href^=https]": 30,
        "p strong": counts["p strong"],
    }
    photos = Photo.objects.in_bulk(richtext.references(body).photos)
    described = [photos[number].alt_text for number in richtext.references(body).photos]
    assert described == [f"The north quay, part {number}" for number in range(1, 7)]
    assert Photo.objects.count() == 6
    assert "6 pictures are in the library and in the text." in said


def test_google_docs_becomes_a_body_and_its_pictures_are_named_as_left_out(browser_page: Page) -> None:
    page = browser_page
    write(page)
    paste(page, document("google-docs"), "Where it went")
    settle(page)
    said = note(page)
    body = save(page).body

    assert "<p>The authority paid <strong>nothing</strong> for <em>nine </em><strong><em>years</em></strong>" in body
    assert "<h2>Where it went</h2>" in body
    assert "<li>Dredging<ul><li>the <strong>north</strong> channel</li></ul></li>" in body
    assert '<thead><tr><th scope="col">Year</th>' in body
    assert "1 picture was left out" in said
    assert "The north quay at low water" in said
    assert "nothing is fetched from there" in said
    # The note stays over the save, until somebody has read it.
    assert "The north quay at low water" in note(page)
    page.get_by_role("button", name="Dismiss").click()
    assert page.get_by_role("region", name="What was pasted").count() == 0


def test_pictures_that_word_hands_over_only_as_rtf_are_found(browser_page: Page) -> None:
    page = browser_page
    write(page)
    # What is drawn has an <img> as well, and no picture in the RTF.
    drawing = (
        '<p class=MsoNormal><!--[if gte vml 1]><v:oval id="Oval_x0020_1"></v:oval><![endif]--><![if !vml]><img width=9 '
        'height=9 src="file:///C:/T/clip_image002.png" v:shapes="Oval_x0020_1"><![endif]></p><p class=MsoQuote>'
    )
    html = document("word-windows").replace("<p class=MsoQuote>", drawing)
    paste(page, html, rtf=rtf_of(file_of(quarters(), "PNG").getvalue()))
    settle(page)

    assert "1 picture is in the library" in note(page)
    assert "Picture 2. It stayed in the document." in note(page)
    photo = Photo.objects.get()
    assert photo.alt_text == "The north quay at low water"
    assert f'<figure data-photo="{photo.pk}">' in save(page).body


def test_a_copied_picture_goes_into_the_text_and_asks_for_its_description(browser_page: Page) -> None:
    page = browser_page
    write(page)
    paste(page, '<img src="https://example.org/quay.png">', file=file_of(quarters(), "PNG").getvalue())
    settle(page)

    photo = Photo.objects.get()
    assert photo.title == "The harbour: picture 1"
    link = page.get_by_role("region", name="What was pasted").get_by_role("link", name=photo.title)
    assert link.get_attribute("href") == f"/admin/articles/photo/{photo.pk}/change/"
    shown = 'getComputedStyle(document.querySelector(".cke figure[data-photo]"), "::before").content'
    assert "/media/photos/" in page.evaluate(shown)
    assert richtext.references(save(page).body).photos == [photo.pk]
    # The picture shows itself after the page was loaded anew, too.
    page.get_by_role("button", name="Dismiss").click()
    page.locator(".cke figure[data-photo]").wait_for()
    page.wait_for_load_state("networkidle")
    assert "/media/photos/" in page.evaluate(shown)


def test_writing_goes_on_while_a_paste_is_on_its_way(browser_page: Page) -> None:
    page = browser_page
    write(page, body="<p>Before.</p>")
    held: list[Route] = []
    page.route(TEXT, lambda route: route.continue_() if held else held.append(route))
    paste(page, "<p>One.</p><p><b>Two.</b></p>")
    page.get_by_text("Pasting…").first.wait_for()
    page.keyboard.type(" After.")
    paste(page, "<h2>Three</h2><p>Four.</p>")
    page.keyboard.press("Control+Home")
    page.keyboard.type("First. ")
    held[0].continue_()
    page.locator("[data-pasting] [data-state]").wait_for(state="hidden")
    page.keyboard.type("And: ")

    assert richtext.clean(data(page)) == (
        "<p>First. And: Before.</p><p>One.</p><p><strong>Two.</strong></p><p>After.</p><h2>Three</h2><p>Four.</p>"
    )


def test_a_save_waits_for_what_is_being_pasted(browser_page: Page) -> None:
    page = browser_page
    write(page)
    held: list[Route] = []
    page.route("**/paste/picture/", lambda route: held.append(route))
    paste(page, word(megabytes=0.1, pictures=1, sections=1))
    page.get_by_text("Putting pictures into the library: 0 of 1…").first.wait_for()
    page.keyboard.press("Control+s")
    page.get_by_text("It is saved once they are in.").first.wait_for()
    assert not Article.objects.exists()
    held[0].continue_()
    page.get_by_text("Saved as revision 1.").wait_for()

    assert richtext.references(Article.objects.get().body).photos == [Photo.objects.get().pk]


def test_a_save_that_cannot_wait_goes_without_the_pictures_and_says_so(browser_page: Page) -> None:
    page = browser_page
    write(page)
    page.route("**/paste/picture/", lambda route: None)
    paste(page, word(megabytes=0.1, pictures=2, sections=2))
    page.get_by_text("Putting pictures into the library").first.wait_for()
    page.locator("[data-saves]").click()
    page.get_by_role("button", name="Save without them").click()
    page.get_by_text("Saved as revision 1.").wait_for()

    body = Article.objects.get().body
    assert "<h2>Part 2</h2>" in body
    assert "figure" not in body
    assert "2 pictures were left out" in note(page)


def test_the_words_are_there_even_where_the_server_is_not(browser_page: Page) -> None:
    page = browser_page
    write(page)
    answers: list[int] = []

    def fail(route: Route) -> None:
        if answers[-1]:
            route.fulfill(status=answers[-1], headers={"Location": "/admin/login/"}, body="")
        else:
            route.abort()

    page.route(TEXT, fail)
    for answer, sentence in {
        0: "There is no connection to the server.",
        302: "You are signed out.",
        413: "It is larger than this site takes at once.",
        500: "The server could not read it.",
    }.items():
        answers.append(answer)
        page.evaluate("CKEDITOR.instances.id_body.setData('')")
        put_caret(page, "Control+End")
        paste(page, document("word-windows"), "What the harbour owes")
        page.get_by_text(f"{sentence} The words were pasted without the server’s help").last.wait_for()
        page.get_by_role("button", name="Dismiss").click()

        stored = richtext.clean(data(page))
        assert "The authority <strong>paid nothing</strong> for <em>nine years</em>." in stored
        assert "<h2>Where it went</h2>" in stored
        assert 'href="https://example.org/ledger?year=2025&amp;page=3"' in stored
        assert not re.search("mso|<figure|<!--|·|ED1|Do not print|Not for print|Struck out", stored)


def test_what_is_too_long_for_the_browser_alone_comes_as_plain_paragraphs(browser_page: Page) -> None:
    page = browser_page
    write(page)
    page.route(TEXT, lambda route: route.abort())
    paste(page, word(megabytes=0.5), "One & two\r\n\r\nThree")
    settle(page)

    assert richtext.clean(data(page)) == "<p>One &amp; two</p><p>Three</p>"


def test_undo_takes_a_paste_out_at_once_and_redo_brings_it_back_with_its_pictures(browser_page: Page) -> None:
    page = browser_page
    write(page, body="<p>Before.</p>")
    paste(page, word(megabytes=0.1, pictures=1, sections=3))
    settle(page)
    pasted = data(page)
    assert f'data-photo="{Photo.objects.get().pk}"' in pasted
    page.keyboard.press("Control+z")
    assert richtext.clean(data(page)) == "<p>Before.</p>"
    page.keyboard.press("Control+Shift+z")

    assert richtext.clean(data(page)) == richtext.clean(pasted)


MANY = "".join(f"<p>Paragraph {number} of a long document.</p>" for number in range(500))


@pytest.mark.parametrize(
    ("pasted", "cases"),
    [
        (
            "<p class=MsoNormal>and <b>three</b></p>",
            [
                ("<p>One two.</p>", ["Control+End"], "<p>One two.and <strong>three!</strong></p>"),
                ("<ul><li>One</li></ul>", ["Control+End"], "<ul><li>Oneand <strong>three!</strong></li></ul>"),
                ("<p>One.</p>", ["Control+a"], "<p>and <strong>three!</strong></p>"),
                ("<p>One.</p>", ["Control+Home"], "<p>and <strong>three!</strong>One.</p>"),
            ],
        ),
        (
            "<h2>A</h2><p>b</p>",
            [
                ("<p>One.</p>", ["Control+Home"], "<h2>A</h2><p>b!</p><p>One.</p>"),
                ("<p>One.</p><p>Two.</p>", ["Control+a"], "<h2>A</h2><p>b!</p>"),
                ("", [], "<h2>A</h2><p>b!</p>"),
            ],
        ),
        (
            MANY,
            [
                ("", [], f"{MANY[:-4]}!</p>"),
                ("<p>One.</p>", ["Control+End"], f"<p>One.</p>{MANY[:-4]}!</p>"),
                ("<p>One.</p>", ["Control+Home"], f"{MANY[:-4]}!</p><p>One.</p>"),
                ("<p>One two</p>", ["Control+Home", *["ArrowRight"] * 3], f"<p>One</p>{MANY[:-4]}!</p><p>two</p>"),
                ("<p>One.</p><p>Two.</p><p>Three.</p>", ["Control+a"], f"{MANY[:-4]}!</p>"),
                ("<ul><li>One</li><li>Two</li></ul><p>x</p>", ["Control+Home"],
                 f"<ul><li>One</li><li>Two</li></ul>{MANY[:-4]}!</p><p>x</p>"),
            ],
        ),
    ],
    ids=["a line", "blocks", "many blocks"],
)  # fmt: skip
def test_it_goes_where_the_caret_is(browser_page: Page, pasted: str, cases: list[tuple[str, list[str], str]]) -> None:
    page = browser_page
    write(page)
    for body, keys, stored in cases:
        page.evaluate("body => CKEDITOR.instances.id_body.setData(body)", body)
        put_caret(page, *keys)
        page.evaluate("document.querySelector('[data-pasting] [data-spoken]').textContent = ''")
        paste(page, pasted)
        settle(page)
        page.keyboard.type("!")

        assert richtext.clean(data(page)) == stored, (body, keys)


def test_plain_text_and_what_was_copied_here_stay_in_the_browser(browser_page: Page) -> None:
    page = browser_page
    write(page, body="<p>One</p>")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/paste/") else None)
    paste(page, text=",two")
    expect(page.locator(".cke_wysiwyg_div p")).to_have_text("One,two")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+v")
    expect(page.locator(".cke_wysiwyg_div p")).to_have_text(["One,two", "One,two"])
    page.evaluate("CKEDITOR.instances.id_body._.nextPasteType = 'text'")  # what the button does
    paste(page, "<h1>three</h1>", "three")
    expect(page.locator(".cke_wysiwyg_div p")).to_have_text(["One,two", "One,twothree"])

    assert asked == []
    assert richtext.clean(data(page)) == "<p>One,two</p><p>One,twothree</p>"


def test_places_of_pictures_that_never_came_do_not_stay(browser_page: Page) -> None:
    page = browser_page
    write(page, body="<p>One</p>")
    page.evaluate("CKEDITOR.instances.id_body.setData('<p>a</p><figure data-pasted=\"9-000001\"></figure>')")
    page.locator(".cke_wysiwyg_div figure").wait_for(state="detached")

    assert richtext.clean(data(page)) == "<p>a</p>"


def test_the_editor_does_without_its_own_readers_of_word_and_does_not_complain(browser_page: Page) -> None:
    page = browser_page
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    write(page)
    plugins = page.evaluate("Object.keys(CKEDITOR.instances.id_body.plugins)")

    assert "clipboard" in plugins
    assert not {"pastetools", "pastefromword", "pastefromgdocs", "pastefromlibreoffice", "ajax", "xml"} & set(plugins)
    assert [text for text in said if "CKEDITOR" in text] == []


def test_the_note_is_within_a_telephones_window(browser_page: Page) -> None:
    page = browser_page
    write(page)
    page.set_viewport_size({"width": 390, "height": 844})
    paste(page, document("google-docs"))
    settle(page)
    box = page.get_by_role("region", name="What was pasted").bounding_box()

    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] + box["height"] <= 844
