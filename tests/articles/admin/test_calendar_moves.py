"""Moving on the calendar, by script and by form: who may, where to, and what is said where it cannot be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from articles import publishing
from articles.models import Edition, Event
from articles.permissions import Role
from tests.articles.admin.calendar_pages import CALENDAR, MOVE, VIEWS, entries, move, page_of, start
from tests.articles.admin.conftest import Newsroom
from tests.desk import Desk, said
from tests.factories import DAY, HOUR, MINUTE, NOON, UserFactory, managing_editor, published, scheduled


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MANAGING_EDITOR])
def test_editors_move_what_is_ahead_by_script_and_by_form(newsroom: Newsroom, role: Role) -> None:
    desk, edition = newsroom.desk(role), scheduled(live_from=NOON + 6 * HOUR)
    answer = move(desk, edition, instant=(NOON + 7 * HOUR).isoformat())
    assert answer.json() == {
        "when": "today 19:00 GMT",
        "was": (NOON + 6 * HOUR).isoformat(),
        "now": (NOON + 7 * HOUR).isoformat(),
        "on": "2026-02-03",
    }
    edition.refresh_from_db()
    answer = move(desk, edition, json=False, when="2026-02-04T06:30", view="week", on="2026-02-03", section="x")
    assert answer.headers["Location"] == f"{CALENDAR}?view=week&on=2026-02-03&section=x"
    assert "Moved to tomorrow 06:30 GMT." in said(answer)
    assert start(edition) == NOON + 18 * HOUR + 30 * MINUTE


def test_a_set_withdrawal_is_moved_too(newsroom: Newsroom) -> None:
    edition = published()
    publishing.withdraw(edition.article, by=managing_editor(), at=NOON - MINUTE, live_until=NOON + HOUR)
    edition.refresh_from_db()
    answer = move(newsroom.desk(Role.EDITOR), edition, moves="ends", when="2026-02-03T15:00")
    assert answer.json()["when"] == "today 15:00 GMT"
    edition.refresh_from_db()
    assert edition.live_until == NOON + 3 * HOUR


def test_the_form_shows_where_it_stands_and_keeps_what_was_typed_when_it_is_refused(newsroom: Newsroom) -> None:
    desk, edition = newsroom.desk(Role.EDITOR), scheduled(live_from=NOON + 6 * HOUR, headline="The evening’s story")
    page = desk.get(MOVE, edition=str(edition.pk), moves="begins", view="week").content.decode()
    assert "Move: The evening’s story" in page
    assert 'value="2026-02-03T18:00"' in page
    assert "Europe/London" in page
    page = move(desk, edition, json=False, when="2026-02-03T11:00").content.decode()
    assert "That time has passed." in page
    assert 'value="2026-02-03T11:00"' in page
    assert start(edition) == NOON + 6 * HOUR


def test_undo_is_refused_where_a_colleague_moved_it_meanwhile(newsroom: Newsroom) -> None:
    desk, edition = newsroom.desk(Role.EDITOR), scheduled(live_from=NOON + 6 * HOUR)
    moved = move(desk, edition, instant=(NOON + 7 * HOUR).isoformat()).json()
    ada = UserFactory(first_name="Ada", role=Role.EDITOR)
    newsroom.at += MINUTE
    edition.refresh_from_db()
    publishing.reschedule(edition, live_from=NOON + 8 * HOUR, by=ada, at=newsroom.at)
    newsroom.at += MINUTE
    answer = move(desk, edition, seen=moved["now"], instant=moved["was"])
    assert answer.status_code == 409
    assert answer.json()["refused"].startswith("Meanwhile Ada has moved it: it is set for today 20:00 GMT.")
    assert start(edition) == NOON + 8 * HOUR


def test_nothing_past_is_moved_and_nothing_moves_into_the_past(newsroom: Newsroom) -> None:
    desk, past, ahead = newsroom.desk(Role.EDITOR), published(), scheduled()
    assert move(desk, past, instant=(NOON + HOUR).isoformat()).status_code == 409
    assert move(desk, ahead, instant=(NOON - MINUTE).isoformat()).status_code == 409
    assert (start(past), start(ahead)) == (NOON - HOUR, NOON + HOUR)


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
    answer = move(desk, edition, when=when)
    assert answer.status_code == 409
    assert [each["instant"] for each in answer.json()["choices"]] == choices
    assert all("GMT" in each["label"] or "BST" in each["label"] for each in answer.json()["choices"])
    assert start(edition) == NOON + HOUR
    assert move(desk, edition, instant=choices[1]).status_code == 200
    assert start(edition).isoformat() == choices[1]


def test_the_form_asks_which_of_two_equal_times_is_meant(newsroom: Newsroom) -> None:
    desk, edition = newsroom.desk(Role.EDITOR), scheduled()
    page = move(desk, edition, json=False, when="2026-10-25T01:30").content.decode()
    assert "the second 01:30 (GMT)" in page
    assert move(desk, edition, json=False, when="2026-10-25T01:30", when_fold="1").status_code == 302
    assert start(edition) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


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
    answer = move(newsroom.desk(Role.EDITOR), edition, **wrong)
    assert answer.status_code == 409
    assert answer.json()["refused"]
    assert start(edition) == NOON + HOUR


@pytest.mark.parametrize("field", ["edition", "moves"])
@pytest.mark.parametrize("wrong", ["", "x", "-1", "9" * 30, "²"])
def test_what_does_not_exist_is_not_found(newsroom: Newsroom, field: str, wrong: str) -> None:
    edition = scheduled()
    data = {"edition": str(edition.pk), "moves": "begins", "seen": edition.live_from.isoformat(), field: wrong}
    answer = newsroom.desk(Role.EDITOR).post(MOVE, data | {"instant": (NOON + DAY).isoformat()})
    assert answer.status_code == 404


def _stories(writer: Desk) -> tuple[Edition, Edition]:
    """One of the writer's own, and somebody else's."""
    return scheduled(created_by=writer.user, headline="My own"), scheduled(headline="Somebody else’s secret")


@pytest.mark.parametrize("view", VIEWS)
def test_a_writer_sees_own_stories_and_nothing_to_move_them_with(newsroom: Newsroom, view: str) -> None:
    writer = newsroom.desk(Role.WRITER)
    own, foreign = _stories(writer)
    publishing.hold(scheduled(headline="A secret on hold").article, reason="Hush", by=managing_editor(), at=NOON)
    page = page_of(writer, view=view)
    assert set(entries(page)) == {f"b{own.pk}"}
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
    assert move(writer, own, json=json, instant=(NOON + DAY).isoformat()).status_code == 403
    refused = move(writer, foreign, json=json, instant=(NOON + DAY).isoformat())
    nothing = move(writer, Edition(pk=10**9, live_from=NOON), json=json, instant=(NOON + DAY).isoformat())
    assert (refused.status_code, refused.content) == (nothing.status_code, nothing.content)
    assert refused.status_code == 404
    for edition in (own, foreign):
        query = {"edition": str(edition.pk), "moves": "begins"}
        assert writer.get(MOVE, **query).status_code == (403 if edition is own else 404)
        assert start(edition) == NOON + HOUR
    assert Event.objects.count() == events


def test_nobody_without_a_role_and_nobody_unknown_sees_or_moves_anything(newsroom: Newsroom) -> None:
    edition = scheduled(headline="Not for you")
    nobody = Desk(UserFactory())
    assert nobody.get(CALENDAR).status_code == 403
    assert move(nobody, edition, instant=(NOON + DAY).isoformat()).status_code == 403
    stranger = Client()
    for response in (stranger.get(CALENDAR, secure=True), stranger.post(MOVE, {"edition": edition.pk}, secure=True)):
        assert response.status_code == 302
        assert "/admin/login/" in response.headers["Location"]
    assert start(edition) == NOON + HOUR


def test_a_move_needs_its_token(newsroom: Newsroom) -> None:
    desk, edition = newsroom.desk(Role.EDITOR), scheduled()
    desk.client = Client(enforce_csrf_checks=True)
    desk.client.force_login(desk.user, backend="django.contrib.auth.backends.ModelBackend")
    assert move(desk, edition, instant=(NOON + DAY).isoformat()).status_code == 403
    assert start(edition) == NOON + HOUR
