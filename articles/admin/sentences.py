"""The state panel's sentences: what readers see now, what they will see next, and what this person should know."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from articles import workflow
from articles.models import Stage
from articles.state import Outlook, State
from newsroom.local_time import briefly, in_words

if TYPE_CHECKING:
    from articles.models import Article, Event
    from authors.models import User


def state_label(state: str, next_at: datetime | None, *, at: datetime) -> str:
    """What the badge says: the state, and for a scheduled story when."""
    label = State(state).label
    return f"{label} for {in_words(next_at, now=at)}" if state == State.SCHEDULED and next_at else str(label)


def obstacle_labels(kind: str | None, embargo_until: datetime | None, *, at: datetime) -> list[tuple[str, str]]:
    """The badges beside the state, as (name, label) pairs: what keeps the story from readers."""
    found = [(kind, {"hold": "On hold", "legal": "Legal block"}[kind])] if kind else []
    if embargo_until is not None and embargo_until > at:
        found.append(("embargo", f"Embargo until {briefly(embargo_until, now=at)}"))
    return found


def now(article: Article, state: State, seen: Outlook, *, at: datetime) -> str:
    """What readers see of the story at this moment."""
    if seen.live is not None:
        since = briefly(seen.live.live_from, now=at)
        sees = f"Readers see revision {seen.live.revision.number}, since {since}"
        return f"{sees}, without the changes saved since then." if state == State.LIVE_WITH_CHANGES else f"{sees}."
    if state == State.WITHDRAWN:
        return "Readers see a notice that this story was withdrawn."
    if article.binned_at is not None:
        return "This story is in the bin. Readers have never seen it."
    return "Readers do not see this story."


def following(seen: Outlook, *, at: datetime) -> str:
    """The next thing that changes for readers."""
    first = seen.upcoming[0] if seen.upcoming else None
    if seen.ends_at is not None and (first is None or seen.ends_at <= first.live_from):
        return f"It is withdrawn {in_words(seen.ends_at, now=at)}."
    if first is None:
        return "Nothing is scheduled."
    verb = "is updated to" if seen.live else "goes live with"
    return f"It {verb} revision {first.revision.number} {in_words(first.live_from, now=at)}."


def holder(article: Article) -> str:
    """With whom the story is; nothing where it is with nobody in particular."""
    if article.assignee is None:
        return "Nobody has claimed it yet." if article.stage == Stage.IN_REVIEW else ""
    claims = article.stage == Stage.IN_REVIEW and workflow.claimed_by(article) is not None
    return f"{'Claimed by' if claims else 'With'} {article.assignee}."


def warnings(article: Article, user: User, state: State, newest: Event | None) -> list[str]:
    """What this person should know before they go on."""
    found = []
    if newest is not None and newest.verb == "send_back":
        found.append(f"{newest.by} sent it back: “{newest.details.get('reason', '')}”")
    edits_all = user.has_perm("articles.edit_any_article")
    if article.stage == Stage.IN_REVIEW and not edits_all:
        found.append(
            "This story is in review. An editor may be working on it: save often, and tell them what you change."
        )
    if state.is_live and not edits_all:
        found.append("Readers go on seeing the published text. What you change waits for an editor.")
    return found


def without(count: int) -> str:
    """What a scheduled edition has of what is saved: everything, or all but the last changes."""
    if count == 0:
        return "with everything saved so far"
    return "without your last change" if count == 1 else f"without your last {count} changes"
