"""What is held is answered as Django would have answered it; and what is no page of the cache’s never is."""

from __future__ import annotations

import gzip

import brotli
import pytest
from pytest_django.fixtures import Settings

from tests.newsroom.pagecache.site import STORY, Site, ask, listening

pytestmark = pytest.mark.django_db


def test_a_page_is_rendered_once_and_then_answered_from_memory() -> None:
    cache = listening(site := Site())
    first, second = ask(cache), ask(cache)
    assert len(site.asked) == 1
    assert first.body == second.body
    assert (cache.numbers.misses, cache.numbers.hits, cache.numbers.stores) == (1, 1, 1)


def test_every_coding_is_the_same_page_with_its_own_length_and_a_tag_that_all_share() -> None:
    cache = listening(Site())
    plain = ask(cache)
    zipped = ask(cache, HTTP_ACCEPT_ENCODING="gzip, deflate")
    tight = ask(cache, HTTP_ACCEPT_ENCODING="gzip, deflate, br, zstd")
    assert gzip.decompress(zipped.body) == brotli.decompress(tight.body) == plain.body
    assert [each.headers.get("Content-Encoding") for each in (plain, zipped, tight)] == [None, "gzip", "br"]
    for each in (plain, zipped, tight):
        assert each.headers["Content-Length"] == str(len(each.body))
        assert each.headers["Vary"] == "Accept-Encoding"
        assert each.headers["ETag"] == plain.headers["ETag"]


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", None),
        ("identity", None),
        ("gzip;q=0, br;q=0", None),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("*", "br"),
        ("*;q=0", None),
        ("gzip; q=nonsense", None),
        ("GZIP", "gzip"),
        ("x-unknown, br;q=1.0", "br"),
    ],
)
def test_a_client_gets_no_coding_that_it_refuses(accepted: str, coding: str | None) -> None:
    assert ask(listening(Site()), HTTP_ACCEPT_ENCODING=accepted).headers.get("Content-Encoding") == coding


def test_a_page_that_no_coding_makes_shorter_stays_plain() -> None:
    assert "Content-Encoding" not in ask(listening(Site(text="")), HTTP_ACCEPT_ENCODING="br").headers


def test_a_picture_is_not_compressed_again() -> None:
    cache = listening(Site(headers=[("Content-Type", "image/png")]))
    for _ in range(2):
        assert "Content-Encoding" not in ask(cache, HTTP_ACCEPT_ENCODING="br").headers


def test_hits_are_logged_where_that_is_wished(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.PAGECACHE_LOG = True
    cache = listening(Site())
    with caplog.at_level("INFO", logger="newsroom.pagecache.layer"):
        ask(cache)
        name = ask(cache).headers["X-Request-ID"]
    assert caplog.messages == [f"held {name}"]


def test_who_has_the_page_is_told_so_with_a_304_also_the_one_for_whom_it_is_rendered() -> None:
    cache = listening(Site())
    tag = ask(cache).headers["ETag"]
    for given in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        answer = ask(cache, HTTP_IF_NONE_MATCH=given)
        assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", tag)
        assert answer.headers["Cache-Control"] == "no-cache"
        assert "Content-Length" not in answer.headers
    assert ask(cache, HTTP_IF_NONE_MATCH='"other"').status == 200
    assert cache.numbers.not_modified == 4
    assert ask(listening(Site()), HTTP_IF_NONE_MATCH=tag).status == 304


def test_a_tag_of_the_views_own_is_kept_and_weak_where_the_bytes_are_others() -> None:
    cache = listening(Site(headers=[("Content-Type", "application/xml"), ("ETag", '"abc"')]))
    assert ask(cache).headers["ETag"] == '"abc"'
    assert ask(cache, HTTP_ACCEPT_ENCODING="gzip").headers["ETag"] == 'W/"abc"'
    assert ask(cache, HTTP_IF_NONE_MATCH='W/"abc"').status == 304


def test_head_has_the_headers_of_get_and_no_body_held_or_not() -> None:
    cache = listening(site := Site())
    for _ in range(2):
        answer = ask(cache, method="HEAD")
        assert (answer.status, answer.body) == (200, b"")
        assert int(answer.headers["Content-Length"]) > 1000
    assert len(site.asked) == 1
    assert len(ask(cache).body) > 1000


def test_security_headers_are_held_and_every_answer_has_a_name_of_its_own() -> None:
    cache = listening(Site(headers=[("Content-Type", "text/html"), ("Content-Security-Policy", "default-src 'none'")]))
    answers = [ask(cache) for _ in range(3)]
    assert all(answer.headers["Content-Security-Policy"] == "default-src 'none'" for answer in answers)
    assert answers[0].headers["X-Request-ID"] == "django-1", "as the log calls it"
    assert len({answer.headers["X-Request-ID"] for answer in answers}) == 3


def test_browsers_ask_each_time_and_are_not_told_the_keys() -> None:
    headers = ask(listening(Site())).headers
    assert headers["Cache-Control"] == "no-cache"
    assert not {"Surrogate-Key", "Cache-Tag"} & headers.keys()


def test_what_hears_of_purges_in_front_is_told_the_keys_and_for_how_long(settings: Settings) -> None:
    settings.PAGECACHE_CDN = True
    settings.PAGECACHE_SECONDS = 100
    headers = ask(listening(Site(wears={"front", "article:1"}))).headers
    assert headers["Surrogate-Key"] == "article:1 front"
    assert headers["Cache-Tag"] == "article:1,front"
    told = dict(part.strip().partition("=")[::2] for part in headers["Cache-Control"].split(","))
    assert told["max-age"] == "0"
    assert 90 <= int(told["s-maxage"]) + int(told["stale-while-revalidate"]) <= 99


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": ""},
        {"wsgi_url_scheme": "http"},
        {"wsgi_url_scheme": "http", "HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_AUTHORIZATION": "Basic abc"},
        {"CONTENT_LENGTH": "7"},
        {"SCRIPT_NAME": "/elsewhere"},
        {"method": "POST"},
        {"method": "PURGE"},
        {"path": "/admin/"},
        {"path": "/static/css/base.css"},
        {"path": "/no/such/thing/"},
    ],
)
def test_what_is_not_the_caches_goes_to_django_as_it_came_and_is_not_kept(environ: dict[str, str]) -> None:
    cache = listening(site := Site())
    ask(cache)
    for _ in range(2):
        ask(cache, **{"HTTP_ACCEPT_ENCODING": "br", "HTTP_IF_NONE_MATCH": '"x"', **environ})
    assert len(site.asked) == 3
    assert site.asked[-1]["HTTP_IF_NONE_MATCH"] == '"x"'
    assert [key[0] for key in cache.store.pages] == [STORY]


