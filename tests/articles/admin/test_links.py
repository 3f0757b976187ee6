"""What the link box finds, for whom; and that a save turns addresses of our own into links by identity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from articles import publishing
from articles.importers import read_pasted
from articles.importers.story import take_in
from articles.models import Article
from articles.permissions import Role
from tests.desk import Desk
from tests.factories import (
    DAY,
    HOUR,
    NOON,
    ArticleFactory,
    SectionFactory,
    UserFactory,
    kept,
    managing_editor,
    published,
    revised,
    scheduled,
)

if TYPE_CHECKING:
    from tests.articles.admin.conftest import Newsroom

pytestmark = pytest.mark.django_db

PICK = "/admin/articles/article/pick/stories/"


def found(desk: Desk, **query: str) -> list[dict[str, Any]]:
    response = desk.get(PICK, **query)
    assert response.status_code == 200
    results: list[dict[str, Any]] = response.json()["results"]
    return results


def labels(desk: Desk, words: str) -> set[str]:
    return {each["label"] for each in found(desk, q=words)}


def test_a_writer_finds_what_readers_see_and_their_own_and_no_draft_of_others(newsroom: Newsroom) -> None:
    desk = newsroom.desk(Role.WRITER)
    published(headline="Tariffs live")
    ArticleFactory(headline="Tariffs of mine", created_by=desk.user)
    ArticleFactory(headline="Tariffs secret")
    scheduled(headline="Tariffs tomorrow", live_from=NOON + DAY)
    assert labels(desk, "tariffs") == {"Tariffs live", "Tariffs of mine"}
    assert labels(newsroom.desk(Role.EDITOR), "tariffs") == {
        "Tariffs live",
        "Tariffs of mine",
        "Tariffs secret",
        "Tariffs tomorrow",
    }


def test_a_colleagues_story_is_told_as_readers_know_it(newsroom: Newsroom) -> None:
    edition = published(headline="What readers know", body="<p>About the harbour.</p>")
    revised(edition.article, at=NOON, headline="What the desk plans")
    writer, editor = newsroom.desk(Role.WRITER), newsroom.desk(Role.EDITOR)
    for words in ("readers kno", "harbour"):
        assert labels(writer, words) == {"What readers know"}
    assert labels(writer, "desk plans") == set()
    assert labels(editor, "desk plans") == {"What the desk plans"}
    (row,) = found(writer, ids=str(edition.article_id))
    assert row == {
        "id": edition.article_id,
        "label": "What readers know",
        "hint": f"{edition.section.name} · 3 Feb 2026 · Live",
        "live": True,
    }


def test_each_story_says_where_it_stands_and_live_ones_come_first(newsroom: Newsroom) -> None:
    ArticleFactory(headline="Salt one", section=None, saved_at=NOON)
    scheduled(headline="Salt two", live_from=NOON + HOUR)
    withdrawn = published(headline="Salt three")
    publishing.withdraw(withdrawn.article, by=managing_editor(), at=NOON)
    published(headline="Salt four")
    rows = found(newsroom.desk(Role.EDITOR), q="salt")
    hints = {row["label"]: row["hint"] for row in rows}
    assert rows[0]["label"] == "Salt four"
    assert [row["live"] for row in rows] == [True, False, False, False]
    assert hints["Salt one"] == "3 Feb 2026 · Draft"
    assert hints["Salt two"].endswith(" · Scheduled for today 13:00 GMT")
    assert hints["Salt three"].endswith(" · 3 Feb 2026 · Withdrawn")


def test_the_story_at_an_address_is_found_only_by_those_who_may_know_it(newsroom: Newsroom) -> None:
    writer, editor = newsroom.desk(Role.WRITER), newsroom.desk(Role.EDITOR)
    live, ahead = published(), scheduled(live_from=NOON + DAY)
    for desk, edition, known in ((writer, live, True), (writer, ahead, False), (editor, ahead, True)):
        rows = found(desk, address=f"https://www.example.org{edition.path}")
        assert [row["id"] for row in rows] == [edition.article_id] * known
    assert found(writer, address="https://elsewhere.test/") == []


def test_a_link_to_a_story_unknown_to_a_person_says_no_more_than_one_to_none(newsroom: Newsroom) -> None:
    secret = scheduled(live_from=NOON + DAY).article_id
    first, second = found(newsroom.desk(Role.WRITER), ids=f"{secret},{10**17}")
    assert first == {"id": secret, "label": "", "hint": "", "live": False}
    assert second == first | {"id": 10**17}


def test_a_story_is_not_offered_to_itself_and_a_letter_or_two_find_no_text(newsroom: Newsroom) -> None:
    desk = newsroom.desk(Role.WRITER)
    edition = published(headline="Tariffs", body="<p>Of zinc.</p>")
    assert found(desk, q="tariffs", but=str(edition.article_id)) == []
    assert labels(desk, "zin") == {"Tariffs"}
    assert labels(desk, "zi") == set()
    assert labels(desk, "") == {"Tariffs"}


def test_nonsense_finds_nothing(newsroom: Newsroom) -> None:
    published(headline="The accord")
    desk = newsroom.desk(Role.WRITER)
    for words in ("' | !", "& :*", "<->", "\\", "___", "x" * 4000):
        assert found(desk, q=words) == []
    assert found(desk, ids="abc,-1,0,99999999999999999999999") == []
    assert labels(desk, "the acc") == {"The accord"}


def test_only_those_who_write_may_ask(newsroom: Newsroom) -> None:
    assert Desk(UserFactory()).get(PICK, q="x").status_code == 404
    assert Client().get(PICK, secure=True).status_code == 302
    assert newsroom.desk(Role.MANAGING_EDITOR).get(PICK, q="x").status_code == 200
    assert newsroom.desk(Role.WRITER).post(PICK, {"q": "x"}).status_code == 405


def test_a_search_takes_few_queries_however_much_it_finds(newsroom: Newsroom) -> None:
    for number in range(15):
        published(headline=f"Tariffs {number}")
    desk = newsroom.desk(Role.WRITER)
    assert len(found(desk, q="tariffs")) == 12
    assert sum("articles_" in sql for sql in desk.queries) <= 6, desk.queries


def test_saving_turns_addresses_of_ours_into_links_by_identity(newsroom: Newsroom) -> None:
    desk = newsroom.desk(Role.WRITER)
    target, ahead = published(), scheduled(live_from=NOON + DAY)
    article = ArticleFactory(created_by=desk.user)
    kept(article)
    typed = f'<p><a href="https://www.example.org{target.path}?x#h-y">a</a> <a href="{ahead.path}">b</a></p>'
    assert desk.save(article, body=typed).status_code == 302
    article.refresh_from_db()
    assert article.body == f'<p><a data-article="{target.article_id}">a</a> <a href="{ahead.path}">b</a></p>'
    assert article.head_revision is not None
    assert article.head_revision.body == article.body
    # Saved again as it stands, it is the same story and no new revision.
    desk.save(article)
    assert Article.objects.get(pk=article.pk).head_revision == article.head_revision


def test_copy_that_is_taken_in_links_by_identity_too(db: None) -> None:
    target = published()
    copy = read_pasted(f"A headline\n\nA paragraph.\n\n<p>See <a href='{target.path}'>this</a>.</p>")
    copy.body = f'<p><a href="{target.path}">this</a></p>'
    report = take_in(copy, section=SectionFactory(), by=managing_editor(), at=NOON)
    assert f'<a data-article="{target.article_id}">this</a>' in report.article.body
