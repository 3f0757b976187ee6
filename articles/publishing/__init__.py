"""The verbs: the only code that creates, moves or closes editions. Each is atomic, permitted, told `at`, and audited.

Every verb locks the story's row first, takes `by=` (who asks) and `at=` (now, as the caller's clock gives it), and
raises a `Refused` whose text is for the person, with nothing changed. What stops or delays a publication acts on
editions, because the clock publishes: nothing here runs at the instant at which a scheduled edition begins.
"""

from articles.publishing.ahead import cancel, reschedule, schedule, take_in
from articles.publishing.at_once import change_address, correct, erase, keep_live, publish, strike_out, withdraw
from articles.publishing.keeping import keep, set_aside
from articles.publishing.moving import move_withdrawal
from articles.publishing.obstacles import IfMissed, hold, legal_block, let_go, put_back, release, set_embargo

__all__ = [
    "IfMissed",
    "cancel",
    "change_address",
    "correct",
    "erase",
    "hold",
    "keep",
    "keep_live",
    "legal_block",
    "let_go",
    "move_withdrawal",
    "publish",
    "put_back",
    "release",
    "reschedule",
    "schedule",
    "set_aside",
    "set_embargo",
    "strike_out",
    "take_in",
    "withdraw",
]
