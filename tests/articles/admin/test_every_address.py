"""Every address of the desk's stories × every role × own and foreign, found in the URLconf and asked by raw requests.

What a person may not do changes no row of any table that stories touch, and says no more than for a story that does
not exist. A new address or verb that nothing here knows fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.apps import apps
from django.test import Client
from django.urls import get_resolver, reverse

from articles import presence, preview_links, publishing
from articles.admin.verbs import VERBS
from articles.models import Article, Correction, Edition
from articles.permissions import Role
from tests.factories import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    ArticleFactory,
    UserFactory,
    kept,
    managing_editor,
    published,
    revised,
    scheduled,
    updated,
)

if TYPE_CHECKING:
    from authors.models import User
    from tests.articles.admin.conftest import Newsroom
    from tests.desk import Desk

# Who may carry out which verb on a story that it fits, said once more and independently of the code.
WRITERS = {"submit", "discard", "retrieve", "take_over"}
MANAGING = {"change_address", "erase"}
EDITORS = {
    "send_back", "mark_ready", "claim", "assign", "publish", "schedule", "reschedule", "cancel", "take_in", "correct",
    "strike_out", "hold", "legal_block", "set_embargo", "lift_embargo", "release_hold", "release_legal", "put_back",
    "let_go", "withdraw", "keep_live",
}  # fmt: skip
MAY = {
    Role.WRITER: WRITERS,
    Role.EDITOR: WRITERS | EDITORS,
    Role.MANAGING_EDITOR: WRITERS | EDITORS | MANAGING,
}

# Everything that a request about a story could write; notices and sessions are about the person who asks.
UNTOUCHED = (
    "Article", "Byline", "RelatedArticle", "Revision", "Edition", "EditionByline", "EditionTag", "Correction", "Event",
    "Block", "Withheld", "Comment", "Buffer", "PreviewLink", "PreviewOpening", "Presence",
)  # fmt: skip
# Numbers that nothing else on a page has.
SOME, NOBODY = 123456789, 987654321
ARGUMENTS = {"number": 1, "verb": "publish", "what": "keep", "buffer_id": 1, "key": UUID(int=1)}


def _patterns() -> Iterator[Any]:
    for resolver in get_resolver().url_patterns:
        for app in resolver.url_patterns if str(resolver.pattern) == "admin/" else ():
            if str(app.pattern) == "articles/article/":
                yield from app.url_patterns


def _about_a_story() -> list[str]:
    """The names of all addresses that name one story."""
    names = {p.name for p in _patterns() if {"object_id", "article_id"} & p.pattern.converters.keys()}
    return sorted(filter(None, names))


def _address(name: str, story: int, **more: Any) -> str:
    (pattern,) = [each for each in _patterns() if each.name == name]
    given = ARGUMENTS | more | {"object_id": story, "article_id": story}
    return reverse(f"admin:{name}", kwargs={each: given[each] for each in pattern.pattern.converters})


def _everything() -> dict[str, list[Any]]:
    return {name: list(apps.get_model("articles", name).objects.order_by("pk").values()) for name in UNTOUCHED}


def _normal(response: Any, story: int) -> tuple[Any, ...]:
    """What a stranger can tell from a response, with the id that they asked for taken out."""
    body = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"|csrf[^>]*', b"", response.content)
    location = response.headers.get("Location", "").replace(str(story), "ID")
    return response.status_code, location, body.replace(str(story).encode(), b"ID"), "ETag" in response.headers


def _foreign() -> Article:
    """Somebody else's story, with one of everything that an address could name."""
    article = ArticleFactory(pk=SOME, headline="A secret of somebody else", body="<p>Secret.</p>")
    kept(article)
    preview_links.share(article, revision=kept(article), expires_at=NOON + DAY, by=managing_editor(), at=NOON - MINUTE)
    article.refresh_from_db()
    return article


@pytest.mark.parametrize("name", _about_a_story())
def test_a_foreign_story_is_to_a_writer_one_that_does_not_exist(newsroom: Newsroom, name: str) -> None:
    writer, foreign = newsroom.desk(Role.WRITER), _foreign()
    number = foreign.preview_links.get().pk if name == "articles_article_revoke" else 1
    before = _everything()
    verbs = VERBS if name == "articles_article_verb" else ["publish"]
    for verb, method in product(verbs, ("get", "post")):
        more = {"verb": verb, "number": number}
        answers = []
        for story in (foreign.pk, NOBODY):
            ask = writer.get if method == "get" else writer.post
            answers.append(_normal(ask(_address(name, story, **more)), story))
            writer.get("/admin/articles/article/from-text/")  # shows what messages there are
        assert answers[0] == answers[1], (name, verb, method)
        assert b"secret" not in answers[0][2].lower()
    assert _everything() == before


@pytest.mark.parametrize("name", sorted({p.name for p in _patterns() if p.name}))
def test_nobody_comes_to_any_address_without_signing_in_or_without_a_role(newsroom: Newsroom, name: str) -> None:
    foreign = _foreign()
    before, address = _everything(), _address(name, foreign.pk)
    without_role: Desk = newsroom.desk(Role.WRITER)
    without_role.user.groups.clear()
    for client in (Client(), without_role.client):
        for method in ("get", "post"):
            response = getattr(client, method)(address, secure=True)
            # Whether one is signed in is all that the one address for everybody says.
            allowed = {200} if name == "articles_article_session" else {302, 401, 403, 404, 405}
            assert response.status_code in allowed | {405}, (name, method)
            assert b"secret" not in response.content.lower()
    assert _everything() == before


