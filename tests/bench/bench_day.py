"""A simulated day at the real server: how much of it is answered from memory, and whether any page is stale.

A million requests on an archive of a million stories in 24 hours are what it is meant for:
NEWSROOM_BENCH_STORIES=1000000 NEWSROOM_BENCH_REQUESTS=1000000 NEWSROOM_BENCH_DAY=1800 (the day's length in real
seconds). What expires by the clock expires as much faster as the day is shorter. Unless told it is a short day with few
requests, of which fewer are held than of a whole one.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings

from tests.bench import day, load, newsrooms, workers
from tests.servers import Served, running, told

STORIES = int(os.environ.get("NEWSROOM_BENCH_STORIES", "10000"))
REQUESTS = int(os.environ.get("NEWSROOM_BENCH_REQUESTS", "60000"))
SECONDS = float(os.environ.get("NEWSROOM_BENCH_DAY", "240"))
REAL = day.HOURS * 3600
WORKERS = os.cpu_count() or 1
READERS, SEED, CHECKED = 12, 2026, 400  # one answer of so many is compared with the database
MEGABYTES = "256"


@dataclass
class Seen:
    """What readers got."""

    answers: int = 0
    from_anywhere: list[str] = field(default_factory=list)  # the names of those answers
    wrong: list[str] = field(default_factory=list)
    checked: int = 0
    stale: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    late: float = 0.0


class Paper:
    """A day at a newsroom that is served."""

    def __init__(self, newsroom: Served) -> None:
        self.newsroom, self.seen = newsroom, Seen()
        self.lock, self.asking = threading.Lock(), threading.Lock()
        self.day = day.Day(told(newsroom.environment, day.BEGINNING), requests=REQUESTS, seed=SEED)
        self.desk = day.Person(newsroom.environment, day.DESK)
        self.truth = day.Person(newsroom.environment, day.TRUTH)
        self.lines: list[http.client.HTTPConnection] = []
        self.began = 0.0
        self._mine = threading.local()

    def play(self) -> None:
        """Let it pass."""
        self.began = time.monotonic()
        desk = threading.Thread(target=self._work_at_the_desk)
        desk.start()
        room = threading.Semaphore(READERS * 4)
        with ThreadPoolExecutor(READERS) as readers:
            for number, asked in enumerate(self.day.asked()):
                self._wait_for(asked.hour)
                room.acquire()
                reading = readers.submit(self._read, asked, check=number % CHECKED == 0)
                reading.add_done_callback(self._note_failure)
                reading.add_done_callback(lambda _: room.release())
        desk.join()
        for line in self.lines:
            line.close()
        self.desk.leave()
        self.truth.leave()

    def _note_failure(self, reading: Future[None]) -> None:
        if error := reading.exception():
            self.seen.wrong.append(repr(error))

    def _wait_for(self, hour: float) -> None:
        ahead = self.began + hour / day.HOURS * SECONDS - time.monotonic()
        if ahead > 0:
            time.sleep(ahead)
        self.seen.late = max(self.seen.late, -ahead)

    def _work_at_the_desk(self) -> None:
        chance = random.Random(SEED)
        for number, (hour, deed) in enumerate(self.day.written()):
            self._wait_for(hour)
            if deed == "publish":
                path, _ = self.desk.ask([deed, number])
                self.day.popularity.add(path, hour)
            else:
                self.desk.ask([deed, number, self.day.popularity.draw(chance, hour)])

    def _read(self, asked: day.Asked, *, check: bool) -> None:
        before = self._true(asked.path) if check else None
        status, headers, body, took = self._get(asked.path)
        with self.lock:
            seen = self.seen
            seen.answers += 1
            seen.seconds.append(took)
            if status != 200:
                seen.wrong.append(f"{status} {asked.path}")
            if asked.from_anywhere:
                seen.from_anywhere.append(headers["X-Request-ID"])
        if before is not None:
            right = self._is_right(asked.path, before, body)
            if not right:
                time.sleep(1)  # what was committed a moment ago is on its way
                right = self._is_right(asked.path, self._true(asked.path), self._get(asked.path)[2])
            with self.lock:
                seen.checked += 1
                if not right:
                    seen.stale.append(asked.path)

    def _is_right(self, path: str, before: str, body: str) -> bool:
        return bool({before, self._true(path)} & shown(body))

    def _true(self, path: str) -> str:
        with self.asking:
            return str(self.truth.ask(path))

    def _get(self, path: str) -> tuple[int, http.client.HTTPMessage, str, float]:
        if not hasattr(self._mine, "line"):
            self._mine.line = http.client.HTTPConnection("127.0.0.1", self.newsroom.port, timeout=30)
            self.lines.append(self._mine.line)
        began = time.perf_counter()
        self._mine.line.request("GET", path)
        answer = self._mine.line.getresponse()
        body = answer.read().decode()
        return answer.status, answer.headers, body, time.perf_counter() - began


def shown(body: str) -> set[str]:
    """What a page shows of what the database tells: its headline, or where the stories of a list lead."""
    headlines = re.findall(r'<h1 class="story__headline"[^>]*>(.*?)</h1>', body)
    return {*headlines, *re.findall(r'class="teaser__headline"[^>]*><a href="([^"]+)"', body)}


def counted(newsroom: Served) -> dict[str, int]:
    """What the newsroom's workers have counted."""
    folder = Path(newsroom.environment["NEWSROOM_VAR"]) / "pagecache"
    each = [json.loads((folder / f"{worker}.json").read_text()) for worker in workers.of(newsroom.pid)]
    names = ("hits", "misses", "shared", "warmed", "purged", "evicted", "refused", "pages", "bytes")
    return {name: sum(one[name] for one in each) for name in names}


