"""Where the server listens: sockets that outlive the workers that answer at them.

A worker that bound its own socket would take the connections that wait there with it when it ends, and a reload would
fail them. Here the process that starts the workers holds a socket for each, and who follows a worker goes on with it.
"""

from __future__ import annotations

import socket
from typing import Any

from granian.server import MPServer
from granian.server.mp import WorkerProcess


class Server(MPServer):
    """Granian's server, with a listening socket for each worker that a reload or a worker's end does not close.

    A socket for each, and not one for all: the kernel then shares connections out between them evenly. Elsewhere than
    on Linux, all workers share one that is theirs already, and this changes nothing.
    """

    def __init__(self, target: str, *, header_patience: int, **options: Any) -> None:
        """Take Granian's options, and the seconds in which a client that connects should have begun to ask."""
        super().__init__(target, **options)
        self._patience = header_patience
        self._listening: list[tuple[Any, socket.socket]] = []

    def _init_shared_socket(self) -> None:
        super()._init_shared_socket()  # type: ignore[no-untyped-call]
        place: Any = self._ssp
        if place is None:
            return
        for _ in range(self.workers):
            holder = place.build()
            listening = socket.socket(fileno=holder.get_fd())
            # Who is accepted has sent something (tcp(7)). A worker that is told to end hangs up on those that have not,
            # and a reader whose request was on its way then got nothing.
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, self._patience)
            self._listening.append((holder, listening))
        self._ssp = None

    def _spawn_worker(self, idx: int, *arguments: Any, **named: Any) -> WorkerProcess:
        if self._listening:
            self._shd, self._sso = self._listening[idx]
        return super()._spawn_worker(idx, *arguments, **named)

    def _drop_shared_socket(self) -> None:
        for _, listening in self._listening:
            listening.close()
        self._listening.clear()
        super()._drop_shared_socket()  # type: ignore[no-untyped-call]
