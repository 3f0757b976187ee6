"""What a transaction tells reaches the worker with its commit; a broken line is made again before anything is shown."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from time import monotonic

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from newsroom import clock, pagecache
from newsroom.pagecache.layer import PageCache
from newsroom.pagecache.page import Page
from tests.newsroom.pagecache import plans
from tests.newsroom.pagecache.relay import Relay
from tests.newsroom.pagecache.site import STORY, Site, ask

pytestmark = pytest.mark.django_db(transaction=True)

OTHER = "/world/2026/03/02/other/"


@pytest.fixture
def relay() -> Iterator[Relay]:
    """The way to the database."""
    found = Relay()
    yield found
    found.close()


@pytest.fixture
def site() -> Site:
    """The site behind the cache."""
    return Site()


@pytest.fixture
def cache(site: Site, relay: Relay, settings: Settings) -> Iterator[PageCache]:
    """A page cache that listens, through the relay, and holds the story."""
    settings.PAGECACHE_PLAN = "tests.newsroom.pagecache.plans.planned"
    plans.PLANNED.clear()
    plans.ASKED.clear()
    found = PageCache(site)
    found.line.address = relay.address
    ask(found)
    until(lambda: found.trust.listens)
    ask(found)
    assert shows_held(found)
    yield found
    found.line.stop()


def shows_held(cache: PageCache, path: str = STORY) -> bool:
    """Whether the next reader would be answered from memory."""
    before = cache.numbers.hits
    ask(cache, path)
    return cache.numbers.hits > before


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for something, and not for ever."""
    pause, deadline = threading.Event(), monotonic() + seconds
    while not holds():
        assert monotonic() < deadline, "it never came to be"
        pause.wait(0.005)


def is_held(cache: PageCache, path: str = STORY) -> bool:
    """Whether a page is in memory."""
    return (path, "", "") in cache.store.pages


def heard(cache: PageCache) -> None:
    """Return when everything that was committed has been heard."""
    before = cache.store._sequence
    pagecache.purge({"nothing:1"})
    until(lambda: cache.store._sequence > before)


def test_a_purge_comes_with_the_commit_and_not_before(cache: PageCache) -> None:
    [page] = _pages(cache)
    with transaction.atomic():
        pagecache.purge({"article:1", "front"})
        threading.Event().wait(0.3)
        assert page in _pages(cache)
    until(lambda: page not in _pages(cache))
    assert cache.numbers.purges == {"article": 1, "front": 1}


def test_what_is_rolled_back_purges_nothing_also_to_a_savepoint(cache: PageCache) -> None:
    with transaction.atomic():
        pagecache.purge({"article:1"})
        transaction.set_rollback(True)
    with transaction.atomic():
        with transaction.atomic():
            pagecache.flush()
            transaction.set_rollback(True)
        pagecache.purge({"article:2"})
    heard(cache)
    assert is_held(cache)
    assert cache.numbers.purges == {"article": 1, "nothing": 1}


def test_more_keys_than_are_worth_sending_are_a_flush_and_none_is_nothing(cache: PageCache) -> None:
    flushes = cache.numbers.flushes
    pagecache.purge(())
    pagecache.purge(f"tag:{number}" for number in range(200))
    heard(cache)
    assert cache.numbers.flushes == flushes
    assert is_held(cache)
    pagecache.purge(f"tag:{number}" for number in range(201))
    until(lambda: cache.numbers.flushes == flushes + 1)
    pagecache.purge(f"{'x' * 90}:{number}" for number in range(100))
    until(lambda: cache.numbers.flushes == flushes + 2)


def test_a_page_that_was_rendered_before_the_commit_is_refused_or_let_go(cache: PageCache, site: Site) -> None:
    cache.store.flush()
    gate = site.gate = threading.Semaphore(0)
    reader = threading.Thread(target=ask, args=(cache,))
    reader.start()
    until(lambda: len(site.asked) == 3)
    pagecache.purge({"article:1"})
    heard(cache)
    gate.release()
    reader.join()
    assert not is_held(cache)
    assert cache.numbers.refused >= 1


def test_a_key_that_could_not_be_sent_is_an_error_where_it_is_worn(cache: PageCache) -> None:
    for key in ("two words", "a,b", "", "größe:1", "a\nb"):
        with pytest.raises(ValueError, match="no key"):
            pagecache.Worn().add({key}, loosely=(), not_after=None, parameters=())


def test_the_plan_is_read_anew_when_another_thing_is_planned(cache: PageCache) -> None:
    soon = clock.now() + timedelta(seconds=60)
    plans.PLANNED.append((soon, frozenset({"article:1"})))
    [page] = cache.store.pages.values()
    assert page.lasts > soon.timestamp()
    with transaction.atomic():
        pagecache.reschedule()
    until(lambda: page.lasts == soon.timestamp())
    ask(cache, OTHER)
    assert cache.store.pages[(OTHER, "", "")].lasts == soon.timestamp()
    assert plans.ASKED[-1] < clock.now() - timedelta(minutes=15), "what took its time to commit is not missed"


