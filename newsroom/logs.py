"""Log lines as JSON, one object a line, without secrets and without the text of stories.

An exception is told by its frames and the first line of its message: PostgreSQL puts the failing row, which may be a
draft, into the lines after it.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime

from newsroom.requests import request_id

_EXTRA = ("method", "route", "status", "milliseconds")
_MESSAGE_LIMIT = 300


class JsonFormatter(logging.Formatter):
    """Formats a record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id.get():
            line["request"] = request_id.get()
        line.update({name: getattr(record, name) for name in _EXTRA if hasattr(record, name)})
        if record.exc_info and record.exc_info[1]:
            line["exception"] = _told(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def _told(exception: BaseException) -> str:
    """The exception and those that led to it, frames first, each with the first line of its message."""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = exception
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        message = next(iter(str(current).splitlines()), "")[:_MESSAGE_LIMIT]
        frames = "".join(traceback.format_tb(current.__traceback__))
        parts.append(f"{frames}{type(current).__qualname__}: {message}")
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\nafter:\n".join(parts)
