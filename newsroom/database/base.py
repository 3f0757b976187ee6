"""The engine of every connection: PostgreSQL, embedded where settings name no server, and cheaply asked if it is there.

The embedded server is joined, and so started if need be, before a connection is made.
"""

from __future__ import annotations

import select
from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base

from newsroom.database import embedded


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL, started by whoever needs it first where it is the embedded one."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return the parameters for psycopg, with the address of a server that is running."""
        parameters: dict[str, Any] = super().get_connection_params()
        if home := parameters.pop("embedded_home", None):
            parameters["host"] = str(embedded.join(Path(home)))
        return parameters

    def is_usable(self) -> bool:
        """Whether the connection can be asked, as Django wants to know before each request's first statement.

        Nobody has asked anything, so a server that says something is about to go or has gone: only then is it asked,
        as Django always does, which was a statement more for each page. A server that vanished without a word is
        found out by either way when an answer does not come.
        """
        connected = self.connection
        if connected is None or connected.closed:
            return False
        heard = select.poll()
        heard.register(connected.fileno(), select.POLLIN)
        return super().is_usable() if heard.poll(0) else True
