"""The desk's own verbs: what moves a working copy through its stages and from hand to hand, and what brings an earlier
text back into it. None touches an edition.

A story that waits for review is claimed by the editor who takes it on. Sent back, it is again with whom it was before.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.utils.translation import gettext as _

from articles import colleagues, notices, permissions, publishing, working_copy
from articles.comparing import LABELS
from articles.deeds import Deed, deed
from articles.models import Article, Notice, Revision, Stage
from articles.refusals import NotAllowed, Refused, Stale
from authors.models import User
from newsroom import richtext
from newsroom.sentences import within

if TYPE_CHECKING:
    from articles.content import Content

# The verbs by which a story comes to be with somebody on purpose.
TAKING_ON = ("claim", "assign")


def submit(article: Article, *, by: User, at: datetime) -> None:
    """Ask for review. Raises NotAllowed, Stale, or Refused where it is in review or ready already."""
    with deed("submit", article, by=by, at=at) as doing:
        _expect(doing.article, Stage.DRAFT)
        doing.article.stage = Stage.IN_REVIEW


def send_back(article: Article, *, by: User, at: datetime, reason: str) -> None:
    """Return a story to its writer, saying why. Raises NotAllowed, Stale or Refused."""
    with deed("send_back", article, by=by, at=at) as doing:
        _expect(doing.article, Stage.IN_REVIEW, Stage.READY)
        if not reason.strip():
            raise Refused(_("Say what the writer is to change."))
        doing.details["reason"] = reason.strip()
        doing.article.stage = Stage.DRAFT
        _return_from_review(doing)
        doing.article.save(update_fields=["stage", "assignee"])
        notices.tell(
            notices.people_of(doing.article), doing.article, Notice.Kind.SENT_BACK, by=by, at=at, text=reason.strip()
        )


def mark_ready(article: Article, *, by: User, at: datetime) -> None:
    """Say that the story is edited and can be published. Raises NotAllowed, Stale or Refused."""
    with deed("mark_ready", article, by=by, at=at) as doing:
        _expect(doing.article, Stage.DRAFT, Stage.IN_REVIEW)
        doing.article.stage = Stage.READY


def assign(article: Article, *, to: User | None, by: User, at: datetime) -> None:
    """Give a story to a colleague, who is told, or to nobody. Raises NotAllowed, Stale or Refused."""
    with deed("assign", article, by=by, at=at) as doing:
        if to is not None and not colleagues.who_may_write().filter(pk=to.pk).exists():
            raise Refused(_("%(to)s has no role at the desk that lets them write. Choose somebody else.") % {"to": to})
        if doing.article.assignee == to:
            if to is None:
                raise Refused(_("This story is with nobody already."))
            raise Refused(_("This story is with %(person)s already.") % {"person": to})
        _hand_over(doing, to)
        if to is not None:
            notices.tell([to], doing.article, Notice.Kind.ASSIGNED, by=by, at=at)


def claim(article: Article, *, by: User, at: datetime) -> None:
    """Take on a story that waits for review. Raises NotAllowed, Stale, or Refused where a colleague was quicker."""
    with deed("claim", article, by=by, at=at) as doing:
        _expect(doing.article, Stage.IN_REVIEW)
        claimed = claimed_by(doing.article)
        if claimed == by:
            raise Refused(_("You have claimed this story already."))
        if claimed is not None:
            raise Refused(
                _("%(claimed)s has claimed this story meanwhile. “Assign…” gives it to somebody else.")
                % {"claimed": claimed}
            )
        _hand_over(doing, by)


def claimed_by(article: Article) -> User | None:
    """The editor who has taken a story on. One who began it has not done so by having it, but by saying so since."""
    person = article.assignee
    if person is None or not person.has_perm("articles.edit_any_article"):
        return None
    if person.pk == article.created_by_id:
        since = article.stage_since
        if since is None or not article.events.filter(verb__in=TAKING_ON, at__gte=since).exists():
            return None
    return person


def discard(article: Article, *, by: User, at: datetime) -> None:
    """Put a story that no reader has seen or will see into the bin. Raises NotAllowed, Stale or Refused."""
    with deed("discard", article, by=by, at=at) as doing:
        if doing.article.editions.exists():
            raise Refused(_("This story was published or is scheduled. Withdraw it or cancel its schedule instead."))
        doing.article.binned_at = at


def retrieve(article: Article, *, by: User, at: datetime) -> None:
    """Take a story out of the bin. Raises NotAllowed or Stale."""
    with deed("retrieve", article, by=by, at=at) as doing:
        doing.article.binned_at = None


def restore(
    article: Article,
    *,
    revision: Revision,
    over: Revision | None,
    by: User,
    at: datetime,
    parts: Collection[str] = working_copy.PARTS,
) -> Revision:
    """Bring a revision's content back into the working copy, and keep that as a new revision, which is returned.

    `over` is the head that the person saw, and `parts` names what comes back (working_copy.PARTS); what they may not
    change stays as it is. Nothing is lost by it: what stood there is a revision too. Raises NotAllowed, Stale, or
    Refused where nothing would change.
    """
    if revision.article_id != article.pk:
        raise Refused(_("This revision is another story’s."))
    with deed("restore", article, by=by, at=at) as doing:
        locked = doing.article
        if locked.head_revision_id != (over.pk if over else None):
            raise Stale(_("The story was saved again since you opened this page. Look at what changed, then restore."))
        if not set(parts) & set(working_copy.PARTS):
            raise Refused(_("Choose what you want to bring back."))
        closed = permissions.closed_parts(by, locked)
        chosen = [part for part in working_copy.PARTS if part in parts and part not in closed]
        if not chosen:
            raise NotAllowed(
                _("Bylines, tags, related stories and the section are an editor’s to change. Ask an editor.")
            )
        # Notes are written once, in the newsroom's language, like those that people type.
        note = _("Before revision %(number)s was restored") % {"number": revision.number}
        before = publishing.keep(locked, by=by, at=at, note=note)
        try:
            working_copy.apply(locked, cast("Content", revision.content), revision.body, only=chosen)
        except richtext.RichTextError as error:
            raise Refused(str(error)) from error
        kept = publishing.keep(locked, by=by, at=at, note=_restored(revision, chosen, closed))
        if kept.pk == before.pk:
            raise Refused(_("The story says this already, so there is nothing to restore."))
        locked.saved_at = at
        locked.save(update_fields=["saved_at"])
        doing.details |= {"revision": kept.number, "restored": revision.number, "parts": chosen}
    article.refresh_from_db()
    return kept


def _restored(revision: Revision, parts: Collection[str], closed: Collection[str]) -> str:
    """The note on a restored revision: what came back, unless everything did that could."""
    if set(parts) | set(closed) >= set(working_copy.PARTS):
        return _("Restored from revision %(number)s") % {"number": revision.number}
    names = ", ".join(str(LABELS[part]) for part in LABELS if part in parts)
    # A note has 200 characters.
    what = names if len(names) < 150 else _("%(number)s parts") % {"number": len(parts)}
    return _("Restored from revision %(number)s: %(what)s") % {"number": revision.number, "what": what}


def _hand_over(doing: Deed, to: User | None) -> None:
    """Change with whom a story is, on its row too, since who may see it decides who is told."""
    before = doing.article.assignee
    if before is not None:
        notices.put_away(before, at=doing.at, article=doing.article, kind=Notice.Kind.ASSIGNED)
        doing.details |= {"from": str(before), "from_id": before.pk}
    # Stored in English; articles/admin/deed_words.py says it in the desk's language.
    doing.details["to"] = "nobody" if to is None else str(to)
    doing.article.assignee = to
    doing.article.save(update_fields=["assignee"])


def _return_from_review(doing: Deed) -> None:
    """Undo a claim: the story is again with whom it was when its editor took it on."""
    handed_over = doing.article.events.filter(verb__in=TAKING_ON).order_by("-pk").first()
    if handed_over is None or handed_over.verb != "claim" or handed_over.by_id != doing.article.assignee_id:
        return
    doing.article.assignee = colleagues.who_may_write().filter(pk=handed_over.details.get("from_id")).first()


def _expect(article: Article, *stages: Stage) -> None:
    if article.stage not in stages:
        stage = within(Stage(article.stage).label)
        raise Refused(_("This story is %(stage)s now. Look at it again.") % {"stage": stage})
