"""Addresses that are nearly right: one hop to one that answers, or the same answer as for one never heard of."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.db import reset_queries
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from taggit.models import Tag

from articles import publishing
from articles.models import Edition, FormerSlug, Section
from newsroom.redirects import candidates
from tests.factories import (
    DAY,
    HOUR,
    NOON,
    AuthorFactory,
    SectionFactory,
    managing_editor,
    published,
    scheduled,
)
from tests.readers import Reader

pytestmark = pytest.mark.django_db

ROBOTS = "/robots.txt"


@pytest.fixture
def story() -> Edition:
    """A live story of the section Trade, signed by Ines and tagged Ports."""
    section = SectionFactory(name="Trade", slug="trade")
    bylines = [AuthorFactory(name="Ines", slug="ines")]
    return published(headline="Harbour", section=section, bylines=bylines, tag_names=["Ports"])


def full(path: str) -> str:
    """An address as Django's test client takes it, which would read //a/ as a host."""
    return f"https://testserver{path}"


def led(reader: Reader, path: str) -> str:
    """Where an address leads in its one hop; the target must answer, for HEAD too."""
    asked = full(path)
    response = reader.get(asked)
    assert response.status_code == 301, f"{path} answered {response.status_code}"
    location: str = response.headers["Location"]
    assert location.startswith("/"), location
    assert not location.startswith("//"), location
    head: Any = reader.client.head(asked, secure=True)
    assert (head.status_code, head.headers["Location"], head.content) == (301, location, b"")
    assert reader.status(location) == 200, f"{path} → {location}"
    return location


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/trade", "/trade/"),
        ("/TRADE/", "/trade/"),
        ("/Trade", "/trade/"),
        ("/trade//", "/trade/"),
        ("//trade/", "/trade/"),
        ("/./trade/./", "/trade/"),
        ("/trade/index.html", "/trade/"),
        ("/trade/amp/", "/trade/"),
        ("/trade/page/2/", "/trade/"),
        ("/trade/).", "/trade/"),
        ("/tr%2561de/", "/trade/"),
        ("/index.html", "/"),
        ("/index.php", "/"),
        ("/page/7/", "/"),
        ("/Authors", "/authors/"),
        ("/authors/INES", "/authors/ines/"),
        ("/tags/Ports", "/tags/ports/"),
        ("/archive/2026/02", "/archive/2026/02/"),
        ("/robots.txt/", ROBOTS),
        ("/Sitemap.XML", "/sitemap.xml"),
        ("/feed", "/feed/"),
        ("/feed/rss", "/feed/rss/"),
        ("/FEED/JSON", "/feed/json/"),
        ("/feed/atom/", "/feed/"),
        ("/feed/rss2/", "/feed/rss/"),
        ("/rss/", "/feed/rss/"),
        ("/rss.xml", "/feed/rss/"),
        ("/index.xml", "/feed/rss/"),
        ("/feed.xml", "/feed/"),
        ("/atom.xml", "/feed/"),
        ("/feed.json", "/feed/json/"),
        ("/trade/rss.xml", "/trade/feed/rss/"),
        ("/authors/ines/feed/atom", "/authors/ines/feed/"),
        ("/tags/ports/feed.json", "/tags/ports/feed/json/"),
    ],
)
def test_variant_leads_to_the_one_address(reader: Reader, story: Edition, asked: str, meant: str) -> None:
    assert led(reader, asked) == meant


def test_every_variant_of_a_story_leads_to_it(reader: Reader, story: Edition) -> None:
    path = story.path
    variants = [path[:-1], path.upper(), f"/{path}", f"{path}/", f"{path}index.html", f"{path}amp", f"{path}page/2/"]
    for variant in [*variants, path.replace("/2026/", "//2026/"), f"{path},", path.replace("harbour", "harb%256fur")]:
        assert led(reader, variant) == path


def test_query_is_kept_and_written_anew(reader: Reader, story: Edition) -> None:
    after = f"{int((NOON + DAY).timestamp())}000000-9"
    assert led(reader, f"/trade?after={after}&utm_source=x") == f"/trade/?after={after}&utm_source=x"
    assert led(reader, f"{story.path[:-1]}?a=1&b=%22%3E&a=2") == f"{story.path}?a=1&a=2&b=%22%3E"