def test_a_page_goes_at_the_instant_that_was_planned_and_is_rendered_again(cache: PageCache, site: Site) -> None:
    for _ in range(3):
        ask(cache)
    asked = len(site.asked)
    instant = clock.now() + timedelta(seconds=0.3)
    plans.PLANNED.append((instant, frozenset({"article:1"})))
    pagecache.reschedule()
    until(lambda: clock.now() > instant)
    assert not any(page.expires > cache.store.now() and page.began < instant.timestamp() for page in _pages(cache))
    until(lambda: cache.numbers.due == 1)
    until(lambda: cache.numbers.warmed >= 1)
    assert len(site.asked) > asked


def test_a_line_that_is_cut_is_made_again_within_a_second_and_everything_let_go(cache: PageCache, relay: Relay) -> None:
    [page] = cache.store.pages.values()
    began = monotonic()
    relay.cut()
    until(lambda: page not in _pages(cache))
    until(lambda: cache.trust.listens)
    taken = monotonic() - began
    assert cache.numbers.reconnections == 2
    assert taken < 5, "this machine is too slow to tell"
    ask(cache)
    assert shows_held(cache)


def test_a_listener_that_the_database_ends_comes_back(cache: PageCache) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'newsroom pages' AND datname = current_database()"
        )
    until(lambda: cache.numbers.reconnections == 2)
    until(lambda: cache.trust.listens)


def test_a_line_that_falls_silent_is_found_out_and_nothing_held_is_shown_beyond_a_second(
    cache: PageCache, relay: Relay
) -> None:
    [page] = cache.store.pages.values()
    relay.silence()
    silent = monotonic()
    shown = silent
    while page in _pages(cache):
        if cache.trust.listens:
            shown = monotonic()
        assert monotonic() < silent + 20
    assert shown < silent + 1.1
    until(lambda: cache.numbers.reconnections == 2)


def test_while_the_database_is_away_what_is_held_is_shown_until_it_is_no_longer_right(
    cache: PageCache, relay: Relay, site: Site
) -> None:
    ask(cache, OTHER)
    pages = {page.key[0]: page for page in _pages(cache)}
    relay.refuse()
    until(lambda: cache.trust.is_away)
    pages[STORY].expires = 0.0  # fifteen minutes later
    assert shows_held(cache)
    assert cache.numbers.away == 1
    pages[OTHER].lasts = pages[OTHER].expires = cache.store.now()  # the instant of a withdrawal
    site.status = "503 Service Unavailable"
    assert ask(cache, OTHER).status == 503
    assert ask(cache, "/world/2026/03/02/third/").status == 503


def test_nothing_is_kept_while_nobody_listens_and_the_flush_comes_before_the_first_page(
    cache: PageCache, relay: Relay
) -> None:
    [page] = _pages(cache)
    relay.refuse()
    until(lambda: cache.trust.is_away)
    ask(cache, OTHER)
    assert not is_held(cache, OTHER)
    relay.open()
    until(lambda: cache.trust.listens)
    assert page not in _pages(cache)


def test_an_outage_that_lasts_too_long_is_not_papered_over(cache: PageCache, relay: Relay) -> None:
    cache.trust._patience = 0.0
    relay.refuse()
    until(lambda: not cache.trust.listens)
    until(lambda: cache.trust._away_until > 0)
    assert not shows_held(cache)


def test_a_held_page_stands_in_for_one_that_fails_while_the_line_is_being_made(
    cache: PageCache, relay: Relay, site: Site
) -> None:
    held = ask(cache).body
    site.status = "503 Service Unavailable"
    cache.line.stop()
    assert not cache.trust.listens
    assert ask(cache).body == held
    cache.trust.refuse()
    assert ask(cache).status == 503


def test_a_database_that_answers_but_lets_nobody_listen_is_one_that_can_be_reached(
    cache: PageCache, relay: Relay
) -> None:
    name = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {name} CONNECTION LIMIT 0")
        try:
            relay.cut()
            until(lambda: cache.trust.refused)
            assert not cache.trust.is_away
            assert not shows_held(cache)
        finally:
            cursor.execute(f"ALTER DATABASE {name} CONNECTION LIMIT -1")
    until(lambda: cache.trust.listens)


def test_a_plan_that_cannot_be_read_lets_nothing_be_shown(cache: PageCache, relay: Relay, settings: Settings) -> None:
    settings.PAGECACHE_PLAN = "tests.newsroom.pagecache.plans.no_such_thing"
    pagecache.reschedule()
    until(lambda: not cache.trust.listens and not cache.trust.is_away)
    assert not shows_held(cache)
    settings.PAGECACHE_PLAN = "tests.newsroom.pagecache.plans.planned"
    until(lambda: cache.trust.listens)


def test_the_line_brings_the_clock_and_a_clock_that_was_set_lets_everything_go(
    cache: PageCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushes = cache.numbers.flushes
    wrong = clock._Measurement(clock.now() - timedelta(seconds=5), monotonic())
    cache.trust.ahead -= 5
    monkeypatch.setattr(clock, "_measurement", wrong)
    until(lambda: cache.numbers.flushes > flushes)
    assert abs(cache.store.now() - clock.now().timestamp()) < 1


def test_no_line_is_made_before_somebody_asks_for_a_page() -> None:
    PageCache(Site())
    assert "page-line" not in {thread.name for thread in threading.enumerate()}


def _pages(cache: PageCache) -> list[Page]:
    return list(cache.store.pages.values())
