"""The real server against nginx, a bare callable and a bare Django view, in rounds that take turns.

Variables: NEWSROOM_BENCH_STORIES, how many stories there are (10,000 unless told); NEWSROOM_BENCH_ROUNDS and _SECONDS,
how often and how long each target is asked (5 times 2 seconds); NEWSROOM_BENCH_PUBLICATIONS (200). It wants wrk and
nginx, and a Linux for the figures of memory. Readers, server and database share this machine: ratios mean something,
answers a second do only beside what else was measured in the same run.
"""

from __future__ import annotations

import json
import os
import platform
import re
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.bench import load, newsrooms, publications, rivals, workers
from tests.bench.load import Target
from tests.servers import Served, running, told

STORIES = int(os.environ.get("NEWSROOM_BENCH_STORIES", "10000"))
PUBLICATIONS = int(os.environ.get("NEWSROOM_BENCH_PUBLICATIONS", "200"))
WORKERS = os.cpu_count() or 1
SPIKES, READERS = 5, 500
GZIP = {"Accept-Encoding": "gzip"}

# One address of each kind of page, and stories that nobody has asked for.
ADDRESSES = """
import json
from articles.listing import Cursor, PAGE_SIZE
from articles.models import Edition, Section
from newsroom import clock
at = clock.now()
stories = Edition.objects.live(at=at).exclude(photo=None).order_by("-first_published_at")
story = max(stories.select_related("revision")[:30], key=lambda each: len(each.revision.content["related"]))
of_section = Edition.objects.live(at=at).filter(root_section=story.root_section)
of_section = of_section.order_by("-first_published_at", "-article_id")
deep = of_section[min(1000 * PAGE_SIZE, of_section.count() - PAGE_SIZE - 1)]
month = f"{{deep.first_published_at:%Y}}", f"{{deep.first_published_at:%m}}"
print(json.dumps({{
    "story": story.path,
    "front": "/",
    "section": f"/{{story.root_section.slug}}/",
    "section, deep": f"/{{story.root_section.slug}}/?after={{Cursor(deep.first_published_at, deep.article_id)}}",
    "author": f"/authors/{{story.bylines.first().author.slug}}/",
    "tag": f"/tags/{{story.edition_tags.first().tag.slug}}/",
    "archive month": f"/archive/{{month[0]}}/{{month[1]}}/",
    "feed": "/feed/",
    "news sitemap": "/news-sitemap.xml",
    "month’s sitemap": f"/sitemap-{{month[0]}}-{{month[1]}}.xml",
    "search": "/search/?q=harbour",
    "": [story.article_id, [each.path for each in stories[31 : 31 + {spikes}]]],
}}))
"""


