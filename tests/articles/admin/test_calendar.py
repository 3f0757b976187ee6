"""The calendar: who sees and moves what on it, its times when the clocks change, its conflicts, and what it costs."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from articles import publishing
from articles.admin.calendar_period import Period, View, clock_changes
from articles.models import Article, Change, Edition, Event, Withheld
from articles.permissions import Role
from newsroom.local_time import wall_clock
from tests.articles.admin.conftest import Newsroom
from tests.bulk import archive_of
from tests.desk import Desk, said
from tests.factories import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    UserFactory,
    kept,
    managing_editor,
    published,
    revised,
    scheduled,
    updated,
)

if TYPE_CHECKING:
    from articles.models import Section

CALENDAR = "/admin/articles/article/calendar/"
MOVE = f"{CALENDAR}move/"
VIEWS = ("day", "week", "month")
SPRING, AUTUMN = datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 24, 23, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _london(settings: Settings) -> None:
    settings.NEWSROOM_TIME_ZONE = "Europe/London"


def _page(desk: Desk, **query: str) -> str:
    response = desk.get(CALENDAR, **query)
    assert response.status_code == 200
    page: str = response.content.decode()
    return page


def _move(desk: Desk, edition: Edition, *, moves: str = "begins", json: bool = True, **to: str) -> Any:
    """What the script posts, or with `json=False` the form."""
    stands = edition.live_from if moves == "begins" else edition.live_until
    data = {"edition": edition.pk, "moves": moves, "seen": stands.isoformat() if stands else "", **to}
    headers = {"Accept": "application/json"} if json else {}
    return desk.client.post(MOVE, data, secure=True, headers=headers)


def _start(edition: Edition) -> datetime:
    return Edition.objects.get(pk=edition.pk).live_from


def _entries(page: str) -> dict[str, str]:
    """Every entry of a page, by its id."""
    return dict(re.findall(r'<li class="desk-entry[^"]*" id="(\w+)"[^>]*>(.*?)</li>', page, re.DOTALL))


# What it shows


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_shows_what_happens_names_the_zone_and_leads_to_the_story(newsroom: Newsroom, view: str) -> None:
    edition = published(headline="Ferries resume", section=SectionFactory(name="World"))
    updated(edition.article, live_from=NOON + 6 * HOUR, headline="Ferries at full strength")
    page = _page(newsroom.desk(Role.EDITOR), view=view)
    shown = _entries(page)
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
    shown = _entries(_page(newsroom.desk(Role.EDITOR)))
    assert "Was withdrawn" in shown[f"e{gone.pk}"]
    assert "Move…" not in shown[f"e{gone.pk}"]
    assert "Is withdrawn" in shown[f"e{going.pk}"]
    assert f"edition={going.pk}&amp;moves=ends" in shown[f"e{going.pk}"]


def test_what_is_held_shows_when_it_would_have_gone_live_and_why_it_does_not(newsroom: Newsroom) -> None:
    edition = scheduled(live_from=NOON + 6 * HOUR, headline="Under the lawyers’ eyes")
    publishing.hold(edition.article, reason="Wait for the <judge>.", by=managing_editor(), at=NOON - MINUTE)
    page = _page(newsroom.desk(Role.EDITOR))
    entry = next(text for key, text in _entries(page).items() if key.startswith("h"))
    assert "Held: would go live" in entry
    assert ">18:00</time>" in entry
    assert "Hold, managing-editor: “Wait for the &lt;judge&gt;.”" in entry
    assert "Move…" not in entry


def test_the_end_of_an_embargo_is_on_the_calendar(newsroom: Newsroom) -> None:
    article = ArticleFactory(headline="The budget")
    kept(article)
    publishing.set_embargo(article, until=NOON + 5 * HOUR, by=managing_editor(), at=NOON - MINUTE)
    entry = _entries(_page(newsroom.desk(Role.EDITOR)))[f"m{article.pk}"]
    assert "Embargo ends" in entry
    assert ">17:00</time>" in entry


def test_the_day_begins_and_ends_at_the_newsrooms_midnight(newsroom: Newsroom) -> None:
    summer = datetime(2026, 7, 1, 23, 0, tzinfo=UTC)  # midnight in London, between 1 and 2 July
    newsroom.at = summer - DAY
    before = scheduled(live_from=summer - MINUTE, at=summer - 2 * DAY)
    after = scheduled(live_from=summer, at=summer - 2 * DAY)
    desk = newsroom.desk(Role.EDITOR)
    assert set(_entries(_page(desk, on="2026-07-01"))) == {f"b{before.pk}"}
    assert set(_entries(_page(desk, on="2026-07-02"))) == {f"b{after.pk}"}
    assert ">00:00</time>" in _page(desk, on="2026-07-02")
    assert "Europe/London (BST)" in _page(desk, on="2026-07-02")


def test_a_section_shows_its_own_stories_and_those_of_sections_inside_it(newsroom: Newsroom) -> None:
    world = SectionFactory(name="World", slug="world")
    inside = SectionFactory(name="Europe", slug="europe", parent=world)
    own, child = scheduled(section=world), scheduled(section=inside)
    other = scheduled(section=SectionFactory(name="Sport"))
    desk = newsroom.desk(Role.EDITOR)
    for view in VIEWS:
        assert set(_entries(_page(desk, view=view))) == {f"b{each.pk}" for each in (own, child, other)}
        assert set(_entries(_page(desk, view=view, section="world"))) == {f"b{own.pk}", f"b{child.pk}"}
        assert set(_entries(_page(desk, view=view, section="europe"))) == {f"b{child.pk}"}


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
    day, week, month = (_page(desk, view=view, on="2026-02-04") for view in VIEWS)
    assert (len(_entries(day)), len(_entries(week)), len(_entries(month))) == (40, 12, 4)
    assert "and 36 more" in month
    assert "40 live" in month
    assert week.count("and 9 more") == 3
    assert "on=2026-02-04#h07" in week.replace("&amp;", "&")


def test_a_month_shows_whole_weeks_from_monday(newsroom: Newsroom) -> None:
    days = Period(View.MONTH, datetime(2026, 2, 3, tzinfo=UTC).date()).days
    assert (days[0].isoformat(), days[-1].isoformat(), len(days)) == ("2026-01-26", "2026-03-01", 35)
    page = _page(newsroom.desk(Role.EDITOR), view="month", on="2026-02-03")
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
    page = _page(desk, on="2026-10-25")
    assert "the clocks go back at 02:00: the times from 01:00 to 02:00 come twice, first in BST, then in GMT" in page
    assert "Europe/London (BST, from Sunday 25 October 01:00 GMT)" in page
    assert "the clocks go forward at 01:00: there is no time between 01:00 and 02:00" in _page(desk, on="2026-03-29")


def test_the_hour_that_comes_twice_shows_each_story_in_its_own(newsroom: Newsroom) -> None:
    newsroom.at = AUTUMN - DAY
    first = scheduled(live_from=AUTUMN + 90 * MINUTE, at=AUTUMN - 2 * DAY)
    second = scheduled(live_from=AUTUMN + 150 * MINUTE, at=AUTUMN - 2 * DAY)
    desk = newsroom.desk(Role.EDITOR)
    for view in VIEWS:
        shown = _entries(_page(desk, view=view, on="2026-10-25"))
        assert ">01:30 BST</time>" in shown[f"b{first.pk}"]
        assert ">01:30 GMT</time>" in shown[f"b{second.pk}"]
    assert "This hour comes twice" in _page(desk, view="week", on="2026-10-25")
    assert "The clocks skip this hour" in _page(desk, view="week", on="2026-03-29")


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


# Moving


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MANAGING_EDITOR])
def test_editors_move_what_is_ahead_by_script_and_by_form(newsroom: Newsroom, role: Role) -> None:
    desk, edition = newsroom.desk(role), scheduled(live_from=NOON + 6 * HOUR)
    answer = _move(desk, edition, instant=(NOON + 7 * HOUR).isoformat())
    assert answer.json() == {
        "when": "today 19:00 GMT",
        "was": (NOON + 6 * HOUR).isoformat(),
        "now": (NOON + 7 * HOUR).isoformat(),
        "on": "2026-02-03",
    }
    edition.refresh_from_db()
    answer = _move(desk, edition, json=False, when="2026-02-04T06:30", view="week", on="2026-02-03", section="x")
    assert answer.headers["Location"] == f"{CALENDAR}?view=week&on=2026-02-03&section=x"
    assert "Moved to tomorrow 06:30 GMT." in said(answer)
    assert _start(edition) == NOON + 18 * HOUR + 30 * MINUTE


def test_a_set_withdrawal_is_moved_too(newsroom: Newsroom) -> None:
    edition = published()
    publishing.withdraw(edition.article, by=managing_editor(), at=NOON - MINUTE, live_until=NOON + HOUR)
    edition.refresh_from_db()
    answer = _move(newsroom.desk(Role.EDITOR), edition, moves="ends", when="2026-02-03T15:00")
    assert answer.json()["when"] == "today 15:00 GMT"
    edition.refresh_from_db()
    assert edition.live_until == NOON + 3 * HOUR


def test_the_form_shows_where_it_stands_and_keeps_what_was_typed_when_it_is_refused(newsroom: Newsroom) -> None:
    desk, edition = newsroom.desk(Role.EDITOR), scheduled(live_from=NOON + 6 * HOUR, headline="The evening’s story")
    page = desk.get(MOVE, edition=str(edition.pk), moves="begins", view="week").content.decode()
    assert "Move: The evening’s story" in page
    assert 'value="2026-02-03T18:00"' in page
    assert "Europe/London" in page
    page = _move(desk, edition, json=False, when="2026-02-03T11:00").content.decode()
    assert "That time has passed." in page
    assert 'value="2026-02-03T11:00"' in page
    assert _start(edition) == NOON + 6 * HOUR


def test_undo_is_refused_where_a_colleague_moved_it_meanwhile(newsroom: Newsroom) -> None:
    desk, edition = newsroom.desk(Role.EDITOR), scheduled(live_from=NOON + 6 * HOUR)
    moved = _move(desk, edition, instant=(NOON + 7 * HOUR).isoformat()).json()
    ada = UserFactory(first_name="Ada", role=Role.EDITOR)
    newsroom.at += MINUTE
    edition.refresh_from_db()
    publishing.reschedule(edition, live_from=NOON + 8 * HOUR, by=ada, at=newsroom.at)
    newsroom.at += MINUTE
    answer = _move(desk, edition, seen=moved["now"], instant=moved["was"])
    assert answer.status_code == 409
    assert answer.json()["refused"].startswith("Meanwhile Ada has moved it: it is set for today 20:00 GMT.")
    assert _start(edition) == NOON + 8 * HOUR


def test_nothing_past_is_moved_and_nothing_moves_into_the_past(newsroom: Newsroom) -> None:
    desk, past, ahead = newsroom.desk(Role.EDITOR), published(), scheduled()
    assert _move(desk, past, instant=(NOON + HOUR).isoformat()).status_code == 409
    assert _move(desk, ahead, instant=(NOON - MINUTE).isoformat()).status_code == 409
    assert (_start(past), _start(ahead)) == (NOON - HOUR, NOON + HOUR)


@pytest.mark.parametrize(
    ("when", "choices"),
    [
        ("2026-03-29T01:30", ["2026-03-29T00:59:00+00:00", "2026-03-29T01:00:00+00:00"]),
        ("2026-10-25T01:30", ["2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00"]),
    ],
)
def test_a_time_that_is_skipped_or_repeated_comes_back_with_the_two_that_exist(
    newsroom: Newsroom, when: str, choices: list[str]
) -> None:
    desk, edition = newsroom.desk(Role.EDITOR), scheduled()
    answer = _move(desk, edition, when=when)
    assert answer.status_code == 409
    assert [each["instant"] for each in answer.json()["choices"]] == choices
    assert all("GMT" in each["label"] or "BST" in each["label"] for each in answer.json()["choices"])
    assert _start(edition) == NOON + HOUR
    assert _move(desk, edition, instant=choices[1]).status_code == 200
    assert _start(edition).isoformat() == choices[1]


def test_the_form_asks_which_of_two_equal_times_is_meant(newsroom: Newsroom) -> None:
    desk, edition = newsroom.desk(Role.EDITOR), scheduled()
    page = _move(desk, edition, json=False, when="2026-10-25T01:30").content.decode()
    assert "the second 01:30 (GMT)" in page
    assert _move(desk, edition, json=False, when="2026-10-25T01:30", when_fold="1").status_code == 302
    assert _start(edition) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "wrong",
    [
        {"when": ""},
        {"when": "soon"},
        {"instant": "2026-02-04T06:00"},
        {"instant": "9999-12-31T23:59:59-23:00"},
        {"seen": ""},
        {"seen": "yesterday"},
    ],
)
def test_what_cannot_be_read_is_refused_in_words(newsroom: Newsroom, wrong: dict[str, Any]) -> None:
    edition = scheduled()
    answer = _move(newsroom.desk(Role.EDITOR), edition, **wrong)
    assert answer.status_code == 409
    assert answer.json()["refused"]
    assert _start(edition) == NOON + HOUR


@pytest.mark.parametrize("field", ["edition", "moves"])
@pytest.mark.parametrize("wrong", ["", "x", "-1", "9" * 30, "²"])
def test_what_does_not_exist_is_not_found(newsroom: Newsroom, field: str, wrong: str) -> None:
    edition = scheduled()
    data = {"edition": str(edition.pk), "moves": "begins", "seen": edition.live_from.isoformat(), field: wrong}
    answer = newsroom.desk(Role.EDITOR).post(MOVE, data | {"instant": (NOON + DAY).isoformat()})
    assert answer.status_code == 404


# Who


def _stories(writer: Desk) -> tuple[Edition, Edition]:
    """One of the writer's own, and somebody else's."""
    return scheduled(created_by=writer.user, headline="My own"), scheduled(headline="Somebody else’s secret")


@pytest.mark.parametrize("view", VIEWS)
def test_a_writer_sees_own_stories_and_nothing_to_move_them_with(newsroom: Newsroom, view: str) -> None:
    writer = newsroom.desk(Role.WRITER)
    own, foreign = _stories(writer)
    publishing.hold(scheduled(headline="A secret on hold").article, reason="Hush", by=managing_editor(), at=NOON)
    page = _page(writer, view=view)
    assert set(_entries(page)) == {f"b{own.pk}"}
    assert "secret" not in page
    assert "Hush" not in page
    assert MOVE not in page.replace(f'data-move-url="{MOVE}"', "")
    assert "Move…" not in page
    assert foreign.headline not in page


@pytest.mark.parametrize("json", [True, False])
def test_a_writer_moves_nothing_and_cannot_tell_a_foreign_story_from_none(newsroom: Newsroom, json: bool) -> None:
    writer = newsroom.desk(Role.WRITER)
    own, foreign = _stories(writer)
    events = Event.objects.count()
    assert _move(writer, own, json=json, instant=(NOON + DAY).isoformat()).status_code == 403
    refused = _move(writer, foreign, json=json, instant=(NOON + DAY).isoformat())
    nothing = _move(writer, Edition(pk=10**9, live_from=NOON), json=json, instant=(NOON + DAY).isoformat())
    assert (refused.status_code, refused.content) == (nothing.status_code, nothing.content)
    assert refused.status_code == 404
    for edition in (own, foreign):
        query = {"edition": str(edition.pk), "moves": "begins"}
        assert writer.get(MOVE, **query).status_code == (403 if edition is own else 404)
        assert _start(edition) == NOON + HOUR
    assert Event.objects.count() == events


def test_nobody_without_a_role_and_nobody_unknown_sees_or_moves_anything(newsroom: Newsroom) -> None:
    edition = scheduled(headline="Not for you")
    nobody = Desk(UserFactory())
    assert nobody.get(CALENDAR).status_code == 403
    assert _move(nobody, edition, instant=(NOON + DAY).isoformat()).status_code == 403
    stranger = Client()
    for response in (stranger.get(CALENDAR, secure=True), stranger.post(MOVE, {"edition": edition.pk}, secure=True)):
        assert response.status_code == 302
        assert "/admin/login/" in response.headers["Location"]
    assert _start(edition) == NOON + HOUR


def test_a_move_needs_its_token(newsroom: Newsroom) -> None:
    desk, edition = newsroom.desk(Role.EDITOR), scheduled()
    desk.client = Client(enforce_csrf_checks=True)
    desk.client.force_login(desk.user, backend="django.contrib.auth.backends.ModelBackend")
    assert _move(desk, edition, instant=(NOON + DAY).isoformat()).status_code == 403
    assert _start(edition) == NOON + HOUR


# Conflicts


def _remarks(newsroom: Newsroom, edition: Edition, **query: str) -> list[str]:
    entry = _entries(_page(newsroom.desk(Role.EDITOR), **query))[f"b{edition.pk}"]
    return re.findall(r'<p class="desk-entry__remark[^"]*">(.*?)</p>', entry)


@pytest.mark.parametrize("view", VIEWS)
def test_an_update_after_the_withdrawal_is_a_conflict_in_words_and_listed_first(newsroom: Newsroom, view: str) -> None:
    article = published(headline="Gone by then").article
    update = updated(article, live_from=NOON + 6 * HOUR, at=NOON - 2 * MINUTE, headline="Back again")
    publishing.withdraw(article, by=managing_editor(), at=NOON - MINUTE, live_until=NOON + 4 * HOUR, keep=[update.pk])
    text = "After its withdrawal of today 16:00 GMT: this brings the story back."
    assert _remarks(newsroom, update, view=view) == [text]
    page = _page(newsroom.desk(Role.EDITOR), view=view)
    listed = page[page.index("To look at") : page.index("</section>")]
    assert "Conflict:" in listed
    assert text in listed
    assert f"view=day&amp;on=2026-02-03#b{update.pk}" in listed
    assert "Comes back" in _entries(page)[f"b{update.pk}"]


def test_bringing_back_what_was_withdrawn_long_ago_is_said_and_no_conflict(newsroom: Newsroom) -> None:
    article = published(at=NOON - 2 * DAY).article
    publishing.withdraw(article, by=managing_editor(), at=NOON - DAY)
    update = updated(article, live_from=NOON + 6 * HOUR, at=NOON - MINUTE, headline="Put right")
    assert _remarks(newsroom, update) == [
        "The story has been withdrawn since yesterday 12:00 GMT: this brings it back."
    ]
    assert "Conflict:" not in _page(newsroom.desk(Role.EDITOR))


def test_an_edition_before_its_embargo_is_a_conflict(newsroom: Newsroom) -> None:
    edition = scheduled(live_from=NOON + HOUR)
    # No verb leaves it so; a row that was put in by hand is to be seen all the same.
    Article.objects.filter(pk=edition.article_id).update(embargo_until=NOON + 2 * HOUR)
    assert _remarks(newsroom, edition) == ["Before its embargo ends, today 14:00 GMT."]


@pytest.mark.parametrize(("apart", "is_said"), [(5 * MINUTE, True), (6 * MINUTE, False)])
def test_two_updates_of_a_story_minutes_apart_are_a_conflict_at_both(
    newsroom: Newsroom, apart: Any, is_said: bool
) -> None:
    first = scheduled(live_from=NOON + HOUR)
    second = updated(first.article, live_from=NOON + HOUR + apart, headline="Again")
    expected = [f"It changes at 13:00 GMT and again at {NOON + HOUR + apart:%H:%M} GMT, only minutes apart."]
    for edition in (first, second):
        assert _remarks(newsroom, edition) == (expected if is_said else [])


def test_pieces_of_a_kind_at_one_minute_and_equal_headlines_are_to_be_looked_at(newsroom: Newsroom) -> None:
    one, two = (scheduled(kind="analysis", live_from=NOON + HOUR) for _ in range(2))
    for _ in range(2):
        scheduled(live_from=NOON + HOUR)  # news may come together
    said_at = ["Two pieces of the kind “analysis” go live at 13:00 GMT."]
    assert _remarks(newsroom, one) == _remarks(newsroom, two) == said_at
    same = [scheduled(headline=headline, live_from=NOON + 2 * HOUR) for headline in ("Salt prices", "Salt Prices")]
    for edition in same:
        assert _remarks(newsroom, edition) == ["Another story has the same headline: today 14:00 GMT."]
    assert "Conflict:" not in _page(newsroom.desk(Role.EDITOR))


def test_what_is_past_is_no_conflict_and_an_ordinary_evening_has_none(newsroom: Newsroom) -> None:
    article = published(at=NOON - 4 * HOUR).article
    publishing.withdraw(article, by=managing_editor(), at=NOON - 3 * HOUR)
    revised(article, at=NOON - 2 * HOUR, headline="Put right")
    article.refresh_from_db()
    assert article.head_revision
    publishing.publish(article, revision=article.head_revision, by=managing_editor(), at=NOON - HOUR)
    updated(article, live_from=NOON + 6 * HOUR, headline="The evening’s")
    scheduled(live_from=NOON + 6 * HOUR)
    assert "To look at" not in _page(newsroom.desk(Role.EDITOR))


def test_a_conflict_is_seen_though_its_day_is_too_full_to_be_shown_whole(newsroom: Newsroom) -> None:
    article = published(section=SectionFactory()).article
    for number in range(6):
        scheduled(live_from=NOON + (30 + number) * MINUTE)
    update = updated(article, live_from=NOON + 6 * HOUR, at=NOON - 2 * MINUTE, headline="Back again")
    publishing.withdraw(article, by=managing_editor(), at=NOON - MINUTE, live_until=NOON + 4 * HOUR, keep=[update.pk])
    page = _page(newsroom.desk(Role.EDITOR), view="month")
    assert "Conflict:" in page
    assert "and 5 more" in page


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
        _page(desk, view=view)
        quiet[view] = len(desk.queries)
    _busy(section, newsroom, 1_500)
    Article.objects.filter(pk__lte=Article.objects.earliest("pk").pk + 400).update(created_by=desk.user)
    for view in VIEWS:
        for more in ({}, {"section": "world"}, {"on": "2026-02-04"}):
            _page(desk, view=view, **more)
            # What there is, and why it is held, is asked for where there is something.
            assert len(desk.queries) <= min(15, quiet[view] + 2), view
            for sql in desk.queries:
                assert " OFFSET " not in sql.upper()
