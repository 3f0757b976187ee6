"""The workers of a server that was started: which they are, which of them a connection goes to, what they weigh."""

from __future__ import annotations

import http.client
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
MOST_TRIES = 200


def of(server: int) -> list[int]:
    """The process numbers of a server's workers."""
    return sorted(number for number in _children(server) if b"spawn_main" in _read(PROC / f"{number}/cmdline"))


def memory(process: int) -> float:
    """The megabytes that a process takes, what it shares counted by its share (PSS)."""
    for line in (PROC / f"{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise ValueError(f"{process} does not say what it weighs.")


def one_connection_each(port: int, workers: list[int]) -> dict[int, http.client.HTTPConnection]:
    """A connection, kept alive, to each worker. Raises AssertionError if one of them takes none."""
    found: dict[int, http.client.HTTPConnection] = {}
    for _ in range(MOST_TRIES):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/healthz")
        connection.getresponse().read()
        worker = _at_the_other_end(connection, port, workers)
        if worker is None or worker in found:
            connection.close()
        else:
            found[worker] = connection
        if len(found) == len(workers):
            return found
    raise AssertionError("A worker takes no connection.")


def _children(process: int) -> list[int]:
    return [int(number) for task in (PROC / f"{process}/task").iterdir() for number in _read(task / "children").split()]


def _read(path: Path) -> bytes:
    """What the kernel says there; nothing of a process or a thread that has just ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return path.read_bytes()
    return b""


def _at_the_other_end(connection: http.client.HTTPConnection, port: int, workers: list[int]) -> int | None:
    """The worker that holds the socket whose remote port is ours."""
    ours = connection.sock.getsockname()[1]
    for line in (PROC / "net/tcp").read_text().splitlines()[1:]:
        _, local, remote, *_, inode = line.split()[:10]
        if int(local.partition(":")[2], 16) == port and int(remote.partition(":")[2], 16) == ours:
            wanted = f"socket:[{inode}]"
            return next((worker for worker in workers if wanted in _files(worker)), None)
    return None


def _files(process: int) -> set[str]:
    found = set()
    for file in (PROC / f"{process}/fd").iterdir():
        try:
            found.add(str(file.readlink()))
        except OSError:  # closed meanwhile
            continue
    return found
