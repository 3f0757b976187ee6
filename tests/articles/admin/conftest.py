"""People at the desk, all at one instant, which tests may move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import NOON

if TYPE_CHECKING:
    from datetime import datetime

    from articles.permissions import Role
    from tests.desk import Desk


class Newsroom:
    """Signs people in. `at` is what the clock says."""

    def __init__(self) -> None:
        self.at: datetime = NOON

    def desk(self, role: Role) -> Desk:
        """A new person of a role, signed in."""
        from tests.desk import Desk
        from tests.factories import UserFactory

        return Desk(UserFactory(role=role))


@pytest.fixture
def newsroom(db: None, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """A newsroom at NOON."""
    from newsroom import clock

    found = Newsroom()
    monkeypatch.setattr(clock, "now", lambda: found.at)
    return found
