"""The verbs: what readers see after each, what they refuse, and the trail that they leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from articles import publishing, workflow
from articles.models import Change, Correction, Edition, Revision, Stage
from articles.permissions import Role
from articles.refusals import Incomplete, NotAllowed, Refused, Stale, Undecided
from articles.state import State, outlook, state_of
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


def test_scheduled_story_begins_at_its_instant_without_any_job() -> None:
    edition = scheduled(live_from=NOON + HOUR, headline="Tomorrow’s plan")
    assert readers_see(edition.article, at=NOON + HOUR - MINUTE) is None
    assert readers_see(edition.article, at=NOON + HOUR) == "Tomorrow’s plan"
    assert state_of(edition.article, at=NOON) == State.SCHEDULED


def test_schedule_refuses_a_past_instant_and_one_that_is_taken() -> None:
    edition = scheduled(live_from=NOON + HOUR)
    article = edition.article
    revision = revised(article, at=NOON - MINUTE, headline="Newer")
    for live_from in (NOON, NOON - HOUR, NOON + HOUR):
        with pytest.raises(Refused):
            publishing.schedule(article, revision=revision, live_from=live_from, by=managing_editor(), at=NOON)


def test_chain_of_scheduled_editions_goes_by_as_planned_and_then_the_story_is_withdrawn() -> None:
    article = published(headline="0").article
    for number in range(1, 6):
        revision = revised(article, at=NOON, headline=str(number))
        publishing.schedule(article, revision=revision, live_from=NOON + number * HOUR, by=managing_editor(), at=NOON)
    publishing.withdraw(article, by=managing_editor(), at=NOON, live_until=NOON + 5 * HOUR + MINUTE)
    for number in range(6):
        assert readers_see(article, at=NOON + number * HOUR) == str(number)
    assert readers_see(article, at=NOON + 5 * HOUR + MINUTE) is None
    assert outlook(article, at=NOON).ends_at == NOON + 5 * HOUR + MINUTE


def test_cancelling_gives_the_period_back_to_the_predecessor_and_frees_the_path() -> None:
    first = scheduled(live_from=NOON + HOUR, headline="Same words")
    section = first.section
    publishing.cancel(first, by=managing_editor(), at=NOON)
    assert scheduled(headline="Same words", section=section, at=NOON).path == first.path
    article = published().article
    update = updated(article, live_from=NOON + HOUR, headline="Update")
    publishing.cancel(update, by=managing_editor(), at=NOON)
    assert Edition.objects.get(article=article).live_until is None
    article.refresh_from_db()
    assert article.has_unpinned_changes


def test_cancel_and_reschedule_refuse_an_edition_that_has_begun() -> None:
    edition = published()
    with pytest.raises(Stale):
        publishing.cancel(edition, by=managing_editor(), at=NOON)
    with pytest.raises(Stale):
        publishing.reschedule(edition, live_from=NOON + HOUR, by=managing_editor(), at=NOON)


def test_rescheduling_the_first_edition_moves_path_and_first_publication_of_all() -> None:
    first = scheduled(live_from=NOON + HOUR, headline="Plan")
    article = first.article
    second = updated(article, live_from=NOON + 2 * DAY, headline="Plan, continued")
    moved = publishing.reschedule(first, live_from=NOON + DAY, by=managing_editor(), at=NOON)
    second.refresh_from_db()
    assert moved.pk == first.pk
    assert second.path == moved.path == f"/{article.section.slug}/2026/02/04/plan/"
    assert second.first_published_at == moved.first_published_at == NOON + DAY
    assert (moved.change, second.change) == (Change.FIRST, Change.SUBSTANTIVE)
    assert moved.live_until == second.live_from


@pytest.mark.parametrize(("moving", "to"), [(0, NOON + 3 * HOUR), (1, NOON + MINUTE)])
def test_a_move_that_would_bring_an_older_text_back_after_a_newer_one_is_refused(moving: int, to: datetime) -> None:
    first = scheduled(live_from=NOON + HOUR)
    editions = [first, updated(first.article, live_from=NOON + 2 * HOUR, headline="Newer")]
    with pytest.raises(Refused, match="older text would come back"):
        publishing.reschedule(editions[moving], live_from=to, by=managing_editor(), at=NOON)
    assert readers_see(first.article, at=NOON + DAY) == "Newer"


@pytest.mark.parametrize("takes_it", [True, False])
def test_an_update_scheduled_before_another_says_whether_that_one_takes_it_in(takes_it: bool) -> None:
    article = published(headline="Before", standfirst="Old.").article
    later = updated(article, live_from=NOON + 2 * HOUR, headline="At two")
    revision = revised(article, at=NOON + MINUTE, standfirst="New.")
    given: dict[str, Any] = {"revision": revision, "live_from": NOON + HOUR, "by": managing_editor()}
    with pytest.raises(Undecided):
        publishing.schedule(article, at=NOON + 2 * MINUTE, **given)
    decided: dict[str, Any] = {"carry": [later.pk]} if takes_it else {"leave": {later.pk: ""}}
    publishing.schedule(article, at=NOON + 2 * MINUTE, **given, **decided)
    at_two = Edition.objects.live(at=NOON + 2 * HOUR).get(article=article)
    assert (at_two.headline, at_two.standfirst) == ("At two", "New." if takes_it else "Old.")


def test_a_scheduled_update_can_take_in_what_was_written_since() -> None:
    article = published(headline="Before", standfirst="Old.").article
    at_one = updated(article, live_from=NOON + HOUR, headline="At one")
    at_two = updated(article, live_from=NOON + 2 * HOUR, at=NOON + MINUTE, headline="At two")
    head = revised(article, at=NOON + 2 * MINUTE, standfirst="New.")
    publishing.take_in(at_two, revision=head, by=managing_editor(), at=NOON + 3 * MINUTE)
    assert Edition.objects.get(pk=at_two.pk).revision == head
    assert Edition.objects.get(pk=at_one.pk).standfirst == "Old."
    with pytest.raises(Refused, match="everything that is saved"):
        publishing.take_in(at_two, revision=head, by=managing_editor(), at=NOON + 4 * MINUTE)


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


def test_schedule_refuses_a_revision_that_is_no_longer_the_head_or_of_another_story() -> None:
    article = ArticleFactory()
    seen = kept(article)
    revised(article, at=NOON - HOUR, headline="Saved by somebody else")
    for revision in (seen, kept(ArticleFactory())):
        with pytest.raises(Stale):
            publishing.schedule(article, revision=revision, live_from=NOON + HOUR, by=managing_editor(), at=NOON)


def test_story_in_the_bin_cannot_be_published() -> None:
    article = ArticleFactory()
    revision = kept(article)
    workflow.discard(article, by=managing_editor(), at=NOON)
    with pytest.raises(Refused, match="bin"):
        publishing.publish(article, revision=revision, by=managing_editor(), at=NOON)


def test_moving_an_update_or_an_address_leaves_the_stage_alone() -> None:
    article = published().article
    update = updated(article, live_from=NOON + HOUR, standfirst="At six.")
    revised(article, at=NOON, standfirst="At seven.")
    workflow.submit(article, by=managing_editor(), at=NOON)
    publishing.reschedule(update, live_from=NOON + 2 * HOUR, by=managing_editor(), at=NOON)
    publishing.change_address(article, slug="elsewhere", by=managing_editor(), at=NOON)
    article.refresh_from_db()
    assert article.stage == Stage.IN_REVIEW


def test_update_at_the_instant_of_a_withdrawal_is_refused_so_that_cancelling_cannot_undo_it() -> None:
    article = published().article
    publishing.withdraw(article, by=managing_editor(), at=NOON, live_until=NOON + HOUR)
    with pytest.raises(Refused, match="withdrawn at that very instant"):
        updated(article, live_from=NOON + HOUR, headline="Back at once")
    assert readers_see(article, at=NOON + HOUR) is None


def test_erasing_at_the_very_instant_of_publication_asks_to_look_again() -> None:
    edition = published(at=NOON)
    with pytest.raises(Stale):
        publishing.erase(edition.article, reason="Order of the court", by=managing_editor(), at=NOON)
    assert Edition.objects.resolve(edition.path, at=NOON).status == 200
