"""The verbs: the only code that creates, moves or closes editions. Each is atomic, permitted, told `at`, and audited.

Every verb locks the story's row first, takes `by=` (who asks) and `at=` (now, as the caller's clock gives it), and
raises a `Refused` whose text is for the person, with nothing changed. What stops or delays a publication acts on
editions, because the clock publishes: nothing here runs at the instant at which a scheduled edition begins.
"""

from articles.publishing.ahead import cancel, reschedule, schedule
from articles.publishing.at_once import change_address, correct, erase, keep_live, publish, withdraw
from articles.publishing.keeping import keep

__all__ = [
    "cancel",
    "change_address",
    "correct",
    "erase",
    "keep",
    "keep_live",
    "publish",
    "reschedule",
    "schedule",
    "withdraw",
]
