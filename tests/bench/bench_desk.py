"""Server time of the desk's pages, for a small archive and a large one, with thirty people at work.

NEWSROOM_BENCH_STORIES says how large the large one is (100,000 unless told). Each story has two revisions. The times
are those of Django's test client in one process, with PostgreSQL on the same machine; "growth" is the large archive's
median over the small one's, from the same run.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.db import connection
from django.template import Template

from articles import publishing
from articles.models import Article, Byline, Edition, Presence, Revision, Section
from articles.permissions import Role
from authors.models import Author, User
from newsroom import clock
from tests.bulk import archive_of
from tests.desk import Desk
from tests.factories import (
    HOUR,
    MINUTE,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    UserFactory,
    kept,
    managing_editor,
    photo,
    published,
    revised,
    updated,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("roles")]

STORIES = int(os.environ.get("NEWSROOM_BENCH_STORIES", "100000"))
SMALL = min(1000, STORIES)
PEOPLE = 30
ROUNDS = 15
LIST = "/admin/articles/article/"
PAGES = {
    "home": "/admin/",
    "home, looking for news": f"{LIST}today/?have=nothing",
    "list": LIST,
    "list, live ones": f"{LIST}?state=live",
    "list, mine": f"{LIST}?mine=mine",
    "list, a search": f"{LIST}?q=story+77",
    "calendar, month": f"{LIST}calendar/?view=month",
    "calendar, week": f"{LIST}calendar/?view=week",
    "calendar, day": f"{LIST}calendar/?view=day",
    "form": LIST + "{own}/change/",
    "history": LIST + "{own}/history/",
    "search for a link": f"{LIST}pick/stories/?q=story+77",
}


class Figure(NamedTuple):
    """What one page took: milliseconds in the middle and at best, and statements."""

    median: float
    best: float
    statements: int


class Archive:
    """A newsroom whose archive can be made to grow."""

    def __init__(self) -> None:
        self.sections: list[Section] = [SectionFactory() for _ in range(10)]
        self.authors: list[Author] = [AuthorFactory() for _ in range(100)]
        self.editor: User = UserFactory(role=Role.EDITOR)
        self.writer: User = UserFactory(role=Role.WRITER)
        self.size = 0
        for number in range(40):
            story = ArticleFactory(headline=f"Plan {number}", section=self.sections[number % 10])
            revision = kept(story, at=NOON - HOUR)
            at = NOON + timedelta(minutes=11 * number + 7)
            publishing.schedule(story, revision=revision, live_from=at, by=managing_editor(), at=NOON - HOUR)
        for _ in range(15):
            kept(ArticleFactory(stage="in_review", section=self.sections[0]))
        for number in range(PEOPLE):
            story = ArticleFactory(headline=f"Open {number}", section=self.sections[number % 10])
            Presence.objects.create(
                article=story, person=UserFactory(role=Role.EDITOR), since=NOON - HOUR, seen_at=NOON
            )
        self.own = {self.editor: self._full(self.editor), self.writer: self._full(self.writer)}

    def grow(self, size: int) -> None:
        """Fill the archive up to `size` stories."""
        newest = NOON - HOUR - timedelta(minutes=60 * self.size)
        editions = archive_of(
            size - self.size,
            sections=self.sections,
            authors=self.authors,
            tags=[],
            newest=newest,
            apart=timedelta(minutes=60),
        )
        Revision.objects.bulk_create(_second_revisions(editions, managing_editor()), batch_size=5000)
        Byline.objects.bulk_create(
            (
                Byline(article_id=edition.article_id, author=self.authors[number % 100])
                for number, edition in enumerate(editions)
            ),
            batch_size=5000,
        )
        for place, person in enumerate((self.editor, self.writer)):
            theirs = [edition.article_id for edition in editions[place * 60 : place * 60 + 60]]
            Article.objects.filter(pk__in=theirs).update(created_by=person)
        self.size = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _full(self, person: User) -> Article:
        """A live story with an update ahead, and changes since."""
        story = published(
            created_by=person,
            bylines=[self.authors[0]],
            tag_names=["Ports", "Ferries"],
            related=[ArticleFactory() for _ in range(6)],
            lead_photo=photo(),
        ).article
        updated(story, live_from=NOON + HOUR, at=NOON - 9 * MINUTE, headline="At one")
        revised(story, at=NOON - 8 * MINUTE, headline="Written since")
        return story


def _second_revisions(editions: list[Edition], by: User) -> Iterator[Revision]:
    for edition in editions:
        first = edition.revision
        yield Revision(
            article_id=edition.article_id,
            number=2,
            content=first.content,
            body=first.body,
            digest="second",
            created_by=by,
            created_at=NOON,
        )


def _measured(archive: Archive) -> dict[tuple[str, str], Figure]:
    found = {}
    for name, user in (("editor", archive.editor), ("writer", archive.writer)):
        desk = Desk(user)
        for page, pattern in PAGES.items():
            path = pattern.format(own=archive.own[user].pk)
            desk.get(path)  # the first is for the templates
            statements = len(desk.queries)
            times = []
            for _ in range(ROUNDS):
                began = time.perf_counter()
                answer = desk.client.get(path, secure=True)
                times.append((time.perf_counter() - began) * 1000)
                assert answer.status_code in (200, 204), f"{path} answered {answer.status_code}"
            found[name, page] = Figure(statistics.median(times), min(times), statements)
    return found


def bench_the_desk(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Print the table."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    # Templates as they are served: a test run has each of them send a signal.
    monkeypatch.setattr(Template, "_render", lambda self, context: self.nodelist.render(context))
    archive = Archive()
    archive.grow(SMALL)
    small = _measured(archive)
    archive.grow(STORIES)
    large = _measured(archive)
    with capsys.disabled():
        print(f"\n\n{STORIES:,} stories, {2 * STORIES:,} revisions, {PEOPLE} people present;", end=" ")  # noqa: T201
        print(f"{os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f}\n")  # noqa: T201
        print(f"{'':8}{'page':26}{'median':>10}{'best':>10}{'statements':>12}{'growth':>9}")  # noqa: T201
        for (who, page), at in large.items():
            growth = at.median / small[who, page].median
            line = f"{who:8}{page:26}{at.median:7.0f} ms{at.best:7.0f} ms{at.statements:12}{growth:9.2f}"
            print(line)  # noqa: T201