def test_every_old_address_leads_to_the_new_one_in_every_format_with_its_query(reader: Reader, story: Edition) -> None:
    section, author = Section.objects.get(), story.bylines.get().author
    for thing, slug in ((section, "commerce"), (author, "ines-h")):
        thing.slug = slug
        thing.save()
    FormerSlug.objects.create(kind=FormerSlug.Kind.TAG, slug="harbours", tag=Tag.objects.get())
    old_and_new = {"/trade/": "/commerce/", "/authors/ines/": "/authors/ines-h/", "/tags/harbours/": "/tags/ports/"}
    for old, new in old_and_new.items():
        for feed in ("", "feed/", "feed/rss/", "feed/json/"):
            assert led(reader, f"{old}{feed}") == f"{new}{feed}"
            assert led(reader, f"{old.upper()}{feed}"[:-1]) == f"{new}{feed}"
            assert led(reader, f"{old}{feed}?utm_source=x") == f"{new}{feed}?utm_source=x"
        assert led(reader, f"{old}feed/atom/") == f"{new}feed/"
        assert led(reader, f"{old}?page=3&x=1") == f"{new}?x=1"
        assert led(reader, f"{old}page/3/") == new
        after = f"{int((NOON + DAY).timestamp())}000000-9"
        assert led(reader, f"{old}?after={after}") == f"{new}?after={after}"


def test_place_in_a_list_that_is_no_more_is_left_out_of_a_redirect(reader: Reader, story: Edition) -> None:
    section = Section.objects.get()
    section.slug = "commerce"
    section.save()
    assert led(reader, "/trade/?after=1000000-1") == "/commerce/"


def test_old_address_of_a_story_leads_to_it_from_every_variant(reader: Reader, story: Edition) -> None:
    moved = publishing.change_address(story.article, slug="elsewhere", by=managing_editor(), at=NOON - HOUR / 2)
    for variant in (story.path, story.path[:-1], story.path.upper(), f"{story.path}amp/"):
        assert led(reader, variant) == moved.path
        assert led(reader, f"{variant}?a=b") == f"{moved.path}?a=b"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/%74rade/", "/trade/"),
        ("/trade%2F", "/trade/"),
        ("/robots%2etxt", "/robots.txt"),
        ("/%66eed/%72ss/", "/feed/rss/"),
    ],
)
def test_percent_encoded_address_leads_to_the_plain_one_where_a_proxy_says_how_it_was_written(
    reader: Reader, story: Edition, settings: Settings, written: str, meant: str
) -> None:
    page = reader.get(written, x_original_uri=written)
    assert page.status_code == 200, "A stranger's word is not believed."
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    behind = Reader()
    response = behind.get(f"{written}?a=%41", x_original_uri=f"{written}?a=%41")
    assert (response.status_code, response.headers["Location"]) == (301, f"{meant}?a=A")
    assert response.headers["Cache-Control"] == "no-store"
    for path in (meant, "/elsewhere%2F"):
        assert behind.get(meant, x_original_uri=path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/trade/", "/authors/", "/authors/ines/", "/tags/ports/", "/corrections/"])
def test_numbered_pages_of_other_systems_lead_to_the_beginning(reader: Reader, story: Edition, path: str) -> None:
    assert led(reader, f"{path}?page=2") == path
    assert led(reader, f"{path}?paged=12&utm_medium=mail") == f"{path}?utm_medium=mail"
    for nonsense in ("x", "0", "-1", "2.5", "", "9" * 99):
        assert reader.status(f"{path}?page={nonsense}") == 404
        assert reader.status(f"{path}?page=2&page={nonsense}") == 404


def test_feed_of_another_system_is_found_by_its_query(reader: Reader, story: Edition) -> None:
    assert led(reader, "/?feed=rss2") == "/feed/rss/"
    assert led(reader, "/trade/?feed=atom") == "/trade/feed/"
    assert reader.status("/?feed=nonsense") == 200


@pytest.mark.parametrize("query", ["utm_source=x&utm_medium=y", "fbclid=z", "p=123", "amp=1", "feed=", "q"])
def test_other_queries_change_nothing_and_the_page_names_its_clean_address(
    reader: Reader, story: Edition, query: str
) -> None:
    for path in ("/", "/trade/", story.path):
        page = reader.page(f"{path}?{query}")
        assert page.one("link", rel="canonical")["href"] == f"https://www.example.org{path}"
    assert reader.get(f"/?{query}").content == reader.get("/").content


def test_number_means_nothing_on_what_is_no_list(reader: Reader, story: Edition) -> None:
    for path in (story.path, "/feed/", ROBOTS):
        assert reader.status(f"{path}?page=2") == 200


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/Nothing/",
        "/trade/nothing",
        "//evil.example/",
        "//evil.example/trade/..",
        "/\\evil.example/",
        "/%5Cevil.example/",
        "/%252F%252Fevil.example/",
        "/trade/../../etc/passwd",
        "/trade/%0d%0aLocation:%20x/",
        "/trade/%250d%250aSet-Cookie:a=b/",
        "/tr%00ade/",
        "/page/0/",
        "/page/x/",
        "/trade/rss/rss/",
        "/PREVIEW/1:forged/",
        "/HEALTHZ",
        "/static/nothing",
        "/media/nothing",
        "/" + "a" * 5000,
        "/trade/" + "é" * 100,
    ],
)
def test_nothing_leads_to_a_page_that_is_not_there_or_elsewhere(reader: Reader, story: Edition, path: str) -> None:
    response = reader.get(full(path))
    assert response.status_code == 404
    assert "Location" not in response.headers


