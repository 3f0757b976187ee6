"""Buffers: what is typed and not saved waits for its person, and goes when it is saved or thrown away."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import QueryDict

from articles import buffers, publishing, workflow
from articles.admin.article_form import BEGAN, FORM_FIELDS
from articles.buffers import Base, Place, WrittenElsewhere
from articles.models import Article, Buffer, Stage
from articles.permissions import Role
from articles.refusals import NotAllowed, Refused
from authors.models import User
from tests.factories import DAY, HOUR, MINUTE, NOON, ArticleFactory, UserFactory, kept, managing_editor, published

pytestmark = pytest.mark.django_db

WINDOW, OTHER = UUID(int=1), UUID(int=2)


def place(article: Article | None = None, *, person: User | None = None, key: UUID = WINDOW) -> Place:
    """A story of an editor's at whose form they sit."""
    return Place(person or UserFactory(role=Role.EDITOR), article, key)


def write(where: Place, headline: str, **said: Any) -> Buffer:
    """Buffer a headline."""
    base = Base(where.article.lock_version, where.article.head_revision_id) if where.article else Base()
    return buffers.write(where, {"headline": headline}, **{"base": base, "at": NOON, **said})


def other_window(where: Place) -> Place:
    """The same story of the same person, in another window."""
    return Place(where.person, where.article, OTHER)


def test_a_buffer_knows_the_names_of_the_form_and_no_others() -> None:
    assert {*buffers.SINGLE, *buffers.SEVERAL} == {*FORM_FIELDS} - {"version", "revision"}
    assert set(BEGAN) >= buffers.BEGAN
    posted = QueryDict("headline=A&body=%3Cscript%3E&stage=ready&csrfmiddlewaretoken=x&bylines=1:by&tag_names-shown=1")
    assert buffers.fields_of(posted) == {"headline": "A", "body": "<script>", "tag_names": []}


def test_what_was_typed_is_read_back_as_typed_by_its_person_and_nobody_else() -> None:
    where = place(ArticleFactory())
    write(where, "Half a headl")
    found = buffers.read(where)
    assert found is not None
    assert found.fields == {"headline": "Half a headl"}
    assert found.saved_at == NOON
    assert buffers.read(place(where.article)) is None
    assert buffers.read(Place(where.person, None, WINDOW)) is None


def test_there_is_one_buffer_for_each_person_and_story_and_one_for_each_new_story() -> None:
    ada, ben = UserFactory(role=Role.EDITOR), UserFactory(role=Role.EDITOR)
    article = ArticleFactory()
    for person in (ada, ben):
        for at in (NOON, NOON + MINUTE):
            write(place(article, person=person), "x", at=at)
            write(place(person=person), "y", at=at)
            write(place(person=person, key=OTHER), "z", at=at)
    assert Buffer.objects.count() == 6


def test_a_buffer_moves_nothing_of_the_story_and_is_no_revision(django_assert_max_num_queries: Any) -> None:
    where = place(ArticleFactory())
    assert where.article is not None
    kept(where.article)
    before = Article.objects.values().get()
    write(where, "First")
    with django_assert_max_num_queries(2):
        write(where, "Second", at=NOON + MINUTE)
    assert Article.objects.values().get() == before
    assert where.article.revisions.count() == 1
    assert not where.article.events.exists()


def test_words_that_no_database_keeps_lose_only_what_cannot_be_kept() -> None:
    where = place(ArticleFactory())
    posted = QueryDict(mutable=True)
    posted["headline"] = "Nul \x00 and half a pair \ud83d, “’90s” 👩‍👩‍👧"
    buffers.write(where, buffers.fields_of(posted), base=Base(0), at=NOON)
    found = buffers.read(where)
    assert found is not None
    assert found.fields["headline"] == "Nul  and half a pair , “’90s” 👩‍👩‍👧"


def test_another_window_does_not_write_over_words_that_it_has_not_seen() -> None:
    where = place(ArticleFactory())
    first = write(where, "From the desk")
    with pytest.raises(WrittenElsewhere) as refused:
        write(other_window(where), "From the phone", at=NOON + MINUTE)
    assert refused.value.buffer.fields == {"headline": "From the desk"}
    with pytest.raises(WrittenElsewhere):
        write(other_window(where), "From the phone", at=NOON + MINUTE, known=NOON - MINUTE)
    # Having seen them, or on purpose, it does; and then the first one is the one that has not seen them.
    write(other_window(where), "From the phone", at=NOON + MINUTE, known=first.saved_at)
    with pytest.raises(WrittenElsewhere):
        write(where, "From the desk again", at=NOON + HOUR, known=NOON)
    write(where, "From the desk again", at=NOON + HOUR, anyway=True)
    assert Buffer.objects.get().fields == {"headline": "From the desk again"}


def test_a_save_takes_its_own_words_out_of_the_buffer_and_no_others() -> None:
    where = place(ArticleFactory())
    assert where.article is not None
    seen = write(where, "Saved")
    write(other_window(where), "Typed after it was sent", at=NOON + MINUTE, known=seen.saved_at)
    write(place(person=where.person), "Another new story")
    colleague = place(where.article)
    write(colleague, "A colleague’s")
    buffers.saved(where.person, where.article, key=None)
    buffers.saved(where.person, where.article, key=uuid4())
    assert Buffer.objects.count() == 3
    buffers.saved(where.person, where.article, key=OTHER)
    assert buffers.read(where) is None
    assert Buffer.objects.count() == 2
    buffers.saved(where.person, where.article, key=WINDOW)
    assert Buffer.objects.get().person == colleague.person


