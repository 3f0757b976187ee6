"""The verbs: what readers see after each, what they refuse, and the trail that they leave."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from articles import publishing, workflow
from articles.models import Change, Correction, Edition, Revision
from articles.permissions import Role
from articles.refusals import Incomplete, NotAllowed, Refused, Stale
from articles.state import State, state_of
from tests.factories import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    ArticleFactory,
    SectionFactory,
    UserFactory,
    kept,
    managing_editor,
    published,
    readers_see,
    revised,
    scheduled,
    updated,
)

pytestmark = pytest.mark.django_db


def test_keep_makes_no_revision_of_unchanged_content() -> None:
    article = ArticleFactory()
    first = kept(article)
    assert kept(article) == first
    second = revised(article, at=NOON, headline="Another headline")
    assert (second.number, article.head_revision_id, article.has_unpinned_changes) == (2, second.pk, True)


def test_keep_sees_bylines_tags_and_related_stories() -> None:
    article = ArticleFactory(tag_names=["Ports"], related=[ArticleFactory()])
    revision = kept(article)
    article.tags.add("Rail")
    assert kept(article) != revision
    article.related_picks.all().delete()
    assert kept(article).content["related"] == []


@pytest.mark.parametrize("model", [Revision, Correction])
def test_database_refuses_to_change_what_is_written_once(model: type[Revision] | type[Correction]) -> None:
    edition = published()
    revised(edition.article, at=NOON, body="<p>Corrected.</p>")
    publishing.correct(
        edition.article,
        revision=kept(edition.article),
        wrong="It said otherwise.",
        text="It was wrong.",
        by=managing_editor(),
        at=NOON,
    )
    field = "note" if model is Revision else "text"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        model.objects.update(**{field: "tampered with"})
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        model.objects.filter(pk=model.objects.first().pk)._raw_delete("default")


def test_published_story_is_live_from_its_instant_and_leaves_a_trail() -> None:
    edition = published(at=NOON, headline="Ferries resume")
    article = edition.article
    assert readers_see(article, at=NOON - MINUTE) is None
    assert readers_see(article, at=NOON) == "Ferries resume"
    assert edition.path == f"/{article.section.slug}/2026/02/03/ferries-resume/"
    assert (edition.change, edition.first_published_at, edition.updated_at) == (Change.FIRST, NOON, None)
    event = article.events.get()
    assert (event.verb, event.by, event.at, event.from_state) == (
        "publish",
        managing_editor(),
        NOON,
        State.DRAFT,
    )


def test_writing_after_publication_changes_nothing_for_readers() -> None:
    edition = published(headline="As published")
    revised(edition.article, at=NOON, headline="As rewritten")
    assert readers_see(edition.article) == "As published"
    assert state_of(edition.article, at=NOON) == State.LIVE_WITH_CHANGES


def test_publish_refuses_a_revision_that_is_no_longer_the_head() -> None:
    article = ArticleFactory()
    seen = kept(article)
    revised(article, at=NOON - HOUR, headline="Saved by somebody else")
    with pytest.raises(Stale):
        publishing.publish(article, revision=seen, by=managing_editor(), at=NOON)
    assert readers_see(article) is None


def test_publish_refuses_to_act_on_a_story_that_was_acted_on_later() -> None:
    edition = published(at=NOON)
    revision = revised(edition.article, at=NOON, headline="New")
    with pytest.raises(Stale):
        publishing.publish(edition.article, revision=revision, by=managing_editor(), at=NOON - MINUTE)


def test_publish_says_what_a_story_lacks() -> None:
    article = ArticleFactory(section=None, body="<p> </p>", bylines=[])
    with pytest.raises(Incomplete, match="a section, a byline and a body"):
        publishing.publish(article, revision=kept(article), by=managing_editor(), at=NOON)


@pytest.mark.parametrize("role", [Role.WRITER, None])
def test_publishing_verbs_are_refused_to_those_who_may_not(role: Role | None) -> None:
    edition = published()
    writer = UserFactory(role=role)
    article = ArticleFactory(created_by=writer)
    later = scheduled()
    acts: list[Callable[[], object]] = [
        lambda: publishing.publish(article, revision=kept(article), by=writer, at=NOON),
        lambda: publishing.schedule(article, revision=kept(article), live_from=NOON + HOUR, by=writer, at=NOON),
        lambda: publishing.reschedule(later, live_from=NOON + DAY, by=writer, at=NOON),
        lambda: publishing.cancel(later, by=writer, at=NOON),
        lambda: publishing.withdraw(edition.article, by=writer, at=NOON),
        lambda: publishing.keep_live(edition.article, by=writer, at=NOON),
        lambda: publishing.correct(
            edition.article, revision=edition.revision, wrong="It said otherwise.", text="No.", by=writer, at=NOON
        ),
        lambda: publishing.change_address(edition.article, slug="mine", by=writer, at=NOON),
        lambda: publishing.erase(edition.article, reason="No.", by=writer, at=NOON),
    ]
    before = list(Edition.objects.order_by("pk").values())
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert list(Edition.objects.order_by("pk").values()) == before


def test_editor_may_publish_but_not_erase() -> None:
    editor = UserFactory(role=Role.EDITOR)
    article = ArticleFactory()
    publishing.publish(article, revision=kept(article), by=editor, at=NOON)
    with pytest.raises(NotAllowed):
        publishing.erase(article, reason="Because.", by=editor, at=NOON)


def test_only_substantive_changes_and_corrections_move_updated() -> None:
    article = published(at=NOON).article

    def update(minutes: int, change: Change) -> Edition:
        at = NOON + minutes * MINUTE
        revision = revised(article, at=at, headline=f"Headline at {minutes}")
        return publishing.publish(article, revision=revision, by=managing_editor(), at=at, change=change)

    assert update(1, Change.MINOR).updated_at is None
    assert update(2, Change.SUBSTANTIVE).updated_at == NOON + 2 * MINUTE
    assert update(3, Change.MINOR).updated_at == NOON + 2 * MINUTE
    assert update(4, Change.FIRST).change == Change.SUBSTANTIVE


def test_path_is_frozen_once_the_story_has_begun() -> None:
    edition = published(headline="First words")
    article = edition.article
    revision = revised(article, at=NOON, headline="Other words", section=SectionFactory())
    later = publishing.publish(article, revision=revision, by=managing_editor(), at=NOON)
    assert later.path == edition.path
    assert later.section != edition.section


def test_withdrawn_story_takes_later_editions_along_unless_they_are_named() -> None:
    article = published().article
    gone, kept_one = (updated(article, live_from=NOON + hours * HOUR, headline=f"In {hours} hours") for hours in (2, 4))
    publishing.withdraw(article, by=managing_editor(), at=NOON, keep=[kept_one.pk], reason="Legal advice")
    assert not Edition.objects.filter(pk=gone.pk).exists()
    assert [readers_see(article, at=NOON + n * HOUR) for n in (0, 2, 4)] == [None, None, "In 4 hours"]
    assert state_of(article, at=NOON) == State.WITHDRAWN
    assert article.events.get(verb="withdraw").details["reason"] == "Legal advice"


def test_withdraw_refuses_a_story_that_is_not_live() -> None:
    with pytest.raises(Refused, match="nothing to withdraw"):
        publishing.withdraw(scheduled().article, by=managing_editor(), at=NOON)


def test_republished_story_has_its_old_address_and_first_publication() -> None:
    edition = published()
    article = edition.article
    publishing.withdraw(article, by=managing_editor(), at=NOON)
    assert Edition.objects.resolve(edition.path, at=NOON).status == 410
    again = publishing.publish(article, revision=kept(article), by=managing_editor(), at=NOON + DAY)
    assert (again.path, again.first_published_at) == (edition.path, edition.first_published_at)
    assert Edition.objects.resolve(edition.path, at=NOON + DAY).status == 200


def test_withdrawal_that_is_set_can_be_called_off() -> None:
    article = published().article
    publishing.withdraw(article, by=managing_editor(), at=NOON, live_until=NOON + HOUR)
    publishing.keep_live(article, by=managing_editor(), at=NOON)
    assert readers_see(article, at=NOON + DAY) is not None
    with pytest.raises(Refused):
        publishing.keep_live(article, by=managing_editor(), at=NOON)


def test_publishing_now_keeps_a_withdrawal_that_is_set() -> None:
    article = published().article
    publishing.withdraw(article, by=managing_editor(), at=NOON, live_until=NOON + HOUR)
    publishing.publish(
        article, revision=revised(article, at=NOON, headline="New"), by=managing_editor(), at=NOON + MINUTE
    )
    assert readers_see(article, at=NOON + HOUR) is None


def test_changed_address_redirects_in_one_hop_however_often_it_changed() -> None:
    edition = published()
    article, other = edition.article, SectionFactory()
    second = publishing.change_address(article, slug="second", by=managing_editor(), at=NOON)
    third = publishing.change_address(article, slug="third", section=other, by=managing_editor(), at=NOON + MINUTE)
    assert third.path == f"/{other.slug}/2026/02/03/third/"
    for path in (edition.path, second.path):
        resolution = Edition.objects.resolve(path, at=NOON + HOUR)
        assert (resolution.status, resolution.location) == (301, third.path)
    with pytest.raises(Refused):
        publishing.change_address(article, slug="third", by=managing_editor(), at=NOON + HOUR)
    with pytest.raises(Refused):
        publishing.change_address(scheduled().article, slug="fourth", by=managing_editor(), at=NOON)


def test_erased_story_has_no_text_left_anywhere_and_answers_410() -> None:
    marker = "Zanzibarquux"
    edition = published(headline=marker, standfirst=marker, body=f"<p>{marker}</p>", tag_names=[marker], slug="neutral")
    article = edition.article
    publishing.correct(
        article,
        revision=revised(article, at=NOON, body=f"<p>{marker} again</p>"),
        wrong="It said otherwise.",
        text=marker,
        by=managing_editor(),
        at=NOON,
    )
    with pytest.raises(Refused):
        publishing.erase(article, reason=" ", by=managing_editor(), at=NOON + HOUR)
    publishing.erase(article, reason="Order of the court", by=managing_editor(), at=NOON + HOUR)
    assert Edition.objects.resolve(edition.path, at=NOON + HOUR).status == 410
    tables = [
        "articles_article",
        "articles_revision",
        "articles_edition",
        "articles_correction",
        "articles_event",
    ]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s", [f"%{marker}%"])  # noqa: S608
            assert cursor.fetchone() == (0,), table
    assert not article.tags.exists()


def test_editions_are_retired_only_once_they_are_past() -> None:
    article = published(at=NOON).article
    for minutes in (1, 10, 20):
        at = NOON + minutes * MINUTE
        publishing.publish(
            article, revision=revised(article, at=at, headline=str(minutes)), by=managing_editor(), at=at
        )
    flags = list(article.editions.order_by("live_from").values_list("retired", flat=True))
    assert flags == [True, True, False, False]
    assert Edition.objects.as_of(at=NOON).filter(article=article).exists()


def test_saving_the_callers_copy_after_a_verb_undoes_nothing() -> None:
    article = ArticleFactory(stage="ready")
    revision = kept(article)
    publishing.publish(article, revision=revision, by=managing_editor(), at=NOON)
    article.save()
    article.refresh_from_db()
    assert (article.stage, article.has_unpinned_changes, article.head_revision_id) == (
        "draft",
        False,
        revision.pk,
    )


def test_story_in_the_bin_cannot_be_published() -> None:
    article = ArticleFactory()
    revision = kept(article)
    workflow.discard(article, by=managing_editor(), at=NOON)
    with pytest.raises(Refused, match="bin"):
        publishing.publish(article, revision=revision, by=managing_editor(), at=NOON)


def test_erasing_at_the_very_instant_of_publication_asks_to_look_again() -> None:
    edition = published(at=NOON)
    with pytest.raises(Stale):
        publishing.erase(edition.article, reason="Order of the court", by=managing_editor(), at=NOON)
    assert Edition.objects.resolve(edition.path, at=NOON).status == 200
