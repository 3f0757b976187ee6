"""What reaches a person of what colleagues do: at the desk in the same transaction, by mail after it."""

from __future__ import annotations

import contextlib
import smtplib
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail as outbox
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from psycopg import connect

from articles import mail, notices
from articles.models import Notice
from articles.permissions import Role
from authors.models import Author
from tests.factories import DAY, HOUR, MINUTE, NOON, ArticleFactory, UserFactory, managing_editor

if TYPE_CHECKING:
    from pytest_django import DjangoCaptureOnCommitCallbacks
    from pytest_django.fixtures import Settings

    from articles.models import Article
    from authors.models import User

pytestmark = pytest.mark.django_db

SAID = "Please check the second paragraph; the source is not to be named."


def person(role: Role = Role.WRITER, **attributes: Any) -> User:
    """Somebody at the desk with an address."""
    return UserFactory(role=role, email="person@example.org", **attributes)


def told(to: User, article: Article, kind: Notice.Kind = Notice.Kind.ASSIGNED, **how: Any) -> Notice:
    """One notice."""
    circumstances: dict[str, Any] = {"by": managing_editor(), "at": NOON} | how
    [notice] = notices.tell([to], article, kind, **circumstances)
    return notice


@pytest.fixture
def server(settings: Settings) -> None:
    """A mail server is named; what it gets is in `outbox.outbox`."""
    settings.EMAIL_HOST = "mail.example.org"


def test_a_story_concerns_who_began_it_is_assigned_it_or_signs_it() -> None:
    creator, assignee, signer, gone = person(), person(), person(), person(is_active=False)
    authors = [
        Author.objects.create(name="Signs", slug="signs", user=signer),
        Author.objects.create(name="Left", slug="left", user=gone),
        Author.objects.create(name="Without a login", slug="without"),
    ]
    article = ArticleFactory(created_by=creator, assignee=assignee, bylines=authors)
    person()
    assert set(notices.people_of(article)) == {creator, assignee, signer}


def test_nobody_is_told_what_they_did_themselves() -> None:
    editor, writer = person(Role.EDITOR), person()
    article = ArticleFactory(created_by=writer)
    notices.tell([editor, writer, writer], article, Notice.Kind.BLOCKED, by=editor, at=NOON)
    assert [each.to for each in Notice.objects.all()] == [writer]


def test_nobody_is_told_of_a_story_that_they_may_not_see() -> None:
    stranger, gone = person(), person(Role.EDITOR, is_active=False)
    assert notices.tell([stranger, gone], ArticleFactory(), Notice.Kind.MENTION, by=person(), at=NOON) == []


def test_a_notice_is_gone_from_sight_once_the_story_is() -> None:
    writer = person()
    article = ArticleFactory(assignee=writer)
    told(writer, article)
    assert notices.unseen(writer).count() == 1
    article.assignee = None
    article.save()
    assert notices.unseen(writer).count() == 0


def test_putting_away_touches_only_what_is_meant() -> None:
    writer, editor = person(), person(Role.EDITOR)
    first, second = ArticleFactory(created_by=writer), ArticleFactory(created_by=writer)
    told(writer, first)
    told(writer, first, Notice.Kind.SENT_BACK)
    told(writer, second)
    kept = told(editor, first)
    assert (
        notices.put_away(editor, at=NOON, notice=Notice.objects.filter(to=writer).values_list("pk", flat=True)[0]) == 0
    )
    assert notices.put_away(writer, at=NOON, article=first, kind=Notice.Kind.SENT_BACK) == 1
    assert notices.put_away(writer, at=NOON, article=first) == 1
    assert notices.put_away(writer, at=NOON) == 1
    assert Notice.objects.get(seen_at=None) == kept


