"""Preview links: one revision, for somebody without an account, until an instant or until somebody revokes it.

The address holds the link's number and a signature, checked in constant time; everything else is in the database, so
that a link that was revoked is of no use from that moment on. Each opening is logged.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core import signing
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from articles.deeds import deed
from articles.models import Article, PreviewLink, PreviewOpening, Revision
from articles.refusals import Refused, Stale

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from authors.models import User

SALT = "articles.preview_links"
LONGEST = timedelta(days=90)


def share(
    article: Article, *, revision: Revision, expires_at: datetime, by: User, at: datetime, for_whom: str = ""
) -> PreviewLink:
    """Make a link to one revision of a story, of no use from `expires_at` on.

    Raises NotAllowed, Stale, or Refused where `expires_at` is not ahead, or more than LONGEST.
    """
    with deed("share", article, by=by, at=at) as doing:
        if expires_at <= at:
            raise Refused(_("That time has passed. Choose until when the link is to work."))
        if expires_at > at + LONGEST:
            raise Refused(_("A link works for %(days)s days at most. Choose an earlier time.") % {"days": LONGEST.days})
        if revision.article_id != article.pk:
            raise Stale(_("It is not clear which text you mean. Open the story again, and try once more."))
        link = PreviewLink.objects.create(
            article=doing.article,
            revision=revision,
            for_whom=" ".join(for_whom.split()),
            created_at=at,
            created_by=by,
            expires_at=expires_at,
        )
        doing.details |= {"revision": revision.number, "for_whom": link.for_whom, "until": expires_at.isoformat()}
        return link


def revoke(link: PreviewLink, *, by: User, at: datetime) -> None:
    """Make a link useless at once. Raises NotAllowed, Stale where it was revoked or has expired."""
    with deed("revoke", link.article, by=by, at=at) as doing:
        changed = PreviewLink.objects.filter(pk=link.pk, revoked_at=None, expires_at__gt=at)
        if not changed.update(revoked_at=at, revoked_by=by):
            raise Stale(_("This link is of no use any more."))
        doing.details |= {"for_whom": link.for_whom}


def token(link: PreviewLink) -> str:
    """What stands in the address of a link: its number and a signature of it."""
    return signing.Signer(salt=SALT).sign(str(link.pk))


def linked(signed: str) -> PreviewLink | None:
    """The link of a token, whether it still works or not; None for what nobody signed. At most 1 query."""
    try:
        number = signing.Signer(salt=SALT).unsign(signed)
    except signing.BadSignature:
        return None
    return PreviewLink.objects.select_related("article", "revision").filter(pk=int(number)).first()


def is_open(link: PreviewLink, *, at: datetime) -> bool:
    """Whether a link shows its revision at `at`. The text of a story that was erased is shown to nobody."""
    return link.revoked_at is None and at < link.expires_at and link.revision.digest != ""


def log_opening(link: PreviewLink, *, at: datetime, address: str | None, browser: str) -> None:
    """Remember that somebody opened it."""
    PreviewOpening.objects.create(link=link, at=at, address=address, browser=browser[:200])


def of_story(article: Article) -> QuerySet[PreviewLink]:
    """A story's links, the newest first, with `times` opened and `last_at`."""
    return (
        PreviewLink.objects.filter(article=article)
        .select_related("revision", "created_by", "revoked_by")
        .defer("revision__body", "revision__content")
        .annotate(times=Count("openings"), last_at=Max("openings__at"))
        .order_by("-created_at", "-pk")
    )
