"""Every kind of page for readers: what it answers, what its head says, and that nobody is recognised."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.template.loader import get_template
from taggit.models import Tag

from articles.models import FormerSlug, Section
from newsroom import settings as site
from tests.bulk import archive_of
from tests.factories import (
    DAY,
    HOUR,
    NOON,
    AuthorFactory,
    SectionFactory,
    managing_editor,
    photo,
    published,
)
from tests.readers import Page, Reader
from tests.surfaces import FORGED, addresses

pytestmark = pytest.mark.django_db

SITE = "https://www.example.org"
TEMPLATES = site.BASE_DIR / "templates" / "readers"


def world() -> list[str]:
    """Some stories, and the address of every HTML page that shows them."""
    parent = SectionFactory(name="Trade", slug="trade", description="Tariffs and ports.", colour="#8a1c1c")
    child = SectionFactory(name="Ports", slug="ports", parent=parent)
    author = AuthorFactory(name="Ines", slug="ines", role="Trade correspondent", biography="Writes.\n\nAnd reads.")
    archive_of(30, sections=[parent, child], authors=[author], tags=[], newest=NOON - DAY)
    story = published(
        section=child,
        bylines=[author, AuthorFactory()],
        tag_names=["Tariffs"],
        lead_photo=photo(alt_text="x"),
        kind="opinion",
    )
    return [path for path in addresses(story) if path.endswith("/") and "feed" not in path and path != FORGED]


def test_every_page_is_whole_and_says_what_it_is(reader: Reader) -> None:
    titles = []
    for path in world():
        page = reader.page(path)
        assert page.unclosed == [], path
        assert page.html.startswith("<!doctype html>"), path
        assert "&lt;" not in page.html, "markup of ours is shown as text"
        assert page.one("html")["lang"] == "en-GB"
        assert len(page.all("h1")) == 1, path
        assert len(page.all("main")) == 1
        [title] = page.text_of("title")
        assert title.startswith("The Northmere Courier") or title.endswith(" – The Northmere Courier")
        titles.append(title)
        assert page.one("link", rel="canonical")["href"] == f"{SITE}{path}"
        assert page.meta("description"), path
        for name in ("og:title", "og:description", "og:url", "og:type", "og:site_name", "twitter:card"):
            assert page.meta(name), (path, name)
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(ids) == len(set(ids)), path
        targets = {link["href"] for link in page.all("a") if link["href"].startswith("#")}
        assert targets <= {f"#{name}" for name in ids}, path
        assert all("alt" in image and "width" in image and "height" in image for image in page.all("img"))
    assert len(titles) == len(set(titles))


def test_a_biography_is_shown_in_its_paragraphs(reader: Reader) -> None:
    ines = AuthorFactory(biography="Writes <b>.\n\nAnd reads.")
    story = published(bylines=[ines])
    for path in (story.path, ines.get_absolute_url(), "/authors/"):
        assert "<p>Writes &lt;b&gt;.</p>\n\n<p>And reads.</p>" in reader.text(path), path


def test_no_page_runs_or_styles_anything_of_its_own_or_asks_anybody_else(reader: Reader) -> None:
    for path in [*world(), "/nowhere/"]:
        page = Page(reader.get(path).content.decode())
        assert page.all("style") == []
        for tag, attributes in page.elements:
            assert "style" not in attributes, (path, tag)
            assert not [name for name in attributes if name.startswith("on")], (path, tag)
            if tag == "script" and "src" not in attributes:
                assert attributes == {"type": "application/ld+json"}
            source = attributes.get("src") or (attributes.get("href") if tag == "link" else "") or ""
            assert source.startswith(("/static/", "/media/", "/manifest.webmanifest", SITE)) or not source, (
                path,
                source,
            )


def test_no_page_sets_a_cookie_or_depends_on_one(reader: Reader) -> None:
    for path in [*world(), "/feed/", "/nowhere/"]:
        response = reader.get(path)
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", ""), path
        plain = response.content
        assert reader.get(path, cookie="sessionid=abc; csrftoken=def").content == plain


def test_signed_in_editor_sees_the_same_bytes_as_a_stranger(reader: Reader) -> None:
    paths = world()
    plain = {path: reader.get(path).content for path in paths}
    reader.client.force_login(managing_editor(), backend="authors.backends.DeskBackend")
    for path in paths:
        assert reader.get(path).content == plain[path]


def test_pages_can_only_be_read(reader: Reader) -> None:
    for path in [*world(), "/feed/", "/sitemap.xml", "/robots.txt"]:
        assert reader.client.post(path, secure=True).status_code in (403, 405), path
        head = reader.client.head(path, secure=True)
        assert (head.status_code, head.content) == (200, b"")


def test_section_author_and_tag_of_an_old_address_redirect_in_one_hop(reader: Reader) -> None:
    section = SectionFactory(slug="trade")
    author = AuthorFactory(slug="ines")
    published(section=section, bylines=[author], tag_names=["Tariffs"])
    for slug in ("trade-and-ports", "commerce"):
        section.slug = slug
        section.save()
        author.slug = f"ines-{slug}"
        author.save()
    tag = Tag.objects.get()
    FormerSlug.objects.create(kind=FormerSlug.Kind.TAG, slug="duties", tag=tag)
    moves = {
        "/trade/": "/commerce/",
        "/trade-and-ports/": "/commerce/",
        "/trade/feed/": "/commerce/feed/",
        "/authors/ines/": "/authors/ines-commerce/",
        "/authors/ines/feed/": "/authors/ines-commerce/feed/",
        "/tags/duties/": "/tags/tariffs/",
        "/tags/duties/feed/": "/tags/tariffs/feed/",
    }
    for old, new in moves.items():
        response = reader.get(old)
        assert (response.status_code, response.headers["Location"]) == (301, new)
        assert reader.status(new) == 200


def test_old_address_of_an_author_without_a_live_story_leads_nowhere(reader: Reader) -> None:
    author = AuthorFactory(slug="ines")
    author.slug = "ines-h"
    author.save()
    assert reader.status("/authors/ines/") == 404
    assert reader.status("/authors/ines/feed/") == 404


def test_renaming_a_section_moves_no_published_story(reader: Reader) -> None:
    section = SectionFactory(slug="trade")
    edition = published(section=section)
    section.slug = "commerce"
    section.save()
    assert edition.path.startswith("/trade/")
    assert reader.status(edition.path) == 200
    assert edition.path in reader.text("/commerce/")


def test_section_without_stories_says_so(reader: Reader) -> None:
    SectionFactory(name="Trade", slug="trade")
    assert "There are no stories in Trade yet." in reader.text("/trade/")


def test_masthead_marks_the_section_that_one_is_in(reader: Reader) -> None:
    parent = SectionFactory(slug="trade")
    child = Section.objects.create(name="Ports", slug="ports", parent=parent)
    story = published(section=child)
    for path, current in (("/trade/", "page"), ("/ports/", "true"), (story.path, "true"), ("/", None)):
        here = [link.get("aria-current") for link in reader.page(path).all("a", href="/trade/")]
        assert [value for value in here if value] == ([current] if current else []), path


def test_archive_lists_the_months_of_the_newsrooms_calendar_and_no_others(reader: Reader) -> None:
    reader.at = NOON.replace(month=9)
    published(at=NOON.replace(month=3), headline="In March")
    # An hour before midnight in UTC is July already in the newsroom's summer time.
    published(at=NOON.replace(month=6, day=30, hour=23, minute=30), headline="In July")
    page = reader.page("/archive/")
    months = [link["href"] for link in page.all("a") if link["href"].startswith("/archive/2")]
    assert months == ["/archive/2026/07/", "/archive/2026/03/"]
    july = reader.page("/archive/2026/07/")
    assert "In July" in july.html
    assert "/archive/2026/03/" in [link["href"] for link in july.all("a")]
    for path in ("/archive/2026/06/", "/archive/2026/13/", "/archive/0000/01/", "/archive/9999/12/"):
        assert reader.status(path) == 404, path


def test_every_template_of_the_readers_pages_loads() -> None:
    names = [str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.*")]
    assert len(names) > 20
    for name in names:
        assert get_template(name, using="readers")


def test_system_checks_find_nothing() -> None:
    published(at=NOON - HOUR)
    call_command("check", databases=["default"], fail_level="WARNING")
