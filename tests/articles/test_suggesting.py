"""What fits a story that is being written: by its words, tags and authors; never what readers may not see."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from articles import publishing, search
from articles.models import Edition
from articles.search import configuration
from articles.suggesting import Suggestions, Writing, fold, suggest
from articles.terms import MOST, salient
from tests.bulk import archive_of
from tests.factories import (
    DAY,
    HOUR,
    NOON,
    ArticleFactory,
    AuthorFactory,
    SectionFactory,
    kept,
    managing_editor,
    published,
    revised,
    scheduled,
    updated,
)

pytestmark = pytest.mark.django_db

HARBOUR = Writing(
    headline="Harbour dredging stopped at Northmere",
    standfirst="The harbour at Northmere silts up while dredging waits.",
    body="The harbour dredging has been stopped. Without dredging the harbour silts up. Northmere waits.",
)


def harbour(**more: Any) -> Edition:
    """A live story about the same thing."""
    texts = {
        "headline": "Northmere harbour needs dredging",
        "body": "<p>The harbour at Northmere silts up. Dredging would help, and dredging costs.</p>",
    }
    return published(**{**texts, **more})


def writing(**changes: Any) -> Writing:
    """HARBOUR with changes."""
    return Writing(**{**vars(HARBOUR), **changes})


def stories(found: Suggestions) -> list[int]:
    return [story.article for story in found.stories]


def tags(found: Suggestions) -> list[str]:
    return [tag.name for tag in found.tags]


def test_stories_fit_by_what_both_are_about_the_nearest_first() -> None:
    near = harbour()
    farther = published(headline="Silt in the river", body="<p>Dredging the river, where the harbour begins.</p>")
    published(headline="A concert", body="<p>Music that stopped nobody, in a hall by a harbour.</p>")
    assert stories(suggest(HARBOUR, at=NOON)) == [near.article_id, farther.article_id]


def test_of_two_that_fit_alike_the_newer_comes_first() -> None:
    old = harbour(at=NOON - 700 * DAY)
    new = harbour(at=NOON - DAY)
    assert stories(suggest(HARBOUR, at=NOON)) == [new.article_id, old.article_id]


def test_shared_tags_and_authors_count() -> None:
    author = AuthorFactory()
    plain = harbour(at=NOON - HOUR)
    signed = harbour(at=NOON - 2 * HOUR, bylines=[author])
    tagged = harbour(at=NOON - 3 * HOUR, tag_names=["Coastal works"])
    by_tags = published(headline="Of other words", tag_names=["Coastal works", "Silt"])
    found = suggest(writing(tags=["coastal works", "Silt"], authors=[author.pk]), at=NOON)
    assert stories(found) == [tagged.article_id, signed.article_id, plain.article_id, by_tags.article_id]
    assert found.stories[0].shared == ("Coastal works",)
    # One tag in common, or an author, is no subject in common.
    assert by_tags.article_id not in stories(suggest(writing(tags=["Silt"], authors=[author.pk]), at=NOON))


def test_nothing_that_readers_do_not_see_is_suggested() -> None:
    draft = ArticleFactory(headline=HARBOUR.headline, body=f"<p>{HARBOUR.body}</p>", tag_names=["Harbours"])
    kept(draft)
    scheduled(live_from=NOON + HOUR, headline=HARBOUR.headline, body=f"<p>{HARBOUR.body}</p>")
    withdrawn = harbour()
    publishing.withdraw(withdrawn.article, by=managing_editor(), at=NOON)
    changed = published(headline="A quiet day", body="<p>Nothing.</p>")
    revised(changed.article, at=NOON, headline=HARBOUR.headline)
    assert suggest(HARBOUR, at=NOON).stories == []


def test_what_is_scheduled_is_suggested_where_asked_for_with_its_time() -> None:
    ahead = scheduled(live_from=NOON + HOUR, headline=HARBOUR.headline, body=f"<p>{HARBOUR.body}</p>")
    live = harbour()
    updated(live.article, live_from=NOON + HOUR, standfirst="Changed.")
    found = suggest(HARBOUR, at=NOON, with_upcoming=True)
    # The update of a story that is live is no other story.
    told = sorted((story.article, story.opens_at) for story in found.stories)
    assert told == [(ahead.article_id, NOON + HOUR), (live.article_id, None)]
    assert stories(suggest(HARBOUR, at=NOON)) == [live.article_id]


def test_itself_and_what_is_picked_already_is_not_suggested() -> None:
    itself, picked, other = harbour(), harbour(), harbour()
    found = suggest(writing(article=itself.article_id, related=[picked.article_id]), at=NOON)
    assert stories(found) == [other.article_id]


def test_an_updated_story_is_suggested_once_as_it_is_now() -> None:
    edition = harbour()
    revision = revised(edition.article, at=NOON, headline="Northmere harbour: dredging again")
    publishing.publish(edition.article, revision=revision, by=managing_editor(), at=NOON)
    (story,) = suggest(HARBOUR, at=NOON).stories
    assert story.headline == "Northmere harbour: dredging again"


@pytest.mark.parametrize(
    ("name", "text", "fits"),
    [
        ("Kessing accord", "Ministers on the KESSING  accord.", True),
        ("Café Zürich", "At the cafe Zurich.", True),
        ("Cafe Zurich", "At the Café Zürich.", True),
        ("People’s Bank", "The people's bank said", True),
        ("Port", "Transport in the report.", False),
        ("Kessing accord", "Kessing. Accord there was none, said the accord’s Kessing", True),
        ("Kessing accord", "The accord of Kessing", False),
        ("C", "In the USSR", False),
        ("東京", "In 東京 today", True),
    ],
)
def test_tags_fit_where_the_text_names_them_as_whole_words(name: str, text: str, fits: bool) -> None:
    Tag.objects.create(name=name, slug="x")
    assert tags(suggest(Writing(body=text), at=NOON)) == [name] * fits


def test_of_two_names_at_one_place_the_longer_fits() -> None:
    for number, name in enumerate(("Accord", "Kessing accord", "Kessing")):
        Tag.objects.create(name=name, slug=f"t{number}")
    assert tags(suggest(Writing(body="The Kessing accord, and Kessing."), at=NOON)) == ["Kessing", "Kessing accord"]
    assert tags(suggest(Writing(body="The Kessing accord."), at=NOON)) == ["Kessing accord"]


def test_what_the_headline_names_comes_before_what_the_body_names() -> None:
    for number, name in enumerate(("Alpha", "Zulu")):
        Tag.objects.create(name=name, slug=f"t{number}")
    found = suggest(Writing(headline="Of zulu", body="Alpha, alpha."), at=NOON)
    assert [(tag.name, tag.named) for tag in found.tags] == [("Zulu", 3), ("Alpha", 2)]


def test_tags_that_the_fitting_stories_often_carry_fit_too() -> None:
    for number in range(4):
        harbour(tag_names=["Coastal works", f"Once {number}"])
    found = suggest(HARBOUR, at=NOON)
    assert [(tag.name, tag.named, tag.carried) for tag in found.tags] == [("Coastal works", 0, 4)]
    assert tags(suggest(writing(tags=["COASTAL works"]), at=NOON)) == []


def test_an_empty_form_gets_nothing() -> None:
    harbour(tag_names=["Silt"])
    assert suggest(Writing(), at=NOON) == Suggestions([], [])
    assert suggest(Writing(headline="…", body="\x00"), at=NOON) == Suggestions([], [])


def test_subjects_are_words_above_the_text_and_words_that_it_repeats() -> None:
    found = salient(headline="The dredging of 2026", standfirst="In Northmere", body="Silt, silt and mud in it.")
    assert [term.lexeme for term in found.terms] == ["dredg", "northmer", "silt"]
    assert len(salient(headline=" ".join(map(chr, range(0x4E00, 0x4E40))) * 3, standfirst="", body="").terms) <= MOST


def test_words_that_many_stories_use_are_no_subject() -> None:
    for number in range(30):
        published(headline=f"Council meets {number}", body=f"<p>Councillors met, number{number}.</p>")
    harbour()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE articles_edition")
    found = salient(headline="Council meets over dredging", standfirst="", body="")
    assert [term.lexeme for term in found.terms] == ["dredg"]
    assert found.stories == 31


def test_a_name_is_compared_without_case_accents_and_punctuation() -> None:
    assert fold("  Łódź – the “Café’s” 3rd ") == fold("ŁÓDŹ the cafe s 3rd")


@pytest.mark.parametrize("size", [60, 5_000])
def test_the_cost_does_not_grow_with_the_archive(size: int) -> None:
    authors, sections = [AuthorFactory() for _ in range(3)], [SectionFactory()]
    made = [Tag.objects.create(name=f"Tag {number}", slug=f"tag-{number}") for number in range(6)]
    archive_of(size, sections=sections, authors=authors, tags=made)
    Edition.objects.update(search_vector=SearchVector("headline", config=configuration()))
    fits = harbour(tag_names=["Tag 1"])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    text = writing(tags=["Tag 1", "Tag 2"], authors=[author.pk for author in authors])
    with CaptureQueriesContext(connection) as queries:
        found = suggest(text, at=NOON, with_upcoming=True)
    assert stories(found)[0] == fits.article_id
    assert len(queries) == 4
    # A rare word is looked up, not looked for by going through all stories in order: see articles.search.newest.
    rare = search.newest(Edition.objects.live(at=NOON), SearchQuery("dredg", config="simple"))[:40]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
    assert "Sort" in rare.explain()
    assert not any("COUNT(" in query["sql"].upper() or " OFFSET " in query["sql"].upper() for query in queries)


def test_thousands_of_tags_are_looked_through_in_little_time() -> None:
    Tag.objects.bulk_create(Tag(name=f"Subject number {each}", slug=f"s-{each}") for each in range(5_000))
    text = Writing(body="Of subject number 17. " * 400)
    suggest(text, at=NOON)
    before = time.process_time()
    assert tags(suggest(text, at=NOON)) == ["Subject number 17"]
    assert time.process_time() - before < 0.5