def bench_the_server(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Print the tables."""
    lacking = [name for name, path in (("wrk", load.WRK), ("nginx", rivals.NGINX)) if path is None]
    assert not lacking, f"{' and '.join(lacking)} missing (Debian: apt install wrk nginx-light)."

    def say(line: str) -> None:
        with capsys.disabled():
            print(line, flush=True)  # noqa: T201

    with newsrooms.filled(tmp_path, STORIES) as (environment, port):
        pages = told(environment, ADDRESSES.format(spikes=SPIKES))
        story, cold = pages.pop("")
        say(f"\n\n{STORIES:,} stories; {WORKERS} workers on {WORKERS} cores, {platform.machine()}; wrk -t1 -c16")
        site = Site(tmp_path, environment, port, say)
        with site.served(PAGECACHE_MB="0") as newsroom:
            site.tell_memory(newsroom, pages)
            site.tell_not_held(newsroom, pages)
        with site.served() as newsroom:
            site.tell_held(newsroom, pages["story"])
            site.tell_spikes(newsroom, cold)
            site.tell_publications(newsroom, story, pages)
        say(f"load at the end {os.getloadavg()[0]:.1f}")


class Site:
    """A filled newsroom, and what is measured of it."""

    def __init__(self, folder: Path, environment: dict[str, str], port: int, say: Any) -> None:
        self.folder, self.environment, self.port, self.say = folder, environment, port, say

    @contextmanager
    def served(self, **settings: str) -> Iterator[Served]:
        """Serve it, and say how long that took until the first page."""
        began = time.monotonic()
        with running(self.folder, self.environment | settings, port=self.port, workers=WORKERS) as newsroom:
            assert newsroom.get("/")[0] == 200
            how = " ".join(f"{name}={value}" for name, value in settings.items()) or "settings as they come"
            self.say(f"\nfirst answer {time.monotonic() - began:.2f} s after the start; {how}")
            yield newsroom

    def tell_memory(self, newsroom: Served, pages: dict[str, str]) -> None:
        """What the workers weigh after a thousand requests for pages of every kind."""
        paths = list(pages.values())
        for number in range(1000):
            assert newsroom.ask(paths[number % len(paths)])[0] == 200
        each = [workers.memory(worker) for worker in workers.of(newsroom.pid)]
        self.say(f"workers after 1,000 requests, nothing held: {sum(each):.0f} MB together (PSS)")
        self.say(f"beside them their parent: {workers.memory(newsroom.pid):.0f} MB")

    def tell_not_held(self, newsroom: Served, pages: dict[str, str]) -> None:
        """Every kind of page against a bare Django view that answers the story’s bytes."""
        at = f"http://127.0.0.1:{newsroom.port}"
        rivals.kept(self.folder, *newsroom.ask(pages["story"])[1:])
        with rivals.bare("bare_django", self.folder, self.environment, workers=WORKERS) as bare:
            targets = {name: Target(f"{at}{path}", GZIP) for name, path in pages.items()}
            found = load.in_turns({"bare Django view": Target(bare, {}), **targets})
        self.say(f"\n{'not held':24}{'a second':>10}{'p50':>11}{'p99':>11}{'bare view / it':>16}")
        reference = found["bare Django view"]
        for name, figures in found.items():
            p50 = statistics.median(each.p50 for each in figures.rounds)
            ratio = 1 / max(figures.share_of(reference), 1e-9)  # none at all in a round
            self.say(f"{name:24}{figures.rate:10,.0f}{p50:8.1f} ms{figures.p99:8.1f} ms{ratio:16.1f}")

    def tell_held(self, newsroom: Served, path: str) -> None:
        """A held story against nginx and a bare callable, with the same bytes."""
        url = f"http://127.0.0.1:{newsroom.port}{path}"
        _, headers, body = newsroom.ask(path)
        rivals.kept(self.folder, headers, body)
        known = {**GZIP, "If-None-Match": newsroom.ask(path, **GZIP)[1]["ETag"]}
        with (
            rivals.nginx(self.folder, workers=WORKERS) as nginx,
            rivals.bare("bare_callable", self.folder, self.environment, workers=WORKERS) as bare,
        ):
            found = load.in_turns({
                "nginx, plain": Target(nginx, {}),
                "bare callable, plain": Target(bare, {}),
                "held story, plain": Target(url, {}),
                "nginx, gzip": Target(nginx, GZIP),
                "bare callable, gzip": Target(bare, GZIP),
                "held story, gzip": Target(url, GZIP),
                "held story, 304": Target(url, known),
            })  # fmt: skip
        self.say(f"\n{f'held, {len(body):,} bytes':24}{'a second':>10}{'p99':>11}{'of nginx':>11}{'p99 / bare':>11}")
        for name, figures in found.items():
            coding = "gzip" if name.endswith("304") else name.rpartition(" ")[2]
            of_nginx = figures.share_of(found[f"nginx, {coding}"])
            slower = figures.times_as_slow_as(found[f"bare callable, {coding}"])
            self.say(f"{name:24}{figures.rate:10,.0f}{figures.p99:8.2f} ms{of_nginx:11.2f}{slower:11.2f}")
        again, whole = found["held story, 304"], found["held story, gzip"]
        self.say(f"304 / 200 with gzip: {again.share_of(whole):.2f}")

    def tell_spikes(self, newsroom: Served, cold: list[str]) -> None:
        """500 readers at once on a story that nobody has asked for."""
        answers: list[tuple[int, float]] = []
        renderings = []
        for path in cold:
            before = self._rendered()
            answers += load.at_once(newsroom.port, path, readers=READERS)
            renderings.append(self._rendered() - before)
        statuses = {status for status, _ in answers}
        times = [seconds * 1000 for _, seconds in answers]
        self.say(
            f"\n{READERS} at once on a cold story, {len(cold)} times: statuses {statuses}, at most {max(renderings)}"
            f" renderings, p99 {load.percentile(times, 99):.0f} ms, slowest {max(times):.0f} ms"
        )

    def tell_publications(self, newsroom: Served, story: int, pages: dict[str, str]) -> None:
        """From commit to visible, in every worker, with readers at work."""
        over = threading.Event()
        target = Target(f"http://127.0.0.1:{newsroom.port}{pages['story']}", GZIP)

        def read() -> None:
            while not over.is_set():
                load.asked(target, seconds=1)

        readers = threading.Thread(target=read)
        readers.start()
        try:
            seconds = publications.seen(newsroom, story=story, path=pages["story"], count=PUBLICATIONS)
        finally:
            over.set()
            readers.join()
        times = [each * 1000 for each in seconds]
        self.say(
            f"\n{PUBLICATIONS} publications under {load.CONNECTIONS} readers, until each of {WORKERS} workers shows it:"
            f" p50 {load.percentile(times, 50):.0f} ms, p99 {load.percentile(times, 99):.0f} ms,"
            f" slowest {max(times):.0f} ms"
        )

    def _rendered(self) -> int:
        """How many stories Django has answered for since the server started, by its log."""
        time.sleep(0.2)
        lines = (self.folder / "server.log").read_text().splitlines()
        told = [json.loads(line) for line in lines if re.match(r'\{.*"route": "/<slug:section>', line)]
        return sum(each["status"] == 200 for each in told)
