"""Readers for a benchmark: wrk in rounds that take turns, so that a busy machine is busy for all; and 500 at once."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

WRK = shutil.which("wrk")
CONNECTIONS = 16
ROUNDS = int(os.environ.get("NEWSROOM_BENCH_ROUNDS", "5"))
LONGEST = 5.0  # seconds that a page is given to end in, when the reader has gone
SECONDS = int(os.environ.get("NEWSROOM_BENCH_SECONDS", "2"))


@dataclass(frozen=True)
class Target:
    """What readers ask for."""

    url: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Round:
    """What came of asking for some seconds: answers a second, and how long the slower ones took, in milliseconds."""

    rate: float
    p50: float
    p99: float


@dataclass(frozen=True)
class Figures:
    """The rounds of one target, in the order in which all took turns."""

    rounds: list[Round]

    @property
    def rate(self) -> float:
        """Answers a second, in the middle."""
        return statistics.median(each.rate for each in self.rounds)

    @property
    def p99(self) -> float:
        """Milliseconds within which 99 of 100 were answered, in the middle."""
        return statistics.median(each.p99 for each in self.rounds)

    def share_of(self, other: Figures) -> float:
        """How many answers for each one of another's: the median of the rounds' ratios."""
        return statistics.median(
            ours.rate / theirs.rate for ours, theirs in zip(self.rounds, other.rounds, strict=True)
        )

    def times_as_slow_as(self, other: Figures) -> float:
        """The p99 for each millisecond of another's: the median of the rounds' ratios."""
        return statistics.median(ours.p99 / theirs.p99 for ours, theirs in zip(self.rounds, other.rounds, strict=True))


def asked(target: Target, *, seconds: int = SECONDS, connections: int = CONNECTIONS) -> Round:
    """Ask for some seconds. Raises AssertionError if anything was refused or broken off."""
    assert WRK is not None
    headers = [part for name, value in target.headers.items() for part in ("-H", f"{name}: {value}")]
    command = [WRK, "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s"]
    script = ["-s", str(Path(__file__).with_name("wrk.lua"))]
    done = subprocess.run([*command, *script, *headers, target.url], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    assert not found["refused"], f"{target.url}: {found['refused']} refused"
    assert not found["broken"], f"{target.url}: {found['broken']} broken off"
    done_in = found["p50"] / 1e6 if found["requests"] else LONGEST
    time.sleep(min(LONGEST, 2 * done_in))  # what nobody waits for any more is still at work
    return Round(found["requests"] / found["microseconds"] * 1e6, found["p50"] / 1000, found["p99"] / 1000)


def in_turns(targets: Mapping[str, Target], *, rounds: int = ROUNDS) -> dict[str, Figures]:
    """Ask all of them in each round, after one that does not count."""
    for target in targets.values():
        asked(target, seconds=max(3, SECONDS))  # each connection to the database prepares its statements first
    taken = [{name: asked(target) for name, target in targets.items()} for _ in range(rounds)]
    return {name: Figures([each[name] for each in taken]) for name in targets}


def at_once(port: int, path: str, *, readers: int) -> list[tuple[int, float]]:
    """Connect so many readers, then let all ask in the same moment; each one's status and seconds."""
    return asyncio.run(_at_once(port, path, readers))


async def _at_once(port: int, path: str, readers: int) -> list[tuple[int, float]]:
    asking = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
    connected = [await asyncio.open_connection("127.0.0.1", port) for _ in range(readers)]

    async def answered(reader: asyncio.StreamReader) -> tuple[int, float]:
        line = await reader.readline()
        await reader.read()
        return int(line.split()[1]) if line else 0, time.perf_counter() - began

    began = time.perf_counter()
    for _, writer in connected:
        writer.write(asking)
    found = await asyncio.gather(*(answered(reader) for reader, _ in connected))
    for _, writer in connected:
        writer.close()
    return found


def percentile(values: list[float], part: float) -> float:
    """The value below which so many of 100 are."""
    return sorted(values)[max(0, min(len(values) - 1, round(len(values) * part / 100 + 0.5) - 1))]


def waited(until: Callable[[], bool], *, patience: float = 30) -> None:
    """Wait for something. Raises AssertionError if it does not come."""
    deadline = time.monotonic() + patience
    while not until():
        assert time.monotonic() < deadline, "It did not come."
        time.sleep(0.05)
