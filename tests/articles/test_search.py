"""What readers find: which stories, in which order; by pages that nothing shifts."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from articles import navigation, publishing
from articles.models import Edition, Section
from articles.searching import candidates, finding
from articles.searching.questions import ask
from tests.articles.searched_paper import found, headlines, page, printed, story
from tests.factories import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    kept,
    managing_editor,
    revised,
    scheduled,
)
from tests.readers import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(db: None) -> None:
    """Some stories."""
    printed()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ports", {"One", "Two"}),
        ("PORT", {"One", "Two"}),
        ("night shift", {"One", "Two"}),
        ('"night shift"', {"One"}),
        ("“night shift”", {"One"}),
        ("night-shift", {"One"}),
        ("ports -ferries", {"Two"}),
        ('ports -"night shift"', {"Two"}),
        ("ferries OR cafe", {"One", "Three"}),
        ("café", {"Three"}),
        ("cafe\u0301", {"Three"}),
        ("don't ask", {"Three"}),
        ("zoe", {"One", "Two"}),
        ("author:zoe", {"One", "Two"}),
        ('author:"tennick voss" author:ray', {"Two"}),
        ("author:nobody ports", set()),
        ("-author:zoe cafe", {"Three"}),
        ("-author:zoe ports", set()),
        ("author:ben -cafe", {"Two"}),
        ("section:world", {"One", "Two"}),
        ("section:Europe ports", {"Two"}),
        ('section:"world affairs" -section:europe', {"One"}),
        ("section:europe section:world ports", {"One", "Two"}),
        ("section:nothing ports", set()),
        ('tag:"trade wars"', {"One", "Three"}),
        ("tag:trade-wars tag:food", {"Three"}),
        ("tag:trade-wars -tag:food", {"One"}),
        ("before:2025 ports", {"Two"}),
        ("from:2026 ports", {"One"}),
        ("ports from:2024-12-30 to:2024-12-30", {"Two"}),
        ("ports zebra", set()),
        ("the", set()),
        ("-ports", set()),
    ],
)
def test_a_query_finds_what_it_says(paper: None, text: str, expected: set[str]) -> None:
    assert set(found(text)) == set(found(text, newest=True)) == expected


def test_a_story_is_found_by_the_rules_of_its_own_language(settings: Settings) -> None:
    story("Häuser am Hafen", language="de")
    story("Las elecciones de mañana", language="es")
    story("A new house", "And nothing else.")
    assert found("hausern") == found("Häusern") == ["Häuser am Hafen"]
    assert found("elección") == ["Las elecciones de mañana"]
    # “news” would be “new” by the rules of Spanish.
    assert found("news") == []
    assert found("houses") == ["A new house"]


def test_a_story_of_before_is_found_until_it_is_brought_up_to_date() -> None:
    old = story("Ports and ferries")
    Edition.objects.filter(pk=old.pk).update(search_vector=_as_before("Ports and ferries"))
    assert found("ferry") == ["Ports and ferries"]


def _as_before(text: str) -> Any:
    from django.contrib.postgres.search import SearchVector
    from django.db.models import Value

    return SearchVector(Value(text), config="english", weight="A")


def test_nothing_is_found_that_readers_do_not_see(reader: Reader) -> None:
    kept(ArticleFactory(headline="Zebra draft", bylines=[AuthorFactory(name="Zebra Author")], tag_names=["Zebra tag"]))
    scheduled(live_from=NOON + HOUR, headline="Zebra ahead")
    withdrawn = story("Zebra gone")
    publishing.withdraw(withdrawn.article, by=managing_editor(), at=NOON - MINUTE)
    changed = story("Horse")
    revised(changed.article, at=NOON, headline="Zebra since")
    for query in ("zebra", "zebras", "author:zebra", "tag:zebra-tag", "zebbra"):
        for sort in ("", "newest"):
            read = page(reader, q=query, sort=sort)
            assert headlines(read) == []
            assert read.all("p", class_="results__meant") == []
        assert "<entry>" not in reader.text(f"/search/feed/?q={query}")
    assert json.loads(reader.text("/search/suggest/?q=zebra")) == {"suggestions": []}
    reader.at = NOON + HOUR
    assert headlines(page(reader, q="zebra")) == ["Zebra ahead"]


def test_headlines_weigh_more_than_standfirsts_and_those_more_than_bodies() -> None:
    story("In passing", "Of harbours, once.")
    story("On the whole", standfirst="All about the harbour.")
    story("The harbour", at=NOON - 3000 * DAY)
    story("Nothing", "At all.")
    assert found("harbour") == ["The harbour", "On the whole", "In passing"]


def test_words_side_by_side_weigh_more_than_words_apart() -> None:
    filler = "Something else was said. " * 20
    story("Apart", f"The bank. {filler} A rate.")
    story("Together", f"The bank rate. {filler}", at=NOON - 2 * HOUR)
    assert found("bank rate") == ["Together", "Apart"]


def test_of_equals_the_newer_comes_first() -> None:
    for years in (3, 0, 1):
        story(f"The harbour {years}", at=NOON - HOUR - years * 365 * DAY)
    assert found("harbour") == ["The harbour 0", "The harbour 1", "The harbour 3"]


def test_a_common_word_does_not_hide_what_is_about_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "LATEST", 20)
    monkeypatch.setattr(candidates, "NEAR", 20)
    monkeypatch.setattr(candidates, "RANKED", 10)
    story("The harbour", at=NOON - 300 * DAY)
    for number in range(30):
        story(f"Day {number}", "At the harbour.", at=NOON - DAY - number * HOUR)
    assert found("harbour")[0] == "The harbour"
    answer = finding.find(ask("harbour"), at=NOON, navigation=navigation.load())
    assert answer.has_more


def test_a_rare_word_is_found_however_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "LATEST", 5)
    monkeypatch.setattr(candidates, "NEAR", 5)
    author = AuthorFactory(name="Ada Holm", slug="ada-holm")
    story("Long ago", "An aardvark.", at=NOON - 3000 * DAY, bylines=[author], tag_names=["Beasts"])
    for number in range(12):
        story(f"Day {number}", at=NOON - DAY - number * HOUR, bylines=[author], tag_names=["Beasts"])
    for query in ("aardvark", "author:ada-holm aardvark", "tag:beasts aardvark", "aardvark -zebra"):
        assert found(query) == found(query, newest=True) == ["Long ago"]


class SlowInAll(str):
    """The look further back, which takes a second for each story that fits where it goes back to the first one."""

    __slots__ = ()

    def format(self, *_: Any, match: str = "", since: str = "", **given: Any) -> str:  # type: ignore[override]
        """As PostgreSQL is to be asked."""
        slowly = match if since else f"CASE WHEN {match} THEN pg_sleep(1) IS NOT NULL ELSE false END"
        return str.format(self, match=slowly, since=since, **given)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("roles")
@pytest.mark.parametrize("sort", ["", "newest"])
def test_what_takes_too_long_in_all_stories_is_looked_for_in_the_latest(
    monkeypatch: pytest.MonkeyPatch, reader: Reader, sort: str
) -> None:
    monkeypatch.setattr(candidates, "LATEST", 4)
    monkeypatch.setattr(candidates, "NEAR", 4)
    monkeypatch.setattr(candidates, "_WINDOWS", (2, 3))
    monkeypatch.setattr(candidates, "_FAR", SlowInAll(candidates._FAR))
    story("Long ago", "An aardvark.", at=NOON - 3000 * DAY)
    story("Of late", "An aardvark.", at=NOON - 10 * HOUR)
    for number in range(12):
        story(f"Hour {number}", at=NOON - number * HOUR)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 500")
        try:
            read = page(reader, q="aardvark", sort=sort)
            nothing = page(reader, q="aardvark hour", sort=sort)
        finally:
            cursor.execute("RESET statement_timeout")
    assert headlines(read) == ["Of late"]
    assert "looked through the latest only" in " ".join(read.text_of("p", class_="results__note"))
    assert headlines(nothing) == []
    assert "looked through" not in " ".join(nothing.text_of("p", class_="results__note")), "none was slow"


def test_what_an_archive_has_from_before_a_pause_is_found_by_windows_that_count_stories(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(candidates, "NEAR", 20)
    monkeypatch.setattr(candidates, "RANKED", 40)
    monkeypatch.setattr(candidates, "_RARE", 10)
    story("New", "A harbour.")
    for number in range(120):
        text = "A harbour." if number % 2 else "A field."
        story(f"Before {number}", text, at=NOON - 900 * DAY - number * HOUR)
    query = "harbour"
    assert found(query, newest=True)[:3] == ["New", "Before 1", "Before 3"]
    answer = finding.find(ask(query), at=NOON, navigation=navigation.load())
    assert answer.count >= 40
    assert answer.has_more


@pytest.mark.parametrize("sort", ["", "newest"])
def test_pages_show_every_story_once_and_nothing_shifts_them(reader: Reader, sort: str) -> None:
    section = SectionFactory()
    for number in range(45):
        story(f"Harbour {number}", "Harbour. " * (number % 5), section=section, at=NOON - DAY - (number % 7) * HOUR)
    seen: list[str] = []
    path = f"/search/?{urlencode({'q': 'harbour', 'sort': sort})}"
    while path:
        read = reader.page(path)
        seen += headlines(read)
        story(f"Harbour new{len(seen)}", section=section, at=reader.at)
        reader.at += HOUR
        older = read.all("a", class_="pager__older")
        path = older[0]["href"] if older else ""
    assert sorted(seen) == sorted(f"Harbour {number}" for number in range(45))


def test_what_only_leaves_out_can_be_read_to_its_end(monkeypatch: pytest.MonkeyPatch, reader: Reader) -> None:
    monkeypatch.setattr(candidates, "LATEST", 30)
    monkeypatch.setattr(candidates, "NEAR", 30)
    section = SectionFactory(slug="trade")
    for number in range(50):
        story(f"{'Odd' if number % 2 else 'Even'} {number}", section=section, at=NOON - number * HOUR)
    seen: list[str] = []
    path = "/search/?q=section:trade+-odd&sort=newest"
    while path:
        read = reader.page(path)
        seen += headlines(read)
        older = read.all("a", class_="pager__older")
        path = older[0]["href"] if older else ""
    assert seen == [f"Even {number}" for number in range(0, 50, 2)]


@pytest.mark.parametrize("after", ["x", "1-1", "1-1-1", "-", "99999999999999999-1-1", "9" * 40, "1-1-0", "\x00"])
@pytest.mark.parametrize("sort", ["", "newest"])
def test_a_place_that_does_not_exist_is_no_error(reader: Reader, paper: None, after: str, sort: str) -> None:
    assert page(reader, q="ports", after=after, sort=sort)


def test_which_languages_there_are_is_not_counted_out(paper: None) -> None:
    story("Am Hafen", language="de")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(
            "EXPLAIN SELECT FROM articles_edition AS story"
            " WHERE story.language = 'de' AND story.language <> '' AND NOT story.retired"
        )
        assert "edition_by_other_language" in cursor.fetchall()[0][0]


def test_a_section_is_named_by_slug_or_name(paper: None) -> None:
    assert Section.objects.filter(slug="world").exists()
    assert found("section:WORLD") == found('section:"World Affairs"') == ["One", "Two"]
