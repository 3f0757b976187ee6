"""What search has of a story: its words by the rules of its own language, and how older ones are brought up to date."""

from __future__ import annotations

from importlib import import_module
from io import StringIO

import pytest
from django.contrib.postgres.search import SearchVector
from django.core.management import call_command
from django.db import connection
from django.db.models import Value
from pytest_django.fixtures import Settings

from articles import publishing, search
from articles.models import Edition
from newsroom import languages
from newsroom.database.prepared import OFTEN
from tests.factories import HOUR, NOON, AuthorFactory, managing_editor, published, scheduled
from tests.readers import Reader

pytestmark = pytest.mark.django_db


def lexemes(text: str, language: str = "") -> set[str]:
    """What is left of a text for search."""
    with connection.cursor() as cursor:
        config = search.configuration(language)
        cursor.execute(
            "SELECT lexeme FROM unnest(to_tsvector(%s::regconfig, %s)) AS word", [config, search.words(text)]
        )
        return {row[0] for row in cursor.fetchall()}


def finds(edition: Edition, words: str, language: str = "") -> bool:
    """Whether a word, read by a language's rules, is found in what search has of an edition."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT search_vector @@ phraseto_tsquery(%s::regconfig, %s) FROM articles_edition WHERE id = %s",
            [search.configuration(language), search.words(words), edition.pk],
        )
        return bool(cursor.fetchone()[0])


def test_every_language_that_a_story_may_have_has_a_configuration() -> None:
    for code in languages.STORIES:
        assert lexemes("2026", code) == {"2026"}, code


def test_the_migration_knows_every_stemmer_of_the_languages() -> None:
    migration = import_module("articles.migrations.0014_let_search_read_every_language")
    assert set(migration.STEMMERS) == set(languages.STEMMERS.values())


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("", "The cafés of Zürich", {"cafe", "zurich"}),
        ("", "Cafés, cafe\u0301s", {"cafe"}),
        ("de", "Für die Häfen über Straßen", {"haf", "strass"}),
        ("fr", "L’économie même des marchés", {"econom", "march"}),
        ("es", "Las elecciones de mañana", {"eleccion", "manan"}),
        ("tr", "Şehirler", {"sehir"}),
        ("pl", "Żółte kwiaty", {"zolte", "kwiaty"}),
        ("ru", "Пошлины на сталь", {"пошлин", "стал"}),
        ("", "and/or COVID-19, a.b@example.org; 1939–45 don’t", {"covid", "19", "b", "exampl", "org", "1939", "45"}),
        ("", "North\u00admere, \u202eright\u202c", {"northmer", "right"}),
    ],
)
def test_words_are_folded_and_stemmed_by_their_language(language: str, text: str, found: set[str]) -> None:
    assert lexemes(text, language) == found


@pytest.mark.parametrize("text", ["", " ", "…!?", "\x00", "😀", "\ufeff", "-", "\u0301"])
def test_what_is_no_word_leaves_nothing(text: str) -> None:
    assert search.words(text) == ""


def test_the_newsrooms_own_language_is_its_own(settings: Settings) -> None:
    assert search.configuration() == "newsroom_english"
    settings.LANGUAGE_CODE = "de"
    assert search.configuration() == "newsroom_german"
    assert search.configuration("pt-br") == "newsroom_portuguese"
    assert search.configuration("pl") == "newsroom_simple"


def test_a_story_is_read_in_its_own_language() -> None:
    german = published(headline="Häuser am Hafen", language="de")
    assert finds(german, "Häusern", "de")
    assert not finds(german, "Häusern")


def test_an_update_in_another_language_is_read_in_that_one() -> None:
    article = published(headline="Houses").article
    article.language, article.headline, article.saved_at = "de", "Häuser", NOON
    article.save()
    revision = publishing.keep(article, by=managing_editor(), at=NOON)
    updated = publishing.publish(article, revision=revision, by=managing_editor(), at=NOON)
    assert finds(updated, "haus", "de")


def as_before(*editions: Edition) -> None:
    """Give editions the words that an earlier release gave them."""
    for edition in editions:
        Edition.objects.filter(pk=edition.pk).update(
            search_vector=SearchVector(Value(edition.headline), config="english", weight="A")
        )


def reindexed(**options: int) -> str:
    """What the command says."""
    said = StringIO()
    call_command("reindex_search", stdout=said, **options)
    return said.getvalue().strip()


def test_older_stories_are_brought_up_to_date_once() -> None:
    author = AuthorFactory(name="Zoë Ångström")
    stories = [published(headline=f"Cafés number{number}", bylines=[author]) for number in range(5)]
    ahead = scheduled(headline="Cafés to come")
    as_before(*stories, ahead)
    assert not finds(stories[0], "cafe")
    assert reindexed(batch=2) == "6 editions read, 6 changed."
    assert all(finds(each, "café") for each in (*stories, ahead))
    assert finds(stories[4], "zoe angstrom")
    assert reindexed() == "6 editions read, 0 changed."


def test_the_command_goes_on_where_it_is_told_to() -> None:
    stories = [published(headline="Cafés") for _ in range(3)]
    as_before(*stories)
    assert reindexed(first=stories[1].pk) == "2 editions read, 2 changed."
    assert not finds(stories[0], "cafe")


def test_what_was_erased_gets_no_words_again() -> None:
    edition = published(headline="Secrets")
    publishing.withdraw(edition.article, by=managing_editor(), at=NOON)
    publishing.erase(edition.article, reason="An order.", by=managing_editor(), at=NOON + HOUR)
    reindexed()
    assert Edition.objects.get(pk=edition.pk).search_vector is None


def test_passages_are_marked_alike_when_their_query_is_prepared(settings: Settings, reader: Reader) -> None:
    published(headline="The ferry", body="<p>Two ferries went out to the islands.</p>")
    published(headline="Die Fähre", language="de", body="<p>Zwei Fähren fuhren zu den Inseln.</p>")
    asked = "/search/?q=ferry", "/search/?q=F%C3%A4hre", "/search/?q=ferry+OR+F%C3%A4hre"
    before = [reader.text(path) for path in asked]
    assert "<mark>ferries</mark>" in before[0]
    assert "<mark>Fähren</mark>" in before[1]
    settings.PREPARED_STATEMENTS = True
    for _ in range(OFTEN + 1):
        assert [reader.text(path) for path in asked] == before
    assert any("EXECUTE" in query for query in reader.queries)
