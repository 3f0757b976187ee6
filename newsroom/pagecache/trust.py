"""Whether what is held may be shown: whether this worker hears of changes, or nobody could make any."""

from __future__ import annotations

from time import monotonic

GRACE = 1.0  # seconds for which a line that was heard to be whole is trusted


class Trust:
    """What the line to the database says of itself. Readers of it need no lock: each field is one value.

    Listening: held pages are shown until `until`, a reading of time.monotonic(), and pages are kept.
    Away: the database cannot be reached. Held pages are shown until they are no longer right, and none is kept.
    Otherwise nothing held is shown, but in place of a page that failed for want of the database. If the database
    answers, and it is only us that it does not let listen (`refused`), not even then.
    """

    def __init__(self, *, patience: float) -> None:
        """`patience`: for how many seconds the database may be away before nothing that is held is shown any more."""
        self.until = 0.0
        self.ahead = 0.0  # what to add to time.monotonic() for the database's time in seconds
        self.refused = False
        self._away_until = 0.0
        self._patience = patience

    @property
    def listens(self) -> bool:
        """Whether changes are heard of."""
        return monotonic() < self.until

    @property
    def is_away(self) -> bool:
        """Whether the database cannot be reached, and not for too long."""
        return monotonic() < self._away_until

    @property
    def may_stand_in(self) -> bool:
        """Whether a held page may be shown in place of one that failed for want of the database."""
        return self.listens or not self.refused

    def confirm(self, since: float, *, ahead: float) -> None:
        """The line was whole at `since`, when an answer was asked for that has come."""
        self._away_until = 0.0
        self.refused = False
        self.ahead = ahead
        self.until = since + GRACE

    def give_up(self) -> None:
        """The database answers, and what is held may be old: show none of it until the line is made and flushed."""
        self.until = self._away_until = 0.0

    def refuse(self) -> None:
        """The database answers, and will not let us listen."""
        self.give_up()
        self.refused = True

    def lose(self) -> None:
        """The database cannot be reached."""
        self.until = 0.0
        self.refused = False
        if not self._away_until:
            self._away_until = monotonic() + self._patience
