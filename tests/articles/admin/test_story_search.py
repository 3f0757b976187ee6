"""The desk's search: the readers' query language over working copies, and only over those that a person may see."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.admin.story_search import matching
from articles.models import Article
from articles.permissions import Role
from tests.articles.admin.conftest import Newsroom
from tests.factories import DAY, NOON, ArticleFactory, AuthorFactory, SectionFactory

pytestmark = pytest.mark.django_db
STORIES = "/admin/articles/article/"


@pytest.fixture
def stories(db: None) -> None:
    """Drafts that can be told apart by every condition."""
    world = SectionFactory(name="World", slug="world")
    europe = SectionFactory(name="Europe", slug="europe", parent=world)
    zoe, bo = AuthorFactory(name="Zoë Tennick-Voss", slug="zoe"), AuthorFactory(name="Bo Ray", slug="bo")
    ArticleFactory(headline="Café tariffs rise again", section=world, bylines=[zoe], tag_names=["Trade wars"])
    ArticleFactory(headline="Tariffs don’t fall on the night shift", section=europe, bylines=[bo, zoe])
    ArticleFactory(headline="Shift work at night", section=world, bylines=[bo], saved_at=NOON - 60 * DAY)
    ArticleFactory(headline="Ray of light", bylines=[], tag_names=["trade wars"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cafe", {"Café"}),
        ("CAFÉ", {"Café"}),
        ("tarif", {"Café", "Tariffs"}),
        ("don't", {"Tariffs"}),
        ("don’t fall", {"Tariffs"}),
        ('"night shift"', {"Tariffs"}),
        ("“night shift”", {"Tariffs"}),
        ("“nigh”", set()),
        ("night shift", {"Tariffs", "Shift"}),
        ("tariffs -night", {"Café"}),
        ("-tariffs", {"Shift", "Ray"}),
        ("cafe OR light", {"Café", "Ray"}),
        ("ray", {"Tariffs", "Shift", "Ray"}),
        ("zoe", {"Café", "Tariffs"}),
        ("tennick", {"Café", "Tariffs"}),
        ("“Tennick Voss”", {"Café", "Tariffs"}),
        ("“enni”", set()),
        ("author:ray", {"Tariffs", "Shift"}),
        ("author:ray author:zoe", {"Tariffs"}),
        ("-author:ray", {"Café", "Ray"}),
        ("author:nobody", set()),
        ("-author:nobody shift", {"Tariffs", "Shift"}),
        ("section:world", {"Café", "Tariffs", "Shift"}),
        ("section:Europe", {"Tariffs"}),
        ("section:nothing", set()),
        ('tag:"Trade Wars"', {"Café", "Ray"}),
        ("tag:trade-wars -light", {"Café"}),
        ("before:2026", {"Shift"}),
        ("from:2026-01 tariffs", {"Café", "Tariffs"}),
        ("", {"Café", "Tariffs", "Shift", "Ray"}),
        ("…", set()),
        ("%", set()),
        ("50% off_", set()),
        ("\x00", {"Café", "Tariffs", "Shift", "Ray"}),
    ],
)
def test_what_is_typed_leaves_what_it_says(stories: None, text: str, found: set[str]) -> None:
    assert {article.headline.split()[0] for article in matching(Article.objects.all(), text)} == found


def test_nobody_finds_what_they_may_not_see(newsroom: Newsroom, stories: None) -> None:
    writer, editor = newsroom.desk(Role.WRITER), newsroom.desk(Role.EDITOR)
    for query in ("cafe", "author:zoe", "-nothing", "section:world", "tag:trade-wars"):
        assert list(writer.get(STORIES, q=query).context["cl"].result_list) == []
        assert list(editor.get(STORIES, q=query).context["cl"].result_list)


def test_many_words_cost_no_more_queries_than_one(stories: None) -> None:
    counts = []
    for text in ("tariffs", " ".join(f"word{number}" for number in range(100)) + " -night OR shift"):
        with CaptureQueriesContext(connection) as queries:
            list(matching(Article.objects.all(), text))
        counts.append(len(queries))
    assert counts == [2, 2]