def test_desk_keeps_its_own_rule_for_a_missing_slash(reader: Reader) -> None:
    assert reader.get("/admin").headers["Location"] == "/admin/"
    assert reader.status("/Admin/") == 404
    assert reader.status("/admin//") == 404 or reader.get("/admin//").headers["Location"].startswith("/admin/login/")


def test_what_is_posted_is_never_sent_elsewhere(reader: Reader, story: Edition) -> None:
    for path in ("/trade", "/TRADE/", "/rss/", "/trade/?page=2"):
        response = reader.client.post(path, {"a": "b"}, secure=True)
        assert response.status_code in (403, 404, 405), path


def test_variant_of_what_is_not_live_answers_as_one_never_heard_of(reader: Reader) -> None:
    coming = scheduled(headline="Secret", slug="secret", section=SectionFactory(slug="trade"))
    unheard = coming.path.replace("secret", "never")

    def said(path: str) -> tuple[int, bytes, list[tuple[str, str]]]:
        response = reader.get(full(path))
        return response.status_code, response.content, sorted(set(response.headers.items()) - _named(response))

    for change in (str, str.upper, lambda path: path[:-1], lambda path: f"/{path}amp/", lambda path: f"{path}?page=2"):
        assert said(change(coming.path)) == said(change(unheard))
        assert said(change(coming.path))[0] == 404


def _named(response: Any) -> set[tuple[str, str]]:
    return {("X-Request-ID", response.headers["X-Request-ID"])}


def test_variant_of_a_withdrawn_story_says_that_it_is_gone(reader: Reader, story: Edition) -> None:
    publishing.withdraw(story.article, by=managing_editor(), at=NOON - HOUR / 2)
    for path in (story.path, story.path[:-1], story.path.upper()):
        assert reader.status(full(path)) == 410


def test_address_that_is_right_costs_no_query_more(reader: Reader, story: Edition) -> None:
    reader.get(story.path)
    plainly = len(reader.queries)
    reader.get(f"{story.path}?utm_source=x")
    assert len(reader.queries) == plainly


def test_candidates_are_plain_paths() -> None:
    assert list(candidates("//A//b/./C")) == ["/a/b/c/", "/a/b/c", "/A/b/C/", "/A/b/C"]
    assert list(candidates("/")) == ["/"]
    assert list(candidates("/a/../b/")) == []


SPELLINGS = st.sampled_from(
    [
        str.upper,
        str.title,
        str.swapcase,
        lambda path: path.rstrip("/") or "/",
        lambda path: f"{path}/",
        lambda path: path.replace("/", "//"),
        lambda path: path.replace("/", "/./", 1),
        lambda path: f"{path.rstrip('/')}/index.html",
        lambda path: f"{path.rstrip('/')}/amp/",
        lambda path: "".join(f"%{ord(each):02x}" if each in "-_.~aE" else each for each in path),
        lambda path: quote(quote(path), safe="/"),
        lambda path: f"{path}?utm_source=x&page=2",
    ]
)
# What stands after an address in a sentence comes last of all.
SENTENCES = st.just(lambda path: f"{path.rstrip('/') or '/'}.")


def test_any_variant_of_any_public_address_is_at_most_one_hop_from_a_page(
    reader: Reader, story: Edition, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    section = Section.objects.get()
    publishing.change_address(story.article, slug="elsewhere", by=managing_editor(), at=NOON - HOUR / 2)
    section.slug = "commerce"
    section.save()
    kinds = ("", "feed/", "feed/rss/", "feed/json/")
    pages = ["/", "/trade/", "/commerce/", "/authors/ines/", "/tags/ports/"]
    addresses = [f"{page}{kind}" for page in pages for kind in kinds]
    addresses += [story.path, "/authors/", "/archive/", "/archive/2026/02/", "/corrections/", ROBOTS, "/sitemap.xml"]
    addresses += ["/sitemap-2026-02.xml", "/news-sitemap.xml"]

    @given(address=st.sampled_from(addresses), change=SPELLINGS, second=SPELLINGS | SENTENCES)
    def every(address: str, change: Any, second: Any) -> None:
        reset_queries()  # a connection remembers 9,000, and then complains
        asked = change(address)
        asked = asked if "?" in asked or "%" in asked else second(asked)
        response = reader.get(full(asked), x_original_uri=asked)
        if response.status_code == 301:
            location = response.headers["Location"]
            assert urlsplit(location).netloc == ""
            response = reader.get(location)
        else:
            assert asked.partition("?")[0] in addresses, "What is not the address itself is never the page's."
        assert response.status_code == 200, asked

    every()
