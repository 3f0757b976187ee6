"""The calendar in Chromium, as a planning editor uses it: by drag, by keyboard, in the dialog, and back by undo."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles import publishing
from articles.models import Edition
from articles.permissions import Role
from newsroom import clock
from newsroom.local_time import read_local, wall_clock
from tests.browser.people import person, sign_in
from tests.factories import ArticleFactory, SectionFactory, kept, managing_editor

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("roles")]

CALENDAR = "/admin/articles/article/calendar/"
DAY = timedelta(days=1)
HEADLINE = "What the harbour master said"


def _tomorrow() -> date:
    return wall_clock(clock.now()).date() + DAY


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return read_local(day, time(hour, minute), fold=0)


def _planned(live_from: datetime, headline: str = HEADLINE) -> Edition:
    """A story that goes live then."""
    article, now = ArticleFactory(headline=headline, section=SectionFactory()), clock.now()
    return publishing.schedule(
        article, revision=kept(article, at=now), live_from=live_from, by=managing_editor(), at=now
    )


def _open(page: Page, day: date, view: str = "day") -> None:
    sign_in(page.context, person("edda", Role.EDITOR))
    page.goto(f"{CALENDAR}?view={view}&on={day}")


def _entry(page: Page, edition: Edition) -> Locator:
    return page.locator(f"#b{edition.pk}")


def _slot(page: Page, instant: datetime) -> Locator:
    return page.locator(f"[data-slot][data-at='{instant.isoformat()}']")


def _says(page: Page, words: str) -> None:
    """Wait for what the page says after a move."""
    page.locator("[data-toast]:not([hidden])", has_text=words).wait_for()


def _starts(edition: Edition) -> datetime:
    return Edition.objects.get(pk=edition.pk).live_from


def test_a_story_is_dragged_to_another_quarter_of_an_hour_and_taken_back(browser_page: Page) -> None:
    page, day = browser_page, _tomorrow()
    edition = _planned(_at(day, 3))
    _open(page, day)
    _entry(page, edition).drag_to(_slot(page, _at(day, 3, 45)))
    _says(page, f"“{HEADLINE}” moved to tomorrow 03:45")
    assert _starts(edition) == _at(day, 3, 45)
    assert _entry(page, edition).locator("time").inner_text().startswith("03:45")
    page.get_by_role("button", name="Undo").click()
    _says(page, "moved back to tomorrow 03:00")
    assert _starts(edition) == _at(day, 3)
    assert _entry(page, edition).locator("time").inner_text().startswith("03:00")


def test_a_story_is_moved_by_keyboard_alone_and_each_step_is_said(browser_page: Page) -> None:
    page, day = browser_page, _tomorrow()
    edition = _planned(_at(day, 18))
    _open(page, day)
    said = page.locator("[data-calendar-says]")
    _entry(page, edition).get_by_role("link").first.focus()
    page.keyboard.press("m")
    assert said.inner_text().startswith(f"Picked up: {HEADLINE}.")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert "18:30" in said.inner_text()
    assert "is-target" in (_slot(page, _at(day, 18, 30)).get_attribute("class") or "")
    page.keyboard.press("Escape")
    assert "Given up" in said.inner_text()
    assert _starts(edition) == _at(day, 18)
    for key in ("m", "ArrowDown", "ArrowDown", "PageDown", "Enter"):
        page.keyboard.press(key)
    _says(page, "moved to tomorrow 19:30")
    assert _starts(edition) == _at(day, 19, 30)
    # The focus is where it was, so that one can go on.
    assert page.evaluate("document.activeElement.closest('[data-entry]').id") == f"b{edition.pk}"
    page.keyboard.press("Control+z")
    _says(page, "moved back to tomorrow 18:00")
    assert _starts(edition) == _at(day, 18)


def test_a_move_to_another_day_can_be_followed_and_undone_there(browser_page: Page) -> None:
    page, day = browser_page, _tomorrow()
    edition = _planned(_at(day, 18, 7))
    _open(page, day)
    _entry(page, edition).get_by_role("link").first.focus()
    for key in ("m", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    _says(page, "18:07")
    assert _starts(edition) == _at(day + DAY, 18, 7)
    expect(_entry(page, edition)).to_have_count(0)
    page.get_by_role("link", name="Show", exact=True).click()
    page.wait_for_url(f"**on={day + DAY}")
    expect(_entry(page, edition)).to_have_count(1)
    page.keyboard.press("Control+z")
    _says(page, "moved back to tomorrow 18:07")
    assert _starts(edition) == _at(day, 18, 7)


@pytest.mark.parametrize("view", ["week", "month"])
def test_a_story_dragged_in_a_week_or_a_month_keeps_its_minutes_or_its_time(browser_page: Page, view: str) -> None:
    page = browser_page
    # Two days of one week, far enough ahead to be of one month too.
    first = _tomorrow() + DAY * 14
    monday = first - DAY * first.weekday()
    monday = monday if (monday + DAY * 2).month == monday.month else monday + DAY * 7
    edition = _planned(_at(monday, 2, 10))
    _open(page, monday, view)
    where = f"[data-slot][data-day='{monday + DAY}']" + ("[data-hour='01']" if view == "week" else "")
    _entry(page, edition).drag_to(page.locator(where))
    expected = _at(monday + DAY, 1 if view == "week" else 2, 10)
    _says(page, f"{expected.astimezone(clock.newsroom_zone()):%H:%M}")
    assert _starts(edition) == expected


def test_a_time_that_the_clocks_skip_is_asked_about_and_the_answer_taken(browser_page: Page) -> None:
    page, year = browser_page, _tomorrow().year + 1
    change = next(date(year, 3, day) for day in range(31, 24, -1) if date(year, 3, day).weekday() == 6)
    edition = _planned(_at(change - DAY, 1, 30))
    _open(page, change, "month")
    _entry(page, edition).get_by_role("link").first.focus()
    for key in ("m", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    dialog = page.get_by_role("dialog", name="Which time?")
    dialog.wait_for()
    assert "01:30 does not exist in Europe/London" in dialog.inner_text()
    assert _starts(edition) == _at(change - DAY, 1, 30)
    dialog.get_by_role("button", name="02:00 BST").click()
    _says(page, "02:00 BST")
    assert _starts(edition) == _at(change, 2)


def test_the_dialog_moves_too_and_says_what_is_refused(browser_page: Page) -> None:
    page, day = browser_page, _tomorrow()
    edition = _planned(_at(day, 18))
    _open(page, day)
    page.get_by_role("link", name=f"Move… {HEADLINE}").click()
    dialog = page.get_by_role("dialog", name="Move")
    field = dialog.get_by_label("New time (Europe/London)")
    assert field.input_value() == f"{day}T18:00"
    field.fill("2001-01-01T06:00")
    dialog.get_by_role("button", name="Move").click()
    dialog.get_by_role("alert").filter(has_text="That time has passed.").wait_for()
    field.fill(f"{day}T18:20")
    dialog.get_by_role("button", name="Move").click()
    _says(page, "moved to tomorrow 18:20")
    assert _starts(edition) == _at(day, 18, 20)


def test_what_a_colleague_moved_meanwhile_stays_and_is_shown_where_it_is(browser_page: Page) -> None:
    page, day = browser_page, _tomorrow()
    edition = _planned(_at(day, 3))
    _open(page, day)
    publishing.reschedule(edition, live_from=_at(day, 4), by=person("ada", Role.EDITOR), at=clock.now())
    _entry(page, edition).drag_to(_slot(page, _at(day, 3, 30)))
    _says(page, "Meanwhile ada has moved it: it is set for tomorrow 04:00")
    assert _starts(edition) == _at(day, 4)
    assert _entry(page, edition).locator("time").inner_text().startswith("04:00")


def test_a_set_withdrawal_is_dragged_as_well(browser_page: Page) -> None:
    page, day = browser_page, _tomorrow()
    edition = _planned(_at(day, 2))
    publishing.withdraw(edition.article, by=managing_editor(), at=clock.now(), live_until=_at(day, 4))
    _open(page, day)
    page.locator(f"#e{edition.pk}").drag_to(_slot(page, _at(day, 5)))
    _says(page, "moved to tomorrow 05:00")
    assert Edition.objects.get(pk=edition.pk).live_until == _at(day, 5)


@pytest.mark.parametrize("view", ["day", "week", "month"])
@pytest.mark.parametrize("width", [390, 1300])
def test_every_view_fits_its_window(browser_page: Page, view: str, width: int) -> None:
    page, day = browser_page, _tomorrow()
    for number in range(5):
        _planned(_at(day, 18, number), headline=f"Story number {number} has quite a long headline, as they have")
    page.set_viewport_size({"width": width, "height": 844})
    _open(page, day, view)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    expect(page.locator("[data-entry]").first).to_be_visible()
