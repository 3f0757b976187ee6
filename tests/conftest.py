"""What every test stands on: PostgreSQL, no network, warnings as errors, one profile for a round and one for a soak."""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from django.apps import apps
from django.core.files.storage import storages
from pytest_django.fixtures import Settings

from tests import report, scale

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

    from tests.readers import Reader

BEGAN = time.monotonic()

# A round is the same every time; a soak looks further, and says how to repeat what it found.
hypothesis.settings.register_profile("round", derandomize=True, max_examples=30, deadline=None, database=None)
hypothesis.settings.register_profile("soak", max_examples=2000, deadline=None, database=None, print_blob=True)
hypothesis.settings.load_profile("soak" if scale.FULL else "round")


def pytest_terminal_summary(terminalreporter: TerminalReporter, exitstatus: int, config: pytest.Config) -> None:
    """Name what could not run, and keep a soak's result."""
    report.name_tests_not_run(terminalreporter)
    if scale.FULL:
        report.record_soak(terminalreporter, exit_status=exitstatus, began=BEGAN)


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Nothing that is tested may talk to another machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_this_machine(address[0]):
            raise AssertionError(f"A test wanted to talk to {address[0]}.")
        connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Copy each process's database from one that is migrated, where the server is ours and keeps it from run to run."""
    from django.db import connection

    from tests.servers import alone, migrated

    home = connection.settings_dict["OPTIONS"].get("embedded_home")
    if home is not None:
        with alone(Path(home).parent):
            migrated(Path(home), os.environ)
        connection.settings_dict["TEST"]["TEMPLATE"] = connection.settings_dict["NAME"]


@pytest.fixture
def media(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own with `public` and `originals`, in which pictures are stored."""
    settings.MEDIA_ROOT = str(tmp_path / "public")
    # Fields hold on to this storage from the start, so that it moves and is not replaced; a test that changed settings
    # of static files has left the registry with another one.
    held = apps.get_model("articles", "Photo")._meta.get_field("original").storage
    for storage in (held, storages["originals"]):
        for name in ("base_location", "location"):
            monkeypatch.setitem(vars(storage), name, str(tmp_path / "originals"))
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


@pytest.fixture
def roles(transactional_db: None) -> None:
    """The roles come from a migration, whose rows the flush after each transactional test takes away."""
    import_module("articles.migrations.0003_roles").make_roles(apps, None)
    later = "articles.migrations.0009_keep_what_was_said_and_let_managing_editors_release"
    import_module(later).add_permissions(apps, None)


def pytest_collection_finish() -> None:
    """Leave what was imported to itself: looking for garbage among it took a tenth of a round."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
