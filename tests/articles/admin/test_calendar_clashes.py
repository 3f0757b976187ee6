"""What the calendar says of plans that are hardly meant, and what it leaves unsaid."""

from __future__ import annotations

import re
from typing import Any

import pytest

from articles import publishing
from articles.models import Article, Edition
from articles.permissions import Role
from tests.articles.admin.calendar_pages import VIEWS, entries, page_of
from tests.articles.admin.conftest import Newsroom
from tests.factories import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    SectionFactory,
    managing_editor,
    published,
    revised,
    scheduled,
    updated,
)


def _remarks(newsroom: Newsroom, edition: Edition, **query: str) -> list[str]:
    entry = entries(page_of(newsroom.desk(Role.EDITOR), **query))[f"b{edition.pk}"]
    return re.findall(r'<p class="desk-entry__remark[^"]*">(.*?)</p>', entry)


@pytest.mark.parametrize("view", VIEWS)
def test_an_update_after_the_withdrawal_is_a_conflict_in_words_and_listed_first(newsroom: Newsroom, view: str) -> None:
    article = published(headline="Gone by then").article
    update = updated(article, live_from=NOON + 6 * HOUR, at=NOON - 2 * MINUTE, headline="Back again")
    publishing.withdraw(article, by=managing_editor(), at=NOON - MINUTE, live_until=NOON + 4 * HOUR, keep=[update.pk])
    text = "After its withdrawal of today 16:00 GMT: this brings the story back."
    assert _remarks(newsroom, update, view=view) == [text]
    page = page_of(newsroom.desk(Role.EDITOR), view=view)
    listed = page[page.index("To look at") : page.index("</section>")]
    assert "Conflict:" in listed
    assert text in listed
    assert f"view=day&amp;on=2026-02-03#b{update.pk}" in listed
    assert "Comes back" in entries(page)[f"b{update.pk}"]


def test_bringing_back_what_was_withdrawn_long_ago_is_said_and_no_conflict(newsroom: Newsroom) -> None:
    article = published(at=NOON - 2 * DAY).article
    publishing.withdraw(article, by=managing_editor(), at=NOON - DAY)
    update = updated(article, live_from=NOON + 6 * HOUR, at=NOON - MINUTE, headline="Put right")
    assert _remarks(newsroom, update) == [
        "The story has been withdrawn since yesterday 12:00 GMT: this brings it back."
    ]
    assert "Conflict:" not in page_of(newsroom.desk(Role.EDITOR))


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
    assert "Conflict:" not in page_of(newsroom.desk(Role.EDITOR))


def test_what_is_past_is_no_conflict_and_an_ordinary_evening_has_none(newsroom: Newsroom) -> None:
    article = published(at=NOON - 4 * HOUR).article
    publishing.withdraw(article, by=managing_editor(), at=NOON - 3 * HOUR)
    revised(article, at=NOON - 2 * HOUR, headline="Put right")
    article.refresh_from_db()
    assert article.head_revision
    publishing.publish(article, revision=article.head_revision, by=managing_editor(), at=NOON - HOUR)
    updated(article, live_from=NOON + 6 * HOUR, headline="The evening’s")
    scheduled(live_from=NOON + 6 * HOUR)
    assert "To look at" not in page_of(newsroom.desk(Role.EDITOR))


def test_a_conflict_is_seen_though_its_day_is_too_full_to_be_shown_whole(newsroom: Newsroom) -> None:
    article = published(section=SectionFactory()).article
    for number in range(6):
        scheduled(live_from=NOON + (30 + number) * MINUTE)
    update = updated(article, live_from=NOON + 6 * HOUR, at=NOON - 2 * MINUTE, headline="Back again")
    publishing.withdraw(article, by=managing_editor(), at=NOON - MINUTE, live_until=NOON + 4 * HOUR, keep=[update.pk])
    page = page_of(newsroom.desk(Role.EDITOR), view="month")
    assert "Conflict:" in page
    assert "and 5 more" in page
