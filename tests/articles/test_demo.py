"""The demo newsroom: believable in numbers, in every state, made by the verbs, and only where it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from articles.demo import loader, pictures
from articles.demo.copy import stories
from articles.demo.roster import AUTHORS, LOGINS, SECTIONS
from articles.models import Article, Correction, Edition, Event, Kind, Section
from articles.state import State, state_of
from authors.models import Author, User
from newsroom import plaintext, richtext
from tests.pictures import file_of, quarters

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 3, 12, 10, tzinfo=UTC)
HEADLINE_OF_THE_LEAD = next(story.texts["headline"] for story in stories() if story.number == "01")
SMALL = file_of(quarters(64, 36)).getvalue()


def small(*_: object, **__: object) -> bytes:
    """A picture that costs nothing; the real ones are tried in test_demo_pictures.py."""
    return SMALL


@pytest.fixture(scope="module")
def newsroom(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[datetime]:
    """The demo newsroom as of NOW, once for all tests here; gone afterwards, files too."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(pictures, "scene", small)
        patch.setattr(pictures, "portrait", small)
        loader.fill(at=NOW)
        yield NOW
        transaction.set_rollback(True)


def lead() -> Article:
    """The analysis that leads the front page."""
    return Article.objects.get(headline=HEADLINE_OF_THE_LEAD)


def test_there_are_sixty_stories_over_six_sections_and_a_month(newsroom: datetime) -> None:
    assert Article.objects.count() >= 60
    assert Section.objects.filter(parent=None).count() == 6
    assert Author.objects.count() == 8
    live = Edition.objects.live(at=newsroom)
    assert {section.pk for section in Section.objects.all()} == set(live.values_list("section", flat=True))
    published = sorted(live.values_list("first_published_at", flat=True))
    # All but the one that is old enough to say so.
    assert newsroom - published[0] > timedelta(days=366)
    assert timedelta(days=20) < newsroom - published[1] < timedelta(days=31)
    assert newsroom - published[-1] < timedelta(hours=6)


def test_every_state_occurs(newsroom: datetime) -> None:
    assert {state_of(article, at=newsroom) for article in Article.objects.all()} == set(State)


def test_something_happens_within_the_next_hours(newsroom: datetime) -> None:
    soon = Edition.objects.upcoming(at=newsroom).filter(live_from__lt=newsroom + timedelta(hours=6))
    firsts = [edition for edition in soon if edition.first_published_at == edition.live_from]
    updates = [edition for edition in soon if edition.first_published_at < newsroom]
    assert len(firsts) >= 2
    assert updates
    assert Edition.objects.live(at=newsroom).filter(article=updates[0].article_id).exists()


def test_there_are_corrections_opinion_and_stories_by_two(newsroom: datetime) -> None:
    live = Edition.objects.live(at=newsroom)
    assert Correction.objects.filter(article__in=live.values("article")).count() >= 2
    assert set(live.values_list("kind", flat=True)) == set(Kind.values)
    roles = {role for edition in live for role in edition.bylines.values_list("role", flat=True)}
    assert roles == {"by", "additional_reporting", "photographs"}
    assert any(edition.bylines.filter(role="by").count() > 1 for edition in live)


def test_one_story_has_a_language_of_its_own_and_one_says_what_ties_its_author_to_the_subject(
    newsroom: datetime,
) -> None:
    live = Edition.objects.live(at=newsroom)
    assert set(live.values_list("language", flat=True)) == {"", "de"}
    assert live.filter(kind=Kind.OPINION).exclude(article__disclosure="").exists()


def test_the_lead_has_the_shape_that_copy_comes_in(newsroom: datetime) -> None:
    body = Edition.objects.live(at=newsroom).get(article=lead()).revision.body
    assert lead().kind == Kind.ANALYSIS
    assert lead().lead_photo is not None
    assert len(re.findall("<h2", body)) >= 4
    numbered = re.findall(r"<h3[^>]*>(\d)\. ", body)
    assert numbered == [str(number) for number in range(1, len(numbered) + 1)]
    assert len(numbered) >= 6
    assert body.count("<ul>") == 1
    assert len(re.findall("<li>", body)) >= 3
    related = [pick.related for pick in lead().related_picks.all()]
    assert len(related) == 6
    assert Edition.objects.live(at=newsroom).filter(article__in=related).count() == 6


def test_stories_are_of_real_length_and_say_what_lists_need(newsroom: datetime) -> None:
    for edition in Edition.objects.live(at=newsroom).select_related("revision"):
        words = plaintext.from_html(edition.revision.body).split()
        assert len(words) > 250, edition.headline
        assert 0 < len(edition.teaser) <= 120
        assert edition.edition_tags.exists()
        assert richtext.clean(edition.revision.body)


def test_everything_was_done_by_a_verb_in_its_order(newsroom: datetime) -> None:
    assert not Event.objects.filter(at__gt=newsroom).exists()
    for edition in Edition.objects.filter(live_from__lte=newsroom):
        verbs = Event.objects.filter(article=edition.article_id, at=edition.live_from).values_list("verb", flat=True)
        assert set(verbs) & {"publish", "correct"}, edition.headline


def test_nothing_but_our_own_words_and_pictures_is_shown(newsroom: datetime) -> None:
    for article in Article.objects.all():
        assert not re.search(r"https?:|<img|lorem ipsum", f"{article.body} {article.standfirst}", re.IGNORECASE)
        photo = article.lead_photo
        if photo is not None:
            assert photo.alt_text
            assert photo.caption
            assert photo.credit
    assert {story.photo["picture"] for story in stories() if story.photo} <= set(pictures.SCENES)


def test_each_role_can_sign_in_and_the_writer_signs_stories(newsroom: datetime) -> None:
    assert [login.username for login in LOGINS] == ["writer", "editor", "managing"]
    for login in LOGINS:
        user = User.objects.get(username=login.username)
        assert user.check_password(login.password)
        assert [group.name for group in user.groups.all()] == [login.role]
        assert not user.is_superuser
        validate_password(login.password, user)
    assert Article.objects.own(User.objects.get(username="writer")).exists()


def test_it_is_refused_where_there_is_anything(newsroom: datetime, settings: Settings) -> None:
    settings.NEWSROOM_DEMO = True
    with pytest.raises(CommandError, match="not empty"):
        call_command("demo")
    before = Article.objects.count()
    call_command("demo", if_empty=True)
    assert Article.objects.count() == before


def test_it_is_refused_outside_a_demonstration(settings: Settings) -> None:
    settings.NEWSROOM_DEMO = False
    with pytest.raises(CommandError, match="NEWSROOM_DEMO"):
        call_command("demo", if_empty=True)


def test_the_roster_and_the_stories_agree() -> None:
    sections, authors = {section.slug for section in SECTIONS}, {author.slug for author in AUTHORS}
    told = stories()
    numbers = {story.number for story in told}
    for story in told:
        assert story.section in sections
        assert {slug for slug, _ in story.bylines} <= authors
        assert set(story.related) <= numbers - {story.number}
        assert bool(story.correction) == (story.state == "corrected")
    assert authors == set(pictures.FACES)