def bench_a_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Print what came of it."""
    shorter = SECONDS / REAL
    with newsrooms.filled(tmp_path, STORIES) as (environment, port):
        in_short = {
            "PAGECACHE_MB": MEGABYTES,
            "PAGECACHE_SECONDS": f"{max(1, round(settings.PAGECACHE_SECONDS * shorter))}",
            "PAGECACHE_BEHIND_SECONDS": f"{max(1, round(settings.PAGECACHE_BEHIND_SECONDS * shorter))}",
        }
        with running(tmp_path, environment | in_short, port=port, workers=WORKERS) as newsroom:
            paper = Paper(newsroom)
            paper.play()
            time.sleep(6)  # workers write their numbers now and then
            found = counted(newsroom)
        rendered = set(re.findall(r'"request": "([0-9a-f]{16})"', (tmp_path / "server.log").read_text()))
    seen = paper.seen
    anywhere = len(seen.from_anywhere)
    held_anywhere = sum(name not in rendered for name in seen.from_anywhere)
    share = (found["hits"] - held_anywhere) / (seen.answers - anywhere)
    milliseconds = [each * 1000 for each in seen.seconds]
    with capsys.disabled():
        print(  # noqa: T201
            f"\n\n{STORIES:,} stories, {seen.answers:,} requests in {SECONDS:.0f} s for {day.HOURS} hours, seed {SEED};"
            f" {day.PUBLICATIONS} publications, {day.UPDATES} updates; {WORKERS} workers, {MEGABYTES} MB each\n"
            f"answered from memory: {share:.2%} of all but those from anywhere in the archive"
            f" ({anywhere:,}, of them {held_anywhere / max(1, anywhere):.1%})\n"
            f"compared with the database: {seen.checked:,}, stale {len(seen.stale)}; no page: {len(seen.wrong)}\n"
            f"p50 {load.percentile(milliseconds, 50):.1f} ms, p99 {load.percentile(milliseconds, 99):.1f} ms,"
            f" slowest {max(milliseconds):.0f} ms; readers at most {seen.late:.2f} s behind their hour\n"
            f"{found}"
        )
    assert not seen.stale, seen.stale[:5]
    assert not seen.wrong, seen.wrong[:5]