def test_every_verb_is_known_to_this_test() -> None:
    assert set(VERBS) == WRITERS | EDITORS | MANAGING


NEW = {
    "submit",
    "mark_ready",
    "publish",
    "schedule",
    "assign",
    "claim",
    "discard",
    "take_over",
    "retrieve",
    "send_back",
}
LIVE = {"withdraw", "correct", "change_address", "strike_out", "keep_live", "take_in"}
FIELDS: dict[str, dict[str, Any]] = {
    "claim": {"stage": "in_review"},
    "send_back": {"stage": "in_review"},
    "retrieve": {"binned_at": NOON - HOUR},
}


def _fitting(verb: str, person: User) -> tuple[Article, dict[str, Any]]:
    """A story of `person`'s on which a verb has something to do, and the answers to its questions."""
    by = managing_editor()
    if verb in NEW:
        article = ArticleFactory(created_by=person, **FIELDS.get(verb, {}))
        kept(article)
    elif verb in LIVE:
        article = published(created_by=person, at=NOON - DAY).article
    else:
        article = scheduled(created_by=person).article
    answers: dict[str, Any] = {"reason": "x", "text": "x", "wrong": "x", "when": "2026-02-04T12:00", "slug": "another"}
    answers |= {"kind": "correction", "person": by.pk, "to": by.pk}
    if arrange := ARRANGED.get(verb):
        answers |= arrange(article, person)
    article.refresh_from_db()
    return article, answers


def _changed(article: Article, person: User) -> dict[str, Any]:
    revised(article, at=NOON - 8 * MINUTE, headline="Changed since")
    return {}


def _ahead(article: Article, person: User) -> dict[str, Any]:
    edition = Edition.objects.get(article=article, live_from__gt=NOON)
    return {"edition": edition.pk, f"when_{edition.pk}": "2026-02-04T12:00"}


def _behind(article: Article, person: User) -> dict[str, Any]:
    updated(article, live_from=NOON + HOUR, at=NOON - 9 * MINUTE, headline="At one")
    return _changed(article, person) | _ahead(article, person)


def _ending(article: Article, person: User) -> dict[str, Any]:
    publishing.withdraw(article, by=managing_editor(), at=NOON - HOUR, live_until=NOON + HOUR)
    return {}


def _noted(article: Article, person: User) -> dict[str, Any]:
    note: dict[str, Any] = {"kind": Correction.Kind.UPDATE, "text": "x"}
    publishing.correct(article, revision=kept(article), by=managing_editor(), at=NOON - HOUR, **note)
    return {"note": article.corrections.get().pk}


def _held(article: Article, person: User) -> dict[str, Any]:
    publishing.hold(article, reason="x", by=managing_editor(), at=NOON - MINUTE)
    withheld = article.withheld.get()
    return {"withheld": withheld.pk, f"when_{withheld.pk}": "2026-02-04T12:00"}


def _was_held(article: Article, person: User) -> dict[str, Any]:
    answers = _held(article, person)
    article.blocks.update(released_at=NOON, released_by=managing_editor())
    return answers


def _blocked(article: Article, person: User) -> dict[str, Any]:
    """By the person, where they may: an editor releases no colleague's legal block."""
    by = person if person.has_perm("articles.publish_article") else managing_editor()
    publishing.legal_block(article, reason="x", by=by, at=NOON - MINUTE)
    return {}


def _opened(article: Article, person: User) -> dict[str, Any]:
    """By a colleague, from whom it can be taken over."""
    presence.beat(article, managing_editor(), at=NOON, is_writing=True)
    return {}


def _embargoed(article: Article, person: User) -> dict[str, Any]:
    publishing.set_embargo(article, until=NOON + DAY, by=managing_editor(), at=NOON - MINUTE)
    return {}


ARRANGED = {
    "correct": _changed, "reschedule": _ahead, "cancel": _ahead, "take_in": _behind, "keep_live": _ending,
    "strike_out": _noted, "release_hold": _held, "let_go": _held, "put_back": _was_held, "release_legal": _blocked,
    "lift_embargo": _embargoed, "take_over": _opened,
}  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("verb", list(VERBS))
def test_a_raw_post_of_a_verb_does_what_the_role_may_and_nothing_else(
    newsroom: Newsroom, verb: str, role: Role
) -> None:
    desk = newsroom.desk(role)
    article, answers = _fitting(verb, desk.user)
    before, events = _everything(), article.events.count()
    desk.press(verb, article, **answers)
    may = verb in MAY[role]
    assert (article.events.count() > events) == may, verb
    assert (_everything() != before) == may, verb


def test_no_action_reaches_many_stories_whoever_posts_it(newsroom: Newsroom) -> None:
    article = _foreign()
    before = _everything()
    for role in Role:
        desk = newsroom.desk(role)
        for action in ("delete_selected", "publish", "withdraw"):
            data = {"action": action, "_selected_action": [article.pk], "select_across": "1", "index": "0"}
            desk.post("/admin/articles/article/", data)
        assert _everything() == before


def test_a_colleague_without_the_role_for_it_is_nobodys_to_promote(newsroom: Newsroom) -> None:
    editor, other = newsroom.desk(Role.EDITOR), UserFactory(role=Role.WRITER)
    for person in (editor.user, other):
        editor.post(f"/admin/authors/user/{person.pk}/change/", {"role": "Managing editor", "is_superuser": "on"})
        person.refresh_from_db()
        assert not person.is_superuser
        assert not person.groups.filter(name=Role.MANAGING_EDITOR).exists()
