"""Links to our own stories: made from addresses on saving, told apart from others, and watched for dead ends."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import publishing
from articles.models import Article
from articles.own_links import NotLive, by_identity, not_live, path_of_ours, stories_at
from articles.permissions import Role
from authors.models import User
from newsroom import richtext
from tests.factories import (
    DAY,
    HOUR,
    NOON,
    ArticleFactory,
    AuthorFactory,
    UserFactory,
    kept,
    managing_editor,
    published,
    scheduled,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> User:
    return UserFactory(role=Role.WRITER)


def own(writer: User) -> Article:
    """A draft that the writer began."""
    return ArticleFactory(created_by=writer, headline="The writer’s own")


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://www.example.org/world/a/?utm_source=x#part", "/world/a/"),
        ("http://EXAMPLE.org:80/world/", "/world/"),
        ("https://www.example.org", "/"),
        ("/world/a/#part", "/world/a/"),
        ("https://example.org:8443/world/", None),
        ("https://www.example.org.evil.test/world/", None),
        ("https://www.example.org@evil.test/world/", None),
        ("https://evil.test/https://www.example.org/", None),
        ("//www.example.org/world/", None),
        ("ftp://www.example.org/world/", None),
        ("mailto:desk@www.example.org", None),
        ("#part", None),
        ("https://www.example.org:nonsense/", None),
        ("https://[", None),
    ],
)
def test_our_own_addresses_are_told_from_all_others(address: str, path: str | None) -> None:
    assert path_of_ours(address) == path


def test_an_address_of_ours_becomes_a_link_by_identity_however_it_is_written(writer: User) -> None:
    edition = published(headline="The accord")
    path, pk = edition.path, edition.article_id
    for address in (
        f"https://www.example.org{path}",
        f"http://example.org{path.rstrip('/')}?utm_source=mail&amp;utm_medium=x#h-why",
        path,
        f"https://www.example.org/admin/articles/article/{pk}/change/",
    ):
        body = richtext.clean(f'<p>As <a href="{address}">we <em>said</em></a>.</p>')
        assert by_identity(body, user=writer, at=NOON) == f'<p>As <a data-article="{pk}">we <em>said</em></a>.</p>'


def test_other_links_stay_as_they_are_and_cost_nothing(writer: User) -> None:
    body = richtext.clean(
        '<p><a href="https://www.example.org/authors/">a</a> <a href="https://else.test/world/2026/02/03/x/">b</a> '
        '<a href="#h-why">c</a> <a data-article="7">d</a></p>'
    )
    with CaptureQueriesContext(connection) as queries:
        assert by_identity(body, user=writer, at=NOON) == body
    assert len(queries) == 0


def test_all_links_of_a_body_take_one_look(writer: User) -> None:
    editions = [published() for _ in range(5)]
    links = "".join(f'<p><a href="{edition.path}">x</a></p>' for edition in editions)
    with CaptureQueriesContext(connection) as queries:
        by_identity(links, user=managing_editor(), at=NOON)
    assert sum("edition" in query["sql"] for query in queries) == 1


def test_what_is_made_is_clean_already(writer: User) -> None:
    edition = published()
    body = richtext.clean(f'<p><a href="{edition.path}">one</a><a href="{edition.path}?x">two</a></p>')
    made = by_identity(body, user=writer, at=NOON)
    assert made == f'<p><a data-article="{edition.article_id}">onetwo</a></p>'
    assert richtext.clean(made) == made


def test_an_old_address_and_one_that_is_gone_still_name_their_story(writer: User) -> None:
    edition = published()
    old = edition.path
    publishing.change_address(edition.article, slug="another-one", by=managing_editor(), at=NOON)
    assert stories_at([old], user=writer, at=NOON) == {old: edition.article_id}
    publishing.withdraw(edition.article, by=managing_editor(), at=NOON + HOUR)
    assert stories_at([old], user=writer, at=NOON + HOUR) == {old: edition.article_id}


def test_the_address_of_a_story_that_a_person_may_not_know_is_like_any_other(writer: User) -> None:
    foreign = scheduled(live_from=NOON + DAY)
    draft = ArticleFactory()
    mine = scheduled(live_from=NOON + DAY, created_by=writer)
    desk = "https://www.example.org/admin/articles/article/{}/change/"
    secret = [foreign.path, desk.format(foreign.article_id), desk.format(draft.pk), desk.format(10**17)]
    assert stories_at([*secret, mine.path], user=writer, at=NOON) == {mine.path: mine.article_id}
    assert stories_at([*secret, mine.path], user=AnonymousUser(), at=NOON) == {}
    editor = UserFactory(role=Role.EDITOR)
    assert set(stories_at([*secret, mine.path], user=editor, at=NOON)) == {*secret[:3], mine.path}
    body = f'<p><a href="{foreign.path}">x</a></p>'
    assert by_identity(body, user=writer, at=NOON) == body


def test_links_that_readers_cannot_open_are_named_in_their_order() -> None:
    live, ahead, draft = published(), scheduled(live_from=NOON + HOUR), ArticleFactory(headline="A draft")
    gone = published(headline="Gone")
    publishing.withdraw(gone.article, by=managing_editor(), at=NOON)
    ids = (draft.pk, live.article_id, gone.article_id, 10**17, ahead.article_id, draft.pk)
    body = "".join(f'<p><a data-article="{pk}">words {number} <em>x</em></a></p>' for number, pk in enumerate(ids))
    with CaptureQueriesContext(connection) as queries:
        found = not_live(body, at=NOON, user=managing_editor())
    assert found == [
        NotLive(draft.pk, "words 0 x", "A draft"),
        NotLive(gone.article_id, "words 2 x", "Gone"),
        NotLive(10**17, "words 3 x"),
        NotLive(ahead.article_id, "words 4 x", ahead.headline, opens_at=NOON + HOUR),
    ]
    assert sum("articles_" in query["sql"] for query in queries) <= 4  # two of them ask for rights


def test_what_counts_is_the_instant_at_which_readers_come() -> None:
    ahead = scheduled(live_from=NOON + HOUR)
    body = f'<p><a data-article="{ahead.article_id}">x</a></p>'
    assert not_live(body, at=NOON)
    assert not_live(body, at=NOON + HOUR) == []
    assert not_live("<p>No link.</p>", at=NOON) == []


def test_no_headline_is_told_to_who_may_not_know_it(writer: User) -> None:
    foreign, mine = ArticleFactory(headline="Secret"), own(writer)
    ahead = scheduled(live_from=NOON + HOUR)
    body = "".join(f'<p><a data-article="{pk}">x</a></p>' for pk in (foreign.pk, mine.pk, ahead.article_id, 10**17))
    assert not_live(body, at=NOON, user=writer) == [
        NotLive(foreign.pk, "x"),
        NotLive(mine.pk, "x", "The writer’s own"),
        NotLive(ahead.article_id, "x"),
        NotLive(10**17, "x"),
    ]
    assert {each.headline for each in not_live(body, at=NOON)} == {""}


def test_a_byline_makes_a_story_known(writer: User) -> None:
    signed = ArticleFactory(bylines=[AuthorFactory(user=writer)])
    kept(signed)
    address = f"https://www.example.org/admin/articles/article/{signed.pk}/change/"
    assert stories_at([address], user=writer, at=NOON) == {address: signed.pk}
