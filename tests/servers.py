"""A real server for tests: the production command in processes of its own, on a database and a folder of its own."""

from __future__ import annotations

import fcntl
import hashlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

from newsroom.database import embedded
from newsroom.database.keeper import Keeper
from tests.settings import VAR_OF_TESTS

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds to start in, on a busy machine
# Made once for all servers of a run, and made anew when what it is made of changes.
COLLECTED = VAR_OF_TESTS.with_name(f"{VAR_OF_TESTS.name}-collected")
MIGRATED = VAR_OF_TESTS.with_name(f"{VAR_OF_TESTS.name}-migrated")
COLLECT = "from newsroom import staticfiles; staticfiles.are_outdated() and staticfiles.collect()"


@dataclass(frozen=True)
class Served:
    """A newsroom that answers at `port` of this machine."""

    port: int
    environment: dict[str, str]
    pid: int

    def get(self, path: str) -> tuple[int, str]:
        """Ask as a reader; returns status and body."""
        status, _, body = self.ask(path)
        return status, body.decode()

    def ask(self, path: str, **headers: str) -> tuple[int, Message, bytes]:
        """Ask as anybody might; returns status, headers and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def run(self, code: str) -> Any:
        """Run Python inside this newsroom, in a process of its own; returns what it prints as JSON."""
        return told(self.environment, code)

    def manage(self, *arguments: str) -> str:
        """Run one of this newsroom's commands; returns what it prints."""
        return manage(self.environment, *arguments)


@contextmanager
def served(folder: Path, *, workers: int = 2, **settings: str) -> Iterator[Served]:
    """Serve an empty newsroom whose files are in `folder`, until the block ends; `settings` are its variables."""
    with (
        prepared(folder, **settings) as (environment, port),
        running(folder, environment, port=port, workers=workers) as newsroom,
    ):
        yield newsroom


@contextmanager
def prepared(folder: Path, **settings: str) -> Iterator[tuple[dict[str, str], int]]:
    """Make an empty newsroom in `folder` that nobody serves yet: its environment and its port, until the block ends."""
    try:
        _copy_migrated(folder / "postgres")
        yield existing(folder, **settings)
    finally:
        embedded.remove(folder / "postgres")


def existing(folder: Path, **settings: str) -> tuple[dict[str, str], int]:
    """The environment of the newsroom in `folder`, and a port for it."""
    port = free_port()
    collect()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "NEWSROOM_VAR": str(folder),
        "NEWSROOM_URL": f"http://127.0.0.1:{port}",
        "PLAIN_HTTP": "1",
        "STATIC_ROOT": str(COLLECTED),
        **settings,
    }
    return environment, port


def begun(folder: Path) -> tuple[dict[str, str], int]:
    """An empty newsroom in `folder`, which stays there: its environment and a port for it."""
    embedded.remove(folder / "postgres")
    _copy_migrated(folder / "postgres")
    return existing(folder)


@contextmanager
def running(folder: Path, environment: dict[str, str], *, port: int, workers: int = 2) -> Iterator[Served]:
    """Start the server of a newsroom that `served` has made, for one that was killed; it is stopped at the end."""
    with (
        (folder / "server.log").open("w") as log,
        subprocess.Popen(
            [sys.executable, "manage.py", "serve", f"--port={port}", f"--workers={workers}"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as server,
    ):
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            assert line.startswith("ready:"), (folder / "server.log").read_text()
            yield Served(port, environment, server.pid)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=PATIENCE)


def collect() -> None:
    """See to it that the static files that all servers of tests serve are there."""
    with alone(COLLECTED):
        environment = os.environ | {"STATIC_ROOT": str(COLLECTED)}
        manage(environment, "shell", "--verbosity=0", "--command", COLLECT)


def migrated(home: Path, environment: Mapping[str, str]) -> None:
    """Migrate the newsroom of `environment`, unless that was done since a migration or a package changed.

    Its database is the embedded one, and `home` its folder; nobody uses it before or after.
    """
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for migration in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(migration.read_bytes())
    made = home.parent / "migrated"
    if not made.exists() or made.read_text() != digest.hexdigest():
        made.unlink(missing_ok=True)
        embedded.remove(home)
        manage(environment, "migrate", "--verbosity=0", "--no-input")
        made.write_text(digest.hexdigest())


def _copy_migrated(home: Path) -> None:
    with alone(MIGRATED):
        migrated(MIGRATED / "postgres", os.environ | {"NEWSROOM_VAR": str(MIGRATED)})
        home.mkdir(parents=True)
        Keeper(home).place()
        # `cp -a` keeps the owner, whose private folder it is.
        data, copied = (str(embedded.cluster(each) / "data") for each in (MIGRATED / "postgres", home))
        subprocess.run(["/bin/cp", "-a", data, copied], check=True)


def told(environment: Mapping[str, str], code: str, *, patience: float = PATIENCE) -> Any:
    """Run Python inside the newsroom of `environment`, whether or not it is served; returns what it prints as JSON."""
    said = manage(environment, "shell", "--verbosity=0", "--command", code, patience=patience)
    return json.loads(said.splitlines()[-1])


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Only one process of a run at a time may make what is in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def manage(environment: Mapping[str, str], *arguments: str, patience: float = PATIENCE) -> str:
    """Run one of the commands of `environment`’s newsroom; returns what it prints."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "newsroom.settings"},
        capture_output=True,
        text=True,
        timeout=patience,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def free_port() -> int:
    """A port of this machine that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
