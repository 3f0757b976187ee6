"""Server time of every kind of page as the archive grows: at 1,000 stories, at 100,000, and at a million if asked.

NEWSROOM_BENCH_STORIES says how large the largest archive is (100,000 unless told). `articles.filling` makes it; the
smaller ones are its newest part, so that the same stories are on the same pages. Of the months the oldest is compared,
which at every size has about as many stories. The times are those of Django's test client in one process, nothing
held, with PostgreSQL on the same machine; "growth" is the largest archive's median over the smallest one's. The rounds
of an archive go through all pages in turn, so that what else the machine does falls on all alike.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.template import Template
from taggit.models import Tag

from articles.archive import months
from articles.filling import loading
from articles.listing import Cursor
from articles.models import Article, Edition
from articles.permissions import Role
from authors.models import Author
from newsroom import clock
from tests.desk import Desk, verb_path
from tests.factories import UserFactory
from tests.readers import Reader

STORIES = int(os.environ.get("NEWSROOM_BENCH_STORIES", "100000"))
SIZES = [size for size in (1_000, 100_000, 1_000_000) if size < STORIES] + [STORIES]
YEARS_OF_A_MILLION = 20
PAGE_1000 = 20 * 999
ROUNDS = 15
LIST = "/admin/articles/article/"
SEARCHES = {"common": "said", "rare": "brookcombe ropewalk", "two words": "harbour verdict"}


class Figure(NamedTuple):
    """What one page took: milliseconds in the middle and at best, and statements."""

    median: float
    best: float
    statements: int


def pages() -> dict[str, str]:
    """The readers' pages of the archive as it stands."""
    at = clock.now()
    live = Edition.objects.live(at=at).newest_first()
    newest, count = live[0], live.count()
    in_section = live.filter(root_section=newest.root_section_id)
    deep = in_section[min(PAGE_1000, in_section.count() - 21)]
    old = live[count * 9 // 10]
    author, tag = Author.objects.order_by("pk")[0], Tag.objects.order_by("pk")[0]
    section, month = newest.root_section.get_absolute_url(), months(at=at)[-1]
    return {
        "front": "/",
        "story": newest.path,
        "old story": old.path,
        "section": section,
        "section, page 1000": f"{section}?after={Cursor(deep.first_published_at, deep.article_id)}",
        "author": author.get_absolute_url(),
        "authors": "/authors/",
        "tag": f"/tags/{tag.slug}/",
        "archive": "/archive/",
        "archive month": f"/archive/{month.year}/{month.month:02}/",
        "corrections": "/corrections/",
        "feed": "/feed/",
        "section feed": f"{section}feed/",
        "author feed": f"{author.get_absolute_url()}feed/",
        "sitemap": "/sitemap.xml",
        "month’s sitemap": f"/sitemap-{month.year}-{month.month:02}.xml",
        "news sitemap": "/news-sitemap.xml",
        **{f"search, {name}": f"/search/?{urlencode({'q': query})}" for name, query in SEARCHES.items()},
        "suggestions": "/search/suggest/?q=har",
    }


def desk_pages(article: Article) -> dict[str, str]:
    """The desk's pages."""
    return {
        "desk": "/admin/",
        "list": LIST,
        "list, live ones": f"{LIST}?state=live",
        "list, a search": f"{LIST}?q=harbour",
        "calendar": f"{LIST}calendar/?view=month",
        "form": f"{LIST}{article.pk}/change/",
        "pick a story": f"{LIST}pick/stories/?q=harbour",
        "tags": "/admin/taggit/tag/",
        "authors": "/admin/authors/author/",
    }


def writing(desk: Desk) -> dict[str, Callable[[], float]]:
    """What saving, keeping what is typed, and publishing take on the server; each call does it once, with new words."""
    article = Article.objects.filter(editions__retired=False, has_unpinned_changes=False).order_by("-pk")[0]
    path, window = f"{LIST}{article.pk}/change/", str(uuid4())
    desk.post(f"{LIST}{article.pk}/buffer/drop/", {"person": desk.user.pk})

    def save() -> float:
        data = desk.form_of(article) | {"headline": f"Saved {uuid4()}"}
        return _timed(lambda: desk.post(path, data), (302,))

    def keep() -> float:
        data = desk.form_of(article) | {"person": desk.user.pk, "key": window, "known": "", "note": str(uuid4())}
        return _timed(lambda: desk.post(f"{LIST}{article.pk}/buffer/keep/", data), (200,))

    def publish() -> float:
        desk.post(path, desk.form_of(article) | {"headline": f"Published {uuid4()}"})
        article.refresh_from_db()
        data = {"revision": article.head_revision_id, "publish-change": "minor"}
        return _timed(lambda: desk.post(verb_path(article, "publish"), data), (302,))

    return {"save": save, "autosave": keep, "publish": publish}


def _timed(action: Callable[[], Any], expected: tuple[int, ...]) -> float:
    began = time.perf_counter()
    answer = action()
    took = (time.perf_counter() - began) * 1000
    assert answer.status_code in expected, f"answered {answer.status_code}"
    return took


def measured(reader: Reader, desk: Desk) -> dict[str, Figure]:
    """Every page, ROUNDS times in turn."""
    story = Article.objects.order_by("-pk")[0]
    asked: dict[str, tuple[Any, str]] = {name: (reader, path) for name, path in pages().items()}
    asked |= {f"desk: {name}": (desk, path) for name, path in desk_pages(story).items()}
    times: dict[str, list[float]] = {name: [] for name in asked}
    statements = {}
    for name, (who, path) in asked.items():
        who.get(path)  # the first is for the templates
        statements[name] = len(who.queries)
    for _ in range(ROUNDS):
        for name, (who, path) in asked.items():
            times[name].append(_timed(lambda who=who, path=path: who.client.get(path, secure=True), (200,)))  # type: ignore[misc]
    return {name: Figure(statistics.median(took), min(took), statements.get(name, 0)) for name, took in times.items()}


def written(desk: Desk) -> dict[str, Figure]:
    """What writing takes. Reads forms as tests do, and so wants templates as tests have them."""
    found = {}
    for name, action in writing(desk).items():
        action()
        times = [action() for _ in range(ROUNDS)]
        found[name] = Figure(statistics.median(times), min(times), 0)
    return found


def table(found: dict[int, dict[str, Figure]]) -> Iterator[str]:
    """The lines of the table."""
    yield f"{os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f}"
    yield f"{'page':22}" + "".join(f"{size:>16,}" for size in found) + f"{'queries':>9}{'growth':>9}"
    for name, largest in found[max(found)].items():
        cells = "".join(f"{each[name].median:7.1f}{each[name].best:7.1f}ms" for each in found.values())
        growth = largest.median / found[min(found)][name].median
        yield f"{name:22}{cells}{largest.statements or '':>9}{growth:9.2f}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("roles")
def bench_the_archive(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Print the table: the median and the best of each page at each size."""
    at = clock.now() - timedelta(minutes=1)
    found: dict[int, dict[str, Figure]] = {}
    made = 0
    for size in SIZES:
        whole, years = STORIES - made, YEARS_OF_A_MILLION * (STORIES - made) / 1_000_000
        loading.fill(size - made, at=at, whole=whole, years=years, processes=os.cpu_count() or 1, among_others=True)
        made = size
        editor = UserFactory(role=Role.EDITOR)
        with monkeypatch.context() as patch:
            # Templates as they are served: a test run has each of them send a signal.
            patch.setattr(Template, "_render", lambda self, context: self.nodelist.render(context))
            found[size] = measured(Reader(), Desk(editor))
        found[size] |= written(Desk(editor))
    with capsys.disabled():
        print("\n\n" + "\n".join(table(found)))  # noqa: T201
