"""Verbs that keep a story from readers, and let it go again: hold, legal block, embargo; release, put back, let go.

The clock publishes, so each of them acts on editions and not on a flag: what is set for later is taken out in the same
transaction, with its intended instant kept. What readers see already is untouched; `withdraw` is the verb for that.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from articles import checklist, notices, permissions, timeline
from articles.deeds import Deed
from articles.models import Article, Block, Change, Edition, Notice, Withheld
from articles.publishing.ground import insert, publishing_deed, refuse_older_after_newer, refuse_past
from articles.refusals import Missed, NotAllowed, Refused, Stale
from authors.models import User
from newsroom.local_time import day_and_time


class IfMissed(StrEnum):
    """What happens to an edition whose instant passed while it was held back."""

    PUBLISH = "publish"
    LET_GO = "let_go"


def hold(article: Article, *, reason: str, by: User, at: datetime) -> Block:
    """Keep a story from readers until an editor releases it. Takes its future editions out.

    Raises NotAllowed, Stale, or Refused where no reason is given or it is on hold already.
    """
    return _block(Block.Kind.HOLD, "hold", article, reason=reason, by=by, at=at)


def legal_block(article: Article, *, reason: str, by: User, at: datetime) -> Block:
    """Keep a story from readers until who blocked it, or a managing editor, releases it. As `hold` otherwise."""
    return _block(Block.Kind.LEGAL, "legal_block", article, reason=reason, by=by, at=at)


def set_embargo(
    article: Article, *, until: datetime | None, by: User, at: datetime, missed: IfMissed | None = None
) -> None:
    """Refuse publication before `until` to everybody; None lifts the embargo.

    Editions that would begin earlier are taken out; those held back that may now begin at their instant return.
    Raises NotAllowed, Stale, Missed as `release`, or Refused where `until` has passed or there is nothing to lift.
    """
    with publishing_deed("set_embargo", article, by=by, at=at) as doing:
        story = doing.article
        if until is None and (story.embargo_until is None or story.embargo_until <= at):
            raise Refused(_("This story is not under embargo."))
        if until is not None:
            if until <= at:
                raise Refused(
                    _("That time has passed, so there is nothing to wait for. Choose one that is still ahead.")
                )
            doing.details["until"] = until.isoformat()
        if story.embargo_until is not None:
            doing.details["from"] = story.embargo_until.isoformat()
        story.embargo_until = until
        if until is not None:
            _take_out(doing, before=until)
        _put_back_what_is_free(doing, missed)


def release(
    article: Article, *, kind: Block.Kind, by: User, at: datetime, missed: IfMissed | None = None
) -> list[Edition]:
    """Lift a hold or a legal block. Editions that it took out return where their instant is still ahead.

    Returns those. `missed` says what happens to those whose instant has passed: the newest of them is published now,
    or all are let go. Raises NotAllowed, Stale, Missed where that was not said, or Refused where nothing is to lift.
    """
    with publishing_deed("release", article, by=by, at=at) as doing:
        block = doing.article.blocks.filter(kind=kind, released_at=None).first()
        if block is None:
            raise Stale(_("It has been released meanwhile. Look at the story again."))
        if not permissions.may_release(by, block):
            raise NotAllowed(
                _("%(owner)s blocked this story for legal reasons. They or a managing editor release it.")
                % {"owner": block.owner}
            )
        block.released_at, block.released_by = at, by
        block.save(update_fields=["released_at", "released_by"])
        doing.details |= {"kind": kind.value, "reason": block.reason}
        people = notices.people_of(doing.article)
        notices.tell(people, doing.article, Notice.Kind.RELEASED, by=by, at=at, text=block.reason)
        return _put_back_what_is_free(doing, missed)


def put_back(withheld: Withheld, *, live_from: datetime, by: User, at: datetime) -> Edition:
    """Schedule what was taken out for another instant, after the embargo, say.

    Raises NotAllowed, Stale, Incomplete, Obstructed, or Refused, also where an older text would follow a newer one.
    """
    with publishing_deed("put_back", withheld.article, by=by, at=at) as doing:
        fresh = _still_withheld(withheld)
        refuse_past(live_from, at=at)
        refuse_older_after_newer(doing.article, fresh.revision, live_from=live_from, at=at)
        doing.details |= {"from": fresh.live_from.isoformat(), "live_from": live_from.isoformat()}
        return _return(doing, fresh, live_from=live_from)


def let_go(withheld: Withheld, *, by: User, at: datetime) -> None:
    """Give up what was taken out: it will not be put back. Raises NotAllowed or Stale."""
    with publishing_deed("let_go", withheld.article, by=by, at=at) as doing:
        fresh = _still_withheld(withheld)
        doing.details |= {"live_from": fresh.live_from.isoformat(), "revision": fresh.revision.number}
        fresh.delete()


def _block(kind: Block.Kind, verb: str, article: Article, *, reason: str, by: User, at: datetime) -> Block:
    with publishing_deed(verb, article, by=by, at=at) as doing:
        if not reason.strip():
            raise Refused(_("Say why: whoever wants to publish the story reads it."))
        for block in checklist.open_blocks(doing.article):
            if block.kind == kind:
                raise Refused(
                    _("%(owner)s has done so already: “%(reason)s”") % {"owner": block.owner, "reason": block.reason}
                )
        doing.details["reason"] = reason.strip()
        block = Block.objects.create(article=doing.article, kind=kind, reason=reason.strip(), owner=by, set_at=at)
        _take_out(doing)
        people = notices.people_of(doing.article)
        notices.tell(people, doing.article, Notice.Kind.BLOCKED, by=by, at=at, text=block.reason)
        return block


def _take_out(doing: Deed, *, before: datetime | None = None) -> None:
    """Take out the editions that have not begun, or those before an instant, and keep what was intended."""
    editions = timeline.open_editions(doing.article, at=doing.at)
    starts = {edition.live_from for edition in editions}
    taken = [e for e in editions if e.live_from > doing.at and (before is None or e.live_from < before)]
    # From the last one, so that each gives its time back to the one before it.
    for edition in reversed(taken):
        doing.article.withheld.filter(live_from=edition.live_from).delete()
        Withheld.objects.create(
            article=doing.article,
            revision=edition.revision,
            live_from=edition.live_from,
            live_until=None if edition.live_until in starts else edition.live_until,
            change=edition.change,
            taken_out_at=doing.at,
        )
        timeline.take_out(edition)
    doing.details["taken_out"] = [edition.live_from.isoformat() for edition in taken]


def _put_back_what_is_free(doing: Deed, missed: IfMissed | None) -> list[Edition]:
    """Put back what nothing keeps out any longer, and decide on what was missed."""
    article, at = doing.article, doing.at
    if checklist.open_blocks(article):
        return []
    embargo = article.embargo_until
    waiting = list(article.withheld.select_related("revision__aside_of").order_by("live_from"))
    overdue = [] if embargo is not None and embargo > at else [each for each in waiting if each.live_from <= at]
    if overdue and missed is None:
        raise Missed(overdue)
    back = [
        _return(doing, each, live_from=each.live_from)
        for each in waiting
        if each.live_from > at and (embargo is None or each.live_from >= embargo) and _has_room(article, each, at=at)
    ]
    if overdue and missed == IfMissed.PUBLISH:
        # The last of them is what readers would see by now.
        back.append(_return(doing, overdue[-1], live_from=at))
    for each in overdue:
        if each.pk is not None:
            each.delete()
    doing.details |= {
        "put_back": [edition.live_from.isoformat() for edition in back],
        "missed": [each.live_from.isoformat() for each in overdue],
    }
    return back


def _has_room(article: Article, withheld: Withheld, *, at: datetime) -> bool:
    """Whether nothing else was planned for that very instant meanwhile; what has none stays held back."""
    taken = {instant for e in timeline.open_editions(article, at=at) for instant in (e.live_from, e.live_until)}
    return withheld.live_from not in taken


def _return(doing: Deed, withheld: Withheld, *, live_from: datetime) -> Edition:
    edition = insert(doing, withheld.revision, live_from=live_from, change=Change(withheld.change))
    until = withheld.live_until
    if until is not None and until > live_from and (edition.live_until is None or edition.live_until > until):
        edition.live_until = until
        edition.save(update_fields=["live_until"])
    withheld.delete()
    return edition


def _still_withheld(withheld: Withheld) -> Withheld:
    fresh = Withheld.objects.select_related("revision__aside_of").filter(pk=withheld.pk).first()
    if fresh is None:
        told = _("The update of %(when)s was put back or let go meanwhile. Look at the story again.")
        raise Stale(told % {"when": day_and_time(withheld.live_from)})
    return fresh
