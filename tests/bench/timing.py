"""A process inside a filled newsroom that does on demand what a benchmark times: `python -m tests.bench.timing`.

It takes a word from each line of its input and answers with a line of JSON. Pages are asked for through Django's test
client, which no page cache is in front of.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import uuid4

if TYPE_CHECKING:
    from tests.desk import Desk
    from tests.readers import Reader

LIST = "/admin/articles/article/"
PAGE_1000 = 20 * 999
SEARCHES = {"common": "said", "rare": "asparagus", "two words": "harbour verdict"}


def pages() -> dict[str, str]:
    """The readers' pages of the newsroom as it stands. Of the months the oldest, which is as long in every archive."""
    from taggit.models import Tag

    from articles.archive import months
    from articles.listing import Cursor
    from articles.models import Edition
    from authors.models import Author
    from newsroom import clock

    at = clock.now()
    live = Edition.objects.live(at=at).newest_first()
    newest, count = live.exclude(photo=None)[0], live.count()
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


def desk_pages() -> dict[str, str]:
    """The desk's pages."""
    from articles.models import Article

    story = Article.objects.order_by("-pk")[0]
    return {
        "desk": "/admin/",
        "list": LIST,
        "list, live ones": f"{LIST}?state=live",
        "list, a search": f"{LIST}?q=harbour",
        "calendar": f"{LIST}calendar/?view=month",
        "form": f"{LIST}{story.pk}/change/",
        "pick a story": f"{LIST}pick/stories/?q=harbour",
        "tags": "/admin/taggit/tag/",
        "authors": "/admin/authors/author/",
    }


def deeds(desk: Desk) -> dict[str, Callable[[], float]]:
    """What saving, keeping what is typed, and publishing take on the server; each call does it once, with new words."""
    from articles.models import Article, Buffer
    from tests.desk import verb_path

    article = Article.objects.filter(editions__retired=False, has_unpinned_changes=False).order_by("-pk")[0]
    path, window = f"{LIST}{article.pk}/change/", str(uuid4())

    def save() -> float:
        data = desk.form_of(article) | {"headline": f"Saved {uuid4()}"}
        return _timed(lambda: desk.post(path, data), (302,))

    def keep() -> float:
        Buffer.objects.filter(person=desk.user).delete()
        data = desk.form_of(article) | {"person": desk.user.pk, "key": window, "known": "", "note": str(uuid4())}
        return _timed(lambda: desk.post(f"{LIST}{article.pk}/buffer/keep/", data), (200,))

    def publish() -> float:
        desk.post(path, desk.form_of(article) | {"headline": f"Published {uuid4()}"})
        article.refresh_from_db()
        data = {"revision": article.head_revision_id, "publish-change": "minor"}
        return _timed(lambda: desk.post(verb_path(article, "publish"), data), (302,))

    return {"save": save, "autosave": keep, "publish": publish}


class Clock:
    """Times everything, in milliseconds, as an editor and as a reader."""

    def __init__(self) -> None:
        from articles.permissions import Role
        from authors.models import User
        from tests.desk import Desk
        from tests.factories import UserFactory
        from tests.readers import Reader

        editor = User.objects.filter(username="bench").first() or UserFactory(username="bench", role=Role.EDITOR)
        self.desk, self.reader = Desk(editor), Reader()
        self.deeds: dict[str, Callable[[], float]] = {}
        asked: dict[str, tuple[Reader | Desk, str]] = {name: (self.reader, path) for name, path in pages().items()}
        self.asked = asked | {f"desk: {name}": (self.desk, path) for name, path in desk_pages().items()}

    def statements(self) -> dict[str, float]:
        """How many statements each page has; the first time is for templates and plans."""
        found: dict[str, float] = {}
        for name, (who, path) in self.asked.items():
            who.get(path)
            found[name] = len(who.queries)
        return found

    def round(self) -> dict[str, float]:
        """Each page once."""
        return {
            name: _timed(lambda who=who, path=path: who.client.get(path, secure=True), (200,))  # type: ignore[misc]
            for name, (who, path) in self.asked.items()
        }

    def written(self) -> dict[str, float]:
        """Each deed once."""
        from django.test.utils import setup_test_environment, teardown_test_environment

        setup_test_environment()  # forms are read from what templates were given
        try:
            self.deeds = self.deeds or deeds(self.desk)
            return {name: action() for name, action in self.deeds.items()}
        finally:
            teardown_test_environment()


def _timed(action: Callable[[], Any], expected: tuple[int, ...]) -> float:
    began = time.perf_counter()
    answer = action()
    took = (time.perf_counter() - began) * 1000
    assert answer.status_code in expected, f"answered {answer.status_code}"
    return took


def main() -> None:
    """Answer until there is no more input."""
    # With the settings of a web process, and set up by it.
    import newsroom.wsgi  # noqa: F401

    made = Clock()
    does = {"statements": made.statements, "round": made.round, "written": made.written}
    for line in sys.stdin:
        sys.stdout.write(json.dumps(does[line.strip()]()) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
