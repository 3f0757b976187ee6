"""The arithmetic of periods: how a story's editions share time. Called by `articles.publishing` alone.

Intervals are [live_from, live_until). Editions of one story never overlap, and a gap exists only where somebody
withdrew. None of these functions looks at permissions or leaves an audit row; the verbs do.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.addresses import free_path, stem
from articles.models import Article, Change, Edition
from articles.pinning import move_first_publication
from articles.refusals import Refused


def open_editions(article: Article, *, at: datetime) -> list[Edition]:
    """The live edition, if any, and all that begin later, in order."""
    return list(article.editions.unfinished(at=at).order_by("live_from"))


def last_begun(article: Article, *, at: datetime) -> Edition | None:
    """The edition that began last, live or over; none if the story was never public."""
    return article.editions.begun(at=at).order_by("-live_from").first()


def make_room(article: Article, *, live_from: datetime, at: datetime) -> datetime | None:
    """End what is live at `live_from` there, and return when an edition beginning there has to end (None: open).

    Raises Refused where an edition begins at that very instant.
    """
    until = None
    editions = open_editions(article, at=at)
    if any(edition.live_from == live_from for edition in editions):
        raise Refused(_("Another update begins at that very instant. Choose a different time, or cancel that one."))
    if any(edition.live_until == live_from for edition in editions):
        # Were it taken out again, the withdrawal would be forgotten with it.
        raise Refused(_("The story is withdrawn at that very instant. Choose a different time, or call that off."))
    for edition in editions:
        if edition.live_from < live_from:
            if edition.live_until is None or edition.live_until > live_from:
                until, edition.live_until = edition.live_until, live_from
                edition.save(update_fields=["live_until"])
                return until
        else:
            return edition.live_from
    return until


def take_out(edition: Edition) -> None:
    """Delete an edition that has not begun, and give its period back to the one that it follows without a gap."""
    edition.refresh_from_db(fields=["live_until"])  # a later one may have given its time back
    until, live_from, article_id = edition.live_until, edition.live_from, edition.article_id
    edition.delete()
    Edition.objects.filter(article_id=article_id, live_until=live_from).update(live_until=until)


def withdrawal_of_its_own(edition: Edition) -> datetime | None:
    """The withdrawal at the end of an edition that follows no other: taken out, it would leave nobody to inherit it."""
    follows = Edition.objects.filter(article_id=edition.article_id, live_until=edition.live_from)
    ends = Edition.objects.withdrawn_at_their_end().filter(pk=edition.pk)
    return edition.live_until if ends.exists() and not follows.exists() else None


def end_at(article: Article, *, instant: datetime, keep: Collection[int], at: datetime) -> list[Edition]:
    """End what is live at `instant` there, and take out every later edition whose id is not in `keep`.

    Returns those taken out. Raises Refused where nothing is live just before `instant`.
    """
    editions = open_editions(article, at=at)
    if not any(e.live_from < instant and (e.live_until is None or e.live_until >= instant) for e in editions):
        raise Refused(_("Nothing of this story is live at that time, so there is nothing to withdraw."))
    removed = [e for e in reversed(editions) if e.live_from >= instant and e.pk not in keep]
    for edition in removed:
        take_out(edition)
    article.editions.filter(live_from__lt=instant).filter(Q(live_until=None) | Q(live_until__gt=instant)).update(
        live_until=instant
    )
    return removed


def settle(article: Article, *, at: datetime) -> None:
    """Bring what depends on the order of editions into line, for those that have not begun.

    Until the story's first edition has begun, path and first publication follow the earliest one; afterwards they
    are inherited from the last one that began. `change` and `updated_at` follow from the predecessor.
    """
    upcoming = [edition for edition in open_editions(article, at=at) if edition.live_from > at]
    if not upcoming:
        return
    begun = last_begun(article, at=at)
    if begun is not None:
        path, first_published_at, updated_at = begun.path, begun.first_published_at, begun.updated_at
    else:
        earliest = upcoming[0]
        first_published_at, updated_at = earliest.live_from, None
        path = first_path(article, earliest)
    for number, edition in enumerate(upcoming):
        if begun is None and number == 0:
            edition.change = Change.FIRST
        elif edition.change == Change.FIRST:
            edition.change = Change.SUBSTANTIVE
        if edition.change in {Change.SUBSTANTIVE, Change.CORRECTION}:
            updated_at = edition.live_from
        edition.updated_at, edition.path = updated_at, path
        move_first_publication(edition, first_published_at)
        edition.save(update_fields=["change", "updated_at", "path", "first_published_at"])


def first_path(article: Article, edition: Edition) -> str:
    """The path of a story that has never been public, were `edition` to be its first."""
    return free_path(
        article,
        section=edition.section,
        first_published_at=edition.live_from,
        stem=stem(article, edition.headline),
    )
