"""Every public surface × every state of a story: what readers may not see changes not one byte of what they get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse

from articles import publishing
from articles.models import Article, Correction, Edition, Kind, Section, Stage
from tests.factories import (
    DAY,
    HOUR,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    kept,
    managing_editor,
    published,
    revised,
    scheduled,
)
from tests.readers import Reader
from tests.surfaces import ARGUMENTS, NO_PAGE, addresses, routes

pytestmark = pytest.mark.django_db

# Headers that differ with each request or by the clock, and say nothing of what was found.
RANDOM_HEADERS = frozenset({"X-Request-ID", "Expires"})


def texts(mark: str) -> dict[str, Any]:
    """Every text that a writer types, each with the state's mark."""
    return {
        "headline": f"{mark} headline",
        "short_headline": f"{mark} short headline",
        "kicker": f"{mark} kicker",
        "standfirst": f"{mark} standfirst",
        "teaser": f"{mark} teaser",
        "dateline": f"{mark} dateline",
        "seo_title": f"{mark} search title",
        "seo_description": f"{mark} search description",
        "social_title": f"{mark} social title",
        "body": f"<h2>{mark} subhead</h2><p>{mark} body</p>",
    }


@dataclass
class World:
    """One story of each state. All but the live ones have an author and a tag that nobody else has."""

    section: Section
    live: Edition
    changed: Edition
    withdrawn: Edition
    draft: Article
    in_review: Article
    scheduled: Edition


def story(mark: str, section: Section, **attributes: Any) -> dict[str, Any]:
    """Attributes of a story that can be known by its mark wherever it shows."""
    return {
        **texts(mark),
        "section": section,
        "bylines": [AuthorFactory(name=f"{mark} author", slug=f"{mark}-author".lower())],
        "tag_names": [f"{mark} tag"],
        **attributes,
    }


def public_world() -> tuple[Section, Edition, Edition, Edition]:
    """What readers see: a live story, one that will get unpublished changes, one that was withdrawn."""
    section = SectionFactory(name="Trade", slug="trade")
    live = published(at=NOON - 3 * HOUR, **story("Zlive", section))
    note = {"text": "Zlive note", "kind": Correction.Kind.EDITORS_NOTE}
    head = kept(live.article)
    publishing.correct(live.article, revision=head, by=managing_editor(), at=NOON - 2.5 * HOUR, **note)  # type: ignore[arg-type]
    changed = published(at=NOON - 2 * HOUR, **story("Zbefore", section))
    withdrawn = published(at=NOON - DAY, **story("Zwithdrawn", section))
    publishing.withdraw(withdrawn.article, by=managing_editor(), at=NOON - HOUR)
    return section, live, changed, withdrawn


def hidden_world(section: Section, live: Edition, changed: Edition, withdrawn: Edition) -> World:
    """What readers do not see, tied to what they see in every way that a desk can tie it."""
    draft = ArticleFactory(**story("Zdraft", section))
    kept(draft)
    in_review = ArticleFactory(**story("Zreview", section, stage=Stage.IN_REVIEW, kind=Kind.OPINION))
    kept(in_review)
    upcoming = scheduled(live_from=NOON + HOUR, at=NOON - HOUR, **story("Zscheduled", section))
    update = revised(changed.article, at=NOON - HOUR, **texts("Zupdate"))
    publishing.schedule(changed.article, revision=update, live_from=NOON + HOUR, by=managing_editor(), at=NOON - HOUR)
    revised(changed.article, at=NOON - HOUR / 2, **texts("Zafter"))
    changed.article.tags.add("Zafter tag")
    kept(changed.article, at=NOON - HOUR / 4)
    return World(section, live, changed, withdrawn, draft, in_review, upcoming)


