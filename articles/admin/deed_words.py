"""What people did with a story, as sentences for the desk: one for each verb, after the name of who did it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Block, Correction
from articles.state import State
from newsroom.local_time import in_words
from newsroom.sentences import quoted, within

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from articles.models import Event

# The short form of each, which needs no details.
DEEDS: Mapping[str, StrOrPromise] = {
    "assign": gettext_lazy("assigned it"),
    "cancel": gettext_lazy("cancelled a scheduled update"),
    "change_address": gettext_lazy("changed its address"),
    "claim": gettext_lazy("claimed it"),
    "correct": gettext_lazy("corrected it"),
    "discard": gettext_lazy("moved it to the bin"),
    "erase": gettext_lazy("erased it"),
    "hold": gettext_lazy("put it on hold"),
    "keep_live": gettext_lazy("called off a withdrawal"),
    "legal_block": gettext_lazy("put a legal block on it"),
    "let_go": gettext_lazy("let a held-back update go"),
    "mark_ready": gettext_lazy("marked it as ready"),
    "move_withdrawal": gettext_lazy("moved the withdrawal"),
    "publish": gettext_lazy("published it"),
    "put_back": gettext_lazy("put a held-back update back"),
    "release": gettext_lazy("released it"),
    "reschedule": gettext_lazy("moved a scheduled update"),
    "restore": gettext_lazy("restored an earlier revision"),
    "retrieve": gettext_lazy("took it out of the bin"),
    "revoke": gettext_lazy("revoked a preview link"),
    "schedule": gettext_lazy("scheduled it"),
    "send_back": gettext_lazy("sent it back"),
    "set_embargo": gettext_lazy("changed its embargo"),
    "share": gettext_lazy("shared a preview"),
    "strike_out": gettext_lazy("struck out a note"),
    "submit": gettext_lazy("submitted it for review"),
    "take_in": gettext_lazy("put changes into a scheduled update"),
    "take_over": gettext_lazy("took it over"),
    "withdraw": gettext_lazy("withdrew it"),
}

# What is said where the details are there: the first sentence whose names all are.
_DETAILED: Mapping[str, Sequence[StrOrPromise]] = {
    "assign": (gettext_lazy("assigned it to %(to)s"),),
    "cancel": (gettext_lazy("cancelled the update of %(live_from)s (revision %(revision)s)"),),
    "change_address": (gettext_lazy("changed its address from %(from)s to %(to)s"),),
    "correct": (gettext_lazy("corrected it with revision %(revision)s (%(note_kind)s)"),),
    "keep_live": (gettext_lazy("called off the withdrawal of %(live_until)s"),),
    "let_go": (gettext_lazy("let the held-back update of %(live_from)s go (revision %(revision)s)"),),
    "move_withdrawal": (gettext_lazy("moved the withdrawal from %(from)s to %(live_until)s"),),
    "publish": (gettext_lazy("published revision %(revision)s"),),
    "put_back": (gettext_lazy("put the held-back update of %(from)s back, for %(live_from)s"),),
    "release": (gettext_lazy("released the %(block)s"),),
    "reschedule": (gettext_lazy("moved the update of %(from)s to %(live_from)s"),),
    "restore": (gettext_lazy("restored revision %(restored)s, as revision %(revision)s"),),
    "revoke": (gettext_lazy("revoked the preview link for %(for_whom)s"),),
    "schedule": (gettext_lazy("scheduled revision %(revision)s for %(live_from)s"),),
    "set_embargo": (gettext_lazy("set an embargo until %(until)s"), gettext_lazy("lifted the embargo until %(from)s")),
    "share": (
        gettext_lazy("shared a preview of revision %(revision)s with %(for_whom)s, until %(until)s"),
        gettext_lazy("shared a preview of revision %(revision)s, until %(until)s"),
    ),
    "strike_out": (gettext_lazy("struck out a %(note_kind)s"),),
    "take_in": (gettext_lazy("put revision %(revision)s into the update of %(live_from)s"),),
    "take_over": (
        gettext_lazy("took it over from %(from)s, whose unsaved words became revision %(revision)s"),
        gettext_lazy("took it over from %(from)s"),
    ),
}


def done(event: Event, *, now: datetime) -> str:
    """What somebody did, with its details: “published revision 3”."""
    fields = _fields(event, now=now)
    if event.verb == "withdraw" and fields.get("live_until") and event.details["live_until"] != event.at.isoformat():
        return _("set its withdrawal for %(live_until)s") % fields
    for sentence in _DETAILED.get(event.verb, ()):
        try:
            return sentence % fields
        except KeyError:
            continue
    return str(DEEDS.get(event.verb, event.verb.replace("_", " ")))


def remarks(event: Event, *, now: datetime) -> list[str]:
    """What else there is to say about it: the reason given, and what happened to other updates."""
    told = []
    if event.details.get("reason"):
        told.append(quoted(event.details["reason"]))
    for name, words in (
        ("taken_out", _("Taken out of the schedule: %(times)s.")),
        ("removed", _("Taken out of the schedule: %(times)s.")),
        ("put_back", _("Back in the schedule: %(times)s.")),
        ("missed", _("Missed meanwhile: %(times)s.")),
    ):
        instants = event.details.get(name)
        if isinstance(instants, list) and instants:
            told.append(words % {"times": ", ".join(_instant(each, now=now) for each in instants)})
    left_out = event.details.get("left_out")
    if isinstance(left_out, dict):
        bare, explained = (
            _("Left out of the update of %(when)s."),
            _("Left out of the update of %(when)s: “%(reason)s”."),
        )
        told += [
            (explained if reason else bare) % {"when": _instant(instant, now=now), "reason": reason}
            for instant, reason in left_out.items()
        ]
    return told


def was(event: Event) -> str:
    """What the story was before: “in review”, “a draft”; empty where the record does not say."""
    if event.from_state == State.DRAFT:
        return _("a draft")
    return within(State(event.from_state).label) if event.from_state in State.values else ""


def _fields(event: Event, *, now: datetime) -> dict[str, str]:
    """The details that say something, instants in words and codes by their names."""
    fields = {
        name: _instant(value, now=now)
        for name, value in event.details.items()
        if isinstance(value, str | int) and value
    }
    if fields.get("to") == "nobody":
        fields["to"] = _("nobody")
    kind = event.details.get("kind")
    if kind in Block.Kind.values:
        fields["block"] = within(Block.Kind(kind).label)
    if kind in Correction.Kind.values:
        fields["note_kind"] = within(Correction.Kind(kind).label)
    return fields


def _instant(value: Any, *, now: datetime) -> str:
    """An instant in the newsroom's zone; anything else as it is."""
    try:
        instant = datetime.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return in_words(instant, now=now) if instant.tzinfo else str(value)
