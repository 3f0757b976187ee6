"""What every test stands on: PostgreSQL, no network, warnings as errors, one profile for a round and one for a soak."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.storage import storages
from pytest_django.fixtures import Settings

if TYPE_CHECKING:
    from tests.readers import Reader


@pytest.fixture
def media(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own with `public` and `originals`, in which pictures are stored."""
    settings.MEDIA_ROOT = str(tmp_path / "public")
    # Fields hold on to this storage from the start, so that it moves and is not replaced.
    for name in ("base_location", "location"):
        monkeypatch.setitem(vars(storages["originals"]), name, str(tmp_path / "originals"))
    return tmp_path


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    """A reader at NOON; `reader.at` moves the clock."""
    # Models can be imported only after this file has been.
    from newsroom import clock
    from tests.readers import Reader

    found = Reader()
    monkeypatch.setattr(clock, "now", lambda: found.at)
    return found
