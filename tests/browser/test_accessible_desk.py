"""axe finds nothing on any screen of the desk, at a phone's and a desk's width, in light and in dark."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from articles import publishing
from articles.models import Article
from articles.permissions import Role
from newsroom import clock
from tests.browser.people import person, sign_in
from tests.factories import DAY, HOUR, MINUTE, ArticleFactory, SectionFactory, kept, managing_editor, revised
from tests.scale import scaled

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles")]

STORIES = "/admin/articles/article/"
LOOKS = [("light", 390), ("dark", 1300), ("light", 1300), ("dark", 390)]
# A round looks at each screen in one of the four, the next one in the next; a soak at each in all four.
EVERY = scaled(len(LOOKS), 1)

# Each dialog of the form, by the verb whose button opens it.
DIALOGS = ("publish", "schedule", "correct", "withdraw", "hold", "legal_block", "set_embargo", "erase", "assign")


def _story() -> Article:
    """A live story with a picture less, an update ahead, an embargo, comments and changes: much to show."""
    at, by = clock.now(), managing_editor()
    section = SectionFactory(name="World", slug="world", colour="#8a2a1c")
    body = "<h2>What was agreed</h2><p>Words.</p><ul><li>One</li></ul><blockquote>Quoted.</blockquote>"
    article = ArticleFactory(headline="What the accord says", section=section, body=body, tag_names=["Accord"])
    publishing.publish(article, revision=kept(article, at=at - DAY), by=by, at=at - DAY)
    update = revised(article, at=at - HOUR, headline="What the accord says now")
    publishing.schedule(article, revision=update, live_from=at + HOUR, by=by, at=at - HOUR)
    revised(article, at=at - 2 * MINUTE, standfirst="")
    return article


def _held() -> Article:
    at = clock.now()
    article = ArticleFactory(headline="Held back", section=None)
    kept(article, at=at - DAY)
    publishing.hold(article, reason="Wait for the court.", by=managing_editor(), at=at - MINUTE)
    publishing.set_embargo(article, until=at + DAY, by=managing_editor(), at=at)
    return article


def _violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands, a line each: rule, element."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def _ready(page: Page) -> None:
    page.locator(".cke_wysiwyg_div").wait_for()


def _preview(page: Page) -> None:
    _ready(page)
    page.locator("[name=preview]").first.click()
    page.frame_locator("iframe[name=desk-preview]").locator("article.story").wait_for()


def _screens(story: Article, held: Article) -> dict[str, tuple[str, Callable[[Page], None] | None]]:
    """Every screen by name: its address, and what brings it to what is to be looked at."""
    change = story.get_absolute_url()
    screens: dict[str, tuple[str, Callable[[Page], None] | None]] = {
        "today": ("/admin/", None),
        "list": (STORIES, None),
        "month": (f"{STORIES}calendar/?view=month", None),
        "week": (f"{STORIES}calendar/?view=week", None),
        "day": (f"{STORIES}calendar/?view=day", None),
        "form": (change, _ready),
        "new": (f"{STORIES}add/", _ready),
        "held": (held.get_absolute_url(), _ready),
        "beside": (change, _preview),
        "history": (f"{STORIES}{story.pk}/history/", None),
        "comparison": (f"{STORIES}{story.pk}/history/compare/?before=1&after=2", None),
        "links": (f"{STORIES}{story.pk}/links/", None),
        "talk": (f"{STORIES}{story.pk}/talk/", None),
        "preview": (f"{STORIES}{story.pk}/preview/", None),
        "from text": (f"{STORIES}from-text/", None),
        "pictures": ("/admin/articles/photo/", None),
        "sections": ("/admin/articles/section/", None),
        "section": (f"/admin/articles/section/{story.section_id}/change/", None),
        "tags": ("/admin/taggit/tag/", None),
        "authors": ("/admin/authors/author/", None),
        "author": (f"/admin/authors/author/{story.authors.get().pk}/change/", None),
        "people": ("/admin/authors/user/", None),
        "new person": ("/admin/authors/user/add/", None),
    }
    return screens


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_axe_finds_nothing_on_any_screen(browser_page: Page, scheme: Any, width: int) -> None:
    page, chief = browser_page, person("chief", Role.MANAGING_EDITOR)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    page.goto("/admin/")
    if violations := _violations(page):
        found["sign in"] = violations
    sign_in(page.context, chief)
    story, turn = _story(), LOOKS.index((scheme, width))
    for name, (address, act) in list(_screens(story, _held()).items())[turn % EVERY :: EVERY]:
        page.goto(address)
        if act is not None:
            act(page)
        if violations := _violations(page):
            found[name] = violations
    page.goto(story.get_absolute_url())
    _ready(page)
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    for verb in DIALOGS[turn % EVERY :: EVERY]:
        page.locator(f"[data-opens=dialog-{verb}]").first.click()
        if violations := _violations(page):
            found[f"dialog {verb}"] = violations
        page.keyboard.press("Escape")
    assert not found, "\n".join(f"{name}: {each}" for name, violations in found.items() for each in violations)
