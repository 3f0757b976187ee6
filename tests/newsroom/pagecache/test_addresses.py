"""A page is held once, whatever strangers write into its address, and nothing of that gets into what others see."""

from __future__ import annotations

import pytest

from newsroom.pagecache.keys import canonical, is_canonical
from tests.newsroom.pagecache.site import STORY, Site, ask, listening

pytestmark = pytest.mark.django_db


def test_parameters_that_a_page_does_not_read_neither_split_it_nor_pass_it_by() -> None:
    cache = listening(site := Site())
    ask(cache)
    for query in ("utm_source=x", "fbclid=1&after_all=2", "&&&", "after%20=3"):
        assert ask(cache, query=query).body == ask(cache).body
    assert len(site.asked) == 1
    assert len(cache.store.pages) == 1


def test_parameters_that_it_reads_are_other_pages_in_whatever_order_they_come() -> None:
    cache = listening(site := Site(parameters={"after", "kind"}))
    ask(cache)
    bodies = {ask(cache, query=query).body for query in ("after=1&kind=a", "kind=a&after=1", "kind=a&x=y&after=1")}
    assert len(bodies) == 1
    assert len(site.asked) == 2
    assert ask(cache, query="after=2").body not in bodies


def test_django_is_asked_for_nothing_that_the_page_does_not_read() -> None:
    cache = listening(site := Site())
    ask(cache)
    cache.store.flush()
    ask(cache, query="x=%3Cscript%3E&after=1")
    assert site.asked[-1]["QUERY_STRING"] == "after=1"


def test_the_first_page_of_a_route_is_not_kept_if_its_query_had_something_else() -> None:
    cache = listening(site := Site())
    ask(cache, query="x=1")
    assert cache.store.pages == {}
    ask(cache, query="x=1")
    ask(cache)
    assert [each["QUERY_STRING"] for each in site.asked] == ["x=1", ""]


def test_a_page_that_says_later_what_it_reads_is_rendered_again_for_who_asked_for_it() -> None:
    cache = listening(site := Site(parameters=set()))
    ask(cache)
    cache.store.flush()
    site.parameters = {"after"}
    answer = ask(cache, query="after=1")
    assert [each["QUERY_STRING"] for each in site.asked] == ["", "", "after=1"]
    assert b"No. 3" in answer.body
    assert ask(cache, query="after=1").body == answer.body
    assert ask(cache).body != answer.body


def test_a_redirect_that_depends_on_the_query_is_asked_with_all_of_it() -> None:
    cache = listening(site := Site(parameters={"after", "page"}))
    ask(cache)
    assert ask(cache, query="page=2&utm_source=x").status == 301
    assert [each["QUERY_STRING"] for each in site.asked] == ["", "page=2", "page=2&utm_source=x"]
    assert len(cache.store.pages) == 1


def test_a_question_mark_in_a_path_is_no_query() -> None:
    cache = listening(Site())
    ask(cache, query="after=1")
    ask(cache, query="after=1")
    assert f"{STORY}?after=1" not in {path for path, *_ in cache.store.pages}
    assert ask(cache, path="/world/?after=1").body != ask(cache, path="/world/", query="after=1").body


def test_browsers_and_others_are_told_apart_where_the_page_says_so() -> None:
    cache = listening(site := Site(headers=[("Vary", "Accept")]))
    for _ in range(2):
        ask(cache, HTTP_ACCEPT="text/html,application/xhtml+xml;q=0.9")
        ask(cache, HTTP_ACCEPT="text/html;q=0.1, evil")
        ask(cache, HTTP_ACCEPT="application/atom+xml")
        answer = ask(cache)
    assert [each["HTTP_ACCEPT"] for each in site.asked] == ["text/html", "*/*"]
    assert answer.headers["Vary"] == "Accept, Accept-Encoding"


def test_what_a_client_says_of_itself_does_not_split_a_page() -> None:
    cache = listening(site := Site())
    for number in range(5):
        ask(cache, HTTP_ACCEPT=f"x/{number}", HTTP_USER_AGENT=f"x{number}", HTTP_ACCEPT_LANGUAGE=f"x{number}")
    assert len(site.asked) == 1


def test_hosts_and_codings_are_remembered_in_small_numbers_only() -> None:
    cache = listening(Site())
    for number in range(1000):
        ask(cache, HTTP_HOST=f"testserver:{number + 1}", HTTP_ACCEPT_ENCODING=f"x{number}")
    assert len(cache._hosts) <= 256
    assert len(cache._codings) <= 256
    assert cache.numbers.hits == 999


@pytest.mark.parametrize(
    ("query", "expected"),
    [("", ""), ("b=2&a=1", "a=1&b=2"), ("a=1&a=0", "a=1&a=0"), ("a", "a="), ("c=1", ""), ("a=ü", "a=%C3%BC")],
)
def test_a_query_has_one_form(query: str, expected: str) -> None:
    assert canonical(query, {"a", "b"}) == expected
    assert is_canonical(expected, {"a", "b"})


def test_a_query_that_is_too_long_is_not_kept() -> None:
    assert not is_canonical(f"a={'x' * 500}", {"a"})
