"""A day at a newspaper for a benchmark: who asks for what, what is published and updated, all from one seed.

Of the requests 30 % are for the front page and sections, 65 % for stories, whose popularity halves every eight hours
after publication, and 5 % for stories from anywhere in the archive. A day of 24 hours is played in fewer real ones.
"""

from __future__ import annotations

import bisect
import itertools
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.servers import ROOT

HOURS = 24
HALF_LIFE = 8.0  # hours
FRONTS, STORIES = 0.30, 0.65  # of the requests; the rest are from anywhere in the archive
FRONT_PAGE = 0.5  # of those for front and sections
PUBLICATIONS, UPDATES = 300, 600

# A person at the desk: publishes and updates as it is told, and says what came of it.
DESK = """
import json, random, sys
from articles import publishing
from articles.models import Article, Edition, Photo, Revision, Section
from authors.models import Author
from newsroom import clock
from taggit.models import Tag
from tests.factories import ArticleFactory, managing_editor, revised, kept
draw = random.Random(5)
sections, authors = list(Section.objects.all()), list(Author.objects.all())
tags, photos = list(Tag.objects.order_by("pk")[:200]), list(Photo.objects.order_by("pk")[:50])
bodies = list(Revision.objects.order_by("-pk").values_list("body", flat=True)[:200])
by = managing_editor()
def publish(number):
    at = clock.now()
    story = ArticleFactory(
        headline=f"Story {number} of {at:%d %B, %H:%M:%S}", body=draw.choice(bodies), section=draw.choice(sections),
        bylines=[draw.choice(authors)], tag_names=[each.name for each in draw.sample(tags, 3)],
        lead_photo=draw.choice(photos), created_by=by,
    )
    return publishing.publish(story, revision=kept(story, at=at), by=by, at=at)
def update(number, path):
    at = clock.now()
    live = Edition.objects.live(at=at).get(path=path)
    story = live.article
    if Edition.objects.upcoming(at=at).filter(article=story).exists():
        return live  # its editor would be asked about what is scheduled
    revision = revised(story, at=at, headline=f"Update {number} of {at:%d %B, %H:%M:%S}")
    return publishing.publish(story, revision=revision, by=by, at=at)
print("ready", flush=True)
for line in sys.stdin:
    verb, *told = json.loads(line)
    edition = {"publish": publish, "update": update}[verb](*told)
    print(json.dumps([edition.path, edition.headline]), flush=True)
"""

# What the database says: the headline of what is live at an address, or the newest story of a list.
TRUTH = """
import json, sys
from articles.models import Edition, Section
from articles.navigation import stories_of
from newsroom import clock
from markupsafe import escape
print("ready", flush=True)
for line in sys.stdin:
    path, at = json.loads(line), clock.now()
    live = Edition.objects.live(at=at)
    if path.count("/") > 3:
        found = live.get(path=path).headline
    else:
        if path != "/":
            live = live.filter(stories_of(Section.objects.get(slug=path.strip("/"))))
        found = live.newest_first()[0].path
    print(json.dumps(str(escape(found))), flush=True)
"""

# What is there when the day begins: stories and their ages in hours, sections, and some of the archive's addresses.
BEGINNING = """
import json
from articles.models import Edition, Section
from newsroom import clock
at = clock.now()
live = Edition.objects.live(at=at)
recent = [[each.path, (at - each.first_published_at).total_seconds() / 3600] for each in live.newest_first()[:2000]]
first, last = live.order_by("pk").first().pk, live.order_by("-pk").first().pk
step = max(1, (last - first) // 60_000)
wanted = range(first, last, step)
paths = list(live.filter(pk__in=wanted).values_list("path", flat=True))
print(json.dumps([recent, [f"/{each.slug}/" for each in Section.objects.order_by("pk")], paths]))
"""


@dataclass(frozen=True)
class Asked:
    """A request: the hour of the day, the path, whether it is one from anywhere in the archive."""

    hour: float
    path: str
    from_anywhere: bool


class Popularity:
    """Which story is asked for at an hour; more may come at any time."""

    def __init__(self, stories: list[tuple[str, float]]) -> None:
        """Stories and their ages in hours when the day begins."""
        self._stories = [(path, -age) for path, age in stories]
        self._drawn_at = -1.0
        self._sums: list[float] = []

    def add(self, path: str, hour: float) -> None:
        """A story that is published at an hour."""
        self._stories.append((path, hour))
        self._drawn_at = -1.0

    def draw(self, chance: random.Random, hour: float) -> str:
        """A story, by its popularity."""
        if hour - self._drawn_at > 1 / 60 or self._drawn_at < 0:
            weights = (0.5 ** ((hour - born) / HALF_LIFE) for _, born in self._stories)
            self._sums, self._drawn_at = list(itertools.accumulate(weights)), hour
        return self._stories[bisect.bisect(self._sums, chance.random() * self._sums[-1])][0]


class Day:
    """The requests of a day, in order."""

    def __init__(self, beginning: Any, *, requests: int, seed: int) -> None:
        """What `BEGINNING` tells, and how many requests there are."""
        stories, self._sections, self._archive = beginning
        self.popularity = Popularity([(path, age) for path, age in stories])
        self._requests, self._chance = requests, random.Random(seed)
        self._weights = [1 / place for place in range(1, len(self._sections) + 1)]

    def asked(self) -> Iterator[Asked]:
        """Each request at its hour; stories that are added meanwhile are asked for from then on."""
        chance = self._chance
        for number in range(self._requests):
            hour = HOURS * number / self._requests
            kind = chance.random()
            if kind < FRONTS:
                path = "/" if chance.random() < FRONT_PAGE else chance.choices(self._sections, self._weights)[0]
            elif kind < FRONTS + STORIES:
                path = self.popularity.draw(chance, hour)
            else:
                path = chance.choice(self._archive)
            yield Asked(hour, path, kind >= FRONTS + STORIES)

    def written(self) -> list[tuple[float, str]]:
        """When something is published or updated."""
        chance = random.Random(self._requests)
        deeds = ["publish"] * PUBLICATIONS + ["update"] * UPDATES
        return sorted((chance.random() * HOURS, deed) for deed in deeds)


class Person:
    """A process inside the newsroom that does as it is told, line by line."""

    def __init__(self, environment: dict[str, str], code: str) -> None:
        """Start it; it is ready when this returns."""
        self._process = subprocess.Popen(
            [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", code],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._line() == "ready"

    def ask(self, told: Any) -> Any:
        """Tell it something; returns what it says."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        return json.loads(self._line())

    def leave(self) -> None:
        """Let it end."""
        self._process.communicate(timeout=60)

    def _line(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline().strip()
        assert line, "the process has ended"
        return line
