"""The pre-publication check: one list, shown while somebody writes and enforced where readers would see the text."""

from __future__ import annotations

from typing import Any

import pytest

from articles import checklist, publishing
from articles.checklist import CHECKS, Weight
from articles.content import snapshot
from articles.models import Article
from articles.refusals import Incomplete, Refused
from tests.factories import HOUR, NOON, ArticleFactory, kept, managing_editor, photo, published, scheduled

pytestmark = pytest.mark.django_db

TITLE = "Quay at dusk"


def _story(**attributes: Any) -> Article:
    return ArticleFactory(**attributes)


# Each line of the list, with a story that it finds something at.
WRONG: dict[str, Any] = {
    "headline": lambda: _story(headline=" "),
    "section": lambda: _story(section=None),
    "byline": lambda: _story(bylines=[]),
    "body": lambda: _story(body="<p> </p>"),
    "legal": lambda: _blocked(publishing.legal_block),
    "hold": lambda: _blocked(publishing.hold),
    "embargo": lambda: _embargoed(),
    "standfirst": lambda: _story(standfirst=""),
    "alt-text": lambda: _story(lead_photo=photo(title=TITLE, credit="x")),
    "credit": lambda: _story(lead_photo=photo(title=TITLE, alt_text="x")),
    "headline-length": lambda: _story(headline="A" * 91),
    "search-title-length": lambda: _story(seo_title="A" * 61),
    "links": lambda: _story(body=f'<p>See <a data-article="{ArticleFactory().pk}">this</a>.</p>'),
}


def _blocked(verb: Any) -> Article:
    article = _story()
    verb(article, reason="Wait for the court.", by=managing_editor(), at=NOON)
    return article


def _embargoed() -> Article:
    article = _story()
    publishing.set_embargo(article, until=NOON + HOUR, by=managing_editor(), at=NOON)
    return article


def _found(article: Article, **circumstances: Any) -> list[checklist.Finding]:
    given = {"readers_from": NOON} | circumstances
    return checklist.examine(article, snapshot(article), article.body, **given)


def test_a_complete_story_has_nothing_on_the_list() -> None:
    assert _found(_story(lead_photo=photo(alt_text="A quay.", credit="N. Adair"))) == []


def test_every_line_of_the_list_is_tried_here() -> None:
    assert set(WRONG) == {check.name for check in CHECKS}


@pytest.mark.parametrize("name", list(WRONG))
def test_each_line_finds_what_it_is_for_and_nothing_else(name: str) -> None:
    assert [finding.check for finding in _found(WRONG[name]())] == [name]


@pytest.mark.parametrize("name", [check.name for check in CHECKS if check.weight == Weight.BLOCKS])
def test_what_blocks_is_refused_by_the_verbs_whatever_the_form_said(name: str) -> None:
    article = WRONG[name]()
    given: dict[str, Any] = {"revision": kept(article, at=NOON), "by": managing_editor(), "at": NOON}
    with pytest.raises(Refused):
        publishing.publish(article, **given)
    with pytest.raises(Refused):
        publishing.schedule(article, live_from=NOON + HOUR / 2, **given)


@pytest.mark.parametrize("name", [check.name for check in CHECKS if check.weight == Weight.WARNS])
def test_what_warns_can_be_published(name: str) -> None:
    article = WRONG[name]()
    publishing.publish(article, revision=kept(article, at=NOON), by=managing_editor(), at=NOON)


def test_what_is_lacking_is_named_in_one_sentence() -> None:
    article = _story(headline="", bylines=[])
    with pytest.raises(Incomplete, match="it needs a headline and a byline"):
        publishing.publish(article, revision=kept(article, at=NOON), by=managing_editor(), at=NOON)


def test_a_decorative_picture_and_one_described_for_this_story_need_no_alternative_text() -> None:
    assert _found(_story(lead_photo=photo(is_decorative=True, credit="x"))) == []
    assert _found(_story(lead_photo=photo(credit="x"), lead_photo_alt="A quay.")) == []


def test_pictures_in_the_body_are_looked_at_too() -> None:
    picture = photo(title=TITLE, credit="x")
    (finding,) = _found(_story(body=f'<p>Words.</p><figure data-photo="{picture.pk}"></figure>'))
    assert TITLE in finding.text


def test_a_link_is_judged_by_what_readers_can_open_when_the_story_goes_out() -> None:
    soon = scheduled(live_from=NOON + HOUR).article
    article = _story(
        body=f'<p><a data-article="{soon.pk}">This</a> and <a data-article="{published().article_id}">that</a>.</p>'
    )
    assert [finding.check for finding in _found(article)] == ["links"]
    assert _found(article, readers_from=NOON + HOUR) == []
