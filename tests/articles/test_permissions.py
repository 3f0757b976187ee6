"""Roles: who may see, edit and act, on own and on foreign stories, in every stage."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from articles import permissions, workflow
from articles.models import Article, Byline, Stage
from articles.permissions import Role
from articles.refusals import NotAllowed, Refused
from articles.state import State, state_of, with_state
from tests.factories import (
    HOUR,
    NOON,
    ArticleFactory,
    AuthorFactory,
    UserFactory,
    managing_editor,
    published,
    scheduled,
)

pytestmark = pytest.mark.django_db


def test_writer_edits_own_stories_until_they_are_ready() -> None:
    writer = UserFactory(role=Role.WRITER)
    own = ArticleFactory(created_by=writer)
    assert [permissions.may_edit(writer, own) for own.stage in Stage] == [True, True, False]
    assert not permissions.may_edit(writer, ArticleFactory())


def test_own_is_what_one_created_is_assigned_or_signs() -> None:
    writer = UserFactory(role=Role.WRITER)
    signed, assigned = ArticleFactory(), ArticleFactory(assignee=writer)
    Byline.objects.create(article=signed, author=AuthorFactory(user=writer), position=1)
    created = ArticleFactory(created_by=writer)
    ArticleFactory()
    assert set(permissions.visible(writer)) == {signed, assigned, created}


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MANAGING_EDITOR])
def test_editors_see_and_edit_every_story(role: Role) -> None:
    editor, story = UserFactory(role=role), ArticleFactory(stage=Stage.READY)
    assert permissions.may_edit(editor, story)
    assert story in permissions.visible(editor)


def test_nobody_without_a_role_or_an_active_login_sees_anything() -> None:
    story = ArticleFactory()
    gone = UserFactory(role=Role.EDITOR, is_active=False)
    for user in (UserFactory(), gone, AnonymousUser()):
        assert not permissions.visible(user).exists()
        assert not permissions.may_edit(user, story)
        assert not permissions.may(user, "publish", story)


def test_story_goes_through_its_stages_and_leaves_a_trail() -> None:
    writer = UserFactory(role=Role.WRITER)
    story, editor = ArticleFactory(created_by=writer), managing_editor()
    workflow.submit(story, by=writer, at=NOON)
    with pytest.raises(Refused):
        workflow.submit(story, by=writer, at=NOON)
    with pytest.raises(NotAllowed):
        workflow.mark_ready(story, by=writer, at=NOON)
    with pytest.raises(Refused, match="Say what"):
        workflow.send_back(story, by=editor, at=NOON, reason=" ")
    workflow.send_back(story, by=editor, at=NOON, reason="Needs a second source.")
    assert story.stage == Stage.DRAFT
    workflow.submit(story, by=writer, at=NOON)
    workflow.mark_ready(story, by=editor, at=NOON)
    assert list(story.events.order_by("pk").values_list("verb", "from_state")) == [
        ("submit", "draft"),
        ("send_back", "in_review"),
        ("submit", "draft"),
        ("mark_ready", "in_review"),
    ]


def test_only_a_story_that_nobody_reads_or_will_read_goes_to_the_bin() -> None:
    draft, editor = ArticleFactory(), managing_editor()
    workflow.discard(draft, by=editor, at=NOON)
    assert draft not in Article.objects.in_use()
    workflow.retrieve(draft, by=editor, at=NOON)
    assert draft in Article.objects.in_use()
    for article in (published().article, scheduled().article):
        with pytest.raises(Refused):
            workflow.discard(article, by=editor, at=NOON)


def test_state_says_the_next_thing_that_happens() -> None:
    later = scheduled(live_from=NOON + HOUR)
    row = with_state(Article.objects.filter(pk=later.article_id), at=NOON).get()
    assert (row.state, row.next_at, row.next_is_end) == (State.SCHEDULED, NOON + HOUR, False)
    assert state_of(later.article, at=NOON + HOUR) == State.LIVE
