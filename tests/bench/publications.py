"""How long after its commit a publication is seen, in each worker, while readers ask."""

# ruff: noqa: TID251 - instants of two processes are compared, on this machine's clock

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import threading
import time

from tests.bench import workers
from tests.servers import ROOT, Served

PAUSE = 0.15  # between publications: readers come to hold the page again
MARK = re.compile(rb"Publication (\d+) of a benchmark")

# Publishes a story again and again, and says when each publication was committed.
PUBLISHER = """
import sys, time
from articles import publishing
from articles.models import Article
from newsroom import clock
from tests.factories import managing_editor, revised
story = Article.objects.get(pk={story})
for number in range({first}, {first} + {count}):
    at = clock.now()
    revision = revised(story, at=at, headline=f"Publication {{number}} of a benchmark")
    publishing.publish(story, revision=revision, by=managing_editor(), at=at)
    print(time.time(), flush=True)
    story.refresh_from_db()
    time.sleep({pause})
"""


def seen(newsroom: Served, *, story: int, path: str, count: int) -> list[float]:
    """Publish `count` times; the seconds from each commit until each worker showed that publication or a later one."""
    watched = workers.one_connection_each(newsroom.port, workers.of(newsroom.pid))
    over = threading.Event()
    firsts: list[dict[int, float]] = [{} for _ in watched]
    watchers = [
        threading.Thread(target=_watch, args=(connection, path, first, over))
        for connection, first in zip(watched.values(), firsts, strict=True)
    ]
    for watcher in watchers:
        watcher.start()
    try:
        first_number = int(time.time())  # a newsroom that was kept has seen others
        committed = _publish(newsroom, story=story, first=first_number, count=count)
        time.sleep(2)
    finally:
        over.set()
        for watcher in watchers:
            watcher.join()
    for connection in watched.values():
        connection.close()
    return [
        max(0.0, min(at for shown, at in first.items() if shown >= number) - instant)
        for first in firsts
        for number, instant in enumerate(committed, start=first_number)
    ]


def _publish(newsroom: Served, *, story: int, first: int, count: int) -> list[float]:
    code = PUBLISHER.format(story=story, first=first, count=count, pause=PAUSE)
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", code],
        cwd=ROOT,
        env=os.environ | newsroom.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [float(line) for line in done.stdout.split()]


def _watch(connection: http.client.HTTPConnection, path: str, first: dict[int, float], over: threading.Event) -> None:
    """Note when each publication was first seen on a worker's page."""
    while not over.is_set():
        connection.request("GET", path)
        answer = connection.getresponse()
        marked = MARK.search(answer.read())
        if marked:
            first.setdefault(int(marked[1]), time.time())
        over.wait(0.002)
