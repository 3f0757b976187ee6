"""What the desk calls the verbs: for a refusal, and for what a colleague has done meanwhile. Stored are their codes."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

_NAMES = {
    "assign": pgettext_lazy("verb", "assign"),
    "cancel": pgettext_lazy("verb", "cancel"),
    "change_address": pgettext_lazy("verb", "change address"),
    "claim": pgettext_lazy("verb", "claim"),
    "correct": pgettext_lazy("verb", "correct"),
    "discard": pgettext_lazy("verb", "discard"),
    "erase": pgettext_lazy("verb", "erase"),
    "hold": pgettext_lazy("verb", "hold"),
    "keep": pgettext_lazy("verb", "keep"),
    "keep_live": pgettext_lazy("verb", "keep live"),
    "legal_block": pgettext_lazy("verb", "legal block"),
    "let_go": pgettext_lazy("verb", "let go"),
    "mark_ready": pgettext_lazy("verb", "mark ready"),
    "move_withdrawal": pgettext_lazy("verb", "move withdrawal"),
    "publish": pgettext_lazy("verb", "publish"),
    "put_back": pgettext_lazy("verb", "put back"),
    "release": pgettext_lazy("verb", "release"),
    "reschedule": pgettext_lazy("verb", "reschedule"),
    "restore": pgettext_lazy("verb", "restore"),
    "retrieve": pgettext_lazy("verb", "retrieve"),
    "revoke": pgettext_lazy("verb", "revoke"),
    "schedule": pgettext_lazy("verb", "schedule"),
    "send_back": pgettext_lazy("verb", "send back"),
    "set_embargo": pgettext_lazy("verb", "set embargo"),
    "share": pgettext_lazy("verb", "share"),
    "strike_out": pgettext_lazy("verb", "strike out"),
    "submit": pgettext_lazy("verb", "submit"),
    "take_in": pgettext_lazy("verb", "take in"),
    "take_over": pgettext_lazy("verb", "take over"),
    "withdraw": pgettext_lazy("verb", "withdraw"),
}


def verb_name(verb: str) -> str:
    """A verb by its code, as a sentence names it: “publish”, “strike out”."""
    return str(_NAMES.get(verb, verb.replace("_", " ")))
