"""The gate: what an address answers and what is listed, at each instant of a story's life."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from articles import publishing
from articles.models import Edition
from tests.factories import DAY, HOUR, NOON, ArticleFactory, kept, managing_editor, published, scheduled

pytestmark = pytest.mark.django_db


def status(path: str, *, at: object) -> int:
    """What `path` answers."""
    return Edition.objects.resolve(path, at=at).status  # type: ignore[arg-type]


def test_address_goes_from_404_to_200_to_410_and_back() -> None:
    edition = scheduled(live_from=NOON, at=NOON - HOUR)
    assert status(edition.path, at=NOON - HOUR / 60) == 404
    assert status(edition.path, at=NOON) == 200
    publishing.withdraw(edition.article, by=managing_editor(), at=NOON + HOUR)
    assert status(edition.path, at=NOON + HOUR) == 410
    publishing.publish(edition.article, revision=kept(edition.article), by=managing_editor(), at=NOON + DAY)
    assert status(edition.path, at=NOON + DAY) == 200
    assert status("/never/heard/of/", at=NOON) == 404


def test_drafts_and_scheduled_stories_are_not_listed() -> None:
    kept(ArticleFactory())
    scheduled(live_from=NOON + HOUR)
    live = published()
    assert list(Edition.objects.live(at=NOON)) == [live]


def test_two_editions_of_one_story_cannot_be_live_at_once() -> None:
    edition = published()
    edition.pk = None
    edition.live_from = NOON
    with pytest.raises(IntegrityError, match="edition_one_at_a_time"), transaction.atomic():
        edition.save()


def test_path_cannot_belong_to_two_stories_whatever_their_periods() -> None:
    one, other = published(), published()
    with pytest.raises(IntegrityError, match="edition_path_belongs_to_one_story"), transaction.atomic():
        Edition.objects.filter(pk=other.pk).update(path=one.path)


@pytest.mark.parametrize(
    "impossible",
    [
        {"live_until": NOON - DAY},
        {"live_from": NOON - DAY},
        {"updated_at": NOON - DAY},
        {"retired": True},
        {"path": "no/slashes"},
    ],
)
def test_impossible_editions_cannot_be_stored(impossible: dict[str, object]) -> None:
    edition = published()
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(**impossible)


def test_resolve_takes_at_most_three_queries(django_assert_max_num_queries: object) -> None:
    edition = published()
    publishing.change_address(edition.article, slug="new-one", by=managing_editor(), at=NOON)
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        assert status(edition.path, at=NOON + HOUR) == 301
