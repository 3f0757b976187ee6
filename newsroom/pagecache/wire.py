"""A connection to the database of which every step has a limit, for hearing what transactions tell.

It speaks libpq without psycopg's own waiting, whose shortest limit for connecting is two seconds and which has none for
an answer that never comes.
"""

from __future__ import annotations

import select
import socket
import struct
from time import monotonic

import psycopg
from django.db import connection
from psycopg import pq
from psycopg.conninfo import make_conninfo

from newsroom.pagecache.messages import CHANNEL

NAME = "newsroom pages"  # as PostgreSQL's pg_stat_activity calls the connection
CONNECTING = 2.0  # seconds for a connection to be made
PROTOCOL = 3 << 16  # PostgreSQL's, of which a server says in its first answer whether it takes anybody
CANNOT_CONNECT_NOW = b"C57P03\0"  # the SQLSTATE in that answer
SILENCE = 0.7  # seconds without an answer after which a line is given up


class Broken(Exception):
    """The wire is of no use any more. `reached`: whether a database answered, and had no wish to be busy with us."""

    def __init__(self, what: str, *, reached: bool = False) -> None:
        super().__init__(" ".join(what.split()))
        self.reached = reached


class Wire:
    """A connection that listens to CHANNEL."""

    def __init__(self, address: bytes) -> None:
        """Connect. Raises Broken if there is no connection to be had."""
        self._connection = pq.PGconn.connect_start(address)
        try:
            self._connect()
        except Broken as broken:
            broken.reached = not self._silent and not self._takes_nobody()
            self.close()
            raise

    def listen(self) -> None:
        """Begin to listen. Raises Broken."""
        self.ask(f"LISTEN {CHANNEL}")

    def ask(self, statement: str) -> str:
        """The first value that a statement answers, as text. Raises Broken where none comes in time."""
        deadline = monotonic() + SILENCE
        answer = ""
        try:
            self._connection.send_query(statement.encode())
            while self._connection.flush():
                self._ready(select.POLLOUT, deadline)
            while (result := self._result(deadline)) is not None:
                if result.status not in (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK):
                    raise Broken(result.get_error_message(), reached=True)
                answer = (result.get_value(0, 0) or b"").decode() if result.ntuples else ""
        except psycopg.Error as error:
            raise Broken(str(error)) from error
        return answer

    def wait(self, seconds: float) -> None:
        """Return when something has come, or after some seconds. Raises Broken if the other side hung up."""
        try:
            if _poll(self._connection.socket, select.POLLIN, seconds):
                self._connection.consume_input()
        except psycopg.Error as error:
            raise Broken(str(error)) from error

    def messages(self) -> list[str]:
        """What transactions have told since this was last asked."""
        found = []
        while (message := self._connection.notifies()) is not None:
            found.append(message.extra.decode())
        return found

    def close(self) -> None:
        """Hang up."""
        self._connection.finish()

    def _connect(self) -> None:
        deadline = monotonic() + CONNECTING
        self._silent = False
        wanted = pq.PollingStatus.WRITING
        try:
            while wanted != pq.PollingStatus.OK:
                if wanted == pq.PollingStatus.FAILED or self._connection.status == pq.ConnStatus.BAD:
                    raise Broken(self._connection.get_error_message())
                self._ready(select.POLLIN if wanted == pq.PollingStatus.READING else select.POLLOUT, deadline)
                wanted = pq.PollingStatus(self._connection.connect_poll())
        except psycopg.Error as error:
            raise Broken(str(error)) from error
        self._connection.nonblocking = 1

    def _takes_nobody(self) -> bool:
        """Whether the server takes no connection just now, as while it starts: then nobody can change anything.

        libpq knows, but tells it by PQping alone, in which psycopg stops all other threads.
        """
        start = struct.pack("!I", PROTOCOL) + b"user\0" + self._connection.user + b"\0\0"
        try:
            with _socket(self._connection.host.decode(), int(self._connection.port)) as probe:
                probe.sendall(struct.pack("!I", len(start) + 4) + start)
                return CANNOT_CONNECT_NOW in probe.recv(4096)
        except OSError:
            return True

    def _result(self, deadline: float) -> pq.abc.PGresult | None:
        while self._connection.is_busy():
            self._ready(select.POLLIN, deadline)
            self._connection.consume_input()
        return self._connection.get_result()

    def _ready(self, what: int, deadline: float) -> None:
        if not _poll(self._connection.socket, what, max(0.0, deadline - monotonic())):
            self._silent = True
            raise Broken("the database does not answer")


def _socket(host: str, port: int) -> socket.socket:
    """A connection to where libpq tried to connect, by the name of a machine or of a folder."""
    if not host.startswith("/"):
        return socket.create_connection((host, port), timeout=SILENCE)
    found = socket.socket(socket.AF_UNIX)
    found.settimeout(SILENCE)
    try:
        found.connect(f"{host}/.s.PGSQL.{port}")
    except OSError:
        found.close()
        raise
    return found


def _poll(descriptor: int, what: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(descriptor, what)
    return bool(poll.poll(seconds * 1000))


def address() -> bytes:
    """Where the database of settings is, as libpq wants to be told; Django's parameters have psycopg's among them."""
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    parameters = {name: value for name, value in connection.get_connection_params().items() if name in known}
    return make_conninfo("", **parameters | {"application_name": NAME}).encode()
