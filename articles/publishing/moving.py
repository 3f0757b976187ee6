"""Moving what is set to another instant: nothing is lost on the way, and nothing moves that a colleague moved first."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from articles.models import Article, Edition
from articles.publishing.ground import publishing_deed
from articles.refusals import Refused, Stale
from authors.models import User
from newsroom.local_time import in_words


def move_withdrawal(
    edition: Edition, *, live_until: datetime, by: User, at: datetime, seen: datetime | None = None
) -> Edition:
    """Withdraw the story at another instant than the one at which `edition` is set to end.

    Between that edition's beginning and whatever of the story is planned next: past it, the withdrawal would come to
    mean something else. `seen` is the instant that the person knew of. Returns the edition anew. Raises NotAllowed,
    Stale where the withdrawal has happened, was called off or moved meanwhile, or Refused.
    """
    with publishing_deed("move_withdrawal", edition.article, by=by, at=at) as doing:
        article = doing.article
        ending = article.editions.withdrawn_at_their_end().filter(pk=edition.pk, live_until__gt=at).first()
        if ending is None or ending.live_until is None:
            raise Stale(_("This withdrawal has happened or was called off meanwhile. Look at the story again."))
        refuse_moved_meanwhile(article, ending.live_until, seen, at=at)
        if live_until <= at:
            raise Refused(_("That time has passed. Choose one that is still ahead, or withdraw the story now."))
        if live_until <= ending.live_from:
            raise Refused(
                _("It goes live %(when)s. Withdraw it after that, or cancel what is planned.")
                % {"when": in_words(ending.live_from, now=at)}
            )
        comes_next = _next_planned(article, after=min(ending.live_until, live_until))
        if comes_next is not None and live_until >= comes_next:
            raise Refused(
                _(
                    "Something of this story is planned for %(when)s. A withdrawal at or after "
                    "that would end that instead: move or cancel it first."
                )
                % {"when": in_words(comes_next, now=at)}
            )
        if comes_next is not None and comes_next < ending.live_until:
            raise Refused(
                _("What is held back for %(when)s would bring the story back. Let it go first.")
                % {"when": in_words(comes_next, now=at)}
            )
        doing.details |= {"from": ending.live_until.isoformat(), "live_until": live_until.isoformat()}
        ending.live_until = live_until
        ending.save(update_fields=["live_until"])
    return ending


def refuse_moved_meanwhile(article: Article, instant: datetime, seen: datetime | None, *, at: datetime) -> None:
    """Raise Stale where something stands at another instant than the one at which a person saw it."""
    if seen is None or seen == instant:
        return
    moved = article.events.filter(verb__in=("reschedule", "move_withdrawal", "withdraw")).select_related("by").first()
    if moved:
        sentence = _("Meanwhile %(person)s has moved it: it is set for %(when)s. Look at it again, then decide.")
    else:
        sentence = _("Meanwhile it has been moved: it is set for %(when)s. Look at it again, then decide.")
    raise Stale(sentence % {"person": moved and moved.by, "when": in_words(instant, now=at)})


def refuse_losing_a_withdrawal(moved: Edition, ends: datetime | None, *, at: datetime) -> None:
    """Let a moved edition end in the withdrawal that was set for it alone; raise Refused where it cannot."""
    if ends is None:
        return
    if moved.live_from >= ends or (moved.live_until is not None and moved.live_until < ends):
        raise Refused(
            _(
                "It is to be withdrawn %(when)s, and there that withdrawal would be lost. "
                "Move the withdrawal first, or call it off."
            )
            % {"when": in_words(ends, now=at)}
        )
    moved.live_until = ends
    moved.save(update_fields=["live_until"])


def _next_planned(article: Article, *, after: datetime) -> datetime | None:
    """The first instant after `after` at which an edition of the story begins, or was to begin until it was held."""
    begins = article.editions.filter(live_from__gt=after).order_by("live_from").values_list("live_from", flat=True)
    held = article.withheld.filter(live_from__gt=after).order_by("live_from").values_list("live_from", flat=True)
    return min([*begins[:1], *held[:1]], default=None)
