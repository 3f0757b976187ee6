"""A story's way from hand to hand: submitted, claimed, assigned, sent back; who is told, and what stays on record."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from articles import colleagues, notices, permissions, workflow
from articles.models import Article, Event, Notice, Stage
from articles.permissions import Role
from articles.refusals import NotAllowed, Refused, Stale
from authors.models import User
from tests.factories import MINUTE, NOON, ArticleFactory, AuthorFactory, UserFactory, kept

pytestmark = pytest.mark.django_db


def person(role: Role, name: str = "", **attributes: Any) -> User:
    """Somebody at the desk."""
    return UserFactory(role=role, first_name=name, **attributes)


def in_review(writer: User | None = None, **attributes: Any) -> Article:
    """A story that was submitted at NOON."""
    writer = writer or person(Role.WRITER)
    article = ArticleFactory(created_by=writer, **attributes)
    kept(article)
    workflow.submit(article, by=writer, at=NOON)
    return article


def told(to: User) -> list[tuple[str, str]]:
    """What a person was told and has not put away: kind and words."""
    return list(notices.unseen(to).values_list("kind", "text"))


def test_a_story_knows_since_when_it_waits() -> None:
    editor, article = person(Role.EDITOR), in_review()
    assert article.stage_since == NOON
    workflow.claim(article, by=editor, at=NOON + MINUTE)
    assert article.stage_since == NOON, "a claim is no change of stage"
    workflow.mark_ready(article, by=editor, at=NOON + 2 * MINUTE)
    article.refresh_from_db()
    assert article.stage_since == NOON + 2 * MINUTE


def test_an_editor_claims_what_waits_and_the_record_says_so() -> None:
    editor, article = person(Role.EDITOR, "Mara"), in_review()
    workflow.claim(article, by=editor, at=NOON + MINUTE)
    article.refresh_from_db()
    assert article.assignee == editor
    event = Event.objects.get(verb="claim")
    assert (event.by, event.from_state, event.details["to"]) == (editor, "in_review", "Mara")
    assert told(editor) == []


def test_who_was_slower_learns_who_has_it() -> None:
    mara, noor, article = person(Role.EDITOR, "Mara"), person(Role.EDITOR, "Noor"), in_review()
    workflow.claim(article, by=mara, at=NOON + MINUTE)
    with pytest.raises(Refused, match="Mara has claimed this story"):
        workflow.claim(article, by=noor, at=NOON + 2 * MINUTE)
    with pytest.raises(Refused, match="You have claimed"):
        workflow.claim(article, by=mara, at=NOON + 2 * MINUTE)


def test_an_editors_own_story_can_be_claimed_by_a_colleague() -> None:
    author, colleague = person(Role.EDITOR, "Author"), person(Role.EDITOR, "Colleague")
    article, other = in_review(author, assignee=author), in_review(author, assignee=author)
    workflow.claim(article, by=colleague, at=NOON + MINUTE)
    assert article.assignee == colleague
    workflow.claim(other, by=author, at=NOON + MINUTE)
    with pytest.raises(Refused, match="Author has claimed"):
        workflow.claim(other, by=colleague, at=NOON + 2 * MINUTE)


@pytest.mark.parametrize("verb", ["claim", "assign"])
def test_writers_neither_claim_nor_assign_their_own_stories(verb: str) -> None:
    writer = person(Role.WRITER)
    article = in_review(writer)
    act: dict[str, Any] = {
        "claim": lambda: workflow.claim(article, by=writer, at=NOON + MINUTE),
        "assign": lambda: workflow.assign(article, to=writer, by=writer, at=NOON + MINUTE),
    }
    with pytest.raises(NotAllowed):
        act[verb]()
    article.refresh_from_db()
    assert article.assignee is None


def test_only_what_waits_for_review_is_claimed() -> None:
    article = ArticleFactory()
    with pytest.raises(Refused, match="draft"):
        workflow.claim(article, by=person(Role.EDITOR), at=NOON)


def test_who_is_given_a_story_sees_it_and_is_told() -> None:
    editor, writer, other = person(Role.EDITOR), person(Role.WRITER, "Ida"), person(Role.WRITER, "Bo")
    article = ArticleFactory()
    workflow.assign(article, to=writer, by=editor, at=NOON)
    assert permissions.may_view(writer, article)
    assert told(writer) == [("assigned", "")]
    workflow.assign(article, to=other, by=editor, at=NOON + MINUTE)
    assert Notice.objects.filter(to=writer, seen_at=None).count() == 0, "it is not theirs any more"
    newest = Event.objects.filter(verb="assign").order_by("-pk")[0]
    assert (newest.details["from"], newest.details["to"]) == ("Ida", "Bo")
    workflow.assign(article, to=None, by=editor, at=NOON + 2 * MINUTE)
    article.refresh_from_db()
    assert article.assignee is None


def test_assigning_to_oneself_tells_nobody() -> None:
    editor, article = person(Role.EDITOR), ArticleFactory()
    workflow.assign(article, to=editor, by=editor, at=NOON)
    assert told(editor) == []


@pytest.mark.parametrize("attributes", [{"is_active": False}, {"is_staff": False}])
def test_nobody_is_assigned_a_story_who_cannot_work_at_the_desk(attributes: dict[str, bool]) -> None:
    editor, article = person(Role.EDITOR), ArticleFactory()
    for gone in (UserFactory(role=Role.WRITER, **attributes), UserFactory()):
        with pytest.raises(Refused, match="no role at the desk"):
            workflow.assign(article, to=gone, by=editor, at=NOON)


def test_assigning_to_who_has_it_is_refused() -> None:
    editor, article = person(Role.EDITOR), ArticleFactory()
    with pytest.raises(Refused, match="with nobody already"):
        workflow.assign(article, to=None, by=editor, at=NOON)


def test_sending_back_tells_everybody_whose_story_it_is_why_and_undoes_the_claim() -> None:
    editor, creator, assignee, signer = person(Role.EDITOR), *(person(Role.WRITER) for _ in range(3))
    article = in_review(creator, assignee=assignee, bylines=[AuthorFactory(user=signer)])
    workflow.claim(article, by=editor, at=NOON + MINUTE)
    workflow.send_back(article, by=editor, at=NOON + 2 * MINUTE, reason=" A second source. ")
    article.refresh_from_db()
    assert article.assignee == assignee
    for whose in (creator, assignee, signer):
        assert told(whose) == [("sent_back", "A second source.")]
    assert told(editor) == []


def test_sending_back_leaves_a_story_with_whom_an_editor_assigned_it_to() -> None:
    editor, colleague, article = person(Role.EDITOR), person(Role.EDITOR), in_review()
    workflow.claim(article, by=editor, at=NOON + MINUTE)
    workflow.assign(article, to=colleague, by=editor, at=NOON + 2 * MINUTE)
    workflow.send_back(article, by=editor, at=NOON + 3 * MINUTE, reason="Shorter.")
    article.refresh_from_db()
    assert article.assignee == colleague


def test_a_refused_verb_tells_nobody_and_leaves_nothing() -> None:
    editor, writer = person(Role.EDITOR), person(Role.WRITER)
    article = in_review(writer)
    with pytest.raises(Refused):
        workflow.send_back(article, by=editor, at=NOON + MINUTE, reason=" ")
    with pytest.raises(Stale):
        workflow.assign(article, to=writer, by=editor, at=NOON - MINUTE)
    assert told(writer) == []
    assert article.stage == Stage.IN_REVIEW


@pytest.mark.django_db(transaction=True)
def test_of_two_who_claim_at_once_one_has_it_and_the_other_is_told(roles: None) -> None:
    editors, article = [person(Role.EDITOR, name) for name in ("Mara", "Noor")], in_review()
    both, refusals = Barrier(2), []

    def press(editor: User) -> None:
        try:
            both.wait(5)
            workflow.claim(Article.objects.get(pk=article.pk), by=editor, at=NOON + MINUTE)
        except Refused as refusal:
            refusals.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=press, args=[editor]) for editor in editors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    article.refresh_from_db()
    assert len(refusals) == 1
    assert str(article.assignee) in refusals[0]
    assert Event.objects.filter(verb="claim").count() == 1


def test_who_may_see_a_story_is_who_the_rule_lets_see_it() -> None:
    writer, signer = person(Role.WRITER), person(Role.WRITER)
    article = ArticleFactory(created_by=writer, bylines=[AuthorFactory(user=signer)])
    people = [
        writer, signer, person(Role.WRITER), person(Role.EDITOR), person(Role.MANAGING_EDITOR), UserFactory(),
        person(Role.EDITOR, is_active=False), UserFactory(is_superuser=True),
    ]  # fmt: skip
    by_rule = {each for each in people if permissions.may_view(each, article)}
    assert set(colleagues.who_may_see(article)) == by_rule
    assert len(by_rule) == 5
