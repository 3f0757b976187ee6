"""The list of stories: what it says of each state, what its filters leave, and what it costs."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from articles import publishing, workflow
from articles.admin.story_filters import in_state
from articles.admin.story_search import matching
from articles.models import Article
from articles.permissions import Role
from articles.state import State, state_of, with_state
from tests.articles.admin.conftest import Newsroom
from tests.factories import (
    HOUR,
    MINUTE,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    kept,
    managing_editor,
    published,
    revised,
    scheduled,
)

STORIES = "/admin/articles/article/"


@pytest.fixture
def in_each_state(db: None) -> dict[State, Article]:
    """One story in each state, and more that are easily mistaken for another."""
    chief, before = managing_editor(), NOON - HOUR
    draft, review, ready = (ArticleFactory() for _ in range(3))
    for each in (draft, review, ready):
        kept(each)
    workflow.submit(review, by=chief, at=before)
    workflow.mark_ready(ready, by=chief, at=before)
    planned, live = scheduled().article, published().article
    changed = published().article
    revised(changed, at=NOON, headline="Changed since")
    updated = published().article
    publishing.publish(updated, revision=revised(updated, at=NOON - MINUTE, headline="New"), by=chief, at=NOON - MINUTE)
    gone = published(at=NOON - 2 * HOUR).article
    publishing.withdraw(gone, by=chief, at=before)
    back = published(at=NOON - 2 * HOUR).article
    publishing.withdraw(back, by=chief, at=NOON - 2 * HOUR + MINUTE)
    publishing.publish(back, revision=kept(back), by=chief, at=before)
    return {
        State.DRAFT: draft,
        State.IN_REVIEW: review,
        State.READY: ready,
        State.SCHEDULED: planned,
        State.LIVE: live,
        State.LIVE_WITH_CHANGES: changed,
        State.WITHDRAWN: gone,
    }


@pytest.mark.parametrize("state", list(State))
def test_the_filter_of_a_state_and_the_state_itself_agree(in_each_state: dict[State, Article], state: State) -> None:
    assert state_of(in_each_state[state], at=NOON) == state
    for at in (NOON, NOON + HOUR, NOON + 2 * HOUR):
        derived = {row.pk for row in with_state(Article.objects.all(), at=at) if row.state == state}
        assert {row.pk for row in in_state(Article.objects.all(), state, at=at)} == derived


def test_the_list_says_where_each_story_stands(newsroom: Newsroom, in_each_state: dict[State, Article]) -> None:
    page = newsroom.desk(Role.EDITOR).get(STORIES).content.decode()
    for state in State:
        assert f'desk-badge--{state.value}"' in page
    assert "Scheduled for today 13:00 GMT" in page
    assert "Live <time" in page


def test_the_next_change_is_told_whether_it_is_an_update_or_the_end(newsroom: Newsroom) -> None:
    live, chief = published().article, managing_editor()
    publishing.schedule(live, revision=revised(live, at=NOON, headline="B"), live_from=NOON + HOUR, by=chief, at=NOON)
    ending = published().article
    publishing.withdraw(ending, by=chief, at=NOON, live_until=NOON + 2 * HOUR)
    page = newsroom.desk(Role.EDITOR).get(STORIES).content.decode()
    assert 'Updated <time datetime="2026-02-03T13:00:00+00:00">today 13:00 GMT' in page
    assert 'Withdrawn <time datetime="2026-02-03T14:00:00+00:00">today 14:00 GMT' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Rates", "Tariffs", "Poem"}),
        ({"q": "tarif"}, {"Tariffs"}),
        ({"q": "ada"}, {"Rates"}),
        ({"q": "ada tariffs"}, set()),
        ({"kind": "opinion"}, {"Poem"}),
        ({"kind": "no such"}, {"Rates", "Tariffs", "Poem"}),
        ({"stage": "in_review"}, {"Tariffs"}),
        ({"state": "in_review"}, {"Tariffs"}),
        ({"mine": "mine"}, {"Poem"}),
        ({"mine": "assigned"}, set()),
        ({"mine": "nobody"}, {"Rates", "Tariffs", "Poem"}),
        ({"next": "any"}, set()),
        ({"bin": "bin"}, {"Old"}),
    ],
)
def test_filters_and_search_leave_what_they_say(newsroom: Newsroom, query: dict[str, str], found: set[str]) -> None:
    editor = newsroom.desk(Role.EDITOR)
    ArticleFactory(headline="Rates", bylines=[AuthorFactory(name="Ada Kilbride")])
    ArticleFactory(headline="Tariffs", stage="in_review")
    ArticleFactory(headline="Poem", kind="opinion", created_by=editor.user)
    ArticleFactory(headline="Old", binned_at=NOON)
    response = editor.get(STORIES, **query)
    assert {article.headline for article in response.context["cl"].result_list} == found


def test_a_section_is_found_with_those_inside_it_and_an_author_in_any_role(newsroom: Newsroom) -> None:
    editor, world, author = newsroom.desk(Role.EDITOR), SectionFactory(), AuthorFactory()
    inside = ArticleFactory(section=SectionFactory(parent=world), bylines=[author])
    ArticleFactory()
    for query in ({"section": str(world.pk)}, {"author": str(author.pk)}):
        assert list(editor.get(STORIES, **query).context["cl"].result_list) == [inside]


def test_pages_are_read_by_cursor_and_none_is_left_out(newsroom: Newsroom) -> None:
    editor = newsroom.desk(Role.EDITOR)
    section, signed = SectionFactory(), [AuthorFactory()]
    for _ in range(120):
        ArticleFactory(section=section, bylines=signed, created_by=editor.user)
    seen: list[int] = []
    query: dict[str, str] = {}
    while True:
        cl = editor.get(STORIES, **query).context["cl"]
        # What waits for this person is counted in the sidebar, and is never much.
        of_stories = [sql for sql in editor.queries if "articles_notice" not in sql]
        assert not any("OFFSET" in sql or "COUNT(*)" in sql for sql in of_stories)
        seen += [article.pk for article in cl.result_list]
        if cl.older is None:
            break
        query = {"p": cl.older}
    assert len(seen) == len(set(seen)) == 120


@pytest.mark.parametrize("cursor", ["x", "1", "1-1-1", "99999999999999999999-1", "-1-1"])
def test_a_bad_cursor_is_no_error(newsroom: Newsroom, cursor: str) -> None:
    response = newsroom.desk(Role.EDITOR).get(STORIES, p=cursor)
    assert response.status_code in {200, 302}


@pytest.mark.parametrize("role", list(Role))
def test_the_list_and_the_first_page_cost_at_most_15_queries_however_many_stories(
    newsroom: Newsroom, role: Role
) -> None:
    desk = newsroom.desk(role)
    costs = []
    for _ in range(2):
        for _ in range(6):
            published(created_by=desk.user)
            scheduled(created_by=desk.user)
        for path in (STORIES, "/admin/"):
            assert desk.get(path).status_code == 200
            costs.append(len(desk.queries))
            assert len(desk.queries) <= 15, desk.queries
    assert costs[:2] == costs[2:]


def test_the_form_costs_at_most_25_queries(newsroom: Newsroom) -> None:
    chief = newsroom.desk(Role.MANAGING_EDITOR)
    article = published(
        bylines=[AuthorFactory() for _ in range(4)],
        tag_names=["A", "B", "C"],
        related=[published().article for _ in range(6)],
    ).article
    assert chief.get(f"{STORIES}{article.pk}/change/").status_code == 200
    assert len(chief.queries) <= 25, "\n".join(chief.queries)


def test_a_storys_editions_are_not_looked_for_among_paths(db: None) -> None:
    """PostgreSQL took the constraint on paths for an index of stories, and 3 ms for each row of the list."""
    article = published().article
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "edition_path_belongs_to_one_story" not in article.editions.filter(live_from__lte=NOON).explain()


def test_a_part_of_a_headline_is_found_by_an_index(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    assert "article_by_folded_headline" in matching(Article.objects.all(), "tariff").explain()


@pytest.mark.parametrize(("kind", "verb"), [("hold", publishing.hold), ("legal", publishing.legal_block)])
def test_the_list_says_what_holds_a_story_back_and_finds_it(newsroom: Newsroom, kind: str, verb: Any) -> None:
    editor = newsroom.desk(Role.EDITOR)
    held, free = ArticleFactory(headline="Held back"), ArticleFactory(headline="Free to go")
    verb(held, reason="Wait.", by=managing_editor(), at=NOON)
    for value in (kind, "any"):
        page = editor.get("/admin/articles/article/", obstacle=value).content.decode()
        assert f"desk-badge--{kind}" in page
        assert "Held back" in page
        assert free.headline not in page
    assert held.get_absolute_url() not in editor.get("/admin/articles/article/", obstacle="embargo").content.decode()


def test_the_list_knows_an_embargo_until_it_has_passed(newsroom: Newsroom) -> None:
    editor, article = newsroom.desk(Role.EDITOR), ArticleFactory(headline="Under wraps")
    publishing.set_embargo(article, until=NOON + HOUR, by=managing_editor(), at=NOON)
    assert "Embargo until" in editor.get("/admin/articles/article/", obstacle="embargo").content.decode()
    newsroom.at = NOON + HOUR
    assert "Under wraps" not in editor.get("/admin/articles/article/", obstacle="any").content.decode()
