"""Rounds of saves by two people in one story, in any order and from forms of any age: no word of either is lost."""

from __future__ import annotations

import random
from typing import Any

import pytest

from articles.content import TEXT_FIELDS
from articles.models import Article
from articles.permissions import Role
from tests.articles.admin.conftest import Newsroom
from tests.articles.admin.late_saves import again, change, story_of_three_paragraphs, texts
from tests.desk import Desk
from tests.factories import MINUTE
from tests.scale import scaled


@pytest.fixture
def ada(newsroom: Newsroom) -> Desk:
    """An editor."""
    return newsroom.desk(Role.EDITOR)


@pytest.fixture
def ben(newsroom: Newsroom) -> Desk:
    """Another one."""
    return newsroom.desk(Role.EDITOR)


@pytest.fixture
def article(db: None) -> Article:
    """A story that both have open."""
    return story_of_three_paragraphs()


def lost_of(article: Article, typed: list[str]) -> list[str]:
    """What was typed and is neither in the story nor in its revisions."""
    everything = texts(article)
    return [text for text in typed if text not in everything]


TEXTS = ("headline", "kicker", "standfirst", "dateline", "teaser", "seo_title", "body")


def typed_into(driver: random.Random, data: dict[str, Any], word: str) -> dict[str, Any]:
    """Changes to one or two fields, with a word that nobody has typed before."""
    changes: dict[str, Any] = {}
    for name in driver.sample(TEXTS, driver.choice((1, 1, 2))):
        if name != "body":
            changes[name] = f"{word} {name}"
            continue
        paragraphs = str(data["body"]).split("</p>")[:-1]
        place = driver.randrange(len(paragraphs))
        if driver.random() < 0.3:
            paragraphs.insert(place, f"<p>{word} body")
        else:
            paragraphs[place] = f"<p>{word} body"
        changes["body"] = "".join(f"{paragraph}</p>" for paragraph in paragraphs)
    return changes


def opened(article: Article) -> dict[str, Any]:
    """What a browser would post of the story's form as it stands, told without asking for the page."""
    stored = Article.objects.get(pk=article.pk)
    data: dict[str, Any] = {name: getattr(stored, name) for name in (*TEXT_FIELDS, "body", "slug")}
    data["section"], data["assignee"] = stored.section_id, stored.assignee_id or ""
    data["lead_photo"], data["note"] = stored.lead_photo_id or "", ""
    data["bylines"] = [f"{author}:{role}" for author, role in stored.bylines.values_list("author_id", "role")]
    data["tag_names"] = sorted(stored.tags.names())
    data["related"] = [str(pk) for pk in stored.related_picks.values_list("related_id", flat=True)]
    data |= {f"{name}-shown": "1" for name in ("bylines", "tag_names", "related")}
    began = {"version": stored.lock_version, "was_slug": stored.slug, "was_assignee": str(stored.assignee_id or "")}
    return data | began | {"revision": stored.head_revision_id or ""}


def test_rounds_of_interleaved_saves_lose_no_word_of_either(
    newsroom: Newsroom, ada: Desk, ben: Desk, article: Article
) -> None:
    assert opened(article) == ada.form_of(article)
    driver = random.Random(20260203)
    open_forms: dict[str, dict[str, Any]] = {}
    people, typed, asked_for = {"Ada": ada, "Ben": ben}, [], 0
    for round_ in range(scaled(50, 400)):
        newsroom.at += MINUTE
        names = driver.sample(list(people), 2)
        # Some go on in the window that they have, however old it is.
        for name in names:
            if name not in open_forms or driver.random() < 0.5:
                open_forms[name] = opened(article)
        for name in names:
            word = f"{name}-{round_}"
            changes = typed_into(driver, open_forms[name], word)
            typed += [f"{word} {field}" for field in changes]
            response = people[name].post(change(article), open_forms[name] | changes)
            tries = 0
            while response.status_code == 200:
                asked_for += 1
                choices = response.context["late"].choices
                chosen: dict[str, Any] = {
                    f"choose-{each}": driver.choice(("theirs", "mine", "both")) for each in choices
                }
                if driver.random() < 0.3 and tries == 0:
                    other = next(each for each in people if each != name)
                    kicker = f"{other}-{round_}-between kicker"
                    people[other].post(change(article), opened(article) | {"kicker": kicker})
                    typed.append(kicker)
                response = people[name].post(change(article), again(response, **chosen))
                tries += 1
                assert tries < 5
        article.refresh_from_db()
        lost = lost_of(article, [text for text in typed if f"-{round_}" in text])
        assert not lost, f"round {round_}: {lost}"
        assert article.head_revision is not None
        assert article.head_revision.content["headline"] == article.headline
    assert not lost_of(article, typed)
    assert asked_for > 10
