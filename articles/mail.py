"""Notices by e-mail: sent after the commit, beside the request, and again until they have gone.

A notice whose `mailed_at` is empty is one that is still to be sent, so nothing is lost when the mail server or this
process goes away: a thread in each web process tries again, and `manage.py send_notices` does the same from a cron
job. An advisory lock for each notice keeps two of them from sending it twice, without keeping anybody from putting
it away meanwhile. Without EMAIL_HOST nothing is sent and nothing is kept for later than a day.

A mail is in the newsroom's language. It names the story by its headline and says where it can be read. It never
quotes a draft, a remark or a reason.
"""

from __future__ import annotations

import logging
import smtplib
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions
from articles.models import Notice
from newsroom import clock

logger = logging.getLogger(__name__)

# What was not sent within a day is no news any more; who signs in sees it at the desk.
WORTH_SENDING = timedelta(days=1)
BATCH = 100
RETRY_SECONDS = (60, 120, 300, 900)
SUBJECT_LIMIT = 150

SAYS = {
    Notice.Kind.MENTION: gettext_lazy("%(by)s mentioned you in a comment on “%(headline)s”"),
    Notice.Kind.ASSIGNED: gettext_lazy("%(by)s assigned you “%(headline)s”"),
    Notice.Kind.SENT_BACK: gettext_lazy("%(by)s sent back “%(headline)s”"),
    Notice.Kind.TAKEN_OVER: gettext_lazy("%(by)s took over from you in “%(headline)s”"),
    Notice.Kind.BLOCKED: gettext_lazy("%(by)s blocked “%(headline)s”"),
    Notice.Kind.RELEASED: gettext_lazy("%(by)s released “%(headline)s”"),
}


def is_set_up() -> bool:
    """Whether a mail server is named in the settings."""
    return bool(settings.EMAIL_HOST)


def message(notice: Notice) -> EmailMessage:
    """The mail for a notice, in plain text."""
    headline = _one_line(notice.article.headline) or _("a story without a headline")
    says = SAYS[Notice.Kind(notice.kind)] % {"by": _one_line(str(notice.by)), "headline": headline}
    why = _("You get this because you work on this story. The desk’s first page has the same.")
    where = "#talk" if notice.comment_id else ""
    host = urlsplit(settings.NEWSROOM_URL).hostname
    return EmailMessage(
        subject=says[:SUBJECT_LIMIT],
        body=(
            f"{says}.\n\n"
            f"{settings.NEWSROOM_URL}{notice.article.get_absolute_url()}{where}\n\n"
            f"{settings.NEWSROOM_NAME}\n"
            f"{why}\n"
        ),
        to=[notice.to.email],
        # The same mail, sent twice after a crash, is one message to the person's mail program.
        headers={"Message-ID": f"<notice-{notice.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def _one_line(text: str) -> str:
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())


@dataclass
class Delivery:
    """How many mails went, and how many wait for another attempt."""

    sent: int = 0
    waiting: int = 0


def deliver(*, at: datetime) -> Delivery:
    """Send what is to be sent, oldest first. A mail server that does not answer leaves the rest waiting."""
    done = Delivery()
    due = list(
        Notice.objects.filter(mailed_at=None, at__gt=at - WORTH_SENDING, seen_at=None, to__is_active=True)
        .exclude(to__email="")
        .order_by("at", "pk")
        .values_list("pk", flat=True)[:BATCH]
    )
    if not due:
        return done
    try:
        with get_connection() as server:
            for pk in due:
                done.sent += _send(pk, server, at=at)
        done.waiting = Notice.objects.filter(pk__in=due, mailed_at=None, seen_at=None).count()
    except OSError as error:  # smtplib's exceptions are of this kind too
        done.waiting = len(due) - done.sent
        logger.warning("mail server does not take notices: %s", type(error).__name__)
    return done


def _send(pk: int, server: BaseEmailBackend, *, at: datetime) -> bool:
    """Send one notice; False where somebody else is at it, it has gone, or it is to be tried again."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended('mail of notice', %s))", [pk])
            if cursor.fetchone() != (True,):
                return False
        due = Notice.objects.filter(pk=pk, mailed_at=None, seen_at=None).select_related("to", "by", "article")
        notice = due.first()
        if notice is None:
            return False
        sent = False
        if permissions.may_view(notice.to, notice.article):
            mail = message(notice)
            mail.connection = server
            try:
                sent = bool(mail.send())
            except smtplib.SMTPRecipientsRefused as refusal:
                if any(code < 500 for code, _ in refusal.recipients.values()):
                    return False
                logger.warning("mail server refuses the address of %s", notice.to.username)
            except smtplib.SMTPResponseException as refusal:
                logger.warning("mail server refuses a notice: %s", refusal.smtp_code)
                return False
            except ValueError:
                logger.warning("no mail can be sent to the address of %s", notice.to.username)
        Notice.objects.filter(pk=pk).update(mailed_at=at)
        return sent


class Postman:
    """The thread that sends beside the requests of this process. It starts with the first notice."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ring = threading.Event()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Let what has been committed be sent soon. Returns at once, and never fails."""
        if not is_set_up():
            return
        self._ring.set()
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._walk, name="postman", daemon=True)
                self._thread.start()

    def _walk(self) -> None:
        failures = 0
        while True:
            pause = RETRY_SECONDS[min(failures, len(RETRY_SECONDS)) - 1] if failures else None
            self._ring.wait(pause)
            self._ring.clear()
            try:
                while (done := deliver(at=clock.now())).sent == BATCH:
                    failures = 0
                failures = failures + 1 if done.waiting else 0
            except Exception:
                # The thread outlives whatever the database or the mail server does.
                logger.exception("notices could not be mailed")
                failures += 1
            finally:
                connection.close()


_postman = Postman()


def wake() -> None:
    """See `Postman.wake`."""
    _postman.wake()
