"""The desk of a German newsroom: what its scripts say is German, wherever they say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from gettext import GNUTranslations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as configured
from pytest_django.fixtures import Settings

from articles import publishing
from articles.permissions import Role
from newsroom import clock
from tests.browser.people import person, sign_in
from tests.browser.writing import begun, hurry, kept_line, open_form, type_words
from tests.factories import ArticleFactory, kept, managing_editor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles")]

# Every text that a person or a screen reader can meet on the page now, one by one.
SHOWN = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        const isShown = parent.checkVisibility() && !parent.closest("script, style, template, [contenteditable=true]");
        if (isShown) found.push(walker.currentNode.data);
    }
    for (const element of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
        for (const name of ["aria-label", "title", "placeholder"]) found.push(element.getAttribute(name) ?? "");
    }
    return found.map((text) => text.trim()).filter(Boolean);
}"""


def _english() -> re.Pattern[str]:
    """What scripts say in English and not in German, with anything for the names in it."""
    with (Path(configured.LOCALE_PATHS[0]) / "de/LC_MESSAGES/djangojs.mo").open("rb") as file:
        catalogue = vars(GNUTranslations(file))["_catalog"]
    said = {
        english.strip()
        for key, german in catalogue.items()
        if key and (english := key if isinstance(key, str) else key[0]) != german
    }
    said -= {german.strip() for german in catalogue.values()}  # "Text" and the like are both
    # A part of a text, where it is a sentence or stands alone: “Save” is in no word, and no name is one.
    return re.compile("|".join(re.sub(r"%\\\(\w+\\\)s", ".+", re.escape(each)) for each in sorted(said)))


ENGLISH = _english()


@pytest.mark.parametrize("text", ["Kept 5 s ago", "3 of 110, cut after “a”", "Nothing found", "New tag “Hafen”"])
def test_english_words_of_a_script_are_known(text: str) -> None:
    assert ENGLISH.fullmatch(text)


