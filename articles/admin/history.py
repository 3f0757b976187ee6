"""A story's history: every revision and every deed, newest first, one list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from articles.models import Article, Event, Revision
from articles.state import State, outlook
from newsroom.desk import moment
from newsroom.local_time import in_words

if TYPE_CHECKING:
    from django.http import HttpRequest

MOST = 200

DEEDS = {
    "publish": "published it",
    "schedule": "scheduled it",
    "reschedule": "moved a scheduled update",
    "cancel": "cancelled a scheduled update",
    "withdraw": "withdrew it",
    "keep_live": "called off a withdrawal",
    "move_withdrawal": "moved the withdrawal",
    "correct": "corrected it",
    "change_address": "changed its address",
    "erase": "erased it",
    "submit": "submitted it for review",
    "send_back": "sent it back",
    "mark_ready": "marked it as ready",
    "discard": "moved it to the bin",
    "retrieve": "took it out of the bin",
}
# Details that say something to a person; instants are told in the newsroom's zone.
INSTANTS = {"live_from": "for", "live_until": "until"}


@dataclass(frozen=True)
class Entry:
    """One line of the history."""

    at: datetime
    when: str
    who: str
    what: str
    note: str = ""
    revision: Revision | None = None
    is_live: bool = False


def history_context(article: Article, request: HttpRequest) -> dict[str, Any]:
    """The newest entries, and whether older ones are left out."""
    now = moment(request)
    live = outlook(article, at=now).live
    revisions = article.revisions.select_related("created_by").defer("body", "content")[: MOST + 1]
    entries = [
        Entry(
            each.created_at,
            in_words(each.created_at, now=now),
            str(each.created_by),
            f"saved revision {each.number}",
            each.note,
            each,
            is_live=live is not None and live.revision_id == each.pk,
        )
        for each in revisions
    ]
    entries += [_deed(event, now=now) for event in article.events.select_related("by")[: MOST + 1]]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    return {"entries": entries[:MOST], "has_more": len(entries) > MOST, "subtitle": "History"}


def _deed(event: Event, *, now: datetime) -> Entry:
    told = [
        f"{word} {in_words(datetime.fromisoformat(event.details[name]), now=now)}"
        for name, word in INSTANTS.items()
        if event.details.get(name)
    ]
    if event.details.get("reason"):
        told.append(f"“{event.details['reason']}”")
    if event.details.get("to"):
        told.append(f"to {event.details['to']}")
    if event.from_state in State.values:
        told.append(f"(was {State(event.from_state).label.lower()})")
    what = f"{DEEDS.get(event.verb, event.verb)}"
    if event.details.get("revision"):
        what += f", revision {event.details['revision']}"
    return Entry(event.at, in_words(event.at, now=now), str(event.by), what, " ".join(told))