def test_mail_goes_after_the_commit_and_not_after_a_rollback(
    server: None, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    woken: list[int] = []
    monkeypatch.setattr(mail, "wake", lambda: woken.append(Notice.objects.count()))
    writer = person()
    article = ArticleFactory(created_by=writer)
    with django_capture_on_commit_callbacks(execute=True):
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            told(writer, article)
            raise ZeroDivisionError
        assert woken == []
        told(writer, article)
    assert woken == [1]


def test_mail_says_who_and_what_and_where_and_quotes_nothing(server: None) -> None:
    editor = person(Role.EDITOR, first_name="Mara", last_name="Quist")
    writer = person()
    article = ArticleFactory(created_by=writer, headline="Harbour <b>dues</b> rise")
    told(writer, article, Notice.Kind.SENT_BACK, by=editor, text=SAID)
    assert mail.deliver(at=NOON) == mail.Delivery(sent=1)
    [sent] = outbox.outbox
    assert sent.to == ["person@example.org"]
    assert sent.subject == "Mara Quist sent back “Harbour <b>dues</b> rise”"
    assert f"https://www.example.org/admin/articles/article/{article.pk}/change/\n" in sent.body
    whole = sent.message().as_string()
    assert "second paragraph" not in whole
    assert "A first paragraph" not in whole


def test_a_headline_cannot_write_headers(server: None) -> None:
    writer = person()
    forged = "Dues rise\r\nBcc: everybody@example.org\u2028X-More: yes\x00"
    told(writer, ArticleFactory(created_by=writer, headline=forged.replace("\x00", "")))
    mail.deliver(at=NOON)
    [sent] = outbox.outbox
    assert "\n" not in sent.subject
    assert sent.message()["Bcc"] is None
    assert sent.message()["X-More"] is None


def test_each_notice_is_mailed_once(server: None) -> None:
    writer = person()
    told(writer, ArticleFactory(created_by=writer))
    assert mail.deliver(at=NOON).sent == 1
    assert mail.deliver(at=NOON + MINUTE) == mail.Delivery()
    assert Notice.objects.get().mailed_at == NOON
    assert len(outbox.outbox) == 1


def test_what_was_seen_or_is_a_day_old_or_no_longer_theirs_is_not_mailed(server: None) -> None:
    writer = person()
    seen, old, taken = (ArticleFactory(assignee=writer) for _ in range(3))
    told(writer, seen)
    notices.put_away(writer, at=NOON, article=seen)
    told(writer, old, at=NOON - DAY - HOUR)
    told(writer, taken)
    taken.assignee = None
    taken.save()
    assert mail.deliver(at=NOON) == mail.Delivery()
    assert outbox.outbox == []


def test_who_has_no_address_gets_no_mail_and_is_told_all_the_same(server: None) -> None:
    writer = UserFactory(role=Role.WRITER)
    told(writer, ArticleFactory(created_by=writer))
    assert mail.deliver(at=NOON) == mail.Delivery()
    assert notices.unseen(writer).count() == 1


def test_a_mail_server_that_is_away_gets_it_later(server: None, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = person()
    for _ in range(2):
        told(writer, ArticleFactory(created_by=writer))
    with monkeypatch.context() as away:
        away.setattr("django.core.mail.backends.locmem.EmailBackend.open", refuse)
        assert mail.deliver(at=NOON) == mail.Delivery(waiting=2)
    assert Notice.objects.filter(mailed_at=None).count() == 2
    assert mail.deliver(at=NOON + MINUTE) == mail.Delivery(sent=2)


def refuse(*_: Any) -> None:
    """As a server that does not listen."""
    raise ConnectionRefusedError


@pytest.mark.parametrize(
    ("error", "is_tried_again"),
    [
        (smtplib.SMTPRecipientsRefused({"person@example.org": (550, b"No such user")}), False),
        (smtplib.SMTPRecipientsRefused({"person@example.org": (451, b"Try later")}), True),
        (smtplib.SMTPDataError(554, b"Looks like spam"), True),
        (ValueError("Invalid address"), False),
    ],
)
def test_one_mail_that_is_refused_does_not_keep_the_others_back(
    server: None, monkeypatch: pytest.MonkeyPatch, error: Exception, is_tried_again: bool
) -> None:
    send = outbox.EmailMessage.send

    def refusing(self: Any, *args: Any, **kwargs: Any) -> int:
        if "The refused one" in self.subject:
            raise error
        return send(self, *args, **kwargs)

    monkeypatch.setattr(outbox.EmailMessage, "send", refusing)
    writer = person()
    refused = told(writer, ArticleFactory(created_by=writer, headline="The refused one"))
    told(writer, ArticleFactory(created_by=writer, headline="The other one"))
    assert mail.deliver(at=NOON) == mail.Delivery(sent=1, waiting=int(is_tried_again))
    refused.refresh_from_db()
    assert (refused.mailed_at is None) == is_tried_again


@pytest.mark.django_db(transaction=True)
def test_while_one_process_sends_a_notice_another_lets_it_be_and_it_can_be_put_away(server: None, roles: None) -> None:
    writer = person()
    notice = told(writer, ArticleFactory(created_by=writer))
    parameters = connection.get_connection_params()
    names = ("host", "port", "dbname", "user", "password")
    with connect(**{name: parameters[name] for name in names if name in parameters}) as other:
        other.execute("SELECT pg_try_advisory_xact_lock(hashtextextended('mail of notice', %s))", [notice.pk])
        assert mail.deliver(at=NOON) == mail.Delivery(waiting=1)
        assert outbox.outbox == []
        assert notices.put_away(writer, at=NOON, notice=notice.pk) == 1


def test_without_a_mail_server_nothing_starts(settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    postman = mail.Postman()
    postman.wake()
    assert postman._thread is None
    with pytest.raises(CommandError, match="EMAIL_HOST"):
        call_command("send_notices")


def test_command_sends_what_waits_and_says_what_could_not_go(server: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsroom.clock.now", lambda: NOON)
    writer = person()
    told(writer, ArticleFactory(created_by=writer), at=NOON - timedelta(seconds=5))
    said = StringIO()
    call_command("send_notices", stdout=said)
    assert said.getvalue() == "1 sent.\n"
    call_command("send_notices", stdout=said)
    assert said.getvalue().endswith("0 sent.\n")
    told(writer, ArticleFactory(created_by=writer))
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", refuse)
    with pytest.raises(CommandError, match="1 could not be sent"):
        call_command("send_notices", stdout=said)
