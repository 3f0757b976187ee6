"""Presence: who has a story open, since when, until when, and from whom it was taken over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles import permissions, presence
from articles.models import Presence
from articles.permissions import Role
from tests.factories import MINUTE, NOON, ArticleFactory, UserFactory, managing_editor

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def names(rows: list[Presence]) -> list[str]:
    """Who these rows are about."""
    return [row.person.username for row in rows]


def test_everybody_in_a_story_sees_the_others_first_come_first_until_they_are_silent() -> None:
    article, ada, ben = ArticleFactory(), UserFactory(username="ada"), UserFactory(username="ben")
    presence.beat(article, ada, at=NOON, is_writing=True)
    seen = presence.beat(article, ben, at=NOON + 10 * SECOND, is_writing=False)
    assert [(row.person, row.since, row.is_writing) for row in seen.others] == [(ada, NOON, True)]
    assert names(presence.present(article, at=NOON + 44 * SECOND)) == ["ada", "ben"]
    assert names(presence.present(article, at=NOON + 46 * SECOND)) == ["ben"]
    assert names(presence.present(ArticleFactory(), at=NOON)) == []


def test_who_comes_back_at_once_has_been_there_all_the_time_and_who_was_away_begins_anew() -> None:
    article, ada = ArticleFactory(), UserFactory()
    presence.beat(article, ada, at=NOON, is_writing=True)
    presence.leave(article, ada, at=NOON + 20 * SECOND)
    assert presence.present(article, at=NOON + 20 * SECOND) == []
    assert presence.beat(article, ada, at=NOON + 25 * SECOND, is_writing=False).own.since == NOON
    later = NOON + 5 * MINUTE
    assert presence.beat(article, ada, at=later, is_writing=False).own.since == later


def test_a_story_taken_over_is_so_while_both_are_there() -> None:
    article, ada, ben = ArticleFactory(), UserFactory(), UserFactory()
    for person in (ada, ben):
        presence.beat(article, person, at=NOON, is_writing=True)
    presence.take_over(article, from_person=ada, by=ben, at=NOON + SECOND)
    seen = presence.beat(article, ada, at=NOON + 15 * SECOND, is_writing=True)
    assert seen.taken_over is not None
    assert (seen.taken_over.taken_over_by, seen.taken_over.taken_over_at) == (ben, NOON + SECOND)
    assert presence.beat(article, ben, at=NOON + 40 * SECOND, is_writing=True).taken_over is None
    assert presence.beat(article, ada, at=NOON + 80 * SECOND, is_writing=True).taken_over is not None
    assert presence.beat(article, ada, at=NOON + 90 * SECOND, is_writing=True).taken_over is None


def test_taking_it_back_ends_that_it_was_taken() -> None:
    article, ada, ben = ArticleFactory(), UserFactory(), UserFactory()
    for person in (ada, ben):
        presence.beat(article, person, at=NOON, is_writing=True)
    presence.take_over(article, from_person=ada, by=ben, at=NOON)
    presence.take_over(article, from_person=ben, by=ada, at=NOON + SECOND)
    assert presence.beat(article, ada, at=NOON + 2 * SECOND, is_writing=True).taken_over is None
    assert presence.beat(article, ben, at=NOON + 2 * SECOND, is_writing=True).taken_over is not None


def test_the_desk_sees_who_is_in_which_story_and_a_writer_only_in_their_own() -> None:
    ada, ben = UserFactory(username="ada", role=Role.WRITER), UserFactory(username="ben", role=Role.WRITER)
    own, foreign, binned = ArticleFactory(created_by=ada), ArticleFactory(), ArticleFactory(binned_at=NOON)
    presence.beat(own, ben, at=NOON - SECOND, is_writing=True)
    presence.beat(foreign, ben, at=NOON, is_writing=False)
    presence.beat(binned, ben, at=NOON, is_writing=False)
    assert [row.article for row in presence.everywhere(at=NOON)] == [foreign, own]
    assert [row.article for row in presence.everywhere(at=NOON, among=permissions.visible(ada))] == [own]
    assert presence.everywhere(at=NOON + MINUTE) == []


def test_a_sign_of_life_costs_two_queries_and_the_desks_list_one(django_assert_num_queries: type) -> None:
    article, people = ArticleFactory(), [UserFactory() for _ in range(30)]
    for person in people:
        presence.beat(article, person, at=NOON, is_writing=True)
    with django_assert_num_queries(2):
        seen = presence.beat(article, people[0], at=NOON + SECOND, is_writing=True)
        assert all(str(row.person) for row in seen.others)
    assert len(seen.others) == presence.MOST_IN_A_STORY
    with django_assert_num_queries(1):
        assert all(f"{row.person}{row.article}{row.article_id}" for row in presence.everywhere(at=NOON))


def test_rows_of_those_long_gone_go() -> None:
    presence.beat(ArticleFactory(), managing_editor(), at=NOON, is_writing=False)
    presence.beat(ArticleFactory(), managing_editor(), at=NOON + timedelta(days=2), is_writing=False)
    assert Presence.objects.count() == 1
