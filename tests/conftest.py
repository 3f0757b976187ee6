"""What every test stands on: PostgreSQL, no network, warnings as errors, one profile for a round and one for a soak."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.files.storage import storages
from pytest_django.fixtures import Settings

# Before Django reads them: the tests are a newsroom of their own, whatever this machine is set up as.
VAR = Path(__file__).resolve().parent.parent / "var" / "tests"
os.environ.update(
    {
        "NEWSROOM_VAR": str(VAR),
        "SECRET_KEY": "only-for-tests-" + "0" * 50,
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
        "NEWSROOM_NAME": "The Northmere Courier",
        "NEWSROOM_STRAP": "Independent reporting from the coast and the counties",
        "NEWSROOM_URL": "https://www.example.org",
        "NEWSROOM_TIME_ZONE": "Europe/London",
    }
)


@pytest.fixture
def media(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own with `public` and `originals`, in which pictures are stored."""
    settings.MEDIA_ROOT = str(tmp_path / "public")
    # Fields hold on to this storage from the start, so that it moves and is not replaced.
    for name in ("base_location", "location"):
        monkeypatch.setitem(vars(storages["originals"]), name, str(tmp_path / "originals"))
    return tmp_path
