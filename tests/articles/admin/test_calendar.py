"""The calendar: what it shows to whom, its hours where the clocks change, and what it costs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytest_django.fixtures import Settings

from articles import publishing
from articles.admin.calendar_period import Period, View, clock_changes
from articles.models import Article, Change, Section, Withheld
from articles.permissions import Role
from newsroom.local_time import wall_clock
from tests.articles.admin.calendar_pages import CALENDAR, VIEWS, entries, page_of
from tests.articles.admin.conftest import Newsroom
from tests.bulk import archive_of
from tests.desk import Desk
from tests.factories import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    kept,
    managing_editor,
    published,
    scheduled,
    updated,
)

SPRING, AUTUMN = datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 24, 23, tzinfo=UTC)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_shows_what_happens_names_the_zone_and_leads_to_the_story(newsroom: Newsroom, view: str) -> None:
    edition = published(headline="Ferries resume", section=SectionFactory(name="World"))
    updated(edition.article, live_from=NOON + 6 * HOUR, headline="Ferries at full strength")
    page = page_of(newsroom.desk(Role.EDITOR), view=view)
    shown = entries(page)
    first, update = shown[f"b{edition.pk}"], shown[f"b{edition.pk + 1}"]
    for entry, time, what in ((first, "11:00", "Went live"), (update, "18:00", "Is updated")):
        assert f">{time}</time>" in entry
        assert "World" in entry
        assert what in entry
        assert f"/admin/articles/article/{edition.article_id}/change/" in entry
    assert "Europe/London (GMT)" in page
    assert "Move…" in update
    assert "Move…" not in first


def test_a_withdrawal_shows_at_its_end_and_can_be_moved_while_it_is_ahead(newsroom: Newsroom) -> None:
    gone, going = published(at=NOON - 3 * HOUR), published()
    publishing.withdraw(gone.article, by=managing_editor(), at=NOON - HOUR)
    publishing.withdraw(going.article, by=managing_editor(), at=NOON - MINUTE, live_until=NOON + HOUR)
    shown = entries(page_of(newsroom.desk(Role.EDITOR)))
    assert "Was withdrawn" in shown[f"e{gone.pk}"]
    assert "Move…" not in shown[f"e{gone.pk}"]
    assert "Is withdrawn" in shown[f"e{going.pk}"]
    assert f"edition={going.pk}&amp;moves=ends" in shown[f"e{going.pk}"]


def test_what_is_held_shows_when_it_would_have_gone_live_and_why_it_does_not(newsroom: Newsroom) -> None:
    edition = scheduled(live_from=NOON + 6 * HOUR, headline="Under the lawyers’ eyes")
    publishing.hold(edition.article, reason="Wait for the <judge>.", by=managing_editor(), at=NOON - MINUTE)
    page = page_of(newsroom.desk(Role.EDITOR))
    entry = next(text for key, text in entries(page).items() if key.startswith("h"))
    assert "Held: would go live" in entry
    assert ">18:00</time>" in entry
    assert "Hold, managing-editor: “Wait for the &lt;judge&gt;.”" in entry
    assert "Move…" not in entry


def test_the_end_of_an_embargo_is_on_the_calendar(newsroom: Newsroom) -> None:
    article = ArticleFactory(headline="The budget")
    kept(article)
    publishing.set_embargo(article, until=NOON + 5 * HOUR, by=managing_editor(), at=NOON - MINUTE)
    entry = entries(page_of(newsroom.desk(Role.EDITOR)))[f"m{article.pk}"]
    assert "Embargo ends" in entry
    assert ">17:00</time>" in entry


def test_the_day_begins_and_ends_at_the_newsrooms_midnight(newsroom: Newsroom) -> None:
    summer = datetime(2026, 7, 1, 23, 0, tzinfo=UTC)  # midnight in London, between 1 and 2 July
    newsroom.at = summer - DAY
    before = scheduled(live_from=summer - MINUTE, at=summer - 2 * DAY)
    after = scheduled(live_from=summer, at=summer - 2 * DAY)
    desk = newsroom.desk(Role.EDITOR)
    assert set(entries(page_of(desk, on="2026-07-01"))) == {f"b{before.pk}"}
    assert set(entries(page_of(desk, on="2026-07-02"))) == {f"b{after.pk}"}
    assert ">00:00</time>" in page_of(desk, on="2026-07-02")
    assert "Europe/London (BST)" in page_of(desk, on="2026-07-02")


def test_a_section_shows_its_own_stories_and_those_of_sections_inside_it(newsroom: Newsroom) -> None:
    world = SectionFactory(name="World", slug="world")
    inside = SectionFactory(name="Europe", slug="europe", parent=world)
    own, child = scheduled(section=world), scheduled(section=inside)
    other = scheduled(section=SectionFactory(name="Sport"))
    desk = newsroom.desk(Role.EDITOR)
    for view in VIEWS:
        assert set(entries(page_of(desk, view=view))) == {f"b{each.pk}" for each in (own, child, other)}
        assert set(entries(page_of(desk, view=view, section="world"))) == {f"b{own.pk}", f"b{child.pk}"}
        assert set(entries(page_of(desk, view=view, section="europe"))) == {f"b{child.pk}"}


def test_the_days_overview_shows_which_section_has_nothing_at_an_hour(newsroom: Newsroom) -> None:
    world, sport = SectionFactory(name="World", position=1), SectionFactory(name="Sport", position=2)
    scheduled(section=SectionFactory(name="Europe", parent=world), live_from=NOON + 18 * HOUR)
    story = published(section=sport)
    updated(story.article, live_from=NOON + 18 * HOUR + MINUTE, headline="More")
    response = newsroom.desk(Role.EDITOR).get(CALENDAR, on="2026-02-04")
    at_six = {row.name: (row.cells[6].live, row.cells[6].changed) for row in response.context["overview"]}
    assert at_six == {"World": (1, 0), "Sport": (0, 1)}
    at_seven = {row.name: (row.cells[7].live, row.cells[7].changed) for row in response.context["overview"]}
    assert at_seven == {"World": (0, 0), "Sport": (0, 0)}


def test_a_busy_day_stays_bounded_in_a_month_and_in_a_week_and_is_whole_on_its_own(newsroom: Newsroom) -> None:
    # Forty stories from 06:00 on, every five minutes.
    archive_of(
        40,
        sections=[SectionFactory()],
        authors=[AuthorFactory()],
        tags=[],
        newest=NOON + 18 * HOUR + 195 * MINUTE,
        apart=5 * MINUTE,
    )
    desk = newsroom.desk(Role.EDITOR)
    day, week, month = (page_of(desk, view=view, on="2026-02-04") for view in VIEWS)
    assert (len(entries(day)), len(entries(week)), len(entries(month))) == (40, 12, 4)
    assert "and 36 more" in month
    assert "40 live" in month
    assert week.count("and 9 more") == 3
    assert "on=2026-02-04#h07" in week.replace("&amp;", "&")


def test_a_month_shows_whole_weeks_from_monday(newsroom: Newsroom) -> None:
    days = Period(View.MONTH, datetime(2026, 2, 3, tzinfo=UTC).date()).days
    assert (days[0].isoformat(), days[-1].isoformat(), len(days)) == ("2026-01-26", "2026-03-01", 35)
    page = page_of(newsroom.desk(Role.EDITOR), view="month", on="2026-02-03")
    assert "view=month&amp;on=2026-01-01" in page
    assert "view=month&amp;on=2026-03-01" in page


@pytest.mark.parametrize(
    "query",
    [
        {"view": "year"},
        {"on": "tomorrow"},
        {"on": "2026-02-30"},
        {"on": "0001-01-01"},
        {"on": "9999-12-31"},
        {"section": "none"},
    ],
)
def test_an_address_that_makes_no_sense_is_not_found(newsroom: Newsroom, query: dict[str, str]) -> None:
    assert newsroom.desk(Role.EDITOR).get(CALENDAR, **query).status_code == 404


# Clock changes


def _hours(desk: Desk, on: str) -> list[str]:
    response = desk.get(CALENDAR, on=on)
    return [f"{hour.label} {hour.zone}".strip() for hour in response.context["hours"]]


def test_days_of_a_clock_change_have_23_and_25_hours_each_called_by_its_zone(newsroom: Newsroom) -> None:
    newsroom.at = SPRING - DAY
    desk = newsroom.desk(Role.EDITOR)
    spring, autumn = _hours(desk, "2026-03-29"), _hours(desk, "2026-10-25")
    assert (len(spring), len(autumn), len(_hours(desk, "2026-03-28"))) == (23, 25, 24)
    assert spring[:3] == ["00:00 GMT", "02:00 BST", "03:00 BST"]
    assert autumn[:4] == ["00:00 BST", "01:00 BST", "01:00 GMT", "02:00 GMT"]
    page = page_of(desk, on="2026-10-25")
    assert "the clocks go back at 02:00: the times from 01:00 to 02:00 come twice, first in BST, then in GMT" in page
    assert "Europe/London (BST, from Sunday 25 October 01:00 GMT)" in page
    assert "the clocks go forward at 01:00: there is no time between 01:00 and 02:00" in page_of(desk, on="2026-03-29")


def test_the_hour_that_comes_twice_shows_each_story_in_its_own(newsroom: Newsroom) -> None:
    newsroom.at = AUTUMN - DAY
    first = scheduled(live_from=AUTUMN + 90 * MINUTE, at=AUTUMN - 2 * DAY)
    second = scheduled(live_from=AUTUMN + 150 * MINUTE, at=AUTUMN - 2 * DAY)
    desk = newsroom.desk(Role.EDITOR)
    for view in VIEWS:
        shown = entries(page_of(desk, view=view, on="2026-10-25"))
        assert ">01:30 BST</time>" in shown[f"b{first.pk}"]
        assert ">01:30 GMT</time>" in shown[f"b{second.pk}"]
    assert "This hour comes twice" in page_of(desk, view="week", on="2026-10-25")
    assert "The clocks skip this hour" in page_of(desk, view="week", on="2026-03-29")


@pytest.mark.parametrize(
    "zone", ["Europe/London", "Australia/Lord_Howe", "Africa/Cairo", "America/New_York", "Asia/Kolkata"]
)
def test_every_quarter_of_an_hour_of_a_year_is_on_one_day_once(settings: Settings, zone: str) -> None:
    settings.NEWSROOM_TIME_ZONE = zone
    day = Period(View.DAY, datetime(2026, 1, 1, tzinfo=UTC).date())
    while day.on.year == 2026:
        following = Period(View.DAY, day.following)
        assert day.until == following.since
        assert wall_clock(day.since).date() == day.on
        assert wall_clock(day.until - MINUTE).date() == day.on
        long = (day.until - day.since) != DAY
        assert len(clock_changes(day.since, day.until)) == long
        day = following


# What it costs


def _busy(section: Section, newsroom: Newsroom, stories: int) -> None:
    archive = archive_of(
        stories, sections=[section, SectionFactory(parent=section)], authors=[AuthorFactory()], tags=[]
    )
    archive_of(60, sections=[section], authors=[AuthorFactory()], tags=[], newest=NOON + 20 * HOUR, apart=5 * MINUTE)
    for edition in archive[:3]:
        article = edition.article
        publishing.withdraw(article, by=managing_editor(), at=NOON - MINUTE, live_until=NOON + 2 * HOUR)
        Withheld.objects.create(
            article=article,
            revision=edition.revision,
            live_from=NOON + HOUR,
            change=Change.MINOR,
            taken_out_at=NOON - MINUTE,
        )
    article = archive[5].article
    publishing.hold(article, reason="Wait.", by=managing_editor(), at=NOON - MINUTE)
    Withheld.objects.create(
        article=article,
        revision=archive[5].revision,
        live_from=NOON + HOUR,
        change=Change.MINOR,
        taken_out_at=NOON - MINUTE,
    )
    Article.objects.filter(pk=archive[6].article_id).update(embargo_until=NOON + 3 * HOUR)


@pytest.mark.parametrize("role", [Role.WRITER, Role.EDITOR])
def test_every_view_costs_at_most_15_queries_whatever_is_on_it(newsroom: Newsroom, role: Role) -> None:
    section, desk = SectionFactory(slug="world"), newsroom.desk(role)
    quiet = {}
    for view in VIEWS:
        page_of(desk, view=view)
        quiet[view] = len(desk.queries)
    _busy(section, newsroom, 1_500)
    Article.objects.filter(pk__lte=Article.objects.earliest("pk").pk + 400).update(created_by=desk.user)
    for view in VIEWS:
        for more in ({}, {"section": "world"}, {"on": "2026-02-04"}):
            page_of(desk, view=view, **more)
            # What there is, and why it is held, is asked for where there is something.
            assert len(desk.queries) <= min(15, quiet[view] + 2), view
            for sql in desk.queries:
                assert " OFFSET " not in sql.upper()
