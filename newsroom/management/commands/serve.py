"""`manage.py serve`: production's start command."""

from __future__ import annotations

import http.client
import logging
import math
import multiprocessing
import os
import socket
import threading
import time
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from newsroom import readiness
from newsroom.listening import Server

NOT_FIT = {
    "database": "The database does not answer. See that it runs, and that DATABASE_URL is right.",
    "migrations": "The database has not been migrated. Run `manage.py migrate` first.",
}
MOST_WORKERS = 8  # unless told: they hold at most 96 connections of PostgreSQL's usual 100
THREADS = 8  # per worker; each holds at most one connection to the database, as do presses (newsroom/presses.py)
WAITING = 64  # requests that a worker takes on at once; the rest wait in the kernel's queue
BACKLOG = 1024
LARGEST_HEADERS = 64 * 1024
HEADER_PATIENCE = 5  # seconds for a client to send its headers
# On a reload each worker is followed by a new one, which answers only when it has loaded: seconds, and times as long as
# that took at the start.
LEAST_OVERLAP, OVERLAP = 4.0, 2.0
STOP_PATIENCE = 15  # seconds for requests to finish when the server stops
A_YEAR = 365 * 24 * 3600
CPU_MAX = Path("/sys/fs/cgroup/cpu.max")


class Command(BaseCommand):
    """Check the site, then serve it until it is told to stop."""

    help = "Serves the site with the production server, after every system check, the database's included, has passed."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen, and with how many processes."""
        parser.add_argument("--host", default="127.0.0.1", help="Address to listen at (127.0.0.1).")
        parser.add_argument("--port", type=int, default=8000, help="Port to listen at (8000).")
        parser.add_argument("--workers", type=int, default=min(processors(), MOST_WORKERS), help="Processes.")

    def handle(self, *, host: str, port: int, workers: int, **_: Any) -> None:
        """Serve. Raises SystemCheckError or CommandError where the site is not fit to be served."""
        if missing := readiness.missing():
            raise CommandError(NOT_FIT[missing])
        self.check(databases=["default"], include_deployment_checks=False)
        if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
            raise CommandError("There are no static files. Run `manage.py collectstatic --noinput` first.")
        wait_for_port(host, port)
        connections.close_all()
        for folder in (settings.MEDIA_ROOT, settings.ORIGINALS_ROOT):
            Path(folder).mkdir(parents=True, exist_ok=True)
        # Each worker loads the site afresh: connections and locks of this process are of no use in another.
        multiprocessing.set_start_method("spawn", force=True)
        serving = server(host, port, workers)
        threading.Thread(target=self._announce, args=(serving, host, port), daemon=True).start()
        serving.serve()

    def _announce(self, serving: Server, host: str, port: int) -> None:
        """Say when the site answers, and learn how long a worker takes to: on a reload, the old one stays as long."""
        began = time.monotonic()
        while not _is_ready(host, port):
            time.sleep(0.05)
        serving.respawn_interval = max(LEAST_OVERLAP, OVERLAP * (time.monotonic() - began))
        self.stdout.write(f"ready: http://{host}:{port}/")
        self.stdout.flush()


def server(host: str, port: int, workers: int, *, application: str = "newsroom.wsgi:application") -> Server:
    """The server, as production has it; the benchmark puts another application behind the same settings."""
    return Server(
        application,
        header_patience=HEADER_PATIENCE,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=600,
        backlog=BACKLOG,
        backpressure=WAITING,
        http1_settings=HTTP1Settings(max_buffer_size=LARGEST_HEADERS, header_read_timeout=HEADER_PATIENCE * 1000),
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_PATIENCE,
        log_level=LogLevels.error,
        log_dictconfig={"loggers": {"_granian": {"handlers": [], "propagate": True}}},  # to the handlers of settings
        working_dir=Path(settings.BASE_DIR),
        static_path_route=[settings.MEDIA_URL.rstrip("/")],
        static_path_mount=[Path(settings.MEDIA_ROOT)],
        static_path_expires=A_YEAR,  # names of media say what is in them
    )


def processors() -> int:
    """How many processors this process may use: its affinity, and its container's share of them, rounded up."""
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with suppress(OSError, ValueError):
        allowed, period = CPU_MAX.read_text().split()
        found = min(found, math.ceil(int(allowed) / int(period)))  # “max” is no number, and no limit
    return max(1, found)


def wait_for_port(host: str, port: int) -> None:
    """Wait a moment for the workers of a server that was just killed. Raises CommandError if the port stays taken.

    The server binds in a way that lets two of them share a port, each getting some of the requests.
    """
    deadline = time.monotonic() + 6
    while _is_taken(host, port):
        if time.monotonic() > deadline:
            raise CommandError(f"Port {port} of {host} is in use. Stop what uses it, or choose another one.")
        time.sleep(0.1)


def _is_taken(host: str, port: int) -> bool:
    with suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False


def _is_ready(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=10)
    try:
        connection.request("GET", "/readyz", headers={"Host": settings.ALLOWED_HOSTS[0].lstrip("*.")})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException) as error:
        logging.getLogger(__name__).debug("not ready yet: %s", error)
        return False
    finally:
        connection.close()
