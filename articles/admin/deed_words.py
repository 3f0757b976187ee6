"""What people did with a story, as sentences for the desk: one for each verb, after the name of who did it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from articles.models import Block, Correction
from articles.state import State
from newsroom.local_time import in_words

if TYPE_CHECKING:
    from articles.models import Event

# The short form of each, which needs no details.
DEEDS: Mapping[str, str] = {
    "assign": "assigned it",
    "cancel": "cancelled a scheduled update",
    "change_address": "changed its address",
    "claim": "claimed it",
    "correct": "corrected it",
    "discard": "moved it to the bin",
    "erase": "erased it",
    "hold": "put it on hold",
    "keep_live": "called off a withdrawal",
    "legal_block": "put a legal block on it",
    "let_go": "let a held-back update go",
    "mark_ready": "marked it as ready",
    "move_withdrawal": "moved the withdrawal",
    "publish": "published it",
    "put_back": "put a held-back update back",
    "release": "released it",
    "reschedule": "moved a scheduled update",
    "restore": "restored an earlier revision",
    "retrieve": "took it out of the bin",
    "revoke": "revoked a preview link",
    "schedule": "scheduled it",
    "send_back": "sent it back",
    "set_embargo": "changed its embargo",
    "share": "shared a preview",
    "strike_out": "struck out a note",
    "submit": "submitted it for review",
    "take_in": "put changes into a scheduled update",
    "take_over": "took it over",
    "withdraw": "withdrew it",
}

# What is said where the details are there: the first sentence whose names all are.
_DETAILED: Mapping[str, Sequence[str]] = {
    "assign": ("assigned it to {to}",),
    "cancel": ("cancelled the update of {live_from} (revision {revision})",),
    "change_address": ("changed its address from {from} to {to}",),
    "correct": ("corrected it with revision {revision} ({note_kind})",),
    "keep_live": ("called off the withdrawal of {live_until}",),
    "let_go": ("let the held-back update of {live_from} go (revision {revision})",),
    "move_withdrawal": ("moved the withdrawal from {from} to {live_until}",),
    "publish": ("published revision {revision}",),
    "put_back": ("put the held-back update of {from} back, for {live_from}",),
    "release": ("released the {block}",),
    "reschedule": ("moved the update of {from} to {live_from}",),
    "restore": ("restored revision {restored}, as revision {revision}",),
    "revoke": ("revoked the preview link for {for_whom}",),
    "schedule": ("scheduled revision {revision} for {live_from}",),
    "set_embargo": ("set an embargo until {until}", "lifted the embargo until {from}"),
    "share": (
        "shared a preview of revision {revision} with {for_whom}, until {until}",
        "shared a preview of revision {revision}, until {until}",
    ),
    "strike_out": ("struck out a {note_kind}",),
    "take_in": ("put revision {revision} into the update of {live_from}",),
    "take_over": (
        "took it over from {from}, whose unsaved words became revision {revision}",
        "took it over from {from}",
    ),
}


def done(event: Event, *, now: datetime) -> str:
    """What somebody did, with its details: “published revision 3”."""
    fields = _fields(event, now=now)
    if event.verb == "withdraw" and fields.get("live_until") and event.details["live_until"] != event.at.isoformat():
        return f"set its withdrawal for {fields['live_until']}"
    for sentence in _DETAILED.get(event.verb, ()):
        try:
            return sentence.format_map(fields)
        except KeyError:
            continue
    return DEEDS.get(event.verb, event.verb.replace("_", " "))


def remarks(event: Event, *, now: datetime) -> list[str]:
    """What else there is to say about it: the reason given, and what happened to other updates."""
    told = []
    if event.details.get("reason"):
        told.append(f"“{event.details['reason']}”")
    for name, words in (
        ("taken_out", "Taken out of the schedule"),
        ("removed", "Taken out of the schedule"),
        ("put_back", "Back in the schedule"),
        ("missed", "Missed meanwhile"),
    ):
        instants = event.details.get(name)
        if isinstance(instants, list) and instants:
            told.append(f"{words}: {', '.join(_instant(each, now=now) for each in instants)}.")
    left_out = event.details.get("left_out")
    if isinstance(left_out, dict):
        told += [
            f"Left out of the update of {_instant(instant, now=now)}{f': “{reason}”' if reason else ''}."
            for instant, reason in left_out.items()
        ]
    return told


def was(event: Event) -> str:
    """What the story was before: “in review”, “a draft”; empty where the record does not say."""
    if event.from_state == State.DRAFT:
        return "a draft"
    return State(event.from_state).label.lower() if event.from_state in State.values else ""


def _fields(event: Event, *, now: datetime) -> dict[str, str]:
    """The details that say something, instants in words and codes by their names."""
    fields = {
        name: _instant(value, now=now)
        for name, value in event.details.items()
        if isinstance(value, str | int) and value
    }
    kind = event.details.get("kind")
    if kind in Block.Kind.values:
        fields["block"] = Block.Kind(kind).label.lower()
    if kind in Correction.Kind.values:
        fields["note_kind"] = Correction.Kind(kind).label.lower()
    return fields


def _instant(value: Any, *, now: datetime) -> str:
    """An instant in the newsroom's zone; anything else as it is."""
    try:
        instant = datetime.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return in_words(instant, now=now) if instant.tzinfo else str(value)
