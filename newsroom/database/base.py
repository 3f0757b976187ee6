"""The engine that settings name when there is no DATABASE_URL: it joins the embedded server before it connects."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base

from newsroom.database import embedded


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL, started by whoever needs it first."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return the parameters for psycopg, with the address of a server that is running."""
        parameters: dict[str, Any] = super().get_connection_params()
        parameters.pop("embedded_home", None)
        parameters["host"] = str(embedded.join(Path(self.settings_dict["OPTIONS"]["embedded_home"])))
        return parameters
