"""A filled archive is what the verbs would have left: the project's own rules find nothing to object to."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any, cast

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, F
from pytest_django import DjangoDbBlocker

from articles import content as contents
from articles import pinning
from articles.content import Content
from articles.demo import pictures
from articles.filling import loading
from articles.filling.cast import LOGIN
from articles.models import Article, Correction, Edition, EditionByline, EditionTag, Event, Revision
from articles.state import State, with_state
from authors.models import User
from newsroom import clock, plaintext, richtext
from tests.pictures import file_of, quarters
from tests.readers import Reader

NOW = datetime(2026, 2, 3, 12, 10, tzinfo=UTC)
STORIES = 2000


@pytest.fixture(scope="module")
def archive(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[loading.Filled]:
    """An archive of 2,000 stories, once for all tests here; gone afterwards."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(pictures, "scene", lambda *_, **__: file_of(quarters(64, 36)).getvalue())
        yield loading.fill(STORIES, at=NOW, seed=7)
        transaction.set_rollback(True)


@pytest.fixture
def reader(archive: loading.Filled, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """A reader of the archive."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return Reader(at=NOW)


pytestmark = pytest.mark.django_db


def sample(rows: Any, count: int = 60) -> list[Any]:
    """Some of the rows, from everywhere."""
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    return list(rows.filter(pk__in=pks[:: max(1, len(pks) // count)]).order_by("pk"))


def test_numbers_are_those_of_a_newspaper(archive: loading.Filled) -> None:
    assert archive.stories == Article.objects.count() == STORIES
    assert (archive.first.year, archive.last) == (2006, date(2026, 2, 2))
    assert 1.4 < Edition.objects.count() / STORIES < 1.6
    assert 2.7 < Revision.objects.count() / STORIES < 3.2
    lengths = [len(body.encode()) for body in Revision.objects.values_list("body", flat=True)]
    assert 2_500 < min(lengths) <= max(lengths) < 7_000
    assert 3_500 < sum(lengths) / len(lengths) < 5_000
    for rows, field in ((EditionByline.objects, "author"), (EditionTag.objects, "tag"), (Edition.objects, "section")):
        most = sorted(Counter(rows.values_list(field, flat=True)).values(), reverse=True)
        assert most[0] > 3 * most[len(most) // 2], f"{field} is not as Zipf says"


def test_states_are_those_of_an_archive(archive: loading.Filled) -> None:
    states = Counter(with_state(Article.objects.all(), at=NOW).values_list("state", flat=True))
    assert states.keys() == {State.LIVE, State.LIVE_WITH_CHANGES, State.WITHDRAWN}
    assert states[State.LIVE] > 0.98 * STORIES
    assert Edition.objects.live(at=NOW).count() == states[State.LIVE] + states[State.LIVE_WITH_CHANGES]
    assert Correction.objects.exists()


def test_revisions_differ_in_one_paragraph_and_their_digests_are_true(archive: loading.Filled) -> None:
    for revision in sample(Revision.objects):
        assert revision.body == richtext.anchor(richtext.clean(revision.body))
        assert revision.digest == contents.digest(cast("Content", revision.content), revision.body)
        before = Revision.objects.filter(article=revision.article_id, number=revision.number - 1).first()
        if before is not None:
            pairs = list(zip(richtext.blocks(before.body), richtext.blocks(revision.body), strict=True))
            assert sum(one != other for one, other in pairs) == 1
            assert before.created_at <= revision.created_at


def test_working_copies_are_their_heads(archive: loading.Filled) -> None:
    for article in sample(Article.objects.select_related("head_revision")):
        head = article.head_revision
        assert head is not None
        assert head.number == article.revisions.count() == article.lock_version
        assert contents.snapshot(article) == head.content
        assert richtext.anchor(article.body) == head.body
        assert article.body == richtext.clean(article.body)
        assert article.has_unpinned_changes is not article.editions.filter(revision=head).exists()
        article.full_clean(exclude=["created_by"])


def test_editions_carry_what_pinning_would_have_copied(archive: loading.Filled) -> None:
    for edition in sample(Edition.objects.select_related("revision", "section")):
        content = cast("Content", edition.revision.content)
        fresh = pinning.edition_of(edition.revision)
        for name in (
            *("article_id", "section_id", "root_section_id", "kind", "kicker", "headline", "list_headline"),
            *("standfirst", "teaser", "photo_id", "is_syndicated", "language", "words"),
        ):
            assert getattr(edition, name) == getattr(fresh, name), name
        told = [[signed.author_id, signed.role] for signed in edition.bylines.order_by("position")]
        assert told == content["bylines"]
        assert sorted(edition.edition_tags.values_list("tag", flat=True)) == content["tags"]
        day = clock.local_date(edition.first_published_at)
        assert edition.path.startswith(f"/{edition.section.slug}/{day:%Y/%m/%d}/")
        assert edition.revision.created_at <= edition.live_from < NOW


def test_search_has_of_each_story_what_pinning_would_have_given_it(archive: loading.Filled) -> None:
    told = io.StringIO()
    later = Edition.objects.order_by("-pk").values_list("pk", flat=True)[400]
    call_command("reindex_search", first=later, stdout=told)
    read, changed = re.findall(r"[0-9]+", told.getvalue())
    assert int(read) > 100
    assert int(changed) == 0


def test_editions_of_a_story_follow_each_other(archive: loading.Filled) -> None:
    for article in sample(Article.objects.annotate(count=Count("editions")).filter(count__gt=1)):
        editions = list(article.editions.order_by("live_from").select_related("revision"))
        for before, after in pairwise(editions):
            assert before.live_until == after.live_from
            assert before.revision.number < after.revision.number
            assert (before.retired, after.path) == (True, before.path)
        assert editions[0].change == "first"
        assert [edition.first_published_at for edition in editions] == [editions[0].live_from] * len(editions)
        later = [edition.live_from for edition in editions[1:] if edition.change != "minor"]
        assert editions[-1].updated_at == (later[-1] if later else None)
        published = article.events.filter(verb__in=("publish", "correct")).order_by("at").values_list("at", flat=True)
        assert list(published) == [edition.live_from for edition in editions]
    for rows in (EditionByline.objects, EditionTag.objects):
        assert not rows.exclude(retired=F("edition__retired")).exists()
        assert not rows.exclude(first_published_at=F("edition__first_published_at")).exists()


def test_readers_find_all_of_it(archive: loading.Filled, reader: Reader) -> None:
    live = Edition.objects.live(at=NOW)
    for edition in sample(live, 12):
        page = reader.page(edition.path)
        assert plaintext.one_line(edition.headline) in page.text_of("h1")
        assert Edition.objects.resolve(edition.path, at=NOW).edition == edition
    gone = Edition.objects.filter(live_until__lte=NOW, retired=False).first()
    assert gone is not None
    assert reader.status(gone.path) == 410
    newest = live.newest_first()[0]
    found = reader.page(f"/search/?q={'+'.join(newest.headline.split())}")
    assert newest.headline in found.text_of("h2", class_="teaser__headline")
    author, tag = newest.bylines.all()[0].author, newest.edition_tags.all()[0].tag
    for path in (
        "/",
        f"/{newest.section.slug}/",
        author.get_absolute_url(),
        f"/tags/{tag.slug}/",
        "/archive/",
        "/feed/",
    ):
        assert newest.path in reader.text(path) or path == "/archive/"


def test_same_seed_makes_the_same_archive_and_another_one_another(archive: loading.Filled) -> None:
    def told(seed: int) -> list[tuple[str, str]]:
        """What an archive of thirty stories says; it goes again."""
        with transaction.atomic():
            loading.fill(30, at=NOW, seed=seed, years=1)
            first = Article.objects.order_by("-pk").values_list("pk", flat=True)[29]
            made = list(Edition.objects.filter(article__gte=first).order_by("pk").values_list("path", "headline"))
            transaction.set_rollback(True)
        return made

    assert told(1) == told(1)
    assert not {path for path, _ in told(1)} & {path for path, _ in told(2)}


def test_next_archive_ends_where_the_first_begins(archive: loading.Filled) -> None:
    older = loading.fill(50, at=NOW, seed=7, years=1)
    assert older.last < archive.first
    assert Article.objects.count() == STORIES + 50


def test_nobody_can_sign_in_as_who_filled_it(archive: loading.Filled) -> None:
    filler = User.objects.get(username=LOGIN)
    assert (filler.is_active, filler.is_staff, filler.has_usable_password()) == (False, False, False)
    assert set(Event.objects.values_list("by", flat=True)) == {filler.pk}
