"""Verbs that change what readers see at once: publish, correct, withdraw, keep live, change address, erase."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from articles import timeline
from articles.addresses import free_path_under
from articles.deeds import Deed
from articles.erasing import blank
from articles.models import Article, Change, Correction, Edition, Revision, Section
from articles.publishing.ground import insert, publishing_deed, refuse_past
from articles.publishing.merging import NOTHING, pin_over
from articles.refusals import Refused, Stale
from authors.models import User


def publish(
    article: Article,
    *,
    revision: Revision,
    by: User,
    at: datetime,
    change: Change = Change.SUBSTANTIVE,
    carry: Collection[int] = (),
    leave: Mapping[int, str] = NOTHING,
) -> Edition:
    """Let readers see `revision` from `at` on, until the story's next scheduled change.

    `revision` is the one that the person had on the screen. Every scheduled edition's id has to be in `carry` (the
    change is merged into it) or in `leave` (with a reason, which may be empty). The first publication is always
    Change.FIRST. Raises NotAllowed, Stale, Incomplete, Obstructed, Undecided, Conflict or Refused.
    """
    with publishing_deed("publish", article, by=by, at=at) as doing:
        return go_live(doing, revision, change, carry, leave)


def correct(
    article: Article,
    *,
    revision: Revision,
    text: str,
    by: User,
    at: datetime,
    wrong: str = "",
    kind: Correction.Kind = Correction.Kind.CORRECTION,
    placement: Correction.Placement = Correction.Placement.BELOW,
    carry: Collection[int] = (),
    leave: Mapping[int, str] = NOTHING,
) -> Edition:
    """Publish `revision` with a public note that stays: what was `wrong`, and in `text` what is right.

    As `publish`, but every entry of `leave` needs its reason: a scheduled edition would bring the error back. A note
    of another kind than a correction may do without `wrong`.
    """
    with publishing_deed("correct", article, by=by, at=at) as doing:
        if not text.strip() or (kind == Correction.Kind.CORRECTION and not wrong.strip()):
            raise Refused(_("Say what was wrong and what is right; readers see this note with the story."))
        if not all(reason.strip() for reason in leave.values()):
            raise Refused(_("Say why the correction is left out of a scheduled update: it would bring the error back."))
        if doing.from_state.is_unpublished:
            raise Refused(_("Readers have not seen this story yet, so there is nothing to correct. Publish it."))
        edition = go_live(doing, revision, Change.CORRECTION, carry, leave)
        Correction.objects.create(
            article=doing.article,
            revision=edition.revision,
            kind=kind,
            wrong=wrong.strip(),
            text=text.strip(),
            placement=placement,
            published_at=at,
            created_by=by,
        )
        doing.details["kind"] = kind
        return edition


def strike_out(correction: Correction, *, text: str, by: User, at: datetime, wrong: str = "") -> Correction:
    """Strike out a note that was itself mistaken, by another one: both go on being shown, for good.

    Readers of a live story, its feeds included, are told that it was corrected. Raises NotAllowed, Stale or Refused.
    """
    with publishing_deed("strike_out", correction.article, by=by, at=at) as doing:
        if not text.strip():
            raise Refused(_("Say what is right; readers see this with the note that it strikes out."))
        if Correction.objects.filter(strikes=correction).exists():
            raise Stale(_("This note was struck out meanwhile. Look at the story again."))
        live = doing.article.editions.live(at=at).select_related("revision").first()
        if live is not None:
            insert(doing, live.revision, live_from=at, change=Change.CORRECTION, is_new_to_readers=False)
        doing.details["kind"] = correction.kind
        return Correction.objects.create(
            article=doing.article,
            revision=live.revision if live is not None else correction.revision,
            kind=correction.kind,
            wrong=wrong.strip(),
            text=text.strip(),
            placement=correction.placement,
            strikes=correction,
            published_at=at,
            created_by=by,
        )


def withdraw(
    article: Article,
    *,
    by: User,
    at: datetime,
    live_until: datetime | None = None,
    keep: Collection[int] = (),
    reason: str = "",
) -> None:
    """Take the story away from readers at `live_until` (now, unless given); its address then answers 410.

    Every edition scheduled for later goes too, except those whose ids are in `keep`. Raises NotAllowed, Stale or
    Refused where nothing is live then.
    """
    with publishing_deed("withdraw", article, by=by, at=at) as doing:
        instant = at if live_until is None else live_until
        if instant < at:
            refuse_past(instant, at=at, instead=_("withdraw it now, without a time"))
        removed = timeline.end_at(doing.article, instant=instant, keep=keep, at=at)
        # What an obstacle holds back for later would otherwise return after the withdrawal.
        doing.article.withheld.filter(live_from__gte=instant).delete()
        doing.details |= {
            "live_until": instant.isoformat(),
            "reason": reason,
            "removed": [edition.live_from.isoformat() for edition in removed],
        }


def keep_live(article: Article, *, by: User, at: datetime) -> None:
    """Call off a withdrawal that is set for later: the live story goes on to its next update, or for good."""
    with publishing_deed("keep_live", article, by=by, at=at) as doing:
        editions = timeline.open_editions(doing.article, at=at)
        starts = [edition.live_from for edition in editions[1:]]
        for edition, until in zip(editions, [*starts, None], strict=False):
            if edition.live_until != until:
                doing.details["live_until"] = edition.live_until.isoformat() if edition.live_until else None
                edition.live_until = until
                edition.save(update_fields=["live_until"])
                return
        raise Refused(_("No withdrawal is set for this story."))


def change_address(article: Article, *, slug: str, by: User, at: datetime, section: Section | None = None) -> Edition:
    """Give a live story a new address: `slug`, and `section`'s if given; the day stays. The old one redirects.

    Raises NotAllowed, Stale or Refused where the story is not live.
    """
    with publishing_deed("change_address", article, by=by, at=at) as doing:
        current = doing.article.editions.live(at=at).select_related("revision").first()
        if current is None:
            raise Refused(_("Only a live story can change its address. Before publication, edit its slug instead."))
        old_section, year, month, day = current.path.split("/")[1:5]
        prefix = f"/{section.slug if section else old_section}/{year}/{month}/{day}/"
        path = free_path_under(prefix, article=doing.article, stem=slug)
        if path == current.path:
            raise Refused(_("This is the story’s address already."))
        doing.details |= {"from": current.path, "to": path}
        doing.article.slug = slug
        doing.article.save(update_fields=["slug"])
        return insert(doing, current.revision, live_from=at, change=Change.MINOR, path=path, is_new_to_readers=False)


def erase(article: Article, *, reason: str, by: User, at: datetime) -> None:
    """Blank the story's text everywhere, for a legal order: working copy, revisions, editions, corrections, search.

    What was live ends, what was scheduled goes, and every path that was ever public goes on answering 410.
    """
    with publishing_deed("erase", article, by=by, at=at) as doing:
        if not reason.strip():
            raise Refused(_("Say on whose order the story is erased; it is kept in the record."))
        doing.details["reason"] = reason.strip()
        for edition in reversed(timeline.open_editions(doing.article, at=at)):
            if edition.live_from == at:
                raise Stale(_("The story has gone live this very moment. Look at it again before you go on."))
            if edition.live_from > at:
                timeline.take_out(edition)
        doing.article.editions.live(at=at).update(live_until=at)
        blank(doing.article)
        # A form that was opened before must not bring the text back.
        doing.article.lock_version += 1
        doing.article.binned_at = at


def go_live(
    doing: Deed, revision: Revision, change: Change, carry: Collection[int], leave: Mapping[int, str]
) -> Edition:
    """Publish at the deed's instant, and carry the change into the scheduled editions that were named."""
    live = doing.article.editions.live(at=doing.at).first()
    if live is not None and live.revision_id == revision.pk and change != Change.CORRECTION:
        raise Refused(_("Readers already see this text."))
    return pin_over(doing, revision, live_from=doing.at, change=change, carry=carry, leave=leave)
