"""Server time of every kind of page in an archive of 1,000 stories and in a large one, in rounds that take turns.

NEWSROOM_BENCH_STORIES says how large the large one is (100,000 unless told); the small one is its newest part, so that
the same stories are on the same pages. The times are those of Django's test client in one process for each archive,
nothing held, with PostgreSQL on the same machine. "Growth" is the median over the rounds of the large archive's time
over the small one's in the same round.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.bench import newsrooms
from tests.servers import ROOT

STORIES = int(os.environ.get("NEWSROOM_BENCH_STORIES", "100000"))
SMALL = 1_000
YEARS = 20 * STORIES / 1_000_000
ROUNDS = int(os.environ.get("NEWSROOM_BENCH_ROUNDS", "15"))

Times = dict[str, list[float]]


class Process:
    """`tests.bench.timing` in a newsroom."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, word: str) -> dict[str, float]:
        """What it says. Raises AssertionError where it has ended."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the process that times has ended"
        found: dict[str, float] = json.loads(line)
        return found


@contextmanager
def timing(environment: dict[str, str]) -> Iterator[Process]:
    """The process, until the block ends."""
    command = [sys.executable, "-m", "tests.bench.timing"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True) as process:
        yield Process(process)
        assert process.stdin
        process.stdin.close()
        process.wait(timeout=60)


def in_turns(processes: dict[int, Process], word: str) -> dict[int, Times]:
    """What each takes, ROUNDS times in turn."""
    found: dict[int, Times] = {size: {} for size in processes}
    for _ in range(ROUNDS):
        for size, process in processes.items():
            for name, took in process.ask(word).items():
                found[size].setdefault(name, []).append(took)
    return found


def table(found: dict[int, Times], statements: dict[str, float]) -> Iterator[str]:
    """The lines of the table: medians in milliseconds, and the growth."""
    yield f"{'':26}" + "".join(f"{size:>14,}" for size in found) + f"{'growth':>9}{'queries':>9}"
    small, large = found[min(found)], found[max(found)]
    for name, times in large.items():
        medians = "".join(f"{statistics.median(each[name]):11.1f} ms" for each in found.values())
        growth = statistics.median(after / before for before, after in zip(small[name], times, strict=True))
        yield f"{name:26}{medians}{growth:9.2f}{statements.get(name, ''):>9}"


def bench_the_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Print the tables."""
    machine = f"{os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f}"

    def say(lines: Iterable[str]) -> None:
        with capsys.disabled():
            print("\n".join(lines), flush=True)  # noqa: T201

    with ExitStack() as stack:
        processes = {}
        for size in (SMALL, STORIES):
            environment, _ = stack.enter_context(newsrooms.filled(tmp_path, size, whole=STORIES, years=YEARS))
            processes[size] = stack.enter_context(timing(environment))
        statements = [process.ask("statements") for process in processes.values()][-1]
        pages = in_turns(processes, "round")
        say([f"\n\n{machine}; medians of {ROUNDS} rounds in turn", *table(pages, statements)])
        for process in processes.values():
            process.ask("written")
        deeds = in_turns(processes, "written")
        say(table(deeds, {}))
