"""`make run`, as a person at a terminal has it: started from nothing, stopped by Ctrl-C, killed, started again."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsroom.database import embedded
from tests.servers import COLLECTED, ROOT, collect

FIRST = 120  # seconds for a start that fills the demo newsroom; the packages are there
STOP = 10  # seconds for Ctrl-C
PAGES = ("/", "/authors/", "/archive/", "/feed/", "/sitemap.xml", "/news-sitemap.xml", "/robots.txt", "/admin/login/")


class Terminal:
    """A terminal in which `make run` was typed. `said` is what it printed until the site was ready."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.make = subprocess.Popen(
            # The packages are those that run this test.
            ["make", "--no-print-directory", "-o", ".venv/installed", "run", f"PORT={self.port}"],  # noqa: S607
            cwd=ROOT,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "newsroom.settings",
                "NEWSROOM_VAR": str(folder),
                "NEWSROOM_DEMO": "true",
                "PLAIN_HTTP": "true",
                "LOG_LEVEL": "WARNING",
                "STATIC_ROOT": str(COLLECTED),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert self.make.stdout is not None
        self.said = ""
        while not self.said.endswith(f"ready: http://127.0.0.1:{self.port}/\n"):
            line = self.make.stdout.readline()
            assert line, self.said
            self.said += line

    def get(self, path: str) -> tuple[int, str]:
        """Ask as a reader; returns status and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def interrupt(self) -> None:
        """Press Ctrl-C: everything in the foreground gets it."""
        os.killpg(self.make.pid, signal.SIGINT)
        self.make.communicate(timeout=60)

    def kill_make(self) -> None:
        """Kill the `make` that started it all, and nothing else."""
        self.make.kill()
        self.make.communicate(timeout=60)

    def is_gone(self) -> bool:
        """Whether neither the site nor its database runs."""
        with socket.socket() as probe:
            listens = probe.connect_ex(("127.0.0.1", self.port)) == 0
        return not listens and not (embedded.cluster(self.folder / "postgres") / "data" / "postmaster.pid").exists()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where the demonstration keeps its files."""
    yield tmp_path
    embedded.remove(tmp_path / "postgres")


def test_it_starts_from_nothing_stops_whole_and_keeps_its_data(folder: Path) -> None:
    collect()
    began = time.monotonic()
    first = Terminal(folder)
    assert time.monotonic() - began < FIRST
    assert f"http://127.0.0.1:{first.port}/admin/" in first.said
    for role in ("Writer", "Editor", "Managing editor"):
        assert f"({role})" in first.said
    assert {path: first.get(path)[0] for path in PAGES} == dict.fromkeys(PAGES, 200)
    front = first.get("/")[1]
    assert f"http://127.0.0.1:{first.port}/" in front
    began = time.monotonic()
    first.interrupt()
    assert time.monotonic() - began < STOP
    assert first.is_gone()

    second = Terminal(folder)
    assert "Filling" in first.said
    assert "Filling" not in second.said
    assert second.get("/authors/")[0] == 200
    assert second.get("/")[1].count("<article") == front.count("<article")
    second.kill_make()
    deadline = time.monotonic() + 20
    while not second.is_gone():
        assert time.monotonic() < deadline
        time.sleep(0.1)