@pytest.fixture(autouse=True)
def _german(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "de"


@pytest.fixture
def page(browser_page: Page) -> Iterator[Page]:
    """An editor's window, in which nothing may complain."""
    errors: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        # What did not arrive, or came with a refusal, a browser reports as well; that is no script’s error.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            errors.append(message.text)

    browser_page.on("console", on_console)
    sign_in(browser_page.context, person("edda", Role.EDITOR))
    yield browser_page
    assert not errors, "\n".join(errors)


def _is_german(page: Page) -> None:
    left = sorted({text for text in page.evaluate(SHOWN) if ENGLISH.fullmatch(text)})
    assert not left, left


def test_a_story_is_written_and_kept_in_german_and_a_colleague_is_seen(
    page: Page, chromium: Browser, live_server: LiveServer
) -> None:
    story = begun(headline="Der Hafen öffnet wieder")
    other = chromium.new_context(base_url=live_server.url)
    sign_in(other, person("ben", Role.EDITOR))
    open_form(other.new_page(), story)

    open_form(page, story)
    assert page.evaluate("document.documentElement.lang") == "de"
    page.locator("[data-here] li").wait_for()
    _is_german(page)

    type_words(page, '"Morgen" schon')
    assert page.locator("textarea[name=headline]").input_value() == "„Morgen“ schon"
    assert page.locator("[data-counter-of=headline]").inner_text().startswith("14 von ")
    page.locator(".desk-foot [data-words]", has_text="5 Wörter").wait_for()
    assert page.locator("[data-minutes]").inner_text() == "1 Minute Lesezeit"
    assert page.evaluate("CKEDITOR.instances.id_body.getData()").strip() == "<p>As it was. „Morgen“ schon.</p>"
    hurry(page)
    kept_line(page).filter(has_text=re.compile("^(Gerade eben|Vor [0-9]+ s) gesichert$")).wait_for()
    _is_german(page)
    other.close()

    page.context.set_offline(True)
    type_words(page, "Ohne Verbindung")
    kept_line(page).filter(has_text="Offline: auf diesem Gerät gesichert").wait_for()
    page.context.set_offline(False)
    kept_line(page).filter(has_text="gesichert").wait_for()


def test_keys_links_tags_and_the_text_alone_speak_german(page: Page) -> None:
    open_form(page, begun())
    page.keyboard.press("Control+/")
    keys = page.locator("#desk-keys")
    keys.get_by_role("heading", name="Tasten").wait_for()
    assert "Strg+Alt+P" in keys.inner_text().replace("\n", "")
    _is_german(page)
    keys.get_by_role("button", name="Schließen").click()

    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.press("Control+k")
    page.locator("#desk-link-words").fill("https://example.com/a")
    page.get_by_text("Eine Adresse im Web").wait_for()
    _is_german(page)
    page.get_by_role("button", name="Jetzt nicht").click()

    page.locator("[data-picks][data-creates] [data-picks-search]").press_sequentially("Werft")
    page.get_by_text("Neues Schlagwort „Werft“").wait_for()
    _is_german(page)
    page.keyboard.press("Escape")

    page.locator(".cke_wysiwyg_div").click()
    page.keyboard.press("Control+Alt+g")
    page.get_by_text("Nur der Text ist zu sehen. Escape bringt alles andere zurück.").wait_for()
    page.keyboard.press("Escape")
    page.get_by_text("Alles ist wieder zu sehen.").wait_for()


def test_unsaved_words_are_offered_back_in_german(page: Page) -> None:
    open_form(page, None)
    page.locator("textarea[name=headline]").fill("Nicht gespeichert")
    hurry(page)
    kept_line(page).filter(has_text="gesichert").wait_for()
    open_form(page, None)
    page.get_by_text("Sie haben einen Beitrag, der nie gespeichert wurde: „Nicht gespeichert“").wait_for()
    _is_german(page)


def test_the_calendar_and_the_first_page_speak_german(page: Page) -> None:
    now = clock.now()
    begins = now + timedelta(days=1)
    article = ArticleFactory(headline="Der Hafen")
    edition = publishing.schedule(
        article, revision=kept(article, at=now), live_from=begins, by=managing_editor(), at=now
    )
    page.goto(f"/admin/articles/article/calendar/?view=day&on={begins.date()}")
    page.locator(f"#b{edition.pk} a").first.focus()
    page.keyboard.press("m")
    assert page.locator("[data-calendar-says]").inner_text() == (
        "Aufgenommen: Der Hafen. Hinauf und hinunter verschieben um eine Viertelstunde, Bild auf und Bild ab um eine "
        "Stunde, links und rechts um einen Tag. Die Eingabetaste legt ab, Escape lässt es, wo es war."
    )
    page.keyboard.press("ArrowUp")
    assert re.fullmatch(r"→ [MDFS][oira]\., [0-9]+\. \w+\.?(, | um )[0-9]{2}:[0-9]{2} \w.*", _target(page)), _target(
        page
    )
    _is_german(page)
    page.keyboard.press("Enter")
    page.locator("[data-toast]:not([hidden])", has_text="„Der Hafen“ auf").wait_for()
    _is_german(page)

    page.goto("/admin/")
    page.get_by_text("Diese Seite hält sich selbst aktuell.").wait_for()
    _is_german(page)


def _target(page: Page) -> str:
    return page.locator("[data-target]").inner_text()


def test_a_desk_whose_catalogue_does_not_arrive_keeps_what_is_typed(browser_page: Page) -> None:
    sign_in(browser_page.context, person("edda", Role.EDITOR))
    browser_page.route("**/admin/words/*.js", lambda route: route.abort())
    # Django's own catalogue has the same functions.
    browser_page.route("**/admin/jsi18n/", lambda route: route.abort())
    open_form(browser_page, begun())
    type_words(browser_page)
    hurry(browser_page)
    kept_line(browser_page).filter(has_text=re.compile("^Kept")).wait_for()
    browser_page.locator(".desk-foot [data-words]", has_text="7 words").wait_for()