def answer(response: HttpResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Everything of a response that a stranger could learn from."""
    headers = sorted(item for item in response.headers.items() if item[0] not in RANDOM_HEADERS)
    return response.status_code, response.content, headers


def everything(reader: Reader, paths: list[str]) -> dict[str, tuple[int, bytes, list[tuple[str, str]]]]:
    """What each address answers."""
    return {path: answer(reader.get(path)) for path in paths}


def test_every_public_route_is_known_to_this_test() -> None:
    assert set(routes()) == set(ARGUMENTS)


def test_live_story_shows_on_every_surface_that_lists_stories(reader: Reader) -> None:
    _, live, _, _ = public_world()
    silent = {"/robots.txt", "/healthz", "/readyz", "/archive/", "/sitemap.xml", "/sitemap-pages.xml"}
    silent |= {"/manifest.webmanifest", "/.well-known/security.txt"}
    for path in set(addresses(live)) - NO_PAGE:
        body = reader.text(path).lower()
        assert "zlive" in body or path in silent or path.endswith(".png"), path  # a card's words are drawn


def test_what_is_not_live_changes_not_one_byte_of_any_surface(reader: Reader) -> None:
    public = public_world()
    paths = sorted({path for edition in public[1:] for path in addresses(edition)})
    before = everything(reader, paths)
    hidden_world(*public)
    after = everything(reader, paths)
    for path in paths:
        assert after[path] == before[path], path


def test_no_surface_names_what_is_not_live(reader: Reader) -> None:
    world = hidden_world(*public_world())
    marks = (b"zdraft", b"zreview", b"zscheduled", b"zupdate", b"zafter", b"zwithdrawn")
    known = [world.live, world.changed]
    for path in sorted({path for edition in known for path in addresses(edition)}):
        status, body, headers = answer(reader.get(path))
        said = body.lower() + repr(headers).lower().encode()
        assert [mark for mark in marks if mark in said and mark not in path.encode()] == [], path
        assert status == 200 or b"zafter" in path.encode() or path in NO_PAGE, path


def test_address_of_what_is_not_live_answers_as_one_never_heard_of(reader: Reader) -> None:
    world = hidden_world(*public_world())
    for mark in ("zdraft", "zreview", "zscheduled", "zafter"):
        for known, unknown in (
            (f"/authors/{mark}-author/", "/authors/nobody/"),
            (f"/authors/{mark}-author/feed/", "/authors/nobody/feed/"),
            (f"/tags/{mark}-tag/", "/tags/nothing/"),
            (f"/tags/{mark}-tag/feed/", "/tags/nothing/feed/"),
        ):
            assert answer(reader.get(known)) == answer(reader.get(unknown)), known
            assert reader.status(known) == 404
    upcoming = world.scheduled.path
    assert answer(reader.get(upcoming)) == answer(reader.get("/trade/2026/02/03/never-heard-of/"))
    assert answer(reader.get(upcoming)) == answer(reader.get("/never-heard-of/"))
    assert reader.status(upcoming) == 404


def test_withdrawn_story_is_gone_with_a_notice_and_off_every_list(reader: Reader) -> None:
    *_, withdrawn = public_world()
    response = reader.get(withdrawn.path)
    assert response.status_code == 410
    assert "withdrawn" in response.content.decode()
    assert b"zwithdrawn" not in response.content.lower()
    for path in addresses(withdrawn):
        assert b"zwithdrawn" not in reader.get(path).content.lower(), path
    for path in ("/authors/zwithdrawn-author/", "/tags/zwithdrawn-tag/", "/authors/zwithdrawn-author/feed/"):
        assert reader.status(path) == 404


def test_scheduled_story_appears_everywhere_to_the_second(reader: Reader) -> None:
    world = hidden_world(*public_world())
    lists = ["/", "/trade/", "/feed/", "/trade/feed/", "/news-sitemap.xml", "/sitemap-2026-02.xml", "/authors/"]
    own = [
        world.scheduled.path,
        "/authors/zscheduled-author/",
        "/authors/zscheduled-author/feed/",
        "/tags/zscheduled-tag/",
        "/tags/zscheduled-tag/feed/",
    ]
    reader.at = NOON + HOUR - HOUR / 3600
    assert [reader.status(path) for path in own] == [404] * len(own)
    assert not any("zscheduled" in reader.text(path).lower() for path in lists)
    reader.at = NOON + HOUR
    assert [reader.status(path) for path in own] == [200] * len(own)
    assert all("zscheduled" in reader.text(path).lower() for path in lists)
    assert "Zupdate body" in reader.text(world.changed.path)
    assert "Zafter" not in reader.text(world.changed.path)


def test_picks_and_links_to_what_is_not_live_do_not_show(reader: Reader) -> None:
    section = SectionFactory(name="Trade", slug="trade")
    draft = ArticleFactory(**story("Zdraft", section))
    kept(draft)
    upcoming = scheduled(live_from=NOON + HOUR, **story("Zscheduled", section))
    live = published(
        at=NOON - 2 * HOUR,
        related=[draft, upcoming.article],
        **story("Zlive", section)
        | {
            "body": f'<p>See <a data-article="{draft.pk}">one</a>, <a data-article="{upcoming.article_id}">two</a>.</p>'
        },
    )
    page = reader.text(live.path)
    assert "See one, two.</p>" in page
    assert "zdraft" not in page.lower()
    assert "zscheduled" not in page.lower()
    reader.at = NOON + HOUR
    page = reader.text(live.path)
    assert f'<a href="{upcoming.path}">two</a>' in page
    assert "Zscheduled short headline" in page