def test_the_proxys_word_for_tls_counts_if_it_is_a_trusted_one(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ["203.0.113.9"]
    cache = listening(site := Site())
    for _ in range(2):
        ask(cache, wsgi_url_scheme="http", HTTP_X_FORWARDED_PROTO="https")
    assert len(site.asked) == 1
    ask(cache, wsgi_url_scheme="http", HTTP_X_FORWARDED_PROTO="http")
    assert len(site.asked) == 2


def test_an_address_that_a_trusted_proxy_says_was_written_in_percent_signs_is_djangos(settings: Settings) -> None:
    cache = listening(site := Site())
    for _ in range(2):
        ask(cache, HTTP_X_ORIGINAL_URI="/%77orld/")
    assert len(site.asked) == 1, "a stranger's word does not count"
    settings.TRUSTED_PROXIES = ["203.0.113.9"]
    cache = listening(site := Site())
    ask(cache, HTTP_X_ORIGINAL_URI=f"{STORY}?q=%77")
    for _ in range(2):
        ask(cache, HTTP_X_ORIGINAL_URI="/%77orld/")
    assert len(site.asked) == 3


@pytest.mark.parametrize(
    "site",
    [
        Site(wears=set()),
        Site(status="404 Not Found"),
        Site(status="410 Gone"),
        Site(status="301 Moved Permanently"),
        Site(status="500 Internal Server Error"),
        Site(headers=[("Set-Cookie", "a=b")]),
        Site(headers=[("Cache-Control", "no-store")]),
        Site(headers=[("Cache-Control", "max-age=9, private")]),
        Site(headers=[("Vary", "Cookie")]),
        Site(headers=[("Content-Security-Policy", "script-src 'nonce-abc'")]),
    ],
)
def test_what_is_no_page_for_everybody_is_never_held(site: Site) -> None:
    cache = listening(site)
    bodies = {ask(cache).body for _ in range(3)}
    assert len(bodies) == len(site.asked) == 3
    assert cache.store.pages == {}


def test_what_wears_nothing_is_asked_under_the_clients_own_conditions_and_held_once_it_wears() -> None:
    cache = listening(site := Site(wears=set()))
    for _ in range(2):
        ask(cache, HTTP_IF_NONE_MATCH='"abc"')
    assert site.asked[-1]["HTTP_IF_NONE_MATCH"] == '"abc"'
    site.wears.add("article:1")
    assert ask(cache).body == ask(cache).body
    assert len(site.asked) == 3


def test_a_cookie_of_somebody_elses_changes_nothing_and_does_not_get_into_a_page() -> None:
    cache = listening(site := Site())
    ask(cache, HTTP_COOKIE="_ga=1; consent=yes")
    ask(cache, HTTP_COOKIE="_ga=2")
    assert len(site.asked) == 1
    assert "HTTP_COOKIE" not in site.asked[0]


def test_what_no_coding_makes_shorter_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = listening(Site(headers=[("Content-Type", "image/png")]))
    ask(cache, HTTP_ACCEPT_ENCODING="gzip")
    monkeypatch.setattr(cache.store, "recount", lambda page: pytest.fail("nothing was added"))
    assert "Content-Encoding" not in ask(cache, HTTP_ACCEPT_ENCODING="gzip, br").headers
