"""A scheduled story appears everywhere at its second, with nothing running but the web server and its database."""

# ruff: noqa: TID251 - an instant that the newsroom gave is compared with this machine's clock, which it runs on too

from __future__ import annotations

import time
from pathlib import Path

from tests.scale import scaled
from tests.servers import Served, served

AHEAD = scaled(6, 20)

SCHEDULE = f"""
import json
from datetime import timedelta
from articles import publishing
from articles.models import Article, Byline, Section
from articles.permissions import Role
from authors.models import Author, User
from django.contrib.auth.models import Group
from newsroom import clock
at = clock.now()
editor = User.objects.create(username="editor", is_staff=True)
editor.groups.add(Group.objects.get(name=Role.EDITOR))
article = Article.objects.create(
    headline="Quicksilver harbour", body="<p>Text.</p>", created_by=editor, created_at=at, saved_at=at,
    section=Section.objects.create(name="World", slug="world"),
)
Byline.objects.create(article=article, author=Author.objects.create(name="Ada Quill", slug="ada-quill"))
article.tags.add("Ports")
revision = publishing.keep(article, by=editor, at=at)
live_from = clock.now().replace(microsecond=0) + timedelta(seconds={AHEAD})
edition = publishing.schedule(article, revision=revision, live_from=live_from, by=editor, at=at)
print(json.dumps({{"path": edition.path, "live_from": live_from.timestamp()}}))
"""


def test_scheduled_story_appears_on_every_surface_at_its_second(tmp_path: Path) -> None:
    with served(tmp_path) as newsroom:
        story = newsroom.run(SCHEDULE)
        year, month = story["path"].split("/")[2:4]
        surfaces = [
            story["path"],
            "/",
            "/world/",
            "/authors/",
            "/authors/ada-quill/",
            "/tags/ports/",
            f"/archive/{year}/{month}/",
            "/feed/",
            "/world/feed/",
            "/authors/ada-quill/feed/",
            "/tags/ports/feed/",
            f"/sitemap-{year}-{month}.xml",
            "/news-sitemap.xml",
        ]
        early = 0
        while time.time() < story["live_from"] - 0.2:
            for surface in surfaces:
                status, seen = _shows(newsroom, surface)
                if time.time() < story["live_from"] and surface not in {"/authors/"}:
                    assert not seen, f"{surface} showed the story early"
                    assert surface != story["path"] or status == 404
                    early += 1
        assert early >= len(surfaces), "every surface was looked at before the instant"
        time.sleep(max(0.0, story["live_from"] - time.time()) + 0.05)
        missing = [surface for surface in surfaces if not _shows(newsroom, surface)[1]]
        assert missing == []
        assert time.time() < story["live_from"] + 5, "this machine is too slow to tell"


def _shows(newsroom: Served, path: str) -> tuple[int, bool]:
    """The status of a surface, and whether the story, or on the list of authors its author, is on it."""
    status, body = newsroom.get(path)
    return status, status == 200 and ("uicksilver" in body or "quicksilver" in body or "Ada Quill" in body)