def test_what_is_thrown_away_is_what_was_seen() -> None:
    where = place(ArticleFactory())
    seen = write(where, "Old")
    newer = write(where, "New", at=NOON + MINUTE)
    assert not buffers.drop(where, known=seen.saved_at)
    assert buffers.read(where) is not None
    assert buffers.drop(where, known=newer.saved_at)
    assert buffers.read(where) is None


def test_who_may_not_change_the_story_is_told_so_and_nothing_is_written() -> None:
    writer = UserFactory(role=Role.WRITER)
    own = ArticleFactory(created_by=writer)
    write(place(own, person=writer), "Fine")
    for article, says in (
        (ArticleFactory(), "somebody else"),
        (ArticleFactory(created_by=writer, stage=Stage.READY), "somebody else"),
        (ArticleFactory(created_by=writer, binned_at=NOON), "bin"),
    ):
        with pytest.raises(Refused, match=says):
            write(place(article, person=writer), "x")
    with pytest.raises(NotAllowed):
        write(place(None, person=UserFactory()), "x")
    assert Buffer.objects.count() == 1


def test_the_text_of_an_erased_story_does_not_come_back_through_a_form_that_was_open() -> None:
    article = published(headline="Under an order").article
    article.refresh_from_db()
    where = place(article)
    base = Base(article.lock_version, article.head_revision_id)
    write(where, "Under an order, and more", base=base)
    publishing.erase(article, reason="Order of the court", by=managing_editor(), at=NOON)
    assert not Buffer.objects.exists()
    article = Article.objects.get(pk=article.pk)
    with pytest.raises(Refused, match="erased"):
        write(Place(where.person, article, WINDOW), "Under an order, and more", base=base, at=NOON + MINUTE)
    # What is begun afterwards is an ordinary text.
    workflow.retrieve(article, by=managing_editor(), at=NOON + MINUTE)
    write(Place(where.person, article, WINDOW), "Another story", at=NOON + MINUTE)


def test_a_revision_of_another_story_is_no_base() -> None:
    mine, other = ArticleFactory(), ArticleFactory()
    first, theirs = kept(mine), kept(other)
    mine.headline = "Otherwise"
    mine.save()
    kept(mine)
    where = place(mine)
    for given, stored in ((first.pk, first.pk), (theirs.pk, None), (987654321, None)):
        assert write(where, "x", base=Base(1, given)).base_revision_id == stored


def test_a_persons_own_list_names_their_unsaved_words_and_where_they_are_offered(
    django_assert_num_queries: Any,
) -> None:
    writer = UserFactory(role=Role.WRITER)
    mine, taken = ArticleFactory(created_by=writer), ArticleFactory(created_by=writer, headline="Secret by now")
    write(place(mine, person=writer), "  Mine,\n unsaved ", at=NOON)
    write(place(taken, person=writer), "What I called it", at=NOON + MINUTE)
    write(place(person=writer), "", at=NOON + HOUR)
    write(place(mine), "A colleague’s", at=NOON + HOUR)
    Article.objects.filter(pk=taken.pk).update(created_by=None)
    writer = User.objects.get(pk=writer.pk)
    writer.has_perm("articles.view_article")
    with django_assert_num_queries(1):
        new, gone, own = buffers.of(writer)
    assert (own.headline, own.kept_at, own.is_new) == ("Mine, unsaved", NOON, False)
    assert own.address == f"/admin/articles/article/{mine.pk}/change/"
    assert (gone.headline, gone.is_new) == ("What I called it", False)
    assert gone.address == f"/admin/articles/article/buffer/words/{Buffer.objects.get(article=taken).pk}/"
    assert (new.headline, new.is_new) == ("A story without a headline", True)
    assert new.address == f"/admin/articles/article/add/?unsaved={WINDOW}"


def test_words_that_nobody_came_back_for_go_when_their_person_begins_anew() -> None:
    person, colleague = UserFactory(role=Role.EDITOR), UserFactory(role=Role.EDITOR)
    long_ago = NOON - buffers.KEPT_FOR
    write(place(ArticleFactory(), person=person), "Long ago", at=long_ago - DAY)
    write(place(ArticleFactory(), person=person), "Not so long ago", at=long_ago + DAY)
    write(place(ArticleFactory(), person=colleague), "Somebody else’s", at=long_ago - DAY)
    write(place(ArticleFactory(), person=person), "Now")
    headlines = {buffer.fields["headline"] for buffer in Buffer.objects.all()}
    assert headlines == {"Not so long ago", "Somebody else’s", "Now"}


def test_two_megabytes_are_kept_whole() -> None:
    where = place(ArticleFactory())
    body = "<p>" + "ä“ß”\n" * 400_000 + "</p>"
    buffers.write(where, {"body": body}, base=Base(0), at=NOON)
    found = buffers.read(where)
    assert found is not None
    assert found.fields["body"] == body
    assert len(json.dumps(body)) > 2_000_000
