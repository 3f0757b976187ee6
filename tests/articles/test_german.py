"""Sentences in German: their order, their numbers, their times, and what is stored beside what is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from articles import mail, notices, preview_links, publishing, workflow
from articles.admin.deed_words import done, remarks, was
from articles.admin.late_save import Meanwhile
from articles.models import Event, Notice, Stage
from articles.permissions import Role
from articles.refusals import Incomplete, NotAllowed, Refused
from articles.state import State
from newsroom import clock
from newsroom.local_time import (
    RepeatedTimeError,
    SkippedTimeError,
    briefly,
    day_and_time,
    in_words,
    read_local,
    since,
    then,
)
from newsroom.sentences import enumerated, grouped, quoted, within
from tests.factories import DAY, HOUR, NOON, ArticleFactory, UserFactory, kept, managing_editor, published, revised
from tests.readers import Page, Reader

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def german(settings: Settings) -> Iterator[None]:
    """A newsroom whose language is German."""
    settings.LANGUAGE_CODE = "de"
    with translation.override("de"):
        yield


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> None:
    """A newsroom in Berlin."""
    monkeypatch.setattr(clock, "newsroom_zone", lambda: ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOON, "heute 13:00 Uhr MEZ"),
        (NOON - DAY, "gestern 13:00 Uhr MEZ"),
        (NOON + DAY, "morgen 13:00 Uhr MEZ"),
        (NOON + 6 * DAY, "Mo, 9. Feb., 13:00 Uhr MEZ"),
        (NOON + 190 * DAY, "Mi, 12. Aug. 2026, 14:00 Uhr MESZ"),
    ],
)
def test_an_instant_is_said_as_germans_say_it(berlin: None, at: datetime, words: str) -> None:
    assert in_words(at, now=NOON) == words


def test_instants_of_the_past_are_said_as_their_sentences_need_them(berlin: None) -> None:
    earlier, long_ago = NOON - HOUR, NOON - 6 * DAY
    assert (briefly(earlier, now=NOON), since(earlier, now=NOON), then(earlier, now=NOON)) == (
        "heute 12:00",
        "12:00",
        "um 12:00 Uhr",
    )
    assert (since(NOON - DAY, now=NOON), then(NOON - DAY, now=NOON)) == ("gestern 13:00", "gestern um 13:00 Uhr")
    assert (since(long_ago, now=NOON), then(long_ago, now=NOON)) == (
        "Mi, 28. Jan., 13:00",
        "am Mi, 28. Jan. um 13:00 Uhr",
    )
    assert day_and_time(NOON) == "3. Februar, 13:00 Uhr MEZ"


def test_a_time_that_is_none_is_refused_in_german(berlin: None) -> None:
    with pytest.raises(SkippedTimeError, match=r"Am 29. März 2026 wird die Uhr vorgestellt: 02:30 Uhr gibt es in"):
        read_local(datetime(2026, 3, 29).date(), time(2, 30))  # noqa: DTZ001 - a day on the wall
    with pytest.raises(RepeatedTimeError, match="Sagen Sie, welche Sie meinen") as question:
        read_local(datetime(2026, 10, 25).date(), time(2, 30))  # noqa: DTZ001
    assert [said for _, said in question.value.choices] == [
        "das erste Mal 02:30 Uhr (MESZ)",
        "das zweite Mal 02:30 Uhr (MEZ)",
    ]


def test_names_numbers_and_quotations_follow_the_language() -> None:
    assert [enumerated(names) for names in ((), ("Ada",), ("Ada", "Ben"), ("Ada", "Ben", "Mara"))] == [
        "",
        "Ada",
        "Ada und Ben",
        "Ada, Ben und Mara",
    ]
    assert (grouped(12000), quoted("Nein"), within(State.IN_REVIEW.label)) == ("12.000", "„Nein“", "In Prüfung")
    with translation.override("en-gb"):
        assert enumerated(("Ada", "Ben", "Mara")) == "Ada, Ben and Mara"
        assert (grouped(12000), quoted("No"), within(State.IN_REVIEW.label)) == ("12,000", "“No”", "in review")


def test_what_colleagues_saved_agrees_with_how_many_they_are() -> None:
    what = "„Überschrift“"
    assert Meanwhile("Ben", NOON).saved(what, now=NOON) == "Ben hat um 12:00 Uhr „Überschrift“ gespeichert"
    both = Meanwhile("Ben und Mara", NOON, number=2)
    assert both.saved(what, now=NOON) == "Ben und Mara haben um 12:00 Uhr „Überschrift“ gespeichert"
    oneself = Meanwhile("Sie", NOON, is_oneself=True)
    assert oneself.saved(what, now=NOON) == "Sie haben um 12:00 Uhr in einem anderen Fenster „Überschrift“ gespeichert"


@pytest.mark.django_db
class TestStories:
    """Of stories in the database."""

    def test_a_refusal_names_what_is_missing(self) -> None:
        article = ArticleFactory(headline="Hafen", section=None, body="", bylines=[], created_by=managing_editor())
        revision = kept(article)
        with pytest.raises(Incomplete) as refusal:
            publishing.publish(article, revision=revision, by=managing_editor(), at=NOON)
        assert str(refusal.value) == (
            "Bevor dieser Beitrag öffentlich sein kann, fehlt noch: ein Ressort, eine Autorenzeile und ein Text."
        )
        assert refusal.value.missing == ("ein Ressort", "eine Autorenzeile", "ein Text")

    def test_a_role_that_does_not_suffice_is_told_which_verb(self) -> None:
        writer = UserFactory(role=Role.WRITER)
        article = ArticleFactory(created_by=writer)
        with pytest.raises(NotAllowed, match=r"Ihre Rolle erlaubt das bei diesem Beitrag nicht: endgültig löschen."):
            publishing.erase(article, by=writer, at=NOON, reason="x")

    def test_a_stage_that_has_passed_is_named_with_its_capitals(self) -> None:
        article = ArticleFactory(created_by=managing_editor(), stage=Stage.READY)
        with pytest.raises(Refused, match=r"Der Stand dieses Beitrags ist jetzt: Fertig."):
            workflow.submit(article, by=managing_editor(), at=NOON)

    def test_deeds_are_said_in_german_of_records_that_hold_none(self) -> None:
        article = published(at=NOON - HOUR).article
        workflow.assign(article, to=UserFactory(role=Role.WRITER, first_name="Ada"), by=managing_editor(), at=NOON)
        workflow.assign(article, to=None, by=managing_editor(), at=NOON)
        publishing.hold(article, reason="Quelle prüfen", by=managing_editor(), at=NOON)
        events = list(Event.objects.filter(article=article).order_by("pk"))
        assert [done(event, now=NOON) for event in events] == [
            "Fassung 1 veröffentlicht",
            "an Ada zugewiesen",
            "an niemanden zugewiesen",
            "zurückgehalten",
        ]
        assert events[2].details["to"] == "nobody"
        assert remarks(events[3], now=NOON) == ["„Quelle prüfen“"]
        assert was(events[0]) == "Entwurf"

    def test_a_note_is_written_once_in_the_newsrooms_language_and_stays(self) -> None:
        article = published(at=NOON - HOUR, headline="Hafen").article
        first = article.head_revision
        assert first is not None
        second = revised(article, at=NOON - HOUR, headline="Werft")
        article.refresh_from_db()
        third = workflow.restore(
            article, revision=first, over=second, parts=("headline",), by=managing_editor(), at=NOON
        )
        with translation.override("en-gb"):
            third.refresh_from_db()
            assert third.note == "Aus Fassung 1 wiederhergestellt: Überschrift"

    def test_mail_is_in_the_newsrooms_language(self) -> None:
        article = ArticleFactory(headline="Hafen", created_by=managing_editor())
        ada = UserFactory(role=Role.EDITOR, email="ada@example.org")
        ben = UserFactory(role=Role.EDITOR, first_name="Ben")
        [notice] = notices.tell([ada], article, Notice.Kind.ASSIGNED, by=ben, at=NOON)
        message = mail.message(notice)
        assert message.subject == "Ben hat Ihnen einen Beitrag zugewiesen: „Hafen“"
        assert "Sie bekommen dies, weil Sie an diesem Beitrag arbeiten." in message.body


@pytest.mark.django_db
def test_titles_of_what_is_gone_and_the_words_above_a_preview_are_german(reader: Reader) -> None:
    edition = published()
    publishing.withdraw(edition.article, by=managing_editor(), at=NOON)
    gone = Page(reader.get(edition.path).content.decode())
    assert gone.text_of("title")[0].startswith("Dieser Beitrag wurde zurückgezogen")
    assert gone.text_of("h1") == ["Dieser Beitrag wurde zurückgezogen"]
    link = preview_links.share(
        edition.article, revision=edition.revision, expires_at=NOON + HOUR, by=managing_editor(), at=NOON
    )
    shared = f"/preview/{preview_links.token(link)}/"
    [notice] = reader.page(shared).text_of("p", class_="preview-notice")
    assert notice.startswith("Eine Vorschau, noch nicht veröffentlicht.")
    reader.at = NOON + 2 * HOUR
    ended = Page(reader.get(shared).content.decode())
    assert ended.text_of("title")[0].startswith(ended.text_of("h1")[0])


@pytest.mark.django_db
def test_what_a_person_sees_who_opens_a_feed_is_german(reader: Reader) -> None:
    published()
    assert ">Dasselbe auf der Website lesen<" in reader.text("/feed/")
