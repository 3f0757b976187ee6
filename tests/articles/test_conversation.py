"""What colleagues say about a story: who may, who is told, and that nothing of it is lost, changed or believed."""

from __future__ import annotations

import pytest

from articles import conversation, notices, publishing
from articles.conversation import Piece
from articles.models import Comment, Notice
from articles.permissions import Role
from articles.refusals import NotAllowed, Refused
from authors.models import User
from tests.factories import MINUTE, NOON, ArticleFactory, UserFactory, managing_editor

pytestmark = pytest.mark.django_db


def person(role: Role, username: str, name: str = "") -> User:
    """Somebody at the desk, as they sign in and are called."""
    first, _, last = name.partition(" ")
    return UserFactory(role=role, username=username, first_name=first, last_name=last)


def test_whoever_sees_the_story_speaks_and_nobody_else() -> None:
    writer, editor, stranger = person(Role.WRITER, "w"), person(Role.EDITOR, "e"), person(Role.WRITER, "s")
    article = ArticleFactory(created_by=writer)
    for who in (writer, editor):
        conversation.say(article, f"From {who}", by=who, at=NOON)
    with pytest.raises(NotAllowed):
        conversation.say(article, "From outside", by=stranger, at=NOON)
    assert [each.text for each in conversation.on(article)] == ["From w", "From e"]


@pytest.mark.parametrize(
    "text",
    [
        "@mara please look", "Please, @MARA.", "(@mara)", "line\n@mara", "cc @Mara Quist, thanks", "@mara quist!",
        "“@mara”", "@mara’s note", "@mara @mara",
    ],
)  # fmt: skip
def test_a_colleague_is_mentioned_by_sign_in_name_or_by_name_and_told_once(text: str) -> None:
    writer, mara = person(Role.WRITER, "w"), person(Role.EDITOR, "mara", "Mara Quist")
    article = ArticleFactory(created_by=writer)
    comment = conversation.say(article, text, by=writer, at=NOON)
    assert list(comment.mentions.all()) == [mara]
    notice = notices.unseen(mara).get()
    assert (notice.kind, notice.comment, notice.by) == (Notice.Kind.MENTION, comment, writer)
    assert "@Mara Quist" in notice.text


@pytest.mark.parametrize(
    "text", ["mara", "write to desk@mara.example", "x@mara", "@maraschino", "@mara.q", "@nobody", "@"]
)
def test_what_only_looks_like_a_mention_is_none(text: str) -> None:
    writer = person(Role.WRITER, "w")
    person(Role.EDITOR, "mara", "Mara Quist")
    comment = conversation.say(ArticleFactory(created_by=writer), text, by=writer, at=NOON)
    assert not comment.mentions.exists()
    assert conversation.pieces(comment) == [Piece(text)]


def test_the_longer_of_two_names_is_meant() -> None:
    writer, longer = person(Role.WRITER, "w"), person(Role.EDITOR, "mara.quist")
    person(Role.EDITOR, "mara")
    comment = conversation.say(ArticleFactory(created_by=writer), "@mara.quist, please", by=writer, at=NOON)
    assert list(comment.mentions.all()) == [longer]


def test_a_name_that_two_people_have_names_neither() -> None:
    writer = person(Role.WRITER, "w")
    for username in ("ada1", "ada2"):
        person(Role.EDITOR, username, "Ada Holm")
    comment = conversation.say(ArticleFactory(created_by=writer), "@Ada Holm?", by=writer, at=NOON)
    assert not comment.mentions.exists()


def test_a_mention_follows_a_change_of_name() -> None:
    writer, mara = person(Role.WRITER, "w"), person(Role.EDITOR, "mara", "Mara Quist")
    comment = conversation.say(ArticleFactory(created_by=writer), "Ask @Mara Quist now", by=writer, at=NOON)
    mara.last_name = "Quist-Lund"
    mara.save()
    again = conversation.on(comment.article).get()
    assert conversation.pieces(again) == [Piece("Ask "), Piece("@Mara Quist-Lund", is_mention=True), Piece(" now")]


def test_mentioning_somebody_who_cannot_see_the_story_is_refused_and_says_who() -> None:
    writer = person(Role.WRITER, "w")
    person(Role.WRITER, "bo", "Bo Lund")
    person(Role.WRITER, "ida")
    with pytest.raises(Refused, match="Bo Lund and ida cannot see this story"):
        conversation.say(ArticleFactory(created_by=writer), "@bo and @ida", by=writer, at=NOON)
    assert not Comment.objects.exists()


def test_nobody_who_has_left_is_mentioned() -> None:
    writer, gone = person(Role.WRITER, "w"), person(Role.EDITOR, "gone")
    gone.is_active = False
    gone.save()
    comment = conversation.say(ArticleFactory(created_by=writer), "@gone", by=writer, at=NOON)
    assert not comment.mentions.exists()


def test_mentioning_oneself_is_no_news() -> None:
    writer = person(Role.WRITER, "w")
    conversation.say(ArticleFactory(created_by=writer), "@w", by=writer, at=NOON)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(("text", "sentence"), [(" \n ", "Write something"), ("x" * 2001, "at most 2,000")])
def test_too_little_and_too_much_are_refused(text: str, sentence: str) -> None:
    writer = person(Role.WRITER, "w")
    with pytest.raises(Refused, match=sentence):
        conversation.say(ArticleFactory(created_by=writer), text, by=writer, at=NOON)


def test_line_breaks_stay_and_what_cannot_be_stored_goes() -> None:
    writer = person(Role.WRITER, "w")
    comment = conversation.say(
        ArticleFactory(created_by=writer), " One\r\nTwo\x00\ud800\r\n\r\nThree ", by=writer, at=NOON
    )
    comment.refresh_from_db()
    assert comment.text == "One\nTwo\n\nThree"


def test_the_same_words_sent_twice_are_said_once() -> None:
    writer, mara = person(Role.WRITER, "w"), person(Role.EDITOR, "mara")
    article = ArticleFactory(created_by=writer)
    first = conversation.say(article, "@mara?", by=writer, at=NOON)
    assert conversation.say(article, "@mara?", by=writer, at=NOON + MINUTE) == first
    assert notices.unseen(mara).count() == 1
    assert conversation.say(article, "@mara?", by=writer, at=NOON + 5 * MINUTE) != first


def test_an_erased_story_keeps_nothing_that_was_said() -> None:
    writer, mara = person(Role.WRITER, "w"), person(Role.EDITOR, "mara")
    article = ArticleFactory(created_by=writer)
    conversation.say(article, "@mara the source is the harbour master", by=writer, at=NOON)
    publishing.erase(article, reason="Order of the court", by=managing_editor(), at=NOON + MINUTE)
    assert "harbour" not in conversation.on(article).get().text
    assert not notices.unseen(mara).exists()
