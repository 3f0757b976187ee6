"""How large tests run: `make test` is a small seeded round, `make soak` the full numbers. Same code, one variable."""

from __future__ import annotations

import os

FULL = os.environ.get("NEWSROOM_SCALE") == "full"


def scaled(small: int, full: int) -> int:
    """The number that this run asks for."""
    return full if FULL else small
