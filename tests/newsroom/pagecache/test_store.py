"""What is held, until when, and what may come in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest

from newsroom import clock
from newsroom.pagecache.numbers import Numbers
from newsroom.pagecache.page import OVERHEAD, Page
from newsroom.pagecache.plan import NEVER, Plan
from newsroom.pagecache.store import MARGIN, Store
from tests.newsroom.pagecache.site import Site, ask, listening

pytestmark = pytest.mark.django_db

BODY = b"x" * 10_000
BEHIND = 100
SECOND = timedelta(seconds=1)


@pytest.fixture
def store() -> Store:
    """A store for sixteen pages of BODY."""
    return Store(16 * (len(BODY) + OVERHEAD), ceiling=900, numbers=Numbers())


def page(name: str, *keys: str, began: float = 0.0, loosely: str = "") -> Page:
    """A page that is not held yet."""
    return Page(
        (f"/{name}/", "", ""),
        [("Content-Type", "text/html")],
        BODY,
        keys=keys or ("front",),
        loosely=loosely.split(),
        behind=BEHIND,
        began=began,
        shared=False,
    )


def keep(store: Store, name: str, *keys: str, loosely: str = "") -> Page:
    """A page that is held."""
    token = store.token()
    made = page(name, *keys, began=token.began, loosely=loosely)
    assert store.put(made, token)
    return made


def held(store: Store) -> list[str]:
    """The names of what is held."""
    return sorted(path.strip("/") for path, _, _ in store.pages)


def test_what_was_used_least_recently_goes_first_and_the_bound_is_one_of_bytes(store: Store) -> None:
    pages = [keep(store, f"{number:02}") for number in range(16)]
    assert len(held(store)) == 16
    pages[0].used = monotonic() + 1
    keep(store, "16")
    assert store.bytes <= 16 * (len(BODY) + OVERHEAD)
    assert "00" in held(store)
    assert "16" in held(store)
    assert "01" not in held(store)
    assert store._numbers.evicted == 17 - len(held(store))
    assert (store._numbers.pages, store._numbers.bytes) == (len(held(store)), store.bytes)


def test_a_body_that_is_added_counts_and_one_that_left_counts_no_more(store: Store) -> None:
    made = keep(store, "a", "article:1")
    before = store.bytes
    made.coded("gzip")
    made.coded("br")
    store.recount(made)
    assert before < store.bytes == made.size
    store.purge(frozenset({"article:1"}))
    assert store.bytes == 0
    store.recount(made)
    assert store.bytes == 0


def test_a_page_in_place_of_itself_is_counted_once(store: Store) -> None:
    keep(store, "a", "article:1", "front")
    keep(store, "a", "article:1")
    assert store.bytes == len(BODY) + OVERHEAD
    store.purge(frozenset({"front"}))
    assert held(store) == ["a"]


def test_a_page_that_is_too_large_is_not_kept(store: Store) -> None:
    token = store.token()
    assert not store.put(Page(("/", "", ""), [], BODY * 3, keys=("front",), began=token.began, shared=False), token)


def test_a_purge_takes_every_page_that_wears_a_key_and_no_other(store: Store) -> None:
    keep(store, "story", "article:1")
    keep(store, "front", "front", "article:1")
    keep(store, "other", "article:12")
    gone = store.purge(frozenset({"article:1", "article:99"}))
    assert sorted(each.key[0] for each in gone) == ["/front/", "/story/"]
    assert held(store) == ["other"]
    store.flush()
    assert held(store) == []
    assert not store._wearing
    assert store._numbers.purges == {"article": 2}


def test_a_page_is_not_kept_if_one_of_its_keys_was_purged_since_it_began(store: Store) -> None:
    token = store.token()
    store.purge(frozenset({"article:1"}))
    assert not store.put(page("story", "article:1", "front"), token)
    assert store.put(page("other", "article:2", "front"), token)
    assert store.put(page("story", "article:1"), store.token())
    assert store._numbers.refused == 1


def test_a_page_is_not_kept_if_all_were_let_go_since_it_began(store: Store) -> None:
    token = store.token()
    store.flush()
    assert not store.put(page("story", "article:1"), token)


def test_purges_that_are_too_many_to_remember_refuse_what_they_might_have_meant(store: Store) -> None:
    token = store.token()
    store.purge(frozenset(f"article:{number}" for number in range(15_000)))
    store.purge(frozenset(f"teaser:{number}" for number in range(15_000)))
    assert len(store._purged) <= 20_000
    assert not store.put(page("story", "article:7"), token)
    assert store.put(page("story", "article:7"), store.token())


def test_a_page_goes_at_the_next_instant_planned_for_one_of_its_keys(store: Store) -> None:
    now = clock.now()
    store.follow(Plan([(now + 5 * SECOND, {"article:1"}), (now + 9 * SECOND, {"front"}), (now - SECOND, {"front"})]))
    assert keep(store, "a", "article:1", "front").lasts == (now + 5 * SECOND).timestamp()
    assert keep(store, "b", "front").expires == (now + 9 * SECOND).timestamp()
    other = keep(store, "c", "article:2")
    assert other.lasts == NEVER
    assert other.expires == pytest.approx(clock.now().timestamp() + 900, abs=5)


def test_an_instant_that_passed_while_a_page_was_rendered_or_only_just_before_refuses_it(store: Store) -> None:
    token = store.token()
    began = datetime.fromtimestamp(token.began, tz=UTC)
    store.follow(Plan([(began - timedelta(seconds=MARGIN / 2), {"front"})]))
    assert not store.put(page("a", "front", began=token.began), token)
    store.follow(Plan([(began - timedelta(seconds=MARGIN * 2), {"front"})]))
    assert store.put(page("a", "front", began=token.began), token)


def test_a_new_plan_holds_for_pages_that_are_held_already(store: Store) -> None:
    made = keep(store, "a", "front")
    soon = clock.now() + 3 * SECOND
    store.follow(Plan([(soon, {"front"}), (soon - SECOND, {"article:1"})]))
    assert made.expires == made.lasts == soon.timestamp()


def test_what_was_planned_for_the_past_and_told_late_ends_a_page_that_began_before(store: Store) -> None:
    made = keep(store, "a", "front")
    store.follow(Plan([(clock.now(), {"front"})]))
    assert made.expires <= store.now()


def test_pages_whose_instant_has_come_are_let_go_and_told_of(store: Store) -> None:
    due, later = keep(store, "due", "article:1"), keep(store, "later", "article:2")
    now = clock.now()
    assert store.let_due_go() == []
    store.follow(Plan([(now + timedelta(milliseconds=1), {"article:1"}), (now + 60 * SECOND, {"article:2"})]))
    while store.now() <= due.lasts:
        pass
    assert store.let_due_go() == [due]
    assert held(store) == [later.key[0].strip("/")]


def test_a_page_is_right_no_longer_than_it_says(store: Store) -> None:
    site = Site(not_after=clock.now() + 100 * SECOND)
    cache = listening(site)
    ask(cache)
    [made] = cache.store.pages.values()
    assert site.not_after is not None
    assert made.lasts == made.expires == site.not_after.timestamp()
    site.not_after = clock.now() - SECOND
    cache.store.flush()
    assert {ask(cache).body for _ in range(2)} != {ask(cache).body}
    assert cache.store.pages == {}


def test_an_expired_page_is_rendered_anew(store: Store) -> None:
    cache = listening(site := Site())
    ask(cache)
    [made] = cache.store.pages.values()
    made.expires = cache.store.now() - 0.001
    ask(cache)
    ask(cache)
    assert len(site.asked) == 2


def test_a_purge_of_what_a_page_wears_loosely_leaves_it_a_while_and_then_nobody_gets_it(store: Store) -> None:
    made = keep(store, "story", "article:1", loosely="in-section:3 front")
    assert made.lasts == NEVER
    store.purge(frozenset({"in-section:4"}))
    assert made.lasts == NEVER
    store.purge(frozenset({"in-section:3"}))
    until = made.lasts
    assert until == made.expires == pytest.approx(store.now() + BEHIND, abs=5)
    assert made.renew < made.expires, "whoever asks meanwhile has it renewed"
    store.purge(frozenset({"front"}))
    assert made.lasts == until, "the first change counts"
    assert [each.key[0] for each in store.purge(frozenset({"article:1"}))] == ["/story/"]
    assert not store._wearing_loosely


def test_a_page_during_whose_rendering_something_came_to_its_lists_is_as_old_as_its_beginning(store: Store) -> None:
    token = store.token()
    store.purge(frozenset({"front"}))
    made = page("story", "article:1", began=token.began, loosely="front")
    assert store.put(made, token)
    assert made.lasts == token.began + BEHIND


def test_a_planned_change_of_what_a_page_wears_loosely_is_counted_from_its_instant(store: Store) -> None:
    instant = clock.now() + 5 * SECOND
    before = keep(store, "before", "article:1", loosely="front")
    store.follow(Plan([(instant, {"front"})]))
    after = keep(store, "after", "article:1", loosely="front")
    assert before.lasts == after.lasts == pytest.approx(instant.timestamp() + BEHIND)
    store.let_due_go()
    assert held(store) == ["after", "before"]


def test_a_shared_cache_which_hears_of_no_loose_key_is_given_no_longer_than_that(store: Store) -> None:
    token = store.token()
    made = Page(
        ("/", "", ""), [], BODY, keys=("article:1",), loosely=("front",), behind=BEHIND, began=token.began, shared=True
    )
    assert store.put(made, token)
    told = dict(made.for_shared_caches(store.now()))
    assert told["Surrogate-Key"] == "article:1"
    assert told["Cache-Control"] == "public, max-age=0, s-maxage=75, stale-while-revalidate=24"


def test_fame_is_handed_on_by_half_when_a_page_is_renewed_and_is_not_lost_when_it_is_refused(store: Store) -> None:
    keep(store, "a", "article:1").hits = 100
    token = store.token()
    store.purge(frozenset({"article:1"}))
    assert not store.put(page("a", "article:1"), token)
    purged = keep(store, "a", "article:1")
    assert purged.hits == 50
    purged.hits = 80
    assert keep(store, "a", "article:1").hits == 40
