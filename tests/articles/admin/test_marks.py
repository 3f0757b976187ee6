"""Typographic marks at the desk: where they are set as one types, and that no search depends on how they are set."""

from __future__ import annotations

import re

import pytest

from articles.permissions import Role
from articles.tagging import tag_named
from authors.naming import author_named
from tests.articles.admin.conftest import Newsroom
from tests.factories import ArticleFactory, AuthorFactory

TAGS = "/admin/taggit/tag/"


@pytest.mark.parametrize(
    ("path", "words", "no_words"),
    [
        (
            "/admin/articles/article/add/",
            {"kicker", "dateline", "short_headline", "seo_title", "social_title", "source_name", "note"},
            {"slug", "canonical_url"},
        ),
        ("/admin/articles/photo/add/", {"title", "alt_text", "caption", "credit", "source"}, set()),
        ("/admin/articles/section/add/", {"name", "description"}, {"slug", "colour"}),
        ("/admin/authors/author/add/", {"name", "role"}, {"slug"}),
        (f"{TAGS}add/", {"name"}, {"slug"}),
        ("/admin/authors/user/add/", {"first_name", "last_name"}, {"username", "email"}),
    ],
)
def test_marks_are_set_in_fields_of_words_and_in_no_others(
    newsroom: Newsroom, path: str, words: set[str], no_words: set[str]
) -> None:
    page = newsroom.desk(Role.MANAGING_EDITOR).get(path).content.decode()
    inputs = {name: "data-typeset" in tag for tag, name in re.findall(r'(<input[^>]*\bname="(\w+)"[^>]*>)', page)}
    assert {name for name, is_set in inputs.items() if is_set} == words
    assert no_words <= inputs.keys()


def test_a_page_that_takes_other_peoples_text_as_it_is_leaves_it_so(newsroom: Newsroom) -> None:
    page = newsroom.desk(Role.EDITOR).get("/admin/articles/article/from-text/").content.decode()
    assert "data-straight" in page


@pytest.mark.parametrize("words", ["don't", "don’t", '"no"', "“no”", "'90s", "’90s"])
def test_a_story_is_found_however_its_marks_and_the_words_are_typed(newsroom: Newsroom, words: str) -> None:
    ArticleFactory(headline="We don’t say “no” to the ’90s")
    ArticleFactory(headline="We don't say \"no\" to the '90s")
    ArticleFactory(headline="Another one")
    page = newsroom.desk(Role.EDITOR).get("/admin/articles/article/", q=words)
    assert len(page.context["cl"].result_list) == 2


def test_a_tag_and_an_author_are_one_however_their_marks_are_typed(newsroom: Newsroom) -> None:
    old, new = tag_named("Rock & roll"), tag_named("Rock 'n' roll")
    assert new.name == "Rock ’n’ roll"
    assert tag_named("rock 'n' roll") == tag_named("ROCK ’N’ ROLL") == new != old
    author = AuthorFactory(name="Sinéad O'Connor")
    assert author_named("Sinéad O’Connor") == author_named("Sinéad O'Connor") == (author, False)
    made, is_new = author_named("Aoife O'Dowd")
    assert (made.name, made.slug, is_new) == ("Aoife O’Dowd", "aoife-odowd", True)
    editor = newsroom.desk(Role.EDITOR)
    assert editor.post(f"{TAGS}add/", {"name": "rock 'n' roll", "slug": "other"}).status_code == 200
    for words in ("'n'", "’n’"):
        found = editor.get("/admin/articles/article/pick/tags/", q=words).json()["results"]
        assert [each["label"] for each in found] == ["Rock ’n’ roll"]
