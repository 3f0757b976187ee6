"""What lies between a worker and its database: a line that a test can cut, silence and close."""

from __future__ import annotations

import select
import socket
import threading
from contextlib import suppress

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from newsroom.pagecache import wire


class Relay:
    """Passes on what comes to its port to the database of settings, and back, until close()."""

    def __init__(self) -> None:
        self.direct = wire.address()
        self._there = conninfo_to_dict(self.direct.decode())
        self._pairs: dict[socket.socket, socket.socket] = {}
        self._silent: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self.port = 0
        self.open()
        self._closed = False
        self._thread = threading.Thread(target=self._pass_on, daemon=True)
        self._thread.start()

    def address(self) -> bytes:
        """Where a worker finds the database behind this."""
        return make_conninfo(self.direct.decode(), host="127.0.0.1", port=self.port, sslmode="disable").encode()

    def open(self) -> None:
        """Take connections."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen()
        self.port = listener.getsockname()[1]
        self._listener = listener

    def cut(self) -> None:
        """Break every line."""
        for side in list(self._pairs):
            with suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)

    def silence(self) -> None:
        """Let the lines that there are stand, and pass on nothing more on them."""
        self._silent |= self._pairs.keys()

    def refuse(self) -> None:
        """Take no more connections, and break every line: the database cannot be reached."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()
        self.cut()

    def close(self) -> None:
        """End."""
        self._closed = True
        self._thread.join()
        self.refuse()
        for side in self._pairs:
            side.close()

    def _pass_on(self) -> None:
        while not self._closed:
            listener = self._listener
            sides = [side for side in self._pairs if side not in self._silent]
            with suppress(OSError, ValueError):
                ready, _, _ = select.select([*filter(None, [listener]), *sides], [], [], 0.02)
                for side in ready:
                    if side is listener:
                        self._accept(side)
                    elif side in self._pairs:
                        self._carry(side)

    def _accept(self, listener: socket.socket) -> None:
        here, _ = listener.accept()
        host, port = str(self._there.get("host") or "127.0.0.1"), int(str(self._there.get("port") or 5432))
        if host.startswith("/"):
            there = socket.socket(socket.AF_UNIX)
            there.connect(f"{host}/.s.PGSQL.{port}")
        else:
            there = socket.create_connection((host, port))
        self._pairs[here], self._pairs[there] = there, here

    def _carry(self, side: socket.socket) -> None:
        other = self._pairs[side]
        data = b""
        with suppress(OSError):
            data = side.recv(65536)
            other.sendall(data)
        if not data:
            for each in (side, other):
                self._pairs.pop(each, None)
                each.close()
