"""The calendar as its tests use it: a page, its entries, and a move as the script or the form posts it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from articles.models import Edition
    from tests.desk import Desk

CALENDAR = "/admin/articles/article/calendar/"
MOVE = f"{CALENDAR}move/"
VIEWS = ("day", "week", "month")


def page_of(desk: Desk, **query: str) -> str:
    """One page of the calendar."""
    response = desk.get(CALENDAR, **query)
    assert response.status_code == 200
    page: str = response.content.decode()
    return page


def entries(page: str) -> dict[str, str]:
    """Every entry of a page, by its id."""
    return dict(re.findall(r'<li class="desk-entry[^"]*" id="(\w+)"[^>]*>(.*?)</li>', page, re.DOTALL))


def move(desk: Desk, edition: Edition, *, moves: str = "begins", json: bool = True, **to: str) -> Any:
    """What the script posts, or with `json=False` the form."""
    stands = edition.live_from if moves == "begins" else edition.live_until
    data = {"edition": edition.pk, "moves": moves, "seen": stands.isoformat() if stands else "", **to}
    headers = {"Accept": "application/json"} if json else {}
    return desk.client.post(MOVE, data, secure=True, headers=headers)


def start(edition: Edition) -> datetime:
    """When an edition begins, as it stands in the database."""
    found: datetime = type(edition).objects.get(pk=edition.pk).live_from
    return found
