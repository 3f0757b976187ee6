"""Server time of twenty searches, each with the story that it must find, in a large archive.

NEWSROOM_BENCH_STORIES says how large (100,000 unless told). The times are those of the whole page with Django's test
client in one process, PostgreSQL on the same machine; the first of each is not counted.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from newsroom import clock
from tests import paper
from tests.readers import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("roles")]

STORIES = int(os.environ.get("NEWSROOM_BENCH_STORIES", "100000"))
NOW = datetime(2026, 2, 3, 12, 10, tzinfo=UTC)
QUERIES = json.loads((Path(__file__).parent.parent / "data" / "search.json").read_text())
OTHERS = ["water", "said", "zzyzx", "kesssing acccord", "author:halloran", "-said section:culture"]
ROUNDS = 9


def bench_search(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Print the table."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    paper.demo_newsroom(at=NOW)
    paper.more_stories(STORIES, newest=NOW - timedelta(hours=1))
    asked = [(each["query"], each["expected"]) for each in QUERIES] + [(query, None) for query in OTHERS]
    paths = [(query, f"/search/?{urlencode({'q': query})}", expected) for query, expected in asked]
    paths += [(f"{query} …", f"/search/suggest/?{urlencode({'q': query})}", None) for query in ("ke", "hal", "zzyzx")]
    lines = [_line(*each) for each in paths]
    with capsys.disabled():
        print(f"\n\n{STORIES:,} stories; {os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f}\n")  # noqa: T201
        print(f"{'search':46}{'median':>10}{'best':>10}{'queries':>9}{'place':>7}")  # noqa: T201
        print("\n".join(lines))  # noqa: T201


def _line(query: str, path: str, expected: str | None) -> str:
    reader = Reader()
    place = ""
    if expected is not None:
        headlines = reader.page(path).text_of("h2", class_="teaser__headline")
        place = str(headlines.index(expected) + 1) if expected in headlines else "–"
    reader.get(path)
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        answer = reader.client.get(path, secure=True)
        times.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, f"{path} answered {answer.status_code}"
    queries = len(reader.queries)
    return f"{query:46}{statistics.median(times):7.0f} ms{min(times):7.0f} ms{queries:9}{place:>7}"
