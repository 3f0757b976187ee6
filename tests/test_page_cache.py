"""The page cache in the real server: what is published is seen in every worker, and a database that is away is not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from newsroom.database import embedded
from tests.servers import Served, served

WORKERS = 2
PATIENCE = 30  # seconds, on a busy machine

PAPER = """
import json
from articles import publishing
from articles.models import Article, Byline, Edition, Section
from articles.permissions import Role
from authors.models import Author, User
from django.contrib.auth.models import Group
from django.db import connection, transaction
from newsroom import clock
at = clock.now()
editor, _ = User.objects.get_or_create(username="editor", is_staff=True)
editor.groups.add(Group.objects.get(name=Role.EDITOR))
ada, _ = Author.objects.get_or_create(name="Ada Quill", slug="ada-quill")
world, _ = Section.objects.get_or_create(name="World", slug="world")

def published(headline, article=None):
    article = article or Article(section=world, created_by=editor, created_at=at, body="<p>Text.</p>")
    article.headline, article.saved_at = headline, at
    article.save()
    Byline.objects.get_or_create(article=article, author=ada)
    revision = publishing.keep(article, by=editor, at=at)
    return publishing.publish(article, revision=revision, by=editor, at=clock.now())
"""
BEGIN = PAPER + 'print(json.dumps([published(f"{word} story").path for word in ("First", "Second")]))'
UPDATE = PAPER + 'print(json.dumps(published("Changed story", Article.objects.get(headline="First story")).path))'
ROLL_BACK = (
    PAPER
    + """
try:
    with transaction.atomic():
        published("Never story", Article.objects.get(headline="Second story"))
        raise LookupError
except LookupError:
    print(json.dumps("rolled back"))
"""
)
# What no verb does: a change that purges nothing, so that nothing but a flush shows it.
CUT = (
    PAPER
    + """
Edition.objects.filter(headline="Second story").update(list_headline="Silent story")
with connection.cursor() as cursor:
    listeners = "FROM pg_stat_activity WHERE application_name = 'newsroom pages'"
    cursor.execute("SELECT count(pg_terminate_backend(pid)) " + listeners)
    print(json.dumps(cursor.fetchone()[0]))
"""
)


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A newsroom with two stories, served by two workers, in each of which the pages are held."""
    with served(tmp_path_factory.mktemp("served"), workers=WORKERS) as running:
        running.run(BEGIN)
        hold(running)
        yield running


def until(holds: Callable[[], bool]) -> None:
    """Wait for something, and not for ever."""
    deadline = monotonic() + PATIENCE
    while not holds():
        assert monotonic() < deadline, "it never came to be"
        sleep(0.02)


def counted(newsroom: Served, name: str) -> Counter[str]:
    """What each worker has counted under a name."""
    folder = Path(newsroom.environment["NEWSROOM_VAR"]) / "pagecache"
    return Counter({file.stem: json.loads(file.read_text())[name] for file in folder.glob("*.json")})


def grew(newsroom: Served, name: str, before: Counter[str]) -> bool:
    """Whether every worker has counted more than before."""
    return sum(now > before[worker] for worker, now in counted(newsroom, name).items()) == WORKERS


def hold(newsroom: Served, path: str = "/world/") -> None:
    """Ask for a page until each worker has answered it from memory."""
    before = counted(newsroom, "hits")

    def is_held() -> bool:
        for _ in range(10):
            assert newsroom.get(path)[0] == 200
        return grew(newsroom, "hits", before)

    until(is_held)


def shown(newsroom: Served, path: str = "/world/") -> set[tuple[int, str]]:
    """The status and the headlines on a page, as often as any worker has an answer of its own."""
    words = ("Changed", "First", "Never", "Second", "Silent")
    answers = [newsroom.get(path) for _ in range(12)]
    return {(status, " ".join(word for word in words if f"{word} story" in body)) for status, body in answers}


def test_what_is_published_is_seen_in_every_worker_and_what_is_rolled_back_purges_nothing(newsroom: Served) -> None:
    purged = counted(newsroom, "purged")
    newsroom.run(ROLL_BACK)
    hold(newsroom)
    assert counted(newsroom, "purged") == purged
    assert shown(newsroom) == {(200, "First Second")}
    newsroom.run(UPDATE)
    assert shown(newsroom) == {(200, "Changed Second")}
    until(lambda: grew(newsroom, "purged", purged))


def test_a_line_that_is_cut_lets_everything_go_in_a_moment(newsroom: Served) -> None:
    hold(newsroom)
    [(_, words)] = shown(newsroom)
    lines = counted(newsroom, "reconnections")
    assert newsroom.run(CUT) == WORKERS
    silent = " ".join(sorted({*words.split(), "Silent"} - {"Second"}))
    until(lambda: shown(newsroom) == {(200, silent)})
    until(lambda: grew(newsroom, "reconnections", lines))


def test_pages_that_are_held_are_shown_while_the_database_is_away(newsroom: Served) -> None:
    hold(newsroom)
    held = shown(newsroom)
    assert len(held) == 1
    with _stopped(newsroom):
        assert shown(newsroom) == held
        assert newsroom.get("/archive/")[0] == 503
        sleep(1.5)
        assert shown(newsroom) == held
    until(lambda: {newsroom.get("/archive/")[0] for _ in range(6)} == {200})
    hold(newsroom)


def test_the_numbers_are_printed_and_not_told_without_a_token(newsroom: Served) -> None:
    told = newsroom.manage("pagecache")
    assert f"{WORKERS} workers" in told
    assert "answered from memory" in told
    assert newsroom.get("/metrics")[0] == 404


@contextmanager
def _stopped(newsroom: Served) -> Iterator[None]:
    """The newsroom's database is away: its server has ended, and who would start it again sleeps."""
    home = Path(newsroom.environment["NEWSROOM_VAR"]) / "postgres"
    keeper = _process_of(str(home))
    os.kill(keeper, signal.SIGSTOP)
    try:
        server = int((embedded.cluster(home) / "data" / "postmaster.pid").read_text().split("\n")[0])
        os.kill(server, signal.SIGQUIT)
        until(lambda: not (embedded.socket_folder(home) / ".s.PGSQL.5432").exists())
        yield
    finally:
        os.kill(keeper, signal.SIGCONT)


def _process_of(home: str) -> int:
    listed = subprocess.run(["/bin/ps", "-axww", "-o", "pid=,command="], capture_output=True, text=True, check=True)
    [found] = [line for line in listed.stdout.splitlines() if "newsroom.database.keeper" in line and home in line]
    return int(found.split()[0])
