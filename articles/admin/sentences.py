"""The state panel's sentences: what readers see now, what they will see next, and what this person should know."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import workflow
from articles.models import Stage
from articles.state import Outlook, State
from newsroom.local_time import briefly, in_words

if TYPE_CHECKING:
    from articles.models import Article, Event
    from authors.models import User


def state_label(state: str, next_at: datetime | None, *, at: datetime) -> str:
    """What the badge says: the state, and for a scheduled story when."""
    if state == State.SCHEDULED and next_at:
        return _("Scheduled for %(when)s") % {"when": in_words(next_at, now=at)}
    return str(State(state).label)


def obstacle_labels(kind: str | None, embargo_until: datetime | None, *, at: datetime) -> list[tuple[str, str]]:
    """The badges beside the state, as (name, label) pairs: what keeps the story from readers."""
    found = [(kind, {"hold": _("On hold"), "legal": _("Legal block")}[kind])] if kind else []
    if embargo_until is not None and embargo_until > at:
        found.append(("embargo", _("Embargo until %(when)s") % {"when": briefly(embargo_until, now=at)}))
    return found


def now(article: Article, state: State, seen: Outlook, *, at: datetime) -> str:
    """What readers see of the story at this moment."""
    if seen.live is not None:
        since = briefly(seen.live.live_from, now=at)
        if state == State.LIVE_WITH_CHANGES:
            sentence = _("Readers see revision %(number)s, since %(since)s, without the changes saved since then.")
        else:
            sentence = _("Readers see revision %(number)s, since %(since)s.")
        return sentence % {"number": seen.live.revision.number, "since": since}
    if state == State.WITHDRAWN:
        return _("Readers see a notice that this story was withdrawn.")
    if article.binned_at is not None:
        return _("This story is in the bin. Readers have never seen it.")
    return _("Readers do not see this story.")


def following(seen: Outlook, *, at: datetime) -> str:
    """The next thing that changes for readers, and the withdrawal that is set."""
    first = seen.upcoming[0] if seen.upcoming else None
    if seen.ends_at is not None and (first is None or seen.ends_at <= first.live_from):
        return _withdrawn(seen.ends_at, at=at)
    if first is None:
        return _("Nothing is scheduled.")
    if seen.live:
        sentence = _("It is updated to revision %(number)s %(when)s.")
    else:
        sentence = _("It goes live with revision %(number)s %(when)s.")
    change = sentence % {"number": first.revision.number, "when": in_words(first.live_from, now=at)}
    return change if seen.ends_at is None else f"{change} {_withdrawn(seen.ends_at, at=at)}"


def _withdrawn(ends_at: datetime, *, at: datetime) -> str:
    return _("It is withdrawn %(when)s.") % {"when": in_words(ends_at, now=at)}


def holder(article: Article) -> str:
    """With whom the story is; nothing where it is with nobody in particular."""
    if article.assignee is None:
        return "Nobody has claimed it yet." if article.stage == Stage.IN_REVIEW else ""
    claims = article.stage == Stage.IN_REVIEW and workflow.claimed_by(article) is not None
    return (_("Claimed by %(person)s.") if claims else _("With %(person)s.")) % {"person": article.assignee}


def warnings(article: Article, user: User, state: State, newest: Event | None) -> list[str]:
    """What this person should know before they go on."""
    found = []
    if newest is not None and newest.verb == "send_back":
        found.append(
            _("%(by)s sent it back: “%(reason)s”") % {"by": newest.by, "reason": newest.details.get("reason", "")}
        )
    edits_all = user.has_perm("articles.edit_any_article")
    if article.stage == Stage.IN_REVIEW and not edits_all:
        found.append(
            _("This story is in review. An editor may be working on it: save often, and tell them what you change.")
        )
    if state.is_live and not edits_all:
        found.append(_("Readers go on seeing the published text. What you change waits for an editor."))
    return found


def without(count: int) -> str:
    """What a scheduled edition has of what is saved: everything, or all but the last changes."""
    if count == 0:
        return _("with everything saved so far")
    # The number stands only where there are several.
    return ngettext("without your last change", "without your last %(number)s changes", count) % {"number": count}
