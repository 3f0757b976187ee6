"""One rendering at a time for each page; what waits gets it, if it may; a slow one holds up nobody else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings

from newsroom.pagecache import layer, warming
from newsroom.pagecache.layer import PageCache
from tests.newsroom.pagecache.site import STORY, Answer, Site, ask, listening

# The clock is measured before there are threads, so that they need no database.
pytestmark = pytest.mark.django_db

OTHER = "/world/2026/03/02/other/"


def readers_of(pool: ThreadPoolExecutor, cache: PageCache, many: int) -> list[Future[Answer]]:
    """Readers in threads of their own, all but one of whom wait for a rendering when this returns."""
    readers = [pool.submit(ask, cache) for _ in range(many)]
    until(lambda: waiting(cache) == many - 1)
    return readers


def waiting(cache: PageCache) -> int:
    """How many wait for the story."""
    flight = next((each for key, each in list(cache._flights._under_way.items()) if key[0] == STORY), None)
    return len(flight._over._cond._waiters) if flight else 0  # type: ignore[attr-defined]


def until(holds: Callable[[], bool]) -> None:
    """Wait for something, and not for ever."""
    pause = threading.Event()
    for _ in range(2000):
        if holds():
            return
        pause.wait(0.01)
    raise AssertionError("it never came to be")


def behind_a_gate(**about: Any) -> tuple[PageCache, Site, threading.Semaphore]:
    """A page cache in front of a site whose renderings end one by one, as the semaphore is released."""
    gate = threading.Semaphore(0)
    site = Site(**about, gate=gate)
    return listening(site), site, gate


def test_readers_of_a_cold_page_wait_for_one_rendering_and_others_for_nobody() -> None:
    cache, site, gate = behind_a_gate()
    gate.release()
    ask(cache, OTHER)
    with ThreadPoolExecutor(16) as pool:
        readers = readers_of(pool, cache, 16)
        assert ask(cache, OTHER).status == 200
        gate.release()
        bodies = {reader.result(20).body for reader in readers}
    assert len(bodies) == 1
    assert len(site.asked) == 2
    assert cache.numbers.shared == 15


def test_a_page_that_changed_while_it_was_rendered_goes_to_nobody_who_waited_for_it() -> None:
    cache, site, gate = behind_a_gate()
    with ThreadPoolExecutor(4) as pool:
        readers = readers_of(pool, cache, 4)
        cache.store.purge(frozenset({"article:1"}))
        gate.release()
        until(lambda: waiting(cache) == 2)
        gate.release()
        bodies = [reader.result(20).body for reader in readers]
    assert len(site.asked) == 2
    assert sorted(bodies.count(body) for body in set(bodies)) == [1, 3]
    assert cache.numbers.stores == 1


def test_a_page_that_may_not_be_kept_is_good_for_those_who_came_before_it_began() -> None:
    cache, site, gate = behind_a_gate()
    cache.trust.give_up()
    with ThreadPoolExecutor(5) as pool:
        readers = readers_of(pool, cache, 4)
        gate.release()
        until(lambda: waiting(cache) == 2)
        readers.append(pool.submit(ask, cache))
        until(lambda: waiting(cache) == 3)
        gate.release()
        until(lambda: sum(reader.done() for reader in readers) == 4)
        gate.release()
        bodies = [reader.result(20).body for reader in readers]
    assert len(site.asked) == 3
    assert sorted(bodies.count(body) for body in set(bodies)) == [1, 1, 3], "who came last got one of their own"
    assert cache.store.pages == {}


def test_a_failure_lets_the_next_one_try() -> None:
    cache, site, gate = behind_a_gate(status="500 Internal Server Error")
    with ThreadPoolExecutor(3) as pool:
        readers = readers_of(pool, cache, 3)
        gate.release()
        until(lambda: waiting(cache) == 1)
        site.status = "200 OK"
        gate.release()
        assert sorted(reader.result(20).status for reader in readers) == [200, 200, 500]
    assert len(site.asked) == 2


def test_an_exception_lets_the_next_one_try() -> None:
    def failing(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        raise RuntimeError("no page")

    cache = listening(Site())
    cache._application = failing
    for _ in range(2):
        with pytest.raises(RuntimeError):
            ask(cache)
    assert cache._flights._under_way == {}


def test_what_is_no_page_is_asked_for_by_each() -> None:
    cache, site, gate = behind_a_gate(status="410 Gone")
    with ThreadPoolExecutor(4) as pool:
        readers = readers_of(pool, cache, 4)
        gate.release(4)
        assert {reader.result(20).status for reader in readers} == {410}
    assert len(site.asked) == 4


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layer, "PATIENCE", 0.05)
    cache, site, gate = behind_a_gate()
    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(ask, cache) for _ in range(2)]
        until(lambda: len(site.asked) == 2)
        gate.release(2)
        assert {reader.result(20).status for reader in readers} == {200}


def test_the_hottest_of_what_was_purged_is_rendered_again_before_anybody_asks() -> None:
    cache = listening(site := Site(wears={"front"}))
    paths = [f"/world/2026/03/02/story-{number}/" for number in range(30)]
    for number, path in enumerate(paths):
        for _ in range(3 + number):
            ask(cache, path)
    ask(cache, OTHER)
    cache.warming.let_go(cache.store.purge(frozenset({"front"})))
    until(lambda: len(cache.store.pages) == 20)
    assert [each["PATH_INFO"] for each in site.asked[31:]] == paths[:9:-1]
    assert cache.numbers.warmed == 20
    ask(cache, paths[29])
    assert len(site.asked) == 51


def test_a_page_that_grows_too_old_is_renewed_beside_those_who_ask_for_it() -> None:
    cache = listening(site := Site())
    [old] = {ask(cache).body for _ in range(4)}
    [page] = cache.store.pages.values()
    assert page.expires - page.renew == pytest.approx(settings.PAGECACHE_SECONDS * 2 / 3)
    page.renew = cache.store.now() - 1
    assert ask(cache).body == old
    until(lambda: len(site.asked) == 2)
    until(lambda: ask(cache).body != old)
    assert len(site.asked) == 2


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_what_many_ask_for_is_compressed_as_well_as_can_be(coding: str) -> None:
    cache = listening(Site(text=" ".join(f"word-{number * 7919 % 1000}" for number in range(4000))))
    first = ask(cache, HTTP_ACCEPT_ENCODING=coding).body
    for _ in range(60):
        ask(cache, HTTP_ACCEPT_ENCODING=coding)
    until(lambda: len(ask(cache, HTTP_ACCEPT_ENCODING=coding).body) < len(first))


def test_a_page_that_is_told_apart_by_accept_is_renewed_too() -> None:
    cache = listening(site := Site(headers=[("Content-Type", "application/atom+xml"), ("Vary", "Accept")]))
    old = ask(cache, "/feed/").body
    assert ask(cache, "/feed/").body == old
    [page] = cache.store.pages.values()
    page.renew = cache.store.now() - 1
    assert ask(cache, "/feed/").body == old
    until(lambda: len(site.asked) == 2)
    until(lambda: ask(cache, "/feed/").body != old)


def test_a_renewal_for_which_there_is_no_room_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = listening(site := Site())
    ask(cache)
    [page] = cache.store.pages.values()
    page.renew = cache.store.now() - 1
    with monkeypatch.context() as full:
        full.setattr(warming, "MOST_WAITING", 0)
        ask(cache)
    assert len(site.asked) == 1
    ask(cache)
    until(lambda: len(site.asked) == 2)


def test_a_page_that_comes_with_fame_is_compressed_as_well_as_can_be() -> None:
    cache = listening(Site(wears={"front"}, text=" ".join(f"word-{number * 7919 % 1000}" for number in range(4000))))
    first = ask(cache, HTTP_ACCEPT_ENCODING="br").body
    for _ in range(150):
        ask(cache, HTTP_ACCEPT_ENCODING="br")
    cache.store.purge(frozenset({"front"}))
    until(lambda: len(ask(cache, HTTP_ACCEPT_ENCODING="br").body) < len(first))
