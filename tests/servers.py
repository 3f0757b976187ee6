"""A real server for tests: the production command in processes of its own, on a database and a folder of its own."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

from newsroom.database import embedded

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds to start in, on a busy machine
# Collected once for all servers of a test process.
COLLECTED = ROOT / "var" / "tests" / f"collected-{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}"
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
        return json.loads(_manage(self.environment, "shell", "--verbosity=0", "--command", code).splitlines()[-1])


@contextmanager
def served(folder: Path, *, workers: int = 2) -> Iterator[Served]:
    """Serve an empty newsroom whose files are in `folder`, until the block ends."""
    port = _free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "NEWSROOM_VAR": str(folder),
        "NEWSROOM_URL": f"http://127.0.0.1:{port}",
        "PLAIN_HTTP": "1",
        "STATIC_ROOT": str(COLLECTED),
    }
    _manage(environment, "migrate", "--verbosity=0", "--no-input")
    _manage(environment, "shell", "--verbosity=0", "--command", COLLECT)
    try:
        with running(folder, environment, port=port, workers=workers) as newsroom:
            yield newsroom
    finally:
        embedded.remove(folder / "postgres")


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


def _manage(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
